//! The form that prepares a vote: units on the ballot, delegates, rules.

use super::cluster::find;
use super::{Choice, ROOT};
use crate::action::hold_vote::{PrepareFault, VoteError, prepare_faults, prepare_vote};
use crate::action::score_units::Standing;
use crate::domain::emulation::vote::{
    Base, DelegateError, Quorum, RulesError, Threshold, VoteRules, parse_delegates,
};
use crate::domain::participant::tidy;
use crate::domain::staff::Right;
use crate::store::emulation::NewVote;
use crate::web::console::desk::{Desk, Section, Side};
use crate::web::console::form_faults::FormFaults;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// The fields that may be wrong, in the order of the page.
const FIELDS: [&str; 10] = [
    "tieu-de",
    "don-vi",
    "so-luong",
    "toi-thieu-tren",
    "ti-le",
    "dai-bieu",
    "dia-diem",
    "chu-tri",
    "thu-ky",
    "kiem-phieu",
];

#[derive(Template)]
#[template(path = "console/emulation-prepare.html")]
struct PreparePage {
    f: Frame,
    c: Side,
    back: String,
    cluster: String,
    path: String,
    units: Vec<(String, String, bool)>,
    bases: Vec<Choice>,
    rules: Vec<Choice>,
    typed: Typed,
    faults: FormFaults,
}

struct Typed {
    title: String,
    seats: String,
    quorum: [String; 2],
    share: String,
    place: String,
    chair: String,
    secretary: String,
    tellers: String,
    delegates: String,
}

/// `GET …/cum/{id}/bo-phieu`
pub(super) async fn form(desk: Desk, Path(id): Path<i32>) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let own = find(&desk, id).await?;
    Ok(Page(view(&desk, &own, None, FormFaults::default())).into_response())
}

/// `POST …/cum/{id}/bo-phieu`
pub(super) async fn prepare(
    desk: Desk,
    Path(id): Path<i32>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::RunRounds)?;
    let own = find(&desk, id).await?;
    let chosen: Vec<&str> = form.all("don-vi").collect();
    let members = own.cluster.definition.members.iter();
    let candidates: Vec<(String, String)> = members
        .filter(|member| chosen.contains(&member.code.as_str()))
        .map(|member| (member.code.clone(), member.name.clone()))
        .collect();
    let delegates = parse_delegates(form.get("dai-bieu"));
    let (rules, unread) = rules(&form);
    let [title, place, chair, secretary] =
        ["tieu-de", "dia-diem", "chu-tri", "thu-ky"].map(|name| tidy(form.get(name)));
    let vote = NewVote {
        cluster: own.cluster.id,
        title: &title,
        rules: &rules,
        place: &place,
        chair: &chair,
        secretary: &secretary,
        tellers: form.get("kiem-phieu").trim(),
        candidates: &candidates,
        delegates: delegates.as_deref().unwrap_or_default(),
    };
    let faults = faults(&desk, &vote, &unread, delegates.as_ref().err());
    if !faults.is_empty() {
        let page = view(&desk, &own, Some(&form), faults);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    }
    match prepare_vote(&desk.app, desk.now(), desk.by(), &vote).await {
        Ok(vote) => Ok(Redirect::to(&format!("{ROOT}/phieu/{vote}")).into_response()),
        Err(VoteError::Failed(failure)) => Err(failure.into()),
        // Everything that may be wrong was looked for above.
        Err(_) => Err(WebError::BadForm),
    }
}

