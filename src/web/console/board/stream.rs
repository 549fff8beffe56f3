//! The pieces of the live board as server-sent events, to whoever is logged in and for as long as that lasts.
//!
//! Owns when a stream ends: with the log-in, with the process, or when there is no seat. A piece is sent when it differs
//! from the one sent before, so a quiet round costs a line with the time.

use super::hub::{Hub, Seat, Seen};
use super::parts::{Parts, parts};
use super::{Chosen, place};
use crate::action::staff_login::still_logged_in;
use crate::app::App;
use crate::domain::ids::RoundId;
use crate::i18n::Lang;
use crate::web::WebError;
use crate::web::console::desk::Desk;
use axum::Extension;
use axum::extract::{Path, Query};
use axum::http::{HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use std::convert::Infallible;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

/// Between two looks whether the viewer is still logged in.
const CHECK: Duration = Duration::from_secs(10);
/// Between two signs of life, for proxies that close what is silent.
const ALIVE: Duration = Duration::from_secs(15);
/// How long a browser waits before it comes back after a break, at least.
const RETRY: Duration = Duration::from_secs(3);

/// `GET /quan-tri/cuoc-thi/{contest}/truc-tiep/dong`
pub async fn stream(
    desk: Desk,
    Extension(hub): Extension<Hub>,
    Path(slug): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, WebError> {
    let place = place(&desk, &slug, &chosen)?;
    let seat = hub
        .sit(&desk.app, place.round.id, desk.staff.id)
        .ok_or(WebError::TooMany(30))?;
    let token = desk.visitor.staff_token().unwrap_or_default().to_owned();
    let mut check = tokio::time::interval_at(Instant::now() + CHECK, CHECK);
    check.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let viewer = Viewer {
        lang: desk.lang(),
        ending: desk.app.pulse.ending(),
        app: desk.app,
        round: place.round.id,
        token,
        seat,
        check,
        sent: Parts::default(),
        greeted: false,
    };
    let sse = Sse::new(events(viewer)).keep_alive(KeepAlive::new().interval(ALIVE));
    // nginx and its like pass on at once what carries this, whatever their settings say.
    let unbuffered = [(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    )];
    Ok((unbuffered, sse).into_response())
}

struct Viewer {
    app: App,
    lang: Lang,
    round: RoundId,
    token: String,
    seat: Seat,
    ending: CancellationToken,
    check: tokio::time::Interval,
    sent: Parts,
    greeted: bool,
}

/// What happened next.
enum Next {
    Looked,
    Check,
    Over,
}

/// Why a stream is over.
enum End {
    /// The process ends, or the round is no more: come back in a moment.
    Restart,
    /// Nobody is logged in any more.
    LoggedOut,
}

fn events(viewer: Viewer) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(Some(viewer), async |viewer| {
        let mut viewer = viewer?;
        let event = match viewer.next().await {
            Ok(event) => (Ok(event), Some(viewer)),
            // The browser is told why, so that it does not come back to a closed door.
            Err(End::Restart) => (Ok(end("restart")), None),
            Err(End::LoggedOut) => (Ok(end("login")), None),
        };
        Some(event)
    })
}

fn end(why: &str) -> Event {
    Event::default().event("end").data(why)
}

impl Viewer {
    /// The next event, or why there is none.
    async fn next(&mut self) -> Result<Event, End> {
        loop {
            if !self.greeted {
                self.greeted = true;
                self.seat.board.mark_changed();
            }
            let next = tokio::select! {
                () = self.ending.cancelled() => Next::Over,
                _ = self.check.tick() => Next::Check,
                changed = self.seat.board.changed() => if changed.is_ok() { Next::Looked } else { Next::Over },
            };
            match next {
                Next::Over => return Err(End::Restart),
                // While a store is away nobody can be asked; the board is there to say so.
                Next::Check => {
                    if matches!(still_logged_in(&self.app, &self.token).await, Ok(false)) {
                        return Err(End::LoggedOut);
                    }
                }
                Next::Looked => {
                    let seen = self.seat.board.borrow_and_update().clone();
                    if let Some(event) = seen.and_then(|seen| self.event(&seen)) {
                        return Ok(event);
                    }
                }
            }
        }
    }

    /// What differs from the event before, as `{piece: html}`.
    fn event(&mut self, seen: &Seen) -> Option<Event> {
        let catalog = self.app.catalog();
        let (contest, round) = catalog.find_round(self.round)?;
        let fresh = parts(self.lang, contest, round, seen).ok()?;
        let before = self.sent.named();
        let changed = fresh
            .named()
            .into_iter()
            .zip(before)
            .filter(|(new, old)| new != old);
        let pieces: serde_json::Map<String, serde_json::Value> = changed
            .map(|((name, html), _)| (name.to_owned(), html.into()))
            .collect();
        self.sent = fresh;
        let event = Event::default().event("board").retry(RETRY);
        event.json_data(pieces).ok()
    }
}
