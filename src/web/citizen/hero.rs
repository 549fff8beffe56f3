//! The head of the front page and of a contest's page: its state and the one thing to press.
//!
//! Owns which button belongs to which state; used by `home` and `contest`.

use super::turns;
use crate::app::App;
use crate::domain::access::Entering;
use crate::domain::account::Accounts;
use crate::domain::attempt::GRACE;
use crate::domain::catalog::Contest;
use crate::domain::ids::AttemptId;
use crate::domain::round::{AdmitError, EarlierAttempt, Round, RoundPhase, RoundStage};
use crate::i18n::{self, Lang};
use crate::store::attempt::AttemptLine;
use crate::store::pages::PublishedRound;
use crate::web::visitor::{Visitor, current_participant};
use crate::web::words::{Countdown, Link, count, countdown, round_name, round_word, say};
use crate::web::{WebError, format};
use time::OffsetDateTime;

/// Where a contest stands as a whole.
#[derive(Debug, Clone, Copy)]
pub enum Standing<'c> {
    /// This round takes entries.
    Open(&'c Round),
    /// No round is open; this one is next.
    Upcoming(&'c Round),
    /// Every round has closed; this last one is not published yet.
    Waiting(&'c Round),
    /// The last round is published.
    Published(&'c Round),
    /// There is no round.
    Empty,
}

/// Where the contest stands at `now`.
pub fn standing(contest: &Contest, now: OffsetDateTime) -> Standing<'_> {
    let last = contest.rounds.last();
    match (contest.open_round(now), contest.next_round(now), last) {
        (Some(open), _, _) => Standing::Open(open),
        (None, Some(next), _) => Standing::Upcoming(next),
        (None, None, Some(last)) if last.stage == RoundStage::Published => Standing::Published(last),
        (None, None, Some(last)) => Standing::Waiting(last),
        (None, None, None) => Standing::Empty,
    }
}

/// State word with its sign.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Class of the stylesheet.
    pub kind: &'static str,
    /// Sign and word.
    pub text: String,
}

/// The tag of a round in the calendar.
pub fn round_tag(lang: Lang, round: &Round, now: OffsetDateTime) -> Tag {
    let (kind, key) = match round.phase(now) {
        RoundPhase::Upcoming => ("soon", "tag-soon"),
        RoundPhase::Open => ("open", "tag-open"),
        RoundPhase::Ended | RoundPhase::Sealed | RoundPhase::Ranked | RoundPhase::Approved => {
            ("closed", "tag-closed")
        }
        RoundPhase::Published => ("done", "tag-published"),
    };
    Tag {
        kind,
        text: i18n::text(lang, key, &[]),
    }
}

/// A number with its word.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The number as printed.
    pub number: String,
    /// What it counts.
    pub words: String,
}

/// What the head prints.
#[derive(Debug, Clone)]
pub struct Hero {
    /// Title of the contest.
    pub title: String,
    /// Who runs it.
    pub organiser: String,
    /// State word.
    pub tag: Tag,
    /// State in one sentence.
    pub sentence: String,
    /// Time left.
    pub countdown: Option<Countdown>,
    /// Whom the page greets.
    pub greeting: Option<String>,
    /// Why the button leads elsewhere than to the quiz.
    pub reason: Option<String>,
    /// The one filled button.
    pub button: Link,
    /// The quiet link beside it.
    pub quiet: Option<Link>,
    /// Three facts.
    pub facts: Vec<Fact>,
}

/// The visitor, as far as the contest knows one.
#[derive(Debug, Clone)]
pub struct Own {
    /// Name.
    pub name: String,
    /// An attempt that still runs, with its deadline.
    pub running: Option<(AttemptId, OffsetDateTime)>,
    /// Whether the open round takes another attempt.
    pub admitted: Option<Result<u16, AdmitError>>,
    /// What groups and ages ask.
    pub entering: Entering,
}

/// An attempt that may still be worked on at `now`.
pub fn is_running(line: &AttemptLine, now: OffsetDateTime) -> bool {
    line.finished_at.is_none() && now < line.deadline + GRACE
}

