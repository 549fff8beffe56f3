//! Which choices of an item of QTI are right.
//!
//! Owns the two ways of scoring that make a key, by the right answer and by a map of points; any other is refused by its
//! name. Leaves the rest of an item to `qti`.

use super::intake::{Intake, Often};
use super::qti::{all, attribute, one};
use super::shares::weight;
use super::xml::Element;
use crate::bank::code::FaultCode;
use crate::bank::source::shorten;
use std::collections::BTreeSet;

/// The places of the right choices.
pub(super) fn key_of(
    intake: &mut Intake<'_, '_>,
    item: &Element,
    interaction: &Element,
    ids: &[String],
) -> Option<Vec<u8>> {
    let response = attribute(interaction, "response-identifier").unwrap_or("RESPONSE");
    let declaration =
        all(item, "response-declaration").find(|d| attribute(d, "identifier") == Some(response));
    let Some(declaration) = declaration else {
        intake.fault(&item.span, FaultCode::QtiNoKey {});
        return None;
    };
    let correct = values(intake, declaration, ids)?;
    let right = match scoring(item) {
        Ok(Scoring::Correct) => correct,
        Ok(Scoring::Map) => mapped(intake, declaration, ids, &correct)?,
        Err(template) => {
            intake.fault(&item.span, FaultCode::QtiScoring { template });
            return None;
        }
    };
    if right.is_empty() {
        intake.fault(&declaration.span, FaultCode::QtiNoKey {});
        return None;
    }
    let max = attribute(interaction, "max-choices")
        .map_or(Some(1), |max| max.trim().parse::<u64>().ok())
        .unwrap_or(1);
    let count = right.len() as u64;
    let is_single = attribute(declaration, "cardinality").unwrap_or("single") == "single";
    if is_single && count > 1 {
        intake.fault(&declaration.span, FaultCode::SeveralFullMarks { count });
        return None;
    }
    if max != 0 && count > max {
        intake.fault(&interaction.span, FaultCode::QtiMaxChoices { max, right: count });
        return None;
    }
    Some(right.into_iter().collect())
}

enum Scoring {
    Correct,
    Map,
}

/// How an item is scored; `Err` is what it says where that is not understood.
fn scoring(item: &Element) -> Result<Scoring, String> {
    if attribute(item, "adaptive") == Some("true") {
        return Err("adaptive".to_owned());
    }
    // Without a word about scoring the declared answer is all there is.
    let Some(processing) = one(item, "response-processing") else {
        return Ok(Scoring::Correct);
    };
    let template = attribute(processing, "template").unwrap_or_default();
    let name = template
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".xml");
    let has_rules = processing.elements().next().is_some();
    match name {
        "match_correct" if !has_rules => Ok(Scoring::Correct),
        "map_response" if !has_rules => Ok(Scoring::Map),
        "" => Err(processing
            .elements()
            .next()
            .map_or_else(|| "?".to_owned(), |rule| shorten(&rule.name, 60))),
        _ => Err(shorten(template, 80)),
    }
}

/// The places of the values of the right answer.
fn values(intake: &mut Intake<'_, '_>, declaration: &Element, ids: &[String]) -> Option<BTreeSet<u8>> {
    let mut right = BTreeSet::new();
    for value in one(declaration, "correct-response")
        .into_iter()
        .flat_map(|correct| all(correct, "value"))
    {
        let text = value.text();
        let place = ids
            .iter()
            .position(|id| id == text.trim())
            .and_then(|place| u8::try_from(place).ok());
        let Some(place) = place else {
            let value_text = shorten(text.trim(), 40);
            intake.fault(&value.span, FaultCode::QtiKeyUnknown { value: value_text });
            return None;
        };
        right.insert(place);
    }
    Some(right)
}

/// The places of the choices that a map gives points, where these make one right answer.
fn mapped(
    intake: &mut Intake<'_, '_>,
    declaration: &Element,
    ids: &[String],
    correct: &BTreeSet<u8>,
) -> Option<BTreeSet<u8>> {
    let mapping = one(declaration, "mapping");
    let number = |name: &str| {
        mapping
            .and_then(|mapping| attribute(mapping, name))
            .and_then(weight)
    };
    let mut points = vec![number("default-value").unwrap_or(0); ids.len()];
    for entry in mapping.into_iter().flat_map(|mapping| all(mapping, "map-entry")) {
        let id = attribute(entry, "map-key").unwrap_or_default().trim();
        let value = attribute(entry, "mapped-value").and_then(weight);
        match (
            ids.iter()
                .position(|known| known == id)
                .and_then(|place| points.get_mut(place)),
            value,
        ) {
            (Some(slot), Some(value)) => *slot = value,
            _ => {
                let value = shorten(id, 40);
                intake.fault(&entry.span, FaultCode::QtiKeyUnknown { value });
                return None;
            }
        }
    }
    let is_single = attribute(declaration, "cardinality").unwrap_or("single") == "single";
    let best = points.iter().copied().max().unwrap_or(0);
    let counts = |points: i64| points > 0 && (!is_single || points == best);
    let right: BTreeSet<u8> = (0..)
        .zip(&points)
        .filter(|(_, points)| counts(**points))
        .map(|(place, _)| place)
        .collect();
    let sum: i64 = points.iter().map(|points| (*points).max(0)).sum();
    let refused = match number("upper-bound") {
        // Fewer than all right choices earn everything then: which, nobody can say.
        Some(upper) if !is_single && upper < sum => Some("mapping upper-bound"),
        _ if !correct.is_empty() && *correct != right => Some("mapping ≠ correct-response"),
        _ => None,
    };
    if let Some(template) = refused {
        let template = template.to_owned();
        intake.fault(&declaration.span, FaultCode::QtiScoring { template });
        return None;
    }
    if is_single && points.iter().any(|points| *points != 0 && *points != best) {
        intake.often(&declaration.span, Often::PartialCredit);
    }
    if !is_single && right.len() > 1 {
        intake.often(&declaration.span, Often::AllOrNothing);
    }
    Some(right)
}
