//! A vote: who has voted, its steps, codes shown once, the count.
//!
//! Shows nothing of the ballots before the count, and never who gave which.

use super::ROOT;
use crate::action::hold_vote::{
    MIN_REASON, Slip, VoteError, cancel_vote, close_vote, open_vote, reissue_code, resume_vote, stop_vote,
    vote_tally,
};
use crate::domain::emulation::vote::{CloseRefusal, Tally, VoteState};
use crate::domain::emulation::{DelegateId, VoteId};
use crate::domain::staff::Right;
use crate::store::emulation::{ClusterRow, DelegateRow, VoteRow};
use crate::web::console::desk::{Desk, Section, Side};
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "console/emulation-vote.html")]
struct VotePage {
    f: Frame,
    c: Side,
    path: String,
    cluster: (String, String),
    title: String,
    state: &'static str,
    state_said: String,
    history: Vec<String>,
    rules: Vec<String>,
    candidates: Vec<String>,
    delegates: Vec<(DelegateRow, bool)>,
    voted: usize,
    needed: u32,
    enough: bool,
    counted: Option<CountView>,
    prints: Vec<&'static str>,
    may_board: bool,
    may_stop: bool,
    may_close: bool,
    may_export: bool,
    errors: Vec<String>,
}

struct CountView {
    tally: Tally,
    rows: Vec<(String, u32, String, &'static str)>,
}

#[derive(Template)]
#[template(path = "console/emulation-slips.html")]
struct SlipsPage {
    f: Frame,
    c: Side,
    back: String,
    title: String,
    cluster: String,
    address: String,
    slips: Vec<(Slip, String)>,
}

/// `GET …/phieu/{vote}`
pub(super) async fn page(desk: Desk, Path(id): Path<i32>) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let vote = find(&desk, id).await?;
    Ok(Page(view(&desk, &vote, Vec::new()).await?).into_response())
}

/// `POST …/phieu/{vote}/mo`: opens it and shows the slips once.
pub(super) async fn open(desk: Desk, Path(id): Path<i32>, _: StaffForm) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let vote = find(&desk, id).await?;
    match open_vote(&desk.app, desk.now(), desk.by(), &vote).await {
        Ok(slips) => shown_once(&desk, &vote, slips).await,
        Err(error) => refused(&desk, &vote, error).await,
    }
}

/// `POST …/phieu/{vote}/ma/{delegate}`: a new code, shown once.
pub(super) async fn reissue(
    desk: Desk,
    Path((id, delegate)): Path<(i32, i32)>,
    _: StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let vote = find(&desk, id).await?;
    match reissue_code(&desk.app, desk.now(), desk.by(), vote.id, DelegateId(delegate)).await {
        Ok(slip) => shown_once(&desk, &vote, vec![slip]).await,
        Err(error) => refused(&desk, &vote, error).await,
    }
}

/// `POST …/phieu/{vote}/dung`
pub(super) async fn stop(desk: Desk, Path(id): Path<i32>, _: StaffForm) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let vote = find(&desk, id).await?;
    let done = stop_vote(&desk.app, desk.now(), desk.by(), vote.id).await;
    told(&desk, &vote, done).await
}

/// `POST …/phieu/{vote}/tiep`
pub(super) async fn resume(desk: Desk, Path(id): Path<i32>, _: StaffForm) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let vote = find(&desk, id).await?;
    let done = resume_vote(&desk.app, desk.now(), desk.by(), vote.id).await;
    told(&desk, &vote, done).await
}

/// `POST …/phieu/{vote}/chot`: the second person confirms and the ballots are counted.
pub(super) async fn close(desk: Desk, Path(id): Path<i32>, _: StaffForm) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let vote = find(&desk, id).await?;
    let done = close_vote(&desk.app, desk.now(), desk.by(), &vote).await;
    told(&desk, &vote, done.map(|_| ())).await
}

/// `POST …/phieu/{vote}/huy`
pub(super) async fn cancel(
    desk: Desk,
    Path(id): Path<i32>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let vote = find(&desk, id).await?;
    let done = cancel_vote(&desk.app, desk.now(), desk.by(), vote.id, form.get("ly-do")).await;
    told(&desk, &vote, done).await
}

pub(super) async fn find(desk: &Desk, id: i32) -> Result<VoteRow, WebError> {
    desk.app
        .store
        .find_vote(VoteId(id))
        .await?
        .ok_or(WebError::NotFound)
}

pub(super) async fn cluster_of(desk: &Desk, vote: &VoteRow) -> Result<ClusterRow, WebError> {
    desk.app
        .store
        .find_cluster(vote.cluster)
        .await?
        .ok_or(WebError::NotFound)
}

async fn told(desk: &Desk, vote: &VoteRow, done: Result<(), VoteError>) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{ROOT}/phieu/{}", vote.id)).into_response()),
        Err(error) => refused(desk, vote, error).await,
    }
}

