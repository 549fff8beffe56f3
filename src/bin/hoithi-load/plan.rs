//! When things are to happen, fixed before a run: no server can delay what is planned.
//!
//! Owns arrival times and the pauses in which people think; leaves keeping to them to `desk` and `visits`.

use crate::dice::Dice;
use std::time::{Duration, Instant};

/// Most arrivals of a plan.
pub(crate) const MAX_ARRIVALS: usize = 5_000_000;
/// How much steeper the crowd is at its thick end: e³, about twenty times.
const STEEPNESS: f64 = 3.0;

/// Independent arrivals at a rate, as offsets from the beginning.
pub(crate) fn steady(dice: &mut Dice, rate: f64, length: Duration) -> Vec<Duration> {
    let mut arrivals = Vec::new();
    if rate <= 0.0 {
        return arrivals;
    }
    let mut at = 0.0;
    while arrivals.len() < MAX_ARRIVALS {
        at += dice.gap() / rate;
        if at >= length.as_secs_f64() {
            break;
        }
        arrivals.push(Duration::from_secs_f64(at));
    }
    arrivals
}

/// A crowd that waits at the door: most come at once, the rest trickle in.
pub(crate) fn opening(dice: &mut Dice, count: usize, within: Duration) -> Vec<Duration> {
    let share = |even: f64| -(1.0 - even * (1.0 - (-STEEPNESS).exp())).ln() / STEEPNESS;
    let mut arrivals: Vec<Duration> = (0..count.min(MAX_ARRIVALS))
        .map(|_| within.mul_f64(share(dice.share()).clamp(0.0, 1.0)))
        .collect();
    arrivals.sort_unstable();
    arrivals
}

/// A crowd that waits for the last moment: the mirror of [`opening`].
pub(crate) fn closing(dice: &mut Dice, count: usize, within: Duration) -> Vec<Duration> {
    let mut arrivals: Vec<Duration> = opening(dice, count, within)
        .into_iter()
        .map(|at| within.saturating_sub(at))
        .collect();
    arrivals.sort_unstable();
    arrivals
}

/// How long people look at a question before they choose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pace {
    /// Half of all questions take less.
    pub(crate) median: Duration,
    /// Deviation of the logarithm: 0.8 spreads nine of ten pauses between a quarter and four times the median.
    pub(crate) sigma: f64,
}

impl Pace {
    /// As in real contests: eight seconds, the quick ones two, the thorough ones half a minute; `hurry` times faster.
    pub(crate) fn human(hurry: f64) -> Self {
        Self {
            median: Duration::from_secs(8).div_f64(hurry),
            sigma: 0.8,
        }
    }

    /// One pause, at most twenty times the median.
    pub(crate) fn pause(&self, dice: &mut Dice) -> Duration {
        self.median.mul_f64(dice.log_normal(self.sigma).min(20.0))
    }
}

/// Timers tick in milliseconds: what comes within two of them is on time.
const TICK: Duration = Duration::from_millis(2);

/// The moment from which a latency counts: the planned one, unless only the tick of the timer lies between.
pub(crate) fn counted_from(planned: Instant, now: Instant) -> Instant {
    if now.saturating_duration_since(planned) <= TICK {
        now
    } else {
        planned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn steady_arrivals_keep_their_rate_and_order() {
        let plan = steady(&mut Dice::new(1), 500.0, MINUTE);
        assert!((29_000..31_000).contains(&plan.len()), "{}", plan.len());
        assert!(plan.is_sorted() && plan.last().is_some_and(|at| *at < MINUTE));
        assert!(steady(&mut Dice::new(1), 0.0, MINUTE).is_empty());
    }

    #[test]
    fn a_crowd_is_thick_where_it_should_be() {
        let half = |plan: &[Duration]| plan.iter().filter(|at| **at < MINUTE / 2).count();
        let (opening, closing) = (
            opening(&mut Dice::new(1), 1_000, MINUTE),
            closing(&mut Dice::new(1), 1_000, MINUTE),
        );
        assert!(half(&opening) > 780, "{}", half(&opening));
        assert!(half(&closing) < 220, "{}", half(&closing));
        for plan in [opening, closing] {
            assert!(plan.len() == 1_000 && plan.is_sorted() && plan.iter().all(|at| *at <= MINUTE));
        }
    }

    #[test]
    fn haste_shortens_pauses() {
        let mean = |hurry| {
            let (pace, mut dice) = (Pace::human(hurry), Dice::new(1));
            (0..2_000).map(|_| pace.pause(&mut dice)).sum::<Duration>() / 2_000
        };
        assert!((9.0..13.0).contains(&mean(1.0).as_secs_f64()));
        assert!((0.9..1.3).contains(&mean(10.0).as_secs_f64()));
    }

    #[test]
    fn only_the_tick_of_the_timer_is_forgiven() {
        let planned = Instant::now();
        let at = |ms| planned + Duration::from_millis(ms);
        assert_eq!(counted_from(planned, at(1)), at(1));
        assert_eq!(counted_from(planned, at(3)), planned);
    }
}
