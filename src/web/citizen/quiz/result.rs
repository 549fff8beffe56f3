//! The result of one attempt: proof that it arrived, the score if the contest tells it, and what comes next.
//!
//! Owns GET of `…/ket-qua`. Who handed the paper in with its token alone sees it by the cookie set then.

use super::after::{After, AskView, Mistyped, after};
use super::sender::reader;
use super::start::counted;
use super::{AttemptPlace, Stop, essay, prediction, to_the_second};
use crate::action::resume_attempt::{ResumeError, Resumed, resume_attempt};
use crate::action::start_attempt::{Outlook, outlook};
use crate::app::App;
use crate::domain::attempt::{Attempt, GRACE, How};
use crate::domain::contest::Feedback;
use crate::domain::ids::{ParticipantId, UnitId};
use crate::domain::ranking::which_counts;
use crate::domain::round::{AdmitError, RoundPhase};
use crate::domain::submission::Submission;
use crate::store::attempt::AttemptLine;
use crate::web::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use time::{Duration, OffsetDateTime};

/// What the redirect to the result says of the request before it. It changes one sentence, nothing else.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Told {
    /// Arrival of a request that came too late, seconds since 1970.
    tre: Option<i64>,
    /// The paper had been handed in before.
    da_nop: Option<u8>,
}

#[derive(Template)]
#[template(path = "quiz/result.html")]
struct ResultPage<'a> {
    f: &'a Frame,
    contest_title: &'a str,
    contest_address: String,
    heading: String,
    /// When, or the story of a paper that the system handed in.
    story: String,
    notice: Option<String>,
    receipt: String,
    score: Option<String>,
    /// Where the results of the round stand, if no score is told.
    waiting: Option<String>,
    /// What becomes, or became, of the essay.
    essay: Option<String>,
    facts: Vec<(String, String)>,
    counts: Option<String>,
    /// The prediction, where it is asked for after the paper.
    ask: Option<AskView>,
    /// Why it is not asked for any more.
    asked: Option<String>,
    results: String,
    results_out: bool,
    /// Another attempt: address and label of the button.
    next: Option<(String, String)>,
    /// Why there is none.
    no_next: Option<String>,
    verify: String,
}

/// Everything the page is made of.
struct Facts<'a> {
    f: &'a Frame,
    place: &'a AttemptPlace,
    now: OffsetDateTime,
    attempt: &'a Attempt,
    submission: &'a Submission,
    lines: &'a [AttemptLine],
    /// Given in the paper or after it.
    prediction: Option<i64>,
}

/// Shows the result to its owner; a running attempt leads back to the paper.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    place: AttemptPlace,
    RawQuery(query): RawQuery,
) -> Result<Response, Stop> {
    let told: Told = serde_html_form::from_str(query.as_deref().unwrap_or_default()).unwrap_or_default();
    let who = reader(&app, &visitor, &place).await?;
    page_of(&app, &visitor, &place, who, &told, None).await
}

/// The page for its owner; `mistyped` is a prediction that could not be taken.
pub(super) async fn page_of(
    app: &App,
    visitor: &Visitor,
    place: &AttemptPlace,
    who: ParticipantId,
    told: &Told,
    mistyped: Option<Mistyped<'_>>,
) -> Result<Response, Stop> {
    let (attempt, submission) = match resume_attempt(app, visitor.now, who, place.id).await {
        Ok(Resumed::Finished(attempt, submission)) => (attempt, submission),
        Ok(Resumed::Running(..)) => return Ok(Redirect::to(&place.address()).into_response()),
        Err(ResumeError::NotFound) => return Err(WebError::NotFound.into()),
        Err(ResumeError::Failed(failure)) => return Err(WebError::from(failure).into()),
    };
    let lines = app.reader.load_round_attempts(place.at.round.id, who).await?;
    let person = app
        .reader
        .find_participant(who)
        .await?
        .ok_or(WebError::NotFound)?;
    let f = Frame::of(app, visitor, &place.at.contest);
    let After { form, said, own } = after(app, visitor, &f, place, &submission, mistyped).await?;
    let facts = Facts {
        f: &f,
        place,
        now: visitor.now,
        attempt: &attempt,
        submission: &submission,
        lines: &lines,
        prediction: own.or(submission.prediction),
    };
    let (next, no_next) = facts.next(&outlook(
        visitor.now,
        &place.at.contest,
        &place.at.round,
        &person,
        &lines,
    ));
    let mut page = facts.page(told, next, no_next, app.public_url().page("/xac-minh"));
    (page.ask, page.asked) = (form, said);
    if page.results_out && is_voided(app, place, &submission, person.unit).await? {
        page.notice = Some(f.t("award-entrant-voided"));
    }
    let published = place.at.round.phase(visitor.now) == RoundPhase::Published;
    page.essay = essay::outcome(app, &f, place, who, published).await?;
    Ok(Page(page).into_response())
}

