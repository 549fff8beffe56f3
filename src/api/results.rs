//! Published results of a round.
//!
//! Owns this one read; before publication there is nothing here, not even counts.

use super::extract::Path;
use super::moment::Moment;
use super::problem::{Problem, ProblemDocument};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::collective::UnitFigures;
use crate::domain::ids::{ParticipantId, UnitId};
use crate::domain::unit::Unit;
use crate::store::ranking::{StoredAward, StoredCollectiveAward, StoredRanking};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The results of a round.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundResults {
    /// Address of the contest.
    contest: String,
    /// The round.
    round: u16,
    /// What people call it.
    title: String,
    /// When the results were published.
    published_at: Moment,
    /// Which published version this is, from 1.
    version: u16,
    /// It corrects an earlier version.
    corrected: bool,
    /// Why that was corrected, in the organiser's words; null for the first version.
    correction: Option<String>,
    /// Holds simulated entries.
    demonstration: bool,
    /// How many took part.
    counts: Counts,
    /// Prizes for people, best first.
    awards: Vec<AwardView>,
    /// Prizes for units.
    collective_awards: Vec<CollectiveAwardView>,
    /// Every unit.
    units: Vec<UnitView>,
}

/// How many took part.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    /// Attempts submitted (lượt).
    attempts: i64,
    /// Different people who submitted (người).
    people: i64,
    /// Attempts right in every question.
    attempts_all_correct: i64,
    /// People with at least one such attempt.
    people_all_correct: i64,
    /// The predicted quantity as it came out; null where none was asked for.
    actual: Option<i64>,
}

/// A prize with its winner.
#[derive(Debug, Serialize, ToSchema)]
pub struct AwardView {
    /// Name of the prize.
    prize: String,
    /// Which of its places, from 1.
    place: u16,
    /// Value in đồng.
    value: Option<i64>,
    /// The winner's name, or initials without consent to be named.
    name: String,
    /// The winner's unit with the units above it.
    unit: String,
    /// Rank in the round; equals share one.
    rank: i64,
    /// Points.
    score: i64,
    /// The prediction that counts.
    prediction: Option<i64>,
    /// Its distance from the actual quantity.
    prediction_error: Option<i64>,
    /// Time used, milliseconds.
    duration_ms: i64,
    /// When it was submitted.
    finished_at: Moment,
    /// What settled it: `rank`, `draw` or `board`.
    settled_by: &'static str,
}

/// A prize given to a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectiveAwardView {
    /// Name of the prize.
    prize: String,
    /// From 1.
    place: u16,
    /// Value in đồng.
    value: Option<i64>,
    /// The unit with the units above it.
    unit: String,
    /// Rank by the measure of the prize.
    rank: i64,
}

/// The figures of a unit, units below it included.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitView {
    /// Code of the unit.
    code: String,
    /// Its name.
    name: String,
    /// Different people (người).
    people: i64,
    /// Attempts (lượt).
    attempts: i64,
    /// People divided by headcount, 4 decimals; null without headcount.
    rate: Option<f64>,
    /// Mean of the counted scores, 2 decimals; null without people.
    average_score: Option<f64>,
    /// People whose counted attempt is right throughout.
    all_correct: i64,
    /// Prizes won by its people.
    winners: i64,
}

/// Counts, awards and units of a published round.
#[utoipa::path(get, path = "/contests/{contest}/rounds/{n}/results", tag = "results",
    params(("contest" = String, Path, description = "Address of the contest"), ("n" = u16, Path, description = "Round")),
    responses((status = 200, body = RoundResults),
        (status = 404, body = ProblemDocument, description = "not-found, or not-published")))]
pub async fn show(
    State(app): State<App>,
    Path((slug, number)): Path<(String, u16)>,
) -> Result<Json<RoundResults>, Problem> {
    let catalog = app.catalog();
    let contest = catalog.find(&slug).ok_or(Problem::NotFound)?;
    let round = contest.round(number).ok_or(Problem::NotFound)?;
    let published = app
        .store
        .find_published(round.id)
        .await?
        .ok_or(Problem::NotPublished)?;
    let ranking = app
        .store
        .find_ranking(published.ranking)
        .await?
        .ok_or(Problem::NotPublished)?;
    let names = app.store.load_public_names(ranking.id).await?;
    let awards = app.store.load_awards(ranking.id).await?;
    let collective = app.store.load_collective_awards(ranking.id).await?;
    let figures = app.store.load_unit_results(ranking.id).await?;
    Ok(Json(RoundResults {
        contest: slug,
        round: round.number,
        title: round.title.clone(),
        published_at: Moment(published.at),
        version: published.version,
        corrected: published.corrects.is_some(),
        correction: published.corrects,
        demonstration: contest.demonstration,
        counts: Counts::from(&ranking),
        awards: AwardView::all(contest, &names, awards),
        collective_awards: CollectiveAwardView::all(contest, collective),
        units: UnitView::all(contest, &figures),
    }))
}

