//! People of the contest, and what they do while they sit an attempt.

use super::{CONTEST, Reply, TestApp};
use axum::http::Method;
use hoithi::domain::ids::{AttemptId, ParticipantId};
use hoithi::domain::question::LABELS;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use time::OffsetDateTime;

/// A registered person, logged in.
#[derive(Clone)]
pub struct Person {
    /// The bench the person belongs to.
    pub bench: TestApp,
    /// Number.
    pub id: ParticipantId,
    /// Bearer token.
    pub token: String,
    /// Log-in name.
    pub phone: String,
}

impl Person {
    /// Asks to start an attempt.
    pub async fn try_start(&self, round: u16) -> Reply {
        let path = format!("/contests/{CONTEST}/rounds/{round}/attempts");
        self.bench
            .call(Method::POST, &path, Some(&self.token), None)
            .await
    }

    /// Starts an attempt, or takes up the one that runs.
    pub async fn start(&self, round: u16) -> Sitting {
        let reply = self.try_start(round).await;
        assert!(reply.status.is_success(), "{}", reply.text);
        let paper = reply.json();
        let id = paper["attempt"].as_str().unwrap().parse().unwrap();
        Sitting {
            person: self.clone(),
            id,
            paper,
            revision: Arc::new(AtomicU64::new(0)),
        }
    }
}

/// A person sitting an attempt, on one device.
#[derive(Clone)]
pub struct Sitting {
    /// Who.
    pub person: Person,
    /// The attempt.
    pub id: AttemptId,
    /// What the start answered.
    pub paper: Value,
    revision: Arc<AtomicU64>,
}

impl Sitting {
    fn bench(&self) -> &TestApp {
        &self.person.bench
    }

    /// When time is up.
    pub fn deadline(&self) -> OffsetDateTime {
        let text = self.paper["deadline"].as_str().unwrap();
        OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339).unwrap()
    }

    /// One choice as the browser sends it: labels such as "B" or "AC", with the next revision of this device.
    pub fn choice(&self, question: u16, labels: &str) -> Value {
        let revision = self.revision.fetch_add(1, Ordering::SeqCst) + 1;
        let options: Vec<String> = labels.chars().map(String::from).collect();
        json!({ "question": question, "options": options, "revision": revision })
    }

    /// Saves one choice, which must be taken.
    pub async fn answer(&self, question: u16, labels: &str) -> &Self {
        self.save(&json!({ "responses": [self.choice(question, labels)] }))
            .await
            .ok();
        self
    }

    /// Predicts a number, which must be taken.
    pub async fn predict(&self, number: i64) -> &Self {
        self.save(&json!({ "prediction": number })).await.ok();
        self
    }

    /// Asks to save.
    pub async fn save(&self, body: &Value) -> Reply {
        let path = format!("/attempts/{}/responses", self.id);
        self.bench()
            .call(Method::PUT, &path, Some(&self.person.token), Some(body))
            .await
    }

    /// Submits what is saved.
    pub async fn submit(&self) -> Reply {
        let path = format!("/attempts/{}/submit", self.id);
        self.bench()
            .call(Method::POST, &path, Some(&self.person.token), None)
            .await
    }

    /// Submits with a body.
    pub async fn submit_with(&self, body: &Value) -> Reply {
        self.bench()
            .post(
                &format!("/attempts/{}/submit", self.id),
                Some(&self.person.token),
                body,
            )
            .await
    }

    /// Looks at the attempt.
    pub async fn look(&self) -> Reply {
        self.bench()
            .get(&format!("/attempts/{}", self.id), Some(&self.person.token))
            .await
    }

    /// The labels saved, by question.
    pub async fn saved(&self) -> BTreeMap<u64, String> {
        let shown = self.look().await.ok();
        let labels = |response: &Value| {
            response["options"]
                .as_array()
                .unwrap()
                .iter()
                .map(|label| label.as_str().unwrap())
                .collect()
        };
        let saved = shown["responses"].as_array().unwrap().iter();
        saved
            .map(|response| (response["question"].as_u64().unwrap(), labels(response)))
            .collect()
    }

    /// The right labels as shown on this paper, by question, read behind the server's back.
    pub async fn key(&self) -> BTreeMap<u16, String> {
        let bench = self.bench();
        let paper = bench
            .app
            .store
            .find_attempt(self.id)
            .await
            .unwrap()
            .unwrap()
            .attempt
            .paper;
        let contest = bench.contest();
        let right = |placed: &hoithi::domain::paper::PaperQuestion| {
            let key = &contest.keys[paper.version_of(placed).unwrap()].0[&placed.question];
            let shown = LABELS
                .iter()
                .zip(&placed.order)
                .filter(|(_, place)| key.contains(place));
            shown.map(|(label, _)| *label).collect::<String>()
        };
        (1..).zip(paper.questions.iter().map(right)).collect()
    }

    /// A body with the right answers to the first `count` questions and no answer to the others.
    pub async fn right_answers(&self, count: usize) -> Value {
        let key = self.key().await;
        let right: Vec<Value> = key
            .iter()
            .take(count)
            .map(|(question, labels)| self.choice(*question, labels))
            .collect();
        json!({ "responses": right })
    }
}
