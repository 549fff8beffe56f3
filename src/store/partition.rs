//! A round's own tables, by name.
//!
//! Owns turning a statement into one on them. The hot statements never name the tables above them: with hundreds of rounds
//! a plan over all partitions takes tens of milliseconds to make, or to start, and locks every one of them.

use super::StoreResult;
use crate::domain::ids::RoundId;
use sqlx::AssertSqlSafe;

/// `text` with every `#` turned into the number of the round: `attempts_r#` is its own table of attempts.
pub(super) fn of_round(text: &str, round: RoundId) -> AssertSqlSafe<String> {
    // Only a number enters the text, so nothing that came from outside can.
    AssertSqlSafe(text.replace('#', &round.0.to_string()))
}

/// Whether a round of that number can have tables; ids of attempts come from outside and may name any.
pub(super) const fn may_exist(round: RoundId) -> bool {
    round.0 > 0
}

/// Rows, or none where the tables are not there: the round never was, or has been put away.
pub(super) fn none_if_away<T>(rows: Result<Vec<T>, sqlx::Error>) -> StoreResult<Vec<T>> {
    const NO_SUCH_TABLE: &str = "42P01";
    match rows {
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(NO_SUCH_TABLE) => Ok(Vec::new()),
        rows => Ok(rows?),
    }
}

/// Values by their round, which mostly is one.
pub(super) fn by_round<T>(values: impl IntoIterator<Item = (RoundId, T)>) -> Vec<(RoundId, Vec<T>)> {
    let mut groups: Vec<(RoundId, Vec<T>)> = Vec::with_capacity(1);
    for (round, value) in values {
        match groups.iter_mut().find(|(known, _)| *known == round) {
            Some((_, group)) => group.push(value),
            None => groups.push((round, vec![value])),
        }
    }
    groups
}
