//! The lists that can be exported, and the shape of a row of each.
//!
//! Owns plain values; reading them is `results`'s.

use crate::domain::collective::UnitFigures;
use crate::domain::ids::{AttemptId, ParticipantId, UnitId};
use crate::domain::item_statistics::ItemStatistics;
use crate::domain::unit::UnitDefinition;
use time::{Date, OffsetDateTime};

/// A list that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Listing {
    /// People registered, with personal data.
    Participants,
    /// Attempts submitted.
    Entries,
    /// One row per person in order of rank.
    Standings,
    /// People who received a prize.
    Winners,
    /// Figures of every unit.
    Units,
    /// How the questions of a round did their work.
    Items,
}

impl Listing {
    /// Every list.
    pub const ALL: [Self; 6] = [
        Self::Participants,
        Self::Entries,
        Self::Standings,
        Self::Winners,
        Self::Units,
        Self::Items,
    ];

    /// The word in commands, addresses and the audit log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Participants => "participants",
            Self::Entries => "entries",
            Self::Standings => "standings",
            Self::Winners => "winners",
            Self::Units => "units",
            Self::Items => "items",
        }
    }

    /// The list of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|listing| listing.name() == name)
    }
}

/// A submitted attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// The attempt.
    pub attempt: AttemptId,
    /// Whose.
    pub participant: ParticipantId,
    /// Code of the unit entered for.
    pub unit: String,
    /// Number of the round.
    pub round: i16,
    /// Which of the person's attempts in the round.
    pub number: i16,
    /// Dense number of the submission in the round.
    pub sequence: i64,
    /// Start.
    pub started_at: OffsetDateTime,
    /// Recorded finish.
    pub finished_at: OffsetDateTime,
    /// `submitted` or `timed_out`.
    pub how: String,
    /// Points.
    pub score: i32,
    /// Questions answered exactly right.
    pub correct: i16,
    /// Time used, milliseconds.
    pub duration_ms: i64,
    /// Prediction given.
    pub prediction: Option<i64>,
    /// When the person registered.
    pub registered_at: OffsetDateTime,
    /// It is the person's attempt that is ranked: in the ranking in force, else by the rule of the round.
    pub counted: bool,
}

/// A person's place in a ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRow {
    /// 1, 2, 3 … without gaps.
    pub position: i64,
    /// Shared by equals.
    pub rank: i64,
    /// The counted attempt; `None` over the contest.
    pub attempt: Option<AttemptId>,
    /// The person.
    pub participant: ParticipantId,
    /// Code of the unit entered for.
    pub unit: String,
    /// Points.
    pub score: i64,
    /// Questions right in what counts.
    pub correct: i32,
    /// Questions asked in what counts.
    pub total: i32,
    /// The prediction that counts.
    pub prediction: Option<i64>,
    /// Its distance from the actual quantity.
    pub prediction_error: Option<i64>,
    /// Time used, milliseconds.
    pub duration_ms: i64,
    /// Moment of submission.
    pub finished_at: OffsetDateTime,
    /// Attempts of the person.
    pub attempts: i32,
    /// When the person registered.
    pub registered_at: OffsetDateTime,
    /// May win a prize.
    pub eligible: bool,
    /// Name of the prize won; several are joined by semicolons.
    pub prize: Option<String>,
    /// The mark of the essay, which is part of the points; `None` where none was counted and over the contest.
    pub essay: Option<i32>,
}

/// A prize with its winner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WinnerRow {
    /// Number of the round; `None` for a prize of the contest as a whole.
    pub round: Option<i16>,
    /// Place of the prize in the contest file.
    pub prize_index: i16,
    /// Name of the prize.
    pub prize: String,
    /// Which place of the prize.
    pub place: i16,
    /// Value in đồng.
    pub value: Option<i64>,
    /// Rank of the winner; of a prize for bringing newcomers that among those who brought some.
    pub rank: i64,
    /// Newcomers who counted, of a prize for bringing them: what the person answered says nothing about it then.
    pub newcomers: Option<i64>,
    /// The person.
    pub participant: ParticipantId,
    /// The counted attempt; `None` over the contest.
    pub attempt: Option<AttemptId>,
    /// Full name, whatever the consent says.
    pub full_name: String,
    /// Agrees to be named.
    pub consent_publish: bool,
    /// Unit entered for.
    pub unit: UnitId,
    /// Points.
    pub score: i64,
    /// Questions right in what counts.
    pub correct: i32,
    /// Questions asked in what counts.
    pub total: i32,
    /// The prediction that counts.
    pub prediction: Option<i64>,
    /// Its distance from the actual quantity.
    pub prediction_error: Option<i64>,
    /// Time used, milliseconds.
    pub duration_ms: i64,
    /// Moment of submission.
    pub finished_at: OffsetDateTime,
    /// `rank`, `draw` or `board`.
    pub settled_by: String,
    /// Made by the simulator.
    pub demonstration: bool,
    /// Code of the certificate, where the list names it: once the result is approved.
    pub certificate: Option<String>,
    /// What else is stored of the person, where it was asked for.
    pub person: Option<Box<PersonRow>>,
}

/// A unit with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// What the file says of it.
    pub definition: UnitDefinition,
    /// Its figures, units below it included.
    pub figures: UnitFigures,
}

/// A registered person, sealed fields opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Number.
    pub participant: ParticipantId,
    /// Name.
    pub full_name: String,
    /// Birth date.
    pub birth_date: Date,
    /// Phone; `None` if it was sealed with another key.
    pub phone: Option<String>,
    /// Unit entered for.
    pub unit: UnitId,
    /// Last three digits of the identity number, the others hidden.
    pub national_id: Option<String>,
    /// `female` or `male`.
    pub sex: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// School class.
    pub class: Option<String>,
    /// Parent or guardian.
    pub guardian_name: Option<String>,
    /// Who invited.
    pub referral: Option<String>,
    /// Agrees to be named.
    pub consent_publish: bool,
    /// When.
    pub registered_at: OffsetDateTime,
    /// Why the rules bar the person.
    pub excluded_reason: Option<String>,
    /// Made by the simulator.
    pub demonstration: bool,
}

/// A question of a round with its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRow {
    /// Name of the set.
    pub set: String,
    /// Name of the question in it.
    pub question: String,
    /// The stem, without signs of emphasis.
    pub text: String,
    /// Labels that earn the points, in the order of the file.
    pub key: String,
    /// How it is marked, where not by its key.
    pub marking: Option<&'static str>,
    /// What its figures say, as a word of the program.
    pub reading: &'static str,
    /// The figures.
    pub figures: ItemStatistics,
}
