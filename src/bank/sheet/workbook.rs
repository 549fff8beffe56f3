//! A workbook: which sheets it has, and the texts and number formats they share.
//!
//! Owns finding the parts of the package by their relations; leaves the cells to `cells`.

use super::super::code::FaultCode;
use super::cells::{SheetCells, read_cells};
use super::package::{Package, resolve};
use super::strings::{CellText, read_shared};
use super::styles::{Styles, read_styles};
use super::xml::{Piece, walk};
use std::collections::BTreeMap;

/// Sheets of a workbook.
const MAX_SHEETS: usize = 50;
/// Characters of a sheet's name; Excel allows 31.
const NAME_CHARS: usize = 60;

/// A sheet in the list of a workbook.
#[derive(Debug, Clone)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) hidden: bool,
    part: String,
}

/// What the sheets of a workbook share.
pub(super) struct Workbook<'a> {
    package: Package<'a>,
    pub(super) sheets: Vec<SheetEntry>,
    strings: Vec<CellText>,
    styles: Styles,
    from_1904: bool,
    /// Bytes of text that cells may still hold.
    text_left: usize,
    cells_left: usize,
}

impl<'a> Workbook<'a> {
    /// Opens a workbook as far as its cells.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, FaultCode> {
        let mut package = Package::open(bytes)?;
        let types = package.stream("[Content_Types].xml", |source| {
            let mut macros = false;
            walk(source, |piece| {
                if let Piece::Open("Override" | "Default", at) = piece {
                    macros |= at
                        .get("ContentType")
                        .is_some_and(|kind| kind.to_lowercase().contains("macroenabled"));
                }
                Ok(())
            })?;
            Ok(macros)
        })?;
        if types == Some(true) {
            return Err(FaultCode::SheetMacro {});
        }
        let roots = relations(&mut package, "")?;
        let main = roots.values().find(|(kind, _)| kind.ends_with("/officeDocument"));
        let main = main.map_or("xl/workbook.xml".to_owned(), |(_, part)| part.clone());
        let related = relations(&mut package, &main)?;
        let (sheets, from_1904) = read_sheets(&mut package, &main, &related)?;
        let part_of = |kind: &str| {
            let found = related.values().find(|(found, _)| found.ends_with(kind));
            found.map(|(_, part)| part.clone())
        };
        let strings = match part_of("/sharedStrings") {
            Some(part) => package
                .stream(&part, |source| read_shared(source))?
                .unwrap_or_default(),
            None => Vec::new(),
        };
        let styles = match part_of("/styles") {
            Some(part) => package
                .stream(&part, |source| read_styles(source))?
                .unwrap_or_default(),
            None => Styles::default(),
        };
        Ok(Self {
            package,
            sheets,
            strings,
            styles,
            from_1904,
            text_left: 16 * 1024 * 1024,
            cells_left: 400_000,
        })
    }

    /// The cells of a sheet.
    pub(super) fn cells(&mut self, sheet: &SheetEntry) -> Result<SheetCells, FaultCode> {
        let (strings, styles, from_1904) = (&self.strings, &self.styles, self.from_1904);
        let (text_left, cells_left) = (&mut self.text_left, &mut self.cells_left);
        let read = self.package.stream(&sheet.part, |source| {
            read_cells(source, strings, styles, from_1904, text_left, cells_left)
        })?;
        read.ok_or(FaultCode::SheetBroken {})
    }
}

/// The parts that a part names: by their id, kind and name.
fn relations(package: &mut Package<'_>, part: &str) -> Result<BTreeMap<String, (String, String)>, FaultCode> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let name = format!("{folder}{slash}_rels/{file}.rels");
    let read = package.stream(&name, |source| {
        let mut found = BTreeMap::new();
        walk(source, |piece| {
            if let Piece::Open("Relationship", at) = piece {
                let external = at
                    .get("TargetMode")
                    .is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
                let target = at.get("Target").and_then(|target| resolve(part, &target));
                if let (Some(id), Some(kind), Some(target), false) =
                    (at.get("Id"), at.get("Type"), target, external)
                {
                    found.insert(id, (kind, target));
                }
                if found.len() > 2_000 {
                    return Err(FaultCode::SheetBomb {});
                }
            }
            Ok(())
        })?;
        Ok(found)
    })?;
    Ok(read.unwrap_or_default())
}

fn read_sheets(
    package: &mut Package<'_>,
    main: &str,
    related: &BTreeMap<String, (String, String)>,
) -> Result<(Vec<SheetEntry>, bool), FaultCode> {
    let read = package.stream(main, |source| {
        let (mut sheets, mut from_1904) = (Vec::new(), false);
        walk(source, |piece| {
            match piece {
                Piece::Open("workbookPr", at) => from_1904 = at.flag("date1904"),
                Piece::Open("sheet", at) => {
                    let part = at.get("id").and_then(|id| related.get(&id)).cloned();
                    // Charts and dialogues stand in the same list.
                    if let Some((_, part)) = part.filter(|(kind, _)| kind.ends_with("/worksheet")) {
                        sheets.push(SheetEntry {
                            name: at
                                .get("name")
                                .unwrap_or_default()
                                .chars()
                                .take(NAME_CHARS)
                                .collect(),
                            hidden: at.get("state").is_some_and(|state| state != "visible"),
                            part,
                        });
                    }
                    if sheets.len() > MAX_SHEETS {
                        return Err(FaultCode::TooManySheets {
                            limit: MAX_SHEETS as u64,
                        });
                    }
                }
                Piece::Open(..) | Piece::Close(_) | Piece::Text(_) => {}
            }
            Ok(())
        })?;
        Ok((sheets, from_1904))
    })?;
    read.filter(|(sheets, _)| !sheets.is_empty())
        .ok_or(FaultCode::SheetBroken {})
}
