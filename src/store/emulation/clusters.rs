//! Clusters with members, criteria and points.

use crate::domain::emulation::ranking::{Criterion, Sense, Ties};
use crate::domain::emulation::{ClusterDefinition, ClusterId, ClusterKind, CriterionId, Member, MemberRole};
use crate::store::{Store, StoreResult, Tx, expect};
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// A cluster as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterRow {
    /// Number.
    pub id: ClusterId,
    /// How equal totals stand.
    pub ties: Ties,
    /// Everything else.
    pub definition: ClusterDefinition,
}

/// Points to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewScore {
    /// What is scored.
    pub criterion: CriterionId,
    /// The unit.
    pub code: String,
    /// Points in hundredths.
    pub hundredths: u32,
    /// Where they come from; empty when typed.
    pub source: String,
}

/// Points in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreRow {
    /// Points in hundredths.
    pub hundredths: u32,
    /// Where they come from; empty when typed.
    pub source: String,
}

impl Store {
    /// Years that have clusters, newest first.
    pub async fn list_cluster_years(&self) -> StoreResult<Vec<u16>> {
        let rows = sqlx::query!("select distinct year from emulation_clusters order by year desc")
            .fetch_all(self.pool())
            .await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| u16::try_from(row.year).ok())
            .collect())
    }

    /// The clusters of a year, by code.
    pub async fn list_clusters(&self, year: u16) -> StoreResult<Vec<ClusterRow>> {
        self.clusters(Some(year), None).await
    }

    /// One cluster.
    pub async fn find_cluster(&self, id: ClusterId) -> StoreResult<Option<ClusterRow>> {
        Ok(self.clusters(None, Some(id)).await?.pop())
    }

    async fn clusters(&self, year: Option<u16>, id: Option<ClusterId>) -> StoreResult<Vec<ClusterRow>> {
        let (year, id) = (year.map(i32::from), id.map(|id| id.0));
        let members = sqlx::query!(
            "select cluster_id, unit_code, unit_name, role from emulation_members
             where ($1::int is null or year = $1) and ($2::int is null or cluster_id = $2)
             order by cluster_id, position",
            year,
            id
        )
        .fetch_all(self.pool())
        .await?;
        let mut of: BTreeMap<i32, Vec<Member>> = BTreeMap::new();
        for row in members {
            let role = MemberRole::parse(&row.role);
            let member = Member {
                role: expect(role, "emulation_members", "role", row.cluster_id)?,
                code: row.unit_code,
                name: row.unit_name,
            };
            of.entry(row.cluster_id).or_default().push(member);
        }
        let rows = sqlx::query!(
            "select cluster_id, year, code, kind, name, ties from emulation_clusters
             where ($1::int is null or year = $1) and ($2::int is null or cluster_id = $2) order by code",
            year,
            id
        )
        .fetch_all(self.pool())
        .await?;
        let rows = rows.into_iter().map(|row| {
            let id = row.cluster_id;
            let table = "emulation_clusters";
            let kind = expect(ClusterKind::parse(&row.kind), table, "kind", id)?;
            let year = expect(u16::try_from(row.year).ok(), table, "year", id)?;
            Ok(ClusterRow {
                id: ClusterId(id),
                ties: expect(Ties::parse(&row.ties), table, "ties", id)?,
                definition: ClusterDefinition {
                    year,
                    code: row.code,
                    kind,
                    name: row.name,
                    members: of.remove(&id).unwrap_or_default(),
                },
            })
        });
        rows.collect()
    }

    /// The criteria of a cluster in their order.
    pub async fn list_criteria(&self, cluster: ClusterId) -> StoreResult<Vec<(CriterionId, Criterion)>> {
        let rows = sqlx::query!(
            "select criterion_id, name, max_hundredths, sense from emulation_criteria
             where cluster_id = $1 order by position",
            cluster.0
        )
        .fetch_all(self.pool())
        .await?;
        let rows = rows.into_iter().map(|row| {
            let (table, id) = ("emulation_criteria", row.criterion_id);
            let criterion = Criterion {
                name: row.name,
                most: expect(
                    u32::try_from(row.max_hundredths).ok(),
                    table,
                    "max_hundredths",
                    id,
                )?,
                sense: expect(Sense::parse(&row.sense), table, "sense", id)?,
            };
            Ok((CriterionId(id), criterion))
        });
        rows.collect()
    }

    /// The points in force in a cluster: the newest of each criterion and unit.
    pub async fn load_scores(
        &self,
        cluster: ClusterId,
    ) -> StoreResult<BTreeMap<(CriterionId, String), ScoreRow>> {
        let rows = sqlx::query!(
            "select distinct on (s.criterion_id, s.unit_code) s.criterion_id, s.unit_code, s.hundredths, s.source
             from emulation_scores s join emulation_criteria c using (criterion_id)
             where c.cluster_id = $1 order by s.criterion_id, s.unit_code, s.score_id desc",
            cluster.0
        )
        .fetch_all(self.pool())
        .await?;
        let rows = rows.into_iter().map(|row| {
            let key = (CriterionId(row.criterion_id), row.unit_code);
            let hundredths = u32::try_from(row.hundredths).ok();
            let score = ScoreRow {
                hundredths: expect(hundredths, "emulation_scores", "hundredths", row.criterion_id)?,
                source: row.source,
            };
            Ok((key, score))
        });
        rows.collect()
    }
}

