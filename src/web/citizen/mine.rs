//! My attempts, in every contest this browser is logged in to.
//!
//! Owns what a person sees of the own attempts and registration.

use super::hero::is_running;
use super::spread::{OwnLink, own_link};
use crate::action::register::sealed_place;
use crate::app::App;
use crate::domain::attempt::How;
use crate::domain::catalog::Contest;
use crate::domain::contest::Feedback;
use crate::domain::participant::{Phone, local_date};
use crate::domain::ranking::which_counts;
use crate::domain::round::{Round, RoundStage};
use crate::i18n::{self, Lang};
use crate::store::attempt::AttemptLine;
use crate::store::participant::ParticipantLine;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::{Visitor, current_participant};
use crate::web::words::{Link, count, round_name, say};
use crate::web::{WebError, format};
use askama::Template;
use axum::extract::State;
use time::OffsetDateTime;

#[derive(Template)]
#[template(path = "citizen/mine.html")]
struct MinePage {
    f: Frame,
    hello: Option<String>,
    running: Vec<Running>,
    contests: Vec<Own>,
    /// Where one can log in, if nobody is logged in.
    log_in: Vec<Link>,
}

struct Running {
    what: String,
    rest: String,
    button: Link,
}

struct Own {
    base: String,
    title: String,
    caption: String,
    lines: Vec<Line>,
    empty: String,
    name: String,
    phone: String,
    unit: String,
    publish: &'static str,
    slug: String,
    link: Option<OwnLink>,
}

struct Line {
    href: String,
    what: String,
    note: Option<String>,
    at: String,
    result: String,
    counts: bool,
}

/// `GET /bai-thi`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Page<impl Template>, WebError> {
    let catalog = app.catalog();
    let lang = visitor.display.lang;
    let mut page = MinePage {
        f: Frame::new(&app, &visitor),
        hello: None,
        running: Vec::new(),
        contests: Vec::new(),
        log_in: Vec::new(),
    };
    for contest in catalog.contests() {
        let Some(person) = current_participant(&app, &visitor, contest).await? else {
            let href = format!("/cuoc-thi/{}/dang-nhap?tiep=/bai-thi", contest.definition.slug);
            page.log_in
                .push(Link::new(href, contest.definition.title.clone()));
            continue;
        };
        page.f = Frame::of(&app, &visitor, contest);
        page.hello = Some(say(lang, "hello", &[("name", &person.full_name)]));
        let rounds: Vec<_> = contest.rounds.iter().map(|round| round.id).collect();
        let attempts = app.store.load_own_attempts(&rounds, person.id).await?;
        let teller = Teller {
            lang,
            now: visitor.now,
            contest,
        };
        page.running.extend(
            attempts
                .iter()
                .filter(|line| is_running(line, visitor.now))
                .filter_map(|line| teller.running(line)),
        );
        let mut own = teller.own(&app, &person, &attempts).await?;
        own.link = own_link(&app, &visitor, contest, &person).await?;
        page.contests.push(own);
    }
    Ok(Page(page))
}

struct Teller<'a> {
    lang: Lang,
    now: OffsetDateTime,
    contest: &'a Contest,
}

