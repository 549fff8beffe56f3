//! A filled paper: what stands on it in order, whatever the file format.
//!
//! Owns the neutral form; PDF reads it as data, Word is written from it. Everything in it is text, never markup.

use serde::Serialize;

/// A paper ready to be set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Name for a downloaded file, without ending.
    #[serde(skip)]
    pub file_stem: String,
    /// What it is, in one line.
    pub(super) title: String,
    /// The body that issues it.
    pub(super) author: String,
    /// `party` or `government`.
    pub(super) house: &'static str,
    /// A word over every page: a draft, a demonstration.
    pub(super) banner: Option<String>,
    /// Head of the first page; certificates have a head of their own.
    pub(super) head: Option<Head>,
    /// What stands on it.
    pub(super) blocks: Vec<Block>,
    /// Pages of certificates; a paper has either these or blocks.
    pub(super) certificates: Vec<Certificate>,
    /// Seconds since 1970 of the moment it stands for.
    pub(super) as_of: i64,
}

/// The two columns on top.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Head {
    pub(super) superior: Option<String>,
    pub(super) issuer: String,
    pub(super) state: Vec<String>,
    pub(super) number: Option<String>,
    pub(super) date: String,
}

/// Text in one style.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum Block {
    Title { runs: Vec<Run> },
    About { runs: Vec<Run> },
    Heading { runs: Vec<Run> },
    Ground { runs: Vec<Run> },
    Middle { runs: Vec<Run> },
    Item { runs: Vec<Run> },
    Paragraph { runs: Vec<Run> },
    Table(Table),
    Chart(Chart),
    Signature(Signature),
    Signers { signers: Vec<Signer> },
    NewPage { across: bool },
}

/// A table with a head that is repeated on every page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Column {
    pub(super) head: String,
    /// Share of the width.
    pub(super) width: u32,
    pub(super) align: Align,
}

/// Where the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

/// A row; one with a single cell runs over all columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    pub(super) strong: bool,
}

/// Numbers side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Chart {
    /// What the picture says.
    pub(super) message: String,
    /// What is measured.
    pub(super) measure: String,
    /// Head of the names, and of the numbers.
    pub(super) heads: [String; 2],
    /// Lying bars with long names, or standing columns.
    pub(super) lying: bool,
    pub(super) bars: Vec<Bar>,
    /// All numbers as one sentence, for those who do not see them.
    pub(super) said: String,
}

/// One number of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) value: i64,
    pub(super) shown: String,
}

/// Recipients on the left, signature on the right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Signature {
    pub(super) recipients_head: String,
    pub(super) recipients: Vec<String>,
    pub(super) lines: Vec<String>,
    pub(super) signer: Option<String>,
}

/// One of several who sign side by side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Signer {
    pub(super) role: String,
    pub(super) names: Vec<String>,
}

/// A page of a certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Certificate {
    pub(super) state: Vec<String>,
    pub(super) issuer: Vec<String>,
    pub(super) blocks: Vec<Block>,
    pub(super) date: String,
    pub(super) lines: Vec<String>,
    pub(super) signer: Option<String>,
    /// The address as squares: rows of `#` and space.
    pub(super) squares: Vec<String>,
    /// The same as a drawing.
    pub(super) drawing: String,
    /// Words beside it.
    pub(super) check: Vec<String>,
    pub(super) alt: String,
}
