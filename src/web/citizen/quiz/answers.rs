//! The answers of a quiz form, as values: what was chosen, and what the form knew of what was saved.
//!
//! Owns the fields `q7`, `r7` and `l7` (chosen labels, revision, revision and labels as the page was loaded) and
//! `prediction`, `rp`, `lp`; leaves whether the paper has such questions and options to `domain`.

use crate::action::finish_attempt::Given;
use crate::action::save_responses::Change;
use crate::domain::draft::{Draft, RevisedPrediction, RevisedResponse, Revision};
use crate::domain::question::MAX_OPTIONS;
use crate::domain::response::{Choice, Response};
use crate::domain::submission::MAX_PREDICTION;
use crate::web::form::Form;
use std::collections::BTreeMap;

/// Highest revision taken: exact in scripts and in Redis, and beyond what hands can do.
pub(super) const MAX_REVISION: Revision = 1_000_000_000_000;

/// What a form knew when it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The script counts changes: this is its count.
    Revision(Revision),
    /// Without script: as when the page was loaded, at this revision.
    Unchanged(Revision),
    /// Without script: changed by hand since the page was loaded at this revision. It is the reader's latest word, also
    /// after the Back key has brought an older page back.
    Changed(Revision),
}

/// A value of the form with what the form knew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sent<T> {
    /// What stands in the form.
    pub value: T,
    /// What the form knew.
    pub told: Told,
}

/// Everything a quiz form says.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    /// By question number.
    pub choices: BTreeMap<u16, Sent<Choice>>,
    /// The prediction, if the form asks for one.
    pub prediction: Option<Sent<Option<i64>>>,
}

/// A field that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// No question can have that number.
    Question,
    /// No question can have that option.
    Option(u16),
    /// The revision is no count.
    Revision(u16),
    /// The prediction is no whole number from 0 to a thousand million.
    Prediction,
}

impl Answers {
    /// Reads the form.
    pub(super) fn read(form: &Form) -> Result<Self, Fault> {
        let mut answers = Self::default();
        for (field, _) in form.fields() {
            let Some(digits) = field.strip_prefix(['q', 'r', 'l']) else {
                continue;
            };
            if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
                continue;
            }
            let number: u16 = digits.parse().map_err(|_| Fault::Question)?;
            if let std::collections::btree_map::Entry::Vacant(slot) = answers.choices.entry(number) {
                slot.insert(read_choice(form, number)?);
            }
        }
        if form.has("prediction") {
            answers.prediction = Some(read_prediction(form)?);
        }
        Ok(answers)
    }

    /// What to save over `saved`: every choice that differs from it and is newer than it.
    pub(super) fn changes(&self, saved: &Draft) -> Vec<Change> {
        let change = |(number, sent): (&u16, &Sent<Choice>)| {
            let old = saved.responses.get(number);
            let known = old.map_or(0, |old| old.revision);
            let differs = old.map_or(!sent.value.is_blank(), |old| old.response.choice != sent.value);
            let revision = newer(sent.told, known).filter(|_| differs)?;
            Some(Change {
                question: *number,
                labels: sent.value.labels(),
                revision,
            })
        };
        self.choices.iter().filter_map(change).collect()
    }

    /// The prediction to save over `saved`.
    pub(super) fn prediction_change(&self, saved: &Draft) -> Option<RevisedPrediction> {
        let sent = self.prediction.as_ref()?;
        let known = saved.prediction.map_or(0, |old| old.revision);
        let differs = saved.predicted() != sent.value;
        let revision = newer(sent.told, known).filter(|_| differs)?;
        Some(RevisedPrediction {
            value: sent.value,
            revision,
        })
    }

    /// What to submit; a question that was blank when the page was loaded and still is says nothing.
    pub(super) fn given(&self) -> Vec<Given> {
        let given = |(number, sent): (&u16, &Sent<Choice>)| {
            let revision = weight(sent.told, sent.value.is_blank())?;
            Some(Given {
                question: *number,
                labels: sent.value.label_list(),
                revision,
            })
        };
        self.choices.iter().filter_map(given).collect()
    }

    /// The prediction to submit.
    pub(super) fn given_prediction(&self) -> Option<RevisedPrediction> {
        let sent = self.prediction.as_ref()?;
        Some(RevisedPrediction {
            value: sent.value,
            revision: weight(sent.told, sent.value.is_none())?,
        })
    }

    /// `saved` with what this form says laid over it, as its sender sees it.
    pub(super) fn over(&self, saved: &Draft) -> Draft {
        let mut draft = saved.clone();
        for change in self.changes(saved) {
            let Some(sent) = self.choices.get(&change.question) else {
                continue;
            };
            let response = Response {
                question: change.question,
                choice: sent.value.clone(),
            };
            draft.responses.insert(
                change.question,
                RevisedResponse {
                    response,
                    revision: change.revision,
                },
            );
        }
        draft.prediction = self.prediction_change(saved).or(saved.prediction);
        draft
    }
}

