//! Prizes for those who bring newcomers by their personal links.
//!
//! Owns the settings; leaves counting and giving to `spread`.

use super::awarding::{Prize, Scope};
use serde::{Deserialize, Serialize};

/// Which newcomers count, and what is given to those who brought most of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpreadRules {
    /// Papers that a newcomer must hand in to count, at least 1.
    pub min_attempts: u16,
    /// Newcomers who count for one person at most; `None` means any number.
    pub cap: Option<u32>,
    /// The prizes, best first; given once, over the whole contest.
    pub prizes: Vec<SpreadPrize>,
}

/// A prize for those who brought most newcomers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpreadPrize {
    /// "Giải Lan tỏa".
    pub name: String,
    /// How many people receive it, at least 1.
    pub places: u16,
    /// Value of one place in đồng.
    pub value: Option<u64>,
    /// Fewest newcomers that may win it, at least 1.
    pub min_newcomers: u32,
}

impl SpreadPrize {
    /// The same as a prize of the whole contest, without what it is given for.
    pub fn plain(&self) -> Prize {
        Prize {
            scope: Scope::Contest,
            name: self.name.clone(),
            places: self.places,
            value: self.value,
            bloc: None,
        }
    }
}
