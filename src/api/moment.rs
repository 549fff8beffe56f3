//! Moments in JSON: RFC 3339, UTC, milliseconds, `Z`.
//!
//! Owns this one form; moments for people are written in `messages`.

use serde::{Serialize, Serializer};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{OffsetDateTime, UtcOffset};
use utoipa::ToSchema;

const FORM: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// A moment, as in `2023-04-03T01:00:00.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, format = DateTime, example = "2023-04-03T01:00:00.000Z")]
pub struct Moment(pub OffsetDateTime);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self
            .0
            .to_offset(UtcOffset::UTC)
            .format(FORM)
            .map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

/// Milliseconds from `now` to `end`, 0 once it has passed.
pub fn remaining_ms(now: OffsetDateTime, end: OffsetDateTime) -> i64 {
    i64::try_from((end - now).whole_milliseconds())
        .unwrap_or(i64::MAX)
        .max(0)
}

/// The moment in milliseconds since 1970, for clients that keep their clock in step with the server's.
pub fn unix_ms(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn moments_are_utc_with_milliseconds_whatever_their_offset() {
        let json = |at| serde_json::to_string(&Moment(at)).unwrap();
        assert_eq!(
            json(datetime!(2023-04-03 08:00 +07:00)),
            "\"2023-04-03T01:00:00.000Z\""
        );
        assert_eq!(
            json(datetime!(2023-04-03 01:00:59.0079 UTC)),
            "\"2023-04-03T01:00:59.007Z\""
        );
    }

    #[test]
    fn remaining_time_is_never_negative() {
        let end = datetime!(2023-04-03 01:00 UTC);
        assert_eq!(remaining_ms(end - time::Duration::MILLISECOND, end), 1);
        assert_eq!(remaining_ms(end + time::Duration::DAY, end), 0);
    }
}
