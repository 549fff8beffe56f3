//! Pictures of question statistics, drawn by the server: marks on two scales, and bars of two groups.
//!
//! Owns the geometry in a picture 340 wide; what is drawn and said comes from the pages.

use super::figure::place;

/// Width and height of the field in which marks stand, and its left and upper edge.
const FIELD: (i64, i64) = (286, 170);
const LEFT: i64 = 44;
const TOP: i64 = 10;
/// The lowest and highest discrimination shown, in percent; few questions lie below.
const HEIGHTS: (f64, f64) = (-40.0, 100.0);

/// A question among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Middle from the left.
    pub x: i64,
    /// Middle from above.
    pub y: i64,
    /// Needs a second look: drawn as a square.
    pub odd: bool,
}

/// A mark for a question right for that share of its papers, with that discrimination in percent.
pub fn mark(facility: f64, discrimination: f64, odd: bool) -> Mark {
    Mark {
        x: LEFT + place(facility, (0.0, 1.0), FIELD.0),
        y: height(discrimination),
        odd,
    }
}

fn height(discrimination: f64) -> i64 {
    TOP + FIELD.1 - place(discrimination, HEIGHTS, FIELD.1)
}

/// A line across the field with the number it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridLine {
    /// Place across its scale.
    pub at: i64,
    /// The number, percent.
    pub percent: i64,
}

/// Lines of equal discrimination, from above.
pub fn levels() -> Vec<GridLine> {
    let at = |(percent, value): (i64, f64)| GridLine {
        at: height(value),
        percent,
    };
    [(60, 60.0), (30, 30.0), (0, 0.0)].map(at).to_vec()
}

/// Places of the numbers under the field.
pub fn columns() -> Vec<GridLine> {
    let at = |(percent, value): (i64, f64)| GridLine {
        at: LEFT + place(value, (0.0, 1.0), FIELD.0),
        percent,
    };
    [(0, 0.0), (50, 0.5), (100, 1.0)].map(at).to_vec()
}

/// Room that one option takes from the next.
const PITCH: i64 = 50;
/// The longest bar.
const LONGEST: i64 = 230;

/// An option with a bar for each group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionBars {
    /// Upper edge of its room.
    pub y: i64,
    /// Length of the bar of the upper group.
    pub upper: i64,
    /// Length of that of the lower group.
    pub lower: i64,
}

/// Bars for shares of two groups, from 0 to 1, and the height of the picture.
pub fn bars(shares: &[(f64, f64)]) -> (Vec<OptionBars>, i64) {
    let bar = |(n, (upper, lower)): (i64, &(f64, f64))| OptionBars {
        y: n * PITCH,
        upper: place(*upper, (0.0, 1.0), LONGEST),
        lower: place(*lower, (0.0, 1.0), LONGEST),
    };
    let bars: Vec<OptionBars> = (0..).zip(shares).map(bar).collect();
    let height = i64::try_from(bars.len()).unwrap_or(0) * PITCH;
    (bars, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_inside_the_field_and_better_ones_stand_higher() {
        for (facility, discrimination) in [(0.0, -100.0), (0.5, 30.0), (1.0, 100.0)] {
            let mark = mark(facility, discrimination, false);
            assert!((LEFT..=LEFT + FIELD.0).contains(&mark.x) && (TOP..=TOP + FIELD.1).contains(&mark.y));
        }
        assert!(mark(0.5, 60.0, false).y < mark(0.5, 0.0, false).y);
        assert!(mark(0.9, 0.0, false).x > mark(0.1, 0.0, false).x);
    }

    #[test]
    fn bars_are_as_long_as_their_shares() {
        let (bars, height) = bars(&[(1.0, 0.5), (0.0, 0.25)]);
        assert_eq!(
            (bars[0].upper, bars[0].lower, bars[1].upper),
            (LONGEST, LONGEST / 2, 0)
        );
        assert_eq!(height, 2 * PITCH);
    }
}
