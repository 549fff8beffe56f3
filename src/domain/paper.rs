//! The paper of one attempt: which questions, in which order, with options in which order.
//!
//! Owns drawing and shuffling, and what a shown label means; leaves texts to `question` and points to `scoring`. The
//! drawn paper is stored with the attempt: it is the evidence of what a citizen saw.

use super::contest::{DrawLine, PaperRules};
use super::question::{Level, Question, QuestionId, QuestionSet, SetId, SetVersion};
use rand::Rng;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The questions of one attempt in the order shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The set versions used; questions point into this list.
    #[serde(rename = "sets")]
    pub versions: Vec<SetVersion>,
    /// The questions in the order shown.
    pub questions: Vec<PaperQuestion>,
}

/// A question as placed on a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperQuestion {
    /// Index into [`Paper::versions`].
    #[serde(rename = "s")]
    pub version: u8,
    /// The question inside that set.
    #[serde(rename = "q")]
    pub question: QuestionId,
    /// `order[shown place] = place in the file`.
    #[serde(rename = "o")]
    pub order: Vec<u8>,
    /// Several options may be chosen.
    #[serde(rename = "m", default, skip_serializing_if = "std::ops::Not::not")]
    pub multiple: bool,
    /// Points of a question whose line names its own; `None` means those of the round.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
}

/// A draw that the sets cannot satisfy; `check` refuses such a contest, so this means a set was changed underneath.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("set {set} has too few questions left for a line that asks for {asked}")]
pub struct DrawError {
    /// The set that ran out.
    pub set: SetId,
    /// How many the line asks for.
    pub asked: u16,
}

/// A set with its version, ready to be drawn from.
#[derive(Debug, Clone, Copy)]
pub struct DrawSet<'a> {
    /// The version recorded on the paper.
    pub version: &'a SetVersion,
    /// Its questions.
    pub set: &'a QuestionSet,
}

impl Paper {
    /// Draws a paper. Lines that name a level are served first, because their choice is narrower; among equals the
    /// questions this person has `seen` least come first (peers QS-3), in random order.
    pub fn draw<'a>(
        rules: &'a PaperRules,
        sets: &BTreeMap<SetId, DrawSet<'a>>,
        seen: &BTreeMap<QuestionId, u32>,
        rng: &mut impl Rng,
    ) -> Result<Self, DrawError> {
        let versions: Vec<SetVersion> = sets.values().map(|set| set.version.clone()).collect();
        let mut drawn: Vec<Vec<PaperQuestion>> = rules.draw.iter().map(|_| Vec::new()).collect();
        let mut taken = BTreeMap::new();
        let mut lines: Vec<(usize, &DrawLine)> = rules.draw.iter().enumerate().collect();
        lines.sort_by_key(|(_, line)| line.level.is_none());
        for (place, line) in lines {
            let picked = draw_line(line, sets, &mut taken, seen, rng)?;
            let index = sets
                .keys()
                .position(|id| *id == line.set)
                .and_then(|index| u8::try_from(index).ok());
            let version = index.ok_or_else(|| DrawError {
                set: line.set.clone(),
                asked: line.count,
            })?;
            if let Some(slot) = drawn.get_mut(place) {
                *slot = picked
                    .into_iter()
                    .map(|question| PaperQuestion {
                        points: line.points,
                        ..place_question(question, version, rules, rng)
                    })
                    .collect();
            }
        }
        let mut questions: Vec<PaperQuestion> = drawn.into_iter().flatten().collect();
        if rules.shuffle.questions {
            shuffle(&mut questions, rng);
        }
        Ok(Self { versions, questions })
    }

    /// The question of that number, from 1.
    pub fn question(&self, number: u16) -> Option<&PaperQuestion> {
        usize::from(number)
            .checked_sub(1)
            .and_then(|index| self.questions.get(index))
    }

    /// The set version of a question of this paper.
    pub fn version_of(&self, question: &PaperQuestion) -> Option<&SetVersion> {
        self.versions.get(usize::from(question.version))
    }
}

/// A demand of the draw that a set cannot meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortfall {
    /// The level asked for; `None` for all lines together.
    pub level: Option<Level>,
    /// Questions asked for.
    pub asks: u32,
    /// Questions there are.
    pub holds: u32,
}

/// What the lines of a draw ask of a set beyond what it holds. A question has one level at most and is drawn once, so the
/// lines can be served exactly when each level, and the set as a whole, hold what their lines ask for.
pub fn shortfalls(draw: &[DrawLine], set: &QuestionSet) -> Vec<Shortfall> {
    let lines = || draw.iter().filter(|line| line.set == set.id);
    let asked = |level: Option<Level>| {
        lines()
            .filter(|line| level.is_none() || line.level == level)
            .map(|line| u32::from(line.count))
            .sum::<u32>()
    };
    let held = |level: Option<Level>| {
        let fits = set
            .questions
            .iter()
            .filter(|question| level.is_none() || question.level == level)
            .count();
        u32::try_from(fits).unwrap_or(u32::MAX)
    };
    [Some(Level::Easy), Some(Level::Medium), Some(Level::Hard), None]
        .into_iter()
        .map(|level| Shortfall {
            level,
            asks: asked(level),
            holds: held(level),
        })
        .filter(|short| short.asks > short.holds)
        .collect()
}

