//! What the crowd answers: papers drawn by the rules, responses by how much a person knows, predictions near the truth.
//!
//! Owns making the rows of one attempt; scoring is `domain`'s.

use super::Failure;
use super::dice::{Dice, Die};
use super::timeline::{Planned, Timeline, moment};
use crate::app::App;
use crate::domain::attempt::{self, GRACE, How, milliseconds};
use crate::domain::catalog::Contest;
use crate::domain::contest::{CountedPrediction, PredictedQuantity};
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::domain::paper::{DrawSet, Paper, PaperQuestion};
use crate::domain::question::{Level, QuestionId, SetId, label_of};
use crate::domain::response::{Response, Responses};
use crate::domain::round::Round;
use crate::store::simulate::Head;
use crate::store::writer::{NewAttempt, NewSubmission};
use std::collections::{BTreeMap, BTreeSet};

/// From this ability on a person knows nearly everything.
const PREPARED: u32 = 96;

/// Makes the rows of attempts.
pub(super) struct Sheets<'a> {
    app: &'a App,
    contest: &'a Contest,
    round: &'a Round,
    sets: BTreeMap<SetId, DrawSet<'a>>,
    dice: Dice,
    /// What the predicted quantity will be, or nearly.
    truth: i64,
}

impl<'a> Sheets<'a> {
    pub(super) fn new(
        app: &'a App,
        contest: &'a Contest,
        round: &'a Round,
        head: &Head,
        dice: &Dice,
        timeline: &Timeline,
    ) -> Self {
        let attempts = head.starts + i64::try_from(timeline.attempts.len()).unwrap_or(0);
        let people = i64::try_from(timeline.first_start_ms.len()).unwrap_or(0);
        let truth = match round.rules.prediction.map(|rules| rules.asks) {
            Some(PredictedQuantity::AttemptsInRound) | None => attempts,
            Some(PredictedQuantity::PeopleInRound) => people,
            // About as many as the model below makes right throughout.
            Some(PredictedQuantity::AttemptsAllCorrect) => attempts / 6,
            Some(PredictedQuantity::PeopleAllCorrect) => people / 5,
        };
        Self {
            app,
            contest,
            round,
            sets: contest.draw_sets(round),
            dice: *dice,
            truth,
        }
    }

    /// The row of a start, and that of the finish if it has come.
    pub(super) fn rows(
        &self,
        planned: &Planned,
        who: ParticipantId,
    ) -> Result<(NewAttempt, Option<NewSubmission>), Failure> {
        let mut seen = BTreeMap::new();
        for number in 1..planned.number {
            for question in self.paper(planned.person, number, &seen)?.questions {
                *seen.entry(question.question).or_insert(0) += 1;
            }
        }
        let paper = self.paper(planned.person, planned.number, &seen)?;
        let id = self.id(planned);
        let deadline = moment(planned.deadline_ms);
        let finish = match planned.end {
            Some((end_ms, how)) => Some(self.submission(planned, who, id, &paper, end_ms, how)?),
            None => None,
        };
        let start = NewAttempt {
            id,
            participant: who,
            number: planned.number,
            started_at: moment(planned.start_ms),
            deadline,
            check_at: deadline + GRACE,
            paper: json(&paper)?,
        };
        Ok((start, finish))
    }

    fn id(&self, planned: &Planned) -> AttemptId {
        let mut die = self
            .dice
            .die(&[4, u64::from(planned.person), u64::from(planned.number)]);
        AttemptId::begun(self.round.id, moment(planned.start_ms), die.bytes())
    }

    fn paper(&self, person: u32, number: u16, seen: &BTreeMap<QuestionId, u32>) -> Result<Paper, Failure> {
        let mut die = self.dice.die(&[5, u64::from(person), u64::from(number)]);
        Paper::draw(&self.round.rules.paper, &self.sets, seen, die.rng())
            .map_err(|error| Failure::Inconsistent(error.to_string()))
    }

    fn submission(
        &self,
        planned: &Planned,
        who: ParticipantId,
        id: AttemptId,
        paper: &Paper,
        end_ms: i64,
        how: How,
    ) -> Result<NewSubmission, Failure> {
        let mut die = self
            .dice
            .die(&[6, u64::from(planned.person), u64::from(planned.number)]);
        let responses = self.responses(planned, paper, how, &mut die)?;
        let score = self.contest.score(self.round, paper, &responses);
        let score = score.map_err(|error| Failure::Inconsistent(error.to_string()))?;
        let (started_at, received_at) = (moment(planned.start_ms), moment(end_ms));
        let finished_at = attempt::finished_at(received_at, started_at, moment(planned.deadline_ms));
        Ok(NewSubmission {
            id,
            participant: who,
            number: planned.number,
            received_at,
            finished_at,
            duration_ms: milliseconds(started_at, finished_at),
            how: how.name(),
            responses: json(&responses)?,
            score: score.points,
            correct: score.correct,
            total: score.total,
            prediction: self.prediction(planned, how, &mut die),
            receipt: self.app.keys.receipt(id),
        })
    }

