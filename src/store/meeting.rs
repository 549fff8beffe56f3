//! What the minutes of going through a result tell: checks, decisions of two people, complaints, equals at a prize.
//!
//! Owns the shape, and the reads that nothing else needs; leaves what is told to `document`.

use super::console_reads::PersonLine;
use super::vetting::Complaint;
use super::{Store, StoreResult};
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
