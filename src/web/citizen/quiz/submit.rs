//! What becomes of a quiz form: kept for now, reviewed, or handed in.
//!
//! Owns POST of `/bai-thi/{attempt}/nop` and its answers to people (pages and 303) and to the script (JSON).

use super::answers::{Answers, Fault};
use super::essay::{self, NotKept};
use super::paper::{QuizPage, Shown};
use super::review::ReviewPage;
use super::sender::QuizForm;
use super::{AttemptPlace, json};
use crate::action::finish_attempt::{self, FinishError};
use crate::action::resume_attempt::{ResumeError, Resumed, resume_attempt};
use crate::action::save_responses::{SaveError, save_responses};
use crate::app::App;
use crate::domain::attempt::{Attempt, GRACE};
use crate::domain::draft::Draft;
use crate::domain::response::ChoiceError;
use crate::web::WebError;
use crate::web::display::chosen;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use serde_json::json;

/// What the pressed button asks for.
enum Wish {
    Submit,
    Review,
    /// Also for a button of the display settings and for the Enter key: keeping answers harms nobody.
    Save,
}

/// An address that only takes forms, opened by hand or by reloading.
pub(super) async fn back(place: AttemptPlace) -> Redirect {
    Redirect::to(&place.address())
}

/// Takes a form of the quiz or review page.
pub(super) async fn receive(State(app): State<App>, visitor: Visitor, sent: QuizForm) -> Response {
    let wish = match sent.form.get("then") {
        "submit" => Wish::Submit,
        "" if sent.script => Wish::Submit,
        "review" => Wish::Review,
        _ => Wish::Save,
    };
    let answers = match Answers::read(&sent.form) {
        Ok(answers) => answers,
        Err(fault) => return faulty(&app, &visitor, &sent, fault).await,
    };
    match wish {
        Wish::Submit => hand_in(&app, &visitor, &sent, &answers).await,
        Wish::Review | Wish::Save => {
            keep(&app, &visitor, &sent, &answers, matches!(wish, Wish::Review)).await
        }
    }
}

/// The sentence for a fault and the field it belongs to.
fn fault_words(f: &Frame, fault: Fault) -> (String, String) {
    match fault {
        Fault::Question => ("responses".to_owned(), f.t("quiz-fault-question")),
        Fault::Option(number) => (format!("q{number}"), f.n("quiz-fault-option", number)),
        Fault::Revision(number) => (format!("r{number}"), f.n("quiz-fault-revision", number)),
        Fault::Prediction => ("prediction".to_owned(), f.t("quiz-fault-prediction")),
    }
}

/// The sentence for a choice that the paper does not allow.
pub(super) fn choice_words(f: &Frame, number: u16, error: ChoiceError) -> (String, String) {
    let words = match error {
        ChoiceError::UnknownQuestion => f.t("quiz-fault-question"),
        ChoiceError::UnknownOption => f.n("quiz-fault-option", number),
        ChoiceError::OnlyOne => f.n("quiz-fault-only-one", number),
    };
    (format!("q{number}"), words)
}

async fn hand_in(app: &App, visitor: &Visitor, sent: &QuizForm, answers: &Answers) -> Response {
    let (place, now) = (&sent.place, visitor.now);
    let prediction = answers.given_prediction();
    let f = Frame::of(app, visitor, &place.at.contest);
    match essay::hand_in(app, now, sent.who, place, &sent.form).await {
        Ok(()) => {}
        Err(NotKept::Text(error)) => {
            // Once the time is up nobody can shorten it: the text saved last counts, and the paper is taken.
            let over = match running(app, visitor, sent).await {
                Ok((attempt, _)) => now >= attempt.deadline,
                Err(response) => return response,
            };
            if !over {
                return refused(app, visitor, sent, Some(answers), essay::fault_words(&f, error)).await;
            }
        }
        Err(NotKept::Save(error)) => return not_saved(app, visitor, sent, answers, error).await,
    }
    match finish_attempt::submit(app, now, sent.who, place.id, &answers.given(), prediction).await {
        Ok(_) => settled(app, visitor, sent, None, &place.result_address()),
        Err(FinishError::TooLate(finished)) => {
            let late = now >= finished.attempt.deadline + GRACE;
            let address = if late {
                place.late_address(now)
            } else {
                place.result_address()
            };
            settled(app, visitor, sent, Some("deadline-passed"), &address)
        }
        Err(FinishError::AlreadyFinished(_)) => settled(
            app,
            visitor,
            sent,
            Some("attempt-finished"),
            &place.again_address(),
        ),
        Err(FinishError::Invalid(number, error)) => {
            let (field, words) = choice_words(&f, number, error);
            refused(app, visitor, sent, Some(answers), (field, words)).await
        }
        Err(FinishError::NotFound) => failed(sent, WebError::NotFound),
        Err(FinishError::Failed(failure)) => {
            let error = WebError::from(failure);
            if sent.script {
                failed(sent, error)
            } else {
                not_submitted(app, visitor, sent, answers, error).await
            }
        }
    }
}

