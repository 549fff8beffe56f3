//! What each journey costs, counted: allocations, bytes sent, statements and round trips to PostgreSQL and Redis, and under
//! callgrind instructions.
//!
//! Counts do not depend on how busy a machine is, so they guard the hot path where seconds cannot.

#![expect(
    unreachable_pub,
    reason = "a test binary exports nothing; `pub` marks what one file offers the others"
)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod instructions;
mod site;
mod tap;

use serde_json::{Value, json};
use site::{Answer, Site, Visitor, request};
use sqlx::PgPool;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use std::fmt::Write as _;
use std::sync::atomic::Ordering;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What is counted, in the order of the table.
const KINDS: [&str; 8] = [
    "allocations",
    "bytes allocated",
    "bytes sent to the visitor",
    "statements in PostgreSQL",
    "round trips to PostgreSQL",
    "commands in Redis",
    "round trips to Redis",
    "bytes between us and the stores",
];

type Cost = [u64; KINDS.len()];

/// What each journey cost when its row was last written. Statements, commands and round trips must not grow at all, the others
/// by [`ROOM`]. Whoever makes a journey cheaper lowers its row; whoever makes it dearer raises it and says why in the commit.
const COUNTED: &[(&str, Cost)] = &[
    ("registration by API", [141, 19978441, 661, 1, 1, 0, 0, 516]),
    ("log-in by API", [89, 19955878, 656, 1, 1, 2, 2, 540]),
    ("start by API", [367, 99976, 10691, 4, 4, 1, 1, 1768]),
    (
        "look at a running attempt by API",
        [250, 65053, 10709, 1, 1, 2, 2, 1408],
    ),
    ("save by API", [73, 22871, 623, 0, 0, 1, 1, 212]),
    ("submission by API", [558, 72477, 676, 2, 2, 2, 2, 2264]),
    (
        "the same submission again by API",
        [385, 52018, 676, 1, 1, 0, 0, 1125],
    ),
    (
        "an address that is not there, by API",
        [46, 19600, 779, 0, 0, 0, 0, 0],
    ),
    ("first page", [274, 468786, 3500, 3, 3, 0, 0, 558]),
    ("contest page", [526, 487701, 4473, 3, 3, 0, 0, 564]),
    ("results page", [233, 451487, 3644, 2, 2, 0, 0, 226]),
    ("registration form", [670, 524420, 6664, 1, 1, 0, 0, 186]),
    ("start by page", [379, 91208, 568, 4, 4, 1, 1, 2688]),
    ("page with the questions", [792, 700332, 6774, 2, 2, 2, 2, 1587]),
    ("save by page", [133, 33442, 650, 0, 0, 1, 1, 212]),
    ("submission by page", [665, 78678, 576, 2, 2, 2, 2, 2237]),
    ("page with the result", [451, 487967, 3595, 4, 4, 0, 0, 1873]),
];

/// Percent by which what is not exact may grow: a word more on a page, another compiler.
const ROOM: u64 = 12;

/// Whether a count of that kind, by place, is exact.
const fn is_exact(kind: usize) -> bool {
    matches!(kind, 3..=6)
}

/// Journeys are made this often and the cheapest counts: what is made once for all, and what a timer does meanwhile, is
/// in the dearer ones.
const TIMES: usize = 5;
/// The same under callgrind, where everything takes fifty times as long.
const TIMES_SLOW: usize = 2;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn no_journey_costs_more_than_it_did(pool: PgPool) {
    let site = Site::open(&pool).await;
    let mut counted: Vec<(&str, Cost)> = Vec::new();
    let mut steps: Vec<&str> = Vec::new();
    let times = if instructions::are_counted() {
        TIMES_SLOW
    } else {
        TIMES
    };
    for turn in 0..times {
        let mut course = Course {
            visitor: site.visitor().await,
            site: &site,
            costs: Vec::new(),
            token: String::new(),
        };
        course.through_the_api(turn).await;
        course.through_pages().await;
        for (name, cost) in course.costs {
            steps.push(name);
            match counted.iter_mut().find(|(known, _)| *known == name) {
                Some((_, least)) => {
                    for (least, now) in least.iter_mut().zip(cost) {
                        *least = (*least).min(now);
                    }
                }
                None => counted.push((name, cost)),
            }
        }
    }
    if instructions::are_counted() {
        // What is made once for all is in half of the turns then, so the other counts are compared without callgrind alone.
        let grown = instructions::grown(&steps);
        assert!(grown.is_empty(), "\n{grown}");
        return;
    }
    let faults = faults(&counted);
    assert!(faults.is_empty(), "\n{faults}\ncounted now:\n{}", table(&counted));
}

