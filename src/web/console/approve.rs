//! Approving and publishing: what was ranked by whom, the winners to be checked, the reasons why one cannot.
//!
//! Owns two pages; the rules are `action::approve_round`'s and `action::publish_round`'s.

use super::acts::{self, StripStep};
use super::award::reminders::reminders;
use super::blockers::{Task, blocked, reason, task};
use super::desk::{Desk, Place, Section, Side};
use super::winners::{WinnerLine, winners};
use crate::action::approve_round::{approve_blockers, approve_round};
use crate::action::close_round::Blocker;
use crate::action::mark_essay::essay_blockers;
use crate::action::publish_round::{publish_blockers, publish_round};
use crate::domain::round::{RoundPhase, RoundStage};
use crate::domain::staff::Right;
use crate::store::ranking::StoredRanking;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// What must be ticked before approval.
const CHECKS: [&str; 3] = ["winners", "ties", "counts"];

#[derive(Template)]
#[template(path = "console/approve.html")]
struct ApprovePage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    strip: Vec<StripStep>,
    ranked: Option<String>,
    counts: Option<String>,
    tasks: Vec<Task>,
    /// What is better done first, though nothing in the way.
    reminders: Vec<Task>,
    winners: Vec<WinnerLine>,
    may: bool,
    not_appointed: bool,
    /// Approved before: when and by whom.
    done: Option<String>,
    next: Option<(String, String)>,
    checks: Vec<Check>,
    reason: String,
    error: Option<String>,
}

struct Check {
    name: &'static str,
    label: String,
    ticked: bool,
}

/// What came back with a refused form.
#[derive(Default)]
struct Typed {
    ticked: Vec<String>,
    reason: String,
    error: Option<String>,
}

/// The page; everybody may look, the board may act.
pub async fn page(desk: Desk, Path((slug, number)): Path<(String, u16)>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let place = desk.round(&slug, number)?;
    let blockers = current_blockers(&desk, &place).await?;
    Ok(Page(view(&desk, &place, &blockers, Typed::default()).await?).into_response())
}

/// The step.
pub async fn approve(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    let ticked: Vec<String> = form.all("check").map(str::to_owned).collect();
    let missing = CHECKS
        .iter()
        .any(|check| !ticked.iter().any(|name| name == check));
    let problem = match reason(&desk, &form) {
        Err(message) => Err(message),
        Ok(_) if missing => Err(desk.say("console-approve-tick-all", &[])),
        Ok(reason) => Ok(reason),
    };
    let (blockers, error) = match problem {
        Err(message) => (current_blockers(&desk, &place).await?, Some(message)),
        Ok(reason) => match approve_round(&desk.app, desk.now(), desk.by(), &place.round, reason).await {
            Ok(()) => return Ok(Redirect::to(&place.step("cong-bo")).into_response()),
            Err(error) => (blocked(error)?, None),
        },
    };
    let typed = Typed {
        ticked,
        reason: form.get("reason").chars().take(1_000).collect(),
        error,
    };
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        Page(view(&desk, &place, &blockers, typed).await?),
    )
        .into_response())
}

async fn current_blockers(desk: &Desk, place: &Place) -> Result<Vec<Blocker>, WebError> {
    // Only to look: the transaction is dropped, and with it the lock.
    let mut tx = desk.app.store.begin().await?;
    let locked = tx.lock_round(place.round.id).await?;
    let mut blockers = approve_blockers(&place.round, &locked, desk.by(), desk.now());
    if locked.stage == RoundStage::Ranked {
        blockers.extend(essay_blockers(&mut tx, &place.round, locked.ranking).await?);
    }
    Ok(blockers)
}

async fn view(
    desk: &Desk,
    place: &Place,
    blockers: &[Blocker],
    typed: Typed,
) -> Result<ApprovePage, WebError> {
    let ranking = current_ranking(desk, place).await?;
    let winners = match &ranking {
        Some(ranking) => winners(desk, place, ranking).await?,
        None => Vec::new(),
    };
    let check = |name: &'static str| Check {
        name,
        label: desk.say(
            &format!("console-check-{name}"),
            &[("n", winners.len().to_string().into())],
        ),
        ticked: typed.ticked.iter().any(|ticked| ticked == name),
    };
    let appointed = desk.may(Right::Approve);
    let phase = place.round.phase(desk.now());
    let over = phase >= RoundPhase::Approved;
    let publish = (
        place.step("cong-bo"),
        desk.say("console-do-publish", &[("round", place.title().into())]),
    );
    Ok(ApprovePage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("console-do-approve", &[("round", place.title().into())]),
        back: place.path(),
        round: place.round.title.clone(),
        strip: acts::strip(desk, place).await?,
        ranked: ranking.as_ref().map(|ranking| ranked_by(desk, ranking)),
        counts: ranking.as_ref().map(|ranking| counted(desk, ranking)),
        tasks: blockers
            .iter()
            .filter(|_| !over)
            .map(|blocker| task(desk, place, blocker))
            .collect(),
        reminders: match over {
            true => Vec::new(),
            false => reminders(desk, place).await?,
        },
        may: appointed && blockers.is_empty(),
        not_appointed: !appointed && phase == RoundPhase::Ranked,
        done: ranking
            .as_ref()
            .filter(|_| over)
            .and_then(|ranking| approved_by(desk, ranking)),
        next: (phase == RoundPhase::Approved).then_some(publish),
        checks: CHECKS.iter().map(|name| check(name)).collect(),
        winners,
        reason: typed.reason,
        error: typed.error,
    })
}

