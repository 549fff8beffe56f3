//! Loading one checked question set as a new version, for the rounds that have not opened yet.
//!
//! Owns that only what [`super::check_question_set`] kept is stored, that rounds which have opened keep their version, and that every
//! draw of the others can still be filled.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::bank::LoadedSet;
use crate::domain::catalog::Contest;
use crate::domain::contest::RoundDefinition;
use crate::domain::ids::ContestId;
use crate::domain::media::MediaName;
use crate::domain::paper::{Shortfall, shortfalls};
use crate::domain::question::{SetId, SetVersion};
use crate::domain::round::Round;
use crate::domain::set_diff::QuestionChange;
use crate::domain::staff::Staff;
use crate::keys::sha256_hex;
use crate::session::upload::Upload;
use crate::store::audit::Act;
use crate::store::media::NewMedia;
use crate::store::set_history::{NewStep, SetOrigin, SetStep};
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// What a new version of a set would do, as rounds stand now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// Rounds not yet open that would use it, by number.
    pub rounds: Vec<u16>,
    /// Rounds that have opened and keep the version they have.
    pub kept: Vec<u16>,
    /// Draws that it could not fill.
    pub short: Vec<(u16, Shortfall)>,
}

impl Effect {
    /// The effect on rounds at a moment.
    pub fn of(rounds: &[Round], set: &LoadedSet, now: OffsetDateTime) -> Self {
        let users = Users::of(rounds, &set.set.id, now);
        Self {
            rounds: numbers(&users.open_later),
            kept: numbers(&users.opened),
            short: users.short(set),
        }
    }
}

/// What a load did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLoaded {
    /// The set.
    pub set: SetId,
    /// The question that was changed, where it was one.
    pub question: Option<crate::domain::question::QuestionId>,
    /// Rounds that use the new version, by number.
    pub rounds: Vec<u16>,
    /// Rounds that keep the version they opened with.
    pub kept: Vec<u16>,
}

