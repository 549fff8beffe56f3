//! The page of the register: what waits, what was answered, what people did themselves, days off.
//!
//! Owns how it looks; what may be typed is its neighbour's.

use super::path;
use crate::action::handle_request::RequestInput;
use crate::domain::catalog::Contest;
use crate::domain::data_request::{RequestKind, RequestOutcome, RequestState, Way};
use crate::domain::own_data::Hold;
use crate::domain::participant::{local_date, vietnam};
use crate::domain::staff::Right;
use crate::domain::working_days::{ANSWER_DAYS, DaysOff};
use crate::store::data_request::{OwnRequest, ReceivedRequest};
use crate::web::console::desk::{Desk, Section, Side, contest_path};
use crate::web::console::form_faults::FormFaults;
use crate::web::console::{keeping, person};
use crate::web::error::WebError;
use crate::web::form::Form;
use crate::web::format;
use crate::web::frame::Frame;
use askama::Template;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

/// Requests that staff entered on a page.
const MOST: i64 = 500;
/// Requests that people carried out themselves on a page.
const MOST_OWN: i64 = 100;

#[derive(Template)]
#[template(path = "console/data-requests.html")]
pub(super) struct RequestsPage {
    f: Frame,
    c: Side,
    back: String,
    contest: String,
    path: String,
    requests: Vec<RequestView>,
    own: Vec<String>,
    days_off: Vec<(String, String)>,
    /// Word, label, chosen.
    kinds: Vec<(&'static str, String, bool)>,
    ways: Vec<(&'static str, String, bool)>,
    outcomes: Vec<(&'static str, String)>,
    typed: Typed,
    days: TypedDays,
    faults: FormFaults,
    /// What becomes of what is entered once the data of the contest have expired.
    expired: Option<String>,
    may_export: bool,
}

/// What was sent, and what is wrong with it.
pub(super) struct Sent {
    pub(super) request: Typed,
    pub(super) answer: Option<TypedAnswer>,
    pub(super) days: TypedDays,
    pub(super) faults: FormFaults,
}

impl Sent {
    /// Nothing.
    pub(super) fn fresh(now: OffsetDateTime) -> Self {
        Self {
            request: Typed::fresh(now),
            answer: None,
            days: TypedDays::default(),
            faults: FormFaults::default(),
        }
    }
}

/// An answer as typed.
pub(super) struct TypedAnswer {
    pub(super) id: i64,
    pub(super) outcome: RequestOutcome,
    pub(super) text: String,
    pub(super) carry_out: bool,
}

/// Days off as typed.
#[derive(Default)]
pub(super) struct TypedDays {
    name: String,
    from: String,
    until: String,
}

impl TypedDays {
    /// What was sent, as much as a page gives back.
    pub(super) fn of(form: &Form) -> Self {
        let get = |name: &str| form.get(name).chars().take(1_000).collect();
        Self {
            name: get("ten"),
            from: get("tu"),
            until: get("den"),
        }
    }
}

struct RequestView {
    id: i64,
    /// Ids of the card and of the text of the answer.
    card: String,
    field: String,
    head: String,
    what: String,
    contact: String,
    about: String,
    /// Address where the person's details are corrected.
    person: Option<(String, String)>,
    /// Class and words of the time for the answer.
    state: (&'static str, String),
    answer: Option<String>,
    text: String,
    /// What can be carried out with the answer.
    carry_out: Option<String>,
    /// A copy for the person can be taken.
    may_copy: bool,
    /// A refused answer: the form is open as it was sent.
    is_open: bool,
    outcome: &'static str,
    typed: String,
    is_ticked: bool,
}

/// A new request as typed.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) received: String,
    pub(super) kind: String,
    pub(super) way: String,
    pub(super) asker: String,
    pub(super) contact: String,
    pub(super) about: String,
    pub(super) account: String,
}

impl Typed {
    /// An empty form: now, by telephone.
    pub(super) fn fresh(now: OffsetDateTime) -> Self {
        let form = format_description!("[year]-[month]-[day]T[hour]:[minute]");
        Self {
            received: now.to_offset(vietnam()).format(form).unwrap_or_default(),
            kind: RequestKind::See.name().to_owned(),
            way: Way::Phone.name().to_owned(),
            ..Self::default()
        }
    }

    /// The request that was typed.
    pub(super) fn input(
        &self,
        received_at: Option<OffsetDateTime>,
        kind: RequestKind,
        way: Way,
    ) -> RequestInput<'_> {
        RequestInput {
            received_at,
            kind,
            way,
            asker: &self.asker,
            contact: &self.contact,
            about: &self.about,
            account: &self.account,
        }
    }

    /// What was sent, as much as a page gives back.
    pub(super) fn of(form: &Form) -> Self {
        let get = |name: &str| form.get(name).chars().take(4_000).collect();
        Self {
            received: get("nhan-luc"),
            kind: get("loai"),
            way: get("cach"),
            asker: get("nguoi"),
            contact: get("lien-he"),
            about: get("noi-dung"),
            account: get("tai-khoan"),
        }
    }
}

/// The page.
pub(super) async fn view(desk: &Desk, contest: &Contest, sent: Sent) -> Result<RequestsPage, WebError> {
    let typed = sent.request;
    let store = &desk.app.store;
    let requests = store.list_received_requests(contest.id, MOST).await?;
    let own = store.list_own_requests(contest.id, MOST_OWN).await?;
    let off = store.load_days_off().await?;
    let since = requests
        .iter()
        .filter(|request| request.answer.is_none())
        .map(|request| local_date(request.received_at))
        .fold(local_date(desk.now()), Date::min);
    let days_off = store.list_days_off(since).await?;
    let words = |prefix: &str, name: &'static str| (name, desk.say(&format!("{prefix}-{name}"), &[]));
    let choice = |prefix: &str, name: &'static str, chosen: &str| {
        let (name, label) = words(prefix, name);
        (name, label, name == chosen)
    };
    let kinds = RequestKind::ALL.map(|kind| choice("requests-kind", kind.name(), &typed.kind));
    let ways = Way::ENTERED.map(|way| choice("requests-way", way.name(), &typed.way));
    Ok(RequestsPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        back: contest_path(contest),
        contest: contest.definition.title.clone(),
        path: path(contest),
        requests: requests
            .iter()
            .map(|request| {
                let answer = sent.answer.as_ref().filter(|answer| answer.id == request.id);
                line(desk, contest, request, &off, answer)
            })
            .collect(),
        own: own.iter().map(|request| own_line(desk, request)).collect(),
        days_off: days_off
            .into_iter()
            .map(|(day, name)| {
                (
                    day.to_string(),
                    format!("{}: {name}", format::date(desk.lang(), day)),
                )
            })
            .collect(),
        kinds: kinds.into(),
        ways: ways.into(),
        outcomes: RequestOutcome::ALL
            .map(|outcome| words("requests-outcome", outcome.name()))
            .into(),
        typed,
        days: sent.days,
        faults: sent.faults,
        expired: keeping::after_expiry(desk, contest).await?,
        may_export: desk.may(Right::Export),
    })
}

