//! What the fuzz target of media files does with its bytes.

use crate::bank::{self, Found, Severity};

const SET: &str = "[set]\nid = \"de\"\ntitle = \"Đề\"\n[[question]]\nid = \"c1\"\ntext = \"Hỏi gì?\"\noptions = [\"x\", \"y\"]\n\
                   key = \"B\"\nmedia = { file = \"media/a.ENDING\", alt = \"x\" }\n";

/// A picture, a sound or a film, under a name of each kind.
pub fn media(data: &[u8]) {
    for ending in ["png", "mp3", "mp4"] {
        let set = SET.replace("ENDING", ending);
        let read = bank::import_question_file_with("de.toml", set.as_bytes(), &|_| Found::Bytes(data.to_vec()));
        let has_error = read.faults.iter().any(|fault| fault.severity == Severity::Error);
        assert_eq!(read.loaded.is_none(), has_error, "a set is loaded exactly when no fault is an error");
        if !has_error {
            let content = read.contents.first().expect("what a loaded question shows is at hand");
            assert!(content.stored.width <= 65_535 && !content.bytes.is_empty());
        }
    }
}