/// Everything that is wrong, at its fields in the order of the page; of rules that could not be read only that.
fn faults(
    desk: &Desk,
    vote: &NewVote<'_>,
    unread: &[RulesError],
    delegates: Option<&DelegateError>,
) -> FormFaults {
    let found = prepare_faults(vote)
        .into_iter()
        .filter(|fault| !matches!(fault, PrepareFault::Rules(rule) if unread.contains(rule)));
    let mut told: Vec<(&'static str, String)> = unread
        .iter()
        .map(|rule| PrepareFault::Rules(*rule))
        .chain(found)
        .map(|fault| {
            let (field, key) = place_of(fault);
            (field, desk.say(key, &[]))
        })
        .collect();
    told.extend(delegates.map(|error| ("dai-bieu", delegate_error(desk, error))));
    told.sort_by_key(|(field, _)| FIELDS.iter().position(|own| own == field));
    let mut faults = FormFaults::default();
    for (field, message) in told {
        faults.add(field, message);
    }
    faults
}

/// The field of a fault and the key of its message.
const fn place_of(fault: PrepareFault) -> (&'static str, &'static str) {
    match fault {
        PrepareFault::NoTitle => ("tieu-de", "emulation-vote-title-missing"),
        PrepareFault::LongTitle => ("tieu-de", "emulation-vote-line-long"),
        PrepareFault::LongPlace => ("dia-diem", "emulation-vote-line-long"),
        PrepareFault::LongChair => ("chu-tri", "emulation-vote-line-long"),
        PrepareFault::LongSecretary => ("thu-ky", "emulation-vote-line-long"),
        PrepareFault::LongTellers => ("kiem-phieu", "form-text-long"),
        PrepareFault::Rules(RulesError::Candidates) => ("don-vi", "emulation-vote-candidates"),
        PrepareFault::Rules(RulesError::Seats) => ("so-luong", "emulation-vote-seats-wrong"),
        PrepareFault::Rules(RulesError::Quorum) => ("toi-thieu-tren", "emulation-vote-quorum-wrong"),
        PrepareFault::Rules(RulesError::Threshold) => ("ti-le", "emulation-vote-share-wrong"),
    }
}

fn delegate_error(desk: &Desk, error: &DelegateError) -> String {
    let (key, n) = match error {
        DelegateError::TooFew => ("emulation-delegates-few", 0),
        DelegateError::TooMany => (
            "emulation-delegates-many",
            crate::domain::emulation::ballot::MAX_DELEGATES,
        ),
        DelegateError::Line(line) => ("emulation-delegates-line", *line),
        DelegateError::Twice(line) => ("emulation-delegates-twice", *line),
    };
    desk.say(key, &[("n", n.to_string().into())])
}

/// Two thirds must vote; more than half of all delegates nominate.
const fn usual() -> VoteRules {
    VoteRules {
        seats: 1,
        quorum: Quorum { above: 2, below: 3 },
        threshold: Threshold {
            share_bp: 5_000,
            more_than: true,
            base: Base::Delegates,
        },
    }
}

/// The rules as typed, and what of them cannot be read; the usual stands in for it.
fn rules(form: &Form) -> (VoteRules, Vec<RulesError>) {
    let number = |name: &str| form.get(name).trim().parse::<u16>().ok();
    let seats = number("so-luong");
    let quorum = number("toi-thieu-tren").zip(number("toi-thieu-duoi"));
    let share = crate::domain::emulation::ranking::parse_points(form.get("ti-le"), 10_000).ok();
    let unread = [
        (seats.is_none(), RulesError::Seats),
        (quorum.is_none(), RulesError::Quorum),
        (share.is_none(), RulesError::Threshold),
    ];
    let unread = unread
        .into_iter()
        .filter_map(|(is_wrong, fault)| is_wrong.then_some(fault))
        .collect();
    let usual = usual();
    let rules = VoteRules {
        seats: seats.unwrap_or(usual.seats),
        quorum: quorum.map_or(usual.quorum, |(above, below)| Quorum { above, below }),
        threshold: Threshold {
            // Hundredths of a percent are ten-thousandths of the whole.
            share_bp: share.unwrap_or(usual.threshold.share_bp),
            more_than: form.get("cach") != "at-least",
            base: Base::parse(form.get("tinh-tren")).unwrap_or(Base::Delegates),
        },
    };
    (rules, unread)
}

fn view(desk: &Desk, own: &Standing, form: Option<&Form>, faults: FormFaults) -> PreparePage {
    let definition = &own.cluster.definition;
    let get = |name: &str, usual: &str| -> String {
        form.map_or_else(|| usual.to_owned(), |form| form.get(name).to_owned())
    };
    let ticked = |code: &str| form.is_none_or(|form| form.all("don-vi").any(|one| one == code));
    let units = definition.members.iter();
    let choice = |name: &'static str, key: String, chosen: bool| Choice {
        name,
        label: desk.say(&key, &[]),
        chosen,
    };
    let base = get("tinh-tren", "delegates");
    let bases = Base::ALL.map(|own| {
        choice(
            own.name(),
            format!("emulation-base-{}", own.name()),
            own.name() == base,
        )
    });
    let rule = get("cach", "more");
    let rules = ["more", "at-least"].map(|own| choice(own, format!("emulation-rule-{own}"), own == rule));
    PreparePage {
        f: desk.frame(),
        c: desk.side(Section::Emulation),
        back: format!("{ROOT}/cum/{}", own.cluster.id),
        cluster: definition.name.clone(),
        path: format!("{ROOT}/cum/{}/bo-phieu", own.cluster.id),
        units: units
            .map(|member| (member.code.clone(), member.name.clone(), ticked(&member.code)))
            .collect(),
        bases: bases.into(),
        rules: rules.into(),
        typed: Typed {
            title: get("tieu-de", ""),
            seats: get("so-luong", "1"),
            quorum: [get("toi-thieu-tren", "2"), get("toi-thieu-duoi", "3")],
            share: get("ti-le", "50"),
            place: get("dia-diem", ""),
            chair: get("chu-tri", ""),
            secretary: get("thu-ky", ""),
            tellers: get("kiem-phieu", ""),
            delegates: get("dai-bieu", ""),
        },
        faults,
    }
}