fn line(
    desk: &Desk,
    contest: &Contest,
    request: &ReceivedRequest,
    off: &DaysOff,
    typed: Option<&TypedAnswer>,
) -> RequestView {
    let due = off.due_day(local_date(request.received_at), ANSWER_DAYS);
    let answered = request.answer.as_ref();
    let answered_on = answered.map(|answer| (answer.outcome, local_date(answer.at)));
    let state = RequestState::of(due, answered_on, local_date(desk.now()));
    let (class, key) = match state {
        RequestState::New => ("warn", "requests-due"),
        RequestState::Overdue => ("must", "requests-overdue"),
        RequestState::Answered(_) => ("", "requests-in-time"),
        RequestState::AnsweredLate(_) => ("warn", "requests-late"),
    };
    let head = [
        ("n", request.id.to_string().into()),
        ("name", request.asker.clone().into()),
        ("at", format::exact(desk.lang(), request.received_at).into()),
        ("by", request.noted_by.clone().into()),
    ];
    let word = |prefix: &str, name: &str| desk.say(&format!("{prefix}-{name}"), &[]);
    let kind = word("requests-kind", request.kind.name());
    let way = word("requests-way", request.way.name());
    let answer = answered.map(|answer| {
        let outcome = word("requests-outcome", answer.outcome.name());
        let args = [
            ("outcome", outcome.into()),
            ("name", answer.by.clone().into()),
            ("at", format::exact(desk.lang(), answer.at).into()),
        ];
        desk.say("requests-answered", &args)
    });
    let is_copied = matches!(request.kind, RequestKind::See | RequestKind::Copy) && desk.may(Right::Export);
    let can = matches!(request.kind, RequestKind::Erase | RequestKind::Consent);
    let is_known = request.person.is_some();
    RequestView {
        id: request.id,
        card: format!("y{}", request.id),
        field: format!("t{}", request.id),
        is_open: typed.is_some(),
        outcome: typed.map_or(RequestOutcome::Done, |typed| typed.outcome).name(),
        typed: typed.map(|typed| typed.text.clone()).unwrap_or_default(),
        is_ticked: typed.is_some_and(|typed| typed.carry_out),
        head: desk.say("requests-head", &head),
        what: format!("{kind} ({})", way.to_lowercase()),
        contact: request.contact.clone(),
        about: request.about.clone(),
        person: request.person.map(|person| {
            let n = [("n", person.to_string().into())];
            (person::path(contest, person), desk.say("requests-person", &n))
        }),
        state: (
            class,
            desk.say(key, &[("day", format::date(desk.lang(), due).into())]),
        ),
        answer,
        text: answered.map(|answer| answer.text.clone()).unwrap_or_default(),
        may_copy: is_copied && is_known && answered.is_none(),
        carry_out: (can && is_known && answered.is_none())
            .then(|| word("requests-carry-out", request.kind.name())),
    }
}

/// What a person did, without a name.
fn own_line(desk: &Desk, request: &OwnRequest) -> String {
    let kind = RequestKind::of_own(&request.kind).name();
    let what = desk.say(&format!("requests-kind-{kind}"), &[]);
    let outcome = desk.say(&format!("own-data-outcome-{}", request.outcome), &[]);
    let args = [
        ("at", format::exact(desk.lang(), request.at).into()),
        ("n", request.person.to_string().into()),
        ("what", what.to_lowercase().into()),
        ("outcome", outcome.into()),
    ];
    desk.say("requests-own", &args)
}

/// What stands in the way of an erasure, for whoever answers.
pub(super) fn hold(desk: &Desk, contest: &Contest, hold: &Hold) -> String {
    match hold {
        Hold::Running(until) => {
            let at = [("at", format::exact(desk.lang(), *until).into())];
            desk.say("requests-hold-running", &at)
        }
        Hold::Judging(round) => {
            let round = round.and_then(|id| contest.rounds.iter().find(|round| round.id == id));
            let title = round.map_or_else(|| contest.definition.title.clone(), |round| round.title.clone());
            desk.say("requests-hold-judging", &[("round", title.into())])
        }
        Hold::Prize(names) => desk.say("requests-hold-prize", &[("prizes", names.join(", ").into())]),
    }
}
