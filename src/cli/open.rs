//! Opening and leaving the stores of a command or a server.
//!
//! Owns the order: private servers where none are given, connections, migrations, clock, handles; and the way back.

use super::out;
use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Secret, StoreAddresses};
use crate::entropy::Entropy;
use crate::i18n::{Lang, text};
use crate::keys::Keys;
use crate::private::{PrivateStores, Stopped};
use crate::session::Sessions;
use crate::store::replica::Replica;
use crate::store::{Plans, Store};
use crate::worker;
use anyhow::Context;
use std::time::Duration;

/// Every key in Redis begins with it, so that several programs may share a server.
const PREFIX: &str = "hoithi:";
/// Connections of a command, which does one thing after the other.
const FEW: u32 = 6;
/// Samples of the time before the clock is used; the first good one ties it.
const SAMPLES: usize = 5;
/// The writer has as long as this to answer what it was given.
const FLUSH: Duration = Duration::from_secs(10);

/// What the handles are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A server: many visitors, lanes of their own for the writer and for the board.
    Server,
    /// One command.
    Command,
}

/// Handles with the private servers behind them.
#[derive(Debug)]
pub struct Opened {
    /// The handles.
    pub app: App,
    /// The same handles with connections of their own for the board's work and the worker, so that neither waits for
    /// visitors nor makes them wait.
    pub board: App,
    /// The private servers, where none are given.
    pub private: Option<PrivateStores>,
}

/// Opens the stores that the settings name: starts private ones if need be, migrates, ties the clock.
///
/// # Errors
/// When a store cannot be had; what was started is stopped again.
pub async fn open_app(config: &Config, for_what: Use) -> anyhow::Result<Opened> {
    let addresses = config.stores()?;
    let (database_url, read_url, redis_url, private) = match addresses {
        StoreAddresses::Given {
            database_url,
            read_url,
            redis_url,
        } => (database_url, read_url, redis_url, None),
        StoreAddresses::Private(data) => {
            let private = PrivateStores::start(&data).await?;
            (
                Secret::new(private.database_url()),
                None,
                Secret::new(private.redis_url()),
                Some(private),
            )
        }
    };
    let replica = match read_url {
        Some(url) => Some(
            Replica::new(url.expose(), config.db_pool, config.read_lag)
                .context("cannot read DATABASE_READ_URL")?,
        ),
        None => None,
    };
    match connect(config, for_what, &database_url, replica, &redis_url).await {
        Ok((app, board)) => Ok(Opened { app, board, private }),
        Err(error) => {
            leave(private).await?;
            Err(error)
        }
    }
}

async fn connect(
    config: &Config,
    for_what: Use,
    database_url: &Secret<String>,
    replica: Option<Replica>,
    redis_url: &Secret<String>,
) -> anyhow::Result<(App, App)> {
    let secret = config.secret()?;
    let pool = |size, plans| async move {
        Store::connect(database_url.expose(), size, plans)
            .await
            .context("cannot connect to PostgreSQL")
    };
    let visitors = match for_what {
        Use::Server => config.db_pool,
        Use::Command => FEW,
    };
    let store = pool(visitors, Plans::AsNeeded)
        .await?
        .with_replica(replica.clone());
    store
        .migrate()
        .await
        .context("cannot bring the database up to date")?;
    let sessions = Sessions::connect(redis_url.expose(), PREFIX)
        .await
        .context("cannot connect to Redis")?;
    let clock = Clock::system();
    tie(&clock, &sessions).await?;
    let keys = Keys::new(secret.expose());
    let app = App::new(
        clock,
        Entropy::Os,
        keys,
        store,
        sessions,
        config.public_url.clone(),
    )
    .await
    .context("cannot read contests")?;
    if for_what == Use::Command {
        return Ok((app.clone(), app));
    }
    let crowd = pool(config.db_pool_writer, Plans::Once).await?;
    let app = match config.write_each {
        true => app.with_each_written(crowd),
        false => app.with_crowd(crowd),
    };
    let board = app.with_store(
        pool(config.db_pool_board, Plans::AsNeeded)
            .await?
            .with_replica(replica),
    );
    Ok((app, board))
}

/// Ties the clock to the first sample that came quickly enough; the worker goes on from there.
async fn tie(clock: &Clock, sessions: &Sessions) -> anyhow::Result<()> {
    for _ in 0..SAMPLES {
        let anchoring = worker::anchor(clock, sessions)
            .await
            .context("Redis does not tell the time")?;
        if anchoring == crate::clock::Anchoring::Followed {
            return Ok(());
        }
    }
    tracing::warn!(
        "redis answers too slowly to tell the time, the clock of this machine is used until it does"
    );
    Ok(())
}

impl Opened {
    /// Waits for what is being written, closes all connections, and stops the private servers if nobody else uses them.
    ///
    /// # Errors
    /// When a private server does not stop.
    pub async fn close(self) -> anyhow::Result<()> {
        let Self { app, board, private } = self;
        if tokio::time::timeout(FLUSH, app.writer.flush()).await.is_err() {
            tracing::error!(
                waiting = app.writer.counts().waiting,
                "the writer did not finish in time"
            );
        }
        board.store.close().await;
        app.store.close().await;
        drop((app, board));
        leave(private).await
    }
}

async fn leave(private: Option<PrivateStores>) -> anyhow::Result<()> {
    let Some(private) = private else { return Ok(()) };
    match private.stop().await? {
        Stopped::Stopped => tracing::info!("private stores stopped"),
        Stopped::LeftRunning => tracing::info!("private stores go on, another process uses them"),
    }
    Ok(())
}

/// Opens the stores, does `work`, and leaves them again, also after Ctrl-C.
pub(super) async fn with_app<T>(
    config: &Config,
    lang: Lang,
    work: impl AsyncFnOnce(&App) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    if matches!(config.stores()?, StoreAddresses::Private(_)) {
        out::progress(&text(lang, "cli-stores-starting", &[]));
    }
    let opened = open_app(config, Use::Command).await?;
    let done = tokio::select! {
        done = work(&opened.app) => done,
        _ = tokio::signal::ctrl_c() => Err(out::refused("interrupted")),
    };
    let closed = opened.close().await;
    let done = done?;
    closed?;
    Ok(done)
}
