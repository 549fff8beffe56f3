//! Names, defaults and meaning of every setting, each a flag and an environment variable.
//! Also the server's secret: where it is kept and how it is made once. What is done with a setting belongs to its user.

use std::net::SocketAddr;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::Duration;
use std::{fs, io};

use clap::{Args, ValueEnum};

mod address;
mod secret;

pub use address::PublicUrl;
use address::parse_listen;
pub use secret::Secret;

/// The settings that all commands share.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Folder of everything that is kept: the private databases, the secret key
    ///
    /// Without it: /var/lib/hoithi for root, otherwise $XDG_DATA_HOME/hoithi or ~/.local/share/hoithi.
    #[arg(long, env = "HOITHI_DATA", value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,

    /// PostgreSQL to use instead of the private one (better in the environment: arguments are visible to others)
    #[arg(
        long,
        env = "DATABASE_URL",
        value_name = "URL",
        hide_env_values = true,
        global = true
    )]
    pub database_url: Option<Secret<String>>,

    /// PostgreSQL that follows the other one, for results, unit pages and exports; optional
    #[arg(
        long,
        env = "DATABASE_READ_URL",
        value_name = "URL",
        hide_env_values = true,
        hide_short_help = true,
        global = true
    )]
    pub database_read_url: Option<Secret<String>>,

    /// How far it may be behind, in seconds; beyond that everything is read from the first
    #[arg(long, env = "HOITHI_READ_LAG", value_name = "SECONDS", default_value = "5",
          value_parser = parse_seconds, hide_short_help = true, global = true)]
    pub read_lag: Duration,

    /// Redis to use instead of the private one; give both addresses or neither
    #[arg(
        long,
        env = "REDIS_URL",
        value_name = "URL",
        hide_env_values = true,
        global = true
    )]
    pub redis_url: Option<Secret<String>>,

    /// File with the secret that protects personal data and log-ins: 64 hexadecimal digits
    ///
    /// `HOITHI_SECRET` may hold the digits themselves. Without either, `secret.key` in the data folder, made once.
    #[arg(long, env = "HOITHI_SECRET_FILE", value_name = "FILE", global = true)]
    pub secret_file: Option<PathBuf>,

    /// Address and port to serve on
    #[arg(long, env = "HOITHI_LISTEN", value_name = "ADDR:PORT", default_value = "127.0.0.1:8080",
          value_parser = parse_listen, global = true)]
    pub listen: SocketAddr,

    /// Address that visitors type; with https, cookies are sent over encrypted connections only
    #[arg(
        long,
        env = "HOITHI_PUBLIC_URL",
        value_name = "URL",
        default_value = "http://localhost:8080",
        global = true
    )]
    pub public_url: PublicUrl,

    /// Form of the log on standard error
    #[arg(
        long,
        env = "HOITHI_LOG",
        value_name = "FORM",
        default_value = "text",
        global = true
    )]
    pub log: LogForm,

    /// Database connections for pages and the API
    #[arg(long, env = "HOITHI_DB_POOL", value_name = "N", default_value_t = 12, hide_short_help = true, global = true,
          value_parser = clap::value_parser!(u32).range(1..=500))]
    pub db_pool: u32,

    /// Database connections for starts, submissions and what many visitors look up at once
    #[arg(long, env = "HOITHI_DB_POOL_WRITER", value_name = "N", default_value_t = 2, hide_short_help = true, global = true,
          value_parser = clap::value_parser!(u32).range(1..=50))]
    pub db_pool_writer: u32,

    /// Writes every start and submission in a transaction of its own: for measuring what batches are worth, not for serving
    #[arg(long, env = "HOITHI_WRITE_EACH", hide = true, global = true)]
    pub write_each: bool,

    /// Database connections for the board's work, exports and the worker
    #[arg(long, env = "HOITHI_DB_POOL_BOARD", value_name = "N", default_value_t = 3, hide_short_help = true, global = true,
          value_parser = clap::value_parser!(u32).range(1..=50))]
    pub db_pool_board: u32,

    /// Largest form or API request, in bytes
    #[arg(long, env = "HOITHI_MAX_BODY", value_name = "BYTES", default_value_t = 64 * 1024, hide_short_help = true, global = true,
          value_parser = clap::value_parser!(u64).range(8 * 1024..=16 * 1024 * 1024))]
    pub max_body: u64,

    /// Requests worked on at the same time; further ones are asked to come back
    #[arg(long, env = "HOITHI_MAX_IN_FLIGHT", value_name = "N", default_value_t = 4096, hide_short_help = true, global = true,
          value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_in_flight: u32,

    /// Longest time for one request, in seconds
    #[arg(long = "request-timeout", env = "HOITHI_REQUEST_TIMEOUT", value_name = "SECONDS", default_value = "30",
          value_parser = parse_seconds, hide_short_help = true, global = true)]
    pub request_timeout: Duration,

    /// Room that the data folder must have, in megabytes; with less the live board, /readyz and /metrics warn
    #[arg(long, env = "HOITHI_MIN_FREE_DISK", value_name = "MB", default_value_t = 1024, hide_short_help = true, global = true,
          value_parser = clap::value_parser!(u64).range(0..=100_000_000))]
    pub min_free_disk: u64,

    /// When stopped behind a proxy: seconds for which new connections are still taken, and silent ones kept after that
    ///
    /// Longer than the proxy keeps a silent connection and than a balancer takes to notice that /readyz says no.
    #[arg(long, env = "HOITHI_DRAIN", value_name = "SECONDS", default_value = "0",
          value_parser = parse_drain, hide_short_help = true, global = true)]
    pub drain: Duration,

    /// Longest time to finish what was begun when the server is stopped, in seconds
    #[arg(long = "shutdown-timeout", env = "HOITHI_SHUTDOWN_TIMEOUT", value_name = "SECONDS", default_value = "20",
          value_parser = parse_seconds, hide_short_help = true, global = true)]
    pub shutdown_timeout: Duration,
}

