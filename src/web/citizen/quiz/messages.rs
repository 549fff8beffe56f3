//! The words of the quiz script, as one JSON object inside the page.
//!
//! Owns which messages the script knows; their placeholders stay as `{n}` for the script to fill.
//!
//! What `static/quiz.js` does, told here because phones need not carry it (the script has 7,000 bytes, packed):
//! - The form works without it. It adds one question at a time, countdown, autosave, review; what is saved, late or
//!   submitted the server alone decides.
//! - One request is in flight at a time. A refusal is repeated after 1, 2, 4, 8, 8 … s, or later if `Retry-After` says so,
//!   and the answers stay in the page and on the device meanwhile.
//! - A reader's choice (`claim`) is made the newest, also above what another device has saved; another device's newer answer
//!   (`stale`, and `reread` after sleep, on return, or when an answer never came) is shown otherwise.
//! - The reply with the shortest way sets the clock; the countdown is counted from the deadline, never from ticks. A jump of
//!   the device's own clock (`drift`: it slept, or was set) asks the server anew.
//! - When time is up, papers are sent within a second and a half, not all in the same instant. A lost answer is asked for
//!   again, never called a failure; where the server wants to show a page about the form, the browser sends it (`plainly`).

use crate::domain::contest::PredictedQuantity;
use crate::i18n::{self, Lang, Value};
use std::collections::BTreeMap;

/// Every key of the script; `quiz-js-` comes before it in the message files.
const KEYS: [&str; 42] = [
    "question",
    "prediction",
    "prediction-short",
    "saved",
    "saving",
    "unsaved",
    "own-saved",
    "own-saving",
    "own-unsaved",
    "retrying",
    "offline",
    "back",
    "busy",
    "login",
    "login-link",
    "other-device",
    "clock-moved",
    "left",
    "left-last",
    "left-offline",
    "minutes",
    "seconds",
    "time-up",
    "submitting",
    "checking",
    "hide",
    "show",
    "next",
    "to-review",
    "one-page",
    "one-by-one",
    "map-count",
    "cell-answer",
    "cell-blank",
    "cell-saved",
    "cell-unsaved",
    "cell-flag",
    "blank-left",
    "all-answered",
    "answer-go",
    "marked-go",
    "no-answer",
];

/// Names of the placeholders.
const NAMES: [&str; 11] = [
    "n", "total", "names", "s", "time", "clock", "a", "b", "c", "x", "name",
];

/// Whether a quantity counts people (người) or attempts (lượt).
pub(super) const fn counts_people(asks: PredictedQuantity) -> bool {
    match asks {
        PredictedQuantity::PeopleInRound | PredictedQuantity::PeopleAllCorrect => true,
        PredictedQuantity::AttemptsInRound | PredictedQuantity::AttemptsAllCorrect => false,
    }
}

/// The object, safe inside a `script` element.
pub(super) fn script_words(lang: Lang, asks: Option<PredictedQuantity>) -> String {
    let braced: Vec<(&'static str, String)> =
        NAMES.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
    let args: Vec<(&'static str, Value<'_>)> = braced
        .iter()
        .map(|(name, text)| (*name, Value::from(text.as_str())))
        .collect();
    let mut words: BTreeMap<&str, String> = KEYS
        .iter()
        .map(|key| (*key, i18n::text(lang, &format!("quiz-js-{key}"), &args)))
        .collect();
    let value = if asks.is_some_and(counts_people) {
        "quiz-value-people"
    } else {
        "quiz-value-attempts"
    };
    words.insert("prediction-value", i18n::text(lang, value, &args));
    // A map of texts always becomes JSON; no `<` is left that could end the script element.
    serde_json::to_string(&words)
        .unwrap_or_default()
        .replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_script_is_there_with_its_placeholders() {
        let script = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/static/quiz.js")).unwrap();
        for lang in Lang::ALL {
            let words: BTreeMap<String, String> =
                serde_json::from_str(&script_words(lang, Some(PredictedQuantity::PeopleInRound))).unwrap();
            for (key, text) in &words {
                assert!(
                    !text.starts_with("quiz-js-") && !text.contains('$'),
                    "{key}: {text}"
                );
                assert!(script.contains(key.as_str()), "the script does not use {key}");
            }
            for call in script
                .split("say('")
                .skip(1)
                .chain(script.split("tell('").skip(1))
            {
                let key = call.split('\'').next().unwrap();
                assert!(words.contains_key(key) || key.is_empty(), "the script says {key}");
            }
        }
        let vi: BTreeMap<String, String> = serde_json::from_str(&script_words(Lang::Vi, None)).unwrap();
        assert_eq!(vi["saved"], "✓ Đã lưu {n}/{total} câu");
        assert_eq!(vi["prediction-value"], "{n} lượt");
    }
}