/// Why nothing was loaded.
#[derive(Debug)]
pub enum LoadSetError {
    /// The hour is over, it was loaded before, or somebody else checked it.
    Expired,
    /// Somebody made a newer version of the set since the check, and what they did; the upload holds what was checked.
    Overtaken(Box<SetStep>, Box<Upload>),
    /// Draws that it could not fill, with the number of their round.
    Short(Vec<(u16, Shortfall)>),
    /// Something failed; nothing was changed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for LoadSetError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Loads what was checked. Doing it again finds the check used up and changes nothing.
pub async fn load_question_set(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    token: &str,
) -> Result<SetLoaded, LoadSetError> {
    let hash = sha256_hex(token.as_bytes());
    let upload = app.sessions.find_upload(&hash).await?;
    let upload = upload.filter(|upload| upload.staff == by.id && upload.contest == contest.id);
    let upload = upload.ok_or(LoadSetError::Expired)?;
    let set = set_of(&upload)?;
    let media = staged_media(app, &hash, &set).await?;
    let loaded = store(app, now, By::from(by), contest, &set, &media, upload).await?;
    app.sessions.drop_upload(&hash).await?;
    app.refresh_catalog().await?;
    Ok(loaded)
}

/// The set that an upload holds.
pub fn set_of(upload: &Upload) -> Result<LoadedSet, Failure> {
    let (set, key) =
        serde_json::from_str(&upload.text).map_err(|error| Failure::Inconsistent(error.to_string()))?;
    Ok(LoadedSet::of(set, key))
}

/// What the questions of a checked set show and that came with it; of an edited set all of it is kept already.
async fn staged_media(
    app: &App,
    hash: &str,
    set: &LoadedSet,
) -> Result<Vec<(MediaName, Vec<u8>)>, LoadSetError> {
    let stored = set.set.questions.iter().flat_map(|question| &question.media);
    let names: BTreeSet<&MediaName> = stored
        .filter_map(|media| media.stored.as_ref())
        .map(|stored| &stored.name)
        .collect();
    let mut media = Vec::new();
    for name in names {
        match app.sessions.find_upload_file(hash, &name.to_string()).await? {
            Some(bytes) => media.push((name.clone(), bytes)),
            None if app.store.find_media_length(name).await?.is_some() => {}
            None => return Err(LoadSetError::Expired),
        }
    }
    Ok(media)
}

async fn store(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    set: &LoadedSet,
    media: &[(MediaName, Vec<u8>)],
    upload: Upload,
) -> Result<SetLoaded, LoadSetError> {
    let mut tx = app.store.begin().await?;
    tx.lock_contest(&contest.definition.slug).await?;
    let head = tx.find_head(contest.id, &set.set.id).await?;
    if head != upload.base {
        let steps = app.store.load_set_steps(contest.id, &set.set.id, 1).await?;
        let step = steps.into_iter().next().ok_or(LoadSetError::Expired)?;
        return Err(LoadSetError::Overtaken(Box::new(step), Box::new(upload)));
    }
    let rounds = app.store.load_rounds(contest.id).await?;
    let users = Users::of(&rounds, &set.set.id, now);
    let short = users.short(set);
    if !short.is_empty() {
        return Err(LoadSetError::Short(short));
    }
    for (name, content) in media {
        tx.put_media(NewMedia { name, content }, now, by.name).await?;
    }
    let step = NewStep {
        origin: match &upload.edit {
            Some(edit) => SetOrigin::Question(edit.change, edit.question.clone()),
            None => SetOrigin::File,
        },
        reason: upload.edit.as_ref().and_then(|edit| edit.reason.as_deref()),
        at: now,
        by: by.name,
    };
    tx.put_question_set(contest.id, &set.version, &set.set, &set.key, &step)
        .await?;
    for round in &users.open_later {
        let mut sets = round.sets.clone();
        sets.insert(set.set.id.clone(), set.version.clone());
        tx.update_round(round.id, &definition(round), &sets).await?;
    }
    let loaded = SetLoaded {
        set: set.set.id.clone(),
        question: upload.edit.as_ref().map(|edit| edit.question.clone()),
        rounds: numbers(&users.open_later),
        kept: numbers(&users.opened),
    };
    tx.insert_act(&act(contest.id, set, &loaded, head.as_ref(), &step))
        .await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    Ok(loaded)
}

fn act<'a>(
    contest: ContestId,
    set: &LoadedSet,
    loaded: &SetLoaded,
    before: Option<&SetVersion>,
    step: &NewStep<'a>,
) -> Act<'a> {
    Act {
        at: step.at,
        actor: step.by,
        act: match step.origin {
            SetOrigin::Question(QuestionChange::Edit, _) => "edit-question",
            SetOrigin::Question(QuestionChange::Add, _) => "add-question",
            SetOrigin::Question(QuestionChange::Remove, _) => "remove-question",
            SetOrigin::File | SetOrigin::Folder => "load-set",
        },
        contest: Some(contest),
        round: None,
        reason: step.reason,
        facts: serde_json::json!({
            "set": loaded.set, "question": loaded.question, "version": set.version, "before": before,
            "questions": set.set.questions.len(), "rounds": loaded.rounds, "kept": loaded.kept,
        }),
    }
}

/// The rounds that draw from a set.
struct Users<'a> {
    open_later: Vec<&'a Round>,
    opened: Vec<&'a Round>,
}

impl<'a> Users<'a> {
    fn of(rounds: &'a [Round], set: &SetId, now: OffsetDateTime) -> Self {
        let draws = |round: &&Round| round.rules.paper.draw.iter().any(|line| line.set == *set);
        let has_opened = |round: &&Round| round.has_opened(now);
        let (opened, open_later) = rounds.iter().filter(draws).partition(has_opened);
        Self { open_later, opened }
    }

    fn short(&self, set: &LoadedSet) -> Vec<(u16, Shortfall)> {
        let of_round = |round: &&Round| {
            let number = round.number;
            shortfalls(&round.rules.paper.draw, &set.set)
                .into_iter()
                .map(move |short| (number, short))
        };
        self.open_later.iter().flat_map(of_round).collect()
    }
}

fn numbers(rounds: &[&Round]) -> Vec<u16> {
    rounds.iter().map(|round| round.number).collect()
}

fn definition(round: &Round) -> RoundDefinition {
    RoundDefinition {
        phase: None,
        // As it is: a round that waits to be opened goes on waiting.
        by_hand: round.control.held,
        qualifying: None,
        number: round.number,
        title: round.title.clone(),
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        rules: round.rules.clone(),
    }
}
