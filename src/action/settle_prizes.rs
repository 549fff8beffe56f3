//! Where people keep only their highest prizes: which rounds give otherwise than all of them together would.
//!
//! Owns when that stands in the way of publishing. Nothing is changed here: a round that is not published is ranked again, a
//! published one is opened for correction by two people, and both of its versions are kept.

use super::Failure;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::ids::{ContestId, RoundId};
use crate::store::Tx;
use crate::store::ranking::Unsettled;

/// How far the prizes of the rounds agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The rounds whose prizes in force would change, in order of number.
    pub unsettled: Vec<Unsettled>,
    /// Every round is ranked: what is to be settled is final. Before that, later rounds may change it.
    pub complete: bool,
}

/// What is to be settled in a contest now.
pub async fn open_settlement(app: &App, contest: &Contest) -> Result<Settlement, Failure> {
    let mut tx = app.store.begin().await?;
    // Prizes pass over whoever is erased: once everybody is, nothing would agree, and nothing can be corrected either.
    if tx.has_expiry(contest.id).await? {
        return Ok(Settlement {
            unsettled: Vec::new(),
            complete: true,
        });
    }
    Ok(Settlement {
        unsettled: tx.find_unsettled(contest.id).await?,
        complete: tx.are_all_ranked(contest.id).await?,
    })
}

/// How many rounds must be settled before a round is published: itself always; the others once every round is ranked and it
/// is the last that is not published.
pub(super) async fn unsettled_before(
    tx: &mut Tx,
    contest: ContestId,
    round: RoundId,
) -> Result<i64, Failure> {
    let unsettled = tx.find_unsettled(contest).await?;
    if unsettled.is_empty() {
        return Ok(0);
    }
    let is_last = tx.are_all_ranked(contest).await? && tx.is_last_unpublished(contest, round).await?;
    let counts = unsettled.iter().filter(|one| is_last || one.round == round);
    Ok(i64::try_from(counts.count()).unwrap_or(i64::MAX))
}
