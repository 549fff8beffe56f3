//! A made-up crowd that depends on a number alone: many full scores, many equal times, guesses around what comes out.
//!
//! Owns who enters and what they hand in; rules are nowhere in it.

use crate::oracle::Plain;
use hoithi::bank::LoadedContest;
use hoithi::domain::attempt::How;
use hoithi::domain::ids::{AttemptId, ParticipantId, RoundId, UnitId};
use hoithi::domain::ranking::Entry;
use hoithi::domain::unit::{Unit, fold};
use rand::rngs::ChaCha8Rng;
use rand::{Rng, RngExt, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};
use time::Duration;

pub(crate) struct Crowd {
    pub(crate) units: Vec<Unit>,
    pub(crate) rounds: Vec<Vec<Entry>>,
    pub(crate) barred: BTreeSet<i64>,
}

impl Crowd {
    /// `people` people with at most `most` attempts in a round.
    pub(crate) fn draw(contest: &LoadedContest, seed: u64, people: usize, most: usize) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let units = units(contest);
        // People enter for the lowest units alone.
        let parents: BTreeSet<&str> = contest.units.iter().filter_map(|u| u.parent.as_deref()).collect();
        let lowest: Vec<&Unit> = units
            .iter()
            .filter(|unit| !parents.contains(unit.definition.code.as_str()))
            .collect();
        let home: Vec<UnitId> = (0..people)
            .map(|_| lowest[rng.random_range(0..lowest.len())].id)
            .collect();
        let barred = (0..people as i64).filter(|_| rng.random_bool(0.04)).collect();
        let mut crowd = Self {
            units,
            rounds: Vec::new(),
            barred,
        };
        for round in 0..contest.definition.rounds.len() {
            let entries = crowd.round(contest, round, &home, most, &mut rng);
            crowd.rounds.push(entries);
        }
        crowd
    }

    fn round(
        &self,
        contest: &LoadedContest,
        round: usize,
        home: &[UnitId],
        most: usize,
        rng: &mut ChaCha8Rng,
    ) -> Vec<Entry> {
        let definition = &contest.definition.rounds[round];
        let (questions, points) = (
            definition.rules.paper.question_count(),
            definition.rules.paper.points,
        );
        let total = u16::try_from(questions).unwrap();
        let mut numbers: BTreeMap<i64, u16> = BTreeMap::new();
        let tries = home.len() * most / 2;
        let around = (tries / 3) as i64;
        (1..=tries as i64)
            .map(|sequence| {
                // Later attempts of a person who has used all are those of somebody else.
                let person = loop {
                    let person = rng.random_range(0..home.len() as i64);
                    if usize::from(numbers.get(&person).copied().unwrap_or(0)) < most {
                        break person;
                    }
                };
                let number = *numbers.entry(person).and_modify(|n| *n += 1).or_insert(1);
                let mut random = [0; 12];
                rng.fill_bytes(&mut random);
                let wrong = if rng.random_bool(0.4) {
                    0
                } else {
                    rng.random_range(0..4)
                };
                let correct = total - wrong;
                let duration_ms = rng.random_range(40..70) * 1_000;
                let finished_at = definition.opens_at + Duration::seconds(sequence / 3 * 60);
                Entry {
                    attempt: AttemptId::new(RoundId(round as i32 + 1), random),
                    participant: ParticipantId(person),
                    unit: home[person as usize],
                    number,
                    sequence,
                    started_at: finished_at - Duration::milliseconds(duration_ms),
                    finished_at,
                    how: How::Submitted,
                    score: u32::from(correct) * points,
                    correct,
                    total,
                    duration_ms,
                    prediction: rng
                        .random_bool(0.9)
                        .then(|| (around + rng.random_range(-20..20)).max(0)),
                    registered_at: definition.opens_at,
                    birth_date: time::Date::from_ordinal_date(1980 + (person % 20) as i32, 1).unwrap(),
                }
            })
            .collect()
    }

    pub(crate) fn plain(&self, round: usize) -> Vec<Plain> {
        let plain = |entry: &Entry| Plain {
            person: entry.participant.0,
            unit: self.code(entry.unit).to_owned(),
            attempt: *entry.attempt.as_bytes(),
            score: i64::from(entry.score),
            right: i64::from(entry.correct),
            used_ms: entry.duration_ms,
            finished: entry.finished_at.unix_timestamp(),
            sequence: entry.sequence,
            guess: entry.prediction,
        };
        self.rounds[round].iter().map(plain).collect()
    }

    pub(crate) fn code(&self, id: UnitId) -> &str {
        &self
            .units
            .iter()
            .find(|unit| unit.id == id)
            .unwrap()
            .definition
            .code
    }

    pub(crate) fn unit_of(&self, person: i64) -> &str {
        let mut entries = self.rounds.iter().flatten();
        let own = entries.find(|entry| entry.participant.0 == person).unwrap();
        self.code(own.unit)
    }

    /// Units at the top that have a headcount, with it.
    pub(crate) fn tops(&self) -> impl Iterator<Item = (&str, u32)> {
        let tops = self.units.iter().filter(|unit| unit.level == 1);
        tops.filter_map(|unit| Some((unit.definition.code.as_str(), unit.definition.headcount?)))
    }
}

fn units(contest: &LoadedContest) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (id, definition) in (1..).zip(&contest.units) {
        let above = units
            .iter()
            .find(|unit| Some(&unit.definition.code) == definition.parent.as_ref());
        let ancestors: Vec<UnitId> = above
            .iter()
            .flat_map(|unit| std::iter::once(unit.id).chain(unit.ancestors.clone()))
            .collect();
        units.push(Unit {
            id: UnitId(id),
            level: u8::try_from(ancestors.len() + 1).unwrap(),
            folded: fold(&definition.name),
            definition: definition.clone(),
            ancestors,
        });
    }
    units
}
