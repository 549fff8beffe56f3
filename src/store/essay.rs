//! Essays: texts as last saved, their marks, and which of them must be marked.
//!
//! Owns their rows; what a text may be and which mark comes out is `domain::essay`'s. A ranking keeps the marks it counted.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::contest::RoundRules;
use crate::domain::essay::{Mark, Marks, Seat};
use crate::domain::ids::{AttemptId, ParticipantId, RoundId};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use uuid::Uuid;

/// A text as last saved.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredEssay {
    /// The text.
    pub text: String,
    /// When it was last saved.
    pub saved_at: OffsetDateTime,
}

// What people write must not reach a log by way of `{:?}`.
impl std::fmt::Debug for StoredEssay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoredEssay(***)")
    }
}

/// A text to keep.
#[derive(Clone, Copy)]
pub struct NewEssay<'a> {
    /// The attempt in which it is written, which must be running.
    pub attempt: AttemptId,
    /// Who writes.
    pub participant: ParticipantId,
    /// The text, clean.
    pub text: &'a str,
    /// Its characters.
    pub chars: u32,
    /// When it arrived.
    pub at: OffsetDateTime,
}

/// An essay that must be marked, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EssaySheet {
    /// The name under which it is marked.
    pub code: Uuid,
    /// Who wrote it; not for the eyes of markers.
    pub participant: ParticipantId,
    /// The marks in force.
    pub marks: Marks,
}

/// An essay for its marker.
#[derive(Clone)]
pub struct EssayToMark {
    /// Who wrote it; not for the eyes of markers.
    pub participant: ParticipantId,
    /// The text.
    pub text: String,
    /// The marks in force.
    pub marks: Marks,
    /// What was noted with them, by seat.
    pub notes: BTreeMap<Seat, String>,
}

/// A mark to keep.
#[derive(Clone, Copy)]
pub struct NewMark<'a> {
    /// The round.
    pub round: RoundId,
    /// Whose essay.
    pub participant: ParticipantId,
    /// Where the marker sits.
    pub seat: Seat,
    /// Whole points.
    pub points: u16,
    /// A note for the board, or nothing.
    pub note: &'a str,
    /// Why an earlier mark of the seat is changed.
    pub reason: Option<&'a str>,
    /// When.
    pub at: OffsetDateTime,
    /// Who marks.
    pub by: &'a str,
}

/// The marks that rankings count, by person.
pub type EssayPoints = BTreeMap<ParticipantId, u16>;

impl Store {
    /// Keeps a text in place of the one before, as long as the attempt runs; `false` if it does not, or is not theirs. A text
    /// that was sent before the one that is kept and comes after it changes nothing.
    pub async fn put_essay(&self, essay: &NewEssay<'_>) -> StoreResult<bool> {
        let done = sqlx::query!(
            "insert into essays as e (round_id, participant_id, attempt_id, text, chars, saved_at)
             select r.round_id, r.participant_id, r.attempt_id, $4::text, $5::integer, $6::timestamptz from running r
             where r.round_id = $1 and r.attempt_id = $2 and r.participant_id = $3 and r.check_at > $6::timestamptz
             on conflict (round_id, participant_id) do update
               set attempt_id = excluded.attempt_id, revision = e.revision + 1,
                   text = case when e.saved_at <= excluded.saved_at then excluded.text else e.text end,
                   chars = case when e.saved_at <= excluded.saved_at then excluded.chars else e.chars end,
                   saved_at = greatest(e.saved_at, excluded.saved_at)",
            essay.attempt.round().0,
            Uuid::from_bytes(*essay.attempt.as_bytes()),
            essay.participant.0,
            essay.text,
            i32::try_from(essay.chars).unwrap_or(i32::MAX),
            essay.at
        )
        .execute(self.pool())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// What a person wrote in a round.
    pub async fn find_essay(
        &self,
        round: RoundId,
        participant: ParticipantId,
    ) -> StoreResult<Option<StoredEssay>> {
        let row = sqlx::query_as!(
            StoredEssay,
            "select text, saved_at from essays where round_id = $1 and participant_id = $2",
            round.0,
            participant.0
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row)
    }

    /// Everything a person wrote.
    pub async fn load_own_essays(
        &self,
        participant: ParticipantId,
    ) -> StoreResult<Vec<(RoundId, StoredEssay)>> {
        let rows = sqlx::query!(
            "select round_id, text, saved_at from essays where participant_id = $1 and chars > 0 order by round_id",
            participant.0
        )
        .fetch_all(self.pool())
        .await?;
        let essay = |text, saved_at| StoredEssay { text, saved_at };
        Ok(rows
            .into_iter()
            .map(|row| (RoundId(row.round_id), essay(row.text, row.saved_at)))
            .collect())
    }

    /// An essay with its text.
    pub async fn find_essay_to_mark(&self, round: RoundId, code: Uuid) -> StoreResult<Option<EssayToMark>> {
        to_mark(&mut *self.pool().acquire().await?, round, code).await
    }

    /// The mark of a person that a ranking counted.
    pub async fn find_essay_points(
        &self,
        ranking: i64,
        participant: ParticipantId,
    ) -> StoreResult<Option<i32>> {
        sqlx::query_scalar!(
            "select points from essay_standings where ranking_id = $1 and participant_id = $2",
            ranking,
            participant.0
        )
        .fetch_optional(self.pool())
        .await
        .map_err(Into::into)
    }
}

impl Tx {
    /// The essays of a round that must be marked, in the random order in which they are.
    pub async fn load_essays(&mut self, round: RoundId, rules: &RoundRules) -> StoreResult<Vec<EssaySheet>> {
        sheets(self.conn(), round, rules).await
    }

