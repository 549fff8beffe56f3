//! Acts of the audit log as sentences, and the strip of a round made from them.
//!
//! Owns turning recorded words and figures into what people read; the log itself is `store`'s.

use super::desk::{Desk, Place, inside};
use crate::domain::catalog::Catalog;
use crate::domain::participant::parse_date;
use crate::domain::round::RoundPhase;
use crate::i18n::{Lang, Value};
use crate::store::StoreResult;
use crate::store::console_reads::{LogFilter, LogLine};
use crate::web::format;
use time::OffsetDateTime;

/// Acts that have a sentence of their own; any other is shown by its word.
const KNOWN: &[&str] = &[
    "review",
    "declare-place",
    "see-names",
    "case-finding",
    "case-hearing",
    "propose",
    "approve-decision",
    "reject-decision",
    "withdraw-decision",
    "verify",
    "complaint",
    "complaint-answer",
    "load",
    "load-set",
    "load-rules",
    "close",
    "end-early",
    "essay-mark",
    "essay-remark",
    "rank",
    "rank-contest",
    "settle-tie",
    "accounts",
    "accounts-file",
    "approve",
    "publish",
    "extend",
    "reopen",
    "export",
    "staff-add",
    "staff-disable",
    "staff-reset",
    "staff-password",
    "password-code",
    "correct-person",
    "check-set",
    "edit-question",
    "add-question",
    "remove-question",
    "export-set",
    "see-key",
    "simulate",
    "own-data-correct",
    "own-data-erase",
    "request",
    "request-answer",
    "request-copy",
    "days-off",
    "day-off-out",
    "data-expire",
    "keep-longer",
    "rescore",
    "clusters-load",
    "cluster-criteria",
    "cluster-ties",
    "cluster-scores",
    "vote-prepare",
    "vote-open",
    "vote-code",
    "vote-stop",
    "vote-resume",
    "vote-close",
    "vote-cancel",
    "awards-add",
    "award-strike",
    "emulation-export",
];

/// One act, ready to print.
#[derive(Debug, Clone)]
pub struct ActSentence {
    /// "16:31:02 ngày 8/5/2023".
    pub when: String,
    /// "Lê Văn Bình duyệt kết quả tuần 5".
    pub what: String,
    /// The reason given.
    pub reason: Option<String>,
    /// Title of the contest, where the list mixes contests.
    pub contest: Option<String>,
}

/// Acts as sentences.
pub fn sentences(desk: &Desk, catalog: &Catalog, lines: &[LogLine]) -> Vec<ActSentence> {
    lines.iter().map(|line| sentence(desk, catalog, line)).collect()
}

fn sentence(desk: &Desk, catalog: &Catalog, line: &LogLine) -> ActSentence {
    let contest = line.contest.and_then(|id| catalog.find_id(id));
    let round = line
        .round
        .and_then(|id| catalog.find_round(id))
        .map(|(_, round)| inside(&round.title));
    let known = KNOWN.contains(&line.act.as_str());
    let key = if known {
        format!("console-act-{}", line.act)
    } else {
        "console-act-other".to_owned()
    };
    let actor = if line.actor == "system" {
        desk.say("console-system", &[])
    } else {
        line.actor.clone()
    };
    let args: [(&'static str, Value<'_>); 4] = [
        ("actor", actor.into()),
        ("round", round.unwrap_or_default().into()),
        ("what", what(desk, line).into()),
        ("n", number(desk.lang(), line).into()),
    ];
    ActSentence {
        when: format::exact(desk.lang(), line.at),
        what: desk.say(&key, &args),
        reason: line.reason.clone(),
        contest: contest.map(|contest| contest.definition.title.clone()),
    }
}

