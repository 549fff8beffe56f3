//! Marking a question in another way: choosing how, trying it out, proposing it.
//!
//! Owns one page with its form; what is found is `action::rescore_round`'s.

use super::blockers::reason;
use super::desk::{Desk, Place, Section, Side};
use super::items::require_keys;
use super::rescore_list::ChangeList;
use super::rescore_view::{self, Effect};
use crate::action::rescore_round::{Obstacle, RescoreError, Trial, propose, try_out};
use crate::domain::catalog::Drawn;
use crate::domain::decision::Refusal;
use crate::domain::marking::Marking;
use crate::domain::question::label_of;
use crate::domain::rescoring::Treatment;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeSet;

/// The ways in which a question can be marked.
const WAYS: [&str; 5] = ["key", "also", "full", "drop", "original"];

#[derive(Template)]
#[template(path = "console/rescore.html")]
struct RescorePage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    text: String,
    multiple: bool,
    now: String,
    ways: Vec<Way>,
    options: Vec<OptionBox>,
    effect: Option<Effect>,
    changes: Option<ChangeList>,
    marking: String,
    reason: String,
    reason_label: String,
    error: Option<String>,
    way_error: Option<String>,
}

struct Way {
    name: &'static str,
    label: String,
    hint: String,
    chosen: bool,
}

struct OptionBox {
    place: usize,
    label: String,
    text: String,
    key: bool,
    ticked: bool,
}

/// What came back with the form.
#[derive(Default)]
struct Typed {
    way: String,
    places: BTreeSet<u8>,
    reason: String,
    error: Option<String>,
    way_error: Option<String>,
    effect: Option<(Treatment, Effect, ChangeList)>,
}

/// The page.
pub async fn page(
    desk: Desk,
    Path((slug, number, question)): Path<(String, u16, usize)>,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    require_keys(&desk)?;
    let place = desk.round(&slug, number)?;
    let drawn = chosen(&place, question)?;
    Ok(Page(view(&desk, &place, question, &drawn, Typed::default())).into_response())
}

/// Trying out, and proposing what was tried.
pub async fn post(
    desk: Desk,
    Path((slug, number, question)): Path<(String, u16, usize)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let place = desk.round(&slug, number)?;
    let drawn = chosen(&place, question)?;
    let mut typed = typed(&form, &drawn);
    let treatment = match treatment(&place, &drawn, &typed) {
        Ok(treatment) => treatment,
        Err(key) => {
            typed.way_error = Some(desk.say(key, &[]));
            return Ok(again(view(&desk, &place, question, &drawn, typed)));
        }
    };
    if form.get("do") == "propose" {
        return offer(&desk, &place, (question, &drawn), &form, treatment, typed).await;
    }
    match try_out(&desk.app, desk.now(), &place.contest, &place.round, &treatment).await {
        Ok(trial) => {
            typed.effect = Some(effect(&desk, &place, question, treatment, &trial, &typed).await?);
            Ok(Page(view(&desk, &place, question, &drawn, typed)).into_response())
        }
        Err(error) => {
            typed.way_error = Some(sentence(&desk, error)?);
            Ok(again(view(&desk, &place, question, &drawn, typed)))
        }
    }
}

