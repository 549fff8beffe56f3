//! The picture that chats and social networks draw beside a link: 1200 × 630, made without a browser.
//!
//! Owns its layout and the drawing of letters and of the mark; what is written is the caller's. The font is embedded, because
//! it must hold every Vietnamese letter wherever the program runs.
#![expect(
    clippy::float_arithmetic,
    reason = "places of outlines on a picture; nothing is counted with them"
)]

use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Rect, Transform};
use ttf_parser::{Face, OutlineBuilder};

/// Width, as networks ask for it.
pub const WIDTH: u32 = 1200;
/// Height.
pub const HEIGHT: u32 = 630;

const BOLD: &[u8] = include_bytes!("../fonts/BeVietnamPro-Bold.ttf");
const MEDIUM: &[u8] = include_bytes!("../fonts/BeVietnamPro-Medium.ttf");
const MARK: &str = include_str!("../static/mark.svg");

const GROUND: [u8; 3] = [0xF7, 0xF4, 0xEE];
const BAND: [u8; 3] = [0x9B, 0x1A, 0x1E];
const GOLD: [u8; 3] = [0xF6, 0xBE, 0x33];
const INK: [u8; 3] = [0x1D, 0x1B, 0x24];
const SOFT: [u8; 3] = [0x4B, 0x48, 0x55];

/// Chats cut the edges off: whatever matters lies between these.
const LEFT: f32 = 330.0;
const RIGHT: f32 = 1136.0;
const TOP: f32 = 76.0;
const BOTTOM: f32 = 560.0;
/// Sizes of the title, the largest that fits is taken, with the lines it may have.
const TITLE: [(f32, usize); 3] = [(60.0, 3), (50.0, 4), (42.0, 5)];
/// Line height; Vietnamese letters carry two marks.
const LEADING: f32 = 1.3;

/// What stands on a picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Card {
    /// Above the title, small.
    pub above: String,
    /// The title.
    pub title: String,
    /// Below the title, strong: one line.
    pub line: String,
    /// Last, small: one line.
    pub below: String,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The embedded font cannot be read.
    #[error("the embedded font cannot be read: {0}")]
    Font(#[from] ttf_parser::FaceParsingError),
    /// A shape has no size.
    #[error("a shape of the picture has no size")]
    Shape,
    /// The picture could not be packed.
    #[error("the picture cannot be packed: {0}")]
    Packing(String),
}

/// Draws a card and packs it as PNG.
pub fn draw(card: &Card) -> Result<Vec<u8>, PictureError> {
    let (bold, medium) = (Face::parse(BOLD, 0)?, Face::parse(MEDIUM, 0)?);
    let mut sheet = Sheet(Pixmap::new(WIDTH, HEIGHT).ok_or(PictureError::Shape)?);
    let width = RIGHT - LEFT;
    sheet.0.fill(color(GROUND));
    sheet.bar(0.0, 24.0, BAND)?;
    sheet.bar(24.0, 6.0, GOLD)?;
    sheet.mark(84.0, 205.0, 220.0)?;
    let above = clipped(&medium, 30.0, &card.above, 2, width);
    let mut y = TOP;
    for line in &above {
        y += 30.0 * LEADING;
        sheet.text(&medium, 30.0, (LEFT, y), line, SOFT);
    }
    let (size, lines) = title(&bold, &card.title, width);
    y += 20.0;
    for line in &lines {
        y += size * LEADING;
        sheet.text(&bold, size, (LEFT, y), line, INK);
    }
    let below = clipped(&medium, 28.0, &card.below, 1, width);
    let strong = clipped(&bold, 38.0, &card.line, 1, width);
    sheet.lines(&medium, 28.0, BOTTOM, &below, SOFT);
    sheet.lines(&bold, 38.0, BOTTOM - 46.0, &strong, BAND);
    sheet
        .0
        .encode_png()
        .map_err(|error| PictureError::Packing(error.to_string()))
}

