//! The rules of a secret vote: who may take which step when, the quorum, the tally, and who is nominated.
//!
//! Owns these decisions; how ballots are kept secret is told in `ballot`.

use super::super::participant::tidy;
use super::MAX_NAME;
use super::ballot::{Ballot, MAX_CANDIDATES, MAX_DELEGATES, Validity};
use std::collections::BTreeMap;

/// How far a vote is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VoteState {
    /// Not open yet.
    Prepared,
    /// Takes ballots.
    Open,
    /// Takes no more; a second person confirms and the ballots are counted.
    Stopped,
    /// Counted.
    Closed,
    /// Called off; the ballots were destroyed unread.
    Cancelled,
}

impl VoteState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Prepared,
        Self::Open,
        Self::Stopped,
        Self::Closed,
        Self::Cancelled,
    ];

    /// The word stored and used in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Open => "open",
            Self::Stopped => "stopped",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What the share of a nomination is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Base {
    /// All delegates summoned, present or not.
    Delegates,
    /// All ballots collected: valid, blank and invalid.
    Ballots,
    /// Valid ballots.
    Valid,
}

impl Base {
    /// Every base.
    pub const ALL: [Self; 3] = [Self::Delegates, Self::Ballots, Self::Valid];

    /// The word stored and used in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delegates => "delegates",
            Self::Ballots => "ballots",
            Self::Valid => "valid",
        }
    }

    /// The base of that word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|base| base.name() == name)
    }
}

/// Votes that a nomination needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// Share of the base, in ten-thousandths.
    pub share_bp: u32,
    /// More than that share, as against that share or more.
    pub more_than: bool,
    /// What it is of.
    pub base: Base,
}

impl Threshold {
    /// Whether so many votes are enough of a base of that size.
    pub fn met(self, votes: u32, base: u32) -> bool {
        let (own, needed) = (
            u64::from(votes) * 10_000,
            u64::from(base) * u64::from(self.share_bp),
        );
        base > 0
            && if self.more_than {
                own > needed
            } else {
                own >= needed
            }
    }
}

/// The share of delegates that must vote: `above` of `below`, as 2 of 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    /// Upper part, at least 1.
    pub above: u16,
    /// Lower part, at least the upper one.
    pub below: u16,
}

impl Quorum {
    /// Ballots needed of so many delegates, rounded up.
    pub const fn needed(self, delegates: u32) -> u32 {
        (delegates * self.above as u32).div_ceil(self.below as u32)
    }
}

/// What a vote is about and how it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteRules {
    /// Units that a ballot may mark, and that may be nominated.
    pub seats: u16,
    /// Delegates that must vote.
    pub quorum: Quorum,
    /// Votes that a nomination needs.
    pub threshold: Threshold,
}

/// Someone entitled to vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegate {
    /// Full name.
    pub name: String,
    /// Unit stood for; may be empty.
    pub unit: String,
    /// Position in it; may be empty.
    pub title: String,
}

/// What is wrong with typed delegates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DelegateError {
    /// Fewer than two: a vote of one is not secret.
    TooFew,
    /// More than [`MAX_DELEGATES`].
    TooMany,
    /// Line whose name is missing or whose parts are too long.
    Line(usize),
    /// Line with a person who stands in the list already.
    Twice(usize),
}

/// Delegates as they are typed, one a line: `Nguyễn Văn A; Đảng bộ xã Chi Lăng; Bí thư`. A pasted table with tabs is read
/// as well.
pub fn parse_delegates(typed: &str) -> Result<Vec<Delegate>, DelegateError> {
    let mut delegates: Vec<Delegate> = Vec::new();
    for (at, line) in typed
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        if delegates.len() == MAX_DELEGATES {
            return Err(DelegateError::TooMany);
        }
        let mut parts = line.splitn(3, [';', '\t']).map(tidy);
        let mut next = || parts.next().unwrap_or_default();
        let delegate = Delegate {
            name: next(),
            unit: next(),
            title: next(),
        };
        let long = [&delegate.name, &delegate.unit, &delegate.title]
            .iter()
            .any(|part| part.chars().count() > MAX_NAME);
        if delegate.name.is_empty() || long {
            return Err(DelegateError::Line(at + 1));
        }
        let same = |own: &Delegate| {
            own.name.to_lowercase() == delegate.name.to_lowercase()
                && own.unit.to_lowercase() == delegate.unit.to_lowercase()
        };
        if delegates.iter().any(same) {
            return Err(DelegateError::Twice(at + 1));
        }
        delegates.push(delegate);
    }
    if delegates.len() < 2 {
        return Err(DelegateError::TooFew);
    }
    Ok(delegates)
}

/// What contradicts itself in the rules of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RulesError {
    /// No unit on the ballot, or more than [`MAX_CANDIDATES`].
    Candidates,
    /// No seat, or as many as units or more: nothing would be chosen.
    Seats,
    /// The quorum is not a share between 0 and 1.
    Quorum,
    /// The threshold is above the whole, or "more than all".
    Threshold,
}

