//! The prediction as a page asks for it.
//!
//! Owns when it is asked and what hint goes with it; what it is compared with belongs to the ranking.

use super::RoundPlace;
use super::messages::counts_people;
use crate::action::Failure;
use crate::app::App;
use crate::domain::contest::{CountedPrediction, PredictedQuantity};
use crate::domain::round::RoundStage;
use crate::store::attempt::AttemptLine;
use crate::web::format;
use crate::web::frame::Frame;

/// The quantity that attempt `number` of a round asks for; where the first one given holds, later attempts do not.
pub(super) fn asked(place: &RoundPlace, number: u16, lines: &[AttemptLine]) -> Option<PredictedQuantity> {
    let rules = place.round.rules.prediction.filter(|rules| rules.in_paper())?;
    let given = lines
        .iter()
        .any(|line| line.number < number && line.prediction.is_some());
    let locked = rules.counted == CountedPrediction::LockedOnce && given;
    (!locked).then_some(rules.asks)
}

/// As [`asked`], for a running attempt; reads earlier attempts only where they matter.
pub(super) async fn asked_of(
    app: &App,
    place: &RoundPlace,
    attempt: &crate::domain::attempt::Attempt,
) -> Result<Option<PredictedQuantity>, Failure> {
    let locks = place
        .round
        .rules
        .prediction
        .is_some_and(|rules| rules.in_paper() && rules.counted == CountedPrediction::LockedOnce);
    let lines = if locks && attempt.number > 1 {
        app.reader
            .load_round_attempts(place.round.id, attempt.participant)
            .await?
    } else {
        Vec::new()
    };
    Ok(asked(place, attempt.number, &lines))
}

/// The words of the prediction question.
#[derive(Debug, Clone)]
pub(super) struct PredictionWords {
    /// The question.
    pub question: String,
    /// The counted thing, printed in bold.
    pub count: String,
    /// What is not counted.
    pub not: String,
    /// "Tuần 4: 98.211 lượt.", once an earlier round is published.
    pub last: Option<String>,
    /// Name of the field for screen readers.
    pub label: String,
}

impl PredictionWords {
    /// The words for a round.
    pub(super) async fn new(
        app: &App,
        f: &Frame,
        place: &RoundPlace,
        asks: PredictedQuantity,
    ) -> Result<Self, Failure> {
        let kind = if counts_people(asks) { "people" } else { "attempts" };
        Ok(Self {
            question: f.n(question_key(asks), place.name(f.lang())),
            count: f.t(format!("quiz-prediction-count-{kind}")),
            not: f.t(format!("quiz-prediction-count-{kind}-not")),
            last: last_figure(app, f, place, asks).await?,
            label: f.t(format!("quiz-prediction-field-{kind}")),
        })
    }
}

const fn question_key(asks: PredictedQuantity) -> &'static str {
    match asks {
        PredictedQuantity::AttemptsInRound => "quiz-prediction-attempts-in-round",
        PredictedQuantity::PeopleInRound => "quiz-prediction-people-in-round",
        PredictedQuantity::PeopleAllCorrect => "quiz-prediction-people-all-correct",
        PredictedQuantity::AttemptsAllCorrect => "quiz-prediction-attempts-all-correct",
    }
}

/// A number of what was counted: "75.600 lượt".
pub(super) fn value(f: &Frame, asks: PredictedQuantity, n: i64) -> String {
    let kind = if counts_people(asks) { "people" } else { "attempts" };
    f.n(format!("quiz-value-{kind}"), format::number(f.lang(), n))
}

/// How the same quantity came out in the last published round before this one.
async fn last_figure(
    app: &App,
    f: &Frame,
    place: &RoundPlace,
    asks: PredictedQuantity,
) -> Result<Option<String>, Failure> {
    let same = |round: &&crate::domain::round::Round| {
        round.number < place.round.number
            && round.stage == RoundStage::Published
            && round.rules.prediction.is_some_and(|rules| rules.asks == asks)
    };
    let Some(last) = place
        .contest
        .rounds
        .iter()
        .filter(same)
        .max_by_key(|round| round.number)
    else {
        return Ok(None);
    };
    let Some(ranking) = app.store.find_round_ranking(last.id).await? else {
        return Ok(None);
    };
    let actual = app
        .store
        .find_ranking(ranking)
        .await?
        .and_then(|ranking| ranking.actual);
    Ok(actual.map(|actual| f.ab("quiz-prediction-last", &last.title, value(f, asks, actual))))
}
