//! The data folder: its layout, its owners and rights, and whether sockets fit in it.
//! The secret key beside the servers belongs to `config`.
//!
//! The servers' homes belong to us and hold their settings; only `data` and `run` in them belong to the servers' users,
//! so that nothing these users could write is ever opened with our rights.

use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use super::PrivateError;

/// Bytes that Linux takes for the path of a socket, the closing zero apart.
pub(super) const SOCKET_PATH_LIMIT: usize = 107;

/// A data folder that is there and fit for both servers.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    users: Option<Users>,
}

/// Whom the servers run as when we are root.
#[derive(Debug)]
struct Users {
    postgres: User,
    redis: User,
}

/// An account of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct User {
    name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

impl Folder {
    /// Makes the folder and its parts where they are missing, and checks that the servers can live there.
    pub(super) fn prepare(data: &Path) -> Result<Self, PrivateError> {
        let users = if runs_as_root()? {
            Some(Users::find()?)
        } else {
            None
        };
        // Before anything is made, so that a refusal leaves nothing behind.
        let wanted = std::path::absolute(data).map_err(|source| PrivateError::io("find", data, source))?;
        for user in users.iter().flat_map(|users| [&users.postgres, &users.redis]) {
            check_reachable(&wanted, user)?;
        }
        // Servers of another user pass through the data folder; what is in it stays closed to them.
        make_dir(data, if users.is_some() { 0o711 } else { 0o700 })?;
        let root = data
            .canonicalize()
            .map_err(|source| PrivateError::io("open", data, source))?;
        let folder = Self { root, users };
        folder.check_path()?;
        for (home, user) in [
            (folder.postgres(), folder.postgres_user()),
            (folder.redis(), folder.redis_user()),
        ] {
            make_dir(&home, if user.is_some() { 0o711 } else { 0o700 })?;
            if let Some(user) = user {
                check_reachable(&home, user)?;
            }
            make_dir_of(&home.join("run"), user)?;
        }
        Ok(folder)
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The home of PostgreSQL: settings here, `data` and `run` below.
    pub(super) fn postgres(&self) -> PathBuf {
        self.root.join("postgres")
    }

    /// The home of Redis: settings here, `data` and `run` below.
    pub(super) fn redis(&self) -> PathBuf {
        self.root.join("redis")
    }

    pub(super) fn postgres_user(&self) -> Option<&User> {
        self.users.as_ref().map(|users| &users.postgres)
    }

    pub(super) fn redis_user(&self) -> Option<&User> {
        self.users.as_ref().map(|users| &users.redis)
    }

    pub(super) fn gate_lock(&self) -> PathBuf {
        self.root.join("gate.lock")
    }

    pub(super) fn in_use_lock(&self) -> PathBuf {
        self.root.join("in-use.lock")
    }

    fn check_path(&self) -> Result<(), PrivateError> {
        let unfit = |c: char| c.is_control() || matches!(c, '\'' | '"' | '\\');
        if self.root.to_str().is_none_or(|path| path.chars().any(unfit)) {
            return Err(PrivateError::PathCharacters {
                folder: self.root.clone(),
            });
        }
        let longest = self
            .postgres()
            .join("run/.s.PGSQL.5432")
            .as_os_str()
            .as_bytes()
            .len();
        match longest.checked_sub(SOCKET_PATH_LIMIT) {
            None | Some(0) => Ok(()),
            Some(excess) => Err(PrivateError::PathTooLong {
                folder: self.root.clone(),
                excess,
            }),
        }
    }
}

impl Users {
    fn find() -> Result<Self, PrivateError> {
        let path = Path::new("/etc/passwd");
        let accounts = fs::read_to_string(path).map_err(|source| PrivateError::io("read", path, source))?;
        let find = |names: &[&'static str], program, package| {
            let found = names.iter().find_map(|name| User::find(&accounts, name));
            found.ok_or(PrivateError::NoUser {
                user: names.first().copied().unwrap_or_default(),
                program,
                package,
            })
        };
        Ok(Self {
            postgres: find(&["postgres"], "PostgreSQL", "postgresql")?,
            redis: find(&["redis", "valkey"], "Redis", "redis-server")?,
        })
    }
}

impl User {
    /// The account called `name` in the text of `/etc/passwd`; root under another name is none.
    fn find(accounts: &str, name: &str) -> Option<Self> {
        let fields: Vec<&str> = accounts
            .lines()
            .map(|line| line.split(':'))
            .find_map(|mut fields| (fields.next() == Some(name)).then(|| fields.collect()))?;
        let (uid, gid) = (fields.get(1)?.parse().ok()?, fields.get(2)?.parse().ok()?);
        (uid != 0).then(|| Self {
            name: name.to_owned(),
            uid,
            gid,
        })
    }

