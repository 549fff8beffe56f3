//! Days as people type them, ages, and the day it is in Vietnam.
//!
//! Owns what a good birth date is; leaves how it is shown to others.

use super::FieldError;
use time::{Date, Month, OffsetDateTime, UtcOffset};

/// Reads `YYYY-MM-DD`.
pub fn parse_date(typed: &str) -> Result<Date, FieldError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(FieldError::Missing);
    }
    let mut parts = typed.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(FieldError::BadFormat);
    };
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return Err(FieldError::BadFormat);
    }
    date_from_parts(day, month, year)
}

/// Reads a day typed as three numbers.
pub fn date_from_parts(day: &str, month: &str, year: &str) -> Result<Date, FieldError> {
    if [day, month, year].iter().all(|part| part.trim().is_empty()) {
        return Err(FieldError::Missing);
    }
    let plain = |part: &str| !part.trim().is_empty() && part.trim().bytes().all(|b| b.is_ascii_digit());
    if ![day, month, year].iter().all(|part| plain(part)) {
        return Err(FieldError::BadFormat);
    }
    let (day, month, year) = (
        day.trim().parse::<u8>(),
        month.trim().parse::<u8>(),
        year.trim().parse::<i32>(),
    );
    let (Ok(day), Ok(month), Ok(year)) = (day, month, year) else {
        return Err(FieldError::BadFormat);
    };
    let no_such_day = FieldError::NoSuchDay(day, month, year);
    let month = Month::try_from(month).map_err(|_| no_such_day)?;
    Date::from_calendar_date(year, month, day).map_err(|_| no_such_day)
}

/// The oldest year of birth that is taken for meant.
const FIRST_BIRTH_YEAR: i32 = 1900;

/// Checks a birth date: not in the future, not before 1900, and within the ages on the day that decides.
pub fn check_birth(
    birth: Date,
    today: Date,
    (min_age, max_age): (Option<u8>, Option<u8>),
    decides_on: Date,
) -> Result<Date, FieldError> {
    if birth > today {
        return Err(FieldError::InFuture);
    }
    if birth.year() < FIRST_BIRTH_YEAR {
        return Err(FieldError::TooOld(FIRST_BIRTH_YEAR));
    }
    let age = age_on(birth, decides_on);
    match (min_age, max_age) {
        (Some(min), _) if age < i32::from(min) => Err(FieldError::TooYoung(min, decides_on)),
        (_, Some(max)) if age > i32::from(max) => Err(FieldError::PastAge(max, decides_on)),
        _ => Ok(birth),
    }
}

/// Whole years from birth to a day; one born on 29 February completes a year on 1 March.
pub fn age_on(birth: Date, day: Date) -> i32 {
    let had_birthday = (day.month() as u8, day.day()) >= (birth.month() as u8, birth.day());
    day.year() - birth.year() - i32::from(!had_birthday)
}

/// The day in Vietnam (UTC+7 all year) at a moment.
pub fn local_date(at: OffsetDateTime) -> Date {
    at.to_offset(vietnam()).date()
}

/// The offset of Vietnam, +07:00 all year.
pub const fn vietnam() -> UtcOffset {
    match UtcOffset::from_hms(7, 0, 0) {
        Ok(offset) => offset,
        Err(_) => UtcOffset::UTC,
    }
}
