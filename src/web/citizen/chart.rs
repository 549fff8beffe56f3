//! A chart of columns, drawn by the server, with its numbers for those who do not see it.
//!
//! Owns the geometry; what is counted and what it is called come from the page.

use crate::i18n::Lang;
use crate::web::format;

/// Most columns that a phone can show apart.
pub const MOST: usize = 12;

/// A chart.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Name for `id` attributes.
    pub id: &'static str,
    /// What the picture says.
    pub message: String,
    /// What is measured, when and where.
    pub measure: String,
    /// Head of the first column of the table.
    pub head: String,
    /// Head of the second column of the table.
    pub unit: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// All numbers as one sentence.
    pub said: String,
}

/// A column in a picture of 340 × 180.
#[derive(Debug, Clone)]
pub struct Column {
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Width.
    pub width: i64,
    /// Height.
    pub height: i64,
    /// Middle, for the words.
    pub middle: i64,
    /// Base line of the number.
    pub number_y: i64,
    /// What the column counts.
    pub name: String,
    /// The name as it is printed under it: the first of a group where the whole is too long, nothing where even that
    /// would touch its neighbours.
    pub label: String,
    /// The number as printed.
    pub value: String,
    /// Whether the number fits above it.
    pub numbered: bool,
    /// The highest.
    pub top: bool,
}

const WIDTH: i64 = 340;
const BASE: i64 = 152;
const TALLEST: i64 = 130;

/// Lays columns out.
pub fn columns(lang: Lang, values: &[(String, i64)]) -> Vec<Column> {
    let n = i64::try_from(values.len()).unwrap_or(1).max(1);
    let (pitch, most) = (
        WIDTH / n,
        values.iter().map(|(_, value)| *value).max().unwrap_or(0),
    );
    let width = (pitch * 3 / 4).max(1);
    let top = values.iter().position(|(_, value)| *value == most);
    let column = |(index, (name, value)): (usize, &(String, i64))| {
        let place = i64::try_from(index).unwrap_or(0);
        let height = if most > 0 { value * TALLEST / most } else { 0 };
        let printed = format::number(lang, *value);
        let fits = |text: &str| i64::try_from(text.chars().count()).unwrap_or(0) * 8 <= pitch + 4;
        let first = name.split('–').next().unwrap_or_default();
        let label = if fits(name) {
            name.clone()
        } else if fits(first) || index % 2 == 0 {
            first.to_owned()
        } else {
            String::new()
        };
        Column {
            x: place * pitch + (pitch - width) / 2,
            y: BASE - height,
            width,
            height,
            middle: place * pitch + pitch / 2,
            number_y: BASE - height - 6,
            label,
            name: name.clone(),
            numbered: fits(&printed) || Some(index) == top,
            value: printed,
            top: Some(index) == top,
        }
    };
    values.iter().enumerate().map(column).collect()
}

/// Joins neighbours until at most [`MOST`] columns remain; the first and the last name of a group stand for it.
pub fn joined(values: &[(String, i64)]) -> Vec<(String, i64)> {
    let size = values.len().div_ceil(MOST).max(1);
    let group = |group: &[(String, i64)]| {
        let sum = group.iter().map(|(_, value)| value).sum();
        match group {
            [(only, _)] => (only.clone(), sum),
            [(first, _), .., (last, _)] => (format!("{first}–{last}"), sum),
            [] => (String::new(), sum),
        }
    };
    values.chunks(size).map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(n: usize) -> Vec<(String, i64)> {
        (0..n).map(|i| (i.to_string(), i as i64)).collect()
    }

    #[test]
    fn sixteen_columns_become_eight_pairs_that_lose_nothing() {
        let joined = joined(&values(16));
        assert_eq!(joined.len(), 8);
        assert_eq!(joined[0], ("0–1".to_owned(), 1));
        assert_eq!(joined.iter().map(|(_, n)| n).sum::<i64>(), 120);
        assert_eq!(super::joined(&values(7)).len(), 7);
    }

    #[test]
    fn a_label_too_long_for_its_column_is_the_first_day_alone() {
        let days: Vec<_> = (0..9)
            .map(|n| (format!("{}/11–{}/11", 2 * n + 2, 2 * n + 3), 1))
            .collect();
        assert_eq!(columns(Lang::Vi, &days)[0].label, "2/11");
        assert_eq!(columns(Lang::Vi, &values(8))[3].label, "3");
    }

    #[test]
    fn columns_stay_inside_the_picture_and_the_highest_is_marked_once() {
        let columns = columns(Lang::Vi, &values(12));
        assert!(
            columns
                .iter()
                .all(|c| c.x >= 0 && c.x + c.width <= WIDTH && c.y >= BASE - TALLEST)
        );
        assert_eq!(columns.iter().filter(|c| c.top).count(), 1);
        assert!(super::columns(Lang::Vi, &[]).is_empty());
        assert_eq!(super::columns(Lang::Vi, &[("a".to_owned(), 0)])[0].height, 0);
    }
}
