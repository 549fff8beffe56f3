//! Counters that slow down guessing: so many tries per window and key.
//!
//! Owns counting; leaves what is counted, and how generously, to `action`. If Redis is away nothing is limited here.

use super::script::Script;
use super::{SessionError, Sessions};
use std::sync::LazyLock;

static HIT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[2]) end
if n <= tonumber(ARGV[1]) then return 0 end
return math.max(redis.call('TTL', KEYS[1]), 1)
",
    )
});

/// A key that is counted. It holds no personal data: callers pass keyed hashes.
#[derive(Debug, Clone, Copy)]
pub struct Limit<'a> {
    /// What is counted.
    pub kind: &'static str,
    /// Who or what it is counted for.
    pub key: &'a str,
    /// Tries per window.
    pub tries: u32,
    /// Window, seconds.
    pub window_s: u32,
}

impl Sessions {
    /// Counts one try; the seconds to wait if it is one too many.
    pub async fn hit(&self, limit: Limit<'_>) -> Result<Option<u64>, SessionError> {
        let key = format!("{}limit:{}:{{{}}}", self.prefix, limit.kind, limit.key);
        let wait: u64 = self
            .run(HIT.key(key).arg(limit.tries).arg(limit.window_s))
            .await?;
        Ok((wait > 0).then_some(wait))
    }

    /// Forgets the tries of a key, after a success.
    pub async fn forget_hits(&self, kind: &'static str, key: &str) -> Result<(), SessionError> {
        let mut command = redis::cmd("DEL");
        command.arg(format!("{}limit:{kind}:{{{key}}}", self.prefix));
        let _: i64 = self.query(&command).await?;
        Ok(())
    }
}
