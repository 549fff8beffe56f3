//! The test bench: the program on real stores with a clock and a randomness that tests hold in their hands.
//!
//! It speaks the contest's language: `bench.participant("An").await.start(1).await.answer(3, "B").await.submit().await`.
//! Time moves only when a test says so; nothing sleeps.

// Each file of tests uses its own part of the bench.
#![allow(
    dead_code,
    reason = "shared by every integration test; no single file uses all of it"
)]

use axum::Router;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use hoithi::action::load_contest::{Calendar, Source, SourceSet, load_contest};
use hoithi::app::App;
use hoithi::clock::Clock;
use hoithi::domain::catalog::Contest;
use hoithi::domain::contest::{
    Accent, AttemptRules, CollectiveMeasure, CollectivePrize, ContestDefinition, CountedAttempt,
    CountedPrediction, Direction, DrawLine, Feedback, Field, FieldRules, PaperRules, PerPerson,
    PredictedQuantity, PredictionRules, Prize, RankField, RankKey, RankingRules, RoundDefinition, RoundRules,
    Scope, Shuffle, TieRule,
};
use hoithi::domain::ids::{AttemptId, ParticipantId};
use hoithi::domain::question::{
    AnswerKey, LABELS, Question, QuestionId, QuestionOption, QuestionSet, SetId, SetVersion,
};
use hoithi::domain::submission::Submission;
use hoithi::domain::unit::UnitDefinition;
use hoithi::entropy::Entropy;
use hoithi::keys::{Keys, sha256_hex};
use hoithi::session::Sessions;
use hoithi::store::Store;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use tower::ServiceExt;

/// When round 1 of the sample contest opens; round 2 opens a week later. Far ahead, because Redis drops keys whose time
/// is over by its own clock.
pub const OPENS: OffsetDateTime = datetime!(2033-06-06 01:00 UTC);
/// Time for one attempt.
pub const LIMIT: Duration = Duration::minutes(10);
/// Questions on a paper of the sample contest.
pub const QUESTIONS: u16 = 6;
/// Address of the sample contest.
pub const CONTEST: &str = "mau";
/// The password of every participant.
pub const PASSWORD: &str = "mật khẩu dài";

/// A contest to be loaded, with knobs.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What the loader gets.
    pub source: Source,
}

impl Default for Sample {
    /// Two rounds of a week; 4 questions with one right option and 2 with several; 10 minutes; 3 attempts; prediction of
    /// the attempts; score told at once.
    fn default() -> Self {
        let rules = sample_rules();
        let round = |number: u16| RoundDefinition {
            number,
            title: format!("Tuần {number}"),
            opens_at: OPENS + Duration::weeks(i64::from(number) - 1),
            closes_at: OPENS + Duration::weeks(i64::from(number)),
            rules: rules.clone(),
        };
        let definition = ContestDefinition {
            slug: CONTEST.to_owned(),
            title: "Tìm hiểu lịch sử tỉnh nhà".to_owned(),
            organiser: "Ban Tuyên giáo Tỉnh ủy".to_owned(),
            description: Some("Hai tuần thi trên Internet.".to_owned()),
            rules: None,
            hotline: None,
            data_deleted_by: None,
            min_age: Some(12),
            accent: Accent::Cham,
            fields: FieldRules {
                required: BTreeSet::from(Field::ALWAYS),
                optional: BTreeSet::from([
                    Field::NationalId,
                    Field::Sex,
                    Field::Email,
                    Field::Class,
                    Field::Address,
                ]),
            },
            rounds: vec![round(1), round(2)],
            rules_default: rules,
            prizes: vec![prize("Giải Nhất", 1, 2_000_000), prize("Giải Nhì", 2, 1_000_000)],
            collective_prizes: vec![CollectivePrize {
                scope: Scope::Round,
                name: "Giấy khen tập thể".to_owned(),
                places: 1,
                by: CollectiveMeasure::People,
                level: 1,
                bloc: None,
                min_rate_bp: None,
                value: None,
            }],
        };
        let units = vec![
            unit("H1", "Huyện Một", None, Some(100)),
            unit("X1", "Xã Một", Some("H1"), None),
            unit("X2", "Xã Hai", Some("H1"), None),
            unit("H2", "Huyện Hai", None, None),
            UnitDefinition {
                valid_to: Some(time::macros::date!(2030 - 12 - 31)),
                ..unit("CU", "Xã Cũ", None, None)
            },
        ];
        Self {
            source: Source {
                definition,
                units,
                sets: vec![single_set(), several_set()],
            },
        }
    }
}

impl Sample {
    /// Changes the rules of every round.
    pub fn rules(mut self, change: impl Fn(&mut RoundRules)) -> Self {
        let definition = &mut self.source.definition;
        change(&mut definition.rules_default);
        definition
            .rounds
            .iter_mut()
            .for_each(|round| change(&mut round.rules));
        self
    }

    /// Changes anything else.
    pub fn definition(mut self, change: impl FnOnce(&mut ContestDefinition)) -> Self {
        change(&mut self.source.definition);
        self
    }
}

