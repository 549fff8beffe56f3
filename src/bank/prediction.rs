//! The table `[prediction]`: what is predicted, whose prediction counts, when it is asked for and the number is taken.
//!
//! Owns its keys; leaves defaults and merging to `rules`, and what contradicts the ranking to `agree`.

use super::format::{At, Reader};
use super::node::Table;
use super::rules::RulesDraft;
use crate::domain::contest::{CountedPrediction, PredictedQuantity, PredictionAsked, PredictionTaken};

/// Reads the table called `name` into the draft.
pub(super) fn read_prediction(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    name: &str,
    draft: &mut RulesDraft,
) {
    reader.only(table, name, &["asks", "counted", "taken", "asked"]);
    let asks = [
        ("attempts-in-round", Some(PredictedQuantity::AttemptsInRound)),
        ("people-in-round", Some(PredictedQuantity::PeopleInRound)),
        ("people-all-correct", Some(PredictedQuantity::PeopleAllCorrect)),
        (
            "attempts-all-correct",
            Some(PredictedQuantity::AttemptsAllCorrect),
        ),
        ("none", None),
    ];
    draft.asks = table.get("asks").and_then(|node| {
        let value = reader.choice(node, "asks", &asks)?;
        Some(At {
            value,
            span: node.span.clone(),
        })
    });
    let counted = [
        ("of-counted-attempt", CountedPrediction::OfCountedAttempt),
        ("first", CountedPrediction::First),
        ("last", CountedPrediction::Last),
        ("locked-once", CountedPrediction::LockedOnce),
    ];
    draft.counted = reader.optional_choice(table, "", "counted", &counted);
    let taken = [
        ("before-disqualification", PredictionTaken::BeforeDisqualification),
        ("after-disqualification", PredictionTaken::AfterDisqualification),
    ];
    draft.taken = reader.optional_choice(table, "", "taken", &taken);
    let asked = [
        ("paper", PredictionAsked::Paper),
        ("after", PredictionAsked::After),
    ];
    draft.asked = table.get("asked").and_then(|node| {
        let value = reader.choice(node, "asked", &asked)?;
        Some(At {
            value,
            span: node.span.clone(),
        })
    });
    // A faulty `asks` has been noted; only an absent one is missed later.
    draft.prediction_span = (table.get("asks").is_some() == draft.asks.is_some()).then(|| table.span.clone());
}
