//! The server around all routes: what every request passes through, and the three addresses for operators.
//!
//! Owns joining pages, API and probes into one `site`; `admission` decides who is let in, `pulse` measures how busy it is,
//! `guard` and `answers` have what every answer carries, `probe` the addresses for operators, `listen` connections and the
//! orderly end. Pages and API belong to their own modules.

mod admission;
mod answers;
mod doorstep;
mod guard;
mod listen;
mod probe;
mod pulse;
mod site;

use crate::app::App;
use crate::config::Config;
use crate::pulse::Pulse;
use crate::telemetry::Metrics;
use axum::Router;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

pub use admission::{Class, Gate};
pub use listen::{Ending, Listeners, bind};
pub use site::Site;

/// What requests may use of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests worked on at the same time.
    pub in_flight: usize,
    /// Bytes of a request's body where a route does not say otherwise.
    pub body: usize,
    /// Time for a whole request.
    pub request: Duration,
}

impl Limits {
    /// The limits that the settings name.
    pub fn of(config: &Config) -> Self {
        // Both settings are bounded far below what a machine word holds.
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Self {
            in_flight: size(config.max_in_flight.into()),
            body: size(config.max_body),
            request: config.request_timeout,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            in_flight: 4096,
            body: 64 * 1024,
            request: Duration::from_secs(30),
        }
    }
}

/// Whether new visitors should be sent here; shared by the probe and the orderly end.
#[derive(Debug, Clone)]
pub struct Readiness {
    holds: Arc<AtomicBool>,
    pulse: Pulse,
}

impl Default for Readiness {
    fn default() -> Self {
        Self::of(Pulse::default())
    }
}

impl Readiness {
    fn of(pulse: Pulse) -> Self {
        Self {
            holds: Arc::new(AtomicBool::new(true)),
            pulse,
        }
    }

    /// From now on the probe says no.
    pub fn end(&self) {
        self.holds.store(false, Ordering::SeqCst);
    }

    /// Responses that would stay open end now: their readers come back, and find another instance.
    fn end_streams(&self) {
        self.pulse.end();
    }

    fn holds(&self) -> bool {
        self.holds.load(Ordering::SeqCst)
    }
}

/// What the layers and probes around the routes share.
#[derive(Debug, Clone)]
pub struct Frame(Arc<Shared>);

/// One for all requests: taking part in it costs each of them one count.
#[derive(Debug)]
pub struct Shared {
    app: App,
    metrics: Metrics,
    readiness: Readiness,
    limits: Limits,
    gate: Gate,
    names: guard::RequestNames,
}

impl Deref for Frame {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Frame {
    /// Puts together what the layers need.
    pub fn new(app: App, metrics: Metrics, limits: Limits) -> Self {
        let readiness = Readiness::of(app.pulse.clone());
        let names = guard::RequestNames::new(u64::from_le_bytes(app.entropy.bytes()));
        Self(Arc::new(Shared {
            app,
            metrics,
            readiness,
            limits,
            gate: Gate::new(limits.in_flight),
            names,
        }))
    }

    /// The gate before the routes.
    pub fn gate(&self) -> &Gate {
        &self.0.gate
    }

    /// Measures how busy the server is until told to stop; without it requests are refused by their number alone.
    pub async fn keep_pulse(self, stop: CancellationToken) {
        pulse::keep(self, stop).await;
    }

    /// The switch behind `/readyz`.
    pub fn readiness(&self) -> Readiness {
        self.readiness.clone()
    }
}

/// Every address of the server.
pub fn router(frame: Frame) -> Site {
    let app = frame.app.clone();
    let routes = crate::web::router(&app)
        .merge(crate::api::routes(&app))
        .with_state(app);
    surround(routes, frame)
}

/// Puts everything that each request passes, and the probes, around routes.
pub fn surround(routes: Router, frame: Frame) -> Site {
    Site::new(routes, frame)
}