/// Where the two stores are.
#[derive(Clone, Debug)]
pub enum StoreAddresses {
    /// Servers that somebody else runs.
    Given {
        /// PostgreSQL, `postgres://…`.
        database_url: Secret<String>,
        /// A PostgreSQL that follows it.
        read_url: Option<Secret<String>>,
        /// Redis, `redis://…`.
        redis_url: Secret<String>,
    },
    /// The private servers of this data folder.
    Private(PathBuf),
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogForm {
    /// For people.
    Text,
    /// For machines, one object a line.
    Json,
}

impl Config {
    /// The data folder: as set, or the default for this user.
    ///
    /// # Errors
    /// When nothing is set and the user has no home.
    pub fn data_dir(&self) -> Result<PathBuf, ConfigError> {
        if let Some(dir) = &self.data {
            return std::path::absolute(dir).map_err(|source| ConfigError::Path {
                path: dir.clone(),
                source,
            });
        }
        if is_root() {
            return Ok(PathBuf::from("/var/lib/hoithi"));
        }
        let absolute = |name| env(name).map(PathBuf::from).filter(|path| path.is_absolute());
        absolute("XDG_DATA_HOME")
            .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
            .map(|base| base.join("hoithi"))
            .ok_or(ConfigError::NoDataDir)
    }

    /// The stores to use: the two that are given, or the private ones.
    ///
    /// # Errors
    /// When only one of the two addresses is given: half of a contest's data would lie elsewhere unnoticed.
    pub fn stores(&self) -> Result<StoreAddresses, ConfigError> {
        let given = |url: &Option<Secret<String>>| url.clone().filter(|url| !url.expose().is_empty());
        let read_url = given(&self.database_read_url);
        match (given(&self.database_url), given(&self.redis_url)) {
            (Some(database_url), Some(redis_url)) => Ok(StoreAddresses::Given {
                database_url,
                read_url,
                redis_url,
            }),
            (None, None) if read_url.is_some() => Err(ConfigError::OneStoreOnly {
                given: "DATABASE_READ_URL",
                missing: "DATABASE_URL",
            }),
            (None, None) => Ok(StoreAddresses::Private(self.data_dir()?)),
            (Some(_), None) => Err(ConfigError::OneStoreOnly {
                given: "DATABASE_URL",
                missing: "REDIS_URL",
            }),
            (None, Some(_)) => Err(ConfigError::OneStoreOnly {
                given: "REDIS_URL",
                missing: "DATABASE_URL",
            }),
        }
    }

