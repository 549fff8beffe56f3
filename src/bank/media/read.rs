//! The key `media` of a question, and of an option: one path, one table, or a list of them.
//!
//! Owns what a path may be and that a picture has words; leaves looking into files to the shelf.

use super::super::code::FaultCode;
use super::super::fact::Kind;
use super::super::format::Reader;
use super::super::node::{Node, Value};
use crate::domain::media::{MAX_MEDIA, Media, MediaKind};

/// Characters of the words for a picture: what a person would say of it.
const MAX_ALT: usize = 500;
/// Endings of the files that are taken, for messages.
pub(in crate::bank) const ENDINGS: &str = ".jpg, .png, .webp, .gif, .mp3, .ogg, .opus, .m4a, .mp4, .webm";

/// Reads what a question is shown with; what is faulty is noted and left out.
pub(in crate::bank) fn read_media(reader: &mut Reader<'_, '_>, node: &Node) -> Vec<Media> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    if let Some(extra) = items.get(MAX_MEDIA) {
        let (count, limit) = (items.len() as u64, MAX_MEDIA as u64);
        reader.fault(&extra.span, FaultCode::MediaMany { count, limit });
    }
    let taken = items.iter().take(MAX_MEDIA);
    taken.filter_map(|item| read_one(reader, item)).collect()
}

fn read_one(reader: &mut Reader<'_, '_>, node: &Node) -> Option<Media> {
    let (file_node, alt) = match &node.value {
        Value::Text(_) => (node, None),
        Value::Table(table) => {
            reader.only(table, "media", &["file", "alt"]);
            let file = reader.required(table, "media", "file", "file = \"media/ban-do.jpg\"")?;
            let alt = reader.optional_text(table, "alt", MAX_ALT);
            // Read aloud as one sentence, and kept on one line of a table.
            let alt = alt.map(|alt| alt.split_whitespace().collect::<Vec<_>>().join(" "));
            (file, alt)
        }
        _ => {
            reader.wrong_type(node, "media", Kind::Table);
            return None;
        }
    };
    let file = reader.text(file_node, "media", 200)?;
    if file.to_lowercase().ends_with(".svg") {
        reader.fault(&file_node.span, FaultCode::MediaSvg { path: file });
        return None;
    }
    let Some(kind) = MediaKind::of_file(&file).filter(|_| is_inside(&file)) else {
        let code = FaultCode::BadMedia {
            path: file,
            allowed: ENDINGS.split(", ").map(str::to_owned).collect(),
        };
        reader.fault(&file_node.span, code);
        return None;
    };
    if kind == MediaKind::Image && alt.is_none() {
        let path = file.clone();
        reader.fault(&node.span, FaultCode::PictureNoAlt { path });
    }
    let placed = reader.sheet.shelf.map(|shelf| shelf.place(&file));
    let stored = match placed {
        None | Some(Ok(None)) => None,
        Some(Ok(Some(placed))) => {
            if placed.moved {
                let path = file.clone();
                reader.fault(&file_node.span, FaultCode::MediaMoves { path });
            }
            Some(placed.stored)
        }
        Some(Err(code)) => {
            reader.fault(&file_node.span, code);
            return None;
        }
    };
    Some(Media { file, alt, stored })
}

/// Whether a path stays within the contest directory.
fn is_inside(path: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\n', '\0'])
    };
    path.split('/').all(plain)
}
