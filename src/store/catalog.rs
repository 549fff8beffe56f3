//! The snapshot of all contests, and the word that it has changed.
//!
//! Owns reading contests, rounds, units, sets and keys into [`Catalog`]; leaves holding it to `app`.

use super::{Store, StoreResult, Tx, expect, from_json};
use crate::domain::catalog::{Catalog, Contest};
use crate::domain::ids::{ContestId, RoundId, UnitId};
use crate::domain::question::SetVersion;
use crate::domain::round::{Round, RoundControl, RoundStage};
use crate::domain::unit::{Unit, UnitDefinition, fold};
use sqlx::postgres::PgListener;
use std::collections::BTreeMap;

/// The channel on which every change of contests or rounds is announced to all instances.
const CHANNEL: &str = "hoithi_catalog";

impl Tx {
    /// Tells every instance, on commit, to read the catalog again.
    pub async fn announce_catalog(&mut self) -> StoreResult<()> {
        sqlx::query("select pg_notify('hoithi_catalog', '')")
            .execute(self.conn())
            .await?;
        Ok(())
    }
}

/// Waits for announcements.
#[derive(Debug)]
pub struct CatalogListener(PgListener);

impl CatalogListener {
    /// Returns when something has changed, or might have while the connection was away.
    pub async fn changed(&mut self) -> StoreResult<()> {
        self.0.try_recv().await?;
        Ok(())
    }
}

impl Store {
    /// Listens for announcements on a connection of its own.
    pub async fn listen_catalog(&self) -> StoreResult<CatalogListener> {
        let mut listener = PgListener::connect_with(self.pool()).await?;
        listener.listen(CHANNEL).await?;
        Ok(CatalogListener(listener))
    }

    /// Reads everything loaded.
    pub async fn load_catalog(&self) -> StoreResult<Catalog> {
        let rows = sqlx::query!(
            "select contest_id, slug, definition, demonstration from contests order by contest_id"
        )
        .fetch_all(self.pool())
        .await?;
        let mut contests = Vec::with_capacity(rows.len());
        for row in rows {
            let id = ContestId(row.contest_id);
            let (sets, keys) = self.load_sets(id).await?;
            contests.push(Contest {
                id,
                definition: from_json(row.definition, "contests", "definition", &row.slug)?,
                demonstration: row.demonstration,
                rounds: self.load_rounds(id).await?,
                units: self.load_units(id).await?,
                sets,
                keys,
                heads: self.load_heads(id).await?,
            });
        }
        self.note_seen().await?;
        Ok(Catalog::new(contests))
    }

    /// The rounds of a contest in order of number.
    pub async fn load_rounds(&self, contest: ContestId) -> StoreResult<Vec<Round>> {
        let rows = sqlx::query!(
            r#"select round_id, number, title, opens_at, closes_at, rules, sets, markings, coalesce(scoring_id, 0) as "scoring!",
                stage, published_at, held, paused_at, notice, notice_at,
                (select encode(sha256(seed), 'hex') from draw_seeds d where d.round_id = rounds.round_id) as draw_hash
             from rounds where contest_id = $1 order by number"#,
            contest.0
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Round {
                    id: RoundId(row.round_id),
                    contest,
                    number: u16::try_from(row.number).unwrap_or(0),
                    title: row.title,
                    opens_at: row.opens_at,
                    closes_at: row.closes_at,
                    rules: from_json(row.rules, "rounds", "rules", row.round_id)?,
                    sets: from_json(row.sets, "rounds", "sets", row.round_id)?,
                    markings: from_json(row.markings, "rounds", "markings", row.round_id)?,
                    scoring: row.scoring,
                    stage: expect(RoundStage::parse(&row.stage), "rounds", "stage", row.round_id)?,
                    published_at: row.published_at,
                    control: RoundControl {
                        held: row.held,
                        paused_at: row.paused_at,
                        notice: row.notice_at.zip(row.notice),
                        draw_hash: row.draw_hash,
                    },
                })
            })
            .collect()
    }

    async fn load_units(&self, contest: ContestId) -> StoreResult<Vec<Unit>> {
        let rows = sqlx::query!(
            "select unit_id, code, name, parent_id, bloc, headcount, valid_from, valid_to, successor_id
             from units where contest_id = $1 order by position, unit_id",
            contest.0
        )
        .fetch_all(self.pool())
        .await?;
        let by_id: BTreeMap<i32, (String, String, Option<i32>)> = rows
            .iter()
            .map(|row| (row.unit_id, (row.code.clone(), row.name.clone(), row.parent_id)))
            .collect();
        Ok(rows
            .into_iter()
            .map(|row| {
                let ancestors = ancestors(&by_id, row.parent_id);
                let above = ancestors
                    .iter()
                    .filter_map(|id| by_id.get(&id.0))
                    .map(|(_, name, _)| name.as_str());
                let words: Vec<&str> = [row.name.as_str(), row.code.as_str()]
                    .into_iter()
                    .chain(above)
                    .collect();
                Unit {
                    id: UnitId(row.unit_id),
                    level: u8::try_from(ancestors.len() + 1).unwrap_or(u8::MAX),
                    folded: fold(&words.join(" ")),
                    definition: UnitDefinition {
                        parent: row
                            .parent_id
                            .and_then(|id| by_id.get(&id))
                            .map(|(code, _, _)| code.clone()),
                        code: row.code,
                        name: row.name,
                        bloc: row.bloc,
                        headcount: row.headcount.and_then(|n| u32::try_from(n).ok()),
                        valid_from: row.valid_from,
                        valid_to: row.valid_to,
                        successor: row
                            .successor_id
                            .and_then(|id| by_id.get(&id))
                            .map(|(code, _, _)| code.clone()),
                    },
                    ancestors,
                }
            })
            .collect())
    }

    async fn load_sets(
        &self,
        contest: ContestId,
    ) -> StoreResult<(
        BTreeMap<SetVersion, crate::domain::question::QuestionSet>,
        BTreeMap<SetVersion, crate::domain::question::AnswerKey>,
    )> {
        let rows = sqlx::query!(
            "select set_version, content, key from question_sets join answer_keys using (contest_id, set_version)
             where contest_id = $1",
            contest.0
        )
        .fetch_all(self.pool())
        .await?;
        let (mut sets, mut keys) = (BTreeMap::new(), BTreeMap::new());
        for row in rows {
            let version = SetVersion(row.set_version);
            sets.insert(
                version.clone(),
                from_json(row.content, "question_sets", "content", &version)?,
            );
            keys.insert(
                version.clone(),
                from_json(row.key, "answer_keys", "key", &version)?,
            );
        }
        Ok((sets, keys))
    }
}

/// The units above, nearest first; a loop in the data ends after ten levels.
fn ancestors(by_id: &BTreeMap<i32, (String, String, Option<i32>)>, parent: Option<i32>) -> Vec<UnitId> {
    let above = std::iter::successors(parent, |id| by_id.get(id).and_then(|(_, _, parent)| *parent));
    above.take(10).map(UnitId).collect()
}
