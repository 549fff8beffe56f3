//! What the beginning of a line says: a question, an option, a field.
//!
//! Owns recognising labels in one line of text; leaves deciding which of them count to `shape` and `chain`. A label is only a
//! candidate here: "C. Mác sinh năm nào?" begins like an option.

use super::levels::level_tag;
use super::marks::{is_cross, is_mark, is_tick};
use crate::bank::source::shorten;

/// Letters that may label an option; two more than a question may have, so that too many are counted and not lost.
pub(super) const LETTERS: u8 = 10;

/// The beginning of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) number: u32,
    /// Byte in the line where the label's number ends.
    pub(super) number_end: usize,
    /// Byte where the text begins.
    pub(super) text: usize,
    /// A sign stands after the number ("Câu 1." and not "Câu 1").
    pub(super) separated: bool,
}

/// How sure a place is the beginning of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// After a single space.
    Weak,
    /// After a tab, wide space or semicolon.
    Apart,
    /// At the beginning of the line.
    First,
}

/// A place that looks like the beginning of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Byte where the label begins, an asterisk or tick before it included.
    pub(super) at: usize,
    /// Byte of the letter.
    pub(super) letter: usize,
    /// Byte where the text begins.
    pub(super) text: usize,
    /// 0 for A.
    pub(super) place: u8,
    pub(super) is_upper: bool,
    pub(super) strength: Strength,
    /// An asterisk stands before or after the letter.
    pub(super) is_starred: bool,
    /// A tick stands before the letter.
    pub(super) is_ticked: bool,
    /// A cross stands before the letter: of what is wrong beside ticks, of what is right where it stands alone.
    pub(super) is_crossed: bool,
}

const BULLETS: [char; 9] = ['-', '+', '•', '–', '▪', '●', '*', ' ', '\t'];

/// Bytes of the word at the beginning of a text, in any case of letters; `None` when another text begins there.
pub(super) fn after_word(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.chars();
    let mut length = 0;
    for expected in word.chars() {
        let c = rest.next()?;
        if !c.to_lowercase().eq(std::iter::once(expected)) {
            return None;
        }
        length += c.len_utf8();
    }
    Some(length)
}

/// Bytes of the longest of the words that begins the text and ends there as a word.
pub(super) fn after_words(text: &str, words: &[&str]) -> Option<usize> {
    let lengths = words.iter().filter_map(|word| after_word(text, word));
    let whole = |length: &usize| {
        let next = text.get(*length..).and_then(|rest| rest.chars().next());
        !next.is_some_and(char::is_alphabetic)
    };
    lengths.filter(whole).max()
}

/// Bytes of the characters at the beginning that fit.
pub(super) fn skip(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c| !fits(c)).unwrap_or(text.len())
}

fn digits(text: &str) -> Option<(u32, usize)> {
    let length = skip(text, |c| c.is_ascii_digit());
    let number = text.get(..length).filter(|part| (1..=4).contains(&part.len()))?;
    Some((number.parse().ok()?, length))
}

const QUESTION_WORDS: [&str; 11] = [
    "câu hỏi số",
    "câu hỏi",
    "câu số",
    "câu thứ",
    "câu",
    "cau hoi",
    "cau",
    "bài tập",
    "bài",
    "question",
    "quiz",
];

/// "Câu 1.", "CÂU 01:", "Bài 1)", "Question 1": a question with a word.
pub(super) fn worded_start(line: &str) -> Option<Start> {
    let from = skip(line, |c| {
        c.is_whitespace() || matches!(c, '*' | '•' | '▪' | '●' | '■' | '❖' | '➢' | '[' | '#')
    });
    let rest = line.get(from..)?;
    let word = after_words(rest, &QUESTION_WORDS)?;
    let rest = rest.get(word..)?;
    let gap = skip(rest, |c| c.is_whitespace() || matches!(c, '.' | ':' | '#'));
    let (number, length) = digits(rest.get(gap..)?)?;
    let number_end = from + word + gap + length;
    finish_start(line, number, number_end)
}

/// "1.", "1)", "01/": a question with a number alone.
pub(super) fn numbered_start(line: &str) -> Option<Start> {
    let from = skip(line, char::is_whitespace);
    let (number, length) = digits(line.get(from..)?)?;
    let start = finish_start(line, number, from + length)?;
    start.separated.then_some(start)
}