fn draw_line<'a>(
    line: &'a DrawLine,
    sets: &BTreeMap<SetId, DrawSet<'a>>,
    taken: &mut BTreeMap<&'a SetId, BTreeSet<&'a QuestionId>>,
    seen: &BTreeMap<QuestionId, u32>,
    rng: &mut impl Rng,
) -> Result<Vec<&'a Question>, DrawError> {
    let short = || DrawError {
        set: line.set.clone(),
        asked: line.count,
    };
    let set = sets.get(&line.set).ok_or_else(short)?.set;
    let fits = |level: Option<Level>| line.level.is_none() || level == line.level;
    // Mostly nothing: a set that only one line draws from needs no look at each question.
    let taken = taken.entry(&line.set).or_default();
    let free = |question: &&'a Question| taken.is_empty() || !taken.contains(&question.id);
    let mut pool: Vec<&Question> = set
        .questions
        .iter()
        .filter(|q| fits(q.level))
        .filter(free)
        .collect();
    if pool.len() < usize::from(line.count) {
        return Err(short());
    }
    shuffle(&mut pool, rng);
    if !seen.is_empty() {
        pool.sort_by_cached_key(|question| seen.get(&question.id).copied().unwrap_or(0));
    }
    pool.truncate(usize::from(line.count));
    taken.extend(pool.iter().map(|question| &question.id));
    Ok(pool)
}

fn place_question(question: &Question, version: u8, rules: &PaperRules, rng: &mut impl Rng) -> PaperQuestion {
    let places = (0..).zip(&question.options);
    let mut order: Vec<u8> = places.clone().map(|(place, _)| place).collect();
    if rules.shuffle.options {
        let mut free: Vec<u8> = places
            .filter(|(_, option)| !option.pin)
            .map(|(place, _)| place)
            .collect();
        shuffle(&mut free, rng);
        let mut free = free.into_iter();
        for (slot, option) in order.iter_mut().zip(&question.options) {
            if !option.pin {
                *slot = free.next().unwrap_or(*slot);
            }
        }
    }
    PaperQuestion {
        version,
        question: question.id.clone(),
        order,
        multiple: question.multiple,
        points: None,
    }
}

/// Fisher and Yates with unbiased bounded sampling: each order is equally likely. Written out because the shuffle of
/// the rand crate may change between releases.
fn shuffle<T>(items: &mut [T], rng: &mut impl Rng) {
    for last in (1..items.len()).rev() {
        items.swap(below(last as u64 + 1, rng) as usize, last);
    }
}

