//! Who is looking, and how they like it: cookies in, one value out.
//!
//! Owns cookie names and attributes and the extractors for the moment of arrival and for people who are logged in.
//! Nothing here asks a database except [`current_participant`] and [`CurrentStaff`].

use super::error::{ErrorPage, WebError};
use crate::action::staff_login;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::ids::ContestId;
use crate::domain::staff::{Right, Staff};
use crate::i18n::Lang;
use crate::keys::Login;
use crate::store::participant::ParticipantLine;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use time::{Duration, OffsetDateTime};

/// Size of type, as the display form offers it.
pub const SIZES: [&str; 4] = ["a-", "a", "a+", "a++"];
/// Colours, as the display form offers them; `auto` follows the device.
pub const THEMES: [&str; 4] = ["auto", "light", "dark", "contrast"];

/// How a visitor likes pages to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Display {
    /// Language of the interface.
    pub lang: Lang,
    /// One of [`THEMES`].
    pub theme: &'static str,
    /// One of [`SIZES`].
    pub size: &'static str,
}

impl Default for Display {
    fn default() -> Self {
        Self {
            lang: Lang::Vi,
            theme: "auto",
            size: "a",
        }
    }
}

impl Display {
    /// Reads `vi.light.a+`; parts that are not offered fall back to the default.
    pub fn parse(text: &str) -> Self {
        let mut parts = text.split('.');
        let default = Self::default();
        let mut choose = |offered: &'static [&'static str], or| {
            let part = parts.next().unwrap_or_default();
            offered.iter().copied().find(|value| *value == part).unwrap_or(or)
        };
        let lang = Lang::parse(choose(&["vi", "en"], "vi")).unwrap_or_default();
        Self {
            lang,
            theme: choose(&THEMES, default.theme),
            size: choose(&SIZES, default.size),
        }
    }

    /// The form kept in the cookie.
    pub fn text(self) -> String {
        format!("{}.{}.{}", self.lang.tag(), self.theme, self.size)
    }
}

/// What the cookies say; made once per request by [`layer`].
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Moment of arrival.
    pub now: OffsetDateTime,
    /// How pages should look.
    pub display: Display,
    /// Random name of this browser, to which form tokens are bound.
    pub visit: String,
    /// Path and query of the request, for coming back after a change of display.
    pub path: String,
    jar: CookieJar,
    secure: bool,
}

/// Names of the cookies, without prefix.
const DISPLAY: &str = "hoithi-display";
const VISIT: &str = "hoithi-visit";
const STAFF: &str = "hoithi-staff";
const LOGIN: &str = "hoithi-login";
/// Where staff change their own password; whoever has been given one by somebody else gets nowhere else first.
pub const OWN_PASSWORD: &str = "/quan-tri/mat-khau";
const PAPER: &str = "hoithi-paper";
const INTRODUCER: &str = "hoithi-introducer";
/// How long display settings and the browser's name are kept.
const LONG: Duration = Duration::days(365);

impl Visitor {
    fn read(app: &App, headers: &HeaderMap, path: &str) -> Self {
        let jar = CookieJar::from_headers(headers);
        let secure = app.public_url().is_encrypted();
        let value = |name| {
            jar.get(&cookie_name(secure, name))
                .map(|cookie| cookie.value().to_owned())
        };
        let visit = value(VISIT).filter(|visit| visit.len() == 22);
        Self {
            now: app.clock.now(),
            display: Display::parse(&value(DISPLAY).unwrap_or_default()),
            visit: visit.unwrap_or_else(|| URL_SAFE_NO_PAD.encode(app.entropy.bytes::<16>())),
            path: path.to_owned(),
            jar,
            secure,
        }
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.jar
            .get(&cookie_name(self.secure, name))
            .map(|cookie| cookie.value())
    }

    /// Who is logged in to a contest, by the signed token alone.
    pub fn login(&self, app: &App, contest: ContestId) -> Option<Login> {
        let token = self.value(&format!("{LOGIN}-{contest}"))?;
        app.keys
            .read_login(token, self.now)
            .filter(|login| login.contest == contest)
    }

