//! Emulation clusters and blocks (cụm, khối thi đua): their members by year, points, votes, and awards.
//!
//! Owns what a cluster is; ranking, ballots, votes and award statistics have a file each below. Leaves reading files to
//! `bank` and keeping to `store`.

pub mod award;
pub mod ballot;
pub mod ranking;
pub mod statistics;
pub mod vote;

#[cfg(test)]
#[path = "emulation_tests.rs"]
mod tests;

/// Years that the program accepts.
pub const YEARS: std::ops::RangeInclusive<u16> = 2000..=2100;
/// Longest name of a cluster, unit or criterion, in characters.
pub const MAX_NAME: usize = 200;
/// Units of a cluster.
pub const MAX_MEMBERS: usize = 100;

macro_rules! number_of {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i32);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_of!(
    /// A cluster of one year, numbered by the database.
    ClusterId
);
number_of!(
    /// A criterion of a cluster, numbered by the database.
    CriterionId
);
number_of!(
    /// A vote, numbered by the database.
    VoteId
);
number_of!(
    /// A delegate of a vote, numbered by the database.
    DelegateId
);
number_of!(
    /// A line of the register of awards, numbered by the database.
    AwardId
);

/// Cluster or block: units of an area, or units of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClusterKind {
    /// Cụm thi đua.
    Cluster,
    /// Khối thi đua.
    Block,
}

impl ClusterKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Cluster, Self::Block];

    /// The word stored and used in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cluster => "cluster",
            Self::Block => "block",
        }
    }

    /// The kind of that word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a unit is in its cluster for the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MemberRole {
    /// Trưởng cụm, trưởng khối; at most one.
    Head,
    /// Phó; there may be several.
    Deputy,
    /// Neither.
    Member,
}

impl MemberRole {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Head, Self::Deputy, Self::Member];

    /// The word stored and used in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Deputy => "deputy",
            Self::Member => "member",
        }
    }

    /// The role of that word.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A unit in a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Code, the same as in `units.csv` of contests.
    pub code: String,
    /// Name in that year.
    pub name: String,
    /// What it is in the cluster.
    pub role: MemberRole,
}

/// A cluster as a file or a form defines it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterDefinition {
    /// The year for which all of it holds.
    pub year: u16,
    /// Short code, unique in the year.
    pub code: String,
    /// Cluster or block.
    pub kind: ClusterKind,
    /// Full name.
    pub name: String,
    /// Its units in their order.
    pub members: Vec<Member>,
}

/// A code of a cluster in the form that is stored: capital letters, digits, dots and hyphens, at most 20; `None` if it
/// cannot be one.
pub fn cluster_code(typed: &str) -> Option<String> {
    let code = typed.trim().to_uppercase();
    let first = code.bytes().next()?;
    let fits = code.len() <= 20
        && first.is_ascii_alphanumeric()
        && code
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.' || b == b'-');
    fits.then_some(code)
}
