//! The list of contests: what is open, what comes next, who owes what.
//!
//! Owns one page.

use super::data_requests;
use super::desk::{Desk, Section, Side, contest_path, inside};
use super::{keeping, marker};
use crate::domain::catalog::Contest;
use crate::domain::round::{Round, RoundPhase};
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::response::{IntoResponse, Response};

#[derive(Template)]
#[template(path = "console/contests.html")]
struct ContestsPage {
    f: Frame,
    c: Side,
    count: usize,
    rows: Vec<ContestRow>,
}

struct ContestRow {
    path: String,
    title: String,
    tag: &'static str,
    now: String,
    until: String,
    next: String,
    owed: Vec<Owed>,
    attempts: String,
}

/// Something a round waits for.
pub struct Owed {
    /// Where it is done.
    pub path: String,
    /// "Chờ duyệt: tuần 4".
    pub label: String,
}

/// Every contest; whoever only marks essays is shown those instead.
pub async fn page(desk: Desk) -> Result<Response, WebError> {
    if !desk.may(Right::See) {
        return marker::page(&desk).await;
    }
    let catalog = desk.app.catalog();
    let mut rows = Vec::new();
    for contest in catalog.contests() {
        let counts = desk.app.store.load_round_counts(contest.id).await?;
        let attempts: i64 = counts.iter().map(|(_, _, submitted)| submitted).sum();
        let mut line = row(&desk, contest, attempts);
        line.owed.extend(keeping::notice(&desk, contest).await?);
        line.owed.extend(data_requests::notice(&desk, contest).await?);
        rows.push(line);
    }
    let (f, c) = (desk.frame(), desk.side(Section::Contests));
    Ok(Page(ContestsPage {
        f,
        c,
        count: rows.len(),
        rows,
    })
    .into_response())
}

fn row(desk: &Desk, contest: &Contest, attempts: i64) -> ContestRow {
    let now = desk.now();
    let open = contest.open_round(now);
    let (tag, words) = match (open, contest.next_round(now)) {
        (Some(round), _) => ("open", round.title.clone()),
        (None, Some(_)) => ("soon", desk.say("console-none-open-yet", &[])),
        (None, None) => ("closed", desk.say("console-none-open", &[])),
    };
    let until = open.map(|round| {
        desk.say(
            "console-until",
            &[("n", format::short(desk.lang(), round.closes_at).into())],
        )
    });
    ContestRow {
        path: contest_path(contest),
        title: contest.definition.title.clone(),
        tag,
        now: words,
        until: until.unwrap_or_default(),
        next: next_event(desk, contest),
        owed: contest
            .rounds
            .iter()
            .filter_map(|round| owed(desk, contest, round))
            .collect(),
        attempts: format::number(desk.lang(), attempts),
    }
}

/// The next thing the clock does: a round closes or opens.
fn next_event(desk: &Desk, contest: &Contest) -> String {
    let now = desk.now();
    let events = contest.rounds.iter().filter_map(|round| match round.phase(now) {
        RoundPhase::Upcoming if round.control.held => Some((round.opens_at, "console-next-by-hand", round)),
        RoundPhase::Upcoming => Some((round.opens_at, "console-next-opens", round)),
        RoundPhase::Open => Some((round.closes_at, "console-next-closes", round)),
        _ => None,
    });
    let Some((at, key, round)) = events.min_by_key(|(at, ..)| *at) else {
        return desk.say("console-none", &[]);
    };
    let args = [
        ("round", inside(&round.title).into()),
        ("n", format::moment(desk.lang(), at).into()),
    ];
    desk.say(key, &args)
}

/// The step that a round waits for, if it waits for people.
pub fn owed(desk: &Desk, contest: &Contest, round: &Round) -> Option<Owed> {
    let (key, step) = match round.phase(desk.now()) {
        RoundPhase::Ended => ("console-owed-close", "chot"),
        RoundPhase::Sealed => ("console-owed-rank", "xep-hang"),
        RoundPhase::Ranked => ("console-owed-approve", "duyet"),
        RoundPhase::Approved => ("console-owed-publish", "cong-bo"),
        RoundPhase::Upcoming | RoundPhase::Open | RoundPhase::Published => return None,
    };
    // Closing is for those who run rounds; others are led to the round itself.
    let path = match step {
        "chot" if !desk.may(Right::RunRounds) => format!("{}?vong={}", contest_path(contest), round.number),
        step => format!("{}/vong/{}/{step}", contest_path(contest), round.number),
    };
    Some(Owed {
        path,
        label: desk.say(key, &[("round", inside(&round.title).into())]),
    })
}
