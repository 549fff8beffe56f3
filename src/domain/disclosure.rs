//! Which questions of a round may be shown with their key, once its results are out.
//!
//! Owns the rule that a question which somebody may still be asked stays secret, in whatever set, version or contest it
//! stands; leaves publication itself to `round` and the page to `web`.

use super::catalog::{Catalog, Contest};
use super::contest::KeyPublication;
use super::marking::Marking;
use super::question::{AnswerKey, Question, QuestionSet, SetId, SetVersion};
use super::round::{Round, RoundPhase, RoundStage};
use super::unit::fold;
use std::collections::{BTreeSet, HashSet};
use time::OffsetDateTime;

/// A question with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosed<'a> {
    /// The version of its set.
    pub version: &'a SetVersion,
    /// The question.
    pub question: &'a Question,
    /// Places of the right options in the file, 0 = A; by the marking where the question has one.
    pub right: BTreeSet<u8>,
    /// How it was marked in the end, where the key of its set did not hold.
    pub marking: Option<&'a Marking>,
}

/// What may be shown of a round's questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disclosure<'a> {
    /// The contest never shows keys.
    Never,
    /// Not before the round, or every round, is published.
    Later(KeyPublication),
    /// These, in the order of the files; `held` more may still be asked in another round.
    Open {
        /// With their keys.
        questions: Vec<Disclosed<'a>>,
        /// Kept back.
        held: usize,
    },
}

/// What may be shown of a round's questions at `now`.
pub fn disclosure<'a>(
    catalog: &Catalog,
    contest: &'a Contest,
    round: &'a Round,
    now: OffsetDateTime,
) -> Disclosure<'a> {
    shown(catalog, contest, round, now, |round| {
        round.stage == RoundStage::Published
    })
}

/// What a paper of the organisers may hold of a round's questions at `now`: papers are made out before the result that they
/// go with is published, so it is enough that the round, or every round, is closed.
pub fn on_paper<'a>(
    catalog: &Catalog,
    contest: &'a Contest,
    round: &'a Round,
    now: OffsetDateTime,
) -> Disclosure<'a> {
    shown(catalog, contest, round, now, |round| {
        round.stage != RoundStage::Scheduled
    })
}

fn shown<'a>(
    catalog: &Catalog,
    contest: &'a Contest,
    round: &'a Round,
    now: OffsetDateTime,
    is_out: impl Fn(&Round) -> bool,
) -> Disclosure<'a> {
    let rule = contest.definition.answer_key;
    let ready = match rule {
        KeyPublication::Never => return Disclosure::Never,
        KeyPublication::AfterRound => is_out(round),
        KeyPublication::AfterContest => contest.rounds.iter().all(&is_out),
    };
    if !ready {
        return Disclosure::Later(rule);
    }
    let secret = still_asked(catalog, contest, round, now);
    let (mut questions, mut held) = (Vec::new(), 0);
    for (version, set, key) in asked(contest, round) {
        for question in set
            .questions
            .iter()
            .filter(|question| is_drawn(round, set, question))
        {
            match key.0.get(&question.id) {
                Some(right) if !secret.contains(&fold(&question.text)) => {
                    let marking = round.markings.get(version, &question.id);
                    questions.push(Disclosed {
                        version,
                        question,
                        right: marking.map_or_else(|| right.clone(), Marking::right),
                        marking,
                    });
                }
                Some(_) | None => held += 1,
            }
        }
    }
    Disclosure::Open { questions, held }
}

/// The sets that a round draws from, with their versions and keys.
fn asked<'a>(
    contest: &'a Contest,
    round: &'a Round,
) -> Vec<(&'a SetVersion, &'a QuestionSet, &'a AnswerKey)> {
    let drawn = |id: &SetId| round.rules.paper.draw.iter().any(|line| &line.set == id);
    let versions = round.sets.iter().filter(|(id, _)| drawn(id));
    versions
        .filter_map(|(_, version)| Some((version, contest.sets.get(version)?, contest.keys.get(version)?)))
        .collect()
}

/// Whether a line of the round's draw can bring the question.
fn is_drawn(round: &Round, set: &QuestionSet, question: &Question) -> bool {
    let mut lines = round.rules.paper.draw.iter().filter(|line| line.set == set.id);
    lines.any(|line| line.level.is_none() || line.level == question.level)
}

/// Texts of every question that a round which is not sealed may ask, of any contest: the same question may stand in
/// several sets, and in a corrected version of one.
fn still_asked(catalog: &Catalog, own: &Contest, except: &Round, now: OffsetDateTime) -> HashSet<String> {
    let contests = catalog.contests().iter().map(AsRef::as_ref);
    // The contest at hand may be newer or older than the one in the catalog; both count.
    let rounds = contests
        .chain([own])
        .flat_map(|contest| contest.rounds.iter().map(move |round| (contest, round)));
    let running = rounds.filter(|(_, round)| round.id != except.id && round.phase(now) < RoundPhase::Sealed);
    running
        .flat_map(|(contest, round)| {
            let sets = asked(contest, round).into_iter();
            sets.flat_map(move |(_, set, _)| set.questions.iter().filter(move |q| is_drawn(round, set, q)))
        })
        .map(|question| fold(&question.text))
        .collect()
}

#[cfg(test)]
#[path = "disclosure_tests.rs"]
mod tests;
