//! Editing a question: the form, what the edit changes, and saving it as a new version of its set.
//!
//! Owns three steps of one journey; judging is `action::edit_question`'s, saving `action::load_question_set`'s. Whoever comes
//! second is told what the first did, and keeps what was typed.

use super::desk::{Desk, Section, Side};
use super::diff_view::{DiffCard, diff_card, stored};
use super::edit_form::{Typed, levels};
use super::edit_media::{kept_again, rebased, take_in};
use super::edit_place::{Names, Place};
use super::edit_review::{Reviewed, Words, review_page, title_of, wants_reason};
use super::edit_sent::QuestionForm;
use super::effect::{Notice, overtaken};
use super::question::Found;
use super::set_view::FaultRow;
use crate::action::edit_question::{Ready, Review, review_edit};
use crate::action::load_question_set::{LoadSetError, load_question_set, set_of};
use crate::domain::media::Media;
use crate::domain::question::SetVersion;
use crate::domain::set_diff::{Changed, Keyed};
use crate::store::set_history::SetStep;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "console/edit.html")]
struct EditPage {
    f: Frame,
    c: Side,
    back: String,
    set: String,
    id: String,
    typed: Typed,
    levels: Vec<(&'static str, String, bool)>,
    wants_reason: bool,
    errors: Vec<String>,
    faults: Vec<FaultRow>,
    notices: Vec<Notice>,
    others: Option<DiffCard>,
}

impl Place {
    /// What a version of the question shows; nothing where it is not there.
    fn media_at(&self, version: &SetVersion) -> &[Media] {
        let set = self.contest.keyed_set(version).map(|keyed| keyed.set);
        let question = set.and_then(|set| set.find(&self.question));
        question.map_or(&[][..], |question| question.media.as_slice())
    }

    fn form(&self, typed: Typed, words: Words) -> EditPage {
        let (desk, contest) = (&self.desk, &self.contest);
        EditPage {
            f: desk.frame_of(contest),
            c: desk.side(Section::Bank),
            back: self.path(),
            set: title_of(contest, &self.set),
            id: self.question.0.clone(),
            levels: levels(desk, &typed.level),
            wants_reason: wants_reason(desk, contest, &self.set),
            typed,
            errors: words.errors,
            faults: words.faults,
            notices: words.notices,
            others: words.others,
        }
    }

    fn refused(&self, typed: Typed, words: Words) -> Response {
        let page = self.form(typed, words);
        (StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response()
    }

    /// Somebody was faster: their change is shown, and the form starts from it with what was typed.
    fn second(&self, mut typed: Typed, step: &SetStep) -> Result<Response, WebError> {
        let base = SetVersion(std::mem::take(&mut typed.base));
        let Found {
            version: head,
            keyed: now,
            ..
        } = self.current()?;
        let before = self
            .contest
            .keyed_set(&base)
            .and_then(|set| set.find(&self.question));
        typed.base = head.0.clone();
        typed.boxes = rebased(typed.boxes, &now.question.media);
        let changed = Changed {
            before,
            after: Some(now),
        };
        let touched = before.is_some() && before != Some(now);
        let words = Words {
            errors: vec![overtaken(&self.desk, "desk-edit-overtaken", step)],
            others: touched.then(|| diff_card(&self.desk, &changed, &stored)),
            ..Words::default()
        };
        let page = self.form(typed, words);
        Ok((StatusCode::CONFLICT, Page(page)).into_response())
    }

    fn review(&self, typed: &Typed, before: Keyed<'_>, ready: Ready) -> Response {
        let reviewed = Reviewed {
            title: self.desk.say("desk-edit", &[]),
            back: format!("{}/sua", self.path()),
            action: format!("{}/luu", self.path()),
            id: &self.question.0,
            before: Some(before),
            reason: typed.reason.clone(),
        };
        review_page(&self.desk, &self.contest, reviewed, ready)
    }
}

/// The form; it shows the key, so the look is recorded.
pub async fn form(desk: Desk, names: Names) -> Result<Response, WebError> {
    let place = Place::of(desk, names)?;
    let found = place.current()?;
    let typed = Typed::of(found.version, found.keyed);
    place.note_key_seen().await?;
    Ok(Page(place.form(typed, Words::default())).into_response())
}

/// Judges what was typed and shows what it changes.
pub async fn review(desk: Desk, names: Names, sent: QuestionForm) -> Result<Response, WebError> {
    let place = Place::of(desk, names)?;
    let mut typed = Typed::read(&sent.form);
    let stored = place.current()?.keyed;
    let desk = &place.desk;
    let base = place.media_at(&SetVersion(typed.base.clone()));
    let mut came = take_in(desk, &place.contest, base, &mut typed, sent).await?;
    if let Some((status, words)) = came.stop {
        return Ok((status, Page(place.form(typed, words))).into_response());
    }
    let say = |key: &str| Words::of(desk.say(key, &[]));
    if let Some(key) = typed.fault() {
        return Ok(place.refused(typed, say(key)));
    }
    let edit = typed.edit(&place.set, stored.question, &mut came);
    match review_edit(&desk.app, desk.now(), &desk.staff, &place.contest, &edit).await? {
        Review::Gone | Review::NameTaken => Err(WebError::NotFound),
        Review::Overtaken(step) => place.second(typed, &step),
        Review::Unchanged => Ok(place.refused(typed, say("desk-edit-unchanged"))),
        Review::Refused(refused) => {
            let words = Words::refusal(desk, &place.contest, &refused);
            Ok(place.refused(typed, words))
        }
        Review::Ready(mut ready) => {
            ready.warnings.append(&mut came.warnings);
            Ok(place.review(&typed, stored, *ready))
        }
    }
}

/// Saves what was reviewed.
pub async fn save(desk: Desk, names: Names, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    let mut place = Place::of(desk, names)?;
    let desk = &place.desk;
    let token = form.get("checked");
    match load_question_set(&desk.app, desk.now(), &desk.staff, &place.contest, token).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?sua=1", place.path())).into_response()),
        Err(LoadSetError::Failed(failure)) => Err(failure.into()),
        Err(LoadSetError::Overtaken(step, upload)) => {
            // The other instance's change may not have reached the snapshot of this one.
            desk.app.refresh_catalog().await.map_err(WebError::from)?;
            let set = set_of(&upload)?;
            let question = set.set.find(&place.question).ok_or(WebError::NotFound)?;
            let keyed = Keyed {
                question,
                key: set.key.0.get(&place.question),
            };
            let base = upload.base.ok_or(WebError::BadForm)?;
            let mut typed = Typed::of(&base, keyed);
            typed.reason = upload.edit.and_then(|edit| edit.reason).unwrap_or_default();
            let shown = (place.media_at(&base), question.media.as_slice());
            typed.boxes = kept_again(desk, &place.contest, token, shown.0, shown.1).await?;
            place.contest = desk.contest(&place.contest.definition.slug)?;
            place.second(typed, &step)
        }
        Err(LoadSetError::Expired | LoadSetError::Short(_)) => {
            let found = place.current()?;
            let words = Words::of(desk.say("desk-edit-expired", &[]));
            Ok(place.refused(Typed::of(found.version, found.keyed), words))
        }
    }
}