/// Who the visitor is in this contest.
pub async fn own(app: &App, visitor: &Visitor, contest: &Contest) -> Result<Option<Own>, WebError> {
    let Some(person) = current_participant(app, visitor, contest).await? else {
        return Ok(None);
    };
    let rounds: Vec<_> = contest.rounds.iter().map(|round| round.id).collect();
    let attempts = app.store.load_own_attempts(&rounds, person.id).await?;
    let running = attempts
        .iter()
        .find(|line| is_running(line, visitor.now))
        .map(|line| (line.id, line.deadline));
    let admitted = contest.open_round(visitor.now).map(|round| {
        let earlier: Vec<_> = attempts
            .iter()
            .filter(|line| line.id.round() == round.id)
            .map(|line| EarlierAttempt {
                finished_at: line.finished_at,
            })
            .collect();
        contest.admit(round, person.entering(), visitor.now, &earlier)
    });
    Ok(Some(Own {
        entering: person.entering(),
        name: person.full_name,
        running,
        admitted,
    }))
}

/// The head of a contest's page for this visitor.
pub fn hero(
    lang: Lang,
    now: OffsetDateTime,
    contest: &Contest,
    published: &[PublishedRound],
    own: Option<&Own>,
) -> Hero {
    let maker = Maker {
        lang,
        now,
        contest,
        own,
    };
    let (tag, sentence, countdown) = maker.state();
    let (button, reason) = maker.button();
    Hero {
        title: contest.definition.title.clone(),
        organiser: contest.definition.organiser.clone(),
        tag,
        sentence,
        countdown,
        greeting: own.map(|own| say(lang, "hello", &[("name", &own.name)])),
        reason,
        button,
        quiet: maker.quiet(),
        facts: maker.facts(published),
    }
}

struct Maker<'a> {
    lang: Lang,
    now: OffsetDateTime,
    contest: &'a Contest,
    own: Option<&'a Own>,
}

