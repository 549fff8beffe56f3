//! What minutes tell besides the winners: equals and how they were settled, decisions of two people, complaints.
//!
//! Owns the sentences' order and whose name is printed, as on every paper; the wording around them is the template's.

use super::fill::Issue;
use super::model::{Block, Run, Signer};
use super::tables::name;
use super::values::say;
use super::words::{day, moment, number};
use crate::domain::contest::Field;
use crate::domain::decision::{Decision, Kind};
use crate::domain::ids::ParticipantId;
use crate::domain::participant::FullName;
use crate::domain::prize::{Lot, Seed};
use crate::domain::ruling::{Ruling, Target};
use crate::store::meeting::{Equals, KeptElsewhere, MeetingFacts};
use crate::store::paper_facts::PaperFacts;
use crate::store::results::WinnerRow;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Letters of a lot that are printed: enough to tell any two of them apart.
const LOT_LETTERS: usize = 12;

type Args<'a> = [(&'static str, &'a str)];

/// Every group of equals at the border of a prize: how many, how they were settled, who won with which lot; then the
/// groups that nobody has settled.
pub(super) fn ties(facts: &PaperFacts, issue: &Issue<'_>) -> Vec<Block> {
    let (Some(ranking), Some(meeting)) = (&facts.ranking, &facts.meeting) else {
        return Vec::new();
    };
    let mut groups: BTreeMap<i64, Vec<&WinnerRow>> = BTreeMap::new();
    for winner in own_winners(facts).filter(|winner| winner.settled_by != "rank") {
        groups.entry(winner.rank).or_default().push(winner);
    }
    let mut blocks = Vec::new();
    for (rank, winners) in &groups {
        let equals = meeting.equals.get(rank).copied();
        blocks.push(item(told(*rank, equals, winners)));
        let lines = winners
            .iter()
            .map(|winner| line(winner, ranking.seed.as_ref(), issue));
        blocks.extend(lines.map(paragraph));
    }
    for tie in &meeting.open {
        let (rank, n, places) = (
            number(tie.rank),
            tie.positions.len().to_string(),
            tie.places.to_string(),
        );
        let args: &Args<'_> = &[("rank", &rank), ("n", &n), ("places", &places)];
        blocks.push(item(say("meeting-tie-open", args)));
    }
    if blocks.is_empty() {
        return vec![paragraph(say("meeting-no-ties", &[]))];
    }
    let is_drawn = groups
        .values()
        .flatten()
        .any(|winner| winner.settled_by == "draw");
    if let Some(seed) = ranking.seed.as_ref().filter(|_| is_drawn) {
        blocks.push(paragraph(say("meeting-seed", &[("seed", &hex(seed))])));
    }
    for order in &meeting.orders {
        let at = moment(order.at);
        let args: &Args<'_> = &[("at", &at), ("by", &order.by), ("reason", &order.reason)];
        blocks.push(paragraph(say("meeting-order", args)));
    }
    blocks
}

/// The winners of the ranking that the paper is about, not those of the rounds that it is made of.
fn own_winners(facts: &PaperFacts) -> impl Iterator<Item = &WinnerRow> {
    let is_round = facts.round.is_some();
    facts
        .winners
        .iter()
        .filter(move |winner| winner.round.is_some() == is_round)
}

fn told(rank: i64, equals: Option<Equals>, winners: &[&WinnerRow]) -> String {
    let is_board = winners.iter().any(|winner| winner.settled_by == "board");
    let key = match (is_board, equals.is_some_and(|equals| equals.at_least)) {
        (true, _) => "meeting-tie-board",
        (false, true) => "meeting-tie-draw-many",
        (false, false) => "meeting-tie-draw",
    };
    let n = equals.map_or_else(|| "…".to_owned(), |equals| number(equals.number));
    let (rank, won) = (number(rank), winners.len().to_string());
    say(key, &[("rank", &rank), ("n", &n), ("won", &won)])
}

