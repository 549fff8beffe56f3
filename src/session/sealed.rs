//! Files with personal data between two steps of a page: sealed by the caller, kept for an hour, taken once.
//!
//! Owns these keys and their expiry; what is sealed and for whom is the caller's. Losing one means beginning again.

use super::{SessionError, Sessions};

/// A file is kept for this long, in seconds.
const LIFE_S: i64 = 3600;

impl Sessions {
    fn sealed_key(&self, token_hash: &str) -> String {
        format!("{}sealed:{{{token_hash}}}", self.prefix)
    }

    /// Keeps a sealed file under the hash of the token that leads to it.
    pub async fn put_sealed(&self, token_hash: &str, sealed: &[u8]) -> Result<(), SessionError> {
        let mut command = redis::cmd("SET");
        command
            .arg(self.sealed_key(token_hash))
            .arg(sealed)
            .arg("EX")
            .arg(LIFE_S);
        let _: String = self.query(&command).await?;
        Ok(())
    }

    /// The sealed file of that token, if its hour is not over and nobody took it; nobody gets it again.
    pub async fn take_sealed(&self, token_hash: &str) -> Result<Option<Vec<u8>>, SessionError> {
        let mut command = redis::cmd("GETDEL");
        command.arg(self.sealed_key(token_hash));
        self.query(&command).await
    }
}