/// The revision under which a value is saved over one of revision `known`; `None` if it is not newer.
fn newer(told: Told, known: Revision) -> Option<Revision> {
    match told {
        Told::Revision(revision) => Some(revision + 1),
        Told::Unchanged(loaded) => Some(loaded).filter(|loaded| *loaded > known),
        Told::Changed(loaded) => Some(loaded.max(known) + 1),
    }
}

/// The revision under which a value is submitted: 0 lays it over whatever is saved. `None` leaves what is saved.
fn weight(told: Told, blank: bool) -> Option<Revision> {
    match told {
        Told::Revision(0) | Told::Unchanged(0) if blank => None,
        Told::Revision(revision) | Told::Unchanged(revision) => Some(revision),
        Told::Changed(_) => Some(0),
    }
}

fn told(revision: Revision, loaded: Option<(Revision, &str)>, value: &str) -> Told {
    match loaded {
        Some((at, labels)) if at == revision && labels == value => Told::Unchanged(at),
        Some((at, _)) if at == revision => Told::Changed(at),
        Some(_) | None => Told::Revision(revision),
    }
}

fn read_choice(form: &Form, number: u16) -> Result<Sent<Choice>, Fault> {
    let mut labels = String::new();
    for label in form.all(&format!("q{number}")) {
        let mut letters = label.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if labels.len() < MAX_OPTIONS => labels.push(letter),
            _ => return Err(Fault::Option(number)),
        }
    }
    let choice = Choice::parse(&labels).ok_or(Fault::Option(number))?;
    let revision = read_revision(form, &format!("r{number}")).ok_or(Fault::Revision(number))?;
    let told = told(
        revision,
        read_loaded(form.get(&format!("l{number}"))),
        &choice.labels(),
    );
    Ok(Sent { value: choice, told })
}

fn read_prediction(form: &Form) -> Result<Sent<Option<i64>>, Fault> {
    let value = parse_prediction(form.get("prediction")).ok_or(Fault::Prediction)?;
    let revision = read_revision(form, "rp").ok_or(Fault::Prediction)?;
    let text = value.map(|value| value.to_string()).unwrap_or_default();
    Ok(Sent {
        value,
        told: told(revision, read_loaded(form.get("lp")), &text),
    })
}

/// A prediction as people type it, "75.600" or "75 600"; empty gives none. `None` if it cannot be one.
pub(super) fn parse_prediction(typed: &str) -> Option<Option<i64>> {
    let digits: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | ','))
        .collect();
    if digits.is_empty() {
        return typed.trim().is_empty().then_some(None);
    }
    let number: i64 = digits
        .bytes()
        .all(|digit| digit.is_ascii_digit())
        .then(|| digits.parse().ok())??;
    (number <= MAX_PREDICTION).then_some(Some(number))
}

/// A revision; 0 where the form does not say it, `None` where it says something else.
fn read_revision(form: &Form, field: &str) -> Option<Revision> {
    if !form.has(field) {
        return Some(0);
    }
    let text = form.get(field);
    let digits = text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|revision| digits && *revision <= MAX_REVISION)
}

fn read_loaded(text: &str) -> Option<(Revision, &str)> {
    let (revision, value) = text.split_once(':')?;
    Some((revision.parse().ok()?, value))
}

