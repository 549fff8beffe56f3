//! Everything loaded, as one immutable snapshot that requests share.
//!
//! Owns look-ups by address, number and code; leaves filling it to `store` and replacing it to `app`.

use super::contest::{ContestDefinition, RoundDefinition};
use super::exclusion::Barred;
use super::ids::{ContestId, RoundId, UnitId};
use super::item_answers::ItemIndex;
use super::paper::{DrawSet, Paper, PaperQuestion};
use super::question::{AnswerKey, Question, QuestionSet, SetId, SetVersion};
use super::question_bank::Bank;
use super::response::Responses;
use super::round::{Round, RoundPhase};
use super::scoring::{self, MissingKey, Score};
use super::set_diff::KeyedSet;
use super::unit::Unit;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};
use time::OffsetDateTime;

/// All contests at one moment.
#[derive(Debug, Default)]
pub struct Catalog {
    contests: Vec<Arc<Contest>>,
    by_round: HashMap<RoundId, (usize, usize)>,
    bank: OnceLock<Bank>,
}

/// A loaded contest with everything a request may need of it.
#[derive(Debug)]
pub struct Contest {
    /// Number in the database.
    pub id: ContestId,
    /// What the directory says.
    pub definition: ContestDefinition,
    /// Holds simulated entries.
    pub demonstration: bool,
    /// The rounds in force, in order of number.
    pub rounds: Vec<Round>,
    /// Units in the order of the file.
    pub units: Vec<Unit>,
    /// Question sets of every version ever loaded.
    pub sets: BTreeMap<SetVersion, QuestionSet>,
    /// Keys of the same versions.
    pub keys: BTreeMap<SetVersion, AnswerKey>,
    /// The newest version of each set: the one that was loaded or made last, whichever rounds use it.
    pub heads: BTreeMap<SetId, SetVersion>,
}

/// A question that papers of a round are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Drawn<'a> {
    /// The version of its set.
    pub version: &'a SetVersion,
    /// Its set.
    pub set: &'a QuestionSet,
    /// The question.
    pub question: &'a Question,
}

impl Catalog {
    /// Builds the indexes.
    pub fn new(contests: Vec<Contest>) -> Self {
        let contests: Vec<Arc<Contest>> = contests.into_iter().map(Arc::new).collect();
        let places = contests.iter().enumerate().flat_map(|(contest, loaded)| {
            loaded
                .rounds
                .iter()
                .enumerate()
                .map(move |(round, r)| (r.id, (contest, round)))
        });
        Self {
            by_round: places.collect(),
            bank: OnceLock::new(),
            contests,
        }
    }

    /// The bank over this snapshot, built by whoever asks first: tens of milliseconds for ten thousand questions.
    pub fn bank(&self) -> &Bank {
        self.bank.get_or_init(|| Bank::of(self))
    }

    /// Every contest.
    pub fn contests(&self) -> &[Arc<Contest>] {
        &self.contests
    }

    /// The contest of that address.
    pub fn find(&self, slug: &str) -> Option<&Arc<Contest>> {
        self.contests
            .iter()
            .find(|contest| contest.definition.slug == slug)
    }

    /// The contest of that number.
    pub fn find_id(&self, id: ContestId) -> Option<&Arc<Contest>> {
        self.contests.iter().find(|contest| contest.id == id)
    }

    /// A round with its contest.
    pub fn find_round(&self, id: RoundId) -> Option<(&Arc<Contest>, &Round)> {
        let (contest, round) = self.by_round.get(&id)?;
        let contest = self.contests.get(*contest)?;
        Some((contest, contest.rounds.get(*round)?))
    }
}

impl Contest {
    /// The round of that number.
    pub fn round(&self, number: u16) -> Option<&Round> {
        self.rounds.iter().find(|round| round.number == number)
    }

    /// The round open at `now`, if any; rounds do not overlap.
    pub fn open_round(&self, now: OffsetDateTime) -> Option<&Round> {
        self.rounds
            .iter()
            .find(|round| round.phase(now) == RoundPhase::Open)
    }

    /// The next round to open after `now`.
    pub fn next_round(&self, now: OffsetDateTime) -> Option<&Round> {
        self.rounds
            .iter()
            .find(|round| round.phase(now) == RoundPhase::Upcoming)
    }

    /// The day that decides who is old enough: when the first round opens.
    pub fn first_day(&self) -> Option<time::Date> {
        self.rounds
            .iter()
            .map(|round| round.opens_at)
            .min()
            .map(super::participant::local_date)
    }

