//! Questions of a round that still runs whose key looks wrong.
//!
//! Owns the sentences, for those who load sets and so know keys. Only shares are told, never how many people: that may be
//! what entrants have to predict.

use super::desk::{Desk, Place};
use super::figure;
use crate::domain::key_alarm::{KeyAlarm, Suspect};
use crate::domain::markup;
use crate::domain::question::label_of;
use crate::domain::round::RoundStage;
use crate::domain::staff::Right;
use crate::web::error::WebError;

/// Questions shown; where more look wrong, the set is wrong as a whole.
const SHOWN: usize = 12;

/// What the page of a round says.
pub struct Alarm {
    /// "2 câu có dấu hiệu sai đáp án".
    pub title: String,
    /// The question and why.
    pub lines: Vec<(String, Vec<String>)>,
}

/// The alarm of a round while it is not sealed; afterwards the statistics tell more.
pub async fn read(desk: &Desk, place: &Place) -> Result<Option<Alarm>, WebError> {
    let round = &place.round;
    if round.stage != RoundStage::Scheduled || !round.has_opened(desk.now()) || !desk.may(Right::LoadSets) {
        return Ok(None);
    }
    let suspects = desk.app.store.load_suspects(round.id, round.scoring).await?;
    let lines: Vec<_> = suspects
        .iter()
        .filter(|suspect| !suspect.is_settled(&round.markings))
        .filter_map(|suspect| line(desk, place, suspect))
        .collect();
    let count = lines.len().to_string();
    Ok((!lines.is_empty()).then(|| Alarm {
        title: desk.say("alarm-title", &[("n", count.into())]),
        lines: lines.into_iter().take(SHOWN).collect(),
    }))
}

fn line(desk: &Desk, place: &Place, suspect: &Suspect) -> Option<(String, Vec<String>)> {
    let set = place.contest.sets.get(&suspect.version)?;
    let question = set.find(&suspect.question)?;
    let key = place.contest.keys.get(&suspect.version)?.0.get(&question.id)?;
    let key: String = key.iter().filter_map(|place| label_of(*place)).collect();
    let args = [
        ("text", markup::plain(&question.text).into()),
        ("set", set.title.clone().into()),
    ];
    let why = suspect.alarms.iter().map(|alarm| sentence(desk, alarm, &key));
    Some((desk.say("alarm-question", &args), why.collect()))
}

fn sentence(desk: &Desk, alarm: &KeyAlarm, key: &str) -> String {
    match alarm {
        KeyAlarm::NegativeDiscrimination { .. } => desk.say("alarm-negative", &[]),
        KeyAlarm::WrongOptionLeads {
            option,
            share,
            right_share,
        } => {
            let label = label_of(*option).map(String::from).unwrap_or_default();
            let args = [
                ("share", figure::rough(desk.lang(), *share).into()),
                ("option", label.into()),
                ("right", figure::rough(desk.lang(), *right_share).into()),
                ("key", key.to_owned().into()),
            ];
            desk.say("alarm-leads", &args)
        }
    }
}
