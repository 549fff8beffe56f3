//! XLSX: a table that can be filled in and read again, with a sheet that explains it.
//!
//! Owns the workbook. Every cell is a text, so that nothing in it is ever computed or taken for a date; the columns are
//! formatted as text for the same reason: what people type into them stays as typed.

use super::super::LoadedSet;
use super::super::code::FaultCode;
use super::super::formats::Format as FileFormat;
use super::super::formats_write::Exported;
use super::GUIDE;
use super::columns::{self, TITLE, level_word};
use super::header::Field;
use super::strings::runs_of;
use crate::domain::markup::{self, Shift, Style};
use crate::domain::question::{
    AnswerKey, LABELS, Level, Question, QuestionId, QuestionOption, QuestionSet, SetId, SetVersion,
};
use crate::i18n::{Lang, text};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, FormatScript, Workbook, Worksheet, XlsxError,
};

/// Row of the column names, from 0; the title stands above.
const HEAD: u32 = 1;
/// Empty rows below the table that can be filled in under the same rules.
const SPARE_ROWS: u32 = 500;
/// Lines of the instructions.
const GUIDE_LINES: usize = 9;

/// Writes a set as a workbook.
pub(in crate::bank) fn write_xlsx(set: &LoadedSet) -> Result<Exported, FaultCode> {
    let bytes = workbook(set).map_err(|_| FaultCode::FormatNotWritten {
        name: FileFormat::Xlsx.ending().to_owned(),
        allowed: vec![FileFormat::Toml.ending().to_owned()],
    })?;
    Ok(Exported {
        bytes,
        losses: Vec::new(),
    })
}

/// A workbook to be filled in: three questions as an example, and the instructions; `None` could only mean that there is no
/// memory left.
pub fn xlsx_template() -> Option<Vec<u8>> {
    workbook(&example()).ok()
}

struct Looks {
    title: Format,
    label: Format,
    head: Format,
    text: Format,
    middle: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || {
            Format::new()
                .set_num_format("@")
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_border(FormatBorder::Thin)
                .set_border_color(0x00C8_CDD6)
        };
        let plain = || {
            Format::new()
                .set_num_format("@")
                .set_align(FormatAlign::VerticalCenter)
        };
        Self {
            title: plain().set_bold().set_font_size(13),
            label: plain().set_font_color(0x0059_6273),
            head: cell()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(0x00E8_ECF4),
            text: cell(),
            middle: cell().set_align(FormatAlign::Center),
        }
    }

    const fn of(&self, field: Field) -> &Format {
        match field {
            Field::Number | Field::Key | Field::Level | Field::Pin | Field::Markup => &self.middle,
            Field::Stem
            | Field::Option(_)
            | Field::Explanation
            | Field::Source
            | Field::Topic
            | Field::Id
            | Field::Media
            | Field::Alt => &self.text,
        }
    }
}

const fn width(field: Field) -> u32 {
    match field {
        Field::Number => 6,
        Field::Stem => 46,
        Field::Option(_) => 22,
        Field::Key | Field::Pin | Field::Markup => 10,
        Field::Level => 13,
        Field::Explanation => 36,
        Field::Source | Field::Alt => 28,
        Field::Topic | Field::Id | Field::Media => 20,
    }
}

fn workbook(set: &LoadedSet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same set gives the same file, whenever it is written.
    let written = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&set.set.title)
            .set_creation_datetime(&written),
    );
    let looks = Looks::new();
    table(workbook.add_worksheet(), set, &looks)?;
    guide(workbook.add_worksheet(), &looks)?;
    workbook.save_to_buffer()
}

