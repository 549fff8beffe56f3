//! Identifiers as types of their own, so that a round is never taken for a contest.
//!
//! Owns their text forms; leaves making random ones to the caller, who passes the random bytes in.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use time::OffsetDateTime;

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident, $inner:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number_id!(
    /// A contest, numbered by the database.
    ContestId,
    i32
);
number_id!(
    /// A round of a contest, numbered by the database over all contests.
    RoundId,
    i32
);
number_id!(
    /// A person entered in one contest, numbered by the database.
    ParticipantId,
    i64
);
number_id!(
    /// A unit of one contest, numbered by the database.
    UnitId,
    i32
);
number_id!(
    /// A member of staff, numbered by the database.
    StaffId,
    i32
);
number_id!(
    /// A decision of two people, numbered by the database.
    DecisionId,
    i64
);

/// An attempt: 4 bytes of its round, 4 of the second in which it began, 8 random ones. The round inside lets every look-up go straight to the
/// round's own partition, on any instance and without a table that all attempts share.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId([u8; 16]);

impl AttemptId {
    /// Joins a round, the second in which the attempt begins, and 8 bytes from a cryptographic generator. What is begun
    /// together lies together in the indexes: among a million random ids every start and every submission changed a page of
    /// its own, which the database's log takes whole. Nobody gets in by knowing an id, so 64 bits nobody can guess are ample.
    pub fn begun(round: RoundId, at: OffsetDateTime, random: [u8; 8]) -> Self {
        // Wraps in 2106, which costs the order of that day.
        let [.., a, b, c, d] = at.unix_timestamp().to_be_bytes();
        let [e, f, g, h, i, j, k, l] = random;
        Self::new(round, [a, b, c, d, e, f, g, h, i, j, k, l])
    }

    /// Joins a round and the 12 bytes by which its attempts differ.
    pub fn new(round: RoundId, random: [u8; 12]) -> Self {
        let mut bytes = [0; 16];
        let (head, tail) = bytes.split_at_mut(4);
        head.copy_from_slice(&round.0.to_be_bytes());
        tail.copy_from_slice(&random);
        Self(bytes)
    }

    /// The id stored as 16 bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes to store.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The round this attempt belongs to.
    pub fn round(&self) -> RoundId {
        let [a, b, c, d, ..] = self.0;
        RoundId(i32::from_be_bytes([a, b, c, d]))
    }
}

impl fmt::Display for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 32];
        for (digits, byte) in text.chunks_exact_mut(2).zip(self.0) {
            // Half a byte is below 16, the length of the alphabet.
            digits.copy_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AttemptId({self})")
    }
}

/// The text is not an attempt id: 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an attempt id")]
pub struct NotAnAttemptId;

impl FromStr for AttemptId {
    type Err = NotAnAttemptId;

    fn from_str(text: &str) -> Result<Self, NotAnAttemptId> {
        let digits: &[u8; 32] = text.as_bytes().try_into().map_err(|_| NotAnAttemptId)?;
        let half = |digit: u8| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(NotAnAttemptId),
        };
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_chunks().0) {
            let [high, low] = *pair;
            *byte = half(high)? << 4 | half(low)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for AttemptId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AttemptId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_id_knows_its_round_and_survives_its_text_form() {
        let id = AttemptId::new(RoundId(258), [7; 12]);
        assert_eq!(id.round(), RoundId(258));
        assert_eq!(id.to_string(), "00000102070707070707070707070707");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn attempts_that_begin_later_have_larger_ids_and_those_of_a_second_differ() {
        let at = |second, random| {
            let begun = OffsetDateTime::from_unix_timestamp(second).unwrap();
            AttemptId::begun(RoundId(3), begun, [random; 8])
        };
        assert!(at(1_700_000_255, 9) < at(1_700_000_256, 0));
        assert_ne!(at(1_700_000_255, 9), at(1_700_000_255, 8));
        assert_eq!(at(1_700_000_255, 9).round(), RoundId(3));
    }

    #[test]
    fn anything_else_is_not_an_attempt_id() {
        for text in [
            "",
            "0102",
            "0000010207070707070707070707070G",
            "00000102-0707-0707-0707-070707070707",
        ] {
            assert_eq!(text.parse::<AttemptId>(), Err(NotAnAttemptId), "{text}");
        }
    }
}
