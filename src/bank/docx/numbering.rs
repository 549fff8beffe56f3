//! Automatic numbering: labels that Word shows and no text holds.
//!
//! Owns `numbering.xml` and counting; leaves what a label means (a question, an option) to the paper parser.

use super::styles::ListPlace;
use super::xml::Element;
use std::collections::HashMap;

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: Format,
    /// "%1." with the numbers of levels in it.
    text: String,
    /// `w:lvlRestart`: the level whose next number starts this one anew; 0 for never.
    restart: Option<u32>,
    style: Option<String>,
    /// All numbers of the label are written in digits.
    legal: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Decimal,
    DecimalZero,
    UpperLetter,
    LowerLetter,
    UpperRoman,
    LowerRoman,
    /// A sign or nothing.
    None,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: HashMap<usize, Level>,
    /// Another list by the name of its style.
    style_link: Option<String>,
    own_style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    abstract_id: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<u32, Abstract>,
    lists: HashMap<u32, List>,
    /// By abstract list: the last number of every level.
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Starts of their own that have been used, by list and level.
    started: std::collections::HashSet<(u32, usize)>,
}

impl Numbering {
    pub(super) fn read(root: Element<'_, '_>) -> Self {
        let mut numbering = Self::default();
        for child in root.children() {
            match (child.name(), child.number("abstractNumId"), child.number("numId")) {
                ("abstractNum", Some(id), _) => drop(numbering.abstracts.insert(id, read_abstract(child))),
                ("num", _, Some(id)) => drop(numbering.lists.insert(id, read_list(child))),
                _ => {}
            }
        }
        numbering
    }

    /// The label of the next paragraph at that place; `style` is the paragraph style that says the place, if one does.
    pub(super) fn label(&mut self, place: ListPlace, style: Option<&str>) -> Option<String> {
        let id = place.list.filter(|list| *list != 0)?;
        let abstract_id = self.abstract_of(id)?;
        let of_style = || {
            let levels = &self.abstracts.get(&abstract_id)?.levels;
            let found = levels
                .iter()
                .find(|(_, level)| level.style.is_some() && level.style.as_deref() == style);
            found.map(|(place, _)| *place)
        };
        let at = match place.level {
            Some(level) => usize::try_from(level).ok()?,
            None => of_style().unwrap_or(0),
        };
        if at >= LEVELS {
            return None;
        }
        self.count(id, abstract_id, at)?;
        self.render(id, abstract_id, at)
    }

    /// The list that holds the levels, through links by style.
    fn abstract_of(&self, id: u32) -> Option<u32> {
        let abstract_id = self.lists.get(&id)?.abstract_id;
        let link = self.abstracts.get(&abstract_id)?.style_link.as_deref();
        let linked = link.and_then(|link| {
            let found = self
                .abstracts
                .iter()
                .find(|(_, list)| list.own_style.as_deref() == Some(link));
            found.map(|(id, _)| *id)
        });
        Some(linked.unwrap_or(abstract_id))
    }

    fn level(&self, id: u32, abstract_id: u32, at: usize) -> Option<&Level> {
        let own = self.lists.get(&id).and_then(|list| list.levels.get(&at));
        own.or_else(|| self.abstracts.get(&abstract_id)?.levels.get(&at))
    }

    fn start(&self, id: u32, abstract_id: u32, at: usize) -> u32 {
        let own = self.lists.get(&id).and_then(|list| list.starts.get(&at));
        own.copied()
            .or_else(|| self.level(id, abstract_id, at).map(|level| level.start))
            .unwrap_or(1)
    }

    fn count(&mut self, id: u32, abstract_id: u32, at: usize) -> Option<()> {
        let start = self.start(id, abstract_id, at);
        let own_start = self
            .lists
            .get(&id)
            .is_some_and(|list| list.starts.contains_key(&at));
        let begins = own_start && self.started.insert((id, at));
        let restarts: Vec<bool> = (0..LEVELS)
            .map(|deeper| {
                let rule = self
                    .level(id, abstract_id, deeper)
                    .and_then(|level| level.restart);
                match rule {
                    Some(0) => false,
                    Some(limit) => at < usize::try_from(limit).unwrap_or(LEVELS),
                    None => true,
                }
            })
            .collect();
        let counters = self.counters.entry(abstract_id).or_default();
        let counter = counters.get_mut(at)?;
        *counter = Some(match *counter {
            Some(last) if !begins => last.saturating_add(1),
            _ => start,
        });
        for (deeper, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            if restarts.get(deeper).copied().unwrap_or(true) {
                *counter = None;
            }
        }
        Some(())
    }

    fn render(&self, id: u32, abstract_id: u32, at: usize) -> Option<String> {
        let level = self.level(id, abstract_id, at)?;
        if level.format == Format::None && !level.text.contains('%') {
            // A bullet; or a fixed word, which is a label.
            return Some(level.text.clone()).filter(|text| text.chars().any(char::is_alphanumeric));
        }
        let counters = self.counters.get(&abstract_id)?;
        let mut label = String::new();
        let mut chars = level.text.chars().peekable();
        while let Some(c) = chars.next() {
            let digit = chars
                .peek()
                .and_then(|next| next.to_digit(10))
                .filter(|_| c == '%');
            let Some(digit) = digit else {
                label.push(c);
                continue;
            };
            chars.next();
            let Some(place) = usize::try_from(digit).ok().and_then(|digit| digit.checked_sub(1)) else {
                continue;
            };
            let number = counters.get(place).copied().flatten();
            let number = number.unwrap_or_else(|| self.start(id, abstract_id, place));
            let format = self
                .level(id, abstract_id, place)
                .map_or(Format::Decimal, |level| level.format);
            let legal = level.legal && format != Format::None;
            label.push_str(&write_number(
                number,
                if legal { Format::Decimal } else { format },
            ));
        }
        Some(label).filter(|label| !label.trim().is_empty())
    }
}

