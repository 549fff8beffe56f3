//! What is said about a field of registration: its name, and what is wrong with what was typed.
//!
//! Owns turning a [`FieldError`] into a sentence; the same for pages and for JSON.

use super::{format, words};
use crate::action::register::Input;
use crate::domain::contest::Field;
use crate::domain::participant::FieldError;
use crate::i18n::{self, Lang};

/// Messages of one field alone; every other fault has one message for all fields.
const OWN: [&str; 22] = [
    "contest_password-missing",
    "full_name-missing",
    "full_name-too-short",
    "full_name-bad-characters",
    "birth_date-missing",
    "birth_date-bad-format",
    "phone-missing",
    "phone-digit-count",
    "phone-bad-characters",
    "unit-missing",
    "unit-not-in-list",
    "national_id-digit-count",
    "national_id-bad-characters",
    "national_id-already-used",
    "email-bad-format",
    "guardian_name-missing",
    "guardian_name-too-short",
    "guardian_name-bad-characters",
    "password-missing",
    "password-too-short",
    "consent-not-given",
    "sex-missing",
];

/// The name of a field as a word in a list: "họ và tên".
pub fn name(lang: Lang, field: Field) -> String {
    i18n::text(lang, &format!("field-{}", field.name()), &[])
}

/// What is wrong, beginning with what to do.
pub fn fault(lang: Lang, input: Input, error: FieldError) -> String {
    let own = format!("{}-{}", input.name(), error.code());
    let key = if OWN.contains(&own.as_str()) {
        format!("wrong-{own}")
    } else {
        match error {
            FieldError::NoSuchDay(_, month, _) if !(1..=12).contains(&month) => {
                "wrong-no-such-month".to_owned()
            }
            _ => format!("wrong-{}", error.code()),
        }
    };
    let (a, b, c) = facts(lang, error);
    words::say(lang, &key, &[("a", &a), ("b", &b), ("c", &c)])
}

/// The facts that the sentence needs.
fn facts(lang: Lang, error: FieldError) -> (String, String, String) {
    let text = |value: &dyn std::fmt::Display| value.to_string();
    match error {
        FieldError::TooShort(n) | FieldError::TooLong(n) => (text(&n), String::new(), String::new()),
        FieldError::DigitCount { given, needed } => (text(&given), text(&needed), String::new()),
        FieldError::NoSuchDay(day, month, year) => (text(&day), text(&month), text(&year)),
        FieldError::TooOld(year) => (text(&year), String::new(), String::new()),
        FieldError::TooYoung(age, day) | FieldError::PastAge(age, day) => {
            (text(&age), format::date(lang, day), String::new())
        }
        FieldError::IdContradicts(field) => (name(lang, field), String::new(), String::new()),
        FieldError::Missing
        | FieldError::BadCharacters
        | FieldError::BadFormat
        | FieldError::PhonePrefix
        | FieldError::InFuture
        | FieldError::IdProvince
        | FieldError::NotInList
        | FieldError::AlreadyUsed
        | FieldError::NotGiven
        | FieldError::WrongPassword
        | FieldError::NotAsked => Default::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn vi(field: Field, error: FieldError) -> String {
        fault(Lang::Vi, Input::Field(field), error).replace('\u{a0}', " ")
    }

    #[test]
    fn each_fault_says_what_to_do_with_the_fact_that_matters() {
        assert_eq!(
            vi(Field::FullName, FieldError::Missing),
            "Nhập họ và tên đầy đủ, có dấu."
        );
        assert_eq!(
            vi(Field::BirthDate, FieldError::NoSuchDay(30, 2, 2001)),
            "Tháng 2 năm 2001 không có ngày 30."
        );
        assert_eq!(
            vi(Field::BirthDate, FieldError::NoSuchDay(1, 13, 2001)),
            "Tháng cần từ 1 đến 12; đã nhập 13."
        );
        let short = FieldError::DigitCount { given: 9, needed: 10 };
        assert_eq!(
            vi(Field::Phone, short),
            "Số điện thoại cần đủ 10 số; đã nhập 9 số."
        );
        let young = FieldError::TooYoung(12, date!(2023 - 04 - 03));
        assert_eq!(
            vi(Field::BirthDate, young),
            "Cuộc thi dành cho người đủ 12 tuổi vào ngày 3/4/2023."
        );
        assert_eq!(
            fault(Lang::En, Input::Password, FieldError::TooShort(8)),
            "A password needs at least 8 characters."
        );
    }

    #[test]
    fn no_fault_of_any_field_is_without_words() {
        let day = date!(2023 - 04 - 03);
        let errors = [
            FieldError::Missing,
            FieldError::TooShort(2),
            FieldError::TooLong(100),
            FieldError::BadCharacters,
            FieldError::BadFormat,
            FieldError::DigitCount { given: 9, needed: 10 },
            FieldError::PhonePrefix,
            FieldError::NoSuchDay(30, 2, 2001),
            FieldError::NoSuchDay(1, 13, 2001),
            FieldError::InFuture,
            FieldError::TooOld(1900),
            FieldError::TooYoung(12, day),
            FieldError::PastAge(30, day),
            FieldError::WrongPassword,
            FieldError::IdContradicts(Field::Sex),
            FieldError::IdProvince,
            FieldError::NotInList,
            FieldError::AlreadyUsed,
            FieldError::NotGiven,
            FieldError::NotAsked,
        ];
        let inputs = Field::ALL.map(Input::Field).into_iter().chain([
            Input::Password,
            Input::Consent,
            Input::ContestPassword,
        ]);
        for input in inputs {
            for error in errors {
                for lang in Lang::ALL {
                    let text = fault(lang, input, error);
                    assert!(
                        !text.starts_with("wrong-") && !text.contains('{'),
                        "{input:?} {error:?}: {text}"
                    );
                }
            }
        }
    }
}
