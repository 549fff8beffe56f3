//! The rows of tables as questions.
//!
//! Owns telling questions from empty rows, headings and remarks, and putting the cells of a row together; leaves single
//! cells to `values`, keys to `key`, and the rules every question obeys to `raw`.

use super::super::code::FaultCode;
use super::super::fault::{Subject, column_letters};
use super::super::format::At;
use super::super::options::label;
use super::super::raw::{RawMedia, RawOption, RawSet};
use super::super::source::{Sheet, shorten};
use super::cells::{Block, Content};
use super::finish::{finish, labels_off, media_of, numbers_off, with_keys};
use super::grid::{GridCell, GridRow, shown};
use super::header::{Field, Header};
use super::values::{Meant, Refused};
use crate::domain::question::{Level, MAX_OPTIONS};
use crate::domain::unit::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// One sheet with questions.
pub(super) struct Part {
    pub(super) header: Header,
    pub(super) rows: Vec<GridRow>,
    pub(super) merged: Vec<Block>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
}

/// Faults of a table, and what they belong to.
pub(super) struct Table<'s, 'a> {
    pub(super) sheet: &'s mut Sheet<'a>,
    pub(super) subject: Subject,
}

/// Merged cells of a table.
#[derive(Default)]
struct Merged {
    /// Those that leave open what a row holds.
    blocks: Vec<Block>,
    /// Rows that are one cell.
    headings: BTreeSet<u32>,
}

/// A question whose cells could all be taken.
pub(super) struct Draft {
    pub(super) place: u32,
    pub(super) span: Range<usize>,
    /// Its signs are markup, and nothing in it is to be mended.
    pub(super) exact: bool,
    pub(super) id: Option<At<String>>,
    pub(super) stem: At<String>,
    pub(super) options: Vec<RawOption>,
    pub(super) key: At<String>,
    pub(super) level: Option<At<Level>>,
    pub(super) explanation: Option<At<String>>,
    pub(super) source: Option<At<String>>,
    pub(super) topic: Option<At<String>>,
    pub(super) media: Vec<RawMedia>,
    pub(super) pins: Option<At<String>>,
}

impl Draft {
    pub(super) fn subject(&self) -> Subject {
        let id = self.id.as_ref().map(|id| shorten(&id.value, 64));
        Subject::Question(
            self.place,
            Some(id.unwrap_or_else(|| format!("cau-{:03}", self.place))),
        )
    }
}

/// Reads all tables of a file, one after the other.
pub(super) fn read_parts(sheet: &mut Sheet<'_>, parts: &[Part]) -> RawSet {
    let mut table = Table {
        sheet,
        subject: Subject::File,
    };
    let mut set = RawSet::default();
    let mut drafts = Vec::new();
    for part in parts {
        set.title = set.title.take().or_else(|| title_of(part));
        table.subject = Subject::File;
        table.header(part);
        table.hidden_rows(part);
        let merged = table.merged(part);
        // Two columns of one name: which is meant is not for us to say.
        if part.header.twice.is_empty() {
            table.body(part, &merged, &mut drafts, &mut set);
        } else {
            set.refused += part.rows.len().saturating_sub(part.header.ends);
        }
    }
    labels_off(&mut table, &mut drafts);
    numbers_off(&mut table, &mut drafts);
    for (draft, key) in with_keys(&mut table, drafts) {
        match key {
            Some(places) => set.questions.push(finish(&mut table, draft, places)),
            None => set.refused += 1,
        }
    }
    set
}

/// The cell beside "Tên bộ câu hỏi" above the table.
fn title_of(part: &Part) -> Option<At<String>> {
    let above = part.rows.iter().take(part.header.ends);
    above.into_iter().find_map(|row| {
        let texts: Vec<&GridCell> = row.cells.iter().filter(|cell| cell.content.is_some()).collect();
        let is_label = |cell: &GridCell| {
            let folded = fold(&cell.content.as_ref().map(shown).unwrap_or_default());
            ["ten bo cau hoi", "bo cau hoi", "ten bo", "question set"].contains(&folded.as_str())
        };
        let [label, title] = texts.as_slice() else {
            return None;
        };
        is_label(label).then(|| At {
            value: title.content.as_ref().map(shown).unwrap_or_default(),
            span: title.span.clone(),
        })
    })
}

impl Table<'_, '_> {
    pub(super) fn fault(&mut self, span: &Range<usize>, code: FaultCode) {
        self.sheet.fault(span.clone(), &self.subject, code);
    }

    /// Where a column has its name.
    fn name_span(part: &Part, column: u32) -> Range<usize> {
        let rows = part.rows.iter().take(part.header.ends).rev();
        let cell = rows
            .into_iter()
            .find_map(|row| row.cell(column).filter(|cell| cell.content.is_some()));
        cell.map_or(0..0, |cell| cell.span.clone())
    }

