//! The quiz itself: every question in one page and one form.
//!
//! Owns GET of `/bai-thi/{attempt}` and the page drawn again when a form could not be kept. The page holds shown labels
//! and texts only, with the points of a question where they differ: no id, no key.

use super::answers::loaded;
use super::essay::EssayView;
use super::messages::script_words;
use super::prediction::{PredictionWords, asked_of};
use super::{AttemptPlace, Stop, soon};
use crate::action::resume_attempt::{ResumeError, Resumed, resume_attempt};
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::draft::Draft;
use crate::domain::paper::PaperQuestion;
use crate::domain::question::label_of;
use crate::domain::response::Choice;
use crate::i18n::Lang;
use crate::web::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use crate::web::media::MediaView;
use crate::web::visitor::{Visitor, current_participant};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

/// An option as shown.
struct OptionView<'a> {
    label: char,
    text: &'a str,
    checked: bool,
}

/// A question as shown.
struct QuestionView<'a> {
    number: u16,
    text: &'a str,
    media: Vec<MediaView>,
    multiple: bool,
    options: Vec<OptionView<'a>>,
    revision: u64,
    loaded: String,
    /// Its points, where questions of the round give different ones.
    points: Option<u32>,
    /// The buttons for saving stand after it.
    pause: bool,
}

/// The prediction as shown.
struct PredictionView {
    words: PredictionWords,
    typed: String,
    revision: u64,
    loaded: String,
    fault: bool,
}

/// The whole page.
#[derive(Template)]
#[template(path = "quiz/quiz.html")]
pub(super) struct QuizPage<'a> {
    f: &'a Frame,
    address: String,
    attempt: String,
    login_address: String,
    token: String,
    deadline_ms: i64,
    now_ms: i64,
    ends: String,
    opened: String,
    saved: usize,
    total: usize,
    round_name: String,
    number: u16,
    questions: Vec<QuestionView<'a>>,
    prediction: Option<PredictionView>,
    essay: Option<EssayView>,
    notice: Option<String>,
    words: String,
}

/// What stands in the form, as against what is saved.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// Choices and prediction in the form.
    pub draft: Draft,
    /// The prediction as it was typed, if it could not be read.
    pub typed: Option<String>,
    /// The essay as it was typed, where the page is shown again.
    pub essay: Option<String>,
    /// Why it cannot be taken.
    pub essay_fault: Option<String>,
    /// Why the page is shown again.
    pub notice: Option<String>,
}

/// Shows a running attempt to its owner; a finished one leads to its result.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    place: AttemptPlace,
) -> Result<Response, Stop> {
    let Some(who) = current_participant(&app, &visitor, &place.at.contest).await? else {
        return Err(Stop::log_in(&place.at, &place.address()));
    };
    match resume_attempt(&app, visitor.now, who.id, place.id).await {
        Ok(Resumed::Running(attempt, saved)) => {
            let shown = Shown {
                draft: saved.clone(),
                ..Shown::default()
            };
            let f = Frame::of(&app, &visitor, &place.at.contest);
            let page = QuizPage::new(&app, &visitor, &f, &place, &attempt, &saved, shown).await?;
            Ok(Page(page).into_response())
        }
        Ok(Resumed::Finished(..)) => Ok(Redirect::to(&place.result_address()).into_response()),
        Err(ResumeError::NotFound) => Err(WebError::NotFound.into()),
        Err(ResumeError::Failed(failure)) => Err(WebError::from(failure).into()),
    }
}

impl<'a> QuizPage<'a> {
    /// The page of a running attempt with what is saved and what stands in the form.
    pub(super) async fn new(
        app: &App,
        visitor: &Visitor,
        f: &'a Frame,
        place: &'a AttemptPlace,
        attempt: &Attempt,
        saved: &Draft,
        shown: Shown,
    ) -> Result<Self, WebError> {
        let asks = asked_of(app, &place.at, attempt).await?;
        let typed = (shown.essay.clone(), shown.essay_fault.clone());
        let essay = EssayView::new(app, f, place, attempt.participant, typed).await?;
        let prediction = match asks {
            Some(asks) => {
                let words = PredictionWords::new(app, f, &place.at, asks).await?;
                Some(prediction_view(words, saved, &shown))
            }
            None => None,
        };
        Ok(Self {
            f,
            address: place.address(),
            attempt: place.id.to_string(),
            login_address: place.at.login_address(),
            token: app.keys.attempt_token(place.id, attempt.participant),
            deadline_ms: format::unix_ms(attempt.deadline),
            now_ms: format::unix_ms(visitor.now),
            ends: soon(f.lang(), visitor.now, attempt.deadline),
            opened: format::clock(visitor.now),
            saved: answered(saved),
            total: attempt.paper.questions.len(),
            round_name: place.at.name(f.lang()),
            number: attempt.number,
            questions: questions(place, attempt, saved, &shown.draft)?,
            prediction,
            essay,
            notice: shown.notice,
            words: script_words(f.lang(), asks),
        })
    }

