//! Small phrases that several pages share: counted things, names of rounds, time left.
//!
//! Owns how they are put together; the words themselves are in the message files.

use super::format;
use crate::domain::catalog::Contest;
use crate::domain::round::Round;
use crate::i18n::{self, Lang, Value};
use time::OffsetDateTime;

/// A message about a number of things; `n` chooses the form, `s` is the number as it is printed.
pub fn count(lang: Lang, key: &str, n: i64) -> String {
    i18n::text(
        lang,
        key,
        &[("n", Value::from(n)), ("s", Value::from(format::number(lang, n)))],
    )
}

/// A message with any values.
pub fn say(lang: Lang, key: &str, values: &[(&'static str, &str)]) -> String {
    let values: Vec<_> = values
        .iter()
        .map(|(name, value)| (*name, Value::from((*value).to_owned())))
        .collect();
    i18n::text(lang, key, &values)
}

/// Joins with commas.
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ")
}

/// The title of a round inside a sentence: "tuần 5" with a space that does not break; as written in English, where it
/// is a name.
pub fn round_name(lang: Lang, round: &Round) -> String {
    if lang == Lang::En {
        return round.title.clone();
    }
    let mut letters = round.title.chars();
    let first = letters
        .next()
        .map(|first| first.to_lowercase().to_string())
        .unwrap_or_default();
    let name = format!("{first}{}", letters.as_str());
    match name.rsplit_once(' ') {
        Some((word, number)) if number.bytes().all(|b| b.is_ascii_digit()) => format!("{word}\u{a0}{number}"),
        _ => name,
    }
}

/// What one round is called in this contest: the word that all titles have before their number, "tuần" or "kỳ";
/// "vòng" where they have none. English knows "week" and "round".
pub fn round_word(lang: Lang, contest: &Contest) -> String {
    let word = |title: &str| {
        let (word, number) = title.rsplit_once(' ')?;
        (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then(|| word.to_lowercase())
    };
    let mut words = contest.rounds.iter().map(|round| word(&round.title));
    let first = words
        .next()
        .flatten()
        .filter(|first| words.all(|other| other.as_ref() == Some(first)));
    match (lang, first) {
        (Lang::Vi, Some(word)) => word,
        (Lang::En, Some(word)) if word == "tuần" => i18n::text(lang, "word-week", &[]),
        _ => i18n::text(lang, "word-round", &[]),
    }
}

/// Time left until a moment: in words now, and with what the script needs to keep the words true.
#[derive(Debug, Clone)]
pub struct Countdown {
    /// The moment, milliseconds since 1970.
    pub until_ms: i64,
    /// When the page was made, milliseconds since 1970.
    pub now_ms: i64,
    /// Three forms, for days, hours and minutes left.
    pub forms: String,
    /// The words at the moment of the page.
    pub text: String,
}

/// Time left from `now` until `until`.
pub fn countdown(lang: Lang, now: OffsetDateTime, until: OffsetDateTime) -> Countdown {
    let forms = i18n::text(lang, "countdown-forms", &[]);
    let minutes = (until - now).whole_minutes().max(0);
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let form = if days > 0 {
        0
    } else {
        usize::from(minutes < 60) + 1
    };
    let text = forms.split('|').nth(form).unwrap_or_default();
    let text = text
        .replace("{d}", &days.to_string())
        .replace("{h}", &hours.to_string())
        .replace("{m}", &rest.to_string());
    Countdown {
        until_ms: format::unix_ms(until),
        now_ms: format::unix_ms(now),
        forms,
        text,
    }
}

/// A link.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// Its words.
    pub text: String,
}

impl Link {
    /// A link with words.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn time_left_is_told_in_the_two_units_that_matter() {
        let now = datetime!(2023-05-04 10:00 UTC);
        let text = |lang, until| countdown(lang, now, until).text.replace('\u{a0}', " ");
        assert_eq!(
            text(Lang::Vi, datetime!(2023-05-08 00:00 UTC)),
            "Còn 3 ngày 14 giờ"
        );
        assert_eq!(
            text(Lang::Vi, datetime!(2023-05-04 12:05 UTC)),
            "Còn 2 giờ 5 phút"
        );
        assert_eq!(text(Lang::En, datetime!(2023-05-04 10:08:59 UTC)), "8 min left");
        assert_eq!(text(Lang::Vi, datetime!(2023-05-04 09:00 UTC)), "Còn 0 phút");
    }
}
