//! `hoithi serve`: from the settings to a server that listens, and back when it is told to stop.

use super::open::{Opened, Use, open_app};
use super::out::{Ended, progress, say};
use crate::app::App;
use crate::config::Config;
use crate::disk;
use crate::i18n::{Lang, text};
use crate::private::PrivateStores;
use crate::serve::{Ending, Frame, Limits, bind, router};
use crate::telemetry::Metrics;
use crate::worker;
use anyhow::Context;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Between two looks at the private stores.
const GLANCE: Duration = Duration::from_secs(1);
/// Between two looks at the room of the data folder.
const DISK: Duration = Duration::from_secs(10);

pub(super) async fn run(config: &Config, lang: Lang) -> anyhow::Result<Ended> {
    log_panics();
    let stop = stop_on_signal(lang)?;
    // The port first: when another server has it, nothing needs to be started.
    let listeners = bind(config.listen).with_context(|| format!("cannot listen on {}", config.listen))?;
    let address = listeners.address()?;
    if config
        .stores()
        .is_ok_and(|stores| matches!(stores, crate::config::StoreAddresses::Private(_)))
    {
        progress(&text(lang, "cli-stores-starting", &[]));
    }
    let Opened { app, board, private } = open_app(config, Use::Server).await?;
    let metrics = Metrics::default();
    let frame = Frame::new(app.clone(), metrics.clone(), Limits::of(config));
    let watching = watch_disk(app.clone(), config);
    let (work_stop, keep_stop) = (CancellationToken::new(), CancellationToken::new());
    let tasks = worker::start(&board, &metrics, &work_stop);
    say(&text(
        lang,
        "cli-serve-ready",
        &[("address", url(address).into())],
    ))?;
    tracing::info!(%address, "ready");
    let serving = async {
        let readiness = frame.readiness();
        let pulse = tokio::spawn(frame.clone().keep_pulse(work_stop.clone()));
        let until = work_stop.clone();
        let disk = tokio::spawn(async move { until.run_until_cancelled(watching).await });
        let ending = Ending {
            drain: config.drain,
            patience: config.shutdown_timeout,
        };
        listeners.serve(router(frame), readiness, stop, ending).await;
        work_stop.cancel();
        tasks.wait().await;
        for (task, ended) in [("pulse", pulse.await.err()), ("disk", disk.await.err())] {
            if let Some(error) = ended {
                tracing::error!(%error, task, "had stopped");
            }
        }
        keep_stop.cancel();
    };
    let (private, ()) = tokio::join!(keep_alive(private, &metrics, &keep_stop), serving);
    Opened { app, board, private }.close().await?;
    tracing::info!("stopped");
    Ok(Ended::Done)
}

/// What to type into a browser on this machine.
fn url(address: SocketAddr) -> String {
    if address.ip().is_loopback() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

/// Cancelled by the first SIGINT or SIGTERM; the second ends the process at once. Private stores outlive that, and the
/// next process takes them over.
fn stop_on_signal(lang: Lang) -> anyhow::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot wait for Ctrl-C")?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for SIGTERM")?;
    let told = stop.clone();
    tokio::spawn(async move {
        let mut next = async || tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} };
        next().await;
        progress(&text(lang, "cli-serve-stopping", &[]));
        told.cancel();
        next().await;
        std::process::exit(130);
    });
    Ok(stop)
}

/// Starts private stores again that have died, until told to stop; returns them for the orderly end.
async fn keep_alive(
    private: Option<PrivateStores>,
    metrics: &Metrics,
    stop: &CancellationToken,
) -> Option<PrivateStores> {
    let mut private = private?;
    while stop
        .run_until_cancelled(tokio::time::sleep(GLANCE))
        .await
        .is_some()
    {
        match private.revive().await {
            Ok(revived) if revived.postgres || revived.redis => {
                metrics.revived.inc();
                tracing::error!(
                    revived.postgres,
                    revived.redis,
                    "a private store had died and was started again"
                );
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(
                    error = format!("{:#}", anyhow::Error::new(error)),
                    "a private store cannot be started"
                );
            }
        }
    }
    Some(private)
}

/// Looks again and again how much room the data folder has. One that is not there is not watched: the stores run elsewhere.
fn watch_disk(app: App, config: &Config) -> impl Future<Output = ()> + Send + use<> {
    let folder = config.data_dir().ok();
    let least = config.min_free_disk << 20;
    async move {
        let Some(folder) = folder else { return };
        let mut was_low = false;
        loop {
            let looked = folder.clone();
            // A file system may hang; that must not hold the rest.
            let room = tokio::task::spawn_blocking(move || disk::room(&looked, least)).await;
            let room = room.ok().and_then(Result::ok);
            app.pulse.note_room(room);
            let low = room.filter(|room| room.is_low());
            match (was_low, low) {
                (false, Some(room)) => {
                    tracing::error!(free_mib = room.free >> 20, "the data folder has little room left")
                }
                (true, None) => tracing::info!("the data folder has room again"),
                (false, None) | (true, Some(_)) => {}
            }
            was_low = low.is_some();
            tokio::time::sleep(DISK).await;
        }
    }
}

/// A panic is logged with its place alone: its message may quote what a visitor typed.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}
