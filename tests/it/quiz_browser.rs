//! A browser without scripts: it keeps cookies, reads forms out of pages and sends them back as people fill them in.

use super::helpers::{CONTEST, Person, TestApp};
use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use hoithi::app::App;
use hoithi::domain::ids::AttemptId;
use hoithi::domain::question::LABELS;
use serde_json::Value;
use sqlx::PgPool;
use std::collections::BTreeMap;
use tower::ServiceExt;

/// One browser with its cookies.
pub(crate) struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// Sent with every request: at first what current browsers say of a request from the page itself.
    pub says: Vec<(&'static str, &'static str)>,
}

/// A page or another answer.
#[derive(Debug, Clone)]
pub(crate) struct View {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub text: String,
    /// Where it was found.
    pub path: String,
}

/// The fields of a form as a browser would send them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(pub Vec<(String, String)>);

impl Browser {
    /// A browser that has never been here.
    pub(crate) fn new(bench: &TestApp) -> Self {
        let router = hoithi::web::router(&bench.app).with_state(bench.app.clone());
        Self {
            router,
            cookies: BTreeMap::new(),
            says: vec![("sec-fetch-site", "same-origin")],
        }
    }

    /// A browser in which that person is logged in.
    pub(crate) fn of(person: &Person) -> Self {
        let mut browser = Self::new(&person.bench);
        browser.log_in(person);
        browser
    }

    /// A browser in which that person is logged in, against a program put together otherwise.
    pub(crate) fn on(person: &Person, app: App) -> Self {
        let mut browser = Self::of(person);
        browser.router = hoithi::web::router(&app).with_state(app);
        browser
    }

    /// Logs the person in.
    pub(crate) fn log_in(&mut self, person: &Person) {
        let name = format!("hoithi-login-{}", person.bench.contest().id);
        self.cookies.insert(name, person.token.clone());
    }

    /// Forgets every cookie.
    pub(crate) fn forget(&mut self) {
        self.cookies.clear();
    }

    /// Whether it keeps a cookie of that name.
    pub(crate) fn keeps(&self, name: &str) -> bool {
        self.cookies.contains_key(name)
    }

