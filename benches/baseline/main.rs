//! The baseline that measurements are compared with: the requests of an entry with no rules behind them.
//!
//! A start is one script call and a page of the size of ours, a save one script call, a submission one script call and
//! one row that is committed before the answer. No log-in, no checks, no words: what is left is what any server on this
//! machine has to do, so that a figure means the same on every machine as a ratio to it.

mod page;
mod writer;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use clap::Parser;
use redis::Script;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use writer::{Entry, Mode, Writer};

// As the server has it, so that allocation costs both the same.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Milliseconds of an attempt.
const LIMIT: u64 = 900_000;
/// It refuses nothing: whatever is asked waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);
/// Questions of a paper.
pub(crate) const QUESTIONS: usize = 15;

/// The baseline server of benches/
#[derive(Debug, Parser)]
struct Cli {
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    #[arg(long)]
    database_url: String,
    #[arg(long)]
    redis_url: String,
    /// How submissions are written
    #[arg(long, value_enum, default_value_t = Mode::Batched)]
    writer: Mode,
    /// Database connections
    #[arg(long, default_value_t = 8)]
    pool: u32,
    /// Milliseconds that a batch waits for more
    #[arg(long, default_value_t = 0)]
    batch_wait: u64,
}

struct Shared {
    redis: ConnectionManager,
    start: Script,
    save: Script,
    submit: Script,
    writer: Writer,
    bank: page::Bank,
}

type App = State<Arc<Shared>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cli = Cli::parse();
    let patient = ConnectionManagerConfig::new().set_response_timeout(Some(PATIENCE));
    let redis = redis::Client::open(cli.redis_url)?
        .get_connection_manager_with_config(patient)
        .await?;
    let writer = Writer::start(&cli.database_url, cli.pool, cli.writer, cli.batch_wait).await?;
    let shared = Shared {
        redis,
        start: Script::new(START),
        save: Script::new(SAVE),
        submit: Script::new(SUBMIT),
        writer,
        bank: page::Bank::new(),
    };
    let routes = Router::new()
        .route("/start", post(start))
        .route("/save", post(save))
        .route("/submit", post(submit))
        .route("/page", get(show))
        .with_state(Arc::new(shared));
    let listener = tokio::net::TcpListener::bind(cli.listen).await?;
    println!("listening on {}", cli.listen);
    let listener = listener.tap_io(|stream| {
        // Only a hint; a connection without it works too.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, routes).await?;
    Ok(())
}

const START: &str = "
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('HSET', KEYS[1], 'begun', ms, 'until', ms + ARGV[2], 'paper', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 2)
return ms";

const SAVE: &str = "
local at = redis.call('HMGET', KEYS[1], 'until', 'sealed')
if not at[1] or at[2] then return 0 end
local now = redis.call('TIME')
if now[1] * 1000 + math.floor(now[2] / 1000) > tonumber(at[1]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 1";

const SUBMIT: &str = "
local now = redis.call('TIME')
if redis.call('HSETNX', KEYS[1], 'sealed', now[1] * 1000 + math.floor(now[2] / 1000)) == 0 then return {} end
return redis.call('HGETALL', KEYS[1])";

fn session(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::COOKIE)?.to_str().ok()?.strip_prefix("sid=")
}

fn field<'a>(body: &'a [u8], name: &str) -> Option<&'a str> {
    let body = std::str::from_utf8(body).ok()?;
    body.split('&')
        .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
        .map(|(_, value)| value)
}

async fn show(State(app): App) -> Html<String> {
    Html(app.bank.render(&app.bank.draw(), 0, ""))
}

async fn start(State(app): App, headers: HeaderMap) -> Response {
    let Some(session) = session(&headers) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let paper = app.bank.draw();
    let list: Vec<String> = paper.iter().map(ToString::to_string).collect();
    let mut redis = app.redis.clone();
    let key = format!("baseline:{session}");
    let started: Result<u64, _> = app
        .start
        .key(key)
        .arg(list.join(","))
        .arg(LIMIT)
        .invoke_async(&mut redis)
        .await;
    match started {
        Ok(now) => Html(app.bank.render(&paper, now + LIMIT, session)).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn save(State(app): App, headers: HeaderMap, body: Bytes) -> StatusCode {
    let (Some(session), Some(question), Some(answer)) =
        (session(&headers), field(&body, "q"), field(&body, "a"))
    else {
        return StatusCode::BAD_REQUEST;
    };
    let mut redis = app.redis.clone();
    let key = format!("baseline:{session}");
    let saved: Result<u8, _> = app
        .save
        .key(key)
        .arg(question)
        .arg(answer)
        .invoke_async(&mut redis)
        .await;
    match saved {
        Ok(1) => StatusCode::NO_CONTENT,
        Ok(_) => StatusCode::CONFLICT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn submit(State(app): App, headers: HeaderMap, body: Bytes) -> Response {
    let Some(session) = session(&headers) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let mut redis = app.redis.clone();
    let sealed: Result<Vec<(String, String)>, _> = app
        .submit
        .key(format!("baseline:{session}"))
        .invoke_async(&mut redis)
        .await;
    let Ok(kept) = sealed else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    if kept.is_empty() {
        return StatusCode::CONFLICT.into_response();
    }
    let prediction = field(&body, "pred")
        .and_then(|number| number.parse().ok())
        .unwrap_or(0);
    let entry = mark(&app, session, &kept, prediction);
    let (score, milliseconds) = (entry.score, entry.milliseconds);
    if app.writer.write(entry).await {
        Html(page::outcome(score, milliseconds)).into_response()
    } else {
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}

/// Counts the right answers of what a session kept.
fn mark(app: &Shared, session: &str, kept: &[(String, String)], prediction: i32) -> Entry {
    let value = |name: &str| {
        kept.iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    };
    let number = |name: &str| value(name).parse::<i64>().unwrap_or(0);
    let paper: Vec<usize> = value("paper")
        .split(',')
        .filter_map(|id| id.parse().ok())
        .collect();
    let mut answers = String::with_capacity(6 * QUESTIONS);
    let mut score = 0;
    for (place, id) in paper.iter().enumerate() {
        let answer = value(&place.to_string());
        score += i16::from(app.bank.is_right(*id, answer));
        answers.push_str(&format!("{id}:{answer},"));
    }
    let person = session
        .get(..15)
        .and_then(|digits| i64::from_str_radix(digits, 16).ok());
    Entry {
        person: person.unwrap_or(0),
        score,
        prediction,
        milliseconds: i32::try_from(number("sealed") - number("begun")).unwrap_or(i32::MAX),
        answers,
    }
}
