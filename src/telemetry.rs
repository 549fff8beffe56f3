//! What operators see of a running program: log lines and figures.
//!
//! Owns the set-up of the log and the registry of metrics. Neither carries anything about a person: no name, number,
//! address of a device, or id, and no label that grows with the number of visitors.

use crate::config::LogForm;
use crate::store::writer::WriterCounts;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tracing_subscriber::EnvFilter;

/// How much is logged where `RUST_LOG` says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The server: what it does.
    Server,
    /// A command: only what goes wrong; what it does is its output.
    Command,
}

/// Sends the log to standard error; the first call wins.
pub fn start_log(form: LogForm, detail: Detail) {
    let usual = match detail {
        Detail::Server => "warn,hoithi=info",
        Detail::Command => "warn",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    // A second set-up in one process, as in tests, changes nothing.
    let _ = match form {
        LogForm::Text => log
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .try_init(),
        LogForm::Json => log.json().flatten_event(true).try_init(),
    };
}

/// Upper bounds of the latency classes, in seconds.
const CLASSES: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];

/// The labels of a request: as many values as there are routes, and no more.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct RequestLabels {
    /// The template of the address, such as `/bai-thi/{attempt}`; `none` for an address that does not exist.
    pub route: Cow<'static, str>,
    /// One of the usual methods, or `other`.
    pub method: &'static str,
    /// `2xx`, `3xx`, `4xx`, `5xx`.
    pub status: &'static str,
}

/// Labels of the latency histogram.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: Cow<'static, str>,
}

type Seconds = Family<RouteLabels, Histogram, fn() -> Histogram>;

/// Every figure of a running server; cheap to clone.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<RequestLabels, Counter>,
    seconds: Seconds,
    /// Requests being worked on.
    pub in_flight: Gauge,
    /// Requests sent away because too many were being worked on.
    pub shed: Counter,
    /// Handlers that panicked.
    pub panics: Counter,
    /// Attempts that run, as last counted.
    pub running: Gauge,
    /// Attempts finished by the system.
    pub sweep_finished: Counter,
    /// Attempts that the system could not finish and will try again.
    pub sweep_failed: Counter,
    /// Milliseconds by which Redis is ahead of the contest clock.
    pub clock_drift: Gauge,
    /// Samples of the time that were not followed because they jumped.
    pub clock_refused: Counter,
    /// 1 while the replica of the database answers.
    pub replica_answers: Gauge,
    /// Milliseconds by which it is behind.
    pub replica_lag: Gauge,
    /// Private stores that had died and were started again.
    pub revived: Counter,
    writer_waiting: Gauge,
    writer_batches: Counter,
    writer_rows: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("hoithi");
        let seconds = Seconds::new_with_constructor(|| Histogram::new(CLASSES));
        let mut metrics = Self {
            registry: Arc::new(Registry::default()),
            requests: Family::default(),
            seconds,
            in_flight: Gauge::default(),
            shed: Counter::default(),
            panics: Counter::default(),
            running: Gauge::default(),
            sweep_finished: Counter::default(),
            sweep_failed: Counter::default(),
            clock_drift: Gauge::default(),
            clock_refused: Counter::default(),
            replica_answers: Gauge::default(),
            replica_lag: Gauge::default(),
            revived: Counter::default(),
            writer_waiting: Gauge::default(),
            writer_batches: Counter::default(),
            writer_rows: Counter::default(),
        };
        metrics.register(&mut registry);
        metrics.registry = Arc::new(registry);
        metrics
    }
}

impl Metrics {
    fn register(&self, to: &mut Registry) {
        to.register("requests", "Requests answered", self.requests.clone());
        let seconds = self.seconds.clone();
        to.register_with_unit("request", "Time from head to answer", Unit::Seconds, seconds);
        to.register(
            "requests_in_flight",
            "Requests being worked on",
            self.in_flight.clone(),
        );
        to.register(
            "requests_shed",
            "Requests sent away as too many",
            self.shed.clone(),
        );
        to.register("panics", "Handlers that panicked", self.panics.clone());
        to.register("attempts_running", "Attempts that run", self.running.clone());
        to.register(
            "sweep_finished",
            "Attempts finished by the system",
            self.sweep_finished.clone(),
        );
        to.register(
            "sweep_failed",
            "Attempts the system could not finish yet",
            self.sweep_failed.clone(),
        );
        to.register(
            "clock_drift_milliseconds",
            "Redis ahead of the contest clock",
            self.clock_drift.clone(),
        );
        to.register(
            "clock_samples_refused",
            "Time samples that jumped",
            self.clock_refused.clone(),
        );
        to.register(
            "replica_answers",
            "1 while the replica of the database answers",
            self.replica_answers.clone(),
        );
        to.register(
            "replica_lag_milliseconds",
            "Replica behind the primary",
            self.replica_lag.clone(),
        );
        to.register(
            "stores_revived",
            "Private stores started again",
            self.revived.clone(),
        );
        to.register(
            "writer_rows_waiting",
            "Rows waiting for the writer",
            self.writer_waiting.clone(),
        );
        to.register(
            "writer_batches",
            "Transactions of the writer",
            self.writer_batches.clone(),
        );
        to.register(
            "writer_rows",
            "Rows answered by the writer",
            self.writer_rows.clone(),
        );
    }

    /// Counts one answered request.
    pub fn answered(&self, labels: &RequestLabels, took: Duration) {
        let route = RouteLabels {
            route: labels.route.clone(),
        };
        self.seconds.get_or_create(&route).observe(took.as_secs_f64());
        self.requests.get_or_create(labels).inc();
    }

    /// The text that Prometheus reads, with the writer's counts of this moment.
    pub fn text(&self, writer: WriterCounts) -> String {
        self.writer_waiting
            .set(i64::try_from(writer.waiting).unwrap_or(i64::MAX));
        raise(&self.writer_batches, writer.batches);
        raise(&self.writer_rows, writer.rows);
        let mut out = String::new();
        // Writing into a string has no way to fail.
        let _ = text::encode(&mut out, &self.registry);
        out
    }
}

/// Brings a counter up to a count kept elsewhere.
fn raise(counter: &Counter<u64, AtomicU64>, to: u64) {
    counter
        .inner()
        .fetch_max(to, std::sync::atomic::Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_given_as_prometheus_reads_them() {
        let metrics = Metrics::default();
        let labels = RequestLabels {
            route: "/bai-thi/{attempt}".into(),
            method: "GET",
            status: "2xx",
        };
        metrics.answered(&labels, Duration::from_millis(3));
        metrics.sweep_finished.inc_by(7);
        let counts = WriterCounts {
            waiting: 1,
            batches: 2,
            rows: 500,
        };
        metrics.text(counts);
        let text = metrics.text(counts);
        for line in [
            r#"hoithi_requests_total{route="/bai-thi/{attempt}",method="GET",status="2xx"} 1"#,
            r#"hoithi_request_seconds_bucket{le="0.005",route="/bai-thi/{attempt}"} 1"#,
            "hoithi_sweep_finished_total 7",
            "hoithi_writer_rows_total 500",
            "hoithi_writer_rows_waiting 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
    }
}
