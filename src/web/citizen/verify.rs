//! Whether a receipt code belongs to a submission: yes with round and time, or no.
//!
//! Owns the page; name, points and answers are never shown here.

use crate::app::App;
use crate::i18n::Lang;
use crate::keys;
use crate::store::attempt::ReceiptLine;
use crate::web::form::Form;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use crate::web::words::{round_name, say};
use crate::web::{WebError, format};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// What the page says of the code.
enum Answer {
    NotAsked,
    /// A submission matches: the sentence, and the contest it belongs to.
    Match(String, String),
    NoMatch,
}

#[derive(Template)]
#[template(path = "citizen/verify.html")]
struct VerifyPage {
    f: Frame,
    typed: String,
    answer: Answer,
}

/// `GET /xac-minh`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Page<impl Template> {
    Page(VerifyPage {
        f: Frame::new(&app, &visitor),
        typed: String::new(),
        answer: Answer::NotAsked,
    })
}

/// `POST /xac-minh`: a form, so that codes stay out of addresses and logs.
pub async fn check(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, WebError> {
    let typed = form.get("ma");
    let found = match keys::read_receipt(typed) {
        Some(code) => app.store.find_receipt(&code).await?,
        None => None,
    };
    let answer = found.map_or(Answer::NoMatch, |line| told(&app, visitor.display.lang, &line));
    let status = if matches!(answer, Answer::NoMatch) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let typed = typed.chars().take(40).collect();
    Ok((
        status,
        Page(VerifyPage {
            f: Frame::new(&app, &visitor),
            typed,
            answer,
        }),
    )
        .into_response())
}

fn told(app: &App, lang: Lang, line: &ReceiptLine) -> Answer {
    let catalog = app.catalog();
    let Some((contest, round)) = catalog.find_round(line.round) else {
        return Answer::NoMatch;
    };
    let at = format::exact(lang, line.finished_at);
    let sentence = say(
        lang,
        "verify-match",
        &[("round", &round_name(lang, round)), ("at", &at)],
    );
    Answer::Match(sentence, contest.definition.title.clone())
}
