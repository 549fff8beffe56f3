//! Points of the units of a cluster: what they are scored by, points typed by the organiser or taken from a contest.
//!
//! Every change adds rows and stands in the audit log; the ranking is computed from the newest.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::collective::UnitFigures;
use crate::domain::contest::CollectiveMeasure;
use crate::domain::emulation::ranking::{Criterion, Points, Ranked, Ties, proportional, rank};
use crate::domain::emulation::{ClusterId, CriterionId};
use crate::domain::ids::RoundId;
use crate::domain::round::RoundStage;
use crate::store::audit::Act;
use crate::store::emulation::{ClusterRow, NewScore, ScoreRow};
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// Why nothing was changed.
#[derive(Debug)]
pub enum ScoreError {
    /// Points were given by the criteria already; they stay.
    Scored,
    /// The contest has no sealed round.
    NotSealed,
    /// No unit of the cluster is one of the contest.
    NoUnits,
    /// The cluster has no such criterion.
    NoCriterion,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ScoreError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// A cluster with its criteria, points and ranking.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The cluster.
    pub cluster: ClusterRow,
    /// What units are scored by.
    pub criteria: Vec<(CriterionId, Criterion)>,
    /// Points in force.
    pub scores: BTreeMap<(CriterionId, String), ScoreRow>,
    /// Units, best first.
    pub ranked: Vec<Ranked>,
}

/// Reads a cluster and ranks it; `None` if there is none of that number.
pub async fn standing(app: &App, id: ClusterId) -> Result<Option<Standing>, Failure> {
    let Some(cluster) = app.store.find_cluster(id).await? else {
        return Ok(None);
    };
    let criteria = app.store.list_criteria(id).await?;
    let scores = app.store.load_scores(id).await?;
    let codes: Vec<String> = cluster
        .definition
        .members
        .iter()
        .map(|unit| unit.code.clone())
        .collect();
    let points: Points = scores
        .iter()
        .map(|(key, score)| (key.clone(), score.hundredths))
        .collect();
    let ranked = rank(&codes, &criteria, &points, cluster.ties);
    Ok(Some(Standing {
        cluster,
        criteria,
        scores,
        ranked,
    }))
}

/// Puts criteria in place of those of a cluster while no points are given, and says how equals stand.
pub async fn set_criteria(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    cluster: &ClusterRow,
    criteria: &[Criterion],
    ties: Ties,
) -> Result<(), ScoreError> {
    let mut tx = app.store.begin().await?;
    if !tx.replace_criteria(cluster.id, criteria).await? {
        return Err(ScoreError::Scored);
    }
    tx.set_ties(cluster.id, ties).await?;
    let facts = serde_json::json!({ "cluster": cluster.definition.code, "criteria": criteria.len() });
    tx.insert_act(&act("cluster-criteria", now, by, facts)).await?;
    Ok(tx.commit().await?)
}

/// Changes how equals stand, whether there are points or not.
pub async fn set_ties(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    cluster: &ClusterRow,
    ties: Ties,
) -> Result<(), ScoreError> {
    let mut tx = app.store.begin().await?;
    tx.set_ties(cluster.id, ties).await?;
    let facts = serde_json::json!({ "cluster": cluster.definition.code, "ties": ties.name() });
    tx.insert_act(&act("cluster-ties", now, by, facts)).await?;
    Ok(tx.commit().await?)
}

/// Keeps points that were typed; those that say what is kept already are left out. Returns how many changed.
pub async fn put_points(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    own: &Standing,
    typed: Vec<NewScore>,
) -> Result<usize, ScoreError> {
    let kept = |new: &NewScore| {
        let key = (new.criterion, new.code.clone());
        own.scores
            .get(&key)
            .is_some_and(|score| score.hundredths == new.hundredths)
    };
    let changed: Vec<NewScore> = typed.into_iter().filter(|new| !kept(new)).collect();
    if changed.is_empty() {
        return Ok(0);
    }
    write(app, now, by, own, &changed).await?;
    Ok(changed.len())
}

