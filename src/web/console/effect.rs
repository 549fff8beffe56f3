//! What a new version of a set would do, in words: rounds that will use it, rounds that keep theirs, draws that fall short.
//!
//! Owns these sentences for loads and edits; deciding is `action::load_question_set`'s.

use super::desk::{Desk, inside};
use crate::action::load_question_set::Effect;
use crate::domain::catalog::Contest;
use crate::domain::paper::Shortfall;
use crate::domain::question::Level;
use crate::store::set_history::{SetOrigin, SetStep};
use crate::web::format;

/// Kind of notice and its sentence.
pub type Notice = (&'static str, String);

/// What a version would do; `is_new` says that the contest has no set of that name yet.
pub fn effect_notices(desk: &Desk, contest: &Contest, effect: &Effect, is_new: bool) -> Vec<Notice> {
    let titles = |numbers: &[u16]| round_titles(contest, numbers).join(", ");
    let with = |key: &str, rounds: &[u16]| desk.say(key, &[("rounds", titles(rounds).into())]);
    let short = shortfalls(desk, contest, &effect.short);
    let mut notices: Vec<Notice> = short.into_iter().map(|text| ("error", text)).collect();
    if is_new {
        notices.push(("warn", desk.say("console-set-new", &[])));
    }
    if !effect.rounds.is_empty() {
        notices.push(("info", with("console-set-used-by", &effect.rounds)));
    } else if !is_new {
        notices.push(("warn", desk.say("console-set-unused", &[])));
    }
    if !effect.kept.is_empty() {
        notices.push(("info", with("console-set-kept-by", &effect.kept)));
    }
    notices
}

/// Titles of rounds inside a sentence.
pub fn round_titles(contest: &Contest, numbers: &[u16]) -> Vec<String> {
    let rounds = numbers.iter().filter_map(|number| contest.round(*number));
    rounds
        .map(|round| inside(&round.title).replace(' ', "\u{a0}"))
        .collect()
}

/// Draws that a set could not fill.
pub fn shortfalls(desk: &Desk, contest: &Contest, short: &[(u16, Shortfall)]) -> Vec<String> {
    short
        .iter()
        .map(|(round, short)| shortfall(desk, contest, *round, short))
        .collect()
}

fn shortfall(desk: &Desk, contest: &Contest, round: u16, short: &Shortfall) -> String {
    let title = round_titles(contest, &[round]).concat();
    let key = match short.level {
        Some(Level::Easy) => "console-set-short-easy",
        Some(Level::Medium) => "console-set-short-medium",
        Some(Level::Hard) => "console-set-short-hard",
        None => "console-set-short",
    };
    let number = |n: u32| format::number(desk.lang(), i64::from(n));
    desk.say(
        key,
        &[
            ("round", title.into()),
            ("asks", number(short.asks).into()),
            ("holds", number(short.holds).into()),
        ],
    )
}

/// Who was faster, when, and with what.
pub fn overtaken(desk: &Desk, key: &str, step: &SetStep) -> String {
    let args = [
        ("name", step.by.clone().into()),
        ("at", format::exact(desk.lang(), step.at).into()),
        ("what", origin(desk, &step.origin).into()),
    ];
    desk.say(key, &args)
}

/// How a version came, in words.
pub fn origin(desk: &Desk, origin: &SetOrigin) -> String {
    let question = match origin {
        SetOrigin::Question(_, id) => id.0.clone(),
        SetOrigin::File | SetOrigin::Folder => String::new(),
    };
    desk.say(
        &format!("desk-origin-{}", origin.name()),
        &[("id", question.into())],
    )
}