impl From<&StoredRanking> for Counts {
    fn from(ranking: &StoredRanking) -> Self {
        Self {
            attempts: ranking.tally.attempts,
            people: ranking.tally.people,
            attempts_all_correct: ranking.tally.attempts_all_correct,
            people_all_correct: ranking.tally.people_all_correct,
            actual: ranking.actual,
        }
    }
}

impl AwardView {
    /// Prizes with their winners, in the order given.
    pub(super) fn all(
        contest: &Contest,
        names: &BTreeMap<ParticipantId, String>,
        awards: Vec<StoredAward>,
    ) -> Vec<Self> {
        let awards = awards.into_iter();
        awards.map(|award| Self::new(contest, names, award)).collect()
    }

    fn new(contest: &Contest, names: &BTreeMap<ParticipantId, String>, stored: StoredAward) -> Self {
        let StoredAward {
            award,
            prize_name,
            value,
            standing,
        } = stored;
        Self {
            prize: prize_name,
            place: award.place,
            value,
            name: names.get(&award.participant).cloned().unwrap_or_default(),
            unit: contest.unit_path(standing.unit),
            rank: standing.rank,
            score: standing.score,
            prediction: standing.prediction,
            prediction_error: standing.prediction_error,
            duration_ms: standing.duration_ms,
            finished_at: Moment(standing.finished_at),
            settled_by: award.settled_by.name(),
        }
    }
}

impl CollectiveAwardView {
    /// Prizes for units, in the order given.
    pub(super) fn all(contest: &Contest, awards: Vec<StoredCollectiveAward>) -> Vec<Self> {
        let awards = awards.into_iter();
        awards.map(|award| Self::new(contest, award)).collect()
    }

    fn new(contest: &Contest, stored: StoredCollectiveAward) -> Self {
        Self {
            prize: stored.prize_name,
            place: stored.award.place,
            value: stored.value,
            unit: contest.unit_path(stored.award.unit),
            rank: stored.award.rank,
        }
    }
}

impl UnitView {
    /// Every unit that has figures, in the order of the contest's file.
    pub(super) fn all(contest: &Contest, figures: &BTreeMap<UnitId, UnitFigures>) -> Vec<Self> {
        let units = contest.units.iter();
        units
            .filter_map(|unit| Some(Self::new(unit, figures.get(&unit.id)?)))
            .collect()
    }

    fn new(unit: &Unit, figures: &UnitFigures) -> Self {
        let definition = &unit.definition;
        Self {
            code: definition.code.clone(),
            name: definition.name.clone(),
            people: figures.people,
            attempts: figures.attempts,
            rate: definition
                .headcount
                .and_then(|all| decimal(figures.people, i64::from(all), 4)),
            average_score: decimal(figures.total_score, figures.people, 2),
            all_correct: figures.all_correct,
            winners: figures.winners,
        }
    }
}

/// A quotient of counts rounded half up to so many decimals; `None` without a divisor. Worked out in whole numbers, so
/// that every machine gives the same digits.
fn decimal(above: i64, below: i64, places: u32) -> Option<f64> {
    let (above, below, unit) = (i128::from(above), i128::from(below), 10i128.pow(places));
    if below <= 0 || above < 0 {
        return None;
    }
    let scaled = (2 * above * unit + below) / (2 * below);
    let width = usize::try_from(places).ok()?;
    format!("{}.{:0width$}", scaled / unit, scaled % unit)
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn quotients_are_rounded_half_up_and_need_a_divisor() {
        assert_eq!(decimal(1, 3, 4), Some(0.3333));
        assert_eq!(decimal(2, 3, 4), Some(0.6667));
        assert_eq!(decimal(1, 8, 2), Some(0.13));
        assert_eq!(decimal(7, 7, 4), Some(1.0));
        assert_eq!(decimal(0, 0, 2), None);
    }
}
