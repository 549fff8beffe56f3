//! Who wins what: prizes given down the standings, caps per person, and ties at the border of a prize.
//!
//! Owns every decision about prizes for people, and the order of a draw by lot; leaves the standings to `ranking`,
//! prizes for units to `collective`, and the seed of a draw to the caller.

use super::contest::{PerPerson, Prize, Scope, TieRule};
use super::ids::{AttemptId, ParticipantId, UnitId};
use super::ranking::Standing;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The random bytes of a draw by lot, recorded with the ranking so that anybody can repeat it.
pub type Seed = [u8; 32];

/// What a draw and a decision of the board know a person by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lot {
    /// The counted attempt, in the ranking of a round.
    Attempt(AttemptId),
    /// The person, in the ranking over the contest.
    Person(ParticipantId),
}

impl Lot {
    /// The lot of a standing.
    pub fn of(standing: &Standing) -> Self {
        standing
            .attempt
            .map_or(Self::Person(standing.participant), Self::Attempt)
    }

    /// The place of this lot in a draw, smallest first: SHA-256 over the 32 bytes of the seed followed by the 16 bytes
    /// of the attempt id, or by the 8 bytes, most significant first, of the person's number.
    pub fn drawn(self, seed: &Seed) -> [u8; 32] {
        let hash = Sha256::new().chain_update(seed);
        let hash = match self {
            Self::Attempt(attempt) => hash.chain_update(attempt.as_bytes()),
            Self::Person(person) => hash.chain_update(person.0.to_be_bytes()),
        };
        hash.finalize().into()
    }
}

/// Everything that prizes depend on besides the standings.
#[derive(Debug, Clone, Copy)]
pub struct PrizeRules<'a> {
    /// Every prize of the contest file, in its order.
    pub prizes: &'a [Prize],
    /// Only prizes of this scope are given.
    pub scope: Scope,
    /// Caps per person.
    pub per_person: PerPerson,
    /// What settles a tie that the board has not.
    pub tie: TieRule,
    /// Prizes of the contest that a person holds already, from other rankings in force.
    pub held: &'a BTreeMap<ParticipantId, u16>,
    /// Those among them from rounds of the same phase.
    pub held_in_phase: &'a BTreeMap<ParticipantId, u16>,
    /// The blocs of every unit, for prizes of one bloc.
    pub blocs: &'a BTreeMap<UnitId, BTreeSet<String>>,
    /// Winners whom two people passed over.
    pub passed_over: &'a BTreeSet<ParticipantId>,
    /// The board's order among equals; the smaller number comes first.
    pub decisions: &'a BTreeMap<Lot, i16>,
    /// Seed of draws.
    pub seed: &'a Seed,
}

/// What settled that a person got this prize.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SettledBy {
    /// The rank alone.
    Rank,
    /// A draw by lot among equals.
    Draw,
    /// A decision of the board among equals.
    Board,
}

impl SettledBy {
    /// The word stored and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::Draw => "draw",
            Self::Board => "board",
        }
    }

    /// The value of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Rank, Self::Draw, Self::Board]
            .into_iter()
            .find(|by| by.name() == name)
    }
}

/// A prize given to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// Which prize, from 0 in the order of the contest file, whatever its scope.
    pub prize: u16,
    /// 1 to the number of places; the places of one prize are worth the same.
    pub place: u16,
    /// Position of the standing that earned it.
    pub position: i64,
    /// The winner.
    pub participant: ParticipantId,
    /// Why this one.
    pub settled_by: SettledBy,
}

/// Equals whom nothing has separated yet, at the border of a prize.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// The prize that has fewer places left than there are equals.
    pub prize: u16,
    /// The rank they share.
    pub rank: i64,
    /// Places of that prize left for them.
    pub places: u16,
    /// Their standings, ascending; people passed over by a cap are not among them.
    pub positions: Vec<i64>,
}

/// The outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awards {
    /// In order of prize and place.
    pub awards: Vec<Award>,
    /// At most one for each bloc with prizes of its own, and one for all: what comes after an open tie depends on it and stays ungiven.
    pub ties: Vec<Tie>,
}

