//! The quiz, from the start page to the result: its addresses and what they have in common.
//!
//! Owns finding the contest, round and attempt of an address, and the way to the log-in; each page has its own file.

mod after;
mod answers;
mod autosave;
mod essay;
mod json;
mod messages;
mod paper;
mod prediction;
mod result;
mod review;
mod sender;
mod start;
mod submit;

use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::ids::AttemptId;
use crate::domain::participant::local_date;
use crate::domain::round::Round;
use crate::i18n::Lang;
use crate::web::WebError;
use crate::web::format;
use axum::Router;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post, put};
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// The addresses of these files.
pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/cuoc-thi/{contest}/vong/{number}/thi",
            get(start::look).post(start::start),
        )
        .route("/bai-thi/{attempt}", get(paper::show))
        .route("/bai-thi/{attempt}/luu", put(autosave::save))
        .route("/bai-thi/{attempt}/bai-viet", put(essay::save))
        .route("/bai-thi/{attempt}/trang-thai", get(autosave::state))
        .route("/bai-thi/{attempt}/nop", post(submit::receive).get(submit::back))
        .route("/bai-thi/{attempt}/ket-qua", get(result::show))
        .route("/bai-thi/{attempt}/du-doan", post(after::give).get(after::back))
}

/// A round as an address names it.
#[derive(Debug, Clone)]
struct RoundPlace {
    contest: Arc<Contest>,
    round: Round,
}

impl RoundPlace {
    fn contest_address(&self) -> String {
        format!("/cuoc-thi/{}", self.contest.definition.slug)
    }

    /// The start page of the round.
    fn address(&self) -> String {
        self.address_of(&self.round)
    }

    fn address_of(&self, round: &Round) -> String {
        format!("{}/vong/{}/thi", self.contest_address(), round.number)
    }

    fn login_address(&self) -> String {
        format!("{}/dang-nhap", self.contest_address())
    }

    /// The title of the round inside a sentence.
    fn name(&self, lang: Lang) -> String {
        name_inside(lang, &self.round.title)
    }
}

impl FromRequestParts<App> for RoundPlace {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let path = Path::<(String, u16)>::from_request_parts(parts, app).await;
        let Path((slug, number)) = path.map_err(|_| WebError::NotFound)?;
        let contest = app.catalog().find(&slug).cloned().ok_or(WebError::NotFound)?;
        let round = contest.round(number).cloned().ok_or(WebError::NotFound)?;
        Ok(Self { contest, round })
    }
}

/// An attempt as an address names it; whether it exists, and whose it is, the stores tell.
#[derive(Debug, Clone)]
struct AttemptPlace {
    id: AttemptId,
    at: RoundPlace,
}

impl AttemptPlace {
    fn address(&self) -> String {
        format!("/bai-thi/{}", self.id)
    }

    fn result_address(&self) -> String {
        format!("{}/ket-qua", self.address())
    }

    /// The result with the word that this request came at `now` and changed nothing, because time was up before.
    fn late_address(&self, now: OffsetDateTime) -> String {
        format!("{}?tre={}", self.result_address(), now.unix_timestamp())
    }

    /// The result with the word that the paper had been submitted before.
    fn again_address(&self) -> String {
        format!("{}?da-nop=1", self.result_address())
    }
}

impl FromRequestParts<App> for AttemptPlace {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let path = Path::<String>::from_request_parts(parts, app).await;
        let Path(text) = path.map_err(|_| WebError::NotFound)?;
        let id: AttemptId = text.parse().map_err(|_| WebError::NotFound)?;
        let catalog = app.catalog();
        let (contest, round) = catalog.find_round(id.round()).ok_or(WebError::NotFound)?;
        Ok(Self {
            id,
            at: RoundPlace {
                contest: Arc::clone(contest),
                round: round.clone(),
            },
        })
    }
}

/// Why a page of the quiz is not shown.
#[derive(Debug)]
enum Stop {
    /// As on every page.
    Error(WebError),
    /// Nobody is logged in; the address of the log-in that leads back here.
    LogIn(String),
}

