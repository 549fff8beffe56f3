//! Who works on a contest and what each may do.
//!
//! Owns roles and rights; leaves log-in to `action` and `session`.

use super::ids::StaffId;
use serde::{Deserialize, Serialize};

/// What a member of staff is appointed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Runs the system: accounts, everything that can be seen.
    Admin,
    /// Loads question sets, closes and ranks rounds.
    Organiser,
    /// Approves and publishes.
    Board,
    /// Only looks.
    Viewer,
    /// Only marks essays.
    Marker,
}

/// One thing staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// See contests, counts and standings.
    See,
    /// Check and load question sets.
    LoadSets,
    /// Close, extend, reopen, rank.
    RunRounds,
    /// Approve and publish.
    Approve,
    /// Mark essays, without learning who wrote them.
    MarkEssays,
    /// Take out lists with personal data.
    Export,
    /// Make and disable accounts.
    ManageStaff,
    /// Give a participant a new password code.
    HelpParticipants,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [
        Self::Admin,
        Self::Organiser,
        Self::Board,
        Self::Viewer,
        Self::Marker,
    ];

    /// The word stored and used on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Organiser => "organiser",
            Self::Board => "board",
            Self::Viewer => "viewer",
            Self::Marker => "marker",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether the role may do it. Admins run the system but neither rank nor approve: keys to the machine and the
    /// decision over prizes stay in different hands. Who only marks essays sees nothing that tells whose they are, or what
    /// another marker gave.
    pub const fn may(self, right: Right) -> bool {
        match right {
            Right::See => !matches!(self, Self::Marker),
            Right::LoadSets | Right::RunRounds => matches!(self, Self::Organiser),
            Right::Approve => matches!(self, Self::Board),
            Right::Export => matches!(self, Self::Organiser | Self::Board),
            Right::MarkEssays => matches!(self, Self::Organiser | Self::Board | Self::Marker),
            Right::ManageStaff => matches!(self, Self::Admin),
            Right::HelpParticipants => matches!(self, Self::Admin | Self::Organiser),
        }
    }
}

/// A member of staff who is logged in or acts by command line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Number in the database.
    pub id: StaffId,
    /// Log-in name.
    pub login: String,
    /// Name as printed in minutes.
    pub name: String,
    /// Appointment.
    pub role: Role,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_marks_and_may_do_nothing_else() {
        let rights = [
            Right::See,
            Right::LoadSets,
            Right::RunRounds,
            Right::Approve,
            Right::MarkEssays,
            Right::Export,
            Right::ManageStaff,
            Right::HelpParticipants,
        ];
        let may = |role: Role| {
            rights
                .into_iter()
                .filter(|right| role.may(*right))
                .collect::<Vec<_>>()
        };
        assert_eq!(may(Role::Marker), [Right::MarkEssays]);
        let others = Role::ALL.into_iter().filter(|role| *role != Role::Marker);
        assert!(others.into_iter().all(|role| role.may(Right::See)));
        assert!(
            Role::ALL
                .into_iter()
                .all(|role| Role::parse(role.name()) == Some(role))
        );
    }
}
