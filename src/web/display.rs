//! Size of type, colours and language: one small form on every page, kept in a cookie.
//!
//! Owns `/hien-thi`. Changing how a page looks harms nobody, so this form needs no token.

use super::form::Form;
use super::visitor::{Display, SIZES, THEMES, Visitor};
use crate::app::App;
use crate::i18n::Lang;
use axum::Router;
use axum::response::Redirect;
use axum::routing::post;
use axum_extra::extract::CookieJar;

/// The addresses of this file.
pub fn routes() -> Router<App> {
    Router::new().route("/hien-thi", post(change))
}

async fn change(visitor: Visitor, form: Form) -> (CookieJar, Redirect) {
    let display = chosen(visitor.display, &form);
    let jar = CookieJar::new().add(visitor.display_cookie(display));
    (jar, Redirect::to(local_path(form.get("back"))))
}

/// The settings after a press of one of the buttons; what is not offered changes nothing.
pub fn chosen(now: Display, form: &Form) -> Display {
    let offered = |list: &'static [&'static str], name: &str, or: &'static str| {
        list.iter()
            .copied()
            .find(|value| *value == form.get(name))
            .unwrap_or(or)
    };
    Display {
        lang: Lang::parse(form.get("lang")).unwrap_or(now.lang),
        theme: offered(&THEMES, "theme", now.theme),
        size: offered(&SIZES, "size", now.size),
    }
}

/// A path of this site, or the front page for anything that could lead elsewhere.
pub fn local_path(path: &str) -> &str {
    let fits = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\n', '\r'])
        && path.is_ascii()
        && path.len() < 500;
    if fits { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leads_to_another_site() {
        assert_eq!(local_path("/cuoc-thi/a?b=c"), "/cuoc-thi/a?b=c");
        for path in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "/a\r\nset-cookie: x",
        ] {
            assert_eq!(local_path(path), "/", "{path}");
        }
    }
}
