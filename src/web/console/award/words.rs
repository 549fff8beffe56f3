//! Decisions as sentences: what is proposed, by whom, how far it is, why an answer was not taken.
//!
//! Owns those words and the names that stand in them.

use crate::action::rule::RuleError;
use crate::domain::decision::{Decision, Kind, Refusal};
use crate::domain::ids::ParticipantId;
use crate::domain::ruling::{Ruling, Target};
use crate::i18n::Value;
use crate::store::console_reads::PersonLine;
use crate::web::console::blockers::{Task, task};
use crate::web::console::desk::{Desk, Place};
use crate::web::error::WebError;
use crate::web::format;
use std::collections::BTreeMap;

/// Names of people by number.
pub type People = BTreeMap<ParticipantId, PersonLine>;

/// A decision, ready to print.
#[derive(Debug, Clone)]
pub struct DecisionView {
    /// Where it is read and answered.
    pub path: String,
    /// "Loại mọi bài thi của Nguyễn Văn An".
    pub what: String,
    /// "Chờ quyết định", "Đã thông qua".
    pub state: String,
    /// Who proposed it and when.
    pub proposed: String,
    /// Why.
    pub reason: String,
    /// Who decided it, when and why.
    pub decided: Option<String>,
}

/// The people whose names a ruling needs.
pub fn person_of(ruling: &Ruling) -> Option<ParticipantId> {
    match ruling {
        Ruling::Void(void) => match void.target {
            Target::Person { person } | Target::Attempt { person, .. } => Some(person),
            Target::Unit { .. } | Target::Window { .. } => None,
        },
        Ruling::Replace(replace) => Some(replace.person),
        Ruling::Restore(_) => None,
    }
}

/// The names that decisions need.
pub async fn people_of(desk: &Desk, decisions: &[Decision]) -> Result<People, WebError> {
    let ids: Vec<ParticipantId> = decisions
        .iter()
        .filter_map(Ruling::of)
        .filter_map(|ruling| person_of(&ruling))
        .collect();
    Ok(desk.app.store.load_people(&ids).await?)
}

/// What a ruling does.
pub fn ruling(desk: &Desk, place: &Place, ruling: &Ruling, people: &People) -> String {
    let name = |person: &ParticipantId| -> Value<'_> {
        let name = people.get(person).map(|person| person.full_name.clone());
        name.unwrap_or_default().into()
    };
    let exact = |at| -> Value<'_> { format::exact(desk.lang(), at).into() };
    match ruling {
        Ruling::Void(void) => match &void.target {
            Target::Person { person } => desk.say("award-void-person", &[("name", name(person))]),
            Target::Attempt { person, .. } => desk.say("award-void-attempt", &[("name", name(person))]),
            Target::Unit { unit } => desk.say(
                "award-void-unit",
                &[("unit", place.contest.unit_path(*unit).into())],
            ),
            Target::Window { from, until, unit } => {
                let unit = unit.map(|unit| place.contest.unit_path(unit));
                let key = if unit.is_some() {
                    "award-void-window-unit"
                } else {
                    "award-void-window"
                };
                let args = [
                    ("from", exact(*from)),
                    ("until", exact(*until)),
                    ("unit", unit.unwrap_or_default().into()),
                ];
                desk.say(key, &args)
            }
        },
        Ruling::Replace(replace) => {
            let cause = desk.say(&format!("award-cause-{}", replace.cause.name()), &[]);
            let args = [
                ("name", name(&replace.person)),
                ("cause", cause.to_lowercase().into()),
            ];
            desk.say("award-replace", &args)
        }
        Ruling::Restore(restore) => desk.say("award-restore", &[("n", restore.decision.to_string().into())]),
    }
}

/// What a decision does.
pub fn what(desk: &Desk, place: &Place, decision: &Decision, people: &People) -> String {
    match (Ruling::of(decision), decision.kind) {
        (Some(known), _) => ruling(desk, place, &known, people),
        (None, Kind::Correct) => desk.say("award-correct", &[("round", place.title().into())]),
        (None, Kind::Void | Kind::Restore | Kind::ReplaceWinner | Kind::Rescore) => {
            desk.say(&format!("award-kind-{}", decision.kind.name()), &[])
        }
    }
}

/// A decision as people read it.
pub fn view(desk: &Desk, place: &Place, decision: &Decision, people: &People) -> DecisionView {
    let exact = |at| format::exact(desk.lang(), at);
    let proposed = [
        ("n", decision.id.to_string().into()),
        ("name", decision.proposed_by.clone().into()),
        ("at", exact(decision.proposed_at).into()),
    ];
    let decided = decision.decided.as_ref().map(|decided| {
        let args = [
            ("name", decided.by.clone().into()),
            ("at", exact(decided.at).into()),
            ("why", decided.why.clone().unwrap_or_default().into()),
        ];
        let why = if decided.why.is_some() { "-why" } else { "" };
        desk.say(&format!("award-decided-{}{why}", decision.state.name()), &args)
    });
    DecisionView {
        path: match decision.kind {
            Kind::Rescore => place.step(&format!("cham-lai/{}", decision.id)),
            Kind::Void | Kind::Restore | Kind::ReplaceWinner | Kind::Correct => {
                place.step(&format!("quyet-dinh/{}", decision.id))
            }
        },
        what: what(desk, place, decision, people),
        state: desk.say(&format!("award-state-{}", decision.state.name()), &[]),
        proposed: desk.say("award-proposed", &proposed),
        reason: decision.reason.clone(),
        decided,
    }
}

/// Why an answer was not taken.
pub fn refusal(desk: &Desk, refusal: &Refusal) -> String {
    match refusal {
        Refusal::ReasonMissing => desk.say("console-reason-missing", &[]),
        Refusal::ReasonTooLong => desk.say("console-reason-too-long", &[]),
        Refusal::SamePerson(name) => desk.say("award-refused-same", &[("name", name.clone().into())]),
        Refusal::NotProposer(name) => desk.say("award-refused-not-own", &[("name", name.clone().into())]),
        Refusal::Decided(state) => {
            let state = desk.say(&format!("award-state-{}", state.name()), &[]);
            desk.say("award-refused-decided", &[("state", state.to_lowercase().into())])
        }
        Refusal::Pending => desk.say("award-refused-pending", &[]),
        Refusal::Changed => desk.say("award-refused-changed", &[]),
        Refusal::Unknown => desk.say("award-refused-unknown", &[]),
        Refusal::Expired => desk.say("keeping-refused-expired", &[]),
    }
}

/// What keeps a ruling from being made: a message at the form, or tasks.
pub fn refused(
    desk: &Desk,
    place: &Place,
    error: RuleError,
) -> Result<(Option<String>, Vec<Task>), WebError> {
    match error {
        RuleError::Refused(why) => Ok((Some(refusal(desk, &why)), Vec::new())),
        RuleError::Blocked(blockers) => Ok((None, blockers.iter().map(|b| task(desk, place, b)).collect())),
        RuleError::Failed(failure) => Err(failure.into()),
    }
}
