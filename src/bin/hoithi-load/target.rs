//! Where load may go: to this machine and nowhere else.
//!
//! Owns the refusal of every other address, so that no slip of a finger makes this program a weapon.

use anyhow::{Context, bail, ensure};
use std::net::{SocketAddr, ToSocketAddrs};

/// The loopback address that `HOST:PORT` stands for.
///
/// # Errors
/// When it cannot be resolved, or any address it resolves to is another machine's.
pub(crate) fn resolve(target: &str) -> anyhow::Result<SocketAddr> {
    let plain = target.strip_prefix("http://").unwrap_or(target);
    if plain.contains('/') {
        bail!("{target}: give HOST:PORT");
    }
    let found: Vec<SocketAddr> = plain
        .to_socket_addrs()
        .with_context(|| format!("{target} cannot be resolved"))?
        .collect();
    pick(target, &found)
}

fn pick(target: &str, found: &[SocketAddr]) -> anyhow::Result<SocketAddr> {
    ensure!(
        found
            .iter()
            .all(|address| address.ip().to_canonical().is_loopback()),
        "{target} is not this machine: load goes to loopback addresses only"
    );
    // Where a name has both, the older one is what servers listen on by default.
    let address = found.iter().find(|address| address.is_ipv4()).or(found.first());
    address
        .copied()
        .with_context(|| format!("{target} has no address"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_accepted() {
        for target in [
            "127.0.0.1:80",
            "http://127.8.9.1:80",
            "[::1]:80",
            "[::ffff:127.0.0.1]:80",
        ] {
            assert!(resolve(target).is_ok(), "{target}");
        }
    }

    #[test]
    fn other_machines_are_refused() {
        for target in [
            "192.0.2.1:80",
            "[2001:db8::1]:80",
            "0.0.0.0:80",
            "[::]:80",
            "[::ffff:192.0.2.1]:80",
        ] {
            assert!(resolve(target).is_err(), "{target}");
        }
    }

    #[test]
    fn a_name_that_means_this_machine_and_another_is_refused() {
        let both = ["127.0.0.1:80".parse().unwrap(), "192.0.2.1:80".parse().unwrap()];
        assert!(pick("both", &both).is_err());
        assert!(pick("none", &[]).is_err());
    }
}
