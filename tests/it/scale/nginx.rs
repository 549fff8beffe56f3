//! Two instances behind nginx as docs/nginx.conf has it: what is let through, and restarting without a failed request.

use super::crowd::people;
use super::machines::{free_port, until};
use super::proxy::{COMMITTED, NAME, Nginx};
use crate::process::{OwnRedis, Place, Server};
use futures_util::future::join_all;
use hoithi::clock::Clock;
use hoithi::domain::ids::{ContestId, ParticipantId};
use hoithi::entropy::Entropy;
use hoithi::keys::{Keys, Login};
use hoithi::serve::Limits;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::BTreeSet;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

const CONTEST: &str = "quizzes/lang-son-90-nam";
/// Seconds, as the configuration derived for tests expects.
const DRAIN: &str = "2";

/// Two instances and nginx before them.
struct Site {
    place: Place,
    _redis: OwnRedis,
    addresses: [String; 2],
    nginx: Nginx,
    contest: ContestId,
    keys: Keys,
}

impl Site {
    async fn start(pool: &PgPool) -> (Self, [Server; 2]) {
        let folder = tempfile::tempdir().unwrap();
        let redis = OwnRedis::start(folder.path()).await;
        let place = Place::new(pool, folder, &redis);
        place.run(&["load", CONTEST, "--shift-round", "3=now"]).await;
        let addresses = [(); 2].map(|()| format!("127.0.0.1:{}", free_port()));
        let nginx = Nginx::start(place.folder.path(), &addresses).await;
        let secret = std::fs::read_to_string(place.folder.path().join("data/secret.key")).unwrap();
        let mut key = [0; 32];
        for (byte, place) in key.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&secret[place..place + 2], 16).unwrap();
        }
        let contest: i32 = sqlx::query_scalar("select contest_id from contests")
            .fetch_one(pool)
            .await
            .unwrap();
        let site = Self {
            place,
            _redis: redis,
            addresses,
            nginx,
            contest: ContestId(contest),
            keys: Keys::new(&key),
        };
        let servers = [site.instance(0).await, site.instance(1).await];
        (site, servers)
    }

    async fn instance(&self, number: usize) -> Server {
        let url = format!("https://{NAME}");
        let args = ["--drain", DRAIN, "--public-url", &url];
        self.place.serve_at(&self.addresses[number], &args).await
    }

    /// The token that logs a person in.
    fn token(&self, participant: ParticipantId) -> String {
        let login = Login {
            contest: self.contest,
            participant,
            epoch: 0,
        };
        self.keys
            .login_token(login, Clock::system().now(), Entropy::Os.bytes())
    }
}

/// What visitors were answered.
#[derive(Default)]
struct Diary {
    requests: AtomicUsize,
    receipts: Mutex<Vec<String>>,
    registered: AtomicUsize,
    wrong: Mutex<Vec<String>>,
}

/// A visitor with a client of its own.
struct Visitor<'a> {
    site: &'a Site,
    client: Client,
    diary: &'a Diary,
}

