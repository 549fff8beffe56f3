//! Faults of the rules at the boxes they belong to, in words for somebody who fills in a form.
//!
//! Owns the way from a place of the file to a box, and the few words that would otherwise speak of the file; all others
//! are `bank`'s.

use super::apply::place_of;
use super::spec::{Kind, Page};
use crate::bank::{Fault, FaultCode, Severity, Sketch, Spot, path_at};
use crate::web::console::desk::Desk;

/// A fault with the box or row it belongs to.
#[derive(Debug, Clone)]
pub struct Located {
    /// Stops the load.
    pub error: bool,
    /// The page it is mended on.
    pub page: Page,
    /// The box or row; `None` for the page as a whole.
    pub place: Option<String>,
    fault: Fault,
}

/// What a fault says at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultView {
    /// Stops the load.
    pub error: bool,
    /// What is wrong.
    pub message: String,
    /// How to mend it; may be empty.
    pub advice: String,
}

/// Faults of a text at their places, in the order of the file.
pub fn locate(text: &str, sketch: &Sketch, faults: &[Fault]) -> Vec<Located> {
    let located = |fault: &Fault| {
        let (page, place) = place_of(&path_of(text, fault), sketch);
        Located {
            error: fault.severity == Severity::Error,
            page,
            place,
            fault: fault.clone(),
        }
    };
    faults.iter().map(located).collect()
}

/// The path of what a fault is about; of a missing key, where it would stand.
fn path_of(text: &str, fault: &Fault) -> String {
    let path = match fault.place.spot {
        Spot::Line { line, column } => path_at(text, line, column),
        Spot::File | Spot::Paragraph { .. } | Spot::TableCell { .. } | Spot::Cell { .. } => String::new(),
    };
    let join = |above: &str, key: &str| match above {
        "" => key.to_owned(),
        above => format!("{above}.{key}"),
    };
    match &fault.code {
        FaultCode::NoRounds {} => "round".to_owned(),
        FaultCode::MissingKey { key, table, .. } => {
            let table = table.trim_matches(['[', ']']);
            // The rules of a round are missed at the round or the contest as long as it has no table for them.
            let rules = ["paper", "prediction", "essay", "ranking"].contains(&table);
            let has_table = path.rsplit('.').next() == Some(table);
            if rules && !has_table {
                let round = if path.starts_with("round.") {
                    path.as_str()
                } else {
                    ""
                };
                return join(&join(round, table), key);
            }
            join(&path, key)
        }
        _ => path,
    }
}

impl Located {
    /// What it says at a box of a kind.
    pub fn view(&self, desk: &Desk, kind: Option<Kind>) -> FaultView {
        let (message, advice) = self.words(desk, kind);
        FaultView {
            error: self.error,
            message,
            advice,
        }
    }

    fn words(&self, desk: &Desk, kind: Option<Kind>) -> (String, String) {
        let say = |key: &str| (desk.say(key, &[]), String::new());
        match (&self.fault.code, kind) {
            (FaultCode::MissingKey { .. } | FaultCode::EmptyText { .. }, Some(_)) => say("rform-fault-empty"),
            (FaultCode::MissingKey { key, .. }, None) if key == "order" => say("rform-fault-no-order"),
            (FaultCode::MissingKey { key, .. }, None) if key == "draw" => say("rform-fault-no-draw"),
            (
                FaultCode::WrongType { .. }
                | FaultCode::BadMoment { .. }
                | FaultCode::NoOffset { .. }
                | FaultCode::BadDate { .. }
                | FaultCode::BadDuration { .. }
                | FaultCode::BadRate { .. }
                | FaultCode::UnknownValue { .. }
                | FaultCode::OrderDirection { .. },
                Some(kind),
            ) => say(mend(kind)),
            (FaultCode::OutOfRange { min, max, .. }, Some(_)) => {
                let args = [("min", min.to_string().into()), ("max", max.to_string().into())];
                (desk.say("rform-fault-range", &args), String::new())
            }
            (FaultCode::PrizeDuplicate { .. }, _) => say("rform-fault-prize-twice"),
            (FaultCode::UnknownKey { key, .. }, _) => {
                let args = [("key", key.clone().into())];
                (desk.say("rform-fault-unknown-key", &args), String::new())
            }
            _ => (
                self.fault.message(desk.lang()),
                self.fault.suggestion(desk.lang()),
            ),
        }
    }
}

/// How something is written into a box of a kind.
const fn mend(kind: Kind) -> &'static str {
    match kind {
        Kind::Number | Kind::Money => "rform-mend-number",
        Kind::Limit => "rform-mend-limit",
        Kind::Numbers => "rform-mend-numbers",
        Kind::Rate => "rform-mend-rate",
        Kind::Day => "rform-mend-day",
        Kind::Moment => "rform-mend-moment",
        Kind::Length(true) => "rform-mend-length-or-none",
        Kind::Length(false) => "rform-mend-length",
        Kind::Line | Kind::Area | Kind::Prompt | Kind::Rules | Kind::Lines => "rform-mend-text",
        Kind::Truth(_) | Kind::Choice(..) | Kind::Set | Kind::Bloc | Kind::Order | Kind::Asked => {
            "rform-mend-choice"
        }
    }
}