/// Scores a criterion by what the units reached in the sealed rounds of a contest: the best unit of the cluster gets all
/// points, the others their share of the best. Units that the contest does not have are left as they are.
pub async fn take_from_contest(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    own: &Standing,
    criterion: CriterionId,
    (contest, measure): (&Contest, CollectiveMeasure),
) -> Result<usize, ScoreError> {
    let found = own.criteria.iter().find(|(id, _)| *id == criterion);
    let (_, rules) = found.ok_or(ScoreError::NoCriterion)?;
    let sealed = contest
        .rounds
        .iter()
        .filter(|round| round.stage != RoundStage::Scheduled);
    let rounds: Vec<RoundId> = sealed.map(|round| round.id).collect();
    if rounds.is_empty() {
        return Err(ScoreError::NotSealed);
    }
    let source = app.store.for_long_reading().await;
    let figures = source.count_units(contest.id, &rounds).await?;
    let reached = own.cluster.definition.members.iter().filter_map(|member| {
        let unit = contest.unit_by_code(&member.code)?;
        let own = figures.get(&unit.id).copied().unwrap_or_default();
        Some((
            member.code.clone(),
            fraction(measure, own, unit.definition.headcount),
        ))
    });
    let reached: Vec<(String, (u64, u64))> = reached.collect();
    if reached.is_empty() {
        return Err(ScoreError::NoUnits);
    }
    let given = proportional(rules.most, &reached);
    let scores: Vec<NewScore> = given
        .into_iter()
        .map(|(code, hundredths)| NewScore {
            criterion,
            code,
            hundredths,
            source: format!("{}: {}", contest.definition.slug, measure.name()),
        })
        .collect();
    write(app, now, by, own, &scores).await?;
    Ok(scores.len())
}

/// Measures that points can be taken from.
pub const MEASURES: [CollectiveMeasure; 6] = [
    CollectiveMeasure::Rate,
    CollectiveMeasure::People,
    CollectiveMeasure::Attempts,
    CollectiveMeasure::AverageScore,
    CollectiveMeasure::AllCorrect,
    CollectiveMeasure::Winners,
];

/// What a unit reached, as a fraction whose lower part is above zero; nothing where it cannot be told.
fn fraction(measure: CollectiveMeasure, own: UnitFigures, headcount: Option<u32>) -> (u64, u64) {
    let (above, below) = match measure {
        CollectiveMeasure::Attempts => (own.attempts, 1),
        CollectiveMeasure::Rate => (own.people, headcount.map_or(0, i64::from)),
        CollectiveMeasure::AverageScore => (own.total_score, own.people),
        CollectiveMeasure::TotalScore => (own.total_score, 1),
        CollectiveMeasure::AllCorrect => (own.all_correct, 1),
        CollectiveMeasure::Winners => (own.winners, 1),
        CollectiveMeasure::People | CollectiveMeasure::RankPoints | CollectiveMeasure::Weighted => {
            (own.people, 1)
        }
    };
    match (u64::try_from(above), u64::try_from(below)) {
        (Ok(above), Ok(below)) if below > 0 => (above, below),
        _ => (0, 1),
    }
}

async fn write(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    own: &Standing,
    scores: &[NewScore],
) -> Result<(), ScoreError> {
    let mut tx = app.store.begin().await?;
    tx.insert_scores(scores, now, by.name).await?;
    let source = scores.first().map_or("", |score| score.source.as_str());
    let facts = serde_json::json!({
        "cluster": own.cluster.definition.code, "scores": scores.len(), "source": source,
    });
    tx.insert_act(&act("cluster-scores", now, by, facts)).await?;
    Ok(tx.commit().await?)
}

fn act<'a>(word: &'static str, at: OffsetDateTime, by: By<'a>, facts: serde_json::Value) -> Act<'a> {
    Act {
        at,
        actor: by.name,
        act: word,
        contest: None,
        round: None,
        reason: None,
        facts,
    }
}
