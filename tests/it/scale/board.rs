//! The live board through nginx as docs/nginx.conf has it: events arrive when they are sent.

use super::machines::free_port;
use super::proxy::{NAME, Nginx};
use crate::helpers::{Ground, STAFF_PASSWORD, csrf};
use reqwest::Response;
use reqwest::header::{COOKIE, SET_COOKIE};
use sqlx::PgPool;

/// The cookies that an answer sets, as they are sent back.
fn cookies(answer: &Response) -> String {
    let own = answer.headers().get_all(SET_COOKIE).iter();
    let pairs = own.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
    pairs.collect::<Vec<_>>().join("; ")
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn events_of_the_live_board_pass_through_nginx_as_they_come(pool: PgPool) {
    let Ground { place, redis: _redis } = Ground::new(&pool).await;
    place.add_staff("hoa", "Trần Thị Hoa", "viewer").await;
    let addresses = [(); 2].map(|()| format!("127.0.0.1:{}", free_port()));
    let nginx = Nginx::start(place.folder.path(), &addresses).await;
    let url = format!("https://{NAME}");
    let server = place.serve_at(&addresses[0], &["--public-url", &url]).await;
    let client = nginx.client();
    let form = client
        .get(nginx.page("/quan-tri/dang-nhap"))
        .send()
        .await
        .unwrap();
    let visit = cookies(&form);
    let token = csrf(&form.text().await.unwrap());
    let fields = [
        ("name", "hoa"),
        ("password", STAFF_PASSWORD),
        ("csrf", token.as_str()),
    ];
    let request = client
        .post(nginx.page("/quan-tri/dang-nhap"))
        .header(COOKIE, &visit)
        .form(&fields);
    let own = format!("{visit}; {}", cookies(&request.send().await.unwrap()));
    let path = nginx.page("/quan-tri/cuoc-thi/lang-son-90-nam/truc-tiep/dong");
    let mut stream = client.get(path).header(COOKIE, own).send().await.unwrap();
    assert_eq!(stream.status(), 200);
    // The answer never ends by itself: what is read here was not held back.
    let mut text = String::new();
    while text.matches("event: board").count() < 2 {
        text += std::str::from_utf8(&stream.chunk().await.unwrap().unwrap()).unwrap();
    }
    drop(stream);
    server.kill().await;
}
