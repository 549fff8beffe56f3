//! Packages of QTI: a manifest, items, perhaps a test, pictures; and single items.
//!
//! Owns which parts of an archive are questions and what their manifest says about them; leaves items to `qti` and opening
//! to `archive`. Faults name the part: `bo-de.zip/items/cau-1.xml`.

use super::archive::{self, Parts};
use super::intake::{Intake, Often, level_of};
use super::media::percent_decoded;
use super::pin_combined;
use super::qti::{attribute, kind, read_item};
use super::xml::{self, Element};
use crate::bank::code::FaultCode;
use crate::bank::fault::{Fault, Subject};
use crate::bank::format::At;
use crate::bank::formats::Imported;
use crate::bank::media::Shelf;
use crate::bank::questions::SetDraft;
use crate::bank::raw::{self, RawSet};
use crate::bank::source::{Sheet, decode_within, shorten};
use crate::domain::question::Level;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

const MANIFEST: &str = "imsmanifest.xml";
/// Largest item, test or manifest, bytes.
const MAX_PART_BYTES: usize = 4 * 1024 * 1024;

/// An item that a manifest lists.
#[derive(Default)]
struct Listed {
    path: String,
    level: Option<Level>,
    source: Option<String>,
    topic: Option<String>,
}

/// What the parts other than items say.
#[derive(Default)]
struct Plan {
    items: Vec<Listed>,
    title: Option<String>,
    faults: Vec<Fault>,
    /// Paths that the manifest names, whatever they are.
    named: BTreeSet<String>,
}

