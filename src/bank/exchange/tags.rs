//! What the tags and styles of HTML mean for the text of a question.
//!
//! Owns the table of tags; leaves what becomes of the text to `flow`.

use crate::domain::markup::{Shift, Style};

/// What an element does to the text in it.
pub(super) enum Meaning {
    Styled(fn(Style) -> Style),
    Block,
    Break,
    Picture,
    /// A sound or film; what stands in it is for those who cannot play it.
    Player,
    /// Set in another way that says nothing.
    Plain,
    /// Set in another way that may say something; the text is kept.
    Told,
    /// A list or table: the text is kept, each part on a line.
    ToldBlock,
    /// A program or a setting: nothing is kept, nothing is lost.
    Removed,
    /// A formula, a film, an embedded page: nothing can be kept, and the text is not whole without it.
    Missed,
}

fn strong(style: Style) -> Style {
    Style {
        strong: true,
        ..style
    }
}

fn emphasis(style: Style) -> Style {
    Style {
        emphasis: true,
        ..style
    }
}

fn up(style: Style) -> Style {
    Style {
        shift: Some(Shift::Up),
        ..style
    }
}

fn down(style: Style) -> Style {
    Style {
        shift: Some(Shift::Down),
        ..style
    }
}

pub(super) fn meaning(tag: &str) -> Meaning {
    match tag {
        "b" | "strong" => Meaning::Styled(strong),
        "i" | "em" | "cite" | "dfn" | "var" => Meaning::Styled(emphasis),
        "sup" => Meaning::Styled(up),
        "sub" => Meaning::Styled(down),
        "p" | "div" | "section" | "article" | "center" => Meaning::Block,
        "br" => Meaning::Break,
        "img" => Meaning::Picture,
        "span" | "font" | "small" | "big" | "html" | "body" | "o:p" | "wbr" | "bdi" | "bdo" | "time"
        | "label" | "content-body" => Meaning::Plain,
        "ul" | "ol" | "li" | "dl" | "dt" | "dd" | "table" | "tbody" | "thead" | "tfoot" | "tr"
        | "blockquote" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" => Meaning::ToldBlock,
        "script" | "style" | "head" | "template" | "noscript" => Meaning::Removed,
        "video" | "audio" => Meaning::Player,
        "iframe" | "object" | "embed" | "svg" | "math" | "form" | "input" | "select" | "textarea"
        | "button" | "canvas" => Meaning::Missed,
        // Of QTI: values that are drawn for each attempt, and text from another file.
        "printedvariable"
        | "qti-printed-variable"
        | "templateinline"
        | "qti-template-inline"
        | "templateblock"
        | "qti-template-block"
        | "include" => Meaning::Missed,
        _ => Meaning::Told,
    }
}

/// The style that CSS in a `style` attribute adds, for the few words editors write there.
pub(super) fn styled(css: &str, style: Style) -> Style {
    let css: String = css.to_lowercase().split_whitespace().collect();
    let mut out = style;
    for rule in css.split(';') {
        match rule {
            "font-weight:bold" | "font-weight:700" => out = strong(out),
            "font-style:italic" => out = emphasis(out),
            "vertical-align:super" => out = up(out),
            "vertical-align:sub" => out = down(out),
            _ => {}
        }
    }
    out
}
