//! Questions that are asked twice, in the same words or nearly so.
//!
//! Owns the comparison of stems over all sets of a contest; leaves what a stem is to `questions`. Work grows with the
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
    words: Vec<String>,
}

/// Notes every question whose stem an earlier one has, in the order of the files.
pub(super) fn check_stems(sets: &mut [(Sheet<'_>, SetDraft)]) {
    let stems = collect(sets);
    let mut exact: HashMap<&[String], usize> = HashMap::new();
    // Sum of the hashes of all words but one: two stems that differ in one word share such a sum.
    let mut without_one: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut found: Vec<(usize, usize, bool)> = Vec::new();
    for (place, stem) in stems.iter().enumerate() {
        if let Some(earlier) = exact.get(stem.words.as_slice()) {
            found.push((place, *earlier, true));
            continue;
        }
        exact.insert(&stem.words, place);
        if stem.words.len() < MIN_WORDS {
            continue;
        }
        let hashes: Vec<u64> = stem.words.iter().map(|word| hash(word)).collect();
        let whole = hashes.iter().fold(0_u64, |sum, hash| sum.wrapping_add(*hash));
        let parts = hashes.iter().map(|hash| whole.wrapping_sub(*hash)).chain([whole]);
        let mut similar = None;
        for part in parts {
            let others = without_one.entry(part).or_default();
            similar = similar.or_else(|| {
                let mut earlier = others.iter().copied().filter(|other| *other != place);
                earlier.find(|other| {
                    stems
                        .get(*other)
                        .is_some_and(|other| alike(&other.words, &stem.words))
                })
            });
            // A phrase shared by hundreds of questions is a pattern, not a repetition.
            if others.len() < 20 && others.last() != Some(&place) {
                others.push(place);
            }
        }
        if let Some(earlier) = similar {
            found.push((place, earlier, false));
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
            let words = fold(&stem.value)
                .split(' ')
                .filter(|word| !word.is_empty())
                .take(MAX_WORDS)
                .map(str::to_owned)
                .collect();
            stems.push(Stem {
                file,
                question,
                words,
            });
        }
    }
    stems.retain(|stem: &Stem| !stem.words.is_empty());
    stems
}

fn hash(word: &str) -> u64 {
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
}
