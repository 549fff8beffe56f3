//! XLSX: typed cells, a frozen head with filters, and a second sheet that says what the list is.
//!
//! Owns the workbook; text is written as text, so nothing in it is ever computed. Finished rows go to a temporary file.

use super::cell::{Form, divide};
use super::{Cell, Column, DocumentError, Table};
use crate::domain::participant::vietnam;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::io::Write;
use time::{Date, OffsetDateTime};

/// Rows of a sheet with its head, fixed by the file format.
const SHEET_ROWS: u32 = 1_048_576;

/// A workbook in the making.
pub(super) struct XlsxFile {
    table: Table,
    workbook: Workbook,
    styles: Styles,
    /// Sheets of rows so far; the last one is being written.
    sheets: usize,
    /// The next row of that sheet.
    next: u32,
    rows: u64,
}

struct Styles {
    head: Format,
    whole: Format,
    money: Format,
    share: Format,
    mean: Format,
    moment: Format,
    day: Format,
    banner: Format,
    label: Format,
    note: Format,
}

impl Styles {
    fn new() -> Self {
        let number = |pattern: &str| Format::new().set_num_format(pattern);
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_border_bottom(FormatBorder::Thin)
                .set_background_color(0x00E8_ECF4),
            whole: number("0"),
            money: number("#,##0"),
            share: number("0.00%"),
            mean: number("0.00"),
            moment: number("dd/mm/yyyy hh:mm:ss.000"),
            day: number("dd/mm/yyyy"),
            banner: Format::new()
                .set_bold()
                .set_font_size(14)
                .set_font_color(0x00B0_2A1B),
            label: Format::new().set_bold().set_align(FormatAlign::Top),
            note: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

impl XlsxFile {
    pub(super) fn new(table: Table) -> Result<Self, DocumentError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(
            &DocProperties::new()
                .set_title(&table.title)
                .set_author(&table.author),
        );
        let mut file = Self {
            table,
            workbook,
            styles: Styles::new(),
            sheets: 0,
            next: SHEET_ROWS,
            rows: 0,
        };
        file.begin_sheet()?;
        Ok(file)
    }

    pub(super) fn row(&mut self, row: &[Cell]) -> Result<(), DocumentError> {
        if self.next == SHEET_ROWS {
            self.begin_sheet()?;
        }
        let at = self.next;
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (place, (cell, column)) in (0u16..).zip(row.iter().zip(&self.table.columns)) {
            put(sheet, (at, place), cell, column, &self.styles, &self.table)?;
        }
        self.next += 1;
        self.rows += 1;
        Ok(())
    }

    pub(super) fn finish(mut self, out: &mut (impl Write + Send)) -> Result<(), DocumentError> {
        self.filter()?;
        self.write_notes()?;
        Ok(self.workbook.save_to_writer(out)?)
    }

    /// Begins a sheet of rows: the first, or one more when the last is full.
    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        if self.sheets > 0 {
            self.filter()?;
        }
        self.sheets += 1;
        self.next = 1;
        let name = match self.sheets {
            1 => self.table.sheet.clone(),
            more => format!("{} {more}", self.table.sheet),
        };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        sheet.set_header(format!("&C{}", self.table.running_head().replace('&', "&&")));
        sheet.set_footer("&C&P / &N");
        for (place, column) in (0u16..).zip(&self.table.columns) {
            sheet.set_column_width(place, width(column))?;
            let head = match column.form {
                Form::Moment => format!("{} ({})", column.head, self.table.words.local),
                _ => column.head.clone(),
            };
            sheet.write_string_with_format(0, place, head, &self.styles.head)?;
        }
        Ok(())
    }

    /// Puts filters over the rows of the last sheet.
    fn filter(&mut self) -> Result<(), XlsxError> {
        let last_column = u16::try_from(self.table.columns.len())
            .unwrap_or(1)
            .saturating_sub(1);
        let last_row = self.next - 1;
        self.workbook
            .worksheet_from_index(self.sheets - 1)?
            .autofilter(0, 0, last_row, last_column)?;
        Ok(())
    }

    fn write_notes(&mut self) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(&self.table.words.about)?;
        sheet.set_column_width(0, 24)?;
        sheet.set_column_width(1, 80)?;
        let mut at = 0;
        if let Some(banner) = &self.table.banner {
            sheet.write_string_with_format(at, 0, banner, &self.styles.banner)?;
            at += 1;
        }
        for (label, note) in &self.table.notes {
            sheet.write_string_with_format(at, 0, label, &self.styles.label)?;
            sheet.write_string_with_format(at, 1, note, &self.styles.note)?;
            at += 1;
        }
        sheet.write_string_with_format(at, 0, &self.table.words.rows, &self.styles.label)?;
        sheet.write_number_with_format(
            at,
            1,
            whole(i64::try_from(self.rows).unwrap_or(i64::MAX)),
            &self.styles.money,
        )?;
        Ok(())
    }
}

fn put(
    sheet: &mut Worksheet,
    (row, column_place): (u32, u16),
    cell: &Cell,
    column: &Column,
    styles: &Styles,
    table: &Table,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) | Cell::Word(_, text) => {
            sheet.write_string(row, column_place, text)?;
        }
        Cell::Flag(flag) => {
            sheet.write_string(
                row,
                column_place,
                if *flag { &table.words.yes } else { &table.words.no },
            )?;
        }
        Cell::Whole(number) => {
            let style = if column.form == Form::Money {
                &styles.money
            } else {
                &styles.whole
            };
            sheet.write_number_with_format(row, column_place, whole(*number), style)?;
        }
        Cell::Quotient { above, below } => {
            let style = if column.form == Form::Share {
                &styles.share
            } else {
                &styles.mean
            };
            sheet.write_number_with_format(row, column_place, divide(*above, *below), style)?;
        }
        Cell::Real(figure) => {
            let style = if column.form == Form::Share {
                &styles.share
            } else {
                &styles.mean
            };
            sheet.write_number_with_format(row, column_place, *figure, style)?;
        }
        Cell::Moment(at) => {
            sheet.write_datetime_with_format(row, column_place, moment(*at)?, &styles.moment)?;
        }
        Cell::Day(date) => {
            sheet.write_datetime_with_format(row, column_place, day(*date)?, &styles.day)?;
        }
    }
    Ok(())
}

/// A spreadsheet knows floating point numbers only.
fn whole(number: i64) -> f64 {
    divide(number, 1)
}

/// A moment on the clocks of Vietnam; date cells know no zone.
fn moment(at: OffsetDateTime) -> Result<ExcelDateTime, XlsxError> {
    let local = at.to_offset(vietnam());
    let (hour, minute, second, milli) = local.time().as_hms_milli();
    day(local.date())?.and_hms_milli(u16::from(hour), minute, second, milli)
}

fn day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        u16::try_from(date.year()).unwrap_or(0),
        u8::from(date.month()),
        date.day(),
    )
}

/// Width of a column in characters.
fn width(column: &Column) -> u32 {
    match column.form {
        Form::Name => 36,
        Form::Id => 34,
        Form::Moment => 24,
        Form::Text | Form::Day | Form::Money => 16,
        Form::Whole | Form::Share | Form::Mean => 12,
    }
}