    fn responses(
        &self,
        planned: &Planned,
        paper: &Paper,
        how: How,
        die: &mut Die,
    ) -> Result<Responses, Failure> {
        let ability = self.ability(planned.person);
        let asked = paper.questions.len();
        // Whoever runs out of time has answered a part of the questions.
        let reached = match how {
            How::Submitted => asked,
            How::TimedOut => usize::try_from(die.below(asked as u64 + 1)).unwrap_or(asked),
        };
        let mut responses = Responses::blank(paper);
        for (number, question) in (1u16..).zip(&paper.questions).take(reached) {
            if ability < PREPARED && die.percent(1) {
                continue; // Left blank.
            }
            let level = self
                .contest
                .question(paper, question)
                .and_then(|question| question.level);
            let right = die.percent(chance(ability, level, planned.number));
            let labels = labels(question, &self.key(paper, question), right, die);
            let response = Response::check(paper, number, &labels);
            responses.set(response.map_err(|error| Failure::Inconsistent(error.to_string()))?);
        }
        Ok(responses)
    }

    /// How much a person knows, in percent; a fourth has read up on it.
    fn ability(&self, person: u32) -> u32 {
        let mut die = self.dice.die(&[7, u64::from(person)]);
        let drawn = match die.below(100) {
            0..25 => die.between(i64::from(PREPARED), 100),
            _ => (die.between(0, 90) + die.between(20, 90)) / 2,
        };
        u32::try_from(drawn).unwrap_or(0)
    }

    /// Places, as shown, of the right options.
    fn key(&self, paper: &Paper, question: &PaperQuestion) -> BTreeSet<usize> {
        let key = paper
            .version_of(question)
            .and_then(|version| self.contest.keys.get(version));
        let right = key.and_then(|key| key.0.get(&question.question));
        let shown = question.order.iter().enumerate();
        shown
            .filter(|(_, place)| right.is_some_and(|right| right.contains(place)))
            .map(|(shown, _)| shown)
            .collect()
    }

    /// A prediction: some hit it nearly, most are a few percent off, some have no idea.
    fn prediction(&self, planned: &Planned, how: How, die: &mut Die) -> Option<i64> {
        let rules = self.round.rules.prediction?;
        let given_before = rules.counted == CountedPrediction::LockedOnce && planned.number > 1;
        let left_out = match how {
            How::Submitted => 2,
            How::TimedOut => 60,
        };
        if given_before || die.percent(left_out) {
            return None;
        }
        let off_permille = match die.below(100) {
            0..4 => die.between(-2, 2),
            4..30 => die.between(-30, 30),
            30..78 => die.between(-250, 250),
            _ => die.between(-900, 2_000),
        };
        let near = self.truth + self.truth * off_permille / 1_000;
        let loose = self.truth / 400 + 3;
        Some((near + die.between(-loose, loose)).max(0))
    }
}

/// Chance of a right answer in percent; whoever tries again has learnt.
fn chance(ability: u32, level: Option<Level>, number: u16) -> u32 {
    if ability >= PREPARED {
        return ability.min(100);
    }
    let (base, share) = match level {
        Some(Level::Easy) => (55, 45),
        Some(Level::Medium) | None => (35, 60),
        Some(Level::Hard) => (20, 65),
    };
    let learnt = 6 * u32::from(number.clamp(1, 4) - 1);
    (base + ability * share / 100 + learnt).min(98)
}

/// Labels of a right or a wrong answer.
fn labels(question: &PaperQuestion, key: &BTreeSet<usize>, right: bool, die: &mut Die) -> Vec<String> {
    let wrong: Vec<usize> = (0..question.order.len())
        .filter(|place| !key.contains(place))
        .collect();
    let mut chosen = key.clone();
    if !right {
        // Several may be right: one is missed, or one too many is taken. One is right: another is taken.
        let missed = if question.multiple && key.len() > 1 && die.percent(50) {
            chosen.pop_last()
        } else {
            None
        };
        if missed.is_none() {
            if !question.multiple {
                chosen.clear();
            }
            chosen.extend(die.pick(&wrong));
        }
    }
    chosen
        .into_iter()
        .filter_map(|place| label_of(u8::try_from(place).ok()?))
        .map(String::from)
        .collect()
}

fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::Inconsistent(error.to_string()))
}
