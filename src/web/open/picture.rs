//! The picture of a contest and of a round's results, for whoever passes their address on.
//!
//! Owns what is written on it and the pictures made last; drawing is `crate::picture`'s. Counts appear only of published
//! rounds.

use super::Kept;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::i18n::{Lang, text};
use crate::picture::{Card, draw};
use crate::web::WebError;
use crate::web::citizen::hero::{self, Standing};
use crate::web::citizen::place::{InContest, PathParts};
use crate::web::format;
use crate::web::words::{count, round_name, say};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use time::OffsetDateTime;

/// Pictures kept in memory, about 50 kB each.
const KEPT: usize = 32;
/// Seconds for which others may keep a picture: the state of a contest changes a few times a week.
const FOR_S: u32 = 900;

/// The pictures made last, so that a link passed on to thousands is drawn once.
static MADE: Mutex<VecDeque<(Card, Arc<Vec<u8>>)>> = Mutex::new(VecDeque::new());
/// One drawing at a time: a flood of links to different contests takes one core, not all.
static HAND: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// `GET /cuoc-thi/{contest}/anh.png`
pub async fn of_contest(
    State(app): State<App>,
    InContest(contest): InContest,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    let card = contest_card(&contest, app.clock.now());
    answer(card, &asked).await
}

/// `GET /cuoc-thi/{contest}/ket-qua/{n}/anh.png`
pub async fn of_round(
    State(app): State<App>,
    InContest(contest): InContest,
    path: PathParts,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    let round = path.round(&contest)?;
    let published = app.store.load_published(contest.id).await?;
    let Some(result) = published.iter().find(|result| result.round == round.id) else {
        return answer(contest_card(&contest, app.clock.now()), &asked).await;
    };
    let counted = [
        count(Lang::Vi, "attempts", result.tally.attempts),
        count(Lang::Vi, "people", result.tally.people),
        count(Lang::Vi, "awards", result.awards),
    ];
    let card = Card {
        line: counted.join(" · "),
        below: say(Lang::Vi, "results-of", &[("round", &round_name(Lang::Vi, round))]),
        ..named(&contest)
    };
    answer(card, &asked).await
}

fn named(contest: &Contest) -> Card {
    Card {
        above: contest.definition.organiser.clone(),
        title: contest.definition.title.clone(),
        line: String::new(),
        below: String::new(),
    }
}

/// Which round is open, or when something happens next.
fn contest_card(contest: &Contest, now: OffsetDateTime) -> Card {
    let moment = |at| format::moment(Lang::Vi, at);
    let (key, title, at) = match hero::standing(contest, now) {
        Standing::Open(round) => ("picture-open", round.title.as_str(), moment(round.closes_at)),
        Standing::Upcoming(round) if round.waits_for_hand(now) => {
            ("picture-held", round.title.as_str(), String::new())
        }
        Standing::Upcoming(round) if round.control.held => {
            ("picture-not-before", round.title.as_str(), moment(round.opens_at))
        }
        Standing::Upcoming(round) => ("picture-soon", round.title.as_str(), moment(round.opens_at)),
        Standing::Waiting(_) => ("picture-waiting", "", String::new()),
        Standing::Published(_) => ("picture-published", "", String::new()),
        Standing::Empty => ("picture-name", "", String::new()),
    };
    Card {
        line: say(Lang::Vi, key, &[("round", title), ("at", &at)]),
        below: text(Lang::Vi, "picture-below", &[]),
        ..named(contest)
    }
}

async fn answer(card: Card, asked: &HeaderMap) -> Result<Response, WebError> {
    let kept = Kept {
        kind: "image/png",
        for_s: FOR_S,
        bytes: made(card).await?.to_vec(),
    };
    Ok(kept.answer(asked))
}

fn found(card: &Card) -> Option<Arc<Vec<u8>>> {
    // Every change leaves the list whole, so a panic elsewhere cannot have left half of one.
    let made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let (_, picture) = made.iter().find(|(own, _)| own == card)?;
    Some(Arc::clone(picture))
}

async fn made(card: Card) -> Result<Arc<Vec<u8>>, WebError> {
    if let Some(picture) = found(&card) {
        return Ok(picture);
    }
    let _one = HAND.lock().await;
    if let Some(picture) = found(&card) {
        return Ok(picture);
    }
    let wanted = card.clone();
    let drawn = tokio::task::spawn_blocking(move || draw(&wanted)).await;
    let picture = match drawn {
        Ok(Ok(bytes)) => Arc::new(bytes),
        Ok(Err(error)) => return Err(WebError::Internal(error.into())),
        Err(error) => return Err(WebError::Internal(error.into())),
    };
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.truncate(KEPT - 1);
    made.push_front((card, Arc::clone(&picture)));
    Ok(picture)
}
