//! Adding a question to a set: the form, what it becomes, and saving it at the end of a new version.
//!
//! Owns three steps of one journey; judging is `action::edit_question`'s, saving `action::load_question_set`'s. Whoever comes
//! second is told what the first did, and keeps what was typed.

use super::bank::history_path;
use super::desk::{Desk, Section, Side, contest_path};
use super::edit_form::{Typed, levels};
use super::edit_media::{kept_again, rebased, take_in};
use super::edit_review::{Reviewed, Words, review_page, title_of, wants_reason};
use super::edit_sent::QuestionForm;
use super::effect::{Notice, overtaken};
use super::question::question_path;
use super::set_view::FaultRow;
use crate::action::edit_question::{Review, free_name, review_edit};
use crate::action::load_question_set::{LoadSetError, load_question_set, set_of};
use crate::domain::catalog::Contest;
use crate::domain::question::{QuestionId, SetId, SetVersion};
use crate::domain::set_diff::Keyed;
use crate::domain::staff::Right;
use crate::session::upload::Upload;
use crate::store::set_history::SetStep;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "console/add.html")]
struct AddPage {
    f: Frame,
    c: Side,
    back: String,
    action: String,
    set: String,
    id: String,
    typed: Typed,
    levels: Vec<(&'static str, String, bool)>,
    wants_reason: bool,
    errors: Vec<String>,
    faults: Vec<FaultRow>,
    notices: Vec<Notice>,
}

/// A set at hand.
struct Place {
    desk: Desk,
    contest: Arc<Contest>,
    set: SetId,
}

/// The path of every step.
type Names = Path<(String, String)>;

impl Place {
    fn of(desk: Desk, Path((slug, set)): Names) -> Result<Self, WebError> {
        desk.require(Right::LoadSets)?;
        let contest = desk.contest(&slug)?;
        Ok(Self {
            desk,
            contest,
            set: SetId(set),
        })
    }

    /// The newest version of the set.
    fn head(&self) -> Result<&SetVersion, WebError> {
        self.contest.heads.get(&self.set).ok_or(WebError::NotFound)
    }

    fn path(&self) -> String {
        add_path(&self.contest, &self.set)
    }

    fn page(&self, status: StatusCode, id: &str, typed: Typed, words: Words) -> Response {
        let (desk, contest) = (&self.desk, &self.contest);
        let page = AddPage {
            f: desk.frame_of(contest),
            c: desk.side(Section::Bank),
            back: history_path(contest, &self.set),
            action: self.path(),
            set: title_of(contest, &self.set),
            id: id.to_owned(),
            levels: levels(desk, &typed.level),
            wants_reason: wants_reason(desk, contest, &self.set),
            typed,
            errors: words.errors,
            faults: words.faults,
            notices: words.notices,
        };
        (status, Page(page)).into_response()
    }

    fn refused(&self, id: &str, typed: Typed, words: Words) -> Response {
        self.page(StatusCode::UNPROCESSABLE_ENTITY, id, typed, words)
    }

    /// Somebody was faster: who and what is said, and the form starts from their version with what was typed.
    fn second(&self, id: &str, mut typed: Typed, step: &SetStep) -> Result<Response, WebError> {
        typed.base = self.head()?.0.clone();
        typed.boxes = rebased(typed.boxes, &[]);
        let words = Words::of(overtaken(&self.desk, "desk-edit-overtaken", step));
        Ok(self.page(StatusCode::CONFLICT, id, typed, words))
    }

