//! The personal link for bringing newcomers: shown to its owner, followed by the newcomer, remembered until registering.
//!
//! Owns the link's address and the words about it; who counts and wins is `domain::spread`'s.

use super::place::PathParts;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::prize::SettledBy;
use crate::i18n::{self, Lang};
use crate::keys::read_share_code;
use crate::store::participant::ParticipantLine;
use crate::store::spread::SpreadLine;
use crate::web::visitor::Visitor;
use crate::web::words::{count, say};
use crate::web::{WebError, format};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

/// The own link, as the own page shows it.
#[derive(Debug, Clone)]
pub struct OwnLink {
    /// Full address.
    pub url: String,
    /// How a newcomer counts.
    pub rule: String,
    /// What came of it so far.
    pub so_far: String,
}

/// The link of a person, in a contest that has prizes for bringing newcomers.
pub async fn own_link(
    app: &App,
    visitor: &Visitor,
    contest: &Contest,
    person: &ParticipantLine,
) -> Result<Option<OwnLink>, WebError> {
    let Some(rules) = &contest.definition.spread else {
        return Ok(None);
    };
    let lang = visitor.display.lang;
    let code = app.keys.share_code(contest.id, person.id);
    let code = app
        .store
        .find_or_put_share_link(contest.id, person.id, &code, visitor.now)
        .await?;
    let brought = app.store.count_brought(person.id, rules.min_attempts).await?;
    let number = |n| format::number(lang, n);
    let papers = count(lang, "spread-papers", i64::from(rules.min_attempts));
    Ok(Some(OwnLink {
        url: app.public_url().page(&path(&code)),
        rule: say(lang, "spread-own-rule", &[("papers", &papers)]),
        so_far: say(
            lang,
            "spread-own-so-far",
            &[
                ("registered", &number(brought.registered)),
                ("entered", &number(brought.entered)),
            ],
        ),
    }))
}

/// Address of a link on this site.
fn path(code: &str) -> String {
    format!("/gioi-thieu/{code}")
}

/// `GET /gioi-thieu/{code}`: remembers whose link it is and goes on to the contest.
pub async fn follow(State(app): State<App>, visitor: Visitor, path: PathParts) -> Result<Response, WebError> {
    let code = read_share_code(path.get("code")).ok_or(WebError::NotFound)?;
    let contest = app
        .store
        .find_share_link(&code)
        .await?
        .ok_or(WebError::NotFound)?;
    let catalog = app.catalog();
    let contest = catalog.find_id(contest).ok_or(WebError::NotFound)?;
    let to = Redirect::to(&format!("/cuoc-thi/{}", contest.definition.slug));
    let jar = CookieJar::new().add(visitor.introducer_cookie(code));
    Ok((jar, to).into_response())
}

/// What is said on the registration page to somebody who came by a link of this contest.
pub async fn came_by_link(
    app: &App,
    visitor: &Visitor,
    contest: &Contest,
) -> Result<Option<String>, WebError> {
    let code = visitor
        .introducer()
        .filter(|_| contest.definition.spread.is_some());
    let Some(code) = code.and_then(read_share_code) else {
        return Ok(None);
    };
    let leads_here = app.store.find_share_link(&code).await? == Some(contest.id);
    Ok(leads_here.then(|| say(visitor.display.lang, "spread-came-by-link", &[("code", &code)])))
}

/// The number of newcomers, in place of points.
pub fn short(lang: Lang, line: &SpreadLine) -> String {
    count(lang, "spread-newcomers", line.newcomers)
}

/// The whole chain of a place, as for other prizes.
pub fn why(lang: Lang, line: &SpreadLine, settled: SettledBy) -> String {
    let mut keys = vec![short(lang, line)];
    if line.brought > line.newcomers {
        let all = format::number(lang, line.brought);
        keys.push(say(lang, "spread-brought", &[("n", &all)]));
    }
    let at = format::exact(lang, line.reached_at);
    keys.push(say(lang, "spread-reached", &[("at", &at)]));
    let settled = match settled {
        SettledBy::Rank => String::new(),
        SettledBy::Draw => i18n::text(lang, "winner-draw", &[]),
        SettledBy::Board => i18n::text(lang, "winner-board", &[]),
    };
    let rank = format::number(lang, line.rank);
    let said = say(lang, "spread-why", &[("rank", &rank), ("keys", &keys.join("; "))]);
    format!("{said} {settled}").trim_end().to_owned()
}
