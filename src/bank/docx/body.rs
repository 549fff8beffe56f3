//! The walk over the body of a document: paragraphs, tables, and what surrounds them.
//!
//! Owns counting paragraphs and cells, labels and joined paragraphs; leaves runs to `inline` and drawings to `graphics`.

use super::numbering::Numbering;
use super::package::Package;
use super::parts::{Relations, read_text};
use super::styles::{ListPlace, RunSettings, Styles};
use super::symbols::sign_of;
use super::xml::{self, Element};
use crate::bank::code::FaultCode;
use crate::bank::fault::Spot;
use crate::bank::paper::labels;
use crate::bank::paper::lines::{Cell, Doc};
use std::collections::HashMap;

/// A walk in progress.
pub(super) struct Walker<'a> {
    pub(super) package: Package<'a>,
    pub(super) relations: Relations,
    pub(super) styles: Styles,
    numbering: Numbering,
    /// Texts of footnotes and endnotes by kind and number.
    pub(super) footnotes: HashMap<(bool, String), String>,
    /// Texts of remarks at the margin by number.
    pub(super) comments: HashMap<String, String>,
    /// Pictures that were read, by relation.
    pub(super) pictures: HashMap<String, usize>,
    pub(super) doc: Doc,
    /// Paragraphs and tables so far.
    paragraph: u32,
    table: u32,
    /// The line in the paragraph, from 1.
    line: u32,
    cell: Option<Cell>,
    /// The mark of the last paragraph was deleted: the next one goes on in its line.
    joins: bool,
    /// Where the first tracked change is, and how many there are.
    tracked: Option<(usize, u64)>,
    /// Runs in a font of the time before Unicode.
    pub(super) legacy: Option<(usize, String)>,
    /// Of every open field whether its result has begun.
    pub(super) fields: Vec<bool>,
    /// Text boxes of the paragraph, to be read after it.
    pub(super) boxes: Vec<String>,
}

/// What a run inherits from its paragraph.
#[derive(Clone, Copy)]
pub(super) struct Paragraph<'p> {
    pub(super) style: Option<&'p str>,
    /// Inside a link, whose colour and underline mean nothing.
    pub(super) link: bool,
}

impl<'a> Walker<'a> {
    /// Reads what the body refers to.
    pub(super) fn new(mut package: Package<'a>, relations: Relations) -> Result<Self, FaultCode> {
        let mut styles = Styles::default();
        let mut numbering = Numbering::default();
        if let Some(text) = part_of(&mut package, &relations, "styles")? {
            let tree = xml::parse(&text)?;
            styles = tree.root().map(Styles::read).unwrap_or_default();
        }
        if let Some(text) = part_of(&mut package, &relations, "numbering")? {
            let tree = xml::parse(&text)?;
            numbering = tree.root().map(Numbering::read).unwrap_or_default();
        }
        let mut footnotes = HashMap::new();
        for (kind, is_end) in [("footnotes", false), ("endnotes", true)] {
            let Some(text) = part_of(&mut package, &relations, kind)? else {
                continue;
            };
            let tree = xml::parse(&text)?;
            for (id, note) in notes_of(&tree) {
                footnotes.insert((is_end, id), note);
            }
        }
        let mut comments = HashMap::new();
        if let Some(text) = part_of(&mut package, &relations, "comments")? {
            let tree = xml::parse(&text)?;
            comments = notes_of(&tree).collect();
        }
        Ok(Self {
            package,
            relations,
            styles,
            numbering,
            footnotes,
            comments,
            pictures: HashMap::new(),
            doc: Doc::default(),
            paragraph: 0,
            table: 0,
            line: 1,
            cell: None,
            joins: false,
            tracked: None,
            legacy: None,
            fields: Vec::new(),
            boxes: Vec::new(),
        })
    }

