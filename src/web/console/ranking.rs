//! Ranking a round: making the ranking, and reading it 50 rows a page.
//!
//! Owns one page; order and prizes are the stored ranking's.

use super::acts::{self, StripStep};
use super::approve::{counted, ranked_by};
use super::blockers::{Task, blocked, reason, task};
use super::desk::{Desk, Place, Section, Side};
use super::winners::chain;
use crate::action::close_round::Blocker;
use crate::action::mark_essay::essay_blockers;
use crate::action::rank_round::rank_round;
use crate::domain::prize::Tie;
use crate::domain::ranking::Standing;
use crate::domain::round::{RoundPhase, RoundStage};
use crate::domain::staff::Right;
use crate::store::console_reads::PersonLine;
use crate::store::ranking::{StoredAward, StoredRanking};
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// Rows on a page.
const PAGE: i64 = 50;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    trang: Option<u32>,
    /// A ranking of the round that is not in force any more.
    ban: Option<i64>,
}

#[derive(Template)]
#[template(path = "console/ranking.html")]
struct RankingPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    strip: Vec<StripStep>,
    tasks: Vec<Task>,
    ranked: Option<String>,
    counts: Option<String>,
    actual: Option<String>,
    ties: Vec<String>,
    decide: Option<String>,
    rows: Vec<Row>,
    total: String,
    pages: Pages,
    /// The button that ranks, for the first time or again.
    button: Option<String>,
    again: bool,
    /// The next step, once nothing is open.
    next: Option<(String, String)>,
    wait: Option<String>,
}

struct Row {
    class: &'static str,
    rank: String,
    name: String,
    unit: String,
    score: String,
    error: String,
    duration: String,
    submitted: String,
    prize: String,
    chain: String,
    /// Where its voiding is proposed, by those who may.
    void: Option<String>,
}

#[derive(Default)]
struct Pages {
    before: Option<String>,
    here: String,
    after: Option<String>,
}

/// The page; everybody may look.
pub async fn page(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let place = desk.round(&slug, number)?;
    let page = i64::from(asked.trang.unwrap_or(1).max(1));
    if let Some(old) = asked.ban {
        return Ok(Page(kept(&desk, &place, page, old).await?).into_response());
    }
    Ok(Page(view(&desk, &place, page, &[]).await?).into_response())
}

