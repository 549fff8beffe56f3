//! The form of a page, ready to print: boxes with their labels, hints, choices and faults, rows with their buttons.
//!
//! Owns what is printed; it is made by `maker`.

use super::faults::FaultView;

/// A box.
#[derive(Debug, Clone)]
pub struct BoxView {
    /// Where links lead to.
    pub id: String,
    /// Its name in the form: its path in the file.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What to write into it.
    pub hint: Option<String>,
    /// `line`, `area` or `pick`.
    pub widget: &'static str,
    /// What it holds.
    pub value: String,
    /// What may be picked.
    pub choices: Vec<Choice>,
    /// Width.
    pub class: &'static str,
    /// A number is typed.
    pub numeric: bool,
    /// Lines of a larger box.
    pub lines: u8,
    /// What is wrong with it.
    pub faults: Vec<FaultView>,
}

/// A word to pick.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// It is the one.
    pub on: bool,
}

/// A button.
#[derive(Debug, Clone)]
pub struct Button {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// What it is about, for those who do not see the row around it.
    pub about: String,
}

/// A row.
#[derive(Debug, Clone)]
pub struct RowView {
    /// Where links lead to.
    pub id: String,
    /// "Giải 2".
    pub title: String,
    /// A remark under the title.
    pub note: Option<String>,
    /// Its boxes.
    pub boxes: Vec<BoxView>,
    /// Rows inside the row.
    pub lists: Vec<ListView>,
    /// What can be done with the row.
    pub buttons: Vec<Button>,
    /// A page with more about it.
    pub link: Option<(String, String)>,
    /// What is wrong with the row as a whole.
    pub faults: Vec<FaultView>,
}

/// Rows of one kind.
#[derive(Debug, Clone)]
pub struct ListView {
    /// What they are.
    pub legend: String,
    /// Said where there are none.
    pub empty: String,
    /// The rows.
    pub rows: Vec<RowView>,
    /// Adds one.
    pub add: Button,
}

/// Boxes and rows under one heading.
#[derive(Debug, Clone)]
pub struct GroupView {
    /// The heading.
    pub legend: String,
    /// What there is to know.
    pub note: String,
    /// Boxes.
    pub boxes: Vec<BoxView>,
    /// Rows.
    pub lists: Vec<ListView>,
}

/// A fault in a list of all faults of a page.
#[derive(Debug, Clone)]
pub struct SummaryLine {
    /// The element it leads to.
    pub id: String,
    /// "Giải 2, Tên giải".
    pub at: String,
    /// What is wrong there.
    pub fault: FaultView,
}

/// The element that a path is shown as.
pub fn element(path: &str) -> String {
    format!("o-{}", path.replace(['.', ':', '_'], "-"))
}

/// The faults of groups in the order of the page.
pub fn fault_lines(groups: &[GroupView]) -> Vec<SummaryLine> {
    let mut lines = Vec::new();
    for group in groups {
        box_lines(&group.boxes, "", &mut lines);
        list_lines(&group.lists, "", &mut lines);
    }
    lines
}

fn joined(above: &str, own: &str) -> String {
    match above {
        "" => own.to_owned(),
        above => format!("{above}, {own}"),
    }
}

fn box_lines(boxes: &[BoxView], above: &str, lines: &mut Vec<SummaryLine>) {
    for one in boxes {
        lines.extend(one.faults.iter().map(|fault| SummaryLine {
            id: one.id.clone(),
            at: joined(above, &one.label),
            fault: fault.clone(),
        }));
    }
}

fn list_lines(lists: &[ListView], above: &str, lines: &mut Vec<SummaryLine>) {
    for row in lists.iter().flat_map(|list| &list.rows) {
        let title = joined(above, &row.title);
        lines.extend(row.faults.iter().map(|fault| SummaryLine {
            id: row.id.clone(),
            at: title.clone(),
            fault: fault.clone(),
        }));
        box_lines(&row.boxes, &title, lines);
        list_lines(&row.lists, &title, lines);
    }
}
