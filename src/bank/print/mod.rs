//! A question set as a paper to print: a Word document in the manner of Vietnamese exam papers.
//!
//! Owns what stands on the paper and in which order; leaves the XML of paragraphs and tables to `xml`, pictures to `picture`
//! and the parts around them to `parts`. The variant with the key can be read again; the one without it is to be handed out.

mod parts;
mod picture;
#[cfg(test)]
pub(super) mod tests;
mod xml;

use super::LoadedSet;
use super::code::FaultCode;
use super::exchange::FindMedia;
use super::fault::Fault;
use super::formats_write::{Exported, KeyPart};
use super::json::key_letters;
use crate::domain::markup;
use crate::domain::media::{Media, MediaKind};
use crate::domain::question::{LABELS, Question};
use picture::Pictures;
use xml::{Look, Paragraph, Run, table};

/// What stands above the questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperHead {
    /// Who holds the contest.
    pub organiser: Option<String>,
    /// The contest and round.
    pub contest: Option<String>,
    /// The time limit, minutes; `None` leaves room to write it.
    pub minutes: Option<u32>,
}

/// Answers in a row of the table.
const ANSWERS_PER_ROW: usize = 10;
/// Longest option of which four stand on a line, characters.
const QUARTER: usize = 17;
/// Longest option of which two stand on a line, characters.
const HALF: usize = 40;

/// Writes a paper without its pictures; see [`write_docx_with`].
pub fn write_docx(name: &str, set: &LoadedSet, part: KeyPart, head: &PaperHead) -> Exported {
    write_docx_with(name, set, part, head, &|_| None)
}

/// Writes a paper; `name` is what the file will be called, for what it leaves out; `find` gives the bytes of a picture.
pub fn write_docx_with(
    name: &str,
    set: &LoadedSet,
    part: KeyPart,
    head: &PaperHead,
    find: FindMedia<'_>,
) -> Exported {
    let mut body = head_of(set, part, head);
    let mut pictures = Pictures::default();
    let mut unprinted = 0;
    for (nth, question) in (1..).zip(&set.set.questions) {
        let shown: Vec<Result<String, String>> = question
            .media
            .iter()
            .map(|media| {
                let paragraph = pictures.paragraph(media, find(&media.file));
                paragraph.ok_or_else(|| unprinted_line(media))
            })
            .collect();
        unprinted += u64::from(shown.iter().any(Result::is_err));
        let shown: String = shown
            .into_iter()
            .map(|line| line.unwrap_or_else(|line| line))
            .collect();
        body.push_str(&question_of(nth, question, &shown));
    }
    body.push_str(&Paragraph::centred("----------- HẾT -----------").spaced(10).xml());
    if part == KeyPart::With {
        body.push_str(&answers(set));
        body.push_str(&explanations(set));
    }
    Exported {
        bytes: parts::document(&set.set.title, &body, &pictures),
        losses: losses(name, set, unprinted),
    }
}

