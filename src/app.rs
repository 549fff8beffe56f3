//! The handles that every journey needs, put together once.
//!
//! Owns joining clock, entropy, keys, stores and the catalog's current snapshot; decides nothing.

use crate::clock::Clock;
use crate::config::PublicUrl;
use crate::domain::catalog::Catalog;
use crate::entropy::Entropy;
use crate::keys::Keys;
use crate::password::Passwords;
use crate::pulse::Pulse;
use crate::session::Sessions;
use crate::store::reader::Reader;
use crate::store::writer::Writer;
use crate::store::{Store, StoreResult};
use std::ops::Deref;
use std::sync::{Arc, PoisonError, RwLock};

/// The handles of the running program, shared; a clone costs one count, and every request takes several.
#[derive(Debug, Clone)]
pub struct App(Arc<Handles>);

/// What the journeys use.
#[derive(Debug, Clone)]
pub struct Handles {
    /// The only reader of the time of day.
    pub clock: Clock,
    /// The only maker of randomness.
    pub entropy: Entropy,
    /// Keys derived from the server's secret.
    pub keys: Keys,
    /// Password hashing.
    pub passwords: Passwords,
    /// PostgreSQL.
    pub store: Store,
    /// Redis.
    pub sessions: Sessions,
    /// Batched starts and submissions.
    pub writer: Writer,
    /// Gathered look-ups of what many visitors ask for at once.
    pub reader: Reader,
    /// How this process answers, and whether it is about to end.
    pub pulse: Pulse,
    public_url: PublicUrl,
    catalog: Arc<RwLock<Arc<Catalog>>>,
}

impl Deref for App {
    type Target = Handles;

    fn deref(&self) -> &Handles {
        &self.0
    }
}

impl App {
    /// Joins the handles and reads the catalog for the first time.
    pub async fn new(
        clock: Clock,
        entropy: Entropy,
        keys: Keys,
        store: Store,
        sessions: Sessions,
        public_url: PublicUrl,
    ) -> StoreResult<Self> {
        let catalog = store.load_catalog().await?;
        Ok(Self(Arc::new(Handles {
            clock,
            entropy,
            keys,
            passwords: Passwords::default(),
            writer: Writer::spawn(store.clone()),
            reader: Reader::spawn(&store),
            pulse: Pulse::default(),
            store,
            sessions,
            public_url,
            catalog: Arc::new(RwLock::new(Arc::new(catalog))),
        })))
    }

    /// The same program with connections of their own for starts, submissions and gathered look-ups.
    #[must_use]
    pub fn with_crowd(&self, store: Store) -> Self {
        let store = store.kept();
        let (reader, writer) = (Reader::spawn(&store), Writer::spawn(store));
        self.with(|handles| (handles.reader, handles.writer) = (reader, writer))
    }

    /// The same program with a transaction of its own for every start and submission, to measure batches against.
    #[must_use]
    pub fn with_each_written(&self, store: Store) -> Self {
        let store = store.kept();
        let (reader, writer) = (Reader::spawn(&store), Writer::each(store));
        self.with(|handles| (handles.reader, handles.writer) = (reader, writer))
    }

    /// The same program with other connections for everything but starts, submissions and gathered look-ups.
    #[must_use]
    pub fn with_store(&self, store: Store) -> Self {
        self.with(|handles| handles.store = store)
    }

    fn with(&self, change: impl FnOnce(&mut Handles)) -> Self {
        let mut handles = Handles::clone(&self.0);
        change(&mut handles);
        Self(Arc::new(handles))
    }

    /// The address that visitors type.
    pub fn public_url(&self) -> &PublicUrl {
        &self.public_url
    }

    /// The current snapshot; hold it for one request, not longer.
    pub fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the catalog again, after a change here or the word of one elsewhere.
    pub async fn refresh_catalog(&self) -> StoreResult<()> {
        let fresh = Arc::new(self.store.load_catalog().await?);
        *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }
}
