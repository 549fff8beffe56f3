//! Keeping a loaded contest: its definition, units, sets and rounds, all or nothing.
//!
//! Owns the rows that organisers' files become; which rounds may still change is decided in `action::load_contest`.

use super::partition::of_round;
use super::set_history::NewStep;
use super::{StoreResult, Tx, to_json};
use crate::domain::contest::{ContestDefinition, RoundDefinition};
use crate::domain::ids::{ContestId, RoundId, UnitId};
use crate::domain::question::{AnswerKey, QuestionSet, SetId, SetVersion};
use crate::domain::unit::UnitDefinition;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// What is known of a contest loaded before.
#[derive(Debug, Clone)]
pub struct KnownContest {
    /// Number.
    pub id: ContestId,
    /// Hash of what was loaded.
    pub source_hash: String,
    /// Shift of its calendar, seconds.
    pub shift_seconds: i64,
}

/// A round's own tables. A submission's attempt lies in the table beside its own: looked up there, and not in the one
/// above all rounds, the check is ten times cheaper and independent of how many rounds there are.
const ROUND_TABLES: [&str; 3] = [
    "create table attempts_r# partition of attempts for values in (#)",
    "create table submissions_r# partition of submissions for values in (#)",
    "alter table submissions_r# add constraint submissions_r#_attempt_fkey
     foreign key (round_id, attempt_id) references attempts_r#",
];