fn finish_start(line: &str, number: u32, number_end: usize) -> Option<Start> {
    let tail = line.get(number_end..)?;
    let tag = level_tag(tail).map_or(0, |(_, length)| length);
    let rest = tail.get(tag..)?;
    let gap = skip(rest, char::is_whitespace);
    let signs = rest.get(gap..)?;
    let length = skip(signs, |c| {
        matches!(
            c,
            '.' | ':' | ')' | ']' | '/' | '-' | '–' | '—' | '．' | '：' | '）' | '、'
        )
    });
    let after = signs.get(length..)?;
    let separated = length > 0 || signs.is_empty();
    let next = after.chars().next();
    let sign = signs.chars().next();
    let is_range_or_date =
        matches!(sign, Some('/' | '-' | '–' | '.')) && next.is_some_and(|c| c.is_ascii_digit());
    if length > 0 && is_range_or_date {
        return None;
    }
    if !separated {
        let joined = gap == 0 && tag == 0;
        let goes_on = matches!(next, Some(',' | ';' | '+' | '%' | '&' | '?' | '!'));
        if joined || goes_on || after_words(after, &["đến", "và", "hoặc", "tới", "trong", "của"]).is_some()
        {
            return None;
        }
    }
    let text = line.len() - after.len() + skip(after, char::is_whitespace);
    Some(Start {
        number,
        number_end,
        text,
        separated,
    })
}

/// Every place of a line, from byte `from`, that looks like the beginning of an option; `first` says how sure one at `from`
/// itself is.
pub(super) fn candidates(line: &str, from: usize, first: Strength) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (at, c) in line.char_indices() {
        if at < from || !c.is_ascii_alphabetic() {
            continue;
        }
        let place = c.to_ascii_uppercase() as u8 - b'A';
        let behind = found.last().map_or(from, |last| last.letter + 1);
        if place < LETTERS
            && let Some(candidate) = candidate(line, from, first, at, place)
            && candidate.at >= behind.min(at)
        {
            found.push(candidate);
        }
    }
    found
}

fn candidate(line: &str, from: usize, first: Strength, letter: usize, place: u8) -> Option<Candidate> {
    let before = line.get(from..letter)?;
    // Asterisks, ticks and brackets before the letter belong to the label.
    let bare = before.trim_end_matches(|c: char| matches!(c, '*' | '(' | '[' | '#') || is_mark(c));
    let bare = match bare.len() < before.len() {
        true => bare,
        // A tick may stand off: "☑ A. 1930".
        false => {
            let far = before
                .trim_end()
                .trim_end_matches(|c: char| is_mark(c) || c == '*');
            let stands_off = far.len() < before.trim_end().len();
            if stands_off { far } else { bare }
        }
    };
    let marks = before.get(bare.len()..)?;
    let strength = strength_after(bare, first)?;
    let is_upper = line.get(letter..)?.starts_with(|c: char| c.is_ascii_uppercase());
    let rest = line.get(letter + 1..)?;
    let star = skip(rest, |c| c == '*');
    let mut after = rest.get(star..)?;
    // "A . 1930", as some type it.
    if let Some(close) = after.strip_prefix(' ')
        && strength > Strength::Weak
        && close.starts_with(['.', ')'])
    {
        after = close;
    }
    let separator = after.chars().next()?;
    let follows = after.get(separator.len_utf8()..)?;
    let next = follows.chars().next();
    let opened = marks.contains(['(', '[']);
    let fits = match separator {
        '.' => !(strength == Strength::Weak && next.is_none()),
        ')' => true,
        ']' => opened,
        ':' | '．' | '：' | '）' => strength > Strength::Weak,
        '/' => strength > Strength::Weak || next == Some(' '),
        '-' | '–' => strength > Strength::Weak && next == Some(' '),
        _ => false,
    };
    // "a.m.", "B.C."; and letters of a bracket that never opened: "(xem mục A)".
    let is_short = separator == '.' && next.is_some_and(char::is_alphabetic) && {
        let mut chars = follows.chars().skip(1);
        chars.next() == Some('.')
    };
    if !fits || is_short && strength == Strength::Weak {
        return None;
    }
    if separator == ')' && strength == Strength::Weak && !opened && is_inside_brackets(bare) {
        return None;
    }
    let gap = skip(follows, char::is_whitespace);
    let inner = follows.get(gap..)?;
    let inner_star = skip(inner, |c| c == '*');
    // A bullet before the label belongs to it; whoever draws a line of dashes means no bullet.
    let is_first = is_bullets(bare);
    Some(Candidate {
        at: if is_first { from } else { from + bare.len() },
        letter,
        text: line.len() - inner.len() + inner_star,
        place,
        is_upper,
        strength,
        is_starred: star > 0 || inner_star > 0 || marks.contains('*'),
        is_ticked: marks.contains(is_tick),
        is_crossed: marks.contains(is_cross),
    })
}

/// Whether a bracket is open at the end of a text; a hundred characters are enough to see.
fn is_inside_brackets(text: &str) -> bool {
    let last = text.chars().rev().take(100).find(|c| matches!(c, '(' | ')'));
    last == Some('(')
}

/// Whether a text is nothing but a few bullets and spaces.
fn is_bullets(text: &str) -> bool {
    text.len() <= 32 && text.trim_start_matches(BULLETS).is_empty()
}

/// How sure a label is that follows this text.
fn strength_after(before: &str, first: Strength) -> Option<Strength> {
    let trimmed = before.trim_end();
    if is_bullets(trimmed) {
        return Some(first);
    }
    let gap = before.get(trimmed.len()..)?;
    let wide = gap.contains('\t') || gap.chars().count() >= 2;
    if wide || (trimmed.ends_with([';', '|']) && !gap.is_empty()) {
        Some(Strength::Apart)
    } else if !gap.is_empty() {
        Some(Strength::Weak)
    } else {
        None
    }
}

