//! The console over its forms: one account per role, browsers with their cookies.

use super::{CONTEST, STAFF_PASSWORD, Sample, TestApp, csrf};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use hoithi::action::staff_login::{NewPassword, add_staff};
use hoithi::domain::staff::Role;
use sqlx::PgPool;
use tower::ServiceExt;

/// The console with one account per role, each named after it.
pub struct Console {
    pub bench: TestApp,
    router: Router,
}

/// A browser with its cookies.
pub struct Desk<'a> {
    console: &'a Console,
    pub cookies: Vec<(String, String)>,
}

/// What the console answered.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub kind: String,
    pub text: String,
}

impl Console {
    pub async fn new(pool: PgPool) -> Self {
        Self::with(pool, Sample::default()).await
    }

    /// With a changed sample contest.
    pub async fn with(pool: PgPool, sample: Sample) -> Self {
        let bench = TestApp::with(pool, sample).await;
        for role in Role::ALL {
            let name = staff_name(role);
            add_staff(
                &bench.app,
                bench.now(),
                "tester",
                role.name(),
                name,
                role,
                NewPassword::Chosen(STAFF_PASSWORD),
            )
            .await
            .unwrap();
        }
        let router = hoithi::web::router(&bench.app).with_state(bench.app.clone());
        Self { bench, router }
    }

    /// A browser that nobody has logged in.
    pub fn desk(&self) -> Desk<'_> {
        Desk {
            console: self,
            cookies: Vec::new(),
        }
    }

    /// A browser that the account of that role has logged in.
    pub async fn logged_in(&self, role: Role) -> Desk<'_> {
        self.logged_in_as(role.name()).await
    }

    /// Appoints one more person and logs them in.
    pub async fn appoint(&self, login: &str, name: &str, role: Role) -> Desk<'_> {
        let bench = &self.bench;
        add_staff(
            &bench.app,
            bench.now(),
            "tester",
            login,
            name,
            role,
            NewPassword::Chosen(STAFF_PASSWORD),
        )
        .await
        .unwrap();
        self.logged_in_as(login).await
    }

    async fn logged_in_as(&self, login: &str) -> Desk<'_> {
        let mut desk = self.desk();
        let answer = desk
            .post_form(
                "/quan-tri/dang-nhap",
                &[("name", login), ("password", STAFF_PASSWORD)],
            )
            .await;
        assert_eq!(
            (answer.status, answer.location.as_str()),
            (StatusCode::SEE_OTHER, "/quan-tri"),
            "{}",
            answer.text
        );
        desk
    }
}

/// What the account of a role is called.
pub fn staff_name(role: Role) -> &'static str {
    match role {
        Role::Admin => "Phạm Quản Trị",
        Role::Organiser => "Trần Thị Hoa",
        Role::Board => "Lê Văn Bình",
        Role::Viewer => "Vi Thị Xem",
        Role::Marker => "Nông Thị Chấm",
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

impl Desk<'_> {
    async fn send(&mut self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        let response = self.console.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap().to_owned();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value));
        }
        let header = |name| {
            response
                .headers()
                .get(name)
                .map_or("", |value: &axum::http::HeaderValue| value.to_str().unwrap())
                .to_owned()
        };
        let (status, location, kind) = (
            response.status(),
            header(header::LOCATION),
            header(header::CONTENT_TYPE),
        );
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap();
        Answer {
            status,
            location,
            kind,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, "", Vec::new()).await
    }

    /// The token that forms of this browser carry.
    pub async fn token(&mut self) -> String {
        let page = self.get("/quan-tri/dang-nhap").await.text;
        csrf(&page)
    }

    /// Sends a form as it is given.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        self.send(
            Method::POST,
            path,
            "application/x-www-form-urlencoded",
            body.join("&").into_bytes(),
        )
        .await
    }

    /// Sends a form with its token.
    pub async fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token().await;
        let mut fields = fields.to_vec();
        fields.push(("csrf", &token));
        self.post(path, &fields).await
    }

    /// Sends a form with its token and a file, as a browser sends one with a place for a file.
    pub async fn post_with_file(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Answer {
        let token = self.token().await;
        let mut body = Vec::new();
        let (name, content) = file.unwrap_or_default();
        for (field, value) in fields.iter().chain(&[("csrf", token.as_str())]) {
            let part =
                format!("--grenze\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        let head = "--grenze\r\nContent-Disposition: form-data; name=\"file\"; filename=";
        body.extend(format!("{head}\"{name}\"\r\n\r\n").into_bytes());
        body.extend(content);
        body.extend(b"\r\n--grenze--\r\n");
        self.send(Method::POST, path, "multipart/form-data; boundary=grenze", body)
            .await
    }

    /// Sends a question file to be checked.
    pub async fn upload(&mut self, token: &str, name: &str, content: impl AsRef<[u8]>) -> Answer {
        let path = format!("/quan-tri/cuoc-thi/{CONTEST}/bo-cau-hoi");
        self.upload_to(&path, token, name, content).await
    }

    /// Sends a file to a page with one place for it.
    pub async fn upload_to(
        &mut self,
        path: &str,
        token: &str,
        name: &str,
        content: impl AsRef<[u8]>,
    ) -> Answer {
        let mut body = String::new();
        body += &format!("--grenze\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n");
        body += "--grenze\r\nContent-Disposition: form-data; name=\"file\"; ";
        body += &format!("filename=\"{name}\"\r\n\r\n");
        let body = [body.as_bytes(), content.as_ref(), b"\r\n--grenze--\r\n"].concat();
        self.send(Method::POST, path, "multipart/form-data; boundary=grenze", body)
            .await
    }
}

/// Address of a step of the first round.
pub fn step(step: &str) -> String {
    format!("/quan-tri/cuoc-thi/{CONTEST}/vong/1/{step}")
}
