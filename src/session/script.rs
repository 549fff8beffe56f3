//! How a script travels: by its hash, and whole to a server that does not know it yet.
//!
//! Owns the command alone; what scripts do stands beside the keys they touch. The whole text goes to the node that holds
//! the key and to no other, so that a new, emptied or promoted node learns it also while another node is away.

use redis::{Arg, Cmd, ToRedisArgs, cmd};

/// A script on one key.
#[derive(Debug)]
pub(super) struct Script {
    text: &'static str,
    hash: String,
}

impl Script {
    pub(super) fn new(text: &'static str) -> Self {
        let hash = redis::Script::new(text).get_hash().to_owned();
        Self { text, hash }
    }

    /// A call of the script with its one key: scripts on several keys would not work on a cluster.
    pub(super) fn key(&self, key: impl AsRef<str>) -> Call<'_> {
        // Room for one saved answer: growing would copy what is there several times.
        let mut command = Cmd::with_capacity(10, 256);
        command.arg("EVALSHA").arg(&self.hash).arg(1).arg(key.as_ref());
        Call {
            script: self,
            command,
        }
    }
}

/// A call that is being put together.
pub(super) struct Call<'a> {
    script: &'a Script,
    command: Cmd,
}

impl Call<'_> {
    pub(super) fn arg(&mut self, value: impl ToRedisArgs) -> &mut Self {
        self.command.arg(value);
        self
    }

    /// The call by hash.
    pub(super) fn by_hash(&self) -> &Cmd {
        &self.command
    }

    /// The same call with the whole text, which the server keeps.
    pub(super) fn in_full(&self) -> Cmd {
        let mut command = cmd("EVAL");
        command.arg(self.script.text);
        // Name and hash are replaced; number of keys, key and arguments stay.
        for arg in self.command.args_iter().skip(2) {
            if let Arg::Simple(bytes) = arg {
                command.arg(bytes);
            }
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_in_full_differs_by_the_text_alone() {
        let script = Script::new("return KEYS[1]");
        let mut call = script.key("a:{7}");
        call.arg(12).arg("đáp án");
        let words = |command: &Cmd| -> Vec<Vec<u8>> {
            command
                .args_iter()
                .map(|arg| match arg {
                    Arg::Simple(bytes) => bytes.to_vec(),
                    _ => Vec::new(),
                })
                .collect()
        };
        let (short, full) = (words(call.by_hash()), words(&call.in_full()));
        assert_eq!((&short[0][..], &full[0][..]), (&b"EVALSHA"[..], &b"EVAL"[..]));
        assert_eq!(full[1], b"return KEYS[1]");
        assert_eq!(short[2..], full[2..]);
    }
}
