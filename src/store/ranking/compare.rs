//! Two rankings of a round side by side.
//!
//! Owns reading both within a transaction, so that one that was never kept can be compared; what differs is said by
//! `domain::effect`.

use super::page;
use crate::domain::effect::{Effect, Figures, Given, prize_changes};
use crate::domain::ids::{ParticipantId, UnitId};
use crate::domain::ranking::Tally;
use crate::store::{StoreResult, Tx, expect};
use futures_util::TryStreamExt;

impl Tx {
    /// Everything that differs between two rankings. Holds sixteen bytes a person in memory.
    pub async fn compare_rankings(&mut self, before: i64, after: i64) -> StoreResult<Effect> {
        let mut effect = Effect {
            before: self.figures(before).await?,
            after: self.figures(after).await?,
            prizes: prize_changes(&self.given(before).await?, &self.given(after).await?),
            unit_prizes: prize_changes(
                &self.given_to_units(before).await?,
                &self.given_to_units(after).await?,
            ),
            ..Effect::default()
        };
        let people = usize::try_from(effect.before.tally.people).unwrap_or(0);
        let mut ranks: Vec<(ParticipantId, i64)> = Vec::with_capacity(people);
        self.each_rank(before, |person, rank| ranks.push((person, rank)))
            .await?;
        ranks.sort_unstable();
        // Everybody stands once in a ranking, so who is found in both has not left.
        let former = |person| {
            let place = ranks.binary_search_by_key(&person, |known| known.0).ok()?;
            ranks.get(place).map(|known| known.1)
        };
        effect.left = i64::try_from(ranks.len()).unwrap_or(i64::MAX);
        self.each_rank(after, |person, rank| match former(person) {
            Some(former) => {
                effect.left -= 1;
                effect.moved += i64::from(former != rank);
            }
            None => effect.joined += 1,
        })
        .await?;
        Ok(effect)
    }

    async fn figures(&mut self, ranking: i64) -> StoreResult<Figures> {
        let row = sqlx::query!(
            r#"select attempts, people, attempts_all_correct, people_all_correct, actual,
                (select count(*) from ties where ties.ranking_id = rankings.ranking_id) as "ties!"
               from rankings where ranking_id = $1"#,
            ranking
        )
        .fetch_one(self.conn())
        .await?;
        Ok(Figures {
            tally: Tally {
                attempts: row.attempts,
                people: row.people,
                attempts_all_correct: row.attempts_all_correct,
                people_all_correct: row.people_all_correct,
            },
            actual: row.actual,
            ties: row.ties,
        })
    }

    /// Who received what in a ranking.
    pub(super) async fn given(&mut self, ranking: i64) -> StoreResult<Vec<Given<ParticipantId>>> {
        let rows = sqlx::query!(
            "select prize, place, prize_name, participant_id from awards where ranking_id = $1",
            ranking
        )
        .fetch_all(self.conn())
        .await?;
        let rows = rows.into_iter();
        rows.map(|row| {
            place(
                row.prize,
                row.place,
                row.prize_name,
                ParticipantId(row.participant_id),
                ranking,
            )
        })
        .collect()
    }

    async fn given_to_units(&mut self, ranking: i64) -> StoreResult<Vec<Given<UnitId>>> {
        let rows = sqlx::query!(
            "select prize, place, prize_name, unit_id from collective_awards where ranking_id = $1",
            ranking
        )
        .fetch_all(self.conn())
        .await?;
        let rows = rows.into_iter();
        rows.map(|row| place(row.prize, row.place, row.prize_name, UnitId(row.unit_id), ranking))
            .collect()
    }

    /// Everybody's rank, page by page.
    async fn each_rank(&mut self, ranking: i64, mut take: impl FnMut(ParticipantId, i64)) -> StoreResult<()> {
        let mut pages = sqlx::query!(
            "select first_position, records from standing_pages where ranking_id = $1",
            ranking
        )
        .fetch(self.conn());
        while let Some(row) = pages.try_next().await? {
            for record in page::decode(ranking, row.first_position, &row.records)? {
                take(record.standing.participant, record.standing.rank);
            }
        }
        Ok(())
    }
}

fn place<T>(prize: i16, place: i16, name: String, winner: T, ranking: i64) -> StoreResult<Given<T>> {
    let number = |n: i16| expect(u16::try_from(n).ok(), "awards", "prize", ranking);
    Ok((number(prize)?, number(place)?, name, winner))
}
