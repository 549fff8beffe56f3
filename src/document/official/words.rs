//! Numbers, days and amounts as Vietnamese papers write them.
//!
//! Owns their forms; papers are never in another language.

use crate::domain::participant::vietnam;
use time::{Date, OffsetDateTime};

/// 75.594
pub(super) fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// 98,5%, from ten-thousandths.
pub(super) fn percent(ten_thousandths: i64) -> String {
    let tenths = (ten_thousandths + 5) / 10;
    format!("{},{}%", number(tenths / 10), tenths % 10)
}

/// A share of a whole in ten-thousandths; `None` of nothing.
pub(super) fn share(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| part.saturating_mul(10_000) / whole)
}

/// 138,25 from a sum and how many it is of.
pub(super) fn mean(sum: i64, of: i64) -> String {
    if of <= 0 {
        return "–".to_owned();
    }
    let hundredths = (sum.saturating_mul(100) + of / 2) / of;
    format!("{},{:02}", number(hundredths / 100), hundredths % 100)
}

/// 8/5/2023
pub(super) fn day(date: Date) -> String {
    format!("{}/{}/{}", date.day(), u8::from(date.month()), date.year())
}

/// "ngày 08 tháng 5 năm 2023": days below 10 and the months 1 and 2 have a zero, so that nobody adds a digit.
pub(super) fn long_day(date: Date) -> String {
    let month = u8::from(date.month());
    let month = if month < 3 {
        format!("{month:02}")
    } else {
        month.to_string()
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// "08 giờ 00 ngày 3/4/2023"; midnight is "24 giờ 00" of the day before.
pub(super) fn moment(at: OffsetDateTime) -> String {
    let local = at.to_offset(vietnam());
    let (hour, minute) = (local.hour(), local.minute());
    match local.date().previous_day() {
        Some(before) if hour == 0 && minute == 0 => format!("24 giờ 00 ngày {}", day(before)),
        _ => format!("{hour:02} giờ {minute:02} ngày {}", day(local.date())),
    }
}

/// 12 phút 27 giây
pub(super) fn duration(ms: i64) -> String {
    let (minutes, seconds) = (ms / 60_000, ms / 1_000 % 60);
    if minutes == 0 {
        return format!("{seconds} giây");
    }
    format!("{minutes} phút {seconds:02} giây")
}

const DIGITS: [&str; 10] = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
];

/// "Sáu triệu năm trăm nghìn" for 6.500.000; empty for what is not above zero.
pub(super) fn in_words(amount: i64) -> String {
    const SCALES: [&str; 4] = ["", " nghìn", " triệu", " tỷ"];
    if amount <= 0 {
        return String::new();
    }
    let mut groups = Vec::new();
    let mut rest = amount.unsigned_abs();
    while rest > 0 {
        groups.push(rest % 1_000);
        rest /= 1_000;
    }
    let mut out: Vec<String> = Vec::new();
    for (place, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            // A thousand times "tỷ" is said, even where it is a round number.
            if place % 3 == 0 && place > 0 && !out.is_empty() {
                out.push("tỷ".to_owned());
            }
            continue;
        }
        let scale = match place {
            0..=3 => SCALES.get(place).copied().unwrap_or_default(),
            _ => SCALES.get(place % 3).copied().unwrap_or_default(),
        };
        out.push(format!("{}{scale}", hundreds(*group, !out.is_empty())));
    }
    let text = out.join(" ");
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// A number below a thousand; `full` says the hundreds even where there are none.
fn hundreds(n: u64, full: bool) -> String {
    let digit = |n: u64| {
        usize::try_from(n % 10)
            .ok()
            .and_then(|n| DIGITS.get(n))
            .copied()
            .unwrap_or_default()
    };
    let (hundred, ten, one) = (n / 100, n / 10 % 10, n % 10);
    let mut words: Vec<&str> = Vec::new();
    if hundred > 0 || full {
        words.extend([digit(hundred), "trăm"]);
    }
    match ten {
        0 if one > 0 && !words.is_empty() => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(ten), "mươi"]),
    }
    match (ten, one) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(one)),
    }
    words.join(" ")
}

/// The text with its first letter large.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// A title as it stands inside a sentence: common words lose their capital, names keep it.
pub(super) fn inside(title: &str) -> String {
    const COMMON: [&str; 7] = ["Tuần", "Vòng", "Kỳ", "Đợt", "Ngày", "Tháng", "Lượt"];
    let common = COMMON.iter().find(|word| {
        title
            .strip_prefix(**word)
            .is_some_and(|rest| rest.starts_with(' '))
    });
    match common.and_then(|word| Some((word, title.strip_prefix(*word)?))) {
        Some((word, rest)) => format!("{}{rest}", word.to_lowercase()),
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn amounts_are_said_as_people_say_them() {
        for (amount, said) in [
            (6_500_000, "Sáu triệu năm trăm nghìn"),
            (2_000_000, "Hai triệu"),
            (1_015, "Một nghìn không trăm mười lăm"),
            (21, "Hai mươi mốt"),
            (105_000, "Một trăm linh năm nghìn"),
            (1_000_000_000, "Một tỷ"),
            (
                25_004_000_011,
                "Hai mươi lăm tỷ không trăm linh bốn triệu không trăm mười một",
            ),
            (0, ""),
        ] {
            assert_eq!(in_words(amount), said);
        }
    }

    #[test]
    fn days_and_numbers_have_the_form_of_papers() {
        assert_eq!(long_day(date!(2023 - 02 - 08)), "ngày 08 tháng 02 năm 2023");
        assert_eq!(long_day(date!(2023 - 05 - 18)), "ngày 18 tháng 5 năm 2023");
        assert_eq!(moment(datetime!(2023-05-07 17:00 UTC)), "24 giờ 00 ngày 7/5/2023");
        assert_eq!(
            (number(486_328), percent(9_850)),
            ("486.328".to_owned(), "98,5%".to_owned())
        );
        assert_eq!(mean(553, 4), "138,25");
        assert_eq!(inside("Tuần 5"), "tuần 5");
    }
}
