//! Published results, as the public may see them.
//!
//! Owns that nothing of a round is given out before its publication, and no name without consent; leaves making rankings
//! to `ranking`.

use super::{Store, StoreResult, expect};
use crate::domain::collective::UnitFigures;
use crate::domain::ids::{RoundId, UnitId};
use crate::domain::participant::FullName;
use crate::domain::ranking::Tally;
use time::OffsetDateTime;

/// The ranking that a published round shows.
#[derive(Debug, Clone)]
pub struct PublishedRanking {
    /// Number.
    pub id: i64,
    /// When it was published.
    pub published_at: OffsetDateTime,
    /// The counts.
    pub tally: Tally,
    /// The predicted quantity as it came out.
    pub actual: Option<i64>,
}

/// A prize with its winner.
#[derive(Debug, Clone)]
pub struct PublishedAward {
    /// Name of the prize.
    pub prize_name: String,
    /// Which of its places.
    pub place: u16,
    /// Value in đồng.
    pub value: Option<i64>,
    /// Full name with consent to be named, initials without.
    pub name: String,
    /// Unit entered for.
    pub unit: UnitId,
    /// Rank.
    pub rank: i64,
    /// Points.
    pub score: i64,
    /// The prediction that counts.
    pub prediction: Option<i64>,
    /// Its distance from the actual quantity.
    pub prediction_error: Option<i64>,
    /// Time used, milliseconds.
    pub duration_ms: i64,
    /// Recorded finish.
    pub finished_at: OffsetDateTime,
    /// `rank`, `draw` or `board`.
    pub settled_by: String,
}

/// A prize given to a unit.
#[derive(Debug, Clone)]
pub struct PublishedCollectiveAward {
    /// Name of the prize.
    pub prize_name: String,
    /// Which of its places.
    pub place: u16,
    /// Value in đồng.
    pub value: Option<i64>,
    /// The unit.
    pub unit: UnitId,
    /// Rank by the measure of the prize.
    pub rank: i64,
}

/// The name that the public sees. What is stored was parsed once; should that ever fail, no letter is shown.
fn public_name(full_name: &str, consent: bool) -> String {
    if consent {
        return full_name.to_owned();
    }
    FullName::parse(full_name).map_or_else(|_| "…".to_owned(), |name| name.initials())
}

impl Store {
    /// The ranking of a round, once it is published.
    pub async fn find_published(&self, round: RoundId) -> StoreResult<Option<PublishedRanking>> {
        let row = sqlx::query!(
            r#"select k.ranking_id, r.published_at as "published_at!", k.attempts, k.people, k.attempts_all_correct,
                      k.people_all_correct, k.actual
               from rounds r join rankings k using (ranking_id)
               where r.round_id = $1 and r.stage = 'published'"#,
            round.0
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| PublishedRanking {
            id: row.ranking_id,
            published_at: row.published_at,
            tally: Tally {
                attempts: row.attempts,
                people: row.people,
                attempts_all_correct: row.attempts_all_correct,
                people_all_correct: row.people_all_correct,
            },
            actual: row.actual,
        }))
    }

    /// Every prize of a ranking with its winner, best first.
    pub async fn load_published_awards(&self, ranking: i64) -> StoreResult<Vec<PublishedAward>> {
        let rows = sqlx::query!(
            "select a.prize_name, a.place, a.value, a.settled_by, s.rank, s.unit_id, s.score, s.prediction,
                    s.prediction_error, s.duration_ms, s.finished_at, p.full_name, p.consent_publish
             from awards a join standings s using (ranking_id, position)
               join participants p on p.participant_id = a.participant_id
             where a.ranking_id = $1 order by a.prize, a.place",
            ranking
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(PublishedAward {
                    prize_name: row.prize_name,
                    place: expect(u16::try_from(row.place).ok(), "awards", "place", ranking)?,
                    value: row.value,
                    name: public_name(&row.full_name, row.consent_publish),
                    unit: UnitId(row.unit_id),
                    rank: row.rank,
                    score: row.score,
                    prediction: row.prediction,
                    prediction_error: row.prediction_error,
                    duration_ms: row.duration_ms,
                    finished_at: row.finished_at,
                    settled_by: row.settled_by,
                })
            })
            .collect()
    }

    /// Every prize for units of a ranking.
    pub async fn load_published_collective_awards(
        &self,
        ranking: i64,
    ) -> StoreResult<Vec<PublishedCollectiveAward>> {
        let rows = sqlx::query!(
            "select prize_name, place, value, unit_id, rank from collective_awards
             where ranking_id = $1 order by prize, place",
            ranking
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(PublishedCollectiveAward {
                    prize_name: row.prize_name,
                    place: expect(
                        u16::try_from(row.place).ok(),
                        "collective_awards",
                        "place",
                        ranking,
                    )?,
                    value: row.value,
                    unit: UnitId(row.unit_id),
                    rank: row.rank,
                })
            })
            .collect()
    }

    /// The figures of every unit of a ranking, in the order of the contest's list.
    pub async fn load_published_units(&self, ranking: i64) -> StoreResult<Vec<(UnitId, UnitFigures)>> {
        let rows = sqlx::query!(
            "select f.unit_id, f.people, f.attempts, f.total_score, f.all_correct, f.winners
             from unit_results f join units u using (unit_id) where f.ranking_id = $1 order by u.position, u.unit_id",
            ranking
        )
        .fetch_all(self.pool())
        .await?;
        let figures = rows.into_iter().map(|row| {
            let figures = UnitFigures {
                people: row.people,
                attempts: row.attempts,
                total_score: row.total_score,
                all_correct: row.all_correct,
                winners: i64::from(row.winners),
            };
            (UnitId(row.unit_id), figures)
        });
        Ok(figures.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::public_name;

    #[test]
    fn without_consent_only_initials_are_shown() {
        assert_eq!(public_name("Nguyễn Thị Ánh", true), "Nguyễn Thị Ánh");
        assert_eq!(public_name("Nguyễn Thị Ánh", false), "N.T.Á.");
        assert_eq!(public_name("?!", false), "…");
    }
}
