//! Which of the places that look like options are the options of a question.
//!
//! Owns the choice among candidates (the letters must come in order, sure places win over unsure ones); leaves the lines
//! they stand in to `shape`.

use super::labels::{Candidate, Strength};

/// A candidate in the lines of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spotted {
    /// Place of its line among the lines of the question.
    pub(super) line: usize,
    pub(super) candidate: Candidate,
}

/// What the candidates of a question may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chain {
    /// Fewer than two options in order.
    None,
    /// These.
    Sure(Vec<Spotted>),
    /// Either; the longer one ends in places that are unsure: "C. Nguyễn Văn D. Trần".
    Either(Vec<Spotted>, Vec<Spotted>),
}

/// The chain of a question's candidates, in the order of reading.
pub(super) fn find(all: &[Spotted]) -> Chain {
    let of_case = |is_upper: bool| -> Vec<Spotted> {
        let same = |spotted: &&Spotted| spotted.candidate.is_upper == is_upper;
        all.iter().filter(same).copied().collect()
    };
    // Small letters list statements in the stem as often as options, so capitals win.
    let upper = of_one_case(&of_case(true));
    if upper == Chain::None {
        return of_one_case(&of_case(false));
    }
    if let Chain::Sure(found) = &upper
        && found.iter().all(|one| one.candidate.strength == Strength::Weak)
    {
        let lower = of_one_case(&of_case(false));
        if stands_below(&lower, found) {
            return lower;
        }
    }
    upper
}

/// Whether a chain is sure and stands below another that is not: "Vitamin A. và vitamin B. khác gì?" above "a) …", "b) …".
fn stands_below(chain: &Chain, unsure: &[Spotted]) -> bool {
    let Chain::Sure(found) = chain else { return false };
    let place = |one: &Spotted| (one.line, one.candidate.at);
    found.len() >= unsure.len()
        && found.iter().all(|one| one.candidate.strength > Strength::Weak)
        && found.first().map(place) > unsure.last().map(place)
}

fn of_one_case(all: &[Spotted]) -> Chain {
    let sure: Vec<Spotted> = all
        .iter()
        .filter(|spotted| spotted.candidate.strength > Strength::Weak)
        .copied()
        .collect();
    let strong = longest(&sure);
    let any = longest(all);
    if any.len() < 2 {
        return Chain::None;
    }
    if strong.len() >= any.len() {
        return Chain::Sure(strong);
    }
    let ends_weak = any
        .last()
        .is_some_and(|last| last.candidate.strength == Strength::Weak);
    match strong.len() >= 2 && ends_weak {
        true => Chain::Either(strong, any),
        false => Chain::Sure(any),
    }
}

/// The longest run of letters in order; of equal ones that whose second option comes first, then the one whose first comes
/// last ("A. Nobel" in a stem is followed by the real A).
fn longest(all: &[Spotted]) -> Vec<Spotted> {
    let mut best: Vec<Spotted> = Vec::new();
    // A question has few candidates; a hostile one may have thousands.
    let starts = all
        .iter()
        .enumerate()
        .filter(|(_, spotted)| spotted.candidate.place == 0);
    for (at, _) in starts.take(50) {
        let chain = follow(all, at);
        let key = |chain: &[Spotted]| {
            chain
                .get(1)
                .map_or((usize::MAX, 0), |second| (second.line, second.candidate.at))
        };
        let is_better = chain.len() > best.len()
            || (chain.len() == best.len() && chain.len() >= 2 && key(&chain) == key(&best));
        if is_better {
            best = chain;
        }
    }
    best
}

