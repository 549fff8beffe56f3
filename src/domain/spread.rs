//! Who brought how many newcomers, in which order, and who wins a prize for it.
//!
//! Owns which newcomers count and how equals are told apart; leaves reading people and papers to the store, and ties at
//! the border of a prize to `prize`.
//!
//! A newcomer counts once, for whose link brought them to register, from the moment of the paper that makes the number of
//! papers asked for. Nobody counts for oneself: an account that shares its identity number with another that counts
//! already, or identity number or name and birth date with whose link it is or with another newcomer of the same link,
//! is taken for a second account of one person. Of several, the one that counted first stays.

use super::contest::{PerPerson, Scope, SpreadRules, TieRule};
use super::ids::ParticipantId;
use super::prize::{Awards, Lot, PrizeRules, Seed, award};
use super::ranking::{AppliedRules, Standing};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use time::{Date, OffsetDateTime};

/// What a prize is given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WonFor {
    /// Answers, as the standings have them.
    Answers,
    /// Newcomers brought by a personal link.
    Newcomers,
}

impl WonFor {
    /// The word stored and used in files, addresses and the JSON API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answers => "answers",
            Self::Newcomers => "newcomers",
        }
    }
}

impl AppliedRules {
    /// What a prize of the ranking is given for: prizes for newcomers are numbered after the others.
    pub fn won_for(&self, prize: u16) -> WonFor {
        match self.spread {
            Some(_) if usize::from(prize) >= self.prizes.len() => WonFor::Newcomers,
            _ => WonFor::Answers,
        }
    }

    /// Name of a prize of the ranking, whatever it is given for.
    pub fn prize_name(&self, prize: u16) -> Option<&str> {
        let prize = usize::from(prize);
        let plain = self.prizes.get(prize).map(|own| own.name.as_str());
        let spread = || {
            let own = prize.checked_sub(self.prizes.len())?;
            Some(self.spread.as_ref()?.prizes.get(own)?.name.as_str())
        };
        plain.or_else(spread)
    }
}

/// What settles equals at the border of a prize.
#[derive(Debug, Clone, Copy)]
pub struct Settling<'a> {
    /// What settles a tie that the board has not.
    pub tie: TieRule,
    /// Seed of draws.
    pub seed: &'a Seed,
    /// The board's order among equals; the smaller number comes first.
    pub decisions: &'a BTreeMap<Lot, i16>,
}

/// What two accounts of one person share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Keyed hash of the identity number, where one was given.
    pub national_id: Option<Vec<u8>>,
    /// The name in lower case.
    pub name: String,
    /// The birth date.
    pub born: Date,
}

impl Identity {
    fn is_shared_with(&self, other: &Self) -> bool {
        let same_id = self.national_id.is_some() && self.national_id == other.national_id;
        same_id || (self.born == other.born && self.name == other.name)
    }
}

/// Somebody who registered by a personal link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// The person.
    pub person: ParticipantId,
    /// Whose link it was.
    pub introducer: ParticipantId,
    /// What another account of the same person would share.
    pub identity: Identity,
    /// When papers that count were handed in, in any order.
    pub papers: Vec<OffsetDateTime>,
}

impl Newcomer {
    /// When the person began to count.
    fn counts_from(&self, rules: &SpreadRules) -> Option<OffsetDateTime> {
        let mut papers = self.papers.clone();
        papers.sort_unstable();
        papers.get(usize::from(rules.min_attempts).max(1) - 1).copied()
    }
}

/// Somebody whose link was used, and who entered too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introducer {
    /// The place in the ranking over the contest; `eligible` says only that the rules do not bar the person.
    pub standing: Standing,
    /// What another account of the same person would share.
    pub identity: Identity,
}

/// The place of an introducer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpreadStanding {
    /// Shared by equals: 1, 2, 2, 4.
    pub rank: i64,
    /// Newcomers who count, up to the cap.
    pub newcomers: i64,
    /// Newcomers who count, the cap apart.
    pub brought: i64,
    /// When the last of `newcomers` began to count.
    pub reached_at: OffsetDateTime,
    /// The place in the ranking over the contest.
    pub standing: Standing,
}

impl SpreadStanding {
    /// More newcomers come first, then who reached that number first, then who registered first.
    fn key(&self) -> (Reverse<i64>, OffsetDateTime, OffsetDateTime) {
        (
            Reverse(self.newcomers),
            self.reached_at,
            self.standing.registered_at,
        )
    }
}

