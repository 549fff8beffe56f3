//! Forms: read with repeated fields, from this site only.
//!
//! Owns the check against forms sent by other sites: the browser's own word (`Sec-Fetch-Site`, `Origin`) where it gives
//! one, the form's token where it does not, and both for staff.

use super::error::WebError;
use super::visitor::Visitor;
use crate::app::App;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

/// The fields of a form in the order sent, from this site.
#[derive(Debug, Clone)]
pub struct Form(Vec<(String, String)>);

/// The same for staff: the token is required whatever the browser says.
#[derive(Debug, Clone)]
pub struct StaffForm(pub Form);

/// Longest form that a citizen can fill in, in bytes: 100 questions and a registration fit many times.
const MAX_FORM: usize = 64 * 1024;
/// Longest form of staff, in bytes: the organiser's own rules as long as a file may have them.
const MAX_STAFF_FORM: usize = 1024 * 1024;
/// Name of the token's field.
pub const TOKEN: &str = "csrf";

impl Form {
    /// The first value of a field, empty if it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// Whether the field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// Every field with its value.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(field, value)| (field.as_str(), value.as_str()))
    }

    /// The form without these fields.
    pub fn without(&self, names: &[&str]) -> Self {
        Self(
            self.0
                .iter()
                .filter(|(field, _)| !names.contains(&field.as_str()))
                .cloned()
                .collect(),
        )
    }

    pub(super) fn parse(body: &Bytes) -> Result<Self, WebError> {
        let fields: Vec<(String, String)> =
            serde_html_form::from_bytes(body).map_err(|_| WebError::BadForm)?;
        Self::of_fields(fields)
    }

    /// A form of these fields; none of them may hold what no person types.
    pub(super) fn of_fields(fields: Vec<(String, String)>) -> Result<Self, WebError> {
        let nul = fields
            .iter()
            .any(|(field, value)| field.contains('\0') || value.contains('\0'));
        if nul {
            Err(WebError::BadForm)
        } else {
            Ok(Self(fields))
        }
    }
}

/// What the browser says of where a form came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Ours,
    Foreign,
    Unsaid,
}

fn origin(headers: &HeaderMap, ours: &str) -> Origin {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => return Origin::Ours,
        Some(_) => return Origin::Foreign,
        None => {}
    }
    let Some(origin) = text(header::ORIGIN.as_str()) else {
        return Origin::Unsaid;
    };
    let host = text(header::HOST.as_str()).unwrap_or_default();
    let same_host = origin
        .split_once("://")
        .is_some_and(|(_, from)| !host.is_empty() && from == host);
    if origin == ours || same_host {
        Origin::Ours
    } else {
        Origin::Foreign
    }
}

/// Whether the browser says that another site made it send this. A token that no other site can know is then still
/// asked for by the caller.
pub fn is_foreign(app: &App, headers: &HeaderMap) -> bool {
    origin(headers, app.public_url().origin()) == Origin::Foreign
}

/// Refuses a request that another site made the browser send; `token` is what the request itself carries.
pub fn check_origin(app: &App, visitor: &Visitor, headers: &HeaderMap, token: &str) -> Result<(), WebError> {
    let known = app.keys.is_form_token(token, &visitor.visit);
    match origin(headers, app.public_url().origin()) {
        Origin::Ours => Ok(()),
        Origin::Unsaid if known => Ok(()),
        Origin::Foreign | Origin::Unsaid => Err(WebError::ForeignForm),
    }
}

impl Form {
    /// Reads the fields without asking who sent them; the caller checks that before it acts on them.
    pub async fn read(parts: &Parts, body: Body) -> Result<Self, WebError> {
        Self::read_within(parts, body, MAX_FORM).await
    }

    /// The same with a limit of its own, bytes.
    pub async fn read_within(parts: &Parts, body: Body, limit: usize) -> Result<Self, WebError> {
        let kind = parts
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(WebError::BadForm);
        }
        let body = axum::body::to_bytes(body, limit)
            .await
            .map_err(|_| WebError::TooLarge)?;
        Self::parse(&body)
    }
}

impl FromRequest<App> for Form {
    type Rejection = WebError;

    async fn from_request(request: Request, app: &App) -> Result<Self, WebError> {
        own_form(request, app, MAX_FORM).await
    }
}

/// The fields, once it is sure that this site sent them.
async fn own_form(request: Request, app: &App, limit: usize) -> Result<Form, WebError> {
    let visitor = request.extensions().get::<Visitor>().cloned();
    let visitor = visitor.ok_or_else(|| WebError::internal("no visitor layer"))?;
    let (parts, body) = request.into_parts();
    let form = Form::read_within(&parts, body, limit).await?;
    check_origin(app, &visitor, &parts.headers, form.get(TOKEN))?;
    Ok(form)
}

impl FromRequest<App> for StaffForm {
    type Rejection = WebError;

    async fn from_request(request: Request, app: &App) -> Result<Self, WebError> {
        let visit = request
            .extensions()
            .get::<Visitor>()
            .map(|visitor| visitor.visit.clone())
            .unwrap_or_default();
        let form = own_form(request, app, MAX_STAFF_FORM).await?;
        if app.keys.is_form_token(form.get(TOKEN), &visit) {
            Ok(Self(form))
        } else {
            Err(WebError::ForeignForm)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn the_browsers_word_decides_where_it_gives_one() {
        let ours = "https://thi.example.vn";
        for (pairs, expected) in [
            (&[("sec-fetch-site", "same-origin")][..], Origin::Ours),
            (&[("sec-fetch-site", "none")], Origin::Ours),
            (&[("sec-fetch-site", "same-site")], Origin::Foreign),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://thi.example.vn"),
                ],
                Origin::Foreign,
            ),
            (
                &[("origin", "https://thi.example.vn"), ("host", "10.0.0.1")],
                Origin::Ours,
            ),
            (
                &[("origin", "http://localhost:8080"), ("host", "localhost:8080")],
                Origin::Ours,
            ),
            (&[("origin", "null"), ("host", "thi.example.vn")], Origin::Foreign),
            (
                &[("origin", "https://evil.example"), ("host", "thi.example.vn")],
                Origin::Foreign,
            ),
            (&[("host", "thi.example.vn")], Origin::Unsaid),
        ] {
            assert_eq!(origin(&headers(pairs), ours), expected, "{pairs:?}");
        }
    }

    #[test]
    fn repeated_fields_are_all_kept_and_nul_is_refused() {
        let form = Form::parse(&Bytes::from_static(b"q1=A&q1=C&r1=3&name=%C3%81nh+Ng")).unwrap();
        assert_eq!(form.all("q1").collect::<Vec<_>>(), ["A", "C"]);
        assert_eq!(form.get("name"), "Ánh Ng");
        assert!(matches!(
            Form::parse(&Bytes::from_static(b"a=%00")),
            Err(WebError::BadForm)
        ));
    }
}
