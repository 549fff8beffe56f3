//! The highest prize only: prizes of several rounds given at once, so that people keep the best and give the others back.
//!
//! Owns who holds which prize of which round under that rule; leaves standings to `ranking`, the prizes of one round alone to
//! `prize`, and publishing what changed to the board.
//!
//! Every place of every round is offered down the standings of its round. Whoever has more offers than the caps allow keeps
//! the best and gives back the others, which go on to the next. It ends with nobody above a cap, and nobody passed over who
//! would rather have the prize of somebody ranked worse.

mod contending;

pub use contending::{Contending, RoundTerms};

use super::contest::{PerPerson, Prize, Scope};
use super::effect::{Given, PrizeChange};
use super::ids::ParticipantId;
use super::prize::{Award, Awards, SettledBy, Tie, ladders};
use contending::Candidate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Who gives a prize back and who receives it, prize by prize; who only moves to another place of the same prize is not named.
pub fn differences(
    before: &[Given<ParticipantId>],
    after: &[Given<ParticipantId>],
) -> Vec<PrizeChange<ParticipantId>> {
    let all = before.iter().chain(after);
    let named: BTreeMap<u16, &str> = all.map(|(prize, _, name, _)| (*prize, name.as_str())).collect();
    let winners = |of: &[Given<ParticipantId>], prize: u16| -> Vec<ParticipantId> {
        let own = of.iter().filter(|given| given.0 == prize);
        own.map(|(_, _, _, winner)| *winner).collect()
    };
    let mut changes = Vec::new();
    for (prize, name) in named {
        let (was, is) = (winners(before, prize), winners(after, prize));
        let left: Vec<ParticipantId> = was.iter().copied().filter(|one| !is.contains(one)).collect();
        let come: Vec<ParticipantId> = is.iter().copied().filter(|one| !was.contains(one)).collect();
        for (place, nth) in (1u16..).zip(0..left.len().max(come.len())) {
            changes.push(PrizeChange {
                prize,
                place,
                name: name.to_owned(),
                before: left.get(nth).copied(),
                after: come.get(nth).copied(),
            });
        }
    }
    changes
}

/// Whether somebody who holds one prize of another round would not change it for any of those given in this one: it is as
/// high as each of them.
pub fn is_as_high(prizes: &[Prize], held: u16, given: &[u16]) -> bool {
    let levels = levels(prizes);
    let level = |prize: &u16| levels.get(prize).copied();
    level(&held).is_some_and(|own| {
        given
            .iter()
            .all(|prize| level(prize).is_none_or(|other| own <= other))
    })
}

/// A place of a prize in a round.
#[derive(Debug, Clone)]
struct Slot {
    /// Number of the round in the settlement.
    round: usize,
    prize: u16,
    ladder: usize,
    /// Smaller is better.
    level: usize,
    /// The next candidate to be asked.
    next: usize,
    holder: Option<usize>,
}

/// Places of all prizes of a round.
pub fn places(prizes: &[Prize]) -> usize {
    let of_rounds = prizes.iter().filter(|prize| prize.scope == Scope::Round);
    of_rounds.map(|prize| usize::from(prize.places)).sum()
}

/// Which prizes are higher, by number in the file, 0 for the highest: by value where every prize has one, otherwise by the
/// order within each bloc; what is equal then, by the order of the file.
fn levels(prizes: &[Prize]) -> BTreeMap<u16, usize> {
    let own: Vec<(u16, &Prize)> = (0u16..)
        .zip(prizes)
        .filter(|(_, prize)| prize.scope == Scope::Round)
        .collect();
    let valued = own.iter().all(|(_, prize)| prize.value.is_some());
    let mut steps: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut keyed: Vec<(Reverse<u64>, usize, u16)> = Vec::new();
    for (index, prize) in own {
        let step = steps.entry(prize.bloc.as_deref()).or_default();
        *step += 1;
        keyed.push(match valued {
            true => (Reverse(prize.value.unwrap_or(0)), 0, index),
            false => (Reverse(0), *step, index),
        });
    }
    keyed.sort_unstable();
    (0..)
        .zip(keyed)
        .map(|(level, (_, _, index))| (index, level))
        .collect()
}

/// Prizes of several rounds while they are given.
struct Settling<'a> {
    rounds: &'a [Contending],
    caps: PerPerson,
    slots: Vec<Slot>,
    /// The places that each person holds.
    held: BTreeMap<ParticipantId, Vec<usize>>,
}

