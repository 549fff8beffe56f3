//! Who brought newcomers: the ranking, the prizes given for it, and a tie that nothing separates.
//!
//! Owns one page; the ranking is made with that over the contest.

use super::award::equals::sentence;
use super::desk::{Desk, Section, Side, contest_path};
use crate::action::settle_tie::open_contest_tie;
use crate::domain::catalog::Contest;
use crate::domain::ids::ParticipantId;
use crate::domain::spread::WonFor;
use crate::domain::staff::Right;
use crate::store::ranking::StoredRanking;
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use crate::web::words::count;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;

/// People shown.
const MOST: i64 = 200;

#[derive(Template)]
#[template(path = "console/spread.html")]
struct SpreadPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    /// Why there is no list.
    wait: Option<String>,
    /// The first tie that waits for the board, and where its order is noted.
    tie: Option<(String, Option<String>)>,
    note: String,
    rows: Vec<Row>,
}

struct Row {
    rank: String,
    name: String,
    newcomers: String,
    brought: String,
    reached: String,
    prize: String,
}

/// `GET /quan-tri/cuoc-thi/{contest}/lan-toa`
pub async fn page(desk: Desk, Path(slug): Path<String>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let contest = desk.contest(&slug)?;
    let mut page = SpreadPage {
        f: desk.frame_of(&contest),
        c: desk.side(Section::Contests),
        title: contest.definition.title.clone(),
        back: contest_path(&contest),
        wait: None,
        tie: None,
        note: String::new(),
        rows: Vec::new(),
    };
    match ranking(&desk, &contest).await? {
        Ok(ranking) => {
            fill(&desk, &ranking, &mut page).await?;
            page.tie = tie(&desk, &contest).await?;
        }
        Err(key) => page.wait = Some(desk.say(key, &[])),
    }
    Ok(Page(page).into_response())
}

/// The tie that holds prizes back, if one for bringing newcomers is among them.
async fn tie(desk: &Desk, contest: &Contest) -> Result<Option<(String, Option<String>)>, WebError> {
    let open = open_contest_tie(&desk.app, contest).await?;
    Ok(open.filter(|open| open.won_for == WonFor::Newcomers).map(|open| {
        let decide = || format!("{}/giai-chung/bang-nhau", contest_path(contest));
        (sentence(desk, &open), desk.may(Right::RunRounds).then(decide))
    }))
}

/// The ranking over the contest, or why there is none.
async fn ranking(desk: &Desk, contest: &Contest) -> Result<Result<StoredRanking, &'static str>, WebError> {
    if contest.definition.spread.is_none() {
        return Ok(Err("console-spread-none"));
    }
    let store = &desk.app.store;
    let found = match store.find_overall_ranking(contest.id).await? {
        Some(id) => store.find_ranking(id).await?,
        None => None,
    };
    Ok(found.ok_or("console-spread-wait"))
}

async fn fill(desk: &Desk, ranking: &StoredRanking, page: &mut SpreadPage) -> Result<(), WebError> {
    let store = &desk.app.store;
    let lines = store.list_spread(ranking.id, MOST).await?;
    let ids: Vec<ParticipantId> = lines.iter().map(|line| line.person).collect();
    let people = store.load_people(&ids).await?;
    let name = |person: &ParticipantId| {
        let found = people.get(person).map(|person| person.full_name.clone());
        found.unwrap_or_default()
    };
    let awards = store.load_awards(ranking.id).await?;
    let prizes: BTreeMap<ParticipantId, String> = awards
        .into_iter()
        .filter(|award| ranking.rules.won_for(award.award.prize) == WonFor::Newcomers)
        .map(|award| (award.award.participant, award.prize_name))
        .collect();
    let number = |n| format::number(desk.lang(), n);
    page.rows = lines
        .iter()
        .map(|line| Row {
            rank: number(line.rank),
            name: name(&line.person),
            newcomers: number(line.newcomers),
            brought: number(line.brought),
            reached: format::exact(desk.lang(), line.reached_at),
            prize: prizes.get(&line.person).cloned().unwrap_or_default(),
        })
        .collect();
    page.note = count(
        desk.lang(),
        "console-spread-note",
        i64::try_from(lines.len()).unwrap_or(MOST),
    );
    if lines.is_empty() {
        page.wait = Some(desk.say("console-spread-empty", &[]));
    }
    Ok(())
}
