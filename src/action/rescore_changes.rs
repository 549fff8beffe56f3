//! The attempts whose score a re-scoring changes, one by one: would change, or has changed.
//!
//! Owns which correction is meant and what stands in its way; rows are `store::results`'s. Nothing is written.

use super::rescore_round::{Obstacle, RescoreError};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::marking::Marking;
use crate::domain::rescoring::Treatment;
use crate::domain::round::{Round, RoundStage};
use crate::store::results::{Rows, ScoreChange};
use crate::store::scoring::{Correction, InForce};
use std::sync::Arc;

/// The attempts whose score a correction would change, in order of submission, read as they are asked for.
pub async fn tried_changes(
    app: &App,
    contest: &Arc<Contest>,
    round: &Round,
    treatment: &Treatment,
) -> Result<Rows<ScoreChange>, RescoreError> {
    let source = app.store.for_long_reading().await;
    let in_force = source.begin().await?.load_scoring(round.id).await?;
    let correction = corrected(contest, round, round.stage, treatment, &in_force)?;
    Ok(source.stream_tried_changes(correction, in_force.scoring))
}

/// The attempts whose score a re-scoring has changed, in order of submission, read as they are asked for.
pub async fn made_changes(app: &App, round: &Round, scoring: i64) -> Rows<ScoreChange> {
    let source = app.store.for_long_reading().await;
    source.stream_made_changes(round.id, scoring, None)
}

/// The round as it would be marked, if that can be and is another marking than the one in force.
pub(super) fn corrected(
    contest: &Arc<Contest>,
    round: &Round,
    stage: RoundStage,
    treatment: &Treatment,
    in_force: &InForce,
) -> Result<Correction, Obstacle> {
    if stage == RoundStage::Scheduled {
        return Err(Obstacle::NotSealed);
    }
    if !is_possible(contest, round, treatment) {
        return Err(Obstacle::UnknownQuestion);
    }
    let markings = treatment.applied(&in_force.markings);
    if markings == in_force.markings {
        return Err(Obstacle::NothingChanges);
    }
    Ok(Correction {
        contest: Arc::clone(contest),
        round: Round {
            markings,
            ..round.clone()
        },
        treatment: treatment.clone(),
    })
}

/// Whether papers of the round are drawn from the question, and it has the options that are to be accepted.
fn is_possible(contest: &Contest, round: &Round, treatment: &Treatment) -> bool {
    let drawn = contest.drawn_questions(round);
    let found = drawn
        .iter()
        .find(|drawn| *drawn.version == treatment.version && drawn.question.id == treatment.question);
    found.is_some_and(|drawn| match &treatment.marking {
        Some(Marking::Accept { keys }) => {
            let options = drawn.question.options.len();
            let fits = |places: &std::collections::BTreeSet<u8>| {
                !places.is_empty() && places.iter().all(|place| usize::from(*place) < options)
            };
            !keys.is_empty() && keys.iter().all(fits)
        }
        Some(Marking::FullMarks | Marking::Dropped) | None => true,
    })
}