impl Maker<'_> {
    fn text(&self, key: &str) -> String {
        i18n::text(self.lang, key, &[])
    }

    fn say(&self, key: &str, round: &Round, at: OffsetDateTime) -> String {
        let at = format::moment(self.lang, at);
        say(
            self.lang,
            key,
            &[
                ("round", &round_name(self.lang, round)),
                ("title", &round.title),
                ("at", &at),
            ],
        )
    }

    fn path(&self, rest: &str) -> String {
        format!("/cuoc-thi/{}{rest}", self.contest.definition.slug)
    }

    fn state(&self) -> (Tag, String, Option<Countdown>) {
        let tag = |kind, text| Tag { kind, text };
        let standing = standing(self.contest, self.now);
        // Where groups take turns, the person's own time stands in the place of that of the round.
        let turn = self
            .own
            .and_then(|own| turns::own_turn(self.lang, self.now, self.contest, standing, own.entering));
        if let Some(turn) = turn {
            let (kind, key) = turn.tag;
            let left = countdown(self.lang, self.now, turn.until);
            return (tag(kind, self.text(key)), turn.sentence, Some(left));
        }
        match standing {
            Standing::Open(round) => (
                tag(
                    "open",
                    say(self.lang, "state-open-tag", &[("title", &round.title)]),
                ),
                self.say("state-open", round, round.closes_at),
                Some(countdown(self.lang, self.now, round.closes_at)),
            ),
            // Nobody knows the moment: it is when somebody presses the button.
            Standing::Upcoming(round) if round.control.held => {
                let waits = round.waits_for_hand(self.now);
                let key = if waits { "state-held" } else { "state-not-before" };
                (
                    tag("soon", self.text("state-soon-tag")),
                    self.say(key, round, round.opens_at),
                    None,
                )
            }
            Standing::Upcoming(round) => (
                tag("soon", self.text("state-soon-tag")),
                self.say("state-soon", round, round.opens_at),
                Some(countdown(self.lang, self.now, round.opens_at)),
            ),
            Standing::Waiting(round) => (
                tag("closed", self.text("state-closed-tag")),
                self.say("state-waiting", round, round.closes_at),
                None,
            ),
            Standing::Published(round) => {
                let at = round.published_at.unwrap_or(round.closes_at);
                (
                    tag("done", self.text("state-published-tag")),
                    self.say("state-published", round, at),
                    None,
                )
            }
            Standing::Empty => (
                tag("soon", self.text("state-soon-tag")),
                self.text("state-empty"),
                None,
            ),
        }
    }

    fn button(&self) -> (Link, Option<String>) {
        let link = |rest: &str, key| Link::new(self.path(rest), self.text(key));
        if let Some((attempt, deadline)) = self.own.and_then(|own| own.running) {
            let minutes = ((deadline - self.now).whole_seconds().max(0) + 59) / 60;
            let text = count(self.lang, "button-resume", minutes);
            return (Link::new(format!("/bai-thi/{attempt}"), text), None);
        }
        match standing(self.contest, self.now) {
            Standing::Open(round) => self.enter(round),
            Standing::Upcoming(_) if self.own.is_none() && self.is_issued() => {
                (link("/dang-nhap", "link-log-in"), None)
            }
            Standing::Upcoming(_) if self.own.is_none() => (link("/dang-ky", "button-register-before"), None),
            Standing::Upcoming(_) | Standing::Empty => {
                let reason = self.own.map(|_| self.text("state-registered"));
                (link("/the-le", "button-rules"), reason)
            }
            Standing::Waiting(_) => (link("/ket-qua", "button-results-later"), None),
            Standing::Published(_) => (link("/ket-qua", "button-results"), None),
        }
    }

    /// The organisers issue the accounts: nobody registers.
    fn is_issued(&self) -> bool {
        self.contest.definition.entry.accounts == Accounts::Issued
    }

    fn enter(&self, round: &Round) -> (Link, Option<String>) {
        let start = self.path(&format!("/vong/{}/thi", round.number));
        let enter = |href| Link::new(href, self.text("button-enter"));
        let Some(own) = self.own else {
            let door = if self.is_issued() { "dang-nhap" } else { "dang-ky" };
            return (enter(self.path(&format!("/{door}?tiep={start}"))), None);
        };
        match own.admitted {
            Some(Err(error)) => (
                Link::new("/bai-thi", self.text("button-mine")),
                Some(self.refusal(round, error)),
            ),
            _ => (enter(start), None),
        }
    }

    fn refusal(&self, round: &Round, error: AdmitError) -> String {
        match error {
            AdmitError::NotOpen(at) => self.say("state-soon", round, at),
            AdmitError::Ended(at) => self.say("state-ended", round, at),
            AdmitError::Exhausted(used) => {
                let used = count(self.lang, "attempts", i64::from(used));
                let word = round_word(self.lang, self.contest);
                say(
                    self.lang,
                    "state-exhausted",
                    &[("attempts", &used), ("word", &word)],
                )
            }
            AdmitError::Wait(at) => say(self.lang, "state-wait", &[("at", &format::exact(self.lang, at))]),
            AdmitError::Held => say(self.lang, "quiz-refused-held", &[("n", &round.title)]),
            AdmitError::Paused => say(self.lang, "quiz-refused-paused", &[("n", &round.title)]),
            AdmitError::UsedUp(limit) => say(self.lang, "quiz-refused-used-up", &[("n", &limit.to_string())]),
            AdmitError::NotQualified => say(self.lang, "quiz-refused-not-qualified", &[("n", &round.title)]),
            AdmitError::Person(bar) => turns::refusal(self.lang, &round.title, bar),
        }
    }

    fn quiet(&self) -> Option<Link> {
        let over = matches!(
            standing(self.contest, self.now),
            Standing::Waiting(_) | Standing::Published(_)
        );
        if over || self.own.is_some() {
            return Some(Link::new("/bai-thi", self.text("link-mine")));
        }
        Some(Link::new(self.path("/dang-nhap"), self.text("link-log-in")))
    }

    fn facts(&self, published: &[PublishedRound]) -> Vec<Fact> {
        let fact = |key: &str, n: i64| Fact {
            number: format::number(self.lang, n),
            words: count(self.lang, key, n),
        };
        let round = match standing(self.contest, self.now) {
            Standing::Open(round) | Standing::Upcoming(round) => round,
            Standing::Waiting(_) | Standing::Published(_) | Standing::Empty => {
                let attempts = published.iter().map(|round| round.tally.attempts).sum();
                let awards = published.iter().map(|round| round.awards).sum();
                let rounds = i64::try_from(published.len()).unwrap_or(i64::MAX);
                return if published.is_empty() {
                    Vec::new()
                } else {
                    vec![
                        fact("fact-entries", attempts),
                        fact("fact-awards", awards),
                        fact("fact-rounds", rounds),
                    ]
                };
            }
        };
        let mut facts = vec![fact(
            "fact-questions",
            i64::from(round.rules.paper.question_count()),
        )];
        if let Some(seconds) = round.rules.paper.time_limit_s {
            facts.push(fact("fact-minutes", i64::from(seconds) / 60));
        }
        if let Some(attempts) = round.rules.attempts.per_round {
            let words = say(
                self.lang,
                "fact-attempts",
                &[
                    (
                        "attempts",
                        &count(self.lang, "fact-attempts-word", i64::from(attempts)),
                    ),
                    ("word", &round_word(self.lang, self.contest)),
                ],
            );
            facts.push(Fact {
                number: attempts.to_string(),
                words,
            });
        }
        facts
    }
}
