//! One's own data in a contest: all that is kept, a copy to take away, correcting, consent, erasing.
//!
//! Owns the steps and their addresses; the readable page is `page`'s, the copy `file`'s, and what may be done when is
//! decided by `action::own_data` and its neighbours. Nothing personal is in an address.

mod erase;
pub(in crate::web) mod file;
mod page;
mod records;

use super::place::InContest;
use crate::action::correct_own_data::{CorrectionInput, change_consent_publish, correct_own_data};
use crate::action::own_data::{OwnDataError, own_data};
use crate::action::own_records::take_own_data;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::own_data::Hold;
use crate::i18n::{self, Lang};
use crate::web::WebError;
use crate::web::form::Form;
use crate::web::format;
use crate::web::visitor::{Visitor, current_participant};
use crate::web::words::{list, round_name, say};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use page::Told;

/// Every address about one's own data.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/cuoc-thi/{contest}/du-lieu-cua-toi", get(show))
        .route("/cuoc-thi/{contest}/du-lieu-cua-toi/tai", post(take))
        .route("/cuoc-thi/{contest}/du-lieu-cua-toi/sua", post(correct))
        .route("/cuoc-thi/{contest}/du-lieu-cua-toi/neu-ten", post(consent))
        .route(
            "/cuoc-thi/{contest}/du-lieu-cua-toi/xoa",
            get(erase::ask).post(erase::erase),
        )
}

/// Address of the page of a contest.
fn address(contest: &Contest) -> String {
    format!("/cuoc-thi/{}/du-lieu-cua-toi", contest.definition.slug)
}

/// The way to log in, and back here.
fn log_in(contest: &Contest) -> Response {
    let slug = &contest.definition.slug;
    let way = format!("/cuoc-thi/{slug}/dang-nhap?tiep={}", address(contest));
    Redirect::to(&way).into_response()
}

/// `GET …/du-lieu-cua-toi`
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
) -> Result<Response, WebError> {
    page(&app, &visitor, &contest, (StatusCode::OK, Told::Nothing)).await
}

/// The page, with what has just been done or refused.
async fn page(
    app: &App,
    visitor: &Visitor,
    contest: &Contest,
    (status, told): (StatusCode, Told),
) -> Result<Response, WebError> {
    let Some(person) = current_participant(app, visitor, contest).await? else {
        return Ok(log_in(contest));
    };
    match own_data(app, visitor.now, contest, person.id).await {
        Ok(own) => Ok(no_store((status, page::view(app, visitor, contest, &own, &told)))),
        Err(error) => Err(failed(error)),
    }
}

/// `POST …/tai`: a form, because every copy is logged.
async fn take(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    _form: Form,
) -> Result<Response, WebError> {
    let Some(person) = current_participant(&app, &visitor, &contest).await? else {
        return Ok(log_in(&contest));
    };
    let own = take_own_data(&app, visitor.now, &contest, person.id)
        .await
        .map_err(failed)?;
    let name = format!("attachment; filename=\"{}.json\"", contest.definition.slug);
    let headers = [
        (CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    let lang = visitor.display.lang;
    Ok((headers, file::json(lang, &contest, visitor.now, &own)).into_response())
}

/// `POST …/sua`
async fn correct(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    form: Form,
) -> Result<Response, WebError> {
    let Some(person) = current_participant(&app, &visitor, &contest).await? else {
        return Ok(log_in(&contest));
    };
    let input = input(&contest, &form);
    let told = match correct_own_data(&app, visitor.now, &contest, person.id, &input).await {
        Ok(changed) if changed.is_empty() => (StatusCode::OK, Told::Unchanged),
        Ok(_) => (StatusCode::OK, Told::Corrected),
        Err(OwnDataError::Held(hold)) => (StatusCode::CONFLICT, Told::Held(hold)),
        Err(OwnDataError::Fields(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, Told::Faults(input, faults)),
        Err(error) => return Err(failed(error)),
    };
    page(&app, &visitor, &contest, told).await
}

/// `POST …/neu-ten`: the consent to be named, given or taken back.
async fn consent(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    form: Form,
) -> Result<Response, WebError> {
    let Some(person) = current_participant(&app, &visitor, &contest).await? else {
        return Ok(log_in(&contest));
    };
    let may = form.get("consent_publish") == "yes";
    let told = match change_consent_publish(&app, visitor.now, &contest, person.id, may).await {
        Ok(()) => (StatusCode::OK, Told::Consent(may)),
        Err(OwnDataError::Held(hold)) => (StatusCode::CONFLICT, Told::Held(hold)),
        Err(error) => return Err(failed(error)),
    };
    page(&app, &visitor, &contest, told).await
}

/// What was typed, of the fields that the contest asks for.
fn input(contest: &Contest, form: &Form) -> CorrectionInput {
    let asked = |field: Field| {
        if contest.definition.fields.asks(field) {
            form.get(field.name()).to_owned()
        } else {
            String::new()
        }
    };
    CorrectionInput {
        full_name: form.get(Field::FullName.name()).to_owned(),
        national_id: asked(Field::NationalId),
        sex: asked(Field::Sex),
        email: asked(Field::Email),
        address: asked(Field::Address),
        class: asked(Field::Class),
        guardian_name: form.get(Field::GuardianName.name()).to_owned(),
    }
}

/// What stands in the way, and what to do about it.
fn hold_words(lang: Lang, contest: &Contest, hold: &Hold) -> String {
    match hold {
        Hold::Running(deadline) => say(lang, "own-data-running", &[("at", &format::clock(*deadline))]),
        Hold::Judging(round) => {
            let round = round.and_then(|id| contest.rounds.iter().find(|round| round.id == id));
            match round {
                Some(round) => say(lang, "own-data-judging", &[("round", &round_name(lang, round))]),
                None => i18n::text(lang, "own-data-judging-all", &[]),
            }
        }
        Hold::Prize(names) => say(lang, "own-data-prize", &[("prizes", &list(names))]),
    }
}

fn failed(error: OwnDataError) -> WebError {
    match error {
        OwnDataError::Gone => WebError::NotFound,
        OwnDataError::TooMany(wait) => WebError::TooMany(wait),
        OwnDataError::Failed(failure) => failure.into(),
        // Each step tells these itself; one that arrives here was forgotten there.
        OwnDataError::Held(_) | OwnDataError::WrongPassword | OwnDataError::Fields(_) => {
            WebError::internal("a refusal about own data was not told")
        }
    }
}

/// A page with personal data, kept by no cache at all.
fn no_store(page: impl IntoResponse) -> Response {
    let mut response = page.into_response();
    response
        .headers_mut()
        .insert(CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    response
}
