//! Editing, adding and taking out one question of a set: judged by the rules of a file, shown with what it changes, then saved
//! as a new version by [`super::load_question_set`].
//!
//! Owns that a change starts from the newest version, says why where a round has used the set, and gives no question a name
//! that another had; nothing is stored here.

use super::Failure;
use super::check_question_set::keep;
use super::load_question_set::Effect;
use crate::app::App;
use crate::bank::{
    Fault, FaultCode, LoadedSet, MAX_SET_BYTES, MediaContent, Severity, import_question_file, write_set_json,
};
use crate::domain::catalog::Contest;
use crate::domain::media::MediaName;
use crate::domain::question::{AnswerKey, Question, QuestionId, QuestionSet, SetId, SetVersion};
use crate::domain::set_diff::QuestionChange;
use crate::domain::staff::Staff;
use crate::session::upload::EditNote;
use crate::store::audit::Act;
use crate::store::set_history::SetStep;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// A change of one question as somebody typed it.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The set.
    pub set: SetId,
    /// The version that the form was made from.
    pub base: SetVersion,
    /// What shall become of the question.
    pub wish: Wish,
    /// Why.
    pub reason: Option<String>,
    /// Pictures, sounds and films of the question that came with the edit, fit to be served.
    pub files: Vec<MediaContent>,
}

/// What shall become of a question.
#[derive(Debug, Clone)]
pub enum Wish {
    /// It shall be so, with these right places from 0; its name stays.
    Edit(Question, BTreeSet<u8>),
    /// It shall come to the end of the set, with these right places from 0.
    Add(Question, BTreeSet<u8>),
    /// It shall not be in the set any more.
    Remove(QuestionId),
}

impl Wish {
    /// The question's name.
    pub const fn id(&self) -> &QuestionId {
        match self {
            Self::Edit(question, _) | Self::Add(question, _) => &question.id,
            Self::Remove(id) => id,
        }
    }

    const fn change(&self) -> QuestionChange {
        match self {
            Self::Edit(..) => QuestionChange::Edit,
            Self::Add(..) => QuestionChange::Add,
            Self::Remove(_) => QuestionChange::Remove,
        }
    }
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
    /// The set has or had another question of the name of the new one.
    NameTaken,
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
    /// The question as it will be stored, with its key; `None` where it is taken out.
    pub after: Option<(Question, BTreeSet<u8>)>,
    /// What the writer should look at.
    pub warnings: Vec<Fault>,
    /// Which rounds will use it.
    pub effect: Effect,
    /// Saves it within the hour.
    pub token: String,
    /// The files that came with it, which nobody but its writer can see yet.
    pub fresh: BTreeSet<MediaName>,
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
    match &edit.wish {
        Wish::Add(question, _) if was_ever(contest, &edit.set, &question.id) => return Ok(Review::NameTaken),
        Wish::Edit(..) | Wish::Remove(_) if stored.set.find(edit.wish.id()).is_none() => {
            return Ok(Review::Gone);
        }
        Wish::Add(..) | Wish::Edit(..) | Wish::Remove(_) => {}
    }
    let (set, key) = (stored.set.clone(), stored.key.clone());
    let (faults, loaded) = judge(set, key, edit.wish.clone()).await?;
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    let Some(loaded) = loaded.filter(|_| good) else {
        return Ok(refused(faults));
    };
    if let Some(fault) = too_much(app, &loaded, &edit.files).await? {
        return Ok(refused(vec![fault]));
    }
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
        change: edit.wish.change(),
        question: edit.wish.id().clone(),
        reason: edit.reason.clone(),
    };
    let base = Some(head.clone());
    let token = keep(app, by, contest.id, &loaded, &edit.files, base, Some(note)).await?;
    let id = edit.wish.id();
    let key = || loaded.key.0.get(id).cloned().unwrap_or_default();
    Ok(Review::Ready(Box::new(Ready {
        after: loaded.set.find(id).map(|question| (question.clone(), key())),
        warnings: faults,
        effect,
        token,
        fresh: edit.files.iter().map(|file| file.stored.name.clone()).collect(),
    })))
}

fn refused(faults: Vec<Fault>) -> Review {
    Review::Refused(Refused {
        faults,
        ..Refused::default()
    })
}

