//! What people type into a box and what `contest.toml` says, each as the other.
//!
//! Owns the everyday forms (08:00 3/4/2023, 15 phút, 2.000.000, 33,3 %); what cannot be understood goes into the file as it
//! was typed, so that the reader refuses it at its place and the box still holds it.

use super::spec::Kind;
use crate::bank::Sketched;
use crate::domain::participant::vietnam;
use crate::i18n::{Lang, text};
use crate::web::format;
use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// Words for "no limit" that are understood.
const UNLIMITED: [&str; 4] = ["khong gioi han", "khong han che", "unlimited", "no limit"];

/// Words for "no essay" that are understood.
const NO_ESSAY: [&str; 4] = ["khong co bai viet", "khong co", "no essay", "none"];

/// What the box holds for a value of the file.
pub fn shown(kind: Kind, value: Option<&Sketched>, lang: Lang) -> String {
    let Some(value) = value else {
        return match kind {
            Kind::Choice(_, usual) => usual.to_owned(),
            Kind::Truth(usual) => usual.to_string(),
            _ => String::new(),
        };
    };
    let items = || value.items().iter().filter_map(Sketched::written);
    let Some(written) = value.written() else {
        return match kind {
            Kind::Lines => items().collect::<Vec<_>>().join("\n"),
            _ => items().collect::<Vec<_>>().join(", "),
        };
    };
    let everyday = match kind {
        Kind::Limit | Kind::Length(_) if matches!(written, "unlimited" | "none") => {
            Some(text(lang, "rform-unlimited", &[]))
        }
        Kind::Prompt if written == "none" => Some(text(lang, "rform-no-essay", &[])),
        Kind::Money => written.parse().ok().map(|dong| format::number(lang, dong)),
        Kind::Rate => hundredths(written),
        Kind::Day => {
            iso_day(written).map(|day| format!("{}/{}/{}", day.day(), u8::from(day.month()), day.year()))
        }
        Kind::Moment => OffsetDateTime::parse(written, &Rfc3339).ok().map(everyday_moment),
        Kind::Length(_) => {
            seconds_of(written).map(|seconds| format::duration(lang, i64::from(seconds) * 1000))
        }
        _ => None,
    };
    everyday.unwrap_or_else(|| written.to_owned())
}

/// What the file says for what was typed; `None` where the box was left empty.
pub fn read(kind: Kind, typed: &str) -> Option<Sketched> {
    let typed = typed.replace("\r\n", "\n");
    let plain = typed.trim();
    if plain.is_empty() {
        return None;
    }
    let as_typed = || Sketched::text(plain);
    Some(match kind {
        Kind::Prompt if NO_ESSAY.contains(&crate::domain::unit::fold(plain).as_str()) => {
            Sketched::text("none")
        }
        Kind::Line
        | Kind::Area
        | Kind::Prompt
        | Kind::Rules
        | Kind::Choice(..)
        | Kind::Set
        | Kind::Bloc
        | Kind::Order
        | Kind::Asked => as_typed(),
        Kind::Lines => {
            let lines = plain.lines().map(str::trim).filter(|line| !line.is_empty());
            Sketched::List(lines.map(Sketched::text).collect())
        }
        Kind::Number | Kind::Money => number(plain).unwrap_or_else(as_typed),
        Kind::Limit if is_unlimited(plain) => Sketched::text("unlimited"),
        Kind::Limit => number(plain).unwrap_or_else(as_typed),
        Kind::Numbers => {
            let parts = plain.split([',', ';', ' ', '\n']).filter(|part| !part.is_empty());
            Sketched::List(
                parts
                    .map(|part| number(part).unwrap_or_else(|| Sketched::text(part)))
                    .collect(),
            )
        }
        Kind::Rate => share(plain).unwrap_or_else(as_typed),
        Kind::Truth(_) => match plain {
            "true" => Sketched::truth(true),
            "false" => Sketched::truth(false),
            _ => as_typed(),
        },
        Kind::Day => everyday_day(plain).map_or_else(as_typed, |day| Sketched::Text(day.to_string())),
        Kind::Moment => read_moment(plain)
            .and_then(|at| at.format(&Rfc3339).ok())
            .map_or_else(as_typed, Sketched::Text),
        Kind::Length(true) if is_unlimited(plain) => Sketched::text("none"),
        Kind::Length(_) => length(plain).map_or_else(as_typed, Sketched::Text),
    })
}

fn is_unlimited(typed: &str) -> bool {
    UNLIMITED.contains(&crate::domain::unit::fold(typed).as_str())
}

/// Digits, in groups of three or not.
fn number(typed: &str) -> Option<Sketched> {
    let is_gap = |c: char| matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}');
    let groups: Vec<&str> = typed.split(is_gap).collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let thousands = groups.iter().skip(1).all(|group| group.len() == 3);
    if !groups.iter().all(digits) || !thousands || typed.len() > 40 {
        return None;
    }
    let joined = groups.concat();
    let trimmed = joined.trim_start_matches('0');
    Some(Sketched::Plain(if trimmed.is_empty() {
        "0".to_owned()
    } else {
        trimmed.to_owned()
    }))
}

/// "33,3" or "33.3 %" as `0.333`.
fn share(typed: &str) -> Option<Sketched> {
    let typed = typed.trim_end_matches('%').trim().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let hundredths: u32 = format!("{whole}{part:0<2}").parse().ok()?;
    let decimals = format!("{:04}", hundredths % 10_000);
    let whole = hundredths / 10_000;
    Some(Sketched::Plain(match decimals.trim_end_matches('0') {
        "" => whole.to_string(),
        decimals => format!("{whole}.{decimals}"),
    }))
}

