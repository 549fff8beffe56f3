//! A secret vote from preparation to the count: open, stop, go on, close by a second person, call off.
//!
//! Every step locks the vote, so a ballot is either in the box before a step or refused after it. Casting a ballot is
//! `cast_ballot`. Codes are made here, returned once and kept as keyed hashes alone.

use super::Failure;
use super::cast_ballot::open_box;
use super::close_round::By;
use crate::app::App;
use crate::domain::emulation::ballot::BallotBox;
use crate::domain::emulation::vote::{
    CloseRefusal, Delegate, RulesError, Tally, VoteState, may_close, rules_faults, tally,
};
use crate::domain::emulation::{DelegateId, VoteId};
use crate::keys::ballot_code;
use crate::store::audit::Act;
use crate::store::emulation::{NewVote, VoteRow};
use time::OffsetDateTime;

/// Longest title and place, and longest reason, in characters.
pub const MAX_LINE: usize = 300;
/// Longest list of tellers, in characters.
pub const MAX_TELLERS: usize = 2_000;
/// Shortest reason for calling a vote off.
pub const MIN_REASON: usize = 10;

/// What is wrong with a vote that is prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrepareFault {
    /// The title is missing.
    NoTitle,
    /// The title is too long.
    LongTitle,
    /// The place is too long.
    LongPlace,
    /// The name of the chair is too long.
    LongChair,
    /// The name of the secretary is too long.
    LongSecretary,
    /// The tellers are too long.
    LongTellers,
    /// The rules contradict themselves.
    Rules(RulesError),
}

/// Why a step was not taken.
#[derive(Debug)]
pub enum VoteError {
    /// Everything that is wrong with a vote that is prepared.
    Wrong(Vec<PrepareFault>),
    /// The vote is in another state.
    State(VoteState),
    /// It cannot be closed now, or not by that person.
    Close(CloseRefusal),
    /// The reason is missing, too short or too long.
    Reason,
    /// No such vote or delegate, or the delegate has voted.
    Gone,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for VoteError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// A code to be handed over, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// To whom.
    pub delegate: Delegate,
    /// Twelve letters.
    pub code: String,
}

/// Everything that is wrong with a vote before it is kept.
pub fn prepare_faults(vote: &NewVote<'_>) -> Vec<PrepareFault> {
    let long = |text: &str, most: usize| text.chars().count() > most;
    let texts = [
        (vote.title.trim().is_empty(), PrepareFault::NoTitle),
        (long(vote.title, MAX_LINE), PrepareFault::LongTitle),
        (long(vote.place, MAX_LINE), PrepareFault::LongPlace),
        (long(vote.chair, MAX_LINE), PrepareFault::LongChair),
        (long(vote.secretary, MAX_LINE), PrepareFault::LongSecretary),
        (long(vote.tellers, MAX_TELLERS), PrepareFault::LongTellers),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(is_wrong, fault)| is_wrong.then_some(fault));
    let rules = rules_faults(vote.rules, vote.candidates.len());
    texts.chain(rules.into_iter().map(PrepareFault::Rules)).collect()
}

