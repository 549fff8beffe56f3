//! Proposing a ruling: what it is about, what it would change, why.
//!
//! Owns the form and reading it; the effect is foretold by `action::rule`.

use super::effect::{self, EffectView};
use super::words;
use crate::action::rule::{foretell, propose_correction, propose_ruling};
use crate::domain::ids::{AttemptId, DecisionId, ParticipantId, UnitId};
use crate::domain::participant::vietnam;
use crate::domain::ruling::{Cause, ReplaceWinner, Restore, Ruling, Target, Void};
use crate::domain::staff::Right;
use crate::keys;
use crate::web::citizen::place::Asked;
use crate::web::console::blockers::Task;
use crate::web::console::desk::{Desk, Place, Section, Side};
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

#[derive(Template)]
#[template(path = "console/propose.html")]
struct ProposePage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    typed: Typed,
    units: Vec<(String, String, bool)>,
    causes: Vec<(&'static str, String, bool)>,
    /// What would be proposed, once the form says it.
    what: Option<String>,
    effect: Option<EffectView>,
    tasks: Vec<Task>,
    field_error: Option<String>,
    reason: String,
    error: Option<String>,
}

/// The form as typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    /// entry, unit, window, replace or restore.
    kind: String,
    receipt: String,
    attempt: String,
    /// person or attempt.
    scope: String,
    unit: String,
    from: String,
    until: String,
    person: String,
    cause: String,
    decision: String,
    /// Number of the case sheet that led here, if one did.
    sheet: String,
    reason: String,
}

impl Typed {
    fn of(form: &Form) -> Self {
        let get = |name: &str| form.get(name).trim().chars().take(600).collect();
        Self {
            kind: get("loai"),
            receipt: get("ma"),
            attempt: get("bai"),
            scope: get("pham-vi"),
            unit: get("don-vi"),
            from: get("tu"),
            until: get("den"),
            person: get("nguoi"),
            cause: get("ly-do"),
            decision: get("so"),
            sheet: get("phieu"),
            reason: get("reason"),
        }
    }

    fn asked(asked: &Asked) -> Self {
        let get = |name: &str| asked.get(name).chars().take(64).collect();
        Self {
            kind: get("loai"),
            attempt: get("bai"),
            person: get("nguoi"),
            decision: get("so"),
            sheet: get("phieu"),
            ..Self::default()
        }
    }

    fn is_scope(&self, scope: &str) -> bool {
        self.scope == scope || self.scope.is_empty() && scope == "attempt"
    }
}

/// `GET …/quyet-dinh/moi`
pub async fn form(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    asked: Asked,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    Ok(Page(view(&desk, &place, Typed::asked(&asked)).await?).into_response())
}

