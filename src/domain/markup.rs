//! The little markup of stems, options and explanations: emphasis, superscript, subscript, line breaks.
//!
//! Owns what the signs mean, how a plain text is written so that it keeps its meaning, and the plain reading of a text
//! with signs; leaves HTML and Word to those who show it. There is no HTML in it and no link: a question needs neither.
//!
//! `**strong**`, `*emphasis*`, `^superscript^`, `~subscript~`; a backslash before a sign makes it an ordinary character. A
//! sign counts only where both of a pair stand in one line, the inside neither begins nor ends with a space, and, for the
//! last two, holds no space at all; so `2 * 3 * 4`, `a ~ b` and a lone `*` stay what they are.

use std::fmt;

/// How a piece of text is set; pieces within each other join their styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Raised or lowered.
    pub shift: Option<Shift>,
}

/// Raised or lowered text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// m².
    Up,
    /// H₂O.
    Down,
}

/// A piece of text in one style; line breaks are `\n` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The characters.
    pub text: String,
    /// How they are set.
    pub style: Style,
}

/// The characters that may be signs.
const SIGNS: [char; 4] = ['*', '^', '~', '\\'];

/// The pieces of a text with signs, neighbours of one style joined.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    walk(text, Style::default(), &mut out);
    out
}

/// The text without signs, as it is read aloud or compared.
pub fn plain(text: &str) -> String {
    // Most texts have no sign at all, and a start needs some seventy of them.
    if !has_sign(text) {
        return text.to_owned();
    }
    pieces(text).into_iter().map(|piece| piece.text).collect()
}

/// Every byte is looked at, which the machine does many at a time: to stop at the first would mean one after the other.
fn has_sign(text: &str) -> bool {
    let is_sign = |byte: &u8| matches!(byte, b'*' | b'^' | b'~' | b'\\');
    text.as_bytes()
        .iter()
        .fold(false, |found, byte| found | is_sign(byte))
}

/// A plain text written so that no character of it is taken for a sign.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if SIGNS.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Writes pieces with signs. A piece that no sign can set as wanted (it is blank, or raised and has a space) is written
/// plain.
pub fn write(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| Written(piece).to_string()).collect()
}

struct Written<'a>(&'a Piece);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Piece { text, style } = self.0;
        for (nth, line) in text.split('\n').enumerate() {
            if nth > 0 {
                f.write_str("\n")?;
            }
            let inner = line.trim();
            let (before, after) = match line.find(inner) {
                Some(at) if !inner.is_empty() => (&line[..at], &line[at + inner.len()..]),
                _ => ("", ""),
            };
            if inner.is_empty() {
                f.write_str(line)?;
                continue;
            }
            let shift = match style.shift {
                Some(_) if inner.contains(char::is_whitespace) => "",
                Some(Shift::Up) => "^",
                Some(Shift::Down) => "~",
                None => "",
            };
            let weight = match (style.strong, style.emphasis) {
                (true, true) => ["**", "*"],
                (true, false) => ["**", ""],
                (false, true) => ["*", ""],
                (false, false) => ["", ""],
            };
            let [outer, second] = weight;
            let escaped = escape(inner);
            write!(
                f,
                "{before}{outer}{second}{shift}{escaped}{shift}{second}{outer}{after}"
            )?;
        }
        Ok(())
    }
}

fn push(out: &mut Vec<Piece>, text: &str, style: Style) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.style == style => last.text.push_str(text),
        _ => out.push(Piece {
            text: text.to_owned(),
            style,
        }),
    }
}

fn walk(text: &str, style: Style, out: &mut Vec<Piece>) {
    let mut rest = text;
    while let Some(at) = rest.find(SIGNS) {
        let (before, from) = rest.split_at(at);
        push(out, before, style);
        let (sign, styled) = sign_at(from, style);
        if let Some((inside, after)) = styled.and_then(|_| inside(from, sign)) {
            walk(inside, styled.unwrap_or(style), out);
            rest = after;
        } else {
            // Not a sign here: the character itself, or the one that a backslash protects.
            let mut chars = from.chars();
            let first = chars.next();
            let protected = chars.next().filter(|c| first == Some('\\') && SIGNS.contains(c));
            if let Some(c) = protected {
                push(out, c.encode_utf8(&mut [0; 4]), style);
                rest = &from[1 + c.len_utf8()..];
            } else {
                push(out, sign, style);
                rest = &from[sign.len()..];
            }
        }
    }
    push(out, rest, style);
}

