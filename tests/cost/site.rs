//! The server as it runs, in this process, with taps before its stores, and one visitor who speaks HTTP to it.

use crate::tap::{Passed, Speech, Tap, Upstream};
use hoithi::app::App;
use hoithi::clock::Clock;
use hoithi::entropy::Entropy;
use hoithi::keys::Keys;
use hoithi::serve::{Ending, Frame, Limits, bind, router};
use hoithi::session::Sessions;
use hoithi::store::{Plans, Store};
use hoithi::telemetry::Metrics;
use redis::{ConnectionAddr, IntoConnectionInfo};
use sqlx::{ConnectOptions, PgPool};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio_util::sync::CancellationToken;

/// The running server.
pub struct Site {
    /// The handles.
    pub app: App,
    /// What passes to PostgreSQL, for crowds and for everybody.
    pub postgres: [Arc<Passed>; 2],
    /// What passes to Redis.
    pub redis: Arc<Passed>,
    address: SocketAddr,
    stop: CancellationToken,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the environment tells where the stores are"
)]
fn redis_url() -> String {
    std::env::var("REDIS_URL").expect("REDIS_URL names the Redis to test with")
}

/// The database of the pool through a tap; TLS would hide what is asked.
fn tapped_postgres(pool: &PgPool, speech: Speech) -> (String, Arc<Passed>) {
    let options = pool.connect_options();
    let upstream = match options.get_socket() {
        Some(folder) => Upstream::Unix(folder.join(format!(".s.PGSQL.{}", options.get_port()))),
        None => Upstream::Tcp(options.get_host().to_owned(), options.get_port()),
    };
    let tap = Tap::open(upstream, speech);
    let mut url = options.to_url_lossy();
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(tap.port)).unwrap();
    url.set_query(Some("sslmode=disable"));
    (url.to_string(), tap.passed)
}

fn tapped_redis() -> (String, Arc<Passed>) {
    let info = redis_url().into_connection_info().unwrap();
    let upstream = match info.addr() {
        ConnectionAddr::Tcp(host, port) => Upstream::Tcp(host.clone(), *port),
        ConnectionAddr::Unix(path) => Upstream::Unix(path.clone()),
        other => panic!("no tap for {other:?}"),
    };
    let tap = Tap::open(upstream, Speech::Redis);
    let url = format!("redis://127.0.0.1:{}/{}", tap.port, info.redis_settings().db());
    (url, tap.passed)
}

/// Loads the contest that is measured with, round 2 open now.
async fn load_contest(pool: &PgPool) {
    let folder = tempfile::tempdir().unwrap();
    let contest = folder.path().join("bench");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/contest.sh");
    assert!(
        Command::new(script)
            .arg(&contest)
            .status()
            .await
            .unwrap()
            .success()
    );
    let done = Command::new(env!("CARGO_BIN_EXE_hoithi"))
        .arg("load")
        .arg(&contest)
        .args(["--shift-round", "2=now"])
        .env("DATABASE_URL", pool.connect_options().to_url_lossy().to_string())
        .env("REDIS_URL", redis_url())
        .env("HOITHI_DATA", folder.path().join("data"))
        .output()
        .await
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

impl Site {
    /// Starts it with one connection for each lane, so that no statement is made twice.
    pub async fn open(pool: &PgPool) -> Self {
        load_contest(pool).await;
        let (database_url, everybody) = tapped_postgres(pool, Speech::PostgresPool);
        let (crowd_url, crowds) = tapped_postgres(pool, Speech::Postgres);
        let (redis_url, redis) = tapped_redis();
        let entropy = Entropy::seeded(2033);
        let prefix = format!("cost{:016x}:", u64::from_le_bytes(Entropy::Os.bytes()));
        let store = Store::connect(&database_url, 1, Plans::AsNeeded).await.unwrap();
        let app = App::new(
            Clock::system(),
            entropy,
            Keys::new(&[7; 32]),
            store,
            Sessions::connect(&redis_url, &prefix).await.unwrap(),
            "http://localhost:8080".parse().unwrap(),
        );
        let crowd = Store::connect(&crowd_url, 1, Plans::Once).await.unwrap();
        let app = app.await.unwrap().with_crowd(crowd);
        let frame = Frame::new(app.clone(), Metrics::default(), Limits::default());
        let listeners = bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listeners.address().unwrap();
        let (stop, readiness) = (CancellationToken::new(), frame.readiness());
        let ending = Ending {
            drain: Duration::ZERO,
            patience: Duration::from_secs(10),
        };
        tokio::spawn(listeners.serve(router(frame), readiness, stop.clone(), ending));
        Self {
            app,
            postgres: [crowds, everybody],
            redis,
            address,
            stop,
        }
    }

    /// A visitor with a connection.
    pub async fn visitor(&self) -> Visitor {
        let stream = TcpStream::connect(self.address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Visitor {
            stream,
            buffer: vec![0; 1 << 20],
        }
    }
}

/// Somebody with one connection, whose buffer is made once.
pub struct Visitor {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// A request as it goes over the line.
pub fn request(method: &str, path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost:8080\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    )
    .into_bytes()
}

/// An answer in the visitor's buffer: what it says lies in `buffer[head..size]`, in chunks if it was sent in chunks.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// Bytes of head and body as they came over the line.
    pub size: usize,
    /// Bytes of the head.
    pub head: usize,
    /// Status.
    pub status: u16,
}

impl Visitor {
    /// Sends a request and reads the answer to its end.
    pub async fn ask(&mut self, request: &[u8]) -> Answer {
        self.stream.write_all(request).await.unwrap();
        let mut size = 0;
        loop {
            let read = self.stream.read(&mut self.buffer[size..]).await.unwrap();
            assert!(read > 0, "the connection ended: {}", self.said(0, size));
            size += read;
            if let Some(answer) = whole(&self.buffer[..size]) {
                return answer;
            }
        }
    }

    /// The text between two places of the buffer.
    pub fn said(&self, from: usize, to: usize) -> String {
        String::from_utf8_lossy(&self.buffer[from..to]).into_owned()
    }

    /// The body of an answer that was not sent in chunks.
    pub fn body(&self, answer: Answer) -> String {
        self.said(answer.head, answer.size)
    }
}

/// The answer, once it is whole.
fn whole(bytes: &[u8]) -> Option<Answer> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let lines = std::str::from_utf8(&bytes[..head]).unwrap();
    let status = lines.split(' ').nth(1).unwrap().parse().unwrap();
    let length = lines
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map(|length| length.parse::<usize>().unwrap());
    let is_whole = match length {
        Some(length) => bytes.len() == head + length,
        None => status == 303 && !lines.contains("chunked") || bytes.ends_with(b"\r\n0\r\n\r\n"),
    };
    is_whole.then_some(Answer {
        size: bytes.len(),
        head,
        status,
    })
}
