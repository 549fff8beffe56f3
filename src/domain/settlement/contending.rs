//! Who may win in a round, gathered while its standings are walked from the top.
//!
//! Owns how far down that goes and the order among equals; who wins what is the settlement's.

use crate::domain::contest::{Prize, Scope, TieRule};
use crate::domain::ids::{ParticipantId, UnitId};
use crate::domain::prize::{Lot, Progress, Seed, ladders};
use crate::domain::ranking::Standing;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who may win in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) position: i64,
    pub(super) rank: i64,
    pub(super) participant: ParticipantId,
    lot: Lot,
    /// The ladders whose prizes the person may win, by number.
    pub(super) ladders: Vec<usize>,
    /// Place after ties are settled; equals whom nothing has separated share it.
    pub(super) order: usize,
    /// The board named the person in its order among equals.
    pub(super) named: bool,
}

/// What a round needs to take part in a settlement.
#[derive(Debug, Clone, Copy)]
pub struct RoundTerms<'a> {
    /// Its phase, where it belongs to one.
    pub phase: Option<&'a str>,
    /// Every prize of the contest file, in its order.
    pub prizes: &'a [Prize],
    /// What settles a tie that the board has not.
    pub tie: TieRule,
    /// The blocs of every unit, for prizes of one bloc.
    pub blocs: &'a BTreeMap<UnitId, BTreeSet<String>>,
    /// Whom prizes of the round pass over.
    pub passed_over: &'a BTreeSet<ParticipantId>,
    /// The board's order among equals; the smaller number comes first.
    pub decisions: &'a BTreeMap<Lot, i16>,
    /// Seed of draws.
    pub seed: &'a Seed,
}

/// A round with those who may win in it, gathered while its standings are walked from the top.
#[derive(Debug)]
pub struct Contending {
    pub(super) phase: Option<String>,
    /// The blocs that have prizes of their own; `None` for the prizes open to everybody.
    blocs: Vec<Option<String>>,
    pub(super) candidates: Vec<Candidate>,
    /// How many people of each ladder are gathered.
    gathered: Vec<usize>,
    /// The ladders in which nobody from the present rank on can win, because enough are gathered above it.
    full: Vec<bool>,
    /// So many of each ladder are enough: as many as there are places in all rounds.
    enough: usize,
    rank: i64,
}

impl Contending {
    /// Nobody gathered yet. `places` are those of all rounds together: further down nobody can win.
    pub fn new(terms: &RoundTerms<'_>, places: usize) -> Self {
        let blocs = ladders(terms.prizes, Scope::Round).into_iter();
        let blocs: Vec<Option<String>> = blocs.map(|bloc| bloc.map(str::to_owned)).collect();
        Self {
            phase: terms.phase.map(str::to_owned),
            candidates: Vec::new(),
            gathered: vec![0; blocs.len()],
            full: vec![false; blocs.len()],
            blocs,
            enough: places,
            rank: 0,
        }
    }

    /// Takes the next standing; they must come in order of position. Equals are taken all or none.
    pub fn next(&mut self, terms: &RoundTerms<'_>, standing: &Standing) -> Progress {
        if standing.rank != self.rank {
            for (full, gathered) in self.full.iter_mut().zip(&self.gathered) {
                *full = *gathered >= self.enough;
            }
            if self.full.iter().all(|full| *full) {
                return Progress::Done;
            }
            self.rank = standing.rank;
        }
        if !standing.eligible || terms.passed_over.contains(&standing.participant) {
            return Progress::Wanted;
        }
        let of_unit = terms.blocs.get(&standing.unit);
        let is_of = |bloc: &Option<String>| match bloc {
            Some(bloc) => of_unit.is_some_and(|blocs| blocs.contains(bloc)),
            None => true,
        };
        // A bloc with few people lets the walk go on to the end: those of full ladders must not be held on the way.
        let ladders = self.blocs.iter().zip(&self.full).enumerate();
        let own: Vec<usize> = ladders
            .filter(|(_, (bloc, full))| !**full && is_of(bloc))
            .map(|(ladder, _)| ladder)
            .collect();
        for ladder in &own {
            if let Some(count) = self.gathered.get_mut(*ladder) {
                *count += 1;
            }
        }
        if !own.is_empty() {
            let lot = Lot::of(standing);
            self.candidates.push(Candidate {
                position: standing.position,
                rank: standing.rank,
                participant: standing.participant,
                named: terms.decisions.contains_key(&lot),
                lot,
                ladders: own,
                order: 0,
            });
        }
        Progress::Wanted
    }

    /// Puts equals in the board's order, then in that of the draw where the rules foresee one.
    pub fn order(&mut self, terms: &RoundTerms<'_>) {
        let drawn = |one: &Candidate| match terms.tie {
            TieRule::Draw => Some(one.lot.drawn(terms.seed)),
            TieRule::Board => None,
        };
        let key = |one: &Candidate| {
            let preference = terms.decisions.get(&one.lot).copied();
            (one.rank, preference.is_none(), preference, drawn(one))
        };
        self.candidates.sort_by_cached_key(|one| (key(one), one.position));
        let mut last = None;
        let mut order = 0;
        for one in &mut self.candidates {
            let own = key(one);
            if last.as_ref() != Some(&own) {
                order += 1;
                last = Some(own);
            }
            one.order = order;
        }
    }
}
