//! One question of the bank: as entrants see it, its key, its use, and how it came to be what it is.
//!
//! Owns one page; because it shows the key, each look is recorded.

use super::desk::{Desk, Section, Side, contest_path};
use super::diff_view::{DiffCard, diff_card, stored};
use super::effect::{origin, round_titles};
use super::record_view::{RecordLine, RecordRow, record_rows};
use super::set_view::{QuestionCard, card};
use crate::action::edit_question::note_key_seen;
use crate::bank::Preview;
use crate::domain::catalog::Contest;
use crate::domain::question::{Question, QuestionId, SetId, SetVersion};
use crate::domain::question_bank::rounds_with;
use crate::domain::set_diff::{Changed, Keyed};
use crate::domain::staff::Right;
use crate::store::set_history::SetStep;
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// Steps of a set looked at for the history of one question.
const STEPS: i64 = 300;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    sua: Option<String>,
}

#[derive(Template)]
#[template(path = "console/question.html")]
struct QuestionPage {
    f: Frame,
    c: Side,
    bank: String,
    set: String,
    id: String,
    card: QuestionCard,
    usage: String,
    saved: Option<String>,
    dropped: bool,
    edit: String,
    remove: String,
    record: Option<RecordLine>,
    rounds: Vec<RecordRow>,
    history: Vec<Passage>,
}

/// A step in the life of a question.
struct Passage {
    when: String,
    who: String,
    reason: Option<String>,
    card: DiffCard,
}

/// Where a question stands in the console.
#[derive(Debug)]
pub struct Found<'a> {
    /// The version it is shown from.
    pub version: &'a SetVersion,
    /// The newest version has it.
    pub is_current: bool,
    /// Its place in that version, from 1.
    pub place: u32,
    /// The question with its key.
    pub keyed: Keyed<'a>,
}

/// Address of a question's page.
pub fn question_path(contest: &Contest, set: &SetId, question: &QuestionId) -> String {
    format!("{}/bo-cau-hoi/{set}/cau/{question}", contest_path(contest))
}

/// The question at the newest version of its set, otherwise at any that has it.
pub fn find<'a>(contest: &'a Contest, set: &SetId, question: &QuestionId) -> Option<Found<'a>> {
    let head = contest.heads.get(set);
    let others = contest
        .sets
        .iter()
        .filter(|(_, known)| known.id == *set)
        .map(|(version, _)| version);
    head.into_iter().chain(others).find_map(|version| {
        let keyed_set = contest.keyed_set(version)?;
        let place = keyed_set
            .set
            .questions
            .iter()
            .position(|known| known.id == *question)?;
        Some(Found {
            version,
            is_current: Some(version) == head,
            place: u32::try_from(place + 1).unwrap_or(u32::MAX),
            keyed: keyed_set.find(question)?,
        })
    })
}

/// A question.
pub async fn page(
    desk: Desk,
    Path((slug, set, question)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let (set, question) = (SetId(set), QuestionId(question));
    let found = find(&contest, &set, &question).ok_or(WebError::NotFound)?;
    note_key_seen(&desk.app, desk.now(), &desk.staff, &contest, &set, &question).await?;
    let steps = desk.app.store.load_set_steps(contest.id, &set, STEPS).await?;
    let figures = desk.app.store.load_round_figures().await?;
    let (record, rounds) = record_rows(&desk, &contest, &figures, (&set, found.version, &question));
    let key = found.keyed.key.cloned().unwrap_or_default();
    let page = QuestionPage {
        f: desk.frame_of(&contest),
        c: desk.side(Section::Bank),
        bank: super::bank::path_of(&contest, &set),
        card: card(&desk, &Preview::of_whole(found.place, found.keyed.question, &key)),
        usage: usage_of(&desk, &contest, &set, found.keyed.question),
        saved: asked.sua.map(|what| {
            let key = match what.as_str() {
                "add" => "bank-added",
                "remove" => "bank-removed",
                _ => "desk-saved",
            };
            desk.say(key, &[])
        }),
        dropped: !found.is_current,
        edit: format!("{}/sua", question_path(&contest, &set, &question)),
        remove: format!("{}/bot", question_path(&contest, &set, &question)),
        record,
        rounds,
        history: history(&desk, &contest, &steps, &question),
        set: contest
            .sets
            .get(found.version)
            .map(|set| set.title.clone())
            .unwrap_or_default(),
        id: question.0,
    };
    Ok(Page(page).into_response())
}

/// The rounds that draw from a version with the question, in words.
pub fn usage_of(desk: &Desk, contest: &Contest, set: &SetId, question: &Question) -> String {
    let titles = round_titles(contest, &rounds_with(contest, set, question)).join(", ");
    if titles.is_empty() {
        desk.say("desk-used-nowhere", &[])
    } else {
        desk.say("desk-used-in", &[("rounds", titles.into())])
    }
}

/// The steps that changed a question, the newest first.
fn history(desk: &Desk, contest: &Contest, steps: &[SetStep], question: &QuestionId) -> Vec<Passage> {
    let at = |version: &SetVersion| contest.keyed_set(version).and_then(|set| set.find(question));
    let passages = steps.iter().filter_map(|step| {
        let changed = Changed {
            before: step.before.as_ref().and_then(at),
            after: at(&step.version),
        };
        (changed.before != changed.after).then(|| passage(desk, step, &changed))
    });
    passages.collect()
}

fn passage(desk: &Desk, step: &SetStep, changed: &Changed<'_>) -> Passage {
    let args = [
        ("name", step.by.clone().into()),
        ("what", origin(desk, &step.origin).into()),
    ];
    Passage {
        when: format::exact(desk.lang(), step.at),
        who: desk.say("desk-step", &args),
        reason: step.reason.clone(),
        card: diff_card(desk, changed, &stored),
    }
}
