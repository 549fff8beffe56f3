//! Contests: what is on, and what one asks for.
//!
//! Owns these two reads; they come from the catalog in memory.

use super::extract::{Now, Path};
use super::moment::Moment;
use super::problem::{Problem, ProblemDocument};
use super::turns::TurnSummary;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::{
    CollectiveMeasure, CountedAttempt, Feedback, Field, PredictedQuantity, PredictionAsked, Scope,
    SpreadRules,
};
use crate::domain::round::{Round, RoundPhase};
use crate::domain::unit::Unit;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// A contest in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContestSummary {
    /// Its address.
    #[schema(example = "lang-son-90-nam")]
    contest: String,
    /// Full title.
    title: String,
    /// The body that runs it.
    organiser: String,
    /// One or two sentences.
    description: Option<String>,
    /// Holds simulated entries.
    demonstration: bool,
    /// The rounds.
    rounds: Vec<RoundSummary>,
}

/// A round of a contest.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundSummary {
    /// From 1.
    number: u16,
    /// What people call it.
    title: String,
    /// First moment at which an attempt may start.
    opens_at: Moment,
    /// First moment at which none may.
    closes_at: Moment,
    /// `upcoming`, `open`, `ended`, `sealed`, `ranked`, `approved` or `published`.
    phase: &'static str,
    /// When its results were published.
    published_at: Option<Moment>,
    /// Questions on a paper.
    questions: u32,
    /// Score of a paper answered right throughout.
    max_score: u32,
    /// Seconds from start to deadline; null: until the round closes.
    time_limit_s: Option<u32>,
    /// Attempts per person; null: any number.
    attempts_per_round: Option<u16>,
    /// Seconds between two attempts.
    wait_s: u32,
    /// The attempt that is ranked: `best`, `first`, `last` or `sum-of-rounds`.
    #[schema(value_type = String)]
    counts: CountedAttempt,
    /// What is told on submitting: `none` or `score`.
    #[schema(value_type = String)]
    feedback: Feedback,
    /// The quantity to be predicted; null where none is.
    #[schema(value_type = Option<String>)]
    prediction: Option<PredictedQuantity>,
    /// When it is asked for: `paper` or `after` the paper; null where nothing is.
    #[schema(value_type = Option<String>)]
    prediction_asked: Option<PredictionAsked>,
}

/// A contest with all that a client needs to register people.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContestDetail {
    #[serde(flatten)]
    summary: ContestSummary,
    /// The organiser's rules, Markdown.
    rules: Option<String>,
    /// Telephone for help.
    hotline: Option<String>,
    /// Smallest age in years on the day the first round opens.
    min_age: Option<u8>,
    /// What registration asks for, besides `password` and `consent`.
    fields: FieldList,
    /// Units to enter for, parents first.
    units: Vec<UnitSummary>,
    /// Times of groups that take turns, by round; none where everybody enters at any time.
    turns: Vec<TurnSummary>,
    /// Prizes for people.
    prizes: Vec<PrizeSummary>,
    /// Prizes for units.
    collective_prizes: Vec<CollectivePrizeSummary>,
    /// Prizes for bringing newcomers by a personal link; null where there are none.
    spread: Option<SpreadSummary>,
}

/// Names of registration fields.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldList {
    /// Must be given.
    required: Vec<&'static str>,
    /// May be given.
    optional: Vec<&'static str>,
}

/// A unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitSummary {
    /// Its code, as registration takes it.
    code: String,
    /// Its name.
    name: String,
    /// Code of the unit above.
    parent: Option<String>,
}

/// A prize for people.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrizeSummary {
    /// `round` or `contest`.
    #[schema(value_type = String)]
    scope: Scope,
    /// Its name.
    name: String,
    /// How many people receive it.
    places: u16,
    /// Value of one in đồng.
    value: Option<u64>,
}

/// A prize for units.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectivePrizeSummary {
    /// `round` or `contest`.
    #[schema(value_type = String)]
    scope: Scope,
    /// Its name.
    name: String,
    /// How many units receive it.
    places: u16,
    /// What decides.
    #[schema(value_type = String)]
    by: CollectiveMeasure,
    /// Value of one in đồng.
    value: Option<u64>,
}

/// Which newcomers count, and what is given to those who bring most of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpreadSummary {
    /// Papers that a newcomer hands in to count.
    min_attempts: u16,
    /// Newcomers who count for one person at most; null: any number.
    cap: Option<u32>,
    /// The prizes, best first.
    prizes: Vec<SpreadPrizeSummary>,
}

/// A prize for those who bring most newcomers, given once over the whole contest.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpreadPrizeSummary {
    /// Its name.
    name: String,
    /// How many people receive it.
    places: u16,
    /// Value of one in đồng.
    value: Option<u64>,
    /// Fewest newcomers that may win it.
    min_newcomers: u32,
}

