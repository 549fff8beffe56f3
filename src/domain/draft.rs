//! What an entrant has chosen so far, with the browser's revision of each choice.
//!
//! Owns which of two versions of a choice wins; leaves keeping drafts to `session`.

use super::paper::Paper;
use super::response::{Response, Responses};
use std::collections::BTreeMap;

/// A revision counts the changes of one choice in the browser, from 1. 0 stands for "not said".
pub type Revision = u64;

/// A response with its revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisedResponse {
    /// What was chosen.
    pub response: Response,
    /// How new it is.
    pub revision: Revision,
}

/// A prediction with its revision; `None` takes an earlier one back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevisedPrediction {
    /// The predicted number.
    pub value: Option<i64>,
    /// How new it is.
    pub revision: Revision,
}

/// A draft of a whole paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// By question number.
    pub responses: BTreeMap<u16, RevisedResponse>,
    /// The prediction, once one was given.
    pub prediction: Option<RevisedPrediction>,
}

impl Draft {
    /// A draft of the given parts.
    pub fn new(responses: Vec<RevisedResponse>, prediction: Option<RevisedPrediction>) -> Self {
        let responses = responses
            .into_iter()
            .map(|revised| (revised.response.question, revised))
            .collect();
        Self {
            responses,
            prediction,
        }
    }

    /// Lays `newer` over this draft: a choice replaces a saved one unless its revision is lower; one without a revision
    /// always does, because whoever sends it knows no other.
    pub fn merge(mut self, newer: Self) -> Self {
        let replaces = |old: Option<Revision>, new: Revision| new == 0 || old.is_none_or(|old| new >= old);
        for (number, revised) in newer.responses {
            if replaces(
                self.responses.get(&number).map(|old| old.revision),
                revised.revision,
            ) {
                self.responses.insert(number, revised);
            }
        }
        if let Some(given) = newer.prediction
            && replaces(self.prediction.map(|old| old.revision), given.revision)
        {
            self.prediction = Some(given);
        }
        self
    }

    /// The full sheet for a paper.
    pub fn responses_for(&self, paper: &Paper) -> Responses {
        let mut sheet = Responses::blank(paper);
        for revised in self.responses.values() {
            sheet.set(revised.response.clone());
        }
        sheet
    }

    /// The predicted number, if one stands.
    pub fn predicted(&self) -> Option<i64> {
        self.prediction.and_then(|given| given.value)
    }
}
