//! Erasing one's own data: what happens is said first, then the password is asked again.
//!
//! Owns the two pages; what stands in the way is decided by `action::erase_own_data`.

use super::{address, failed, hold_words, log_in, no_store};
use crate::action::erase_own_data::erase_own_data;
use crate::action::own_data::OwnDataError;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::own_data::holds_erasure;
use crate::web::WebError;
use crate::web::citizen::place::InContest;
use crate::web::form::Form;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::{Visitor, current_participant};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

#[derive(Template)]
#[template(path = "citizen/own-data-erase.html")]
struct ErasePage {
    f: Frame,
    base: String,
    here: String,
    title: String,
    /// What stands in the way.
    held: Option<String>,
    /// The field and what is wrong.
    fault: Option<(&'static str, String)>,
    done: bool,
    hotline: Option<String>,
}

/// `GET …/xoa`
pub(super) async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
) -> Result<Response, WebError> {
    let Some(person) = current_participant(&app, &visitor, &contest).await? else {
        return Ok(log_in(&contest));
    };
    let facts = app
        .store
        .load_own_facts(contest.id, person.id, visitor.now)
        .await?;
    let mut page = page(&app, &visitor, &contest);
    page.held = holds_erasure(&facts).map(|hold| hold_words(visitor.display.lang, &contest, &hold));
    Ok(no_store(Page(page)))
}

/// `POST …/xoa`
pub(super) async fn erase(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    form: Form,
) -> Result<Response, WebError> {
    let Some(person) = current_participant(&app, &visitor, &contest).await? else {
        return Ok(log_in(&contest));
    };
    let mut page = page(&app, &visitor, &contest);
    if !form.has("sure") {
        page.fault = Some(("sure", page.f.t("own-data-erase-unsure")));
        return Ok(no_store((StatusCode::UNPROCESSABLE_ENTITY, Page(page))));
    }
    match erase_own_data(&app, visitor.now, &contest, person.id, form.get("password")).await {
        Ok(()) => {
            page.done = true;
            let jar = CookieJar::new().add(visitor.logout_cookie(contest.id));
            Ok((jar, no_store(Page(page))).into_response())
        }
        Err(OwnDataError::Held(hold)) => {
            page.held = Some(hold_words(visitor.display.lang, &contest, &hold));
            Ok(no_store((StatusCode::CONFLICT, Page(page))))
        }
        Err(OwnDataError::WrongPassword) => {
            page.fault = Some(("password", page.f.t("own-data-erase-wrong")));
            Ok(no_store((StatusCode::UNPROCESSABLE_ENTITY, Page(page))))
        }
        Err(error) => Err(failed(error)),
    }
}

fn page(app: &App, visitor: &Visitor, contest: &Contest) -> ErasePage {
    ErasePage {
        f: Frame::of(app, visitor, contest),
        base: format!("/cuoc-thi/{}", contest.definition.slug),
        here: address(contest),
        title: contest.definition.title.clone(),
        held: None,
        fault: None,
        done: false,
        hotline: contest.definition.hotline.clone(),
    }
}