async fn offer(
    desk: &Desk,
    place: &Place,
    (question, drawn): (usize, &Drawn<'_>),
    form: &Form,
    treatment: Treatment,
    mut typed: Typed,
) -> Result<Response, WebError> {
    match reason(desk, form) {
        Err(message) => typed.error = Some(message),
        Ok(None) => typed.error = Some(desk.say("console-reason-missing", &[])),
        Ok(Some(reason)) => {
            let (app, by) = (&desk.app, desk.by());
            let (contest, round) = (&place.contest, &place.round);
            match propose(app, desk.now(), by, contest, round, treatment.clone(), reason).await {
                Ok(id) => return Ok(Redirect::to(&place.step(&format!("cham-lai/{id}"))).into_response()),
                Err(error) => typed.way_error = Some(sentence(desk, error)?),
            }
        }
    }
    // The trial stands beside the message, so that nothing has to be asked for twice.
    if let Ok(trial) = try_out(&desk.app, desk.now(), &place.contest, &place.round, &treatment).await {
        typed.effect = Some(effect(desk, place, question, treatment, &trial, &typed).await?);
    }
    Ok(again(view(desk, place, question, drawn, typed)))
}

/// What a trial has found, ready to print; its file is asked for with the same choices.
async fn effect(
    desk: &Desk,
    place: &Place,
    question: usize,
    treatment: Treatment,
    trial: &Trial,
    typed: &Typed,
) -> Result<(Treatment, Effect, ChangeList), WebError> {
    let effect = rescore_view::effect(desk, place, &trial.figures).await?;
    let places = typed.places.iter().map(|own| ("pa", own.to_string()));
    let fields = std::iter::once(("cach", typed.way.clone())).chain(places);
    let path = place.step(&format!("cham-lai/cau/{question}/tai"));
    let all = trial.figures.attempts.changed;
    let file = (path, fields.collect());
    let changes = ChangeList::new(desk, &trial.differences, &trial.first, all, file);
    Ok((treatment, effect, changes))
}

fn again(page: RescorePage) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response()
}

fn chosen(place: &Place, question: usize) -> Result<Drawn<'_>, WebError> {
    let drawn = place.contest.drawn_questions(&place.round);
    let at = question.checked_sub(1).ok_or(WebError::NotFound)?;
    drawn.get(at).copied().ok_or(WebError::NotFound)
}

fn typed(form: &Form, drawn: &Drawn<'_>) -> Typed {
    Typed {
        way: form.get("cach").to_owned(),
        places: places(form, drawn),
        reason: form.get("reason").chars().take(1_000).collect(),
        ..Typed::default()
    }
}

/// The treatment that a form asks for; nothing where a choice is missing.
pub(super) fn asked(place: &Place, question: usize, form: &Form) -> Result<Option<Treatment>, WebError> {
    let drawn = chosen(place, question)?;
    Ok(treatment(place, &drawn, &typed(form, &drawn)).ok())
}

fn places(form: &Form, drawn: &Drawn<'_>) -> BTreeSet<u8> {
    let options = drawn.question.options.len();
    form.all("pa")
        .filter_map(|place| place.parse::<u8>().ok())
        .filter(|place| usize::from(*place) < options)
        .collect()
}

