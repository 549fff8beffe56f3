//! Whether the rules of a contest agree with each other across tables: caps, phases, the ranking over all rounds.
//!
//! Owns these checks alone; what each key may be is said where it is read.

use super::code::FaultCode;
use super::fault::Subject;
use super::format::{At, Reader};
use super::rounds::RoundDraft;
use super::rules::RulesDraft;
use crate::domain::contest::{Keep, RankField};

/// Rounds of a phase follow one another.
pub(super) fn check_phases(reader: &mut Reader<'_, '_>, rounds: &[RoundDraft]) {
    let mut seen: Vec<&str> = Vec::new();
    for round in rounds {
        let Some(phase) = &round.phase else {
            // A round without a phase ends the one before it.
            seen.push("");
            continue;
        };
        let name = phase.value.as_str();
        if seen.last() != Some(&name) {
            if seen.contains(&name) {
                reader.subject = Subject::Round(round.place);
                let phase_name = phase.value.clone();
                reader.fault(&phase.span, FaultCode::PhaseSplit { phase: phase_name });
            }
            seen.push(name);
        }
    }
    reader.subject = Subject::File;
}

/// What `[overall]` may not say; `own` is that table alone.
pub(super) fn check_overall(reader: &mut Reader<'_, '_>, own: &RulesDraft, rounds: usize) {
    if let Some(least) = own
        .min_rounds
        .as_ref()
        .filter(|least| usize::from(least.value) > rounds)
    {
        let (min_rounds, rounds) = (u64::from(least.value), rounds as u64);
        reader.fault(&least.span, FaultCode::MinRoundsTooMany { min_rounds, rounds });
    }
    let Some(order) = &own.order else { return };
    if order.value.iter().any(|key| key.by == RankField::PredictionAbove) {
        reader.fault(&order.span, FaultCode::OverallAbove {});
    }
}

/// A wider cap smaller than a narrower one makes the narrower one void; a cap per phase needs phases.
pub(super) fn check_caps(reader: &mut Reader<'_, '_>, base: &RulesDraft, rounds: &[RoundDraft]) {
    if let Some(phase) = base.person_phase.as_ref().filter(|cap| cap.value.is_some())
        && !rounds.iter().any(|round| round.phase.is_some())
    {
        reader.fault(&phase.span, FaultCode::CapWithoutPhases {});
    }
    let value = |cap: &Option<At<Option<u16>>>| cap.as_ref().and_then(|cap| cap.value);
    let narrow = base.person_round.flatten().max(value(&base.person_phase));
    if let Some(contest) = &base.person_contest
        && let (Some(wide), Some(narrow)) = (contest.value, narrow)
        && wide < narrow
    {
        let (wide, narrow) = (u64::from(wide), u64::from(narrow));
        reader.fault(&contest.span, FaultCode::CapReversed { wide, narrow });
    }
    let none_over_rounds = value(&base.person_phase).is_none() && value(&base.person_contest).is_none();
    if let Some(keep) = base
        .person_keep
        .as_ref()
        .filter(|keep| keep.value == Keep::Highest)
        && none_over_rounds
    {
        reader.fault(&keep.span, FaultCode::KeepWithoutCap {});
    }
    if let Some(contest) = &base.per_contest
        && let (Some(wide), Some(narrow)) = (contest.value, base.per_round.unwrap_or(Some(1)))
        && wide < narrow
    {
        let (wide, narrow) = (u64::from(wide), u64::from(narrow));
        reader.fault(&contest.span, FaultCode::AttemptsReversed { wide, narrow });
    }
}
