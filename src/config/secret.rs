//! The server's secret on disk, and values that are never printed.
//! What is derived from the secret belongs to its users.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::str::FromStr;

use super::ConfigError;
use crate::entropy::Entropy;

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Wraps `value`.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for the one place that needs it.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> std::fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for Secret<String> {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// The secret of a data folder, made on the first call; processes that race for it all get the same one.
pub(super) fn of_folder(data: &Path) -> Result<Secret<[u8; 32]>, ConfigError> {
    let path = data.join("secret.key");
    if let Some(secret) = read(&path)? {
        return Ok(secret);
    }
    make(data, &path).map_err(|source| ConfigError::Path {
        path: path.clone(),
        source,
    })?;
    read(&path)?.ok_or_else(|| ConfigError::Path {
        path,
        source: io::ErrorKind::NotFound.into(),
    })
}

pub(super) fn read(path: &Path) -> Result<Option<Secret<[u8; 32]>>, ConfigError> {
    let failed = |source| ConfigError::Path {
        path: path.to_owned(),
        source,
    };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    if fs::metadata(path).map_err(failed)?.mode() & 0o004 != 0 {
        return Err(ConfigError::SecretExposed {
            path: path.to_owned(),
        });
    }
    from_hex(&text).map(Some).ok_or_else(|| ConfigError::SecretForm {
        place: path.display().to_string(),
    })
}

/// Writes a whole file under another name, then links it into place: a link never replaces a secret already there.
fn make(data: &Path, path: &Path) -> io::Result<()> {
    fs::create_dir_all(data)?;
    let part = data.join(format!("secret.key.{}", hex(&Entropy::Os.bytes::<8>())));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part)?;
    writeln!(file, "{}", hex(&Entropy::Os.bytes::<32>()))?;
    file.sync_all()?;
    let linked = fs::hard_link(&part, path);
    fs::remove_file(&part)?;
    File::open(data)?.sync_all()?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// The secret that 64 hexadecimal digits stand for; white space around them is ignored.
pub(super) fn from_hex(text: &str) -> Option<Secret<[u8; 32]>> {
    let text = text.trim();
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = [0; 32];
    for (byte, digits) in key.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(Secret(key))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_secret_is_made_once_and_only_its_owner_can_read_it() {
        let data = tempfile::tempdir().unwrap();
        let made: Vec<_> = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| of_folder(data.path()).unwrap()))
                .collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        });
        assert!(made.iter().all(|secret| secret == &made[0]));
        assert_eq!(of_folder(data.path()).unwrap(), made[0]);
        assert_eq!(
            fs::metadata(data.path().join("secret.key")).unwrap().mode() & 0o777,
            0o600
        );
        assert_eq!(
            fs::read_dir(data.path()).unwrap().count(),
            1,
            "no part files are left"
        );
    }

    #[test]
    fn a_secret_that_everybody_can_read_is_refused() {
        let data = tempfile::tempdir().unwrap();
        of_folder(data.path()).unwrap();
        let path = data.path().join("secret.key");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(
            of_folder(data.path()),
            Err(ConfigError::SecretExposed { .. })
        ));
    }

    #[test]
    fn only_64_hexadecimal_digits_are_a_secret() {
        assert_eq!(
            from_hex(&format!(" {}\n", "0a".repeat(32))).unwrap().expose(),
            &[10; 32]
        );
        for text in ["", "0a", &"0g".repeat(32), &"é".repeat(32), &"0a".repeat(33)] {
            assert!(from_hex(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_secret_is_never_printed() {
        assert_eq!(format!("{:?}", Secret::new("postgres://u:p@h/d")), "***");
    }
}