/// The title in the largest size in which it fits, cut off where it fits in none.
fn title(face: &Face<'_>, text: &str, width: f32) -> (f32, Vec<String>) {
    for (size, most) in TITLE {
        let lines = wrapped(face, size, text, width);
        if lines.len() <= most {
            return (size, lines);
        }
    }
    let [.., (size, most)] = TITLE;
    (size, clipped(face, size, text, most, width))
}

/// A text in at most so many lines; what is left out is told by an ellipsis.
fn clipped(face: &Face<'_>, size: f32, text: &str, most: usize, width: f32) -> Vec<String> {
    let mut lines = wrapped(face, size, text, width);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && length(face, size, last) + length(face, size, "…") > width {
                last.pop();
            }
            *last = format!("{}…", last.trim_end());
        }
    }
    lines
}

/// A text in lines of at most that width; a word that is longer has a line of its own.
fn wrapped(face: &Face<'_>, size: f32, text: &str, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // A space that keeps words together is no place to break.
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if length(face, size, &format!("{line} {word}")) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How long a text is in that size.
fn length(face: &Face<'_>, size: f32, text: &str) -> f32 {
    text.chars().map(|letter| advance(face, size, letter)).sum()
}

fn advance(face: &Face<'_>, size: f32, letter: char) -> f32 {
    let glyph = face.glyph_index(plain(letter)).unwrap_or_default();
    let units = face.glyph_hor_advance(glyph).unwrap_or(0);
    f32::from(units) * size / f32::from(face.units_per_em())
}

/// Spaces of every kind are drawn as the one that each font has.
const fn plain(letter: char) -> char {
    match letter {
        '\u{a0}' | '\u{202f}' => ' ',
        letter => letter,
    }
}

fn color([red, green, blue]: [u8; 3]) -> Color {
    Color::from_rgba8(red, green, blue, u8::MAX)
}

fn paint(own: [u8; 3]) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(color(own));
    paint
}

struct Sheet(Pixmap);

impl Sheet {
    /// A bar over the whole width.
    fn bar(&mut self, y: f32, height: f32, own: [u8; 3]) -> Result<(), PictureError> {
        // The width is far below where such a number would lose its last digit.
        let bar = Rect::from_xywh(0.0, y, WIDTH as f32, height).ok_or(PictureError::Shape)?;
        self.0.fill_rect(bar, &paint(own), Transform::identity(), None);
        Ok(())
    }

    /// Lines above a base line, the last on it.
    fn lines(&mut self, face: &Face<'_>, size: f32, base: f32, lines: &[String], own: [u8; 3]) {
        for (above, line) in lines
            .iter()
            .rev()
            .zip((0u8..).map(f32::from))
            .map(|(line, n)| (n, line))
        {
            self.text(face, size, (LEFT, base - above * size * LEADING), line, own);
        }
    }

    fn text(&mut self, face: &Face<'_>, size: f32, (x, y): (f32, f32), text: &str, own: [u8; 3]) {
        let scale = size / f32::from(face.units_per_em());
        let mut pen = Pen {
            path: PathBuilder::new(),
            scale,
            x,
            y,
        };
        for letter in text.chars() {
            if let Some(glyph) = face.glyph_index(plain(letter)) {
                let _ = face.outline_glyph(glyph, &mut pen);
            }
            pen.x += advance(face, size, letter);
        }
        // A line of spaces has no outline.
        if let Some(path) = pen.path.finish() {
            self.0
                .fill_path(&path, &paint(own), FillRule::Winding, Transform::identity(), None);
        }
    }

