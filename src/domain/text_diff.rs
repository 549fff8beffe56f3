//! What changed between two texts, word by word.
//!
//! Owns the comparison; leaves showing it to pages. Spaces between words belong to the words that changed around them, so
//! that what is struck out reads as it was written.

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stands in both.
    Kept,
    /// It stood in the old text alone.
    Gone,
    /// It stands in the new text alone.
    Come,
}

/// A piece of text with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What became of it.
    pub fate: Fate,
    /// Words with the spaces between them.
    pub text: String,
}

/// Most pairs of words that are compared, some megabytes of work: the longest texts of questions fit; beyond it a text is
/// called replaced.
const MAX_PAIRS: usize = 4_000_000;

/// The pieces of both texts in order, neighbours of one fate joined; of a place that changed, the old piece first.
pub fn diff(old: &str, new: &str) -> Vec<Run> {
    let (old, new) = (tokens(old), tokens(new));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (
        old.get(head..).unwrap_or_default(),
        new.get(head..).unwrap_or_default(),
    );
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (old_middle, end) = old_rest.split_at(old_rest.len() - tail);
    let new_middle = new_rest.get(..new_rest.len() - tail).unwrap_or_default();
    let mut steps: Vec<(Fate, &str)> = Vec::new();
    steps.extend(old.iter().take(head).map(|word| (Fate::Kept, *word)));
    if old_middle.len().saturating_mul(new_middle.len()) > MAX_PAIRS {
        steps.extend(old_middle.iter().map(|word| (Fate::Gone, *word)));
        steps.extend(new_middle.iter().map(|word| (Fate::Come, *word)));
    } else {
        align(old_middle, new_middle, &mut steps);
    }
    steps.extend(end.iter().map(|word| (Fate::Kept, *word)));
    joined(&steps)
}

/// Words and the spaces between them, in turn.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let space = first.is_whitespace();
        let end = rest
            .find(|c: char| c.is_whitespace() != space)
            .unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// The longest common words of both, and what stands between them.
fn align<'a>(old: &[&'a str], new: &[&'a str], steps: &mut Vec<(Fate, &'a str)>) {
    let width = new.len() + 1;
    // Common words from each pair of places to the ends; row by row, the last row and column are zero.
    let mut common = vec![0_u16; (old.len() + 1) * width];
    let at = |table: &[u16], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let best = if a == b {
                at(&common, i + 1, j + 1).saturating_add(1)
            } else {
                at(&common, i + 1, j).max(at(&common, i, j + 1))
            };
            if let Some(cell) = common.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (Some(a), Some(b)) if a == b => {
                steps.push((Fate::Kept, a));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), Some(_)) if at(&common, i + 1, j) >= at(&common, i, j + 1) => {
                steps.push((Fate::Gone, a));
                i += 1;
            }
            (_, Some(b)) => {
                steps.push((Fate::Come, b));
                j += 1;
            }
            (Some(a), None) => {
                steps.push((Fate::Gone, a));
                i += 1;
            }
            (None, None) => return,
        }
    }
}

/// Neighbours of one fate as one piece. A space that stands between two changes is part of both.
fn joined(steps: &[(Fate, &str)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut gone, mut come) = (String::new(), String::new());
    let changes = |at: usize| steps.get(at).is_some_and(|(fate, _)| *fate != Fate::Kept);
    for (at, (fate, word)) in steps.iter().enumerate() {
        match fate {
            Fate::Gone => gone.push_str(word),
            Fate::Come => come.push_str(word),
            Fate::Kept => {
                let between = word.trim().is_empty() && at > 0 && changes(at - 1) && changes(at + 1);
                if between {
                    gone.push_str(word);
                    come.push_str(word);
                } else {
                    flush(&mut runs, &mut gone, &mut come);
                    push(&mut runs, Fate::Kept, word);
                }
            }
        }
    }
    flush(&mut runs, &mut gone, &mut come);
    runs
}

fn flush(runs: &mut Vec<Run>, gone: &mut String, come: &mut String) {
    for (fate, text) in [(Fate::Gone, gone), (Fate::Come, come)] {
        push(runs, fate, text);
        text.clear();
    }
}

fn push(runs: &mut Vec<Run>, fate: Fate, text: &str) {
    match runs.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.fate == fate => last.text.push_str(text),
        _ => runs.push(Run {
            fate,
            text: text.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `[-gone-]{+come+}`.
    fn shown(old: &str, new: &str) -> String {
        let show = |run: Run| match run.fate {
            Fate::Kept => run.text,
            Fate::Gone => format!("[-{}-]", run.text),
            Fate::Come => format!("{{+{}+}}", run.text),
        };
        diff(old, new).into_iter().map(show).collect()
    }

    #[test]
    fn the_words_that_changed_are_told_and_no_others() {
        for (old, new, expected) in [
            ("", "", ""),
            ("", "Một", "{+Một+}"),
            ("Nổ ra ngày nào?", "Nổ ra ngày nào?", "Nổ ra ngày nào?"),
            (
                "Khởi nghĩa nổ ra năm 1940 ở đâu?",
                "Khởi nghĩa nổ ra năm 1941 ở đâu?",
                "Khởi nghĩa nổ ra năm [-1940-]{+1941+} ở đâu?",
            ),
            ("một hai ba", "một ba", "một [-hai -]ba"),
            (
                "ngày 27 tháng 9",
                "ngày 28 tháng 10",
                "ngày [-27-]{+28+} tháng [-9-]{+10+}",
            ),
            ("a b c", "x y c", "[-a b-]{+x y+} c"),
        ] {
            assert_eq!(shown(old, new), expected);
        }
    }

    #[test]
    fn texts_beyond_the_bound_are_called_replaced() {
        let words = |letter: &str| vec![letter; 3_000].join(" ");
        let runs = diff(&format!("{} đầu", words("a")), &format!("{} cuối", words("b")));
        assert_eq!(runs.len(), 2);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_difference(old in "[ab \n]{0,40}", new in "[ab \n]{0,40}") {
            let runs = diff(&old, &new);
            let without = |fate: Fate| -> String {
                runs.iter().filter(|run| run.fate != fate).map(|run| run.text.as_str()).collect()
            };
            prop_assert_eq!(without(Fate::Come), old);
            prop_assert_eq!(without(Fate::Gone), new);
        }
    }
}