    /// The cookie that logs a citizen in to a contest.
    pub fn login_cookie(&self, contest: ContestId, token: String) -> Cookie<'static> {
        self.cookie(
            &format!("{LOGIN}-{contest}"),
            token,
            Some(crate::keys::LOGIN_LIFE),
        )
    }

    /// The cookie that logs a citizen out.
    pub fn logout_cookie(&self, contest: ContestId) -> Cookie<'static> {
        self.cookie(&format!("{LOGIN}-{contest}"), String::new(), Some(Duration::ZERO))
    }

    /// The token of the paper that this browser submitted last: it opens that paper's result without a log-in.
    pub fn paper_token(&self) -> Option<&str> {
        self.value(PAPER)
    }

    /// The cookie that keeps the token of a submitted paper for an hour.
    pub fn paper_cookie(&self, token: String) -> Cookie<'static> {
        self.cookie(PAPER, token, Some(Duration::HOUR))
    }

    /// Code of the personal link by which this browser came.
    pub fn introducer(&self) -> Option<&str> {
        self.value(INTRODUCER)
    }

    /// The cookie that keeps the code of a personal link until its follower registers, for a month.
    pub fn introducer_cookie(&self, code: String) -> Cookie<'static> {
        self.cookie(INTRODUCER, code, Some(Duration::days(30)))
    }

    /// The cookie that forgets it.
    pub fn forget_introducer_cookie(&self) -> Cookie<'static> {
        self.cookie(INTRODUCER, String::new(), Some(Duration::ZERO))
    }

    /// The token of a staff log-in.
    pub fn staff_token(&self) -> Option<&str> {
        self.value(STAFF)
    }

    /// The cookie that logs staff in; it ends with the browser.
    pub fn staff_cookie(&self, token: String) -> Cookie<'static> {
        let mut cookie = self.cookie(STAFF, token, None);
        cookie.set_same_site(SameSite::Strict);
        cookie
    }

    /// The cookie that logs staff out.
    pub fn staff_logout_cookie(&self) -> Cookie<'static> {
        self.cookie(STAFF, String::new(), Some(Duration::ZERO))
    }

    /// The cookie that keeps display settings.
    pub fn display_cookie(&self, display: Display) -> Cookie<'static> {
        self.cookie(DISPLAY, display.text(), Some(LONG))
    }

    fn cookie(&self, name: &str, value: String, life: Option<Duration>) -> Cookie<'static> {
        let mut cookie = Cookie::new(cookie_name(self.secure, name), value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_secure(self.secure);
        cookie.set_same_site(SameSite::Lax);
        if let Some(life) = life {
            cookie.set_max_age(life);
        }
        cookie
    }
}

/// Over https the prefix binds the cookie to this very host.
fn cookie_name(secure: bool, name: &str) -> String {
    if secure {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

/// Reads the visitor before a handler runs, names the browser on its first visit, and draws error pages.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request
        .uri()
        .path_and_query()
        .map_or("/", |path| path.as_str())
        .to_owned();
    let visitor = Visitor::read(&app, request.headers(), &path);
    let is_page = request.method() == Method::GET;
    request.extensions_mut().insert(visitor.clone());
    let response = next.run(request).await;
    let mut response = match response.extensions().get::<ErrorPage>().cloned() {
        Some(page) => page.draw(&app, &visitor, response),
        None => response,
    };
    let known = visitor.value(VISIT) == Some(visitor.visit.as_str());
    if is_page && !known {
        let cookie = visitor.cookie(VISIT, visitor.visit.clone(), Some(LONG));
        if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    response
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        // The layer above puts it there for every page; without it the router is built wrongly.
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| WebError::internal("no visitor layer"))
    }
}

/// The participant logged in to that contest, read from the database; a log-in ended elsewhere is nobody's.
pub async fn current_participant(
    app: &App,
    visitor: &Visitor,
    contest: &Contest,
) -> Result<Option<ParticipantLine>, WebError> {
    let Some(login) = visitor.login(app, contest.id) else {
        return Ok(None);
    };
    let found = app.reader.find_participant(login.participant).await?;
    Ok(found.filter(|line| line.contest == contest.id && line.login_epoch == login.epoch))
}

/// A member of staff who is logged in and has a password of their own; others are sent to where they get so far.
#[derive(Debug, Clone)]
pub struct CurrentStaff(pub Staff);

impl CurrentStaff {
    /// The person, if the appointment allows it.
    pub fn require(&self, right: Right) -> Result<&Staff, WebError> {
        if self.0.role.may(right) {
            Ok(&self.0)
        } else {
            Err(WebError::Forbidden)
        }
    }
}

impl FromRequestParts<App> for CurrentStaff {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, app)
            .await
            .map_err(IntoResponse::into_response)?;
        let holder = match visitor.staff_token() {
            Some(token) => staff_login::current_staff(app, token)
                .await
                .map_err(|e| WebError::from(e).into_response())?,
            None => None,
        };
        match holder {
            None => Err(Redirect::to("/quan-tri/dang-nhap").into_response()),
            Some(holder) if holder.must_change && parts.uri.path() != OWN_PASSWORD => {
                Err(Redirect::to(OWN_PASSWORD).into_response())
            }
            Some(holder) => Ok(Self(holder.staff)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_settings_survive_the_cookie_and_nonsense_falls_back() {
        let display = Display {
            lang: Lang::En,
            theme: "contrast",
            size: "a++",
        };
        assert_eq!(Display::parse(&display.text()), display);
        assert_eq!(Display::parse("xx.<script>.huge"), Display::default());
        assert_eq!(Display::parse(""), Display::default());
    }
}