fn table(sheet: &mut Worksheet, set: &LoadedSet, looks: &Looks) -> Result<(), XlsxError> {
    let questions = &set.set.questions;
    let exact: Vec<bool> = questions
        .iter()
        .map(|question| columns::is_exact(question, |text| runs_of(text).is_some()))
        .collect();
    let fields = columns::columns(set, exact.contains(&true));
    sheet.set_name("Câu hỏi")?;
    sheet.set_freeze_panes(HEAD + 1, 3)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_footer("&C&P / &N");
    for (place, field) in (0_u16..).zip(&fields) {
        sheet.set_column_width(place, width(*field))?;
        sheet.set_column_format(place, &Format::new().set_num_format("@"))?;
        sheet.write_string_with_format(HEAD, place, columns::name(*field), &looks.head)?;
    }
    sheet.write_string_with_format(0, 1, TITLE, &looks.label)?;
    sheet.write_string_with_format(0, 2, &set.set.title, &looks.title)?;
    for (row, ((nth, question), exact)) in (HEAD + 1..).zip(questions.iter().enumerate().zip(exact)) {
        let mut lines = 1;
        for (place, field) in (0_u16..).zip(&fields) {
            let value = columns::value(set, nth, question, *field, exact);
            let is_markup = columns::is_text(*field) && !exact;
            lines = lines.max(lines_of(&value, width(*field)));
            write_cell(sheet, (row, place), &value, is_markup, looks.of(*field))?;
        }
        sheet.set_row_height(row, height(lines))?;
    }
    let last = HEAD + u32::try_from(questions.len()).unwrap_or(0);
    let filled = u16::try_from(fields.len()).unwrap_or(1).saturating_sub(1);
    sheet.autofilter(HEAD, 0, last, filled)?;
    validations(sheet, &fields, last + SPARE_ROWS)
}

/// Lines that a text takes in a column of so many characters; not every program finds the height of a row itself.
fn lines_of(text: &str, width: u32) -> u32 {
    let of_line = |line: &str| {
        let chars = u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
        chars.div_ceil(width).max(1)
    };
    text.split('\n').map(of_line).fold(0, u32::saturating_add)
}

/// The height of a row, points; Excel allows 409.
fn height(lines: u32) -> f64 {
    f64::from(lines.saturating_mul(16).min(400))
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &str,
    is_markup: bool,
    look: &Format,
) -> Result<(), XlsxError> {
    if value.is_empty() {
        sheet.write_blank(row, column, look)?;
        return Ok(());
    }
    match runs_of(value).filter(|_| is_markup) {
        Some(runs) => {
            let looks: Vec<Format> = runs.iter().map(|(_, style)| run_look(*style)).collect();
            let parts: Vec<(&Format, &str)> = looks
                .iter()
                .zip(&runs)
                .map(|(look, (text, _))| (look, text.as_str()))
                .collect();
            sheet.write_rich_string_with_format(row, column, &parts, look)?;
        }
        None if is_markup => drop(sheet.write_string_with_format(row, column, markup::plain(value), look)?),
        None => drop(sheet.write_string_with_format(row, column, value, look)?),
    }
    Ok(())
}

fn run_look(style: Style) -> Format {
    let mut look = Format::new();
    if style.strong {
        look = look.set_bold();
    }
    if style.emphasis {
        look = look.set_italic();
    }
    match style.shift {
        Some(Shift::Up) => look.set_font_script(FormatScript::Superscript),
        Some(Shift::Down) => look.set_font_script(FormatScript::Subscript),
        None => look,
    }
}

/// Lists for key and level. Another key is only warned about: several letters are a key as well.
fn validations(sheet: &mut Worksheet, fields: &[Field], last: u32) -> Result<(), XlsxError> {
    let say = |key: &str| text(Lang::Vi, key, &[]);
    let options = fields
        .iter()
        .filter(|field| matches!(field, Field::Option(_)))
        .count();
    let letters: Vec<String> = LABELS.iter().take(options).map(char::to_string).collect();
    let levels = [Level::Easy, Level::Medium, Level::Hard].map(level_word);
    for (place, field) in (0_u16..).zip(fields) {
        let rule = match field {
            Field::Key => DataValidation::new()
                .allow_list_strings(&letters)?
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_input_title(say("sheet-key-title"))?
                .set_input_message(say("sheet-key-input"))?
                .set_error_title(say("sheet-key-title"))?
                .set_error_message(say("sheet-key-error"))?,
            Field::Level => DataValidation::new()
                .allow_list_strings(&levels)?
                .set_input_title(say("sheet-level-title"))?
                .set_input_message(say("sheet-level-input"))?
                .set_error_title(say("sheet-level-title"))?
                .set_error_message(say("sheet-level-error"))?,
            _ => continue,
        };
        sheet.add_data_validation(HEAD + 1, place, last, place, &rule)?;
    }
    Ok(())
}

