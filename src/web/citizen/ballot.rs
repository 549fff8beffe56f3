//! The ballot of a delegate, opened with a one-time code and without an account: choose, look again, cast.
//!
//! Every step is a form, so that neither code nor choice stands in an address or a log, and no answer is kept by a browser.

use crate::action::cast_ballot::{BallotError, OpenBallot, cast_ballot, find_ballot, read_marks};
use crate::app::App;
use crate::domain::emulation::ballot::{Ballot, Validity};
use crate::domain::emulation::vote::VoteState;
use crate::i18n::text;
use crate::web::WebError;
use crate::web::form::Form;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use askama::Template;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

#[derive(Template)]
#[template(path = "citizen/ballot.html")]
struct BallotPage {
    f: Frame,
    stage: Stage,
    error: Option<String>,
}

/// How far a delegate is.
enum Stage {
    Code,
    Choose(BallotView),
    Review(BallotView),
    Done(String),
}

struct BallotView {
    code: String,
    cluster: String,
    title: String,
    name: String,
    seats: u16,
    /// Place, name, marked.
    units: Vec<(u16, String, bool)>,
    blank: bool,
    invalid: bool,
}

/// `GET /bo-phieu`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    answer(&app, &visitor, StatusCode::OK, Stage::Code, None)
}

/// `POST /bo-phieu`
pub async fn step(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, WebError> {
    match taken(&app, &visitor, &form).await {
        Ok(stage) => Ok(answer(&app, &visitor, StatusCode::OK, stage, None)),
        Err(error) => {
            let (status, message) = refusal(&visitor, error)?;
            Ok(answer(&app, &visitor, status, Stage::Code, Some(message)))
        }
    }
}

/// Takes the step that the form asks for.
async fn taken(app: &App, visitor: &Visitor, form: &Form) -> Result<Stage, BallotError> {
    let open = find_ballot(app, &visitor.visit, form.get("ma")).await?;
    let marks: Option<Vec<u16>> = form.all("chon").map(|mark| mark.parse().ok()).collect();
    let ballot = read_marks(&open.vote, &marks.ok_or(BallotError::Marks)?)?;
    match form.get("buoc") {
        "bo" => {
            cast_ballot(app, &open, ballot).await?;
            Ok(Stage::Done(open.vote.title))
        }
        "xem" => Ok(Stage::Review(view(app, &open, &ballot).await?)),
        _ => Ok(Stage::Choose(view(app, &open, &ballot).await?)),
    }
}

async fn view(app: &App, open: &OpenBallot, ballot: &Ballot) -> Result<BallotView, BallotError> {
    let cluster = app.store.find_cluster(open.vote.cluster).await?;
    let marked: Vec<u16> = ballot.marks().collect();
    let validity = ballot.validity(open.vote.rules.seats);
    let units = (1_u16..).zip(&open.vote.candidates);
    Ok(BallotView {
        code: open.code.clone(),
        cluster: cluster.map(|cluster| cluster.definition.name).unwrap_or_default(),
        title: open.vote.title.clone(),
        name: open.delegate.name.clone(),
        seats: open.vote.rules.seats,
        units: units
            .map(|(place, (_, name))| (place, name.clone(), marked.contains(&place)))
            .collect(),
        blank: validity == Validity::Blank,
        invalid: validity == Validity::Invalid,
    })
}

fn refusal(visitor: &Visitor, error: BallotError) -> Result<(StatusCode, String), WebError> {
    let key = match error {
        BallotError::Unknown => "ballot-unknown",
        BallotError::Used => "ballot-used",
        BallotError::Closed(VoteState::Stopped | VoteState::Closed) => "ballot-over",
        BallotError::Closed(VoteState::Cancelled) => "ballot-cancelled",
        BallotError::Closed(VoteState::Prepared | VoteState::Open) => "ballot-not-open",
        BallotError::Marks => return Err(WebError::BadForm),
        BallotError::TooMany(wait) => return Err(WebError::TooMany(wait)),
        BallotError::Failed(failure) => return Err(failure.into()),
    };
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        text(visitor.display.lang, key, &[]),
    ))
}

fn answer(app: &App, visitor: &Visitor, status: StatusCode, stage: Stage, error: Option<String>) -> Response {
    let page = BallotPage {
        f: Frame::new(app, visitor),
        stage,
        error,
    };
    let mut response = (status, Page(page)).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
