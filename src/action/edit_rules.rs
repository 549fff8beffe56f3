//! Editing the rules of a contest: a draft that nobody else sees, its checks, what it would change, and its load.
//!
//! Owns that nothing is stored before the load and that whoever loaded in between is not overwritten unseen; the load
//! itself is `load_contest`'s.
//!
//! A draft has the times at which the rounds really open; the shift of a moved calendar is taken off again at the load.

use super::Failure;
use super::load_contest::{Calendar, LoadError, LoadOutcome, Occasion, Source, SourceSet, load_contest_on};
use crate::app::App;
use crate::bank::{RulesContext, RulesReading, read_rules, write_contest_toml};
use crate::domain::catalog::Contest;
use crate::domain::contest::{ContestDefinition, RoundDefinition};
use crate::domain::ids::RoundId;
use crate::domain::official::Papers;
use crate::domain::question::{QuestionSet, SetVersion};
use crate::domain::round::{Round, RoundControl, RoundStage};
use crate::domain::staff::Staff;
use crate::keys::sha256_hex;
use crate::session::rules_draft::RulesDraft;
use crate::store::contest_load::ContestLoad;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};

/// Characters of a stamp: enough to tell two drafts apart.
const STAMP_CHARS: usize = 16;

/// Rules at hand: a draft, or those in force where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editing {
    /// The rules as `contest.toml`.
    pub text: String,
    /// The rules in force.
    pub in_force: String,
    /// A draft is kept.
    pub is_draft: bool,
    /// Something was loaded since the draft was begun.
    pub overtaken: bool,
    /// The last load.
    pub last: ContestLoad,
    /// Who else has a draft, and when they changed it last, seconds since 1970.
    pub others: Vec<(String, i64)>,
    base: String,
}

impl Editing {
    /// Changes with every change of the text, so that a form sent from an older page is told apart.
    pub fn stamp(&self) -> String {
        sha256_hex(self.text.as_bytes())
            .chars()
            .take(STAMP_CHARS)
            .collect()
    }
}