    /// Sends a request and keeps the cookies of the answer; follows nothing.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> View {
        let mut request = Request::builder()
            .method(method)
            .uri(path.split('#').next().unwrap());
        for (name, value) in self
            .says
            .iter()
            .map(|(name, value)| (*name, *value))
            .chain(headers.iter().copied())
        {
            request = request.header(name, value);
        }
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = request
            .header(COOKIE, cookies.join("; "))
            .body(Body::from(body))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            self.cookies
                .insert(name.to_owned(), rest.split(';').next().unwrap().to_owned());
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        View {
            status: parts.status,
            headers: parts.headers,
            text,
            path: path.to_owned(),
        }
    }

    /// Opens an address and follows up to three redirects.
    pub(crate) async fn open(&mut self, path: &str) -> View {
        let view = self.send(Method::GET, path, &[], String::new()).await;
        self.follow(view).await
    }

    /// Sends a form and follows the redirect.
    pub(crate) async fn post(&mut self, path: &str, fields: &Fields) -> View {
        let view = self.post_only(path, fields).await;
        self.follow(view).await
    }

    /// Sends a form.
    pub(crate) async fn post_only(&mut self, path: &str, fields: &Fields) -> View {
        let kind = [(CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")];
        self.send(Method::POST, path, &kind, fields.encoded()).await
    }

    /// Sends a form as the script does.
    pub(crate) async fn fetch(&mut self, path: &str, fields: &Fields) -> View {
        let headers = [
            (CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded"),
            (ACCEPT.as_str(), "application/json"),
        ];
        self.send(Method::POST, path, &headers, fields.encoded()).await
    }

    /// Saves as the script does, with the token of the form.
    pub(crate) async fn save(&mut self, attempt: AttemptId, csrf: &str, body: &str) -> View {
        let headers = [(CONTENT_TYPE.as_str(), "application/json"), ("x-csrf", csrf)];
        self.send(
            Method::PUT,
            &format!("/bai-thi/{attempt}/luu"),
            &headers,
            body.to_owned(),
        )
        .await
    }

    async fn follow(&mut self, mut view: View) -> View {
        for _ in 0..3 {
            if view.status != StatusCode::SEE_OTHER {
                break;
            }
            let to = view.location().to_owned();
            view = self.send(Method::GET, &to, &[], String::new()).await;
        }
        view
    }

    /// Starts an attempt of round 1 and opens the paper.
    pub(crate) async fn start(&mut self) -> (AttemptId, View) {
        let address = format!("/cuoc-thi/{CONTEST}/vong/1/thi");
        let page = self.open(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        let paper = self.post(&address, &page.form("actions")).await;
        let id = paper
            .path
            .strip_prefix("/bai-thi/")
            .unwrap_or_else(|| panic!("{paper:?}"))
            .parse()
            .unwrap();
        (id, paper)
    }
}

impl View {
    /// Where a redirect leads.
    pub(crate) fn location(&self) -> &str {
        self.headers
            .get(LOCATION)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON that nothing keeps.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.headers[CACHE_CONTROL], "no-store");
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// The fields of the form whose class contains `class`.
    #[track_caller]
    pub(crate) fn form(&self, class: &str) -> Fields {
        let starts: Vec<usize> = self.text.match_indices("<form").map(|(at, _)| at).collect();
        let of = |at: &usize| {
            let rest = &self.text[*at..];
            rest[..rest.find('>').unwrap()]
                .contains(class)
                .then(|| rest.split("</form>").next().unwrap())
        };
        let form = starts
            .iter()
            .find_map(of)
            .unwrap_or_else(|| panic!("no form {class} in {}", self.text));
        // What a template element holds is not part of the form until a script takes it out.
        let mut plain = String::new();
        for (place, part) in form.split("<template").enumerate() {
            plain.push_str(if place == 0 {
                part
            } else {
                part.split_once("</template>").unwrap().1
            });
        }
        Fields(plain.split("<input").skip(1).filter_map(input).collect())
    }

    /// The fields of the quiz or review page.
    #[track_caller]
    pub(crate) fn answers(&self) -> Fields {
        self.form("class=\"quiz\"")
    }

    /// The text of the page without its marks, spaces joined.
    pub(crate) fn words(&self) -> String {
        let body = self.text.split("<body").nth(1).unwrap_or_default();
        let text: String = body
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(_, text)| format!("{text} "))
            .collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn input(tag: &str) -> Option<(String, String)> {
    let tag = &tag[..tag.find('>').unwrap()];
    let attribute = |name: &str| {
        tag.split_once(&format!(" {name}=\""))
            .map(|(_, rest)| rest.split('"').next().unwrap())
    };
    let chosen = matches!(attribute("type"), Some("radio" | "checkbox"));
    let sent = !chosen || tag.contains(" checked");
    sent.then(|| {
        (
            attribute("name").unwrap_or_default().to_owned(),
            attribute("value").unwrap_or_default().to_owned(),
        )
    })
}

impl Fields {
    /// A form made by hand.
    pub(crate) fn of(fields: &[(&str, &str)]) -> Self {
        Self(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    /// Chooses labels such as "B" or "AC" for a question.
    pub(crate) fn choose(mut self, question: u16, labels: &str) -> Self {
        let name = format!("q{question}");
        self.0.retain(|(field, _)| *field != name);
        self.0
            .extend(labels.chars().map(|label| (name.clone(), label.to_string())));
        self
    }

    /// Types into a field, or presses a button.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a field beside others of that name.
    pub(crate) fn add(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a field away.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(field, _)| field != name);
        self
    }

    /// The first value of a field.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// Every value of a field, joined.
    pub(crate) fn all(&self, name: &str) -> String {
        self.0
            .iter()
            .filter(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    fn encoded(&self) -> String {
        serde_html_form::to_string(&self.0).unwrap()
    }
}

/// The start page of round 1.
pub(crate) const START: &str = "/cuoc-thi/mau/vong/1/thi";

/// The right labels as shown on a paper, by question, read behind the server's back.
pub(crate) async fn key(bench: &TestApp, id: AttemptId) -> BTreeMap<u16, String> {
    let paper = bench
        .app
        .store
        .find_attempt(id)
        .await
        .unwrap()
        .unwrap()
        .attempt
        .paper;
    let contest = bench.contest();
    let right = |placed: &hoithi::domain::paper::PaperQuestion| {
        let right = &contest.keys[paper.version_of(placed).unwrap()].0[&placed.question];
        LABELS
            .iter()
            .zip(&placed.order)
            .filter(|(_, place)| right.contains(place))
            .map(|(label, _)| *label)
            .collect()
    };
    (1..).zip(paper.questions.iter().map(right)).collect()
}

/// A person with an attempt of round 1 open in a browser.
pub(crate) async fn seated(pool: PgPool) -> (TestApp, Person, Browser, AttemptId, View) {
    let bench = TestApp::new(pool).await;
    let person = bench.participant("Ánh").await;
    let mut browser = Browser::of(&person);
    let (id, paper) = browser.start().await;
    (bench, person, browser, id, paper)
}

/// Where the forms of an attempt go.
pub(crate) fn nop(id: AttemptId) -> String {
    format!("/bai-thi/{id}/nop")
}