    /// Whether this user may pass through a folder, by its mode alone.
    fn may_enter(&self, folder: &fs::Metadata) -> bool {
        let bit = match (folder.uid() == self.uid, folder.gid() == self.gid) {
            (true, _) => 0o100,
            (false, true) => 0o010,
            (false, false) => 0o001,
        };
        folder.mode() & bit != 0
    }
}

/// Makes an empty folder for the server's user, or ours, that nobody else can enter; one that is there stays as it is.
pub(super) fn make_dir_of(path: &Path, user: Option<&User>) -> Result<(), PrivateError> {
    make_dir(path, 0o700)?;
    let Some(user) = user else { return Ok(()) };
    chown(path, Some(user.uid), Some(user.gid)).map_err(|source| PrivateError::io("give away", path, source))
}

/// Writes a settings file that a server of another user can read, whatever our umask; nothing in it is secret.
pub(super) fn write_settings(path: &Path, text: &str) -> Result<(), PrivateError> {
    let written =
        fs::write(path, text).and_then(|()| fs::set_permissions(path, Permissions::from_mode(0o644)));
    written.map_err(|source| PrivateError::io("write", path, source))
}

fn make_dir(path: &Path, mode: u32) -> Result<(), PrivateError> {
    let failed = |source| PrivateError::io("make", path, source);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    match DirBuilder::new().mode(mode).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made
            .and_then(|()| fs::set_permissions(path, Permissions::from_mode(mode)))
            .map_err(failed),
    }
}

/// Whether a server's user may pass through every folder above and including `home` that is there.
fn check_reachable(home: &Path, user: &User) -> Result<(), PrivateError> {
    for folder in home.ancestors().filter(|folder| folder.exists()) {
        let about = fs::metadata(folder).map_err(|source| PrivateError::io("look at", folder, source))?;
        if !user.may_enter(&about) {
            let (folder, user) = (folder.to_owned(), user.name.clone());
            return Err(PrivateError::Unreachable {
                folder,
                user,
                mode: about.mode() & 0o7777,
            });
        }
    }
    Ok(())
}

fn runs_as_root() -> Result<bool, PrivateError> {
    let me = Path::new("/proc/self");
    fs::metadata(me)
        .map(|me| me.uid() == 0)
        .map_err(|source| PrivateError::io("look at", me, source))
}

/// A path as part of an address: every byte that is not plain is written as %XX.
pub(super) fn url_encode(path: &Path, keep_slashes: bool) -> String {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (keep_slashes && byte == b'/');
    let encode = |byte: &u8| {
        if plain(*byte) {
            char::from(*byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    path.as_os_str().as_bytes().iter().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name_and_root_is_none() {
        let accounts = "root:x:0:0:::\npostgres-old:x:7:7:::\npostgres:x:101:104:PostgreSQL:/var/lib:/bin/sh\nredis:x:0:0:::\n";
        let found = User::find(accounts, "postgres").unwrap();
        assert_eq!((found.uid, found.gid), (101, 104));
        assert_eq!(User::find(accounts, "redis"), None);
        assert_eq!(User::find(accounts, "valkey"), None);
    }

    #[test]
    fn a_closed_folder_above_is_named() {
        let outer = tempfile::tempdir().unwrap();
        let home = outer.path().join("closed/home");
        fs::create_dir_all(&home).unwrap();
        let mine = fs::metadata(&home).unwrap();
        let stranger = User {
            name: "stranger".into(),
            uid: mine.uid() + 1,
            gid: mine.gid() + 1,
        };
        fs::set_permissions(outer.path(), Permissions::from_mode(0o711)).unwrap();
        check_reachable(&home, &stranger).unwrap();
        fs::set_permissions(outer.path().join("closed"), Permissions::from_mode(0o750)).unwrap();
        let refused = check_reachable(&home, &stranger).unwrap_err().to_string();
        assert!(
            refused.contains("closed (mode 750)") && refused.contains("stranger"),
            "{refused}"
        );
    }

    #[test]
    fn a_path_that_no_socket_fits_in_is_refused() {
        let fits = Folder {
            root: PathBuf::from(format!("/{}", "d".repeat(79))),
            users: None,
        };
        assert!(fits.check_path().is_ok());
        let long = Folder {
            root: PathBuf::from(format!("/{}", "d".repeat(81))),
            users: None,
        };
        assert!(
            matches!(
                long.check_path(),
                Err(PrivateError::PathTooLong { excess: 2, .. })
            ),
            "{long:?}"
        );
    }

    #[test]
    fn a_path_that_a_settings_file_cannot_carry_is_refused() {
        for path in ["/srv/it's", "/srv/a\nb", "/srv/a\"b", "/srv/a\\b"] {
            let folder = Folder {
                root: PathBuf::from(path),
                users: None,
            };
            assert!(
                matches!(folder.check_path(), Err(PrivateError::PathCharacters { .. })),
                "{path:?}"
            );
        }
        Folder {
            root: PathBuf::from("/srv/Hội thi 90"),
            users: None,
        }
        .check_path()
        .unwrap();
    }

    #[test]
    fn a_path_in_an_address_is_encoded() {
        assert_eq!(url_encode(Path::new("/a b/đ"), true), "/a%20b/%C4%91");
        assert_eq!(url_encode(Path::new("/a?b"), false), "%2Fa%3Fb");
    }
}
