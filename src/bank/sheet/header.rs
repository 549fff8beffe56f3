//! The row of column names: which column holds what, in Vietnamese or English, in any order.
//!
//! Owns the names and finding the row that has them; leaves the rows below to `rows`.

use crate::domain::unit::fold;
use std::collections::BTreeMap;

/// Rows that are looked at for column names; above them stand title, school and date.
pub(super) const LOOKED_AT: usize = 20;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// "STT": of no meaning to a set.
    Number,
    Stem,
    /// Its place from 0.
    Option(u8),
    Key,
    Level,
    Explanation,
    Source,
    /// What the question is about.
    Topic,
    Id,
    Media,
    /// What the pictures show, in words.
    Alt,
    /// Letters of the options that keep their place.
    Pin,
    /// Whether the signs `*`, `^` and `~` of the row are markup.
    Markup,
}

impl Field {
    /// Whether a question cannot be without it.
    pub(super) const fn is_essential(self) -> bool {
        matches!(self, Self::Stem | Self::Option(0 | 1) | Self::Key)
    }
}

/// Column names as `fold` leaves them.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Number,
        &[
            "stt",
            "so thu tu",
            "tt",
            "so tt",
            "no",
            "nr",
            "cau",
            "cau so",
            "index",
        ],
    ),
    (
        Field::Stem,
        &[
            "cau hoi",
            "noi dung cau hoi",
            "noi dung",
            "de bai",
            "cau dan",
            "noi dung cau dan",
            "question",
            "question text",
            "question title",
            "stem",
            "text",
        ],
    ),
    (
        Field::Key,
        &[
            "dap an",
            "dap an dung",
            "dap an a b c d",
            "dap an dung a b c d",
            "dap an chinh xac",
            "phuong an dung",
            "lua chon dung",
            "cau tra loi dung",
            "tra loi dung",
            "dap an dung nhat",
            "key",
            "keys",
            "answer",
            "answers",
            "answer key",
            "correct",
            "correct answer",
            "correct answers",
            "right answer",
            "right answers",
            "correct option",
            "da",
        ],
    ),
    (
        Field::Level,
        &[
            "muc do",
            "do kho",
            "cap do",
            "muc",
            "muc do nhan thuc",
            "muc do kho",
            "level",
            "difficulty",
        ],
    ),
    (
        Field::Explanation,
        &[
            "giai thich",
            "giai thich dap an",
            "loi giai",
            "huong dan",
            "huong dan giai",
            "loi giai chi tiet",
            "explanation",
            "rationale",
            "feedback",
        ],
    ),
    (
        Field::Source,
        &[
            "nguon",
            "nguon trich dan",
            "nguon tai lieu",
            "tai lieu",
            "tai lieu tham khao",
            "can cu",
            "trich nguon",
            "source",
            "reference",
        ],
    ),
    (
        Field::Topic,
        &[
            "chu de",
            "chuyen de",
            "noi dung kien thuc",
            "mach kien thuc",
            "linh vuc",
            "topic",
            "category",
            "subject",
        ],
    ),
    (
        Field::Id,
        &["ma", "ma cau", "ma cau hoi", "ma so", "id", "question id", "code"],
    ),
    (
        Field::Media,
        &[
            "hinh anh",
            "hinh",
            "anh",
            "tep hinh",
            "tep hinh anh",
            "hinh anh media",
            "hinh anh minh hoa",
            "media",
            "image",
            "picture",
        ],
    ),
    (
        Field::Alt,
        &[
            "mo ta hinh",
            "mo ta hinh anh",
            "mo ta anh",
            "chu thich hinh",
            "alt",
            "alt text",
            "image description",
            "picture description",
        ],
    ),
    (
        Field::Pin,
        &["giu cho", "giu nguyen vi tri", "co dinh", "pin", "pinned"],
    ),
    (Field::Markup, &["danh dau", "dinh dang chu", "markup"]),
];

/// Words that may stand before the letter or number of an option.
const OPTION_WORDS: &[&str] = &[
    "phuong an",
    "dap an",
    "lua chon",
    "cau tra loi",
    "tra loi",
    "pa",
    "y",
    "option",
    "answer",
    "choice",
    "opt",
];

/// What a column of that name holds.
pub(super) fn field_of(name: &str) -> Option<Field> {
    let folded = fold(name);
    if folded.is_empty() {
        return matches!(name.trim(), "#" | "№").then_some(Field::Number);
    }
    let known = NAMES.iter().find(|(_, names)| names.contains(&folded.as_str()));
    known.map(|(field, _)| *field).or_else(|| option_of(&folded))
}

