//! Whether a certificate is genuine and still stands: the page that its QR code leads to.
//!
//! Owns the page. A code cannot be guessed (80 bits of a keyed hash), so whoever has one has seen the paper; still the page
//! shows no more than the winner agreed to publish.

use crate::app::App;
use crate::domain::participant::FullName;
use crate::i18n::Lang;
use crate::keys;
use crate::store::certificate::FoundCertificate;
use crate::web::form::Form;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use crate::web::words::{Link, round_name, say};
use crate::web::{WebError, format};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// What the page says of the code.
enum Answer {
    NotAsked,
    NoMatch,
    /// Genuine, and nothing more may be said yet.
    Waiting(String),
    /// It was given and is no longer.
    Withdrawn(String, Link),
    Stands(Standing),
}

struct Standing {
    contest: String,
    fact: String,
    initials: bool,
    results: Link,
}

#[derive(Template)]
#[template(path = "citizen/certificate.html")]
struct CertificatePage {
    f: Frame,
    typed: String,
    answer: Answer,
}

/// `GET /chung-nhan`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Page<impl Template> {
    Page(CertificatePage {
        f: Frame::new(&app, &visitor),
        typed: String::new(),
        answer: Answer::NotAsked,
    })
}

/// `POST /chung-nhan`: leads to the address that the QR code has.
pub async fn find(State(app): State<App>, visitor: Visitor, form: Form) -> Response {
    match keys::read_certificate(form.get("ma")) {
        Some(code) => Redirect::to(&crate::document::official::check_path(&code)).into_response(),
        None => no_match(&app, &visitor, form.get("ma")),
    }
}

/// `GET /chung-nhan/{code}`
pub async fn check(
    State(app): State<App>,
    visitor: Visitor,
    Path(typed): Path<String>,
) -> Result<Response, WebError> {
    let found = match keys::read_certificate(&typed) {
        Some(code) => app.store.find_certificate(&code).await?,
        None => None,
    };
    let Some(answer) = found.and_then(|found| told(&app, visitor.display.lang, &found)) else {
        return Ok(no_match(&app, &visitor, &typed));
    };
    Ok(Page(CertificatePage {
        f: Frame::new(&app, &visitor),
        typed: String::new(),
        answer,
    })
    .into_response())
}

fn no_match(app: &App, visitor: &Visitor, typed: &str) -> Response {
    let page = CertificatePage {
        f: Frame::new(app, visitor),
        typed: typed.chars().take(40).collect(),
        answer: Answer::NoMatch,
    };
    (StatusCode::NOT_FOUND, Page(page)).into_response()
}

fn told(app: &App, lang: Lang, found: &FoundCertificate) -> Option<Answer> {
    let catalog = app.catalog();
    let contest = catalog.find_id(found.contest)?;
    let title = contest.definition.title.clone();
    if !found.published || (found.awaited && !found.stands) {
        return Some(Answer::Waiting(title));
    }
    let path = format!("/cuoc-thi/{}/ket-qua", contest.definition.slug);
    let results = Link::new(path, say(lang, "certificate-results", &[]));
    if !found.stands {
        return Some(Answer::Withdrawn(title, results));
    }
    let name = if found.consent_publish {
        found.full_name.clone()
    } else {
        FullName::parse(&found.full_name).map_or_else(|_| "…".to_owned(), |name| name.initials())
    };
    let at = format::exact(lang, found.issued_at);
    let prize = found.prize_name.as_str();
    let round = found
        .round
        .and_then(|id| contest.rounds.iter().find(|round| round.id == id));
    let fact = match round {
        Some(round) => say(
            lang,
            "certificate-fact-round",
            &[
                ("prize", prize),
                ("round", &round_name(lang, round)),
                ("name", &name),
                ("at", &at),
            ],
        ),
        None => say(
            lang,
            "certificate-fact-contest",
            &[("prize", prize), ("name", &name), ("at", &at)],
        ),
    };
    Some(Answer::Stands(Standing {
        contest: title,
        fact,
        initials: !found.consent_publish,
        results,
    }))
}
