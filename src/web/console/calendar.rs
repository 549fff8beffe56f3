//! Moving the end of a round: extending it before it is sealed, reopening it afterwards.
//!
//! Owns two pages and the reading of a date and time typed in boxes; the rules are `action`'s.

use super::acts::{self, StripStep};
use super::blockers::{Task, blocked, reason, task};
use super::desk::{Desk, Place, Section, Side};
use crate::action::close_round::{Blocker, StepError};
use crate::action::extend_round::extend_round;
use crate::action::reopen_round::reopen_round;
use crate::domain::participant::vietnam;
use crate::domain::round::RoundPhase;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use time::{Date, Duration, Month, OffsetDateTime, Time};

/// The boxes of a moment, with their lengths.
const BOXES: [(&str, u8); 5] = [("hour", 2), ("minute", 2), ("day", 2), ("month", 2), ("year", 4)];

#[derive(Template)]
#[template(path = "console/calendar.html")]
struct CalendarPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    strip: Vec<StripStep>,
    effect: String,
    closes: String,
    legend: String,
    hint: String,
    tasks: Vec<Task>,
    may: bool,
    boxes: Vec<MomentBox>,
    moment_error: Option<String>,
    reason: String,
    error: Option<String>,
    button: String,
}

struct MomentBox {
    name: &'static str,
    label: String,
    length: u8,
    class: &'static str,
    value: String,
}

/// Which of the two pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Extend,
    Reopen,
}

/// What came back with a refused form.
#[derive(Default)]
struct Typed {
    boxes: Vec<String>,
    reason: String,
    moment_error: Option<String>,
    error: Option<String>,
}

/// The page for extending.
pub async fn extend_page(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = desk.round(&slug, number)?;
    let boxes = filled(place.round.closes_at);
    let typed = Typed {
        boxes,
        ..Typed::default()
    };
    Ok(Page(view(&desk, &place, Kind::Extend, &[], typed).await?).into_response())
}

/// The page for reopening.
pub async fn reopen_page(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = desk.round(&slug, number)?;
    Ok(Page(view(&desk, &place, Kind::Reopen, &[], Typed::default()).await?).into_response())
}

/// Extends.
pub async fn extend(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = desk.round(&slug, number)?;
    let (typed, until, reason) = read(&desk, &form, Kind::Extend);
    let (Some(until), Some(reason)) = (until, reason) else {
        return again(&desk, &place, Kind::Extend, &[], typed).await;
    };
    let done = extend_round(&desk.app, desk.now(), desk.by(), &place.round, until, &reason).await;
    answer(&desk, &place, Kind::Extend, done, typed).await
}

/// Reopens.
pub async fn reopen(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = desk.round(&slug, number)?;
    let (typed, until, reason) = read(&desk, &form, Kind::Reopen);
    let (None, Some(reason)) = (&typed.moment_error, reason) else {
        return again(&desk, &place, Kind::Reopen, &[], typed).await;
    };
    let done = reopen_round(&desk.app, desk.now(), desk.by(), &place.round, until, &reason).await;
    answer(&desk, &place, Kind::Reopen, done, typed).await
}

async fn answer(
    desk: &Desk,
    place: &Place,
    kind: Kind,
    done: Result<(), StepError>,
    typed: Typed,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to(&place.path()).into_response()),
        Err(error) => again(desk, place, kind, &blocked(error)?, typed).await,
    }
}

