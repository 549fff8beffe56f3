//! The register of awards: what was awarded, by whom, to whom.
//!
//! Owns kinds, levels and what a line must say; statistics are in `statistics`.

use super::super::participant::tidy;
use super::MAX_NAME;
use time::Date;
use time::macros::date;

/// Longest number of a decision, in characters.
const MAX_NUMBER: usize = 60;
/// The first day without districts.
const NO_DISTRICTS: Date = date!(2025 - 07 - 01);

macro_rules! words_of {
    ($(#[$outer:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// Every one, in the order of tables.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word stored, in files and in message keys.
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
    /// What was awarded.
    AwardForm {
        /// Giấy khen.
        Certificate "giay-khen",
        /// Bằng khen.
        Merit "bang-khen",
        /// Cờ thi đua.
        Flag "co-thi-dua",
        /// Danh hiệu thi đua.
        Title "danh-hieu",
        /// Kỷ niệm chương.
        Medal "ky-niem-chuong",
        /// Huân chương, huy chương.
        Order "huan-chuong",
        /// Hình thức khác.
        Other "khac",
    }
}

words_of! {
    /// Who awarded it.
    Level {
        /// Xã, phường, cơ quan và tương đương.
        Commune "xa",
        /// Huyện, until 30/6/2025.
        District "huyen",
        /// Tỉnh.
        Province "tinh",
        /// Bộ, ban, ngành, đoàn thể trung ương.
        Ministry "bo",
        /// Nhà nước.
        State "nha-nuoc",
    }
}

/// Who received it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// A collective.
    Collective {
        /// Tập thể nhỏ: a room, a team, a cell.
        small: bool,
    },
    /// A person.
    Person(PersonTraits),
}

/// What statistics ask of a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct PersonTraits {
    /// Works directly, without leading others (trực tiếp lao động, sản xuất, công tác).
    pub direct: bool,
    /// A farmer.
    pub farmer: bool,
    /// Of the youth.
    pub youth: bool,
    /// A woman.
    pub woman: bool,
}

/// A line of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Award {
    /// Day of the decision; its year is the one in which the award counts.
    pub decided_on: Date,
    /// Number of the decision; may be empty.
    pub decision: String,
    /// What was awarded.
    pub form: AwardForm,
    /// Who awarded it.
    pub level: Level,
    /// Name of the collective or person.
    pub name: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// Collective or person.
    pub recipient: Recipient,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AwardError {
    /// The name is missing or too long.
    Name,
    /// The unit is too long.
    Unit,
    /// The number of the decision is too long.
    Decision,
    /// Districts award nothing since 1/7/2025.
    District,
    /// A day before the year 2000 or in the future.
    Day,
}

impl Award {
    /// The line with its texts tidied, or what is wrong with it.
    pub fn checked(self, today: Date) -> Result<Self, AwardError> {
        let own = Self {
            name: tidy(&self.name),
            unit: tidy(&self.unit),
            decision: tidy(&self.decision),
            ..self
        };
        let long = |text: &str, most: usize| text.chars().count() > most;
        if own.name.is_empty() || long(&own.name, MAX_NAME) {
            return Err(AwardError::Name);
        }
        if long(&own.unit, MAX_NAME) {
            return Err(AwardError::Unit);
        }
        if long(&own.decision, MAX_NUMBER) {
            return Err(AwardError::Decision);
        }
        if own.decided_on.year() < 2000 || own.decided_on > today {
            return Err(AwardError::Day);
        }
        if own.level == Level::District && own.decided_on >= NO_DISTRICTS {
            return Err(AwardError::District);
        }
        Ok(own)
    }
}
