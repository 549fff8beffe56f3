//! How much room the data folder has left.
//!
//! Owns asking the file system; when it is too little is `domain::watch`'s, and who is told is up to the live board, the
//! probe and the metrics.

use crate::domain::watch::Room;
use std::io;
use std::path::Path;

/// The bytes that this process may still write to the file system of a folder, beside those that must stay free.
///
/// # Errors
/// When the folder is not there or the file system does not answer.
pub fn room(folder: &Path, least: u64) -> io::Result<Room> {
    let told = rustix::fs::statvfs(folder)?;
    Ok(Room {
        free: told.f_bavail.saturating_mul(told.f_frsize),
        least,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_room_and_one_that_is_not_there_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let found = room(folder.path(), 1).unwrap();
        assert!(found.free > 0 && !found.is_low(), "{found:?}");
        assert!(room(folder.path(), u64::MAX).unwrap().is_low());
        assert!(room(&folder.path().join("khong-co"), 1).is_err());
    }
}
