//! One case: facts, place among all entries, innocent readings, entries without names; what people find.
//!
//! Owns one page and its three forms. Names are shown to whoever had them shown with a reason, and to nobody else; what
//! others found is shown after the own finding.

use super::list;
use super::words::{Picture, picture, sentences};
use crate::action::judge_case::{self, CaseError};
use crate::domain::case::{CaseFinding, CaseState, Opinion, Reading, readable};
use crate::domain::decision::{Refusal, is_same_name};
use crate::domain::fair_play::RightEntry;
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::domain::round::RoundPhase;
use crate::domain::staff::Right;
use crate::store::console_reads::PersonLine;
use crate::store::review::{CaseNote, StoredCase, StoredReview};
use crate::web::console::desk::{Desk, Place, Section, Side};
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeMap;
use time::OffsetDateTime;

#[derive(Template)]
#[template(path = "console/cases/one.html")]
struct CasePage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    list: String,
    path: String,
    facts: String,
    common: String,
    /// What a declaration made beforehand says to it.
    declared: Option<String>,
    /// Where the case lies among all entries; none for signs in how people registered.
    picture: Option<Picture>,
    readings: Vec<Choice>,
    entries: Vec<EntryLine>,
    /// The names are shown, because this person asked for them.
    shown: bool,
    looks: Vec<String>,
    state: String,
    findings: Vec<FindingView>,
    /// Somebody else has found something that is shown after the own finding.
    hidden: bool,
    hearings: Vec<String>,
    opinions: Vec<Choice>,
    next: Vec<(String, String)>,
    next_note: Option<String>,
    typed: Typed,
}

struct Choice {
    name: &'static str,
    label: String,
    ticked: bool,
}

struct EntryLine {
    /// "Bài 1".
    label: String,
    /// "Người A", with the name where it is shown.
    person: String,
    unit: String,
    at: String,
    time: String,
    guess: String,
}

struct FindingView {
    head: String,
    reason: String,
    ruled_out: Option<String>,
}

/// What came back with a refused form.
#[derive(Default)]
struct Typed {
    reveal: String,
    reveal_error: Option<String>,
    reason: String,
    reason_error: Option<String>,
    heard: String,
    heard_error: Option<String>,
    opinion: String,
    ruled_out: Vec<String>,
}

/// `GET …/phieu/{case}`
pub async fn page(
    desk: Desk,
    Path((slug, number, case)): Path<(String, u16, i64)>,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    Ok(Page(view(&desk, &place, case, Typed::default()).await?).into_response())
}

/// `POST …/phieu/{case}`: a finding.
pub async fn find(
    desk: Desk,
    Path((slug, number, case)): Path<(String, u16, i64)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    let (_, stored) = load(&desk, &place, case).await?;
    let known = Reading::of(&stored.sheet.sign);
    let is_known = |name: &&str| known.iter().any(|reading| reading.name() == *name);
    let ruled_out: Vec<String> = form.all("loai-tru").filter(is_known).map(str::to_owned).collect();
    let mut typed = Typed {
        reason: cut(form.get("can-cu")),
        opinion: cut(form.get("y-kien")),
        ruled_out: ruled_out.clone(),
        ..Typed::default()
    };
    let Some(opinion) = Opinion::parse(form.get("y-kien")) else {
        typed.reason_error = Some(desk.say("case-no-opinion", &[]));
        return refused(&desk, &place, case, typed).await;
    };
    let found = (opinion, ruled_out, form.get("can-cu"));
    match judge_case::find(&desk.app, desk.now(), desk.by(), &place.round, case, found).await {
        Ok(()) => Ok(to(&place, case, "#y-kien")),
        Err(error) => {
            typed.reason_error = Some(message(&desk, error)?);
            refused(&desk, &place, case, typed).await
        }
    }
}

/// `POST …/phieu/{case}/ten`: shows the names to this person.
pub async fn reveal(
    desk: Desk,
    Path((slug, number, case)): Path<(String, u16, i64)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    let reason = form.get("ly-do");
    match judge_case::reveal_names(&desk.app, desk.now(), desk.by(), &place.round, case, reason).await {
        Ok(()) => Ok(to(&place, case, "#bai")),
        Err(error) => {
            let typed = Typed {
                reveal: cut(reason),
                reveal_error: Some(message(&desk, error)?),
                ..Typed::default()
            };
            refused(&desk, &place, case, typed).await
        }
    }
}