/// Organiser and motto, title, time, and room for a name.
fn head_of(set: &LoadedSet, part: KeyPart, head: &PaperHead) -> String {
    let state = |text: &str| Paragraph::centred("").run(&Run::look(text, Look::HEAD));
    let organiser = head
        .organiser
        .as_deref()
        .unwrap_or("BAN TỔ CHỨC CUỘC THI")
        .to_uppercase();
    let left = [
        state(&organiser),
        Paragraph::centred(head.contest.as_deref().unwrap_or("…………………………………")),
    ];
    let right = [
        state("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        Paragraph::centred("").run(&Run::look("Độc lập - Tự do - Hạnh phúc", Look::MOTTO)),
    ];
    let cells = [left, right].map(|cell| cell.map(|paragraph| paragraph.xml()).concat());
    let mut out = xml::head_table(&cells);
    out.push_str(
        &Paragraph::centred("")
            .run(&Run::look("ĐỀ THI TRẮC NGHIỆM", Look::TITLE))
            .spaced(14)
            .xml(),
    );
    out.push_str(
        &Paragraph::centred("")
            .run(&Run::look(&set.set.title, Look::BOLD))
            .xml(),
    );
    let minutes = head
        .minutes
        .map_or("………".to_owned(), |minutes| minutes.to_string());
    let count = set.set.questions.len();
    let time = format!("Thời gian làm bài: {minutes} phút, không kể thời gian phát đề (đề gồm {count} câu)");
    out.push_str(&Paragraph::centred("").run(&Run::look(&time, Look::ITALIC)).xml());
    if let Some(note) = several(set) {
        out.push_str(&Paragraph::centred("").run(&Run::look(&note, Look::ITALIC)).xml());
    }
    if part == KeyPart::Without {
        let line = "Họ và tên: ……………………………………………… Đơn vị: ………………………………";
        out.push_str(&Paragraph::plain(line).spaced(8).xml());
    }
    out.push_str(&Paragraph::plain("").xml());
    out
}

/// "Các câu 3, 7 có nhiều phương án đúng."; `None` where all have one.
fn several(set: &LoadedSet) -> Option<String> {
    let numbered = (1_usize..).zip(&set.set.questions);
    let several: Vec<String> = numbered
        .filter(|(_, question)| question.multiple)
        .map(|(number, _)| number.to_string())
        .collect();
    match several.len() {
        0 => None,
        count if count == set.set.questions.len() => {
            Some("Mỗi câu có thể có nhiều phương án đúng.".to_owned())
        }
        _ => Some(format!(
            "Có nhiều phương án đúng ở các câu: {}. Các câu còn lại có một phương án đúng.",
            several.join(", ")
        )),
    }
}

/// What stands in the place of a picture that could not be printed, and of a sound or film.
fn unprinted_line(media: &Media) -> String {
    let word = match media.kind() {
        MediaKind::Image => "Hình",
        MediaKind::Audio => "Âm thanh",
        MediaKind::Video => "Phim",
    };
    let line = format!("({word}: {})", media.file);
    Paragraph::centred("")
        .run(&Run::look(&line, Look::ITALIC))
        .kept_with_next()
        .xml()
}

/// `shown` are the paragraphs of the pictures, below the stem.
fn question_of(number: usize, question: &Question, shown: &str) -> String {
    let mut out = Paragraph::justified()
        .run(&Run::look(&format!("Câu {number}."), Look::BOLD))
        .run(&Run::plain(" "))
        .markup(&question.text)
        .spaced(6)
        .kept_with_next()
        .xml();
    out.push_str(shown);
    let options: Vec<(char, &str)> = LABELS
        .into_iter()
        .zip(&question.options)
        .map(|(label, option)| (label, option.text.as_str()))
        .collect();
    let rows: Vec<&[(char, &str)]> = options.chunks(per_line(question)).collect();
    for (at, row) in rows.iter().enumerate() {
        let mut line = Paragraph::options(per_line(question));
        for (place, (label, text)) in row.iter().enumerate() {
            if place > 0 {
                line = line.run(&Run::tab());
            }
            line = line
                .run(&Run::look(&format!("{label}."), Look::BOLD))
                .run(&Run::plain(" "))
                .markup(text);
        }
        if at + 1 < rows.len() {
            line = line.kept_with_next();
        }
        out.push_str(&line.xml());
    }
    out
}

/// How many options stand on a line, by the longest of them.
fn per_line(question: &Question) -> usize {
    let plain: Vec<String> = question
        .options
        .iter()
        .map(|option| markup::plain(&option.text))
        .collect();
    // What looks like a label inside an option is told from one only at the beginning of a line.
    let alone = |text: &String| text.contains('\n') || text.contains('\t') || has_label(text);
    if plain.iter().any(alone) {
        return 1;
    }
    match plain.iter().map(|text| text.chars().count()).max().unwrap_or(0) {
        0..=QUARTER if plain.len() == 4 => 4,
        0..=HALF => 2,
        _ => 1,
    }
}

/// "C. Mác", "ý A) và B)": a capital letter and a sign, somewhere in a text.
fn has_label(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars
        .windows(2)
        .any(|pair| matches!(pair, [letter, '.' | ')' | ':' | '/'] if LABELS.contains(letter)))
}

/// The table of answers, numbers above letters.
fn answers(set: &LoadedSet) -> String {
    let mut out = Paragraph::centred("")
        .run(&Run::look("BẢNG ĐÁP ÁN", Look::TITLE))
        .on_new_page()
        .xml();
    let numbered: Vec<(String, String)> = (1_usize..)
        .zip(&set.set.questions)
        .map(|(number, question)| (number.to_string(), key_letters(question, &set.key).concat()))
        .collect();
    let width = numbered.len().min(ANSWERS_PER_ROW);
    let mut rows = Vec::new();
    for chunk in numbered.chunks(ANSWERS_PER_ROW) {
        let cell = |text: &str, look| Paragraph::centred("").run(&Run::look(text, look)).xml();
        let mut numbers: Vec<String> = chunk.iter().map(|(number, _)| cell(number, Look::BOLD)).collect();
        let mut letters: Vec<String> = chunk
            .iter()
            .map(|(_, letters)| cell(letters, Look::PLAIN))
            .collect();
        numbers.resize(width, Paragraph::plain("").xml());
        letters.resize(width, Paragraph::plain("").xml());
        rows.push((numbers, true));
        rows.push((letters, false));
    }
    out.push_str(&table(&rows));
    out
}

fn explanations(set: &LoadedSet) -> String {
    let numbered = (1_usize..).zip(&set.set.questions);
    let lines: String = numbered
        .filter_map(|(number, question)| Some((number, question.explanation.as_deref()?)))
        .map(|(number, text)| {
            let label = Run::look(&format!("Câu {number}."), Look::BOLD);
            Paragraph::justified()
                .run(&label)
                .run(&Run::plain(" "))
                .markup(text)
                .spaced(4)
                .xml()
        })
        .collect();
    if lines.is_empty() {
        return lines;
    }
    let head = Paragraph::centred("")
        .run(&Run::look("LỜI GIẢI", Look::TITLE))
        .spaced(14)
        .xml();
    format!("{head}{lines}")
}

/// What a paper has no place for.
fn losses(name: &str, set: &LoadedSet, media: u64) -> Vec<Fault> {
    let count =
        |has: fn(&Question) -> bool| set.set.questions.iter().filter(|question| has(question)).count() as u64;
    let levels = count(|question| question.level.is_some());
    let sources = count(|question| question.source.is_some());
    let topics = count(|question| question.topic.is_some());
    if levels + sources + topics + media == 0 {
        return Vec::new();
    }
    let code = FaultCode::PaperLeavesOut {
        levels,
        sources,
        topics,
        media,
    };
    vec![Fault::of_file(name, code)]
}