/// Whether more standings are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The next standing may still win or tie.
    Wanted,
    /// Everything is given, or an open tie holds the rest back.
    Done,
}

/// Gives prizes down a list of standings in order of position.
pub fn award(standings: &[Standing], rules: PrizeRules<'_>) -> Awards {
    let mut outcome = Awards::default();
    for bloc in ladders(rules.prizes, rules.scope) {
        let mut giving = Giving::new(rules, bloc, outcome);
        for standing in standings {
            if giving.next(standing) == Progress::Done {
                break;
            }
        }
        outcome = giving.finish();
    }
    outcome
}

/// The blocs that have prizes of their own in a scope, `None` for the prizes open to everybody, in the order of the file.
/// The list of standings is walked once for each of them, one after the other.
pub fn ladders(prizes: &[Prize], scope: Scope) -> Vec<Option<&str>> {
    let mut ladders = Vec::new();
    for prize in prizes.iter().filter(|prize| prize.scope == scope) {
        let bloc = prize.bloc.as_deref();
        if !ladders.contains(&bloc) {
            ladders.push(bloc);
        }
    }
    ladders
}

/// Prizes of one bloc, or those open to everybody, being given while the standings are walked from the top, so that
/// millions never have to be in memory.
///
/// Eligible people are taken by rank; one who has reached a cap is passed over and the next moves up. A group of
/// equals that fits the places left of the current prize receives them. One that does not fit is a tie, even where the
/// rest would only fall to the next prize: who gets which is undecided. The board's order settles it if it separates the
/// group wherever one prize ends; otherwise the draw does where the rules foresee it; otherwise the tie stays open, and
/// these places and everything after them are not given.
#[derive(Debug)]
pub struct Giving<'a> {
    rules: PrizeRules<'a>,
    /// Only people of this bloc.
    bloc: Option<&'a str>,
    /// Prizes not yet wholly given: index in the file, places given, places; the current one is last.
    open: Vec<(u16, u16, u16)>,
    group: Vec<Candidate>,
    rank: i64,
    /// What was given in this ranking to people of other blocs, or to everybody, before.
    before: BTreeMap<ParticipantId, u16>,
    /// Standings in ties that were left open before: whether they have won yet is undecided.
    undecided: BTreeSet<i64>,
    outcome: Awards,
}

/// What is remembered of a standing while its equals are gathered.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    position: i64,
    participant: ParticipantId,
    lot: Lot,
}

impl<'a> Giving<'a> {
    /// Nothing given yet of the prizes of this bloc; `outcome` is what the walks before this one gave.
    pub fn new(rules: PrizeRules<'a>, bloc: Option<&'a str>, outcome: Awards) -> Self {
        let is_own = |prize: &Prize| prize.scope == rules.scope && prize.bloc.as_deref() == bloc;
        let numbered = (0u16..)
            .zip(rules.prizes)
            .filter(|(_, prize)| is_own(prize) && prize.places > 0);
        let mut open: Vec<_> = numbered.map(|(index, prize)| (index, 0, prize.places)).collect();
        open.reverse();
        let mut before: BTreeMap<ParticipantId, u16> = BTreeMap::new();
        for award in &outcome.awards {
            *before.entry(award.participant).or_default() += 1;
        }
        Self {
            rules,
            bloc,
            open,
            group: Vec::new(),
            rank: 0,
            before,
            undecided: outcome
                .ties
                .iter()
                .flat_map(|tie| &tie.positions)
                .copied()
                .collect(),
            outcome,
        }
    }

    /// Takes the next standing; they must come in order of position.
    pub fn next(&mut self, standing: &Standing) -> Progress {
        if standing.rank != self.rank {
            self.settle();
            self.rank = standing.rank;
        }
        if self.open.is_empty() {
            return Progress::Done;
        }
        if standing.eligible && self.is_of_bloc(standing) && !self.is_passed_over(standing.participant) {
            if self.undecided.contains(&standing.position) && self.is_capped() {
                // Whoever wins the open tie may not win here: everything from this rank on waits for it.
                self.group.clear();
                self.open.clear();
                return Progress::Done;
            }
            let lot = Lot::of(standing);
            self.group.push(Candidate {
                position: standing.position,
                participant: standing.participant,
                lot,
            });
        }
        Progress::Wanted
    }

