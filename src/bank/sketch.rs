//! `contest.toml` as a tree that forms may edit without knowing what its keys mean, so that nothing is lost on the way.
//!
//! Owns paths (`round.0.paper.points`), rows and the path at a place of the text; leaves the written form to
//! `sketch_text` and every meaning to the reader of the file.

use super::node::{Node, Table, Value, from_toml};
use super::source::Sheet;
use toml::de::DeTable;

/// A value of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sketched {
    /// A text.
    Text(String),
    /// A number, truth value or moment, as TOML writes it.
    Plain(String),
    /// A list; tables in it are rows.
    List(Vec<Sketched>),
    /// Keys with their values, each key once.
    Table(Vec<(String, Sketched)>),
}

/// The whole file. Paths are keys and places of rows from 0, joined by dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch(pub(super) Sketched);

impl Sketched {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A whole number.
    pub fn number(number: impl Into<u64>) -> Self {
        Self::Plain(number.into().to_string())
    }

    /// A truth value.
    pub fn truth(truth: bool) -> Self {
        Self::Plain(truth.to_string())
    }

    /// A table of these entries; those without a value are left out.
    pub fn table<const N: usize>(entries: [(&str, Option<Self>); N]) -> Self {
        let given = entries.into_iter();
        Self::Table(
            given
                .filter_map(|(key, value)| Some((key.to_owned(), value?)))
                .collect(),
        )
    }

    /// What stands there as it is written, without quotes; `None` for lists and tables.
    pub fn written(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Plain(text) => Some(text),
            Self::List(_) | Self::Table(_) => None,
        }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Text(_) | Self::Plain(_) | Self::Table(_) => &[],
        }
    }

    fn child(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Table(entries) => entries
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            Self::List(items) => items.get(key.parse::<usize>().ok()?),
            Self::Text(_) | Self::Plain(_) => None,
        }
    }

    fn child_mut(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Table(entries) => entries
                .iter_mut()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            Self::List(items) => items.get_mut(key.parse::<usize>().ok()?),
            Self::Text(_) | Self::Plain(_) => None,
        }
    }

    fn put(&mut self, path: &[&str], value: Option<Self>) {
        let Some((key, rest)) = path.split_first() else {
            // A row whose only content was taken away stays a row.
            *self = value.unwrap_or_else(|| Self::text(""));
            return;
        };
        if let Self::List(items) = self {
            let item = key.parse::<usize>().ok().and_then(|place| items.get_mut(place));
            if let Some(item) = item {
                item.put(rest, value);
            }
            return;
        }
        if !matches!(self, Self::Table(_)) && value.is_some() {
            *self = Self::Table(Vec::new());
        }
        if let Self::Table(entries) = self {
            put_in(entries, key, rest, value);
        }
    }
}

/// Puts a value under a key, or below it; a table that has become empty goes.
fn put_in(entries: &mut Vec<(String, Sketched)>, key: &str, rest: &[&str], value: Option<Sketched>) {
    let place = entries.iter().position(|(name, _)| name == key);
    match (place, value) {
        (None, None) => {}
        (None, Some(value)) => {
            let mut child = Sketched::Table(Vec::new());
            child.put(rest, Some(value));
            entries.push((key.to_owned(), child));
        }
        (Some(_), None) if rest.is_empty() => entries.retain(|(name, _)| name != key),
        (Some(place), value) => {
            if let Some((_, child)) = entries.get_mut(place) {
                child.put(rest, value);
                if matches!(child, Sketched::Table(inner) if inner.is_empty()) {
                    entries.retain(|(name, _)| name != key);
                }
            }
        }
    }
}

