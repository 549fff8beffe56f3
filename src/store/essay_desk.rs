//! The desk of one marker: how many essays wait and are done, and one page of them at a time.
//!
//! Owns these statements. Whose turn it is they reckon as `domain::essay::Marks` does, which a test compares; essays
//! themselves are `store::essay`'s.

use super::{Store, StoreResult};
use crate::domain::contest::RoundRules;
use crate::domain::decision::is_same_name;
use crate::domain::ids::RoundId;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::QueryAs;
use sqlx::{FromRow, Postgres};
use uuid::Uuid;

/// Which essays of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskList {
    /// Those that wait for the reader.
    Waiting,
    /// Those that the reader has marked.
    Done,
    /// Those that a ranking has counted and the reader may mark once more.
    Counted,
}

impl DeskList {
    /// Every list.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Done, Self::Counted];

    /// The word in addresses and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Counted => "counted",
        }
    }

    /// The list of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name)
    }
}

/// How many essays there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct DeskCounts {
    /// Must be marked.
    pub all: i64,
    /// Have a mark that came out.
    pub settled: i64,
    /// Wait for the reader.
    pub waiting: i64,
    /// The reader has marked.
    pub done: i64,
    /// The reader may mark once more.
    pub counted: i64,
}

/// An essay of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct DeskLine {
    /// Its place in the order of marking, from 1.
    pub place: i64,
    /// The name under which it is marked.
    pub code: Uuid,
    /// What the reader gave.
    pub points: Option<i32>,
}

/// What one marker sees of a round.
#[derive(Debug)]
pub struct EssayDesk<'a> {
    store: &'a Store,
    round: RoundId,
    least: i32,
    gate: i32,
    /// The reader as earlier marks name them.
    names: Vec<String>,
    markers: i32,
    apart: i32,
}

/// What every statement begins with: the essays that must be marked, by place, and what the reader may do with each.
macro_rules! turns {
    ($rest:literal) => {
        concat!(
            "with sheet as (
                 select e.code, row_number() over (order by e.code) as place, m.first, m.second, m.third, m.points,
                        coalesce(m.own, false) as own,
                        exists (select from essay_standings c join rankings g using (ranking_id)
                                where g.round_id = $1 and c.participant_id = e.participant_id
                                  and g.made_at >= e.saved_at) as counted
                 from essays e
                 join participants p on p.participant_id = e.participant_id and p.excluded_reason is null
                 cross join lateral (
                     select max(k.points) filter (where k.seat = 1) as first,
                            max(k.points) filter (where k.seat = 2) as second,
                            max(k.points) filter (where k.seat = 3) as third,
                            max(k.points) filter (where k.marked_by = any($4)) as points,
                            bool_or(k.marked_by = any($4)) as own
                     from (select distinct on (seat) seat, points, marked_by from essay_marks
                           where round_id = $1 and participant_id = e.participant_id and marked_at >= e.saved_at
                           order by seat, mark_id desc) k
                 ) m
                 where e.round_id = $1 and e.chars >= $2
                   and exists (select from submissions s
                               where s.round_id = $1 and s.participant_id = e.participant_id and s.score >= $3)
             ), turns as (
                 select place, code, points, own,
                        case when $5 = 1 then first is not null
                             else first is not null and second is not null
                                  and (abs(first - second) <= $6 or third is not null) end as settled,
                        not own and case when $5 = 1 then first is null
                                         else first is null or second is null
                                              or (abs(first - second) > $6 and third is null) end as waits,
                        not own and $5 = 2 and counted and third is null as free
                 from sheet
             ) ",
            $rest
        )
    };
}

impl Store {
    /// The desk of a marker of that name; `None` where the round asks for no essay.
    pub async fn open_essay_desk<'a>(
        &'a self,
        round: RoundId,
        rules: &RoundRules,
        who: &str,
    ) -> StoreResult<Option<EssayDesk<'a>>> {
        let Some(essay) = &rules.essay else {
            return Ok(None);
        };
        let names = sqlx::query_scalar!(
            "select distinct marked_by from essay_marks where round_id = $1",
            round.0
        )
        .fetch_all(self.pool())
        .await?;
        Ok(Some(EssayDesk {
            store: self,
            round,
            least: i32::try_from(essay.least_chars()).unwrap_or(i32::MAX),
            gate: i32::try_from(rules.essay_gate()).unwrap_or(i32::MAX),
            names: names.into_iter().filter(|name| is_same_name(name, who)).collect(),
            markers: essay.markers.count().into(),
            apart: essay.markers.max_difference().map_or(i32::MAX, i32::from),
        }))
    }
}

impl EssayDesk<'_> {
    /// A statement that begins with `turns!`, with what that needs.
    fn ask<O>(&self, text: &'static str) -> QueryAs<'_, Postgres, O, PgArguments>
    where
        O: for<'r> FromRow<'r, PgRow>,
    {
        sqlx::query_as(text)
            .bind(self.round.0)
            .bind(self.least)
            .bind(self.gate)
            .bind(&self.names)
            .bind(self.markers)
            .bind(self.apart)
    }

    /// How many essays there are.
    pub async fn count(&self) -> StoreResult<DeskCounts> {
        const TEXT: &str = turns!(
            r#"select count(*) as "all", count(*) filter (where settled) as settled,
                    count(*) filter (where waits) as waiting, count(*) filter (where own) as done,
                    count(*) filter (where free and not waits) as counted from turns"#
        );
        Ok(self.ask(TEXT).fetch_one(self.store.pool()).await?)
    }

    /// So many essays of a list beyond a place, in the order of marking.
    pub async fn page(&self, list: DeskList, after: i64, most: i64) -> StoreResult<Vec<DeskLine>> {
        const TEXT: &str = turns!(
            "select place, code, points from turns
             where case $7 when 'waiting' then waits when 'done' then own else free and not waits end and place > $8
             order by place limit $9"
        );
        let lines = self
            .ask(TEXT)
            .bind(list.name())
            .bind(after)
            .bind(most)
            .fetch_all(self.store.pool())
            .await?;
        Ok(lines)
    }

    /// The place of an essay and how many there are; `None` if it must not be marked.
    pub async fn find(&self, code: Uuid) -> StoreResult<Option<(i64, i64)>> {
        const TEXT: &str = turns!(
            "select place, n from (select place, code, count(*) over () as n from turns) as placed where code = $7"
        );
        let found = self
            .ask(TEXT)
            .bind(code)
            .fetch_optional(self.store.pool())
            .await?;
        Ok(found)
    }
}
