//! The consent to be named, given or withdrawn by the person on the page of the own attempts.
//!
//! Owns one form; what a choice does is `action::choose_naming`'s.

use super::place::InContest;
use crate::action::choose_naming::{NamingError, choose_naming};
use crate::app::App;
use crate::web::WebError;
use crate::web::form::Form;
use crate::web::visitor::{Visitor, current_participant};
use axum::extract::State;
use axum::response::Redirect;

/// `POST /cuoc-thi/{contest}/neu-ten`
pub async fn choose(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    form: Form,
) -> Result<Redirect, WebError> {
    let back = || Redirect::to("/bai-thi");
    let Some(person) = current_participant(&app, &visitor, &contest).await? else {
        return Ok(back());
    };
    let agrees = form.get("dong-y") == "co";
    match choose_naming(&app, visitor.now, &contest, person.id, agrees).await {
        // A page that offers it to somebody under 16 was not ours; what is kept stays and is shown.
        Ok(()) | Err(NamingError::Minor) => Ok(back()),
        Err(NamingError::Unknown) => Err(WebError::NotFound),
        Err(NamingError::Failed(failure)) => Err(failure.into()),
    }
}
