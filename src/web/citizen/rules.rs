//! The rules: a summary made from the settings, then the organiser's own text.
//!
//! Owns the page alone; the sentences are `rules_text`'s, the text `markdown`'s.

use super::place::InContest;
use crate::app::App;
use crate::web::frame::{Frame, Page};
use crate::web::rules_text::{self, Rule};
use crate::web::visitor::Visitor;
use crate::web::{WebError, markdown};
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "citizen/rules.html")]
struct RulesPage {
    f: Frame,
    base: String,
    title: String,
    rules: Vec<Rule>,
    own: Option<String>,
}

/// `GET /cuoc-thi/{contest}/the-le`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
) -> Result<Page<impl Template>, WebError> {
    Ok(Page(RulesPage {
        f: Frame::of(&app, &visitor, &contest),
        base: format!("/cuoc-thi/{}", contest.definition.slug),
        title: contest.definition.title.clone(),
        rules: rules_text::rules(visitor.display.lang, &contest),
        own: contest.definition.rules.as_deref().map(markdown::render),
    }))
}
