//! Ranges of a paper as texts in the markup of questions.
//!
//! Owns what of bold, italic, raised and lowered runs becomes markup; the convention of the key never does, nor a look that
//! a whole text has: it would tell the right option from the others.

use super::convention::KeyConvention;
use super::key::share;
use super::lines::Doc;
use crate::domain::markup::{Piece, Style, escape, plain, write};
use std::ops::Range;

/// Whether a text is an option, whose looks may mean the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The stem, an explanation, a source.
    Prose,
    /// An option.
    Option,
}

/// The lines of a text in markup, joined.
pub(super) fn markup(
    doc: &Doc,
    pieces: &[Range<usize>],
    role: Role,
    convention: Option<KeyConvention>,
) -> String {
    let is_key = |of| role == Role::Option && convention == Some(of);
    let whole_from = if role == Role::Option { 60 } else { 90 };
    let bold = share(doc, pieces, &|look| look.bold) < whole_from && !is_key(KeyConvention::Bold);
    let italic = share(doc, pieces, &|look| look.italic) < whole_from && !is_key(KeyConvention::Italic);
    let mut out: Vec<Piece> = Vec::new();
    for (nth, piece) in pieces.iter().enumerate() {
        if nth > 0 {
            add(&mut out, joint(doc, piece), Style::default());
        }
        for run in doc.runs(piece) {
            let style = Style {
                strong: bold && run.look.bold,
                emphasis: italic && run.look.italic,
                shift: run.look.shift,
            };
            add(&mut out, doc.slice(&run.span), style);
        }
    }
    let text = written(&out);
    text.trim().to_owned()
}

/// A line that goes on with a small letter is the same sentence.
fn joint(doc: &Doc, piece: &Range<usize>) -> &'static str {
    let first = doc.slice(piece).chars().next();
    match first.is_some_and(char::is_lowercase) {
        true => " ",
        false => "\n",
    }
}

/// Adds text with its spaces made single; a space takes the style before it.
fn add(out: &mut Vec<Piece>, text: &str, style: Style) {
    for c in text.chars() {
        let blank = matches!(c, ' ' | '\t');
        let after_blank = out.last().is_none_or(|last| last.text.ends_with([' ', '\n']));
        if blank && after_blank {
            continue;
        }
        let c = if blank { ' ' } else { c };
        let plain_space = if c == ' ' {
            out.last().map_or(style, |last| last.style)
        } else {
            style
        };
        match out.last_mut() {
            Some(last) if last.style == plain_space => last.text.push(c),
            _ => out.push(Piece {
                text: c.to_string(),
                style: plain_space,
            }),
        }
    }
}

/// The pieces in markup; plain where signs next to each other would be read otherwise.
fn written(pieces: &[Piece]) -> String {
    let text = write(pieces);
    let wanted: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    match plain(&text) == wanted {
        true => text,
        false => escape(&wanted),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::Look;
    use super::*;
    use crate::domain::markup::Shift;

    fn look(bold: bool, italic: bool, shift: Option<Shift>) -> Look {
        Look {
            bold,
            italic,
            shift,
            ..Look::default()
        }
    }

    fn read(parts: &[(&str, Look)], role: Role, convention: Option<KeyConvention>) -> String {
        let mut doc = Doc::default();
        doc.begin(None, None, false);
        parts.iter().for_each(|(text, look)| doc.push(text, *look));
        let whole = 0..doc.text.len();
        markup(&doc, std::slice::from_ref(&whole), role, convention)
    }

    #[test]
    fn an_emphasis_becomes_markup_and_a_look_of_the_whole_does_not() {
        let (plain, bold) = (Look::default(), look(true, false, None));
        let stem = [("Câu nào ", plain), ("không", bold), (" đúng?", plain)];
        assert_eq!(read(&stem, Role::Prose, None), "Câu nào **không** đúng?");
        assert_eq!(
            read(&[("Câu nào đúng?", bold)], Role::Prose, None),
            "Câu nào đúng?"
        );
        assert_eq!(read(&[("1930", bold)], Role::Option, None), "1930");
        let part = [("Báo ", plain), ("Việt", bold), (" Nam độc lập", plain)];
        assert_eq!(read(&part, Role::Option, None), "Báo **Việt** Nam độc lập");
        assert_eq!(
            read(&part, Role::Option, Some(KeyConvention::Bold)),
            "Báo Việt Nam độc lập"
        );
    }

    #[test]
    fn raised_and_lowered_letters_are_kept_and_signs_stay_signs() {
        let (plain, up) = (Look::default(), look(false, false, Some(Shift::Up)));
        assert_eq!(
            read(&[("8.310 km", plain), ("2", up)], Role::Option, None),
            "8.310 km^2^"
        );
        assert_eq!(
            read(&[("2*3*4 ~ x", plain)], Role::Prose, None),
            "2\\*3\\*4 \\~ x"
        );
        assert_eq!(read(&[("a\t  b", plain)], Role::Prose, None), "a b");
    }
}