/// The treatment that the form asks for, or the key of a message.
fn treatment(place: &Place, drawn: &Drawn<'_>, typed: &Typed) -> Result<Treatment, &'static str> {
    let key = place.contest.keys.get(drawn.version);
    let key = key
        .and_then(|key| key.0.get(&drawn.question.id))
        .cloned()
        .unwrap_or_default();
    let in_force = place.round.markings.get(drawn.version, &drawn.question.id);
    let single = |places: &BTreeSet<u8>| -> BTreeSet<BTreeSet<u8>> {
        places.iter().map(|own| BTreeSet::from([*own])).collect()
    };
    let marking = match typed.way.as_str() {
        "key" if !drawn.question.multiple && typed.places.len() != 1 => return Err("rescore-choose-one"),
        "key" | "also" if typed.places.is_empty() => return Err("rescore-choose-option"),
        "key" if typed.places == key => None,
        "key" => Some(Marking::Accept {
            keys: BTreeSet::from([typed.places.clone()]),
        }),
        "also" => {
            let mut keys = match in_force {
                Some(Marking::Accept { keys }) => keys.clone(),
                Some(Marking::FullMarks | Marking::Dropped) | None => BTreeSet::from([key]),
            };
            keys.extend(if drawn.question.multiple {
                BTreeSet::from([typed.places.clone()])
            } else {
                single(&typed.places)
            });
            Some(Marking::Accept { keys })
        }
        "full" => Some(Marking::FullMarks),
        "drop" => Some(Marking::Dropped),
        "original" => None,
        _ => return Err("rescore-choose-way"),
    };
    Ok(Treatment {
        version: drawn.version.clone(),
        question: drawn.question.id.clone(),
        marking,
    })
}

/// What stands in the way, for people; a failure goes on.
pub fn sentence(desk: &Desk, error: RescoreError) -> Result<String, WebError> {
    let (key, value) = match error {
        RescoreError::Failed(failure) => return Err(failure.into()),
        RescoreError::Blocked(obstacle) => match obstacle {
            Obstacle::NotSealed => ("rescore-not-sealed", String::new()),
            Obstacle::UnknownQuestion => ("rescore-unknown", String::new()),
            Obstacle::NothingChanges => ("rescore-nothing", String::new()),
            Obstacle::NothingLeft => ("rescore-nothing-left", String::new()),
            Obstacle::Stale => ("rescore-stale", String::new()),
            Obstacle::Published => ("rescore-published", String::new()),
        },
        RescoreError::Refused(refusal) => match refusal {
            Refusal::ReasonMissing => ("console-reason-missing", String::new()),
            Refusal::ReasonTooLong => ("console-reason-too-long", String::new()),
            Refusal::SamePerson(name) => ("rescore-same-person", name),
            Refusal::NotProposer(name) => ("rescore-not-proposer", name),
            Refusal::Decided(_) => ("rescore-decided", String::new()),
            Refusal::Pending => ("rescore-pending", String::new()),
            Refusal::Changed => ("rescore-stale", String::new()),
            Refusal::Unknown => ("rescore-no-proposal", String::new()),
            Refusal::Expired => ("keeping-refused-expired", String::new()),
        },
    };
    Ok(desk.say(key, &[("n", value.into())]))
}

fn view(desk: &Desk, place: &Place, number: usize, drawn: &Drawn<'_>, typed: Typed) -> RescorePage {
    let current = Treatment {
        version: drawn.version.clone(),
        question: drawn.question.id.clone(),
        marking: place
            .round
            .markings
            .get(drawn.version, &drawn.question.id)
            .cloned(),
    };
    let key = place.contest.keys.get(drawn.version);
    let key = key.and_then(|key| key.0.get(&drawn.question.id));
    let has_marking = current.marking.is_some();
    let way = |name: &'static str| Way {
        name,
        label: desk.say(&format!("rescore-way-{name}"), &[]),
        hint: desk.say(&format!("rescore-way-{name}-hint"), &[]),
        chosen: typed.way == name,
    };
    let option = |(at, option): (usize, &crate::domain::question::QuestionOption)| {
        let own = u8::try_from(at).ok();
        OptionBox {
            place: at,
            label: own.and_then(label_of).map(String::from).unwrap_or_default(),
            text: option.text.clone(),
            key: own.is_some_and(|own| key.is_some_and(|key| key.contains(&own))),
            ticked: own.is_some_and(|own| typed.places.contains(&own)),
        }
    };
    let marking = typed
        .effect
        .as_ref()
        .map(|(treatment, ..)| rescore_view::marking(desk, place, treatment));
    let (effect, changes) = typed.effect.map(|(_, effect, changes)| (effect, changes)).unzip();
    RescorePage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("rescore-title", &[("n", number.to_string().into())]),
        back: format!("{}/{number}", place.step("cau-hoi")),
        text: drawn.question.text.clone(),
        multiple: drawn.question.multiple,
        now: desk.say(
            "rescore-now",
            &[("n", rescore_view::marking(desk, place, &current).into())],
        ),
        ways: WAYS
            .into_iter()
            .filter(|name| *name != "original" || has_marking)
            .map(way)
            .collect(),
        options: drawn.question.options.iter().enumerate().map(option).collect(),
        marking: marking.unwrap_or_default(),
        effect,
        changes,
        reason: typed.reason,
        reason_label: desk.say("console-reason", &[]),
        error: typed.error,
        way_error: typed.way_error,
    }
}
