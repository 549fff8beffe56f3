//! Texts of other formats on their way to the markup of questions: characters, tags and breaks in, pieces out.
//!
//! Owns what happens to white space and styles; leaves which tag means what to `tags`, the grammar of HTML to `html`, that of
//! XML to `xml`.

use super::tags::{Meaning, meaning, styled};
use crate::domain::markup::{self, Piece, Style};
use std::collections::BTreeSet;

/// What a text of another format became.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Flowed {
    /// The text in the markup of questions.
    pub(super) markup: String,
    /// The pictures, sounds and films in it, in order; they leave no trace in the text.
    pub(super) images: Vec<Image>,
    /// Tags whose meaning the markup has no sign for; their text is kept unless they are programs.
    pub(super) dropped: BTreeSet<String>,
    /// Tags of content that no text can stand for, such as formulas and films.
    pub(super) missed: BTreeSet<String>,
    /// Signs could not be written as they were meant, such as two words of two styles without a space between.
    pub(super) style_lost: bool,
}

/// A picture, sound or film in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Image {
    /// Its address as written.
    pub(super) src: String,
    /// What it shows, in words.
    pub(super) alt: Option<String>,
}

/// What line breaks and runs of spaces in the source mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// As in HTML: any run is one space.
    Collapse,
    /// As in Moodle's own format: a line break is one.
    Keep,
}

/// Takes a text in, part by part.
pub(super) struct Flow {
    space: Space,
    pieces: Vec<Piece>,
    open: Vec<(String, Style)>,
    /// A space that shows only when something follows in the line, with its style.
    pending_space: Option<Style>,
    /// A line break that shows only when something follows.
    pending_break: bool,
    removed: usize,
    out: Flowed,
}

/// Longer texts are refused by the rules of questions, so their signs are not worth the work.
const MAX_BYTES: usize = 40_000;
/// Elements within each other; what lies deeper is read as if it stood here.
const MAX_DEPTH: usize = 64;

impl Flow {
    pub(super) fn new(space: Space) -> Self {
        Self {
            space,
            pieces: Vec::new(),
            open: Vec::new(),
            pending_space: None,
            pending_break: false,
            removed: 0,
            out: Flowed::default(),
        }
    }

    fn style(&self) -> Style {
        self.open.last().map(|(_, style)| *style).unwrap_or_default()
    }

    fn push(&mut self, text: &str, style: Style) {
        if self.removed > 0 || text.is_empty() {
            return;
        }
        if std::mem::take(&mut self.pending_break) && !self.pieces.is_empty() {
            add(&mut self.pieces, "\n", Style::default());
            self.pending_space = None;
        }
        if let Some(space) = self.pending_space.take().filter(|_| !self.at_line_start()) {
            add(&mut self.pieces, " ", space);
        }
        add(&mut self.pieces, text, style);
    }

    fn at_line_start(&self) -> bool {
        self.pieces.last().is_none_or(|piece| piece.text.ends_with('\n'))
    }

