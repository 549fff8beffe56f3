//! Case sheets as sentences and as a picture among all entries of the round, in neutral words.
//!
//! Owns the words, for the console and the command line alike; the figures are `domain::fair_play`'s.

use crate::domain::fair_play::Sign;
use crate::domain::fair_play::population::Spread;
use crate::i18n::{Lang, Value, text};
use crate::web::format;

/// What was seen, how common it is in the round, and how it may be normal.
pub fn sentences(lang: Lang, unit: String, sign: &Sign) -> [String; 3] {
    let n = |n: i64| -> Value<'_> { format::number(lang, n).into() };
    let mut args = vec![("unit", unit.into())];
    let key = match *sign {
        Sign::Quick {
            pace_ms,
            as_quick,
            median_ms,
        } => {
            let more = [
                ("pace", seconds(lang, pace_ms).into()),
                ("n", n(as_quick)),
                ("median", seconds(lang, median_ms).into()),
            ];
            args.extend(more);
            "quick"
        }
        Sign::Together {
            prediction,
            people,
            same_guess,
            in_unit,
            declared,
        } => {
            let more = [
                ("guess", n(prediction)),
                ("people", n(people)),
                ("n", n(same_guess)),
                ("unitpeople", n(in_unit)),
            ];
            args.extend(more);
            if declared { "together-declared" } else { "together" }
        }
        Sign::Ladder {
            guesses,
            step,
            as_many,
        } => {
            let more = [
                ("guesses", n(guesses)),
                ("step", n(step.unwrap_or(0))),
                ("n", n(as_many)),
            ];
            args.extend(more);
            if step.is_some() { "ladder-even" } else { "ladder" }
        }
        Sign::Alike { people, groups } => {
            args.extend([("people", n(people)), ("n", n(groups))]);
            "alike"
        }
        Sign::Train {
            people,
            gap_s,
            in_unit,
            declared,
        } => {
            let more = [
                ("people", n(people)),
                ("gap", n(gap_s)),
                ("unitpeople", n(in_unit)),
            ];
            args.extend(more);
            if declared { "train-declared" } else { "train" }
        }
    };
    ["facts", "common", "innocent"].map(|part| text(lang, &format!("review-{key}-{part}"), &args))
}

/// The word of a sign in message keys.
pub const fn sign_name(sign: &Sign) -> &'static str {
    match sign {
        Sign::Quick { .. } => "quick",
        Sign::Together { .. } => "together",
        Sign::Ladder { .. } => "ladder",
        Sign::Alike { .. } => "alike",
        Sign::Train { .. } => "train",
    }
}

/// Seconds with one decimal, as each language writes it.
fn seconds(lang: Lang, ms: i64) -> String {
    let mark = match lang {
        Lang::Vi => ',',
        Lang::En => '.',
    };
    format!("{}{mark}{}", format::number(lang, ms / 1_000), ms % 1_000 / 100)
}

/// Width of a bar with the room beside it, and the height of the highest.
const PITCH: i64 = 42;
const HIGHEST: i64 = 90;

/// A picture 340 wide: a bar for each class, that of the case another colour.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What the bars count.
    pub measure: String,
    /// Class by class.
    pub bars: Vec<Bar>,
}

/// One class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Height.
    pub height: i64,
    /// "2–3", "40+".
    pub label: String,
    /// How many.
    pub count: String,
    /// The case falls into it.
    pub here: bool,
}

/// Draws the classes that a case is seen among.
pub fn picture(lang: Lang, sign: &Sign, spread: Spread<'_>) -> Picture {
    let unit = if matches!(sign, Sign::Quick { .. }) {
        1_000
    } else {
        1
    };
    let most = spread.counts.iter().copied().max().unwrap_or(0).max(1);
    let mut bars = Vec::new();
    for (place, (from, n)) in spread.from.iter().zip(spread.counts).enumerate() {
        let next = spread.from.get(place + 1).map(|next| next / unit);
        // The smallest number above nothing is still seen.
        let height = if *n == 0 { 0 } else { (n * HIGHEST / most).max(2) };
        bars.push(Bar {
            x: i64::try_from(place).unwrap_or(0) * PITCH + 4,
            y: HIGHEST - height + 18,
            height,
            label: label(from / unit, next, unit == 1),
            count: format::number(lang, *n),
            here: place == spread.here,
        });
    }
    Picture {
        measure: text(lang, &format!("case-measure-{}", sign_name(sign)), &[]),
        bars,
    }
}

/// A class from a number up to the next; whole numbers stand for themselves.
fn label(from: i64, next: Option<i64>, whole: bool) -> String {
    match next {
        None => format!("{from}+"),
        Some(next) if whole && next == from + 1 => from.to_string(),
        Some(next) if whole => format!("{from}–{}", next - 1),
        Some(next) => format!("{from}–{next}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fair_play::population::{GROUPS, PACES};

    #[test]
    fn the_class_of_the_case_stands_out_and_the_rest_is_to_scale() {
        let counts = [0, 1, 0, 0, 0, 0, 900, 100];
        let spread = Spread {
            from: &PACES,
            counts: &counts,
            here: 1,
        };
        let sign = Sign::Quick {
            pace_ms: 1_500,
            as_quick: 1,
            median_ms: 30_000,
        };
        let picture = picture(Lang::Vi, &sign, spread);
        let heights: Vec<i64> = picture.bars.iter().map(|bar| bar.height).collect();
        assert_eq!(heights, [0, 2, 0, 0, 0, 0, HIGHEST, 10]);
        assert_eq!(picture.bars.iter().filter(|bar| bar.here).count(), 1);
        assert_eq!(
            (picture.bars[1].label.as_str(), picture.bars[7].label.as_str()),
            ("1–2", "40+")
        );
        assert!(picture.bars.iter().all(|bar| bar.x + PITCH <= 340 + 4));
    }

    #[test]
    fn classes_of_people_are_whole_numbers() {
        let labels: Vec<String> = (0..GROUPS.len())
            .map(|place| label(GROUPS[place], GROUPS.get(place + 1).copied(), true))
            .collect();
        assert_eq!(labels, ["1", "2", "3", "4", "5–6", "7–9", "10–19", "20+"]);
    }

    #[test]
    fn seconds_have_the_mark_of_the_language() {
        assert_eq!(
            (seconds(Lang::Vi, 1_590), seconds(Lang::En, 900)),
            ("1,5".to_owned(), "0.9".to_owned())
        );
    }
}
