//! Pictures, sounds and films: from the organiser's file to the entrant's page, and how browsers get them.

use super::browser::{Scripts, window};
use super::helpers::{CONTEST, OPENS, Sample, TestApp};
use super::quiz_browser::Browser;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use fantoccini::Locator;
use hoithi::action::load_contest::{Calendar, LoadOutcome, SourceSet, load_contest};
use hoithi::bank::{Found, Imported, MediaContent, import_question_file_with, write_set_toml};
use hoithi::domain::media::{Media, MediaFormat, MediaName};
use hoithi::store::media::{NewMedia, WHOLE_BYTES};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use sqlx::PgPool;
use std::io::Cursor;
use time::Duration;
use tower::ServiceExt;

/// A drawing of that size.
pub(crate) fn drawing(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| match (x / 20 + y / 20) % 2 {
        0 => Rgb([24, 39, 80]),
        _ => Rgb([255, 229, 0]),
    });
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image)
        .write_to(&mut out, ImageFormat::Png)
        .unwrap();
    out.into_inner()
}

/// A set of the sample in which every question has a picture.
pub(crate) fn pictured(set: &SourceSet) -> Imported {
    let mut set = set.clone();
    for question in &mut set.set.questions {
        question.media = vec![Media {
            file: "media/ban-do.png".to_owned(),
            alt: Some("Bản đồ \"tỉnh\" <1931>".to_owned()),
            stored: None,
        }];
    }
    let text = write_set_toml(&set.set, &set.key);
    import_question_file_with("mot-dung.toml", text.as_bytes(), &|_| {
        Found::Bytes(drawing(640, 400))
    })
}