async fn current_ranking(desk: &Desk, place: &Place) -> Result<Option<StoredRanking>, WebError> {
    Ok(match desk.app.store.find_round_ranking(place.round.id).await? {
        Some(id) => desk.app.store.find_ranking(id).await?,
        None => None,
    })
}

/// "Xếp hạng lúc 07:40:12 ngày 8/5/2023, do Trần Thị Hoa."
pub fn ranked_by(desk: &Desk, ranking: &StoredRanking) -> String {
    let args = [
        ("at", format::exact(desk.lang(), ranking.made_at).into()),
        ("name", ranking.made_by.clone().into()),
    ];
    desk.say("console-ranked-by", &args)
}

/// The counts that the ranking stands on.
pub fn counted(desk: &Desk, ranking: &StoredRanking) -> String {
    let number = |n| format::number(desk.lang(), n);
    let tally = ranking.tally;
    let args = [
        ("attempts", number(tally.attempts).into()),
        ("people", number(tally.people).into()),
        ("right", number(tally.attempts_all_correct).into()),
    ];
    desk.say("console-ranked-counts", &args)
}

#[derive(Template)]
#[template(path = "console/publish.html")]
struct PublishPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    strip: Vec<StripStep>,
    tasks: Vec<Task>,
    approved: Option<String>,
    counts: Option<String>,
    winners: Vec<WinnerLine>,
    unnamed: Option<String>,
    may: bool,
    not_appointed: bool,
    public: Option<String>,
}

/// The page of publication.
pub async fn publish_page(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let place = desk.round(&slug, number)?;
    // Only to look: the transaction is dropped, and with it the lock.
    let mut tx = desk.app.store.begin().await?;
    let locked = tx.lock_round(place.round.id).await?;
    let blockers = publish_blockers(&mut tx, desk.now(), &place.round, &locked).await?;
    drop(tx);
    Ok(Page(publish_view(&desk, &place, &blockers).await?).into_response())
}

/// The step.
pub async fn publish(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    _form: StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    match publish_round(&desk.app, desk.now(), desk.by(), &place.round, None).await {
        Ok(()) => Ok(Redirect::to(&place.path()).into_response()),
        Err(error) => {
            let page = publish_view(&desk, &place, &blocked(error)?).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

async fn publish_view(desk: &Desk, place: &Place, blockers: &[Blocker]) -> Result<PublishPage, WebError> {
    let ranking = current_ranking(desk, place).await?;
    let winners = match &ranking {
        Some(ranking) => winners(desk, place, ranking).await?,
        None => Vec::new(),
    };
    let unnamed = winners.iter().filter(|winner| !winner.named).count();
    let published = place.round.phase(desk.now()) == RoundPhase::Published;
    let appointed = desk.may(Right::Approve);
    Ok(PublishPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("console-do-publish", &[("round", place.title().into())]),
        back: place.path(),
        round: place.round.title.clone(),
        strip: acts::strip(desk, place).await?,
        tasks: blockers
            .iter()
            .map(|blocker| task(desk, place, blocker))
            .collect(),
        approved: ranking.as_ref().and_then(|ranking| approved_by(desk, ranking)),
        counts: ranking.as_ref().map(|ranking| counted(desk, ranking)),
        unnamed: (unnamed > 0)
            .then(|| desk.say("console-publish-unnamed", &[("n", unnamed.to_string().into())])),
        winners,
        may: appointed && blockers.is_empty(),
        not_appointed: !appointed && blockers.is_empty(),
        public: published.then(|| {
            format!(
                "/cuoc-thi/{}/ket-qua/{}",
                place.contest.definition.slug, place.round.number
            )
        }),
    })
}

fn approved_by(desk: &Desk, ranking: &StoredRanking) -> Option<String> {
    let (at, name) = ranking.approved.as_ref()?;
    let args = [
        ("at", format::exact(desk.lang(), *at).into()),
        ("name", name.clone().into()),
    ];
    Some(desk.say("console-approved-by", &args))
}
