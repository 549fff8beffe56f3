//! A checked question set between its check and its load: kept for an hour under the hash of a random token.
//!
//! Owns these keys and their expiry; losing one means checking the file again.

use super::{SessionError, Sessions};
use crate::domain::ids::{ContestId, StaffId};
use crate::domain::question::{QuestionId, SetVersion};
use crate::domain::set_diff::QuestionChange;
use serde::{Deserialize, Serialize};

/// A check is good for this long, in seconds.
const LIFE_S: i64 = 3600;

/// A file as it was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Who checked it; nobody else can load it.
    pub staff: StaffId,
    /// For which contest.
    pub contest: ContestId,
    /// Name of the file.
    pub name: String,
    /// What it holds: set and key as JSON.
    pub text: String,
    /// The newest version of the set when this was checked; a newer one since then stops the load.
    #[serde(default)]
    pub base: Option<SetVersion>,
    /// The question that was changed, how and why; `None` for a whole file.
    #[serde(default)]
    pub edit: Option<EditNote>,
}

/// What is known of a change besides the set that it makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditNote {
    /// What was done.
    #[serde(default)]
    pub change: QuestionChange,
    /// The question.
    pub question: QuestionId,
    /// The reason given.
    pub reason: Option<String>,
}

impl Sessions {
    fn upload_key(&self, token_hash: &str) -> String {
        format!("{}upload:{{{token_hash}}}", self.prefix)
    }

    fn upload_files_key(&self, token_hash: &str) -> String {
        format!("{}:files", self.upload_key(token_hash))
    }

    /// Keeps a picture, sound or film of a checked file.
    pub async fn put_upload_file(
        &self,
        token_hash: &str,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), SessionError> {
        let key = self.upload_files_key(token_hash);
        let mut command = redis::cmd("HSET");
        command.arg(&key).arg(name).arg(bytes);
        let _: i64 = self.query(&command).await?;
        let mut command = redis::cmd("EXPIRE");
        command.arg(&key).arg(LIFE_S);
        let _: i64 = self.query(&command).await?;
        Ok(())
    }

    /// A file of a checked file, if its hour is not over.
    pub async fn find_upload_file(
        &self,
        token_hash: &str,
        name: &str,
    ) -> Result<Option<Vec<u8>>, SessionError> {
        let mut command = redis::cmd("HGET");
        command.arg(self.upload_files_key(token_hash)).arg(name);
        self.query(&command).await
    }

    /// Keeps a checked file.
    pub async fn put_upload(&self, token_hash: &str, upload: &Upload) -> Result<(), SessionError> {
        let value = serde_json::to_string(upload).map_err(|_| SessionError::Unreadable("upload"))?;
        let mut command = redis::cmd("SET");
        command
            .arg(self.upload_key(token_hash))
            .arg(value)
            .arg("EX")
            .arg(LIFE_S);
        let _: String = self.query(&command).await?;
        Ok(())
    }

    /// The checked file, if its hour is not over.
    pub async fn find_upload(&self, token_hash: &str) -> Result<Option<Upload>, SessionError> {
        let mut command = redis::cmd("GET");
        command.arg(self.upload_key(token_hash));
        let value: Option<String> = self.query(&command).await?;
        value
            .map(|value| serde_json::from_str(&value).map_err(|_| SessionError::Unreadable("upload")))
            .transpose()
    }

    /// Forgets it, once it is loaded.
    pub async fn drop_upload(&self, token_hash: &str) -> Result<(), SessionError> {
        let mut command = redis::cmd("DEL");
        command
            .arg(self.upload_key(token_hash))
            .arg(self.upload_files_key(token_hash));
        let _: i64 = self.query(&command).await?;
        Ok(())
    }
}