async fn refused(desk: &Desk, vote: &VoteRow, error: VoteError) -> Result<Response, WebError> {
    let message = match error {
        VoteError::State(state) | VoteError::Close(CloseRefusal::State(state)) => {
            let state = desk.say(&format!("emulation-state-{}", state.name()), &[]);
            desk.say("emulation-vote-state", &[("n", state.to_lowercase().into())])
        }
        VoteError::Close(CloseRefusal::BelowQuorum { collected, needed }) => super::say_ab(
            desk.lang(),
            "emulation-vote-below-quorum",
            &collected.to_string(),
            &needed.to_string(),
        ),
        VoteError::Close(CloseRefusal::SamePerson(name)) => {
            desk.say("emulation-vote-same-person", &[("n", name.into())])
        }
        VoteError::Reason => desk.say("emulation-vote-reason", &[("n", MIN_REASON.to_string().into())]),
        VoteError::Gone => desk.say("emulation-vote-gone", &[]),
        VoteError::Wrong(_) => return Err(WebError::BadForm),
        VoteError::Failed(failure) => return Err(failure.into()),
    };
    // The state may have changed since it was read.
    let vote = find(desk, vote.id.0).await?;
    let page = view(desk, &vote, vec![message]).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

async fn shown_once(desk: &Desk, vote: &VoteRow, slips: Vec<Slip>) -> Result<Response, WebError> {
    let grouped = |code: &str| -> String {
        let letters: Vec<char> = code.chars().collect();
        let groups = letters.chunks(4).map(|group| group.iter().collect::<String>());
        groups.collect::<Vec<_>>().join(" ")
    };
    let page = SlipsPage {
        f: desk.frame(),
        c: desk.side(Section::Emulation),
        back: format!("{ROOT}/phieu/{}", vote.id),
        title: vote.title.clone(),
        cluster: cluster_of(desk, vote).await?.definition.name,
        address: format!("{}/bo-phieu", desk.app.public_url().origin()),
        slips: slips
            .into_iter()
            .map(|slip| {
                let code = grouped(&slip.code);
                (slip, code)
            })
            .collect(),
    };
    let mut response = Page(page).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn view(desk: &Desk, vote: &VoteRow, errors: Vec<String>) -> Result<VotePage, WebError> {
    let cluster = cluster_of(desk, vote).await?;
    let delegates = desk.app.store.list_delegates(vote.id).await?;
    let voted = delegates.iter().filter(|row| row.voted).count();
    let all = u32::try_from(delegates.len()).unwrap_or(u32::MAX);
    let needed = vote.rules.quorum.needed(all);
    let board = desk.may(Right::Approve);
    let open = vote.state == VoteState::Open;
    Ok(VotePage {
        f: desk.frame(),
        c: desk.side(Section::Emulation),
        path: format!("{ROOT}/phieu/{}", vote.id),
        cluster: (format!("{ROOT}/cum/{}", cluster.id), cluster.definition.name),
        title: vote.title.clone(),
        state: vote.state.name(),
        state_said: desk.say(&format!("emulation-state-{}", vote.state.name()), &[]),
        history: history(desk, vote),
        rules: rules(desk, vote),
        candidates: vote.candidates.iter().map(|(_, name)| name.clone()).collect(),
        delegates: delegates
            .into_iter()
            .map(|row| {
                let again = open && board && !row.voted;
                (row, again)
            })
            .collect(),
        voted,
        needed,
        enough: u32::try_from(voted).is_ok_and(|voted| voted >= needed),
        counted: counted(desk, vote).await?,
        prints: crate::document::official::Print::ALL
            .iter()
            .map(|print| print.name())
            .collect(),
        may_board: board,
        may_stop: desk.may(Right::Export),
        may_close: board && vote.stopped.as_ref().is_none_or(|(_, by)| *by != desk.staff.name),
        may_export: desk.may(Right::Export),
        errors,
    })
}

async fn counted(desk: &Desk, vote: &VoteRow) -> Result<Option<CountView>, WebError> {
    let Some(tally) = vote_tally(&desk.app, vote).await? else {
        return Ok(None);
    };
    let rows = tally.results.iter().map(|one| {
        let at = usize::from(one.candidate).saturating_sub(1);
        let name = vote
            .candidates
            .get(at)
            .map(|(_, name)| name.clone())
            .unwrap_or_default();
        let mark = match (one.nominated, one.tied) {
            (true, _) => "nominated",
            (false, true) => "tied",
            (false, false) => "not-nominated",
        };
        (
            name,
            one.votes,
            format::percent(desk.lang(), i64::from(one.share_bp)),
            mark,
        )
    });
    let rows = rows.collect();
    Ok(Some(CountView { tally, rows }))
}

fn history(desk: &Desk, vote: &VoteRow) -> Vec<String> {
    let steps = [
        ("opened", &vote.opened),
        ("stopped", &vote.stopped),
        ("closed", &vote.closed),
    ];
    let said = steps.into_iter().filter_map(|(word, step)| {
        let (at, by) = step.as_ref()?;
        let at = format::exact(desk.lang(), *at);
        Some(super::say_ab(
            desk.lang(),
            &format!("emulation-was-{word}"),
            &at,
            by,
        ))
    });
    let why = vote.cancelled_why.as_ref();
    said.chain(why.map(|why| desk.say("emulation-was-cancelled", &[("n", why.clone().into())])))
        .collect()
}

/// The rules as sentences.
fn rules(desk: &Desk, vote: &VoteRow) -> Vec<String> {
    let rules = &vote.rules;
    let threshold = rules.threshold;
    let share = format::percent(desk.lang(), i64::from(threshold.share_bp));
    let base = desk
        .say(&format!("emulation-base-{}", threshold.base.name()), &[])
        .to_lowercase();
    let key = if threshold.more_than {
        "emulation-said-more"
    } else {
        "emulation-said-at-least"
    };
    let quorum = format!("{}/{}", rules.quorum.above, rules.quorum.below);
    vec![
        desk.say("emulation-said-seats", &[("n", rules.seats.to_string().into())]),
        desk.say("emulation-said-quorum", &[("n", quorum.into())]),
        super::say_ab(desk.lang(), key, &share, &base),
    ]
}
