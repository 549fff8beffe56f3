//! The tables of a round's results that another site shows in a frame: winners, or figures by unit.
//!
//! Owns the only page that may stand in a frame: no cookie, no script, nothing to press but a link to the results, and a
//! stylesheet inside, which its policy names by hash.

use super::Kept;
use crate::app::App;
use crate::i18n::{Lang, text};
use crate::web::citizen::home::headline;
use crate::web::citizen::place::{Asked, InContest, PathParts};
use crate::web::citizen::unit_table::{UnitRow, UnitTable};
use crate::web::citizen::winners::{self, PrizeGroup};
use crate::web::words::{round_name, say};
use crate::web::{WebError, format};
use askama::Template;
use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Seconds for which others may keep the table.
const FOR_S: u32 = 300;
/// The whole look of the table; it follows the colours that the reader's device prefers.
const STYLE: &str = include_str!("../../../templates/open/embed.css");

static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors *"
    );
    // A hash in letters and digits always makes a header; without it nothing at all would be allowed.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

#[derive(Template)]
#[template(path = "open/embed.html")]
struct EmbedPage {
    lang: Lang,
    style: &'static str,
    title: String,
    heading: String,
    counted: String,
    published: String,
    groups: Vec<PrizeGroup>,
    units: Vec<UnitRow>,
    rated: bool,
    href: String,
    demonstration: bool,
}

impl EmbedPage {
    fn t(&self, key: &str) -> String {
        text(self.lang, key, &[])
    }
}

/// `GET /cuoc-thi/{contest}/ket-qua/{n}/nhung`: the winners; with `?bang=don-vi` the units with most attempts;
/// `ngon-ngu=en` for English.
pub async fn show(
    State(app): State<App>,
    InContest(contest): InContest,
    path: PathParts,
    query: Asked,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    let lang = Lang::parse(query.get("ngon-ngu")).unwrap_or_default();
    let round = path.round(&contest)?;
    let published = app.store.load_published(contest.id).await?;
    let name = round_name(lang, round);
    let address = format!("/cuoc-thi/{}/ket-qua/{}", contest.definition.slug, round.number);
    let mut page = EmbedPage {
        lang,
        style: STYLE,
        title: contest.definition.title.clone(),
        heading: say(lang, "results-of", &[("round", &name)]),
        counted: text(lang, "embed-later", &[]),
        published: String::new(),
        groups: Vec::new(),
        units: Vec::new(),
        rated: false,
        href: app.public_url().page(&address),
        demonstration: contest.demonstration,
    };
    if let Some(result) = published.iter().find(|result| result.round == round.id) {
        let ranking = app.store.find_ranking(result.ranking).await?;
        let ranking = ranking.ok_or(WebError::NotFound)?;
        page.counted = headline(lang, &contest, result).0;
        page.published = round
            .published_at
            .map(|at| say(lang, "published-at", &[("at", &format::moment(lang, at))]))
            .unwrap_or_default();
        if query.get("bang") == "don-vi" {
            let figures = app.store.load_unit_results(ranking.id).await?;
            let table = UnitTable::new(lang, &contest, &figures, String::new());
            (page.units, page.rated) = (table.top, table.rated);
            page.heading = say(lang, "embed-units-of", &[("round", &name)]);
        } else {
            page.groups = winners::load(&app, lang, &contest, &ranking).await?;
        }
    }
    let kept = Kept {
        kind: "text/html; charset=utf-8",
        for_s: FOR_S,
        bytes: page.render()?.into_bytes(),
    };
    let mut response = kept.answer(&asked);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, POLICY.clone());
    Ok(response)
}
