//! Equals at the border of a prize over the whole contest: the order among them, with a reason.
//!
//! Owns one page, for prizes for answers and for bringing newcomers alike; the decision is `action::settle_tie`'s.

use super::overall::{path, whole};
use super::words;
use crate::action::settle_tie::{ContestTie, open_contest_tie, settle_tie};
use crate::domain::ids::ParticipantId;
use crate::domain::staff::Right;
use crate::web::console::blockers::reason;
use crate::web::console::desk::{Desk, Place, Section};
use crate::web::console::ties::{EqualLine, TiesPage, Typed, ordered};
use crate::web::console::winners::Chains;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::Page;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// `GET …/giai-chung/bang-nhau`
pub async fn page(desk: Desk, Path(slug): Path<String>) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = whole(&desk, &slug)?;
    let Some(open) = open_contest_tie(&desk.app, &place.contest).await? else {
        return Ok(Redirect::to(&path(&place.contest)).into_response());
    };
    Ok(Page(view(&desk, &place, &open, Typed::default()).await?).into_response())
}

/// `POST …/giai-chung/bang-nhau`
pub async fn decide(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = whole(&desk, &slug)?;
    let open = open_contest_tie(&desk.app, &place.contest).await?;
    // Of a ranking replaced meanwhile nothing is decided: the page is shown anew.
    let Some(open) = open.filter(|open| open.ranking.id.to_string() == form.get("ranking")) else {
        return Ok(Redirect::to(&path(&place.contest)).into_response());
    };
    let people: Vec<ParticipantId> = open.equals.iter().map(|equal| equal.participant).collect();
    let prefer = ordered(people.iter().map(|person| (field(*person), *person)), &form);
    let mut typed = Typed::of(&form, people.iter().map(|person| field(*person)));
    match (prefer, reason(&desk, &form)) {
        (Some(prefer), Ok(Some(reason))) => {
            let (app, contest) = (&desk.app, &place.contest);
            match settle_tie(app, desk.now(), desk.by(), contest, (&open, &prefer), reason).await {
                Ok(()) => return Ok(Redirect::to(&path(contest)).into_response()),
                Err(error) => typed.error = words::refused(&desk, &place, error)?.0,
            }
        }
        (prefer, reason) => typed.refuse(&desk, prefer.is_some(), reason),
    }
    let page = view(&desk, &place, &open, typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

fn field(person: ParticipantId) -> String {
    format!("place-{person}")
}

async fn view(desk: &Desk, place: &Place, open: &ContestTie, typed: Typed) -> Result<TiesPage, WebError> {
    let ids: Vec<ParticipantId> = open.equals.iter().map(|equal| equal.participant).collect();
    let people = desk.app.store.load_people(&ids).await?;
    let chains = Chains::read(desk, &open.ranking, &ids).await?;
    let lines = open.equals.iter().map(|equal| EqualLine {
        field: field(equal.participant),
        name: people
            .get(&equal.participant)
            .map(|person| person.full_name.clone())
            .unwrap_or_default(),
        unit: place.contest.unit_path(equal.unit),
        chain: chains.of(desk, equal, open.tie.prize, None),
        typed: typed.place(&field(equal.participant)),
    });
    Ok(TiesPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("overall-ties-title", &[]),
        back: path(&place.contest),
        round: desk.say("overall-title", &[]),
        rule: sentence(desk, open),
        ranking: open.ranking.id,
        equals: lines.collect(),
        tasks: typed.tasks,
        reason: typed.reason,
        error: typed.error,
        order_error: typed.order_error,
    })
}

/// How many are equal at which prize, and how many places of it are left.
pub(in crate::web::console) fn sentence(desk: &Desk, open: &ContestTie) -> String {
    let number = |n: i64| format::number(desk.lang(), n);
    let prize = open.ranking.rules.prize_name(open.tie.prize).unwrap_or_default();
    let equal = i64::try_from(open.equals.len()).unwrap_or(i64::MAX);
    let args = [
        ("prize", prize.to_owned().into()),
        ("n", number(equal).into()),
        ("rank", number(open.tie.rank).into()),
        ("places", number(i64::from(open.tie.places)).into()),
    ];
    desk.say(&format!("overall-tied-{}", open.won_for.name()), &args)
}
