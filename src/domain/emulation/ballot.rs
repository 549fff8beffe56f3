//! Ballots, and the box that keeps them while a vote runs.
//!
//! How secrecy is kept: a ballot has no number, no time and no owner. All ballots of a vote lie together in one value,
//! sorted by content, so the order in which they came is lost at once; the value is always of the same length, so its size
//! tells nothing either. `store` keeps that value as one encrypted row which every new ballot rewrites whole, in the same
//! transaction that marks the delegate as having voted: no row, column, sequence or row version (`xmin`) of PostgreSQL ties
//! one ballot to one delegate, and a copy or the log of the database shows only sealed values. When the vote is counted the
//! box is opened once and becomes a count of equal ballots. What is left to trust: whoever holds the server's secret *and*
//! took copies of the database between two ballots could compare two states of the box.

use std::collections::{BTreeMap, BTreeSet};

/// Units on a ballot.
pub const MAX_CANDIDATES: usize = 100;
/// Delegates of a vote.
pub const MAX_DELEGATES: usize = 200;

/// What a delegate marked: places of candidates on the ballot, from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ballot(BTreeSet<u16>);

/// What a ballot counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Validity {
    /// Marks one unit or more, and not too many.
    Valid,
    /// Marks nothing (phiếu trắng).
    Blank,
    /// Marks more units than it may (phiếu không hợp lệ).
    Invalid,
}

impl Ballot {
    /// A ballot with these marks; `None` if one of them is not on the ballot.
    pub fn new(marks: impl IntoIterator<Item = u16>, candidates: usize) -> Option<Self> {
        let marks: BTreeSet<u16> = marks.into_iter().collect();
        let known = marks
            .iter()
            .all(|mark| (1..=candidates).contains(&usize::from(*mark)));
        known.then_some(Self(marks))
    }

    /// The marked places in rising order.
    pub fn marks(&self) -> impl Iterator<Item = u16> + '_ {
        self.0.iter().copied()
    }

    /// What it counts as where at most `seats` units may be marked.
    pub fn validity(&self, seats: u16) -> Validity {
        match self.0.len() {
            0 => Validity::Blank,
            n if n <= usize::from(seats) => Validity::Valid,
            _ => Validity::Invalid,
        }
    }

    /// `1,4,7`; empty for a blank one.
    pub fn text(&self) -> String {
        let marks: Vec<String> = self.0.iter().map(u16::to_string).collect();
        marks.join(",")
    }

    /// Reads [`Ballot::text`].
    pub fn read(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let marks: Option<BTreeSet<u16>> = text.split(',').map(|mark| mark.parse().ok()).collect();
        marks.map(Self)
    }

    /// One letter for each candidate: `x` or `-`.
    fn row(&self, candidates: usize) -> String {
        let mark = |place: usize| u16::try_from(place).is_ok_and(|place| self.0.contains(&place));
        (1..=candidates)
            .map(|place| if mark(place) { 'x' } else { '-' })
            .collect()
    }

    fn of_row(row: &str) -> Option<Self> {
        let mut marks = BTreeSet::new();
        for (place, letter) in (1..).zip(row.chars()) {
            match letter {
                'x' => {
                    marks.insert(place);
                }
                '-' => {}
                _ => return None,
            }
        }
        Some(Self(marks))
    }
}

/// The ballots of a vote, sorted; which came when cannot be told from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotBox {
    candidates: usize,
    /// Ballots that fit: one for each delegate.
    room: usize,
    ballots: Vec<Ballot>,
}

/// The box is full or was tampered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the ballot box does not hold what it should")]
pub struct BadBox;

impl BallotBox {
    /// An empty box.
    pub const fn empty(candidates: usize, room: usize) -> Self {
        Self {
            candidates,
            room,
            ballots: Vec::new(),
        }
    }

    /// Puts a ballot in at the place that its content gives it.
    pub fn put(&mut self, ballot: Ballot) -> Result<(), BadBox> {
        if self.ballots.len() >= self.room {
            return Err(BadBox);
        }
        let at = self.ballots.partition_point(|own| *own < ballot);
        self.ballots.insert(at, ballot);
        Ok(())
    }

    /// Ballots in it.
    pub const fn len(&self) -> usize {
        self.ballots.len()
    }

    /// Whether nobody has voted.
    pub const fn is_empty(&self) -> bool {
        self.ballots.is_empty()
    }

    /// Each different ballot with how many there are.
    pub fn counted(&self) -> BTreeMap<Ballot, usize> {
        let mut counted = BTreeMap::new();
        for ballot in &self.ballots {
            *counted.entry(ballot.clone()).or_default() += 1;
        }
        counted
    }

    /// The content to be sealed: of the same length however many ballots and marks are in it.
    pub fn text(&self) -> String {
        let unused = ".".repeat(self.candidates);
        let rows = self.ballots.iter().map(|ballot| ballot.row(self.candidates));
        let fill = std::iter::repeat_n(unused, self.room.saturating_sub(self.ballots.len()));
        rows.chain(fill).collect::<Vec<_>>().join("\n")
    }

    /// Reads [`BallotBox::text`].
    pub fn read(text: &str, candidates: usize, room: usize) -> Result<Self, BadBox> {
        let rows: Vec<&str> = text.split('\n').collect();
        if rows.len() != room.max(1) || rows.iter().any(|row| row.len() != candidates) {
            return Err(BadBox);
        }
        let used = rows.iter().filter(|row| !row.starts_with('.'));
        let ballots: Option<Vec<Ballot>> = used.map(|row| Ballot::of_row(row)).collect();
        let mut ballots = ballots.ok_or(BadBox)?;
        ballots.sort();
        Ok(Self {
            candidates,
            room,
            ballots,
        })
    }
}
