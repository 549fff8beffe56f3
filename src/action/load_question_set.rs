//! Checking one question set and loading it as a new version, for the rounds that have not opened yet.
//!
//! Owns that nothing is stored before it is loaded, that rounds which have opened keep their version, and that every
//! draw of the others can still be filled.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::bank::{Fault, Imported, LoadedSet, Severity, import_question_file, read_set, write_set_json};
use crate::domain::catalog::Contest;
use crate::domain::contest::RoundDefinition;
use crate::domain::ids::ContestId;
use crate::domain::paper::{Shortfall, shortfalls};
use crate::domain::question::{Question, SetId};
use crate::domain::round::{Round, RoundStage};
use crate::domain::staff::Staff;
use crate::keys::sha256_hex;
use crate::session::upload::Upload;
use crate::store::audit::Act;
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
        checked.token = Some(keep(app, by, contest.id, set).await?);
    }
    Ok(checked)
}

/// Reads a file beside the requests of others: a workbook may take a second.
async fn import(name: &str, bytes: &[u8]) -> Result<Imported, Failure> {
    let (file, content) = (name.to_owned(), bytes.to_vec());
    let read =
        tokio::task::spawn_blocking(move || import_question_file(&file, &content).without_pictures(&file));
    read.await
        .map_err(|error| Failure::Inconsistent(format!("reading a question file ended early: {error}")))
}

async fn keep(app: &App, by: &Staff, contest: ContestId, set: &LoadedSet) -> Result<String, Failure> {
    let token = URL_SAFE_NO_PAD.encode(app.entropy.bytes::<16>());
    // The neutral model, which reads back as the same version whatever the file was written in.
    let text = write_set_json(&set.set, &set.key);
    let upload = Upload {
        staff: by.id,
        contest,
        name: format!("{}.json", set.set.id),
        text,
    };
    app.sessions
        .put_upload(&sha256_hex(token.as_bytes()), &upload)
        .await?;
    Ok(token)
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
    let (set, _) = read_set(&upload.name, upload.text.as_bytes());
    let set = set.ok_or(LoadSetError::Expired)?;
    let loaded = store(app, now, By::from(by), contest, &set).await?;
    app.sessions.drop_upload(&hash).await?;
    app.refresh_catalog().await?;
    Ok(loaded)
}

async fn store(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    set: &LoadedSet,
) -> Result<SetLoaded, LoadSetError> {
    let mut tx = app.store.begin().await?;
    tx.lock_contest(&contest.definition.slug).await?;
    let rounds = app.store.load_rounds(contest.id).await?;
    let users = Users::of(&rounds, &set.set.id, now);
    let short = users.short(set);
    if !short.is_empty() {
        return Err(LoadSetError::Short(short));
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
