//! The best people of a round that still runs, and its counts.
//!
//! Owns what the organiser is shown of the live list; carrying it on is the worker's.

use super::desk::{Desk, Place};
use crate::domain::live::{LiveLine, LiveList};
use crate::domain::round::{Round, RoundPhase};
use crate::store::console_reads::{PersonLine, RoundCounts};
use crate::web::error::WebError;
use crate::web::format;

/// People shown.
const SHOWN: usize = 20;

/// The list as a page shows it.
pub struct LiveTop {
    /// "20 người đứng đầu lúc này".
    pub caption: String,
    /// The rules rank by a prediction too, which nothing can be compared with yet.
    pub no_prediction: bool,
    /// One row a person.
    pub rows: Vec<LiveRow>,
}

/// A person in the list.
pub struct LiveRow {
    /// Shared by equals.
    pub rank: String,
    /// Name.
    pub name: String,
    /// Unit entered for.
    pub unit: String,
    /// Points.
    pub score: String,
    /// Time used.
    pub duration: String,
    /// Moment of submission.
    pub submitted: String,
}

/// The counts of a round at this moment, with its live list.
pub async fn read(desk: &Desk, round: &Round) -> Result<(RoundCounts, LiveList), WebError> {
    let store = &desk.app.store;
    let (list, is_whole) = store.load_live(round.id, &round.rules).await?;
    let counts = if is_whole {
        store.count_round(round.id, &list).await?
    } else {
        store.count_round_anew(round.id).await?
    };
    Ok((counts, list))
}

/// The list, while the round is open or about to be closed and somebody has submitted.
pub async fn top(desk: &Desk, place: &Place, list: &LiveList) -> Result<Option<LiveTop>, WebError> {
    let phase = place.round.phase(desk.now());
    let lines = list.top(&place.round.rules, SHOWN);
    if !matches!(phase, RoundPhase::Open | RoundPhase::Ended) || lines.is_empty() {
        return Ok(None);
    }
    let ids: Vec<_> = lines.iter().map(|(_, line)| line.participant).collect();
    let people = desk.app.store.load_people(&ids).await?;
    let shown = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let args = [("n", format::number(desk.lang(), shown).into())];
    Ok(Some(LiveTop {
        caption: desk.say("console-live-caption", &args),
        no_prediction: place.round.rules.prediction.is_some(),
        rows: lines
            .into_iter()
            .map(|(rank, line)| row(desk, place, rank, line, people.get(&line.participant)))
            .collect(),
    }))
}

fn row(desk: &Desk, place: &Place, rank: i64, line: &LiveLine, person: Option<&PersonLine>) -> LiveRow {
    let lang = desk.lang();
    let unit = place.contest.unit(line.unit);
    LiveRow {
        rank: format::number(lang, rank),
        name: person.map(|person| person.full_name.clone()).unwrap_or_default(),
        unit: unit.map(|unit| unit.definition.name.clone()).unwrap_or_default(),
        score: format::number(lang, i64::from(line.score)),
        duration: format::stopwatch(line.duration_ms),
        submitted: format!(
            "{} {}",
            format::clock(line.finished_at),
            format::day(line.finished_at)
        ),
    }
}
