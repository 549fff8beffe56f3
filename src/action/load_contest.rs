//! Loading or updating a contest: all or nothing, and what people have begun with stays as it was.
//!
//! Owns which parts of a contest may still change: everything of a round that has not opened, nothing of one that has.

use super::Failure;
use super::list_people::{list_digest, list_people};
use crate::app::App;
use crate::bank::MediaContent;
use crate::domain::contest::{ContestDefinition, RoundDefinition, RoundRules, TieRule};
use crate::domain::exclusion::ListedPerson;
use crate::domain::ids::ContestId;
use crate::domain::question::{AnswerKey, QuestionSet, SetId, SetVersion};
use crate::domain::round::Round;
use crate::domain::unit::UnitDefinition;
use crate::keys::sha256_hex;
use crate::store::Tx;
use crate::store::audit::Act;
use crate::store::media::NewMedia;
use crate::store::set_history::{NewStep, SetOrigin};
use std::collections::{BTreeMap, BTreeSet};
use time::{Duration, OffsetDateTime};

/// Stands in the hash of a source for the list of people who never win where a load keeps the one in force: the next
/// folder is never taken for the same.
const KEPT_LIST: &str = "kept";

/// A checked contest, as `bank` reads it.
#[derive(Debug, Clone)]
pub struct Source {
    /// Settings.
    pub definition: ContestDefinition,
    /// Units, parents first.
    pub units: Vec<UnitDefinition>,
    /// Who may enter but never wins; a load from the console keeps the list in force and does not look here.
    pub listed: Vec<ListedPerson>,
    /// Sets with their versions and keys.
    pub sets: Vec<SourceSet>,
    /// What the questions show.
    pub media: Vec<MediaContent>,
}

/// A set of a [`Source`].
#[derive(Debug, Clone)]
pub struct SourceSet {
    /// Hash of set and key.
    pub version: SetVersion,
    /// The questions.
    pub set: QuestionSet,
    /// The key.
    pub key: AnswerKey,
}

/// How the calendar of the files becomes that of the contest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// As at the last load; as written the first time.
    Keep,
    /// Moved by whole days so that this round is open now.
    OpenNow(u16),
}

/// Where a load comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion<'a> {
    /// A folder of files.
    Folder,
    /// Rules edited in the console.
    Console {
        /// The hash of what was in force when the editing began; anything newer stops the load.
        base: &'a str,
        /// Why.
        reason: Option<&'a str>,
        /// The parts that were changed, for the audit log.
        parts: &'a [&'static str],
    },
}

/// What a load did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadOutcome {
    /// Exactly this was loaded before.
    Unchanged,
    /// Loaded.
    Loaded(Loaded),
}

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// Sets that came in a version not seen before.
    pub new_sets: Vec<SetId>,
    /// Rounds that have opened and therefore keep their rules, window and set versions although the files differ.
    pub kept_rounds: Vec<u16>,
    /// Units that left the file but for which people have entered.
    pub kept_units: Vec<String>,
    /// People who have registered and whom the list of those who never win names.
    pub listed: i64,
    /// The calendar was moved by so many seconds.
    pub shift_seconds: i64,
}

