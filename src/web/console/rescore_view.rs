//! A correction of a question's marking in words: what is decided, what it changes, the notice to be published.
//!
//! Owns sentences and rows; figures come from the dry run or the scoring, which found them by the same function.

use super::desk::{Desk, Place};
use crate::domain::catalog::Drawn;
use crate::domain::ids::ParticipantId;
use crate::domain::marking::Marking;
use crate::domain::markup;
use crate::domain::question::label_of;
use crate::domain::rescoring::{BeforeAfter, Figures, PrizeChange, Treatment};
use crate::store::console_reads::PersonLine;
use crate::web::error::WebError;
use crate::web::format;
use std::collections::{BTreeMap, BTreeSet};

/// What a correction changes, ready to print.
pub struct Effect {
    /// The attempts in a sentence.
    pub attempts: String,
    /// What is counted, before, after; only what changes.
    pub rows: Vec<(String, String, String)>,
    /// Prizes in a sentence.
    pub prizes: String,
    /// Prize, who has it, who would.
    pub changes: Vec<(String, String, String)>,
    /// People who lose every prize, and people who win one.
    pub people: Option<String>,
    /// What the board must know before it decides.
    pub warnings: Vec<String>,
}

/// The figures as rows and sentences, with names for staff.
pub async fn effect(desk: &Desk, place: &Place, figures: &Figures) -> Result<Effect, WebError> {
    let names = names(desk, &figures.prizes).await?;
    let number = |n: i64| format::number(desk.lang(), n);
    let attempts = figures.attempts;
    let args = [
        ("met", number(attempts.met).into()),
        ("changed", number(attempts.changed).into()),
        ("up", number(attempts.up).into()),
        ("down", number(attempts.down).into()),
    ];
    let changes: Vec<_> = figures
        .prizes
        .iter()
        .map(|change| prize_row(desk, place, change, |id| full_name(&names, id)))
        .collect();
    let (losers, winners) = figures.losers_and_winners();
    let people = [
        ("losers", losers.len().to_string().into()),
        ("winners", winners.len().to_string().into()),
    ];
    Ok(Effect {
        attempts: desk.say("rescore-attempts", &args),
        rows: rows(desk, figures),
        prizes: match changes.len() {
            0 => desk.say("rescore-no-prize", &[]),
            n => desk.say("rescore-prizes", &[("n", n.to_string().into())]),
        },
        people: (!changes.is_empty()).then(|| desk.say("rescore-people", &people)),
        changes,
        warnings: warnings(desk, figures),
    })
}

fn rows(desk: &Desk, figures: &Figures) -> Vec<(String, String, String)> {
    let number = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), |n| format::number(desk.lang(), n));
    let some = |pair: BeforeAfter<i64>| BeforeAfter {
        before: Some(pair.before),
        after: Some(pair.after),
    };
    let all = [
        ("rescore-row-all-correct", some(figures.all_correct)),
        ("rescore-row-eligible", some(figures.eligible)),
        ("rescore-row-actual", figures.actual),
    ];
    all.into_iter()
        .filter(|(_, pair)| pair.differs())
        .map(|(key, pair)| (desk.say(key, &[]), number(pair.before), number(pair.after)))
        .collect()
}

fn warnings(desk: &Desk, figures: &Figures) -> Vec<String> {
    let mut out = Vec::new();
    if figures.ties > 0 {
        out.push(desk.say("rescore-warn-ties", &[("n", figures.ties.to_string().into())]));
    }
    if figures.eligible.after < figures.eligible.before {
        let lost = figures.eligible.before - figures.eligible.after;
        let lost = format::number(desk.lang(), lost);
        out.push(desk.say("rescore-warn-eligible", &[("n", lost.into())]));
    }
    out
}

fn prize_row(
    desk: &Desk,
    place: &Place,
    change: &PrizeChange,
    name: impl Fn(ParticipantId) -> String,
) -> (String, String, String) {
    let prize = place.contest.definition.prizes.get(usize::from(change.prize));
    let (title, places) = prize.map_or_else(Default::default, |prize| (prize.name.clone(), prize.places));
    let title = if places > 1 {
        let args = [("prize", title.into()), ("n", change.place.to_string().into())];
        desk.say("rescore-prize-place", &args)
    } else {
        title
    };
    let who = |person: Option<ParticipantId>| person.map_or_else(|| desk.say("rescore-nobody", &[]), &name);
    (title, who(change.before), who(change.after))
}