/// Orders everybody who brought a newcomer who counts; newcomers of people who are not among `introducers` count for nobody.
pub fn rank_spread(
    rules: &SpreadRules,
    introducers: &[Introducer],
    newcomers: &[Newcomer],
) -> Vec<SpreadStanding> {
    let own: BTreeMap<ParticipantId, &Introducer> = introducers
        .iter()
        .map(|one| (one.standing.participant, one))
        .collect();
    let mut standings: Vec<SpreadStanding> = counted(rules, &own, newcomers)
        .into_iter()
        .filter_map(|(person, moments)| {
            let cap = rules
                .cap
                .map_or(usize::MAX, |cap| usize::try_from(cap).unwrap_or(usize::MAX));
            let within = moments.len().min(cap);
            Some(SpreadStanding {
                rank: 0,
                newcomers: number(within),
                brought: number(moments.len()),
                reached_at: *moments.get(within.checked_sub(1)?)?,
                standing: own.get(&person)?.standing.clone(),
            })
        })
        .collect();
    standings.sort_by_key(|standing| (standing.key(), standing.standing.position));
    let keys: Vec<_> = standings.iter().map(SpreadStanding::key).collect();
    let mut rank = 0;
    for (place, standing) in standings.iter_mut().enumerate() {
        let is_equal = place > 0 && keys.get(place) == keys.get(place - 1);
        rank = if is_equal { rank } else { number(place + 1) };
        standing.rank = rank;
    }
    standings
}

/// When each newcomer who counts began to, by introducer, in order of time.
fn counted(
    rules: &SpreadRules,
    introducers: &BTreeMap<ParticipantId, &Introducer>,
    newcomers: &[Newcomer],
) -> BTreeMap<ParticipantId, Vec<OffsetDateTime>> {
    let mut in_order: Vec<(OffsetDateTime, &Newcomer)> = newcomers
        .iter()
        .filter_map(|one| Some((one.counts_from(rules)?, one)))
        .collect();
    in_order.sort_by_key(|(at, one)| (*at, one.person));
    let mut ids: HashSet<&[u8]> = HashSet::new();
    let mut names: HashSet<(ParticipantId, &str, Date)> = HashSet::new();
    let mut moments: BTreeMap<ParticipantId, Vec<OffsetDateTime>> = BTreeMap::new();
    for (at, one) in in_order {
        let Some(introducer) = introducers.get(&one.introducer) else {
            continue;
        };
        let identity = &one.identity;
        let is_new = identity.national_id.as_deref().is_none_or(|id| !ids.contains(id))
            && !names.contains(&(one.introducer, identity.name.as_str(), identity.born));
        if !is_new || identity.is_shared_with(&introducer.identity) {
            continue;
        }
        ids.extend(identity.national_id.as_deref());
        names.insert((one.introducer, identity.name.as_str(), identity.born));
        moments.entry(one.introducer).or_default().push(at);
    }
    moments
}

/// Gives the prizes down the ranking, one to a person at most: a place whose number of newcomers nobody left reaches is
/// not given. Prizes are numbered from `first` on, after those of the contest file. The outcome is that of
/// [`award`], so that a tie at the border of a prize is drawn or left open as everywhere.
pub fn award_spread(
    rules: &SpreadRules,
    standings: &[SpreadStanding],
    first: u16,
    settling: Settling<'_>,
    passed_over: &BTreeSet<ParticipantId>,
) -> Awards {
    let mut outcome = Awards::default();
    let mut passed = passed_over.clone();
    let (none, no_blocs) = (BTreeMap::new(), BTreeMap::new());
    for (index, prize) in (first..).zip(&rules.prizes) {
        let reach = |own: &&SpreadStanding| own.newcomers >= i64::from(prize.min_newcomers);
        let in_order: Vec<Standing> = standings
            .iter()
            .filter(reach)
            .map(|own| Standing {
                rank: own.rank,
                ..own.standing.clone()
            })
            .collect();
        let given = award(
            &in_order,
            PrizeRules {
                prizes: &[prize.plain()],
                scope: Scope::Contest,
                per_person: PerPerson::default(),
                tie: settling.tie,
                held: &none,
                held_in_phase: &none,
                blocs: &no_blocs,
                passed_over: &passed,
                decisions: settling.decisions,
                seed: settling.seed,
            },
        );
        passed.extend(given.awards.iter().map(|award| award.participant));
        outcome.awards.extend(given.awards.into_iter().map(|mut award| {
            award.prize = index;
            award
        }));
        if !given.ties.is_empty() {
            // Whoever loses the tie stands first for the next prize: what comes after waits for it.
            outcome.ties.extend(given.ties.into_iter().map(|mut tie| {
                tie.prize = index;
                tie
            }));
            break;
        }
    }
    outcome
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