async fn again(
    desk: &Desk,
    place: &Place,
    kind: Kind,
    blockers: &[Blocker],
    typed: Typed,
) -> Result<Response, WebError> {
    let page = view(desk, place, kind, blockers, typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// The moment and the reason, each with its message if it cannot be used.
fn read(desk: &Desk, form: &Form, kind: Kind) -> (Typed, Option<OffsetDateTime>, Option<String>) {
    let boxes: Vec<String> = BOXES
        .iter()
        .map(|(name, _)| form.get(name).trim().chars().take(8).collect())
        .collect();
    let empty = boxes.iter().all(String::is_empty);
    let until = moment(&boxes);
    let wrong = until.is_none() && !(empty && kind == Kind::Reopen);
    let (reason_text, error) = match reason(desk, form) {
        Ok(Some(reason)) => (Some(reason.to_owned()), None),
        Ok(None) => (None, Some(desk.say("console-reason-missing", &[]))),
        Err(message) => (None, Some(message)),
    };
    let typed = Typed {
        boxes,
        reason: form.get("reason").chars().take(1_000).collect(),
        moment_error: wrong.then(|| desk.say("console-moment-wrong", &[])),
        error,
    };
    (typed, until, reason_text)
}

/// Hour, minute, day, month, year in Vietnam; 24:00 is the end of the day.
fn moment(boxes: &[String]) -> Option<OffsetDateTime> {
    let numbers: Vec<u16> = boxes
        .iter()
        .map(|text| text.parse().ok())
        .collect::<Option<_>>()?;
    let &[hour, minute, day, month, year] = numbers.as_slice() else {
        return None;
    };
    if !(2000..=2200).contains(&year) {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()?;
    let start = date.midnight().assume_offset(vietnam());
    if (hour, minute) == (24, 0) {
        return Some(start + Duration::DAY);
    }
    let time = Time::from_hms(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, 0).ok()?;
    Some(date.with_time(time).assume_offset(vietnam()))
}

fn filled(at: OffsetDateTime) -> Vec<String> {
    let at = at.to_offset(vietnam());
    vec![
        format!("{:02}", at.hour()),
        format!("{:02}", at.minute()),
        at.day().to_string(),
        (at.month() as u8).to_string(),
        at.year().to_string(),
    ]
}

async fn view(
    desk: &Desk,
    place: &Place,
    kind: Kind,
    blockers: &[Blocker],
    typed: Typed,
) -> Result<CalendarPage, WebError> {
    let phase = place.round.phase(desk.now());
    let (name, possible) = match kind {
        Kind::Extend => ("extend", phase <= RoundPhase::Ended),
        Kind::Reopen => (
            "reopen",
            matches!(
                phase,
                RoundPhase::Sealed | RoundPhase::Ranked | RoundPhase::Approved
            ),
        ),
    };
    let mut blockers = blockers.to_vec();
    if !possible && blockers.is_empty() {
        blockers.push(Blocker::WrongPhase(phase));
    }
    let args = [("round", place.title().into())];
    let closes = format::moment(desk.lang(), place.round.closes_at);
    Ok(CalendarPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say(&format!("console-do-{name}"), &args),
        back: place.path(),
        round: place.round.title.clone(),
        strip: acts::strip(desk, place).await?,
        effect: desk.say(&format!("console-{name}-effect"), &[]),
        closes: desk.say("console-closes-at", &[("n", closes.into())]),
        legend: desk.say(&format!("console-{name}-until"), &[]),
        hint: desk.say(&format!("console-{name}-hint"), &[]),
        tasks: blockers
            .iter()
            .map(|blocker| task(desk, place, blocker))
            .collect(),
        may: possible,
        boxes: boxes(desk, &typed),
        moment_error: typed.moment_error,
        reason: typed.reason,
        error: typed.error,
        button: desk.say(&format!("console-do-{name}"), &args),
    })
}

fn boxes(desk: &Desk, typed: &Typed) -> Vec<MomentBox> {
    let mut values = typed.boxes.iter().cloned();
    let one = |&(name, length): &(&'static str, u8)| MomentBox {
        name,
        label: desk.say(&format!("console-box-{name}"), &[]),
        length,
        class: if length == 4 { "w4" } else { "w2" },
        value: values.next().unwrap_or_default(),
    };
    BOXES.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn read(text: &str) -> Option<OffsetDateTime> {
        moment(&text.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_moment_is_read_in_vietnam_and_midnight_may_be_written_as_the_end_of_the_day() {
        assert_eq!(read("7 00 8 5 2023"), Some(datetime!(2023-05-08 00:00 UTC)));
        assert_eq!(read("24 0 7 5 2023"), Some(datetime!(2023-05-07 17:00 UTC)));
        assert_eq!(read("24 1 7 5 2023"), None);
        assert_eq!(read("7 60 8 5 2023"), None);
        assert_eq!(read("7 00 30 2 2023"), None);
        assert_eq!(read("7 00 8 5 23"), None);
        assert_eq!(read("x 00 8 5 2023"), None);
    }
}