/// What is wrong where all files of the set would be more than a set may have.
async fn too_much(app: &App, loaded: &LoadedSet, files: &[MediaContent]) -> Result<Option<Fault>, Failure> {
    if files.is_empty() {
        return Ok(None);
    }
    let media = loaded.set.questions.iter().flat_map(|question| &question.media);
    let names: BTreeSet<&MediaName> = media
        .filter_map(|media| media.stored.as_ref())
        .map(|stored| &stored.name)
        .collect();
    let known = app.store.sum_media_lengths(&names).await?;
    let come: u64 = files.iter().map(|file| file.bytes.len() as u64).sum();
    let limit = MAX_SET_BYTES;
    let fault = || {
        Fault::of_file(
            &format!("{}.json", loaded.set.id),
            FaultCode::MediaTotal { limit },
        )
    };
    Ok((known + come > limit).then(fault))
}

/// Whether any version of a set has or had a question of that name.
fn was_ever(contest: &Contest, set: &SetId, id: &QuestionId) -> bool {
    let mut versions = contest.sets.values().filter(|known| known.id == *set);
    versions.any(|known| known.find(id).is_some())
}

/// A name for a new question of a set: `cau-013` after twelve questions, and never one that another question had.
pub fn free_name(contest: &Contest, set: &SetId) -> QuestionId {
    let head = contest
        .heads
        .get(set)
        .and_then(|version| contest.sets.get(version));
    let first = head.map_or(0, |head| head.questions.len()) + 1;
    let names = (first..).map(|number| QuestionId(format!("cau-{number:03}")));
    // Numbers do not end, and versions have finitely many questions.
    let mut free = names.filter(|name| !was_ever(contest, set, name));
    free.next().unwrap_or_else(|| QuestionId("cau".to_owned()))
}

/// The set with the change as a file of our own would hold it, and what is wrong with it that was not wrong before.
async fn judge(
    set: QuestionSet,
    key: AnswerKey,
    wish: Wish,
) -> Result<(Vec<Fault>, Option<LoadedSet>), Failure> {
    let read = tokio::task::spawn_blocking(move || {
        let name = format!("{}.json", set.id);
        let check = |set: &QuestionSet, key: &AnswerKey| {
            import_question_file(&name, write_set_json(set, key).as_bytes())
        };
        let known = check(&set, &key).faults;
        // What is left of a set has no fault that it had not before; places only move up.
        let removes = matches!(wish, Wish::Remove(_));
        let (set, key) = changed(set, key, wish);
        let imported = check(&set, &key);
        let is_new = |fault: &Fault| {
            let same = |old: &Fault| old.code == fault.code && old.place.subject == fault.place.subject;
            (!removes || fault.severity == Severity::Error) && !known.iter().any(same)
        };
        let mut faults: Vec<Fault> = imported.faults.into_iter().filter(is_new).collect();
        faults.sort_by_key(|fault| fault.severity);
        (faults, imported.loaded.map(|loaded| with_media(loaded, &set)))
    });
    read.await
        .map_err(|error| Failure::Inconsistent(format!("judging a question ended early: {error}")))
}

/// A judged set with the media of the set that it was made from, question by question: what is served of them is in no file.
fn with_media(loaded: LoadedSet, from: &QuestionSet) -> LoadedSet {
    let LoadedSet { mut set, key, .. } = loaded;
    for (question, known) in set.questions.iter_mut().zip(&from.questions) {
        question.media.clone_from(&known.media);
    }
    LoadedSet::of(set, key)
}

fn changed(mut set: QuestionSet, mut key: AnswerKey, wish: Wish) -> (QuestionSet, AnswerKey) {
    match wish {
        Wish::Edit(question, right) => {
            key.0.insert(question.id.clone(), right);
            if let Some(place) = set.questions.iter_mut().find(|known| known.id == question.id) {
                *place = question;
            }
        }
        Wish::Add(question, right) => {
            key.0.insert(question.id.clone(), right);
            set.questions.push(question);
        }
        Wish::Remove(id) => {
            key.0.remove(&id);
            set.questions.retain(|known| known.id != id);
        }
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
