//! Reads for public pages and for a person's own pages.
//!
//! Owns the few statements that only pages need; leaves what is counted to `ranking` and what may be shown to the pages.

use super::attempt::AttemptLine;
use super::{Store, StoreResult, from_json};
use crate::domain::attempt::How;
use crate::domain::collective::UnitFigures;
use crate::domain::ids::{AttemptId, ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::ranking::Tally;
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

/// The day that stored days are counted from.
const EPOCH: Date = time::macros::date!(1970 - 01 - 01);

/// The result of a published round, as a headline.
#[derive(Debug, Clone)]
pub struct PublishedRound {
    /// The round.
    pub round: RoundId,
    /// The ranking in force.
    pub ranking: i64,
    /// What was counted.
    pub tally: Tally,
    /// When it was counted.
    pub counted_at: OffsetDateTime,
    /// The predicted quantity as it came out.
    pub actual: Option<i64>,
    /// Prizes given to people.
    pub awards: i64,
}

/// How a person may be named.
#[derive(Debug, Clone)]
pub struct Name {
    /// Full name.
    pub full_name: String,
    /// May be printed in full.
    pub consent_publish: bool,
}

/// What a person sees of the own registration, the phone still sealed.
#[derive(Debug, Clone)]
pub struct OwnData {
    /// Keyed hash of the phone, which the sealed value is bound to.
    pub phone_hash: Vec<u8>,
    /// Phone encrypted.
    pub phone_sealed: Vec<u8>,
    /// May be named when winning.
    pub consent_publish: bool,
    /// When registered.
    pub registered_at: OffsetDateTime,
}

impl Store {
    /// Every published round of a contest, in order of number.
    pub async fn load_published(&self, contest: ContestId) -> StoreResult<Vec<PublishedRound>> {
        let rows = sqlx::query!(
            r#"select r.round_id, k.ranking_id, k.attempts, k.people, k.attempts_all_correct, k.people_all_correct,
                      k.actual, coalesce(r.sealed_at, k.made_at) as "counted_at!",
                      (select count(*) from awards a where a.ranking_id = k.ranking_id) as "awards!"
               from rounds r
               join lateral (select ranking_id from publications p where p.round_id = r.round_id
                    order by version desc limit 1) p on true
               join rankings k on k.ranking_id = p.ranking_id
               where r.contest_id = $1 order by r.number"#,
            contest.0
        )
        .fetch_all(self.pool())
        .await?;
        let published = rows.into_iter().map(|row| PublishedRound {
            round: RoundId(row.round_id),
            ranking: row.ranking_id,
            tally: Tally {
                attempts: row.attempts,
                people: row.people,
                attempts_all_correct: row.attempts_all_correct,
                people_all_correct: row.people_all_correct,
            },
            counted_at: row.counted_at,
            actual: row.actual,
            awards: row.awards,
        });
        Ok(published.collect())
    }

    /// A version of a round's result as it was published.
    pub async fn find_published_version(
        &self,
        round: RoundId,
        version: u16,
    ) -> StoreResult<Option<PublishedRound>> {
        let row = sqlx::query!(
            r#"select k.ranking_id, k.attempts, k.people, k.attempts_all_correct, k.people_all_correct, k.actual,
                      coalesce(r.sealed_at, k.made_at) as "counted_at!",
                      (select count(*) from awards a where a.ranking_id = k.ranking_id) as "awards!"
               from publications p join rankings k on k.ranking_id = p.ranking_id join rounds r on r.round_id = p.round_id
               where p.round_id = $1 and p.version = $2::integer"#,
            round.0,
            i32::from(version)
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| PublishedRound {
            round,
            ranking: row.ranking_id,
            tally: Tally {
                attempts: row.attempts,
                people: row.people,
                attempts_all_correct: row.attempts_all_correct,
                people_all_correct: row.people_all_correct,
            },
            counted_at: row.counted_at,
            actual: row.actual,
            awards: row.awards,
        }))
    }

    /// The ranking over the whole contest, once every round is published.
    pub async fn find_contest_ranking(&self, contest: ContestId) -> StoreResult<Option<i64>> {
        let row = sqlx::query!(
            "select max(ranking_id) as ranking_id from rankings where contest_id = $1 and round_id is null
               and not exists (select from rounds where contest_id = $1 and stage <> 'published')",
            contest.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok(row.ranking_id)
    }

    /// The names of people.
    pub async fn load_names(&self, people: &[ParticipantId]) -> StoreResult<BTreeMap<ParticipantId, Name>> {
        let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
        let rows = sqlx::query!(
            "select participant_id, full_name, consent_publish from participants where participant_id = any($1)",
            &ids
        )
        .fetch_all(self.pool())
        .await?;
        let names = rows.into_iter().map(|row| {
            let name = Name {
                full_name: row.full_name,
                consent_publish: row.consent_publish,
            };
            (ParticipantId(row.participant_id), name)
        });
        Ok(names.collect())
    }

    /// A person's own registration.
    pub async fn find_own_data(&self, person: ParticipantId) -> StoreResult<Option<OwnData>> {
        let row = sqlx::query_as!(
            OwnData,
            "select phone_hash, phone_sealed, consent_publish, registered_at from participants
             where participant_id = $1",
            person.0
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row)
    }

    /// A person's attempts in all these rounds, the latest first.
    pub async fn load_own_attempts(
        &self,
        rounds: &[RoundId],
        person: ParticipantId,
    ) -> StoreResult<Vec<AttemptLine>> {
        let rounds: Vec<i32> = rounds.iter().map(|round| round.0).collect();
        let rows = sqlx::query!(
            r#"select a.attempt_id, a.number, a.started_at, a.deadline_at, s.finished_at as "finished_at?",
                      s.how as "how?", s.score as "score?", s.correct as "correct?", s.total as "total?",
                      coalesce(l.prediction, s.prediction) as "prediction?", s.duration_ms as "duration_ms?"
               from attempts a left join submissions s using (round_id, attempt_id)
               left join later_predictions l
                 on l.round_id = a.round_id and l.participant_id = a.participant_id and l.number = a.number
               where a.round_id = any($1) and a.participant_id = $2 order by a.started_at desc"#,
            &rounds,
            person.0
        )
        .fetch_all(self.pool())
        .await?;
        let small = |n: i16| u16::try_from(n).unwrap_or(0);
        let lines = rows.into_iter().map(|row| AttemptLine {
            id: AttemptId::from_bytes(*row.attempt_id.as_bytes()),
            number: small(row.number),
            started_at: row.started_at,
            deadline: row.deadline_at,
            finished_at: row.finished_at,
            how: row.how.as_deref().and_then(How::parse),
            result: row
                .score
                .zip(row.correct)
                .zip(row.total)
                .map(|((score, correct), total)| {
                    (u32::try_from(score).unwrap_or(0), small(correct), small(total))
                }),
            prediction: row.prediction,
            duration_ms: row.duration_ms,
        });
        Ok(lines.collect())
    }

    /// The figures of a unit in every published round, in order of number.
    pub async fn load_unit_rounds(
        &self,
        contest: ContestId,
        unit: UnitId,
    ) -> StoreResult<Vec<(RoundId, UnitFigures)>> {
        let rows = sqlx::query!(
            "select r.round_id, u.people, u.attempts, u.total_score, u.all_correct, u.winners
             from rounds r
             join lateral (select ranking_id from publications p where p.round_id = r.round_id
                order by version desc limit 1) p on true
             join unit_results u on u.ranking_id = p.ranking_id
             where r.contest_id = $1 and u.unit_id = $2 order by r.number",
            contest.0,
            unit.0
        )
        .fetch_all(self.pool())
        .await?;
        let figures = rows.into_iter().map(|row| {
            let figures = UnitFigures {
                people: row.people,
                attempts: row.attempts,
                total_score: row.total_score,
                all_correct: row.all_correct,
                winners: i64::from(row.winners),
            };
            (RoundId(row.round_id), figures)
        });
        Ok(figures.collect())
    }

    /// Submissions of a round by day in Vietnam: as counted with the ranking in force, else now.
    pub async fn count_by_day(&self, round: RoundId) -> StoreResult<Vec<(Date, i64)>> {
        let stored = sqlx::query!(
            r#"select by_day as "by_day!" from rankings join rounds using (ranking_id)
               where rounds.round_id = $1 and by_day is not null"#,
            round.0
        )
        .fetch_optional(self.pool())
        .await?;
        if let Some(row) = stored {
            let counted: Vec<(i64, i64)> = from_json(row.by_day, "rankings", "by_day", round)?;
            let day = |(day, n)| Some((EPOCH.checked_add(time::Duration::days(day))?, n));
            return Ok(counted.into_iter().filter_map(day).collect());
        }
        let rows = sqlx::query!(
            r#"select (finished_at at time zone 'Asia/Ho_Chi_Minh')::date as "day!", count(*) as "n!"
               from submissions where round_id = $1 group by 1 order by 1"#,
            round.0
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows.into_iter().map(|row| (row.day, row.n)).collect())
    }

    /// Submissions of a round by hour of the day in Vietnam: as counted with the ranking in force, else now.
    pub async fn count_by_hour(&self, round: RoundId) -> StoreResult<Vec<(u8, i64)>> {
        let stored = sqlx::query!(
            r#"select by_hour as "by_hour!" from rankings join rounds using (ranking_id)
               where rounds.round_id = $1 and by_hour is not null"#,
            round.0
        )
        .fetch_optional(self.pool())
        .await?;
        if let Some(row) = stored {
            return from_json(row.by_hour, "rankings", "by_hour", round);
        }
        let rows = sqlx::query!(
            r#"select extract(hour from finished_at at time zone 'Asia/Ho_Chi_Minh')::int as "hour!", count(*) as "n!"
               from submissions where round_id = $1 group by 1 order by 1"#,
            round.0
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| (u8::try_from(row.hour).unwrap_or(0), row.n))
            .collect())
    }

    /// Submissions of a round by number of right answers: as counted with the ranking in force, else now.
    pub async fn count_by_right(&self, round: RoundId) -> StoreResult<Vec<(u16, i64)>> {
        let stored = sqlx::query!(
            r#"select by_right as "by_right!" from rankings join rounds using (ranking_id)
               where rounds.round_id = $1 and by_right is not null"#,
            round.0
        )
        .fetch_optional(self.pool())
        .await?;
        if let Some(row) = stored {
            return from_json(row.by_right, "rankings", "by_right", round);
        }
        let rows = sqlx::query!(
            r#"select correct, count(*) as "n!" from submissions where round_id = $1 group by 1 order by 1"#,
            round.0
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| (u16::try_from(row.correct).unwrap_or(0), row.n))
            .collect())
    }
}
