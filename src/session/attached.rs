//! A picture, sound or film that somebody chose for a question, until the question is reviewed: kept for an hour under the hash
//! of a random token.
//!
//! Owns these keys and their expiry. Each person has a few places that are used in turn, so that memory is bounded by the number
//! of accounts; losing a file means choosing it again.

use super::{SessionError, Sessions};
use crate::domain::ids::{ContestId, StaffId};
use crate::domain::media::Media;
use serde::{Deserialize, Serialize};

/// A file is kept for this long, in seconds.
const LIFE_S: i64 = 3600;
/// Files of one person that are kept at a time: two questions with as many as a question may have.
const PLACES: u64 = 8;

/// A file that was made fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedFile {
    /// Hash of the token that leads to it.
    pub token_hash: String,
    /// For which contest.
    pub contest: ContestId,
    /// What a question will say of it, without words for it.
    pub media: Media,
    /// What is served.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl Sessions {
    fn attached_key(&self, staff: StaffId, place: &str) -> String {
        format!("{}attached:{{{}}}:{place}", self.prefix, staff.0)
    }

    /// The place that the next file of this person takes.
    pub async fn next_attached_place(&self, staff: StaffId) -> Result<u64, SessionError> {
        let mut command = redis::cmd("INCR");
        command.arg(self.attached_key(staff, "next"));
        let count: u64 = self.query(&command).await?;
        Ok(count % PLACES)
    }

    /// Keeps a file in a place of this person, instead of what was there.
    pub async fn put_attached(
        &self,
        staff: StaffId,
        place: u64,
        file: &AttachedFile,
    ) -> Result<(), SessionError> {
        let mut value = serde_json::to_vec(file).map_err(|_| SessionError::Unreadable("attached file"))?;
        value.push(b'\n');
        value.extend_from_slice(&file.bytes);
        let mut command = redis::cmd("SET");
        command
            .arg(self.attached_key(staff, &place.to_string()))
            .arg(value)
            .arg("EX")
            .arg(LIFE_S);
        let _: String = self.query(&command).await?;
        Ok(())
    }

    /// The file of that token, if it is in that place of this person still.
    pub async fn find_attached(
        &self,
        staff: StaffId,
        place: u64,
        token_hash: &str,
    ) -> Result<Option<AttachedFile>, SessionError> {
        let mut command = redis::cmd("GET");
        command.arg(self.attached_key(staff, &place.to_string()));
        let value: Option<Vec<u8>> = self.query(&command).await?;
        let Some(value) = value else { return Ok(None) };
        let unreadable = || SessionError::Unreadable("attached file");
        // JSON as it is written here has no line feed.
        let end = value
            .iter()
            .position(|byte| *byte == b'\n')
            .ok_or_else(unreadable)?;
        let (head, rest) = value.split_at(end);
        let mut file: AttachedFile = serde_json::from_slice(head).map_err(|_| unreadable())?;
        file.bytes = rest.get(1..).unwrap_or_default().to_vec();
        Ok(Some(file).filter(|file| file.token_hash == token_hash))
    }
}
