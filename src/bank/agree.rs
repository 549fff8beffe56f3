//! Whether the rules of a round agree with each other: the points of lines that draw from one pool, prediction and ranking.
//!
//! Owns these checks alone; what each key may be is said where it is read.

use super::code::FaultCode;
use super::rules::{DrawnLine, RulesDraft};
use crate::domain::contest::{CountedAttempt, CountedPrediction, RankField};
use std::ops::Range;

/// A question that two lines may draw, and that gives other points by the one than by the other: of two people with the same
/// question right one has more.
pub(super) fn check_points(mut note: impl FnMut(&Range<usize>, FaultCode), rules: &RulesDraft) {
    let Some(draw) = &rules.draw else { return };
    let points = |drawn: &DrawnLine| {
        let is_read = drawn.line.points.is_none() || drawn.points_span.is_some();
        drawn.line.points.or(rules.points).filter(|_| is_read)
    };
    let overlap = |one: &DrawnLine, other: &DrawnLine| {
        let (a, b) = (&one.line, &other.line);
        a.set == b.set && (a.level == b.level || a.level.is_none() || b.level.is_none())
    };
    let mut rest = draw.value.lines.as_slice();
    while let [earlier @ .., drawn] = rest {
        rest = earlier;
        let same = |other: &&DrawnLine| overlap(other, drawn) && points(other) != points(drawn);
        let Some(other) = earlier.iter().find(same) else {
            continue;
        };
        if let (Some(first), Some(second)) = (points(other), points(drawn)) {
            let set = drawn.line.set.0.clone();
            let (first, second) = (u64::from(first), u64::from(second));
            let span = drawn.points_span.as_ref().unwrap_or(&drawn.set_span);
            note(span, FaultCode::DrawPointsMixed { set, first, second });
        }
    }
}

/// A prediction that nothing uses, and a ranking that uses one which is not asked for.
pub(super) fn check_prediction(mut note: impl FnMut(&Range<usize>, FaultCode), rules: &RulesDraft) {
    if let (None, Some(span)) = (&rules.asks, &rules.prediction_span) {
        let (key, table) = ("asks".to_owned(), "[prediction]".to_owned());
        note(
            span,
            FaultCode::MissingKey {
                key,
                table,
                example: "asks = \"attempts-in-round\"",
            },
        );
        return;
    }
    check_prediction_points(&mut note, rules);
    let Some(order) = &rules.order else { return };
    let uses = |field| order.value.iter().any(|key| key.by == field);
    let ranks = uses(RankField::PredictionError) || uses(RankField::PredictionAbove);
    let earns = rules.earns_by_prediction() && uses(RankField::Score);
    match (&rules.asks, rules.predicted()) {
        (Some(asks), Some(_)) if !ranks && !earns => note(&asks.span, FaultCode::PredictionUnused {}),
        (_, None) if ranks => note(&order.span, FaultCode::OrderWithoutPrediction {}),
        _ => {}
    }
    if let Some(points) = rules.prediction_points.as_ref().filter(|_| earns)
        && uses(RankField::PredictionError)
    {
        note(&points.span, FaultCode::PredictionTwice {});
    }
}

/// Points for predictions against the attempts that count and the gate.
fn check_prediction_points(note: &mut impl FnMut(&Range<usize>, FaultCode), rules: &RulesDraft) {
    let Some(points) = rules
        .prediction_points
        .as_ref()
        .filter(|_| rules.earns_by_prediction())
    else {
        return;
    };
    let resolved = rules.resolve();
    let counted = resolved.prediction.map(|rule| rule.counted);
    let by_score = matches!(
        resolved.attempts.counts,
        CountedAttempt::Best | CountedAttempt::SumOfRounds
    );
    let once = resolved.attempts.per_round == Some(1);
    if counted == Some(CountedPrediction::OfCountedAttempt) && by_score && !once {
        note(&points.span, FaultCode::PredictionPointsBest {});
    }
    let max = resolved.paper.max_score();
    if let Some(gate) = rules
        .min_score
        .as_ref()
        .filter(|gate| gate.value == max && max > 0)
    {
        let min_score = u64::from(gate.value);
        note(&gate.span, FaultCode::GateByPrediction { min_score });
    }
}