impl Tx {
    /// Keeps a cluster, in place of the one of its year and code; its number.
    pub async fn put_cluster(
        &mut self,
        cluster: &ClusterDefinition,
        at: OffsetDateTime,
        by: &str,
    ) -> StoreResult<ClusterId> {
        let row = sqlx::query!(
            "insert into emulation_clusters (year, code, kind, name, made_at, made_by)
             values ($1::integer, $2, $3, $4, $5, $6)
             on conflict (year, code) do update set kind = excluded.kind, name = excluded.name,
                 made_at = excluded.made_at, made_by = excluded.made_by
             returning cluster_id",
            i32::from(cluster.year),
            cluster.code,
            cluster.kind.name(),
            cluster.name,
            at,
            by
        )
        .fetch_one(self.conn())
        .await?;
        sqlx::query!(
            "delete from emulation_members where cluster_id = $1",
            row.cluster_id
        )
        .execute(self.conn())
        .await?;
        Ok(ClusterId(row.cluster_id))
    }

    /// Keeps the members of a cluster that has none. Two clusters of a year with the same unit violate
    /// `emulation_members_once`.
    pub async fn insert_members(&mut self, id: ClusterId, cluster: &ClusterDefinition) -> StoreResult<()> {
        for (position, member) in (1_i32..).zip(&cluster.members) {
            sqlx::query!(
                "insert into emulation_members (cluster_id, year, unit_code, unit_name, role, position)
                 values ($1, $2::integer, $3, $4, $5, $6::integer)",
                id.0,
                i32::from(cluster.year),
                member.code,
                member.name,
                member.role.name(),
                position
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }

    /// Changes how equal totals stand.
    pub async fn set_ties(&mut self, id: ClusterId, ties: Ties) -> StoreResult<()> {
        sqlx::query!(
            "update emulation_clusters set ties = $2 where cluster_id = $1",
            id.0,
            ties.name()
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Puts criteria in place of those of a cluster, which is locked; `false` if points were given by them already.
    pub async fn replace_criteria(&mut self, id: ClusterId, criteria: &[Criterion]) -> StoreResult<bool> {
        sqlx::query!(
            "select 1 as one from emulation_clusters where cluster_id = $1 for update",
            id.0
        )
        .fetch_optional(self.conn())
        .await?;
        let used = sqlx::query!(
            r#"select exists (select from emulation_scores join emulation_criteria using (criterion_id)
               where cluster_id = $1) as "used!""#,
            id.0
        )
        .fetch_one(self.conn())
        .await?;
        if used.used {
            return Ok(false);
        }
        sqlx::query!("delete from emulation_criteria where cluster_id = $1", id.0)
            .execute(self.conn())
            .await?;
        for (position, criterion) in (1_i32..).zip(criteria) {
            sqlx::query!(
                "insert into emulation_criteria (cluster_id, position, name, max_hundredths, sense)
                 values ($1, $2::integer, $3, $4, $5)",
                id.0,
                position,
                criterion.name,
                i32::try_from(criterion.most).unwrap_or(i32::MAX),
                criterion.sense.name()
            )
            .execute(self.conn())
            .await?;
        }
        Ok(true)
    }

    /// Adds points; the newest of a criterion and unit holds.
    pub async fn insert_scores(
        &mut self,
        scores: &[NewScore],
        at: OffsetDateTime,
        by: &str,
    ) -> StoreResult<()> {
        for score in scores {
            sqlx::query!(
                "insert into emulation_scores (criterion_id, unit_code, hundredths, source, at, by)
                 values ($1, $2, $3, $4, $5, $6)",
                score.criterion.0,
                score.code,
                i32::try_from(score.hundredths).unwrap_or(i32::MAX),
                score.source,
                at,
                by
            )
            .execute(self.conn())
            .await?;
        }
        Ok(())
    }
}
