//! Lines that are not questions: headings, the end of the paper, and fields such as "Đáp án: B".
//!
//! Owns recognising them in one line of text; leaves where they are allowed to `shape`.

use super::labels::{LETTERS, after_words, skip};
use crate::domain::unit::fold;

/// A heading that changes what the following lines are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// "HẾT": the end of the questions.
    End,
    /// "BẢNG ĐÁP ÁN".
    Answers,
    /// "HƯỚNG DẪN GIẢI".
    Explanations,
}

/// What a line says about the question it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The right options.
    Key,
    /// Why they are right.
    Explanation,
    /// How hard the question is.
    Level,
    /// Where the fact comes from.
    Source,
}

/// The heading that a whole line is, if it is one.
pub(super) fn head(line: &str) -> Option<Head> {
    if line.len() > 200 || !line.chars().any(char::is_alphabetic) {
        return None;
    }
    let folded = fold(line);
    match folded.as_str() {
        "het" | "the end" | "het de" | "het de thi" | "end" => Some(Head::End),
        "dap an"
        | "bang dap an"
        | "bang tra loi"
        | "dap an tham khao"
        | "dap an trac nghiem"
        | "answers"
        | "answer key"
        | "dap an va loi giai"
        | "bang dap an trac nghiem"
        | "phan dap an"
        | "huong dan cham" => Some(Head::Answers),
        "loi giai"
        | "loi giai chi tiet"
        | "huong dan giai"
        | "huong dan giai chi tiet"
        | "giai thich"
        | "huong dan chi tiet"
        | "giai thich chi tiet"
        | "giai chi tiet"
        | "explanations"
        | "huong dan tra loi"
        | "giai thich dap an" => Some(Head::Explanations),
        other if other.starts_with("bang dap an ") || other.starts_with("dap an de ") => {
            (other.split(' ').count() <= 8).then_some(Head::Answers)
        }
        _ => None,
    }
}

/// Whether a line is the heading of a part: "PHẦN I", "Nhóm 2: Địa lý", "II. Que hương".
pub(super) fn is_part(line: &str) -> bool {
    let text = line.trim();
    let words = [
        "phần",
        "phan",
        "nhóm",
        "part",
        "chương",
        "chủ đề",
        "mục",
        "section",
    ];
    if let Some(length) = after_words(text, &words) {
        let rest = text.get(length..).unwrap_or_default().trim_start();
        let first = rest
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        let numbered = !first.is_empty() && first.chars().all(|c| c.is_ascii_digit());
        let words = ["một", "hai", "ba", "bốn", "năm", "thứ"];
        let spelt = words.contains(&first.to_lowercase().as_str());
        let lettered = first.len() == 1 && first.chars().all(|c| c.is_ascii_uppercase());
        return numbered || spelt || lettered || roman(first).is_some();
    }
    let first = text.split(['.', ')', '-', ':', '/']).next().unwrap_or_default();
    roman(first.trim_end()).is_some() && text.len() > first.len()
}

/// The letter of a heading such as "B. PHẦN TỰ LUẬN", from 0 for A; small letters make it an option.
pub(super) fn lettered_part(line: &str) -> Option<u8> {
    let text = line.trim();
    let letter = text.bytes().next().filter(u8::is_ascii_uppercase)?;
    let rest = text
        .get(1..)?
        .strip_prefix(['.', ')', '/', ':', '-'])?
        .trim_start();
    let words = after_words(rest, &["phần", "phan", "part"])?;
    let is_heading = words < rest.len() && !rest.chars().any(char::is_lowercase);
    is_heading.then_some(letter - b'A')
}

fn roman(text: &str) -> Option<u32> {
    let known = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
    ];
    let place = known.iter().position(|name| *name == text)?;
    u32::try_from(place + 1).ok()
}

const KEYS: [&str; 14] = [
    "đáp án đúng là",
    "đáp án đúng",
    "đáp án là",
    "đáp án",
    "dap an",
    "đ/a",
    "đa",
    "phương án đúng",
    "chọn đáp án",
    "chọn phương án",
    "chọn",
    "answer",
    "key",
    "trả lời",
];