impl Teller<'_> {
    fn text(&self, key: &str) -> String {
        i18n::text(self.lang, key, &[])
    }

    fn round(&self, line: &AttemptLine) -> Option<&Round> {
        self.contest
            .rounds
            .iter()
            .find(|round| round.id == line.id.round())
    }

    fn running(&self, line: &AttemptLine) -> Option<Running> {
        let minutes = ((line.deadline - self.now).whole_seconds().max(0) + 59) / 60;
        let round = round_name(self.lang, self.round(line)?);
        let values = [
            ("n", line.number.to_string()),
            ("round", round),
            ("at", format::clock(line.deadline)),
        ];
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        Some(Running {
            what: say(self.lang, "mine-running", &values),
            rest: say(self.lang, "mine-running-until", &values),
            button: Link::new(
                format!("/bai-thi/{}", line.id),
                count(self.lang, "button-resume", minutes),
            ),
        })
    }

    async fn own(
        &self,
        app: &App,
        person: &ParticipantLine,
        attempts: &[AttemptLine],
    ) -> Result<Own, WebError> {
        let data = app
            .store
            .find_own_data(person.id)
            .await?
            .ok_or(WebError::NotFound)?;
        let phone = app
            .keys
            .open(&sealed_place("phone", &data.phone_hash), &data.phone_sealed);
        // A code that was issued is no secret and is shown whole.
        let phone = phone.map(|name| match Phone::parse(&name) {
            Ok(phone) => phone.masked(),
            Err(_) => name,
        });
        let finished: Vec<&AttemptLine> = attempts
            .iter()
            .filter(|line| !is_running(line, self.now))
            .collect();
        let definition = &self.contest.definition;
        let n = count(self.lang, "attempts", i64::try_from(finished.len()).unwrap_or(0));
        Ok(Own {
            base: format!("/cuoc-thi/{}", definition.slug),
            title: definition.title.clone(),
            caption: say(
                self.lang,
                "mine-as-of",
                &[("attempts", &n), ("at", &format::exact(self.lang, self.now))],
            ),
            lines: finished
                .iter()
                .filter_map(|line| self.line(line, attempts))
                .collect(),
            empty: self.empty(),
            name: person.full_name.clone(),
            phone: phone.unwrap_or_default(),
            unit: self.contest.unit_path(person.unit),
            publish: if data.consent_publish {
                "mine-publish-yes"
            } else {
                "mine-publish-no"
            },
            slug: definition.slug.clone(),
            link: None,
        })
    }

    fn line(&self, line: &AttemptLine, all: &[AttemptLine]) -> Option<Line> {
        let round = self.round(line)?;
        let number = line.number.to_string();
        let told = round.rules.attempts.feedback == Feedback::Score || round.stage == RoundStage::Published;
        let max = i64::from(round.rules.paper.max_score());
        let result = match line.result {
            Some((score, ..)) if told => {
                format!(
                    "{}/{}",
                    format::number(self.lang, i64::from(score)),
                    format::number(self.lang, max)
                )
            }
            Some(_) => self.text("mine-received"),
            None => self.text("mine-being-submitted"),
        };
        let counts = self.counts(round, line, all);
        let mut notes = Vec::new();
        if counts {
            notes.push(self.text("mine-counts"));
        }
        if line.how == Some(How::TimedOut) {
            notes.push(self.text("mine-timed-out"));
        }
        Some(Line {
            href: format!("/bai-thi/{}/ket-qua", line.id),
            what: say(self.lang, "mine-line", &[("round", &round.title), ("n", &number)]),
            note: (!notes.is_empty()).then(|| notes.join(", ")),
            at: self.when(line.finished_at.unwrap_or(line.deadline)),
            result,
            counts,
        })
    }

    /// Clock and date, each whole, so that the column stays narrow.
    fn when(&self, at: OffsetDateTime) -> String {
        format!(
            "{} {}",
            format::clock(at),
            format::date(self.lang, local_date(at))
        )
    }

    /// Whether this is the attempt that counts; told only where there are several and points are told.
    fn counts(&self, round: &Round, line: &AttemptLine, all: &[AttemptLine]) -> bool {
        let mut own: Vec<&AttemptLine> = all.iter().filter(|other| other.id.round() == round.id).collect();
        own.sort_by_key(|line| line.number);
        let finishes: Vec<_> = own
            .iter()
            .filter_map(|line| Some((line.result?.0, line.finished_at?)))
            .collect();
        let told = round.rules.attempts.feedback == Feedback::Score || round.stage == RoundStage::Published;
        let finished: Vec<_> = own.iter().filter(|line| line.result.is_some()).collect();
        let index = which_counts(&finishes, round.rules.attempts.counts);
        let is_one = !round.rules.attempts.counts.is_over_all_attempts();
        told && is_one
            && finished.len() > 1
            && index
                .and_then(|index| finished.get(index))
                .is_some_and(|own| own.id == line.id)
    }

    fn empty(&self) -> String {
        match self.contest.open_round(self.now) {
            Some(round) => say(self.lang, "mine-none-open", &[("title", &round.title)]),
            None => self.text("mine-none"),
        }
    }
}
