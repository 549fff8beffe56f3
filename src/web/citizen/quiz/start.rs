//! The start page of a round: what awaits, the button, or why there is none.
//!
//! Owns GET and POST of `…/vong/{n}/thi`. Looking starts nothing; only the button does.

use super::super::turns;
use super::{RoundPlace, Stop, name_inside, prediction, soon, to_the_second};
use crate::action::start_attempt::{Outlook, StartError, barrier, outlook, start_attempt};
use crate::app::App;
use crate::domain::attempt::{deadline, milliseconds};
use crate::domain::contest::{AttemptRules, CountedAttempt};
use crate::domain::round::AdmitError;
use crate::store::attempt::AttemptLine;
use crate::web::WebError;
use crate::web::form::Form;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::{Visitor, current_participant};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use time::{Duration, OffsetDateTime};

#[derive(Template)]
#[template(path = "quiz/start.html")]
struct StartPage<'a> {
    f: &'a Frame,
    contest_address: String,
    address: String,
    round_name: &'a str,
    heading: String,
    facts: Vec<(String, String)>,
    /// The attempt will be shorter than its time, and why.
    short: Option<String>,
    /// An attempt runs already.
    running: bool,
    button: String,
}

#[derive(Template)]
#[template(path = "quiz/refused.html")]
struct RefusedPage<'a> {
    f: &'a Frame,
    contest_address: String,
    round_name: &'a str,
    reason: String,
    more: Vec<String>,
    /// Another round that can be entered: address and label.
    other: Option<(String, String)>,
}

/// Tells what a start would bring; starts nothing.
pub(super) async fn look(
    State(app): State<App>,
    visitor: Visitor,
    place: RoundPlace,
) -> Result<Response, Stop> {
    let Some(who) = current_participant(&app, &visitor, &place.contest).await? else {
        return Err(Stop::log_in(&place, &place.address()));
    };
    let f = Frame::of(&app, &visitor, &place.contest);
    let lines = app.reader.load_round_attempts(place.round.id, who.id).await?;
    let closes = place
        .contest
        .closes_for(&place.round, who.entering(), visitor.now);
    let outlook = match outlook(visitor.now, &place.contest, &place.round, &who, &lines) {
        Outlook::Free(number) => match barrier(&app, &place.contest, &place.round, who.id).await? {
            Some(refused) => Outlook::Refused(refused),
            None => Outlook::Free(number),
        },
        known => known,
    };
    Ok(match outlook {
        Outlook::Running(line) => Page(running_page(&f, &place, visitor.now, &line)).into_response(),
        Outlook::Free(number) => {
            Page(start_page(&f, &place, (visitor.now, closes), number, &lines)).into_response()
        }
        Outlook::Refused(reason) => Page(refused_page(&f, &place, visitor.now, &reason)).into_response(),
        Outlook::Excluded(reason) => Page(excluded_page(&f, &place, &reason)).into_response(),
    })
}

/// Starts an attempt, or goes on with the one that runs; a refusal is told by the page that [`look`] draws.
pub(super) async fn start(
    State(app): State<App>,
    visitor: Visitor,
    place: RoundPlace,
    _form: Form,
) -> Result<Redirect, Stop> {
    let Some(who) = current_participant(&app, &visitor, &place.contest).await? else {
        return Err(Stop::log_in(&place, &place.address()));
    };
    match start_attempt(&app, visitor.now, &place.contest, &place.round, &who).await {
        Ok(started) => Ok(Redirect::to(&format!("/bai-thi/{}", started.id()))),
        Err(StartError::Refused(_) | StartError::Excluded(_)) => Ok(Redirect::to(&place.address())),
        Err(StartError::Failed(failure)) => Err(WebError::from(failure).into()),
    }
}

fn start_page<'a>(
    f: &'a Frame,
    place: &'a RoundPlace,
    (now, closes): (OffsetDateTime, OffsetDateTime),
    number: u16,
    lines: &[AttemptLine],
) -> StartPage<'a> {
    let rules = &place.round.rules.attempts;
    let heading = match rules.per_round {
        Some(1) => f.t("quiz-start-heading-only"),
        Some(limit) => f.ab("quiz-start-heading", number, limit),
        None => f.n("quiz-start-heading-any", number),
    };
    let asks = prediction::asked(place, number, lines).is_some();
    StartPage {
        f,
        contest_address: place.contest_address(),
        address: place.address(),
        round_name: &place.round.title,
        heading,
        facts: facts(f, place, closes, asks),
        short: short(f, place, now, closes),
        running: false,
        button: f.t("quiz-start-button"),
    }
}

fn facts(f: &Frame, place: &RoundPlace, closes: OffsetDateTime, asks: bool) -> Vec<(String, String)> {
    let rules = &place.round.rules;
    let questions = format::number(f.lang(), i64::from(rules.paper.question_count()));
    let later = rules.prediction.is_some_and(|rules| !rules.in_paper());
    let questions = match (asks, later) {
        (true, _) => f.n("quiz-start-with-prediction", questions),
        (false, true) => f.n("quiz-start-later-prediction", questions),
        (false, false) => questions,
    };
    let time = match rules.paper.time_limit_s {
        Some(limit) => format::duration(f.lang(), i64::from(limit) * 1000),
        None => f.t("quiz-start-no-limit"),
    };
    let last = match rules.attempts.per_round {
        Some(1) => (f.t("quiz-start-attempts"), f.t("quiz-start-one-attempt")),
        Some(_) | None => (f.t("quiz-start-counts"), counted(f, &rules.attempts)),
    };
    let essay = rules.essay.as_ref();
    let essay = essay.map(|essay| (f.t("essay-title"), f.n("essay-start", essay.points)));
    let mut facts = vec![
        (f.t("quiz-start-questions"), questions),
        (f.t("quiz-start-time"), time),
        (
            f.t(if closes < place.round.closes_at {
                "access-start-closes"
            } else {
                "quiz-start-closes"
            }),
            format::moment(f.lang(), closes),
        ),
        last,
    ];
    facts.extend(essay);
    facts
}