    fn header(&mut self, part: &Part) {
        let body = part.rows.get(part.header.ends..).unwrap_or_default();
        for column in &part.header.twice {
            let span = Self::name_span(part, *column);
            let name = self.sheet.slice(&span).to_owned();
            self.fault(
                &span,
                FaultCode::HeaderTwice {
                    name: shorten(&name, 80),
                },
            );
        }
        for (column, text) in &part.header.ignored {
            let name = shorten(text.trim(), 80);
            // Of two rows of names the upper one may just hold the lower ones together.
            if body.iter().any(|row| row.holds(*column)) {
                self.fault(&Self::name_span(part, *column), FaultCode::ColumnIgnored { name });
            }
        }
        let named = |column: &u32| {
            let header = &part.header;
            header.fields.contains_key(column)
                || header.twice.contains(column)
                || header.ignored.iter().any(|(other, _)| other == column)
        };
        let mut nameless: BTreeMap<u32, Range<usize>> = BTreeMap::new();
        for cell in body.iter().flat_map(|row| &row.cells) {
            if cell.content.is_some() && !named(&cell.column) {
                nameless.entry(cell.column).or_insert_with(|| cell.span.clone());
            }
        }
        for (column, span) in nameless {
            let name = column_letters(column);
            self.fault(&span, FaultCode::ColumnNameless { name });
        }
        for column in part.header.fields.keys() {
            if part
                .hidden_columns
                .iter()
                .any(|(first, last)| (first..=last).contains(&column))
            {
                let name = column_letters(*column);
                self.fault(&Self::name_span(part, *column), FaultCode::ColumnHidden { name });
            }
        }
    }

    fn hidden_rows(&mut self, part: &Part) {
        let body = part.rows.iter().skip(part.header.ends);
        let hidden: Vec<&GridRow> = body.filter(|row| row.hidden).collect();
        if let Some(first) = hidden.first() {
            let rows = ranges(hidden.iter().map(|row| row.number));
            self.fault(&first.span(), FaultCode::RowsHidden { rows });
        }
    }

    /// The merged blocks that reach into the table: headings over the whole of it, and others, each noted.
    fn merged(&mut self, part: &Part) -> Merged {
        let mut merged = Merged::default();
        let body = part.rows.get(part.header.ends..).unwrap_or_default();
        for block in &part.merged {
            let covers = |column: &u32| (block.columns.0..=block.columns.1).contains(column);
            let at = body.partition_point(|row| row.number < block.rows.0);
            let row = body.get(at).filter(|row| row.number <= block.rows.1);
            let Some(row) = row.filter(|_| part.header.fields.keys().any(covers)) else {
                continue;
            };
            // A question has several cells, so one over all of them is the heading of a part.
            let whole = |(column, field): (&u32, &Field)| !field.is_essential() || covers(column);
            if block.rows.0 == block.rows.1 && part.header.fields.iter().all(whole) {
                merged.headings.insert(row.number);
                continue;
            }
            let span = row
                .cell(block.columns.0)
                .map_or_else(|| row.span(), |cell| cell.span.clone());
            let name = |row, column| format!("{}{row}", column_letters(column));
            let range = format!(
                "{}:{}",
                name(block.rows.0, block.columns.0),
                name(block.rows.1, block.columns.1)
            );
            self.fault(&span, FaultCode::MergedCells { range });
            merged.blocks.push(*block);
        }
        merged
    }

    fn body(&mut self, part: &Part, merged: &Merged, drafts: &mut Vec<Draft>, set: &mut RawSet) {
        for row in part.rows.iter().skip(part.header.ends) {
            let used = |cell: &&GridCell| {
                let field = part.header.fields.get(&cell.column);
                cell.content.is_some() && field.is_some_and(|field| *field != Field::Number)
            };
            if merged.headings.contains(&row.number) || !row.cells.iter().any(|cell| used(&cell)) {
                self.remark(row);
                continue;
            }
            let place = u32::try_from(drafts.len() + set.refused + 1).unwrap_or(u32::MAX);
            let in_block = |block: &Block| (block.rows.0..=block.rows.1).contains(&row.number);
            let draft = match merged.blocks.iter().any(in_block) {
                true => Err(Refused),
                false => self.draft(&part.header, row, place),
            };
            match draft {
                Ok(draft) => drafts.push(draft),
                Err(Refused) => set.refused += 1,
            }
        }
        self.subject = Subject::File;
    }

