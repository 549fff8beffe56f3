//! The pulse: how long the smallest piece of work takes just now.
//!
//! Owns measuring; what follows from it is decided by `admission`. One question to Redis passes through every queue that
//! a saved answer does: the machine's, the runtime's and Redis' own.

use super::Frame;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Between two samples.
const PERIOD: Duration = Duration::from_millis(20);
/// Between two lines in the log about those who are sent away.
const TELL: Duration = Duration::from_secs(1);

/// Measures until told to stop.
pub(super) async fn keep(frame: Frame, stop: CancellationToken) {
    let mut due = Instant::now() + PERIOD;
    let mut told = Instant::now();
    while stop
        .run_until_cancelled(tokio::time::sleep_until(due.into()))
        .await
        .is_some()
    {
        // A Redis that is away tells nothing of queues; what needs it refuses by itself.
        if frame.gate.is_calm() || frame.app.sessions.ping().await.is_ok() {
            // From when it was due: waiting for a turn of the runtime is part of the delay.
            let now = Instant::now();
            let delay = now.saturating_duration_since(due);
            frame.gate.learn(delay, now);
            frame
                .metrics
                .delay_ms
                .set(i64::try_from(delay.as_millis()).unwrap_or(i64::MAX));
        }
        due = Instant::now() + PERIOD;
        if due.saturating_duration_since(told) >= TELL {
            told = due;
            let (sent_away, inside) = (frame.gate.take_sent_away(), frame.gate.inside());
            if sent_away > 0 {
                tracing::warn!(sent_away, inside, "more came than there is room for");
            }
        }
    }
}
