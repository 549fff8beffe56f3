//! What handlers take from a request: the moment of arrival, who is asking, names in the address, the body.
//!
//! Owns these checks, so that no handler can forget one; leaves what may be done to `action`.

use super::fields::Node;
use super::problem::Problem;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::i18n::Lang;
use crate::keys::Login;
use crate::store::participant::ParticipantLine;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use std::convert::Infallible;
use time::OffsetDateTime;

/// The moment of arrival, read once per request and before its body.
#[derive(Debug, Clone, Copy)]
pub struct Now(pub OffsetDateTime);

impl Now {
    fn of(parts: &mut Parts, app: &App) -> Self {
        *parts.extensions.get_or_insert_with(|| Self(app.clock.now()))
    }
}

impl FromRequestParts<App> for Now {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(parts, app))
    }
}

/// The language of the answer.
#[derive(Debug, Clone, Copy)]
pub struct Speaks(pub Lang);

impl FromRequestParts<App> for Speaks {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self(language(&parts.headers)))
    }
}

/// The language a client prefers; Vietnamese unless English is asked for more strongly.
pub fn language(headers: &HeaderMap) -> Lang {
    preferred(headers.get(ACCEPT_LANGUAGE))
}

/// The language that such a header prefers.
pub fn preferred(asked: Option<&HeaderValue>) -> Lang {
    let Some(asked) = asked.and_then(|value| value.to_str().ok()) else {
        return Lang::Vi;
    };
    let weight_of = |primary: &str| {
        let entries = asked.split(',').filter_map(|entry| {
            let mut parts = entry.split(';');
            let tag = parts.next()?.trim().split(['-', '_']).next()?;
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .unwrap_or("1");
            // Thousandths, so that weights compare as whole numbers.
            let thousandths = format!("{:0<5}", weight.trim().replace('.', ""))
                .get(..4)?
                .parse::<u16>()
                .ok()?;
            tag.eq_ignore_ascii_case(primary).then_some(thousandths)
        });
        entries.max().unwrap_or(0)
    };
    if weight_of("en") > weight_of("vi") {
        Lang::En
    } else {
        Lang::Vi
    }
}

/// A citizen's log-in: a token that is genuine and has not expired. Saving and submitting ask no more than that, so that
/// they need no database; [`Bearer::person`] asks whether it still holds.
#[derive(Debug, Clone, Copy)]
pub struct Bearer(pub Login);

impl FromRequestParts<App> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Now(now) = Now::of(parts, app);
        let header = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let token = match header.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            _ => return Err(Problem::NoLogin),
        };
        app.keys.read_login(token, now).map(Self).ok_or(Problem::NoLogin)
    }
}

impl Bearer {
    /// The person, if the log-in still holds and is for this contest.
    pub async fn person(self, app: &App, contest: &Contest) -> Result<ParticipantLine, Problem> {
        if self.0.contest != contest.id {
            return Err(Problem::NoLogin);
        }
        let found = app.reader.find_participant(self.0.participant).await?;
        let holds = |line: &ParticipantLine| line.contest == contest.id && line.login_epoch == self.0.epoch;
        found.filter(holds).ok_or(Problem::NoLogin)
    }
}

/// Names in the address; one that cannot be is an address that is not there.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, app).await;
        read.map(|path| Self(path.0))
            .map_err(|rejection| match rejection {
                PathRejection::FailedToDeserializePathParams(cause) if is_bad_text(&cause) => {
                    Problem::Malformed
                }
                _ => Problem::NotFound,
            })
    }
}

fn is_bad_text(cause: &axum::extract::path::FailedToDeserializePathParams) -> bool {
    matches!(
        cause.kind(),
        axum::extract::path::ErrorKind::InvalidUtf8InPathParam { .. }
    )
}

/// A JSON body.
#[derive(Debug)]
pub struct Body(pub Node);

impl FromRequest<App> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let is_json = is_json(request.headers());
        let bytes = bytes(request, app).await?;
        if is_json {
            parse(&bytes).map(Self)
        } else {
            Err(Problem::NotJson)
        }
    }
}

/// A JSON body where none is needed: without one the content type does not matter.
#[derive(Debug)]
pub struct OptionalBody(pub Option<Node>);

impl FromRequest<App> for OptionalBody {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let is_json = is_json(request.headers());
        let bytes = bytes(request, app).await?;
        match bytes.is_empty() {
            true => Ok(Self(None)),
            false if is_json => parse(&bytes).map(|node| Self(Some(node))),
            false => Err(Problem::NotJson),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = given
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

async fn bytes(request: Request, app: &App) -> Result<Bytes, Problem> {
    let read = Bytes::from_request(request, app).await;
    read.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Malformed,
    })
}

fn parse(bytes: &[u8]) -> Result<Node, Problem> {
    // Serde's sentence may repeat what was sent, so it goes nowhere.
    serde_json::from_slice(bytes).map_err(|_| Problem::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_spoken_to_those_who_prefer_it() {
        let lang = |asked: &'static str| {
            language(&HeaderMap::from_iter([(
                ACCEPT_LANGUAGE,
                HeaderValue::from_static(asked),
            )]))
        };
        assert_eq!(language(&HeaderMap::new()), Lang::Vi);
        for vietnamese in [
            "vi",
            "vi-VN,vi;q=0.9,en;q=0.8",
            "en;q=0.5, vi;q=0.75",
            "fr",
            "*",
            "",
            ";;q=,",
            "en;q=0",
        ] {
            assert_eq!(lang(vietnamese), Lang::Vi, "{vietnamese}");
        }
        for english in ["en", "EN-gb", "vi;q=0.5,en;q=0.51", "fr, en;q=0.1", "en;q=1.000"] {
            assert_eq!(lang(english), Lang::En, "{english}");
        }
    }
}
