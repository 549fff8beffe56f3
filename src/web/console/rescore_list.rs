//! The attempts whose score a re-scoring changes, one by one: how many by how many points, the first of them, all as a file.
//!
//! Owns this part of two pages and its downloads; figures and rows come from the trial or the scoring.

use super::desk::{Desk, Place};
use super::emulation::files;
use super::items::require_keys;
use super::{rescore, rescore_view};
use crate::action::note_export::{NotedList, note_list_export};
use crate::action::rescore_changes::{made_changes, tried_changes};
use crate::action::rescore_round::RescoreError;
use crate::document::{AboutChanges, SCORE_CHANGES, score_change_list};
use crate::domain::decision::State;
use crate::domain::ids::DecisionId;
use crate::domain::rescoring::{Differences, Rescore, Treatment};
use crate::domain::staff::Right;
use crate::store::results::{Rows, ScoreChange};
use crate::store::scoring::Scoring;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::TryStreamExt;

/// Changes of points told one by one; the smallest groups beyond are told together.
const TOLD: usize = 30;
/// Attempts of a made re-scoring that the page shows.
const FIRST: i64 = 50;

/// What the page shows of the attempts that change.
pub struct ChangeList {
    /// By how many points, how many attempts.
    pub(super) differences: Vec<(String, String)>,
    /// What the rows are.
    pub(super) caption: String,
    pub(super) rows: Vec<ChangeRow>,
    /// Where the file is asked for, with the hidden fields of the form; nothing for those who take out no lists.
    pub(super) file: Option<(String, Vec<(&'static str, String)>)>,
}

/// An attempt whose score changes.
pub struct ChangeRow {
    pub(super) attempt: String,
    pub(super) participant: String,
    pub(super) unit: String,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) difference: String,
}

impl ChangeList {
    /// Ready to print: the first rows and how many there are of them all.
    pub(super) fn new(
        desk: &Desk,
        differences: &Differences,
        first: &[ScoreChange],
        all: i64,
        file: (String, Vec<(&'static str, String)>),
    ) -> Self {
        let shown = i64::try_from(first.len()).unwrap_or(i64::MAX);
        let key = if shown < all {
            "rescore-list-first"
        } else {
            "rescore-list-all"
        };
        let shown = format::number(desk.lang(), shown);
        Self {
            differences: lines(desk, differences),
            caption: desk.say(key, &[("n", shown.into())]),
            rows: first.iter().map(|change| row(desk, change)).collect(),
            file: desk.may(Right::Export).then_some(file),
        }
    }

    /// Of a proposal: what its trial has found, or what was done.
    pub(super) async fn of_decision(
        desk: &Desk,
        path: String,
        rescore: &Rescore,
        done: Option<&Scoring>,
    ) -> Result<Self, WebError> {
        let file = (format!("{path}/tai"), Vec::new());
        let all = rescore.figures.attempts.changed;
        let Some(done) = done else {
            return Ok(Self::new(desk, &rescore.differences, &[], all, file));
        };
        let store = &desk.app.store;
        let differences = store.count_made_changes(done.id).await?;
        let first = store.stream_made_changes(done.round, done.id, Some(FIRST));
        let first: Vec<ScoreChange> = first.try_collect().await?;
        Ok(Self::new(desk, &differences, &first, all, file))
    }
}

/// The changes by points, losses first; beyond the first so many the least frequent are told together.
fn lines(desk: &Desk, differences: &Differences) -> Vec<(String, String)> {
    let number = |n: i64| format::number(desk.lang(), n);
    let mut by_size: Vec<(i64, i64)> = differences.iter().map(|(by, n)| (*by, *n)).collect();
    by_size.sort_by_key(|(by, n)| (std::cmp::Reverse(*n), *by));
    let rest: i64 = by_size.iter().skip(TOLD).map(|(_, n)| n).sum();
    by_size.truncate(TOLD);
    by_size.sort_unstable();
    let mut out: Vec<(String, String)> = by_size
        .into_iter()
        .map(|(by, n)| {
            let key = match by.signum() {
                1 => "rescore-list-up",
                -1 => "rescore-list-down",
                _ => "rescore-list-same",
            };
            (desk.say(key, &[("n", number(by.abs()).into())]), number(n))
        })
        .collect();
    if rest > 0 {
        out.push((desk.say("rescore-list-others", &[]), number(rest)));
    }
    out
}

fn row(desk: &Desk, change: &ScoreChange) -> ChangeRow {
    let number = |n: i64| format::number(desk.lang(), n);
    let difference = change.after - change.before;
    ChangeRow {
        attempt: change.attempt.to_string(),
        participant: change.participant.to_string(),
        unit: change.unit.clone(),
        before: number(change.before),
        after: number(change.after),
        difference: if difference > 0 {
            format!("+{}", number(difference))
        } else {
            number(difference)
        },
    }
}

/// `POST …/cham-lai/cau/{question}/tai`: the list of a trial.
pub async fn of_trial(
    desk: Desk,
    Path((slug, number, question)): Path<(String, u16, usize)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    desk.require(Right::Export)?;
    let place = desk.round(&slug, number)?;
    let form_path = place.step(&format!("cham-lai/cau/{question}"));
    let Some(treatment) = rescore::asked(&place, question, &form)? else {
        return Ok(Redirect::to(&form_path).into_response());
    };
    tried(&desk, &place, &treatment, &form_path, form.get("format")).await
}

/// `POST …/cham-lai/{decision}/tai`: the list of a proposal, or of the re-scoring that came of it.
pub async fn of_decision(
    desk: Desk,
    Path((slug, number, id)): Path<(String, u16, i64)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    require_keys(&desk)?;
    desk.require(Right::Export)?;
    let place = desk.round(&slug, number)?;
    let decision = desk.app.store.find_decision(DecisionId(id)).await?;
    let decision = decision.filter(|decision| decision.round == Some(place.round.id));
    let decision = decision.ok_or(WebError::NotFound)?;
    let rescore = decision.payload::<Rescore>().ok_or(WebError::NotFound)?;
    let path = place.step(&format!("cham-lai/{id}"));
    if decision.state == State::Proposed {
        // Once another re-scoring has been made the figures beside it hold no more, and it cannot be approved.
        let in_force = desk.app.store.begin().await?.load_scoring(place.round.id).await?;
        if in_force.scoring != rescore.scoring {
            return Ok(Redirect::to(&path).into_response());
        }
        return tried(&desk, &place, &rescore.treatment, &path, form.get("format")).await;
    }
    let done = desk.app.store.load_scorings(place.round.id).await?;
    let Some(done) = done.into_iter().find(|scoring| scoring.decision.0 == id) else {
        return Ok(Redirect::to(&path).into_response());
    };
    let rows = made_changes(&desk.app, &place.round, done.id).await;
    send(&desk, &place, (&done.treatment, true), rows, form.get("format")).await
}

async fn tried(
    desk: &Desk,
    place: &Place,
    treatment: &Treatment,
    page: &str,
    format: &str,
) -> Result<Response, WebError> {
    match tried_changes(&desk.app, &place.contest, &place.round, treatment).await {
        Ok(rows) => send(desk, place, (treatment, false), rows, format).await,
        Err(RescoreError::Failed(failure)) => Err(failure.into()),
        // The page says what stands in the way.
        Err(RescoreError::Blocked(_) | RescoreError::Refused(_)) => Ok(Redirect::to(page).into_response()),
    }
}

/// The list as it is read, after a line in the log.
async fn send(
    desk: &Desk,
    place: &Place,
    (treatment, is_made): (&Treatment, bool),
    rows: Rows<ScoreChange>,
    format: &str,
) -> Result<Response, WebError> {
    let format = files::format(format)?;
    let list = NotedList {
        name: SCORE_CHANGES,
        format: format.name(),
        columns: &[],
        reason: None,
    };
    let scope = (place.contest.id, Some(place.round.id));
    note_list_export(&desk.app, desk.now(), desk.by(), scope, list).await?;
    let about = AboutChanges {
        as_of: format::exact(desk.lang(), desk.now()),
        question: rescore_view::stem(place, treatment),
        marking: rescore_view::marking(desk, place, treatment),
        is_made,
    };
    let list = score_change_list(desk.lang(), (place.contest.as_ref(), &place.round), about, rows);
    Ok(files::send(list, format))
}