/// Gives the prizes of all rounds at once: of each person's prizes the highest stay, as many as the caps allow. The rounds come
/// in order of number, ordered by [`Contending::order`]; the outcome of each is in the same order. Where equals whom nothing has
/// separated would be treated differently, the tie is open and what their rank and those below it would get is not given.
pub fn settle(prizes: &[Prize], caps: PerPerson, rounds: &[Contending]) -> Vec<Awards> {
    let (levels, ladders) = (levels(prizes), ladders(prizes, Scope::Round));
    let mut slots = Vec::new();
    for round in 0..rounds.len() {
        for (prize, own) in (0u16..).zip(prizes).filter(|(_, own)| own.scope == Scope::Round) {
            let ladder = ladders.iter().position(|bloc| *bloc == own.bloc.as_deref());
            let slot = Slot {
                round,
                prize,
                ladder: ladder.unwrap_or(0),
                level: levels.get(&prize).copied().unwrap_or(0),
                next: 0,
                holder: None,
            };
            slots.extend(std::iter::repeat_n(slot, usize::from(own.places)));
        }
    }
    let mut settling = Settling {
        rounds,
        caps,
        slots,
        held: BTreeMap::new(),
    };
    settling.run();
    (0..rounds.len()).map(|round| settling.outcome(round)).collect()
}