/// Whether a line that stands apart from the paper holds a part of it.
pub(in crate::bank) fn holds_question(line: &str) -> bool {
    let text = line.trim();
    if worded_start(text).is_some_and(|start| start.separated && text.len() > start.text + 8) {
        return true;
    }
    let first = candidates(text, 0, Strength::First).into_iter().next();
    first.is_some_and(|first| {
        first.at == 0 && first.is_upper && first.place < 4 && first.text < text.len() && text.len() > 3
    })
}

/// A text on one line, short enough for a message.
pub(in crate::bank) fn excerpt(text: &str) -> String {
    shorten(&text.split_whitespace().collect::<Vec<_>>().join(" "), 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(line: &str) -> Option<(u32, &str)> {
        worded_start(line).map(|start| (start.number, &line[start.text..]))
    }

    #[test]
    fn questions_begin_with_a_word_and_a_number() {
        for line in [
            "Câu 1. Hỏi gì?",
            "Câu 1: Hỏi gì?",
            "Câu 1) Hỏi gì?",
            "CÂU 1 Hỏi gì?",
            "Câu 01 . Hỏi gì?",
            "Bài 1/ Hỏi gì?",
            "Question 1. Hỏi gì?",
            "Câu hỏi 1: Hỏi gì?",
            "Câu hỏi số 1 - Hỏi gì?",
            "  câu 1.: Hỏi gì?",
            "Câu 1 (NB): Hỏi gì?",
            "Câu 1 [Thông hiểu] Hỏi gì?",
            "[Câu 1] Hỏi gì?",
            "Câu 1.Hỏi gì?",
            "Câu 1：Hỏi gì?",
            "Câu 1、Hỏi gì?",
        ] {
            assert_eq!(start(line), Some((1, "Hỏi gì?")), "{line}");
        }
        assert_eq!(start("Câu 12"), Some((12, "")));
        for line in [
            "Câu hỏi",
            "Câu 1, 2 và 3",
            "Câu 1 đến câu 5",
            "Câu 1-5: đọc đoạn văn",
            "Câu chuyện 1.",
            "Cầu 1. Hỏi",
            "Bài hát",
            "Câu 12345. x",
        ] {
            assert_eq!(start(line), None, "{line}");
        }
    }

    #[test]
    fn questions_may_begin_with_a_number_alone() {
        let start = |line| numbered_start(line).map(|start| start.number);
        assert_eq!(start("1. Hỏi gì?"), Some(1));
        assert_eq!(start("02) Hỏi gì?"), Some(2));
        for line in [
            "27/9/1940 là ngày gì?",
            "1930 là năm nào?",
            "3.5 km",
            "1-2-3",
            "1",
        ] {
            assert_eq!(start(line).filter(|_| line != "1"), None, "{line}");
        }
    }

    #[test]
    fn options_begin_where_a_letter_stands_apart() {
        let shown = |line: &str| -> Vec<(char, String, Strength, bool)> {
            candidates(line, 0, Strength::First)
                .iter()
                .map(|one| {
                    let letter = line[one.letter..].chars().next().unwrap();
                    (letter, line[one.text..].to_owned(), one.strength, one.is_starred)
                })
                .collect()
        };
        let letters = |line: &str| -> String { shown(line).iter().map(|one| one.0).collect() };
        assert_eq!(
            shown("A. 1930\tB. 1931"),
            [
                ('A', "1930\tB. 1931".to_owned(), Strength::First, false),
                ('B', "1931".to_owned(), Strength::Apart, false)
            ]
        );
        assert_eq!(letters("A. 1930   B. 1931  C/ 1932 D) 1933"), "ABCD");
        assert_eq!(letters("(A) Một (B) Hai"), "AB");
        assert_eq!(letters("a) Một b) Hai"), "ab");
        assert_eq!(letters("V. I. Lênin"), "I");
        assert_eq!(letters("A . Một   B . Hai"), "AB");
        assert_eq!(letters("A：Một   B）Hai"), "AB");
        assert_eq!(letters("Khối A . Một"), "", "only where a label is expected");
        assert_eq!(letters("TP.A. Một"), "");
        assert_eq!(letters("Khu A"), "");
        assert!(shown("*A. Một")[0].3 && shown("A*. Một")[0].3 && shown("A. *Một")[0].3);
        assert_eq!(shown("☑ A. Một")[0].1, "Một");
        assert!(candidates("x ☑ B. Một", 0, Strength::First)[0].is_ticked);
        assert!(candidates("✅ B. Một", 0, Strength::First)[0].is_ticked);
        let crossed = candidates("❌ B. Một", 0, Strength::First)[0];
        assert!(crossed.is_crossed && !crossed.is_ticked);
    }
}
