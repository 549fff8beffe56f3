//! The program as a process with the contest that comes with it, round 3 open, and what tests do on its command line first:
//! appoint staff, let a crowd take part, log in.

use super::between;
use crate::process::{OwnRedis, Place, Server};
use sqlx::PgPool;

/// The contest that comes with the program.
pub const LANG_SON: &str = "lang-son-90-nam";
/// The password of every member of staff.
pub const STAFF_PASSWORD: &str = "mot mat khau du dai";

/// Stores and a loaded contest; no server yet.
pub struct Ground {
    pub place: Place,
    pub redis: OwnRedis,
}

impl Ground {
    /// A Redis of its own, the test's database, and the contest with round 3 open now.
    pub async fn new(pool: &PgPool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let redis = OwnRedis::start(folder.path()).await;
        let place = Place::new(pool, folder, &redis);
        let directory = format!("quizzes/{LANG_SON}");
        place.run(&["load", &directory, "--shift-round", "3=now"]).await;
        Self { place, redis }
    }
}

/// The same with a server.
pub struct Stage {
    pub place: Place,
    pub server: Server,
    _redis: OwnRedis,
}

/// Sets it up.
pub async fn stage(pool: &PgPool) -> Stage {
    let Ground { place, redis } = Ground::new(pool).await;
    let server = place.serve().await;
    Stage {
        place,
        server,
        _redis: redis,
    }
}

impl Place {
    /// Appoints somebody; the password.
    pub async fn add_staff(&self, login: &str, name: &str, role: &str) -> &'static str {
        let file = self.folder.path().join(format!("{login}.password"));
        std::fs::write(&file, STAFF_PASSWORD).unwrap();
        let (person, secret) = (
            ["--name", name, "--role", role],
            ["--password-file", file.to_str().unwrap()],
        );
        self.run(&[&["staff", "add", login], &person[..], &secret[..]].concat())
            .await;
        STAFF_PASSWORD
    }

    /// Lets a crowd take part in round 3.
    pub async fn simulate(&self, entrants: u32, seed: u32) {
        let (entrants, seed) = (entrants.to_string(), seed.to_string());
        let round = ["--contest", LANG_SON, "--round", "3"];
        let crowd = ["--entrants", &entrants, "--seed", &seed];
        self.run(&[&["simulate"], &round[..], &crowd[..]].concat()).await;
    }
}

/// The token that the forms of a page carry.
pub fn csrf(page: &str) -> String {
    between(page, "name=\"csrf\" value=\"", "\"").to_owned()
}

/// A client of a server that is logged in as that member of staff.
pub async fn staff_client(server: &Server, login: &str) -> reqwest::Client {
    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let page = format!("{}/quan-tri/dang-nhap", server.base);
    let form = client.get(&page).send().await.unwrap().text().await.unwrap();
    let token = csrf(&form);
    let fields = [
        ("name", login),
        ("password", STAFF_PASSWORD),
        ("csrf", token.as_str()),
    ];
    let answer = client.post(&page).form(&fields).send().await.unwrap();
    assert_eq!(answer.url().path(), "/quan-tri", "{login} is logged in");
    client
}
