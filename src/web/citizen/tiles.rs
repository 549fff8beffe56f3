//! A chart of tiles: each unit a field whose size is its share, like plots on a map.
//!
//! Owns the geometry, in whole numbers; what is counted and what it is called come from the page. Size, name and number say
//! everything, so nothing depends on colour.

/// Width of the drawing.
pub const WIDTH: i64 = 340;
/// Height of the drawing.
pub const HEIGHT: i64 = 330;
/// Tiles, the one for all others among them.
pub const MOST: usize = 18;
/// Width of a letter, and of the space beside a text.
const LETTER: i64 = 8;
/// Height of a line of text.
const LINE: i64 = 18;
/// Lines of a name.
const LINES: usize = 3;

/// A tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Width.
    pub width: i64,
    /// Height.
    pub height: i64,
    /// Middle of the texts.
    pub middle: i64,
    /// What stands in it, with the base line of each: the name in lines and the number where they fit, else the place in
    /// the list, else nothing.
    pub lines: Vec<(i64, String)>,
}

/// A field of the drawing.
#[derive(Debug, Clone, Copy)]
struct Field {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

/// Lays out tiles for names with values and the values as printed, the greatest first. Values of nothing have no tile.
pub fn tiles(units: &[(String, i64, String)]) -> Vec<Tile> {
    let units: Vec<_> = units.iter().filter(|(_, value, _)| *value > 0).collect();
    let values: Vec<i64> = units.iter().map(|(_, value, _)| *value).collect();
    let whole = Field {
        x: 0,
        y: 0,
        width: WIDTH,
        height: HEIGHT,
    };
    let fields = squares(&values, whole);
    let tile = |((place, field), (name, _, printed)): ((usize, Field), &&(String, i64, String))| Tile {
        x: field.x,
        y: field.y,
        width: field.width,
        height: field.height,
        middle: field.x + field.width / 2,
        lines: texts(field, place + 1, name, printed),
    };
    fields.into_iter().enumerate().zip(&units).map(tile).collect()
}

/// Fields of those sizes that fill the whole, as nearly square as rows allow (Bruls, Huizing and van Wijk 2000).
fn squares(values: &[i64], whole: Field) -> Vec<Field> {
    let (mut out, mut rest, mut field) = (Vec::new(), values, whole);
    while let [_, ..] = rest {
        let total: i64 = rest.iter().sum();
        let short = field.width.min(field.height).max(1);
        let long = field.width.max(field.height).max(1);
        let row = (1..=rest.len())
            .take_while(|n| {
                *n == 1
                    || worst(&rest[..*n], total, short, long) <= worst(&rest[..*n - 1], total, short, long)
            })
            .last()
            .unwrap_or(1);
        // The row is never longer than what is left: it was counted up to that.
        let (own, others) = rest.split_at(row);
        let sum: i64 = own.iter().sum();
        let thickness = if others.is_empty() {
            long
        } else {
            long * sum / total
        };
        field = place(own, sum, thickness, field, &mut out);
        rest = others;
    }
    out
}

/// The longest side over the shortest among the fields of a row, in thousandths.
fn worst(row: &[i64], total: i64, short: i64, long: i64) -> i128 {
    let sum = i128::from(row.iter().sum::<i64>().max(1));
    let (short, long, total) = (i128::from(short), i128::from(long), i128::from(total));
    let ratio = |value: &i64| {
        let value = i128::from(*value).max(1);
        let (length, thickness) = (short * value * total, long * sum * sum);
        (length * 1000 / thickness.max(1)).max(thickness * 1000 / length.max(1))
    };
    row.iter().map(ratio).max().unwrap_or(i128::MAX)
}

/// Puts a row along the shorter side and returns what is left of the field.
fn place(row: &[i64], sum: i64, thickness: i64, field: Field, out: &mut Vec<Field>) -> Field {
    let lies = field.width < field.height;
    let side = if lies { field.width } else { field.height };
    let mut before = 0;
    for value in row {
        // Edges are rounded, not lengths, so that neighbours meet.
        let (from, to) = (side * before / sum, side * (before + value) / sum);
        before += value;
        out.push(if lies {
            Field {
                x: field.x + from,
                y: field.y,
                width: to - from,
                height: thickness,
            }
        } else {
            Field {
                x: field.x,
                y: field.y + from,
                width: thickness,
                height: to - from,
            }
        });
    }
    if lies {
        Field {
            y: field.y + thickness,
            height: field.height - thickness,
            ..field
        }
    } else {
        Field {
            x: field.x + thickness,
            width: field.width - thickness,
            ..field
        }
    }
}

fn texts(field: Field, place: usize, name: &str, printed: &str) -> Vec<(i64, String)> {
    let room = usize::try_from((field.width - LETTER) / LETTER).unwrap_or(0);
    let mut lines = wrapped(name, room).unwrap_or_default();
    lines.push(printed.to_owned());
    let high = i64::try_from(lines.len()).unwrap_or(0) * LINE + 4;
    let fits =
        lines.len() > 1 && high <= field.height && lines.iter().all(|line| line.chars().count() <= room);
    if !fits {
        lines = vec![place.to_string()];
        if room < 2 || field.height < LINE + 2 {
            return Vec::new();
        }
    }
    let count = i64::try_from(lines.len()).unwrap_or(0);
    let first = field.y + (field.height - count * LINE) / 2 + LINE - 4;
    (0..).map(|n| first + n * LINE).zip(lines).collect()
}

/// A name in at most three lines of so many letters, or nothing if it does not fit.
fn wrapped(name: &str, room: usize) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let fits = lines.len() <= LINES && lines.iter().all(|line| line.chars().count() <= room);
    fits.then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units(values: &[i64]) -> Vec<(String, i64, String)> {
        let name = |n: i64| format!("Đảng bộ huyện {n}");
        values.iter().map(|n| (name(*n), *n, n.to_string())).collect()
    }

    proptest! {
        #[test]
        fn tiles_fill_the_drawing_without_overlapping(mut values in prop::collection::vec(1i64..1_000_000, 1..MOST)) {
            values.sort_by_key(|value| std::cmp::Reverse(*value));
            let tiles = tiles(&units(&values));
            prop_assert_eq!(tiles.len(), values.len());
            prop_assert_eq!(tiles.iter().map(|tile| tile.width * tile.height).sum::<i64>(), WIDTH * HEIGHT);
            for (place, a) in tiles.iter().enumerate() {
                prop_assert!(a.x >= 0 && a.y >= 0 && a.x + a.width <= WIDTH && a.y + a.height <= HEIGHT);
                for b in &tiles[place + 1..] {
                    let apart = a.x + a.width <= b.x || b.x + b.width <= a.x
                        || a.y + a.height <= b.y || b.y + b.height <= a.y;
                    prop_assert!(apart, "{a:?} {b:?}");
                }
                for (base, _) in &a.lines {
                    prop_assert!(*base > a.y && *base <= a.y + a.height);
                }
            }
        }
    }

    #[test]
    fn a_large_tile_has_its_name_and_number_and_a_small_one_its_place() {
        let mut units = units(&[9000, 800, 200]);
        units[0].0 = "Đảng bộ thành phố Lạng Sơn".to_owned();
        let tiles = tiles(&units);
        let said: Vec<&str> = tiles[0].lines.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(said, ["Đảng bộ thành phố Lạng Sơn", "9000"]);
        assert_eq!(tiles[2].lines[0].1, "3");
    }

    #[test]
    fn units_without_entries_have_no_tile() {
        assert_eq!(tiles(&units(&[5, 0])).len(), 1);
        assert!(tiles(&[]).is_empty());
    }
}
