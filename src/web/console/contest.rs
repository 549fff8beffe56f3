//! A contest with its rounds: live counts, state, chart of the last hour, what to do next, what has been done.
//!
//! Owns one page, which reloads itself every half minute unless asked not to.

use super::acts::{self, ActSentence, StripStep};
use super::alarm::{self, Alarm};
use super::contests::Owed;
use super::desk::{Desk, Place, Section, Side, contest_path};
use super::keeping;
use super::live::{self, LiveTop};
use crate::domain::account::Accounts;
use crate::domain::catalog::Contest;
use crate::domain::contest::Keep;
use crate::domain::round::{Round, RoundPhase};
use crate::domain::staff::Right;
use crate::store::console_reads::{LogFilter, Minute, RoundCounts};
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use time::{Duration, OffsetDateTime};

/// Acts shown under a contest.
const ACTS: i64 = 12;
/// Width and height of the chart's drawing, in its own units.
const CHART: (i64, i64) = (340, 90);

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    vong: Option<u16>,
    dung: Option<String>,
}

#[derive(Template)]
#[template(path = "console/contest.html")]
struct ContestPage {
    f: Frame,
    c: Side,
    title: String,
    path: String,
    number: u16,
    round: String,
    rounds: Vec<RoundLink>,
    strip: Vec<StripStep>,
    reloads: bool,
    switch: String,
    figures: Vec<(String, String)>,
    chart: Option<Chart>,
    top: Option<LiveTop>,
    alarm: Option<Alarm>,
    /// Personal data are going to be erased.
    keeping: Option<Owed>,
    todo: Todo,
    lists: Vec<DownloadLine>,
    can_export: bool,
    may_help: bool,
    may_load: bool,
    has_spread: bool,
    keeps_highest: bool,
    issues_accounts: bool,
    acts: Vec<ActSentence>,
    download: String,
}

struct RoundLink {
    path: String,
    title: String,
    here: bool,
    phase: String,
    attempts: String,
}

/// What may be done with a round now.
#[derive(Default)]
struct Todo {
    sentence: String,
    main: Option<(String, String)>,
    others: Vec<(String, String)>,
}

struct DownloadLine {
    name: &'static str,
    label: String,
}

struct Chart {
    message: String,
    measure: String,
    line: String,
    rows: Vec<(String, String)>,
}

/// The contest with one round chosen: the one asked for, the one that waits for somebody, the one that is open.
pub async fn page(
    desk: Desk,
    Path(slug): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let contest = desk.contest(&slug)?;
    let round = match chosen.vong {
        Some(number) => contest.round(number).cloned().ok_or(WebError::NotFound)?,
        None => default_round(&contest, desk.now())
            .cloned()
            .ok_or(WebError::NotFound)?,
    };
    let place = Place { contest, round };
    let (counts, live) = live::read(&desk, &place.round).await?;
    let registered = desk.app.store.count_registered(place.contest.id).await?;
    let totals = desk.app.store.load_round_counts(place.contest.id).await?;
    let filter = LogFilter {
        contest: Some(place.contest.id),
        ..LogFilter::default()
    };
    let log = desk.app.store.load_log(filter, ACTS).await?;
    let reloads = chosen.dung.is_none();
    let page = ContestPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: place.contest.definition.title.clone(),
        path: place.contest_path(),
        number: place.round.number,
        round: place.round.title.clone(),
        rounds: place
            .contest
            .rounds
            .iter()
            .map(|round| link(&desk, &place, round, &totals))
            .collect(),
        strip: acts::strip(&desk, &place).await?,
        reloads,
        switch: if reloads {
            format!("{}&dung=1", place.path())
        } else {
            place.path()
        },
        figures: figures(&desk, counts, registered, &place),
        chart: chart(&desk, &place).await?,
        top: live::top(&desk, &place, &live).await?,
        alarm: alarm::read(&desk, &place).await?,
        keeping: keeping::notice(&desk, &place.contest).await?,
        todo: todo(&desk, &place, counts),
        lists: lists(&desk, &place.round),
        can_export: desk.may(Right::Export),
        may_help: desk.may(Right::HelpParticipants),
        may_load: desk.may(Right::LoadSets),
        has_spread: place.contest.definition.spread.is_some(),
        keeps_highest: place.round.rules.ranking.per_person.keep == Keep::Highest,
        issues_accounts: place.contest.definition.entry.accounts == Accounts::Issued,
        acts: acts::sentences(&desk, &desk.app.catalog(), &log),
        download: place.step("xuat"),
    };
    Ok(Page(page).into_response())
}