/// Why nothing was loaded.
#[derive(Debug)]
pub enum LoadError {
    /// The round that the calendar should be moved to is not in the contest.
    NoSuchRound(u16),
    /// The calendar cannot be moved any more: this round has opened.
    AlreadyOpen(u16),
    /// Something newer was loaded since the editing began.
    Overtaken,
    /// The personal data of the contest have expired: rounds and lists would bring people in whom nobody erases.
    Expired,
    /// Something failed; nothing was changed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for LoadError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Loads a contest from its folder.
pub async fn load_contest(
    app: &App,
    now: OffsetDateTime,
    by: &str,
    source: &Source,
    calendar: Calendar,
) -> Result<LoadOutcome, LoadError> {
    load_contest_on(app, now, by, source, calendar, Occasion::Folder).await
}

/// Loads a contest from wherever it was changed.
pub async fn load_contest_on(
    app: &App,
    now: OffsetDateTime,
    by: &str,
    source: &Source,
    calendar: Calendar,
    occasion: Occasion<'_>,
) -> Result<LoadOutcome, LoadError> {
    let mut tx = app.store.begin().await?;
    let known = tx.lock_contest(&source.definition.slug).await?;
    if let Occasion::Console { base, .. } = occasion
        && known.as_ref().is_none_or(|known| known.source_hash != base)
    {
        return Err(LoadError::Overtaken);
    }
    let shift = match calendar {
        Calendar::Keep => known.as_ref().map_or(0, |known| known.shift_seconds),
        Calendar::OpenNow(number) => shift_to_now(&source.definition, number, now)?,
    };
    let listed = match (occasion, &known) {
        (Occasion::Console { .. }, Some(known)) if tx.has_prize_bars(known.id).await? => KEPT_LIST.to_owned(),
        _ => list_digest(app, &source.listed),
    };
    let hash = source_hash(source, shift, &listed)?;
    if known.as_ref().is_some_and(|known| known.source_hash == hash) {
        return Ok(LoadOutcome::Unchanged);
    }
    if let Some(known) = &known {
        // Erasing begins under the same lock.
        tx.lock_contest_id(known.id).await?;
        if tx.has_expiry(known.id).await? {
            return Err(LoadError::Expired);
        }
    }
    let known_rounds = match &known {
        Some(known) => app.store.load_rounds(known.id).await?,
        None => Vec::new(),
    };
    if known.as_ref().is_some_and(|known| known.shift_seconds != shift)
        && let Some(open) = known_rounds.iter().find(|round| round.has_opened(now))
    {
        return Err(LoadError::AlreadyOpen(open.number));
    }
    let definition = dated(&source.definition, shift);
    let id = tx.put_contest(&definition, &hash, shift, now, by).await?;
    let mut loaded = Loaded {
        shift_seconds: shift,
        ..Loaded::default()
    };
    for content in &source.media {
        let (name, content) = (&content.stored.name, content.bytes.as_slice());
        tx.put_media(NewMedia { name, content }, now, by).await?;
    }
    let step = NewStep {
        origin: SetOrigin::Folder,
        reason: None,
        at: now,
        by,
    };
    for set in &source.sets {
        if tx
            .put_question_set(id, &set.version, &set.set, &set.key, &step)
            .await?
        {
            loaded.new_sets.push(set.set.id.clone());
        }
    }
    loaded.kept_units = tx.put_units(id, &source.units).await?;
    if occasion == Occasion::Folder {
        loaded.listed = list_people(app, &mut tx, id, &source.listed).await?;
    }
    loaded.kept_rounds = put_rounds(&mut tx, now, id, source, shift, &known_rounds).await?;
    fix_seeds(app, &mut tx, now, id, source).await?;
    tx.insert_act(&act(now, by, id, source, &loaded, occasion))
        .await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    app.refresh_catalog().await?;
    Ok(LoadOutcome::Loaded(loaded))
}

fn act<'a>(
    now: OffsetDateTime,
    by: &'a str,
    contest: ContestId,
    source: &Source,
    loaded: &Loaded,
    occasion: Occasion<'a>,
) -> Act<'a> {
    let (name, reason, parts) = match occasion {
        Occasion::Folder => ("load", None, None),
        Occasion::Console { reason, parts, .. } => ("load-rules", reason, Some(parts)),
    };
    Act {
        at: now,
        actor: by,
        act: name,
        contest: Some(contest),
        round: None,
        reason,
        facts: serde_json::json!({
            "sets": source.sets.len(), "new_sets": loaded.new_sets, "kept_rounds": loaded.kept_rounds,
            "shift_seconds": loaded.shift_seconds, "parts": parts,
            "listed": source.listed.len(), "listed_people": loaded.listed,
        }),
    }
}

/// The definition with the promise to delete personal data, the days on which groups never win, and the turns of groups,
/// moved along with the calendar. Its rounds stay as written: they tell which units existed then.
fn dated(definition: &ContestDefinition, shift: i64) -> ContestDefinition {
    let by = Duration::seconds(shift);
    let mut dated = definition.clone();
    dated.data_deleted_by = definition
        .data_deleted_by
        .map(|day| day.checked_add(by).unwrap_or(day));
    let groups = definition.entry.no_prize_groups.iter();
    dated.entry.no_prize_groups = groups.map(|group| group.moved(by)).collect();
    let windows = definition.entry.access.iter();
    dated.entry.access = windows.map(|window| window.moved(by)).collect();
    dated
}

