//! Reading a contest directory whole, or one question file: every fault of every file, and what can be loaded.
//!
//! Owns the order of checks and what files contradict among each other; each file is read by its own module.

use super::contest::ContestDraft;
use super::feasible::{self, SetsFacts};
use super::media::Shelf;
use super::questions::{self, SetDraft};
use super::source::{Sheet, decode};
use super::tree::{decode_all, directory_faults, is_question_file};
use super::units::{self, UnitsDraft};
use super::{
    Fault, FaultCode, Found, LoadedContest, LoadedSet, LookFor, Severity, SourceTree, Subject, contest,
    excluded, json, official, raw, similar, words,
};
use crate::domain::exclusion::reasons;
use std::collections::{BTreeMap, BTreeSet};

/// What reading a contest gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The contest; `None` when any fault is an error.
    pub loaded: Option<LoadedContest>,
    /// Every fault of every file: `contest.toml` first, then `units.csv`, then the question files by name.
    pub faults: Vec<Fault>,
    /// Questions examined, faulty ones among them.
    pub questions: usize,
}

/// Reads a contest directory, looking only into those media files that the tree holds; of the others their being there is
/// enough.
pub fn read_contest(files: &SourceTree) -> Reading {
    read_contest_with(files, &|path| match files.files.get(path) {
        Some(bytes) => Found::Bytes(bytes.clone()),
        None if files.has(path) => Found::Unread,
        None => Found::Missing,
    })
}

