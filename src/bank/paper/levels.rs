//! How hard a question is, by the names that papers give it.
//!
//! Owns the names; leaves where they stand to `question` and `cut`.

use super::labels::skip;
use crate::domain::question::Level;
use crate::domain::unit::fold;

/// A level in brackets at the beginning of a text, "(NB)", "[Thông hiểu]", with its length, spaces before it included.
pub(super) fn level_tag(text: &str) -> Option<(Level, usize)> {
    let gap = skip(text, char::is_whitespace);
    let rest = text.get(gap..)?;
    let open = rest.chars().next().filter(|c| matches!(c, '(' | '['))?;
    let close = if open == '(' { ')' } else { ']' };
    let end = rest.find(close).filter(|end| *end <= 40)?;
    let level = level_of(rest.get(1..end)?)?;
    Some((level, gap + end + 1))
}

/// "NB", "Nhận biết", "Dễ" and the like.
pub(super) fn level_of(word: &str) -> Option<Level> {
    let folded = fold(word);
    match folded.as_str() {
        "nb" | "nhan biet" | "de" | "easy" | "biet" => Some(Level::Easy),
        "th" | "thong hieu" | "trung binh" | "tb" | "medium" | "hieu" | "vua" => Some(Level::Medium),
        "vd" | "vdc" | "van dung" | "van dung cao" | "kho" | "hard" | "rat kho" => Some(Level::Hard),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_known_by_their_usual_names() {
        assert_eq!(level_of("Nhận biết"), Some(Level::Easy));
        assert_eq!(level_of("VDC"), Some(Level::Hard));
        assert_eq!(level_of("Đầu tiên"), None);
        assert_eq!(level_tag(" (TH) x"), Some((Level::Medium, 5)));
        assert_eq!(level_tag("(1930) x"), None);
    }
}