    /// Text as it stands in the source.
    pub(super) fn text(&mut self, text: &str) {
        let style = self.style();
        if self.space == Space::Keep {
            self.push(&text.replace("\r\n", "\n").replace('\r', "\n"), style);
            return;
        }
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(is_space).unwrap_or(rest.len());
            let (before, after) = rest.split_at(word);
            self.push(before, style);
            let trimmed = after.trim_start_matches(is_space);
            if trimmed.len() < after.len() && self.pending_space.is_none() {
                self.pending_space = Some(style);
            }
            rest = trimmed;
        }
    }

    /// A character written by its number or name; no space of these is superfluous.
    pub(super) fn literal(&mut self, text: &str) {
        let style = self.style();
        self.push(text, style);
    }

    /// An element begins; `attribute` looks its attributes up.
    pub(super) fn open(&mut self, tag: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        let tag = tag.to_ascii_lowercase();
        let style = self.style();
        let mut inner = style;
        let is_deep = self.open.len() >= MAX_DEPTH;
        if is_deep && !matches!(meaning(&tag), Meaning::Break | Meaning::Picture) {
            self.drop_tag(&tag);
            return;
        }
        if self.removed > 0 {
            // What lies in a part that is left out is left out with it.
            if tag == "source" {
                self.source(attribute("src"));
                return;
            }
            let ends_it = matches!(
                meaning(&tag),
                Meaning::Removed | Meaning::Missed | Meaning::Player
            );
            self.removed += usize::from(ends_it);
            self.open.push((tag, style));
            return;
        }
        match meaning(&tag) {
            Meaning::Styled(set) => inner = set(style),
            Meaning::Block => self.pending_break = true,
            Meaning::Break => {
                self.line_break();
                return;
            }
            Meaning::Picture => {
                self.out.images.push(Image {
                    src: attribute("src").unwrap_or_default(),
                    alt: words(attribute("alt")),
                });
                return;
            }
            Meaning::Player => {
                self.out.images.push(Image {
                    src: attribute("src").unwrap_or_default(),
                    alt: words(attribute("title").or_else(|| attribute("aria-label"))),
                });
                self.removed += 1;
            }
            Meaning::Plain => {}
            Meaning::Told => self.drop_tag(&tag),
            Meaning::ToldBlock => {
                self.drop_tag(&tag);
                self.pending_break = true;
            }
            Meaning::Removed => {
                self.drop_tag(&tag);
                self.removed += 1;
            }
            Meaning::Missed => {
                let shows = ["image/", "audio/", "video/"];
                let is_media =
                    attribute("type").is_some_and(|kind| shows.iter().any(|one| kind.starts_with(one)));
                match attribute("data").filter(|_| tag == "object" && is_media) {
                    Some(src) => self.out.images.push(Image {
                        src,
                        alt: words(attribute("title").or_else(|| attribute("aria-label"))),
                    }),
                    None => {
                        self.out.missed.insert(tag.chars().take(30).collect());
                    }
                }
                self.removed += 1;
            }
        }
        if let Some(css) = attribute("style") {
            inner = styled(&css, inner);
        }
        self.open.push((tag, inner));
    }

    /// The first file that a player names, where it names none itself.
    fn source(&mut self, src: Option<String>) {
        let is_player = self
            .open
            .last()
            .is_some_and(|(tag, _)| matches!(meaning(tag), Meaning::Player));
        if let Some(player) = self
            .out
            .images
            .last_mut()
            .filter(|player| is_player && player.src.is_empty())
        {
            player.src = src.unwrap_or_default();
        }
    }

    fn drop_tag(&mut self, tag: &str) {
        if self.out.dropped.len() < 20 {
            self.out.dropped.insert(tag.chars().take(30).collect());
        }
    }

    /// An element ends, with those in it that were not closed; an end without a beginning says nothing.
    pub(super) fn close(&mut self, tag: &str) {
        let tag = tag.to_ascii_lowercase();
        let Some(at) = self.open.iter().rposition(|(open, _)| *open == tag) else {
            return;
        };
        for (closed, _) in self.open.split_off(at) {
            match meaning(&closed) {
                Meaning::Block | Meaning::ToldBlock => self.pending_break = true,
                Meaning::Removed | Meaning::Missed | Meaning::Player => {
                    self.removed = self.removed.saturating_sub(1);
                }
                _ if matches!(closed.as_str(), "td" | "th") => self.pending_space = Some(Style::default()),
                _ => {}
            }
        }
    }

    /// A line ends here.
    pub(super) fn line_break(&mut self) {
        if self.removed == 0 {
            self.pending_space = None;
            // Of a paragraph that just ended and a break the paragraph's end is one break, the break another.
            if std::mem::take(&mut self.pending_break) && !self.pieces.is_empty() {
                add(&mut self.pieces, "\n", Style::default());
            }
            add(&mut self.pieces, "\n", Style::default());
        }
    }

    /// What came in, in markup.
    pub(super) fn finish(self) -> Flowed {
        let mut out = self.out;
        if self.pieces.iter().map(|piece| piece.text.len()).sum::<usize>() > MAX_BYTES {
            let text: String = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
            out.markup = markup::escape(&text);
            return out;
        }
        let (pieces, lost) = settable(&self.pieces);
        out.markup = write(&pieces).unwrap_or_else(|| {
            out.style_lost = true;
            let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            plain_text(&text)
        });
        out.style_lost |= lost;
        out
    }
}

/// Words that say something.
fn words(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn add(pieces: &mut Vec<Piece>, text: &str, style: Style) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.style == style => last.text.push_str(text),
        _ => pieces.push(Piece {
            text: text.to_owned(),
            style,
        }),
    }
}

/// Pieces as signs can set them: no style on white space at the ends of a line, nothing raised that holds a space. Also
/// whether a style went lost that way.
fn settable(pieces: &[Piece]) -> (Vec<Piece>, bool) {
    let (mut out, mut lost) = (Vec::new(), false);
    for Piece { text, style } in pieces {
        for (nth, line) in text.split('\n').enumerate() {
            if nth > 0 {
                add(&mut out, "\n", Style::default());
            }
            let inner = line.trim();
            let start = line.len() - line.trim_start().len();
            let mut style = *style;
            if style.shift.is_some() && inner.contains(char::is_whitespace) {
                (style.shift, lost) = (None, true);
            }
            add(&mut out, line.get(..start).unwrap_or_default(), Style::default());
            add(&mut out, inner, style);
            add(
                &mut out,
                line.get(start + inner.len()..).unwrap_or_default(),
                Style::default(),
            );
        }
    }
    (out, lost)
}

/// The pieces with signs, with as few protected characters as keep the meaning; `None` when no signs can say it.
fn write(pieces: &[Piece]) -> Option<String> {
    let bare = |piece: &Piece| -> String {
        let whole = markup::write(std::slice::from_ref(piece));
        whole.replacen(&markup::escape(&piece.text), &piece.text, 1)
    };
    let says = |written: &String| settable(&markup::pieces(written)).0 == *pieces;
    let light: String = pieces.iter().map(bare).collect();
    Some(light)
        .filter(says)
        .or_else(|| Some(markup::write(pieces)).filter(says))
}

/// A text without styles in markup.
pub(super) fn plain_text(text: &str) -> String {
    if text.len() > MAX_BYTES {
        return markup::escape(text);
    }
    let pieces = [Piece {
        text: text.to_owned(),
        style: Style::default(),
    }];
    let (pieces, _) = settable(&pieces);
    write(&pieces).unwrap_or_else(|| markup::escape(text))
}

/// The same text in the form that this module writes.
#[cfg(test)]
pub(super) fn normal(text: &str) -> String {
    let (pieces, _) = settable(&markup::pieces(text));
    write(&pieces).unwrap_or_else(|| plain_text(&markup::plain(text)))
}
