//! What stands in the way of a step, as sentences, and reasons typed into forms.
//!
//! Owns the words for every blocker; the blockers themselves are `action`'s.

use super::desk::{Desk, Place};
use crate::action::close_round::{Blocker, StepError};
use crate::domain::round::RoundPhase;
use crate::web::error::WebError;
use crate::web::form::Form;
use crate::web::format;

/// Longest reason, in characters.
pub const MAX_REASON: usize = 500;

/// A line of a task list.
#[derive(Debug, Clone)]
pub struct Task {
    /// `must`, `warn` or empty for done.
    pub state: &'static str,
    /// The sentence.
    pub text: String,
    /// Where it can be settled.
    pub link: Option<(String, String)>,
}

/// The reason typed, or the message to show at the field.
pub fn reason<'a>(desk: &Desk, form: &'a Form) -> Result<Option<&'a str>, String> {
    let typed = form.get("reason").trim();
    if typed.chars().count() > MAX_REASON {
        return Err(desk.say("console-reason-too-long", &[]));
    }
    Ok(Some(typed).filter(|typed| !typed.is_empty()))
}

/// The blockers of a refused step; a failure goes on.
pub fn blocked(error: StepError) -> Result<Vec<Blocker>, WebError> {
    match error {
        StepError::Blocked(blockers) => Ok(blockers),
        StepError::Failed(failure) => Err(failure.into()),
    }
}

/// A blocker as a task.
pub fn task(desk: &Desk, place: &Place, blocker: &Blocker) -> Task {
    let moment = |at| format::moment(desk.lang(), at);
    let must = |text: String| Task {
        state: "must",
        text,
        link: None,
    };
    match blocker {
        Blocker::NotOpened(at) => must(desk.say("console-block-not-opened", &[("n", moment(*at).into())])),
        Blocker::ReasonNeeded(at) => must(desk.say("console-block-reason", &[("n", moment(*at).into())])),
        Blocker::Running(n, last) => {
            let n = format::number(desk.lang(), *n);
            must(match last {
                Some(last) => {
                    let args = [("n", n.into()), ("at", format::exact(desk.lang(), *last).into())];
                    desk.say("console-block-running", &args)
                }
                None => desk.say("console-block-running-now", &[("n", n.into())]),
            })
        }
        Blocker::WrongPhase(phase) => wrong_phase(desk, place, *phase),
        Blocker::SamePerson(name) => {
            let args = [("name", name.clone().into()), ("round", place.title().into())];
            must(desk.say("console-block-same-person", &args))
        }
        Blocker::Ties(n) => {
            let link = (
                place.step("xep-hang/bang-nhau"),
                desk.say("console-ties-decide", &[]),
            );
            let text = desk.say(
                "console-block-ties",
                &[("n", format::number(desk.lang(), *n).into())],
            );
            Task {
                link: Some(link),
                ..must(text)
            }
        }
        Blocker::ContestTies(n) => {
            let link = (
                format!("{}/giai-chung/bang-nhau", place.contest_path()),
                desk.say("console-ties-decide", &[]),
            );
            let text = desk.say(
                "overall-block-ties",
                &[("n", format::number(desk.lang(), *n).into())],
            );
            Task {
                link: Some(link),
                ..must(text)
            }
        }
        Blocker::Unsettled(n) => {
            let link = (
                format!("{}/giai-chung/giai-cao-nhat", place.contest_path()),
                desk.say("highest-block-link", &[]),
            );
            let n = format::number(desk.lang(), *n);
            Task {
                link: Some(link),
                ..must(desk.say("highest-block", &[("n", n.into())]))
            }
        }
        Blocker::OpenDecisions(n) => {
            let link = (place.step("quyet-dinh"), desk.say("award-block-open-link", &[]));
            let text = desk.say(
                "award-block-open",
                &[("n", format::number(desk.lang(), *n).into())],
            );
            Task {
                link: Some(link),
                ..must(text)
            }
        }
        Blocker::EssaysUnmarked(n) => Task {
            link: Some((place.step("bai-viet"), desk.say("essay-do-mark", &[]))),
            ..must(desk.say(
                "blocker-essays-unmarked",
                &[("count", format::number(desk.lang(), *n).into())],
            ))
        },
        Blocker::EssaysChanged => Task {
            link: Some((place.step("xep-hang"), desk.say("console-see-ranking", &[]))),
            ..must(desk.say("blocker-essays-changed", &[]))
        },
        Blocker::BadMoment(at) => must(desk.say("console-block-moment", &[("n", moment(*at).into())])),
    }
}

/// Says where the round is, and leads to the step that does follow.
fn wrong_phase(desk: &Desk, place: &Place, phase: RoundPhase) -> Task {
    let state = desk
        .say(&format!("console-phase-{}", phase.name()), &[])
        .to_lowercase();
    let args = [("round", place.title().into()), ("state", state.into())];
    let next = match phase {
        RoundPhase::Upcoming | RoundPhase::Open | RoundPhase::Published => None,
        RoundPhase::Ended => Some(("chot", "console-do-close")),
        RoundPhase::Sealed => Some(("xep-hang", "console-do-rank")),
        RoundPhase::Ranked => Some(("duyet", "console-do-approve")),
        RoundPhase::Approved => Some(("cong-bo", "console-do-publish")),
    };
    let link = next.map(|(step, key)| {
        (
            place.step(step),
            desk.say(key, &[("round", place.title().into())]),
        )
    });
    Task {
        state: "must",
        text: desk.say("console-block-phase", &args),
        link,
    }
}