impl Sketch {
    /// The tree of a file; `None` where its grammar is broken, which the reader of the file explains.
    pub fn read(text: &str) -> Option<Self> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return None;
        }
        let sheet = Sheet::new(super::contest::FILE, text);
        Some(Self(sketched_table(&sheet, &from_toml(&sheet, &table))))
    }

    /// The value at a path.
    pub fn get(&self, path: &str) -> Option<&Sketched> {
        path.split('.').try_fold(&self.0, |at, key| at.child(key))
    }

    /// The text or number at a path, without quotes.
    pub fn written(&self, path: &str) -> Option<&str> {
        self.get(path).and_then(Sketched::written)
    }

    /// Rows of the list at a path.
    pub fn rows(&self, path: &str) -> usize {
        self.get(path).map_or(0, |list| list.items().len())
    }

    /// Puts a value at a path, making the tables on the way; `None` takes it away, and tables that become empty with it.
    pub fn put(&mut self, path: &str, value: Option<Sketched>) {
        let keys: Vec<&str> = path.split('.').collect();
        self.0.put(&keys, value);
    }

    /// Adds a row at the end of the list at a path, making the list where there is none.
    pub fn add_row(&mut self, path: &str, row: Sketched) {
        let mut items = self
            .get(path)
            .map(|list| list.items().to_vec())
            .unwrap_or_default();
        items.push(row);
        self.put(path, Some(Sketched::List(items)));
    }

    /// Takes a row away; a list without rows goes.
    pub fn remove_row(&mut self, row: &str) {
        self.change_rows(row, |items, place| {
            items.remove(place);
        });
    }

    /// Moves a row one place up or down, if there is room.
    pub fn move_row(&mut self, row: &str, up: bool) {
        self.change_rows(row, |items, place| {
            let other = if up { place.checked_sub(1) } else { Some(place + 1) };
            if let Some(other) = other.filter(|other| *other < items.len()) {
                items.swap(place, other);
            }
        });
    }

    /// Changes the list that a row is in; `change` is only called with the place of a row that is there.
    fn change_rows(&mut self, row: &str, change: impl FnOnce(&mut Vec<Sketched>, usize)) {
        let Some((list, place)) = row.rsplit_once('.') else {
            return;
        };
        let Some(place) = place
            .parse::<usize>()
            .ok()
            .filter(|place| *place < self.rows(list))
        else {
            return;
        };
        let found = list.split('.').try_fold(&mut self.0, |at, key| at.child_mut(key));
        let Some(Sketched::List(items)) = found else {
            return;
        };
        change(items, place);
        if items.is_empty() {
            self.put(list, None);
        }
    }

    /// The file.
    pub fn write(&self) -> String {
        super::sketch_text::write(&self.0)
    }
}

fn sketched_table(sheet: &Sheet<'_>, table: &Table) -> Sketched {
    let entries = table.entries.iter();
    Sketched::Table(
        entries
            .map(|entry| (entry.key.clone(), sketched(sheet, &entry.node)))
            .collect(),
    )
}

fn sketched(sheet: &Sheet<'_>, node: &Node) -> Sketched {
    match &node.value {
        Value::Text(text) => Sketched::Text(text.clone()),
        Value::Integer(Some(number)) => Sketched::Plain(number.to_string()),
        Value::Boolean(truth) => Sketched::truth(*truth),
        Value::Integer(None) => Sketched::Plain(sheet.slice(&node.span).to_owned()),
        Value::Decimal(text) | Value::Moment(text) => Sketched::Plain(text.clone()),
        Value::List(items) => Sketched::List(items.iter().map(|item| sketched(sheet, item)).collect()),
        Value::Table(table) => sketched_table(sheet, table),
        // TOML has no such value.
        Value::Nothing => Sketched::text(""),
    }
}

/// The path of what stands at a line and column of a file, both from 1, the column in characters; empty where nothing
/// does. Of a header it is the path of its table.
pub fn path_at(text: &str, line: u32, column: u32) -> String {
    let (table, _) = DeTable::parse_recoverable(text);
    let sheet = Sheet::new(super::contest::FILE, text);
    let at = offset(text, line, column);
    find(&from_toml(&sheet, &table), at, "").unwrap_or_default()
}

fn offset(text: &str, line: u32, column: u32) -> usize {
    let before = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let chars = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
    start + rest.chars().take(chars).map(char::len_utf8).sum::<usize>()
}

fn join(path: &str, key: &str) -> String {
    match path {
        "" => key.to_owned(),
        path => format!("{path}.{key}"),
    }
}

fn find(table: &Table, at: usize, path: &str) -> Option<String> {
    table.entries.iter().find_map(|entry| {
        let own = join(path, &entry.key);
        within(&entry.node, at, &own).or_else(|| entry.key_span.contains(&at).then_some(own))
    })
}

