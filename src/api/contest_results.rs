//! Results of a contest as a whole: what all its rounds together gave, and prizes for bringing newcomers.
//!
//! Owns this one read; there is nothing here before every round is published, just as on the page.

use super::extract::Path;
use super::moment::Moment;
use super::problem::{Problem, ProblemDocument};
use super::results::{AwardView, CollectiveAwardView, Counts, UnitView};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::ids::ParticipantId;
use crate::domain::spread::WonFor;
use crate::store::ranking::{StoredAward, StoredRanking};
use crate::store::spread::SpreadLine;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The results of a contest as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContestResults {
    /// Address of the contest.
    contest: String,
    /// What people call it.
    title: String,
    /// When the last of its rounds was published.
    published_at: Option<Moment>,
    /// Holds simulated entries.
    demonstration: bool,
    /// How many took part in all rounds together.
    counts: Counts,
    /// Prizes of the whole contest for answers, best first.
    awards: Vec<AwardView>,
    /// Prizes for bringing newcomers, best first.
    spread_awards: Vec<SpreadAwardView>,
    /// Prizes of the whole contest for units.
    collective_awards: Vec<CollectiveAwardView>,
    /// Every unit, over all rounds.
    units: Vec<UnitView>,
}

/// A prize for bringing newcomers with its winner.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpreadAwardView {
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
    /// Rank among those who brought newcomers; equals share one.
    rank: i64,
    /// Newcomers who count, up to the most that may.
    newcomers: i64,
    /// Newcomers who would count without such a limit.
    brought: i64,
    /// When the last of `newcomers` began to count.
    reached_at: Moment,
    /// What settled it: `rank`, `draw` or `board`.
    settled_by: &'static str,
}

/// Counts, awards and units of a contest whose rounds are all published.
#[utoipa::path(get, path = "/contests/{contest}/results", tag = "results",
    params(("contest" = String, Path, description = "Address of the contest")),
    responses((status = 200, body = ContestResults),
        (status = 404, body = ProblemDocument, description = "not-found, or not-published")))]
pub async fn show(State(app): State<App>, Path(slug): Path<String>) -> Result<Json<ContestResults>, Problem> {
    let catalog = app.catalog();
    let contest = catalog.find(&slug).ok_or(Problem::NotFound)?;
    let id = app.store.find_contest_ranking(contest.id).await?;
    let ranking = match id {
        Some(id) => app.store.find_ranking(id).await?,
        None => None,
    };
    let ranking = ranking.ok_or(Problem::NotPublished)?;
    let (awards, spread_awards) = awards(&app, contest, &ranking).await?;
    let collective = app.store.load_collective_awards(ranking.id).await?;
    let figures = app.store.load_unit_results(ranking.id).await?;
    let published = contest.rounds.iter().filter_map(|round| round.published_at);
    Ok(Json(ContestResults {
        contest: slug,
        title: contest.definition.title.clone(),
        published_at: published.max().map(Moment),
        demonstration: contest.demonstration,
        counts: Counts::from(&ranking),
        awards,
        spread_awards,
        collective_awards: CollectiveAwardView::all(contest, collective),
        units: UnitView::all(contest, &figures),
    }))
}

/// Prizes for answers, and those for bringing newcomers.
async fn awards(
    app: &App,
    contest: &Contest,
    ranking: &StoredRanking,
) -> Result<(Vec<AwardView>, Vec<SpreadAwardView>), Problem> {
    let names = app.store.load_public_names(ranking.id).await?;
    let all = app.store.load_awards(ranking.id).await?;
    let (for_answers, for_newcomers): (Vec<StoredAward>, Vec<StoredAward>) = all
        .into_iter()
        .partition(|award| ranking.rules.won_for(award.award.prize) == WonFor::Answers);
    let people: Vec<ParticipantId> = for_newcomers
        .iter()
        .map(|award| award.award.participant)
        .collect();
    let brought = match people.is_empty() {
        true => BTreeMap::new(),
        false => app.store.load_spread(ranking.id, &people).await?,
    };
    let spread = for_newcomers.into_iter().filter_map(|award| {
        let line = brought.get(&award.award.participant)?;
        Some(SpreadAwardView::new(contest, &names, award, line))
    });
    Ok((AwardView::all(contest, &names, for_answers), spread.collect()))
}

impl SpreadAwardView {
    fn new(
        contest: &Contest,
        names: &BTreeMap<ParticipantId, String>,
        stored: StoredAward,
        line: &SpreadLine,
    ) -> Self {
        let award = stored.award;
        Self {
            prize: stored.prize_name,
            place: award.place,
            value: stored.value,
            name: names.get(&award.participant).cloned().unwrap_or_default(),
            unit: contest.unit_path(stored.standing.unit),
            rank: line.rank,
            newcomers: line.newcomers,
            brought: line.brought,
            reached_at: Moment(line.reached_at),
            settled_by: award.settled_by.name(),
        }
    }
}