impl Visitor<'_> {
    async fn ask(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Option<Value>,
        expected: u16,
    ) -> Value {
        let mut request = self.client.request(method.clone(), self.site.nginx.page(path));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        self.diary.requests.fetch_add(1, Ordering::Relaxed);
        let said = match request.send().await {
            Ok(response) if response.status() == expected => {
                return response.json().await.unwrap_or(Value::Null);
            }
            Ok(response) => format!(
                "{} {}",
                response.status(),
                response.text().await.unwrap_or_default()
            ),
            Err(error) => format!("{error:?}"),
        };
        self.diary
            .wrong
            .lock()
            .unwrap()
            .push(format!("{method} {path}: {said}"));
        Value::Null
    }

    /// One complete entry, every answer saved by itself.
    async fn enter(&self, who: ParticipantId) {
        let token = self.site.token(who);
        self.ask(Method::GET, "/cuoc-thi/lang-son-90-nam", "", None, 200)
            .await;
        let start = "/api/v1/contests/lang-son-90-nam/rounds/3/attempts";
        let started = self.ask(Method::POST, start, &token, None, 201).await;
        let path = format!(
            "/api/v1/attempts/{}",
            started["attempt"].as_str().unwrap_or("none")
        );
        for question in 1..=4 {
            let one = json!({ "question": question, "options": ["B"], "revision": 1 });
            let body = json!({ "responses": [one], "prediction": 75_600 });
            self.ask(Method::PUT, &format!("{path}/responses"), &token, Some(body), 200)
                .await;
        }
        let shown = self.ask(Method::GET, &path, &token, None, 200).await;
        assert_eq!(shown["responses"].as_array().map(Vec::len), Some(4), "{shown}");
        let outcome = self
            .ask(Method::POST, &format!("{path}/submit"), &token, None, 200)
            .await;
        let receipt = outcome["receipt"].as_str().unwrap_or_default().to_owned();
        self.diary.receipts.lock().unwrap().push(receipt);
    }

    async fn register(&self, number: usize) {
        let body = json!({
            "full_name": "Nguyễn Thị Ánh", "birth_date": "1984-06-15", "phone": format!("0912{number:06}"),
            "unit": "DB-CHILANG", "password": "mat khau dai", "consent": true,
        });
        let path = "/api/v1/contests/lang-son-90-nam/participants";
        self.ask(Method::POST, path, "", Some(body), 201).await;
        self.diary.registered.fetch_add(1, Ordering::Relaxed);
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn both_instances_are_restarted_twice_without_one_failed_request(pool: PgPool) {
    let (site, servers) = Site::start(&pool).await;
    let crowd = people(&pool, site.contest, 4_000).await;
    let (diary, next, over) = (Diary::default(), AtomicUsize::new(0), AtomicBool::new(false));
    let visitor = || Visitor {
        site: &site,
        client: site.nginx.client(),
        diary: &diary,
    };
    let enter = async |visitor: Visitor<'_>| {
        // Hundreds of entries, however slow the machine of the day.
        while !over.load(Ordering::Relaxed) || next.load(Ordering::Relaxed) < 200 {
            visitor.enter(crowd[next.fetch_add(1, Ordering::Relaxed)]).await;
        }
    };
    let register = async |visitor: Visitor<'_>| {
        let mut number = 0;
        while !over.load(Ordering::Relaxed) {
            number += 1;
            visitor.register(number).await;
        }
    };
    let restart = async {
        let mut servers = servers.map(Some);
        for number in [0, 1, 0, 1] {
            let leaving = servers[number].take().unwrap();
            leaving.tell_to_stop().await;
            // Its door is open and it does its work, but balancers that ask are told to look elsewhere.
            until("the word that it is leaving", async || {
                let answer = leaving.get("/readyz").await;
                (answer == (StatusCode::SERVICE_UNAVAILABLE, "stopping\n".to_owned())).then_some(())
            })
            .await;
            leaving.ended().await;
            servers[number] = Some(site.instance(number).await);
        }
        over.store(true, Ordering::Relaxed);
        servers
    };
    let visitors = join_all((0..4).map(|_| enter(visitor())));
    let (_, (), servers) = tokio::join!(visitors, register(visitor()), restart);

    let (receipts, registered) = (
        diary.receipts.into_inner().unwrap(),
        diary.registered.into_inner(),
    );
    assert_eq!(diary.wrong.into_inner().unwrap(), Vec::<String>::new());
    let entries = i64::try_from(receipts.len()).unwrap();
    assert!(
        entries >= 200 && registered >= 4,
        "{entries} entries, {registered} registrations"
    );
    assert_eq!(receipts.iter().collect::<BTreeSet<_>>().len(), receipts.len());
    let kept: (i64, i64, i64, i64) = sqlx::query_as(
        "select count(*), count(distinct attempt_id), max(sequence), (select count(*) from attempts)
         from submissions where how = 'submitted'",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(
        kept,
        (entries, entries, entries, entries),
        "every entry once, numbered without a gap"
    );
    eprintln!(
        "{entries} entries, {registered} registrations, {} requests",
        diary.requests.into_inner()
    );
    for server in servers.into_iter().flatten() {
        server.kill().await;
    }
}