/// Every contest.
#[utoipa::path(get, path = "/contests", tag = "contests", responses((status = 200, body = Vec<ContestSummary>)))]
pub async fn list(Now(now): Now, State(app): State<App>) -> Json<Vec<ContestSummary>> {
    Json(
        app.catalog()
            .contests()
            .iter()
            .map(|contest| ContestSummary::new(contest, now))
            .collect(),
    )
}

/// One contest.
#[utoipa::path(get, path = "/contests/{contest}", tag = "contests",
    params(("contest" = String, Path, description = "Address of the contest")),
    responses((status = 200, body = ContestDetail), (status = 404, body = ProblemDocument)))]
pub async fn show(
    Now(now): Now,
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Json<ContestDetail>, Problem> {
    let catalog = app.catalog();
    let contest = catalog.find(&slug).ok_or(Problem::NotFound)?;
    Ok(Json(ContestDetail::new(contest, now)))
}

impl ContestSummary {
    fn new(contest: &Contest, now: OffsetDateTime) -> Self {
        let definition = &contest.definition;
        Self {
            contest: definition.slug.clone(),
            title: definition.title.clone(),
            organiser: definition.organiser.clone(),
            description: definition.description.clone(),
            demonstration: contest.demonstration,
            rounds: contest
                .rounds
                .iter()
                .map(|round| RoundSummary::new(round, now))
                .collect(),
        }
    }
}

impl RoundSummary {
    fn new(round: &Round, now: OffsetDateTime) -> Self {
        let rules = &round.rules;
        let phase: RoundPhase = round.phase(now);
        Self {
            number: round.number,
            title: round.title.clone(),
            opens_at: Moment(round.opens_at),
            closes_at: Moment(round.closes_at),
            phase: phase.name(),
            published_at: round.published_at.map(Moment),
            questions: rules.paper.question_count(),
            max_score: rules.paper.max_score(),
            time_limit_s: rules.paper.time_limit_s,
            attempts_per_round: rules.attempts.per_round,
            wait_s: rules.attempts.wait_s,
            counts: rules.attempts.counts,
            feedback: rules.attempts.feedback,
            prediction: rules.prediction.map(|prediction| prediction.asks),
            prediction_asked: rules.prediction.map(|prediction| prediction.asked),
        }
    }
}

impl ContestDetail {
    fn new(contest: &Contest, now: OffsetDateTime) -> Self {
        let definition = &contest.definition;
        let fields = &definition.fields;
        let required = |field: &Field| Field::ALWAYS.contains(field) || fields.required.contains(field);
        let optional = |field: &Field| fields.optional.contains(field) && !required(field);
        let all = Field::ALL.into_iter();
        Self {
            summary: ContestSummary::new(contest, now),
            rules: definition.rules.clone(),
            hotline: definition.hotline.clone(),
            min_age: definition.min_age,
            fields: FieldList {
                required: all.clone().filter(required).map(Field::name).collect(),
                optional: all.filter(optional).map(Field::name).collect(),
            },
            units: contest.units.iter().map(UnitSummary::from).collect(),
            turns: TurnSummary::of(contest),
            prizes: definition.prizes.iter().map(PrizeSummary::from).collect(),
            collective_prizes: definition
                .collective_prizes
                .iter()
                .map(CollectivePrizeSummary::from)
                .collect(),
            spread: definition.spread.as_ref().map(SpreadSummary::from),
        }
    }
}

impl From<&Unit> for UnitSummary {
    fn from(unit: &Unit) -> Self {
        let definition = &unit.definition;
        Self {
            code: definition.code.clone(),
            name: definition.name.clone(),
            parent: definition.parent.clone(),
        }
    }
}

impl From<&crate::domain::contest::Prize> for PrizeSummary {
    fn from(prize: &crate::domain::contest::Prize) -> Self {
        Self {
            scope: prize.scope,
            name: prize.name.clone(),
            places: prize.places,
            value: prize.value,
        }
    }
}

impl From<&crate::domain::contest::CollectivePrize> for CollectivePrizeSummary {
    fn from(prize: &crate::domain::contest::CollectivePrize) -> Self {
        Self {
            scope: prize.scope,
            name: prize.name.clone(),
            places: prize.places,
            by: prize.by,
            value: prize.value,
        }
    }
}

impl From<&SpreadRules> for SpreadSummary {
    fn from(rules: &SpreadRules) -> Self {
        let prizes = rules.prizes.iter().map(|prize| SpreadPrizeSummary {
            name: prize.name.clone(),
            places: prize.places,
            value: prize.value,
            min_newcomers: prize.min_newcomers,
        });
        Self {
            min_attempts: rules.min_attempts,
            cap: rules.cap,
            prizes: prizes.collect(),
        }
    }
}
