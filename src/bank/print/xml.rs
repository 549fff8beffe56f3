//! Paragraphs, runs and tables of WordprocessingML, as far as a paper needs them.
//!
//! Owns escaping and the order of properties that Word insists on; leaves what is written to the parent.

use crate::domain::markup::{self, Shift, Style};
use std::fmt::Write;

/// Where the options begin and the columns of options stand, twentieths of a point.
const OPTION_INDENT: u32 = 340;
/// Width of the text between the margins, twentieths of a point.
const TEXT_WIDTH: u32 = 9_920;

/// How a run is set.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    style: Style,
    underlined: bool,
    /// Half points; the document's own size where 0.
    size: u32,
}

impl Look {
    const LIGHT: Style = Style {
        strong: false,
        emphasis: false,
        shift: None,
    };
    const STRONG: Style = Style {
        strong: true,
        ..Self::LIGHT
    };
    pub(super) const PLAIN: Self = Self {
        style: Self::LIGHT,
        underlined: false,
        size: 0,
    };
    pub(super) const BOLD: Self = Self {
        style: Self::STRONG,
        ..Self::PLAIN
    };
    /// The names in the head: a point smaller, so that each fits its line.
    pub(super) const HEAD: Self = Self {
        size: 24,
        ..Self::BOLD
    };
    pub(super) const MOTTO: Self = Self {
        underlined: true,
        ..Self::BOLD
    };
    pub(super) const ITALIC: Self = Self {
        style: Style {
            emphasis: true,
            ..Self::LIGHT
        },
        ..Self::PLAIN
    };
    pub(super) const TITLE: Self = Self {
        size: 28,
        ..Self::BOLD
    };
}

/// A piece of text in one look, as XML.
pub(super) struct Run(String);

impl Run {
    pub(super) fn plain(text: &str) -> Self {
        Self::look(text, Look::PLAIN)
    }

    pub(super) fn tab() -> Self {
        Self("<w:r><w:tab/></w:r>".to_owned())
    }

    pub(super) fn look(text: &str, look: Look) -> Self {
        let mut properties = String::new();
        if look.style.strong {
            properties.push_str("<w:b/>");
        }
        if look.style.emphasis {
            properties.push_str("<w:i/>");
        }
        if look.size > 0 {
            // Writing into a string cannot fail.
            let _ = write!(
                properties,
                "<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>",
                look.size
            );
        }
        if look.underlined {
            properties.push_str("<w:u w:val=\"single\"/>");
        }
        match look.style.shift {
            Some(Shift::Up) => properties.push_str("<w:vertAlign w:val=\"superscript\"/>"),
            Some(Shift::Down) => properties.push_str("<w:vertAlign w:val=\"subscript\"/>"),
            None => {}
        }
        let properties = match properties.is_empty() {
            true => properties,
            false => format!("<w:rPr>{properties}</w:rPr>"),
        };
        Self(format!("<w:r>{properties}{}</w:r>", content(text)))
    }
}

/// The text of a run: soft breaks and tabs are elements of their own.
fn content(text: &str) -> String {
    let mut out = String::new();
    for (nth, line) in text.split('\n').enumerate() {
        if nth > 0 {
            out.push_str("<w:br/>");
        }
        for (nth, part) in line.split('\t').enumerate() {
            if nth > 0 {
                out.push_str("<w:tab/>");
            }
            if !part.is_empty() {
                let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", escaped(part));
            }
        }
    }
    out
}

/// A text in XML; characters that XML cannot hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(allowed) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// A paragraph in the making.
#[derive(Default)]
pub(super) struct Paragraph {
    runs: String,
    align: &'static str,
    before: u32,
    tabs: usize,
    indented: bool,
    keep: bool,
    new_page: bool,
}

impl Paragraph {
    pub(super) fn plain(text: &str) -> Self {
        Self::default().run(&Run::plain(text))
    }

