//! Word documents: bytes in, the lines of a paper out.
//!
//! Owns the format .docx and everything in it that is not text; leaves what the lines mean to `paper`.
//!
//! | file | holds |
//! | --- | --- |
//! | `package`, `xml`, `parts` | the zip, its XML, relations and pictures, all with limits |
//! | `styles`, `numbering`, `symbols` | how runs look, automatic labels, signs of picture fonts |
//! | `body`, `inline`, `graphics` | the walk over paragraphs and tables, over runs, over drawings |

mod body;
mod graphics;
mod inline;
mod numbering;
mod package;
mod parts;
mod styles;
mod symbols;
mod xml;

use super::code::FaultCode;
use super::paper::lines::Doc;
use body::Walker;
use package::Package;
use parts::{Relations, read_text};

/// Takes a document apart; `Err` says what it is instead of a readable one.
pub(super) fn read(bytes: &[u8]) -> Result<Doc, FaultCode> {
    let mut package = Package::open(bytes)?;
    let roots = Relations::of(&mut package, "")?;
    let named = roots.of_type("officeDocument").next().map(str::to_owned);
    let main = named.unwrap_or_else(|| "word/document.xml".to_owned());
    let relations = Relations::of(&mut package, &main)?;
    let text = read_text(&mut package, &main)?.ok_or(FaultCode::DocxBroken {})?;
    let tree = xml::parse(&text)?;
    let root = tree.root().filter(|root| root.name() == "document");
    let body = root.and_then(|root| root.child("body"));
    let body = body.ok_or(FaultCode::DocxBroken {})?;
    let mut walker = Walker::new(package, relations)?;
    walker.margins()?;
    walker.blocks(body, None)?;
    Ok(walker.finish())
}