/// Which attempt counts, in words.
pub(super) fn counted(f: &Frame, rules: &AttemptRules) -> String {
    f.t(match rules.counts {
        CountedAttempt::Best => "quiz-counts-best",
        CountedAttempt::First => "quiz-counts-first",
        CountedAttempt::Last => "quiz-counts-last",
        CountedAttempt::SumOfRounds => "quiz-counts-sum-of-rounds",
        CountedAttempt::Sum => "quiz-counts-sum",
        CountedAttempt::Average => "quiz-counts-average",
    })
}

fn short(f: &Frame, place: &RoundPlace, now: OffsetDateTime, closes: OffsetDateTime) -> Option<String> {
    let limit = place.round.rules.paper.time_limit_s?;
    let ends = deadline(&place.round.rules, now, closes);
    let cut = ends < now + Duration::seconds(i64::from(limit));
    cut.then(|| {
        let left = format::duration(f.lang(), milliseconds(now, ends));
        let at = soon(f.lang(), now, closes);
        if closes < place.round.closes_at {
            return f.ab("access-start-short", at, left);
        }
        f.abc("quiz-start-short", &place.round.title, at, left)
    })
}

fn running_page<'a>(
    f: &'a Frame,
    place: &'a RoundPlace,
    now: OffsetDateTime,
    line: &AttemptLine,
) -> StartPage<'a> {
    let left = milliseconds(now, line.deadline) / 60_000 * 60_000;
    let button = match left {
        0 => f.t("quiz-resume-last"),
        left => f.n("quiz-resume-button", format::duration(f.lang(), left)),
    };
    StartPage {
        f,
        contest_address: place.contest_address(),
        address: place.address(),
        round_name: &place.round.title,
        heading: f.n("quiz-resume-heading", line.number),
        facts: vec![
            (f.t("quiz-resume-started"), soon(f.lang(), now, line.started_at)),
            (f.t("quiz-resume-ends"), soon(f.lang(), now, line.deadline)),
        ],
        short: None,
        running: true,
        button,
    }
}

fn refused_page<'a>(
    f: &'a Frame,
    place: &'a RoundPlace,
    now: OffsetDateTime,
    reason: &AdmitError,
) -> RefusedPage<'a> {
    let (lang, title) = (f.lang(), &place.round.title);
    let said = match *reason {
        AdmitError::NotOpen(at) => f.ab("quiz-refused-not-open", title, format::moment(lang, at)),
        AdmitError::Ended(at) => f.ab("quiz-refused-ended", title, format::moment(lang, at)),
        AdmitError::Exhausted(1) => f.n("quiz-refused-one", place.name(lang)),
        AdmitError::Exhausted(limit) => f.abc(
            "quiz-refused-exhausted",
            limit,
            place.name(lang),
            counted(f, &place.round.rules.attempts),
        ),
        AdmitError::Wait(until) => f.n("quiz-refused-wait", to_the_second(lang, now, until)),
        AdmitError::Held => f.n("quiz-refused-held", title),
        AdmitError::Paused => match &place.round.control.notice {
            Some((_, notice)) => f.ab("quiz-refused-paused-notice", title, notice),
            None => f.n("quiz-refused-paused", title),
        },
        AdmitError::UsedUp(limit) => f.n("quiz-refused-used-up", limit),
        AdmitError::NotQualified => f.n("quiz-refused-not-qualified", title),
        AdmitError::Person(bar) => turns::refusal(lang, title, bar),
    };
    let elsewhere = place
        .contest
        .open_round(now)
        .filter(|open| open.id != place.round.id);
    let next = place
        .contest
        .next_round(now)
        .filter(|next| next.id != place.round.id);
    let mut more = Vec::new();
    match (reason, elsewhere, next) {
        (AdmitError::Wait(_), ..) => {}
        (_, Some(open), _) => {
            more.push(f.ab(
                "quiz-refused-other-open",
                &open.title,
                format::moment(lang, open.closes_at),
            ));
        }
        (_, None, Some(next)) => {
            more.push(f.ab(
                "quiz-refused-not-open",
                &next.title,
                format::moment(lang, next.opens_at),
            ));
        }
        (_, None, None) => {}
    }
    let enter = |open| {
        (
            place.address_of(open),
            f.n("quiz-refused-go-other", name_inside(lang, &open.title)),
        )
    };
    RefusedPage {
        f,
        contest_address: place.contest_address(),
        round_name: title,
        reason: said,
        more,
        other: elsewhere.map(enter),
    }
}

fn excluded_page<'a>(f: &'a Frame, place: &'a RoundPlace, reason: &str) -> RefusedPage<'a> {
    let mistake = match &f.hotline {
        Some(hotline) => f.n("quiz-refused-mistake", hotline),
        None => f.t("quiz-refused-mistake-unit"),
    };
    RefusedPage {
        f,
        contest_address: place.contest_address(),
        round_name: &place.round.title,
        reason: f.n("quiz-refused-excluded", reason.trim_end_matches('.')),
        more: vec![mistake],
        other: None,
    }
}