/// The sign a text begins with, and the style it would give; no style where it gives none that is not there yet.
fn sign_at(from: &str, style: Style) -> (&'static str, Option<Style>) {
    if from.starts_with("**") {
        let styled = (!style.strong).then_some(Style {
            strong: true,
            ..style
        });
        return ("**", styled);
    }
    match from.chars().next() {
        Some('*') => (
            "*",
            (!style.emphasis).then_some(Style {
                emphasis: true,
                ..style
            }),
        ),
        Some('^') => ("^", raised(style, Shift::Up)),
        Some('~') => ("~", raised(style, Shift::Down)),
        _ => ("\\", None),
    }
}

fn raised(style: Style, shift: Shift) -> Option<Style> {
    style.shift.is_none().then_some(Style {
        shift: Some(shift),
        ..style
    })
}

/// What stands between a sign at the beginning of `from` and its partner, and what follows.
fn inside<'a>(from: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    let content = from.get(sign.len()..)?;
    let line = content.split('\n').next()?;
    let whole = !matches!(sign, "^" | "~");
    let mut at = 0;
    while let Some(found) = line.get(at..)?.find(SIGNS) {
        let place = at + found;
        let here = line.get(place..)?;
        if here.starts_with('\\') {
            at = place + 1 + here.chars().nth(1).map_or(0, char::len_utf8);
            continue;
        }
        // Of `***` the inner pair closes first; a single sign does not close on a double one.
        let run = here.chars().take_while(|c| *c == '*').count();
        let closes = match sign {
            "**" => run >= 2,
            "*" => run == 1 || run == 3,
            other => here.starts_with(other),
        };
        let end = if sign == "**" && run == 3 {
            place + 1
        } else {
            place
        };
        if closes {
            let inner = line.get(..end)?;
            let tight = !inner.is_empty() && inner.trim() == inner;
            if tight && (whole || !inner.contains(char::is_whitespace)) {
                return Some((inner, content.get(end + sign.len()..)?));
            }
        }
        at = place + run.max(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let show = |Piece { text, style }: Piece| {
            let mut shown = text;
            match style.shift {
                Some(Shift::Up) => shown = format!("<sup>{shown}</sup>"),
                Some(Shift::Down) => shown = format!("<sub>{shown}</sub>"),
                None => {}
            }
            if style.emphasis {
                shown = format!("<em>{shown}</em>");
            }
            if style.strong {
                shown = format!("<strong>{shown}</strong>");
            }
            shown
        };
        pieces(text).into_iter().map(show).collect()
    }

    #[test]
    fn pairs_of_signs_set_the_text_between_them() {
        assert_eq!(shown("Câu **không** đúng"), "Câu <strong>không</strong> đúng");
        assert_eq!(shown("báo *Việt Nam độc lập*"), "báo <em>Việt Nam độc lập</em>");
        assert_eq!(shown("8.310 km^2^"), "8.310 km<sup>2</sup>");
        assert_eq!(shown("H~2~O"), "H<sub>2</sub>O");
        assert_eq!(shown("***cả hai***"), "<strong><em>cả hai</em></strong>");
        assert_eq!(
            shown("**a *b* c**"),
            "<strong>a </strong><strong><em>b</em></strong><strong> c</strong>"
        );
    }

    #[test]
    fn signs_without_a_partner_are_ordinary_characters() {
        for text in [
            "2 * 3 * 4",
            "a ~ b ~ c",
            "*A. 1930",
            "x^2 + y",
            "**",
            "* *",
            "a\\b",
            "5*",
            "*một\nhai*",
            "^hai chữ^",
        ] {
            assert_eq!(shown(text), text, "{text:?}");
        }
        assert_eq!(shown("\\*không\\* \\\\"), "*không* \\");
    }

    proptest! {
        #[test]
        fn an_escaped_text_reads_as_it_was(text in "[a-zđ *^~\\\\\n.]{0,40}") {
            prop_assert_eq!(plain(&escape(&text)), text);
        }

        #[test]
        fn written_pieces_are_read_again(parts in prop::collection::vec(("[a-zđ*^~\\\\]{1,6}", 0_u8..5), 0..6)) {
            let style = |kind| match kind {
                1 => Style { strong: true, ..Style::default() },
                2 => Style { emphasis: true, ..Style::default() },
                3 => Style { shift: Some(Shift::Up), ..Style::default() },
                4 => Style { shift: Some(Shift::Down), ..Style::default() },
                _ => Style::default(),
            };
            // Pieces stand apart, as words do.
            let mut list = Vec::new();
            for (text, kind) in parts {
                push(&mut list, &text, style(kind));
                push(&mut list, " ", Style::default());
            }
            prop_assert_eq!(pieces(&write(&list)), list);
        }

        #[test]
        fn any_text_is_read_to_its_end(text in "\\PC{0,60}") {
            let _ = pieces(&text);
        }
    }
}
