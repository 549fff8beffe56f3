//! The form that prepares a vote: units on the ballot, delegates, rules.

use super::cluster::find;
use super::{Choice, ROOT};
use crate::action::hold_vote::{VoteError, prepare_vote};
use crate::action::score_units::Standing;
use crate::domain::emulation::vote::{
    Base, DelegateError, Quorum, RulesError, Threshold, VoteRules, parse_delegates,
};
use crate::domain::participant::tidy;
use crate::domain::staff::Right;
use crate::store::emulation::NewVote;
use crate::web::console::desk::{Desk, Section, Side};
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

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
    errors: Vec<String>,
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
    Ok(Page(view(&desk, &own, None, Vec::new())).into_response())
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
    let mut errors = Vec::new();
    let delegates = parse_delegates(form.get("dai-bieu")).unwrap_or_else(|error| {
        errors.push(delegate_error(&desk, &error));
        Vec::new()
    });
    let rules = rules(&form).unwrap_or_else(|key| {
        errors.push(desk.say(key, &[]));
        usual()
    });
    if errors.is_empty() {
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
            delegates: &delegates,
        };
        match prepare_vote(&desk.app, desk.now(), desk.by(), &vote).await {
            Ok(vote) => return Ok(Redirect::to(&format!("{ROOT}/phieu/{vote}")).into_response()),
            Err(error) => errors.push(desk.say(refusal(error)?, &[])),
        }
    }
    let page = view(&desk, &own, Some(&form), errors);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

fn refusal(error: VoteError) -> Result<&'static str, WebError> {
    match error {
        VoteError::Text => Ok("emulation-vote-text"),
        VoteError::Rules(RulesError::Candidates) => Ok("emulation-vote-candidates"),
        VoteError::Rules(RulesError::Seats) => Ok("emulation-vote-seats-wrong"),
        VoteError::Rules(RulesError::Quorum) => Ok("emulation-vote-quorum-wrong"),
        VoteError::Rules(RulesError::Threshold) => Ok("emulation-vote-share-wrong"),
        VoteError::Failed(failure) => Err(failure.into()),
        VoteError::State(_) | VoteError::Close(_) | VoteError::Reason | VoteError::Gone => {
            Err(WebError::BadForm)
        }
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

/// The rules as typed, or the message of what cannot be read.
fn rules(form: &Form) -> Result<VoteRules, &'static str> {
    let number = |name: &str| form.get(name).trim().parse::<u16>().ok();
    let seats = number("so-luong").ok_or("emulation-vote-seats-wrong")?;
    let quorum = number("toi-thieu-tren").zip(number("toi-thieu-duoi"));
    let (above, below) = quorum.ok_or("emulation-vote-quorum-wrong")?;
    let share = crate::domain::emulation::ranking::parse_points(form.get("ti-le"), 10_000);
    Ok(VoteRules {
        seats,
        quorum: Quorum { above, below },
        threshold: Threshold {
            // Hundredths of a percent are ten-thousandths of the whole.
            share_bp: share.map_err(|_| "emulation-vote-share-wrong")?,
            more_than: form.get("cach") != "at-least",
            base: Base::parse(form.get("tinh-tren")).unwrap_or(Base::Delegates),
        },
    })
}

fn view(desk: &Desk, own: &Standing, form: Option<&Form>, errors: Vec<String>) -> PreparePage {
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
        errors,
    }
}
