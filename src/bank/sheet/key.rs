//! The column of right answers: letters, numbers or the full text of an option, one way in the whole file.
//!
//! Owns which way a file uses and what a key means by it; a key is taken exactly or refused, never found inside another.

use super::super::code::FaultCode;
use super::super::source::shorten;
use crate::domain::markup;
use crate::domain::question::{MAX_OPTIONS, label_of};
use crate::domain::unit::fold;

/// How a file writes its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Letters,
    Numbers,
    Texts,
}

const WAYS: [Way; 3] = [Way::Letters, Way::Numbers, Way::Texts];

/// A key as written, with the options it is about.
pub(super) struct Written<'t> {
    pub(super) key: &'t str,
    /// In the markup of questions.
    pub(super) options: Vec<&'t str>,
}

/// The places that every key means, or what is wrong with it.
pub(super) fn read_keys(written: &[Written<'_>]) -> Vec<Result<Vec<u8>, FaultCode>> {
    // Nearly always; comparing texts would cost more than all the rest.
    if let Some(letters) = written.iter().map(by_letters).collect::<Option<Vec<_>>>() {
        return letters.into_iter().map(Ok).collect();
    }
    let all: Vec<[Option<Vec<u8>>; 3]> = written
        .iter()
        .map(|one| WAYS.map(|way| places(one, way)))
        .collect();
    let fits = |nth: usize| {
        all.iter()
            .filter(|ways| ways.get(nth).is_some_and(Option::is_some))
            .count()
    };
    let counts = [fits(0), fits(1), fits(2)];
    let most = counts.into_iter().max().unwrap_or(0);
    let chosen = counts.iter().position(|count| *count == most).unwrap_or(0);
    // A letter that is the text of another option as well is still a letter; a number may be meant either way.
    let rivals: &[usize] = if chosen == 1 && counts.get(2) == Some(&most) {
        &[2]
    } else {
        &[]
    };
    let meaning = |(one, ways): (&Written<'_>, &[Option<Vec<u8>>; 3])| {
        let value = shorten(one.key.trim(), 80);
        let Some(places) = ways.get(chosen).and_then(Clone::clone) else {
            let other = ways.iter().flatten().next();
            return Err(match other {
                Some(places) => FaultCode::KeyMixed {
                    value,
                    proposal: letters(places),
                },
                None => FaultCode::KeyUnreadable { value },
            });
        };
        let other = rivals
            .iter()
            .filter_map(|nth| ways.get(*nth)?.as_ref())
            .find(|other| **other != places);
        match other {
            Some(other) => Err(FaultCode::KeyAmbiguous {
                value,
                first: letters(&places),
                second: letters(other),
            }),
            None => Ok(places),
        }
    };
    written.iter().zip(&all).map(meaning).collect()
}

fn letters(places: &[u8]) -> String {
    let letters = places
        .iter()
        .filter_map(|place| label_of(*place))
        .map(String::from);
    letters.collect::<Vec<_>>().join(", ")
}

fn places(one: &Written<'_>, way: Way) -> Option<Vec<u8>> {
    match way {
        Way::Letters => by_letters(one),
        Way::Numbers => by_numbers(one.key),
        Way::Texts => by_texts(one),
    }
}

/// What may stand between letters or numbers.
const fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '/' | '+' | '&' | '.' | ')' | '(' | '|')
}

/// "A", "a.", "A,C", "A và C", "AC", "Đáp án: B", "A. 1930" with the text of option A.
fn by_letters(one: &Written<'_>) -> Option<Vec<u8>> {
    let key = without_words(one.key);
    if let Some(place) = labelled(one, key) {
        return Some(vec![place]);
    }
    let parts: Vec<&str> = key
        .split(is_separator)
        .filter(|part| !part.is_empty() && !matches!(fold(part).as_str(), "va" | "and"))
        .collect();
    let letter = |c: char| label_place(c.to_ascii_uppercase());
    let mut places = Vec::new();
    for part in &parts {
        let found: Option<Vec<u8>> = part.chars().map(letter).collect();
        places.extend(found.filter(|found| found.len() == 1 || parts.len() == 1 && rising(found))?);
    }
    (!places.is_empty()).then_some(places)
}

fn label_place(c: char) -> Option<u8> {
    crate::domain::question::place_of(c)
}

/// Letters run together name each option once and in order; "BAC" is a word.
fn rising(places: &[u8]) -> bool {
    places.windows(2).all(|pair| matches!(pair, [a, b] if a < b))
}

/// "Đáp án: B" as "B".
fn without_words(key: &str) -> &str {
    let key = key.trim();
    let (words, rest) = key.rsplit_once([' ', ':']).unwrap_or(("", key));
    let known = [
        "dap an",
        "dap an dung",
        "phuong an",
        "chon",
        "cau",
        "option",
        "answer",
        "y",
    ];
    if known.contains(&fold(words).as_str()) {
        rest
    } else {
        key
    }
}

/// "A. 1930", where 1930 is the text of option A.
fn labelled(one: &Written<'_>, key: &str) -> Option<u8> {
    let mut chars = key.chars();
    let place = label_place(chars.next()?.to_ascii_uppercase())?;
    let text = chars.as_str().strip_prefix(['.', ')', ':'])?;
    let option = one.options.get(usize::from(place))?;
    (!text.trim().is_empty() && same(option) == same_plain(text)).then_some(place)
}