impl Settling<'_> {
    /// Offers every free place to the next in its round until none is free or nobody is left to ask.
    fn run(&mut self) {
        let mut free: Vec<usize> = (0..self.slots.len()).rev().collect();
        while let Some(at) = free.pop() {
            let Some((place, person)) = self.ask_next(at) else {
                continue;
            };
            let mut offers = self.held.remove(&person).unwrap_or_default();
            offers.push(at);
            if let Some(slot) = self.slots.get_mut(at) {
                slot.holder = Some(place);
            }
            let kept = self.choose(&offers);
            for given_back in offers.iter().filter(|offer| !kept.contains(offer)) {
                if let Some(slot) = self.slots.get_mut(*given_back) {
                    slot.holder = None;
                }
                free.push(*given_back);
            }
            self.held.insert(person, kept);
        }
    }

    /// The next candidate of a place, whom it then has asked.
    fn ask_next(&mut self, at: usize) -> Option<(usize, ParticipantId)> {
        let slot = self.slots.get_mut(at)?;
        let candidates = &self.rounds.get(slot.round)?.candidates;
        let rest = candidates.iter().enumerate().skip(slot.next);
        let mut own = rest.filter(|(_, one)| one.ladders.contains(&slot.ladder));
        let found = own.next().map(|(place, one)| (place, one.participant));
        slot.next = found.map_or(candidates.len(), |(place, _)| place + 1);
        found
    }

    /// The best of several places that one person may hold together.
    fn choose(&self, offers: &[usize]) -> Vec<usize> {
        let mut offers: Vec<(usize, &Slot)> = offers
            .iter()
            .filter_map(|at| Some((*at, self.slots.get(*at)?)))
            .collect();
        offers.sort_by_key(|(at, slot)| (slot.level, slot.round, *at));
        let phase = |slot: &Slot| {
            self.rounds
                .get(slot.round)
                .and_then(|round| round.phase.as_deref())
        };
        let mut kept: Vec<(usize, &Slot)> = Vec::new();
        for (at, slot) in offers {
            let below = |cap: Option<u16>, same: &dyn Fn(&Slot) -> bool| {
                let count = kept.iter().filter(|(_, other)| same(other)).count();
                cap.is_none_or(|cap| count < usize::from(cap))
            };
            let same_round = |other: &Slot| other.round == slot.round;
            let same_ladder = |other: &Slot| same_round(other) && other.ladder == slot.ladder;
            let same_phase = |other: &Slot| phase(other) == phase(slot);
            let any = |_: &Slot| true;
            // Nobody wins two prizes of one ladder in one round.
            let fits = below(Some(1), &same_ladder)
                && below(self.caps.round, &same_round)
                && (phase(slot).is_none() || below(self.caps.phase, &same_phase))
                && below(self.caps.contest, &any);
            if fits {
                kept.push((at, slot));
            }
        }
        kept.into_iter().map(|(at, _)| at).collect()
    }

    /// Whether somebody would win a higher prize than now, or one more, with a place of somebody else.
    fn would_take(&self, person: ParticipantId, at: usize) -> bool {
        let level = |at: &usize| self.slots.get(*at).map(|slot| slot.level);
        let mut offers = self.held.get(&person).cloned().unwrap_or_default();
        offers.push(at);
        let kept = self.choose(&offers);
        let mut given_back = offers.iter().filter(|offer| !kept.contains(offer));
        kept.contains(&at) && given_back.all(|back| level(back) > level(&at))
    }

    /// Prizes and open ties of one round.
    fn outcome(&self, round: usize) -> Awards {
        let Some(own) = self.rounds.get(round) else {
            return Awards::default();
        };
        let given = (0..)
            .zip(&self.slots)
            .filter(|(_, slot)| slot.round == round)
            .filter_map(|(at, slot)| Some((at, slot, own.candidates.get(slot.holder?)?)));
        let given: Vec<(usize, &Slot, &Candidate)> = given.collect();
        let ties = self.ties(own, &given);
        let open = |slot: &Slot, rank: i64| {
            let tied = |tie: &(usize, Tie)| tie.0 == slot.ladder && tie.1.rank <= rank;
            ties.iter().any(tied)
        };
        let mut awards: Vec<Award> = given
            .iter()
            .filter(|(_, slot, winner)| !open(slot, winner.rank))
            .map(|(at, slot, winner)| Award {
                prize: slot.prize,
                place: 0,
                position: winner.position,
                participant: winner.participant,
                settled_by: self.settled_by(own, *at, slot, winner),
            })
            .collect();
        let order: BTreeMap<i64, usize> = own
            .candidates
            .iter()
            .map(|one| (one.position, one.order))
            .collect();
        awards.sort_by_key(|award| {
            let place = order.get(&award.position).copied();
            (award.prize, place, award.position)
        });
        let mut last = None;
        let mut place = 0;
        for award in &mut awards {
            place = if last == Some(award.prize) { place + 1 } else { 1 };
            last = Some(award.prize);
            award.place = place;
        }
        let mut ties: Vec<Tie> = ties.into_iter().map(|(_, tie)| tie).collect();
        ties.sort_by_key(|tie| (tie.prize, tie.rank));
        Awards { awards, ties }
    }

    /// Equals whom nothing has separated and of whom one holds what another would rather have: the first such rank of each
    /// ladder, with its number.
    fn ties(&self, own: &Contending, given: &[(usize, &Slot, &Candidate)]) -> Vec<(usize, Tie)> {
        let mut ties: BTreeMap<usize, Tie> = BTreeMap::new();
        let mut by_worth: Vec<&(usize, &Slot, &Candidate)> = given.iter().collect();
        by_worth.sort_by_key(|(at, slot, winner)| (winner.rank, slot.level, *at));
        for (at, slot, winner) in by_worth {
            let envious: Vec<i64> = own
                .candidates
                .iter()
                .filter(|one| one.order == winner.order && one.participant != winner.participant)
                .filter(|one| one.ladders.contains(&slot.ladder) && self.would_take(one.participant, *at))
                .map(|one| one.position)
                .collect();
            if envious.is_empty() {
                continue;
            }
            let tie = ties.entry(slot.ladder).or_insert(Tie {
                prize: slot.prize,
                rank: winner.rank,
                places: 0,
                positions: Vec::new(),
            });
            if (tie.prize, tie.rank) == (slot.prize, winner.rank) {
                tie.places += 1;
                tie.positions.push(winner.position);
                tie.positions.extend(envious);
            }
        }
        for tie in ties.values_mut() {
            tie.positions.sort_unstable();
            tie.positions.dedup();
        }
        ties.into_iter().collect()
    }

    /// Whether the rank alone gave a place, or what separated equals.
    fn settled_by(&self, own: &Contending, at: usize, slot: &Slot, winner: &Candidate) -> SettledBy {
        let mut after = own
            .candidates
            .iter()
            .filter(|one| one.rank == winner.rank && one.order > winner.order)
            .filter(|one| one.ladders.contains(&slot.ladder) && self.would_take(one.participant, at));
        match after.next() {
            None => SettledBy::Rank,
            Some(_) if winner.named => SettledBy::Board,
            Some(_) => SettledBy::Draw,
        }
    }
}

#[cfg(test)]
#[path = "settlement_tests.rs"]
mod tests;
