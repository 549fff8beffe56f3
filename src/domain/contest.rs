//! What a contest is: its fields, rounds, papers, attempts, ranking and prizes, as the organiser wrote them.
//!
//! Owns the settings as typed values and the sentence-free facts derived from them; leaves reading them from files to
//! `bank`, time rules to `round`, and printing them to pages.

mod awarding;
mod complaining;
mod essaying;
mod papers;
mod predicting;
mod spreading;

pub use awarding::{
    CollectiveMeasure, CollectivePrize, Direction, Keep, MeasurePart, PerPerson, Prize, RankField, RankKey,
    RankingRules, RateBand, Scope, TieRule, UnitConditions,
};
pub use complaining::ComplaintRules;
pub use essaying::{EssayRules, Markers};
pub use papers::{DrawLine, PaperRules, Shuffle};
pub use predicting::{
    CountedPrediction, MAX_BANDS, PointBand, PredictedQuantity, PredictionAsked, PredictionPoints,
    PredictionRules, PredictionTaken,
};
pub use spreading::{SpreadPrize, SpreadRules};

use super::access::AccessWindow;
use super::account::Accounts;
use super::exclusion::BarredGroup;
use super::official::Papers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use time::{Date, OffsetDateTime};

/// A whole contest as its directory defines it, questions and units apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestDefinition {
    /// Name of the directory and part of every address: lower-case letters, digits, hyphens.
    pub slug: String,
    /// Full title.
    pub title: String,
    /// The body that runs it.
    pub organiser: String,
    /// One or two sentences for the front page.
    pub description: Option<String>,
    /// The organiser's own rules, Markdown.
    pub rules: Option<String>,
    /// Telephone for help, with hours.
    pub hotline: Option<String>,
    /// Last day on which personal data is kept.
    pub data_deleted_by: Option<Date>,
    /// Smallest age in whole years on the day the first round opens.
    pub min_age: Option<u8>,
    /// Whom else it is open to, and who is shut out.
    #[serde(default)]
    pub entry: EntryRules,
    /// Colour of the front page.
    pub accent: Accent,
    /// When the key of a round's questions is shown to everybody.
    #[serde(default)]
    pub answer_key: KeyPublication,
    /// What registration asks for.
    pub fields: FieldRules,
    /// The rules that hold where a round does not override them; their ranking is that over all rounds.
    pub rules_default: RoundRules,
    /// The rounds in order of number, not overlapping.
    pub rounds: Vec<RoundDefinition>,
    /// Prizes for people, best first within a scope.
    pub prizes: Vec<Prize>,
    /// Prizes for units.
    pub collective_prizes: Vec<CollectivePrize>,
    /// Prizes for bringing newcomers; `None` where there are none, and no personal links then.
    #[serde(default)]
    pub spread: Option<SpreadRules>,
    /// Until when people may complain and are answered; `None` where the rules do not say.
    #[serde(default)]
    pub complaints: Option<ComplaintRules>,
    /// Official papers as the folder words them.
    #[serde(default)]
    pub papers: Papers,
}

/// Who may enter, besides the smallest age and the list of units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRules {
    /// Largest age in whole years on the day the first round opens.
    pub max_age: Option<u8>,
    /// Whom the contest is open to, one kind of people after the other, in the organiser's words.
    pub open_to: Vec<String>,
    /// Who may not enter, in the organiser's words.
    pub excluded: Vec<String>,
    /// Who may enter but never wins, in the organiser's words.
    #[serde(default)]
    pub no_prize: Vec<String>,
    /// Groups who may enter but never win.
    #[serde(default)]
    pub no_prize_groups: Vec<BarredGroup>,
    /// How people come to an account.
    #[serde(default)]
    pub accounts: Accounts,
    /// What must be typed to register; the organiser gives it out. 4 to 50 characters.
    pub password: Option<String>,
    /// Times of groups within rounds; a round without any takes everybody while it is open.
    #[serde(default)]
    pub access: Vec<AccessWindow>,
}

/// The colour a contest chooses for its front page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Accent {
    /// Indigo of Nùng cloth.
    #[default]
    Cham,
    /// Star anise.
    Hoi,
    /// Peach blossom.
    Dao,
}

/// When the key is shown to everybody. Questions that another round may still ask are kept back in any case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPublication {
    /// Not at all.
    #[default]
    Never,
    /// With the results of the round.
    AfterRound,
    /// With the results of the last round.
    AfterContest,
}

