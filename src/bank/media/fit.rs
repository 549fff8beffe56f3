//! One file that somebody chose for a question by itself, in a form and not in a file of questions.
//!
//! Owns the path by which files of questions will name it; what may be taken and what becomes of it is the same as for any
//! other.

use super::{FOLDER, MAX_SET_PIXELS, MediaContent, prepare};
use crate::bank::code::FaultCode;
use crate::bank::words::slug_of;

/// A file that was chosen, made fit to be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted {
    /// The path by which files of questions name it. It says what the file is called and a part of its hash, so that no other
    /// file of the set has it.
    pub file: String,
    /// What is served.
    pub content: MediaContent,
    /// Of several pictures in turn the first was taken.
    pub moves: bool,
}

/// Makes a file of that name fit, or says why it cannot be taken.
pub fn fit_media(name: &str, bytes: Vec<u8>) -> Result<Fitted, FaultCode> {
    // Some browsers send a whole path.
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let ready = prepare(name, bytes, MAX_SET_PIXELS)?;
    let moves = ready.moved;
    let content = ready.content();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = slug_of(stem).unwrap_or_else(|| "tep".to_owned());
    let stored = &content.stored.name;
    let hash: String = stored.hash().chars().take(8).collect();
    let file = format!("{FOLDER}{stem}-{hash}.{}", stored.format().ending());
    Ok(Fitted { file, content, moves })
}

#[cfg(test)]
mod tests {
    use super::super::tests::mp3;
    use super::*;

    #[test]
    fn the_path_says_what_the_file_is_called_and_belongs_to_its_content_alone() {
        let named = |name: &str, bytes: Vec<u8>| fit_media(name, bytes).unwrap().file;
        let path = named("C:\\Tiếng\\Hát then.MP3", mp3());
        assert!(
            path.starts_with("media/hat-then-") && path.ends_with(".mp3"),
            "{path}"
        );
        assert_eq!(path, named("hát THEN.mp3", mp3()));
        let other = [mp3(), mp3()[12..].to_vec()].concat();
        assert_ne!(path, named("Hát then.mp3", other));
        assert!(named("???.mp3", mp3()).starts_with("media/tep-"));
    }

    #[test]
    fn a_file_that_is_not_what_it_is_called_is_refused_under_its_own_name() {
        let refused = fit_media("ảnh.png", mp3());
        let path = "ảnh.png".to_owned();
        let found = "mp3".to_owned();
        assert_eq!(refused, Err(FaultCode::MediaOther { path, found }));
    }
}