    /// A row that holds words, but none of a question: a heading, a sum, "HẾT".
    fn remark(&mut self, row: &GridRow) {
        let is_word = |cell: &&GridCell| matches!(&cell.content, Some(Content::Text(text)) if text.plain.chars().any(char::is_alphabetic));
        if let Some(cell) = row.cells.iter().find(is_word) {
            let value = shorten(cell.content.as_ref().map(shown).unwrap_or_default().trim(), 80);
            self.subject = Subject::File;
            self.fault(&cell.span, FaultCode::RowIgnored { value });
        }
    }

    fn draft(&mut self, header: &Header, row: &GridRow, place: u32) -> Result<Draft, Refused> {
        let cell = |field| header.column(field).and_then(|column| row.cell(column));
        self.subject = Subject::Question(place, Some(format!("cau-{place:03}")));
        let id = self.text(cell(Field::Id), Meant::Plain);
        if let Ok(Some(id)) = &id {
            self.subject = Subject::Question(place, Some(shorten(&id.value, 64)));
        }
        let exact = self.is_exact(cell(Field::Markup))?;
        let meant = if exact { Meant::Markup } else { Meant::Text };
        let stem = self.text(cell(Field::Stem), meant);
        let options = self.options(header, row, meant);
        let key = self.key(cell(Field::Key));
        let level = self.level(cell(Field::Level));
        let explanation = self.text(cell(Field::Explanation), meant);
        let source = self.text(cell(Field::Source), Meant::Plain);
        let topic = self.text(cell(Field::Topic), Meant::Plain);
        let media = self.text(cell(Field::Media), Meant::Plain);
        let alt = self.text(cell(Field::Alt), Meant::Plain);
        let pins = self.text(cell(Field::Pin), Meant::Plain);
        let Some(stem) = stem? else {
            let span = cell(Field::Stem).map_or_else(|| row.span(), |cell| cell.span.clone());
            self.fault(&span, FaultCode::RowWithoutStem {});
            return Err(Refused);
        };
        Ok(Draft {
            place,
            span: row.span(),
            exact,
            id: id?,
            stem,
            options: options?,
            key: key?,
            level: level?,
            explanation: explanation?,
            source: source?,
            topic: topic?,
            media: media_of(media?, alt?),
            pins: pins?,
        })
    }

    /// The options up to the last that is filled; one left empty between them would move the letters of the others.
    fn options(&mut self, header: &Header, row: &GridRow, meant: Meant) -> Result<Vec<RawOption>, Refused> {
        let places = 0..u8::try_from(MAX_OPTIONS).unwrap_or(u8::MAX);
        let cell = |place| {
            header
                .column(Field::Option(place))
                .and_then(|column| row.cell(column))
        };
        let filled = |place: &u8| cell(*place).is_some_and(|cell| cell.content.is_some());
        let count = places.clone().filter(filled).max().map_or(0, |last| last + 1);
        let mut options = Vec::new();
        let mut good = true;
        for place in 0..count {
            match self.text(cell(place), meant) {
                Ok(Some(text)) => options.push(RawOption { text, pin: false }),
                Ok(None) => {
                    let span = cell(place).map_or_else(|| row.span(), |cell| cell.span.clone());
                    let label = label(usize::from(place));
                    self.fault(&span, FaultCode::OptionGap { label });
                    good = false;
                }
                Err(Refused) => good = false,
            }
        }
        if good { Ok(options) } else { Err(Refused) }
    }

    /// The key as written; a number with a decimal comma was two numbers.
    fn key(&mut self, cell: Option<&GridCell>) -> Result<At<String>, Refused> {
        if let Some(GridCell {
            content: Some(Content::Number { shown, differs: true }),
            span,
            ..
        }) = cell
        {
            let value = shown.clone();
            self.fault(span, FaultCode::KeyDecimal { value });
            return Err(Refused);
        }
        let text = self.text(cell, Meant::Plain)?;
        Ok(text.unwrap_or_else(|| At {
            value: String::new(),
            span: cell.map_or(0..0, |cell| cell.span.clone()),
        }))
    }

    fn is_exact(&mut self, cell: Option<&GridCell>) -> Result<bool, Refused> {
        let text = self.text(cell, Meant::Plain)?;
        let folded = text.map(|text| fold(&text.value)).unwrap_or_default();
        Ok(["co", "x", "yes", "1", "true"].contains(&folded.as_str()))
    }
}

impl GridRow {
    fn holds(&self, column: u32) -> bool {
        self.cell(column).is_some_and(|cell| cell.content.is_some())
    }
}

/// "3, 7–9".
fn ranges(numbers: impl Iterator<Item = u32>) -> String {
    let mut groups: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match groups.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => groups.push((number, number)),
        }
    }
    let more = groups.len() > 20;
    let shown = groups.iter().take(20).map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}–{last}"),
    });
    let text = shown.collect::<Vec<_>>().join(", ");
    if more { format!("{text}, …") } else { text }
}
