//! Gathering what is ranked: a round's submissions from their packs, people, and the places of rounds already ranked.
//!
//! Owns the statements that read and the making of packs; folding and sorting are `domain::tabulate`'s. Whatever is read
//! comes in pieces of less than a megabyte.

use super::bytes::Fields;
use super::page;
use crate::domain::contest::RoundRules;
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::ranking::Tally;
use crate::domain::ruling::{Rulings, Sieve};
use crate::domain::tabulate::{Tabulation, Taken};
use crate::store::prediction::Later;
use crate::store::ranking::{Overrides, RankingOrder};
use crate::store::{Store, StoreResult, Tx, expect};
use futures_util::TryStreamExt;
use sqlx::PgConnection;

/// Sequences in a pack.
const PACK: i64 = 128;
/// Bytes of a packed submission.
const SUBMISSION: usize = 62;
/// Submissions read at once that are not packed yet.
const TAIL: i64 = 8_192;
/// People read at once.
const PEOPLE: i64 = 16_384;
/// People of the contest read for one of the table, from where looking them up one by one is cheaper.
const SPARSE: i64 = 6;
/// Bytes of a person.
const PERSON: usize = 24;
/// Packs made by one statement.
const PACKS: i64 = 256;

impl Store {
    /// Packs the submissions of a round that are complete packs by now, behind the newest. Returns how many packs it made;
    /// any number of instances may do it at once.
    pub async fn pack_submissions(&self, round: RoundId) -> StoreResult<u64> {
        let mut made = 0;
        loop {
            let done = pack(&mut *self.pool().acquire().await?, round).await?;
            made += done;
            if done < PACKS.unsigned_abs() {
                return Ok(made);
            }
        }
    }
}