impl Tx {
    /// Lets only one load of this contest run at a time, and tells what is there already.
    pub async fn lock_contest(&mut self, slug: &str) -> StoreResult<Option<KnownContest>> {
        sqlx::query!(
            "select pg_advisory_xact_lock(hashtextextended('load ' || $1, 0))",
            slug
        )
        .execute(self.conn())
        .await?;
        let row = sqlx::query!(
            "select contest_id, source_hash, shift_seconds from contests where slug = $1",
            slug
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| KnownContest {
            id: ContestId(row.contest_id),
            source_hash: row.source_hash,
            shift_seconds: row.shift_seconds,
        }))
    }

    /// Inserts or replaces the contest's own row.
    pub async fn put_contest(
        &mut self,
        definition: &ContestDefinition,
        source_hash: &str,
        shift_seconds: i64,
        now: OffsetDateTime,
        by: &str,
    ) -> StoreResult<ContestId> {
        let row = sqlx::query!(
            "insert into contests (slug, definition, source_hash, shift_seconds, loaded_at, loaded_by)
             values ($1, $2, $3, $4, $5, $6)
             on conflict on constraint contests_slug_key do update set definition = excluded.definition,
               source_hash = excluded.source_hash, shift_seconds = excluded.shift_seconds,
               loaded_at = excluded.loaded_at, loaded_by = excluded.loaded_by
             returning contest_id",
            definition.slug,
            to_json(definition),
            source_hash,
            shift_seconds,
            now,
            by
        )
        .fetch_one(self.conn())
        .await?;
        Ok(ContestId(row.contest_id))
    }

    /// Marks a contest as holding simulated entries.
    pub async fn mark_demonstration(&mut self, contest: ContestId) -> StoreResult<()> {
        sqlx::query!(
            "update contests set demonstration = true where contest_id = $1",
            contest.0
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Keeps a set version with its key and makes it the newest of its set; a version that is there already stays as it is.
    /// What its questions show has to be kept before ([`Tx::put_media`]). True if it is new.
    pub async fn put_question_set(
        &mut self,
        contest: ContestId,
        version: &SetVersion,
        set: &QuestionSet,
        key: &AnswerKey,
        step: &NewStep<'_>,
    ) -> StoreResult<bool> {
        let done = sqlx::query!(
            "insert into question_sets (contest_id, set_version, set_id, content, loaded_at, loaded_by)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            contest.0,
            version.0,
            set.id.0,
            to_json(set),
            step.at,
            step.by
        )
        .execute(self.conn())
        .await?;
        sqlx::query!(
            "insert into answer_keys (contest_id, set_version, key) values ($1, $2, $3) on conflict do nothing",
            contest.0,
            version.0,
            to_json(key)
        )
        .execute(self.conn())
        .await?;
        self.link_media(contest, version, set).await?;
        self.put_step(contest, &set.id, version, step).await?;
        Ok(done.rows_affected() == 1)
    }

    /// Inserts or updates units by code; `units` come parents first. Units that left the file stay while somebody entered
    /// for them and go otherwise; the codes of those that had to stay are returned.
    pub async fn put_units(
        &mut self,
        contest: ContestId,
        units: &[UnitDefinition],
    ) -> StoreResult<Vec<String>> {
        let mut ids: BTreeMap<&str, UnitId> = BTreeMap::new();
        for (position, unit) in (1..).zip(units) {
            let parent = unit
                .parent
                .as_deref()
                .and_then(|code| ids.get(code))
                .map(|id| id.0);
            let row = sqlx::query!(
                "insert into units (contest_id, code, name, parent_id, bloc, headcount, valid_from, valid_to, position)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 on conflict on constraint units_code_key do update set name = excluded.name,
                   parent_id = excluded.parent_id, bloc = excluded.bloc, headcount = excluded.headcount,
                   valid_from = excluded.valid_from, valid_to = excluded.valid_to, position = excluded.position
                 returning unit_id",
                contest.0,
                unit.code,
                unit.name,
                parent,
                unit.bloc,
                unit.headcount.and_then(|n| i32::try_from(n).ok()),
                unit.valid_from,
                unit.valid_to,
                position
            )
            .fetch_one(self.conn())
            .await?;
            ids.insert(&unit.code, UnitId(row.unit_id));
        }
        self.put_successors(contest, units).await?;
        self.drop_unused_units(contest, units).await
    }

    /// Which unit took which over; it may stand further down in the file.
    async fn put_successors(&mut self, contest: ContestId, units: &[UnitDefinition]) -> StoreResult<()> {
        let codes: Vec<String> = units.iter().map(|unit| unit.code.clone()).collect();
        let successors: Vec<Option<String>> = units.iter().map(|unit| unit.successor.clone()).collect();
        sqlx::query!(
            "update units u set successor_id = s.unit_id
             from unnest($2::text[], $3::text[]) n (code, successor)
             left join units s on s.contest_id = $1 and s.code = n.successor
             where u.contest_id = $1 and u.code = n.code and u.successor_id is distinct from s.unit_id",
            contest.0,
            &codes,
            successors.as_slice() as &[Option<String>]
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    async fn drop_unused_units(
        &mut self,
        contest: ContestId,
        units: &[UnitDefinition],
    ) -> StoreResult<Vec<String>> {
        let codes: Vec<String> = units.iter().map(|unit| unit.code.clone()).collect();
        sqlx::query!(
            "delete from units u where contest_id = $1 and code <> all($2)
               and not exists (select from participants p where p.unit_id = u.unit_id)
               and not exists (select from unit_results r where r.unit_id = u.unit_id)
               and not exists (select from units c where u.unit_id in (c.parent_id, c.successor_id))",
            contest.0,
            &codes
        )
        .execute(self.conn())
        .await?;
        let kept = sqlx::query!(
            "select code from units where contest_id = $1 and code <> all($2) order by code",
            contest.0,
            &codes
        )
        .fetch_all(self.conn())
        .await?;
        Ok(kept.into_iter().map(|row| row.code).collect())
    }

    /// Inserts a round with its head row and its partitions.
    pub async fn insert_round(
        &mut self,
        contest: ContestId,
        round: &RoundDefinition,
        sets: &BTreeMap<SetId, SetVersion>,
    ) -> StoreResult<RoundId> {
        let row = sqlx::query!(
            "insert into rounds (contest_id, number, title, opens_at, closes_at, rules, sets, held)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning round_id",
            contest.0,
            i16::try_from(round.number).unwrap_or(i16::MAX),
            round.title,
            round.opens_at,
            round.closes_at,
            to_json(&round.rules),
            to_json(sets),
            round.by_hand
        )
        .fetch_one(self.conn())
        .await?;
        let id = row.round_id;
        sqlx::query!("insert into round_heads (round_id) values ($1)", id)
            .execute(self.conn())
            .await?;
        sqlx::query!("insert into start_heads (round_id) values ($1)", id)
            .execute(self.conn())
            .await?;
        for statement in ROUND_TABLES {
            sqlx::query(of_round(statement, RoundId(id)))
                .execute(self.conn())
                .await?;
        }
        Ok(RoundId(id))
    }

    /// Replaces everything of a round that has not opened yet.
    pub async fn update_round(
        &mut self,
        id: RoundId,
        round: &RoundDefinition,
        sets: &BTreeMap<SetId, SetVersion>,
    ) -> StoreResult<()> {
        sqlx::query!(
            "update rounds set title = $2, opens_at = $3, closes_at = $4, rules = $5, sets = $6, held = $7
             where round_id = $1",
            id.0,
            round.title,
            round.opens_at,
            round.closes_at,
            to_json(&round.rules),
            to_json(sets),
            round.by_hand
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Removes a round in which nothing has happened.
    pub async fn delete_round(&mut self, id: RoundId) -> StoreResult<()> {
        for statement in ["drop table submissions_r#", "drop table attempts_r#"] {
            sqlx::query(of_round(statement, id)).execute(self.conn()).await?;
        }
        sqlx::query!("delete from round_heads where round_id = $1", id.0)
            .execute(self.conn())
            .await?;
        sqlx::query!("delete from start_heads where round_id = $1", id.0)
            .execute(self.conn())
            .await?;
        sqlx::query!("delete from rounds where round_id = $1", id.0)
            .execute(self.conn())
            .await?;
        Ok(())
    }
}
