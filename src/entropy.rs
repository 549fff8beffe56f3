//! The only maker of randomness: papers, draws, tokens, salts and ids all start here.
//! What is drawn with it belongs to whoever asks; nothing else in the crate may call `rand` for a generator.

use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::ChaCha12Rng;
use rand::{Rng, SeedableRng, TryRng};

/// Where randomness comes from. Cheap to clone; clones of a seeded source share one stream.
#[derive(Clone)]
pub enum Entropy {
    /// The operating system's generator: the only choice outside of tests and simulations.
    Os,
    /// A repeatable stream. Make it with [`Entropy::seeded`].
    Seeded(Arc<Mutex<ChaCha12Rng>>),
}

impl Entropy {
    /// A repeatable source: the same seed and the same order of calls give the same values.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(Mutex::new(ChaCha12Rng::seed_from_u64(seed))))
    }

    /// A fresh generator with a seed of its own, independent of those given out before.
    ///
    /// # Panics
    /// When the operating system cannot give random bytes: no secret may be made then.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one maker of generators")]
    pub fn rng(&self) -> ChaCha12Rng {
        match self {
            Self::Os => rand::make_rng(),
            Self::Seeded(stream) => {
                let mut seed = [0; 32];
                stream
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .fill_bytes(&mut seed);
                ChaCha12Rng::from_seed(seed)
            }
        }
    }

    /// `N` random bytes, for keys, tokens and ids.
    ///
    /// # Panics
    /// When the operating system cannot give random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self {
            Self::Os => fill_from_system(&mut bytes),
            Self::Seeded(_) => self.rng().fill_bytes(&mut bytes),
        }
        bytes
    }
}

/// One call of the system, without a generator of our own in between.
///
/// # Panics
/// When the system has no random bytes: nothing secret may be made then.
#[expect(clippy::expect_used, reason = "no secret may be made without randomness")]
fn fill_from_system(bytes: &mut [u8]) {
    rand::rngs::SysRng
        .try_fill_bytes(bytes)
        .expect("the operating system gives random bytes");
}

impl std::fmt::Debug for Entropy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Os => "Entropy::Os",
            Self::Seeded(_) => "Entropy::Seeded(***)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_values_in_the_same_order() {
        let (a, b) = (Entropy::seeded(7), Entropy::seeded(7));
        let draw = |source: &Entropy| {
            (
                source.bytes::<16>(),
                source.rng().next_u64(),
                source.bytes::<16>(),
            )
        };
        assert_eq!(draw(&a), draw(&b));
        assert_ne!(draw(&a), draw(&Entropy::seeded(8)));
    }

    #[test]
    fn two_generators_of_one_source_differ() {
        let source = Entropy::seeded(1);
        assert_ne!(source.bytes::<32>(), source.bytes::<32>());
        assert_ne!(Entropy::Os.bytes::<32>(), Entropy::Os.bytes::<32>());
    }

    #[test]
    fn clones_of_a_seeded_source_never_repeat_a_value() {
        let source = Entropy::seeded(3);
        let twin = source.clone();
        assert_ne!(source.bytes::<32>(), twin.bytes::<32>());
    }
}