/// The way to the result. A sender who shows the token alone gets it as a cookie, which opens this result for an hour.
fn settled(app: &App, visitor: &Visitor, sent: &QuizForm, reason: Option<&str>, address: &str) -> Response {
    let mut jar = CookieJar::new();
    if sent.by_token {
        jar = jar.add(visitor.paper_cookie(app.keys.attempt_token(sent.place.id, sent.who)));
    }
    let answer = match (sent.script, reason) {
        (true, Some(reason)) => json::conflict(reason, address),
        (true, None) => json::reply(StatusCode::OK, json!({ "location": address })),
        (false, _) => Redirect::to(address).into_response(),
    };
    (jar, answer).into_response()
}

fn failed(sent: &QuizForm, error: WebError) -> Response {
    if sent.script {
        json::failure(error.into())
    } else {
        error.into_response()
    }
}

/// The running attempt with what is saved, or the answer that takes its place.
async fn running(app: &App, visitor: &Visitor, sent: &QuizForm) -> Result<(Attempt, Draft), Response> {
    let place = &sent.place;
    match resume_attempt(app, visitor.now, sent.who, place.id).await {
        Ok(Resumed::Running(attempt, saved)) => Ok((attempt, saved)),
        Ok(Resumed::Finished(attempt, _)) if visitor.now >= attempt.deadline + GRACE => Err(settled(
            app,
            visitor,
            sent,
            Some("deadline-passed"),
            &place.late_address(visitor.now),
        )),
        Ok(Resumed::Finished(..)) => Err(settled(
            app,
            visitor,
            sent,
            Some("attempt-finished"),
            &place.again_address(),
        )),
        Err(ResumeError::NotFound) => Err(failed(sent, WebError::NotFound)),
        Err(ResumeError::Failed(failure)) => Err(failed(sent, failure.into())),
    }
}

/// Saves the answers, then goes back to the paper or on to the review.
async fn keep(app: &App, visitor: &Visitor, sent: &QuizForm, answers: &Answers, review: bool) -> Response {
    let (attempt, saved) = match running(app, visitor, sent).await {
        Ok(running) => running,
        Err(response) => return response,
    };
    let changes = answers.changes(&saved);
    let prediction = answers.prediction_change(&saved);
    let f = Frame::of(app, visitor, &sent.place.at.contest);
    let mine = answers.over(&saved);
    let outcome = if changes.is_empty() && prediction.is_none() {
        Ok(Draft::default())
    } else {
        let done = save_responses(app, visitor.now, sent.who, sent.place.id, &changes, prediction).await;
        done.map(|outcome| outcome.stale)
    };
    let outcome = match (
        outcome,
        essay::keep(app, visitor.now, sent.who, &sent.place, &sent.form).await,
    ) {
        (_, Err(NotKept::Text(error))) => {
            return refused(app, visitor, sent, Some(answers), essay::fault_words(&f, error)).await;
        }
        (Ok(_), Err(NotKept::Save(error))) => Err(error),
        (outcome, _) => outcome,
    };
    match outcome {
        Ok(stale) if review => {
            let kept = with_stale(mine, stale);
            review_page(app, visitor, sent, &f, &attempt, &kept, true).await
        }
        Ok(_) => saved_and_back(visitor, sent, changes.last().map(|change| change.question)),
        Err(SaveError::Failed(_) | SaveError::TooFast(_)) if review => {
            review_page(app, visitor, sent, &f, &attempt, &mine, false).await
        }
        Err(error) => not_saved(app, visitor, sent, answers, error).await,
    }
}

/// What another device saved later stands instead.
fn with_stale(mut mine: Draft, stale: Draft) -> Draft {
    mine.responses.extend(stale.responses);
    mine.prediction = stale.prediction.or(mine.prediction);
    mine
}

async fn review_page(
    app: &App,
    visitor: &Visitor,
    sent: &QuizForm,
    f: &Frame,
    attempt: &Attempt,
    draft: &Draft,
    kept: bool,
) -> Response {
    let notice = (!kept).then(|| f.t("quiz-not-saved"));
    match ReviewPage::new(app, visitor, f, sent, attempt, draft, notice).await {
        Ok(page) => Page(page).into_response(),
        Err(error) => error.into_response(),
    }
}

/// Back to the question that changed last, with the display settings of the pressed button.
fn saved_and_back(visitor: &Visitor, sent: &QuizForm, last: Option<u16>) -> Response {
    let mut address = sent.place.address();
    if let Some(number) = last {
        address.push_str(&format!("#cau-{number}"));
    }
    let display = chosen(visitor.display, &sent.form);
    let mut jar = CookieJar::new();
    if display != visitor.display {
        jar = jar.add(visitor.display_cookie(display));
    }
    (jar, Redirect::to(&address)).into_response()
}

