//! The words of the JSON API, by the message files `api.ftl`.
//!
//! Owns which message belongs to a problem, a fault or a label, and the form of moments in them; facts go into members
//! of their own, because a program reads those.

use crate::domain::contest::{Field, PredictedQuantity};
use crate::domain::participant::{FieldError, vietnam};
use crate::domain::response::ChoiceError;
use crate::i18n::{Lang, Value, text};
use time::{Date, OffsetDateTime};

/// What is wrong with one field of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The value of a registration.
    Field(FieldError),
    /// A choice that the paper does not allow.
    Choice(ChoiceError),
    /// Nothing was given.
    Missing,
    /// No such member.
    Unknown,
    /// A text is needed.
    NotText,
    /// `true` or `false` is needed.
    NotFlag,
    /// A whole number is needed.
    NotWhole,
    /// A list is needed.
    NotList,
    /// An object is needed.
    NotAnObject,
    /// A whole number in this range is needed.
    Range(i64, i64),
    /// At most so many entries.
    TooMany(usize),
    /// The question occurs twice.
    Duplicate,
    /// The round asks for no prediction.
    NoPrediction,
}

impl From<FieldError> for FaultKind {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}

/// A day as people write it: 15/06/2023.
fn day(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), u8::from(date.month()), date.year())
}

/// A moment as people write it, in Vietnam's time: 08:00 15/06/2023.
pub fn local(at: OffsetDateTime) -> String {
    let at = at.to_offset(vietnam());
    format!("{:02}:{:02} {}", at.hour(), at.minute(), day(at.date()))
}

/// A number as it is, without marks between thousands: programs show these texts beside what was typed.
fn plain(number: &impl ToString) -> Value<'static> {
    Value::from(number.to_string())
}

/// Title and detail of a problem by its reason. `fact` is what the detail names, ready to print.
pub fn problem(lang: Lang, reason: &str, fact: &str) -> (String, String) {
    let title = text(lang, &format!("api-{reason}-title"), &[]);
    (
        title,
        text(
            lang,
            &format!("api-{reason}-text"),
            &[("n", Value::from(fact.to_owned()))],
        ),
    )
}

/// The text of a fault.
pub fn fault(lang: Lang, kind: FaultKind) -> String {
    let word = match kind {
        FaultKind::Field(error) => return field_error(lang, error),
        FaultKind::Range(min, max) => {
            return text(
                lang,
                "api-fault-range",
                &[("min", plain(&min)), ("max", plain(&max))],
            );
        }
        FaultKind::TooMany(max) => return text(lang, "api-fault-too-many", &[("n", plain(&max))]),
        FaultKind::Choice(ChoiceError::UnknownQuestion) => "unknown-question",
        FaultKind::Choice(ChoiceError::UnknownOption) => "unknown-option",
        FaultKind::Choice(ChoiceError::OnlyOne) => "only-one",
        FaultKind::Missing => "missing",
        FaultKind::Unknown => "unknown",
        FaultKind::NotText => "not-text",
        FaultKind::NotFlag => "not-flag",
        FaultKind::NotWhole => "not-whole",
        FaultKind::NotList => "not-list",
        FaultKind::NotAnObject => "not-an-object",
        FaultKind::Duplicate => "duplicate",
        FaultKind::NoPrediction => "no-prediction",
    };
    text(lang, &format!("api-fault-{word}"), &[])
}

fn field_error(lang: Lang, error: FieldError) -> String {
    let facts = match error {
        FieldError::IdContradicts(Field::Sex) => return text(lang, "api-field-id-contradicts-sex", &[]),
        FieldError::TooShort(n) | FieldError::TooLong(n) => vec![("n", plain(&n))],
        FieldError::DigitCount { given, needed } => vec![("n", plain(&given)), ("needed", plain(&needed))],
        FieldError::NoSuchDay(d, m, y) => vec![("day", Value::from(format!("{d}/{m}/{y}")))],
        FieldError::TooOld(year) => vec![("n", plain(&year))],
        FieldError::TooYoung(age, on) | FieldError::PastAge(age, on) => {
            vec![("n", plain(&age)), ("day", Value::from(day(on)))]
        }
        FieldError::Missing
        | FieldError::BadCharacters
        | FieldError::BadFormat
        | FieldError::PhonePrefix
        | FieldError::InFuture
        | FieldError::IdContradicts(_)
        | FieldError::IdProvince
        | FieldError::NotInList
        | FieldError::AlreadyUsed
        | FieldError::NotGiven
        | FieldError::WrongPassword
        | FieldError::NotAsked => Vec::new(),
    };
    text(lang, &format!("api-field-{}", error.code()), &facts)
}

/// What is to be predicted.
pub fn prediction_label(lang: Lang, asks: PredictedQuantity) -> String {
    let quantity = match asks {
        PredictedQuantity::AttemptsInRound => "attempts-in-round",
        PredictedQuantity::PeopleInRound => "people-in-round",
        PredictedQuantity::PeopleAllCorrect => "people-all-correct",
        PredictedQuantity::AttemptsAllCorrect => "attempts-all-correct",
    };
    text(lang, &format!("api-prediction-{quantity}"), &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn moments_are_told_in_vietnams_time() {
        let at = datetime!(2023-04-03 01:05 UTC);
        assert_eq!(local(at), "08:05 03/04/2023");
        let (_, detail) = problem(Lang::Vi, "round-not-open", &local(at));
        assert_eq!(detail, "Vòng thi mở lúc 08:05 03/04/2023.");
    }

    #[test]
    fn every_fault_and_label_has_words_in_both_languages() {
        let fields = [
            FieldError::Missing,
            FieldError::TooShort(2),
            FieldError::TooLong(100),
            FieldError::BadCharacters,
            FieldError::BadFormat,
            FieldError::DigitCount { given: 9, needed: 10 },
            FieldError::PhonePrefix,
            FieldError::NoSuchDay(31, 4, 2023),
            FieldError::InFuture,
            FieldError::TooOld(1900),
            FieldError::TooYoung(12, date!(2023 - 04 - 03)),
            FieldError::PastAge(30, date!(2023 - 04 - 03)),
            FieldError::WrongPassword,
            FieldError::IdContradicts(Field::BirthDate),
            FieldError::IdContradicts(Field::Sex),
            FieldError::IdProvince,
            FieldError::NotInList,
            FieldError::AlreadyUsed,
            FieldError::NotGiven,
            FieldError::NotAsked,
        ];
        let choices = [
            ChoiceError::UnknownQuestion,
            ChoiceError::UnknownOption,
            ChoiceError::OnlyOne,
        ];
        let others = [
            FaultKind::Missing,
            FaultKind::Unknown,
            FaultKind::NotText,
            FaultKind::NotFlag,
            FaultKind::NotWhole,
            FaultKind::NotList,
            FaultKind::NotAnObject,
            FaultKind::Range(0, 1_000_000_000),
            FaultKind::TooMany(8),
            FaultKind::Duplicate,
            FaultKind::NoPrediction,
        ];
        let kinds = fields
            .map(FaultKind::Field)
            .into_iter()
            .chain(choices.map(FaultKind::Choice))
            .chain(others);
        for kind in kinds {
            let told = Lang::ALL.map(|lang| fault(lang, kind));
            assert!(
                told.iter()
                    .all(|words| words.ends_with('.') && !words.contains("api-")),
                "{told:?}"
            );
            assert_ne!(told[0], told[1]);
        }
        assert_eq!(
            fault(Lang::Vi, FaultKind::Range(0, 1_000_000_000)),
            "Cần một số nguyên từ 0 đến 1000000000."
        );
    }
}
