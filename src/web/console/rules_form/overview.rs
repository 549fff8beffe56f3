//! The rules of a contest as a whole: the pages of the form, what is wrong, what would change, and the load.
//!
//! Owns this page and its steps; the load is `action::edit_rules`'s.

use super::apply::changed_pages;
use super::desk::{Checked, RulesDesk};
use super::difference::{card, sentences, settings};
use super::spec::Page as FormPage;
use super::tables::SECTIONS;
use super::view::SummaryLine;
use crate::action::edit_rules::{
    LoadRulesError, after_load, drop_rules, follow_rules, load_rules, wants_reason,
};
use crate::action::load_contest::LoadOutcome;
use crate::web::console::desk::{Desk, Section, Side};
use crate::web::console::diff_view::DiffCard;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::format;
use crate::web::frame::{Frame, Page};
use crate::web::rules_text::{Rule, rules};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use time::OffsetDateTime;

/// Longest reason, characters.
const MAX_REASON: usize = 500;

/// What the address may carry.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    nap: Option<String>,
    bo: Option<String>,
}

#[derive(Template)]
#[template(path = "console/rules.html")]
struct RulesPage {
    f: Frame,
    c: Side,
    back: String,
    title: String,
    path: String,
    stamp: String,
    is_draft: bool,
    overtaken: bool,
    notices: Vec<(&'static str, String)>,
    error: Option<String>,
    pages: Vec<PageLine>,
    /// Rounds that follow the rules for all: where each may be given its own.
    common: Vec<PageLine>,
    faulty: Vec<FaultyPage>,
    /// Nothing may be loaded: there are errors, nothing differs, or somebody was faster.
    may_load: bool,
    changed: bool,
    difference: Option<DiffCard>,
    whole: Vec<Rule>,
    wants_reason: bool,
    reason: String,
}

/// A page of the form.
struct PageLine {
    href: String,
    title: String,
    errors: usize,
    changed: bool,
}

/// The faults of a page.
struct FaultyPage {
    href: String,
    title: String,
    lines: Vec<SummaryLine>,
}

/// What became of a step that was refused.
#[derive(Default)]
struct Refused {
    error: Option<String>,
    reason: String,
}

/// The page.
pub async fn page(
    desk: Desk,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let rules = RulesDesk::open(desk, &slug).await?;
    let mut page = view(&rules, Refused::default());
    let done = [(asked.nap, "rform-loaded"), (asked.bo, "rform-dropped")];
    let said = done.into_iter().filter(|(given, _)| given.is_some());
    page.notices
        .extend(said.map(|(_, key)| ("ok", rules.desk.say(key, &[]))));
    Ok(Page(page).into_response())
}

/// Loads the draft.
pub async fn load(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    let rules = RulesDesk::open(desk, &slug).await?;
    // Another instance may have stored a newer version of a set since this one looked.
    rules.desk.app.refresh_catalog().await?;
    let desk = &rules.desk;
    let contest = desk.contest(&slug)?;
    let reason = read_reason(&form);
    let parts = parts(&rules);
    let given = Some(reason.as_str()).filter(|reason| !reason.is_empty());
    match load_rules(
        &desk.app,
        desk.now(),
        &desk.staff,
        &contest,
        form.get("stamp"),
        given,
        &parts,
    )
    .await
    {
        Ok(LoadOutcome::Loaded(_) | LoadOutcome::Unchanged) => {
            Ok(Redirect::to(&format!("{}?nap=1", rules.path)).into_response())
        }
        Err(error) => refused(&rules.desk, &slug, error, reason).await,
    }
}

/// The parts of the rules that the draft changes, by the names of their pages.
fn parts(rules: &RulesDesk) -> Vec<&'static str> {
    let mut parts: Vec<&'static str> = changed_pages(&rules.in_force(), &rules.sketch)
        .iter()
        .map(|page| page.section.slug)
        .collect();
    parts.dedup();
    parts
}

fn read_reason(form: &Form) -> String {
    form.get("reason").trim().chars().take(MAX_REASON).collect()
}

/// The page again, read anew, with why nothing was loaded.
async fn refused(
    desk: &Desk,
    slug: &str,
    error: LoadRulesError,
    reason: String,
) -> Result<Response, WebError> {
    let (status, key) = match error {
        LoadRulesError::Gone => (StatusCode::CONFLICT, "rform-stale"),
        LoadRulesError::Overtaken => (StatusCode::CONFLICT, "rform-not-loaded-overtaken"),
        LoadRulesError::Expired => (StatusCode::CONFLICT, "rform-not-loaded-expired"),
        LoadRulesError::Faulty => (StatusCode::UNPROCESSABLE_ENTITY, "rform-not-loaded-faulty"),
        LoadRulesError::ReasonNeeded => (StatusCode::UNPROCESSABLE_ENTITY, "rform-not-loaded-reason"),
        LoadRulesError::Failed(failure) => return Err(failure.into()),
    };
    let rules = RulesDesk::open(desk.clone(), slug).await?;
    let refused = Refused {
        error: Some(desk.say(key, &[])),
        reason,
    };
    Ok((status, Page(view(&rules, refused))).into_response())
}

/// Gives the draft up.
pub async fn drop_draft(
    desk: Desk,
    Path(slug): Path<String>,
    _form: StaffForm,
) -> Result<Response, WebError> {
    let rules = RulesDesk::open(desk, &slug).await?;
    drop_rules(&rules.desk.app, &rules.desk.staff, &rules.contest).await?;
    Ok(Redirect::to(&format!("{}?bo=1", rules.path)).into_response())
}

