//! The prediction that a round asks for after the paper: its form below the result, and taking it.
//!
//! Owns POST of `…/du-doan` and what the result says of it; whether an attempt takes one is `domain::prediction`'s.

use super::answers::parse_prediction;
use super::prediction::{PredictionWords, value};
use super::result::{Told, page_of};
use super::sender::QuizForm;
use super::{AttemptPlace, soon};
use crate::action::Failure;
use crate::action::give_prediction::{GiveError, Refused, give_prediction, turn_end};
use crate::app::App;
use crate::domain::contest::CountedPrediction;
use crate::domain::prediction::{Asking, Window, asking};
use crate::domain::round::RoundStage;
use crate::domain::submission::Submission;
use crate::web::WebError;
use crate::web::frame::Frame;
use crate::web::visitor::Visitor;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// The form as shown.
pub(super) struct AskView {
    pub words: PredictionWords,
    pub address: String,
    pub token: String,
    pub typed: String,
    /// Why what was typed is not taken.
    pub fault: Option<String>,
    /// Until when, and whether it can be changed.
    pub note: String,
    pub button: String,
}

/// What the result says of the prediction.
#[derive(Default)]
pub(super) struct After {
    /// It is asked for.
    pub form: Option<AskView>,
    /// Why it is not.
    pub said: Option<String>,
    /// What this attempt has given.
    pub own: Option<i64>,
}

/// What was typed and cannot be taken.
pub(super) struct Mistyped<'a> {
    typed: &'a str,
    fault: String,
}

/// An address that only takes forms, opened by hand or by reloading.
pub(super) async fn back(place: AttemptPlace) -> Redirect {
    Redirect::to(&place.result_address())
}

/// Takes the prediction; whatever comes of it is told by the result.
pub(super) async fn give(State(app): State<App>, visitor: Visitor, sent: QuizForm) -> Response {
    let place = &sent.place;
    let typed = sent.form.get("prediction");
    let number = match parse_prediction(typed) {
        Some(Some(number)) => number,
        Some(None) => return mistyped(&app, &visitor, &sent, "quiz-fault-after-empty").await,
        None => return mistyped(&app, &visitor, &sent, "quiz-fault-prediction").await,
    };
    match give_prediction(&app, visitor.now, sent.who, place.id, number).await {
        Ok(()) | Err(GiveError::Refused(Refused::Stands(_) | Refused::Over(_)) | GiveError::NotAsked) => {
            Redirect::to(&format!("{}#du-doan", place.result_address())).into_response()
        }
        Err(GiveError::Refused(Refused::Running)) => Redirect::to(&place.address()).into_response(),
        Err(GiveError::NotFound) => WebError::NotFound.into_response(),
        Err(GiveError::Failed(failure)) => WebError::from(failure).into_response(),
    }
}

/// The result again, with what was typed and why it is not taken.
async fn mistyped(app: &App, visitor: &Visitor, sent: &QuizForm, key: &str) -> Response {
    let f = Frame::of(app, visitor, &sent.place.at.contest);
    let typed = Mistyped {
        typed: sent.form.get("prediction"),
        fault: f.t(key),
    };
    match page_of(app, visitor, &sent.place, sent.who, &Told::default(), Some(typed)).await {
        Ok(page) => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
        Err(stop) => stop.into_response(),
    }
}

/// What the result of an attempt says of the prediction; nothing where the paper asks, or nobody.
pub(super) async fn after(
    app: &App,
    visitor: &Visitor,
    f: &Frame,
    place: &AttemptPlace,
    submission: &Submission,
    mistyped: Option<Mistyped<'_>>,
) -> Result<After, Failure> {
    let round = &place.at.round;
    let Some(rules) = round.rules.prediction.filter(|rules| !rules.in_paper()) else {
        return Ok(After::default());
    };
    let given = app
        .store
        .load_predictions(round.id, submission.participant)
        .await?;
    let number = submission.number;
    let own = given.iter().find(|one| one.number == number).map(|one| one.value);
    let turn_ends = turn_end(app, &place.at.contest, round, submission).await?;
    let window = Window {
        closes_at: turn_ends.map_or(round.closes_at, |end| end.min(round.closes_at)),
        sealed: round.stage != RoundStage::Scheduled,
        finished_at: submission.finished_at,
    };
    let (form, said) = match asking(rules.counted, window, visitor.now, number, &given) {
        Asking::Open { until, before } => {
            let words = PredictionWords::new(app, f, &place.at, rules.asks).await?;
            let until = soon(f.lang(), visitor.now, until);
            let note = match (before, rules.counted) {
                (Some(before), _) => f.ab("quiz-after-until", value(f, rules.asks, before), until),
                (None, CountedPrediction::Last) => f.n("quiz-after-last", until),
                (None, _) => f.n("quiz-after-once", until),
            };
            let typed = before.map(|before| before.to_string()).unwrap_or_default();
            let button = before.map_or("quiz-after-give", |_| "quiz-after-change");
            let (typed, fault) = match mistyped {
                Some(mistyped) => (mistyped.typed.to_owned(), Some(mistyped.fault)),
                None => (typed, None),
            };
            let form = AskView {
                words,
                address: format!("{}/du-doan", place.address()),
                token: app.keys.attempt_token(place.id, submission.participant),
                typed,
                fault,
                note,
                button: f.t(button),
            };
            (Some(form), None)
        }
        Asking::Stands(one) if one.number == number => (None, None),
        Asking::Stands(one) => {
            let told = value(f, rules.asks, one.value);
            (None, Some(f.ab("quiz-after-stands", told, one.number)))
        }
        Asking::Over => (None, Some(f.t("quiz-after-over"))),
    };
    Ok(After { form, said, own })
}