/// Reads a contest directory; `look_for` finds the media files that its questions name.
pub fn read_contest_with(files: &SourceTree, look_for: LookFor<'_>) -> Reading {
    let mut faults = directory_faults(files);
    let texts = decode_all(files, &mut faults);
    let text_of = |path: &str| {
        texts
            .iter()
            .find(|(name, _)| *name == path)
            .map(|(name, text)| (*name, text.as_ref()))
    };
    let mut contest_sheet = text_of(contest::FILE).map(|(name, text)| Sheet::new(name, text));
    let mut units_sheet = text_of(units::FILE).map(|(name, text)| Sheet::new(name, text));
    let mut listed_sheet = text_of(excluded::FILE).map(|(name, text)| Sheet::new(name, text));
    let contest = contest_sheet.as_mut().map(contest::read_file);
    let units = units_sheet.as_mut().map(units::read_file).unwrap_or_default();
    let listed = listed_sheet.as_mut().map(excluded::read_file).unwrap_or_default();
    let shelf = Shelf::new(Some(look_for));
    let question_files = texts.iter().filter(|(name, _)| is_question_file(name));
    let mut sets: Vec<(Sheet<'_>, SetDraft)> = question_files
        .map(|(name, text)| {
            let mut sheet = Sheet::new(name, text);
            sheet.shelf = Some(&shelf);
            let draft = questions::read_toml(&mut sheet);
            (sheet, draft)
        })
        .collect();
    let unread = files.files.keys().filter(|path| is_question_file(path)).count() != sets.len();
    let paper_files = texts.iter().map(|(name, text)| (*name, text.as_ref()));
    let papers = official::read_papers(
        paper_files.filter(|(name, _)| official::is_paper_file(name)),
        &mut faults,
    );
    check_sets(&mut sets);
    if let (Some(contest), Some(sheet)) = (&contest, &mut contest_sheet) {
        check_together(contest, sheet, &units, units_sheet.as_mut(), &mut sets, unread);
    }
    let questions = sets.iter().map(|(_, set)| set.count).sum();
    faults.extend(
        contest_sheet
            .into_iter()
            .chain(units_sheet)
            .chain(listed_sheet)
            .flat_map(Sheet::into_faults),
    );
    let mut drafts = Vec::new();
    for (sheet, draft) in sets {
        faults.extend(sheet.into_faults());
        drafts.push(draft);
    }
    faults.sort_by_key(|fault| file_order(&fault.file));
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    let (_, media) = shelf.into_parts();
    let loaded = contest
        .filter(|_| good)
        .and_then(|contest| finish(contest, &files.name, units, drafts))
        .map(|mut loaded| {
            loaded.definition.papers = papers;
            let kinds = &mut loaded.definition.entry.no_prize;
            kinds.extend(
                reasons(&listed)
                    .into_iter()
                    .filter(|own| !kinds.contains(own))
                    .collect::<Vec<_>>(),
            );
            LoadedContest {
                media,
                listed,
                ..loaded
            }
        });
    Reading {
        loaded,
        faults,
        questions,
    }
}

/// Reads one question file: the JSON model when the name ends in `.json`, TOML otherwise. Media files are not looked for.
pub fn read_set(name: &str, bytes: &[u8]) -> (Option<LoadedSet>, Vec<Fault>) {
    if name.to_lowercase().ends_with(".json") {
        return read_set_json(name, bytes);
    }
    read_one(name, bytes, |sheet| Some(questions::read_toml(sheet)))
}

/// Reads the neutral JSON model. A set that does not say its `id` is named after its file.
pub fn read_set_json(name: &str, bytes: &[u8]) -> (Option<LoadedSet>, Vec<Fault>) {
    let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let id = words::slug_of(stem);
    read_one(name, bytes, |sheet| {
        let root = json::parse_json(sheet)?;
        Some(questions::read_json(sheet, &root, id))
    })
}

fn read_one(
    name: &str,
    bytes: &[u8],
    read: impl FnOnce(&mut Sheet<'_>) -> Option<SetDraft>,
) -> (Option<LoadedSet>, Vec<Fault>) {
    let text = match decode(name, bytes) {
        Ok(text) => text,
        Err(fault) => return (None, vec![*fault]),
    };
    let mut sheet = Sheet::new(name, &text);
    let Some(draft) = read(&mut sheet) else {
        return (None, sheet.into_faults());
    };
    let mut sets = [(sheet, draft)];
    similar::check_stems(&mut sets);
    let [(sheet, draft)] = sets;
    let faults = sheet.into_faults();
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    (good.then_some(draft).and_then(SetDraft::finish), faults)
}

/// The name of the set in a file that does not say one: that of the file without marks.
pub fn set_id_of_file(name: &str) -> Option<crate::domain::question::SetId> {
    raw::name_of(name).0.map(crate::domain::question::SetId)
}

/// What sets contradict among each other.
fn check_sets(sets: &mut [(Sheet<'_>, SetDraft)]) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut count = 0;
    for (sheet, set) in sets.iter_mut() {
        if let Some(id) = &set.id {
            if let Some(file) = seen.get(&id.value) {
                let code = FaultCode::SetDuplicate {
                    id: id.value.clone(),
                    file: file.clone(),
                };
                sheet.fault(id.span.clone(), &Subject::File, code);
            } else {
                seen.insert(id.value.clone(), sheet.file.to_owned());
            }
        }
        let before = count;
        count += set.count;
        if before <= questions::MAX_QUESTIONS && count > questions::MAX_QUESTIONS {
            let (count, limit) = (count as u64, questions::MAX_QUESTIONS as u64);
            sheet.fault(0..0, &Subject::File, FaultCode::TooManyQuestions { count, limit });
        }
    }
    similar::check_stems(sets);
}

/// What the files contradict among each other; `unread` says that a question file could not be decoded.
fn check_together(
    contest: &ContestDraft,
    sheet: &mut Sheet<'_>,
    units: &UnitsDraft,
    units_sheet: Option<&mut Sheet<'_>>,
    sets: &mut [(Sheet<'_>, SetDraft)],
    unread: bool,
) {
    let mut facts = SetsFacts {
        sets: BTreeMap::new(),
        uncertain: BTreeSet::new(),
        complete: !unread,
    };
    for (sheet, set) in sets.iter() {
        let Some(id) = &set.id else {
            facts.complete = false;
            continue;
        };
        let again = facts.sets.insert(id.value.clone(), set.holdings).is_some();
        // Of two sets with one name, one was meant to have another.
        facts.complete &= !again;
        if again || sheet.is_broken() {
            facts.uncertain.insert(id.value.clone());
        }
    }
    let used = feasible::check_draws(sheet, contest, &facts);
    contest.prizes.check(sheet, contest.rounds.len());
    feasible::check_units(sheet, contest, units);
    if let Some(units_sheet) = units_sheet {
        feasible::check_days(units_sheet, contest, units);
    }
    let Some(used) = used.filter(|_| !sheet.is_broken()) else {
        return;
    };
    for (sheet, set) in sets {
        if let Some(id) = set.id.as_ref().filter(|id| !used.contains(&id.value)) {
            let code = FaultCode::UnusedSet {
                set: id.value.clone(),
            };
            sheet.fault(id.span.clone(), &Subject::File, code);
        }
    }
}

fn finish(
    contest: ContestDraft,
    slug: &str,
    units: UnitsDraft,
    sets: Vec<SetDraft>,
) -> Option<LoadedContest> {
    Some(LoadedContest {
        definition: contest.finish(slug)?,
        units: units.units.into_iter().map(|unit| unit.definition).collect(),
        listed: Vec::new(),
        sets: sets
            .into_iter()
            .map(SetDraft::finish)
            .collect::<Option<Vec<_>>>()?,
        media: Vec::new(),
    })
}

/// The order of files in a report.
fn file_order(file: &str) -> (u8, String) {
    let rank = match file {
        contest::FILE => 0,
        units::FILE => 1,
        excluded::FILE => 2,
        _ => 3,
    };
    (rank, file.to_owned())
}
