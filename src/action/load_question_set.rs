//! Checking one question set and loading it as a new version, for the rounds that have not opened yet.
//!
//! Owns that nothing is stored before it is loaded, that rounds which have opened keep their version, and that every
//! draw of the others can still be filled.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::bank::{Fault, Found, Imported, LoadedSet, MediaContent, Severity, import_question_file_with};
use crate::domain::catalog::Contest;
use crate::domain::contest::RoundDefinition;
use crate::domain::ids::ContestId;
use crate::domain::media::MediaName;
use crate::domain::paper::{Shortfall, shortfalls};
use crate::domain::question::{Question, SetId};
use crate::domain::round::{Round, RoundStage};
use crate::domain::staff::Staff;
use crate::keys::sha256_hex;
use crate::session::upload::Upload;
use crate::store::audit::Act;
use crate::store::media::NewMedia;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// Every fault, in the order of the file.
    pub faults: Vec<Fault>,
    /// The set, where it has no error.
    pub set: Option<LoadedSet>,
    /// Questions examined, faulty ones among them.
    pub count: usize,
    /// The questions that could be read, with the places of their right options.
    pub questions: Vec<(Question, BTreeSet<u8>)>,
    /// Rounds not yet open that would use it, by number.
    pub rounds: Vec<u16>,
    /// Rounds that have opened and keep the version they have.
    pub kept: Vec<u16>,
    /// Draws that it could not fill.
    pub short: Vec<(u16, Shortfall)>,
    /// The contest has no set of that name yet.
    pub is_new: bool,
    /// Loads it within the hour; only where nothing stands in the way.
    pub token: Option<String>,
}

/// What a load did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLoaded {
    /// The set.
    pub set: SetId,
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

/// Checks a file and keeps it for an hour if it may be loaded. Nothing reaches the database.
pub async fn check_question_set(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    name: &str,
    bytes: &[u8],
) -> Result<Checked, Failure> {
    let Imported {
        loaded,
        faults,
        questions,
        complete,
        contents,
        ..
    } = import(name, bytes).await?;
    let faultless = faults.iter().all(|fault| fault.severity != Severity::Error);
    let mut checked = Checked {
        faults,
        set: loaded,
        count: questions,
        questions: complete,
        rounds: Vec::new(),
        kept: Vec::new(),
        short: Vec::new(),
        is_new: false,
        token: None,
    };
    let Some(set) = checked.set.as_ref().filter(|_| faultless) else {
        return Ok(checked);
    };
    let users = Users::of(&contest.rounds, &set.set.id, now);
    checked.is_new = !contest.sets.values().any(|known| known.id == set.set.id);
    checked.short = users.short(set);
    checked.rounds = numbers(&users.open_later);
    checked.kept = numbers(&users.opened);
    if checked.short.is_empty() {
        checked.token = Some(keep(app, by, contest.id, set, &contents).await?);
    }
    Ok(checked)
}

/// Reads a file beside the requests of others: a workbook may take a second.
async fn import(name: &str, bytes: &[u8]) -> Result<Imported, Failure> {
    let (file, content) = (name.to_owned(), bytes.to_vec());
    // What did not come inside the file is not here.
    let read =
        tokio::task::spawn_blocking(move || import_question_file_with(&file, &content, &|_| Found::Missing));
    read.await
        .map_err(|error| Failure::Inconsistent(format!("reading a question file ended early: {error}")))
}

async fn keep(
    app: &App,
    by: &Staff,
    contest: ContestId,
    set: &LoadedSet,
    contents: &[MediaContent],
) -> Result<String, Failure> {
    let token = URL_SAFE_NO_PAD.encode(app.entropy.bytes::<16>());
    let text = serde_json::to_string(&(&set.set, &set.key))
        .map_err(|error| Failure::Inconsistent(error.to_string()))?;
    let hash = sha256_hex(token.as_bytes());
    for content in contents {
        let name = content.stored.name.to_string();
        app.sessions.put_upload_file(&hash, &name, &content.bytes).await?;
    }
    let upload = Upload {
        staff: by.id,
        contest,
        name: format!("{}.json", set.set.id),
        text,
    };
    app.sessions.put_upload(&hash, &upload).await?;
    Ok(token)
}

/// A file of a set that was checked, for the person who checked it.
pub async fn find_checked_media(
    app: &App,
    by: &Staff,
    contest: ContestId,
    token: &str,
    name: &MediaName,
) -> Result<Option<Vec<u8>>, Failure> {
    let hash = sha256_hex(token.as_bytes());
    let upload = app.sessions.find_upload(&hash).await?;
    let own = upload.is_some_and(|upload| upload.staff == by.id && upload.contest == contest);
    if !own {
        return Ok(None);
    }
    Ok(app.sessions.find_upload_file(&hash, &name.to_string()).await?)
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
    let (set, key) =
        serde_json::from_str(&upload.text).map_err(|error| Failure::Inconsistent(error.to_string()))?;
    let set = LoadedSet::of(set, key);
    let media = staged_media(app, &hash, &set).await?;
    let loaded = store(app, now, By::from(by), contest, &set, &media).await?;
    app.sessions.drop_upload(&hash).await?;
    app.refresh_catalog().await?;
    Ok(loaded)
}

/// What the questions of a checked set show; each file is there as long as the check is.
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
        let bytes = app.sessions.find_upload_file(hash, &name.to_string()).await?;
        media.push((name.clone(), bytes.ok_or(LoadSetError::Expired)?));
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
) -> Result<SetLoaded, LoadSetError> {
    let mut tx = app.store.begin().await?;
    tx.lock_contest(&contest.definition.slug).await?;
    let rounds = app.store.load_rounds(contest.id).await?;
    let users = Users::of(&rounds, &set.set.id, now);
    let short = users.short(set);
    if !short.is_empty() {
        return Err(LoadSetError::Short(short));
    }
    for (name, content) in media {
        tx.put_media(NewMedia { name, content }, now, by.name).await?;
    }
    tx.put_question_set(contest.id, &set.version, &set.set, &set.key, now, by.name)
        .await?;
    for round in &users.open_later {
        let mut sets = round.sets.clone();
        sets.insert(set.set.id.clone(), set.version.clone());
        tx.update_round(round.id, &definition(round), &sets).await?;
    }
    let loaded = SetLoaded {
        set: set.set.id.clone(),
        rounds: numbers(&users.open_later),
        kept: numbers(&users.opened),
    };
    let facts = serde_json::json!({
        "set": set.set.id, "version": set.version, "questions": set.set.questions.len(), "rounds": loaded.rounds,
    });
    let act = Act {
        at: now,
        actor: by.name,
        act: "load-set",
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts,
    };
    tx.insert_act(&act).await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    Ok(loaded)
}

/// The rounds that draw from a set.
struct Users<'a> {
    open_later: Vec<&'a Round>,
    opened: Vec<&'a Round>,
}

impl<'a> Users<'a> {
    fn of(rounds: &'a [Round], set: &SetId, now: OffsetDateTime) -> Self {
        let draws = |round: &&Round| round.rules.paper.draw.iter().any(|line| line.set == *set);
        let has_opened = |round: &&Round| round.stage != RoundStage::Scheduled || round.opens_at <= now;
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
        number: round.number,
        title: round.title.clone(),
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        rules: round.rules.clone(),
    }
}
