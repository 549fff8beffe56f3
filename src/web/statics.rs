//! Stylesheet, scripts and pictures, embedded and served under names that carry their hash.
//!
//! Owns their addresses; browsers keep them for a year because a changed file has another name.

use axum::Router;
use memory_serve::{CacheControl, Manifest, MemoryServe};
use std::sync::LazyLock;

static MANIFEST: LazyLock<Manifest> = LazyLock::new(|| files().manifest());

fn files() -> MemoryServe {
    memory_serve::load!()
        .index_file(None)
        .enable_hashed_routes(true)
        .cache_control(CacheControl::Medium)
}

/// The files, to be nested under `/static`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    files().into_router()
}

/// The address of a file of `static/`, such as `/static/app.7091ab.css` for `app.css`.
pub fn address(file: &str) -> String {
    let plain = format!("/{file}");
    format!("/static{}", MANIFEST.get(&plain).unwrap_or(&plain))
}