/// The word that an act is about: an account, a list, a set, a new close.
fn what(desk: &Desk, line: &LogLine) -> String {
    let text = |name: &str| {
        line.facts
            .get(name)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    match line.act.as_str() {
        "staff-add" | "staff-disable" | "staff-reset" | "staff-password" => text("login"),
        "export" => {
            let list = desk.say(&format!("console-list-{}", text("list")), &[]);
            format!("{} ({})", list, text("format").to_uppercase())
        }
        "load-set" | "check-set" | "export-set" => text("set"),
        "edit-question" | "add-question" | "remove-question" | "see-key" => {
            format!("{} ({})", text("question"), text("set"))
        }
        "load-rules" => {
            let parts = line.facts.get("parts").and_then(serde_json::Value::as_array);
            let parts = parts.into_iter().flatten().filter_map(serde_json::Value::as_str);
            let titles: Vec<String> = parts
                .map(|part| desk.say(&format!("rform-page-{part}"), &[]))
                .collect();
            titles.join("; ")
        }
        "propose" | "approve-decision" | "reject-decision" | "withdraw-decision" => {
            let number = line.facts.get("decision").and_then(serde_json::Value::as_i64);
            let kind = desk
                .say(&format!("award-kind-{}", text("kind")), &[])
                .to_lowercase();
            let args = [
                ("n", number.unwrap_or(0).to_string().into()),
                ("kind", kind.into()),
            ];
            desk.say("award-act-what", &args)
        }
        "own-data-correct" | "own-data-erase" => {
            let person = line.facts.get("participant").and_then(serde_json::Value::as_i64);
            person.unwrap_or(0).to_string()
        }
        "complaint" | "complaint-answer" => {
            let number = line.facts.get("complaint").and_then(serde_json::Value::as_i64);
            number.unwrap_or(0).to_string()
        }
        "correct-person" => {
            let number = line.facts.get("participant").and_then(serde_json::Value::as_i64);
            number.unwrap_or(0).to_string()
        }
        "see-names" | "case-finding" | "case-hearing" => {
            let number = line.facts.get("case").and_then(serde_json::Value::as_i64);
            number.unwrap_or(0).to_string()
        }
        "verify" => desk
            .say(&format!("award-finding-{}", text("finding")), &[])
            .to_lowercase(),
        "cluster-criteria" | "cluster-ties" | "cluster-scores" => text("cluster"),
        "vote-prepare" | "vote-open" | "vote-code" | "vote-stop" | "vote-resume" | "vote-close"
        | "vote-cancel" => {
            let vote = line.facts.get("vote").and_then(serde_json::Value::as_i64);
            vote.unwrap_or(0).to_string()
        }
        "emulation-export" => {
            let list = desk.say(&format!("emulation-list-{}", text("list")), &[]);
            format!("{} ({})", list, text("format").to_uppercase())
        }
        "request" | "request-answer" | "request-copy" => {
            let number = line.facts.get("request").and_then(serde_json::Value::as_i64);
            let kind = desk
                .say(&format!("requests-kind-{}", text("kind")), &[])
                .to_lowercase();
            format!("{} ({kind})", number.unwrap_or(0))
        }
        "days-off" | "day-off-out" => {
            let days = [text("name"), text("from"), text("until"), text("day")];
            let days: Vec<String> = days.into_iter().filter(|part| !part.is_empty()).collect();
            days.join(", ")
        }
        "keep-longer" | "data-expire" => parse_date(&text("until"))
            .map(|day| format::date(desk.lang(), day))
            .unwrap_or_default(),
        "extend" => {
            let until = line.facts.get("until").and_then(serde_json::Value::as_i64);
            let until = until.and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok());
            until
                .map(|at| format::moment(desk.lang(), at))
                .unwrap_or_default()
        }
        _ => line.act.clone(),
    }
}

/// The figure that an act is about: people ranked, questions loaded.
fn number(lang: Lang, line: &LogLine) -> String {
    let names = [
        "people",
        "questions",
        "sets",
        "changed",
        "sheets",
        "clusters",
        "scores",
        "awards",
        "made",
    ];
    let found = names
        .iter()
        .find_map(|name| line.facts.get(name).and_then(serde_json::Value::as_i64));
    format::number(lang, found.unwrap_or(0))
}

/// One state of a round in the strip.
#[derive(Debug, Clone)]
pub struct StripStep {
    /// `past`, `now` or empty.
    pub state: &'static str,
    /// "Đã chốt".
    pub label: String,
    /// "07:31 8/5, Lê Văn Bình".
    pub note: String,
}

/// The states of a round with time and name.
pub async fn strip(desk: &Desk, place: &Place) -> StoreResult<Vec<StripStep>> {
    let filter = LogFilter {
        round: Some(place.round.id),
        ..LogFilter::default()
    };
    let acts = desk.app.store.load_log(filter, 200).await?;
    // What came before the last reopening holds no more.
    let acts: Vec<&LogLine> = acts.iter().take_while(|line| line.act != "reopen").collect();
    let now = place.round.phase(desk.now());
    let step = |phase: RoundPhase| {
        let reached = phase <= now;
        let note = if reached || phase <= RoundPhase::Ended {
            note(desk, place, &acts, phase)
        } else {
            String::new()
        };
        let state = match phase.cmp(&now) {
            std::cmp::Ordering::Less => "past",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "",
        };
        StripStep {
            state,
            label: desk.say(&format!("console-phase-{}", phase.name()), &[]),
            note,
        }
    };
    Ok(RoundPhase::ALL.into_iter().map(step).collect())
}

fn note(desk: &Desk, place: &Place, acts: &[&LogLine], phase: RoundPhase) -> String {
    let short = |at: OffsetDateTime| format::short(desk.lang(), at);
    let by = |act: &str| {
        let line = acts.iter().find(|line| line.act == act);
        line.map(|line| format!("{}, {}", short(line.at), line.actor))
            .unwrap_or_default()
    };
    match phase {
        RoundPhase::Upcoming => String::new(),
        RoundPhase::Open => short(place.round.opens_at),
        RoundPhase::Ended => short(place.round.closes_at),
        RoundPhase::Sealed => by("close"),
        RoundPhase::Ranked => by("rank"),
        RoundPhase::Approved => by("approve"),
        RoundPhase::Published => by("publish"),
    }
}