/// `POST …/phieu/{case}/tra-loi`: what an entrant answered.
pub async fn hear(
    desk: Desk,
    Path((slug, number, case)): Path<(String, u16, i64)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    let text = form.get("tra-loi");
    match judge_case::note_hearing(&desk.app, desk.now(), desk.by(), &place.round, case, text).await {
        Ok(()) => Ok(to(&place, case, "#tra-loi")),
        Err(error) => {
            let typed = Typed {
                heard: cut(text),
                heard_error: Some(message(&desk, error)?),
                ..Typed::default()
            };
            refused(&desk, &place, case, typed).await
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(600).collect()
}

fn to(place: &Place, case: i64, part: &str) -> Response {
    Redirect::to(&format!("{}{part}", place.step(&format!("phieu/{case}")))).into_response()
}

async fn refused(desk: &Desk, place: &Place, case: i64, typed: Typed) -> Result<Response, WebError> {
    let page = view(desk, place, case, typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// The message of a refusal; a failure goes on.
fn message(desk: &Desk, error: CaseError) -> Result<String, WebError> {
    match error {
        CaseError::Refused(Refusal::ReasonTooLong) => Ok(desk.say("console-reason-too-long", &[])),
        CaseError::Refused(_) => Ok(desk.say("console-reason-missing", &[])),
        CaseError::Gone => Err(WebError::NotFound),
        CaseError::Failed(failure) => Err(failure.into()),
    }
}

async fn load(desk: &Desk, place: &Place, case: i64) -> Result<(StoredReview, StoredCase), WebError> {
    let found = desk.app.store.find_case(place.round.id, case).await?;
    found.ok_or(WebError::NotFound)
}

async fn view(desk: &Desk, place: &Place, case: i64, typed: Typed) -> Result<CasePage, WebError> {
    let store = &desk.app.store;
    let (review, case) = load(desk, place, case).await?;
    let sign = &case.sheet.sign;
    let unit = case.sheet.entries.first().map(|entry| entry.unit);
    let unit = unit.map(|unit| place.contest.unit_path(unit)).unwrap_or_default();
    let [facts, common, innocent] = sentences(desk.lang(), unit, sign);
    let findings = store.list_case_findings(review.id).await?;
    let findings = findings.get(&case.id).map_or(&[][..], Vec::as_slice);
    let readable = readable(findings, &desk.staff.name);
    let state = CaseState::of(findings);
    let looks = store.list_looks(case.id).await?;
    let shown = looks.iter().any(|look| is_same_name(&look.by, &desk.staff.name));
    let (next, next_note) = next(desk, place, &case, state);
    let opinion = |opinion: Opinion| Choice {
        name: opinion.name(),
        label: desk.say(&format!("case-opinion-{}", opinion.name()), &[]),
        ticked: typed.opinion == opinion.name(),
    };
    let reading = |reading: &Reading| Choice {
        name: reading.name(),
        label: desk.say(&format!("case-reading-{}", reading.name()), &[]),
        ticked: typed.ruled_out.iter().any(|name| name == reading.name()),
    };
    Ok(CasePage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: list::title(desk, &case),
        back: place.step("phieu"),
        list: desk.say("case-list-title", &[("round", place.title().into())]),
        path: place.step(&format!("phieu/{}", case.id)),
        facts,
        common,
        declared: is_declared(&case).then_some(innocent),
        picture: review
            .population
            .spread(sign)
            .map(|spread| picture(desk.lang(), sign, spread)),
        readings: Reading::of(sign).iter().map(reading).collect(),
        entries: entries(desk, place, &case, shown).await?,
        shown,
        looks: looks.iter().map(|look| note(desk, "case-looked", look)).collect(),
        state: desk.say(&format!("case-state-{}", state.name()), &[]),
        hidden: readable.is_empty() && !findings.is_empty(),
        findings: readable.into_iter().map(|found| finding(desk, found)).collect(),
        hearings: store
            .list_hearings(case.id)
            .await?
            .iter()
            .map(|heard| note(desk, "case-heard", heard))
            .collect(),
        opinions: Opinion::ALL.map(opinion).into(),
        next,
        next_note,
        typed,
    })
}

fn is_declared(case: &StoredCase) -> bool {
    use crate::domain::fair_play::Sign;
    matches!(
        case.sheet.sign,
        Sign::Together { declared: true, .. } | Sign::Train { declared: true, .. }
    )
}

/// The entries with a letter for each person; with names where they are shown.
async fn entries(
    desk: &Desk,
    place: &Place,
    case: &StoredCase,
    shown: bool,
) -> Result<Vec<EntryLine>, WebError> {
    let all = &case.sheet.entries;
    let attempts: Vec<AttemptId> = all.iter().map(|entry| entry.attempt).collect();
    let owners = desk.app.store.load_owners(place.round.id, &attempts).await?;
    let mut people: Vec<ParticipantId> = Vec::new();
    for owner in attempts.iter().filter_map(|attempt| owners.get(attempt)) {
        if !people.contains(owner) {
            people.push(*owner);
        }
    }
    let names = if shown {
        desk.app.store.load_people(&people).await?
    } else {
        BTreeMap::new()
    };
    let line = |(number, entry): (usize, &RightEntry)| {
        let owner = owners.get(&entry.attempt);
        let letter = owner.and_then(|owner| people.iter().position(|person| person == owner));
        let name = owner.and_then(|owner| names.get(owner));
        EntryLine {
            label: desk.say("case-entry", &[("n", number.to_string().into())]),
            person: person(desk, letter, name),
            unit: place.contest.unit_path(entry.unit),
            at: finished(desk, entry),
            time: format::stopwatch(entry.duration_ms),
            guess: entry
                .prediction
                .map_or_else(|| "–".to_owned(), |guess| format::number(desk.lang(), guess)),
        }
    };
    Ok((1..).zip(all).map(line).collect())
}

/// "Người 2", with the name where it is shown.
fn person(desk: &Desk, place: Option<usize>, name: Option<&PersonLine>) -> String {
    let number = place.map_or_else(|| "–".to_owned(), |place| (place + 1).to_string());
    let plain = desk.say("case-person", &[("n", number.into())]);
    match name {
        Some(name) => format!("{plain}: {}", name.full_name),
        None => plain,
    }
}

fn finished(desk: &Desk, entry: &RightEntry) -> String {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(entry.finished_us) * 1_000);
    at.map(|at| format::exact(desk.lang(), at)).unwrap_or_default()
}

fn note(desk: &Desk, key: &str, note: &CaseNote) -> String {
    let args = [
        ("name", note.by.clone().into()),
        ("at", format::exact(desk.lang(), note.at).into()),
        ("text", note.text.clone().into()),
    ];
    desk.say(key, &args)
}

fn finding(desk: &Desk, found: &CaseFinding) -> FindingView {
    let opinion = desk.say(&format!("case-opinion-{}", found.opinion.name()), &[]);
    let head = [
        ("name", found.by.clone().into()),
        ("at", format::exact(desk.lang(), found.at).into()),
        ("opinion", opinion.into()),
    ];
    let readings = found
        .ruled_out
        .iter()
        .map(|name| desk.say(&format!("case-reading-{name}"), &[]));
    let readings: Vec<String> = readings.collect();
    FindingView {
        head: desk.say("case-found", &head),
        reason: found.reason.clone(),
        ruled_out: (!readings.is_empty())
            .then(|| desk.say("case-found-without", &[("n", readings.join("; ").into())])),
    }
}

/// What two people of one opinion lead to: links to the proposals, which two people decide as any other.
fn next(
    desk: &Desk,
    place: &Place,
    case: &StoredCase,
    state: CaseState,
) -> (Vec<(String, String)>, Option<String>) {
    let note = |key: &str| Some(desk.say(key, &[]));
    match state {
        CaseState::Agreed(Opinion::Void) => {}
        CaseState::Agreed(Opinion::Ask) => return (Vec::new(), note("case-next-ask")),
        CaseState::Agreed(Opinion::NoConcern) => return (Vec::new(), note("case-next-none")),
        CaseState::Differ => return (Vec::new(), note("case-next-differ")),
        CaseState::Open | CaseState::Half => return (Vec::new(), None),
    }
    if place.round.phase(desk.now()) == RoundPhase::Published {
        return (Vec::new(), note("case-next-published"));
    }
    let link = |(number, entry): (usize, &RightEntry)| {
        let path = format!(
            "quyet-dinh/moi?loai=entry&bai={}&phieu={}",
            entry.attempt, case.number
        );
        let label = desk.say("case-propose", &[("n", number.to_string().into())]);
        (place.step(&path), label)
    };
    let links = (1..).zip(&case.sheet.entries).map(link).collect();
    (links, note("case-next-void"))
}
