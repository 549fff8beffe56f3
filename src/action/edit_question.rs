//! Editing one question of a set: judged by the rules of a file, shown with what it changes, then saved as a new version by
//! [`super::load_question_set`].
//!
//! Owns that an edit starts from the newest version and says why where a round has used the set; nothing is stored here.

use super::Failure;
use super::load_question_set::{Effect, keep};
use crate::app::App;
use crate::bank::{Fault, LoadedSet, Severity, import_question_file, write_set_json};
use crate::domain::catalog::Contest;
use crate::domain::question::{AnswerKey, Question, QuestionId, QuestionSet, SetId, SetVersion};
use crate::domain::staff::Staff;
use crate::session::upload::EditNote;
use crate::store::audit::Act;
use crate::store::set_history::SetStep;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// An edit as somebody typed it.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The set.
    pub set: SetId,
    /// The version that the form was made from.
    pub base: SetVersion,
    /// The question as it shall be; its name stays.
    pub question: Question,
    /// Places of the right options, from 0.
    pub key: BTreeSet<u8>,
    /// Why.
    pub reason: Option<String>,
}

/// What there is to say of an edit.
#[derive(Debug)]
pub enum Review {
    /// The set has no such question any more.
    Gone,
    /// Somebody made a newer version since the form was made, and what they did.
    Overtaken(Box<SetStep>),
    /// Nothing is different.
    Unchanged,
    /// It cannot be saved.
    Refused(Refused),
    /// It can be saved.
    Ready(Box<Ready>),
}

/// Why an edit cannot be saved.
#[derive(Debug, Default)]
pub struct Refused {
    /// What is wrong with the question, errors first.
    pub faults: Vec<Fault>,
    /// A round has opened with this set, so a reason is needed.
    pub wants_reason: bool,
    /// What it would do; draws that it could not fill stop it.
    pub effect: Effect,
}

/// An edit that can be saved.
#[derive(Debug)]
pub struct Ready {
    /// The question as it will be stored.
    pub question: Question,
    /// Its key.
    pub key: BTreeSet<u8>,
    /// What the writer should look at.
    pub warnings: Vec<Fault>,
    /// Which rounds will use it.
    pub effect: Effect,
    /// Saves it within the hour.
    pub token: String,
}

/// Judges an edit and keeps it for an hour if it may be saved. Nothing reaches the database.
pub async fn review_edit(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    edit: &Edit,
) -> Result<Review, Failure> {
    let Some(head) = contest.heads.get(&edit.set) else {
        return Ok(Review::Gone);
    };
    if *head != edit.base {
        let steps = app.store.load_set_steps(contest.id, &edit.set, 1).await?;
        let step = steps.into_iter().next();
        return Ok(step.map_or(Review::Gone, |step| Review::Overtaken(Box::new(step))));
    }
    let Some(stored) = contest.keyed_set(head) else {
        return Ok(Review::Gone);
    };
    if stored.set.find(&edit.question.id).is_none() {
        return Ok(Review::Gone);
    }
    let (set, key) = (stored.set.clone(), stored.key.clone());
    let (faults, loaded) = judge(set, key, edit.clone()).await?;
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    let Some(loaded) = loaded.filter(|_| good) else {
        return Ok(Review::Refused(Refused {
            faults,
            ..Refused::default()
        }));
    };
    if loaded.version == *head {
        return Ok(Review::Unchanged);
    }
    let effect = Effect::of(&contest.rounds, &loaded, now);
    let wants_reason = !effect.kept.is_empty() && edit.reason.is_none();
    if wants_reason || !effect.short.is_empty() {
        return Ok(Review::Refused(Refused {
            faults: Vec::new(),
            wants_reason,
            effect,
        }));
    }
    let note = EditNote {
        question: edit.question.id.clone(),
        reason: edit.reason.clone(),
    };
    let token = keep(app, by, contest.id, &loaded, &[], Some(head.clone()), Some(note)).await?;
    Ok(ready(&loaded, &edit.question.id, faults, effect, token))
}

fn ready(loaded: &LoadedSet, id: &QuestionId, warnings: Vec<Fault>, effect: Effect, token: String) -> Review {
    let question = loaded.set.find(id);
    question.map_or(Review::Gone, |question| {
        Review::Ready(Box::new(Ready {
            question: question.clone(),
            key: loaded.key.0.get(id).cloned().unwrap_or_default(),
            warnings,
            effect,
            token,
        }))
    })
}

/// The set with the edit as a file of our own would hold it, and what is wrong with it that was not wrong before.
async fn judge(
    set: QuestionSet,
    key: AnswerKey,
    edit: Edit,
) -> Result<(Vec<Fault>, Option<LoadedSet>), Failure> {
    let read = tokio::task::spawn_blocking(move || {
        let name = format!("{}.json", set.id);
        let check = |set: &QuestionSet, key: &AnswerKey| {
            import_question_file(&name, write_set_json(&without_media(set), key).as_bytes())
        };
        let known = check(&set, &key).faults;
        let (set, key) = edited(set, key, edit);
        let imported = check(&set, &key);
        let is_new = |fault: &Fault| {
            let same = |old: &Fault| old.code == fault.code && old.place.subject == fault.place.subject;
            !known.iter().any(same)
        };
        let mut faults: Vec<Fault> = imported.faults.into_iter().filter(is_new).collect();
        faults.sort_by_key(|fault| fault.severity);
        (faults, imported.loaded.map(|loaded| with_media(loaded, &set)))
    });
    read.await
        .map_err(|error| Failure::Inconsistent(format!("judging a question ended early: {error}")))
}

/// The set as texts alone: its media were judged when they came, and their files are not here.
fn without_media(set: &QuestionSet) -> QuestionSet {
    let mut set = set.clone();
    for question in &mut set.questions {
        question.media = Default::default();
    }
    set
}

/// A judged set with the media of the set that it was made from, question by question.
fn with_media(loaded: LoadedSet, from: &QuestionSet) -> LoadedSet {
    let LoadedSet { mut set, key, .. } = loaded;
    for (question, known) in set.questions.iter_mut().zip(&from.questions) {
        question.media.clone_from(&known.media);
    }
    LoadedSet::of(set, key)
}

fn edited(mut set: QuestionSet, mut key: AnswerKey, edit: Edit) -> (QuestionSet, AnswerKey) {
    key.0.insert(edit.question.id.clone(), edit.key);
    if let Some(place) = set
        .questions
        .iter_mut()
        .find(|known| known.id == edit.question.id)
    {
        *place = edit.question;
    }
    (set, key)
}

/// Records that somebody looked at a question with its key.
pub async fn note_key_seen(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    set: &SetId,
    question: &QuestionId,
) -> Result<(), Failure> {
    let mut tx = app.store.begin().await?;
    tx.insert_act(&Act {
        at: now,
        actor: &by.name,
        act: "see-key",
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts: serde_json::json!({ "set": set, "question": question }),
    })
    .await?;
    Ok(tx.commit().await?)
}