/// Fixes the seeds of all draws that the rules foresee, before anybody has entered; what is fixed already stays.
async fn fix_seeds(
    app: &App,
    tx: &mut Tx,
    now: OffsetDateTime,
    contest: ContestId,
    source: &Source,
) -> Result<(), Failure> {
    let draws = |rules: &RoundRules| rules.ranking.tie == TieRule::Draw;
    if draws(&source.definition.rules_default) {
        tx.fix_draw_seed(contest, None, app.entropy.bytes(), now).await?;
    }
    let numbers = source
        .definition
        .rounds
        .iter()
        .filter(|round| draws(&round.rules));
    let numbers: BTreeSet<u16> = numbers.map(|round| round.number).collect();
    for (number, round) in tx.load_round_numbers(contest).await? {
        if numbers.contains(&number) {
            tx.fix_draw_seed(contest, Some(round), app.entropy.bytes(), now)
                .await?;
        }
    }
    Ok(())
}

async fn put_rounds(
    tx: &mut Tx,
    now: OffsetDateTime,
    contest: ContestId,
    source: &Source,
    shift: i64,
    known: &[Round],
) -> Result<Vec<u16>, Failure> {
    let mut kept = Vec::new();
    for round in &source.definition.rounds {
        let round = shifted(round, shift);
        let sets = pinned_sets(source, &round);
        match known.iter().find(|known| known.number == round.number) {
            None => {
                tx.insert_round(contest, &round, &sets).await?;
            }
            Some(known) if !known.has_opened(now) => tx.update_round(known.id, &round, &sets).await?,
            Some(known) => {
                let same = known.rules == round.rules
                    && known.sets == sets
                    && known.title == round.title
                    && known.opens_at == round.opens_at;
                if !same {
                    kept.push(round.number);
                }
            }
        }
    }
    let numbers: BTreeSet<u16> = source
        .definition
        .rounds
        .iter()
        .map(|round| round.number)
        .collect();
    for gone in known.iter().filter(|round| !numbers.contains(&round.number)) {
        if gone.has_opened(now) {
            kept.push(gone.number);
        } else {
            tx.delete_round(gone.id).await?;
        }
    }
    Ok(kept)
}

fn shifted(round: &RoundDefinition, shift: i64) -> RoundDefinition {
    let by = Duration::seconds(shift);
    RoundDefinition {
        opens_at: round.opens_at + by,
        closes_at: round.closes_at + by,
        ..round.clone()
    }
}

fn pinned_sets(source: &Source, round: &RoundDefinition) -> BTreeMap<SetId, SetVersion> {
    let drawn: BTreeSet<&SetId> = round.rules.paper.draw.iter().map(|line| &line.set).collect();
    let sets = source.sets.iter().filter(|set| drawn.contains(&set.set.id));
    sets.map(|set| (set.set.id.clone(), set.version.clone()))
        .collect()
}

/// Whole days, so that clock times stay: whole weeks if that leaves a day on both sides, for the days of the week to
/// stay too; otherwise the number that puts now nearest to the middle of the round. A round shorter than a day is moved
/// by seconds.
fn shift_to_now(definition: &ContestDefinition, number: u16, now: OffsetDateTime) -> Result<i64, LoadError> {
    let round = definition.rounds.iter().find(|round| round.number == number);
    let round = round.ok_or(LoadError::NoSuchRound(number))?;
    let (opens, closes) = (
        (now - round.opens_at).whole_seconds(),
        (now - round.closes_at).whole_seconds(),
    );
    let middle = (opens + closes) / 2;
    const DAY: i64 = 86_400;
    // A shift s is good while closes < s <= opens; the margin keeps the round open for the next hours.
    let fits = |shift: i64, margin: i64| shift + margin <= opens && closes + margin < shift;
    let week = (middle + 7 * DAY / 2).div_euclid(7 * DAY) * 7 * DAY;
    let day = (middle + DAY / 2).div_euclid(DAY) * DAY;
    Ok(if fits(week, DAY) {
        week
    } else if fits(day, 3_600) {
        day
    } else {
        middle
    })
}

fn source_hash(source: &Source, shift: i64, listed: &str) -> Result<String, Failure> {
    let versions: Vec<&SetVersion> = source.sets.iter().map(|set| &set.version).collect();
    let text = serde_json::to_string(&(&source.definition, &source.units, versions, shift, listed))
        .map_err(|error| Failure::Inconsistent(error.to_string()))?;
    Ok(sha256_hex(text.as_bytes()))
}
