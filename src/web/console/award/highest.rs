//! Where people keep only their highest prizes: who gives back what, and who moves up, before the board decides.
//!
//! Owns one page; nothing is decided on it. Its forms lead to the correction of a published round.

use super::overall::whole;
use crate::action::settle_prizes::open_settlement;
use crate::domain::effect::PrizeChange;
use crate::domain::ids::{ParticipantId, RoundId};
use crate::domain::round::RoundStage;
use crate::domain::staff::Right;
use crate::store::console_reads::PersonLine;
use crate::store::ranking::Unsettled;
use crate::web::console::desk::{Desk, Place, Section, Side, contest_path};
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "console/highest.html")]
struct HighestPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    contest: String,
    /// Where things stand, in a sentence.
    state: String,
    rounds: Vec<RoundView>,
}

struct RoundView {
    title: String,
    /// What is to be done next.
    step: String,
    lines: Vec<String>,
    /// The round's decisions, where it is published.
    link: Option<(String, String)>,
    /// Where it is ranked again: an address and the words of the button.
    rank: Option<(String, String)>,
    /// Where a correction is proposed, with its reason.
    correct: Option<(String, String)>,
}

/// `GET …/giai-chung/giai-cao-nhat`
pub async fn page(desk: Desk, Path(slug): Path<String>) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let place = whole(&desk, &slug)?;
    let settlement = open_settlement(&desk.app, &place.contest).await?;
    let changes = settlement.unsettled.iter().flat_map(|one| &one.changes);
    let ids: Vec<ParticipantId> = changes
        .flat_map(|change| [change.before, change.after])
        .flatten()
        .collect();
    let people = desk.app.store.load_people(&ids).await?;
    let state = match (settlement.unsettled.is_empty(), settlement.complete) {
        (true, true) => "highest-settled",
        (true, false) => "highest-settled-so-far",
        (false, true) => "highest-final",
        (false, false) => "highest-so-far",
    };
    let rounds = settlement.unsettled.iter();
    let page = HighestPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("highest-title", &[]),
        back: contest_path(&place.contest),
        contest: place.contest.definition.title.clone(),
        state: desk.say(state, &[]),
        rounds: rounds
            .filter_map(|one| view(&desk, &place, one, &people, settlement.complete))
            .collect(),
    };
    Ok(Page(page).into_response())
}

fn view(
    desk: &Desk,
    place: &Place,
    unsettled: &Unsettled,
    people: &BTreeMap<ParticipantId, PersonLine>,
    complete: bool,
) -> Option<RoundView> {
    let mut rounds = place.contest.rounds.iter();
    let round = rounds.find(|round| round.id == unsettled.round)?.clone();
    let own = Place {
        contest: place.contest.clone(),
        round,
    };
    let name = |person: Option<ParticipantId>| {
        let known = person.and_then(|person| people.get(&person));
        known.map(|person| person.full_name.clone()).unwrap_or_default()
    };
    let line = |change: &PrizeChange<ParticipantId>| {
        let key = match (change.before, change.after) {
            (_, None) => "highest-line-gone",
            (None, Some(_)) => "highest-line-new",
            (Some(_), Some(_)) => "highest-line",
        };
        let args = [
            ("prize", change.name.clone().into()),
            ("before", name(change.before).into()),
            ("after", name(change.after).into()),
        ];
        let kept = change.before.and_then(|person| unsettled.keeps.get(&person));
        let kept = kept.map(|prizes| keeps(desk, place, &name(change.before), prizes));
        [Some(desk.say(key, &args)), kept]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let is_published = own.round.stage == RoundStage::Published;
    let step = match is_published {
        true => "highest-step-correct",
        false => "highest-step-rank",
    };
    let ties = i64::try_from(unsettled.ties).unwrap_or(i64::MAX);
    let mut lines: Vec<String> = unsettled.changes.iter().map(line).collect();
    if ties > 0 {
        let n = format::number(desk.lang(), ties);
        lines.push(desk.say("highest-ties", &[("n", n.into())]));
    }
    let may_correct = is_published && complete && desk.may(Right::Approve);
    Some(RoundView {
        title: own.round.title.clone(),
        step: desk.say(step, &[]),
        lines,
        link: is_published.then(|| (own.step("quyet-dinh"), desk.say("highest-to-decisions", &[]))),
        rank: (!is_published && desk.may(Right::RunRounds))
            .then(|| (own.step("xep-hang"), desk.say("highest-to-ranking", &[]))),
        correct: may_correct.then(|| {
            let reason = desk.say("highest-reason", &[]);
            (own.step("quyet-dinh/dinh-chinh"), reason)
        }),
    })
}

/// Which prizes somebody keeps who gives a lower one back, each with its round.
fn keeps(desk: &Desk, place: &Place, name: &str, prizes: &[(RoundId, String)]) -> String {
    let prizes: Vec<String> = prizes
        .iter()
        .map(|(id, prize)| {
            let round = place.contest.rounds.iter().find(|round| round.id == *id);
            let title = round.map(|round| round.title.clone()).unwrap_or_default();
            let args = [("prize", prize.clone().into()), ("round", title.into())];
            desk.say("highest-kept-prize", &args)
        })
        .collect();
    let args = [
        ("name", name.to_owned().into()),
        ("prizes", prizes.join(", ").into()),
    ];
    desk.say("highest-keeps", &args)
}