/// Why rules were not loaded.
#[derive(Debug)]
pub enum LoadRulesError {
    /// There is no draft, or it is not the one that was looked at.
    Gone,
    /// The draft has faults.
    Faulty,
    /// Rounds have opened, so a reason is needed.
    ReasonNeeded,
    /// Something was loaded since the draft was begun.
    Overtaken,
    /// The personal data of the contest have expired.
    Expired,
    /// Something failed; nothing was changed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for LoadRulesError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// The draft of a member of staff, or the rules in force.
pub async fn open_rules(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
) -> Result<Editing, Failure> {
    let last = app.store.find_contest_load(contest.id).await?;
    let last = last.ok_or_else(|| Failure::Inconsistent(format!("no contest {}", contest.id)))?;
    let in_force = write_contest_toml(&in_force(contest, last.shift_seconds));
    let drafts = app
        .sessions
        .rules_drafts(contest.id, now.unix_timestamp())
        .await?;
    let (own, others): (Vec<RulesDraft>, _) = drafts.into_iter().partition(|draft| draft.staff == by.id);
    let own = own.into_iter().next();
    let base = own
        .as_ref()
        .map_or_else(|| last.source_hash.clone(), |draft| draft.base.clone());
    Ok(Editing {
        is_draft: own.is_some(),
        overtaken: base != last.source_hash,
        text: own.map_or_else(|| in_force.clone(), |draft| draft.text),
        in_force,
        others: others
            .into_iter()
            .map(|draft| (draft.name, draft.saved_at))
            .collect(),
        last,
        base,
    })
}

/// Keeps a changed text as the draft.
pub async fn keep_rules(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    editing: &Editing,
    text: String,
) -> Result<(), Failure> {
    let draft = RulesDraft {
        staff: by.id,
        name: by.name.clone(),
        base: editing.base.clone(),
        text,
        saved_at: now.unix_timestamp(),
    };
    Ok(app.sessions.put_rules_draft(contest.id, &draft).await?)
}

/// Goes on with a draft after somebody else's load: what it would undo of theirs is shown as a change from then on.
pub async fn follow_rules(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    editing: Editing,
) -> Result<(), Failure> {
    let (text, base) = (editing.text.clone(), editing.last.source_hash.clone());
    let editing = Editing { base, ..editing };
    keep_rules(app, now, by, contest, &editing, text).await
}

/// Gives a draft up.
pub async fn drop_rules(app: &App, by: &Staff, contest: &Contest) -> Result<(), Failure> {
    Ok(app.sessions.drop_rules_draft(contest.id, by.id).await?)
}

/// Reads rules and checks them against the units and sets of the contest.
pub fn check_rules(contest: &Contest, last: &ContestLoad, text: &[u8]) -> RulesReading {
    let sets = contest
        .heads
        .values()
        .filter_map(|version| contest.sets.get(version));
    let known = RulesContext {
        slug: &contest.definition.slug,
        units: &contest.units,
        sets: sets.collect(),
        days_hold: last.shift_seconds == 0,
    };
    read_rules(text, &known)
}

/// Whether a change of rules needs a reason: somebody may have entered under the old ones.
pub fn wants_reason(contest: &Contest, now: OffsetDateTime) -> bool {
    contest.rounds.iter().any(|round| round.has_opened(now))
}

/// The rules in force with the times at which the rounds really open.
fn in_force(contest: &Contest, shift: i64) -> ContestDefinition {
    ContestDefinition {
        rounds: moved(&contest.definition.rounds, shift),
        papers: Papers::default(),
        ..contest.definition.clone()
    }
}

fn moved(rounds: &[RoundDefinition], seconds: i64) -> Vec<RoundDefinition> {
    let by = Duration::seconds(seconds);
    let round = |round: &RoundDefinition| RoundDefinition {
        opens_at: round.opens_at + by,
        closes_at: round.closes_at + by,
        ..round.clone()
    };
    rounds.iter().map(round).collect()
}

/// The contest as it would be after the load, for looking at alone, and the numbers of opened rounds that keep what they
/// have although the draft says otherwise.
pub fn after_load(
    contest: &Contest,
    last: &ContestLoad,
    definition: ContestDefinition,
    now: OffsetDateTime,
) -> (Contest, Vec<u16>) {
    let before = in_force(contest, last.shift_seconds);
    let opened = |number: u16| contest.round(number).filter(|round| round.has_opened(now));
    let changed = |round: &&RoundDefinition| {
        let same = |new: &RoundDefinition| {
            new.number == round.number
                && (&new.title, new.opens_at, new.closes_at, &new.rules)
                    == (&round.title, round.opens_at, round.closes_at, &round.rules)
        };
        opened(round.number).is_some() && !definition.rounds.iter().any(same)
    };
    let kept: Vec<u16> = before
        .rounds
        .iter()
        .filter(changed)
        .map(|round| round.number)
        .collect();
    let mut rounds: Vec<Round> = definition
        .rounds
        .iter()
        .map(|new| match contest.round(new.number) {
            Some(known) if known.has_opened(now) => known.clone(),
            known => looked_at(contest, known, new),
        })
        .collect();
    let gone = kept.iter().filter_map(|number| contest.round(*number));
    let gone: Vec<Round> = gone
        .filter(|round| rounds.iter().all(|other| other.number != round.number))
        .cloned()
        .collect();
    rounds.extend(gone);
    rounds.sort_by_key(|round| round.number);
    let titles = |(version, set): (&SetVersion, &QuestionSet)| {
        let title = QuestionSet {
            id: set.id.clone(),
            title: set.title.clone(),
            questions: Vec::new(),
        };
        (version.clone(), title)
    };
    let after = Contest {
        id: contest.id,
        definition,
        demonstration: contest.demonstration,
        rounds,
        units: contest.units.clone(),
        sets: contest.sets.iter().map(titles).collect(),
        keys: BTreeMap::new(),
        heads: contest.heads.clone(),
    };
    (after, kept)
}

/// A round that has not opened, as it would be.
fn looked_at(contest: &Contest, known: Option<&Round>, new: &RoundDefinition) -> Round {
    let control = known.map(|known| known.control.clone()).unwrap_or_default();
    Round {
        id: known.map_or(RoundId(0), |known| known.id),
        contest: contest.id,
        number: new.number,
        title: new.title.clone(),
        opens_at: new.opens_at,
        closes_at: new.closes_at,
        rules: new.rules.clone(),
        sets: BTreeMap::new(),
        markings: known.map(|known| known.markings.clone()).unwrap_or_default(),
        scoring: 0,
        stage: RoundStage::Scheduled,
        published_at: None,
        control: RoundControl {
            held: new.by_hand,
            ..control
        },
    }
}

/// Loads the draft with that stamp. `parts` names what was changed, for the audit log.
pub async fn load_rules(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    stamp: &str,
    reason: Option<&str>,
    parts: &[&'static str],
) -> Result<LoadOutcome, LoadRulesError> {
    let editing = open_rules(app, now, by, contest).await?;
    if !editing.is_draft || editing.stamp() != stamp {
        return Err(LoadRulesError::Gone);
    }
    if editing.overtaken {
        return Err(LoadRulesError::Overtaken);
    }
    if reason.is_none() && wants_reason(contest, now) {
        return Err(LoadRulesError::ReasonNeeded);
    }
    let reading = check_rules(contest, &editing.last, editing.text.as_bytes());
    let definition = reading.definition.ok_or(LoadRulesError::Faulty)?;
    let source = source(contest, &editing.last, definition);
    let occasion = Occasion::Console {
        base: &editing.base,
        reason,
        parts,
    };
    match load_contest_on(app, now, &by.name, &source, Calendar::Keep, occasion).await {
        Ok(outcome) => {
            drop_rules(app, by, contest).await?;
            Ok(outcome)
        }
        Err(LoadError::Overtaken) => Err(LoadRulesError::Overtaken),
        Err(LoadError::Expired) => Err(LoadRulesError::Expired),
        Err(LoadError::Failed(failure)) => Err(LoadRulesError::Failed(failure)),
        // The calendar is kept, so it cannot be in the way.
        Err(LoadError::NoSuchRound(_) | LoadError::AlreadyOpen(_)) => {
            Err(Failure::Inconsistent("the calendar moved".to_owned()).into())
        }
    }
}

/// What the folder of the contest would give if its `contest.toml` said what the draft says.
fn source(contest: &Contest, last: &ContestLoad, definition: ContestDefinition) -> Source {
    let back = |day: time::Date| {
        day.checked_sub(Duration::seconds(last.shift_seconds))
            .unwrap_or(day)
    };
    let mut entry = definition.entry.clone();
    for group in &mut entry.no_prize_groups {
        *group = group.moved(Duration::seconds(-last.shift_seconds));
    }
    for window in &mut entry.access {
        *window = window.moved(Duration::seconds(-last.shift_seconds));
    }
    let keyed = contest
        .heads
        .values()
        .filter_map(|version| Some((version, contest.keyed_set(version)?)));
    Source {
        definition: ContestDefinition {
            rounds: moved(&definition.rounds, -last.shift_seconds),
            data_deleted_by: definition.data_deleted_by.map(back),
            entry,
            papers: contest.definition.papers.clone(),
            ..definition
        },
        units: contest.units.iter().map(|unit| unit.definition.clone()).collect(),
        // Only hashes of the list are kept; a load from the console leaves them as they are.
        listed: Vec::new(),
        sets: keyed
            .map(|(version, set)| SourceSet {
                version: version.clone(),
                set: set.set.clone(),
                key: set.key.clone(),
            })
            .collect(),
        media: Vec::new(),
    }
}
