//! Help: ten questions that people really ask, and whom to call.
//!
//! Owns the order of the questions; the words are in the message files.

use crate::app::App;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use askama::Template;
use axum::extract::State;

/// The questions by the name used in addresses and message keys.
const QUESTIONS: [&str; 10] = [
    "mat-khau",
    "dung-chung",
    "mat-mang",
    "don-vi",
    "ho-ten",
    "doc-to",
    "goi-trao-giai",
    "duoi-16",
    "ket-qua",
    "xoa-du-lieu",
];

#[derive(Template)]
#[template(path = "citizen/help.html")]
struct HelpPage {
    f: Frame,
    questions: [&'static str; 10],
    /// Organiser and telephone of each contest that gives one.
    lines: Vec<(String, String)>,
}

/// `GET /tro-giup`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Page<impl Template> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for contest in app.catalog().contests() {
        let line = contest
            .definition
            .hotline
            .clone()
            .map(|hotline| (contest.definition.organiser.clone(), hotline));
        lines.extend(line.filter(|line| !lines.contains(line)));
    }
    Page(HelpPage {
        f: Frame::new(&app, &visitor),
        questions: QUESTIONS,
        lines,
    })
}
