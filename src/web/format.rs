//! Numbers, money, moments and durations as people read them, in Vietnamese and English.
//!
//! Owns the form of values; words that are not part of a value live in message files.

use crate::domain::participant::vietnam;
use crate::i18n::Lang;
use time::{Date, OffsetDateTime};

/// Joins what must not be torn apart at the end of a line.
const NBSP: char = '\u{a0}';

/// 75.594 or 75,594.
pub fn number(lang: Lang, n: i64) -> String {
    let separator = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('−');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// 2.000.000 đồng.
pub fn money(lang: Lang, dong: i64) -> String {
    format!("{}{NBSP}đồng", number(lang, dong))
}

/// A share in ten-thousandths as 98,5% or 98.5%, one decimal.
pub fn percent(lang: Lang, ten_thousandths: i64) -> String {
    let tenths = (ten_thousandths + 5) / 10;
    let (whole, tenth) = (tenths / 10, (tenths % 10).abs());
    let mark = match lang {
        Lang::Vi => ',',
        Lang::En => '.',
    };
    if tenth == 0 {
        format!("{}%", number(lang, whole))
    } else {
        format!("{}{mark}{tenth}%", number(lang, whole))
    }
}

const WEEKDAYS_VI: [&str; 7] = [
    "thứ Hai",
    "thứ Ba",
    "thứ Tư",
    "thứ Năm",
    "thứ Sáu",
    "thứ Bảy",
    "Chủ nhật",
];
const WEEKDAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn weekday(lang: Lang, date: Date) -> &'static str {
    let names = match lang {
        Lang::Vi => WEEKDAYS_VI,
        Lang::En => WEEKDAYS_EN,
    };
    names
        .get(usize::from(date.weekday().number_days_from_monday()))
        .copied()
        .unwrap_or_default()
}

/// 8/5/2023 or 8 May 2023.
pub fn date(lang: Lang, date: Date) -> String {
    let (day, month, year) = (date.day(), date.month() as u8, date.year());
    match lang {
        Lang::Vi => format!("{day}/{month}/{year}"),
        Lang::En => {
            let name = MONTHS_EN.get(usize::from(month) - 1).copied().unwrap_or_default();
            format!("{day}{NBSP}{name}{NBSP}{year}")
        }
    }
}

/// Clock time in Vietnam with its date; midnight is 24:00 of the day before, so that nobody comes a day late.
fn local(at: OffsetDateTime) -> (Date, u8, u8, u8) {
    let local = at.to_offset(vietnam());
    let (hour, minute, second) = (local.hour(), local.minute(), local.second());
    match (hour, minute, second, local.date().previous_day()) {
        (0, 0, 0, Some(before)) => (before, 24, 0, 0),
        _ => (local.date(), hour, minute, second),
    }
}

/// "07:00 thứ Hai, 8/5/2023" or "07:00 on Monday, 8 May 2023".
pub fn moment(lang: Lang, at: OffsetDateTime) -> String {
    let (day, hour, minute, _) = local(at);
    let (name, text) = (
        weekday(lang, day).replace(' ', &NBSP.to_string()),
        date(lang, day),
    );
    match lang {
        Lang::Vi => format!("{hour:02}:{minute:02}{NBSP}{name}, {text}"),
        Lang::En => format!("{hour:02}:{minute:02} on{NBSP}{name}, {text}"),
    }
}

/// "09:38:57 ngày 4/5/2023" or "09:38:57 on 4 May 2023".
pub fn exact(lang: Lang, at: OffsetDateTime) -> String {
    let local = at.to_offset(vietnam());
    let on = match lang {
        Lang::Vi => "ngày",
        Lang::En => "on",
    };
    format!("{} {on}{NBSP}{}", clock(at), date(lang, local.date()))
}

/// "07:31 8/5" or "07:31, 8 May", for narrow places; the year stands elsewhere on the page.
pub fn short(lang: Lang, at: OffsetDateTime) -> String {
    let (day, hour, minute, _) = local(at);
    let (number, month) = (day.day(), day.month() as u8);
    match lang {
        Lang::Vi => format!("{hour:02}:{minute:02}{NBSP}{number}/{month}"),
        Lang::En => {
            let name = MONTHS_EN.get(usize::from(month) - 1).copied().unwrap_or_default();
            format!("{hour:02}:{minute:02}, {number}{NBSP}{name}")
        }
    }
}

/// "09:38:57".
pub fn clock(at: OffsetDateTime) -> String {
    let local = at.to_offset(vietnam());
    format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second())
}

/// "09:38".
pub fn clock_minute(at: OffsetDateTime) -> String {
    let local = at.to_offset(vietnam());
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// "8:12", or "1:05:00" beyond an hour, for columns of figures.
pub fn stopwatch(ms: i64) -> String {
    let seconds = ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// "3/5", the day in Vietnam for columns of figures.
pub fn day(at: OffsetDateTime) -> String {
    let local = at.to_offset(vietnam());
    format!("{}/{}", local.day(), local.month() as u8)
}

/// "12 phút 27 giây", "45 giây", "1 giờ 5 phút".
pub fn duration(lang: Lang, ms: i64) -> String {
    let seconds = ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let words = match lang {
        Lang::Vi => ["giờ", "phút", "giây"],
        Lang::En => ["h", "min", "s"],
    };
    let parts = [(hours, words[0]), (minutes, words[1]), (seconds, words[2])];
    let said: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n}{NBSP}{word}"))
        .collect();
    if said.is_empty() {
        format!("0{NBSP}{}", words[2])
    } else {
        said.join(" ")
    }
}

/// Milliseconds since 1970, for scripts.
pub fn unix_ms(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn plain(text: &str) -> String {
        text.replace(NBSP, " ")
    }

    #[test]
    fn numbers_are_grouped_as_each_language_does() {
        assert_eq!(number(Lang::Vi, 75_594), "75.594");
        assert_eq!(number(Lang::En, -1_000_000), "−1,000,000");
        assert_eq!(number(Lang::Vi, 7), "7");
        assert_eq!(percent(Lang::Vi, 9_850), "98,5%");
        assert_eq!(percent(Lang::En, 10_000), "100%");
    }

    #[test]
    fn moments_are_in_vietnam_and_midnight_belongs_to_the_day_that_ends() {
        assert_eq!(
            plain(&moment(Lang::Vi, datetime!(2023-05-08 00:00 UTC))),
            "07:00 thứ Hai, 8/5/2023"
        );
        assert_eq!(
            plain(&moment(Lang::En, datetime!(2023-05-08 00:00 UTC))),
            "07:00 on Monday, 8 May 2023"
        );
        assert_eq!(
            plain(&moment(Lang::Vi, datetime!(2023-05-07 17:00 UTC))),
            "24:00 Chủ nhật, 7/5/2023"
        );
        assert_eq!(
            plain(&exact(Lang::Vi, datetime!(2023-05-04 02:38:57 UTC))),
            "09:38:57 ngày 4/5/2023"
        );
    }

    #[test]
    fn durations_leave_out_what_is_zero() {
        assert_eq!(plain(&duration(Lang::Vi, 747_000)), "12 phút 27 giây");
        assert_eq!(plain(&duration(Lang::Vi, 3_900_000)), "1 giờ 5 phút");
        assert_eq!(plain(&duration(Lang::En, 999)), "0 s");
    }
}
