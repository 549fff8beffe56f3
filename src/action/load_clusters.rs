//! Keeping clusters of a year with their members, from a file or a form: all or nothing.
//!
//! A cluster of the same year and code is replaced; its criteria, points and votes stay.

use super::Failure;
use super::close_round::By;
use crate::app::App;
use crate::domain::emulation::{ClusterDefinition, ClusterId};
use crate::store::audit::Act;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// Why clusters were not kept.
#[derive(Debug)]
pub enum LoadClustersError {
    /// A unit is in another cluster of that year already: its name, and that of the cluster.
    Elsewhere(String, String),
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for LoadClustersError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Keeps clusters; their numbers in the order given.
pub async fn load_clusters(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    clusters: &[ClusterDefinition],
) -> Result<Vec<ClusterId>, LoadClustersError> {
    check_elsewhere(app, clusters).await?;
    let mut tx = app.store.begin().await?;
    let mut ids = Vec::with_capacity(clusters.len());
    // All are emptied before any is filled, so that units may move between them.
    for cluster in clusters {
        ids.push(tx.put_cluster(cluster, now, by.name).await?);
    }
    for (id, cluster) in ids.iter().zip(clusters) {
        tx.insert_members(*id, cluster).await?;
    }
    let units: usize = clusters.iter().map(|cluster| cluster.members.len()).sum();
    let years: BTreeSet<u16> = clusters.iter().map(|cluster| cluster.year).collect();
    let act = Act {
        at: now,
        actor: by.name,
        act: "clusters-load",
        contest: None,
        round: None,
        reason: None,
        facts: serde_json::json!({ "clusters": clusters.len(), "units": units, "years": years }),
    };
    tx.insert_act(&act).await?;
    tx.commit().await?;
    Ok(ids)
}

async fn check_elsewhere(app: &App, clusters: &[ClusterDefinition]) -> Result<(), LoadClustersError> {
    let own: BTreeSet<(u16, &str)> = clusters.iter().map(|one| (one.year, one.code.as_str())).collect();
    let years: BTreeSet<u16> = clusters.iter().map(|one| one.year).collect();
    for year in years {
        let kept = app.store.list_clusters(year).await?;
        let others = kept.iter().map(|row| &row.definition);
        let others = others.filter(|other| !own.contains(&(year, other.code.as_str())));
        let taken: BTreeMap<&str, &str> = others
            .flat_map(|other| {
                other
                    .members
                    .iter()
                    .map(move |unit| (unit.code.as_str(), other.name.as_str()))
            })
            .collect();
        let units = clusters
            .iter()
            .filter(|one| one.year == year)
            .flat_map(|one| &one.members);
        for unit in units {
            if let Some(cluster) = taken.get(unit.code.as_str()) {
                let error = LoadClustersError::Elsewhere(unit.name.clone(), (*cluster).to_owned());
                return Err(error);
            }
        }
    }
    Ok(())
}