/// What `openssl s_client` says of a connection on which `request` is sent.
async fn tls(port: u16, name: &str, protocol: &str, request: &str) -> String {
    let mut child = Command::new("openssl")
        .args([
            "s_client",
            "-connect",
            &format!("127.0.0.1:{port}"),
            "-servername",
            name,
        ])
        .args(["-alpn", protocol])
        // The answer to a request is waited for; without one the handshake is all.
        .args(if request.is_empty() {
            None
        } else {
            Some("-ign_eof")
        })
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A refused handshake ends the program before it has read anything.
    let _ = stdin.write_all(request.as_bytes()).await;
    drop(stdin);
    let output = child.wait_with_output().await.unwrap();
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn nginx_lets_a_school_pass_and_keeps_private_what_is_private(pool: PgPool) {
    let (site, servers) = Site::start(&pool).await;
    let (client, nginx) = (site.nginx.client(), &site.nginx);
    let get = async |path: &str| client.get(nginx.page(path)).send().await.unwrap();

    // A class of classes behind one address, at the same moment.
    let school = join_all((0..500).map(|_| get("/cuoc-thi/lang-son-90-nam"))).await;
    assert!(school.iter().all(|page| page.status() == StatusCode::OK));

    // Files are kept, pages are not.
    let page = get("/cuoc-thi/lang-son-90-nam").await;
    assert!(
        page.headers()["cache-control"]
            .to_str()
            .unwrap()
            .contains("private")
    );
    assert!(page.headers().contains_key("set-cookie") && !page.headers().contains_key("x-cache"));
    let page = page.text().await.unwrap();
    let style = page
        .split('"')
        .find(|word| word.starts_with("/static/app.") && word.ends_with(".css"));
    for expected in ["MISS", "HIT"] {
        let file = get(style.unwrap()).await;
        assert_eq!(
            (file.status(), file.headers()["x-cache"].to_str().unwrap()),
            (StatusCode::OK, expected)
        );
    }

    // The figures stay inside, whatever a visitor claims to be.
    assert_eq!(get("/metrics").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(servers[0].get("/metrics").await.0, StatusCode::OK);

    // Limits of bodies are hoithi's own.
    assert_eq!(Limits::default().body, 64 * 1024);
    assert_eq!(hoithi::web::console::sent_file::MAX_UPLOAD, 21 * 1024 * 1024);
    assert!(
        COMMITTED.contains("client_max_body_size 64k;") && COMMITTED.contains("client_max_body_size 21m;")
    );
    let post = async |length: usize| {
        let form = client.post(nginx.page("/cuoc-thi/lang-son-90-nam/dang-nhap"));
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        form.body("a".repeat(length)).send().await.unwrap()
    };
    assert!(
        post(64 * 1024).await.headers().contains_key("x-request-id"),
        "it came through"
    );
    let refused = post(64 * 1024 + 1).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(!refused.headers().contains_key("x-request-id"), "nginx said so");

    // HTTP/2 and TLS under this name alone.
    let said = tls(nginx.tls, NAME, "h2", "").await;
    assert!(said.contains("ALPN protocol: h2"), "{said}");
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n");
    let said = tls(nginx.tls, NAME, "http/1.1", &request).await;
    assert!(
        said.contains("HTTP/1.1 200 OK") && said.contains("strict-transport-security"),
        "{said}"
    );
    let said = tls(nginx.tls, "khac.example.vn", "h2", "").await;
    assert!(said.contains("unrecognized name"), "{said}");

    // What is written down names nobody and no attempt.
    let diary = Diary::default();
    let visitor = Visitor {
        site: &site,
        client: client.clone(),
        diary: &diary,
    };
    visitor.enter(people(&pool, site.contest, 1).await[0]).await;
    assert_eq!(diary.wrong.into_inner().unwrap(), Vec::<String>::new());
    let attempt: uuid::Uuid = sqlx::query_scalar("select attempt_id from submissions")
        .fetch_one(&pool)
        .await
        .unwrap();
    let attempt = hoithi::domain::ids::AttemptId::from_bytes(*attempt.as_bytes()).to_string();
    let log = std::fs::read_to_string(site.place.folder.path().join("hoithi.log")).unwrap();
    assert!(log.contains("POST /api/v1/attempts/*/submit 200"), "{log}");
    assert!(!log.contains(&attempt));

    // With every instance gone visitors are told to wait, programs in their own form.
    for server in servers {
        server.kill().await;
    }
    for path in ["/cuoc-thi/lang-son-90-nam", "/api/v1/contests"] {
        let away = get(path).await;
        assert_eq!(away.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(away.headers()["retry-after"], "5");
        let text = away.text().await.unwrap();
        assert!(text.contains("Hệ thống đang được khởi động lại"), "{text}");
        assert_eq!(text.starts_with('{'), path.starts_with("/api"));
    }
}