/// "a", "phuong an a", "option 1".
fn option_of(folded: &str) -> Option<Field> {
    let (words, last) = folded.rsplit_once(' ').unwrap_or(("", folded));
    let byte = match last.as_bytes() {
        [byte] => *byte,
        _ => return glued(folded),
    };
    let place = match byte {
        b'a'..=b'h' => byte - b'a',
        // A number alone is no name: `1` may number anything.
        b'1'..=b'8' if !words.is_empty() => byte - b'1',
        _ => return None,
    };
    (words.is_empty() || OPTION_WORDS.contains(&words)).then_some(Field::Option(place))
}

/// "option1", "answer2".
fn glued(folded: &str) -> Option<Field> {
    let split = folded.len().checked_sub(1)?;
    let (word, digit) = folded.split_at_checked(split)?;
    let place = match digit.as_bytes() {
        [byte @ b'1'..=b'8'] => byte - b'1',
        _ => return None,
    };
    ["option", "answer", "choice", "pa", "opt"]
        .contains(&word)
        .then_some(Field::Option(place))
}

/// The texts of a row by their columns.
pub(super) type Texts = Vec<(u32, String)>;

/// The columns of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// What each column holds.
    pub(super) fields: BTreeMap<u32, Field>,
    /// Names that say nothing to us.
    pub(super) ignored: Texts,
    /// Columns with a name that an earlier one has.
    pub(super) twice: Vec<u32>,
    /// How many rows from the top the header ends at, itself included.
    pub(super) ends: usize,
}

impl Header {
    /// The column of a field.
    pub(super) fn column(&self, field: Field) -> Option<u32> {
        self.fields
            .iter()
            .find(|(_, found)| **found == field)
            .map(|(column, _)| *column)
    }

    /// Whether it makes a table of questions.
    pub(super) fn is_complete(&self) -> bool {
        self.missing().is_empty()
    }

    /// The names of the columns that a table of questions cannot do without.
    pub(super) fn missing(&self) -> Vec<String> {
        let options = self
            .fields
            .values()
            .filter(|field| matches!(field, Field::Option(_)))
            .count();
        let needed = [
            ("Câu hỏi", self.column(Field::Stem).is_some()),
            ("A, B, C, D", options >= 2),
            ("Đáp án", self.column(Field::Key).is_some()),
        ];
        needed
            .into_iter()
            .filter(|(_, there)| !there)
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    /// Whether two tables have the same columns.
    pub(super) fn same_shape(&self, other: &Self) -> bool {
        let fields = |header: &Self| -> Vec<Field> {
            let mut fields: Vec<Field> = header.fields.values().copied().collect();
            fields.sort_unstable();
            fields
        };
        fields(self) == fields(other)
    }

    /// How much of a table of questions it names.
    fn weight(&self) -> usize {
        let stem = usize::from(self.column(Field::Stem).is_some());
        let telling = |field: &&Field| !matches!(field, Field::Number | Field::Id);
        self.fields.values().filter(telling).count() + stem
    }
}

/// The header among the first rows of a sheet: the first complete one, else the row that comes nearest.
pub(super) fn find(rows: &[Texts]) -> Option<Header> {
    let mut best: Option<Header> = None;
    for (at, row) in rows.iter().enumerate().take(LOOKED_AT) {
        let mut header = read(row, None);
        header.ends = at + 1;
        if !header.is_complete()
            && let Some(below) = rows.get(at + 1)
        {
            // "Phương án" above "A", "B", "C", "D".
            let mut both = read(below, Some(row));
            both.ends = at + 2;
            if both.is_complete() && header.weight() > 0 {
                header = both;
            }
        }
        if header.is_complete() {
            return Some(header);
        }
        let beats = |best: &Header| header.weight() > best.weight();
        if header.weight() >= 2 && best.as_ref().is_none_or(beats) {
            best = Some(header);
        }
    }
    best
}

/// Names every column by a row, and what that leaves open by the row above.
fn read(row: &Texts, above: Option<&Texts>) -> Header {
    let mut header = Header::default();
    let upper = above
        .into_iter()
        .flatten()
        .filter(|(column, _)| row.iter().all(|(own, _)| own != column));
    let mut texts: Vec<&(u32, String)> = row.iter().chain(upper).collect();
    texts.sort_by_key(|(column, _)| *column);
    for (column, text) in texts {
        match field_of(text) {
            None => header.ignored.push((*column, text.clone())),
            Some(Field::Number) if header.column(Field::Number).is_some() => {}
            Some(field) if header.column(field).is_some() => header.twice.push(*column),
            Some(field) => drop(header.fields.insert(*column, field)),
        }
    }
    header
}

#[cfg(test)]
mod tests;