fn sample_rules() -> RoundRules {
    let draw = |set: &str, count| DrawLine {
        set: SetId(set.to_owned()),
        level: None,
        count,
    };
    let key = |by, direction| RankKey { by, direction };
    RoundRules {
        paper: PaperRules {
            draw: vec![draw("mot-dung", 4), draw("nhieu-dung", 2)],
            points: 10,
            time_limit_s: Some(600),
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
        },
        attempts: AttemptRules {
            per_round: Some(3),
            counts: CountedAttempt::Best,
            wait_s: 0,
            feedback: Feedback::Score,
            late_finish: false,
        },
        prediction: Some(PredictionRules {
            asks: PredictedQuantity::AttemptsInRound,
            counted: CountedPrediction::OfCountedAttempt,
        }),
        ranking: RankingRules {
            min_score: Some(40),
            order: vec![
                key(RankField::Score, Direction::Desc),
                key(RankField::PredictionError, Direction::Asc),
                key(RankField::Duration, Direction::Asc),
                key(RankField::SubmittedAt, Direction::Asc),
            ],
            tie: TieRule::Board,
            per_person: PerPerson {
                round: Some(1),
                contest: None,
            },
        },
    }
}

fn prize(name: &str, places: u16, value: u64) -> Prize {
    Prize {
        scope: Scope::Round,
        name: name.to_owned(),
        places,
        value: Some(value),
    }
}

fn unit(code: &str, name: &str, parent: Option<&str>, headcount: Option<u32>) -> UnitDefinition {
    UnitDefinition {
        code: code.to_owned(),
        name: name.to_owned(),
        parent: parent.map(str::to_owned),
        bloc: None,
        headcount,
        valid_from: None,
        valid_to: None,
    }
}

/// Twelve questions with one right option each; no two right ones in the same place of the file one after the other.
fn single_set() -> SourceSet {
    set("mot-dung", 12, false, |n| BTreeSet::from([n % 4]))
}

/// Five questions with two right options; the last option keeps its place.
fn several_set() -> SourceSet {
    set("nhieu-dung", 5, true, |n| BTreeSet::from([n % 3, 3]))
}

fn set(id: &str, count: u8, multiple: bool, right: impl Fn(u8) -> BTreeSet<u8>) -> SourceSet {
    let question_id = |n: u8| QuestionId(format!("{id}-so-{n}"));
    let question = |n: u8| Question {
        id: question_id(n),
        text: format!("Câu thứ {n} của bộ {count} câu?"),
        options: (0..4)
            .map(|place| option(n, place, multiple && place == 3))
            .collect(),
        multiple,
        level: None,
        explanation: Some(format!("Giải thích riêng {n}")),
        source: Some("Nguồn riêng".to_owned()),
        media: None,
    };
    let set = QuestionSet {
        id: SetId(id.to_owned()),
        title: format!("Bộ {id}"),
        questions: (1..=count).map(question).collect(),
    };
    let key = AnswerKey((1..=count).map(|n| (question_id(n), right(n))).collect());
    let version = SetVersion(sha256_hex(
        serde_json::to_string(&(&set, &key)).unwrap().as_bytes(),
    ));
    SourceSet { version, set, key }
}

fn option(question: u8, place: u8, pin: bool) -> QuestionOption {
    QuestionOption {
        text: format!("Phương án {question}.{place}"),
        pin,
    }
}

/// The program on a database of its own. Cheap to clone.
#[derive(Clone)]
pub struct TestApp(Arc<Bench>);

/// What a [`TestApp`] holds.
pub struct Bench {
    /// The handles.
    pub app: App,
    /// The database, for looking at rows.
    pub pool: PgPool,
    /// The clock, standing still.
    pub clock: Clock,
    /// The routes as the server has them.
    pub router: Router,
    redis: redis::Client,
    prefix: String,
    people: AtomicU64,
}

impl Deref for TestApp {
    type Target = Bench;

    fn deref(&self) -> &Bench {
        &self.0
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        // Redis may be what a test has taken away; leftovers then expire by themselves.
        let _ = wipe(&self.redis, &self.prefix);
    }
}

fn wipe(redis: &redis::Client, prefix: &str) -> redis::RedisResult<usize> {
    let mut connection = redis.get_connection()?;
    let keys: Vec<String> = redis::cmd("KEYS")
        .arg(format!("{prefix}*"))
        .query(&mut connection)?;
    if !keys.is_empty() {
        redis::cmd("UNLINK").arg(&keys).exec(&mut connection)?;
    }
    Ok(keys.len())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the bench is told where the stores are by the environment"
)]
pub fn redis_url() -> String {
    std::env::var("REDIS_URL").expect("REDIS_URL names the Redis to test with")
}

impl TestApp {
    /// With the sample contest loaded, one hour into round 1.
    pub async fn new(pool: PgPool) -> Self {
        Self::with(pool, Sample::default()).await
    }

    /// With a changed sample contest.
    pub async fn with(pool: PgPool, sample: Sample) -> Self {
        let bench = Self::empty(pool).await;
        bench.load(&sample).await;
        bench
    }

