//! Options that combine others: "Cả A, B và C", "Tất cả các đáp án trên", "Không có đáp án nào đúng".
//!
//! Owns telling them from ordinary texts and pinning them in the files of foreign formats, which have no word for it;
//! leaves the order of pinned options to `options`.

use super::code::FaultCode;
use super::fault::Subject;
use super::options::label;
use super::raw::RawOption;
use super::source::Sheet;
use crate::domain::markup;
use crate::domain::question::{LABELS, place_of};
use crate::domain::unit::fold;
use std::collections::BTreeSet;

/// How an option combines others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Combined {
    /// By their letters: "Cả A và B". Shuffled, the letters mean other options.
    Letters,
    /// By their place: "Tất cả các đáp án trên". True at the last place alone.
    Place,
    /// All or none of them, wherever it stands: "Không có đáp án nào đúng".
    Whole,
}

/// How the text of an option (in the markup of questions) combines other options; `None` for an ordinary option.
pub(super) fn recognise(text: &str) -> Option<Combined> {
    let text = markup::plain(text);
    let text = text.trim().trim_end_matches(['.', ';', ',']);
    let folded = fold(text);
    let points = points_to_others(text);
    if letters_in(text) >= 2 && points {
        return Some(Combined::Letters);
    }
    let above = folded.ends_with(" tren") || folded.contains(" tren deu ") || folded.ends_with(" above");
    if above && (points || ENGLISH.contains(&folded.as_str())) {
        return Some(Combined::Place);
    }
    (points || is_whole(&folded) || ENGLISH.contains(&folded.as_str())).then_some(Combined::Whole)
}

/// Pins the options that combine others and notes those whose text depends on letters or places. Where one names the letters of
/// some and not of all others, every option keeps its place: shuffled, the letters would name the wrong ones.
pub(super) fn pin_combined(sheet: &mut Sheet<'_>, subject: &Subject, options: &mut [RawOption]) {
    let kinds: Vec<Option<Combined>> = options
        .iter()
        .map(|option| recognise(&option.text.value))
        .collect();
    let free: BTreeSet<u8> = (0_u8..)
        .zip(&kinds)
        .filter(|(_, kind)| kind.is_none())
        .map(|(place, _)| place)
        .collect();
    let mut keeps_order = false;
    for (place, (option, kind)) in options.iter_mut().zip(kinds).enumerate() {
        let Some(combined) = kind else { continue };
        option.pin = true;
        let label = label(place);
        let code = match combined {
            Combined::Letters if places_in(&option.text.value) == free => {
                FaultCode::PinNamesLetters { label }
            }
            Combined::Letters => {
                keeps_order = true;
                FaultCode::PinKeepsOrder { label }
            }
            Combined::Place => FaultCode::PinNamesPlace { label },
            Combined::Whole => continue,
        };
        sheet.fault(option.text.span.clone(), subject, code);
    }
    if keeps_order {
        options.iter_mut().for_each(|option| option.pin = true);
    }
}

/// The places of the options whose letters a text names.
fn places_in(text: &str) -> BTreeSet<u8> {
    let text = markup::plain(text);
    let small = takes_small(&text);
    let letters = words(&text).filter(|word| is_letter(word) || (small && is_small_letter(word)));
    letters
        .filter_map(|word| word.chars().next())
        .filter_map(|letter| place_of(letter.to_ascii_uppercase()))
        .collect()
}

const ENGLISH: [&str; 6] = [
    "all of the above",
    "none of the above",
    "all the above",
    "all of these",
    "none of these",
    "both of the above",
];

