//! One page of the forms: its boxes, and keeping what was typed in the draft.
//!
//! Owns the two handlers; nothing is stored in the database.

use super::apply::{Ask, act, apply};
use super::desk::RulesDesk;
use super::spec::Page as FormPage;
use super::view::{GroupView, SummaryLine, element};
use crate::action::edit_rules::keep_rules;
use crate::web::console::desk::{Desk, Section, Side};
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    giu: Option<String>,
}

#[derive(Template)]
#[template(path = "console/rules_section.html")]
struct SectionPage {
    f: Frame,
    c: Side,
    path: String,
    title: String,
    stamp: String,
    groups: Vec<GroupView>,
    summary: Vec<SummaryLine>,
    errors: usize,
    /// A note above the form: what became of the last one.
    notice: Option<(&'static str, String)>,
    tabs: Vec<(String, String, bool)>,
}

/// The form.
pub async fn page(
    desk: Desk,
    Path((slug, section)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let rules = RulesDesk::open(desk, &slug).await?;
    let notice = asked.giu.map(|_| ("ok", rules.desk.say("rform-kept", &[])));
    let page = view(&rules, &section, notice)?;
    Ok(Page(page).into_response())
}

/// Keeps what was typed, and does what the button asks for.
pub async fn save(
    desk: Desk,
    Path((slug, section)): Path<(String, String)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    let mut rules = RulesDesk::open(desk, &slug).await?;
    let page = form_page(&rules, &section)?;
    if form.get("stamp") != rules.editing.stamp() {
        let notice = ("error", rules.desk.say("rform-stale", &[]));
        let view = view(&rules, &section, Some(notice))?;
        return Ok((StatusCode::CONFLICT, Page(view)).into_response());
    }
    let ask = Ask::of(&page, &rules.sketch, form.get("do"));
    apply(&page, &mut rules.sketch, &form, rules.desk.lang());
    let sets: Vec<String> = rules.contest.heads.keys().map(|id| id.0.clone()).collect();
    let row = act(&mut rules.sketch, &ask, &sets);
    let (desk, contest) = (&rules.desk, &rules.contest);
    let text = rules.sketch.write();
    keep_rules(&desk.app, desk.now(), &desk.staff, contest, &rules.editing, text).await?;
    Ok(Redirect::to(&onward(&rules, &section, form.get("do"), row)).into_response())
}

/// Where to go on after keeping: the same page at the row at hand, or the whole rules.
fn onward(rules: &RulesDesk, section: &str, button: &str, row: Option<String>) -> String {
    match (button, row) {
        ("review", _) => rules.path.clone(),
        ("save", _) => format!("{}/{section}?giu=1", rules.path),
        (_, Some(row)) => format!("{}/{section}#{}", rules.path, element(&row)),
        (_, None) => format!("{}/{section}", rules.path),
    }
}

fn form_page(rules: &RulesDesk, section: &str) -> Result<FormPage, WebError> {
    FormPage::named(section, rules.sketch.rows("round")).ok_or(WebError::NotFound)
}

fn view(
    rules: &RulesDesk,
    section: &str,
    notice: Option<(&'static str, String)>,
) -> Result<SectionPage, WebError> {
    let page = form_page(rules, section)?;
    let (checked, opened) = (rules.check(), rules.opened());
    let desk = &rules.desk;
    let maker = rules.maker(page, &checked.faults, &opened);
    let groups = maker.groups();
    let summary = maker.summary(&groups);
    let tab = |other: &FormPage| {
        let path = format!("{}/{}", rules.path, other.slug());
        (path, rules.title(other), *other == page)
    };
    let tabs = super::tables::SECTIONS
        .into_iter()
        .map(|section| FormPage { section, round: None });
    Ok(SectionPage {
        f: desk.frame_of(&rules.contest),
        c: desk.side(Section::Contests),
        title: rules.title(&page),
        stamp: rules.editing.stamp(),
        errors: summary.iter().filter(|line| line.fault.error).count(),
        groups,
        summary,
        notice,
        tabs: tabs.map(|other| tab(&other)).collect(),
        path: rules.path.clone(),
    })
}
