//! The essay of a paper: its box on the quiz page, saving it, and taking it in with the paper.
//!
//! Owns the fields `essay` and `le` (the mark of the text as the page was loaded) and PUT of `…/bai-viet`; what a text may
//! be is `domain::essay`'s.
//!
//! A page whose box was not touched says nothing, so that a second page never undoes what another device wrote; a page whose
//! box was changed has the last word. What `static/essay.js` does beside: it saves two seconds after the last key, and on
//! leaving the box; what is not confirmed stays on the device and goes on after a reload; a text that another device has
//! overtaken is offered, never thrown away. Without the script the text comes with the buttons of the form.

use super::autosave::receive;
use super::{AttemptPlace, json};
use crate::action::save_essay::{SaveEssayError, hand_in_essay, save_essay};
use crate::action::save_responses::SaveError;
use crate::app::App;
use crate::domain::contest::{EssayRules, Feedback};
use crate::domain::essay::{TextError, clean, length};
use crate::domain::ids::ParticipantId;
use crate::i18n::{self, Value};
use crate::keys::sha256_hex;
use crate::web::WebError;
use crate::web::form::Form;
use crate::web::format;
use crate::web::frame::Frame;
use crate::web::visitor::Visitor;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// Name of the box.
pub(super) const FIELD: &str = "essay";
/// Name of the field that tells which text the page was loaded with.
pub(super) const LOADED: &str = "le";
/// Longest form of a paper with an essay, bytes: the paper, and 13 bytes for each of the most characters.
pub(super) const MAX_FORM: usize = 320 * 1024;
/// Longest request that saves an essay, bytes: the most characters of the longest kind, escaped.
const MAX_BODY: usize = 256 * 1024;
/// Words of the script; `essay-js-` comes before them in the message files.
const WORDS: [&str; 10] = [
    "count", "short", "over", "none", "saving", "saved", "unsaved", "login", "finished", "late",
];

/// The box as shown.
pub(super) struct EssayView {
    /// What is to be written.
    pub prompt: String,
    /// How long, by whom marked, what for.
    pub hint: String,
    /// What stands in the box.
    pub text: String,
    /// What stands behind it.
    pub loaded: String,
    /// What stands in the box is not what is saved.
    pub unsaved: bool,
    /// What cannot be taken.
    pub fault: Option<String>,
    /// Most characters.
    pub limit: u32,
    /// Fewest characters that are marked.
    pub least: u32,
    /// Characters in the box, in words.
    pub count: String,
    /// JSON for the script.
    pub words: String,
}

impl EssayView {
    /// The box of a running attempt: what is saved, or what was typed and came back with a fault.
    pub(super) async fn new(
        app: &App,
        f: &Frame,
        place: &AttemptPlace,
        who: ParticipantId,
        (typed, fault): (Option<String>, Option<String>),
    ) -> Result<Option<Self>, WebError> {
        let Some(rules) = &place.at.round.rules.essay else {
            return Ok(None);
        };
        let saved = app.store.find_essay(place.at.round.id, who).await?;
        let saved = saved.map(|saved| saved.text).unwrap_or_default();
        let text = typed.unwrap_or_else(|| saved.clone());
        Ok(Some(Self {
            prompt: rules.prompt.clone(),
            hint: hint(f, rules),
            loaded: mark_of(&saved),
            unsaved: clean(&text) != saved,
            fault,
            limit: rules.max_chars,
            least: rules.min_chars,
            count: told(f, rules, &text),
            words: words(f),
            text,
        }))
    }
}

/// How long the text may be and what becomes of it.
fn hint(f: &Frame, rules: &EssayRules) -> String {
    let n = |n: u32| format::number(f.lang(), i64::from(n));
    let size = match rules.min_chars {
        0 => f.n("essay-size", n(rules.max_chars)),
        least => f.ab("essay-size-from", n(least), n(rules.max_chars)),
    };
    format!("{size} {}", f.n("essay-marked", rules.points))
}

/// How much is written, in words.
pub(super) fn told(f: &Frame, rules: &EssayRules, text: &str) -> String {
    let chars = length(&clean(text));
    let n = |n: u32| format::number(f.lang(), i64::from(n));
    match chars {
        0 => f.t("essay-js-none"),
        over if over > rules.max_chars => f.n("essay-js-over", n(over - rules.max_chars)),
        few if few < rules.min_chars => f.n("essay-js-short", n(few)),
        chars => f.n("essay-js-count", n(chars)),
    }
}