fn line(winner: &WinnerRow, seed: Option<&Seed>, issue: &Issue<'_>) -> String {
    let who = name(winner, issue);
    let lot = winner
        .attempt
        .map_or(Lot::Person(winner.participant), Lot::Attempt);
    let drawn = seed.filter(|_| winner.settled_by == "draw").map(|seed| {
        let letters = hex(&lot.drawn(seed));
        letters.chars().take(LOT_LETTERS).collect::<String>()
    });
    match drawn {
        Some(lot) => say(
            "meeting-tie-lot",
            &[("prize", &winner.prize), ("name", &who), ("lot", &lot)],
        ),
        None => say("meeting-tie-won", &[("prize", &winner.prize), ("name", &who)]),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// What two people decided of this result, with reasons and names; then who keeps higher prizes of other rounds.
pub(super) fn rulings(facts: &PaperFacts, issue: &Issue<'_>) -> Vec<Block> {
    let Some(meeting) = &facts.meeting else {
        return Vec::new();
    };
    let kept = meeting
        .kept
        .iter()
        .map(|kept| item(keeps(facts, meeting, kept, issue)));
    if meeting.decisions.is_empty() {
        let nothing = paragraph(say("meeting-no-rulings", &[]));
        return std::iter::once(nothing).chain(kept).collect();
    }
    let line = |decision: &Decision| {
        let what = what(facts, meeting, decision, issue);
        let by = decision
            .decided
            .as_ref()
            .map_or("", |decided| decided.by.as_str());
        let n = decision.id.to_string();
        let args: &Args<'_> = &[
            ("n", &n),
            ("what", &what),
            ("reason", &decision.reason),
            ("first", &decision.proposed_by),
            ("second", by),
        ];
        item(say("meeting-ruling", args))
    };
    meeting.decisions.iter().map(line).chain(kept).collect()
}

/// Who keeps which prizes of which rounds, so that those of this one went on.
fn keeps(facts: &PaperFacts, meeting: &MeetingFacts, kept: &KeptElsewhere, issue: &Issue<'_>) -> String {
    let prizes: Vec<String> = kept
        .prizes
        .iter()
        .map(|(id, prize)| {
            let round = facts.contest.rounds.iter().find(|round| round.id == *id);
            let title = round.map_or("…", |round| round.title.as_str());
            say("highest-kept-prize", &[("prize", prize), ("round", title)])
        })
        .collect();
    let (rank, name) = (number(kept.rank), shown(meeting, kept.person, issue));
    let prizes = prizes.join(", ");
    let args: &Args<'_> = &[("rank", &rank), ("name", &name), ("prizes", &prizes)];
    say("meeting-kept", args)
}

fn what(facts: &PaperFacts, meeting: &MeetingFacts, decision: &Decision, issue: &Issue<'_>) -> String {
    let person = |id: &ParticipantId| shown(meeting, *id, issue);
    match Ruling::of(decision) {
        Some(Ruling::Void(void)) => match &void.target {
            Target::Person { person: id } => say("award-void-person", &[("name", &person(id))]),
            Target::Attempt { person: id, .. } => say("award-void-attempt", &[("name", &person(id))]),
            Target::Unit { unit } => say("award-void-unit", &[("unit", &facts.contest.unit_path(*unit))]),
            Target::Window { from, until, unit } => {
                let (from, until) = (moment(*from), moment(*until));
                let unit = unit.map(|unit| facts.contest.unit_path(unit));
                let key = match unit {
                    Some(_) => "award-void-window-unit",
                    None => "award-void-window",
                };
                let unit = unit.unwrap_or_default();
                say(key, &[("from", &from), ("until", &until), ("unit", &unit)])
            }
        },
        Some(Ruling::Replace(replace)) => {
            let cause = say(&format!("award-cause-{}", replace.cause.name()), &[]).to_lowercase();
            let args: &Args<'_> = &[("name", &person(&replace.person)), ("cause", &cause)];
            say("award-replace", args)
        }
        Some(Ruling::Restore(restore)) => say("award-restore", &[("n", &restore.decision.to_string())]),
        None => match decision.kind {
            Kind::Rescore => say("award-kind-rescore", &[]),
            kind => say(&format!("award-kind-{}", kind.name()), &[]),
        },
    }
}

/// The name as far as the person agreed to be named, or as the issuer asked.
fn shown(meeting: &MeetingFacts, id: ParticipantId, issue: &Issue<'_>) -> String {
    let Some(person) = meeting.people.get(&id) else {
        return "…".to_owned();
    };
    if person.consent_publish || issue.with.contains(&Field::FullName) {
        return person.full_name.clone();
    }
    FullName::parse(&person.full_name).map_or_else(|_| "…".to_owned(), |name| name.initials())
}

/// Complaints with their answers; who complained is in the register.
pub(super) fn complaints(facts: &PaperFacts) -> Vec<Block> {
    let Some(meeting) = &facts.meeting else {
        return Vec::new();
    };
    if meeting.complaints.is_empty() {
        return vec![paragraph(say("meeting-no-complaints", &[]))];
    }
    let lines = meeting.complaints.iter().map(|complaint| {
        let (n, received, due) = (
            complaint.id.to_string(),
            day(complaint.received_on),
            day(complaint.due_on),
        );
        match &complaint.answer {
            Some(answer) => {
                let finding = say(&format!("award-complaint-{}", answer.finding), &[]);
                let args: &Args<'_> = &[
                    ("n", &n),
                    ("day", &received),
                    ("finding", &finding),
                    ("by", &answer.by),
                ];
                item(say("meeting-complaint", args))
            }
            None => item(say(
                "meeting-complaint-open",
                &[("n", &n), ("day", &received), ("due", &due)],
            )),
        }
    });
    lines.collect()
}

/// Secretary and chair, with room for their names.
pub(super) fn signers() -> Block {
    let one = |key: &str| Signer {
        role: say(&format!("emulation-paper-sign-{key}"), &[]),
        names: Vec::new(),
    };
    Block::Signers {
        signers: vec![one("secretary"), one("chair")],
    }
}

fn plain(text: String) -> Vec<Run> {
    vec![Run {
        text,
        bold: false,
        italic: false,
    }]
}

fn item(text: String) -> Block {
    Block::Item { runs: plain(text) }
}

fn paragraph(text: String) -> Block {
    Block::Paragraph { runs: plain(text) }
}
