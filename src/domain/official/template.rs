//! The wording of a paper as a value: its lines, the fields and the parts that it may name.
//!
//! Owns those words, which templates and their documentation share; what stands for them on a paper is `document`'s.

use serde::{Deserialize, Serialize};

/// The wording of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template(pub Vec<TemplateLine>);

/// A line of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateLine {
    /// It stands only where this field has something.
    pub only_if: Option<Named>,
    /// What it is.
    pub line: Line,
}

/// What a line of a template is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// `# ` the kind of the paper, or the heading of an attachment.
    Title(Text),
    /// `## ` what it is about.
    About(Text),
    /// `### ` a heading inside.
    Heading(Text),
    /// `> ` a ground: "Căn cứ …".
    Ground(Text),
    /// `~ ` a line in the middle.
    Middle(Text),
    /// `- ` an item.
    Item(Text),
    /// A paragraph.
    Paragraph(Text),
    /// `[[name]]` a table, chart or other part that the program fills in.
    Part(Part),
}

/// A text with fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text(pub Vec<Span>);

/// A part of a text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// `**…**`
    pub strong: bool,
    /// `*…*`
    pub emphasis: bool,
    /// What stands there.
    pub piece: Piece,
}

/// Words as written, or a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Words.
    Words(String),
    /// The value of a field.
    Field(Named),
}

macro_rules! words_of {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// Every one, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in templates.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The one of that word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == word)
            }
        }
    };
}

words_of! {
    /// A field of a template: a value known when the paper is issued.
    Named {
        /// Title of the contest.
        Contest "contest",
        /// The body that runs the contest.
        Organiser "organiser",
        /// The body that issues.
        Issuer "issuer",
        /// The same in capital letters.
        IssuerCapitals "issuer-capitals",
        /// Place of issue.
        Place "place",
        /// Number of the paper, with its letters.
        Number "number",
        /// Day of the paper: "ngày 08 tháng 5 năm 2023".
        Date "date",
        /// Year of the paper.
        Year "year",
        /// "tuần 5"; empty over the contest.
        Round "round",
        /// "TUẦN 5"; empty over the contest.
        RoundCapitals "round-capitals",
        /// How many rounds the paper is about.
        Rounds "rounds",
        /// First moment.
        Opens "opens",
        /// Moment of closing.
        Closes "closes",
        /// When the results were approved, and by whom.
        Approved "approved",
        /// Attempts submitted.
        Attempts "attempts",
        /// Different people who submitted.
        People "people",
        /// People registered.
        Registered "registered",
        /// Attempts right throughout.
        AttemptsAllCorrect "attempts-all-correct",
        /// People with an attempt right throughout.
        PeopleAllCorrect "people-all-correct",
        /// Points of a paper right throughout.
        MaxScore "max-score",
        /// What was predicted.
        Predicted "predicted",
        /// How it came out.
        Actual "actual",
        /// Attempts compared with the round before.
        Compared "compared",
        /// The day with most attempts.
        BusiestDay "busiest-day",
        /// Units with at least one entrant.
        Units "units",
        /// The unit with most attempts.
        TopUnit "top-unit",
        /// Its attempts.
        TopUnitAttempts "top-unit-attempts",
        /// How many prizes were given to people.
        Prizes "prizes",
        /// The same by kind: "1 Giải Nhất, 2 Giải Nhì".
        PrizesByKind "prizes-by-kind",
        /// Different winners.
        Winners "winners",
        /// Sum of the prizes.
        Money "money",
        /// The same in words.
        MoneyInWords "money-in-words",
        /// Prizes given to units.
        CollectivePrizes "collective-prizes",
        /// A sentence: until when people may complain, or that they may.
        Complaints "complaints",
        /// When the ranking was made, and by whom.
        Ranked "ranked",
        /// Of minutes: "11 trên 11 người đạt giải" whose details were confirmed.
        Verified "verified",
        /// Of a certificate: the winner's name.
        Name "name",
        /// Of a certificate: the winner's unit; of one for a unit: the units above it.
        Unit "unit",
        /// Of a certificate: the prize.
        Prize "prize",
        /// Of a certificate for bringing newcomers: how many counted; empty on others.
        Newcomers "newcomers",
        /// Of a certificate: its code.
        Code "code",
        /// Of a certificate: address of its check page.
        Address "address",
    }
}

impl Named {
    /// Whether only certificates have it.
    pub const fn is_of_certificate(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Unit | Self::Prize | Self::Newcomers | Self::Code | Self::Address
        )
    }
}

words_of! {
    /// What the program fills in as a whole.
    Part {
        /// Table of winners by prize.
        WinnerTable "winners",
        /// Table of units that received a prize.
        CollectiveTable "collective-winners",
        /// Table of the prizes and how many were given.
        PrizeTable "prizes",
        /// Table of all units.
        UnitTable "units",
        /// Table of blocs of units; nothing where the contest has none.
        BlocTable "blocs",
        /// Table of the rounds.
        RoundTable "rounds",
        /// Attempts by day.
        DayChart "days",
        /// Attempts by right answers.
        ScoreChart "scores",
        /// Attempts by round.
        RoundChart "rounds-chart",
        /// The ten units with most attempts.
        UnitChart "units-chart",
        /// Every rule as sentences.
        RuleList "rules",
        /// The rules that order people and settle equals.
        RankingRules "ranking-rules",
        /// Questions of closed rounds with their right options.
        KeyTable "answer-key",
        /// Of minutes: equals at the border of a prize, and how each was settled.
        TieList "ties",
        /// Of minutes: what two people decided of this result.
        RulingList "rulings",
        /// Of minutes: complaints and their answers.
        ComplaintList "complaints",
        /// Of minutes: secretary and chair.
        Signers "signers",
        /// Recipients and signature.
        Signature "signature",
        /// A new page.
        NewPage "new-page",
        /// A new page across.
        AcrossPage "new-page-across",
    }
}
