//! The two kinds of rows that are written in batches, and the statement that writes each.
//!
//! Owns these statements and what they are given; leaves gathering batches and answering to `writer`.

use super::{Batch, KeptQuery, NewAttempt, NewSubmission};
use crate::domain::ids::AttemptId;
use uuid::Uuid;

fn ids_of<T: Batch>(rows: &[&T]) -> Vec<Uuid> {
    rows.iter()
        .map(|row| Uuid::from_bytes(*row.id().as_bytes()))
        .collect()
}

fn column<'r, T, C>(rows: &[&'r T], value: impl Fn(&'r T) -> C) -> Vec<C> {
    rows.iter().map(|row| value(row)).collect()
}

fn small(number: u16) -> i16 {
    i16::try_from(number).unwrap_or(i16::MAX)
}

impl Batch for NewAttempt {
    const WRITE: &'static str = "with fresh as materialized (
          select distinct on (participant_id) *
          from unnest($1::uuid[], $2::bigint[], $3::smallint[], $4::timestamptz[], $5::timestamptz[],
                      $6::timestamptz[], $7::text[])
            with ordinality as w(attempt_id, participant_id, number, started_at, deadline_at, check_at, paper,
                                 place)
          where not exists (select from attempts_r# a where a.round_id = #
                            and a.participant_id = w.participant_id and a.number >= w.number)
            and not exists (select from running r where r.round_id = #
                            and r.participant_id = w.participant_id)
          order by participant_id, place),
        head as (
          update start_heads set starts = starts + (select count(*) from fresh)
          where round_id = # and not sealed
          returning starts - (select count(*) from fresh) as before),
        queued as (
          insert into running (round_id, attempt_id, participant_id, check_at)
          select #, attempt_id, participant_id, check_at from fresh, head)
        insert into attempts_r# (round_id, attempt_id, participant_id, number, sequence, started_at, deadline_at,
                              paper)
        select #, attempt_id, participant_id, number, before + row_number() over (order by place), started_at,
               deadline_at, paper
        from fresh, head
        returning attempt_id, sequence";

    fn id(&self) -> AttemptId {
        self.id
    }

    fn bind<'q>(query: KeptQuery<'q>, rows: &[&Self]) -> KeptQuery<'q> {
        query
            .bind(ids_of(rows))
            .bind(column(rows, |row| row.participant.0))
            .bind(column(rows, |row| small(row.number)))
            .bind(column(rows, |row| row.started_at))
            .bind(column(rows, |row| row.deadline))
            .bind(column(rows, |row| row.check_at))
            .bind(column(rows, |row| row.paper.clone()))
    }
}

impl Batch for NewSubmission {
    const WRITE: &'static str = "with fresh as materialized (
          select distinct on (attempt_id) *
          from unnest($1::uuid[], $2::bigint[], $3::smallint[], $4::timestamptz[], $5::timestamptz[],
                      $6::bigint[], $7::text[], $8::text[], $9::int[], $10::smallint[], $11::smallint[],
                      $12::bigint[], $13::text[])
            with ordinality as w(attempt_id, participant_id, number, received_at, finished_at, duration_ms, how,
                                 responses, score, correct, total, prediction, receipt, place)
          where not exists (select from submissions_r# s where s.round_id = # and s.attempt_id = w.attempt_id)
          order by attempt_id, place),
        head as (
          update round_heads set submissions = submissions + (select count(*) from fresh)
          where round_id = # and not sealed
          returning submissions - (select count(*) from fresh) as before),
        done as (
          delete from running where ctid = any (array(
            select r.ctid from fresh cross join head
            cross join lateral (select ctid from running
                                where round_id = # and attempt_id = fresh.attempt_id limit 1) r)))
        insert into submissions_r# (round_id, attempt_id, participant_id, number, sequence, received_at,
                                 finished_at, duration_ms, how, responses, score, correct, total, prediction,
                                 receipt)
        select #, attempt_id, participant_id, number, before + row_number() over (order by place), received_at,
               finished_at, duration_ms, how, responses, score, correct, total, prediction, receipt
        from fresh, head
        returning attempt_id, sequence";

    fn id(&self) -> AttemptId {
        self.id
    }

    fn bind<'q>(query: KeptQuery<'q>, rows: &[&Self]) -> KeptQuery<'q> {
        query
            .bind(ids_of(rows))
            .bind(column(rows, |row| row.participant.0))
            .bind(column(rows, |row| small(row.number)))
            .bind(column(rows, |row| row.received_at))
            .bind(column(rows, |row| row.finished_at))
            .bind(column(rows, |row| row.duration_ms))
            .bind(column(rows, |row| row.how))
            .bind(column(rows, |row| row.responses.clone()))
            .bind(column(rows, |row| i32::try_from(row.score).unwrap_or(i32::MAX)))
            .bind(column(rows, |row| small(row.correct)))
            .bind(column(rows, |row| small(row.total)))
            .bind(column(rows, |row| row.prediction))
            .bind(column(rows, |row| row.receipt.clone()))
    }
}
