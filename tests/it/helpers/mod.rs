//! The test bench: the program on real stores with a clock and a randomness that tests hold in their hands.
//!
//! It speaks the contest's language: `bench.participant("An").await.start(1).await.answer(3, "B").await.submit().await`.
//! Time moves only when a test says so; nothing sleeps.

mod console;
mod person;
mod reply;
mod sample;
mod stage;

pub use console::{Answer, Console, Desk, staff_name, step};
pub use person::{Person, Sitting};
pub use reply::{Reply, between};
pub use sample::{CONTEST, LIMIT, OPENS, QUESTIONS, Sample};
pub use stage::{Ground, LANG_SON, STAFF_PASSWORD, Stage, csrf, staff_client, stage};

use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{Method, Request, StatusCode};
use hoithi::action::approve_round::approve_round;
use hoithi::action::close_round::{By, close_round};
use hoithi::action::load_contest::{Calendar, load_contest};
use hoithi::action::publish_round::publish_round;
use hoithi::action::rank_round::rank_round;
use hoithi::app::App;
use hoithi::clock::Clock;
use hoithi::domain::catalog::Contest;
use hoithi::domain::ids::{AttemptId, ParticipantId};
use hoithi::domain::round::Round;
use hoithi::domain::submission::Submission;
use hoithi::entropy::Entropy;
use hoithi::keys::Keys;
use hoithi::serve::{Frame, Limits, Site};
use hoithi::session::Sessions;
use hoithi::store::Store;
use hoithi::store::replica::Replica;
use hoithi::telemetry::Metrics;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use time::{Duration, OffsetDateTime};
use tower::ServiceExt;

/// The password of every participant.
pub const PASSWORD: &str = "mật khẩu dài";
/// Who closes and ranks; another person approves.
pub const SECRETARY: By<'_> = By { name: "Chị Hà" };
/// Who approves and publishes.
pub const CHAIR: By<'_> = By { name: "Anh Minh" };

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
    pub router: Site,
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

/// Where the Redis of the tests is.
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

    /// With the sample contest loaded, on another Redis.
    pub async fn on(pool: PgPool, redis_url: &str) -> Self {
        let bench = Self::without_contest(pool, None, redis_url).await;
        bench.load(&Sample::default()).await;
        bench
    }

    /// With the sample contest loaded, and a replica of the database.
    pub async fn with_replica(pool: PgPool, replica: Replica) -> Self {
        let bench = Self::without_contest(pool, Some(replica), &redis_url()).await;
        bench.load(&Sample::default()).await;
        bench
    }

    /// Without any contest.
    pub async fn empty(pool: PgPool) -> Self {
        Self::without_contest(pool, None, &redis_url()).await
    }

    async fn without_contest(pool: PgPool, replica: Option<Replica>, redis_url: &str) -> Self {
        let prefix: String = Entropy::Os
            .bytes::<6>()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let prefix = format!("t{prefix}:");
        let clock = Clock::manual(OPENS + Duration::HOUR);
        let sessions = Sessions::connect(redis_url, &prefix).await.unwrap();
        let store = Store::from_pool(pool.clone()).with_replica(replica);
        let entropy = Entropy::seeded(2033);
        let public_url = "http://localhost:8080".parse().unwrap();
        let app = App::new(
            clock.clone(),
            entropy,
            Keys::new(&[7; 32]),
            store,
            sessions,
            public_url,
        )
        .await
        .unwrap();
        let frame = Frame::new(app.clone(), Metrics::default(), Limits::default());
        let router = hoithi::serve::router(frame);
        // Of a cluster the first node, for looking at keys.
        let redis = redis::Client::open(redis_url.split(',').next().unwrap_or_default()).unwrap();
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

    /// A round of the sample contest as it stands.
    pub fn round(&self, number: u16) -> Round {
        self.contest().round(number).unwrap().clone()
    }

    /// Closes a round, before its time if need be; running attempts are submitted as saved.
    pub async fn close(&self, number: u16) {
        let round = self.round(number);
        close_round(&self.app, self.now(), SECRETARY, &round, Some("thử"))
            .await
            .unwrap();
    }

    /// Ranks a closed round.
    pub async fn rank(&self, number: u16) {
        rank_round(&self.app, self.now(), SECRETARY, &self.round(number), None, &[])
            .await
            .unwrap();
    }

    /// Approves a ranked round.
    pub async fn approve(&self, number: u16) {
        approve_round(&self.app, self.now(), CHAIR, &self.round(number), None)
            .await
            .unwrap();
    }

    /// Publishes an approved round.
    pub async fn publish(&self, number: u16) {
        publish_round(&self.app, self.now(), CHAIR, &self.round(number), None)
            .await
            .unwrap();
    }

    /// Everything from closing a round to its publication.
    pub async fn conclude(&self, number: u16) {
        self.close(number).await;
        self.rank(number).await;
        self.approve(number).await;
        self.publish(number).await;
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

    /// What the keys of this bench in Redis begin with.
    pub fn prefix(&self) -> &str {
        &self.prefix
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

    /// GET of a page.
    pub async fn page(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
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