/// The deepest value around the place.
fn within(node: &Node, at: usize, path: &str) -> Option<String> {
    let inner = match &node.value {
        Value::Table(table) => find(table, at, path),
        Value::List(items) => (0..)
            .zip(items)
            .find_map(|(place, item): (usize, _)| within(item, at, &join(path, &place.to_string()))),
        Value::Text(_)
        | Value::Integer(_)
        | Value::Decimal(_)
        | Value::Boolean(_)
        | Value::Moment(_)
        | Value::Nothing => None,
    };
    inner.or_else(|| node.span.contains(&at).then(|| path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "[contest]\ntitle = \"Một\"\n\n[[prize]]\nname = \"Nhất\"\nplaces = 1\n\n[[prize]]\nname = \"Nhì\"\n\n\
                        [[round]]\nnumber = 1\n[round.paper]\ndraw = [\n  { set = \"a\", count = 5 },\n  { set = \"b\", count = 3 },\n]\n";

    fn sketch() -> Sketch {
        Sketch::read(FILE).unwrap()
    }

    #[test]
    fn what_is_written_reads_as_the_same_tree() {
        let mut odd = sketch();
        odd.put(
            "contest.rules",
            Some(Sketched::text("Một \"hai\" \\ ba\n\n\"\"\"bốn\"\"\"\ncuối\"")),
        );
        odd.put("contest.khóa lạ.trong", Some(Sketched::text("giữ\u{1}nguyên\t")));
        odd.put(
            "contest.open_to",
            Some(Sketched::List(vec![
                Sketched::text("x".repeat(90)),
                Sketched::text("y".repeat(90)),
            ])),
        );
        odd.put("round.0.qualifying.per_unit.count", Some(Sketched::number(3_u32)));
        let again = Sketch::read(&odd.write()).unwrap();
        assert_eq!(again.write(), odd.write());
        for path in [
            "contest.rules",
            "contest.khóa lạ.trong",
            "contest.open_to",
            "round.0.qualifying.per_unit.count",
            "prize.1.name",
        ] {
            assert_eq!(again.get(path), odd.get(path), "{path}");
        }
    }

    #[test]
    fn values_are_put_and_taken_away_and_empty_tables_go_with_them() {
        let mut sketch = sketch();
        sketch.put("ranking.gate.min_score", Some(Sketched::number(150_u32)));
        assert_eq!(sketch.written("ranking.gate.min_score"), Some("150"));
        sketch.put("ranking.gate.min_score", None);
        assert_eq!(sketch.get("ranking"), None);
        sketch.put("prize.7.name", Some(Sketched::text("nowhere")));
        assert_eq!(sketch.rows("prize"), 2);
    }

    #[test]
    fn rows_are_added_moved_and_removed() {
        let mut sketch = sketch();
        sketch.add_row("prize", Sketched::table([("name", Some(Sketched::text("Ba")))]));
        sketch.move_row("prize.2", true);
        let names = |sketch: &Sketch| -> Vec<String> {
            (0..sketch.rows("prize"))
                .map(|row| sketch.written(&format!("prize.{row}.name")).unwrap().to_owned())
                .collect()
        };
        assert_eq!(names(&sketch), ["Nhất", "Ba", "Nhì"]);
        sketch.move_row("prize.2", false);
        sketch.remove_row("prize.0");
        sketch.remove_row("prize.9");
        assert_eq!(names(&sketch), ["Ba", "Nhì"]);
        sketch.remove_row("prize.0");
        sketch.remove_row("prize.0");
        assert_eq!(sketch.get("prize"), None);
    }

    #[test]
    fn a_place_of_the_text_is_the_path_of_what_stands_there() {
        for (needle, path) in [
            ("[contest]", "contest"),
            ("\"Một\"", "contest.title"),
            ("[[prize]]\nname = \"Nhì\"", "prize.1"),
            ("places", "prize.0.places"),
            ("\"b\"", "round.0.paper.draw.1.set"),
            ("{ set = \"b\"", "round.0.paper.draw.1"),
            ("[round.paper]", "round.0.paper"),
        ] {
            let at = FILE.find(needle).unwrap();
            let before = &FILE[..at];
            let line = before.matches('\n').count() as u32 + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() as u32 + 1;
            assert_eq!(path_at(FILE, line, column), path, "{needle}");
        }
        assert_eq!(path_at(FILE, 900, 1), "");
    }

    #[test]
    fn a_file_with_broken_grammar_has_no_tree() {
        assert_eq!(Sketch::read("[contest\ntitle = "), None);
    }
}
