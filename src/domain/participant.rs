//! A person who enters a contest: each field parsed once, into a type that can only hold a good value.
//!
//! Owns what a valid name, birth date, phone, identity number, address, password is; leaves uniqueness to `store` and
//! the words of refusals to message files.

mod dates;

pub use dates::{age_on, check_birth, date_from_parts, local_date, parse_date, vietnam};

use super::contest::Field;
use icu_normalizer::ComposingNormalizer;
use serde::{Deserialize, Serialize};
use time::Date;

/// Why a field was refused. Carries the fact that the message needs, never the value itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldError {
    /// Nothing was given.
    Missing,
    /// Fewer characters than that.
    TooShort(usize),
    /// More characters than that.
    TooLong(usize),
    /// Characters that cannot be part of it.
    BadCharacters,
    /// Not of the form the field has.
    BadFormat,
    /// A phone or identity number with so many digits in place of the right count.
    DigitCount {
        /// Digits given.
        given: usize,
        /// Digits needed.
        needed: usize,
    },
    /// A phone number that does not begin as mobile numbers do.
    PhonePrefix,
    /// No such day in that month: day, month, year.
    NoSuchDay(u8, u8, i32),
    /// A birth date in the future.
    InFuture,
    /// A birth year before that year.
    TooOld(i32),
    /// Younger than this many years on that day.
    TooYoung(u8, Date),
    /// Older than this many years on that day.
    PastAge(u8, Date),
    /// Not the password that the organisers gave out.
    WrongPassword,
    /// The identity number says another birth year or sex.
    IdContradicts(Field),
    /// The identity number begins with no known province.
    IdProvince,
    /// Not in the list to choose from.
    NotInList,
    /// Taken by another participant.
    AlreadyUsed,
    /// Consent was not given.
    NotGiven,
    /// The contest does not ask for this field.
    NotAsked,
}

impl FieldError {
    /// The key of its message.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooShort(_) => "too-short",
            Self::TooLong(_) => "too-long",
            Self::BadCharacters => "bad-characters",
            Self::BadFormat => "bad-format",
            Self::DigitCount { .. } => "digit-count",
            Self::PhonePrefix => "phone-prefix",
            Self::NoSuchDay(..) => "no-such-day",
            Self::InFuture => "in-future",
            Self::TooOld(_) => "too-old",
            Self::TooYoung(..) => "too-young",
            Self::PastAge(..) => "past-age",
            Self::WrongPassword => "wrong-password",
            Self::IdContradicts(_) => "id-contradicts",
            Self::IdProvince => "id-province",
            Self::NotInList => "not-in-list",
            Self::AlreadyUsed => "already-used",
            Self::NotGiven => "not-given",
            Self::NotAsked => "not-asked",
        }
    }
}

/// Normal form: NFC, single spaces, no space at the ends.
pub fn tidy(text: &str) -> String {
    let composed = ComposingNormalizer::new_nfc().normalize(text);
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that show nothing, turn the direction of writing or break a line.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

macro_rules! text_value {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The value as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        // Personal data must not reach a log by way of `{:?}`.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }
    };
}

text_value!(
    /// A person's full name: 2 to 100 letters, spaces, hyphens, apostrophes, dots; NFC.
    FullName
);
text_value!(
    /// A mobile number in the form `0912345678`.
    Phone
);
text_value!(
    /// A personal identification number of 12 digits.
    NationalId
);
text_value!(
    /// An e-mail address, lower case in its domain.
    Email
);
text_value!(
    /// A line of free text of at most 200 characters, such as an address or a school class.
    Line
);

impl FullName {
    /// Reads a name; marks may come composed or decomposed.
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        let name = tidy(typed);
        match name.chars().count() {
            0 => return Err(FieldError::Missing),
            1 => return Err(FieldError::TooShort(2)),
            2..=100 => {}
            _ => return Err(FieldError::TooLong(100)),
        }
        let allowed = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
        if !name.chars().all(allowed) || !name.chars().any(char::is_alphabetic) {
            return Err(FieldError::BadCharacters);
        }
        Ok(Self(name))
    }

    /// Initials with the given name whole: "Nguyễn Thị Ánh" becomes "N. T. Ánh" with the given name reduced too when
    /// `masked` people must not be recognised: "N.T.A."
    pub fn initials(&self) -> String {
        self.0
            .split(' ')
            .filter_map(|word| word.chars().next())
            .map(|c| format!("{}.", c.to_uppercase()))
            .collect()
    }
}

impl Phone {
    /// Reads a mobile number; spaces, dots, hyphens and the prefixes +84, 0084, 84 are accepted.
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(FieldError::Missing);
        }
        if !typed
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+' | '(' | ')' | '\u{a0}'))
        {
            return Err(FieldError::BadCharacters);
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let national = match (typed.starts_with('+'), digits.as_str()) {
            (true, d) if d.starts_with("84") => format!("0{}", &d[2..]),
            (true, _) => return Err(FieldError::PhonePrefix),
            (false, d) if d.starts_with("0084") => format!("0{}", &d[4..]),
            (false, d) if d.starts_with("84") && d.len() == 11 => format!("0{}", &d[2..]),
            (false, d) => d.to_owned(),
        };
        if national.len() != 10 {
            return Err(FieldError::DigitCount {
                given: national.len(),
                needed: 10,
            });
        }
        match national.as_bytes() {
            [b'0', b'3' | b'5' | b'7' | b'8' | b'9', ..] => Ok(Self(national)),
            _ => Err(FieldError::PhonePrefix),
        }
    }

    /// The number with its middle hidden: 091•••678.
    pub fn masked(&self) -> String {
        let (head, tail) = (
            self.0.get(..3).unwrap_or_default(),
            self.0.get(7..).unwrap_or_default(),
        );
        format!("{head}•••{tail}")
    }
}