/// The field that a line begins with, and the byte where its value begins.
pub(super) fn field(line: &str) -> Option<(Field, usize)> {
    let from = skip(line, |c| {
        c.is_whitespace() || matches!(c, '*' | '-' | '+' | '•' | '→' | '⇒' | '=' | '>' | '(' | '[')
    });
    let rest = line.get(from..)?;
    let value = |length: usize| {
        let after = rest.get(length..).unwrap_or_default();
        let signs = skip(after, |c| {
            c.is_whitespace() || matches!(c, ':' | '：' | '.' | '-' | '–')
        });
        (from + length + signs, after.trim_start().starts_with([':', '：']))
    };
    let explanations = [
        "lời giải chi tiết",
        "lời giải",
        "hướng dẫn giải",
        "hướng dẫn",
        "giải thích",
        "giải",
        "explanation",
    ];
    if let Some(length) = after_words(rest, &explanations) {
        let (at, colon) = value(length);
        let alone = rest
            .get(length..)
            .is_some_and(|after| after.trim_matches(['.', ' ']).is_empty());
        let dotted = length > 5 && rest.get(length..).is_some_and(|after| after.starts_with('.'));
        return (colon || alone || dotted).then_some((Field::Explanation, at));
    }
    if let Some(length) = after_words(rest, &["mức độ", "độ khó", "level", "muc do"]) {
        let (at, colon) = value(length);
        return colon.then_some((Field::Level, at));
    }
    if let Some(length) = after_words(rest, &["nguồn", "source", "trích nguồn", "tài liệu"]) {
        let (at, colon) = value(length);
        return colon.then_some((Field::Source, at));
    }
    let length = after_words(rest, &KEYS)?;
    let (at, colon) = value(length);
    let value = line.get(at..).unwrap_or_default();
    let loose = after_words(rest, &["trả lời", "key", "chọn", "đa"]).is_some_and(|word| word == length);
    let is_key = (colon && !loose) || letters(value).is_some() || (value.trim().is_empty() && !loose);
    is_key.then_some((Field::Key, at))
}

/// The options that a text names and nothing else: "B", "b.", "A, C", "A và C", "ACD"; or "B. 1931".
pub(super) fn letters(value: &str) -> Option<Vec<u8>> {
    let value = value
        .trim()
        .trim_matches(['(', ')', '[', ']', '*', '"', '“', '”'])
        .trim();
    let mut places = Vec::new();
    for word in
        value.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | '+' | '&' | '-' | '/'))
    {
        let joins = ["và", "and", ""].contains(&word.to_lowercase().as_str());
        let is_run = word.len() <= 8 && word.chars().all(|c| c.is_ascii_uppercase());
        if joins {
            continue;
        }
        if !is_run && word.len() != 1 {
            return named_option(value);
        }
        for letter in word.bytes() {
            let place = letter.to_ascii_uppercase().wrapping_sub(b'A');
            if place >= LETTERS {
                return named_option(value);
            }
            places.push(place);
        }
    }
    places.dedup();
    (!places.is_empty()).then_some(places)
}

/// "B. 1931": a letter with the text of its option.
fn named_option(value: &str) -> Option<Vec<u8>> {
    let mut chars = value.chars();
    let letter = chars.next().filter(char::is_ascii_uppercase)?;
    let place = (letter as u8).wrapping_sub(b'A');
    let sign = chars.next().filter(|c| matches!(c, '.' | ')' | ':'));
    (place < LETTERS && sign.is_some()).then(|| vec![place])
}

/// An option named by its letter and by words, "B. 1931": its place, and the byte where the words begin.
pub(super) fn named(value: &str) -> Option<(u8, usize)> {
    let from = skip(value, char::is_whitespace);
    let place = named_option(value.get(from..)?)?.first().copied()?;
    // The letter and the sign have one byte each.
    let sign_end = from + 2;
    let words = sign_end + skip(value.get(sign_end..)?, char::is_whitespace);
    (words < value.len()).then_some((place, words))
}

