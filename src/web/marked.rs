//! Question texts as HTML: the little markup of `domain::markup` and nothing else.
//!
//! Owns escaping them; a template that shows a stem, an option or an explanation shows it through [`marked`].

use crate::domain::markup::{Piece, Shift, pieces};
use askama::filters::HtmlSafe;
use std::fmt;

/// A text with signs, written as HTML.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked<'a>(&'a str);

/// The text as HTML: emphasis, raised and lowered letters, line breaks.
pub(super) fn marked<T: AsRef<str> + ?Sized>(text: &T) -> Marked<'_> {
    Marked(text.as_ref())
}

// Every character goes through `escape`, and the elements around them are ours.
impl HtmlSafe for Marked<'_> {}

impl fmt::Display for Marked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Most texts have no sign and need no taking apart.
        if !self.0.contains(['*', '^', '~', '\\']) {
            return escape(self.0, f);
        }
        pieces(self.0).iter().try_for_each(|piece| write_piece(piece, f))
    }
}

fn write_piece(piece: &Piece, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let style = piece.style;
    let shift = match style.shift {
        Some(Shift::Up) => Some("sup"),
        Some(Shift::Down) => Some("sub"),
        None => None,
    };
    let elements = [
        style.strong.then_some("strong"),
        style.emphasis.then_some("em"),
        shift,
    ];
    for element in elements.iter().flatten() {
        write!(f, "<{element}>")?;
    }
    escape(&piece.text, f)?;
    for element in elements.iter().rev().flatten() {
        write!(f, "</{element}>")?;
    }
    Ok(())
}

fn escape(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'', '\n']) {
        let (before, from) = rest.split_at(at);
        f.write_str(before)?;
        let mut chars = from.chars();
        f.write_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            Some('\'') => "&#39;",
            _ => "<br>",
        })?;
        rest = chars.as_str();
    }
    f.write_str(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_elements_and_nothing_else_does() {
        for (text, html) in [
            ("Câu **không** đúng", "Câu <strong>không</strong> đúng"),
            ("8.310 km^2^, H~2~O", "8.310 km<sup>2</sup>, H<sub>2</sub>O"),
            ("***a***", "<strong><em>a</em></strong>"),
            ("**<b>**", "<strong>&lt;b&gt;</strong>"),
            (
                "<script>alert('\"&')</script>",
                "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;",
            ),
            ("2 * 3, \\*sao\\*", "2 * 3, *sao*"),
            ("một\nhai", "một<br>hai"),
        ] {
            assert_eq!(marked(text).to_string(), html);
        }
    }
}