impl Stop {
    /// To the log-in of a contest, and from there back to `back`.
    fn log_in(place: &RoundPlace, back: &str) -> Self {
        // Both addresses are made of letters, digits, hyphens and slashes, which a query may hold as they are.
        Self::LogIn(format!("{}?tiep={back}", place.login_address()))
    }
}

impl<E: Into<WebError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        match self {
            Self::Error(error) => error.into_response(),
            Self::LogIn(address) => Redirect::to(&address).into_response(),
        }
    }
}

/// "tuần 5" from "Tuần 5": Vietnamese titles of rounds begin small inside a sentence, abbreviations stay.
fn name_inside(lang: Lang, title: &str) -> String {
    let mut letters = title.chars();
    match (lang, letters.next(), letters.clone().next()) {
        (Lang::Vi, Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

/// Below that seconds matter to whoever reads.
const NEAR: Duration = Duration::HOUR;

/// A moment that somebody waits for or counts from: with seconds where less than an hour is between, otherwise hour and
/// minute; the day with it if that is not today.
fn soon(lang: Lang, now: OffsetDateTime, at: OffsetDateTime) -> String {
    if (at - now).abs() < NEAR {
        return to_the_second(lang, now, at);
    }
    if local_date(now) == local_date(at) {
        format::clock_minute(at)
    } else {
        format::moment(lang, at)
    }
}

/// A moment of the records: the clock with seconds if it was on the day of the other, otherwise with its own day.
fn to_the_second(lang: Lang, other: OffsetDateTime, at: OffsetDateTime) -> String {
    if local_date(other) == local_date(at) {
        format::clock(at)
    } else {
        format::exact(lang, at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn titles_of_rounds_begin_small_inside_a_vietnamese_sentence_only() {
        assert_eq!(name_inside(Lang::Vi, "Tuần 5"), "tuần 5");
        assert_eq!(name_inside(Lang::Vi, "Đợt 1"), "đợt 1");
        assert_eq!(name_inside(Lang::Vi, "THPT"), "THPT");
        assert_eq!(name_inside(Lang::En, "Tuần 5"), "Tuần 5");
        assert_eq!(name_inside(Lang::Vi, ""), "");
    }

    #[test]
    fn seconds_are_told_of_what_is_less_than_an_hour_away_and_the_day_of_what_is_not_today() {
        let now = datetime!(2033-06-06 15:30:00 UTC);
        let said = |at| soon(Lang::Vi, now, at).replace('\u{a0}', " ");
        assert_eq!(said(datetime!(2033-06-06 16:29:59 UTC)), "23:29:59");
        assert_eq!(said(datetime!(2033-06-06 16:30:00 UTC)), "23:30");
        assert_eq!(
            said(datetime!(2033-06-06 13:05:07 UTC)),
            "20:05",
            "of today, past"
        );
        assert_eq!(
            said(datetime!(2033-06-13 01:00:00 UTC)),
            "08:00 thứ Hai, 13/6/2033"
        );
        assert_eq!(said(datetime!(2033-06-07 17:00:00 UTC)), "24:00 thứ Ba, 7/6/2033");
        let late = datetime!(2033-06-06 16:50:00 UTC);
        let said = soon(Lang::Vi, late, datetime!(2033-06-06 17:10:30 UTC));
        assert_eq!(said.replace('\u{a0}', " "), "00:10:30 ngày 7/6/2033");
    }

    #[test]
    fn records_are_told_to_the_second_however_long_ago_they_are() {
        let (deadline, at) = (
            datetime!(2033-06-06 02:10:00 UTC),
            datetime!(2033-06-06 02:10:22 UTC),
        );
        let now = datetime!(2033-06-06 12:00:00 UTC);
        let said = [deadline, at].map(|moment| to_the_second(Lang::Vi, now, moment));
        assert_eq!(said, ["09:10:00", "09:10:22"]);
    }
}