async fn names(
    desk: &Desk,
    changes: &[PrizeChange],
) -> Result<BTreeMap<ParticipantId, PersonLine>, WebError> {
    let people: BTreeSet<ParticipantId> = changes
        .iter()
        .flat_map(|change| [change.before, change.after])
        .flatten()
        .collect();
    let people: Vec<ParticipantId> = people.into_iter().collect();
    Ok(desk.app.store.load_people(&people).await?.into_iter().collect())
}

fn full_name(names: &BTreeMap<ParticipantId, PersonLine>, id: ParticipantId) -> String {
    names
        .get(&id)
        .map(|person| person.full_name.clone())
        .unwrap_or_default()
}

/// The name as far as the person agreed to be named.
fn public_name(names: &BTreeMap<ParticipantId, PersonLine>, id: ParticipantId) -> String {
    let Some(person) = names.get(&id) else {
        return String::new();
    };
    if person.consent_publish {
        return person.full_name.clone();
    }
    crate::domain::participant::FullName::parse(&person.full_name)
        .map(|name| name.initials())
        .unwrap_or_default()
}

/// The marking decided on: "nhận đáp án C", "cho điểm tất cả …".
pub fn marking(desk: &Desk, place: &Place, treatment: &Treatment) -> String {
    let labels =
        |places: &BTreeSet<u8>| -> String { places.iter().filter_map(|own| label_of(*own)).collect() };
    match &treatment.marking {
        Some(Marking::Accept { keys }) => {
            let keys: Vec<String> = keys.iter().map(labels).collect();
            let key = if keys.len() == 1 {
                "rescore-marking-key"
            } else {
                "rescore-marking-several"
            };
            desk.say(key, &[("n", keys.join(", ").into())])
        }
        Some(Marking::FullMarks) => desk.say("rescore-marking-full", &[]),
        Some(Marking::Dropped) => desk.say("rescore-marking-drop", &[]),
        None => {
            let key = place.contest.keys.get(&treatment.version);
            let key = key.and_then(|key| key.0.get(&treatment.question));
            let labels = key.map(labels).unwrap_or_default();
            desk.say("rescore-marking-original", &[("n", labels.into())])
        }
    }
}

/// The question among those that papers of the round are drawn from, with its number.
pub fn find<'a>(place: &'a Place, treatment: &Treatment) -> Option<(usize, Drawn<'a>)> {
    let drawn = place.contest.drawn_questions(&place.round).into_iter();
    (1..)
        .zip(drawn)
        .find(|(_, drawn)| *drawn.version == treatment.version && drawn.question.id == treatment.question)
}

/// The text of a question on one line.
pub fn stem(place: &Place, treatment: &Treatment) -> String {
    let set = place.contest.sets.get(&treatment.version);
    let question = set.and_then(|set| set.find(&treatment.question));
    question
        .map(|question| markup::plain(&question.text))
        .unwrap_or_default()
}

/// The notice of correction, paragraph by paragraph, with names as far as people agreed to be named.
pub async fn notice(
    desk: &Desk,
    place: &Place,
    treatment: &Treatment,
    figures: &Figures,
    reason: &str,
) -> Result<Vec<String>, WebError> {
    let names = names(desk, &figures.prizes).await?;
    let number = |n: i64| format::number(desk.lang(), n);
    let definition = &place.contest.definition;
    let head = [
        ("round", place.title().into()),
        ("contest", definition.title.clone().into()),
        ("organiser", definition.organiser.clone().into()),
    ];
    let question = [
        ("text", stem(place, treatment).into()),
        ("reason", reason.trim_end_matches('.').to_owned().into()),
        ("marking", marking(desk, place, treatment).into()),
    ];
    let attempts = [
        ("met", number(figures.attempts.met).into()),
        ("changed", number(figures.attempts.changed).into()),
        ("up", number(figures.attempts.up).into()),
        ("down", number(figures.attempts.down).into()),
    ];
    let mut out = vec![
        desk.say("rescore-notice-title", &[]),
        desk.say("rescore-notice-head", &head),
        desk.say("rescore-notice-question", &question),
        desk.say("rescore-notice-attempts", &attempts),
    ];
    if figures.prizes.is_empty() {
        out.push(desk.say("rescore-notice-no-prize", &[]));
    } else {
        out.push(desk.say("rescore-notice-prizes", &[]));
        out.extend(figures.prizes.iter().map(|change| {
            let (prize, before, after) = prize_row(desk, place, change, |id| public_name(&names, id));
            let args = [
                ("prize", prize.into()),
                ("before", before.into()),
                ("after", after.into()),
            ];
            desk.say("rescore-notice-prize", &args)
        }));
    }
    out.push(desk.say("rescore-notice-end", &[]));
    Ok(out)
}
