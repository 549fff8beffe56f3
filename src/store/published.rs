//! Published results, as the public may see them.
//!
//! Owns that nothing of a round is given out before its publication, and no name without consent; leaves the ranking
//! itself to `ranking`.

use super::ruling::Publication;
use super::{Store, StoreResult, expect};
use crate::domain::ids::{ContestId, ParticipantId, RoundId};
use crate::domain::participant::FullName;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// The ranking that a published round shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Number of the ranking.
    pub ranking: i64,
    /// When it was published.
    pub at: OffsetDateTime,
    /// 1, 2, 3 … of the round; from 2 on it corrects the one before.
    pub version: u16,
    /// Why the version before was corrected, in words for the public; none for the first.
    pub corrects: Option<String>,
}

/// A round whose end was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension {
    /// Number of the act in the log.
    pub act: i64,
    /// The round.
    pub round: RoundId,
    /// When that was decided.
    pub at: OffsetDateTime,
    /// The new end.
    pub until: OffsetDateTime,
}

/// Extensions of a contest that are told of, the latest ones.
const EXTENSIONS: i64 = 40;

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
            "select ranking_id, published_at, version, corrects from publications
             where round_id = $1 order by version desc limit 1",
            round.0
        )
        .fetch_optional(self.pool())
        .await?;
        row.map(|row| {
            let version = u16::try_from(row.version).ok();
            Ok(Published {
                ranking: row.ranking_id,
                at: row.published_at,
                version: expect(version, "publications", "version", round)?,
                corrects: row.corrects,
            })
        })
        .transpose()
    }

    /// Every published version of every round of a contest, of each round the first first.
    pub async fn list_contest_publications(
        &self,
        contest: ContestId,
    ) -> StoreResult<Vec<(RoundId, Publication)>> {
        let rows = sqlx::query!(
            "select p.round_id, version, p.ranking_id, p.published_at, published_by, corrects
             from publications p join rounds r on r.round_id = p.round_id
             where r.contest_id = $1 order by r.number, version",
            contest.0
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                let version = u16::try_from(row.version).ok();
                let publication = Publication {
                    version: expect(version, "publications", "version", row.round_id)?,
                    ranking: row.ranking_id,
                    at: row.published_at,
                    by: row.published_by,
                    corrects: row.corrects,
                };
                Ok((RoundId(row.round_id), publication))
            })
            .collect()
    }

    /// The extensions of a contest's rounds, without who decided them and why.
    pub async fn load_extensions(&self, contest: ContestId) -> StoreResult<Vec<Extension>> {
        let rows = sqlx::query!(
            r#"select audit_id, round_id as "round_id!", at, (facts ->> 'until')::bigint as "until!" from audit
               where contest_id = $1 and act = 'extend' and round_id is not null and facts ? 'until'
               order by audit_id desc limit $2"#,
            contest.0,
            EXTENSIONS
        )
        .fetch_all(self.pool())
        .await?;
        let extension = |row: (i64, i32, OffsetDateTime, i64)| {
            let (act, round, at, until) = row;
            Some(Extension {
                act,
                round: RoundId(round),
                at,
                until: OffsetDateTime::from_unix_timestamp(until).ok()?,
            })
        };
        let rows = rows
            .into_iter()
            .map(|row| (row.audit_id, row.round_id, row.at, row.until));
        Ok(rows.filter_map(extension).collect())
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