fn read_abstract(element: Element<'_, '_>) -> Abstract {
    let word = |name| element.child(name).and_then(Element::val).map(str::to_owned);
    Abstract {
        levels: element.children().filter_map(read_level).collect(),
        style_link: word("numStyleLink"),
        own_style: word("styleLink"),
    }
}

fn read_list(element: Element<'_, '_>) -> List {
    let abstract_id = element
        .child("abstractNumId")
        .and_then(|child| child.number("val"));
    let mut list = List {
        abstract_id: abstract_id.unwrap_or(u32::MAX),
        ..List::default()
    };
    for over in element.children().filter(|child| child.name() == "lvlOverride") {
        let Some(at) = over.number("ilvl").and_then(|at| usize::try_from(at).ok()) else {
            continue;
        };
        if let Some(start) = over.child("startOverride").and_then(|start| start.number("val")) {
            list.starts.insert(at, start);
        }
        list.levels.extend(over.children().filter_map(read_level));
    }
    list
}

fn read_level(element: Element<'_, '_>) -> Option<(usize, Level)> {
    if element.name() != "lvl" {
        return None;
    }
    let at = usize::try_from(element.number("ilvl")?).ok()?;
    let number = |name| element.child(name).and_then(|child| child.number("val"));
    let level = Level {
        start: number("start").unwrap_or(0),
        format: format_of(
            element
                .child("numFmt")
                .and_then(Element::val)
                .unwrap_or("decimal"),
        ),
        text: element
            .child("lvlText")
            .and_then(Element::val)
            .unwrap_or_default()
            .chars()
            .take(60)
            .collect(),
        restart: number("lvlRestart"),
        style: element.child("pStyle").and_then(Element::val).map(str::to_owned),
        legal: element.child("isLgl").is_some_and(Element::is_on),
    };
    Some((at, level))
}

fn format_of(name: &str) -> Format {
    match name {
        "decimalZero" => Format::DecimalZero,
        "upperLetter" => Format::UpperLetter,
        "lowerLetter" => Format::LowerLetter,
        "upperRoman" => Format::UpperRoman,
        "lowerRoman" => Format::LowerRoman,
        "bullet" | "none" => Format::None,
        _ => Format::Decimal,
    }
}

fn write_number(number: u32, format: Format) -> String {
    match format {
        Format::Decimal => number.to_string(),
        Format::DecimalZero => format!("{number:02}"),
        Format::UpperLetter => letters(number),
        Format::LowerLetter => letters(number).to_lowercase(),
        Format::UpperRoman => roman(number),
        Format::LowerRoman => roman(number).to_lowercase(),
        Format::None => String::new(),
    }
}

/// A … Z, AA, BB …, as Word counts.
fn letters(number: u32) -> String {
    let Some(place) = number.checked_sub(1) else {
        return String::new();
    };
    // Below 26, so the sum is a capital letter.
    let letter = char::from(b'A' + (place % 26) as u8);
    let times = usize::try_from(place / 26 + 1).unwrap_or(1).min(10);
    std::iter::repeat_n(letter, times).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number.min(3_999);
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    const XML: &str = r#"<w:numbering>
        <w:abstractNum w:abstractNumId="5">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Câu %1."/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2."/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%3"/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="6">
          <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
        <w:num w:numId="4"><w:abstractNumId w:val="6"/></w:num>
      </w:numbering>"#;

    #[test]
    fn labels_count_as_word_counts() {
        let tree = parse(XML).unwrap();
        let mut numbering = Numbering::read(tree.root().unwrap());
        let mut label = |list, level| {
            let place = ListPlace {
                list: Some(list),
                level: Some(level),
            };
            numbering.label(place, None).unwrap_or_default()
        };
        assert_eq!(label(1, 0), "Câu 1.");
        assert_eq!([label(1, 1), label(1, 1)], ["A.", "B."]);
        assert_eq!(label(1, 0), "Câu 2.");
        assert_eq!(label(1, 1), "A.", "a new question begins its options anew");
        assert_eq!(label(2, 0), "Câu 3.", "lists of one kind count on");
        assert_eq!(label(3, 0), "Câu 1.", "a start of its own begins anew");
        assert_eq!(label(3, 0), "Câu 2.");
        assert_eq!(label(1, 2), "2.i");
        assert_eq!(label(4, 0), "", "a bullet is no label");
        assert_eq!(label(9, 0), "");
    }

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        let shown = |format| [1, 4, 9, 27, 54].map(|number| write_number(number, format));
        assert_eq!(shown(Format::UpperLetter), ["A", "D", "I", "AA", "BBB"]);
        assert_eq!(shown(Format::UpperRoman), ["I", "IV", "IX", "XXVII", "LIV"]);
        assert_eq!(shown(Format::DecimalZero), ["01", "04", "09", "27", "54"]);
    }
}
