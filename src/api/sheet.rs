//! The body of a save and of a submission: choices by label, and a prediction.
//!
//! Owns reading it with every fault at once; whether the paper has such a question and option is checked by `action`.

use super::fields::{Fault, Fields, Node, whole};
use super::messages::FaultKind;
use super::paper::ResponseItem;
use crate::action::finish_attempt::Given;
use crate::action::save_responses::Change;
use crate::domain::draft::RevisedPrediction;
use crate::domain::question::{MAX_OPTIONS, place_of};
use crate::domain::response::ChoiceError;
use crate::domain::round::Round;
use crate::domain::submission::MAX_PREDICTION;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Largest revision: what every JSON reader and Redis' scripts hold exactly.
const MAX_REVISION: i64 = (1 << 53) - 1;

/// Answers to be saved or submitted.
#[derive(Debug, Default, ToSchema)]
pub struct Sheet {
    /// Choices; questions left out stay as they are.
    pub responses: Vec<ResponseItem>,
    /// The predicted number: a whole number, or an object with `value` (null takes an earlier one back) and `revision`.
    /// Null or absent: nothing is said about it.
    #[schema(value_type = Option<PredictionInput>)]
    pub prediction: Option<RevisedPrediction>,
}

/// A prediction as it is sent.
#[derive(Debug, ToSchema)]
#[schema(as = Prediction)]
#[serde(untagged)]
pub enum PredictionInput {
    /// The number alone.
    Value(i64),
    /// The number with the client's count of its changes.
    Revised {
        /// The number.
        value: Option<i64>,
        /// How new it is.
        revision: u64,
    },
}

impl Sheet {
    /// Reads a body for an attempt of a round; `needs_responses` where a body without answers makes no sense.
    pub fn read(node: Node, round: &Round, needs_responses: bool) -> Result<Self, Vec<Fault>> {
        let mut fields = Fields::open("", node).map_err(|fault| vec![fault])?;
        let prediction = prediction(&mut fields, round);
        let list = fields.list("responses");
        let nothing_said = list.is_none() && prediction.is_none();
        let responses = responses(&mut fields, list.unwrap_or_default());
        let faults = fields.close();
        if !faults.is_empty() {
            return Err(faults);
        }
        if needs_responses && nothing_said {
            return Err(vec![Fault {
                field: "responses".to_owned(),
                kind: FaultKind::Missing,
            }]);
        }
        Ok(Self {
            responses,
            prediction,
        })
    }

    /// The choices as saving takes them.
    pub fn changes(&self) -> Vec<Change> {
        let change = |item: &ResponseItem| {
            let labels: BTreeSet<&str> = item.options.iter().map(String::as_str).collect();
            Change {
                question: item.question,
                labels: labels.into_iter().collect(),
                revision: item.revision,
            }
        };
        self.responses.iter().map(change).collect()
    }

    /// The choices as submitting takes them.
    pub fn given(&self) -> Vec<Given> {
        self.responses
            .iter()
            .map(|item| Given {
                question: item.question,
                labels: item.options.clone(),
                revision: item.revision,
            })
            .collect()
    }

    /// Names the field of a choice that the paper does not allow.
    pub fn fault(&self, question: u16, error: ChoiceError) -> Fault {
        let index = self
            .responses
            .iter()
            .position(|item| item.question == question)
            .unwrap_or(0);
        let member = match error {
            ChoiceError::UnknownQuestion => "question",
            ChoiceError::UnknownOption | ChoiceError::OnlyOne => "options",
        };
        Fault {
            field: format!("responses[{index}].{member}"),
            kind: FaultKind::Choice(error),
        }
    }
}

fn responses(fields: &mut Fields, items: Vec<Node>) -> Vec<ResponseItem> {
    let mut seen = BTreeSet::new();
    let mut read = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        match response(&format!("responses[{index}]"), item, &mut seen) {
            Ok(item) => read.push(item),
            Err(faults) => fields.extend(faults),
        }
    }
    read
}

fn response(path: &str, node: Node, seen: &mut BTreeSet<u16>) -> Result<ResponseItem, Vec<Fault>> {
    let mut fields = Fields::open(path, node).map_err(|fault| vec![fault])?;
    let number = fields.needed("question", |node| whole(node, 1, i64::from(u16::MAX)));
    let question = number
        .and_then(|number| u16::try_from(number).ok())
        .unwrap_or_default();
    if number.is_some() && !seen.insert(question) {
        fields.fault("question", FaultKind::Duplicate);
    }
    let options = fields.needed("options", labels).unwrap_or_default();
    let revision = fields.whole("revision", 0, MAX_REVISION).unwrap_or(0);
    let faults = fields.close();
    if faults.is_empty() {
        Ok(ResponseItem {
            question,
            options,
            revision: revision.unsigned_abs(),
        })
    } else {
        Err(faults)
    }
}

/// A list of labels, each one letter A to H.
fn labels(node: &Node) -> Result<Vec<String>, FaultKind> {
    let Node::List(items) = node else {
        return Err(FaultKind::NotList);
    };
    if items.len() > MAX_OPTIONS {
        return Err(FaultKind::TooMany(MAX_OPTIONS));
    }
    let label = |item: &Node| match item {
        Node::Text(text) => {
            let mut letters = text.chars();
            let known = letters.next().and_then(place_of).is_some() && letters.next().is_none();
            known
                .then(|| text.clone())
                .ok_or(FaultKind::Choice(ChoiceError::UnknownOption))
        }
        _ => Err(FaultKind::NotText),
    };
    items.iter().map(label).collect()
}

fn prediction(fields: &mut Fields, round: &Round) -> Option<RevisedPrediction> {
    let node = fields.take("prediction")?;
    if round.rules.prediction.is_none_or(|rules| !rules.in_paper()) {
        fields.fault("prediction", FaultKind::NoPrediction);
        return None;
    }
    let Node::Object(_) = node else {
        return match whole(&node, 0, MAX_PREDICTION) {
            Ok(value) => Some(RevisedPrediction {
                value: Some(value),
                revision: 0,
            }),
            Err(kind) => {
                fields.fault("prediction", kind);
                None
            }
        };
    };
    match revised(node) {
        Ok(given) => Some(given),
        Err(faults) => {
            fields.extend(faults);
            None
        }
    }
}

fn revised(node: Node) -> Result<RevisedPrediction, Vec<Fault>> {
    let mut inner = Fields::open("prediction", node).map_err(|fault| vec![fault])?;
    let value = inner.whole("value", 0, MAX_PREDICTION);
    let revision = inner
        .whole("revision", 0, MAX_REVISION)
        .unwrap_or(0)
        .unsigned_abs();
    let faults = inner.close();
    if faults.is_empty() {
        Ok(RevisedPrediction { value, revision })
    } else {
        Err(faults)
    }
}
