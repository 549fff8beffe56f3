//! What an address names: the contest, the round, and what stands after the question mark.
//!
//! Owns reading them; whatever is not there is our own "no such page".

use crate::app::App;
use crate::domain::catalog::Contest;
use crate::web::WebError;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use std::sync::Arc;

/// The contest of `/cuoc-thi/{contest}/…`.
#[derive(Debug, Clone)]
pub struct InContest(pub Arc<Contest>);

/// The parts of the path by name.
#[derive(Debug, Clone)]
pub struct PathParts(Vec<(String, String)>);

impl PathParts {
    /// A part of the path, empty if the address has none of that name.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(part, _)| part == name)
            .map_or("", |(_, value)| value)
    }

    /// A round of the contest by its number in the path.
    pub fn round<'c>(&self, contest: &'c Contest) -> Result<&'c crate::domain::round::Round, WebError> {
        let text = self.get("n");
        let number = text
            .parse()
            .ok()
            .filter(|_| text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0'));
        number
            .and_then(|number| contest.round(number))
            .ok_or(WebError::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PathParts {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let raw = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| WebError::NotFound)?;
        Ok(Self(
            raw.iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        ))
    }
}

impl FromRequestParts<App> for InContest {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let path = PathParts::from_request_parts(parts, app).await?;
        app.catalog()
            .find(path.get("contest"))
            .cloned()
            .map(Self)
            .ok_or(WebError::NotFound)
    }
}

/// What stands after the question mark; nonsense there is as good as nothing.
#[derive(Debug, Clone)]
pub struct Asked(Vec<(String, String)>);

impl Asked {
    /// The first value of that name, empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// Whether the name stands there at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_html_form::from_str::<Vec<(String, String)>>(query).unwrap_or_default();
        Ok(Self(
            pairs
                .into_iter()
                .filter(|(_, value)| !value.contains('\0'))
                .collect(),
        ))
    }
}

/// Where to go after logging in or registering: a path of this site that was asked for, or the contest's page.
pub fn next_path(asked: &str, contest: &Contest) -> String {
    let own = || format!("/cuoc-thi/{}", contest.definition.slug);
    let fits = crate::web::display::local_path(asked) == asked && !asked.is_empty();
    if fits { asked.to_owned() } else { own() }
}
