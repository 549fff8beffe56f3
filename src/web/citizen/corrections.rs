//! Corrections of published results: what was marked in another way, and the results as they were published before.
//!
//! Owns which earlier rankings may be looked at: those that were public once. Their corrections stand beside both.

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

/// A correction as people read it.
pub struct Correction {
    /// "Kết quả đã đính chính …".
    pub head: String,
    /// The question, its new marking, the reason.
    pub text: String,
    /// How many papers changed.
    pub attempts: String,
    /// The results published before it.
    pub before: String,
}

/// What the page of a round's results says of corrections.
#[derive(Default)]
pub struct Corrections {
    /// This page shows results that hold no more; where the valid ones are.
    pub old: Option<String>,
    /// Every correction, newest first.
    pub made: Vec<Correction>,
    /// The ranking to show in place of the one in force.
    pub ranking: Option<i64>,
}

/// Reads them; `asked` is the number of an earlier ranking, as the links of this page give it.
pub async fn load(
    app: &App,
    lang: Lang,
    contest: &Contest,
    round: &Round,
    asked: &str,
) -> Result<Corrections, WebError> {
    let here = format!("/cuoc-thi/{}/ket-qua/{}", contest.definition.slug, round.number);
    if round.scoring == 0 {
        return if asked.is_empty() {
            Ok(Corrections::default())
        } else {
            Err(WebError::NotFound)
        };
    }
    let scorings = app.store.load_scorings(round.id).await?;
    let public: Vec<&Scoring> = scorings.iter().filter(|scoring| scoring.was_published).collect();
    let ranking = match asked {
        "" => None,
        asked => Some(
            public
                .iter()
                .filter_map(|scoring| scoring.ranking_before)
                .find(|ranking| ranking.to_string() == asked)
                .ok_or(WebError::NotFound)?,
        ),
    };
    let made = public.iter().filter_map(|scoring| {
        let before = scoring.ranking_before?;
        Some(Correction {
            head: say(
                lang,
                "corrected-at",
                &[("at", &format::exact(lang, scoring.made_at))],
            ),
            text: text(lang, contest, &scoring.treatment, &scoring.reason),
            attempts: attempts(lang, scoring),
            before: format!("{here}?ban={before}"),
        })
    });
    Ok(Corrections {
        old: ranking.map(|_| here.clone()),
        made: made.collect(),
        ranking,
    })
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
