//! How question sets came to be what they are: each version in the order in which it was made the newest.
//!
//! Owns the rows of `set_steps`, which are only added; leaves what differs between versions to `domain::set_diff`.

use super::{Store, StoreResult, Tx, expect};
use crate::domain::ids::ContestId;
use crate::domain::question::{QuestionId, SetId, SetVersion};
use crate::domain::set_diff::QuestionChange;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// How a version came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetOrigin {
    /// With the contest's folder.
    Folder,
    /// From a file in the console.
    File,
    /// By a change of this question in the console.
    Question(QuestionChange, QuestionId),
}

impl SetOrigin {
    /// The word stored and in message files.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::File => "file",
            Self::Question(change, _) => change.name(),
        }
    }

    fn read(name: &str, question: Option<String>) -> Option<Self> {
        match (name, question) {
            ("folder", None) => Some(Self::Folder),
            ("file", None) => Some(Self::File),
            (name, Some(id)) => Some(Self::Question(QuestionChange::parse(name)?, QuestionId(id))),
            _ => None,
        }
    }
}

/// A step to be recorded.
#[derive(Debug, Clone)]
pub struct NewStep<'a> {
    /// How the version came.
    pub origin: SetOrigin,
    /// The reason given.
    pub reason: Option<&'a str>,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: &'a str,
}

/// A recorded step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetStep {
    /// Place in the order of all steps.
    pub id: i64,
    /// The newest version from then on.
    pub version: SetVersion,
    /// The newest version until then.
    pub before: Option<SetVersion>,
    /// How it came.
    pub origin: SetOrigin,
    /// The reason given.
    pub reason: Option<String>,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
}

impl Tx {
    /// The newest version of a set; nobody changes it while the contest is locked.
    pub async fn find_head(&mut self, contest: ContestId, set: &SetId) -> StoreResult<Option<SetVersion>> {
        let row = sqlx::query!(
            "select set_version from set_steps where contest_id = $1 and set_id = $2 order by step_id desc limit 1",
            contest.0,
            set.0
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| SetVersion(row.set_version)))
    }

    /// Makes a stored version the newest of its set; one that is the newest already stays so without a step.
    pub(super) async fn put_step(
        &mut self,
        contest: ContestId,
        set: &SetId,
        version: &SetVersion,
        step: &NewStep<'_>,
    ) -> StoreResult<()> {
        let head = self.find_head(contest, set).await?;
        if head.as_ref() == Some(version) {
            return Ok(());
        }
        let question = match &step.origin {
            SetOrigin::Question(_, id) => Some(id.0.as_str()),
            SetOrigin::Folder | SetOrigin::File => None,
        };
        sqlx::query!(
            "insert into set_steps (contest_id, set_id, set_version, before_version, how, question_id, reason, made_at, made_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            contest.0,
            set.0,
            version.0,
            head.map(|head| head.0),
            step.origin.name(),
            question,
            step.reason,
            step.at,
            step.by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Store {
    /// The newest version of every set of a contest.
    pub(super) async fn load_heads(&self, contest: ContestId) -> StoreResult<BTreeMap<SetId, SetVersion>> {
        let rows = sqlx::query!(
            "select distinct on (set_id) set_id, set_version from set_steps where contest_id = $1
             order by set_id, step_id desc",
            contest.0
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| (SetId(row.set_id), SetVersion(row.set_version)))
            .collect())
    }

    /// The steps of a set, the newest first.
    pub async fn load_set_steps(
        &self,
        contest: ContestId,
        set: &SetId,
        limit: i64,
    ) -> StoreResult<Vec<SetStep>> {
        let rows = sqlx::query!(
            "select step_id, set_version, before_version, how, question_id, reason, made_at, made_by from set_steps
             where contest_id = $1 and set_id = $2 order by step_id desc limit $3",
            contest.0,
            set.0,
            limit
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|row| {
                let origin = SetOrigin::read(&row.how, row.question_id);
                Ok(SetStep {
                    id: row.step_id,
                    version: SetVersion(row.set_version),
                    before: row.before_version.map(SetVersion),
                    origin: expect(origin, "set_steps", "how", row.step_id)?,
                    reason: row.reason,
                    at: row.made_at,
                    by: row.made_by,
                })
            })
            .collect()
    }
}
