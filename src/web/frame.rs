//! What every page has around its content: language, colours, links, form token.
//!
//! Owns the words and values that `base.html` prints; a page adds its own.

use super::statics;
use super::visitor::{Display, Visitor};
use crate::app::App;
use crate::i18n::{self, Lang, Value};
use askama::Template;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// Everything around a page's content.
#[derive(Debug, Clone)]
pub struct Frame {
    /// How the visitor likes it.
    pub display: Display,
    /// Where the display form leads back to.
    pub back: String,
    /// Token that forms carry.
    pub csrf: String,
    /// Shown under the name of the program: the organiser of the contest at hand.
    pub organiser: String,
    /// `cham`, `hoi` or `dao`.
    pub accent: &'static str,
    /// Telephone for help, if the contest has one.
    pub hotline: Option<String>,
    /// The contest at hand holds simulated entries.
    pub demonstration: bool,
}

impl Frame {
    /// A frame for pages that belong to no contest.
    pub fn new(app: &App, visitor: &Visitor) -> Self {
        Self {
            display: visitor.display,
            back: visitor.path.clone(),
            csrf: app.keys.form_token(&visitor.visit),
            organiser: String::new(),
            accent: "cham",
            hotline: None,
            demonstration: false,
        }
    }

    /// A frame for pages of a contest.
    pub fn of(app: &App, visitor: &Visitor, contest: &crate::domain::catalog::Contest) -> Self {
        use crate::domain::contest::Accent;
        Self {
            organiser: contest.definition.organiser.clone(),
            accent: match contest.definition.accent {
                Accent::Cham => "cham",
                Accent::Hoi => "hoi",
                Accent::Dao => "dao",
            },
            hotline: contest.definition.hotline.clone(),
            demonstration: contest.demonstration,
            ..Self::new(app, visitor)
        }
    }

    /// Language of the interface.
    pub fn lang(&self) -> Lang {
        self.display.lang
    }

    /// A message without values.
    pub fn t(&self, key: impl AsRef<str>) -> String {
        i18n::text(self.display.lang, key.as_ref(), &[])
    }

    /// A message with one value named `n`.
    pub fn n(&self, key: impl AsRef<str>, n: impl std::fmt::Display) -> String {
        i18n::text(
            self.display.lang,
            key.as_ref(),
            &[("n", Value::from(n.to_string()))],
        )
    }

    /// A message with two values, named `a` and `b`.
    pub fn ab(&self, key: &str, a: impl std::fmt::Display, b: impl std::fmt::Display) -> String {
        i18n::text(
            self.display.lang,
            key,
            &[
                ("a", Value::from(a.to_string())),
                ("b", Value::from(b.to_string())),
            ],
        )
    }

    /// A message with three values, named `a`, `b` and `c`.
    pub fn abc(
        &self,
        key: &str,
        a: impl std::fmt::Display,
        b: impl std::fmt::Display,
        c: impl std::fmt::Display,
    ) -> String {
        let values = [
            ("a", Value::from(a.to_string())),
            ("b", b.to_string().into()),
            ("c", c.to_string().into()),
        ];
        i18n::text(self.display.lang, key, &values)
    }

    /// Address of a file of `static/`.
    pub fn file(&self, name: &str) -> String {
        statics::address(name)
    }

    /// `true` or `false` for `aria-pressed`.
    pub fn pressed(&self, choice: &str) -> bool {
        choice == self.display.size || choice == self.display.theme || choice == self.display.lang.tag()
    }
}

/// A page as a response: HTML that no cache between us and the visitor keeps.
#[derive(Debug)]
pub struct Page<T>(pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => {
                let headers = [
                    (CONTENT_TYPE, "text/html; charset=utf-8"),
                    (CACHE_CONTROL, "private, no-cache"),
                ];
                (headers, html).into_response()
            }
            Err(error) => super::WebError::from(error).into_response(),
        }
    }
}
