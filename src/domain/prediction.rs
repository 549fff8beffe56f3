//! A prediction that is asked for after the paper: whether an attempt takes one now, and until when.
//!
//! Owns this decision; what is predicted and whose prediction counts are settings of the contest, and comparing with what came
//! out is `ranking`'s.

use super::contest::CountedPrediction;
use time::{Duration, OffsetDateTime};

/// Time for the prediction after a paper that ended with its round. Nobody gains by it: the count is not told before the
/// round is sealed.
pub const AFTER_FINISH: Duration = Duration::minutes(2);

/// A prediction that a person gave in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Number of the attempt it belongs to.
    pub number: u16,
    /// The predicted quantity.
    pub value: i64,
}

/// What bounds the time for predictions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// When the round closes.
    pub closes_at: OffsetDateTime,
    /// The round has been sealed: the number is being taken, or is known.
    pub sealed: bool,
    /// Recorded finish of the attempt.
    pub finished_at: OffsetDateTime,
}

impl Window {
    /// First moment at which no prediction is taken.
    pub fn until(&self) -> OffsetDateTime {
        self.closes_at.max(self.finished_at + AFTER_FINISH)
    }
}

/// Whether an attempt takes a prediction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// It does.
    Open {
        /// Until then.
        until: OffsetDateTime,
        /// What it has given and may change.
        before: Option<i64>,
    },
    /// One was given that holds, for this attempt or for another of the person.
    Stands(Given),
    /// Nothing was given in time.
    Over,
}

/// Whether the attempt of a number takes a prediction at `now`; `given` are those of the person in the round, by number.
/// Where the last one counts it may be changed as long as no later attempt has given one; otherwise it is given once: for each
/// attempt where that of the counted attempt counts, else for the round.
pub fn asking(
    counted: CountedPrediction,
    window: Window,
    now: OffsetDateTime,
    number: u16,
    given: &[Given],
) -> Asking {
    let own = given.iter().find(|one| one.number == number);
    let stands = match counted {
        CountedPrediction::OfCountedAttempt => own,
        CountedPrediction::First | CountedPrediction::LockedOnce => given.first(),
        CountedPrediction::Last => given.iter().rev().find(|one| one.number > number),
    };
    if let Some(one) = stands {
        return Asking::Stands(*one);
    }
    let until = window.until();
    if window.sealed || now >= until {
        return own.map_or(Asking::Over, |own| Asking::Stands(*own));
    }
    Asking::Open {
        until,
        before: own.map(|own| own.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const CLOSES: OffsetDateTime = datetime!(2033-06-13 01:00 UTC);
    const NOW: OffsetDateTime = datetime!(2033-06-06 02:00 UTC);

    fn window(finished_at: OffsetDateTime) -> Window {
        Window {
            closes_at: CLOSES,
            sealed: false,
            finished_at,
        }
    }

    fn one(number: u16, value: i64) -> Given {
        Given { number, value }
    }

    fn open(before: Option<i64>) -> Asking {
        Asking::Open {
            until: CLOSES,
            before,
        }
    }

    #[test]
    fn each_rule_says_which_prediction_may_still_be_given_or_changed() {
        use CountedPrediction::{First, Last, LockedOnce, OfCountedAttempt};
        let of = |counted, number, given: &[Given]| asking(counted, window(NOW), NOW, number, given);
        for counted in [OfCountedAttempt, First, Last, LockedOnce] {
            assert_eq!(of(counted, 1, &[]), open(None));
        }
        let first = one(1, 500);
        assert_eq!(of(OfCountedAttempt, 1, &[first]), Asking::Stands(first));
        assert_eq!(of(OfCountedAttempt, 2, &[first]), open(None));
        for counted in [First, LockedOnce] {
            assert_eq!(of(counted, 1, &[first]), Asking::Stands(first));
            assert_eq!(of(counted, 2, &[first]), Asking::Stands(first));
        }
        assert_eq!(of(Last, 1, &[first]), open(Some(500)));
        assert_eq!(of(Last, 2, &[first]), open(None));
        assert_eq!(of(Last, 1, &[first, one(2, 7)]), Asking::Stands(one(2, 7)));
        assert_eq!(of(Last, 2, &[first, one(2, 7)]), open(Some(7)));
    }

    #[test]
    fn nothing_is_taken_after_the_close_but_for_two_minutes_after_a_paper_that_ended_with_it() {
        let of = |now, finished_at, given: &[Given]| {
            asking(CountedPrediction::Last, window(finished_at), now, 1, given)
        };
        assert_eq!(of(CLOSES, NOW, &[]), Asking::Over);
        assert_eq!(of(CLOSES, NOW, &[one(1, 5)]), Asking::Stands(one(1, 5)));
        let late = Asking::Open {
            until: CLOSES + AFTER_FINISH,
            before: None,
        };
        assert_eq!(of(CLOSES, CLOSES, &[]), late);
        assert_eq!(of(CLOSES + AFTER_FINISH, CLOSES, &[]), Asking::Over);
        let sealed = Window {
            sealed: true,
            ..window(NOW)
        };
        let asked = asking(CountedPrediction::Last, sealed, NOW, 1, &[one(1, 5)]);
        assert_eq!(asked, Asking::Stands(one(1, 5)));
    }
}