async fn not_saved(
    app: &App,
    visitor: &Visitor,
    sent: &QuizForm,
    answers: &Answers,
    error: SaveError,
) -> Response {
    let place = &sent.place;
    let f = Frame::of(app, visitor, &place.at.contest);
    match error {
        SaveError::NotFound => failed(sent, WebError::NotFound),
        SaveError::Finished => settled(
            app,
            visitor,
            sent,
            Some("attempt-finished"),
            &place.again_address(),
        ),
        SaveError::DeadlinePassed => settled(
            app,
            visitor,
            sent,
            Some("deadline-passed"),
            &place.late_address(visitor.now),
        ),
        SaveError::Invalid(number, error) => {
            let words = choice_words(&f, number, error);
            refused(app, visitor, sent, Some(answers), words).await
        }
        SaveError::TooFast(wait) => {
            unkept(app, visitor, sent, answers, (WebError::TooMany(wait), wait)).await
        }
        SaveError::Failed(failure) => unkept(app, visitor, sent, answers, (failure.into(), 2)).await,
    }
}

/// Nothing was kept for now: the paper again with every answer as it was sent, to be sent anew after so many seconds.
async fn unkept(
    app: &App,
    visitor: &Visitor,
    sent: &QuizForm,
    answers: &Answers,
    (error, wait): (WebError, u64),
) -> Response {
    if sent.script {
        return failed(sent, error);
    }
    let status = error.into_response().status();
    let shown = Shown {
        notice: Some(Frame::of(app, visitor, &sent.place.at.contest).t("quiz-not-saved")),
        ..Shown::default()
    };
    let mut response = again(app, visitor, sent, Some(answers), shown, status).await;
    response.headers_mut().insert(RETRY_AFTER, wait.into());
    response
}

async fn faulty(app: &App, visitor: &Visitor, sent: &QuizForm, fault: Fault) -> Response {
    let f = Frame::of(app, visitor, &sent.place.at.contest);
    refused(app, visitor, sent, None, fault_words(&f, fault)).await
}

/// Tells what cannot be taken; nothing was kept. A person gets the paper again, as filled in as it can be.
async fn refused(
    app: &App,
    visitor: &Visitor,
    sent: &QuizForm,
    answers: Option<&Answers>,
    (field, words): (String, String),
) -> Response {
    if sent.script {
        return json::faults(&[(field, words)]);
    }
    let f = Frame::of(app, visitor, &sent.place.at.contest);
    let readable = Answers::read(&sent.form.without(&["prediction"])).ok();
    let typed = (field == "prediction").then(|| sent.form.get("prediction").to_owned());
    let shown = Shown {
        essay_fault: (field == essay::FIELD).then(|| words.clone()),
        notice: Some(f.n("quiz-nothing-kept", words)),
        typed,
        ..Shown::default()
    };
    again(
        app,
        visitor,
        sent,
        answers.or(readable.as_ref()),
        shown,
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await
}

/// The paper once more, with what stood in the form.
async fn again(
    app: &App,
    visitor: &Visitor,
    sent: &QuizForm,
    answers: Option<&Answers>,
    mut shown: Shown,
    status: StatusCode,
) -> Response {
    let (attempt, saved) = match running(app, visitor, sent).await {
        Ok(running) => running,
        Err(response) => return response,
    };
    shown.draft = answers.map_or_else(|| saved.clone(), |answers| answers.over(&saved));
    // A box that was not touched shows what is saved by now: with it, its mark would let an older text pass for a change.
    shown.essay = essay::changed(&sent.form).map(ToOwned::to_owned);
    let f = Frame::of(app, visitor, &sent.place.at.contest);
    match QuizPage::new(app, visitor, &f, &sent.place, &attempt, &saved, shown).await {
        Ok(page) => (status, Page(page)).into_response(),
        Err(error) => error.into_response(),
    }
}

/// A submission without scripts that could not be written: the review again, its answers still in it.
async fn not_submitted(
    app: &App,
    visitor: &Visitor,
    sent: &QuizForm,
    answers: &Answers,
    error: WebError,
) -> Response {
    let mut failure = error.into_response();
    let Ok((attempt, saved)) = running(app, visitor, sent).await else {
        return failure;
    };
    let f = Frame::of(app, visitor, &sent.place.at.contest);
    let notice = Some(f.t("quiz-not-submitted"));
    match ReviewPage::new(app, visitor, &f, sent, &attempt, &answers.over(&saved), notice).await {
        Ok(page) => {
            let retry = failure.headers_mut().remove(RETRY_AFTER);
            let mut response = (failure.status(), Page(page)).into_response();
            if let Some(retry) = retry {
                response.headers_mut().insert(RETRY_AFTER, retry);
            }
            response
        }
        Err(_) => failure,
    }
}
