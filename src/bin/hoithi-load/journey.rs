//! One visitor's way through a contest, request by request, in one of three dialects.
//!
//! Owns what is sent and what is read out of answers; leaves when it is sent to the scenarios.

mod request;

use crate::people;
use crate::tally::{Kind, Shared};
use crate::wire::{Answer, Line, between, find};
use std::fmt::Write as _;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Questions of a paper, each saved by itself.
pub(crate) const QUESTIONS: u16 = 15;
/// A submission that is asked to come again comes again so often.
const SUBMIT_TRIES: u32 = 4;

/// Which requests make an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Via {
    /// The JSON API: start, 15 saves, submit.
    Api,
    /// What a browser sends: start, page, 15 saves, submit, outcome.
    Pages,
    /// The baseline server of `benches/`: start with a page, 15 saves, submit.
    Baseline,
}

impl Via {
    /// As reports name it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Pages => "pages",
            Self::Baseline => "baseline",
        }
    }
}

/// Where and what is asked.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// The server.
    pub(crate) address: SocketAddr,
    /// The dialect.
    pub(crate) via: Via,
    /// Address of the contest.
    pub(crate) contest: String,
    /// The round to enter.
    pub(crate) round: u16,
    /// Whether the ids of accepted attempts are kept.
    pub(crate) keeps_ids: bool,
}

/// Somebody who may enter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Person {
    /// The login token; for the baseline the name of the session.
    pub(crate) token: String,
    /// The contest that the token is for; names the cookie.
    pub(crate) contest: i32,
}

/// Whether an entry can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The server did it.
    Done,
    /// The server refused or did not answer.
    Refused(Option<Duration>),
}

/// A person with an attempt that runs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sitting {
    person: Person,
    attempt: String,
    form_token: String,
    attempt_token: String,
    chosen: [u8; QUESTIONS as usize],
    revision: u32,
}

/// A connection to the target with whoever sits at it.
#[derive(Debug)]
pub(crate) struct Visitor {
    site: Arc<Site>,
    tally: Shared,
    line: Line,
    request: Vec<u8>,
    body: String,
    sitting: Sitting,
}

impl Visitor {
    /// A visitor who has not connected yet.
    pub(crate) fn new(site: &Arc<Site>, tally: &Shared) -> Self {
        Self {
            site: Arc::clone(site),
            tally: tally.clone(),
            line: Line::new(site.address),
            request: Vec::with_capacity(512),
            body: String::with_capacity(256),
            sitting: Sitting::default(),
        }
    }

    /// From now on another tally counts.
    pub(crate) fn count_in(&mut self, tally: &Shared) {
        self.tally = tally.clone();
    }

    /// Connects before the first request.
    pub(crate) async fn connect(&mut self) -> io::Result<()> {
        self.line.connect().await
    }

    /// Lets another person sit down at this connection.
    pub(crate) fn seat(&mut self, person: Person) {
        self.sitting = Sitting {
            person,
            ..Sitting::default()
        };
    }

    /// Lets a person who has started an attempt elsewhere go on at this connection; whoever sat here gets up.
    pub(crate) fn change(&mut self, sitting: Sitting) -> Sitting {
        std::mem::replace(&mut self.sitting, sitting)
    }

    /// Begins an attempt, or goes on with the one that runs.
    pub(crate) async fn start(&mut self, planned: Instant) -> Step {
        self.body.clear();
        let path = match self.site.via {
            Via::Api => format!(
                "/api/v1/contests/{}/rounds/{}/attempts",
                self.site.contest, self.site.round
            ),
            Via::Pages => format!("/cuoc-thi/{}/vong/{}/thi", self.site.contest, self.site.round),
            Via::Baseline => "/start".to_owned(),
        };
        let answer = self.send(Kind::Start, "POST", &path, planned).await;
        let Ok(answer) = answer else {
            return Step::Refused(None);
        };
        if !answer.is_good() {
            return refused(&answer);
        }
        match self.site.via {
            Via::Api => {
                let id = between(self.line.body(&answer), "\"attempt\":\"", b'"');
                self.sitting.attempt.push_str(id.unwrap_or_default());
            }
            Via::Pages => {
                let place = self.line.header(&answer, "location").unwrap_or_default();
                let id = place.strip_prefix("/bai-thi/").unwrap_or_default();
                self.sitting.attempt.push_str(id);
            }
            Via::Baseline => return Step::Done,
        }
        if self.sitting.attempt.len() != 32 {
            return Step::Refused(None);
        }
        if self.site.via == Via::Pages {
            self.paper().await
        } else {
            Step::Done
        }
    }

