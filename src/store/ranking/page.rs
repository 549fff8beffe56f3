//! Pages of standings: fixed-width records, 80 to a row of the database.
//!
//! Owns the form of a record; which pages to read or write is decided by `read` and `ranking`.

use super::bytes::{Fields, moment};
use crate::domain::ids::{AttemptId, ParticipantId, UnitId};
use crate::domain::ranking::Standing;
use crate::domain::tabulate::{Line, Place};
use crate::store::{StoreResult, expect};
use time::OffsetDateTime;

/// Records of a page: one page fills one page of the table.
pub(super) const PAGE: i64 = 80;
/// Bytes of a record.
const RECORD: usize = 97;

const ELIGIBLE: u8 = 1;
const ANY_RIGHT: u8 = 2;

/// A standing with what only other reads need.
#[derive(Debug, Clone)]
pub(in crate::store) struct Record {
    /// The standing.
    pub(in crate::store) standing: Standing,
    /// Dense number of the counted submission; 0 over a contest.
    pub(in crate::store) sequence: u32,
    finished_us: i64,
    any_right: bool,
}

impl Record {
    /// For adding up over the contest.
    pub(super) fn line(&self) -> Line {
        Line::of_round(&self.standing, self.finished_us, self.any_right)
    }
}

/// The first position of the page that holds a position.
pub(super) const fn first_of(position: i64) -> i64 {
    (position - 1) / PAGE * PAGE + 1
}

/// The standings of a page.
pub(in crate::store) fn decode(ranking: i64, first: i64, records: &[u8]) -> StoreResult<Vec<Record>> {
    (first..)
        .zip(records.chunks(RECORD))
        .map(|(position, record)| {
            expect(
                read(position, Fields(record)),
                "standing_pages",
                "records",
                ranking,
            )
        })
        .collect()
}

fn read(position: i64, mut fields: Fields<'_>) -> Option<Record> {
    let participant = ParticipantId(fields.i64()?);
    let attempt: [u8; 16] = fields.bytes()?;
    let rank = i64::from(fields.i32()?);
    let unit = UnitId(fields.i32()?);
    let score = fields.i64()?;
    let (correct, total) = (fields.u32()?, fields.u32()?);
    let (prediction, prediction_error) = (fields.natural()?, fields.natural()?);
    let duration_ms = fields.i64()?;
    let finished_us = fields.moment_us()?;
    let attempts = fields.u32()?;
    let registered_us = fields.moment_us()?;
    let sequence = fields.u32()?;
    let [flags] = fields.bytes()?;
    let standing = Standing {
        position,
        rank,
        attempt: (attempt != [0; 16]).then(|| AttemptId::from_bytes(attempt)),
        participant,
        unit,
        score,
        correct,
        total,
        prediction,
        prediction_error,
        duration_ms,
        finished_at: at(finished_us)?,
        attempts,
        registered_at: at(registered_us)?,
        eligible: flags & ELIGIBLE != 0,
    };
    Some(Record {
        standing,
        sequence,
        finished_us,
        any_right: flags & ANY_RIGHT != 0,
    })
}

fn at(us: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(us) * 1_000).ok()
}

/// The place as a standing; `None` if a moment of it is none.
pub(super) fn standing(place: &Place<'_>) -> Option<Standing> {
    let line = place.line;
    Some(Standing {
        position: place.position,
        rank: place.rank,
        attempt: place.attempt,
        participant: line.participant,
        unit: line.unit,
        score: line.score,
        correct: line.correct,
        total: line.total,
        prediction: place.prediction,
        prediction_error: place.prediction_error,
        duration_ms: line.duration_ms,
        finished_at: at(line.finished_us)?,
        attempts: line.attempts,
        registered_at: at(line.registered_us)?,
        eligible: place.eligible,
    })
}

/// Appends a place to the records of a page; `None` if a number does not fit, which no round comes near.
pub(super) fn encode(place: &Place<'_>, out: &mut Vec<u8>) -> Option<()> {
    let line = place.line;
    let small = |number: u32| i32::try_from(number).ok().map(i32::to_be_bytes);
    let flags = (if place.eligible { ELIGIBLE } else { 0 }) | (if line.any_right() { ANY_RIGHT } else { 0 });
    out.extend(line.participant.0.to_be_bytes());
    out.extend(place.attempt.map_or([0; 16], |attempt| *attempt.as_bytes()));
    out.extend(i32::try_from(place.rank).ok()?.to_be_bytes());
    out.extend(line.unit.0.to_be_bytes());
    out.extend(line.score.to_be_bytes());
    out.extend(small(line.correct)?);
    out.extend(small(line.total)?);
    out.extend(place.prediction.unwrap_or(-1).to_be_bytes());
    out.extend(place.prediction_error.unwrap_or(-1).to_be_bytes());
    out.extend(line.duration_ms.to_be_bytes());
    out.extend(moment(line.finished_us));
    out.extend(small(line.attempts)?);
    out.extend(moment(line.registered_us));
    out.extend(small(line.sequence)?);
    out.push(flags);
    Some(())
}
