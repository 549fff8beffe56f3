//! Repeatable chance: generators that depend on the seed and on what they are for, never on the order of work.
//!
//! Owns drawing whole numbers without bias; what is drawn belongs to the callers.

use crate::entropy::Entropy;
use rand::Rng;
use rand::rngs::ChaCha12Rng;

/// Makes a generator for each purpose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dice {
    seed: u64,
}

/// One generator.
pub(super) struct Die(ChaCha12Rng);

impl Dice {
    /// Dice of a seed and of what makes this crowd differ from others of the same seed.
    pub(super) fn new(seed: u64, parts: &[u64]) -> Self {
        Self {
            seed: mixed(seed, parts),
        }
    }

    /// The generator for one purpose, such as (answers, person 7, attempt 2).
    pub(super) fn die(self, parts: &[u64]) -> Die {
        Die(Entropy::seeded(mixed(self.seed, parts)).rng())
    }
}

impl Die {
    /// A number in `0..bound`; 0 for an empty range.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        if bound < 2 {
            return 0;
        }
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let value = self.0.next_u64();
            if value < limit {
                return value % bound;
            }
        }
    }

    /// A number in `from..=to`, `from` if the range is empty.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = to.saturating_sub(from).max(0).unsigned_abs();
        from.saturating_add_unsigned(self.below(span.saturating_add(1)))
    }

    /// True in so many of a hundred cases.
    pub(super) fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < u64::from(chance)
    }

    /// One of the things, each equally likely.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(usize::try_from(self.below(from.len() as u64)).ok()?)
    }

    /// The place in a list of running sums that falls to a weight drawn evenly below the last sum.
    pub(super) fn weighted(&mut self, sums: &[u64]) -> usize {
        let drawn = self.below(sums.last().copied().unwrap_or(0));
        sums.partition_point(|sum| *sum <= drawn)
    }

    /// Random bytes.
    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// The generator itself, for the rules that take one.
    pub(super) fn rng(&mut self) -> &mut ChaCha12Rng {
        &mut self.0
    }
}

/// Running sums of weights, for [`Die::weighted`].
pub(super) fn sums(weights: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let add = |sum: &mut u64, weight: u64| {
        *sum = sum.saturating_add(weight);
        Some(*sum)
    };
    weights.into_iter().scan(0, add).collect()
}

/// A well mixed number of a seed and parts (the finaliser of splitmix64 after each).
fn mixed(seed: u64, parts: &[u64]) -> u64 {
    parts
        .iter()
        .fold(mix(seed), |state, part| mix(state ^ mix(*part)))
}

fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
