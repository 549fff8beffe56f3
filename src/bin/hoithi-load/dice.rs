//! Repeatable chance: equal seeds give equal runs.
//!
//! Owns the generator (SplitMix64, more than good enough for load) and the few distributions that schedules need.

/// A generator.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// From a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits.
    pub(crate) const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Evenly in `(0, 1]`.
    pub(crate) fn share(&mut self) -> f64 {
        ((self.bits() >> 11) + 1) as f64 / (1u64 << 53) as f64
    }

    /// Exponential with mean 1: the gap between independent arrivals.
    pub(crate) fn gap(&mut self) -> f64 {
        -self.share().ln()
    }

    /// Log-normal with median 1; `sigma` is the deviation of its logarithm.
    pub(crate) fn log_normal(&mut self, sigma: f64) -> f64 {
        let normal = (2.0 * self.gap()).sqrt() * (std::f64::consts::TAU * self.share()).cos();
        (sigma * normal).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_numbers() {
        let (mut one, mut two) = (Dice::new(7), Dice::new(7));
        assert!((0..100).all(|_| one.bits() == two.bits()));
    }

    #[test]
    fn gaps_have_mean_one_and_think_times_median_one() {
        let mut dice = Dice::new(1);
        let mean = (0..20_000).map(|_| dice.gap()).sum::<f64>() / 20_000.0;
        assert!((0.97..1.03).contains(&mean), "{mean}");
        let below = (0..20_000).filter(|_| dice.log_normal(0.8) < 1.0).count();
        assert!((9_700..10_300).contains(&below), "{below}");
    }
}
