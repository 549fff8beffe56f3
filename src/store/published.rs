//! Published results, as the public may see them.
//!
//! Owns that nothing of a round is given out before its publication, and no name without consent; leaves the ranking
//! itself to `ranking`.

use super::{Store, StoreResult};
use crate::domain::ids::{ParticipantId, RoundId};
use crate::domain::participant::FullName;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// The ranking that a published round shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Number of the ranking.
    pub ranking: i64,
    /// When it was published.
    pub at: OffsetDateTime,
}

/// The name that the public sees. What is stored was parsed once; should that ever fail, no letter is shown.
fn public_name(full_name: &str, consent: bool) -> String {
    if consent {
        return full_name.to_owned();
    }
    FullName::parse(full_name).map_or_else(|_| "…".to_owned(), |name| name.initials())
}

impl Store {
    /// The ranking that the public is shown of a round: of its newest published version, also while that is being corrected.
    pub async fn find_published(&self, round: RoundId) -> StoreResult<Option<Published>> {
        let row = sqlx::query!(
            "select ranking_id, published_at from publications where round_id = $1 order by version desc limit 1",
            round.0
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| Published {
            ranking: row.ranking_id,
            at: row.published_at,
        }))
    }

    /// The winners of a ranking by the name that the public sees: in full with consent to be named, initials without.
    pub async fn load_public_names(&self, ranking: i64) -> StoreResult<BTreeMap<ParticipantId, String>> {
        let rows = sqlx::query!(
            "select participant_id, full_name, consent_publish from participants
             where participant_id in (select participant_id from awards where ranking_id = $1)",
            ranking
        )
        .fetch_all(self.pool())
        .await?;
        let named = rows.into_iter().map(|row| {
            (
                ParticipantId(row.participant_id),
                public_name(&row.full_name, row.consent_publish),
            )
        });
        Ok(named.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::public_name;

    #[test]
    fn without_consent_only_initials_are_shown() {
        assert_eq!(public_name("Nguyễn Thị Ánh", true), "Nguyễn Thị Ánh");
        assert_eq!(public_name("Nguyễn Thị Ánh", false), "N.T.Á.");
        assert_eq!(public_name("?!", false), "…");
    }
}