/// What became of the essay of a paper that is handed in: the mark once results are out, and until then that it is marked by
/// hand and that points told so far are those of multiple choice.
pub(super) async fn outcome(
    app: &App,
    f: &Frame,
    place: &AttemptPlace,
    who: ParticipantId,
    published: bool,
) -> Result<Option<String>, WebError> {
    let (round, store) = (&place.at.round, &app.store);
    let Some(rules) = &round.rules.essay else {
        return Ok(None);
    };
    let essay = store.find_essay(round.id, who).await?;
    let chars = essay.map_or(0, |essay| length(&essay.text));
    if chars < rules.least_chars() {
        let least = format::number(f.lang(), i64::from(rules.least_chars()));
        return Ok(Some(match chars {
            0 => f.t("essay-result-none"),
            _ => f.n("essay-result-short", least),
        }));
    }
    let ranking = match published {
        true => store.find_round_ranking(round.id).await?,
        false => None,
    };
    let points = match ranking {
        Some(ranking) => store.find_essay_points(ranking, who).await?,
        None => None,
    };
    Ok(Some(match points {
        Some(points) => f.ab("essay-result-points", points, rules.points),
        None if published => f.t("essay-result-unmarked"),
        None => match round.rules.attempts.feedback {
            Feedback::Score => f.t("essay-result-later-score"),
            Feedback::None => f.t("essay-result-later"),
        },
    }))
}

/// The words of the script as JSON that is safe inside a `script` element.
fn words(f: &Frame) -> String {
    let say = |key: &&'static str| {
        let text = i18n::text(f.lang(), &format!("essay-js-{key}"), &[("n", Value::from("{n}"))]);
        (*key, text)
    };
    let words: BTreeMap<&str, String> = WORDS.iter().map(say).collect();
    // A map of texts always becomes JSON.
    serde_json::to_string(&words)
        .unwrap_or_default()
        .replace('<', "\\u003c")
}

/// What tells one text from another, whatever line ends a browser makes of it.
fn mark_of(text: &str) -> String {
    sha256_hex(clean(text).as_bytes()).chars().take(16).collect()
}

/// The text of a form whose box was changed since the page was loaded.
pub(super) fn changed(form: &Form) -> Option<&str> {
    let text = form.get(FIELD);
    (form.has(FIELD) && form.get(LOADED) != mark_of(text)).then_some(text)
}

