//! The times of groups that take turns in a round, as clients see them.
//!
//! Owns this form; who belongs to a group and when it enters is `domain::access`'s.

use super::moment::Moment;
use crate::domain::access::AccessWindow;
use crate::domain::catalog::Contest;
use crate::domain::round::Round;
use serde::Serialize;
use utoipa::ToSchema;

/// A time of a group within a round: for people who meet all that it says, and for everybody where it says nothing of people.
/// A round that has none takes everybody as long as it is open.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TurnSummary {
    /// Number of the round.
    round: u16,
    /// What people call the group.
    #[schema(example = "Khối trường học")]
    group: String,
    /// Codes of its units; people of units below belong too. Empty for people of every unit.
    units: Vec<String>,
    /// Only people of this bloc; null for those of every bloc.
    bloc: Option<String>,
    /// Born on this day or later; null where that does not matter.
    #[schema(example = "2005-01-01")]
    born_from: Option<String>,
    /// Born on this day or before; null where that does not matter.
    #[schema(example = "2010-12-31")]
    born_to: Option<String>,
    /// First moment at which the group may start.
    opens_at: Moment,
    /// First moment at which it may not any more.
    closes_at: Moment,
}

impl TurnSummary {
    /// The times of all groups, by round and in the order of their times.
    pub fn of(contest: &Contest) -> Vec<Self> {
        let rounds = contest.rounds.iter();
        rounds
            .flat_map(|round| {
                let windows = contest.windows(round).into_iter();
                windows.map(move |window| Self::new(round, window))
            })
            .collect()
    }

    fn new(round: &Round, window: &AccessWindow) -> Self {
        Self {
            round: round.number,
            group: window.group.clone(),
            units: window.units.clone(),
            bloc: window.bloc.clone(),
            born_from: window.born_from.map(|day| day.to_string()),
            born_to: window.born_to.map(|day| day.to_string()),
            opens_at: Moment(window.from.max(round.opens_at)),
            closes_at: Moment(window.to.min(round.closes_at)),
        }
    }
}