/// "Không có đáp án nào đúng", "Không phương án nào", "Cả ba đều đúng".
fn is_whole(folded: &str) -> bool {
    let things = [
        "dap an",
        "phuong an",
        "cau tra loi",
        "cau nao",
        "y nao",
        "cau",
        "y",
        "lua chon",
    ];
    let none = folded
        .strip_prefix("khong co ")
        .or_else(|| folded.strip_prefix("khong "));
    if let Some(rest) = none {
        let about = things.iter().any(|thing| rest.starts_with(thing));
        let ends = [
            "nao",
            "nao dung",
            "nao la dung",
            "nao sai",
            "nao ca",
            "dung",
            "nao phu hop",
        ];
        return about && ends.iter().any(|end| rest.ends_with(end)) && rest.split(' ').count() <= 6;
    }
    let all = [
        "tat ca ", "ca hai ", "ca ba ", "ca bon ", "ca 2 ", "ca 3 ", "ca 4 ",
    ];
    let rest = all.iter().find_map(|start| folded.strip_prefix(start));
    rest.is_some_and(|rest| {
        let judged = ["dung", "sai", "deu dung", "deu sai", "deu khong dung"];
        let bare = rest.strip_prefix("cac ").unwrap_or(rest);
        judged.iter().any(|end| {
            bare == *end
                || bare
                    .strip_suffix(end)
                    .is_some_and(|thing| things.contains(&thing.trim()))
        })
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn is_letter(word: &str) -> bool {
    word.len() == 1 && word.chars().all(|c| LABELS.contains(&c))
}

/// "a", where options are labelled in small letters.
fn is_small_letter(word: &str) -> bool {
    word.len() == 1
        && word
            .chars()
            .all(|c| LABELS.contains(&c.to_ascii_uppercase()) && c.is_ascii_lowercase())
}

/// Whether small letters may name options: "Cả a và b". Elsewhere they are variables, or words of one letter.
fn takes_small(text: &str) -> bool {
    words(text).any(is_small_letter) && {
        let folded = fold(text);
        STARTS.iter().any(|start| folded.starts_with(start))
    }
}

fn letters_in(text: &str) -> usize {
    let capitals = words(text).filter(|word| is_letter(word)).count();
    match takes_small(text) {
        true => capitals + words(text).filter(|word| is_small_letter(word)).count(),
        false => capitals,
    }
}

/// Beginnings of texts that speak of other options.
const STARTS: [&str; 8] = [
    "ca ",
    "tat ca ",
    "dap an ",
    "phuong an ",
    "khong co ",
    "khong ",
    "y ",
    "deu ",
];

/// "Cả A và B", "Đáp án A, C đúng", "Tất cả các đáp án trên": texts that only make sense at their place.
pub(super) fn points_to_others(text: &str) -> bool {
    let folded = fold(text);
    let has_start = STARTS.iter().any(|start| folded.starts_with(start));
    let joins = ["và", "hoặc", "đều", "đúng", "sai", "and", "or", "both", "&"];
    let only_letters =
        words(text).all(|word| is_letter(word) || joins.contains(&word.to_lowercase().as_str()));
    if letters_in(text) >= 2 && (has_start || only_letters) {
        return true;
    }
    let things = [
        "dap an",
        "phuong an",
        "y kien",
        "cau tra loi",
        "y tren",
        "noi dung",
        "su kien",
        "dia danh",
        "nhan vat",
    ];
    let above = folded.ends_with(" tren")
        || folded.contains(" tren deu ")
        || folded.ends_with("deu dung")
        || folded.ends_with("deu sai");
    has_start
        && above
        && (things.iter().any(|thing| folded.contains(thing)) || folded.split(' ').count() <= 5)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::bank::fault::Fault;
    use crate::bank::format::At;

    #[test]
    fn options_that_point_to_others_are_told_from_those_that_do_not() {
        for text in [
            "Cả A và B",
            "A và B",
            "Cả A, B và C",
            "Đáp án A, C đúng",
            "A, B, C đều đúng",
            "Tất cả các đáp án trên",
            "Cả ba phương án trên",
            "Cả hai ý trên",
            "Không có đáp án nào ở trên",
            "Tất cả đều đúng",
            "A hoặc C",
        ] {
            assert!(points_to_others(text), "{text}");
        }
        for text in ORDINARY {
            assert!(!points_to_others(text), "{text}");
        }
    }

    const ORDINARY: [&str; 18] = [
        "a + b",
        "Cả a lẫn người quen",
        "Cả nước",
        "Vitamin A và vitamin B",
        "Khu A",
        "Đồng chí A",
        "Cả xã Chi Lăng và xã Hội Hoan",
        "Quốc lộ 4B",
        "Không quân",
        "Trên đỉnh Mẫu Sơn",
        "Tất cả các xã",
        "D",
        "15 tháng 6",
        "Không có ai",
        "Không có thời hạn",
        "Cả hai bên bờ sông",
        "Không phải xin phép",
        "Tất cả công dân từ đủ 18 tuổi",
    ];

    #[test]
    fn a_combined_option_is_recognised_by_letters_place_or_whole() {
        for (text, combined) in [
            ("Cả A, B và C", Combined::Letters),
            ("Cả A, B và C.", Combined::Letters),
            ("**Cả A và B** đều đúng", Combined::Letters),
            ("Cả a, b và c", Combined::Letters),
            ("Đáp án a và b đều đúng", Combined::Letters),
            ("A, B, C đều đúng", Combined::Letters),
            ("Tất cả các đáp án trên", Combined::Place),
            ("Tất cả các phương án trên đều đúng.", Combined::Place),
            ("Cả 3 phương án trên", Combined::Place),
            ("All of the above", Combined::Place),
            ("Không có đáp án nào đúng", Combined::Whole),
            ("Không có phương án nào", Combined::Whole),
            ("Không câu nào đúng", Combined::Whole),
            ("Tất cả đều đúng", Combined::Whole),
            ("Cả ba đều sai", Combined::Whole),
            ("Tất cả các đáp án đều đúng", Combined::Whole),
        ] {
            assert_eq!(recognise(text), Some(combined), "{text}");
        }
        for text in ORDINARY {
            assert_eq!(recognise(text), None, "{text}");
        }
    }

    const BOTH_KINDS: &str = "Một\nHai\nCả A và B\nTất cả các đáp án trên";
    const SOME_LETTERS: &str = "Một\nHai\nBa\nCả A và B";

    /// The faults of questions that have every kind.
    pub(in crate::bank) fn faults() -> Vec<Fault> {
        let mut faults = pinned(BOTH_KINDS).1;
        faults.extend(pinned(SOME_LETTERS).1);
        faults
    }

    fn pinned(text: &str) -> (Vec<bool>, Vec<Fault>) {
        let mut sheet = Sheet::new("a.docx", text);
        let mut at = 0;
        let mut options: Vec<RawOption> = Vec::new();
        for line in text.lines() {
            let span = at..at + line.len();
            at = span.end + 1;
            let value = line.to_owned();
            options.push(RawOption {
                text: At { value, span },
                pin: false,
            });
        }
        pin_combined(&mut sheet, &Subject::Question(1, None), &mut options);
        let pins = options.iter().map(|option| option.pin).collect();
        (pins, sheet.into_faults())
    }

    #[test]
    fn combined_options_are_pinned_and_noted_where_they_depend_on_others() {
        let (pins, faults) = pinned(BOTH_KINDS);
        assert_eq!(pins, [false, false, true, true]);
        let found: Vec<&str> = faults.iter().map(|f| f.code.name()).collect();
        assert_eq!(found, ["pin-names-letters", "pin-names-place"]);
    }

    #[test]
    fn where_letters_of_some_options_are_named_every_option_keeps_its_place() {
        let (pins, faults) = pinned(SOME_LETTERS);
        assert_eq!(pins, [true; 4]);
        assert_eq!(faults[0].code.name(), "pin-keeps-order");
        // With all letters named it does not matter which of them stands where.
        let (pins, _) = pinned("Một\nHai\nBa\nCả A, B và C");
        assert_eq!(pins, [false, false, false, true]);
        let (pins, _) = pinned("Một\nHai\nBa\nCả a, b và c");
        assert_eq!(pins, [false, false, false, true]);
        let (pins, _) = pinned("Một\nHai\nBa\nCả A và B\nCả ba đều đúng");
        assert_eq!(pins, [true; 5]);
    }
}
