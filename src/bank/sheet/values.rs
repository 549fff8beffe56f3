//! The value of one cell under its column: texts as they are shown, levels, yes and no.
//!
//! Owns what is taken from a cell, what is taken with a warning, and what is refused because it is not what its author
//! typed; leaves the key to `key`.

use super::super::code::FaultCode;
use super::super::format::At;
use super::super::source::shorten;
use super::cells::Content;
use super::grid::GridCell;
use super::rows::Table;
use super::styles::shown_by;
use crate::domain::markup;
use crate::domain::question::Level;
use crate::domain::unit::fold;
use time::Date;

/// How the text of a column is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// Bold and raised letters count; signs are letters like others.
    Text,
    /// Signs are markup already.
    Markup,
    /// Neither: names, sources, keys.
    Plain,
}

/// A cell whose value cannot be taken; its fault is noted.
pub(super) struct Refused;

impl Table<'_, '_> {
    /// The text of a cell; `None` where it is empty.
    pub(super) fn text(
        &mut self,
        cell: Option<&GridCell>,
        meant: Meant,
    ) -> Result<Option<At<String>>, Refused> {
        let Some(GridCell { content, span, .. }) = cell else {
            return Ok(None);
        };
        let Some(content) = content else {
            return Ok(None);
        };
        let value = match content {
            Content::Text(text) => match (meant, &text.markup) {
                (Meant::Text, Some(markup)) => markup.clone(),
                (Meant::Text, None) => verbatim(&text.plain),
                (Meant::Markup | Meant::Plain, _) => text.plain.clone(),
            },
            Content::Number { shown, differs } => {
                if *differs {
                    self.fault(span, FaultCode::NumberShown { shown: shown.clone() });
                }
                shown.clone()
            }
            Content::Boolean(_) => {
                let value = super::grid::shown(content);
                self.fault(span, FaultCode::BooleanCell { value: value.clone() });
                value
            }
            Content::Shaped(value) => {
                return self.refuse(cell, FaultCode::NumberFormat { value: value.clone() });
            }
            Content::Formula => return self.refuse(cell, FaultCode::FormulaCell {}),
            Content::Error(value) => return self.refuse(cell, FaultCode::ErrorCell { value: value.clone() }),
            Content::Date { day, code } => match date_text(*day, code.as_deref()) {
                Ok(shown) => {
                    self.fault(span, FaultCode::DateRead { shown: shown.clone() });
                    shown
                }
                Err(meant) => return self.refuse(cell, FaultCode::DateCell { meant }),
            },
        };
        if let Content::Text(text) = content
            && let Some(meant) = mangled(text.plain.trim())
        {
            let value = text.plain.trim().to_owned();
            self.fault(span, FaultCode::TextDate { value, meant });
        }
        let span = span.clone();
        Ok(Some(At { value, span }))
    }

    fn refuse(&mut self, cell: Option<&GridCell>, code: FaultCode) -> Result<Option<At<String>>, Refused> {
        let span = cell.map_or(0..0, |cell| cell.span.clone());
        self.fault(&span, code);
        Err(Refused)
    }

    /// The level of a cell; `None` where it is empty or unknown, which is noted.
    pub(super) fn level(&mut self, cell: Option<&GridCell>) -> Result<Option<At<Level>>, Refused> {
        let Some(At { value, span }) = self.text(cell, Meant::Plain)? else {
            return Ok(None);
        };
        let Some(level) = level_of(&value) else {
            let value = shorten(value.trim(), 80);
            self.fault(&span, FaultCode::LevelUnknown { value });
            return Err(Refused);
        };
        Ok(Some(At { value: level, span }))
    }
}

/// "Dễ", "TB", "VD", "easy", "3".
fn level_of(text: &str) -> Option<Level> {
    const NAMES: &[(Level, &[&str])] = &[
        (
            Level::Easy,
            &[
                "de",
                "nb",
                "nhan biet",
                "biet",
                "easy",
                "1",
                "muc 1",
                "muc do 1",
                "thap",
                "co ban",
            ],
        ),
        (
            Level::Medium,
            &[
                "tb",
                "trung binh",
                "vua",
                "th",
                "thong hieu",
                "hieu",
                "medium",
                "2",
                "muc 2",
                "muc do 2",
            ],
        ),
        (
            Level::Hard,
            &[
                "kho",
                "vd",
                "van dung",
                "vdc",
                "van dung cao",
                "hard",
                "difficult",
                "3",
                "muc 3",
                "muc do 3",
                "cao",
                "nang cao",
            ],
        ),
    ];
    let folded = fold(text);
    let found = NAMES.iter().find(|(_, names)| names.contains(&folded.as_str()));
    found.map(|(level, _)| *level)
}

