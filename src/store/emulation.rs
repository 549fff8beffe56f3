//! Emulation clusters, their votes, and the register of awards.
//!
//! Owns those rows; what may be done with them is said by `domain::emulation`.

mod awards;
mod ballots;
mod clusters;
mod votes;

pub use awards::KeptAward;
pub use clusters::{ClusterRow, NewScore, ScoreRow};
pub use votes::{DelegateRow, NewVote, VoteRow};
