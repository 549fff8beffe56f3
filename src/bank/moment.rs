//! Dates, moments and durations as organisers write them.
//!
//! Owns their syntax and taking them out of a file, as `format` does for other values; leaves limits and order to the
//! checks.

use super::code::FaultCode;
use super::fact::Kind;
use super::format::Reader;
use super::node::{Node, Value};
use std::ops::Range;
use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime, UtcOffset};

/// `2023-04-03` as a date.
pub(super) fn parse_date(text: &str) -> Option<Date> {
    let shape: Vec<&str> = text.split('-').collect();
    let [year, month, day] = shape.as_slice() else {
        return None;
    };
    let plain = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    if !plain(year, 4) || !plain(month, 2) || !plain(day, 2) {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// `3/4/2023` or `03-04-2023`, as people write it, for a suggestion.
pub(super) fn everyday_date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let year = year.parse().ok().filter(|year| (1900..=2999).contains(year))?;
    Date::from_calendar_date(year, month, day.parse().ok()?).ok()
}

/// Why a text is not a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MomentFault {
    /// It would be one with an offset at its end.
    NoOffset,
    /// It is none.
    NotAMoment,
}

/// `2023-04-03T08:00:00+07:00` as a moment in UTC; a space may stand for the T and the seconds may be left out.
pub(super) fn parse_moment(text: &str) -> Result<OffsetDateTime, MomentFault> {
    let full = complete(text.trim());
    if let Ok(moment) = OffsetDateTime::parse(&full, &Rfc3339) {
        // A year that no contest has is a slip of the finger.
        let plausible = (1900..=2999).contains(&moment.year());
        return if plausible {
            Ok(moment.to_offset(UtcOffset::UTC))
        } else {
            Err(MomentFault::NotAMoment)
        };
    }
    let without_offset =
        OffsetDateTime::parse(&complete(&format!("{}+07:00", text.trim())), &Rfc3339).is_ok();
    let date_alone = parse_date(text.trim()).is_some();
    Err(if without_offset || date_alone {
        MomentFault::NoOffset
    } else {
        MomentFault::NotAMoment
    })
}

/// `2023-04-03 08:00+07:00` with its `T` and seconds.
fn complete(text: &str) -> String {
    let (Some(date), Some(time)) = (text.get(..10), text.get(10..)) else {
        return text.to_owned();
    };
    let time = time.trim_start_matches([' ', 'T', 't']);
    let (clock, offset) = time.split_at(time.find(['+', '-', 'Z', 'z']).unwrap_or(time.len()));
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    format!("{date}T{clock}{seconds}{}", offset.to_uppercase())
}

/// `15m`, `90s`, `1h`, `1h30m` in seconds; the units in falling order, each once.
pub(super) fn parse_duration(text: &str) -> Option<u32> {
    let mut rest = text.trim();
    let mut total: u32 = 0;
    let mut written = false;
    for (unit, seconds) in [('h', 3_600), ('m', 60), ('s', 1)] {
        let Some((number, after)) = rest.split_once(unit) else {
            continue;
        };
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        total = total.checked_add(number.parse::<u32>().ok()?.checked_mul(seconds)?)?;
        (rest, written) = (after, true);
    }
    (written && rest.is_empty()).then_some(total)
}

/// A rate from 0 to 1 with at most four decimals, in ten-thousandths.
pub(super) fn parse_rate(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let decimals = decimals.trim_end_matches('0');
    if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > 4 {
        return None;
    }
    let fraction: u32 = format!("{decimals:0<4}").parse().ok()?;
    let rate = whole
        .parse::<u32>()
        .ok()?
        .checked_mul(10_000)?
        .checked_add(fraction)?;
    (rate <= 10_000).then_some(rate)
}

impl Reader<'_, '_> {
    /// A date, in quotes or as TOML writes it.
    pub(super) fn date(&mut self, node: &Node, key: &str) -> Option<Date> {
        let (Value::Text(text) | Value::Moment(text)) = &node.value else {
            self.wrong_type(node, key, Kind::Moment);
            return None;
        };
        self.date_text(text, &node.span, key)
    }

