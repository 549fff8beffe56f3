//! The table `[prediction]`: what is predicted, whose prediction counts, when it is asked for and the number is taken.
//!
//! Owns its keys; leaves defaults and merging to `rules`, and what contradicts the ranking to `agree`.

use super::code::FaultCode;
use super::format::{At, Reader};
use super::node::{Node, Table};
use super::rules::{MAX_POINTS, RulesDraft};
use crate::domain::contest::{
    CountedPrediction, MAX_BANDS, PointBand, PredictedQuantity, PredictionAsked, PredictionPoints,
    PredictionTaken,
};
use crate::domain::submission::MAX_PREDICTION;

/// Reads the table called `name` into the draft.
pub(super) fn read_prediction(
    reader: &mut Reader<'_, '_>,
    table: &Table,
    name: &str,
    draft: &mut RulesDraft,
) {
    reader.only(table, name, &["asks", "counted", "taken", "asked", "points"]);
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
    draft.prediction_points = table.get("points").and_then(|node| read_points(reader, node));
    // A faulty `asks` has been noted; only an absent one is missed later.
    draft.prediction_span = (table.get("asks").is_some() == draft.asks.is_some()).then(|| table.span.clone());
}

/// The bands of points from the nearest on; none takes back in a round what the contest says.
fn read_points(reader: &mut Reader<'_, '_>, node: &Node) -> Option<At<PredictionPoints>> {
    let items = reader.list(node, "prediction.points")?;
    if items.len() > MAX_BANDS {
        let (count, limit) = (items.len() as u64, MAX_BANDS as u64);
        let key = "prediction.points".to_owned();
        reader.fault(&node.span, FaultCode::TooManyEntries { key, count, limit });
        return None;
    }
    let bands: Vec<PointBand> = items.iter().filter_map(|item| read_band(reader, item)).collect();
    let is_ordered = |pair: &[PointBand]| match pair {
        [near, far] => near.within < far.within && near.points > far.points,
        _ => true,
    };
    if bands.len() == items.len() && !bands.windows(2).all(is_ordered) {
        reader.fault(&node.span, FaultCode::PredictionBands {});
    }
    (bands.len() == items.len()).then(|| At {
        value: PredictionPoints::new(&bands),
        span: node.span.clone(),
    })
}

fn read_band(reader: &mut Reader<'_, '_>, node: &Node) -> Option<PointBand> {
    const NAME: &str = "prediction.points";
    let table = reader.table(node, NAME)?;
    reader.only(table, NAME, &["within", "points"]);
    let _ = reader.required(table, NAME, "within", "within = 10");
    let _ = reader.required(table, NAME, "points", "points = 20");
    let within = reader.number(table, "prediction.points.", "within", 0, MAX_PREDICTION);
    let points = reader.number(table, "prediction.points.", "points", 1, i64::from(MAX_POINTS));
    Some(PointBand {
        within: within?.value,
        points: points?.value,
    })
}
