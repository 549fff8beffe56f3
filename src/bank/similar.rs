//! Questions that are asked twice, in the same words or nearly so.
//!
//! Owns the comparison of stems over all sets of a contest and with stored ones; leaves what a stem is to `questions`. Work grows with the
//! number of words, not with the square of the number of questions.

use super::code::FaultCode;
use super::fault::Subject;
use super::questions::SetDraft;
use super::source::Sheet;
use super::words::distance;
use crate::domain::unit::fold;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Shorter stems say too little to be called alike.
const MIN_WORDS: usize = 6;
/// Longer ones are compared by their first words.
const MAX_WORDS: usize = 200;
/// Words that turn a question into its opposite.
const NEGATIONS: [&str; 6] = ["khong", "sai", "chua", "ngoai", "tru", "chang"];

struct Stem {
    file: usize,
    question: usize,
    print: Print,
}

/// What a stem is recognised by.
struct Print {
    words: Vec<String>,
    /// Of all words in their order.
    whole: u64,
    /// Sums of the hashes of all words but one, and of all: two stems that differ in one word share such a sum. Empty for
    /// stems that are too short to be called alike.
    parts: Vec<u64>,
}

impl Print {
    fn of(stem: &str) -> Self {
        let folded = fold(stem);
        let words: Vec<String> = folded
            .split(' ')
            .filter(|word| !word.is_empty())
            .take(MAX_WORDS)
            .map(str::to_owned)
            .collect();
        let parts = if words.len() < MIN_WORDS {
            Vec::new()
        } else {
            let hashes: Vec<u64> = words.iter().map(hash).collect();
            let sum = hashes.iter().fold(0_u64, |sum, hash| sum.wrapping_add(*hash));
            let but_one = hashes.iter().map(|hash| sum.wrapping_sub(*hash));
            but_one.chain([sum]).collect()
        };
        Self {
            whole: hash(&words),
            words,
            parts,
        }
    }
}

/// Stems, to be asked for one that is the same or nearly so.
#[derive(Default)]
struct Stems<'a> {
    prints: Vec<&'a Print>,
    exact: HashMap<u64, usize>,
    without_one: HashMap<u64, Vec<usize>>,
}

impl<'a> Stems<'a> {
    /// The first of the stems that has these words, or nearly these; `true` where they are the same.
    fn find(&self, print: &Print) -> Option<(usize, bool)> {
        let words = |place: &usize| self.prints.get(*place).map(|other| &other.words);
        let same = self.exact.get(&print.whole);
        if let Some(place) = same.filter(|place| words(place) == Some(&print.words)) {
            return Some((*place, true));
        }
        let near = print.parts.iter().find_map(|part| {
            let others = self.without_one.get(part)?;
            others
                .iter()
                .find(|other| words(other).is_some_and(|other| alike(other, &print.words)))
        });
        near.map(|place| (*place, false))
    }

    fn add(&mut self, print: &'a Print) {
        let place = self.prints.len();
        self.prints.push(print);
        self.exact.entry(print.whole).or_insert(place);
        for part in &print.parts {
            let others = self.without_one.entry(*part).or_default();
            // A phrase shared by hundreds of questions is a pattern, not a repetition.
            if others.len() < 20 && others.last() != Some(&place) {
                others.push(place);
            }
        }
    }
}

/// A question that a stored one has already, in the same words or nearly so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Like {
    /// Place of the question among those asked about, from 0.
    pub question: usize,
    /// Place of the other among the stored ones, from 0.
    pub stored: usize,
    /// In the very same words.
    pub same: bool,
}

/// Compares stems with stored ones; of several that are alike the first is told.
pub fn like_stored(stems: &[&str], stored: &[&str]) -> Vec<Like> {
    let prints: Vec<Print> = stored.iter().map(|stem| Print::of(stem)).collect();
    let mut known = Stems::default();
    prints.iter().for_each(|print| known.add(print));
    let of = |(question, stem): (usize, &&str)| {
        let print = Print::of(stem);
        let (stored, same) = known.find(&print).filter(|_| !print.words.is_empty())?;
        Some(Like {
            question,
            stored,
            same,
        })
    };
    stems.iter().enumerate().filter_map(of).collect()
}

