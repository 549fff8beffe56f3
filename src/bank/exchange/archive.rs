//! The parts of a package of QTI, all of them at once.
//!
//! Owns the words for what is refused and what an address inside a package may be; leaves the limits to the `archive` of all
//! formats.

use crate::bank::archive::{self, Archive, Trouble};
use crate::bank::code::FaultCode;
use std::collections::BTreeMap;

/// The parts of an archive by name.
pub(super) type Parts = BTreeMap<String, Vec<u8>>;

/// Opens an archive; the fault says why it is refused.
pub(super) fn open(bytes: &[u8]) -> Result<Parts, FaultCode> {
    read_all(bytes).map_err(refusal)
}

fn read_all(bytes: &[u8]) -> Result<Parts, Trouble> {
    let mut archive = Archive::open(bytes)?;
    archive.refuse_outside()?;
    let names = archive.names().to_vec();
    let files = names
        .into_iter()
        .enumerate()
        .filter(|(_, name)| !name.ends_with('/'));
    files
        .map(|(place, name)| Ok((name, archive.read(place, archive::MAX_PART)?)))
        .collect()
}

/// Why a package is refused.
pub(in crate::bank) fn refusal(trouble: Trouble) -> FaultCode {
    match trouble {
        Trouble::TooLarge(size) => FaultCode::FileTooLarge {
            size,
            limit: archive::MAX_BYTES as u64,
        },
        Trouble::Locked => FaultCode::PackageLocked {},
        Trouble::Limit(what, limit) => FaultCode::PackageLimit { what, limit },
        Trouble::Path(path) => FaultCode::PackagePath { path },
        Trouble::Broken(detail) => FaultCode::PackageBroken { detail },
        Trouble::NotZip | Trouble::OldOffice => FaultCode::PackageBroken {
            detail: "not a zip file".to_owned(),
        },
    }
}

/// A path written in a part, from that part's folder; `None` where it leaves the archive or begins at a root.
pub(super) fn resolve(base: &str, path: &str) -> Option<String> {
    if path.is_empty() || path.starts_with('/') || path.contains(['\\', ':', '\0']) {
        return None;
    }
    archive::resolve(base, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_within_the_package() {
        assert_eq!(
            resolve("items/a.xml", "../media/b.png").as_deref(),
            Some("media/b.png")
        );
        assert_eq!(resolve("a.xml", "./b.png").as_deref(), Some("b.png"));
        for path in ["../b.png", "/b.png", "http://x/b.png", "C:\\b.png", ""] {
            assert_eq!(resolve("a.xml", path), None, "{path}");
        }
    }
}
