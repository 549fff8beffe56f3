//! A sign during a round that the key of a question may be wrong.
//!
//! Owns the rule; leaves counting to `item_statistics` and what is done about it to the organiser: a hard question may look
//! the same, so nothing is changed by itself.
#![expect(
    clippy::float_arithmetic,
    reason = "a hint to look at a question; no rank or prize depends on it"
)]

use super::item_statistics::{ItemStatistics, RoundTally};
use super::marking::Markings;
use super::question::{QuestionId, SetVersion};
use serde::{Deserialize, Serialize};

/// Entrants before a negative discrimination says something.
pub const MIN_FOR_DISCRIMINATION: u64 = 200;
/// Entrants before the choices of the best quarter say something: 25 people.
pub const MIN_FOR_CHOICES: u64 = 100;

/// Why a key is suspicious.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum KeyAlarm {
    /// Those who are good at the rest of the paper do worse here.
    NegativeDiscrimination {
        /// The discrimination index, percent.
        discrimination: f64,
    },
    /// More of the best quarter choose this wrong option than the right one they choose most.
    WrongOptionLeads {
        /// The place of the option in the file.
        option: u8,
        /// Its share among the best quarter, from 0 to 1.
        share: f64,
        /// That of the right option.
        right_share: f64,
    },
}

/// A question whose key looks wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suspect {
    /// The version of its set.
    pub version: SetVersion,
    /// Its name in the set.
    pub question: QuestionId,
    /// Why.
    pub alarms: Vec<KeyAlarm>,
}

impl Suspect {
    /// Whether the question is marked in another way already, so that its key says nothing any more.
    pub fn is_settled(&self, markings: &Markings) -> bool {
        markings.get(&self.version, &self.question).is_some()
    }
}

/// The questions of a round whose key looks wrong by what is counted and its figures.
pub fn suspects(tally: &RoundTally, statistics: &[ItemStatistics]) -> Vec<Suspect> {
    let all = tally
        .items()
        .iter()
        .zip(statistics)
        .map(|(item, figures)| Suspect {
            version: item.version.clone(),
            question: item.question.clone(),
            alarms: alarms(figures),
        });
    all.filter(|suspect| !suspect.alarms.is_empty()).collect()
}

/// How far a discrimination index strays from 0 by chance, percent: three standard errors of a correlation, so that of a
/// hundred sound questions about none is called suspicious.
fn chance(exposure: u64) -> f64 {
    300.0 / (exposure as f64).sqrt()
}

/// The alarms of a question; none where too few have met it.
pub fn alarms(item: &ItemStatistics) -> Vec<KeyAlarm> {
    let mut out = Vec::new();
    let negative = item
        .discrimination
        .filter(|d| item.exposure >= MIN_FOR_DISCRIMINATION && *d < -chance(item.exposure));
    out.extend(negative.map(|discrimination| KeyAlarm::NegativeDiscrimination { discrimination }));
    if item.exposure >= MIN_FOR_CHOICES {
        out.extend(leader(item));
    }
    out
}

/// The wrong option that the best quarter prefer to every right one.
fn leader(item: &ItemStatistics) -> Option<KeyAlarm> {
    let shares = || {
        (0..)
            .zip(&item.options)
            .filter_map(|(place, option)| Some((place, option.right, option.top_quarter?)))
    };
    let best = |right: bool| {
        shares()
            .filter(|(_, is_right, _)| *is_right == right)
            .max_by(|(_, _, a), (_, _, b)| a.total_cmp(b))
    };
    let ((option, _, share), (_, _, right_share)) = (best(false)?, best(true)?);
    // Less than half a person more is nothing but the way people at the border are shared out.
    let margin = 0.5 / (0.25 * f64::from(u32::try_from(item.exposure).unwrap_or(u32::MAX)));
    (share > right_share + margin).then_some(KeyAlarm::WrongOptionLeads {
        option,
        share,
        right_share,
    })
}