pub(super) fn default_round(contest: &Contest, now: OffsetDateTime) -> Option<&Round> {
    let waits = |round: &&Round| {
        let phase = round.phase(now);
        phase >= RoundPhase::Ended && phase < RoundPhase::Published
    };
    contest
        .open_round(now)
        .or_else(|| contest.rounds.iter().find(waits))
        .or_else(|| contest.next_round(now))
        .or_else(|| contest.rounds.last())
}

fn link(
    desk: &Desk,
    place: &Place,
    round: &Round,
    totals: &[(crate::domain::ids::RoundId, i64, i64)],
) -> RoundLink {
    let attempts = totals
        .iter()
        .find(|(id, ..)| *id == round.id)
        .map_or(0, |(_, _, submitted)| *submitted);
    RoundLink {
        path: format!("{}?vong={}", contest_path(&place.contest), round.number),
        title: round.title.clone(),
        here: round.id == place.round.id,
        phase: desk.say(&format!("console-phase-{}", round.phase(desk.now()).name()), &[]),
        attempts: format::number(desk.lang(), attempts),
    }
}

fn figures(desk: &Desk, counts: RoundCounts, registered: i64, place: &Place) -> Vec<(String, String)> {
    let questions = place.round.rules.paper.question_count();
    let figure = |n: i64, key: &str| {
        (
            format::number(desk.lang(), n),
            desk.say(key, &[("questions", questions.to_string().into())]),
        )
    };
    vec![
        figure(registered, "console-figure-registered"),
        figure(counts.running, "console-figure-running"),
        figure(counts.attempts, "console-figure-attempts"),
        figure(counts.people, "console-figure-people"),
        figure(counts.all_correct, "console-figure-all-correct"),
    ]
}

/// Submissions per minute of the last hour, while the round is open.
async fn chart(desk: &Desk, place: &Place) -> Result<Option<Chart>, WebError> {
    if place.round.phase(desk.now()) != RoundPhase::Open {
        return Ok(None);
    }
    let end = desk
        .now()
        .replace_second(0)
        .and_then(|at| at.replace_nanosecond(0))
        .unwrap_or(desk.now());
    let since = end - Duration::minutes(60);
    let minutes = desk.app.store.count_minutes(place.round.id, since).await?;
    Ok(Some(draw(desk, &minutes, since, end)))
}

fn draw(desk: &Desk, minutes: &[Minute], since: OffsetDateTime, end: OffsetDateTime) -> Chart {
    let at = |i: i64| since + Duration::minutes(i);
    let count = |i: i64| {
        minutes
            .iter()
            .find(|minute| minute.at == at(i))
            .map_or(0, |minute| minute.attempts)
    };
    let counts: Vec<i64> = (0..=60).map(count).collect();
    let top = counts.iter().copied().max().unwrap_or(0).max(1);
    let (width, height) = CHART;
    let points = (0i64..)
        .zip(&counts)
        .map(|(i, n)| format!("{} {}", i * width / 60, height - n * (height - 10) / top));
    let line = format!("M{}", points.collect::<Vec<_>>().join("L"));
    let busiest = minutes.iter().max_by_key(|minute| minute.attempts);
    let message = match busiest {
        Some(minute) => desk.say(
            "console-chart-most",
            &[
                ("n", format::number(desk.lang(), minute.attempts).into()),
                ("at", format::clock_minute(minute.at).into()),
            ],
        ),
        None => desk.say(
            "console-chart-none",
            &[("at", format::clock_minute(since).into())],
        ),
    };
    let span = [
        ("from", format::clock_minute(since).into()),
        ("to", format::clock_minute(end).into()),
    ];
    let rows = minutes.iter().rev();
    Chart {
        message,
        measure: desk.say("console-chart-measure", &span),
        line,
        rows: rows
            .map(|m| {
                (
                    format::clock_minute(m.at),
                    format::number(desk.lang(), m.attempts),
                )
            })
            .collect(),
    }
}