/// Goes on with the draft although something newer was loaded.
pub async fn follow(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    let rules = RulesDesk::open(desk, &slug).await?;
    if form.get("stamp") != rules.editing.stamp() {
        return refused(&rules.desk, &slug, LoadRulesError::Gone, String::new()).await;
    }
    let (desk, path) = (rules.desk, rules.path);
    follow_rules(&desk.app, desk.now(), &desk.staff, &rules.contest, rules.editing).await?;
    Ok(Redirect::to(&path).into_response())
}

fn view(rules: &RulesDesk, refused: Refused) -> RulesPage {
    let desk = &rules.desk;
    let (checked, in_force) = (rules.check(), rules.in_force());
    let changed = changed_pages(&in_force, &rules.sketch);
    let after = checked.reading.definition.clone();
    let after = after.map(|new| after_load(&rules.contest, &rules.editing.last, new, desk.now()));
    let mut notices = notices(rules);
    let mut lines = settings(
        &rules.maker(first_page(), &checked.faults, &[]),
        &in_force,
        &rules.sketch,
    );
    if let Some((after, kept)) = &after {
        lines.extend(sentences(desk, &rules.contest, after));
        notices.extend(kept_notice(rules, kept));
    }
    let (own, common) = pages(rules, &checked, &changed);
    let differs = !changed.is_empty() || !lines.is_empty();
    RulesPage {
        f: desk.frame_of(&rules.contest),
        c: desk.side(Section::Contests),
        back: crate::web::console::desk::contest_path(&rules.contest),
        title: rules.contest.definition.title.clone(),
        stamp: rules.editing.stamp(),
        is_draft: rules.editing.is_draft,
        overtaken: rules.editing.overtaken,
        notices,
        error: refused.error,
        pages: own,
        common,
        faulty: faulty(rules, &checked),
        may_load: after.is_some() && differs && rules.editing.is_draft && !rules.editing.overtaken,
        changed: differs,
        difference: card(desk, lines),
        whole: after.map(|(after, _)| rules_of(desk, &after)).unwrap_or_default(),
        wants_reason: wants_reason(&rules.contest, desk.now()),
        reason: refused.reason,
        path: rules.path.clone(),
    }
}

fn rules_of(desk: &Desk, contest: &crate::domain::catalog::Contest) -> Vec<Rule> {
    rules(desk.lang(), contest)
}

const fn first_page() -> FormPage {
    let [first, ..] = SECTIONS;
    FormPage {
        section: first,
        round: None,
    }
}

/// Somebody else's draft, somebody else's load.
fn notices(rules: &RulesDesk) -> Vec<(&'static str, String)> {
    let desk = &rules.desk;
    let mut notices = Vec::new();
    if rules.editing.overtaken {
        let last = &rules.editing.last;
        let args = [
            ("name", last.by.clone().into()),
            ("at", format::exact(desk.lang(), last.at).into()),
        ];
        notices.push(("error", desk.say("rform-overtaken", &args)));
    }
    for (name, saved_at) in &rules.editing.others {
        let at = OffsetDateTime::from_unix_timestamp(*saved_at).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let args = [
            ("name", name.clone().into()),
            ("at", format::exact(desk.lang(), at).into()),
        ];
        notices.push(("warn", desk.say("rform-other-draft", &args)));
    }
    notices
}

/// Which opened rounds keep what they have although the draft says otherwise.
fn kept_notice(rules: &RulesDesk, kept: &[u16]) -> Option<(&'static str, String)> {
    let title = |number: &u16| rules.contest.round(*number).map(|round| round.title.clone());
    let titles: Vec<String> = kept.iter().filter_map(title).collect();
    let said = || {
        rules
            .desk
            .say("rform-kept-rounds", &[("rounds", titles.join(", ").into())])
    };
    (!titles.is_empty()).then(|| ("warn", said()))
}

/// The pages of the form, then the rounds that follow the rules for all.
fn pages(rules: &RulesDesk, checked: &Checked, changed: &[FormPage]) -> (Vec<PageLine>, Vec<PageLine>) {
    // Only rounds that have rules of their own, or faults in them, stand among the pages.
    let has_own = |page: &FormPage| {
        let tables = ["paper", "attempts", "prediction", "essay", "ranking"];
        let has = |table: &&str| rules.sketch.get(&format!("{}{table}", page.prefix())).is_some();
        tables.iter().any(has) || checked.faults.iter().any(|fault| fault.page == *page)
    };
    let own = (0..rules.sketch.rows("round")).map(FormPage::own);
    let (own, common): (Vec<FormPage>, Vec<FormPage>) = own.partition(has_own);
    let sections = SECTIONS
        .into_iter()
        .map(|section| FormPage { section, round: None });
    let line = |page: FormPage| PageLine {
        href: format!("{}/{}", rules.path, page.slug()),
        title: rules.title(&page),
        errors: checked
            .faults
            .iter()
            .filter(|fault| fault.error && fault.page == page)
            .count(),
        changed: changed.contains(&page),
    };
    let common = common.into_iter().map(|page| PageLine {
        title: rules.round_title(&page),
        ..line(page)
    });
    (sections.chain(own).map(line).collect(), common.collect())
}

fn faulty(rules: &RulesDesk, checked: &Checked) -> Vec<FaultyPage> {
    let mut seen: Vec<FormPage> = Vec::new();
    for fault in &checked.faults {
        if !seen.contains(&fault.page) {
            seen.push(fault.page);
        }
    }
    let of_page = |page: FormPage| {
        let maker = rules.maker(page, &checked.faults, &[]);
        FaultyPage {
            href: format!("{}/{}", rules.path, page.slug()),
            title: rules.title(&page),
            lines: maker.summary(&maker.groups()),
        }
    };
    seen.into_iter().map(of_page).collect()
}
