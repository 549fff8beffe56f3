//! Figures of statistics as people read them: shares and percents with one decimal, plain numbers with two.
//!
//! Owns rounding for display; the figures themselves stay as reckoned.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    reason = "figures on their way to a page; nothing is decided by them, and all are far inside an i64"
)]

use crate::i18n::Lang;
use crate::web::format;

/// A share from 0 to 1 as 62,5%; negative ones with a minus sign.
pub fn share(lang: Lang, share: f64) -> String {
    signed(
        share < -0.000_5,
        format::percent(lang, (share.abs() * 10_000.0).round() as i64),
    )
}

/// A share as a whole percent: 63%.
pub fn rough(lang: Lang, share: f64) -> String {
    format::percent(lang, (share * 100.0).round() as i64 * 100)
}

/// A figure in percent as 31,4%.
pub fn percent(lang: Lang, percent: f64) -> String {
    share(lang, percent / 100.0)
}

/// A number with two decimals: 12,25.
pub fn decimal(lang: Lang, number: f64) -> String {
    let hundredths = (number.abs() * 100.0).round() as i64;
    let mark = match lang {
        Lang::Vi => ',',
        Lang::En => '.',
    };
    let text = format!(
        "{}{mark}{:02}",
        format::number(lang, hundredths / 100),
        hundredths % 100
    );
    signed(number < -0.005, text)
}

/// A place on a scale of `length` units for a value between two ends; values beyond them stand at the ends.
pub fn place(value: f64, (low, high): (f64, f64), length: i64) -> i64 {
    let part = ((value - low) / (high - low)).clamp(0.0, 1.0);
    (part * length as f64).round() as i64
}

fn signed(negative: bool, text: String) -> String {
    if negative { format!("−{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_as_people_read_them() {
        assert_eq!(share(Lang::Vi, 0.6254), "62,5%");
        assert_eq!(share(Lang::En, -0.031), "−3.1%");
        assert_eq!(rough(Lang::Vi, 0.625), "63%");
        assert_eq!(percent(Lang::Vi, 31.4), "31,4%");
        assert_eq!(decimal(Lang::Vi, 12.245), "12,25");
        assert_eq!(decimal(Lang::En, -0.004), "0.00");
        assert_eq!(
            [-2.0, 0.0, 0.5, 9.0].map(|x| place(x, (0.0, 1.0), 200)),
            [0, 0, 100, 200]
        );
    }
}