/// Reads a package, or a single item or test; its media are put on the shelf.
pub(super) fn read(name: &str, bytes: &[u8], shelf: &Shelf<'_>) -> Imported {
    if !bytes.starts_with(b"PK") {
        return read_single(name, bytes, shelf);
    }
    let parts = match archive::open(bytes) {
        Ok(parts) => parts,
        Err(code) => return Imported::refused(name, code),
    };
    let plan = plan(name, &parts);
    let mut files: Vec<(String, &Listed, Cow<'_, str>)> = Vec::new();
    let mut faults = plan.faults;
    for listed in &plan.items {
        let shown = format!("{name}/{}", listed.path);
        let Some(bytes) = parts.get(&listed.path) else {
            let path = listed.path.clone();
            faults.push(Fault::of_file(
                &format!("{name}/{MANIFEST}"),
                FaultCode::PackageMissing { path },
            ));
            continue;
        };
        match decode_within(&shown, bytes, MAX_PART_BYTES) {
            Ok(text) => files.push((shown, listed, text)),
            Err(fault) => faults.push(*fault),
        }
    }
    for path in parts.keys().filter(|path| is_stray(path, &plan.named)) {
        let path = path.clone();
        faults.push(Fault::of_file(
            &format!("{name}/{MANIFEST}"),
            FaultCode::PackageUnlisted { path },
        ));
    }
    let (id, title) = raw::name_of(name);
    let title = plan.title.unwrap_or(title);
    let mut sets = Vec::new();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for (place, (shown, listed, text)) in (1..).zip(&files) {
        let mut sheet = Sheet::new(shown, text);
        sheet.shelf = Some(shelf);
        let raw = read_file(&mut sheet, place, listed, &parts);
        note_twice(&mut sheet, &raw, &mut ids);
        let raw = RawSet {
            id: id.clone(),
            ..raw
        };
        let draft = raw::check(&mut sheet, raw, &title);
        sets.push((sheet, draft));
    }
    if sets.is_empty()
        && !faults
            .iter()
            .any(|fault| fault.severity == crate::bank::Severity::Error)
    {
        faults.push(Fault::of_file(name, FaultCode::NoQuestions {}));
    }
    Imported::of_parts(sets, faults)
}

/// XML that the manifest does not name and that is no schema.
fn is_stray(path: &str, named: &BTreeSet<String>) -> bool {
    let is_xml = path.to_lowercase().ends_with(".xml");
    is_xml && path != MANIFEST && !named.contains(path)
}

/// Notes an item whose identifier an earlier one has.
fn note_twice(sheet: &mut Sheet<'_>, raw: &RawSet, ids: &mut BTreeMap<String, String>) {
    for question in &raw.questions {
        let Some(At { value, span }) = &question.id else {
            continue;
        };
        if let Some(file) = ids.get(value) {
            let (id, file) = (value.clone(), file.clone());
            let subject = Subject::Question(question.place, Some(id.clone()));
            sheet.fault(span.clone(), &subject, FaultCode::QtiItemTwice { id, file });
        } else {
            ids.insert(value.clone(), sheet.file.to_owned());
        }
    }
}

/// The question of one item.
fn read_file(sheet: &mut Sheet<'_>, place: u32, listed: &Listed, parts: &Parts) -> RawSet {
    let mut set = RawSet::default();
    let Some(root) = xml::parse(sheet) else {
        set.refused = 1;
        return set;
    };
    let mut intake = Intake::new(sheet);
    intake.subject = Subject::Question(place, None);
    let find = |src: &str| {
        let path = archive::resolve(&listed.path, &percent_decoded(src))?;
        parts.get(&path).cloned()
    };
    if kind(&root) != "assessment-item" {
        let root_name = shorten(&root.name, 40);
        intake.fault(&root.span, FaultCode::XmlRoot { root: root_name });
        set.refused = 1;
    } else if let Some(mut question) = read_item(&mut intake, &root, place, &find) {
        let span = root.span.clone();
        let at = |value| At {
            value,
            span: span.clone(),
        };
        question.level = listed.level.map(at);
        let text = |text: &Option<String>| {
            text.clone().map(|value| At {
                value,
                span: span.clone(),
            })
        };
        question.source = text(&listed.source);
        question.topic = text(&listed.topic);
        set.questions.push(question);
    } else {
        set.refused = 1;
    }
    let _ = intake.finish();
    pin_combined(sheet, &mut set);
    set
}

/// What manifest and test say.
fn plan(name: &str, parts: &Parts) -> Plan {
    let mut plan = Plan::default();
    let shown = format!("{name}/{MANIFEST}");
    let Some(bytes) = parts.get(MANIFEST) else {
        let path = MANIFEST.to_owned();
        plan.faults
            .push(Fault::of_file(name, FaultCode::PackageMissing { path }));
        return plan;
    };
    let text = match decode_within(&shown, bytes, MAX_PART_BYTES) {
        Ok(text) => text,
        Err(fault) => {
            plan.faults.push(*fault);
            return plan;
        }
    };
    let mut sheet = Sheet::new(&shown, &text);
    let mut tests = Vec::new();
    if let Some(root) = xml::parse(&mut sheet) {
        let resources: Vec<&Element> = root
            .child("resources")
            .into_iter()
            .flat_map(|list| list.all("resource"))
            .collect();
        for resource in resources {
            read_resource(&mut sheet, resource, &mut plan, &mut tests);
        }
    }
    plan.faults.extend(sheet.into_faults());
    for path in tests {
        read_test(name, &path, parts, &mut plan);
    }
    plan
}

/// An entry of the manifest: an item, a test, or another part.
fn read_resource(sheet: &mut Sheet<'_>, resource: &Element, plan: &mut Plan, tests: &mut Vec<String>) {
    let is_of = |word: &str| resource.attribute("type").unwrap_or_default().contains(word);
    let hrefs = resource
        .all("file")
        .chain([resource])
        .filter_map(|element| element.attribute("href"));
    for href in hrefs {
        match archive::resolve(MANIFEST, &percent_decoded(href)) {
            Some(path) => {
                plan.named.insert(path);
            }
            None => {
                let path = shorten(href, 80);
                sheet.fault(
                    resource.span.clone(),
                    &Subject::File,
                    FaultCode::PackagePath { path },
                );
            }
        }
    }
    let href = resource.attribute("href").map(percent_decoded);
    let Some(path) = href.and_then(|href| archive::resolve(MANIFEST, &href)) else {
        return;
    };
    if is_of("imsqti_item") {
        plan.items.push(Listed {
            path,
            ..metadata(resource)
        });
    } else if is_of("imsqti_test") || is_of("imsqti_assessment") {
        tests.push(path);
    }
}

/// Difficulty, source and topic out of an entry's metadata; a second keyword would be a second topic, and is left.
fn metadata(resource: &Element) -> Listed {
    let lom = resource
        .child("metadata")
        .and_then(|metadata| metadata.child("lom"));
    let difficulty = lom.and_then(|lom| lom.child("educational")?.child("difficulty")?.child("value"));
    let is_source = |relation: &&Element| {
        let value = relation.child("kind").and_then(|kind| kind.child("value"));
        value.is_some_and(|value| value.text().trim() == "isbasedon")
    };
    let relation = lom.and_then(|lom| lom.all("relation").find(is_source));
    let source =
        relation.and_then(|relation| relation.child("resource")?.child("description")?.child("string"));
    let topic = lom.and_then(|lom| lom.child("general")?.child("keyword")?.child("string"));
    Listed {
        path: String::new(),
        level: difficulty.and_then(|value| level_of(&value.text())),
        source: source.map(Element::text),
        topic: topic.map(Element::text),
    }
}

/// A test gives the set its title; what it says about drawing, time and weights belongs to the contest and is told.
fn read_test(name: &str, path: &str, parts: &Parts, plan: &mut Plan) {
    let shown = format!("{name}/{path}");
    let Some(bytes) = parts.get(path) else {
        let path = path.to_owned();
        plan.faults.push(Fault::of_file(
            &format!("{name}/{MANIFEST}"),
            FaultCode::PackageMissing { path },
        ));
        return;
    };
    let text = match decode_within(&shown, bytes, MAX_PART_BYTES) {
        Ok(text) => text,
        Err(fault) => {
            plan.faults.push(*fault);
            return;
        }
    };
    let mut sheet = Sheet::new(&shown, &text);
    if let Some(root) = xml::parse(&mut sheet) {
        let title = attribute(&root, "title")
            .map(str::trim)
            .filter(|title| !title.is_empty());
        plan.title = plan.title.take().or(title.map(str::to_owned));
        let mut intake = Intake::new(&mut sheet);
        let mut references = Vec::new();
        note_settings(&mut intake, &root, &mut references);
        for href in references {
            let target = archive::resolve(path, &percent_decoded(&href));
            let is_listed = target
                .as_ref()
                .is_some_and(|target| plan.items.iter().any(|item| item.path == *target));
            if !is_listed {
                intake.fault(
                    &root.span,
                    FaultCode::PackageMissing {
                        path: shorten(&href, 80),
                    },
                );
            }
        }
        let _ = intake.finish();
    }
    plan.faults.extend(sheet.into_faults());
}

/// Notes every setting of a test, and gathers the items it names.
fn note_settings(intake: &mut Intake<'_, '_>, element: &Element, references: &mut Vec<String>) {
    for child in element.elements() {
        let kind = kind(child);
        match kind.as_str() {
            "selection"
            | "ordering"
            | "time-limits"
            | "weight"
            | "pre-condition"
            | "branch-rule"
            | "rubric-block"
            | "item-session-control"
            | "template-default"
            | "test-feedback"
            | "outcome-processing" => {
                intake.often(&child.span, Often::Setting(kind.clone()));
            }
            "assessment-item-ref" => references.extend(attribute(child, "href").map(str::to_owned)),
            _ => {}
        }
        for setting in ["required", "fixed", "keep-together", "visible"] {
            // Only what differs from the ordinary says something.
            let ordinary = if matches!(setting, "keep-together" | "visible") {
                "true"
            } else {
                "false"
            };
            let is_section = matches!(kind.as_str(), "assessment-section" | "assessment-item-ref");
            if is_section && attribute(child, setting).is_some_and(|value| value != ordinary) {
                intake.often(&child.span, Often::Setting(setting.to_owned()));
            }
        }
        note_settings(intake, child, references);
    }
}

/// An item by itself; a test by itself names questions that are elsewhere.
fn read_single(name: &str, bytes: &[u8], shelf: &Shelf<'_>) -> Imported {
    let text = match decode_within(name, bytes, MAX_PART_BYTES) {
        Ok(text) => text,
        Err(fault) => {
            return Imported {
                faults: vec![*fault],
                ..Imported::default()
            };
        }
    };
    let (id, title) = raw::name_of(name);
    let mut sheet = Sheet::new(name, &text);
    sheet.shelf = Some(shelf);
    let raw = read_file(&mut sheet, 1, &Listed::default(), &Parts::new());
    let draft: SetDraft = raw::check(&mut sheet, RawSet { id, ..raw }, &title);
    Imported::of_parts(vec![(sheet, draft)], Vec::new())
}
