//! Number formats: whether a number is a date, and how it looks.
//!
//! Owns what Excel shows for a number, as far as it can be told without knowing whose machine shows it; leaves what that
//! means in a table of questions to `cells`. Numbers stay texts, so that nothing is ever rounded here.

use super::super::code::FaultCode;
use super::xml::{Piece, walk};
use std::collections::BTreeMap;
use std::io::BufRead;
use time::{Date, Duration, Month};

/// Cell formats of a workbook; Excel itself allows 65,490.
const MAX_STYLES: usize = 70_000;

/// How the numbers of a cell format look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NumberForm {
    /// As typed.
    General,
    /// With leading zeros to so many digits.
    Padded(usize),
    /// So many decimals, thousands grouped or not, a percent sign or not.
    Fixed {
        decimals: usize,
        grouped: bool,
        percent: bool,
    },
    /// A date or time, by its code in lower case; `None` for the one that follows the machine's language.
    Date(Option<String>),
    /// With texts or signs of its own.
    Other,
}

/// The number forms of a workbook by the number of the cell format.
#[derive(Debug, Clone, Default)]
pub(super) struct Styles(Vec<NumberForm>);

impl Styles {
    /// The form of a cell format.
    pub(super) fn form(&self, style: u32) -> &NumberForm {
        self.0.get(style as usize).unwrap_or(&NumberForm::General)
    }
}

/// Reads `styles.xml`.
pub(super) fn read_styles(source: &mut dyn BufRead) -> Result<Styles, FaultCode> {
    let mut codes: BTreeMap<u32, String> = BTreeMap::new();
    let mut forms = Vec::new();
    let mut in_cells = false;
    walk(source, |piece| {
        match piece {
            Piece::Open("numFmt", at) => {
                if let (Some(id), Some(code)) = (at.number("numFmtId"), at.get("formatCode")) {
                    codes.insert(id, code);
                }
            }
            Piece::Open("cellXfs", _) => in_cells = true,
            Piece::Close("cellXfs") => in_cells = false,
            Piece::Open("xf", at) if in_cells => {
                let id = at.number("numFmtId").unwrap_or(0);
                forms.push(codes.get(&id).map_or_else(|| built_in(id), |code| form_of(code)));
            }
            Piece::Open(..) | Piece::Close(_) | Piece::Text(_) => {}
        }
        if forms.len() > MAX_STYLES || codes.len() > MAX_STYLES {
            return Err(FaultCode::SheetBomb {});
        }
        Ok(())
    })?;
    Ok(Styles(forms))
}

/// The formats that every workbook has without saying so.
fn built_in(id: u32) -> NumberForm {
    match id {
        0 | 49 => NumberForm::General,
        1 => form_of("0"),
        2 => form_of("0.00"),
        3 | 37 | 38 => form_of("#,##0"),
        4 | 39 | 40 => form_of("#,##0.00"),
        9 => form_of("0%"),
        10 => form_of("0.00%"),
        14 | 27..=31 | 50..=54 | 57 | 58 => NumberForm::Date(None),
        15 => form_of("d-mmm-yy"),
        16 => form_of("d-mmm"),
        17 => form_of("mmm-yy"),
        18..=22 | 32..=36 | 45..=47 | 55 | 56 => NumberForm::Date(Some("h:mm".to_owned())),
        _ => NumberForm::Other,
    }
}

/// The form that a code means; only its first section counts, which is for positive numbers.
fn form_of(code: &str) -> NumberForm {
    let bare = bare(code);
    if bare == "general" || bare == "@" || bare.is_empty() {
        return NumberForm::General;
    }
    if bare.contains(['d', 'y']) || bare.contains("mm") || bare.contains(['h', 's']) {
        // A reversed solidus or quotes around a separator are how a machine's language is taken out of the code.
        return NumberForm::Date(Some(bare));
    }
    if bare.chars().all(|c| c == '0') {
        return match bare.len() {
            1 => NumberForm::Fixed {
                decimals: 0,
                grouped: false,
                percent: false,
            },
            digits => NumberForm::Padded(digits),
        };
    }
    let (number, percent) = match bare.strip_suffix('%') {
        Some(number) => (number, true),
        None => (bare.as_str(), false),
    };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let grouped = whole == "#,##0";
    if (grouped || whole == "0") && decimals.chars().all(|c| c == '0') {
        let decimals = decimals.len();
        return NumberForm::Fixed {
            decimals,
            grouped,
            percent,
        };
    }
    NumberForm::Other
}