    /// Contest texts are Vietnamese; where the page is not, they say so.
    fn foreign(&self) -> bool {
        self.f.lang() != Lang::Vi
    }
}

/// Questions of a draft that have an answer.
pub(super) fn answered(draft: &Draft) -> usize {
    draft
        .responses
        .values()
        .filter(|revised| !revised.response.choice.is_blank())
        .count()
}

/// A choice of a draft, blank where nothing was chosen.
pub(super) fn choice(draft: &Draft, number: u16) -> Choice {
    draft
        .responses
        .get(&number)
        .map(|revised| revised.response.choice.clone())
        .unwrap_or_default()
}

/// The texts of a question's options in the order shown.
pub(super) fn option_texts<'a>(
    place: &'a AttemptPlace,
    attempt: &Attempt,
    placed: &PaperQuestion,
) -> Option<(&'a str, Vec<(char, &'a str)>)> {
    let question = place.at.contest.question(&attempt.paper, placed)?;
    let option = |(shown, file): (u8, &u8)| {
        Some((
            label_of(shown)?,
            question.options.get(usize::from(*file))?.text.as_str(),
        ))
    };
    let options = (0u8..)
        .zip(&placed.order)
        .map(option)
        .collect::<Option<Vec<_>>>()?;
    Some((question.text.as_str(), options))
}

/// What a question is shown with.
pub(super) fn media_of(place: &AttemptPlace, attempt: &Attempt, placed: &PaperQuestion) -> Vec<MediaView> {
    let question = place.at.contest.question(&attempt.paper, placed);
    question.map_or_else(Vec::new, |question| MediaView::list(&question.media))
}

fn questions<'a>(
    place: &'a AttemptPlace,
    attempt: &Attempt,
    saved: &Draft,
    shown: &Draft,
) -> Result<Vec<QuestionView<'a>>, WebError> {
    let total = attempt.paper.questions.len();
    let rules = &place.at.round.rules.paper;
    let differ = rules.single_points().is_none();
    let mut views = Vec::with_capacity(total);
    for (number, placed) in (1u16..).zip(&attempt.paper.questions) {
        let (text, options) = option_texts(place, attempt, placed)
            .ok_or_else(|| WebError::internal("a question of a stored paper is not in its set"))?;
        let chosen = choice(shown, number).labels();
        let revision = saved.responses.get(&number).map_or(0, |revised| revised.revision);
        views.push(QuestionView {
            number,
            text,
            media: media_of(place, attempt, placed),
            multiple: placed.multiple,
            options: options
                .into_iter()
                .map(|(label, text)| OptionView {
                    label,
                    text,
                    checked: chosen.contains(label),
                })
                .collect(),
            revision,
            loaded: loaded(revision, &choice(saved, number).labels()),
            points: differ.then(|| placed.points.unwrap_or(rules.points)),
            pause: number.is_multiple_of(5) && usize::from(number) < total,
        });
    }
    Ok(views)
}

fn prediction_view(words: PredictionWords, saved: &Draft, shown: &Shown) -> PredictionView {
    let text = |draft: &Draft| {
        draft
            .predicted()
            .map(|value| value.to_string())
            .unwrap_or_default()
    };
    let revision = saved.prediction.map_or(0, |given| given.revision);
    PredictionView {
        words,
        fault: shown.typed.is_some(),
        typed: shown.typed.clone().unwrap_or_else(|| text(&shown.draft)),
        revision,
        loaded: loaded(revision, &text(saved)),
    }
}
