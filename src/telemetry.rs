//! What operators see of a running program: log lines and figures.
//!
//! Owns the set-up of the log and the registry of metrics. Neither carries anything about a person: no name, number,
//! address of a device, or id, and no label that grows with the number of visitors.

use crate::config::LogForm;
use crate::domain::watch::Room;
use crate::store::writer::WriterCounts;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, PoisonError, RwLock};
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
struct RequestLabels {
    /// The template of the address, such as `/bai-thi/{attempt}`; `none` for an address that does not exist.
    route: Arc<str>,
    /// One of the usual methods, or `other`.
    method: &'static str,
    /// `2xx`, `3xx`, `4xx`, `5xx`.
    status: &'static str,
}

/// Labels of the latency histogram.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: Arc<str>,
}

/// Label of what was sent away.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ClassLabels {
    class: &'static str,
}

type Seconds = Family<RouteLabels, Histogram, fn() -> Histogram>;

/// The figures of one route, found by its template without making labels anew for each request.
#[derive(Debug)]
struct RouteFigures {
    seconds: Histogram,
    requests: Vec<(&'static str, &'static str, Counter)>,
}

type Routes = RwLock<HashMap<Arc<str>, RouteFigures>>;

/// Every figure of a running server; cheap to clone.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<RequestLabels, Counter>,
    seconds: Seconds,
    routes: Arc<Routes>,
    refused: Family<ClassLabels, Counter>,
    /// Requests being worked on.
    pub in_flight: Gauge,
    /// Milliseconds that the smallest piece of work took of late.
    pub delay_ms: Gauge,
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
    disk_free: Gauge,
    disk_low: Gauge,
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
            routes: Arc::default(),
            refused: Family::default(),
            in_flight: Gauge::default(),
            delay_ms: Gauge::default(),
            panics: Counter::default(),
            running: Gauge::default(),
            sweep_finished: Counter::default(),
            sweep_failed: Counter::default(),
            clock_drift: Gauge::default(),
            clock_refused: Counter::default(),
            replica_answers: Gauge::default(),
            replica_lag: Gauge::default(),
            revived: Counter::default(),
            disk_free: Gauge::default(),
            disk_low: Gauge::default(),
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
            "Requests sent away as too many, by what they were for",
            self.refused.clone(),
        );
        to.register(
            "delay_milliseconds",
            "Delay of the smallest piece of work",
            self.delay_ms.clone(),
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
            "disk_free_bytes",
            "Room of the data folder; -1 where it is not watched",
            self.disk_free.clone(),
        );
        to.register("disk_low", "1 while that is too little", self.disk_low.clone());
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

    /// Counts one answered request of a route, `none` for an address that does not exist.
    pub fn answered(&self, route: &str, method: &'static str, status: &'static str, took: Duration) {
        let counted = |figures: &RouteFigures| {
            let known = |(of, with, _): &&(&str, &str, Counter)| (*of, *with) == (method, status);
            let counter = figures.requests.iter().find(known);
            counter.map(|(_, _, counter)| {
                counter.inc();
                figures.seconds.observe(took.as_secs_f64());
            })
        };
        let routes = self.routes.read().unwrap_or_else(PoisonError::into_inner);
        if routes.get(route).and_then(counted).is_some() {
            return;
        }
        drop(routes);
        let mut routes = self.routes.write().unwrap_or_else(PoisonError::into_inner);
        let name: Arc<str> = route.into();
        let figures = routes.entry(Arc::clone(&name)).or_insert_with(|| RouteFigures {
            seconds: self.seconds.get_or_create_owned(&RouteLabels {
                route: Arc::clone(&name),
            }),
            requests: Vec::new(),
        });
        let labels = RequestLabels {
            route: name,
            method,
            status,
        };
        let counter = self.requests.get_or_create_owned(&labels);
        // Twice where two were first at the same time: both count in the same figure.
        figures.requests.push((method, status, counter));
        counted(figures);
    }

    /// Notes how much room the data folder has.
    pub fn room(&self, room: Option<Room>) {
        let free = room.map_or(-1, |room| i64::try_from(room.free).unwrap_or(i64::MAX));
        self.disk_free.set(free);
        self.disk_low.set(i64::from(room.is_some_and(Room::is_low)));
    }

    /// Counts one request that was sent away.
    pub fn refused(&self, class: &'static str) {
        self.refused.get_or_create(&ClassLabels { class }).inc();
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
        metrics.answered("/bai-thi/{attempt}", "GET", "2xx", Duration::from_millis(3));
        metrics.answered("/bai-thi/{attempt}", "GET", "4xx", Duration::from_millis(30));
        metrics.answered("/bai-thi/{attempt}", "GET", "2xx", Duration::from_millis(3));
        metrics.refused("start");
        metrics.sweep_finished.inc_by(7);
        let counts = WriterCounts {
            waiting: 1,
            batches: 2,
            rows: 500,
        };
        metrics.text(counts);
        let text = metrics.text(counts);
        for line in [
            r#"hoithi_requests_total{route="/bai-thi/{attempt}",method="GET",status="2xx"} 2"#,
            r#"hoithi_requests_shed_total{class="start"} 1"#,
            r#"hoithi_request_seconds_bucket{le="0.005",route="/bai-thi/{attempt}"} 2"#,
            "hoithi_sweep_finished_total 7",
            "hoithi_writer_rows_total 500",
            "hoithi_writer_rows_waiting 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
        }
    }
}
