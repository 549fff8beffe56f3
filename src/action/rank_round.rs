//! Ranking a sealed round: standings, prizes, unit figures, ties that the board must settle.
//!
//! Owns the order: decisions of the board first, then one ranking made by the database, put in force. Ranking again
//! replaces what is in force and keeps the earlier ranking as history. With the last round of a contest its overall
//! ranking is made too.

use super::close_round::{Blocker, By, StepError};
use super::mark_essay::essay_blockers;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::Keep;
use crate::domain::ids::{AttemptId, RoundId};
use crate::domain::round::{Round, RoundStage};
use crate::store::Tx;
use crate::store::audit::Act;
use crate::store::ranking::{MadeRanking, RankingOrder};
use time::OffsetDateTime;

/// Ranks a round. `prefer` is the board's order among equals at a prize border and needs a reason.
pub async fn rank_round(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    round: &Round,
    reason: Option<&str>,
    prefer: &[AttemptId],
) -> Result<MadeRanking, StepError> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let catalog = app.catalog();
    let contest = catalog
        .find_id(round.contest)
        .ok_or_else(|| super::Failure::Inconsistent("no contest".to_owned()))?;
    let mut tx = app.store.begin().await?;
    // Two rounds ranked at once would each miss that the other completes the contest.
    tx.lock_contest_id(contest.id).await?;
    let locked = tx.lock_round(round.id).await?;
    // Where people keep their highest prizes, a round ranked later may change those of one that is approved already.
    let keeps_highest = round.rules.ranking.per_person.keep == Keep::Highest;
    let may_rank = match locked.stage {
        RoundStage::Sealed | RoundStage::Ranked => true,
        RoundStage::Approved => keeps_highest,
        RoundStage::Scheduled | RoundStage::Published => false,
    };
    if !may_rank {
        let phase = Round {
            stage: locked.stage,
            ..round.clone()
        }
        .phase(now);
        return Err(StepError::Blocked(vec![Blocker::WrongPhase(phase)]));
    }
    let unmarked = essay_blockers(&mut tx, round, None).await?;
    if !unmarked.is_empty() {
        return Err(StepError::Blocked(unmarked));
    }
    match (prefer, reason) {
        ([], _) => {}
        (_, Some(reason)) => {
            tx.put_tie_decision(round.id, prefer, now, by.name, reason)
                .await?
        }
        (_, None) => return Err(StepError::Blocked(vec![Blocker::ReasonNeeded(now)])),
    }
    let seed = seed(app, &mut tx, contest, Some(round)).await?;
    let phase = contest.others_of_phase(round);
    let made = tx
        .insert_ranking(&order(
            contest,
            Some((round, phase.as_slice())),
            now,
            by.name,
            seed,
        ))
        .await?;
    tx.set_ranked(round.id, made.id).await?;
    let facts = serde_json::json!({
        "ranking": made.id, "people": made.people, "awards": made.outcome.awards.len(), "ties": made.outcome.ties.len(),
        "preferred": prefer,
    });
    let act = Act {
        at: now,
        actor: by.name,
        act: "rank",
        contest: Some(round.contest),
        round: Some(round.id),
        reason,
        facts,
    };
    tx.insert_act(&act).await?;
    qualify(&mut tx, contest, round).await?;
    rank_contest_if_complete(app, &mut tx, now, by, contest, round).await?;
    tx.announce_catalog().await?;
    tx.commit().await?;
    app.refresh_catalog().await?;
    Ok(made)
}

/// The seed of the first ranking stays: ranking again must not be a way to draw again.
pub(super) async fn seed(
    app: &App,
    tx: &mut Tx,
    contest: &Contest,
    round: Option<&Round>,
) -> Result<[u8; 32], super::Failure> {
    let known = tx.find_draw_seed(contest.id, round.map(|round| round.id)).await?;
    Ok(known.unwrap_or_else(|| app.entropy.bytes()))
}

/// Who may enter later rounds that this round decides about, once all rounds that do are ranked.
pub(super) async fn qualify(tx: &mut Tx, contest: &Contest, round: &Round) -> Result<(), super::Failure> {
    let rules = &contest.definition.rules_default;
    for later in &contest.rounds {
        let definition = contest.round_definition(later.number);
        let who = definition.and_then(|own| own.qualifying.as_ref());
        if let Some(who) = who.filter(|who| who.rounds.contains(&round.number)) {
            tx.put_qualified(contest.id, later.id, who, rules).await?;
        }
    }
    Ok(())
}

/// The ranking over all rounds, once every other round is ranked.
pub(super) async fn rank_contest_if_complete(
    app: &App,
    tx: &mut Tx,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    round: &Round,
) -> Result<(), StepError> {
    let rounds = app.store.load_rounds(contest.id).await?;
    let complete = rounds
        .iter()
        .all(|other| other.id == round.id || other.stage >= RoundStage::Ranked);
    if !complete {
        return Ok(());
    }
    rank_contest(app, tx, now, by, contest).await
}

/// The ranking over all rounds of a contest, under the rulings in force.
pub(super) async fn rank_contest(
    app: &App,
    tx: &mut Tx,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
) -> Result<(), StepError> {
    let seed = seed(app, tx, contest, None).await?;
    let made = tx
        .insert_ranking(&order(contest, None, now, by.name, seed))
        .await?;
    let facts =
        serde_json::json!({ "ranking": made.id, "people": made.people, "awards": made.outcome.awards.len() });
    let act = Act {
        at: now,
        actor: by.name,
        act: "rank-contest",
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts,
    };
    Ok(tx.insert_act(&act).await?)
}

/// What to rank: a round, or without one the contest as a whole.
pub(super) fn order<'a>(
    contest: &'a Contest,
    round: Option<(&'a Round, &'a [RoundId])>,
    now: OffsetDateTime,
    by: &'a str,
    seed: [u8; 32],
) -> RankingOrder<'a> {
    RankingOrder {
        contest: contest.id,
        round: round.map(|(round, _)| round.id),
        phase: round.map_or(&[], |(_, phase)| phase),
        made_at: now,
        made_by: by,
        rules: round.map_or(&contest.definition.rules_default, |(round, _)| &round.rules),
        prizes: &contest.definition.prizes,
        collective_prizes: &contest.definition.collective_prizes,
        spread: contest.definition.spread.as_ref(),
        barred: contest.barred(round.map(|(round, _)| round)),
        seed,
    }
}