    /// The groups who never win, for the prizes of a round, or of the whole contest: what counts is the day on which it, or the
    /// last round, closes. Midnight belongs to the day that ends.
    pub fn barred(&self, round: Option<&Round>) -> Barred<'_> {
        let closes = match round {
            Some(round) => Some(round.closes_at),
            None => self.rounds.iter().map(|round| round.closes_at).max(),
        };
        let day = |at: OffsetDateTime| super::participant::local_date(at - time::Duration::SECOND);
        Barred {
            groups: &self.definition.entry.no_prize_groups,
            on: closes.map_or(Barred::NONE.on, day),
        }
    }

    /// Why prizes of a round pass over somebody born on that day who entered for a unit, if a group takes the person in.
    pub fn barred_reason(&self, round: &Round, unit: UnitId, born: time::Date) -> Option<&str> {
        let own = self.unit(unit)?;
        let above = own.ancestors.iter().filter_map(|id| self.unit(*id));
        let units: Vec<&str> = std::iter::once(own)
            .chain(above)
            .map(|unit| unit.definition.code.as_str())
            .collect();
        let groups = self.definition.entry.no_prize_groups.iter();
        let on = self.barred(Some(round)).on;
        groups
            .filter(|group| group.holds_on(on))
            .find(|group| group.takes_in(&units, born))
            .map(|group| group.reason.as_str())
    }

    /// Whether people may enter for that unit. Judged on a day of the contest as its files date it, because a
    /// demonstration moves the calendar past the life of old units; `today` decides where there is no round.
    pub fn takes_entries_for(&self, unit: &Unit, today: time::Date) -> bool {
        let first = self.definition.rounds.first();
        unit.is_valid_on(first.map_or(today, |round| super::participant::local_date(round.opens_at)))
    }

    /// The other rounds of a round's phase; none where it belongs to no phase.
    pub fn others_of_phase(&self, round: &Round) -> Vec<RoundId> {
        let Some(phase) = self.phase_of(round.number) else {
            return Vec::new();
        };
        let own = |other: &&Round| other.id != round.id && self.phase_of(other.number) == Some(phase);
        self.rounds.iter().filter(own).map(|other| other.id).collect()
    }

    /// The phase that the round of a number belongs to.
    pub fn phase_of(&self, number: u16) -> Option<&str> {
        self.round_definition(number)?.phase.as_deref()
    }

    /// What the directory says of the round of a number; its rules in force are those of [`Self::round`].
    pub fn round_definition(&self, number: u16) -> Option<&RoundDefinition> {
        self.definition.rounds.iter().find(|round| round.number == number)
    }

    /// The unit of that code.
    pub fn unit_by_code(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.definition.code == code)
    }

    /// The unit of that number.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The unit's name with the names above it: "Trường THPT Chi Lăng, Đảng bộ huyện Chi Lăng".
    pub fn unit_path(&self, id: UnitId) -> String {
        let Some(unit) = self.unit(id) else {
            return String::new();
        };
        let above = unit.ancestors.iter().filter_map(|id| self.unit(*id));
        let names: Vec<&str> = std::iter::once(unit)
            .chain(above)
            .map(|unit| unit.definition.name.as_str())
            .collect();
        names.join(", ")
    }

    /// A version of a set with its key.
    pub fn keyed_set(&self, version: &SetVersion) -> Option<KeyedSet<'_>> {
        Some(KeyedSet {
            set: self.sets.get(version)?,
            key: self.keys.get(version)?,
        })
    }

    /// The text of a question on a paper.
    pub fn question(&self, paper: &Paper, placed: &PaperQuestion) -> Option<&Question> {
        self.sets.get(paper.version_of(placed)?)?.find(&placed.question)
    }

    /// The sets that papers of a round are drawn from.
    pub fn draw_sets<'a>(&'a self, round: &'a Round) -> BTreeMap<SetId, DrawSet<'a>> {
        let drawn = |id: &SetId| round.rules.paper.draw.iter().any(|line| line.set == *id);
        let pinned = round.sets.iter().filter(|(id, _)| drawn(id));
        pinned
            .filter_map(|(id, version)| {
                Some((
                    id.clone(),
                    DrawSet {
                        version,
                        set: self.sets.get(version)?,
                    },
                ))
            })
            .collect()
    }

    /// The questions that papers of a round are drawn from, in the order of their sets.
    pub fn drawn_questions<'a>(&'a self, round: &'a Round) -> Vec<Drawn<'a>> {
        let sets = self.draw_sets(round).into_values();
        let of_set = |drawn: DrawSet<'a>| {
            let questions = drawn.set.questions.iter();
            questions.map(move |question| Drawn {
                version: drawn.version,
                set: drawn.set,
                question,
            })
        };
        sets.flat_map(of_set).collect()
    }

    /// The questions that papers of a round are drawn from, for counting what was answered.
    pub fn item_index(&self, round: &Round) -> ItemIndex {
        let sets = self.draw_sets(round);
        let sets = sets
            .values()
            .filter_map(|drawn| Some((drawn.version, drawn.set, self.keys.get(drawn.version)?)));
        ItemIndex::new(sets, &round.markings)
    }

    /// The score of responses to a paper of a round.
    pub fn score(&self, round: &Round, paper: &Paper, responses: &Responses) -> Result<Score, MissingKey> {
        let rules = &round.rules.paper;
        let score = scoring::score(paper, &self.keys, &round.markings, responses, rules.points)?;
        let blank = scoring::leaves_blank(paper, &round.markings, responses);
        Ok(score.by(rules, blank))
    }

    /// The points that a paper of a round answered right throughout earns, as its questions are marked now.
    pub fn most(&self, round: &Round, paper: &Paper) -> u32 {
        scoring::most(paper, &round.markings, round.rules.paper.points)
    }
}