    /// Opens the page with the questions and keeps what its form holds.
    async fn paper(&mut self) -> Step {
        self.body.clear();
        let path = format!("/bai-thi/{}", self.sitting.attempt);
        let Ok(answer) = self.send(Kind::Paper, "GET", &path, Instant::now()).await else {
            return Step::Refused(None);
        };
        let page = self.line.body(&answer);
        let field = |name: &str| {
            let from = find(page, format!("name=\"{name}\"").as_bytes())?;
            between(page.get(from..)?, "value=\"", b'"').map(str::to_owned)
        };
        let (form_token, attempt_token) = (field("csrf"), field("token"));
        match (answer.status, form_token, attempt_token) {
            (200, Some(form_token), attempt_token) => {
                self.sitting.form_token = form_token;
                self.sitting.attempt_token = attempt_token.unwrap_or_default();
                Step::Done
            }
            _ => refused(&answer),
        }
    }

    /// Chooses an option, counted from 0, of a question, counted from 1, and saves the choice.
    pub(crate) async fn save(&mut self, question: u16, option: u8, planned: Instant) -> Step {
        let letter = char::from(b'A' + option % 4);
        self.sitting.revision += 1;
        if let Some(place) = self
            .sitting
            .chosen
            .get_mut(usize::from(question.saturating_sub(1)))
        {
            *place = b'A' + option % 4;
        }
        self.body.clear();
        let revision = self.sitting.revision;
        // Writing into a string cannot fail.
        let (path, method) = match self.site.via {
            Via::Api | Via::Pages => {
                let _ = write!(
                    self.body,
                    r#"{{"responses":[{{"question":{question},"options":["{letter}"],"revision":{revision}}}]"#
                );
                if self.site.via == Via::Pages {
                    let _ = write!(self.body, r#","token":"{}""#, self.sitting.attempt_token);
                }
                self.body.push('}');
                let path = match self.site.via {
                    Via::Pages => format!("/bai-thi/{}/luu", self.sitting.attempt),
                    Via::Api | Via::Baseline => {
                        format!("/api/v1/attempts/{}/responses", self.sitting.attempt)
                    }
                };
                (path, "PUT")
            }
            Via::Baseline => {
                let _ = write!(self.body, "q={}&a={}", question - 1, option % 4);
                ("/save".to_owned(), "POST")
            }
        };
        step(&self.send(Kind::Save, method, &path, planned).await)
    }

    /// Hands in; comes again when asked to.
    pub(crate) async fn submit(&mut self, prediction: u32, planned: Instant) -> Step {
        let mut planned = planned;
        for tried in 1.. {
            let step = self.submit_once(prediction, planned).await;
            match step {
                Step::Refused(Some(wait)) if tried < SUBMIT_TRIES => {
                    tokio::time::sleep(wait).await;
                    planned = Instant::now();
                }
                Step::Done | Step::Refused(_) => return step,
            }
        }
        Step::Refused(None)
    }

    async fn submit_once(&mut self, prediction: u32, planned: Instant) -> Step {
        self.body.clear();
        let path = match self.site.via {
            Via::Api => {
                let _ = write!(self.body, r#"{{"prediction":{prediction}}}"#);
                format!("/api/v1/attempts/{}/submit", self.sitting.attempt)
            }
            Via::Pages => {
                self.write_form(prediction);
                format!("/bai-thi/{}/nop", self.sitting.attempt)
            }
            Via::Baseline => {
                let _ = write!(self.body, "pred={prediction}");
                "/submit".to_owned()
            }
        };
        let answer = self.send(Kind::Submit, "POST", &path, planned).await;
        let step = step(&answer);
        if step == Step::Done {
            let mut tally = self.tally.open();
            tally.accepted += 1;
            if self.site.keeps_ids {
                tally.accepted_ids.push(self.sitting.attempt.clone());
            }
        }
        if (step, self.site.via) == (Step::Done, Via::Pages) {
            self.body.clear();
            let path = format!("/bai-thi/{}/ket-qua", self.sitting.attempt);
            let _ = self.send(Kind::Outcome, "GET", &path, Instant::now()).await;
        }
        step
    }

    /// The form as the quiz page sends it: every answer with its revision, and the prediction.
    fn write_form(&mut self, prediction: u32) {
        let _ = write!(
            self.body,
            "csrf={}&token={}&then=submit",
            self.sitting.form_token, self.sitting.attempt_token
        );
        for (number, letter) in (1..).zip(self.sitting.chosen) {
            if letter != 0 {
                let _ = write!(
                    self.body,
                    "&q{number}={}&r{number}={}",
                    char::from(letter),
                    self.sitting.revision
                );
            }
        }
        let _ = write!(
            self.body,
            "&prediction={prediction}&rp={}",
            self.sitting.revision + 1
        );
    }

    /// Reads a page.
    pub(crate) async fn read(&mut self, path: &str, planned: Instant) -> Step {
        self.body.clear();
        step(&self.send(Kind::Read, "GET", path, planned).await)
    }

    /// Registers the person that sits here, who is new; the answer is the log-in.
    pub(crate) async fn register(&mut self, number: u64, unit: &str, planned: Instant) -> Step {
        self.body.clear();
        people::write_registration(&mut self.body, number, unit);
        let path = format!("/api/v1/contests/{}/participants", self.site.contest);
        let answer = self.send(Kind::Register, "POST", &path, planned).await;
        let Ok(answer) = answer else {
            return Step::Refused(None);
        };
        match people::read_person(self.line.body(&answer)) {
            Some(person) if answer.is_good() => {
                self.seat(person);
                Step::Done
            }
            _ => refused(&answer),
        }
    }

    /// A whole entry without pauses. The first request counts from `planned`, the others from when they are sent.
    pub(crate) async fn entry(&mut self, planned: Instant, dice: u64) -> Step {
        let started = self.start(planned).await;
        if started != Step::Done {
            self.tally.open().abandoned();
            return started;
        }
        let mut smooth = true;
        for question in 1..=QUESTIONS {
            let option = (dice >> (2 * question)) as u8 % 4;
            smooth &= self.save(question, option, Instant::now()).await == Step::Done;
        }
        let prediction = u32::try_from(dice >> 45).unwrap_or(0);
        let submitted = self.submit(prediction, Instant::now()).await;
        let mut tally = self.tally.open();
        match submitted {
            Step::Done => tally.completed(planned, smooth),
            Step::Refused(_) => tally.abandoned(),
        }
        submitted
    }

    /// Sends a request with what `body` holds and notes what became of it.
    async fn send(&mut self, kind: Kind, method: &str, path: &str, planned: Instant) -> io::Result<Answer> {
        self.write_request(method, path)?;
        let answer = self.line.ask(&self.request).await;
        self.tally.open().answered(kind, planned, &answer);
        answer
    }
}

fn step(answer: &io::Result<Answer>) -> Step {
    match answer {
        Ok(answer) if answer.is_good() => Step::Done,
        Ok(answer) => refused(answer),
        Err(_) => Step::Refused(None),
    }
}

fn refused(answer: &Answer) -> Step {
    Step::Refused(answer.retry_after.map(|wait| Duration::from_secs(wait.into())))
}
