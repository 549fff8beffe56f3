//! Taking a question out of a set: why, what it does, and saving the set without it as a new version.
//!
//! Owns three steps of one journey; judging is `action::edit_question`'s, saving `action::load_question_set`'s. Nothing is
//! deleted: older versions keep the question, and whatever was drawn from them stays.

use super::desk::{Desk, Section, Side};
use super::edit_form::{MAX_REASON, lines};
use super::edit_place::{Names, Place};
use super::edit_review::{Reviewed, Words, review_page, title_of, wants_reason};
use super::effect::{Notice, overtaken};
use super::question::usage_of;
use super::set_view::{FaultRow, QuestionCard, card};
use crate::action::edit_question::{Edit, Review, Wish, review_edit};
use crate::action::load_question_set::{LoadSetError, load_question_set};
use crate::bank::Preview;
use crate::domain::question::SetVersion;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "console/remove.html")]
struct RemovePage {
    f: Frame,
    c: Side,
    back: String,
    set: String,
    id: String,
    base: String,
    card: QuestionCard,
    usage: String,
    wants_reason: bool,
    reason: String,
    errors: Vec<String>,
    faults: Vec<FaultRow>,
    notices: Vec<Notice>,
}

fn page(place: &Place, status: StatusCode, reason: String, words: Words) -> Result<Response, WebError> {
    let (desk, contest) = (&place.desk, &place.contest);
    let found = place.current()?;
    let key = found.keyed.key.cloned().unwrap_or_default();
    let shown = RemovePage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Bank),
        back: place.path(),
        set: title_of(contest, &place.set),
        id: place.question.0.clone(),
        base: found.version.0.clone(),
        card: card(desk, &Preview::of_whole(found.place, found.keyed.question, &key)),
        usage: usage_of(desk, contest, &place.set, found.keyed.question),
        wants_reason: wants_reason(desk, contest, &place.set),
        reason,
        errors: words.errors,
        faults: words.faults,
        notices: words.notices,
    };
    Ok((status, Page(shown)).into_response())
}

fn refused(place: &Place, reason: String, words: Words) -> Result<Response, WebError> {
    page(place, StatusCode::UNPROCESSABLE_ENTITY, reason, words)
}

/// The question and the form for a reason; it shows the key, so the look is recorded.
pub async fn form(desk: Desk, names: Names) -> Result<Response, WebError> {
    let place = Place::of(desk, names)?;
    place.current()?;
    place.note_key_seen().await?;
    page(&place, StatusCode::OK, String::new(), Words::default())
}

/// Shows what taking it out does.
pub async fn review(desk: Desk, names: Names, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    let place = Place::of(desk, names)?;
    let found = place.current()?;
    let reason = lines(form.get("reason"));
    let desk = &place.desk;
    let say = |key: &str| Words::of(desk.say(key, &[]));
    if reason.chars().count() > MAX_REASON {
        return refused(&place, reason, say("console-reason-too-long"));
    }
    let edit = Edit {
        set: place.set.clone(),
        base: SetVersion(form.get("base").chars().take(64).collect()),
        files: Vec::new(),
        wish: Wish::Remove(place.question.clone()),
        reason: Some(reason.clone()).filter(|reason| !reason.is_empty()),
    };
    match review_edit(&desk.app, desk.now(), &desk.staff, &place.contest, &edit).await? {
        Review::Gone | Review::NameTaken => Err(WebError::NotFound),
        Review::Overtaken(step) => {
            let words = Words::of(overtaken(desk, "desk-edit-overtaken", &step));
            page(&place, StatusCode::CONFLICT, reason, words)
        }
        Review::Unchanged => refused(&place, reason, say("desk-edit-unchanged")),
        Review::Refused(why) => {
            let words = Words::refusal(desk, &place.contest, &why);
            refused(&place, reason, words)
        }
        Review::Ready(ready) => {
            let reviewed = Reviewed {
                title: desk.say("bank-remove-title", &[]),
                back: format!("{}/bot", place.path()),
                action: format!("{}/bot/luu", place.path()),
                id: &place.question.0,
                before: Some(found.keyed),
                reason,
            };
            Ok(review_page(desk, &place.contest, reviewed, *ready))
        }
    }
}

/// Saves the set without the question.
pub async fn save(desk: Desk, names: Names, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    let mut place = Place::of(desk, names)?;
    let desk = &place.desk;
    let token = form.get("checked");
    match load_question_set(&desk.app, desk.now(), &desk.staff, &place.contest, token).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?sua=remove", place.path())).into_response()),
        Err(LoadSetError::Failed(failure)) => Err(failure.into()),
        Err(LoadSetError::Overtaken(step, upload)) => {
            // The other instance's change may not have reached the snapshot of this one.
            desk.app.refresh_catalog().await.map_err(WebError::from)?;
            let words = Words::of(overtaken(desk, "desk-edit-overtaken", &step));
            place.contest = desk.contest(&place.contest.definition.slug)?;
            let reason = upload.edit.and_then(|edit| edit.reason).unwrap_or_default();
            page(&place, StatusCode::CONFLICT, reason, words)
        }
        Err(LoadSetError::Expired | LoadSetError::Short(_)) => {
            let words = Words::of(desk.say("desk-edit-expired", &[]));
            refused(&place, String::new(), words)
        }
    }
}