/// `POST …/quyet-dinh/moi`: shows what would change, then proposes.
pub async fn send(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    let typed = Typed::of(&form);
    let ruling = match read(&desk, &place, &typed).await? {
        Ok(ruling) => ruling,
        Err(key) => {
            let mut page = view(&desk, &place, typed).await?;
            page.field_error = Some(desk.say(key, &[]));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
    };
    let mut refused = (None, Vec::new());
    if form.get("then") == "propose" {
        match propose_ruling(
            &desk.app,
            desk.now(),
            desk.by(),
            &place.round,
            ruling,
            &typed.reason,
        )
        .await
        {
            Ok(id) => return Ok(Redirect::to(&place.step(&format!("quyet-dinh/{id}"))).into_response()),
            Err(error) => refused = words::refused(&desk, &place, error)?,
        }
    }
    let mut page = view(&desk, &place, typed).await?;
    let ids: Vec<ParticipantId> = words::person_of(&ruling).into_iter().collect();
    let people = desk.app.store.load_people(&ids).await?;
    page.what = Some(words::ruling(&desk, &place, &ruling, &people));
    match foretell(&desk.app, desk.now(), &place.round, None, ruling).await {
        Ok(foretold) => page.effect = Some(effect::view(&desk, &place, &foretold.effect).await?),
        Err(error) => refused.1.extend(words::refused(&desk, &place, error)?.1),
    }
    let status = match &refused {
        (None, tasks) if tasks.is_empty() => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    (page.error, page.tasks) = refused;
    Ok((status, Page(page)).into_response())
}

/// `POST …/quyet-dinh/dinh-chinh`: proposes to open a published result for correction.
pub async fn correct(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    let reason = form.get("reason");
    match propose_correction(&desk.app, desk.now(), desk.by(), &place.round, reason).await {
        Ok(id) => Ok(Redirect::to(&place.step(&format!("quyet-dinh/{id}"))).into_response()),
        Err(error) => {
            let typed = Typed {
                kind: "correct".to_owned(),
                reason: reason.chars().take(600).collect(),
                ..Typed::default()
            };
            let mut page = view(&desk, &place, typed).await?;
            (page.error, page.tasks) = words::refused(&desk, &place, error)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

/// The ruling that a form says, or the key of what is wrong with it.
async fn read(desk: &Desk, place: &Place, typed: &Typed) -> Result<Result<Ruling, &'static str>, WebError> {
    Ok(match typed.kind.as_str() {
        "unit" => unit(place, typed)
            .map(|unit| {
                Ruling::Void(Void {
                    target: Target::Unit { unit },
                })
            })
            .ok_or("award-error-unit"),
        "window" => window(place, typed),
        "replace" => match (typed.person.parse(), Cause::parse(&typed.cause)) {
            (Ok(person), Some(cause)) => Ok(Ruling::Replace(ReplaceWinner {
                person: ParticipantId(person),
                cause,
            })),
            _ => Err("award-error-cause"),
        },
        "restore" => match typed.decision.parse() {
            Ok(id) => Ok(Ruling::Restore(Restore {
                decision: DecisionId(id),
            })),
            Err(_) => Err("award-refused-unknown"),
        },
        _ => entry(desk, place, typed).await?,
    })
}

/// The entry of a receipt code or of a link, and all of the person's where that is wanted.
async fn entry(desk: &Desk, place: &Place, typed: &Typed) -> Result<Result<Ruling, &'static str>, WebError> {
    let store = &desk.app.store;
    let found: Option<(AttemptId, ParticipantId)> = match typed.attempt.parse::<AttemptId>() {
        Ok(attempt) => store
            .find_attempt(attempt)
            .await?
            .and_then(|stored| stored.submission)
            .map(|submission| (submission.attempt, submission.participant)),
        Err(_) => match keys::read_receipt(&typed.receipt) {
            Some(code) => store.find_entry_of_receipt(place.round.id, &code).await?,
            None => None,
        },
    };
    let Some((attempt, person)) = found.filter(|(attempt, _)| attempt.round() == place.round.id) else {
        return Ok(Err("award-error-receipt"));
    };
    let target = if typed.is_scope("attempt") {
        Target::Attempt { attempt, person }
    } else {
        Target::Person { person }
    };
    Ok(Ok(Ruling::Void(Void { target })))
}

fn unit(place: &Place, typed: &Typed) -> Option<UnitId> {
    let unit = place.contest.unit_by_code(&typed.unit)?;
    Some(unit.id)
}

fn window(place: &Place, typed: &Typed) -> Result<Ruling, &'static str> {
    let (Some(from), Some(until)) = (moment(&typed.from), moment(&typed.until)) else {
        return Err("award-error-moment");
    };
    if from >= until {
        return Err("award-error-order");
    }
    let unit = match typed.unit.as_str() {
        "" => None,
        _ => Some(unit(place, typed).ok_or("award-error-unit")?),
    };
    Ok(Ruling::Void(Void {
        target: Target::Window { from, until, unit },
    }))
}

/// A moment as a browser sends it, "2033-06-06T08:00", in Vietnam.
fn moment(text: &str) -> Option<OffsetDateTime> {
    let minutes = format_description!("[year]-[month]-[day]T[hour]:[minute]");
    let seconds = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
    let parsed = PrimitiveDateTime::parse(text, minutes).or_else(|_| PrimitiveDateTime::parse(text, seconds));
    parsed.ok().map(|at| at.assume_offset(vietnam()))
}

async fn view(desk: &Desk, place: &Place, typed: Typed) -> Result<ProposePage, WebError> {
    let known = ["entry", "unit", "window", "replace", "restore", "correct"];
    let kind = known
        .iter()
        .find(|kind| **kind == typed.kind)
        .copied()
        .unwrap_or("entry");
    let typed = Typed {
        kind: kind.to_owned(),
        ..typed
    };
    let units = place.contest.units.iter().map(|unit| {
        let code = unit.definition.code.clone();
        let chosen = code == typed.unit;
        (code, place.contest.unit_path(unit.id), chosen)
    });
    let cause = |cause: Cause| {
        let label = desk.say(&format!("award-cause-{}", cause.name()), &[]);
        (cause.name(), label, typed.cause == cause.name())
    };
    let mut page = ProposePage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say(&format!("award-propose-{kind}"), &[]),
        back: place.step("quyet-dinh"),
        round: desk.say("award-decisions-title", &[("round", place.title().into())]),
        units: units.collect(),
        causes: Cause::ALL.map(cause).to_vec(),
        what: None,
        effect: None,
        tasks: Vec::new(),
        field_error: None,
        error: None,
        reason: reason(desk, &typed),
        typed,
    };
    if let ("replace", Ok(person)) = (kind, page.typed.person.parse()) {
        let people = desk.app.store.load_people(&[ParticipantId(person)]).await?;
        page.title = match people.get(&ParticipantId(person)) {
            Some(person) => desk.say(
                "award-replace-title",
                &[("name", person.full_name.clone().into())],
            ),
            None => return Err(WebError::NotFound),
        };
    }
    Ok(page)
}

/// The reason as typed; before anything is typed, the case sheet that led here.
fn reason(desk: &Desk, typed: &Typed) -> String {
    match typed.sheet.parse::<u16>() {
        Ok(number) if typed.reason.is_empty() => desk.say("case-reason", &[("n", number.to_string().into())]),
        _ => typed.reason.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn moments_are_those_of_vietnam_to_the_minute_or_the_second() {
        let at = time::macros::datetime!(2033-06-06 08:00 +7);
        assert_eq!(moment("2033-06-06T08:00"), Some(at));
        assert_eq!(moment("2033-06-06T08:00:00"), Some(at));
        assert_eq!(moment("6/6/2033"), None);
    }
}
