//! Rules of a contest while somebody edits them: kept for a day after the last change, one draft a person.
//!
//! Owns these keys and their expiry; losing a draft means starting again from the rules in force.

use super::{SessionError, Sessions};
use crate::domain::ids::{ContestId, StaffId};
use serde::{Deserialize, Serialize};

/// A draft is good for this long after its last change, in seconds.
const LIFE_S: i64 = 24 * 3600;

/// Rules that are being edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesDraft {
    /// Who edits; nobody else sees the text.
    pub staff: StaffId,
    /// Their name.
    pub name: String,
    /// What was in force when the draft was begun; something newer since then stops the load.
    pub base: String,
    /// The rules as `contest.toml`.
    pub text: String,
    /// When it was changed last, seconds since 1970.
    pub saved_at: i64,
}

impl Sessions {
    fn rules_draft_key(&self, contest: ContestId) -> String {
        format!("{}rules-draft:{{{contest}}}", self.prefix)
    }

    /// Keeps somebody's draft in place of their last one.
    pub async fn put_rules_draft(&self, contest: ContestId, draft: &RulesDraft) -> Result<(), SessionError> {
        let value = serde_json::to_string(draft).map_err(|_| SessionError::Unreadable("rules draft"))?;
        let key = self.rules_draft_key(contest);
        let mut command = redis::cmd("HSET");
        command.arg(&key).arg(draft.staff.0).arg(value);
        let _: i64 = self.query(&command).await?;
        let mut command = redis::cmd("EXPIRE");
        command.arg(&key).arg(LIFE_S);
        let _: i64 = self.query(&command).await?;
        Ok(())
    }

    /// Everybody's drafts of a contest that are not too old at `now`, seconds since 1970.
    pub async fn rules_drafts(&self, contest: ContestId, now: i64) -> Result<Vec<RulesDraft>, SessionError> {
        let mut command = redis::cmd("HVALS");
        command.arg(self.rules_draft_key(contest));
        let values: Vec<String> = self.query(&command).await?;
        let drafts: Result<Vec<RulesDraft>, _> =
            values.iter().map(|value| serde_json::from_str(value)).collect();
        let mut drafts = drafts.map_err(|_| SessionError::Unreadable("rules draft"))?;
        drafts.retain(|draft| now - draft.saved_at < LIFE_S);
        drafts.sort_by_key(|draft| draft.staff.0);
        Ok(drafts)
    }

    /// Forgets somebody's draft, once it is loaded or given up.
    pub async fn drop_rules_draft(&self, contest: ContestId, staff: StaffId) -> Result<(), SessionError> {
        let mut command = redis::cmd("HDEL");
        command.arg(self.rules_draft_key(contest)).arg(staff.0);
        let _: i64 = self.query(&command).await?;
        Ok(())
    }
}
