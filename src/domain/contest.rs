//! What a contest is: its fields, rounds, papers, attempts, ranking and prizes, as the organiser wrote them.
//!
//! Owns the settings as typed values and the sentence-free facts derived from them; leaves reading them from files to
//! `bank`, time rules to `round`, and printing them to pages.

use super::official::Papers;
use super::question::{Level, SetId};
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
    /// Colour of the front page.
    pub accent: Accent,
    /// When the key of a round's questions is shown to everybody.
    #[serde(default)]
    pub answer_key: KeyPublication,
    /// What registration asks for.
    pub fields: FieldRules,
    /// The rules that hold where a round does not override them, and for the ranking over all rounds.
    pub rules_default: RoundRules,
    /// The rounds in order of number, not overlapping.
    pub rounds: Vec<RoundDefinition>,
    /// Prizes for people, best first within a scope.
    pub prizes: Vec<Prize>,
    /// Prizes for units.
    pub collective_prizes: Vec<CollectivePrize>,
    /// Official papers as the folder words them.
    #[serde(default)]
    pub papers: Papers,
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
    /// The contest's rules with this round's overrides applied.
    pub rules: RoundRules,
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
    /// Gate, order and ties.
    pub ranking: RankingRules,
}

/// What a paper is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRules {
    /// Lines drawn one after the other; no question twice in a paper.
    pub draw: Vec<DrawLine>,
    /// Points for a question answered exactly right; nothing for any other answer.
    pub points: u32,
    /// Seconds from start to deadline; `None` means until the round closes.
    pub time_limit_s: Option<u32>,
    /// What is shuffled.
    pub shuffle: Shuffle,
}

impl PaperRules {
    /// Questions on one paper.
    pub fn question_count(&self) -> u32 {
        self.draw.iter().map(|line| u32::from(line.count)).sum()
    }

    /// Points of a paper answered exactly right throughout.
    pub fn max_score(&self) -> u32 {
        self.points.saturating_mul(self.question_count())
    }
}

/// One line of the draw: so many questions of a set, of one level or of any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawLine {
    /// The set.
    pub set: SetId,
    /// Only this level, if given.
    pub level: Option<Level>,
    /// How many questions.
    pub count: u16,
}

/// What is put into random order for each attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shuffle {
    /// The questions of the paper.
    pub questions: bool,
    /// The options of a question, pinned ones apart.
    pub options: bool,
}

/// How often one may try and what is told afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptRules {
    /// Attempts per person and round; `None` means any number.
    pub per_round: Option<u16>,
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

/// The question whose answer is known only after the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PredictionRules {
    /// The quantity to be predicted.
    pub asks: PredictedQuantity,
    /// Whose prediction counts when a person made several.
    pub counted: CountedPrediction,
}

/// The quantity that entrants predict, taken when the round is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PredictedQuantity {
    /// Attempts submitted in the round (lượt).
    AttemptsInRound,
    /// Different people who submitted an attempt in the round (người).
    PeopleInRound,
    /// People with at least one attempt right in every question.
    PeopleAllCorrect,
    /// Attempts right in every question.
    AttemptsAllCorrect,
}

/// Whose prediction counts when a person made several attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountedPrediction {
    /// That of the attempt that is ranked.
    OfCountedAttempt,
    /// The first one given in the round.
    First,
    /// The last one given in the round.
    Last,
    /// The first one given; the page no longer asks after that.
    LockedOnce,
}

/// How people are ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankingRules {
    /// Smallest score that may win a prize.
    pub min_score: Option<u32>,
    /// Keys, most important first.
    pub order: Vec<RankKey>,
    /// What settles a tie that does not fit the places of a prize.
    pub tie: TieRule,
    /// Prizes one person may receive.
    pub per_person: PerPerson,
}

/// One key of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankKey {
    /// The quantity.
    pub by: RankField,
    /// Which end is better.
    pub direction: Direction,
}

/// A quantity that people can be ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RankField {
    /// Points.
    Score,
    /// Distance of the prediction from the actual quantity; no prediction is worse than any.
    PredictionError,
    /// Time used, milliseconds.
    Duration,
    /// Moment of submission.
    SubmittedAt,
    /// Number of attempts of the person in the round.
    Attempts,
    /// Moment of registration.
    RegisteredAt,
}

impl RankField {
    /// Every field.
    pub const ALL: [Self; 6] = [
        Self::Score,
        Self::PredictionError,
        Self::Duration,
        Self::SubmittedAt,
        Self::Attempts,
        Self::RegisteredAt,
    ];

    /// The name in contest files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::PredictionError => "prediction_error",
            Self::Duration => "duration",
            Self::SubmittedAt => "submitted_at",
            Self::Attempts => "attempts",
            Self::RegisteredAt => "registered_at",
        }
    }
}

/// Which end of a key is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Smaller is better.
    Asc,
    /// Larger is better.
    Desc,
}

/// What settles a tie at the border of a prize.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TieRule {
    /// The board decides and gives its reason.
    Board,
    /// A draw by lot with a recorded seed.
    Draw,
}

/// How many prizes one person may receive; `None` means any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerPerson {
    /// In one round.
    pub round: Option<u16>,
    /// In the whole contest.
    pub contest: Option<u16>,
}

/// What a prize is given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Each round.
    Round,
    /// The contest as a whole.
    Contest,
}

/// A prize for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prize {
    /// Each round or the whole contest.
    pub scope: Scope,
    /// "Giải Nhất".
    pub name: String,
    /// How many people receive it, at least 1.
    pub places: u16,
    /// Value of one place in đồng.
    pub value: Option<u64>,
}

/// A prize for units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectivePrize {
    /// Each round or the whole contest.
    pub scope: Scope,
    /// "Giấy khen tập thể".
    pub name: String,
    /// How many units receive it, at least 1.
    pub places: u16,
    /// The quantity that decides.
    pub by: CollectiveMeasure,
    /// Level of the unit tree that competes, 1 at the top.
    pub level: u8,
    /// Only units of this bloc.
    pub bloc: Option<String>,
    /// Smallest rate of entrants to headcount, in ten-thousandths.
    pub min_rate_bp: Option<u32>,
    /// Value of one place in đồng.
    pub value: Option<u64>,
}

/// The quantity that ranks units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CollectiveMeasure {
    /// Different people who submitted.
    People,
    /// Attempts submitted.
    Attempts,
    /// People divided by headcount.
    Rate,
    /// Mean of the counted scores.
    AverageScore,
    /// Sum of the counted scores.
    TotalScore,
    /// People whose counted attempt is right throughout.
    AllCorrect,
    /// Individual prizes won.
    Winners,
}
