//! Settling equals at the border of a prize over a whole contest: the order that the board decided on, with its reason.
//!
//! Owns that it is about a tie that is open now, names exactly those who are equal, and that the ranking is made again in
//! the same transaction; what an order settles is `domain::prize`'s. Ties of a round are settled with its ranking.

use super::close_round::By;
use super::rank_round::rank_contest;
use super::rule::RuleError;
use super::rule_overall::lock;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::decision::{Refusal, parse_reason};
use crate::domain::ids::ParticipantId;
use crate::domain::prize::Tie;
use crate::domain::ranking::Standing;
use crate::domain::spread::WonFor;
use crate::store::audit::Act;
use crate::store::ranking::StoredRanking;
use crate::store::tie::Decided;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// An open tie of the ranking over a contest.
#[derive(Debug, Clone)]
pub struct ContestTie {
    /// The ranking.
    pub ranking: StoredRanking,
    /// The tie.
    pub tie: Tie,
    /// What its prize is given for.
    pub won_for: WonFor,
    /// Who is equal, by their places in the ranking over the contest.
    pub equals: Vec<Standing>,
}

/// The first open tie of the ranking over a contest; what comes after it may change with it.
pub async fn open_contest_tie(app: &App, contest: &Contest) -> Result<Option<ContestTie>, super::Failure> {
    let store = &app.store;
    let Some(id) = store.find_overall_ranking(contest.id).await? else {
        return Ok(None);
    };
    let Some(ranking) = store.find_ranking(id).await? else {
        return Ok(None);
    };
    let Some(tie) = store.load_ties(id).await?.into_iter().next() else {
        return Ok(None);
    };
    let equals = store.load_standings_at(id, &tie.positions).await?;
    let won_for = ranking.rules.won_for(tie.prize);
    Ok(Some(ContestTie {
        ranking,
        tie,
        won_for,
        equals,
    }))
}

/// Keeps the board's order among the equals of a tie and ranks the contest again.
pub async fn settle_tie(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    (tie, prefer): (&ContestTie, &[ParticipantId]),
    reason: &str,
) -> Result<(), RuleError> {
    let reason = parse_reason(reason)?;
    let mut tx = app.store.begin().await?;
    if lock(&mut tx, contest).await? != tie.ranking.id {
        return Err(Refusal::Changed.into());
    }
    let equals: BTreeSet<ParticipantId> = tie.equals.iter().map(|one| one.participant).collect();
    let named: BTreeSet<ParticipantId> = prefer.iter().copied().collect();
    if named != equals || prefer.len() != equals.len() {
        return Err(Refusal::Changed.into());
    }
    let decided = Decided {
        at: now,
        by: by.name,
        reason,
    };
    tx.put_contest_decision(contest.id, tie.won_for, prefer, decided)
        .await?;
    let facts = serde_json::json!({
        "ranking": tie.ranking.id, "prize": tie.tie.prize, "for": tie.won_for.name(), "preferred": prefer,
    });
    let act = Act {
        at: now,
        actor: by.name,
        act: "settle-tie",
        contest: Some(contest.id),
        round: None,
        reason: Some(reason),
        facts,
    };
    tx.insert_act(&act).await?;
    rank_contest(app, &mut tx, now, by, contest).await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    app.refresh_catalog().await?;
    Ok(())
}