/// A key at the end of an option, "1933   Đáp án: B" or "1933 (Đáp án B)": the byte where it begins, and its letters.
pub(super) fn trailing_key(text: &str) -> Option<(usize, Vec<u8>)> {
    let mut from = text.len().saturating_sub(60);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let tail = text.get(from..)?;
    for (at, _) in tail.char_indices() {
        let before = text.get(..from + at)?;
        let apart = before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '.' | ';'));
        let Some((Field::Key, value)) = field(tail.get(at..)?).filter(|_| apart) else {
            continue;
        };
        let places = letters(tail.get(at + value..)?)?;
        let kept = before.trim_end_matches([' ', '\t', '(', '[']);
        return Some((kept.len(), places));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_whole_lines() {
        for line in ["HẾT", "-----HẾT-----", "--- Hết ---", "(HẾT)", ". . . HẾT . . ."] {
            assert_eq!(head(line), Some(Head::End), "{line}");
        }
        assert_eq!(head("BẢNG ĐÁP ÁN"), Some(Head::Answers));
        assert_eq!(head("Đáp án:"), Some(Head::Answers));
        assert_eq!(head("HƯỚNG DẪN GIẢI CHI TIẾT"), Some(Head::Explanations));
        for line in ["Hết năm 1930 thì", "Đáp án nào đúng?", "----", ""] {
            assert_eq!(head(line), None, "{line}");
        }
    }

    #[test]
    fn parts_have_a_number() {
        for line in [
            "PHẦN I",
            "Phần 2. Địa lý",
            "Nhóm 1:",
            "II. Quê hương",
            "Phần thứ nhất",
            "PHẦN A: CHUNG",
        ] {
            assert!(is_part(line), "{line}");
        }
        for line in [
            "Phần lớn dân số",
            "Chương trình 135",
            "Mục tiêu là gì",
            "Đảng",
            "1. Một",
        ] {
            assert!(!is_part(line), "{line}");
        }
    }

    #[test]
    fn parts_may_have_a_letter() {
        assert_eq!(lettered_part("A. PHẦN CHUNG"), Some(0));
        assert_eq!(lettered_part(" B/ PHẦN TỰ LUẬN (4 ĐIỂM)"), Some(1));
        for line in [
            "B. Phần Lan",
            "B. PHẦN",
            "B PHẦN CHUNG",
            "PHẦN CHUNG",
            "B. BẮC SƠN",
            "",
        ] {
            assert_eq!(lettered_part(line), None, "{line}");
        }
    }

    #[test]
    fn fields_say_what_they_are() {
        let found = |line: &'static str| field(line).map(|(field, at)| (field, &line[at..]));
        assert_eq!(found("Đáp án: B"), Some((Field::Key, "B")));
        assert_eq!(found("ĐÁP ÁN B"), Some((Field::Key, "B")));
        assert_eq!(found("=> Chọn B."), Some((Field::Key, "B.")));
        assert_eq!(found("Đáp án: không rõ"), Some((Field::Key, "không rõ")));
        assert_eq!(found("Lời giải: vì"), Some((Field::Explanation, "vì")));
        assert_eq!(found("Giải thích"), Some((Field::Explanation, "")));
        assert_eq!(found("Mức độ: NB"), Some((Field::Level, "NB")));
        assert_eq!(found("Nguồn: sách"), Some((Field::Source, "sách")));
        for line in [
            "Đáp án nào sau đây đúng",
            "Nguồn gốc của lễ hội",
            "Giải phóng Thủ đô",
            "Chọn câu đúng",
            "Đa số",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }

    #[test]
    fn letters_name_options() {
        for (text, places) in [
            ("B", vec![1]),
            ("b.", vec![1]),
            ("A, C", vec![0, 2]),
            ("A và C", vec![0, 2]),
            ("ACD", vec![0, 2, 3]),
            ("(D)", vec![3]),
            ("B. 1931", vec![1]),
        ] {
            assert_eq!(letters(text), Some(places), "{text}");
        }
        for text in ["", "1931", "không rõ", "Anh", "ABCDX", "A hoặc C"] {
            assert_eq!(letters(text), None, "{text}");
        }
        assert_eq!(trailing_key("1933   Đáp án: B"), Some((4, vec![1])));
        assert_eq!(trailing_key("1933 (Đáp án B)"), Some((4, vec![1])));
        assert_eq!(trailing_key("Không có đáp án nào"), None);
        assert_eq!(named(" B. 1931"), Some((1, 4)));
        for text in ["B", "B.", "1931", "b. 1931", "ế. x", ""] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
