//! Groups that take turns, and ages, in the words of pages for citizens.
//!
//! Owns which sentence tells somebody when to come; whose turn it is belongs to `domain::access`.

use super::hero::Standing;
use crate::domain::access::{Entering, PersonBar, Turn};
use crate::domain::catalog::Contest;
use crate::domain::round::Round;
use crate::i18n::{self, Lang};
use crate::web::format;
use crate::web::words::say;
use time::OffsetDateTime;

/// Why a round takes others, but not this person now.
pub fn refusal(lang: Lang, title: &str, bar: PersonBar) -> String {
    let moment = |at| format::moment(lang, at);
    let aged = |key: &str, age: u8, day| {
        let (age, day) = (age.to_string(), format::date(lang, day));
        say(lang, key, &[("age", &age), ("day", &day)])
    };
    match bar {
        PersonBar::Later { from, to } => say(
            lang,
            "access-refused-later",
            &[("title", title), ("from", &moment(from)), ("to", &moment(to))],
        ),
        PersonBar::Over(at) => say(
            lang,
            "access-refused-over",
            &[("title", title), ("at", &moment(at))],
        ),
        PersonBar::Never => say(lang, "access-refused-never", &[("title", title)]),
        PersonBar::TooYoung(age, day) => aged("access-refused-too-young", age, day),
        PersonBar::PastAge(age, day) => aged("access-refused-past-age", age, day),
    }
}

/// What the head of a page says in place of the times of the round.
pub struct OwnTurn {
    /// Class of the tag and the message in it.
    pub tag: (&'static str, &'static str),
    /// The person's time.
    pub sentence: String,
    /// The moment counted down to.
    pub until: OffsetDateTime,
}

/// The person's own time in the round that is open or comes next; nothing where groups take no turns, or none is left for
/// the person.
pub fn own_turn(
    lang: Lang,
    now: OffsetDateTime,
    contest: &Contest,
    standing: Standing<'_>,
    who: Entering,
) -> Option<OwnTurn> {
    let (Standing::Open(round) | Standing::Upcoming(round)) = standing else {
        return None;
    };
    let moment = |at| format::moment(lang, at);
    match (contest.turn(round, who, now), standing) {
        (Turn::Now(until), Standing::Open(_)) => Some(OwnTurn {
            tag: ("open", "access-open-tag"),
            sentence: say(lang, "access-now", &[("at", &moment(until))]),
            until,
        }),
        (Turn::Later { from, .. }, _) => Some(OwnTurn {
            tag: ("soon", "access-soon-tag"),
            sentence: say(lang, "access-later", &[("from", &moment(from))]),
            until: from,
        }),
        _ => None,
    }
}

/// What a line of the calendar says of groups: the visitor's own times, or that there are times of groups.
pub fn calendar(lang: Lang, contest: &Contest, round: &Round, own: Option<Entering>) -> Option<String> {
    let text = |key| i18n::text(lang, key, &[]);
    let Some(who) = own else {
        let takes_turns = !contest.windows(round).is_empty();
        return takes_turns.then(|| text("access-calendar-groups"));
    };
    let turns = contest.turns(round, who)?;
    if turns.is_empty() {
        return Some(text("access-calendar-none"));
    }
    let times: Vec<String> = turns
        .iter()
        .map(|(from, to)| {
            let (from, to) = (format::moment(lang, *from), format::moment(lang, *to));
            say(lang, "access-calendar-time", &[("from", &from), ("to", &to)])
        })
        .collect();
    Some(say(lang, "access-calendar-own", &[("times", &times.join("; "))]))
}