/// A field that registration may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Full name.
    FullName,
    /// Birth date.
    BirthDate,
    /// Phone number; also the log-in name.
    Phone,
    /// Unit entered for.
    Unit,
    /// Twelve-digit personal identification number.
    NationalId,
    /// Sex.
    Sex,
    /// E-mail address.
    Email,
    /// Postal address.
    Address,
    /// School class.
    Class,
    /// Name of a parent or guardian, for entrants under 16.
    GuardianName,
    /// Code of the person or unit that invited.
    Referral,
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 11] = [
        Self::FullName,
        Self::BirthDate,
        Self::Phone,
        Self::Unit,
        Self::NationalId,
        Self::Sex,
        Self::Email,
        Self::Address,
        Self::Class,
        Self::GuardianName,
        Self::Referral,
    ];

    /// Fields that every contest asks for: without them nobody can log in, be ranked or be told apart.
    pub const ALWAYS: [Self; 4] = [Self::FullName, Self::BirthDate, Self::Phone, Self::Unit];

    /// Fields that tell who somebody is or how to find them: an export has them only when asked for them.
    pub const PERSONAL: [Self; 10] = [
        Self::FullName,
        Self::BirthDate,
        Self::Phone,
        Self::NationalId,
        Self::Sex,
        Self::Email,
        Self::Address,
        Self::Class,
        Self::GuardianName,
        Self::Referral,
    ];

    /// The name used in files, forms and the JSON API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FullName => "full_name",
            Self::BirthDate => "birth_date",
            Self::Phone => "phone",
            Self::Unit => "unit",
            Self::NationalId => "national_id",
            Self::Sex => "sex",
            Self::Email => "email",
            Self::Address => "address",
            Self::Class => "class",
            Self::GuardianName => "guardian_name",
            Self::Referral => "referral",
        }
    }
}

/// Which fields registration requires and which it offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRules {
    /// Must be filled.
    pub required: BTreeSet<Field>,
    /// May be left empty.
    pub optional: BTreeSet<Field>,
}

impl FieldRules {
    /// Whether the form shows the field.
    pub fn asks(&self, field: Field) -> bool {
        self.required.contains(&field) || self.optional.contains(&field)
    }
}

/// A round as written: its window and the rules that hold in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundDefinition {
    /// 1, 2, 3 … within the contest.
    pub number: u16,
    /// What people call it ("Tuần 1").
    pub title: String,
    /// First moment at which an attempt may start.
    #[serde(with = "time::serde::rfc3339")]
    pub opens_at: OffsetDateTime,
    /// First moment at which none may.
    #[serde(with = "time::serde::rfc3339")]
    pub closes_at: OffsetDateTime,
    /// The phase it belongs to ("Đợt 1"); rounds of one phase follow one another.
    #[serde(default)]
    pub phase: Option<String>,
    /// Stays shut after `opens_at` until somebody opens it by hand, as at a launch.
    #[serde(default)]
    pub by_hand: bool,
    /// Only these people may enter; `None` means everybody who is registered.
    #[serde(default)]
    pub qualifying: Option<Qualifying>,
    /// The contest's rules with this round's overrides applied.
    pub rules: RoundRules,
}

/// Who may enter a round: the best over earlier rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualifying {
    /// The earlier rounds whose points are added up.
    pub rounds: Vec<u16>,
    /// So many people in all, equals at the last place included.
    pub top: Option<u32>,
    /// So many people of each unit of this level, equals at the last place included.
    pub per_unit: Option<(u8, u32)>,
    /// Smallest sum of points.
    pub min_score: Option<u32>,
}

/// Everything that decides an attempt and the ranking of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRules {
    /// What is drawn and how long it may take.
    pub paper: PaperRules,
    /// How often one may try and which try counts.
    pub attempts: AttemptRules,
    /// The predicted quantity, if one is asked for.
    pub prediction: Option<PredictionRules>,
    /// The essay, if one is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub essay: Option<EssayRules>,
    /// Gate, order and ties.
    pub ranking: RankingRules,
}

/// How often one may try and what is told afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptRules {
    /// Attempts per person and round; `None` means any number.
    pub per_round: Option<u16>,
    /// Attempts per person in all rounds together; `None` means any number.
    #[serde(default)]
    pub per_contest: Option<u16>,
    /// Which attempt of a person is ranked.
    pub counts: CountedAttempt,
    /// Seconds between the end of one attempt and the start of the next.
    pub wait_s: u32,
    /// What the entrant is told at once.
    pub feedback: Feedback,
    /// An attempt may run on after the round has closed, until its own time is up.
    pub late_finish: bool,
}

/// Which of a person's attempts in a round is ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountedAttempt {
    /// The highest score; among equal scores the one submitted first.
    Best,
    /// The first attempt.
    First,
    /// The last attempt.
    Last,
    /// As `Best` within a round; over the contest the scores of all rounds are added up.
    SumOfRounds,
    /// All attempts together: points and time are added up; moment and evidence are those of the last attempt.
    Sum,
    /// All attempts together: the mean of their points, rounded half up, and of their time; otherwise as `Sum`.
    Average,
}

impl CountedAttempt {
    /// Whether all attempts of a round count together rather than one of them.
    pub const fn is_over_all_attempts(self) -> bool {
        matches!(self, Self::Sum | Self::Average)
    }
}

/// What an entrant learns on submitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feedback {
    /// Only that it was received.
    None,
    /// Points and number of right answers; never which ones.
    Score,
}