/// A number in `0..bound` without bias: values beyond the largest multiple of `bound` are drawn again.
fn below(bound: u64, rng: &mut impl Rng) -> u64 {
    let limit = u64::MAX - u64::MAX % bound;
    loop {
        let value = rng.next_u64();
        if value < limit {
            return value % bound;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::contest::Shuffle;
    use super::super::question::QuestionOption;
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::ChaCha12Rng;

    fn question(id: &str, level: Level, pins: [bool; 4]) -> Question {
        let option = |pin| QuestionOption {
            text: format!("{id} {pin}"),
            pin,
        };
        Question {
            id: QuestionId(id.to_owned()),
            text: id.to_owned(),
            options: pins.map(option).to_vec(),
            multiple: false,
            level: Some(level),
            explanation: None,
            source: None,
            topic: None,
            media: Vec::new(),
        }
    }

    fn set() -> QuestionSet {
        let easy = (0..6).map(|n| question(&format!("e{n}"), Level::Easy, [false, false, false, true]));
        let hard = (0..6).map(|n| question(&format!("h{n}"), Level::Hard, [false; 4]));
        QuestionSet {
            id: SetId("s".into()),
            title: "S".into(),
            questions: easy.chain(hard).collect(),
        }
    }

    fn rules(lines: &[(Option<Level>, u16)]) -> PaperRules {
        let line = |(level, count): &(Option<Level>, u16)| DrawLine {
            set: SetId("s".into()),
            level: *level,
            count: *count,
            points: None,
        };
        PaperRules {
            all_answered: false,
            draw: lines.iter().map(line).collect(),
            points: 10,
            time_limit_s: Some(900),
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
        }
    }

    fn draw(rules: &PaperRules, seen: &BTreeMap<QuestionId, u32>, seed: u64) -> Result<Paper, DrawError> {
        let (set, version) = (set(), SetVersion("v".into()));
        let sets = BTreeMap::from([(
            set.id.clone(),
            DrawSet {
                version: &version,
                set: &set,
            },
        )]);
        Paper::draw(rules, &sets, seen, &mut ChaCha12Rng::seed_from_u64(seed))
    }

    #[test]
    fn a_general_line_leaves_enough_for_a_line_that_names_a_level() {
        let rules = rules(&[(None, 6), (Some(Level::Easy), 6)]);
        for seed in 0..200 {
            let paper = draw(&rules, &BTreeMap::new(), seed).unwrap();
            let different: BTreeSet<_> = paper.questions.iter().map(|q| &q.question).collect();
            assert_eq!(different.len(), 12, "no question twice");
        }
    }

    #[test]
    fn a_draw_beyond_the_set_is_refused_not_shortened() {
        let refused = draw(&rules(&[(Some(Level::Hard), 7)]), &BTreeMap::new(), 1);
        assert_eq!(
            refused,
            Err(DrawError {
                set: SetId("s".into()),
                asked: 7
            })
        );
    }

    #[test]
    fn questions_seen_least_come_first() {
        let seen = (0..6)
            .filter(|n| *n != 2)
            .map(|n| (QuestionId(format!("e{n}")), 1))
            .collect();
        for seed in 0..50 {
            let paper = draw(&rules(&[(Some(Level::Easy), 1)]), &seen, seed).unwrap();
            assert_eq!(paper.questions[0].question.0, "e2");
        }
    }

    #[test]
    fn a_pinned_option_keeps_its_place_and_the_others_are_shuffled() {
        let rules = rules(&[(Some(Level::Easy), 6)]);
        let papers: Vec<Paper> = (0..40)
            .map(|seed| draw(&rules, &BTreeMap::new(), seed).unwrap())
            .collect();
        let orders: BTreeSet<&Vec<u8>> = papers
            .iter()
            .flat_map(|p| &p.questions)
            .map(|q| &q.order)
            .collect();
        assert_eq!(orders.len(), 6, "all orders of the three free options occur");
        assert!(orders.iter().all(|order| order[3] == 3));
    }

    #[test]
    fn every_place_is_equally_likely_for_every_option() {
        let mut counts = [[0u32; 4]; 4];
        let mut rng = ChaCha12Rng::seed_from_u64(9);
        for _ in 0..40_000 {
            let mut items = [0, 1, 2, 3];
            shuffle(&mut items, &mut rng);
            for (place, item) in items.into_iter().enumerate() {
                counts[place][item] += 1;
            }
        }
        // Chi square over 16 cells of 10,000 each; 9 degrees of freedom, 27.9 is the 0.1 % border.
        let chi: f64 = counts
            .iter()
            .flatten()
            .map(|n| (f64::from(*n) - 10_000.0).powi(2) / 10_000.0)
            .sum();
        assert!(chi < 27.9, "chi square {chi}");
    }

    #[test]
    fn the_stored_form_is_short_and_reads_back() {
        let paper = draw(&rules(&[(None, 2)]), &BTreeMap::new(), 3).unwrap();
        let stored = serde_json::to_string(&paper).unwrap();
        assert!(stored.len() < 120, "{stored}");
        assert_eq!(serde_json::from_str::<Paper>(&stored).unwrap(), paper);
    }

    #[test]
    fn a_question_carries_the_points_of_its_line_wherever_it_is_shown() {
        let mut rules = rules(&[(Some(Level::Easy), 4), (Some(Level::Hard), 3)]);
        rules.draw[1].points = Some(20);
        for seed in 0..20 {
            let paper = draw(&rules, &BTreeMap::new(), seed).unwrap();
            let of = |q: &PaperQuestion| (q.question.0.starts_with('h'), q.points);
            let mut found: Vec<_> = paper.questions.iter().map(of).collect();
            found.sort_unstable();
            assert_eq!(found[..4], [(false, None); 4]);
            assert_eq!(found[4..], [(true, Some(20)); 3]);
            let stored = serde_json::to_string(&paper).unwrap();
            assert_eq!(stored.matches("\"p\":20").count(), 3);
            assert_eq!(serde_json::from_str::<Paper>(&stored).unwrap(), paper);
        }
    }

    #[test]
    fn a_draw_falls_short_of_a_level_or_of_the_whole_set() {
        let short = |lines: &[(Option<Level>, u16)]| {
            let found = shortfalls(&rules(lines).draw, &set());
            found
                .into_iter()
                .map(|s| (s.level, s.asks, s.holds))
                .collect::<Vec<_>>()
        };
        assert_eq!(short(&[(Some(Level::Easy), 6), (None, 6)]), []);
        assert_eq!(
            short(&[(Some(Level::Easy), 4), (Some(Level::Easy), 3)]),
            [(Some(Level::Easy), 7, 6)]
        );
        assert_eq!(short(&[(Some(Level::Hard), 6), (None, 7)]), [(None, 13, 12)]);
        assert_eq!(short(&[(Some(Level::Medium), 1)]), [(Some(Level::Medium), 1, 0)]);
    }
}