/// How the page writes down what it was loaded with.
pub(super) fn loaded(revision: Revision, value: &str) -> String {
    format!("{revision}:{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &str) -> Result<Answers, Fault> {
        Answers::read(&Form::parse(&axum::body::Bytes::from(fields.to_owned())).unwrap())
    }

    fn saved(items: &[(u16, &str, u64)]) -> Draft {
        let revised = |(question, labels, revision): &(u16, &str, u64)| RevisedResponse {
            response: Response {
                question: *question,
                choice: Choice::parse(labels).unwrap(),
            },
            revision: *revision,
        };
        Draft::new(items.iter().map(revised).collect(), None)
    }

    fn change(fields: &str, draft: &Draft) -> Vec<(u16, String, u64)> {
        let changes = read(fields).unwrap().changes(draft);
        changes
            .into_iter()
            .map(|change| (change.question, change.labels, change.revision))
            .collect()
    }

    fn submitted(fields: &str, draft: &Draft) -> String {
        let given = read(fields)
            .unwrap()
            .given()
            .into_iter()
            .map(|given| RevisedResponse {
                response: Response {
                    question: given.question,
                    choice: Choice::parse(&given.labels.concat()).unwrap(),
                },
                revision: given.revision,
            });
        let merged = draft.clone().merge(Draft::new(given.collect(), None));
        merged
            .responses
            .get(&1)
            .map(|revised| revised.response.choice.labels())
            .unwrap_or_default()
    }

    #[test]
    fn a_choice_made_without_scripts_is_saved_above_what_is_saved() {
        assert_eq!(change("q1=B&r1=0&l1=0:", &saved(&[])), [(1, "B".to_owned(), 1)]);
        assert_eq!(
            change("q1=B&r1=2&l1=2:A", &saved(&[(1, "A", 2)])),
            [(1, "B".to_owned(), 3)]
        );
        assert_eq!(
            change("r1=2&l1=2:A", &saved(&[(1, "A", 2)])),
            [(1, String::new(), 3)]
        );
    }

    #[test]
    fn an_older_page_brought_back_by_the_back_key_still_has_the_last_word_on_what_was_changed_in_it() {
        assert_eq!(
            change("q1=C&r1=0&l1=0:", &saved(&[(1, "A", 1)])),
            [(1, "C".to_owned(), 2)]
        );
        assert_eq!(submitted("q1=C&r1=1&l1=1:A", &saved(&[(1, "B", 2)])), "C");
    }

    #[test]
    fn a_second_page_never_takes_away_what_it_did_not_touch() {
        let elsewhere = saved(&[(1, "A", 3)]);
        assert_eq!(change("r1=0&l1=0:", &elsewhere), []);
        assert_eq!(submitted("r1=0&l1=0:", &elsewhere), "A");
        assert_eq!(submitted("r1=0", &elsewhere), "A");
        assert_eq!(submitted("q1=B&r1=2&l1=2:B", &elsewhere), "A");
    }

    #[test]
    fn what_a_wiped_store_has_lost_comes_back_from_the_open_page() {
        assert_eq!(change("q1=A&r1=4&l1=4:A", &saved(&[])), [(1, "A".to_owned(), 4)]);
        assert_eq!(submitted("q1=A&r1=4&l1=4:A", &saved(&[])), "A");
    }

    #[test]
    fn the_scripts_own_count_is_believed() {
        assert_eq!(submitted("q1=B&r1=5&l1=2:A", &saved(&[(1, "C", 9)])), "C");
        assert_eq!(submitted("q1=B&r1=9&l1=2:A", &saved(&[(1, "C", 9)])), "B");
    }

    #[test]
    fn several_options_and_a_typed_prediction_are_read() {
        let answers = read("q2=C&q2=A&r2=1&prediction=75.600&rp=0").unwrap();
        assert_eq!(answers.choices[&2].value.labels(), "AC");
        assert_eq!(answers.prediction.as_ref().unwrap().value, Some(75_600));
        assert_eq!(
            answers.prediction_change(&Draft::default()),
            Some(RevisedPrediction {
                value: Some(75_600),
                revision: 1
            })
        );
        for (typed, expected) in [
            ("", Some(None)),
            ("  ", Some(None)),
            ("75 600", Some(Some(75_600))),
            ("75\u{a0}600", Some(Some(75_600))),
            ("1.000.000.000", Some(Some(1_000_000_000))),
            ("1000000001", None),
            ("-1", None),
            ("１２", None),
            ("1e5", None),
            (".", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(parse_prediction(typed), expected, "{typed}");
        }
    }

    #[test]
    fn what_no_page_sends_is_a_fault() {
        assert_eq!(read("q99999=A").unwrap_err(), Fault::Question);
        assert_eq!(read("q1=I").unwrap_err(), Fault::Option(1));
        assert_eq!(read("q1=AB").unwrap_err(), Fault::Option(1));
        assert_eq!(read("q1=").unwrap_err(), Fault::Option(1));
        for revision in ["-1", "9223372036854775808", "NaN", "", "+1", "1.5"] {
            assert_eq!(
                read(&format!("q1=A&r1={}", revision.replace('+', "%2B"))).unwrap_err(),
                Fault::Revision(1)
            );
        }
        assert_eq!(read("prediction=abc").unwrap_err(), Fault::Prediction);
    }
}