    pub(super) fn centred(text: &str) -> Self {
        let paragraph = Self {
            align: "center",
            ..Self::default()
        };
        if text.is_empty() {
            paragraph
        } else {
            paragraph.run(&Run::plain(text))
        }
    }

    pub(super) fn justified() -> Self {
        Self {
            align: "both",
            ..Self::default()
        }
    }

    /// A line of options, `columns` of them side by side.
    pub(super) fn options(columns: usize) -> Self {
        Self {
            tabs: columns,
            indented: true,
            ..Self::default()
        }
    }

    pub(super) fn run(mut self, run: &Run) -> Self {
        self.runs.push_str(&run.0);
        self
    }

    /// A text in the markup of questions.
    pub(super) fn markup(mut self, text: &str) -> Self {
        for piece in markup::pieces(text) {
            let look = Look {
                style: piece.style,
                ..Look::PLAIN
            };
            self.runs.push_str(&Run::look(&piece.text, look).0);
        }
        self
    }

    /// Points above it.
    pub(super) const fn spaced(mut self, points: u32) -> Self {
        self.before = points * 20;
        self
    }

    pub(super) const fn kept_with_next(mut self) -> Self {
        self.keep = true;
        self
    }

    pub(super) const fn on_new_page(mut self) -> Self {
        self.new_page = true;
        self
    }

    /// The paragraph as XML; Word wants the properties in this order.
    pub(super) fn xml(&self) -> String {
        let mut properties = String::new();
        if self.keep {
            properties.push_str("<w:keepNext/>");
        }
        properties.push_str("<w:keepLines/>");
        if self.new_page {
            properties.push_str("<w:pageBreakBefore/>");
        }
        if self.tabs > 1 {
            properties.push_str("<w:tabs>");
            for nth in 1..self.tabs {
                let columns = u32::try_from(self.tabs).unwrap_or(1);
                let nth = u32::try_from(nth).unwrap_or(1);
                let at = OPTION_INDENT + (TEXT_WIDTH - OPTION_INDENT) * nth / columns;
                let _ = write!(properties, "<w:tab w:val=\"left\" w:pos=\"{at}\"/>");
            }
            properties.push_str("</w:tabs>");
        }
        if self.before > 0 {
            let _ = write!(properties, "<w:spacing w:before=\"{}\"/>", self.before);
        }
        if self.indented {
            let _ = write!(properties, "<w:ind w:left=\"{OPTION_INDENT}\"/>");
        }
        if !self.align.is_empty() {
            let _ = write!(properties, "<w:jc w:val=\"{}\"/>", self.align);
        }
        format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", self.runs)
    }
}

/// The head of a paper: two cells without borders.
pub(super) fn head_table(cells: &[String; 2]) -> String {
    let widths = [4_000, TEXT_WIDTH - 4_000];
    let cell = |(content, width): (&String, u32)| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{content}</w:tc>")
    };
    let cells: String = cells.iter().zip(widths).map(cell).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>\
         <w:tblGrid><w:gridCol w:w=\"{}\"/><w:gridCol w:w=\"{}\"/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>",
        widths[0], widths[1]
    )
}

/// A table with lines; rows marked `true` are shaded and stay with the next.
pub(super) fn table(rows: &[(Vec<String>, bool)]) -> String {
    let columns = rows
        .iter()
        .map(|(cells, _)| cells.len())
        .max()
        .unwrap_or(1)
        .max(1);
    let width = TEXT_WIDTH / u32::try_from(columns).unwrap_or(1);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"))
        .concat();
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{}</w:tblGrid>",
        width * u32::try_from(columns).unwrap_or(1),
        format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns)
    );
    for (cells, shaded) in rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        let shade = if *shaded {
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8ECF4\"/>"
        } else {
            ""
        };
        for cell in cells {
            let _ = write!(
                out,
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}</w:tcPr>{cell}</w:tc>"
            );
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out
}