/// The sample with a picture in every question of its first set.
fn sample() -> (Sample, MediaContent) {
    let mut sample = Sample::default();
    let imported = pictured(&sample.source.sets[0]);
    assert_eq!(imported.faults, []);
    let loaded = imported.loaded.unwrap();
    sample.source.sets[0] = SourceSet {
        version: loaded.version,
        set: loaded.set,
        key: loaded.key,
    };
    sample.source.media = imported.contents.clone();
    (sample, imported.contents.into_iter().next().unwrap())
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn says(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn ask(bench: &TestApp, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let response = bench.router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec(),
    }
}

async fn get(bench: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    ask(bench, Method::GET, path, headers).await
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_entrant_is_shown_the_picture_of_a_question_and_gets_it_for_good(pool: PgPool) {
    let (sample, content) = sample();
    let bench = TestApp::with(pool, sample).await;
    let address = content.stored.name.address();
    let sitting = bench.participant("An").await.start(1).await;
    let mut browser = Browser::of(&sitting.person);
    let page = browser.open(&format!("/bai-thi/{}", sitting.id)).await;
    let shown = format!(
        "<img src=\"{address}\" alt=\"Bản đồ &#34;tỉnh&#34; &#60;1931&#62;\" width=\"640\" height=\"400\" loading=\"lazy\""
    );
    assert!(page.text.contains(&shown), "{}", page.text);
    // The text of the question stands before its picture and waits for nothing.
    let (before, _) = page.text.split_once(&shown).unwrap();
    assert!(before.contains("</legend>"));

    let answer = get(&bench, &address, &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body, content.bytes);
    let length = content.bytes.len().to_string();
    for (name, value) in [
        ("content-type", "image/png"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("accept-ranges", "bytes"),
        ("content-length", length.as_str()),
        ("set-cookie", ""),
        ("content-encoding", ""),
    ] {
        assert_eq!(answer.says(name), value, "{name}");
    }
    let tag = answer.says("etag").to_owned();
    let again = get(&bench, &address, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.says("cache-control"), answer.says("cache-control"));
    let head = ask(&bench, Method::HEAD, &address, &[]).await;
    assert_eq!(
        (head.status, head.says("content-length"), head.body.len()),
        (StatusCode::OK, length.as_str(), 0)
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn programs_are_told_where_a_picture_is_and_what_it_shows(pool: PgPool) {
    let (sample, content) = sample();
    let bench = TestApp::with(pool, sample).await;
    let person = bench.participant("An").await;
    let path = format!("/contests/{CONTEST}/rounds/1/attempts");
    let reply = bench
        .post(&path, Some(&person.token), &serde_json::json!({}))
        .await;
    let paper = reply.expect(StatusCode::CREATED);
    let with: Vec<_> = paper["questions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|question| !question["media"].as_array().unwrap().is_empty())
        .collect();
    let expected = serde_json::json!([{
        "url": content.stored.name.address(), "kind": "image", "alt": "Bản đồ \"tỉnh\" <1931>", "width": 640, "height": 400,
    }]);
    assert!(!with.is_empty());
    assert!(
        with.iter().all(|question| question["media"] == expected),
        "{paper}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_content_is_kept_once_however_often_it_is_loaded(pool: PgPool) {
    let (sample, content) = sample();
    let bench = TestApp::with(pool, sample.clone()).await;
    assert_eq!(
        (
            bench.count("media").await,
            bench.count("question_set_media").await
        ),
        (1, 1)
    );
    let before = OPENS - Duration::DAY;
    let again = load_contest(&bench.app, before, "tester", &sample.source, Calendar::Keep).await;
    assert_eq!(again.unwrap(), LoadOutcome::Unchanged);
    // Another contest with the same picture.
    let mut other = sample.clone();
    other.source.definition.slug = "cuoc-thi-khac".to_owned();
    bench.load(&other).await;
    assert_eq!(
        (
            bench.count("media").await,
            bench.count("question_set_media").await
        ),
        (1, 2)
    );
    // A set cannot name what was not kept.
    sqlx::query("delete from question_set_media")
        .execute(&bench.pool)
        .await
        .unwrap();
    sqlx::query("delete from media")
        .execute(&bench.pool)
        .await
        .unwrap();
    let mut lost = sample;
    lost.source.definition.slug = "cuoc-thi-mat".to_owned();
    lost.source.media.clear();
    let refused = load_contest(&bench.app, before, "tester", &lost.source, Calendar::Keep).await;
    assert!(refused.is_err());
    // Memory answers still: what was once served never changes.
    drop(content);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_film_is_sent_part_by_part(pool: PgPool) {
    let bench = TestApp::empty(pool).await;
    let content: Vec<u8> = (0..WHOLE_BYTES + 300_000)
        .map(|byte| (byte % 251) as u8)
        .collect();
    let name = MediaName::new([7; 32], MediaFormat::Mp4);
    let mut tx = bench.app.store.begin().await.unwrap();
    let new = NewMedia {
        name: &name,
        content: &content,
    };
    tx.put_media(new, bench.now(), "tester").await.unwrap();
    tx.commit().await.unwrap();
    let (address, total) = (name.address(), content.len());

    let whole = get(&bench, &address, &[]).await;
    assert_eq!(
        (whole.status, whole.says("content-type")),
        (StatusCode::OK, "video/mp4")
    );
    assert_eq!(whole.says("content-length"), total.to_string());
    assert_eq!(whole.body, content);
    for (asked, from, to) in [
        ("bytes=0-", 0, total),
        ("bytes=1000-1999", 1_000, 2_000),
        ("bytes=262100-600000", 262_100, 600_001),
        ("bytes=-500", total - 500, total),
    ] {
        let part = get(&bench, &address, &[("range", asked)]).await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT, "{asked}");
        assert_eq!(
            part.says("content-range"),
            format!("bytes {from}-{}/{total}", to - 1)
        );
        assert_eq!(part.says("content-length"), (to - from).to_string());
        assert_eq!(part.body, content[from..to], "{asked}");
    }
    let beyond = get(&bench, &address, &[("range", "bytes=9999999-")]).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.says("content-range"), format!("bytes */{total}"));
    // Of another version of the file everything is wanted; this one has no other.
    let other = get(
        &bench,
        &address,
        &[("range", "bytes=0-9"), ("if-range", "\"other\"")],
    )
    .await;
    assert_eq!((other.status, other.body.len()), (StatusCode::OK, total));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn other_names_are_not_there(pool: PgPool) {
    let (sample, content) = sample();
    let bench = TestApp::with(pool, sample).await;
    let name = content.stored.name.to_string();
    let hash = content.stored.name.hash();
    for wrong in [
        format!("{hash}.jpg"),
        format!("{hash}.mp4"),
        format!("{hash}.svg"),
        hash.to_owned(),
        format!("{}.png", "0".repeat(64)),
        format!("{}.png", hash.to_uppercase()),
        format!("..%2f{name}"),
        format!("{name}%00"),
    ] {
        let answer = get(&bench, &format!("/media/{wrong}"), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        assert_eq!(answer.says("cache-control"), "no-store", "{wrong}");
    }
    let post = ask(&bench, Method::POST, &content.stored.name.address(), &[]).await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
}

/// The program as a server on this machine, whose pictures never come.
async fn without_pictures(bench: &TestApp) -> String {
    let stall = axum::middleware::from_fn(async |request: Request<Body>, next: axum::middleware::Next| {
        if request.uri().path().starts_with("/media/") {
            std::future::pending::<()>().await;
        }
        next.run(request).await
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = axum::Router::new()
        .fallback_service(bench.router.clone())
        .layer(stall);
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_question_is_read_and_answered_while_its_picture_hangs(pool: PgPool) {
    let (mut sample, _) = sample();
    // Every question of the paper has a picture.
    sample.source.definition.rounds.iter_mut().for_each(|round| {
        round.rules.paper.draw.retain(|line| line.set.0 == "mot-dung");
    });
    let bench = TestApp::with(pool, sample).await;
    let sitting = bench.participant("An").await.start(1).await;
    let base = without_pictures(&bench).await;
    let client = window(Scripts::On, 360).await;
    client.goto(&format!("{base}/tro-giup")).await.unwrap();
    let cookie = format!(
        "hoithi-login-{}={}; path=/",
        bench.contest().id,
        sitting.person.token
    );
    client
        .execute("document.cookie = arguments[0]", vec![cookie.into()])
        .await
        .unwrap();
    // Opening ends when the page is loaded: what hangs does not hold it up.
    client
        .goto(&format!("{base}/bai-thi/{}", sitting.id))
        .await
        .unwrap();
    let legend = client.find(Locator::Css("#cau-1 legend")).await.unwrap();
    assert!(legend.text().await.unwrap().contains("Câu thứ"));
    let first = client
        .find(Locator::Css("#cau-1 input[type=radio]"))
        .await
        .unwrap();
    first.click().await.unwrap();
    assert!(first.is_selected().await.unwrap());
    let look = "const i = document.querySelector('#cau-1 img'); const r = i.getBoundingClientRect();
                return [i.complete && i.naturalWidth > 0, Math.round(100 * r.width / r.height), r.right <= innerWidth];";
    let seen = client.execute(look, Vec::new()).await.unwrap();
    // Its place is kept free: nothing will jump when it comes.
    assert_eq!(seen, serde_json::json!([false, 160, true]));
    client.close().await.unwrap();
}
