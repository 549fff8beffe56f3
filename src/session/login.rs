//! Who of the staff is logged in: the token's hash as key, so that a copy of Redis logs nobody in.
//!
//! Owns these keys and their expiry; leaves passwords to `action::staff_login`. Citizens' log-ins are signed tokens and
//! need no key here.

use super::{SessionError, Sessions};
use crate::domain::staff::Staff;
use serde::{Deserialize, Serialize};

/// A staff log-in ends after this long without a request, in seconds.
const IDLE_S: i64 = 2 * 3600;

/// A log-in as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StaffSession {
    /// Who logged in.
    #[serde(flatten)]
    pub staff: Staff,
    /// Equal to the account's epoch while the log-in holds.
    #[serde(default)]
    pub epoch: i32,
}

impl Sessions {
    fn staff_key(&self, token_hash: &str) -> String {
        format!("{}staff:{{{token_hash}}}", self.prefix)
    }

    /// Keeps a log-in of the account's epoch.
    pub async fn put_staff(&self, token_hash: &str, staff: &Staff, epoch: i32) -> Result<(), SessionError> {
        let session = StaffSession {
            staff: staff.clone(),
            epoch,
        };
        let value = serde_json::to_string(&session).map_err(|_| SessionError::Unreadable("staff"))?;
        let mut command = redis::cmd("SET");
        command
            .arg(self.staff_key(token_hash))
            .arg(value)
            .arg("EX")
            .arg(IDLE_S);
        let _: String = self.query(&command).await?;
        Ok(())
    }

    /// Who is logged in with that token; looking prolongs the log-in.
    pub async fn find_staff(&self, token_hash: &str) -> Result<Option<StaffSession>, SessionError> {
        let mut command = redis::cmd("GETEX");
        command.arg(self.staff_key(token_hash)).arg("EX").arg(IDLE_S);
        self.staff_of(&command).await
    }

    /// The same without prolonging it.
    pub async fn peek_staff(&self, token_hash: &str) -> Result<Option<StaffSession>, SessionError> {
        let mut command = redis::cmd("GET");
        command.arg(self.staff_key(token_hash));
        self.staff_of(&command).await
    }

    async fn staff_of(&self, command: &redis::Cmd) -> Result<Option<StaffSession>, SessionError> {
        let value: Option<String> = self.query(command).await?;
        value
            .map(|value| serde_json::from_str(&value).map_err(|_| SessionError::Unreadable("staff")))
            .transpose()
    }

    /// Ends a log-in.
    pub async fn drop_staff(&self, token_hash: &str) -> Result<(), SessionError> {
        let mut command = redis::cmd("DEL");
        command.arg(self.staff_key(token_hash));
        let _: i64 = self.query(&command).await?;
        Ok(())
    }
}