    /// The server's secret, from `HOITHI_SECRET`, the secret file, or `secret.key` in the data folder, which is made
    /// when it is not there. Keys for each purpose are derived from it by their users.
    ///
    /// # Errors
    /// When the secret is not 64 hexadecimal digits, its file is readable by everybody, or it cannot be read or made.
    pub fn secret(&self) -> Result<Secret<[u8; 32]>, ConfigError> {
        if let Some(text) = env("HOITHI_SECRET") {
            let key = text.to_str().and_then(secret::from_hex);
            return key.ok_or_else(|| ConfigError::SecretForm {
                place: "HOITHI_SECRET".into(),
            });
        }
        if let Some(path) = &self.secret_file {
            return secret::read(path)?.ok_or_else(|| ConfigError::Path {
                path: path.clone(),
                source: io::ErrorKind::NotFound.into(),
            });
        }
        secret::of_folder(&self.data_dir()?)
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No data folder is set and none can be derived.
    #[error("no data folder: set --data or HOITHI_DATA")]
    NoDataDir,
    /// One of the two store addresses is missing.
    #[error("{given} is set but {missing} is not: set both, or neither for the private stores of --data")]
    OneStoreOnly {
        /// The variable that is set.
        given: &'static str,
        /// The variable that is not.
        missing: &'static str,
    },
    /// The secret is not 64 hexadecimal digits.
    #[error("the secret in {place} is not 64 hexadecimal digits (make one with: openssl rand -hex 32)")]
    SecretForm {
        /// Where it was found.
        place: String,
    },
    /// Anybody on the machine may read the secret.
    #[error("{} can be read by everybody on this machine: chmod 600 it, and change the secret", path.display())]
    SecretExposed {
        /// Its file.
        path: PathBuf,
    },
    /// A file or folder cannot be used.
    #[error("cannot use {}", path.display())]
    Path {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

fn parse_seconds(text: &str) -> Result<Duration, &'static str> {
    match text.parse::<u64>() {
        Ok(seconds @ 1..=3600) => Ok(Duration::from_secs(seconds)),
        _ => Err("it is a number of seconds between 1 and 3600"),
    }
}

fn parse_drain(text: &str) -> Result<Duration, &'static str> {
    match text.parse::<u64>() {
        Ok(seconds @ 0..=300) => Ok(Duration::from_secs(seconds)),
        _ => Err("it is a number of seconds between 0 and 300"),
    }
}

/// Whether this process runs as root.
fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

#[expect(
    clippy::disallowed_methods,
    reason = "settings are the one reader of the environment"
)]
fn env(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        config: Config,
    }

    fn parse(args: &[&str]) -> Result<Config, clap::Error> {
        Cli::try_parse_from(std::iter::once(&"hoithi").chain(args)).map(|cli| cli.config)
    }

    #[test]
    fn the_arguments_contradict_nothing() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn both_stores_are_given_or_neither() {
        let only = |database_url: &str, redis_url: &str| {
            let mut config = parse(&["--data", "/srv/h"]).unwrap();
            config.database_url = Some(Secret::new(database_url.to_owned()));
            config.redis_url = Some(Secret::new(redis_url.to_owned()));
            config.stores()
        };
        assert!(matches!(
            only("postgres://a", "redis://b"),
            Ok(StoreAddresses::Given { .. })
        ));
        assert!(matches!(
            only("postgres://a", ""),
            Err(ConfigError::OneStoreOnly {
                missing: "REDIS_URL",
                ..
            })
        ));
        assert!(matches!(
            only("", "redis://b"),
            Err(ConfigError::OneStoreOnly {
                missing: "DATABASE_URL",
                ..
            })
        ));
        let mut alone = parse(&["--data", "/srv/h"]).unwrap();
        (alone.database_url, alone.redis_url) = (None, None);
        alone.database_read_url = Some(Secret::new("postgres://c".to_owned()));
        assert!(matches!(
            alone.stores(),
            Err(ConfigError::OneStoreOnly {
                missing: "DATABASE_URL",
                ..
            })
        ));
        let Ok(StoreAddresses::Private(data)) = only("", "") else {
            panic!("the private stores are the default")
        };
        assert_eq!(data, PathBuf::from("/srv/h"));
    }

    #[test]
    fn an_address_with_a_password_is_not_printed() {
        let config = parse(&["--database-url", "postgres://u:geheim@h/d"]).unwrap();
        assert!(!format!("{config:?}").contains("geheim"));
    }

    #[test]
    fn settings_out_of_range_are_refused() {
        for bad in [
            ["--db-pool", "0"],
            ["--request-timeout", "0"],
            ["--drain", "301"],
            ["--listen", "80"],
            ["--public-url", "x"],
        ] {
            assert!(parse(&bad).is_err(), "{bad:?}");
        }
    }
}
