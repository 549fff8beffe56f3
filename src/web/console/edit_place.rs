//! A question that is edited or taken out: who does it and where it stands.
//!
//! Owns the way to it, which both journeys share; their steps are their own.

use super::desk::Desk;
use super::edit_form::named;
use super::question::{Found, find, question_path};
use crate::action::edit_question::note_key_seen;
use crate::domain::catalog::Contest;
use crate::domain::question::{QuestionId, SetId};
use crate::domain::staff::Right;
use crate::web::error::WebError;
use axum::extract::Path;
use std::sync::Arc;

/// A question at hand: all that every step needs.
pub struct Place {
    /// Who does it.
    pub desk: Desk,
    /// The contest.
    pub contest: Arc<Contest>,
    /// The set.
    pub set: SetId,
    /// The question in it.
    pub question: QuestionId,
}

/// The path of every step: contest, set, question.
pub type Names = Path<(String, String, String)>;

impl Place {
    /// The question of a path, for those who may change it.
    pub fn of(desk: Desk, Path((slug, set, question)): Names) -> Result<Self, WebError> {
        desk.require(Right::LoadSets)?;
        let contest = desk.contest(&slug)?;
        let (set, question) = named(set, question);
        Ok(Self {
            desk,
            contest,
            set,
            question,
        })
    }

    /// The question at the newest version of its set; one that was taken out is not edited.
    pub fn current(&self) -> Result<Found<'_>, WebError> {
        let found = find(&self.contest, &self.set, &self.question).filter(|found| found.is_current);
        found.ok_or(WebError::NotFound)
    }

    /// Address of the question.
    pub fn path(&self) -> String {
        question_path(&self.contest, &self.set, &self.question)
    }

    /// Notes in the log that the key was seen.
    pub async fn note_key_seen(&self) -> Result<(), WebError> {
        let desk = &self.desk;
        let (set, question) = (&self.set, &self.question);
        note_key_seen(&desk.app, desk.now(), &desk.staff, &self.contest, set, question).await?;
        Ok(())
    }
}