/// Sex as the identity number encodes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Nữ.
    Female,
    /// Nam.
    Male,
}

impl Sex {
    /// Reads "female", "male", "nữ", "nam".
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        match tidy(typed).to_lowercase().as_str() {
            "" => Err(FieldError::Missing),
            "female" | "nữ" => Ok(Self::Female),
            "male" | "nam" => Ok(Self::Male),
            _ => Err(FieldError::NotInList),
        }
    }

    /// The word stored and used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

impl NationalId {
    /// Reads 12 digits: province of registration, century and sex, year of birth, six random digits. There is no check
    /// digit, so what can be checked is that it agrees with the birth date and, if given, the sex.
    pub fn parse(typed: &str, birth: Date, sex: Option<Sex>) -> Result<Self, FieldError> {
        let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
        if digits.is_empty() {
            return Err(FieldError::Missing);
        }
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(FieldError::BadCharacters);
        }
        let number =
            |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<i32>().ok());
        let (Some(province), Some(code), Some(year), 12) =
            (number(0..3), number(3..4), number(4..6), digits.len())
        else {
            return Err(FieldError::DigitCount {
                given: digits.len(),
                needed: 12,
            });
        };
        // 001 to 096 are the provinces of before 2025; codes from 100 on stand for countries of birth.
        if !(1..=96).contains(&province) && !(100..=999).contains(&province) {
            return Err(FieldError::IdProvince);
        }
        if 1900 + code / 2 * 100 + year != birth.year() {
            return Err(FieldError::IdContradicts(Field::BirthDate));
        }
        let said = if code % 2 == 0 { Sex::Male } else { Sex::Female };
        if sex.is_some_and(|sex| sex != said) {
            return Err(FieldError::IdContradicts(Field::Sex));
        }
        Ok(Self(digits))
    }
}

impl Email {
    /// Reads an address of the form `name@host.tld`, at most 254 characters; whether it exists is not asked.
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        let address = tidy(typed);
        if address.is_empty() {
            return Err(FieldError::Missing);
        }
        if address.len() > 254 {
            return Err(FieldError::TooLong(254));
        }
        let Some((name, host)) = address.split_once('@') else {
            return Err(FieldError::BadFormat);
        };
        let name_fits = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
        let label_fits = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let fits = (1..=64).contains(&name.len())
            && name.chars().all(name_fits)
            && host.contains('.')
            && host.split('.').all(label_fits);
        if fits {
            Ok(Self(format!("{name}@{}", host.to_ascii_lowercase())))
        } else {
            Err(FieldError::BadFormat)
        }
    }
}

impl Line {
    /// Reads a line of 1 to `max` characters without invisible ones.
    pub fn parse(typed: &str, max: usize) -> Result<Self, FieldError> {
        if typed.chars().any(|c| is_invisible(c) && !c.is_whitespace()) {
            return Err(FieldError::BadCharacters);
        }
        let line = tidy(typed);
        match line.chars().count() {
            0 => Err(FieldError::Missing),
            n if n > max => Err(FieldError::TooLong(max)),
            _ => Ok(Self(line)),
        }
    }
}

/// Checks a password: 8 to 128 characters; any characters, as typed.
pub fn check_password(typed: &str) -> Result<(), FieldError> {
    match typed.chars().count() {
        0 => Err(FieldError::Missing),
        1..=7 => Err(FieldError::TooShort(8)),
        8..=128 => Ok(()),
        _ => Err(FieldError::TooLong(128)),
    }
}

/// Everything registration collects, parsed.
#[derive(Debug, Clone)]
pub struct Registration {
    /// Full name.
    pub full_name: FullName,
    /// Birth date.
    pub birth_date: Date,
    /// Phone, also the log-in name.
    pub phone: Phone,
    /// Code of the unit entered for, known to exist.
    pub unit: super::ids::UnitId,
    /// Identity number, where asked.
    pub national_id: Option<NationalId>,
    /// Sex, where asked.
    pub sex: Option<Sex>,
    /// E-mail, where asked.
    pub email: Option<Email>,
    /// Address, where asked.
    pub address: Option<Line>,
    /// School class, where asked.
    pub class: Option<Line>,
    /// Parent or guardian of an entrant under 16.
    pub guardian_name: Option<FullName>,
    /// Code of who invited.
    pub referral: Option<Line>,
    /// May be named when winning.
    pub consent_publish: bool,
}

/// Under this age a parent or guardian must be named.
pub const GUARDIAN_AGE: i32 = 16;

#[cfg(test)]
mod tests;
