//! Signs of picture fonts (Wingdings, Symbol) as ordinary characters.
//!
//! Owns the little table of signs that papers use; a sign that is not in it becomes the replacement character, which the
//! rules of questions refuse at its place.

use super::xml::Element;

/// The character that `w:sym` shows.
pub(super) fn sign_of(element: Element<'_, '_>) -> char {
    let code = element
        .get("char")
        .and_then(|code| u32::from_str_radix(code, 16).ok());
    sign(element.get("font").unwrap_or_default(), code.unwrap_or(0))
}

/// The character that a letter of a run in a picture font shows: such runs hold codes of their own, or the letters that
/// have the same keys.
pub(super) fn shown_in(font: &str, c: char) -> char {
    match c {
        c if c.is_whitespace() => c,
        '\u{f020}'..='\u{f0ff}' | '!'..='\u{ff}' => sign(font, u32::from(c)),
        c => c,
    }
}

/// Signs that the font Symbol shares with all others.
fn is_shared(c: char) -> bool {
    c.is_ascii_digit() || " !#%&()+,-./:;<=>?[]_{|}".contains(c)
}

/// The character that a sign of a picture font shows.
fn sign(font: &str, code: u32) -> char {
    let code = code & 0xff;
    let font = font.to_lowercase();
    let table: &[(u32, char)] = match font.as_str() {
        "wingdings" => &WINGDINGS,
        "wingdings 2" => &WINGDINGS_2,
        "symbol" => &SYMBOL,
        _ => &[],
    };
    let found = table.iter().find(|(key, _)| *key == code);
    let shared = char::from_u32(code).filter(|c| *c == ' ' || (font == "symbol" && is_shared(*c)));
    found.map(|(_, sign)| *sign).or(shared).unwrap_or('\u{fffd}')
}

/// Whether a font shows other signs than the characters say.
pub(super) fn is_picture_font(font: &str) -> bool {
    matches!(
        font.to_lowercase().as_str(),
        "wingdings" | "wingdings 2" | "symbol"
    )
}

const WINGDINGS: [(u32, char); 16] = [
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '☐'),
    (0x71, '☐'),
    (0x76, '❖'),
    (0x9f, '•'),
    (0xa7, '▪'),
    (0xa8, '☐'),
    (0xd8, '➢'),
    (0xe0, '→'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
    (0x46, '☞'),
];
const WINGDINGS_2: [(u32, char); 5] = [(0x4f, '✗'), (0x50, '✓'), (0x52, '☑'), (0x53, '☒'), (0xa3, '☐')];
const SYMBOL: [(u32, char); 22] = [
    (0x61, 'α'),
    (0x62, 'β'),
    (0x67, 'γ'),
    (0x64, 'δ'),
    (0x6c, 'λ'),
    (0x6d, 'μ'),
    (0x70, 'π'),
    (0x73, 'σ'),
    (0x77, 'ω'),
    (0x44, 'Δ'),
    (0x57, 'Ω'),
    (0xa3, '≤'),
    (0xae, '→'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xbb, '≈'),
    (0xde, '⇒'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picture_fonts_show_other_signs_than_the_letters_say() {
        let shown = |font, text: &str| -> String { text.chars().map(|c| shown_in(font, c)).collect() };
        assert_eq!(shown("Wingdings", "\u{f0fc} \u{fc}\u{a0}"), "✓ ✓\u{a0}");
        assert_eq!(shown("Symbol", "a = 30\u{f0b0}"), "α = 30°");
        assert_eq!(shown("Symbol", "\u{f061}\u{f020}\u{f031}"), "α 1");
        assert_eq!(
            shown("Wingdings", "J"),
            "\u{fffd}",
            "a sign that nobody listed is refused"
        );
        assert_eq!(shown("Symbol", "ế"), "ế", "the font has no such letter");
    }
}
