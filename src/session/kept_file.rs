//! The file that a member of staff checked last: kept for an hour, so that it can be read again without being sent again.
//!
//! Owns these keys and their expiry. One file per person, so that memory is bounded by the number of accounts; losing one
//! means choosing the file again.

use super::{SessionError, Sessions};
use crate::domain::ids::{ContestId, StaffId};
use serde::{Deserialize, Serialize};

/// A file is kept for this long, in seconds.
const LIFE_S: i64 = 3600;
/// Largest file that is kept, bytes: papers with many pictures are larger and have to be chosen again.
pub const MAX_KEPT_BYTES: usize = 8 * 1024 * 1024;

/// A file as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// Hash of the token that leads to it.
    pub token_hash: String,
    /// For which contest.
    pub contest: ContestId,
    /// Its name.
    pub name: String,
    /// What it holds.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl Sessions {
    fn kept_key(&self, staff: StaffId) -> String {
        format!("{}kept:{{{}}}", self.prefix, staff.0)
    }

    /// Keeps a file in place of the last one of this person.
    pub async fn put_kept_file(&self, staff: StaffId, file: &KeptFile) -> Result<(), SessionError> {
        let mut value = serde_json::to_vec(file).map_err(|_| SessionError::Unreadable("kept file"))?;
        value.push(b'\n');
        value.extend_from_slice(&file.bytes);
        let mut command = redis::cmd("SET");
        command.arg(self.kept_key(staff)).arg(value).arg("EX").arg(LIFE_S);
        let _: String = self.query(&command).await?;
        Ok(())
    }

    /// The file of that token, if it is the last of this person and its hour is not over.
    pub async fn find_kept_file(
        &self,
        staff: StaffId,
        token_hash: &str,
    ) -> Result<Option<KeptFile>, SessionError> {
        let mut command = redis::cmd("GET");
        command.arg(self.kept_key(staff));
        let value: Option<Vec<u8>> = self.query(&command).await?;
        let Some(value) = value else { return Ok(None) };
        let unreadable = || SessionError::Unreadable("kept file");
        // JSON as it is written here has no line feed.
        let end = value
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or_else(unreadable)?;
        let (head, rest) = value.split_at(end);
        let mut file: KeptFile = serde_json::from_slice(head).map_err(|_| unreadable())?;
        file.bytes = rest.get(1..).unwrap_or_default().to_vec();
        Ok(Some(file).filter(|file| file.token_hash == token_hash))
    }
}