/// `0.333` as "33,3".
fn hundredths(written: &str) -> Option<String> {
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || part.len() > 4 || !digits(whole) || !digits(part) {
        return None;
    }
    let all: u32 = format!("{whole}{part:0<4}").parse().ok()?;
    let decimals = format!("{:02}", all % 100);
    Some(match decimals.trim_end_matches('0') {
        "" => (all / 100).to_string(),
        decimals => format!("{},{decimals}", all / 100),
    })
}

fn iso_day(written: &str) -> Option<Date> {
    let parts: Vec<&str> = written.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    date(year, month, day)
}

fn everyday_day(typed: &str) -> Option<Date> {
    let parts: Vec<&str> = typed.split(['/', '-', '.']).map(str::trim).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => date(year, month, day),
        [day, month, year] => date(year, month, day),
        _ => None,
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let year = year.parse().ok().filter(|year| (1900..=2999).contains(year))?;
    Date::from_calendar_date(year, month, day.parse().ok()?).ok()
}

/// "08:00 3/4/2023"; midnight is the end of the day before.
fn everyday_moment(at: OffsetDateTime) -> String {
    let local = at.to_offset(vietnam());
    let (clock, day) = match local.time() == Time::MIDNIGHT {
        true => (
            "24:00".to_owned(),
            local.date().previous_day().unwrap_or(local.date()),
        ),
        false if local.second() == 0 => (format!("{:02}:{:02}", local.hour(), local.minute()), local.date()),
        false => (
            format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second()),
            local.date(),
        ),
    };
    format!("{clock} {}/{}/{}", day.day(), u8::from(day.month()), day.year())
}

/// A clock time and a day in either order, words such as "ngày" between them, or what the file itself would say.
fn read_moment(typed: &str) -> Option<OffsetDateTime> {
    if let Ok(at) = OffsetDateTime::parse(typed, &Rfc3339) {
        return Some(at.to_offset(vietnam()));
    }
    let words = typed
        .split([' ', ',', '\u{a0}', 'T'])
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let (mut clock, mut day) = (None, None);
    for word in words {
        match everyday_day(word) {
            Some(found) => day = Some(found),
            None => clock = Some(read_clock(word)?),
        }
    }
    let (day, (time, next)) = (day?, clock?);
    let at = PrimitiveDateTime::new(day, time).assume_offset(vietnam());
    Some(if next { at + Duration::DAY } else { at })
}

/// "8:00", "8h30", "17:00:59"; "24:00" is midnight of the next day.
fn read_clock(word: &str) -> Option<(Time, bool)> {
    let parts: Vec<&str> = word.split([':', 'h', 'g']).collect();
    let number = |part: &&str| match *part {
        "" => Some(0),
        part => part.parse::<u8>().ok(),
    };
    let numbers: Option<Vec<u8>> = parts.iter().map(number).collect();
    match numbers?.as_slice() {
        [24, 0] | [24, 0, 0] => Some((Time::MIDNIGHT, true)),
        [hour, minute] => Some((Time::from_hms(*hour, *minute, 0).ok()?, false)),
        [hour, minute, second] => Some((Time::from_hms(*hour, *minute, *second).ok()?, false)),
        _ => None,
    }
}

/// `1h30m` in seconds.
fn seconds_of(written: &str) -> Option<u32> {
    let (mut total, mut digits) = (0_u32, String::new());
    for c in written.chars() {
        let unit = match c {
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            c if c.is_ascii_digit() => {
                digits.push(c);
                continue;
            }
            _ => return None,
        };
        total = total.checked_add(digits.parse::<u32>().ok()?.checked_mul(unit)?)?;
        digits.clear();
    }
    (digits.is_empty() && !written.is_empty()).then_some(total)
}

/// "1 giờ 30 phút", "90 giây", "15" minutes, as `1h30m`.
fn length(typed: &str) -> Option<String> {
    let spaced: String = typed
        .chars()
        .map(|c| {
            if c.is_whitespace() || c == '\u{a0}' {
                ' '
            } else {
                c
            }
        })
        .collect();
    let mut written = String::new();
    let (mut digits, mut word) = (String::new(), String::new());
    // A space after the last word ends it like any other.
    for c in spaced.to_lowercase().chars().chain([' ', '0']) {
        if c.is_ascii_digit() {
            if !word.is_empty() {
                written.push_str(&format!("{digits}{}", unit(&word)?));
                digits.clear();
                word.clear();
            }
            digits.push(c);
        } else if c != ' ' {
            word.push(c);
        }
    }
    // The last digit is the one added above.
    digits.pop();
    match (written.is_empty(), digits.is_empty()) {
        (true, false) => Some(format!("{digits}m")),
        (false, true) => Some(written),
        _ => None,
    }
}

fn unit(word: &str) -> Option<char> {
    match word {
        "h" | "g" | "giờ" | "hour" | "hours" => Some('h'),
        "m" | "p" | "phút" | "min" | "minute" | "minutes" => Some('m'),
        "s" | "giây" | "second" | "seconds" => Some('s'),
        _ => None,
    }
}

#[cfg(test)]
#[path = "typed_tests.rs"]
mod tests;
