//! Pages for citizens and for staff: addresses, forms, status codes.
//!
//! Owns HTTP and nothing else: a handler takes a request apart, calls one action or reads for one page, and answers. No
//! rule, no SQL, no Redis here.

pub mod citizen;
pub mod console;
pub mod display;
pub mod error;
pub mod field_text;
pub mod form;
pub mod format;
pub mod frame;
pub mod markdown;
mod marked;
pub mod media;
pub mod open;
pub mod reading;
pub mod rules_text;
pub mod statics;
pub mod visitor;
pub mod words;

use crate::app::App;
use axum::Router;
use axum::middleware::from_fn_with_state;

pub use error::WebError;

/// Every page, with the layer that knows the visitor and draws error pages in the visitor's language.
pub fn router(app: &App) -> Router<App> {
    Router::new()
        .merge(citizen::routes())
        .merge(reading::reading(app, citizen::public_routes))
        .merge(console::routes())
        .merge(display::routes())
        .fallback(error::no_such_page)
        .method_not_allowed_fallback(error::wrong_method)
        .layer(from_fn_with_state(app.clone(), visitor::layer))
        // Below the layer that knows visitors: these go to everybody alike.
        .merge(media::routes())
        .merge(reading::reading(app, open::routes))
        .nest("/static", statics::routes())
}