/// The fields of a form that belong to the essay, as they came.
pub(super) fn carried(form: &Form) -> Vec<(String, String)> {
    let own = form.fields().filter(|(name, _)| matches!(*name, FIELD | LOADED));
    own.map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// Why the text of a form was not kept.
#[derive(Debug)]
pub(super) enum NotKept {
    /// It is not taken.
    Text(TextError),
    /// As with answers.
    Save(SaveError),
}

/// Keeps the text of a form, if it was changed.
pub(super) async fn keep(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    place: &AttemptPlace,
    form: &Form,
) -> Result<(), NotKept> {
    match changed(form).filter(|_| place.at.round.rules.essay.is_some()) {
        None => Ok(()),
        Some(text) => reduced(save_essay(app, now, who, place.id, text).await),
    }
}

/// The same with a paper that is handed in: what comes too late is left to the paper to tell.
pub(super) async fn hand_in(
    app: &App,
    now: OffsetDateTime,
    who: ParticipantId,
    place: &AttemptPlace,
    form: &Form,
) -> Result<(), NotKept> {
    let Some(text) = changed(form).filter(|_| place.at.round.rules.essay.is_some()) else {
        return Ok(());
    };
    match reduced(hand_in_essay(app, now, who, place.id, text).await) {
        Err(NotKept::Save(SaveError::Finished | SaveError::DeadlinePassed)) => Ok(()),
        kept => kept,
    }
}

fn reduced(saved: Result<u32, SaveEssayError>) -> Result<(), NotKept> {
    Err(match saved {
        Ok(_) | Err(SaveEssayError::NotAsked) => return Ok(()),
        Err(SaveEssayError::Text(error)) => NotKept::Text(error),
        Err(SaveEssayError::NotFound) => NotKept::Save(SaveError::NotFound),
        Err(SaveEssayError::Finished) => NotKept::Save(SaveError::Finished),
        Err(SaveEssayError::DeadlinePassed) => NotKept::Save(SaveError::DeadlinePassed),
        Err(SaveEssayError::TooFast(wait)) => NotKept::Save(SaveError::TooFast(wait)),
        Err(SaveEssayError::Failed(failure)) => NotKept::Save(SaveError::Failed(failure)),
    })
}

/// The field and the sentence for a text that is not taken.
pub(super) fn fault_words(f: &Frame, error: TextError) -> (String, String) {
    let TextError::TooLong { chars, limit } = error;
    let n = |n: u32| format::number(f.lang(), i64::from(n));
    (FIELD.to_owned(), f.ab("essay-too-long", n(chars), n(limit)))
}

/// `PUT …/bai-viet`: saves the text while it is written.
pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    place: Result<AttemptPlace, WebError>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let received = receive(&app, &visitor, place, &headers, body, MAX_BODY).await;
    let (place, who, value) = match received {
        Ok(received) => received,
        Err(stop) => return json::failure(stop),
    };
    let text = value.get("text").and_then(serde_json::Value::as_str);
    let Some(text) = text.filter(|text| !text.contains('\0')) else {
        return json::failure(WebError::BadForm.into());
    };
    let f = Frame::of(&app, &visitor, &place.at.contest);
    match save_essay(&app, visitor.now, who, place.id, text).await {
        Ok(chars) => json::reply(StatusCode::OK, json!({ "chars": chars, "loaded": mark_of(text) })),
        Err(SaveEssayError::NotAsked | SaveEssayError::NotFound) => json::failure(WebError::NotFound.into()),
        Err(SaveEssayError::Finished) => json::conflict("attempt-finished", &place.again_address()),
        Err(SaveEssayError::DeadlinePassed) => {
            json::conflict("deadline-passed", &place.late_address(visitor.now))
        }
        Err(SaveEssayError::Text(error)) => json::faults(&[fault_words(&f, error)]),
        Err(SaveEssayError::TooFast(wait)) => json::failure(WebError::TooMany(wait).into()),
        Err(SaveEssayError::Failed(failure)) => json::failure(WebError::from(failure).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Form::of_fields(fields.collect()).unwrap()
    }

    #[test]
    fn an_untouched_box_says_nothing_whatever_the_browser_does_to_line_ends() {
        let loaded = mark_of("Một\nHai");
        assert_eq!(changed(&form(&[(FIELD, "Một\r\nHai"), (LOADED, &loaded)])), None);
        assert_eq!(
            changed(&form(&[(FIELD, "\nMột\r\nHai "), (LOADED, &loaded)])),
            None
        );
        assert_eq!(changed(&form(&[(LOADED, &loaded)])), None);
        assert_eq!(
            changed(&form(&[(FIELD, "Một\r\nBa"), (LOADED, &loaded)])),
            Some("Một\r\nBa")
        );
        assert_eq!(changed(&form(&[(FIELD, ""), (LOADED, &loaded)])), Some(""));
        // A form that does not tell what it was loaded with was written by hand.
        assert_eq!(changed(&form(&[(FIELD, "Một\nHai")])), Some("Một\nHai"));
    }

    #[test]
    fn the_proxy_lets_the_longest_essay_through_to_every_address_that_takes_one() {
        let conf = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/nginx.conf")).unwrap();
        for step in ["/nop", "/bai-viet", "/essay"] {
            let place = conf
                .split("location ")
                .find(|place| place.starts_with("~ ^/") && place.lines().next().unwrap().contains(step));
            let block = place.unwrap().split('}').next().unwrap();
            assert!(block.contains("client_max_body_size 384k;"), "{block}");
        }
        const { assert!(MAX_FORM < 384 * 1024 && MAX_BODY < MAX_FORM) };
    }

    #[test]
    fn the_script_tells_a_paper_handed_in_elsewhere_from_one_out_of_time() {
        let script =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/static/essay.js")).unwrap();
        assert!(script.contains("reply.reason === 'deadline-passed' ? 'late' : 'finished'"));
        for key in ["late", "finished"] {
            let text = i18n::text(i18n::Lang::Vi, &format!("essay-js-{key}"), &[]);
            assert!(text.contains("Chữ vẫn còn trong ô"), "{text}");
        }
    }

    #[test]
    fn every_word_of_the_script_is_in_the_message_files() {
        let script =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/static/essay.js")).unwrap();
        for lang in i18n::Lang::ALL {
            for key in WORDS {
                let text = i18n::text(lang, &format!("essay-js-{key}"), &[("n", Value::from("{n}"))]);
                assert!(!text.starts_with("essay-js-"), "{key}");
                assert!(
                    script.contains(&format!("'{key}'")),
                    "the script does not use {key}"
                );
            }
        }
    }
}