/// Makes the next packs. The counter of the round and the submissions are seen at one moment, and numbers are given in
/// the order of commits, so nothing can come later into what is packed.
async fn pack(conn: &mut PgConnection, round: RoundId) -> StoreResult<u64> {
    let packed = packed_upto(conn, round).await?;
    let done = sqlx::query!(
        "insert into submission_packs (round_id, first_sequence, records)
         select $1, (sequence - 1) / $3 * $3 + 1, string_agg(
            int8send(participant_id) || uuid_send(attempt_id) || timestamptz_send(finished_at) || int8send(duration_ms)
            || int8send(coalesce(prediction, -1)) || int4send(score) || int4send(sequence::integer) || int2send(correct)
            || int2send(total) || int2send(number), '')
         from submissions where round_id = $1 and sequence > $2
            and sequence <= least($2 + $3 * $4, (select submissions from round_heads where round_id = $1) / $3 * $3)
         group by (sequence - 1) / $3
         on conflict do nothing",
        round.0,
        packed,
        PACK,
        PACKS
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// The newest sequence that is packed.
async fn packed_upto(conn: &mut PgConnection, round: RoundId) -> StoreResult<i64> {
    let row = sqlx::query!(
        r#"select coalesce(max(first_sequence) + $2 - 1, 0) as "upto!" from submission_packs where round_id = $1"#,
        round.0,
        PACK
    )
    .fetch_one(conn)
    .await?;
    Ok(row.upto)
}

impl Tx {
    /// Reads everything that a ranking is made of.
    pub(super) async fn gather(
        &mut self,
        order: &RankingOrder<'_>,
        rulings: &Rulings,
        overrides: &Overrides,
    ) -> StoreResult<Tabulation> {
        let sieve = self.sieve(order.contest, rulings).await?;
        let table = match order.round {
            Some(round) => {
                let mut table = self.gather_round(round, order.rules, &sieve, overrides).await?;
                for (person, points) in self.load_essay_points(round, order.rules).await? {
                    table.mark_essay(person, points);
                }
                table
            }
            None => self.gather_contest(order.contest, order.rules, None).await?,
        };
        self.described(order.contest, table).await
    }

    /// Adds what belongs to the people of a table.
    pub(super) async fn described(
        &mut self,
        contest: ContestId,
        mut table: Tabulation,
    ) -> StoreResult<Tabulation> {
        self.describe(contest, &mut table).await?;
        let all = table.is_described().then_some(());
        expect(all, "submissions", "participant_id", contest)?;
        Ok(table)
    }

    async fn gather_round(
        &mut self,
        round: RoundId,
        rules: &RoundRules,
        sieve: &Sieve,
        overrides: &Overrides,
    ) -> StoreResult<Tabulation> {
        let mut table = Tabulation::of_round(rules);
        let later = match rules.prediction {
            Some(rule) if !rule.in_paper() => self.later_predictions(round).await?,
            Some(_) | None => Later::new(),
        };
        let changed = (overrides, &later);
        let packed = packed_upto(self.conn(), round).await?;
        let mut packs = sqlx::query!(
            "select records from submission_packs where round_id = $1 and first_sequence <= $2",
            round.0,
            packed
        )
        .fetch(self.conn());
        while let Some(pack) = packs.try_next().await? {
            take(&mut table, (sieve, changed), &pack.records, round)?;
        }
        drop(packs);
        let last = sqlx::query!(
            r#"select coalesce(max(sequence), 0) as "last!" from submissions where round_id = $1"#,
            round.0
        )
        .fetch_one(self.conn())
        .await?
        .last;
        for after in (packed..last).step_by(TAIL.unsigned_abs() as usize) {
            let rows = sqlx::query!(
                r#"select string_agg(
                    int8send(participant_id) || uuid_send(attempt_id) || timestamptz_send(finished_at)
                    || int8send(duration_ms) || int8send(coalesce(prediction, -1)) || int4send(score)
                    || int4send(sequence::integer) || int2send(correct) || int2send(total) || int2send(number), '')
                    as records
                   from submissions where round_id = $1 and sequence > $2 and sequence <= $3"#,
                round.0,
                after,
                after.saturating_add(TAIL)
            )
            .fetch_one(self.conn())
            .await?;
            take(
                &mut table,
                (sieve, changed),
                &rows.records.unwrap_or_default(),
                round,
            )?;
        }
        Ok(table)
    }

    /// What everybody brought into the rankings in force of the rounds, or of some of them.
    pub(super) async fn gather_contest(
        &mut self,
        contest: ContestId,
        rules: &RoundRules,
        only: Option<&[i32]>,
    ) -> StoreResult<Tabulation> {
        let mut table = Tabulation::of_contest(&rules.ranking);
        let rounds = sqlx::query!(
            "select ranking_id, attempts, people, attempts_all_correct, people_all_correct
             from rankings join rounds using (ranking_id)
             where rounds.contest_id = $1 and stage in ('ranked', 'approved', 'published')
                and ($2::integer[] is null or rounds.round_id = any($2))",
            contest.0,
            only
        )
        .fetch_all(self.conn())
        .await?;
        for round in rounds {
            table.add_tally(Tally {
                attempts: round.attempts,
                people: round.people,
                attempts_all_correct: round.attempts_all_correct,
                people_all_correct: round.people_all_correct,
            });
            let mut pages = sqlx::query!(
                "select first_position, records from standing_pages where ranking_id = $1",
                round.ranking_id
            )
            .fetch(self.conn());
            while let Some(row) = pages.try_next().await? {
                for record in page::decode(round.ranking_id, row.first_position, &row.records)? {
                    table.add(&record.line());
                }
            }
        }
        Ok(table)
    }

    /// Unit and registration of everybody in the table, and who is barred. Walking the contest's index is quickest while
    /// most people of it are in the table; a round that few of them entered looks its people up one by one.
    async fn describe(&mut self, contest: ContestId, table: &mut Tabulation) -> StoreResult<()> {
        let (mut after, mut read) = (i64::MIN, 0);
        loop {
            let row = sqlx::query!(
                r#"select string_agg(int8send(participant_id) || int4send(unit_id) || timestamptz_send(registered_at)
                    || date_send(birth_date), '') as records, max(participant_id) as last
                   from (select participant_id, unit_id, registered_at, birth_date from participants
                         where contest_id = $1 and participant_id > $2 order by participant_id limit $3) p"#,
                contest.0,
                after,
                PEOPLE
            )
            .fetch_one(self.conn())
            .await?;
            let (Some(records), Some(last)) = (row.records, row.last) else {
                break;
            };
            read += describe(table, &records, contest)?;
            after = last;
            if table.described() * SPARSE < read {
                self.look_up(contest, table, after).await?;
                break;
            }
        }
        let excluded = sqlx::query!(
            "select participant_id from participants where contest_id = $1 and excluded_reason is not null",
            contest.0
        )
        .fetch_all(self.conn())
        .await?;
        for person in excluded {
            table.exclude(ParticipantId(person.participant_id));
        }
        Ok(())
    }

    /// The same for people with greater numbers than one, by their numbers.
    async fn look_up(&mut self, contest: ContestId, table: &mut Tabulation, after: i64) -> StoreResult<()> {
        let people = table.people_after(ParticipantId(after));
        for people in people.chunks(PEOPLE.unsigned_abs() as usize) {
            let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
            let row = sqlx::query!(
                r#"select string_agg(int8send(participant_id) || int4send(unit_id) || timestamptz_send(registered_at)
                    || date_send(birth_date), '') as records
                   from unnest($2::bigint[]) id join participants on contest_id = $1 and participant_id = id"#,
                contest.0,
                &ids
            )
            .fetch_one(self.conn())
            .await?;
            describe(table, &row.records.unwrap_or_default(), contest)?;
        }
        Ok(())
    }
}

