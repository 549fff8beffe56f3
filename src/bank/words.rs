//! Texts as people write them: one normal form, nothing invisible, and what was probably meant.
//!
//! Owns normalising, slugs and "did you mean"; leaves the limits of each field to the checks.

use crate::domain::unit::fold;
use icu_normalizer::ComposingNormalizer;

/// What cleaning a text found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cleaned {
    /// NFC, ordinary spaces, no space at the ends, lines ended by `\n`.
    pub(super) text: String,
    /// Letters and marks were stored apart.
    pub(super) was_decomposed: bool,
    /// The first space that was not the ordinary one.
    pub(super) odd_space: Option<char>,
    /// The first character that nobody can see; kept in the text.
    pub(super) hidden: Option<char>,
}

/// The text in normal form, with what was found on the way.
pub(super) fn clean(raw: &str) -> Cleaned {
    let composed = ComposingNormalizer::new_nfc().normalize(raw);
    let was_decomposed = composed != raw;
    let joined = composed.replace("\r\n", "\n");
    let text: String = joined
        .chars()
        .map(|c| if is_odd_space(c) { ' ' } else { c })
        .collect();
    Cleaned {
        text: text.trim().to_owned(),
        was_decomposed,
        odd_space: joined.chars().find(|c| is_odd_space(*c)),
        hidden: joined.chars().find(|c| is_hidden(*c)),
    }
}

/// The spaces that Word and web pages leave behind.
const fn is_odd_space(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Control characters, zero-width characters, direction marks, the soft hyphen, private use and the replacement
/// character: what nobody sees, or what a lost letter became.
const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The text with a dot for every character that nobody sees or that a terminal would obey.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { '·' } else { c }).collect()
}

/// Whether letters look like those of TCVN3 or VNI ("N¨m nµo"), or like UTF-8 that was opened as something else ("NÄƒm nÃ o"):
/// several of them, and no letter that only Vietnamese has.
pub(super) fn is_garbled(text: &str) -> bool {
    let is_ours = |c: char| {
        matches!(
            c,
            'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}'
        )
    };
    if text.is_ascii() || text.chars().any(is_ours) {
        return false;
    }
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let (mut before, mut hits) = (None, 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let foreign =
            "¡¢£¤¥¦§¨©ª¬®µ¶¸¹¼½¾ÅÆÐÑ×ØÞßåæïñ÷øûþ".contains(c) && (is_letter(before) || is_letter(next));
        let split = match c {
            'Ã' | 'Ä' | 'Æ' => {
                next.is_some_and(|next| !next.is_ascii() && !next.is_alphabetic() || next == 'ƒ')
            }
            'á' => matches!(next, Some('º' | '»')),
            _ => false,
        };
        hits += usize::from(foreign || split);
        before = Some(c);
    }
    hits >= 2
}

/// Lower-case ASCII letters and digits in groups joined by single hyphens, at most 64 characters.
pub(super) fn is_slug(text: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= 64 && text.split('-').all(part)
}

/// The slug nearest to a text, if any of it remains.
pub(super) fn slug_of(text: &str) -> Option<String> {
    let folded: String = fold(text)
        .chars()
        .map(|c| if c == ' ' { '-' } else { c })
        .collect();
    let ascii: String = folded
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(64)
        .collect();
    let slug = ascii.trim_matches('-').to_owned();
    is_slug(&slug).then_some(slug)
}

/// The candidate that the word was probably meant to be: at most a third of its letters differ.
pub(super) fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let word: String = word.to_lowercase().replace('-', "_").chars().take(64).collect();
    let limit = (word.chars().count() / 3).max(1);
    let scored = candidates
        .into_iter()
        .map(|name| (distance(&word, &name.to_lowercase().replace('-', "_")), name));
    let best = scored.min_by_key(|(distance, _)| *distance)?;
    (best.0 <= limit).then(|| best.1.to_owned())
}

/// Letters to insert, remove, replace or swap with the next to make one word of the other.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > 8 {
        return usize::MAX;
    }
    let mut older: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut current = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let cell = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX - 1);
            let mut best = (cell(&previous, j) + usize::from(x != y))
                .min(cell(&previous, j + 1) + 1)
                .min(current.last().copied().unwrap_or(usize::MAX - 1) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(cell(&older, j - 1) + 1);
            }
            current.push(best);
        }
        older = std::mem::replace(&mut previous, current);
    }
    previous.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_letters_are_joined_and_reported() {
        let cleaned = clean(" La\u{323}ng So\u{31b}n\r\n");
        assert_eq!(cleaned.text, "Lạng Sơn");
        assert!(cleaned.was_decomposed);
        assert!(!clean("Lạng Sơn").was_decomposed);
    }

    #[test]
    fn odd_spaces_become_spaces_and_hidden_characters_are_named() {
        let cleaned = clean("Bắc\u{a0}Sơn\u{200b}");
        assert_eq!(
            (cleaned.odd_space, cleaned.hidden),
            (Some('\u{a0}'), Some('\u{200b}'))
        );
        assert_eq!(clean("một\n\thai").hidden, None);
    }

    #[test]
    fn letters_of_old_fonts_and_wrong_encodings_are_noticed() {
        for text in [
            "N¨m nµo §¶ng bé tØnh ra ®êi?",
            "Naêm naøo Ñaûng boä tænh ra ñôøi?",
            "NÄƒm nÃ\u{a0}o Äáº£ng bá»™ ra Ä‘á»\u{9d}i?",
        ] {
            assert!(is_garbled(text), "{text}");
        }
        for text in [
            "Năm nào Đảng bộ tỉnh ra đời?",
            "Nào là hoà bình, quê nhà, quá khứ",
            "Bao nhiêu µg?",
            "Ai là «bác Hai»?",
            "© 2023",
            "Noël, Zoë và Düsseldorf",
            "5 × 3 = 15, 8 ÷ 2 = 4",
            "C",
            "",
        ] {
            assert!(!is_garbled(text), "{text}");
        }
    }

    #[test]
    fn slugs_are_plain_and_proposed_where_they_are_not() {
        assert!(is_slug("khoi-nghia-bac-son") && is_slug("c01"));
        for bad in ["", "-a", "a--b", "Bắc-Sơn", "a_b", "A", &"a".repeat(65)] {
            assert!(!is_slug(bad), "{bad}");
        }
        assert_eq!(
            slug_of("Khởi nghĩa Bắc Sơn!").as_deref(),
            Some("khoi-nghia-bac-son")
        );
        assert_eq!(slug_of("???"), None);
    }

    #[test]
    fn a_misspelt_word_finds_the_one_that_was_meant() {
        assert_eq!(near("tilte", ["title", "organiser"]).as_deref(), Some("title"));
        assert_eq!(near("min-age", ["min_age", "accent"]).as_deref(), Some("min_age"));
        assert_eq!(near("colour", ["title", "accent"]), None);
        assert_eq!(near("x", []), None);
        assert_eq!(
            (
                distance("abcd", "acbd"),
                distance("", "ab"),
                distance("kitten", "sitting")
            ),
            (1, 2, 3)
        );
    }
}
