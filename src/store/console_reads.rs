//! What the console shows: live counts, submissions per minute, acts, names beside standings, set versions.
//!
//! Owns reads for pages of staff; changes nothing and decides nothing.

use super::{Store, StoreResult};
use crate::domain::ids::{ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::live::LiveList;
use crate::domain::question::{SetId, SetVersion};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

/// Newest submissions of a round looked at for the chart: a bound on the work, far above what an hour brings.
const CHART_ROWS: i64 = 100_000;

/// Live counts of a round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoundCounts {
    /// Attempts that run.
    pub running: i64,
    /// Attempts submitted (lượt).
    pub attempts: i64,
    /// Different people who submitted (người).
    pub people: i64,
    /// Attempts right in every question.
    pub all_correct: i64,
}

/// Submissions in one minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minute {
    /// Its beginning.
    pub at: OffsetDateTime,
    /// How many.
    pub attempts: i64,
}

/// A recorded act with where it happened.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// Place in the log.
    pub id: i64,
    /// When.
    pub at: OffsetDateTime,
    /// Who.
    pub actor: String,
    /// What, as one word.
    pub act: String,
    /// Contest concerned.
    pub contest: Option<ContestId>,
    /// Round concerned.
    pub round: Option<RoundId>,
    /// The reason given.
    pub reason: Option<String>,
    /// Figures.
    pub facts: serde_json::Value,
}

/// Which acts to read.
#[derive(Debug, Clone, Copy, Default)]
pub struct LogFilter<'a> {
    /// Only of this contest.
    pub contest: Option<ContestId>,
    /// Only of this round.
    pub round: Option<RoundId>,
    /// Only by this person.
    pub actor: Option<&'a str>,
    /// Only before this place in the log.
    pub before: Option<i64>,
}

/// A person in a list for staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// Name.
    pub full_name: String,
    /// May be named in public.
    pub consent_publish: bool,
}

/// What the help desk compares with what a caller says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCard {
    /// Number.
    pub id: ParticipantId,
    /// Name.
    pub full_name: String,
    /// Birth date.
    pub birth_date: Date,
    /// Unit entered for.
    pub unit: UnitId,
}

/// When and by whom a set version was brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLine {
    /// The set.
    pub set: SetId,
    /// The version.
    pub version: SetVersion,
    /// When.
    pub loaded_at: OffsetDateTime,
    /// By whom.
    pub loaded_by: String,
}

impl Store {
    /// Counts of a round at this moment, from its live list.
    pub async fn count_round(&self, round: RoundId, live: &LiveList) -> StoreResult<RoundCounts> {
        let row = sqlx::query!(
            r#"select count(*) as "running!" from running where round_id = $1"#,
            round.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok(RoundCounts {
            running: row.running,
            attempts: live.attempts,
            people: live.people,
            all_correct: live.all_correct,
        })
    }

    /// The same, counted from the submissions: where the live list is far behind, as after an outage.
    pub async fn count_round_anew(&self, round: RoundId) -> StoreResult<RoundCounts> {
        let row = sqlx::query!(
            r#"select count(*) as "attempts!", count(distinct participant_id) as "people!",
                count(*) filter (where correct = total) as "all_correct!",
                (select count(*) from running where round_id = $1) as "running!"
               from submissions where round_id = $1"#,
            round.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok(RoundCounts {
            running: row.running,
            attempts: row.attempts,
            people: row.people,
            all_correct: row.all_correct,
        })
    }

    /// People registered in a contest.
    pub async fn count_registered(&self, contest: ContestId) -> StoreResult<i64> {
        let row = sqlx::query!(
            r#"select count(*) as "n!" from participants where contest_id = $1"#,
            contest.0
        )
        .fetch_one(self.pool())
        .await?;
        Ok(row.n)
    }

    /// Submissions of a round per minute since a moment; minutes without any are left out.
    pub async fn count_minutes(&self, round: RoundId, since: OffsetDateTime) -> StoreResult<Vec<Minute>> {
        let rows = sqlx::query!(
            r#"select date_trunc('minute', received_at) as "at!", count(*) as "attempts!" from submissions
               where round_id = $1 and received_at >= $2
                 and sequence > (select submissions from round_heads where round_id = $1) - $3
               group by 1 order by 1"#,
            round.0,
            since,
            CHART_ROWS
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| Minute {
                at: row.at,
                attempts: row.attempts,
            })
            .collect())
    }

    /// Recorded acts, newest first.
    pub async fn load_log(&self, filter: LogFilter<'_>, limit: i64) -> StoreResult<Vec<LogLine>> {
        let rows = sqlx::query!(
            "select audit_id, at, actor, act, contest_id, round_id, reason, facts from audit
             where ($1::int is null or contest_id = $1) and ($2::int is null or round_id = $2)
               and ($3::text is null or actor = $3) and ($4::bigint is null or audit_id < $4)
             order by audit_id desc limit $5",
            filter.contest.map(|id| id.0),
            filter.round.map(|id| id.0),
            filter.actor,
            filter.before,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| LogLine {
                id: row.audit_id,
                at: row.at,
                actor: row.actor,
                act: row.act,
                contest: row.contest_id.map(ContestId),
                round: row.round_id.map(RoundId),
                reason: row.reason,
                facts: row.facts,
            })
            .collect())
    }

    /// Names of people, by their numbers.
    pub async fn load_people(
        &self,
        ids: &[ParticipantId],
    ) -> StoreResult<BTreeMap<ParticipantId, PersonLine>> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let rows = sqlx::query!(
            "select participant_id, full_name, consent_publish from participants where participant_id = any($1)",
            &ids
        )
        .fetch_all(self.pool())
        .await?;
        let line = rows.into_iter().map(|row| {
            let person = PersonLine {
                full_name: row.full_name,
                consent_publish: row.consent_publish,
            };
            (ParticipantId(row.participant_id), person)
        });
        Ok(line.collect())
    }

    /// The person with that phone, for the help desk.
    pub async fn find_person_card(
        &self,
        contest: ContestId,
        phone_hash: &[u8],
    ) -> StoreResult<Option<PersonCard>> {
        let row = sqlx::query!(
            "select participant_id, full_name, birth_date, unit_id from participants where contest_id = $1 and phone_hash = $2",
            contest.0,
            phone_hash
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| PersonCard {
            id: ParticipantId(row.participant_id),
            full_name: row.full_name,
            birth_date: row.birth_date,
            unit: UnitId(row.unit_id),
        }))
    }

    /// Every set version of a contest, the newest of each set first.
    pub async fn load_set_lines(&self, contest: ContestId) -> StoreResult<Vec<SetLine>> {
        let rows = sqlx::query!(
            r#"select set_id, set_version, made_at as "loaded_at!", made_by as "loaded_by!"
               from (select distinct on (set_id, set_version) * from set_steps where contest_id = $1
                     order by set_id, set_version, step_id desc) newest
               order by set_id, step_id desc"#,
            contest.0
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| SetLine {
                set: SetId(row.set_id),
                version: SetVersion(row.set_version),
                loaded_at: row.loaded_at,
                loaded_by: row.loaded_by,
            })
            .collect())
    }

    /// Standings of a ranking, to know how many pages there are.
    pub async fn count_standings(&self, ranking: i64) -> StoreResult<i64> {
        let row = sqlx::query!("select people from rankings where ranking_id = $1", ranking)
            .fetch_one(self.pool())
            .await?;
        Ok(row.people)
    }
}