/// What has grown, in words.
fn faults(counted: &[(&str, Cost)]) -> String {
    let mut faults = String::new();
    for (name, cost) in counted {
        let Some((_, before)) = COUNTED.iter().find(|(known, _)| known == name) else {
            writeln!(faults, "{name} has no row in COUNTED").unwrap();
            continue;
        };
        for (kind, (now, before)) in cost.iter().zip(before).enumerate() {
            let most = if is_exact(kind) {
                *before
            } else {
                before + before * ROOM / 100
            };
            if *now > most {
                let kind = KINDS[kind];
                writeln!(faults, "{name}: {now} {kind}, {before} before, {most} allowed").unwrap();
            }
        }
    }
    faults
}

#[test]
fn what_has_grown_is_named() {
    let (name, mut cost) = COUNTED[0];
    assert_eq!(faults(&[(name, cost)]), "");
    cost[0] += cost[0] * ROOM / 100;
    assert_eq!(faults(&[(name, cost)]), "");
    cost[0] += 1;
    cost[4] += 1;
    let said = faults(&[(name, cost)]);
    assert!(
        said.contains("allocations") && said.contains("round trips to PostgreSQL"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 2, "{said}");
}

fn table(counted: &[(&str, Cost)]) -> String {
    let mut table = String::new();
    for row in counted {
        writeln!(table, "    {row:?},").unwrap();
    }
    table
}

/// One visitor's way through the contest.
struct Course<'a> {
    site: &'a Site,
    visitor: Visitor,
    costs: Vec<(&'static str, Cost)>,
    token: String,
}

impl Course<'_> {
    fn so_far(&self) -> Cost {
        let heap = ALLOCATOR.stats();
        let read = |count: &std::sync::atomic::AtomicU64| count.load(Ordering::SeqCst);
        let ([crowds, everybody], redis) = (&self.site.postgres, &self.site.redis);
        [
            (heap.allocations + heap.reallocations) as u64,
            heap.bytes_allocated as u64,
            0,
            read(&crowds.asked) + read(&everybody.asked),
            read(&crowds.turns) + read(&everybody.turns),
            read(&redis.asked),
            read(&redis.turns),
            read(&crowds.bytes) + read(&everybody.bytes) + read(&redis.bytes),
        ]
    }

    /// Asks, expects that status, and counts what it cost.
    async fn step(&mut self, name: &'static str, status: u16, request: &[u8]) -> Answer {
        let before = self.so_far();
        instructions::counted_from_here();
        let answer = self.visitor.ask(request).await;
        instructions::counted_to_here();
        let mut cost = self.so_far();
        for (after, before) in cost.iter_mut().zip(before) {
            *after -= before;
        }
        cost[2] = answer.size as u64;
        assert_eq!(answer.status, status, "{name}: {}", self.visitor.body(answer));
        self.costs.push((name, cost));
        answer
    }

    /// Asks for an attempt that is not there, so that the connections for crowds have been used a moment ago.
    async fn warm_up(&mut self) {
        let round = self
            .site
            .app
            .catalog()
            .find("bench")
            .unwrap()
            .round(2)
            .unwrap()
            .id;
        let path = format!("/api/v1/attempts/{:08x}{:024x}", round.0, 7);
        let headers = format!("authorization: Bearer {}\r\n", self.token);
        let answer = self.visitor.ask(&request("GET", &path, &headers, "")).await;
        assert_eq!(answer.status, 404);
    }

    fn json(&self, answer: Answer) -> Value {
        serde_json::from_str(&self.visitor.body(answer)).unwrap()
    }

    async fn through_the_api(&mut self, turn: usize) {
        const JSON: &str = "content-type: application/json\r\n";
        let post = |path: &str, headers: &str, body: &Value| {
            request("POST", &format!("/api/v1{path}"), headers, &body.to_string())
        };
        let phone = format!("09120000{turn:02}");
        let person = json!({
            "full_name": "Nguyễn Văn An", "birth_date": "1990-06-15", "phone": phone, "unit": "XA-7",
            "password": "mật khẩu dài", "consent": true,
        });
        let asked = post("/contests/bench/participants", JSON, &person);
        self.step("registration by API", 201, &asked).await;
        let login = json!({ "phone": phone, "password": "mật khẩu dài" });
        let answer = self
            .step("log-in by API", 200, &post("/contests/bench/login", JSON, &login))
            .await;
        self.json(answer)["token"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.token);
        let headers = format!("{JSON}authorization: Bearer {}\r\n", self.token);
        self.warm_up().await;
        let asked = post("/contests/bench/rounds/2/attempts", &headers, &json!({}));
        let answer = self.step("start by API", 201, &asked).await;
        let attempt = self.json(answer)["attempt"].as_str().unwrap().to_owned();
        let asked = request("GET", &format!("/api/v1/attempts/{attempt}"), &headers, "");
        self.step("look at a running attempt by API", 200, &asked).await;
        let path = format!("/api/v1/attempts/{attempt}/responses");
        for question in 1..=15 {
            let body = json!({ "responses": [{ "question": question, "options": ["B"], "revision": 1 }] });
            let asked = request("PUT", &path, &headers, &body.to_string());
            self.step("save by API", 200, &asked).await;
        }
        let answers: Vec<Value> = (1..=15)
            .map(|question| json!({ "question": question, "options": ["B"], "revision": 2 }))
            .collect();
        let path = format!("/attempts/{attempt}/submit");
        let body = json!({ "responses": answers, "prediction": 75_600 });
        self.step("submission by API", 200, &post(&path, &headers, &body))
            .await;
        self.step(
            "the same submission again by API",
            200,
            &post(&path, &headers, &body),
        )
        .await;
        let asked = request("GET", "/api/v1/attempts/none", &headers, "");
        self.step("an address that is not there, by API", 404, &asked)
            .await;
    }

    /// A citizen with a browser, whose script saves each answer.
    async fn through_pages(&mut self) {
        const BROWSER: &str = "accept: text/html\r\naccept-encoding: gzip\r\naccept-language: vi\r\n";
        const FORM: &str =
            "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n";
        const SCRIPT: &str = "content-type: application/json\r\naccept: application/json\r\n\
            sec-fetch-site: same-origin\r\n";
        let contest = self.site.app.catalog().find("bench").unwrap().id;
        let cookie = format!(
            "cookie: hoithi-login-{contest}={}; hoithi-visit={VISIT}\r\n",
            self.token
        );
        for (name, path) in PAGES {
            let asked = request("GET", path, &format!("{BROWSER}{cookie}"), "");
            self.step(name, 200, &asked).await;
        }
        let headers = format!("{BROWSER}{FORM}{cookie}");
        self.warm_up().await;
        let asked = request("POST", "/cuoc-thi/bench/vong/2/thi", &headers, "");
        let answer = self.step("start by page", 303, &asked).await;
        let paper = self.field(answer, "location: ", '\r');
        let plain = request("GET", &paper, &cookie, "");
        let answer = self.visitor.ask(&plain).await;
        let form_token = self.field(answer, "name=\"csrf\" value=\"", '"');
        let token = self.field(answer, "name=\"token\" value=\"", '"');
        let asked = request("GET", &paper, &format!("{BROWSER}{cookie}"), "");
        self.step("page with the questions", 200, &asked).await;
        let mut form = format!("csrf={form_token}&token={token}&then=submit&prediction=75600&rp=2");
        for question in 1..=15 {
            let save = json!({ "responses": [{ "question": question, "options": ["B"], "revision": 1 }],
                "token": token });
            let headers = format!("{SCRIPT}{cookie}x-csrf: {form_token}\r\n");
            let asked = request("PUT", &format!("{paper}/luu"), &headers, &save.to_string());
            self.step("save by page", 200, &asked).await;
            write!(form, "&q{question}=B&r{question}=1").unwrap();
        }
        let asked = request("POST", &format!("{paper}/nop"), &headers, &form);
        self.step("submission by page", 303, &asked).await;
        let asked = request(
            "GET",
            &format!("{paper}/ket-qua"),
            &format!("{BROWSER}{cookie}"),
            "",
        );
        self.step("page with the result", 200, &asked).await;
    }

    /// What stands between `before` and `end` in an answer.
    fn field(&self, answer: Answer, before: &str, end: char) -> String {
        let said = self.visitor.said(0, answer.size);
        let from = said
            .find(before)
            .unwrap_or_else(|| panic!("no {before} in {said}"))
            + before.len();
        said[from..].split(end).next().unwrap().to_owned()
    }
}

/// The name of the browser: 22 characters of URL-safe base 64.
const VISIT: &str = "cost-of-a-journey-0000";

/// Pages that anybody may read.
const PAGES: [(&str, &str); 4] = [
    ("first page", "/"),
    ("contest page", "/cuoc-thi/bench"),
    ("results page", "/cuoc-thi/bench/ket-qua"),
    ("registration form", "/cuoc-thi/bench/dang-ky"),
];
