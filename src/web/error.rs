//! What a visitor sees when something is not as it should be.
//!
//! Owns the turning of failures into status and page. A failure of ours is logged once, here, with a reference number;
//! the visitor gets the number, never the cause.

use super::frame::Frame;
use super::visitor::Visitor;
use crate::action::Failure;
use crate::app::App;
use crate::store::StoreError;
use askama::Template;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// Why a page is not shown.
#[derive(Debug)]
pub enum WebError {
    /// No such page, or not this visitor's.
    NotFound,
    /// This member of staff may not.
    Forbidden,
    /// The request came from another site, or without the token of its form.
    ForeignForm,
    /// The form cannot be read.
    BadForm,
    /// The form is larger than it can be.
    TooLarge,
    /// Too many tries; seconds to wait.
    TooMany(u64),
    /// The method is not one of this address.
    WrongMethod,
    /// Too much at once, or a store is away; come back.
    Busy,
    /// A fault of ours.
    Internal(anyhow::Error),
}

impl WebError {
    /// A fault of ours with its cause.
    pub fn internal(cause: &'static str) -> Self {
        Self::Internal(anyhow::anyhow!(cause))
    }
}

impl From<Failure> for WebError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Busy => Self::Busy,
            Failure::Store(error) => error.into(),
            Failure::Session(error) => {
                tracing::warn!(%error, "redis is not available");
                Self::Busy
            }
            Failure::Unknown(_) | Failure::Inconsistent(_) => Self::Internal(failure.into()),
        }
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Database(sqlx_error) if is_away(sqlx_error) => {
                tracing::warn!(%error, "the database is not available");
                Self::Busy
            }
            StoreError::Database(_) | StoreError::Inconsistent { .. } => Self::Internal(error.into()),
        }
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// Whether the database could not be reached, as against having refused something.
fn is_away(error: &crate::store::DatabaseError) -> bool {
    use crate::store::DatabaseError as E;
    matches!(
        error,
        E::Io(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::Protocol(_)
    ) || matches!(error, E::Database(db) if db.code().is_some_and(|code| code.starts_with("57P") || code == "53300"))
}

/// Marks a response whose page the visitor layer draws.
#[derive(Debug, Clone)]
pub struct ErrorPage {
    kind: &'static str,
    reference: Option<String>,
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let (status, kind, wait) = match &self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found", None),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden", None),
            Self::ForeignForm => (StatusCode::FORBIDDEN, "foreign-form", None),
            Self::BadForm => (StatusCode::BAD_REQUEST, "bad-form", None),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", None),
            Self::TooMany(wait) => (StatusCode::TOO_MANY_REQUESTS, "too-many", Some(*wait)),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "wrong-method", None),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", Some(8)),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal", None),
        };
        let reference = match self {
            Self::Internal(cause) => Some(log(&cause)),
            _ => None,
        };
        let mut response = status.into_response();
        if let Some(wait) = wait {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(wait));
        }
        response.extensions_mut().insert(ErrorPage { kind, reference });
        response
    }
}

/// Logs a fault with its chain and returns the number that leads to the line.
fn log(cause: &anyhow::Error) -> String {
    // A hash of the text would be the same for every visitor; the address of the error is unique while it lives and
    // names nobody.
    let number = (std::ptr::from_ref(cause) as usize as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let reference = format!("{:04X}-{:04X}", number >> 48, (number >> 32) & 0xFFFF);
    tracing::error!(reference, error = format!("{cause:#}"), "request failed");
    reference
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorTemplate<'a> {
    f: &'a Frame,
    kind: &'static str,
    reference: Option<&'a str>,
}

impl ErrorPage {
    /// The response with its page.
    pub fn draw(&self, app: &App, visitor: &Visitor, response: Response) -> Response {
        let frame = Frame::new(app, visitor);
        let page = ErrorTemplate {
            f: &frame,
            kind: self.kind,
            reference: self.reference.as_deref(),
        };
        let (mut parts, _) = response.into_parts();
        let html = page.render().unwrap_or_else(|error| {
            tracing::error!(%error, "error page could not be drawn");
            String::new()
        });
        parts.headers.insert(
            "content-type",
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        parts
            .headers
            .insert("cache-control", HeaderValue::from_static("no-store"));
        parts.headers.remove("content-length");
        Response::from_parts(parts, html.into())
    }
}

/// Answers addresses that do not exist.
pub async fn no_such_page() -> WebError {
    WebError::NotFound
}

/// Answers methods that an address does not have.
pub async fn wrong_method() -> WebError {
    WebError::WrongMethod
}