/// Whether two people of the board struck this attempt out.
async fn is_voided(
    app: &App,
    place: &AttemptPlace,
    submission: &Submission,
    unit: UnitId,
) -> Result<bool, WebError> {
    let rulings = app
        .store
        .load_rulings(place.at.round.contest, Some(place.at.round.id))
        .await?;
    let own = place.at.contest.unit(unit);
    let above = own.into_iter().flat_map(|unit| unit.ancestors.iter().copied());
    let units: Vec<UnitId> = std::iter::once(unit).chain(above).collect();
    let of = (submission.attempt, submission.participant);
    Ok(rulings
        .targets()
        .any(|target| target.names(of, &units, submission.finished_at)))
}

impl<'a> Facts<'a> {
    fn page(
        &self,
        told: &Told,
        next: Option<(String, String)>,
        no_next: Option<String>,
        verify: String,
    ) -> ResultPage<'a> {
        let f = self.f;
        let results_out = self.place.at.round.phase(self.now) == RoundPhase::Published;
        let tells = self.tells_score();
        ResultPage {
            f,
            contest_title: &self.place.at.contest.definition.title,
            contest_address: self.place.at.contest_address(),
            heading: f.t(match self.submission.how {
                How::Submitted => "quiz-result-submitted",
                How::TimedOut => "quiz-result-by-system",
            }),
            story: self.story(),
            notice: self.notice(told),
            receipt: grouped(&self.submission.receipt),
            score: tells.then(|| self.score()),
            waiting: (!tells).then(|| self.results()),
            essay: None,
            facts: self.pairs(),
            counts: self.counts(),
            ask: None,
            asked: None,
            results: self.results(),
            results_out,
            next,
            no_next,
            verify,
        }
    }

    /// After publication everybody's points are known, whatever was told before.
    fn tells_score(&self) -> bool {
        let round = &self.place.at.round;
        round.rules.attempts.feedback == Feedback::Score || round.phase(self.now) == RoundPhase::Published
    }

    fn story(&self) -> String {
        let (f, lang) = (self.f, self.f.lang());
        let (attempt, submission) = (self.attempt, self.submission);
        let answered = submission.score.answered;
        match submission.how {
            How::Submitted => f.n("quiz-result-at", format::exact(lang, submission.finished_at)),
            How::TimedOut if submission.finished_at < attempt.deadline => f.ab(
                "quiz-result-closed-early",
                format::exact(lang, submission.finished_at),
                answered,
            ),
            How::TimedOut => {
                let started = to_the_second(lang, attempt.deadline, attempt.started_at);
                f.abc(
                    "quiz-result-timed-out",
                    started,
                    format::exact(lang, attempt.deadline),
                    answered,
                )
            }
        }
    }

    fn notice(&self, told: &Told) -> Option<String> {
        let (f, lang) = (self.f, self.f.lang());
        let arrived = told
            .tre
            .and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok());
        // An address can be made up by hand: only a moment that could have been is repeated.
        let could_be = |at: &OffsetDateTime| {
            *at <= self.now
                && *at >= (self.attempt.deadline + GRACE).max(self.now - Duration::days(1)) - Duration::SECOND
        };
        if let (Some(at), How::TimedOut) = (arrived.filter(could_be), self.submission.how) {
            let deadline = to_the_second(lang, self.now, self.attempt.deadline);
            return Some(f.ab("quiz-result-late", to_the_second(lang, self.now, at), deadline));
        }
        let again = told.da_nop.is_some() && self.submission.how == How::Submitted;
        let at = f.n("quiz-result-at", format::exact(lang, self.submission.finished_at));
        again.then(|| f.n("quiz-result-again", at))
    }

    fn score(&self) -> String {
        let (lang, score) = (self.f.lang(), &self.submission.score);
        let at = &self.place.at;
        let most = at.contest.most(&at.round, &self.attempt.paper);
        let of = |a: u32, b: u32| {
            format!(
                "{}/{}",
                format::number(lang, i64::from(a)),
                format::number(lang, i64::from(b))
            )
        };
        let correct = of(u32::from(score.correct), u32::from(score.total));
        self.f.ab("quiz-result-score", correct, of(score.points, most))
    }

    fn results(&self) -> String {
        let (f, round) = (self.f, &self.place.at.round);
        let name = self.place.at.name(f.lang());
        match round.phase(self.now) {
            RoundPhase::Published => f.n("quiz-result-published", name),
            RoundPhase::Upcoming | RoundPhase::Open => f.ab(
                "quiz-result-later",
                name,
                format::moment(f.lang(), round.closes_at),
            ),
            RoundPhase::Ended | RoundPhase::Sealed | RoundPhase::Ranked | RoundPhase::Approved => {
                f.n("quiz-result-waiting", name)
            }
        }
    }

    fn pairs(&self) -> Vec<(String, String)> {
        let (f, lang, rules) = (self.f, self.f.lang(), &self.place.at.round.rules);
        let name = self.place.at.name(lang);
        let number = self.attempt.number;
        let mut pairs = vec![match rules.attempts.per_round {
            Some(1) => (f.t("quiz-result-round"), self.place.at.round.title.clone()),
            Some(limit) => (
                f.t("quiz-result-attempt"),
                f.abc("quiz-result-attempt-of", number, limit, name),
            ),
            None => (
                f.t("quiz-result-attempt"),
                f.ab("quiz-result-attempt-any", number, name),
            ),
        }];
        if !self.tells_score() {
            let score = &self.submission.score;
            let answered = format!("{}/{}", score.answered, score.total);
            pairs.push((f.t("quiz-result-answered"), answered));
        }
        pairs.push((
            f.t("quiz-result-duration"),
            format::duration(lang, self.submission.duration_ms),
        ));
        if let (Some(rules), Some(given)) = (rules.prediction, self.prediction) {
            let told = prediction::value(f, rules.asks, given);
            let told = match rules.points.is_none() {
                true => told,
                false => f.n("quiz-result-prediction-points", told),
            };
            pairs.push((f.t("quiz-result-prediction"), told));
        }
        pairs
    }

    /// Which attempt counts as things stand. Where no score is told, saying which is the best would tell it.
    fn counts(&self) -> Option<String> {
        let (f, rules) = (self.f, &self.place.at.round.rules.attempts);
        if rules.per_round == Some(1) {
            return None;
        }
        if !self.tells_score() || rules.counts.is_over_all_attempts() {
            return Some(f.n("quiz-result-counts-rule", counted(f, rules)));
        }
        let finished: Vec<&AttemptLine> = self.lines.iter().filter(|line| line.result.is_some()).collect();
        let score = |line: &&AttemptLine| line.result.map(|(points, ..)| (points, line.number));
        let scores: Vec<(u32, u16)> = finished.iter().filter_map(score).collect();
        let counts = finished.get(which_counts(&scores, rules.counts)?)?.number;
        Some(if counts == self.attempt.number {
            f.t("quiz-result-counts-this")
        } else {
            f.n("quiz-result-counts-other", counts)
        })
    }

    /// The button for another attempt, or why there is none.
    fn next(&self, outlook: &Outlook) -> (Option<(String, String)>, Option<String>) {
        let (f, place) = (self.f, &self.place.at);
        let limit = place.round.rules.attempts.per_round;
        match outlook {
            Outlook::Running(_) => (Some((place.address(), f.t("quiz-result-resume"))), None),
            Outlook::Free(number) => {
                let left = limit.map(|limit| limit.saturating_sub(number.saturating_sub(1)));
                let label = match left {
                    Some(left) => f.n("quiz-result-once-more-of", left),
                    None => f.t("quiz-result-once-more"),
                };
                (Some((place.address(), label)), None)
            }
            Outlook::Refused(AdmitError::Wait(until)) => (
                None,
                Some(f.n("quiz-refused-wait", to_the_second(f.lang(), self.now, *until))),
            ),
            Outlook::Refused(AdmitError::Exhausted(limit)) if *limit > 1 => {
                let rules = counted(f, &place.round.rules.attempts);
                (
                    None,
                    Some(f.abc("quiz-refused-exhausted", limit, place.name(f.lang()), rules)),
                )
            }
            Outlook::Refused(_) | Outlook::Excluded(_) => (None, None),
        }
    }
}

/// A receipt in groups that can be read aloud: K7QF 2M9X 4T.
fn grouped(receipt: &str) -> String {
    let letters: Vec<char> = receipt.chars().collect();
    letters
        .chunks(4)
        .map(String::from_iter)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_receipt_is_shown_in_groups_of_four() {
        assert_eq!(super::grouped("K7QF2M9X4T"), "K7QF 2M9X 4T");
    }
}