/// Notes every question whose stem an earlier one has, in the order of the files.
pub(super) fn check_stems(sets: &mut [(Sheet<'_>, SetDraft)]) {
    let stems = collect(sets);
    let mut known = Stems::default();
    // A repeated stem is not kept, but its place is, so that places here are those of `stems`.
    let mut kept: Vec<usize> = Vec::new();
    let mut found: Vec<(usize, usize, bool)> = Vec::new();
    for (place, stem) in stems.iter().enumerate() {
        let earlier = known.find(&stem.print);
        if let Some((earlier, same)) = earlier.and_then(|(at, same)| Some((*kept.get(at)?, same))) {
            found.push((place, earlier, same));
        }
        if !matches!(earlier, Some((_, true))) {
            known.add(&stem.print);
            kept.push(place);
        }
    }
    let found: Vec<(&Stem, &Stem, bool)> = found
        .into_iter()
        .filter_map(|(a, b, same)| Some((stems.get(a)?, stems.get(b)?, same)))
        .collect();
    for (stem, earlier, same) in found {
        note(sets, stem, earlier, same);
    }
}

fn collect(sets: &[(Sheet<'_>, SetDraft)]) -> Vec<Stem> {
    let mut stems = Vec::new();
    for (file, (_, set)) in sets.iter().enumerate() {
        for (question, draft) in set.questions.iter().enumerate() {
            let Some(stem) = &draft.stem else { continue };
            let print = Print::of(&stem.value);
            stems.push(Stem {
                file,
                question,
                print,
            });
        }
    }
    stems.retain(|stem: &Stem| !stem.print.words.is_empty());
    stems
}

fn hash<T: Hash + ?Sized>(word: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// The same words but for one that is misspelt, added or left out; numbers and negations make another question.
fn alike(a: &[String], b: &[String]) -> bool {
    let only_in = |x: &[String], y: &[String]| -> Vec<String> {
        let mut rest: Vec<&String> = y.iter().collect();
        let mut only = Vec::new();
        for word in x {
            match rest.iter().position(|other| *other == word) {
                Some(place) => drop(rest.swap_remove(place)),
                None => only.push(word.clone()),
            }
        }
        only
    };
    let weighty = |word: &str| word.chars().any(|c| c.is_ascii_digit()) || NEGATIONS.contains(&word);
    match (only_in(a, b).as_slice(), only_in(b, a).as_slice()) {
        ([], []) => true,
        ([one], []) | ([], [one]) => !weighty(one),
        ([one], [other]) => {
            !weighty(one)
                && !weighty(other)
                && one.len() >= 4
                && other.len() >= 4
                && distance(one, other) <= 1
        }
        _ => false,
    }
}

fn note(sets: &mut [(Sheet<'_>, SetDraft)], stem: &Stem, earlier: &Stem, same: bool) {
    let Some((sheet, set)) = sets.get(earlier.file) else {
        return;
    };
    let Some(other) = set.questions.get(earlier.question) else {
        return;
    };
    let name = other.id.clone().unwrap_or_else(|| other.place.to_string());
    let line = other
        .stem
        .as_ref()
        .map_or(0, |stem| sheet.line_number(stem.span.start));
    let file = sheet.file.to_owned();
    let code = match same {
        true => FaultCode::StemDuplicate {
            other: name,
            file,
            line,
        },
        false => FaultCode::StemSimilar {
            other: name,
            file,
            line,
        },
    };
    let Some((sheet, set)) = sets.get_mut(stem.file) else {
        return;
    };
    let Some(draft) = set.questions.get(stem.question) else {
        return;
    };
    if let Some(at) = &draft.stem {
        sheet.fault(
            at.span.clone(),
            &Subject::Question(draft.place, draft.id.clone()),
            code,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn similar(a: &str, b: &str) -> bool {
        let words = |text: &str| fold(text).split(' ').map(str::to_owned).collect::<Vec<_>>();
        alike(&words(a), &words(b))
    }

    #[test]
    fn a_slip_of_the_pen_is_alike_and_another_place_or_number_is_not() {
        let stem = "Chi bộ Đảng đầu tiên của tỉnh Lạng Sơn được thành lập ở xã nào?";
        assert!(similar(
            stem,
            "Chi bộ Đảng đầu tiên của tỉnh Lạng Sơn được thành lập tại ở xã nào?"
        ));
        assert!(similar(
            "Trận đánh đèo Bông Lau diễn ra trênn tuyến đường nào?",
            "Trận đánh đèo Bông Lau diễn ra trên tuyến đường nào?"
        ));
        assert!(!similar(
            "Năm 1930 tỉnh có bao nhiêu châu?",
            "Năm 1945 tỉnh có bao nhiêu châu?"
        ));
        assert!(!similar(
            "Xã nào thuộc huyện Bắc Sơn trước đây?",
            "Xã nào không thuộc huyện Bắc Sơn trước đây?"
        ));
        assert!(!similar(
            "Trung tâm huyện Chi Lăng là thị trấn nào?",
            "Trung tâm huyện Văn Quan là thị trấn nào?"
        ));
    }

    #[test]
    fn a_stored_question_is_found_by_its_words_and_by_nearly_its_words() {
        let stored = [
            "Xã nào?",
            "Chi bộ Đảng đầu tiên của tỉnh Lạng Sơn được thành lập ở xã nào?",
            "Năm 1930 tỉnh có bao nhiêu châu?",
        ];
        let asked = [
            "Năm 1945 tỉnh có bao nhiêu châu?",
            "XA NAO",
            "Chi bộ đảng đầu tiên của tỉnh Lạng Sơn được thành lập tại ở xã nào",
            "?",
        ];
        let found: Vec<_> = like_stored(&asked, &stored)
            .iter()
            .map(|like| (like.question, like.stored, like.same))
            .collect();
        assert_eq!(found, [(1, 0, true), (2, 1, false)]);
    }
}