    /// Looks for questions in headers and footers, where they are not read.
    pub(super) fn margins(&mut self) -> Result<(), FaultCode> {
        let parts: Vec<String> = ["header", "footer"]
            .into_iter()
            .flat_map(|kind| {
                self.relations
                    .of_type(kind)
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .take(30)
            .collect();
        for part in parts {
            let Some(text) = read_text(&mut self.package, &part)? else {
                continue;
            };
            let tree = xml::parse(&text)?;
            for paragraph in tree.root().into_iter().flat_map(|root| root.below("p")) {
                let text = plain_text(paragraph);
                if labels::holds_question(&text) {
                    self.doc.note(
                        0,
                        FaultCode::PaperMargin {
                            text: labels::excerpt(&text),
                        },
                    );
                }
            }
        }
        Ok(())
    }

    /// Walks over blocks: paragraphs, tables and their wrappings.
    pub(super) fn blocks(&mut self, parent: Element<'_, '_>, cell: Option<Cell>) -> Result<(), FaultCode> {
        for block in parent.children() {
            self.cell = cell;
            match block.name() {
                "p" => self.paragraph(block)?,
                "tbl" => self.table(block)?,
                "altChunk" => {
                    self.paragraph += 1;
                    self.begin(false);
                    self.doc.note(self.doc.text.len(), FaultCode::DocxChunk {});
                }
                "AlternateContent" => {
                    if let Some(choice) = chosen(block) {
                        self.blocks(choice, cell)?;
                    }
                }
                "sectPr" | "sdtPr" | "sdtEndPr" | "tcPr" | "del" | "moveFrom" => {}
                _ => self.blocks(block, cell)?,
            }
        }
        Ok(())
    }

    fn table(&mut self, table: Element<'_, '_>) -> Result<(), FaultCode> {
        let number = self.table;
        self.table += 1;
        let mut rows = Vec::new();
        wrapped(table, "tr", &mut rows);
        let mut at = 0;
        for row in rows {
            if row
                .child("trPr")
                .is_some_and(|settings| settings.child("del").is_some())
            {
                self.track();
                continue;
            }
            let mut cells = Vec::new();
            wrapped(row, "tc", &mut cells);
            let mut column = 0;
            for cell in cells {
                let settings = cell.child("tcPr");
                if settings.is_some_and(|settings| settings.child("cellDel").is_some()) {
                    self.track();
                    continue;
                }
                let place = Cell {
                    table: number,
                    row: at,
                    column,
                };
                self.blocks(cell, Some(place))?;
                column += width_of(settings);
            }
            at += 1;
        }
        // A paragraph never goes on from a cell into the text after the table.
        self.joins = false;
        Ok(())
    }

    fn paragraph(&mut self, paragraph: Element<'_, '_>) -> Result<(), FaultCode> {
        self.paragraph += 1;
        self.line = 1;
        self.fields.iter_mut().for_each(|in_result| *in_result = true);
        let settings = paragraph.child("pPr");
        let style = settings
            .and_then(|settings| settings.child("pStyle"))
            .and_then(Element::val);
        let mark = settings.and_then(|settings| settings.child("rPr"));
        if is_gone(paragraph, mark) {
            // It is there as long as nobody accepts the change, but it neither counts nor goes on in the next one.
            self.track();
            return Ok(());
        }
        if !std::mem::take(&mut self.joins) {
            self.begin(false);
        }
        let list = settings
            .and_then(|settings| settings.child("numPr"))
            .map(ListPlace::read);
        if let Some(label) = self.list_label(list, style) {
            let run = mark.map(RunSettings::read).unwrap_or_default();
            let look = self.styles.look(style, &run).look;
            self.doc.label(&label, look);
        }
        let context = Paragraph { style, link: false };
        self.inline(paragraph, context)?;
        for change in ["del", "moveFrom"] {
            if mark.is_some_and(|mark| mark.child(change).is_some()) {
                self.track();
                self.joins = true;
            }
        }
        for text in std::mem::take(&mut self.boxes) {
            self.text_box(&text);
        }
        Ok(())
    }

    fn list_label(&mut self, own: Option<ListPlace>, style: Option<&str>) -> Option<String> {
        let inherited = self.styles.numbering(style);
        match own {
            Some(place) if place.list.is_some() => self.numbering.label(place, None),
            // The paragraph says the level alone.
            Some(place) => {
                let (of_style, name) = inherited?;
                let level = place.level.or(of_style.level);
                let place = ListPlace {
                    list: of_style.list,
                    level,
                };
                self.numbering.label(place, Some(name))
            }
            None => {
                let (place, name) = inherited?;
                self.numbering.label(place, Some(name))
            }
        }
    }

    /// Begins a line; `continues` for one after a soft break.
    pub(super) fn begin(&mut self, continues: bool) {
        if continues {
            self.line += 1;
        }
        let spot = match self.cell {
            Some(cell) => Spot::TableCell {
                table: cell.table + 1,
                row: cell.row + 1,
                column: cell.column + 1,
            },
            None => Spot::Paragraph {
                paragraph: self.paragraph,
                line: self.line,
            },
        };
        self.doc.begin(Some(spot), self.cell, continues);
    }

    /// Text boxes are read where they hold questions or options, and reported otherwise.
    fn text_box(&mut self, text: &str) {
        if text.lines().any(labels::holds_question) {
            for line in text.lines() {
                self.begin(true);
                self.doc.push(line, Default::default());
            }
        } else if !text.trim().is_empty() {
            let at = self.doc.lines.last().map_or(0, |line| line.span.start);
            let text = labels::excerpt(text);
            self.doc.note(at, FaultCode::PaperTextBox { text });
        }
    }

    /// Counts a tracked change.
    pub(super) fn track(&mut self) {
        let at = self.doc.lines.last().map_or(0, |line| line.span.start);
        let (first, count) = self.tracked.unwrap_or((at, 0));
        self.tracked = Some((first, count + 1));
    }

    /// The paper, with what was found on the way.
    pub(super) fn finish(mut self) -> Doc {
        if let Some((at, count)) = self.tracked {
            self.doc.notes.push((at..at, FaultCode::PaperTracked { count }));
        }
        if let Some((at, font)) = self.legacy {
            self.doc.notes.push((at..at, FaultCode::PaperLegacyFont { font }));
        }
        self.doc.finish()
    }
}

/// The texts of a part of notes by their numbers.
fn notes_of(tree: &xml::Tree<'_>) -> impl Iterator<Item = (String, String)> {
    let notes = tree.root().into_iter().flat_map(Element::children);
    notes.map(|note| (note.get("id").unwrap_or_default().to_owned(), plain_text(note)))
}

fn part_of(
    package: &mut Package<'_>,
    relations: &Relations,
    kind: &str,
) -> Result<Option<String>, FaultCode> {
    match relations.of_type(kind).next() {
        Some(path) => read_text(package, path),
        None => Ok(None),
    }
}

/// Whether a paragraph was deleted or moved as a whole, with the mark at its end.
fn is_gone(paragraph: Element<'_, '_>, mark: Option<Element<'_, '_>>) -> bool {
    let is_marked = ["del", "moveFrom"]
        .iter()
        .any(|change| mark.is_some_and(|mark| mark.child(change).is_some()));
    let holds = ["drawing", "pict", "object", "oMath"];
    is_marked && plain_text(paragraph).is_empty() && holds.iter().all(|name| paragraph.below(name).is_empty())
}

/// Columns of a cell: numbers above letters are told by their columns.
fn width_of(settings: Option<Element<'_, '_>>) -> u32 {
    let span = settings.and_then(|settings| settings.child("gridSpan"));
    let width = span.and_then(|span| span.number("val")).unwrap_or(1);
    width.clamp(1, 100)
}

/// The branch of alternatives that has content.
pub(super) fn chosen<'t, 'x>(alternatives: Element<'t, 'x>) -> Option<Element<'t, 'x>> {
    let holds = |element: &Element<'t, 'x>| {
        ["t", "blip", "txbxContent", "imagedata", "p", "oMath", "chart"]
            .iter()
            .any(|name| !element.below(name).is_empty())
    };
    let choice = alternatives
        .children()
        .filter(|child| child.name() == "Choice")
        .find(holds);
    choice.or_else(|| alternatives.child("Fallback"))
}

/// Rows or cells, also those in the wrappings of content controls.
fn wrapped<'t, 'x>(parent: Element<'t, 'x>, name: &str, found: &mut Vec<Element<'t, 'x>>) {
    for child in parent.children() {
        match child.name() {
            found_name if found_name == name => found.push(child),
            "sdt" | "sdtContent" | "customXml" | "ins" => wrapped(child, name, found),
            _ => {}
        }
    }
}

/// The text of an element without looks, one line for each paragraph.
pub(super) fn plain_text(element: Element<'_, '_>) -> String {
    let mut text = String::new();
    plain_into(element, &mut text);
    text.trim().to_owned()
}

fn plain_into(element: Element<'_, '_>, text: &mut String) {
    for child in element.children() {
        match child.name() {
            "t" => text.push_str(&child.text()),
            "tab" | "ptab" => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "sym" => text.push(sign_of(child)),
            "del" | "moveFrom" | "pPr" | "rPr" | "instrText" | "delText" => {}
            "AlternateContent" => {
                if let Some(choice) = chosen(child) {
                    plain_into(choice, text);
                }
            }
            "p" => {
                plain_into(child, text);
                text.push('\n');
            }
            _ => plain_into(child, text),
        }
    }
}
