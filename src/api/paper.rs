//! An attempt as a client sees it: the paper with labels, what is saved, and the outcome.
//!
//! Owns these forms. They are built from the paper and the questions, never from the key, and carry no name of a question
//! or an option: a client answers "question 7, option B" as shown.

use super::essay::EssayState;
use super::messages::prediction_label;
use super::moment::{Moment, remaining_ms};
use super::problem::Problem;
use crate::action::Failure;
use crate::action::resume_attempt::Resumed;
use crate::domain::attempt::Attempt;
use crate::domain::catalog::Contest;
use crate::domain::contest::Feedback;
use crate::domain::draft::{Draft, RevisedResponse};
use crate::domain::markup::plain;
use crate::domain::media::Media;
use crate::domain::paper::PaperQuestion;
use crate::domain::question::label_of;
use crate::domain::round::{Round, RoundStage};
use crate::domain::submission::Submission;
use crate::i18n::Lang;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// An attempt that runs, or the outcome of one that is finished.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum AttemptState {
    /// It runs.
    Running(Box<RunningAttempt>),
    /// It is finished.
    Finished(Outcome),
}

/// An attempt that runs.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunningAttempt {
    /// Its id: 32 hexadecimal digits.
    #[schema(example = "0000000307a1b2c3d4e5f60718293a4b")]
    attempt: String,
    /// Which of the person's attempts in the round, from 1.
    number: u16,
    /// When it started.
    started_at: Moment,
    /// When its time is up, by the server's clock.
    deadline: Moment,
    /// Milliseconds left.
    remaining_ms: i64,
    /// The quantity to be predicted.
    prediction: PredictionState,
    /// The essay to be written with the paper; only where one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    essay: Option<EssayState>,
    /// The paper in the order to be shown.
    questions: Vec<QuestionView>,
    /// What is saved, in order of question.
    responses: Vec<ResponseItem>,
}

/// The quantity to be predicted, and what is saved of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PredictionState {
    /// Whether a prediction is taken.
    asked: bool,
    /// What is to be predicted, in the language asked for; null where nothing is.
    label: Option<String>,
    /// The saved prediction.
    value: Option<i64>,
    /// Its revision; 0 where none was said.
    revision: u64,
}

/// A question as shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionView {
    /// Number on this paper, from 1.
    number: u16,
    /// The question.
    text: String,
    /// What it is shown with, in this order.
    media: Vec<MediaItem>,
    /// Several options may be chosen.
    multiple: bool,
    /// Points for the right answer; only where the questions of the round give different ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<u32>,
    /// The options in the order to be shown.
    options: Vec<OptionView>,
}

/// A picture, sound or film of a question.
#[derive(Debug, Serialize, ToSchema)]
pub struct MediaItem {
    /// Where it is, from the root of this server. It never changes: keep it as long as you like.
    #[schema(example = "/media/3f1a…c0.png")]
    url: String,
    /// `image`, `audio` or `video`.
    #[schema(example = "image")]
    kind: &'static str,
    /// What it shows or says, for those who do not see or hear it; never empty for a picture.
    alt: String,
    /// Width in pixels; null for sounds.
    width: Option<u32>,
    /// Height in pixels; null for sounds.
    height: Option<u32>,
}

impl MediaItem {
    fn list(media: &[Media]) -> Vec<Self> {
        let known = |side: u32| (side > 0).then_some(side);
        let item = |media: &Media| {
            let stored = media.stored.as_ref()?;
            Some(Self {
                url: stored.name.address(),
                kind: media.kind().name(),
                alt: media.alt.clone().unwrap_or_default(),
                width: known(stored.width),
                height: known(stored.height),
            })
        };
        media.iter().filter_map(item).collect()
    }
}

/// An option as shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptionView {
    /// `A` to `H`, by place on this paper.
    #[schema(example = "B")]
    label: char,
    /// What it says.
    text: String,
}

/// The choice for one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResponseItem {
    /// Number on the paper.
    pub question: u16,
    /// Labels chosen; empty takes an earlier choice back.
    #[schema(example = json!(["B"]))]
    pub options: Vec<String>,
    /// How new it is: the client counts the changes of each question from 1, and of two devices the higher wins. 0 or
    /// absent: always taken.
    #[serde(default)]
    pub revision: u64,
}