    /// An essay with its text. The caller holds the lock of the round, so that two markers follow one another.
    pub async fn find_essay_to_mark(
        &mut self,
        round: RoundId,
        code: Uuid,
    ) -> StoreResult<Option<EssayToMark>> {
        to_mark(self.conn(), round, code).await
    }

    /// Keeps a mark beside the earlier ones of its seat.
    pub async fn insert_essay_mark(&mut self, mark: &NewMark<'_>) -> StoreResult<()> {
        sqlx::query!(
            "insert into essay_marks (round_id, participant_id, seat, points, note, reason, marked_at, marked_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            mark.round.0,
            mark.participant.0,
            mark.seat.number(),
            i32::from(mark.points),
            mark.note,
            mark.reason,
            mark.at,
            mark.by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// The marks of a round as they come out now; essays that wait for a mark are not among them.
    pub(super) async fn load_essay_points(
        &mut self,
        round: RoundId,
        rules: &RoundRules,
    ) -> StoreResult<EssayPoints> {
        let sheets = sheets(self.conn(), round, rules).await?;
        Ok(points(&sheets, rules))
    }

    /// The marks that a ranking counted.
    pub async fn load_counted_essays(&mut self, ranking: i64) -> StoreResult<EssayPoints> {
        let rows = sqlx::query!(
            "select participant_id, points from essay_standings where ranking_id = $1",
            ranking
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter()
            .map(|row| {
                let points = expect(
                    u16::try_from(row.points).ok(),
                    "essay_standings",
                    "points",
                    ranking,
                )?;
                Ok((ParticipantId(row.participant_id), points))
            })
            .collect()
    }

    /// Keeps the marks that a ranking counts.
    pub(super) async fn insert_essay_standings(
        &mut self,
        ranking: i64,
        round: RoundId,
        rules: &RoundRules,
    ) -> StoreResult<()> {
        let points = self.load_essay_points(round, rules).await?;
        sqlx::query!(
            "insert into essay_standings (ranking_id, participant_id, points)
             select $1, * from unnest($2::bigint[], $3::integer[])",
            ranking,
            &points.keys().map(|person| person.0).collect::<Vec<_>>(),
            &points
                .values()
                .map(|points| i32::from(*points))
                .collect::<Vec<_>>()
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Erases what these people wrote and every mark of it. Their data are erased already, which lets the marks go. The
    /// number of essays.
    pub(super) async fn erase_essays(&mut self, people: &[i64]) -> StoreResult<u64> {
        sqlx::query!("delete from essay_marks where participant_id = any($1)", people)
            .execute(self.conn())
            .await?;
        let done = sqlx::query!("delete from essays where participant_id = any($1)", people)
            .execute(self.conn())
            .await?;
        Ok(done.rows_affected())
    }
}

/// The marks that come out.
pub fn points(sheets: &[EssaySheet], rules: &RoundRules) -> EssayPoints {
    let Some(essay) = &rules.essay else {
        return EssayPoints::new();
    };
    let settled = |sheet: &EssaySheet| Some((sheet.participant, sheet.marks.outcome(essay.markers)?));
    sheets.iter().filter_map(settled).collect()
}

/// Only essays of people who may win are marked: those who are not barred, wrote as much as was asked for, and handed in a
/// paper with which they may still pass the gate. What was written after a mark, in a round that was opened again, that mark
/// says nothing of.
async fn sheets(conn: &mut PgConnection, round: RoundId, rules: &RoundRules) -> StoreResult<Vec<EssaySheet>> {
    let Some(essay) = &rules.essay else {
        return Ok(Vec::new());
    };
    let rows = sqlx::query!(
        r#"select e.participant_id, e.code, m.seat as "seat?", m.points as "points?", m.marked_by as "by?",
                  m.mark_id as "mark?",
                  exists (select from essay_standings c join rankings g using (ranking_id)
                          where g.round_id = $1 and c.participant_id = e.participant_id
                            and g.made_at >= e.saved_at) as "counted!"
           from essays e
           join participants p on p.participant_id = e.participant_id and p.excluded_reason is null
           left join lateral (
               select distinct on (k.seat) k.seat, k.points, k.marked_by, k.mark_id from essay_marks k
               where k.round_id = e.round_id and k.participant_id = e.participant_id and k.marked_at >= e.saved_at
               order by k.seat, k.mark_id desc
           ) m on true
           where e.round_id = $1 and e.chars >= $2
             and exists (select from submissions s
                         where s.round_id = $1 and s.participant_id = e.participant_id and s.score >= $3)
           order by e.code, m.seat"#,
        round.0,
        i32::try_from(essay.least_chars()).unwrap_or(i32::MAX),
        i32::try_from(rules.essay_gate()).unwrap_or(i32::MAX)
    )
    .fetch_all(conn)
    .await?;
    let (mut sheets, mut newest): (Vec<EssaySheet>, _) = (Vec::new(), 0);
    for row in rows {
        if sheets.last().is_none_or(|last| last.code != row.code) {
            sheets.push(EssaySheet {
                code: row.code,
                participant: ParticipantId(row.participant_id),
                marks: Marks {
                    counted: row.counted,
                    ..Marks::default()
                },
            });
            newest = 0;
        }
        if let (Some(sheet), Some(seat), Some(points), Some(by), Some(id)) =
            (sheets.last_mut(), row.seat, row.points, row.by, row.mark)
        {
            let (seat, mark) = mark(seat, points, by, round)?;
            sheet.marks.put(seat, mark);
            // By seat, so the third comes last.
            sheet.marks.third_is_last = seat == Seat::Third && id > newest;
            newest = newest.max(id);
        }
    }
    Ok(sheets)
}

async fn to_mark(conn: &mut PgConnection, round: RoundId, code: Uuid) -> StoreResult<Option<EssayToMark>> {
    let row = sqlx::query!(
        r#"select participant_id, text, saved_at,
                  exists (select from essay_standings c join rankings g using (ranking_id)
                          where g.round_id = $1 and c.participant_id = e.participant_id
                            and g.made_at >= e.saved_at) as "counted!"
           from essays e where round_id = $1 and code = $2"#,
        round.0,
        code
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let rows = sqlx::query!(
        "select distinct on (seat) seat, points, note, marked_by, mark_id from essay_marks
         where round_id = $1 and participant_id = $2 and marked_at >= $3 order by seat, mark_id desc",
        round.0,
        row.participant_id,
        row.saved_at
    )
    .fetch_all(conn)
    .await?;
    let mut essay = EssayToMark {
        participant: ParticipantId(row.participant_id),
        text: row.text,
        marks: Marks {
            counted: row.counted,
            ..Marks::default()
        },
        notes: BTreeMap::new(),
    };
    let mut newest = 0;
    for row in rows {
        let (seat, mark) = mark(row.seat, row.points, row.marked_by, round)?;
        essay.marks.put(seat, mark);
        essay.marks.third_is_last = seat == Seat::Third && row.mark_id > newest;
        newest = newest.max(row.mark_id);
        essay.notes.insert(seat, row.note);
    }
    Ok(Some(essay))
}

fn mark(seat: i16, points: i32, by: String, round: RoundId) -> StoreResult<(Seat, Mark)> {
    let seat = expect(Seat::of(seat), "essay_marks", "seat", round)?;
    let points = expect(u16::try_from(points).ok(), "essay_marks", "points", round)?;
    Ok((seat, Mark { points, by }))
}