    /// The same where it was found out while saving: what was typed is in what was kept.
    async fn second_save(&self, token: &str, upload: &Upload, step: &SetStep) -> Result<Response, WebError> {
        let set = set_of(upload)?;
        let note = upload.edit.as_ref().ok_or(WebError::BadForm)?;
        let question = set.set.find(&note.question).ok_or(WebError::BadForm)?;
        let keyed = Keyed {
            question,
            key: set.key.0.get(&note.question),
        };
        let mut typed = Typed::of(self.head()?, keyed);
        typed.reason = note.reason.clone().unwrap_or_default();
        typed.boxes = kept_again(&self.desk, &self.contest, token, &[], &question.media).await?;
        self.second(&note.question.0, typed, step)
    }
}

/// Address of the form.
pub fn add_path(contest: &Contest, set: &SetId) -> String {
    format!("{}/bo-cau-hoi/{set}/them", contest_path(contest))
}

/// The form.
pub async fn form(desk: Desk, names: Names) -> Result<Response, WebError> {
    let place = Place::of(desk, names)?;
    let typed = Typed::blank(place.head()?);
    Ok(place.page(StatusCode::OK, "", typed, Words::default()))
}

/// Judges what was typed and shows what it becomes.
pub async fn review(desk: Desk, names: Names, sent: QuestionForm) -> Result<Response, WebError> {
    let place = Place::of(desk, names)?;
    place.head()?;
    let mut typed = Typed::read(&sent.form);
    // One character more than a name may have, so that a longer one is told of.
    let asked: String = sent.form.get("id").trim().chars().take(65).collect();
    let desk = &place.desk;
    let mut came = take_in(desk, &place.contest, &[], &mut typed, sent).await?;
    if let Some((status, words)) = came.stop {
        return Ok(place.page(status, &asked, typed, words));
    }
    let say = |key: &str| Words::of(desk.say(key, &[("id", asked.clone().into())]));
    if let Some(key) = typed.fault() {
        return Ok(place.refused(&asked, typed, say(key)));
    }
    let id = if asked.is_empty() {
        free_name(&place.contest, &place.set)
    } else {
        QuestionId(asked.clone())
    };
    let edit = typed.add(&place.set, id.clone(), &mut came);
    match review_edit(&desk.app, desk.now(), &desk.staff, &place.contest, &edit).await? {
        Review::Gone => Err(WebError::NotFound),
        Review::Overtaken(step) => place.second(&asked, typed, &step),
        Review::NameTaken => Ok(place.refused(&asked, typed, say("bank-add-id-taken"))),
        Review::Unchanged => Ok(place.refused(&asked, typed, say("desk-edit-unchanged"))),
        Review::Refused(refused) => {
            let words = Words::refusal(desk, &place.contest, &refused);
            Ok(place.refused(&asked, typed, words))
        }
        Review::Ready(mut ready) => {
            ready.warnings.append(&mut came.warnings);
            let reviewed = Reviewed {
                title: desk.say("bank-add", &[]),
                back: place.path(),
                action: format!("{}/luu", place.path()),
                id: &id.0,
                before: None,
                reason: typed.reason,
            };
            Ok(review_page(desk, &place.contest, reviewed, *ready))
        }
    }
}

/// Saves what was reviewed.
pub async fn save(desk: Desk, names: Names, StaffForm(form): StaffForm) -> Result<Response, WebError> {
    let mut place = Place::of(desk, names)?;
    let desk = &place.desk;
    let token = form.get("checked");
    match load_question_set(&desk.app, desk.now(), &desk.staff, &place.contest, token).await {
        Ok(done) => {
            let question = done.question.ok_or(WebError::BadForm)?;
            let path = question_path(&place.contest, &done.set, &question);
            Ok(Redirect::to(&format!("{path}?sua=add")).into_response())
        }
        Err(LoadSetError::Failed(failure)) => Err(failure.into()),
        Err(LoadSetError::Overtaken(step, upload)) => {
            // The other instance's change may not have reached the snapshot of this one.
            desk.app.refresh_catalog().await.map_err(WebError::from)?;
            place.contest = desk.contest(&place.contest.definition.slug)?;
            place.second_save(token, &upload, &step).await
        }
        Err(LoadSetError::Expired | LoadSetError::Short(_)) => {
            let words = Words::of(desk.say("desk-edit-expired", &[]));
            Ok(place.refused("", Typed::blank(place.head()?), words))
        }
    }
}
