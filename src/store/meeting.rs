//! What the minutes of going through a result tell: checks, decisions of two people, complaints, equals at a prize.
//!
//! Owns the shape, and the reads that nothing else needs; leaves what is told to `document`.

use super::console_reads::PersonLine;
use super::vetting::Complaint;
use super::{Store, StoreResult, expect};
use crate::domain::decision::Decision;
use crate::domain::ids::{ParticipantId, RoundId};
use crate::domain::prize::Tie;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// Standings read to count equals; more than that many are told as "at least".
const MOST_EQUALS: i64 = 5_000;

/// What minutes tell of a ranking.
#[derive(Debug, Clone, Default)]
pub struct MeetingFacts {
    /// Different winners of prizes for people.
    pub winners: i64,
    /// Those among them whose newest finding confirms them.
    pub confirmed: i64,
    /// Approved decisions of two people, in order.
    pub decisions: Vec<Decision>,
    /// The people whom the decisions name.
    pub people: BTreeMap<ParticipantId, PersonLine>,
    /// Complaints, those without an answer first.
    pub complaints: Vec<Complaint>,
    /// By rank: equals of whom some won by lot or by the board's order.
    pub equals: BTreeMap<i64, Equals>,
    /// Ties that nobody has settled yet.
    pub open: Vec<Tie>,
    /// The board's orders among equals.
    pub orders: Vec<BoardOrder>,
    /// Where people keep their highest prizes: who stands above winners and keeps prizes of other rounds, in order of rank.
    pub kept: Vec<KeptElsewhere>,
}

/// Somebody who keeps higher prizes of other rounds, so that those of this one went on to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptElsewhere {
    /// Rank in the round that passed the person over.
    pub rank: i64,
    /// Who.
    pub person: ParticipantId,
    /// Rounds and names of the prizes, in order of the rounds.
    pub prizes: Vec<(RoundId, String)>,
}

/// How many share a rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Equals {
    /// So many who may win.
    pub number: i64,
    /// There may be more.
    pub at_least: bool,
}

/// When, by whom and why the board put equals in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardOrder {
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl Store {
    /// How many who may win share a rank.
    pub async fn count_equals(&self, ranking: i64, rank: i64) -> StoreResult<Equals> {
        // The first of equals stands at the position of their rank.
        let standings = self.load_standings(ranking, rank - 1, MOST_EQUALS).await?;
        let read = standings.len();
        let equals = standings.iter().take_while(|standing| standing.rank == rank);
        let (mut all, mut number) = (0_usize, 0_i64);
        for standing in equals {
            all += 1;
            number += i64::from(standing.eligible);
        }
        let is_full = i64::try_from(read).is_ok_and(|read| read >= MOST_EQUALS);
        Ok(Equals {
            number,
            at_least: is_full && all == read,
        })
    }

    /// The prizes that people hold in other rounds, by the rankings in force: the round, the prize's number and its name.
    pub async fn list_prizes_elsewhere(
        &self,
        rounds: &[RoundId],
        people: &[ParticipantId],
    ) -> StoreResult<BTreeMap<ParticipantId, Vec<(RoundId, u16, String)>>> {
        let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
        let rows = sqlx::query!(
            "select a.participant_id, r.round_id, a.prize, a.prize_name from rounds r join awards a on a.ranking_id = r.ranking_id
             where r.round_id = any($1) and a.participant_id = any($2)
             order by r.number, a.prize, a.place",
            &rounds.iter().map(|round| round.0).collect::<Vec<_>>(),
            &ids
        )
        .fetch_all(self.pool())
        .await?;
        let mut held: BTreeMap<ParticipantId, Vec<(RoundId, u16, String)>> = BTreeMap::new();
        for row in rows {
            let prizes = held.entry(ParticipantId(row.participant_id)).or_default();
            let prize = expect(u16::try_from(row.prize).ok(), "awards", "prize", row.round_id)?;
            prizes.push((RoundId(row.round_id), prize, row.prize_name));
        }
        Ok(held)
    }

    /// The board's orders among equals of a round, the oldest first.
    pub async fn list_board_orders(&self, round: RoundId) -> StoreResult<Vec<BoardOrder>> {
        let rows = sqlx::query!(
            "select decided_at, decided_by, reason from tie_decisions where round_id = $1
             group by decided_at, decided_by, reason order by decided_at",
            round.0
        )
        .fetch_all(self.pool())
        .await?;
        let orders = rows.into_iter().map(|row| BoardOrder {
            at: row.decided_at,
            by: row.decided_by,
            reason: row.reason,
        });
        Ok(orders.collect())
    }
}
