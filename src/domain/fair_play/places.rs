//! Places declared beforehand, such as a school with its lab or an office that helps people without a device.
//!
//! Owns what a declaration says, reading one from a form or a line of a file, and whether it speaks for a group of entries;
//! what the group looks like is `fair_play`'s.

use super::super::ids::UnitId;
use super::super::participant::vietnam;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

/// Longest note, in characters.
pub const MAX_NOTE: usize = 500;
/// Networks of one place.
pub const MAX_NETWORKS: usize = 20;
/// Lines of a file of places.
pub const MAX_LINES: usize = 2_000;

/// What kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A school with a room of computers.
    SchoolLab,
    /// An office where staff help people who have no device.
    Office,
    /// Something else, said in the note.
    Other,
}

impl PlaceKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::SchoolLab, Self::Office, Self::Other];

    /// The word stored and used in forms, files and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SchoolLab => "school-lab",
            Self::Office => "office",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A declaration as somebody makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlace {
    /// The unit, with those below it.
    pub unit: UnitId,
    /// What it is.
    pub kind: PlaceKind,
    /// From when people sit together there; without it from the beginning.
    pub from: Option<OffsetDateTime>,
    /// Until when.
    pub until: Option<OffsetDateTime>,
    /// Networks it goes online with, in their usual form.
    pub networks: Vec<String>,
    /// Who sits there and why.
    pub note: String,
}

/// What is wrong with a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlaceFault {
    /// There is no unit of that code.
    #[error("no such unit")]
    Unit,
    /// There is no such kind.
    #[error("no such kind of place")]
    Kind,
    /// A moment that cannot be read.
    #[error("a moment cannot be read")]
    Moment,
    /// The end is not after the beginning.
    #[error("the end is not after the beginning")]
    Order,
    /// Something that is no network address, or too many of them.
    #[error("no network address, or more than {MAX_NETWORKS}")]
    Network,
    /// Nothing says who sits there and why.
    #[error("a note is needed")]
    Note,
    /// The note is too long.
    #[error("the note is longer than {MAX_NOTE} characters")]
    LongNote,
    /// The line has too few columns.
    #[error("the line has too few columns")]
    Columns,
    /// The file has no lines, or more than allowed.
    #[error("no lines, or more than {MAX_LINES}")]
    Lines,
}

impl PlaceFault {
    /// The word used in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Kind => "kind",
            Self::Moment => "moment",
            Self::Order => "order",
            Self::Network => "network",
            Self::Note => "note",
            Self::LongNote => "long-note",
            Self::Columns => "columns",
            Self::Lines => "lines",
        }
    }
}

/// A declaration as typed, field by field.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    /// Code of the unit.
    pub unit: &'a str,
    /// Name of the kind.
    pub kind: &'a str,
    /// "2033-06-06T08:00" or "2033-06-06 08:00", in Vietnam; empty for none.
    pub from: &'a str,
    /// The same.
    pub until: &'a str,
    /// Addresses or ranges, with spaces or commas between them.
    pub networks: &'a str,
    /// Who and why.
    pub note: &'a str,
}

impl Typed<'_> {
    /// The declaration, or the first thing that is wrong with it. `unit` finds a unit by its code.
    pub fn read(&self, unit: impl Fn(&str) -> Option<UnitId>) -> Result<NewPlace, PlaceFault> {
        let unit = unit(self.unit.trim()).ok_or(PlaceFault::Unit)?;
        let kind = PlaceKind::parse(self.kind.trim()).ok_or(PlaceFault::Kind)?;
        let (from, until) = (moment(self.from)?, moment(self.until)?);
        if let (Some(from), Some(until)) = (from, until)
            && from >= until
        {
            return Err(PlaceFault::Order);
        }
        let note = self.note.trim();
        if note.is_empty() {
            return Err(PlaceFault::Note);
        }
        if note.chars().count() > MAX_NOTE {
            return Err(PlaceFault::LongNote);
        }
        Ok(NewPlace {
            unit,
            kind,
            from,
            until,
            networks: networks(self.networks)?,
            note: note.to_owned(),
        })
    }
}

/// Every line of a file of places, or the number of the first wrong one with what is wrong. Columns are divided by tabs,
/// semicolons or commas, as the first line is: unit, kind, from, until, networks, note. The note is the rest of the line;
/// a first line whose first column is `unit` names the columns.
pub fn read_lines(
    text: &str,
    unit: impl Fn(&str) -> Option<UnitId>,
) -> Result<Vec<NewPlace>, (usize, PlaceFault)> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = || {
        (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.trim().is_empty())
    };
    let first = lines().next().map_or("", |(_, line)| line);
    let between = ['\t', ';']
        .into_iter()
        .find(|c| first.contains(*c))
        .unwrap_or(',');
    let mut places = Vec::new();
    for (number, line) in lines() {
        let mut cells = line.splitn(6, between).map(bare);
        let mut next = || cells.next().ok_or((number, PlaceFault::Columns));
        let typed = Typed {
            unit: next()?,
            kind: next()?,
            from: next()?,
            until: next()?,
            networks: next()?,
            note: next()?,
        };
        if places.is_empty() && typed.unit.eq_ignore_ascii_case("unit") {
            continue;
        }
        if places.len() == MAX_LINES {
            return Err((number, PlaceFault::Lines));
        }
        places.push(typed.read(&unit).map_err(|fault| (number, fault))?);
    }
    if places.is_empty() {
        return Err((1, PlaceFault::Lines));
    }
    Ok(places)
}

/// A cell without the quotes that spreadsheets put around it.
fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    let inner = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(cell).trim()
}

fn moment(text: &str) -> Result<Option<OffsetDateTime>, PlaceFault> {
    let text = text.trim().replacen('T', " ", 1);
    if text.is_empty() {
        return Ok(None);
    }
    let minutes = format_description!("[year]-[month]-[day] [hour]:[minute]");
    let parsed = PrimitiveDateTime::parse(&text, minutes).map_err(|_| PlaceFault::Moment)?;
    Ok(Some(parsed.assume_offset(vietnam())))
}

fn networks(text: &str) -> Result<Vec<String>, PlaceFault> {
    let words = text
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|word| !word.is_empty());
    let read: Option<Vec<String>> = words.map(network).collect();
    read.filter(|all| all.len() <= MAX_NETWORKS)
        .ok_or(PlaceFault::Network)
}

/// One address or a range of them ("203.0.113.0/24").
fn network(word: &str) -> Option<String> {
    let (address, bits) = match word.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u8>().ok()?)),
        None => (word, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    match bits {
        None => Some(address.to_string()),
        Some(bits) if bits <= most => Some(format!("{address}/{bits}")),
        Some(_) => None,
    }
}

/// Declared places as a review reads them: every unit they speak for, with the stretches of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<UnitId, Vec<(i64, i64)>>);

impl Places {
    /// Adds a unit with the microseconds since 1970 from and until when people sit together there.
    pub fn add(&mut self, unit: UnitId, from_us: Option<i64>, until_us: Option<i64>) {
        let stretch = (from_us.unwrap_or(i64::MIN), until_us.unwrap_or(i64::MAX));
        self.0.entry(unit).or_default().push(stretch);
    }

    /// Whether one declaration speaks for everything that people of a unit finished in a stretch of time.
    pub fn covers(&self, unit: UnitId, finished_us: &RangeInclusive<i64>) -> bool {
        let mut stretches = self.0.get(&unit).into_iter().flatten();
        stretches.any(|(from, until)| from <= finished_us.start() && finished_us.end() < until)
    }
}

#[cfg(test)]
mod tests;