/// Keeps a vote that is not open yet.
pub async fn prepare_vote(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    vote: &NewVote<'_>,
) -> Result<VoteId, VoteError> {
    let faults = prepare_faults(vote);
    if !faults.is_empty() {
        return Err(VoteError::Wrong(faults));
    }
    let mut tx = app.store.begin().await?;
    let id = tx.insert_vote(vote, now, by.name).await?;
    let facts = serde_json::json!({ "vote": id.0, "delegates": vote.delegates.len() });
    tx.insert_act(&act("vote-prepare", now, by, None, facts)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Opens a vote: every delegate gets a code. They are returned in the order of the list and can never be read again.
pub async fn open_vote(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    vote: &VoteRow,
) -> Result<Vec<Slip>, VoteError> {
    let delegates = app.store.list_delegates(vote.id).await?;
    let mut tx = app.store.begin().await?;
    expect_state(&mut tx, vote.id, &[VoteState::Prepared]).await?;
    let mut slips = Vec::with_capacity(delegates.len());
    for row in delegates {
        let code = ballot_code(&app.entropy.bytes());
        tx.set_ballot_code(vote.id, row.id, &app.keys.ballot_hash(&code))
            .await?;
        slips.push(Slip {
            delegate: row.delegate,
            code,
        });
    }
    let empty = BallotBox::empty(vote.candidates.len(), slips.len());
    super::cast_ballot::seal_box(app, &mut tx, vote.id, &empty).await?;
    tx.set_vote_state(vote.id, VoteState::Open, now, by.name, None)
        .await?;
    let facts = serde_json::json!({ "vote": vote.id.0, "delegates": slips.len() });
    tx.insert_act(&act("vote-open", now, by, None, facts)).await?;
    tx.commit().await?;
    Ok(slips)
}

/// Gives a delegate who has not voted a new code; the old one is void.
pub async fn reissue_code(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    vote: VoteId,
    delegate: DelegateId,
) -> Result<Slip, VoteError> {
    let rows = app.store.list_delegates(vote).await?;
    let row = rows
        .into_iter()
        .find(|row| row.id == delegate)
        .ok_or(VoteError::Gone)?;
    let mut tx = app.store.begin().await?;
    expect_state(&mut tx, vote, &[VoteState::Open]).await?;
    let code = ballot_code(&app.entropy.bytes());
    let hash = app.keys.ballot_hash(&code);
    if !tx.set_ballot_code(vote, delegate, &hash).await? {
        return Err(VoteError::Gone);
    }
    let facts = serde_json::json!({ "vote": vote.0, "delegate": delegate.0 });
    tx.insert_act(&act("vote-code", now, by, None, facts)).await?;
    tx.commit().await?;
    Ok(Slip {
        delegate: row.delegate,
        code,
    })
}

/// Takes no more ballots; another person confirms the close, or it goes on.
pub async fn stop_vote(app: &App, now: OffsetDateTime, by: By<'_>, vote: VoteId) -> Result<(), VoteError> {
    step(
        app,
        now,
        by,
        vote,
        (&[VoteState::Open], VoteState::Stopped),
        ("vote-stop", None),
    )
    .await
}

/// Takes ballots again.
pub async fn resume_vote(app: &App, now: OffsetDateTime, by: By<'_>, vote: VoteId) -> Result<(), VoteError> {
    step(
        app,
        now,
        by,
        vote,
        (&[VoteState::Stopped], VoteState::Open),
        ("vote-resume", None),
    )
    .await
}

/// Calls a vote off before it is counted; its ballots are destroyed unread.
pub async fn cancel_vote(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    vote: VoteId,
    why: &str,
) -> Result<(), VoteError> {
    let why = why.trim();
    if !(MIN_REASON..=MAX_LINE).contains(&why.chars().count()) {
        return Err(VoteError::Reason);
    }
    let from = [VoteState::Prepared, VoteState::Open, VoteState::Stopped];
    step(
        app,
        now,
        by,
        vote,
        (&from, VoteState::Cancelled),
        ("vote-cancel", Some(why)),
    )
    .await
}

/// Counts the ballots of a stopped vote, confirmed by a second person; refused below the quorum.
pub async fn close_vote(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    vote: &VoteRow,
) -> Result<Tally, VoteError> {
    let mut tx = app.store.begin().await?;
    let (state, stopped_by) = tx.lock_vote(vote.id).await?.ok_or(VoteError::Gone)?;
    let (delegates, voted) = tx.count_delegates(vote.id).await?;
    may_close(
        state,
        &vote.rules,
        (delegates, voted),
        stopped_by.as_deref(),
        by.name,
    )
    .map_err(VoteError::Close)?;
    let ballots = open_box(app, &mut tx, vote, delegates).await?;
    if u32::try_from(ballots.len()) != Ok(voted) {
        let cause = format!("vote {}: {} ballots of {voted} delegates", vote.id, ballots.len());
        return Err(VoteError::Failed(Failure::Inconsistent(cause)));
    }
    let counted = ballots.counted();
    tx.insert_ballots(vote.id, &counted).await?;
    tx.drop_box(vote.id).await?;
    tx.set_vote_state(vote.id, VoteState::Closed, now, by.name, None)
        .await?;
    let result = tally(&vote.rules, places(vote), delegates, &counted);
    let facts = serde_json::json!({
        "vote": vote.id.0, "delegates": delegates, "collected": result.collected, "valid": result.valid,
        "blank": result.blank, "invalid": result.invalid,
    });
    tx.insert_act(&act("vote-close", now, by, None, facts)).await?;
    tx.commit().await?;
    Ok(result)
}

/// The tally of a counted vote; `None` of any other.
pub async fn vote_tally(app: &App, vote: &VoteRow) -> Result<Option<Tally>, Failure> {
    if vote.state != VoteState::Closed {
        return Ok(None);
    }
    let delegates = app.store.list_delegates(vote.id).await?.len();
    let ballots = app.store.load_ballots(vote.id).await?;
    let delegates = u32::try_from(delegates).unwrap_or(u32::MAX);
    Ok(Some(tally(&vote.rules, places(vote), delegates, &ballots)))
}

/// Candidates on the ballot; checked to be at most a hundred.
fn places(vote: &VoteRow) -> u16 {
    u16::try_from(vote.candidates.len()).unwrap_or(u16::MAX)
}

async fn step(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    vote: VoteId,
    (from, to): (&[VoteState], VoteState),
    (word, why): (&'static str, Option<&str>),
) -> Result<(), VoteError> {
    let mut tx = app.store.begin().await?;
    expect_state(&mut tx, vote, from).await?;
    tx.set_vote_state(vote, to, now, by.name, why).await?;
    if to == VoteState::Cancelled {
        tx.drop_box(vote).await?;
    }
    let facts = serde_json::json!({ "vote": vote.0 });
    tx.insert_act(&act(word, now, by, why, facts)).await?;
    Ok(tx.commit().await?)
}

async fn expect_state(
    tx: &mut crate::store::Tx,
    vote: VoteId,
    wanted: &[VoteState],
) -> Result<(), VoteError> {
    let (state, _) = tx.lock_vote(vote).await?.ok_or(VoteError::Gone)?;
    if wanted.contains(&state) {
        Ok(())
    } else {
        Err(VoteError::State(state))
    }
}

fn act<'a>(
    word: &'static str,
    at: OffsetDateTime,
    by: By<'a>,
    reason: Option<&'a str>,
    facts: serde_json::Value,
) -> Act<'a> {
    Act {
        at,
        actor: by.name,
        act: word,
        contest: None,
        round: None,
        reason,
        facts,
    }
}