/// A finished attempt.
#[derive(Debug, Serialize, ToSchema)]
pub struct Outcome {
    /// Recorded finish, never after the deadline.
    finished_at: Moment,
    /// `submitted` by the entrant or `timed_out`: by the system, with what was saved.
    #[schema(example = "submitted")]
    how: &'static str,
    /// From start to recorded finish, milliseconds.
    duration_ms: i64,
    /// Points; null where the contest tells them only after publication.
    score: Option<u32>,
    /// Questions answered exactly right; null as `score`.
    correct: Option<u16>,
    /// Questions on the paper.
    total: u16,
    /// Code to keep: it proves the submission.
    receipt: String,
}

impl From<&RevisedResponse> for ResponseItem {
    fn from(revised: &RevisedResponse) -> Self {
        Self {
            question: revised.response.question,
            options: revised.response.choice.label_list(),
            revision: revised.revision,
        }
    }
}

/// The saved choices of a draft, in order of question.
pub fn items(draft: &Draft) -> Vec<ResponseItem> {
    draft.responses.values().map(ResponseItem::from).collect()
}

impl Outcome {
    /// The outcome as its owner may know it in the round's stage.
    pub fn new(round: &Round, submission: Submission) -> Self {
        let told = round.rules.attempts.feedback == Feedback::Score || round.stage == RoundStage::Published;
        Self {
            finished_at: Moment(submission.finished_at),
            how: submission.how.name(),
            duration_ms: submission.duration_ms,
            score: told.then_some(submission.score.points),
            correct: told.then_some(submission.score.correct),
            total: submission.score.total,
            receipt: submission.receipt,
        }
    }
}

impl IntoResponse for AttemptState {
    fn into_response(self) -> Response {
        // Room for a paper of fifteen questions at once.
        let mut body = Vec::with_capacity(12 * 1024);
        match serde_json::to_writer(&mut body, &self) {
            Ok(()) => ([(CONTENT_TYPE, "application/json")], body).into_response(),
            Err(error) => Problem::Failed(Failure::Inconsistent(error.to_string())).into_response(),
        }
    }
}

impl AttemptState {
    /// What a client is shown of an attempt. `asks_prediction`: the page of this attempt takes one.
    pub fn new(
        (lang, now): (Lang, OffsetDateTime),
        contest: &Contest,
        round: &Round,
        resumed: Resumed,
        asks_prediction: bool,
        essay: Option<EssayState>,
    ) -> Result<Self, Failure> {
        Ok(match resumed {
            Resumed::Finished(_, submission) => Self::Finished(Outcome::new(round, submission)),
            Resumed::Running(attempt, draft) => Self::Running(Box::new(RunningAttempt {
                attempt: attempt.id.to_string(),
                number: attempt.number,
                started_at: Moment(attempt.started_at),
                deadline: Moment(attempt.deadline),
                remaining_ms: remaining_ms(now, attempt.deadline),
                prediction: PredictionState::new(lang, round, &draft, asks_prediction),
                essay,
                questions: questions(contest, round, &attempt)?,
                responses: items(&draft),
            })),
        })
    }
}

impl PredictionState {
    fn new(lang: Lang, round: &Round, draft: &Draft, asked: bool) -> Self {
        let rules = round.rules.prediction.filter(|_| asked);
        Self {
            asked: rules.is_some(),
            label: rules.map(|rules| prediction_label(lang, rules.asks)),
            value: draft.predicted().filter(|_| asked),
            revision: draft
                .prediction
                .filter(|_| asked)
                .map_or(0, |given| given.revision),
        }
    }
}

fn questions(contest: &Contest, round: &Round, attempt: &Attempt) -> Result<Vec<QuestionView>, Failure> {
    let paper = &attempt.paper;
    let rules = &round.rules.paper;
    let differ = rules.single_points().is_none();
    (1..)
        .zip(&paper.questions)
        .map(|(number, placed)| {
            let lost =
                || Failure::Inconsistent(format!("question {number} of attempt {} is lost", attempt.id));
            let question = contest.question(paper, placed).ok_or_else(lost)?;
            let text_of = |place: u8| {
                question
                    .options
                    .get(usize::from(place))
                    .map(|option| plain(&option.text))
            };
            Ok(QuestionView {
                number,
                text: plain(&question.text),
                media: MediaItem::list(&question.media),
                multiple: placed.multiple,
                points: differ.then(|| placed.points.unwrap_or(rules.points)),
                options: options(placed, text_of).ok_or_else(lost)?,
            })
        })
        .collect()
}

fn options(placed: &PaperQuestion, text_of: impl Fn(u8) -> Option<String>) -> Option<Vec<OptionView>> {
    let shown = (0..).zip(&placed.order);
    shown
        .map(|(shown, place)| {
            Some(OptionView {
                label: label_of(shown)?,
                text: text_of(*place)?,
            })
        })
        .collect()
}