fn guide(sheet: &mut Worksheet, looks: &Looks) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(GUIDE)?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 92)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.write_string_with_format(0, 0, text(Lang::Vi, "sheet-guide", &[]), &looks.title)?;
    for (row, line) in (1_u32..).zip(1..=GUIDE_LINES) {
        let key = format!("sheet-guide-{line}");
        let label = Format::new().set_bold().set_align(FormatAlign::Top);
        sheet.write_string_with_format(row, 0, text(Lang::Vi, &key, &[]), &label)?;
        let line = text(Lang::Vi, &format!("{key}.text"), &[]);
        sheet.set_row_height(row, height(lines_of(&line, 80)))?;
        sheet.write_string_with_format(row, 1, line, &wrapped)?;
    }
    Ok(())
}

/// What the template is filled with: one right option, several, and one that keeps its place.
fn example() -> LoadedSet {
    let question = |id: &str,
                    stem: &str,
                    options: &[(&str, bool)],
                    multiple,
                    level,
                    explanation: &str,
                    (source, topic): (&str, &str)| {
        Question {
            id: QuestionId(id.to_owned()),
            text: stem.to_owned(),
            options: options
                .iter()
                .map(|(text, pin)| QuestionOption {
                    text: (*text).to_owned(),
                    pin: *pin,
                })
                .collect(),
            multiple,
            level: Some(level),
            explanation: Some(explanation.to_owned()),
            source: Some(source.to_owned()),
            topic: Some(topic.to_owned()),
            media: Vec::new(),
        }
    };
    let questions = vec![
        question(
            "khoi-nghia-bac-son",
            "Khởi nghĩa Bắc Sơn nổ ra vào ngày nào?",
            &[
                ("27/9/1940", false),
                ("23/11/1940", false),
                ("13/1/1941", false),
                ("19/8/1945", false),
            ],
            false,
            Level::Easy,
            "Đêm 27/9/1940, nhân dân Bắc Sơn nổi dậy đánh chiếm đồn Mỏ Nhài.",
            ("Lịch sử Đảng bộ tỉnh Lạng Sơn", "Lịch sử Đảng bộ"),
        ),
        question(
            "giap-lang-son",
            "Những tỉnh nào **giáp** tỉnh Lạng Sơn? (chọn mọi ý đúng)",
            &[
                ("Cao Bằng", false),
                ("Lai Châu", false),
                ("Quảng Ninh", false),
                ("Phú Thọ", false),
            ],
            true,
            Level::Medium,
            "Lạng Sơn giáp Cao Bằng ở phía bắc và Quảng Ninh ở phía đông nam.",
            ("Cổng thông tin điện tử tỉnh Lạng Sơn", "Địa lý"),
        ),
        question(
            "chien-thang-chi-lang",
            "Chiến thắng Chi Lăng – Xương Giang gắn với những ai?",
            &[
                ("Lê Lợi", false),
                ("Nguyễn Trãi", false),
                ("Quang Trung", false),
                ("Cả Lê Lợi và Nguyễn Trãi", true),
            ],
            false,
            Level::Hard,
            "Cuộc khởi nghĩa Lam Sơn do Lê Lợi lãnh đạo, Nguyễn Trãi giúp bày mưu kế.",
            ("Đại Việt sử ký toàn thư", "Lịch sử dân tộc"),
        ),
    ];
    let keys = [vec![0], vec![0, 2], vec![3]];
    let ids = questions.iter().map(|question| question.id.clone());
    LoadedSet {
        version: SetVersion(String::new()),
        key: AnswerKey(ids.zip(keys.map(|places| places.into_iter().collect())).collect()),
        set: QuestionSet {
            id: SetId("mau".to_owned()),
            title: "Bộ câu hỏi mẫu (thay bằng tên bộ của bạn)".to_owned(),
            questions,
        },
    }
}
