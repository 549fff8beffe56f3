//! A unit's page: its figures by published round, the units below it, and the address that invites its people.
//!
//! Owns the page; figures come from the rankings.

use super::place::{InContest, PathParts};
use crate::app::App;
use crate::domain::account::Accounts;
use crate::domain::participant::local_date;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use crate::web::words::{Link, count};
use crate::web::{WebError, format};
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "citizen/unit.html")]
struct UnitPage {
    f: Frame,
    base: String,
    title: String,
    name: String,
    above: Vec<Link>,
    totals: Vec<(String, String)>,
    rounds: Vec<RoundRow>,
    below: Vec<Link>,
    invite: Option<String>,
    invite_path: String,
}

struct RoundRow {
    title: String,
    href: String,
    attempts: String,
    people: String,
    winners: String,
}

/// `GET /cuoc-thi/{contest}/don-vi/{code}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    path: PathParts,
) -> Result<Page<impl Template>, WebError> {
    let lang = visitor.display.lang;
    let unit = contest.unit_by_code(path.get("code")).ok_or(WebError::NotFound)?;
    let base = format!("/cuoc-thi/{}", contest.definition.slug);
    let link = |unit: &crate::domain::unit::Unit| {
        Link::new(
            format!("{base}/don-vi/{}", unit.definition.code),
            unit.definition.name.clone(),
        )
    };
    let figures = app.store.load_unit_rounds(contest.id, unit.id).await?;
    let number = |n| format::number(lang, n);
    let rounds = figures.iter().filter_map(|(id, own)| {
        let round = contest.rounds.iter().find(|round| round.id == *id)?;
        Some(RoundRow {
            title: round.title.clone(),
            href: format!("{base}/ket-qua/{}", round.number),
            attempts: number(own.attempts),
            people: number(own.people),
            winners: number(own.winners),
        })
    });
    let attempts: i64 = figures.iter().map(|(_, own)| own.attempts).sum();
    let winners: i64 = figures.iter().map(|(_, own)| own.winners).sum();
    let totals = [
        ("unit-figure-attempts", attempts),
        ("unit-figure-winners", winners),
    ];
    let totals = totals.map(|(key, n)| (number(n), count(lang, key, n)));
    let invite_path = format!("{base}/dang-ky?don-vi={}", unit.definition.code);
    // Where the organisers issue all accounts nobody can be invited to register.
    let open = contest.definition.entry.accounts == Accounts::Open
        && contest.takes_entries_for(unit, local_date(visitor.now));
    Ok(Page(UnitPage {
        f: Frame::of(&app, &visitor, &contest),
        title: contest.definition.title.clone(),
        name: unit.definition.name.clone(),
        above: unit
            .ancestors
            .iter()
            .filter_map(|id| contest.unit(*id))
            .map(link)
            .collect(),
        totals: if attempts > 0 { totals.to_vec() } else { Vec::new() },
        rounds: rounds.collect(),
        below: contest
            .units
            .iter()
            .filter(|other| other.ancestors.first() == Some(&unit.id))
            .map(link)
            .collect(),
        invite: open.then(|| app.public_url().page(&invite_path)),
        invite_path,
        base: base.clone(),
    }))
}
