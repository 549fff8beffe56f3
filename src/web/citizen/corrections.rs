//! Corrections of published results: which questions were marked in another way, and why.
//!
//! Owns which of them a version of the result tells of; the versions themselves are `versions`'s.

use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::marking::Marking;
use crate::domain::markup;
use crate::domain::rescoring::Treatment;
use crate::domain::round::Round;
use crate::i18n::Lang;
use crate::store::scoring::Scoring;
use crate::web::error::WebError;
use crate::web::format;
use crate::web::words::say;
use time::OffsetDateTime;

/// A correction as people read it.
pub struct Correction {
    /// When the question was marked in another way.
    pub head: String,
    /// The question, its new marking, the reason.
    pub text: String,
    /// How many papers changed.
    pub attempts: String,
}

/// The corrections between the first publication and the version shown, newest first.
pub async fn load(
    app: &App,
    lang: Lang,
    contest: &Contest,
    round: &Round,
    shown: Option<OffsetDateTime>,
) -> Result<Vec<Correction>, WebError> {
    if round.scoring == 0 {
        return Ok(Vec::new());
    }
    let scorings = app.store.load_scorings(round.id).await?;
    let made = scorings
        .iter()
        .filter(|scoring| scoring.was_published && shown.is_some_and(|at| scoring.made_at <= at))
        .map(|scoring| Correction {
            head: say(
                lang,
                "corrected-at",
                &[("at", &format::exact(lang, scoring.made_at))],
            ),
            text: text(lang, contest, &scoring.treatment, &scoring.reason),
            attempts: attempts(lang, scoring),
        });
    Ok(made.collect())
}

fn attempts(lang: Lang, scoring: &Scoring) -> String {
    let own = scoring.figures.attempts;
    let number = |n: i64| format::number(lang, n);
    let values = [
        number(own.met),
        number(own.changed),
        number(own.up),
        number(own.down),
    ];
    let [met, changed, up, down] = &values;
    let args = [("met", &**met), ("changed", changed), ("up", up), ("down", down)];
    say(lang, "rescore-notice-attempts", &args)
}

fn text(lang: Lang, contest: &Contest, treatment: &Treatment, reason: &str) -> String {
    let question = contest
        .sets
        .get(&treatment.version)
        .and_then(|set| set.find(&treatment.question));
    let stem = question
        .map(|question| markup::plain(&question.text))
        .unwrap_or_default();
    let options = |places: &std::collections::BTreeSet<u8>| -> String {
        let texts = places.iter().filter_map(|place| {
            let option = question?.options.get(usize::from(*place))?;
            Some(format!("“{}”", markup::plain(&option.text)))
        });
        texts.collect::<Vec<_>>().join(" + ")
    };
    // Papers show options in an order of their own, so a letter says nothing here.
    let marking = match &treatment.marking {
        Some(Marking::Accept { keys }) => {
            let keys: Vec<String> = keys.iter().map(options).collect();
            let key = if keys.len() == 1 {
                "rescore-marking-key"
            } else {
                "rescore-marking-several"
            };
            say(lang, key, &[("n", &keys.join(", "))])
        }
        Some(Marking::FullMarks) => say(lang, "rescore-marking-full", &[]),
        Some(Marking::Dropped) => say(lang, "rescore-marking-drop", &[]),
        None => {
            let key = contest.keys.get(&treatment.version);
            let key = key.and_then(|key| key.0.get(&treatment.question)).map(options);
            say(
                lang,
                "rescore-marking-original",
                &[("n", &key.unwrap_or_default())],
            )
        }
    };
    let reason = reason.trim_end_matches('.');
    let args = [("text", &*stem), ("reason", reason), ("marking", &*marking)];
    say(lang, "rescore-notice-question", &args)
}
