//! What official papers are filled with, as one value.
//!
//! Owns the shape and the few reads that only papers need; leaves filling to `document` and what may be issued when to
//! `action`.

use super::meeting::MeetingFacts;
use super::ranking::{StoredCollectiveAward, StoredRanking};
use super::results::WinnerRow;
use super::{Store, StoreResult};
use crate::domain::catalog::Contest;
use crate::domain::collective::UnitFigures;
use crate::domain::ids::{RoundId, UnitId};
use crate::domain::ranking::Tally;
use crate::domain::round::Round;
use crate::domain::round_key::RoundKey;
use std::collections::BTreeMap;
use std::sync::Arc;
use time::{Date, OffsetDateTime};

/// Everything that a paper of a round, or of a whole contest, may say.
#[derive(Debug, Clone)]
pub struct PaperFacts {
    /// The contest.
    pub contest: Arc<Contest>,
    /// The round; `None` over the contest.
    pub round: Option<Round>,
    /// When it was read.
    pub as_of: OffsetDateTime,
    /// The ranking it is about; `None` on papers that tell of no result.
    pub ranking: Option<StoredRanking>,
    /// Every round of it is approved.
    pub approved: bool,
    /// People registered in the contest.
    pub registered: i64,
    /// Winners by round, prize and place.
    pub winners: Vec<WinnerRow>,
    /// Prizes of units.
    pub collective: Vec<StoredCollectiveAward>,
    /// Figures of units.
    pub units: BTreeMap<UnitId, UnitFigures>,
    /// The rounds of the contest that are ranked, in order.
    pub rounds: Vec<RoundFacts>,
    /// Attempts by day.
    pub days: Vec<(Date, i64)>,
    /// Attempts by right answers.
    pub right: Vec<(u16, i64)>,
    /// What minutes tell besides; `None` for other papers.
    pub meeting: Option<MeetingFacts>,
    /// The keys of its rounds; none on papers that do not tell them.
    pub keys: Vec<RoundKey>,
}

/// A ranked round.
#[derive(Debug, Clone)]
pub struct RoundFacts {
    /// The round.
    pub round: RoundId,
    /// Its number.
    pub number: u16,
    /// Its title.
    pub title: String,
    /// Its counts.
    pub tally: Tally,
    /// The predicted quantity as it came out.
    pub actual: Option<i64>,
    /// Prizes given.
    pub awards: i64,
    /// Its ranking is approved.
    pub approved: bool,
}

impl Store {
    /// The ranked rounds of a contest, in order.
    pub async fn load_ranked_rounds(&self, contest: &Contest) -> StoreResult<Vec<RoundFacts>> {
        let rows = sqlx::query!(
            r#"select r.round_id, r.number, r.title, k.attempts, k.people, k.attempts_all_correct,
                      k.people_all_correct, k.actual, r.stage,
                      (select count(*) from awards a where a.ranking_id = k.ranking_id) as "awards!"
               from rounds r join rankings k on k.ranking_id = r.ranking_id
               where r.contest_id = $1 order by r.number"#,
            contest.id.0
        )
        .fetch_all(self.pool())
        .await?;
        let facts = rows.into_iter().map(|row| RoundFacts {
            round: RoundId(row.round_id),
            number: u16::try_from(row.number).unwrap_or(0),
            title: row.title,
            tally: Tally {
                attempts: row.attempts,
                people: row.people,
                attempts_all_correct: row.attempts_all_correct,
                people_all_correct: row.people_all_correct,
            },
            actual: row.actual,
            awards: row.awards,
            approved: matches!(row.stage.as_str(), "approved" | "published"),
        });
        Ok(facts.collect())
    }
}
