//! The review before handing in, for pages without scripts: what is missing, what was chosen, one button.
//!
//! Owns this page; it carries every answer as hidden fields, so that submitting needs nothing that was saved.

use super::answers::loaded;
use super::essay;
use super::paper::{answered, choice, media_of, option_texts};
use super::prediction::{asked_of, value};
use super::sender::QuizForm;
use super::soon;
use crate::app::App;
use crate::domain::attempt::Attempt;
use crate::domain::contest::PredictedQuantity;
use crate::domain::draft::Draft;
use crate::i18n::Lang;
use crate::web::WebError;
use crate::web::frame::Frame;
use crate::web::media::MediaView;
use crate::web::visitor::Visitor;
use askama::Template;

/// An answer as chosen.
struct AnswerView<'a> {
    number: u16,
    text: &'a str,
    media: Vec<MediaView>,
    chosen: Vec<(char, &'a str)>,
}

/// The page.
#[derive(Template)]
#[template(path = "quiz/review.html")]
pub(super) struct ReviewPage<'a> {
    f: &'a Frame,
    address: String,
    token: String,
    hidden: Vec<(String, String)>,
    ends: String,
    saved: usize,
    total: usize,
    blank: Vec<u16>,
    /// The answers are kept, so that links lead back to them.
    kept: bool,
    notice: Option<String>,
    answers: Vec<AnswerView<'a>>,
    /// Asked for: the prediction in words, if one was given.
    prediction: Option<Option<String>>,
    /// Asked for: how much is written, in words.
    essay: Option<String>,
}

impl<'a> ReviewPage<'a> {
    /// The page for a draft; with a notice it is not kept, and the form's own fields are carried on as they came.
    pub(super) async fn new(
        app: &App,
        visitor: &Visitor,
        f: &'a Frame,
        sent: &'a QuizForm,
        attempt: &Attempt,
        draft: &Draft,
        notice: Option<String>,
    ) -> Result<Self, WebError> {
        let asks = asked_of(app, &sent.place.at, attempt).await?;
        let answers = answers(sent, attempt, draft)?;
        let kept = notice.is_none();
        let mut hidden = if kept {
            fields(attempt, draft, asks)
        } else {
            carried(sent)
        };
        hidden.extend(essay::carried(&sent.form));
        let rules = sent.place.at.round.rules.essay.as_ref();
        Ok(Self {
            f,
            address: sent.place.address(),
            token: app.keys.attempt_token(sent.place.id, attempt.participant),
            hidden,
            essay: rules.map(|rules| essay::told(f, rules, sent.form.get(essay::FIELD))),
            ends: soon(f.lang(), visitor.now, attempt.deadline),
            saved: answered(draft),
            total: answers.len(),
            blank: answers
                .iter()
                .filter(|answer| answer.chosen.is_empty())
                .map(|answer| answer.number)
                .collect(),
            kept,
            notice,
            answers,
            prediction: asks.map(|asks| draft.predicted().map(|number| value(f, asks, number))),
        })
    }

    fn foreign(&self) -> bool {
        self.f.lang() != Lang::Vi
    }
}

fn answers<'a>(
    sent: &'a QuizForm,
    attempt: &Attempt,
    draft: &Draft,
) -> Result<Vec<AnswerView<'a>>, WebError> {
    let view = |(number, placed)| {
        let (text, options) = option_texts(&sent.place, attempt, placed)?;
        let labels = choice(draft, number).labels();
        let chosen = options
            .into_iter()
            .filter(|(label, _)| labels.contains(*label))
            .collect();
        Some(AnswerView {
            number,
            text,
            media: media_of(&sent.place, attempt, placed),
            chosen,
        })
    };
    let views: Option<Vec<_>> = (1u16..).zip(&attempt.paper.questions).map(view).collect();
    views.ok_or_else(|| WebError::internal("a question of a stored paper is not in its set"))
}

/// The draft as the fields of the quiz form.
fn fields(attempt: &Attempt, draft: &Draft, asks: Option<PredictedQuantity>) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (number, _) in (1u16..).zip(&attempt.paper.questions) {
        let chosen = choice(draft, number);
        let revision = draft.responses.get(&number).map_or(0, |revised| revised.revision);
        fields.extend(
            chosen
                .label_list()
                .into_iter()
                .map(|label| (format!("q{number}"), label)),
        );
        fields.push((format!("r{number}"), revision.to_string()));
        fields.push((format!("l{number}"), loaded(revision, &chosen.labels())));
    }
    if asks.is_some() {
        let text = draft
            .predicted()
            .map(|value| value.to_string())
            .unwrap_or_default();
        let revision = draft.prediction.map_or(0, |given| given.revision);
        fields.push(("lp".to_owned(), loaded(revision, &text)));
        fields.push(("rp".to_owned(), revision.to_string()));
        fields.push(("prediction".to_owned(), text));
    }
    fields
}

/// The answers of the form as they came.
fn carried(sent: &QuizForm) -> Vec<(String, String)> {
    let answer = |name: &str| matches!(name, "prediction" | "rp" | "lp") || is_numbered(name);
    let fields = sent.form.fields().filter(|(name, _)| answer(name));
    fields
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn is_numbered(name: &str) -> bool {
    name.strip_prefix(['q', 'r', 'l'])
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
}