/// The first section without colours, languages, quotes and escapes, in lower case.
fn bare(code: &str) -> String {
    let mut out = String::new();
    let mut chars = code.chars().peekable();
    let mut in_quotes = false;
    while let Some(c) = chars.next() {
        match c {
            '"' => in_quotes = !in_quotes,
            _ if in_quotes => out.push(c),
            ';' => break,
            '[' => while chars.next().is_some_and(|c| c != ']') {},
            '\\' => out.extend(chars.next()),
            '_' | '*' => drop(chars.next()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out.trim().to_owned()
}

/// The day that a serial number means, its time of day left out.
pub(super) fn day_of(serial: &str, from_1904: bool) -> Option<Date> {
    let whole: i64 = serial.split(['.', 'e', 'E']).next()?.parse().ok()?;
    if !(1..=2_958_465).contains(&whole) || serial.contains(['e', 'E']) {
        return None;
    }
    let (base, days) = match (from_1904, whole) {
        (true, days) => (Date::from_calendar_date(1904, Month::January, 1), days),
        // Excel counts 29 February 1900, which never was.
        (false, 1..=59) => (Date::from_calendar_date(1899, Month::December, 31), whole),
        (false, days) => (Date::from_calendar_date(1899, Month::December, 30), days),
    };
    base.ok()?.checked_add(Duration::days(days))
}

/// A date as a code with day, month and year shows it: `dd/mm/yyyy`; `None` for other codes.
pub(super) fn shown_by(day: Date, code: &str) -> Option<String> {
    let mut out = String::new();
    let mut seen = [false; 3];
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let run = rest.chars().take_while(|c| *c == first).count();
        let number = match (first, run) {
            ('d', 1 | 2) => (0, i32::from(day.day())),
            ('m', 1 | 2) => (1, i32::from(u8::from(day.month()))),
            ('y', 4) => (2, day.year()),
            ('/' | '-' | '.' | ' ', 1) => {
                out.push(first);
                rest = rest.get(run..)?;
                continue;
            }
            _ => return None,
        };
        let (place, value) = number;
        *seen.get_mut(place)? = true;
        out.push_str(&format!("{value:0run$}"));
        rest = rest.get(run..)?;
    }
    (seen == [true; 3]).then_some(out)
}

/// A number as people in Việt Nam see it, and whether it may look otherwise elsewhere; `None` where the form has texts of its
/// own.
pub(super) fn shown(number: &str, form: &NumberForm) -> Option<(String, bool)> {
    let plain = plain_digits(number)?;
    match form {
        NumberForm::General => Some((plain.replace('.', ","), plain.contains('.'))),
        NumberForm::Padded(digits) if plain.chars().all(|c| c.is_ascii_digit()) => {
            Some((format!("{plain:0>digits$}"), false))
        }
        NumberForm::Fixed {
            decimals,
            grouped,
            percent,
        } => fixed(&plain, *decimals, *grouped, *percent),
        NumberForm::Padded(_) | NumberForm::Date(_) | NumberForm::Other => None,
    }
}

/// The digits of a stored number without exponent and without the noise of binary fractions.
fn plain_digits(number: &str) -> Option<String> {
    let trimmed = number.trim();
    let digits = trimmed.strip_prefix('-').unwrap_or(trimmed);
    if !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(trimmed.to_owned());
    }
    let value: f64 = trimmed.parse().ok().filter(|value: &f64| value.is_finite())?;
    // Eleven significant digits are what a cell shows.
    let scientific = format!("{value:.10e}");
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    if !(-9..=14).contains(&exponent) {
        return None;
    }
    let decimals = usize::try_from((10 - exponent).max(0)).ok()?;
    let rounded: f64 = format!("{mantissa}e{exponent}").parse().ok()?;
    let text = format!("{rounded:.decimals$}");
    Some(match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    })
}