/// Everything that contradicts itself in the rules of a vote on so many units, in the order of the form.
pub fn rules_faults(rules: &VoteRules, candidates: usize) -> Vec<RulesError> {
    let seats = usize::from(rules.seats);
    // A vote on one unit is a yes or a blank ballot. Where no unit is chosen, nothing can be said of the seats.
    let enough = candidates == 0 || seats < candidates || (candidates == 1 && seats == 1);
    let Quorum { above, below } = rules.quorum;
    let Threshold {
        share_bp, more_than, ..
    } = rules.threshold;
    [
        (
            candidates == 0 || candidates > MAX_CANDIDATES,
            RulesError::Candidates,
        ),
        (seats == 0 || !enough, RulesError::Seats),
        (above == 0 || below < above || below > 100, RulesError::Quorum),
        (
            share_bp > 10_000 || (more_than && share_bp == 10_000),
            RulesError::Threshold,
        ),
    ]
    .into_iter()
    .filter_map(|(is_wrong, fault)| is_wrong.then_some(fault))
    .collect()
}

/// What counting found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Delegates summoned, each with one ballot to give (phiếu phát ra).
    pub delegates: u32,
    /// Ballots in the box (phiếu thu về).
    pub collected: u32,
    /// Of these, valid ones.
    pub valid: u32,
    /// Of these, blank ones.
    pub blank: u32,
    /// Of these, those that mark too many units.
    pub invalid: u32,
    /// Units by votes, most first; of equals the first on the ballot.
    pub results: Vec<Counted>,
    /// More units with the needed votes than seats, because the last of them are equal: the meeting decides.
    pub tied: bool,
}

/// A unit with its votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Place on the ballot.
    pub candidate: u16,
    /// Valid ballots that mark it.
    pub votes: u32,
    /// Share of the base in ten-thousandths, rounded to the nearest.
    pub share_bp: u32,
    /// Has the needed votes and a seat.
    pub nominated: bool,
    /// Has the needed votes but shares the last seats with more units than there are seats.
    pub tied: bool,
}

/// Counts ballots, given as each different one with its copies.
pub fn tally(rules: &VoteRules, candidates: u16, delegates: u32, ballots: &BTreeMap<Ballot, usize>) -> Tally {
    let mut votes: Vec<u32> = vec![0; usize::from(candidates)];
    let (mut valid, mut blank, mut invalid) = (0, 0, 0);
    for (ballot, copies) in ballots {
        let copies = u32::try_from(*copies).unwrap_or(u32::MAX);
        match ballot.validity(rules.seats) {
            Validity::Blank => blank += copies,
            Validity::Invalid => invalid += copies,
            Validity::Valid => {
                valid += copies;
                let marked = ballot.marks().map(|mark| usize::from(mark) - 1);
                for at in marked {
                    if let Some(own) = votes.get_mut(at) {
                        *own += copies;
                    }
                }
            }
        }
    }
    let collected = valid + blank + invalid;
    let base = match rules.threshold.base {
        Base::Delegates => delegates,
        Base::Ballots => collected,
        Base::Valid => valid,
    };
    let mut results: Vec<Counted> = (1..)
        .zip(votes)
        .map(|(candidate, votes)| Counted {
            candidate,
            votes,
            share_bp: share(votes, base),
            nominated: false,
            tied: false,
        })
        .collect();
    results.sort_by(|a, b| b.votes.cmp(&a.votes).then(a.candidate.cmp(&b.candidate)));
    let tied = nominate(rules, base, &mut results);
    Tally {
        delegates,
        collected,
        valid,
        blank,
        invalid,
        results,
        tied,
    }
}

/// Gives the seats to units with the needed votes. Equals at the last seat of whom not all fit get none: nobody is cut
/// silently. Returns whether that happened.
fn nominate(rules: &VoteRules, base: u32, results: &mut [Counted]) -> bool {
    let seats = usize::from(rules.seats);
    let met = |one: &Counted| one.votes > 0 && rules.threshold.met(one.votes, base);
    let votes_at = |at: usize| results.get(at).filter(|one| met(one)).map(|one| one.votes);
    // Equals stand on both sides of the last seat.
    let border = votes_at(seats).filter(|first_out| seats > 0 && votes_at(seats - 1) == Some(*first_out));
    for (at, one) in results.iter_mut().enumerate() {
        one.tied = met(one) && Some(one.votes) == border;
        one.nominated = met(one) && !one.tied && at < seats;
    }
    border.is_some()
}

fn share(votes: u32, base: u32) -> u32 {
    let (votes, base) = (u64::from(votes), u64::from(base));
    if base == 0 {
        return 0;
    }
    u32::try_from((votes * 10_000 + base / 2) / base).unwrap_or(u32::MAX)
}

/// Why the vote cannot be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CloseRefusal {
    /// It is in another state.
    State(VoteState),
    /// So many ballots are missing to the quorum.
    BelowQuorum {
        /// Ballots in the box.
        collected: u32,
        /// Ballots needed.
        needed: u32,
    },
    /// The one who stopped it cannot confirm as well.
    SamePerson(String),
}

/// Whether the ballots may be counted now by that person.
pub fn may_close(
    state: VoteState,
    rules: &VoteRules,
    (delegates, collected): (u32, u32),
    stopped_by: Option<&str>,
    by: &str,
) -> Result<(), CloseRefusal> {
    if state != VoteState::Stopped {
        return Err(CloseRefusal::State(state));
    }
    let needed = rules.quorum.needed(delegates);
    if collected < needed {
        return Err(CloseRefusal::BelowQuorum { collected, needed });
    }
    let same = |name: &str| tidy(name).to_lowercase();
    if let Some(stopped) = stopped_by.filter(|stopped| same(stopped) == same(by)) {
        return Err(CloseRefusal::SamePerson(stopped.to_owned()));
    }
    Ok(())
}