/// A plain text as the markup that reads the same; signs are escaped only where they would mean something.
pub(super) fn verbatim(text: &str) -> String {
    if markup::plain(text) == text
        && markup::pieces(text)
            .iter()
            .all(|piece| piece.style == markup::Style::default())
    {
        text.to_owned()
    } else {
        markup::escape(text)
    }
}

/// A date as its author saw it, where every machine shows it so or there is only one way to read it; else what may have
/// been typed.
fn date_text(day: Option<Date>, code: Option<&str>) -> Result<String, Option<String>> {
    let day = day.ok_or(None)?;
    let (d, m, y) = (day.day(), u8::from(day.month()), day.year());
    match code {
        Some(code) => {
            if let Some(shown) = shown_by(day, code) {
                return Ok(shown);
            }
            let named = code.contains("mmm");
            let has = |letter| code.contains(letter);
            Err(Some(match (has('d'), has('y'), named) {
                (true, false, _) if d == m => format!("{d}/{m}, {d}-{m}"),
                (true, false, _) => format!("{d}/{m}, {d}-{m}, {m}/{d}, {m}-{d}"),
                (false, true, true) => format!("{m}/{y}, {m}-{y}"),
                _ => format!("{d}/{m}/{y}"),
            }))
        }
        None if d > 12 || d == m => Ok(format!("{d}/{m}/{y}")),
        None => Err(Some(format!("{d}/{m}/{y}, {m}/{d}/{y}"))),
    }
}

/// What a text was before Excel took it for a date: "1-May" and "May-40" in files that were saved as text.
fn mangled(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let (first, second) = text.split_once('-')?;
    let month = |part: &str| {
        let part = part.to_lowercase();
        let named = MONTHS.iter().position(|name| *name == part).map(|at| at + 1);
        named.or_else(|| {
            part.strip_prefix("thg")?
                .trim()
                .parse()
                .ok()
                .filter(|month| (1..=12).contains(month))
        })
    };
    let number = |part: &str| -> Option<u8> { part.parse().ok().filter(|_| part.len() <= 2) };
    match (number(first), month(second), month(first), number(second)) {
        (Some(d), Some(m), _, _) => Some(format!("{d}-{m}, {d}/{m}, {m}-{d}, {m}/{d}")),
        (_, _, Some(m), Some(y)) => Some(format!("{m}-{y:02}, {m}/{y:02}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn levels_are_known_by_every_name_that_schools_use() {
        for (name, level) in [
            ("Dễ", Level::Easy),
            ("NB", Level::Easy),
            ("Nhận biết", Level::Easy),
            ("TB", Level::Medium),
            ("Thông hiểu", Level::Medium),
            ("medium", Level::Medium),
            ("Khó", Level::Hard),
            ("Vận dụng cao", Level::Hard),
            ("3", Level::Hard),
        ] {
            assert_eq!(level_of(name), Some(level), "{name}");
        }
        assert_eq!(level_of("4"), None);
    }

    #[test]
    fn a_date_is_taken_as_seen_or_what_was_meant_is_asked() {
        let day = Some(date!(2024 - 05 - 01));
        assert_eq!(
            date_text(day, Some("d-mmm")),
            Err(Some("1/5, 1-5, 5/1, 5-1".to_owned()))
        );
        assert_eq!(
            date_text(day, Some("mmm-yy")),
            Err(Some("5/2024, 5-2024".to_owned()))
        );
        assert_eq!(date_text(day, Some("dd/mm/yyyy")), Ok("01/05/2024".to_owned()));
        assert_eq!(date_text(day, None), Err(Some("1/5/2024, 5/1/2024".to_owned())));
        assert_eq!(
            date_text(Some(date!(1940 - 09 - 27)), None),
            Ok("27/9/1940".to_owned())
        );
        assert_eq!(date_text(None, None), Err(None));
    }

    #[test]
    fn texts_that_were_dates_for_a_while_are_noticed() {
        assert_eq!(mangled("1-May").as_deref(), Some("1-5, 1/5, 5-1, 5/1"));
        assert_eq!(mangled("02-Thg3").as_deref(), Some("2-3, 2/3, 3-2, 3/2"));
        assert_eq!(mangled("Sep-40").as_deref(), Some("9-40, 9/40"));
        for text in ["1-5", "1930-1945", "Mai-1", "a-b", "27-9-1940", "100-May"] {
            assert_eq!(mangled(text), None, "{text}");
        }
    }

    #[test]
    fn signs_in_plain_texts_stay_letters() {
        assert_eq!(verbatim("2 * 3 * 4"), "2 * 3 * 4");
        assert_eq!(verbatim("5*3*2"), "5\\*3\\*2");
    }
}
