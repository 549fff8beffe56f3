//! The crowd of a random contest: entrants with many ties, kept in memory and stored alike.

use super::settings::Settings;
use hoithi::domain::attempt::How;
use hoithi::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId, UnitId};
use hoithi::domain::ranking::Entry;
use hoithi::domain::unit::{Unit, UnitDefinition};
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt, SeedableRng};
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

/// The moment that everything is counted from.
pub const START: OffsetDateTime = time::macros::datetime!(2023-04-03 01:00 UTC);

/// Units of every contest: five at the top, each with others below it, some three levels deep.
const UNITS: usize = 40;

/// A contest in memory, equal to the one stored.
pub struct Crowd {
    pub contest: ContestId,
    pub units: Vec<Unit>,
    pub excluded: BTreeSet<ParticipantId>,
    pub rounds: Vec<(RoundId, Vec<Entry>)>,
    pub rng: ChaCha8Rng,
}

struct Person {
    id: ParticipantId,
    unit: UnitId,
    registered_at: OffsetDateTime,
    birth_date: Date,
}

impl Crowd {
    /// Draws the crowd and stores it.
    pub async fn store(pool: &PgPool, settings: &Settings) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
        let contest = sqlx::query_scalar(
            "insert into contests (slug, definition, source_hash, loaded_at, loaded_by)
             select 'c' || count(*), '{}', '', $1, '' from contests returning contest_id",
        )
        .bind(START)
        .fetch_one(pool)
        .await
        .unwrap();
        let units = store_units(pool, contest, &mut rng).await;
        let mut crowd = Self {
            contest: ContestId(contest),
            units,
            excluded: BTreeSet::new(),
            rounds: Vec::new(),
            rng,
        };
        let people = crowd.store_people(pool, settings.people).await;
        for number in (1i16..).take(settings.rounds.len()) {
            let round = store_round(pool, contest, number).await;
            let entries = entries(round, &people, &mut crowd.rng);
            store_entries(pool, round, &entries).await;
            crowd.rounds.push((round, entries));
        }
        crowd
    }

    async fn store_people(&mut self, pool: &PgPool, number: usize) -> Vec<Person> {
        let units: Vec<i32> = (0..number)
            .map(|_| self.units[self.rng.random_range(0..UNITS)].id.0)
            .collect();
        let registered_at: Vec<OffsetDateTime> = (0..number)
            .map(|_| START - Duration::days(self.rng.random_range(1..6)))
            .collect();
        let barred: Vec<bool> = (0..number).map(|_| self.rng.random_bool(0.05)).collect();
        let births: Vec<Date> = (0..number)
            .map(|_| Date::from_ordinal_date(1990, self.rng.random_range(1..5)).unwrap())
            .collect();
        let rows: Vec<(i64, i32, OffsetDateTime, Date, bool)> = sqlx::query_as(
            "insert into participants (contest_id, unit_id, full_name, birth_date, phone_hash, phone_sealed, password_hash,
                consent_version, consent_publish, registered_at, excluded_reason)
             select $1, unit, 'Nguyễn Văn An', birth, int8send(place), '', '', '1', true, registered,
                case when barred then 'Ban Tổ chức' end
             from unnest($2::integer[], $3::timestamptz[], $4::boolean[], $5::date[]) with ordinality
                as p (unit, registered, barred, birth, place)
             returning participant_id, unit_id, registered_at, birth_date, excluded_reason is not null",
        )
        .bind(self.contest.0)
        .bind(&units)
        .bind(&registered_at)
        .bind(&barred)
        .bind(&births)
        .fetch_all(pool)
        .await
        .unwrap();
        self.excluded = rows
            .iter()
            .filter(|row| row.4)
            .map(|row| ParticipantId(row.0))
            .collect();
        let person = |(id, unit, registered_at, birth_date, _)| Person {
            id: ParticipantId(id),
            unit: UnitId(unit),
            registered_at,
            birth_date,
        };
        rows.into_iter().map(person).collect()
    }
}

async fn store_units(pool: &PgPool, contest: i32, rng: &mut ChaCha8Rng) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for place in 0..UNITS {
        let above = (place >= 5).then(|| units[rng.random_range(0..place.min(20))].clone());
        let definition = UnitDefinition {
            code: format!("U{place}"),
            name: format!("Đơn vị {place}"),
            parent: above.as_ref().map(|unit| unit.definition.code.clone()),
            bloc: rng.random_bool(0.5).then(|| "xa".to_owned()),
            headcount: rng.random_bool(0.8).then(|| rng.random_range(0..200)),
            valid_from: None,
            valid_to: None,
            successor: None,
        };
        let id = sqlx::query_scalar(
            "insert into units (contest_id, code, name, parent_id, bloc, headcount, position)
             values ($1, $2, $3, $4, $5, $6, $7) returning unit_id",
        )
        .bind(contest)
        .bind(&definition.code)
        .bind(&definition.name)
        .bind(above.as_ref().map(|unit| unit.id.0))
        .bind(&definition.bloc)
        .bind(definition.headcount.map(|n| i32::try_from(n).unwrap()))
        .bind(i32::try_from(place).unwrap())
        .fetch_one(pool)
        .await
        .unwrap();
        let ancestors: Vec<UnitId> = above
            .iter()
            .flat_map(|unit| std::iter::once(unit.id).chain(unit.ancestors.iter().copied()))
            .collect();
        let level = u8::try_from(ancestors.len() + 1).unwrap();
        units.push(Unit {
            id: UnitId(id),
            definition,
            level,
            ancestors,
            folded: String::new(),
        });
    }
    units
}

