//! Pages for citizens, asked for as a browser does: forms, cookies, redirects; no script.

mod enter;
mod look;

use crate::helpers::{CONTEST, PASSWORD, Reply, TestApp};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use std::collections::BTreeMap;
use std::sync::Mutex;
use tower::ServiceExt;

/// A browser with its cookies.
pub struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Browser {
    pub fn new(bench: &TestApp) -> Self {
        let router = hoithi::web::router(&bench.app).with_state(bench.app.clone());
        Self {
            router,
            cookies: Mutex::default(),
        }
    }

    pub async fn send(&self, request: axum::http::request::Builder, body: Body) -> Reply {
        let cookies = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect::<Vec<_>>();
        let request = request.header("cookie", cookies.join("; ")).body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all("set-cookie") {
            let (name, value) = cookie
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .split_once('=')
                .unwrap();
            self.cookies
                .lock()
                .unwrap()
                .insert(name.to_owned(), value.to_owned());
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// Opens a page of the site.
    pub async fn open(&self, path: &str) -> Reply {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Opens a page that must be there.
    pub async fn page(&self, path: &str) -> String {
        let reply = self.open(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        reply.text
    }

    /// Sends a form from a page of the site.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let request = Request::post(path).header("sec-fetch-site", "same-origin");
        self.form(request, fields).await
    }

    pub async fn form(&self, request: axum::http::request::Builder, fields: &[(&str, &str)]) -> Reply {
        let body = serde_html_form::to_string(fields).unwrap();
        let kind = "application/x-www-form-urlencoded";
        self.send(request.header("content-type", kind), Body::from(body))
            .await
    }
}

/// A page of the sample contest.
pub fn at(rest: &str) -> String {
    format!("/cuoc-thi/{CONTEST}{rest}")
}

/// A registration that is taken.
pub const GOOD: [(&str, &str); 9] = [
    ("full_name", "Nguyễn Thị Ánh"),
    ("birth_day", "15"),
    ("birth_month", "6"),
    ("birth_year", "1984"),
    ("phone", "0912345678"),
    ("unit", "X1"),
    ("password", PASSWORD),
    ("consent", "yes"),
    ("consent_publish", "yes"),
];

/// The good registration with some fields changed or added.
pub fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<_> = GOOD.to_vec();
    for (name, value) in changes {
        match fields.iter_mut().find(|(own, _)| own == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    fields
}

/// The text without marks that keep words together.
pub fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