/// From a first option, the next letter each time: the first sure place for it, or the first unsure one.
fn follow(all: &[Spotted], start: usize) -> Vec<Spotted> {
    let mut chain: Vec<Spotted> = all.get(start).copied().into_iter().collect();
    let mut at = start;
    while let Some(last) = chain.last().copied() {
        let wanted = last.candidate.place + 1;
        let rest = all.iter().enumerate().skip(at + 1);
        let mut weak = None;
        let mut sure = None;
        for (place, spotted) in rest.filter(|(_, spotted)| spotted.candidate.place == wanted) {
            // "B. C. Mác": an option is never empty where the next label is unsure.
            let is_empty = spotted.line == last.line && spotted.candidate.at <= last.candidate.text;
            if spotted.candidate.strength > Strength::Weak {
                sure = Some((place, *spotted));
                break;
            } else if weak.is_none() && !is_empty {
                weak = Some((place, *spotted));
            }
        }
        // A sure place wins, unless the option after it comes before it.
        let next = match (sure, weak) {
            (Some(sure), Some(weak)) => {
                let overtaken = all
                    .iter()
                    .enumerate()
                    .skip(weak.0 + 1)
                    .take_while(|(place, _)| *place < sure.0)
                    .any(|(_, spotted)| spotted.candidate.place == wanted + 1);
                Some(if overtaken { weak } else { sure })
            }
            (sure, weak) => sure.or(weak),
        };
        let Some((place, spotted)) = next else { break };
        at = place;
        chain.push(spotted);
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::super::labels::candidates;
    use super::*;

    fn read(lines: &[&str]) -> Chain {
        let mut all = Vec::new();
        for (line, text) in lines.iter().enumerate() {
            let first = if line == 0 {
                Strength::Apart
            } else {
                Strength::First
            };
            all.extend(
                candidates(text, 0, first)
                    .into_iter()
                    .map(|candidate| Spotted { line, candidate }),
            );
        }
        find(&all)
    }

    fn shown(lines: &[&str]) -> String {
        let options = match read(lines) {
            Chain::None => return "none".to_owned(),
            Chain::Sure(options) => options,
            Chain::Either(short, long) => return format!("{} or {}", short.len(), long.len()),
        };
        let show = |spotted: &Spotted| {
            let rest = &lines[spotted.line][spotted.candidate.text..];
            rest.chars().take(6).collect::<String>()
        };
        options.iter().map(show).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn letters_come_in_order_and_sure_places_win() {
        assert_eq!(shown(&["Hỏi?", "A. một", "B. hai", "C. ba"]), "một|hai|ba");
        assert_eq!(shown(&["Hỏi?", "A. 1 B. 2 C. 3 D. 4"]), "1 B. 2|2 C. 3|3 D. 4|4");
        assert_eq!(shown(&["C. Mác sinh năm nào?", "A. một", "B. hai"]), "một|hai");
        assert_eq!(shown(&["A. Nobel sinh năm nào?", "A. một", "B. hai"]), "một|hai");
        assert_eq!(
            shown(&["Ai?", "A. Ph. Ăng-ghen", "B. C. Mác", "C. Lênin"]),
            "Ph. Ăn|C. Mác|Lênin"
        );
        assert_eq!(shown(&["Ai?", "A. x C. y", "B. z", "C. t"]), "x C. y|z|t");
        assert_eq!(shown(&["Ai?", "a. một", "b. hai"]), "một|hai");
        assert_eq!(
            shown(&["Cho: a) x b) y", "A. chỉ a", "B. cả hai"]),
            "chỉ a|cả hai"
        );
        assert_eq!(
            shown(&["Vitamin A. và vitamin B. khác gì?", "a) một", "b) hai"]),
            "một|hai"
        );
        assert_eq!(
            shown(&["Cho", "a) một", "b) hai", "Chọn A. cả hai B. không"]),
            "cả hai|không"
        );
        assert_eq!(shown(&["Ai?", "A. một", "C. ba"]), "none");
        assert_eq!(shown(&["Vitamin A. là gì?"]), "none");
        assert_eq!(shown(&["Hỏi?", "A. 1\tB. 2", "C. 3 D. 4"]), "3 or 4");
    }
}