/// A round that has been sealed, with its partitions.
async fn store_round(pool: &PgPool, contest: i32, number: i16) -> RoundId {
    let id: i32 = sqlx::query_scalar(
        "insert into rounds (contest_id, number, title, opens_at, closes_at, rules, sets, stage, sealed_at)
         values ($1, $2, 'Tuần', $3, $4, '{}', '{}', 'sealed', $4) returning round_id",
    )
    .bind(contest)
    .bind(number)
    .bind(START)
    .bind(START + Duration::days(7))
    .fetch_one(pool)
    .await
    .unwrap();
    for table in ["attempts", "submissions"] {
        let text = format!("create table {table}_r{id} partition of {table} for values in ({id})");
        sqlx::query(sqlx::AssertSqlSafe(text))
            .execute(pool)
            .await
            .unwrap();
    }
    RoundId(id)
}

/// One to four attempts of most people, in a random order of acceptance. Values are few, so that equals abound on every
/// key, and independent of one another, so that no key stands for another.
fn entries(round: RoundId, people: &[Person], rng: &mut ChaCha8Rng) -> Vec<Entry> {
    let mut tries: Vec<&Person> = Vec::new();
    for person in people {
        let attempts = rng.random_range(0..5);
        tries.extend(std::iter::repeat_n(person, attempts));
    }
    tries.shuffle(rng);
    let around = i64::try_from(tries.len() / 2).unwrap();
    let mut numbers: BTreeMap<ParticipantId, u16> = BTreeMap::new();
    (1..)
        .zip(tries)
        .map(|(sequence, person)| {
            let number = *numbers.entry(person.id).and_modify(|n| *n += 1).or_insert(1);
            let mut random = [0; 12];
            rng.fill_bytes(&mut random);
            let duration_ms = rng.random_range(1..4) * 1_000;
            let finished_at = START + Duration::minutes(rng.random_range(1..8));
            let how = if rng.random_bool(0.9) {
                How::Submitted
            } else {
                How::TimedOut
            };
            Entry {
                attempt: AttemptId::new(round, random),
                participant: person.id,
                unit: person.unit,
                number,
                sequence,
                started_at: finished_at - Duration::milliseconds(duration_ms),
                finished_at,
                how,
                score: rng.random_range(13..=15) * 10,
                correct: rng.random_range(13..=15),
                total: 15,
                duration_ms,
                prediction: rng
                    .random_bool(0.7)
                    .then(|| (around + rng.random_range(-4..4)).max(0)),
                registered_at: person.registered_at,
                birth_date: person.birth_date,
            }
        })
        .collect()
}

async fn store_entries(pool: &PgPool, round: RoundId, entries: &[Entry]) {
    fn column<T>(entries: &[Entry], value: impl Fn(&Entry) -> T) -> Vec<T> {
        entries.iter().map(value).collect()
    }
    let ids = column(entries, |entry| Uuid::from_bytes(*entry.attempt.as_bytes()));
    let people = column(entries, |entry| entry.participant.0);
    let numbers = column(entries, |entry| i16::try_from(entry.number).unwrap());
    let sequences = column(entries, |entry| entry.sequence);
    sqlx::query(
        "insert into attempts (round_id, attempt_id, participant_id, number, sequence, started_at, deadline_at, paper)
         select $1, id, person, number, sequence, started, started + interval '15 minutes', '{}'
         from unnest($2::uuid[], $3::bigint[], $4::smallint[], $5::bigint[], $6::timestamptz[])
            as e (id, person, number, sequence, started)",
    )
    .bind(round.0)
    .bind(&ids)
    .bind(&people)
    .bind(&numbers)
    .bind(&sequences)
    .bind(column(entries, |entry| entry.started_at))
    .execute(pool)
    .await
    .unwrap();
    sqlx::query(
        "insert into submissions (round_id, attempt_id, participant_id, number, sequence, received_at, finished_at,
            duration_ms, how, responses, score, correct, total, prediction, receipt)
         select $1, id, person, number, sequence, finished, finished, duration, how, '[]', score, correct, total,
            prediction, ''
         from unnest($2::uuid[], $3::bigint[], $4::smallint[], $5::bigint[], $6::timestamptz[], $7::bigint[],
            $8::text[], $9::integer[], $10::smallint[], $11::smallint[], $12::bigint[])
            as e (id, person, number, sequence, finished, duration, how, score, correct, total, prediction)",
    )
    .bind(round.0)
    .bind(&ids)
    .bind(&people)
    .bind(&numbers)
    .bind(&sequences)
    .bind(column(entries, |entry| entry.finished_at))
    .bind(column(entries, |entry| entry.duration_ms))
    .bind(column(entries, |entry| entry.how.name().to_owned()))
    .bind(column(entries, |entry| i32::try_from(entry.score).unwrap()))
    .bind(column(entries, |entry| i16::try_from(entry.correct).unwrap()))
    .bind(column(entries, |entry| i16::try_from(entry.total).unwrap()))
    .bind(column(entries, |entry| entry.prediction))
    .execute(pool)
    .await
    .unwrap();
}