    /// The mark of the program, from its own file.
    fn mark(&mut self, x: f32, y: f32, side: f32) -> Result<(), PictureError> {
        let place = Transform::from_row(side / 64.0, 0.0, 0.0, side / 64.0, x, y);
        for (shape, own) in MARK.split("<path ").skip(1).zip([BAND, GOLD]) {
            let outline = shape.split("d=\"").nth(1).and_then(|rest| rest.split('"').next());
            let path = outline.and_then(outlined).ok_or(PictureError::Shape)?;
            self.0
                .fill_path(&path, &paint(own), FillRule::Winding, place, None);
        }
        Ok(())
    }
}

/// A path of the mark: moves, curves and ends, in whole coordinates of its grid.
fn outlined(text: &str) -> Option<tiny_skia::Path> {
    let mut path = PathBuilder::new();
    for shape in text.split('Z').filter(|shape| !shape.is_empty()) {
        let (start, curves) = shape.strip_prefix('M')?.split_once('C')?;
        let numbers = |text: &str| -> Option<Vec<f32>> {
            text.split([' ', ',']).map(|number| number.parse().ok()).collect()
        };
        let [x, y] = numbers(start)?.as_slice().try_into().ok()?;
        path.move_to(x, y);
        for curve in numbers(curves)?.chunks(6) {
            let [a, b, c, d, x, y] = curve.try_into().ok()?;
            path.cubic_to(a, b, c, d, x, y);
        }
        path.close();
    }
    path.finish()
}

/// Draws the outlines of letters, whose y points up.
struct Pen {
    path: PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str) -> Card {
        Card {
            above: "Ban Tuyên giáo Tỉnh ủy Lạng Sơn".to_owned(),
            title: title.to_owned(),
            line: "75.594 lượt · 31.208 người".to_owned(),
            below: "Kết quả tuần 5".to_owned(),
        }
    }

    /// Every letter of Vietnamese with every mark, small and capital.
    const LETTERS: &str = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ\
        AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ0123456789·–…,.:;%/()“”‘’";

    #[test]
    fn both_fonts_hold_every_vietnamese_letter_with_an_outline() {
        for font in [BOLD, MEDIUM] {
            let face = Face::parse(font, 0).unwrap();
            for letter in LETTERS.chars() {
                let glyph = face.glyph_index(letter);
                assert!(
                    glyph.is_some_and(|glyph| face.glyph_bounding_box(glyph).is_some()),
                    "{letter}"
                );
            }
        }
    }

    #[test]
    fn a_picture_has_the_size_that_networks_ask_for_and_is_small() {
        let png = draw(&card("Tìm hiểu 90 năm Ngày truyền thống Đảng bộ tỉnh Lạng Sơn")).unwrap();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(
            png[16..24],
            [&WIDTH.to_be_bytes()[..], &HEIGHT.to_be_bytes()[..]].concat()
        );
        assert!(png.len() <= 80_000, "{} bytes", png.len());
    }

    #[test]
    fn other_words_make_another_picture_and_the_same_words_the_same() {
        let (one, other) = (
            draw(&card("Tìm hiểu lịch sử")).unwrap(),
            draw(&card("Tìm hiểu lịch sứ")).unwrap(),
        );
        assert_eq!(one, draw(&card("Tìm hiểu lịch sử")).unwrap());
        assert_ne!(one, other, "a mark on a letter is seen");
    }

    #[test]
    fn no_line_is_longer_than_its_room_and_the_longest_title_ends_with_an_ellipsis() {
        let face = Face::parse(BOLD, 0).unwrap();
        let long =
            "Cuộc thi trắc nghiệm trên Internet tìm hiểu lịch sử, văn hóa, truyền thống cách mạng ".repeat(5);
        let (size, lines) = title(&face, &long, RIGHT - LEFT);
        assert_eq!(lines.len(), 5);
        assert!(
            lines.iter().all(|line| length(&face, size, line) <= RIGHT - LEFT),
            "{lines:?}"
        );
        assert!(lines[4].ends_with('…'));
        assert_eq!(
            title(&face, "Ngắn", RIGHT - LEFT),
            (60.0, vec!["Ngắn".to_owned()])
        );
    }
}
