//! The server around all routes: what every request passes through, and the three addresses for operators.
//!
//! Owns joining pages, API and probes into one router with its layers; `guard` has what a request passes, `probe` the
//! addresses for operators, `listen` connections and the orderly end. Pages and API belong to their own modules.

mod guard;
mod listen;
mod probe;

use crate::app::App;
use crate::config::Config;
use crate::pulse::Pulse;
use crate::telemetry::Metrics;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

pub use listen::{Ending, Listeners, bind};

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
    slots: Semaphore,
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
            slots: Semaphore::new(limits.in_flight),
            names,
        }))
    }

    /// The switch behind `/readyz`.
    pub fn readiness(&self) -> Readiness {
        self.readiness.clone()
    }
}

/// Every address of the server with its layers.
pub fn router(frame: Frame) -> Router {
    let app = frame.app.clone();
    let routes = crate::web::router(&app)
        .merge(crate::api::mount(&app))
        .with_state(app);
    surround(routes, frame)
}

/// Puts the layers and the probes around routes. From the outside in: security headers and measuring, shedding, time
/// limits and panics, which are all `guard`'s, then compression, then the limit of bodies, then the route.
pub fn surround(routes: Router, frame: Frame) -> Router {
    let compression = CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(guard::Compressible);
    routes
        .layer(DefaultBodyLimit::max(frame.limits.body))
        .layer(compression)
        .merge(probe::routes(frame.clone()))
        .layer(from_fn_with_state(frame, guard::guard))
}