    /// Without any contest.
    pub async fn empty(pool: PgPool) -> Self {
        let prefix: String = Entropy::Os
            .bytes::<6>()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let prefix = format!("t{prefix}:");
        let clock = Clock::manual(OPENS + Duration::HOUR);
        let sessions = Sessions::connect(&redis_url(), &prefix).await.unwrap();
        let store = Store::from_pool(pool.clone());
        let entropy = Entropy::seeded(2033);
        let app = App::new(clock.clone(), entropy, Keys::new(&[7; 32]), store, sessions)
            .await
            .unwrap();
        let router = hoithi::api::mount(&app).with_state(app.clone());
        let redis = redis::Client::open(redis_url()).unwrap();
        Self(Arc::new(Bench {
            app,
            pool,
            clock,
            router,
            redis,
            prefix,
            people: AtomicU64::new(0),
        }))
    }

    /// Loads a contest as an organiser does, before its first round opens.
    pub async fn load(&self, sample: &Sample) {
        let before = OPENS - Duration::DAY;
        load_contest(&self.app, before, "tester", &sample.source, Calendar::Keep)
            .await
            .unwrap();
    }

    /// The sample contest as it stands.
    pub fn contest(&self) -> Arc<Contest> {
        Arc::clone(self.app.catalog().find(CONTEST).unwrap())
    }

    /// The time now.
    pub fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by.unsigned_abs());
    }

    /// Sets the clock.
    pub fn at(&self, moment: OffsetDateTime) {
        self.clock.set(moment);
    }

    /// Takes everything away from Redis, as a crash with an empty disk does. Returns how many keys there were.
    pub fn wipe_redis(&self) -> usize {
        wipe(&self.redis, &self.prefix).unwrap()
    }

    /// Rows of a table.
    pub async fn count(&self, table: &'static str) -> i64 {
        let sql = format!("select count(*) from {table}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_one(&self.pool)
            .await
            .unwrap()
    }

    /// The body of a good registration of a new person with that given name.
    pub fn registration(&self, name: &str) -> Value {
        let number = self.people.fetch_add(1, Ordering::SeqCst);
        json!({
            "full_name": format!("Nguyễn Văn {name}"), "birth_date": "1990-06-15", "phone": format!("0912{number:06}"),
            "unit": "X1", "password": PASSWORD, "consent": true, "consent_publish": true,
        })
    }

    /// Registers a person.
    pub async fn participant(&self, name: &str) -> Person {
        self.participant_with(name, json!({})).await
    }

    /// Registers a person with some members changed.
    pub async fn participant_with(&self, name: &str, changes: Value) -> Person {
        let mut body = self.registration(name);
        for (member, value) in changes.as_object().unwrap() {
            body[member] = value.clone();
        }
        let reply = self
            .post(&format!("/contests/{CONTEST}/participants"), None, &body)
            .await;
        let made = reply.expect(StatusCode::CREATED);
        Person {
            bench: self.clone(),
            id: ParticipantId(made["participant"].as_i64().unwrap()),
            token: made["token"].as_str().unwrap().to_owned(),
            phone: body["phone"].as_str().unwrap().to_owned(),
        }
    }

    /// Sends any request; a path is relative to `/api/v1`.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// Asks the JSON API.
    pub async fn call(&self, method: Method, path: &str, token: Option<&str>, body: Option<&Value>) -> Reply {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = match body {
            Some(json) => {
                request = request.header(CONTENT_TYPE, "application/json");
                Body::from(json.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).unwrap()).await
    }

    /// GET of the JSON API.
    pub async fn get(&self, path: &str, token: Option<&str>) -> Reply {
        self.call(Method::GET, path, token, None).await
    }

    /// POST of JSON.
    pub async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Reply {
        self.call(Method::POST, path, token, Some(body)).await
    }

    /// The submission kept for an attempt.
    pub async fn submission(&self, attempt: AttemptId) -> Option<Submission> {
        self.app
            .store
            .find_attempt(attempt)
            .await
            .unwrap()
            .unwrap()
            .submission
    }
}

/// An answer of the server.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub text: String,
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// The body as JSON, if the status is the expected one.
    #[track_caller]
    pub fn expect(&self, status: StatusCode) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// The body of a 200.
    #[track_caller]
    pub fn ok(&self) -> Value {
        self.expect(StatusCode::OK)
    }

    /// The problem document, if status and reason are the expected ones.
    #[track_caller]
    pub fn refused(&self, status: u16, reason: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.text
        );
        let document = self.json();
        assert_eq!(document["reason"], reason, "{document}");
        assert_eq!(document["status"], status, "{document}");
        document
    }

    /// The fields named by a 422, in order.
    #[track_caller]
    pub fn faulty_fields(&self) -> Vec<String> {
        let document = self.refused(422, "invalid");
        let errors = document["errors"].as_array().unwrap();
        errors
            .iter()
            .map(|error| error["field"].as_str().unwrap().to_owned())
            .collect()
    }

    /// A header, empty if absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

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