/// "1", "1,3": from 1, as people count.
fn by_numbers(key: &str) -> Option<Vec<u8>> {
    let number = |part: &str| {
        let digits = part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let number: u8 = part.parse().ok().filter(|_| digits)?;
        (1..=MAX_OPTIONS)
            .contains(&usize::from(number))
            .then(|| number - 1)
    };
    let parts = key.split(is_separator).filter(|part| !part.is_empty());
    let parts = parts.filter(|part| !matches!(fold(part).as_str(), "va" | "and"));
    let places: Option<Vec<u8>> = parts.map(number).collect();
    places.filter(|places| !places.is_empty())
}

/// The whole text of an option, or of several on lines of their own or with semicolons between.
fn by_texts(one: &Written<'_>) -> Option<Vec<u8>> {
    let place = |text: &str| {
        let wanted = same_plain(text);
        let mut found = one
            .options
            .iter()
            .enumerate()
            .filter(|(_, option)| same(option) == wanted);
        let (place, _) = found.next()?;
        // Two options of the same text have a fault of their own.
        u8::try_from(place).ok().filter(|_| found.next().is_none())
    };
    if let Some(place) = place(one.key) {
        return Some(vec![place]);
    }
    let parts = one
        .key
        .split([';', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let places: Option<Vec<u8>> = parts.map(place).collect();
    places.filter(|places| places.len() > 1)
}

fn same(option: &str) -> String {
    same_plain(&markup::plain(option))
}

/// What two texts are compared by: letters, spaces and capitals as people do not look at them.
fn same_plain(text: &str) -> String {
    let clean = super::super::words::clean(text).text.to_lowercase();
    let joined = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const YEARS: [&str; 4] = ["1930", "1931", "2", "1"];

    fn read(rows: &[(&str, [&str; 4])]) -> Vec<Result<Vec<u8>, &'static str>> {
        let written: Vec<Written<'_>> = rows
            .iter()
            .map(|(key, options)| Written {
                key,
                options: options.to_vec(),
            })
            .collect();
        let keys = read_keys(&written).into_iter();
        keys.map(|key| key.map_err(|code| code.name())).collect()
    }

    #[test]
    fn letters_are_read_in_every_shape() {
        for (key, places) in [
            ("A", vec![0]),
            ("a", vec![0]),
            (" b. ", vec![1]),
            ("A,C", vec![0, 2]),
            ("A;C", vec![0, 2]),
            ("AC", vec![0, 2]),
            ("a, b và d", vec![0, 1, 3]),
            ("A/B", vec![0, 1]),
            ("Đáp án: D", vec![3]),
            ("Câu C", vec![2]),
            ("B) 1931", vec![1]),
            ("A,A", vec![0, 0]),
        ] {
            assert_eq!(read(&[(key, YEARS)]), [Ok(places)], "{key}");
        }
    }

    #[test]
    fn numbers_count_from_one_and_are_never_found_inside_others() {
        let rows = [
            ("1", YEARS),
            ("1,3", YEARS),
            ("4", YEARS),
            ("3", ["a", "b", "c", "d"]),
        ];
        assert_eq!(read(&rows)[1..], [Ok(vec![0, 2]), Ok(vec![3]), Ok(vec![2])]);
        let rows = [
            ("3", ["a", "b", "c", "d"]),
            ("12", ["a", "b", "c", "d"]),
            ("0", ["a", "b", "c", "d"]),
        ];
        assert_eq!(
            read(&rows),
            [Ok(vec![2]), Err("key-unreadable"), Err("key-unreadable")]
        );
    }

    #[test]
    fn a_full_text_must_be_exactly_that_of_one_option() {
        let options = ["Bắc Sơn", "Bắc  sơn cũ", "Lạng Sơn", "Chi Lăng"];
        assert_eq!(read(&[("bắc sơn cũ.", options)]), [Ok(vec![1])]);
        assert_eq!(read(&[("Bắc Sơn; Chi Lăng", options)]), [Ok(vec![0, 3])]);
        assert_eq!(read(&[("Bắc", options)]), [Err("key-unreadable")]);
        assert_eq!(read(&[("Sơn", options)]), [Err("key-unreadable")]);
        assert_eq!(read(&[("ABBA", options)]), [Err("key-unreadable")]);
    }

    #[test]
    fn a_file_keeps_to_one_way_and_what_could_be_two_is_asked() {
        let options = ["x", "y", "z", "t"];
        let rows = [("A", options), ("B", options), ("2", options), ("z", options)];
        assert_eq!(
            read(&rows),
            [Ok(vec![0]), Ok(vec![1]), Err("key-mixed"), Err("key-mixed")]
        );
        assert_eq!(read(&[("2", ["3", "4", "1", "2"])]), [Err("key-ambiguous")]);
        assert_eq!(read(&[("2", ["1", "2", "3", "4"])]), [Ok(vec![1])]);
        assert_eq!(
            read(&[("2", ["3", "4", "1", "2"]), ("1", options)]),
            [Ok(vec![1]), Ok(vec![0])]
        );
        assert_eq!(
            read(&[("A", ["B", "A", "D", "C"]), ("C", options)]),
            [Ok(vec![0]), Ok(vec![2])]
        );
    }
}