/// The next step of a round, and the other things that may be done with it.
fn todo(desk: &Desk, place: &Place, counts: RoundCounts) -> Todo {
    let phase = place.round.phase(desk.now());
    let run = desk.may(Right::RunRounds);
    let link = |step: &str, key: &str| {
        (
            place.step(step),
            desk.say(key, &[("round", place.title().into())]),
        )
    };
    let mut todo = Todo::default();
    let args = [
        ("at", format::moment(desk.lang(), place.round.closes_at).into()),
        ("opens", format::moment(desk.lang(), place.round.opens_at).into()),
        ("n", format::number(desk.lang(), counts.running).into()),
    ];
    todo.sentence = desk.say(&format!("console-todo-{}", phase.name()), &args);
    todo.main = match phase {
        RoundPhase::Ended if run => Some(link("chot", "console-do-close")),
        RoundPhase::Sealed if run => Some(link("xep-hang", "console-do-rank")),
        RoundPhase::Ranked => Some(link("duyet", "console-do-approve")),
        RoundPhase::Approved => Some(link("cong-bo", "console-do-publish")),
        _ => None,
    };
    if phase >= RoundPhase::Ranked && desk.may(Right::Export) {
        todo.others.push(link("van-ban", "papers-link"));
    }
    if phase >= RoundPhase::Ranked {
        todo.others.push(link("xep-hang", "console-see-ranking"));
    }
    if phase >= RoundPhase::Sealed && place.round.rules.essay.is_some() && desk.may(Right::MarkEssays) {
        todo.others.push(link("bai-viet", "essay-do-mark"));
    }
    if phase >= RoundPhase::Sealed && (desk.may(Right::LoadSets) || desk.may(Right::Approve)) {
        todo.others.push(link("cau-hoi", "items-link"));
        todo.others.push(link("cham-lai", "rescored-link"));
    }
    if phase >= RoundPhase::Ranked && desk.may(Right::Export) {
        todo.others.push(link("ra-soat", "award-do-review"));
    }
    if phase >= RoundPhase::Sealed {
        todo.others.push(link("quyet-dinh", "award-do-decisions"));
        if desk.may(Right::Approve) {
            todo.others.push(link("phieu", "case-do-list"));
        }
        if desk.may(Right::Export) {
            todo.others.push(link("khieu-nai", "award-do-complaints"));
        }
    }
    if run && phase == RoundPhase::Open {
        todo.others.push(link("chot", "console-do-close"));
    }
    if run && phase <= RoundPhase::Ended {
        todo.others.push(link("gia-han", "console-do-extend"));
    }
    if run
        && matches!(
            phase,
            RoundPhase::Sealed | RoundPhase::Ranked | RoundPhase::Approved
        )
    {
        todo.others.push(link("mo-lai", "console-do-reopen"));
    }
    todo
}

fn lists(desk: &Desk, round: &Round) -> Vec<DownloadLine> {
    let ranked = round.phase(desk.now()) >= RoundPhase::Ranked;
    let names: &[&'static str] = if ranked {
        &["entries", "standings", "winners", "units", "items"]
    } else {
        &["entries", "units"]
    };
    let line = |name: &&'static str| DownloadLine {
        name,
        label: desk.say(&format!("console-list-{name}"), &[]),
    };
    names.iter().map(line).collect()
}