fn fixed(plain: &str, decimals: usize, grouped: bool, percent: bool) -> Option<(String, bool)> {
    let scaled = if percent {
        hundredfold(plain)
    } else {
        plain.to_owned()
    };
    let (whole, fraction) = scaled.split_once('.').unwrap_or((&scaled, ""));
    if fraction.len() > decimals {
        // More digits than are shown: Excel rounds, and what the author sees is not what is stored.
        return None;
    }
    let mut text = if grouped { group(whole) } else { whole.to_owned() };
    if decimals > 0 {
        text.push_str(&format!(",{fraction:0<decimals$}"));
    }
    if percent {
        text.push('%');
    }
    let differs = decimals > 0 || (grouped && whole.len() > 3);
    Some((text, differs))
}

fn hundredfold(plain: &str) -> String {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let padded = format!("{fraction:0<2}");
    let (front, back) = padded.split_at(2);
    let digits = format!("{whole}{front}");
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    match back.is_empty() {
        true => format!("{sign}{digits}"),
        false => format!("{sign}{digits}.{back}"),
    }
}

fn group(whole: &str) -> String {
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn look(number: &str, code: &str) -> Option<String> {
        shown(number, &form_of(code)).map(|(text, _)| text)
    }

    #[test]
    fn numbers_look_as_excel_shows_them() {
        for (number, code, expected) in [
            ("1930", "General", "1930"),
            ("1930.0", "General", "1930"),
            ("912345678", "0000000000", "0912345678"),
            ("7", "000", "007"),
            ("0.30000000000000004", "General", "0,3"),
            ("8310.18", "#,##0.00", "8.310,18"),
            ("486328", "#,##0", "486.328"),
            ("0.25", "0%", "25%"),
            ("1.5E2", "General", "150"),
            ("-5", "General", "-5"),
            ("2.5", "0.00", "2,50"),
            ("0.075", "0.0%", "7,5%"),
        ] {
            assert_eq!(look(number, code).as_deref(), Some(expected), "{number} {code}");
        }
        for (number, code) in [
            ("8310", "0\" km²\""),
            ("1e300", "General"),
            ("2.57", "0.0"),
            ("x", "General"),
            ("nan", "General"),
        ] {
            assert_eq!(look(number, code), None, "{number} {code}");
        }
    }

    #[test]
    fn codes_of_dates_are_told_from_codes_of_numbers() {
        for code in [
            "d-mmm",
            "dd/mm/yyyy",
            "[$-42A]dd mmmm yyyy",
            "mmm\\-yy",
            "h:mm",
            "yyyy\"-\"mm",
        ] {
            assert!(matches!(form_of(code), NumberForm::Date(Some(_))), "{code}");
        }
        for code in ["General", "[Red]General", "@", "0", "#,##0;[Red]-#,##0"] {
            assert!(!matches!(form_of(code), NumberForm::Date(_)), "{code}");
        }
    }

    #[test]
    fn serial_numbers_are_days() {
        assert_eq!(day_of("45413", false), Some(date!(2024 - 05 - 01)));
        assert_eq!(day_of("14881.75", false), Some(date!(1940 - 09 - 27)));
        assert_eq!(day_of("1", false), Some(date!(1900 - 01 - 01)));
        assert_eq!(day_of("61", false), Some(date!(1900 - 03 - 01)));
        assert_eq!(day_of("1", true), Some(date!(1904 - 01 - 02)));
        for bad in ["0", "-3", "1e9", "99999999999", "x"] {
            assert_eq!(day_of(bad, false), None, "{bad}");
        }
        assert_eq!(
            shown_by(date!(1940 - 09 - 27), "dd/mm/yyyy").as_deref(),
            Some("27/09/1940")
        );
        assert_eq!(
            shown_by(date!(1940 - 09 - 07), "d-m-yyyy").as_deref(),
            Some("7-9-1940")
        );
        assert_eq!(shown_by(date!(1940 - 09 - 27), "d-mmm"), None);
    }
}