    /// The outcome after the last standing, or after [`Progress::Done`].
    pub fn finish(mut self) -> Awards {
        self.settle();
        self.outcome
            .awards
            .sort_by_key(|award| (award.prize, award.place));
        self.outcome
    }

    fn is_of_bloc(&self, standing: &Standing) -> bool {
        let blocs = || self.rules.blocs.get(&standing.unit);
        self.bloc
            .is_none_or(|bloc| blocs().is_some_and(|blocs| blocs.contains(bloc)))
    }

    /// Whether a prize in this ranking can keep a person from another in it.
    fn is_capped(&self) -> bool {
        let caps = self.rules.per_person;
        caps.round.is_some() || caps.phase.is_some() || caps.contest.is_some()
    }

    /// Whether two people or a cap keep the person from one more prize.
    fn is_passed_over(&self, person: ParticipantId) -> bool {
        let (caps, here) = (
            self.rules.per_person,
            self.before.get(&person).copied().unwrap_or(0),
        );
        let with = |held: &BTreeMap<ParticipantId, u16>| {
            let held = held.get(&person).copied().unwrap_or(0);
            held.saturating_add(here)
        };
        let in_phase = self.rules.scope == Scope::Round;
        self.rules.passed_over.contains(&person)
            || caps.round.is_some_and(|cap| here >= cap)
            || in_phase
                && caps
                    .phase
                    .is_some_and(|cap| with(self.rules.held_in_phase) >= cap)
            || caps.contest.is_some_and(|cap| with(self.rules.held) >= cap)
    }

    /// Gives the gathered equals what is theirs.
    fn settle(&mut self) {
        let mut group = std::mem::take(&mut self.group);
        let Some((prize, given, places)) = self.open.last().copied() else {
            return;
        };
        let left = places - given;
        if group.len() <= usize::from(left) {
            return self.give(&group, SettledBy::Rank);
        }
        if self.order_by_board(&mut group) {
            self.give(&group, SettledBy::Board);
        } else if self.rules.tie == TieRule::Draw {
            group.sort_by_cached_key(|equal| (equal.lot.drawn(self.rules.seed), equal.lot));
            self.give(&group, SettledBy::Draw);
        } else {
            let mut positions: Vec<i64> = group.iter().map(|equal| equal.position).collect();
            positions.sort_unstable();
            self.outcome.ties.push(Tie {
                prize,
                rank: self.rank,
                places: left,
                positions,
            });
            self.open.clear();
        }
    }

    /// Puts the group in the board's order, those it did not name last, and tells whether that separates the last who
    /// receives a prize from the first who does not, for every prize that ends within the group.
    fn order_by_board(&self, group: &mut [Candidate]) -> bool {
        let preference = |equal: &Candidate| self.rules.decisions.get(&equal.lot).copied();
        let order = |a: &Candidate, b: &Candidate| match (preference(a), preference(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        if !group.iter().any(|equal| preference(equal).is_some()) {
            return false;
        }
        group.sort_by(order);
        let ends = self.open.iter().rev().scan(0, |end, (_, given, places)| {
            *end += usize::from(places - given);
            Some(*end)
        });
        let mut borders = ends.take_while(|end| *end < group.len());
        borders.all(|end| match group.get(end - 1..=end) {
            Some([last, first]) => order(last, first) == Ordering::Less,
            _ => false,
        })
    }

    /// Gives the open places to a group in its order, as far as they last.
    fn give(&mut self, group: &[Candidate], settled_by: SettledBy) {
        for winner in group {
            let Some((prize, given, places)) = self.open.last_mut() else {
                return;
            };
            *given += 1;
            self.outcome.awards.push(Award {
                prize: *prize,
                place: *given,
                position: winner.position,
                participant: winner.participant,
                settled_by,
            });
            if given == places {
                self.open.pop();
            }
        }
    }
}

#[cfg(test)]
#[path = "prize_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "prize_money_tests.rs"]
mod money_tests;