    /// The same for a text that is not a node.
    pub(super) fn date_text(&mut self, text: &str, span: &Range<usize>, key: &str) -> Option<Date> {
        let found = parse_date(text.trim());
        if found.is_none() {
            let proposal = everyday_date(text).map(|date| date.to_string());
            let value = super::source::shorten(text, 80);
            self.fault(
                span,
                FaultCode::BadDate {
                    key: key.to_owned(),
                    value,
                    proposal,
                },
            );
        }
        found
    }

    /// A moment with offset, in quotes or as TOML writes it.
    pub(super) fn moment(&mut self, node: &Node, key: &str) -> Option<OffsetDateTime> {
        let (Value::Text(text) | Value::Moment(text)) = &node.value else {
            self.wrong_type(node, key, Kind::Moment);
            return None;
        };
        let (key, value) = (key.to_owned(), super::source::shorten(text, 80));
        match parse_moment(text) {
            Ok(moment) => return Some(moment),
            Err(MomentFault::NoOffset) => self.fault(&node.span, FaultCode::NoOffset { key, value }),
            Err(MomentFault::NotAMoment) => self.fault(&node.span, FaultCode::BadMoment { key, value }),
        }
        None
    }

    /// A duration in seconds within `range`, whose ends are given as people write them.
    pub(super) fn duration(
        &mut self,
        node: &Node,
        key: &str,
        range: (u32, &'static str, u32, &'static str),
    ) -> Option<u32> {
        let Value::Text(text) = &node.value else {
            self.wrong_type(node, key, Kind::Text);
            return None;
        };
        let (key, value) = (key.to_owned(), super::source::shorten(text, 80));
        let (min, min_text, max, max_text) = range;
        match parse_duration(text) {
            Some(seconds) if (min..=max).contains(&seconds) => return Some(seconds),
            Some(_) => {
                let code = FaultCode::DurationRange {
                    key,
                    value,
                    min: min_text,
                    max: max_text,
                };
                self.fault(&node.span, code);
            }
            None => self.fault(&node.span, FaultCode::BadDuration { key, value }),
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_moment_needs_its_offset_and_is_kept_in_utc() {
        let eight = datetime!(2023-04-03 01:00 UTC);
        for text in [
            "2023-04-03T08:00:00+07:00",
            "2023-04-03 08:00+07:00",
            "2023-04-03T01:00:00Z",
        ] {
            assert_eq!(parse_moment(text), Ok(eight), "{text}");
        }
        for text in ["2023-04-03T08:00:00", "2023-04-03 08:00", "2023-04-03"] {
            assert_eq!(parse_moment(text), Err(MomentFault::NoOffset), "{text}");
        }
        for text in [
            "",
            "3/4/2023",
            "2023-02-30T08:00:00+07:00",
            "mai",
            "ngày mười ba tháng tư",
            "0001-01-01T00:00:00Z",
        ] {
            assert_eq!(parse_moment(text), Err(MomentFault::NotAMoment), "{text}");
        }
    }

    #[test]
    fn dates_are_real_days() {
        assert_eq!(parse_date("2024-02-29"), Some(date!(2024 - 02 - 29)));
        for text in ["2023-02-29", "2023-2-9", "29/02/2024", "", "+2023-01-01"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert_eq!(everyday_date("3/4/2023"), Some(date!(2023 - 04 - 03)));
    }

    #[test]
    fn durations_are_written_in_falling_units() {
        let cases = [
            ("15m", 900),
            ("90s", 90),
            ("1h", 3_600),
            ("1h30m", 5_400),
            ("1h0m5s", 3_605),
            ("0m", 0),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse_duration(text), Some(seconds), "{text}");
        }
        for text in [
            "",
            "15",
            "m",
            "15 m",
            "30m1h",
            "1m1m",
            "-5m",
            "15 phút",
            "99999999999h",
            "1.5h",
        ] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    #[test]
    fn rates_are_exact() {
        for (text, rate) in [
            ("0.5", 5_000),
            ("1", 10_000),
            ("0", 0),
            ("0.3333", 3_333),
            ("1.0", 10_000),
            ("0.50000", 5_000),
        ] {
            assert_eq!(parse_rate(text), Some(rate), "{text}");
        }
        for text in ["1.1", "-0.5", "0.33333", "50%", "", "2", ".5"] {
            assert_eq!(parse_rate(text), None, "{text}");
        }
    }
}