/// Takes what is told of people; returns of how many.
fn describe(table: &mut Tabulation, records: &[u8], contest: ContestId) -> StoreResult<i64> {
    let mut people = 0;
    for record in records.chunks(PERSON) {
        let mut fields = Fields(record);
        let person = fields
            .i64()
            .zip(fields.i32())
            .zip(fields.moment_us())
            .zip(fields.i32());
        let (((person, unit), registered_us), born) =
            expect(person, "participants", "registered_at", contest)?;
        table.describe(ParticipantId(person), UnitId(unit), registered_us, born);
        people += 1;
    }
    Ok(people)
}

/// Takes packed submissions, apart from those that are struck out, some with other scores than stored, some with a prediction
/// given after the paper.
fn take(
    table: &mut Tabulation,
    (sieve, (overrides, later)): (&Sieve, (&Overrides, &Later)),
    records: &[u8],
    round: RoundId,
) -> StoreResult<()> {
    let all_count = sieve.is_empty();
    for record in records.chunks(SUBMISSION) {
        let mut taken = expect(taken(Fields(record)), "submission_packs", "records", round)?;
        if let Some((score, correct, total)) = overrides.find(taken.sequence) {
            (taken.score, taken.correct, taken.total) = (score, correct, total);
        }
        if let Some(given) = later.get(&taken.sequence) {
            taken.prediction = Some(*given);
        }
        if all_count || !sieve.strikes(&taken) {
            table.take(&taken);
        } else {
            table.strike(&taken);
        }
    }
    Ok(())
}

fn taken(mut fields: Fields<'_>) -> Option<Taken> {
    Some(Taken {
        participant: ParticipantId(fields.i64()?),
        attempt: AttemptId::from_bytes(fields.bytes()?),
        finished_us: fields.moment_us()?,
        duration_ms: fields.i64()?,
        prediction: fields.natural()?.map(i64::unsigned_abs),
        score: fields.u32()?,
        sequence: fields.u32()?,
        correct: fields.u16()?,
        total: fields.u16()?,
        number: fields.u16()?,
    })
}