/// The step, for the first time or again.
pub async fn rank(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = desk.round(&slug, number)?;
    let reason = reason(&desk, &form).map_err(|_| WebError::BadForm)?;
    match rank_round(&desk.app, desk.now(), desk.by(), &place.round, reason, &[]).await {
        Ok(_) => Ok(Redirect::to(&place.step("xep-hang")).into_response()),
        Err(error) => {
            let page = view(&desk, &place, 1, &blocked(error)?).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

async fn view(desk: &Desk, place: &Place, page: i64, blockers: &[Blocker]) -> Result<RankingPage, WebError> {
    let ranking = match desk.app.store.find_round_ranking(place.round.id).await? {
        Some(id) => desk.app.store.find_ranking(id).await?,
        None => None,
    };
    let phase = place.round.phase(desk.now());
    let run = desk.may(Right::RunRounds);
    let list = match &ranking {
        Some(ranking) => Listed::read(desk, place, ranking, page, "").await?,
        None => Listed::default(),
    };
    let mut blockers = blockers.to_vec();
    if ranking.is_none() && phase != RoundPhase::Sealed && blockers.is_empty() {
        blockers.push(Blocker::WrongPhase(phase));
    }
    if phase == RoundPhase::Sealed && blockers.is_empty() && place.round.rules.essay.is_some() {
        // Only to look: the transaction is dropped.
        let mut tx = desk.app.store.begin().await?;
        blockers.extend(essay_blockers(&mut tx, &place.round, None).await?);
    }
    let open_ties = !list.ties.is_empty();
    let next = (phase == RoundPhase::Ranked && !open_ties).then_some("duyet");
    let can_rank = run && matches!(phase, RoundPhase::Sealed | RoundPhase::Ranked);
    let key = if ranking.is_some() {
        "console-rank-again"
    } else {
        "console-do-rank"
    };
    let args = [("round", place.title().into())];
    Ok(RankingPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("console-ranking-title", &args),
        back: place.path(),
        round: place.round.title.clone(),
        strip: acts::strip(desk, place).await?,
        tasks: blockers
            .iter()
            .map(|blocker| task(desk, place, blocker))
            .collect(),
        ranked: ranking.as_ref().map(|ranking| ranked_by(desk, ranking)),
        counts: ranking.as_ref().map(|ranking| counted(desk, ranking)),
        actual: ranking.as_ref().and_then(|ranking| actual(desk, ranking)),
        ties: list.ties,
        decide: (run && open_ties && phase == RoundPhase::Ranked).then(|| place.step("xep-hang/bang-nhau")),
        rows: list.rows,
        total: format::number(desk.lang(), list.total),
        pages: list.pages,
        button: can_rank.then(|| desk.say(key, &args)),
        again: ranking.is_some(),
        next: next.map(|step| (place.step(step), desk.say("console-do-approve", &args))),
        wait: (phase == RoundPhase::Sealed && !run).then(|| desk.say("console-rank-organiser-only", &[])),
    })
}

/// A ranking of the round as it was kept, to look at.
async fn kept(desk: &Desk, place: &Place, page: i64, id: i64) -> Result<RankingPage, WebError> {
    let ranking = desk.app.store.find_ranking(id).await?;
    let ranking = ranking.filter(|ranking| ranking.round == Some(place.round.id));
    let ranking = ranking.ok_or(WebError::NotFound)?;
    let list = Listed::read(desk, place, &ranking, page, &format!("&ban={id}")).await?;
    let in_force = desk.app.store.find_round_ranking(place.round.id).await? == Some(id);
    Ok(RankingPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("console-ranking-title", &[("round", place.title().into())]),
        back: place.path(),
        round: place.round.title.clone(),
        strip: Vec::new(),
        tasks: Vec::new(),
        ranked: Some(ranked_by(desk, &ranking)),
        counts: Some(counted(desk, &ranking)),
        actual: actual(desk, &ranking),
        ties: list.ties,
        decide: None,
        rows: list.rows,
        total: format::number(desk.lang(), list.total),
        pages: list.pages,
        button: None,
        again: true,
        next: None,
        wait: (!in_force).then(|| desk.say("rescored-old-ranking", &[])),
    })
}

fn actual(desk: &Desk, ranking: &StoredRanking) -> Option<String> {
    let n = format::number(desk.lang(), ranking.actual?);
    Some(desk.say("console-ranked-actual", &[("n", n.into())]))
}

/// A page of a ranking.
#[derive(Default)]
struct Listed {
    rows: Vec<Row>,
    ties: Vec<String>,
    total: i64,
    pages: Pages,
}

impl Listed {
    async fn read(
        desk: &Desk,
        place: &Place,
        ranking: &StoredRanking,
        page: i64,
        kept: &str,
    ) -> Result<Self, WebError> {
        let store = &desk.app.store;
        let total = store.count_standings(ranking.id).await?;
        let last = ((total + PAGE - 1) / PAGE).max(1);
        if page > last {
            return Err(WebError::NotFound);
        }
        let standings = store.load_standings(ranking.id, (page - 1) * PAGE, PAGE).await?;
        let awards = store.load_awards(ranking.id).await?;
        let ties = store.load_ties(ranking.id).await?;
        let ids: Vec<_> = standings.iter().map(|standing| standing.participant).collect();
        let people = store.load_people(&ids).await?;
        let end = awards.iter().map(|award| award.award.position).max().unwrap_or(0);
        let row = |standing: &Standing| {
            let award = awards
                .iter()
                .find(|award| award.award.position == standing.position);
            let class = class(standing.position, end, &ties);
            row(
                desk,
                place,
                ranking,
                standing,
                award,
                people.get(&standing.participant),
                class,
            )
        };
        let at = |page: i64| format!("{}?trang={page}{kept}", place.step("xep-hang"));
        let here = [
            ("n", page.to_string().into()),
            ("of", format::number(desk.lang(), last).into()),
        ];
        Ok(Self {
            rows: standings.iter().map(row).collect(),
            ties: ties.iter().map(|tie| tied(desk, tie)).collect(),
            total,
            pages: Pages {
                before: (page > 1).then(|| at(page - 1)),
                here: if last > 1 {
                    desk.say("console-page-of", &here)
                } else {
                    String::new()
                },
                after: (page < last).then(|| at(page + 1)),
            },
        })
    }
}

/// Prizes end under the last winner; equals that nothing has separated yet are bracketed.
fn class(position: i64, end: i64, ties: &[Tie]) -> &'static str {
    if ties.iter().any(|tie| tie.positions.contains(&position)) {
        "tied"
    } else if position == end {
        "line-under"
    } else {
        ""
    }
}

fn tied(desk: &Desk, tie: &Tie) -> String {
    let number = |n: i64| format::number(desk.lang(), n);
    let args = [
        (
            "n",
            number(i64::try_from(tie.positions.len()).unwrap_or(i64::MAX)).into(),
        ),
        ("rank", number(tie.rank).into()),
        ("places", number(i64::from(tie.places)).into()),
    ];
    desk.say("console-tied", &args)
}

fn row(
    desk: &Desk,
    place: &Place,
    ranking: &StoredRanking,
    standing: &Standing,
    award: Option<&StoredAward>,
    person: Option<&PersonLine>,
    class: &'static str,
) -> Row {
    let lang = desk.lang();
    Row {
        class,
        rank: format::number(lang, standing.rank),
        name: person.map(|person| person.full_name.clone()).unwrap_or_default(),
        unit: place
            .contest
            .unit(standing.unit)
            .map(|unit| unit.definition.name.clone())
            .unwrap_or_default(),
        score: format::number(lang, standing.score),
        error: standing
            .prediction_error
            .map(|error| format::number(lang, error))
            .unwrap_or_else(|| "–".to_owned()),
        duration: format::stopwatch(standing.duration_ms),
        submitted: format!(
            "{} {}",
            format::clock(standing.finished_at),
            format::day(standing.finished_at)
        ),
        prize: award.map(|award| award.prize_name.clone()).unwrap_or_default(),
        chain: chain(desk, ranking, standing, award.map(|award| award.award.settled_by)),
        void: standing
            .attempt
            .filter(|_| desk.may(Right::Approve) && place.round.stage < RoundStage::Published)
            .map(|attempt| place.step(&format!("quyet-dinh/moi?loai=entry&bai={attempt}"))),
    }
}
