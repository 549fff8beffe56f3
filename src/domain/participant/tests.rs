//! Each kind of field with what it takes and what it refuses.

use super::*;
use time::macros::date;

#[test]
fn names_are_kept_whole_and_in_normal_form() {
    let name = FullName::parse("  Nguyê\u{303}n   Thị\u{a0}Ánh ").unwrap();
    assert_eq!(name.as_str(), "Nguyễn Thị Ánh");
    assert_eq!(name.initials(), "N.T.Á.");
    assert_eq!(format!("{name:?}"), "FullName(***)");
}

#[test]
fn names_that_cannot_be_are_refused() {
    for (typed, error) in [
        ("   ", FieldError::Missing),
        ("A", FieldError::TooShort(2)),
        ("<script>", FieldError::BadCharacters),
        ("{{7*7}}", FieldError::BadCharacters),
        ("Nguyễn 😀", FieldError::BadCharacters),
        ("An\u{202e}h", FieldError::BadCharacters),
        ("A\u{200b}n", FieldError::BadCharacters),
        ("..", FieldError::BadCharacters),
        ("'; DROP TABLE", FieldError::BadCharacters),
    ] {
        assert_eq!(FullName::parse(typed), Err(error), "{typed}");
    }
    assert_eq!(FullName::parse(&"Á".repeat(101)), Err(FieldError::TooLong(100)));
}

#[test]
fn phones_come_in_many_forms_and_leave_in_one() {
    for typed in [
        "0912345678",
        "+84 912 345 678",
        "0084912345678",
        "84912345678",
        "0912.345.678",
        "(091) 234-5678",
    ] {
        assert_eq!(Phone::parse(typed).unwrap().as_str(), "0912345678", "{typed}");
    }
    assert_eq!(Phone::parse("0912345678").unwrap().masked(), "091•••678");
    for (typed, error) in [
        ("", FieldError::Missing),
        ("091234567", FieldError::DigitCount { given: 9, needed: 10 }),
        ("0212345678", FieldError::PhonePrefix),
        ("+1 912 345 6789", FieldError::PhonePrefix),
        ("０９１２３４５６７８", FieldError::BadCharacters),
        ("09123abc78", FieldError::BadCharacters),
    ] {
        assert_eq!(Phone::parse(typed), Err(error), "{typed}");
    }
}

#[test]
fn identity_numbers_must_agree_with_birth_and_sex() {
    let birth = date!(1987 - 09 - 02);
    assert_eq!(
        NationalId::parse("020 187 123 456", birth, Some(Sex::Female))
            .unwrap()
            .as_str(),
        "020187123456"
    );
    for (typed, error) in [
        (
            "02018712345",
            FieldError::DigitCount {
                given: 11,
                needed: 12,
            },
        ),
        (
            "0201871234567",
            FieldError::DigitCount {
                given: 13,
                needed: 12,
            },
        ),
        ("０２０１８７１２３４５６", FieldError::BadCharacters),
        ("020188123456", FieldError::IdContradicts(Field::BirthDate)),
        ("020387123456", FieldError::IdContradicts(Field::BirthDate)),
        ("020087123456", FieldError::IdContradicts(Field::Sex)),
        ("000187123456", FieldError::IdProvince),
        ("097187123456", FieldError::IdProvince),
    ] {
        assert_eq!(
            NationalId::parse(typed, birth, Some(Sex::Female)),
            Err(error),
            "{typed}"
        );
    }
}

#[test]
fn dates_that_do_not_exist_are_named() {
    assert_eq!(parse_date("2001-02-29"), Err(FieldError::NoSuchDay(29, 2, 2001)));
    assert_eq!(parse_date("2001-04-31"), Err(FieldError::NoSuchDay(31, 4, 2001)));
    assert_eq!(parse_date("15/06/1984"), Err(FieldError::BadFormat));
    assert_eq!(parse_date("1984-6-15"), Err(FieldError::BadFormat));
    assert_eq!(date_from_parts("5", " 6", "1984 "), Ok(date!(1984 - 06 - 05)));
}

#[test]
fn the_birthday_itself_is_old_enough() {
    let opens = date!(2023 - 04 - 03);
    let today = date!(2023 - 04 - 05);
    let check = |birth| check_birth(birth, today, (Some(12), Some(30)), opens);
    assert_eq!(check(date!(2011 - 04 - 03)), Ok(date!(2011 - 04 - 03)));
    assert_eq!(check(date!(2011 - 04 - 04)), Err(FieldError::TooYoung(12, opens)));
    assert_eq!(check(date!(2023 - 04 - 06)), Err(FieldError::InFuture));
    assert_eq!(check(date!(1890 - 01 - 01)), Err(FieldError::TooOld(1900)));
    assert_eq!(age_on(date!(2004 - 02 - 29), date!(2016 - 02 - 28)), 11);
}

#[test]
fn addresses_of_mail_are_checked_for_form_only() {
    assert_eq!(
        Email::parse("an.nguyen@Example.VN").unwrap().as_str(),
        "an.nguyen@example.vn"
    );
    for typed in ["an", "an@", "@a.vn", "an@vn", "a n@a.vn", "an@a..vn", "an@-a.vn"] {
        assert_eq!(Email::parse(typed), Err(FieldError::BadFormat), "{typed}");
    }
}
