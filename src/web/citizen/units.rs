//! Choosing a unit: search, the tree to unfold, and the list of all units as a page.
//!
//! Owns what is offered; how a unit is found by what people type is `domain::unit`'s.

use super::place::{Asked, InContest};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::participant::local_date;
use crate::domain::unit::{Unit, search};
use crate::i18n::{self, Lang};
use crate::web::WebError;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use crate::web::words::{count, say};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use time::Date;

/// Units offered by one search.
const HITS: usize = 10;
/// Units in the tree to unfold; below that many levels only the search leads.
const TREE: usize = 300;
/// Longest search text looked at, in characters.
const SEARCH: usize = 80;

/// A unit to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// "thuộc Đảng bộ huyện Chi Lăng", empty at the top.
    pub above: String,
    /// Chosen.
    pub checked: bool,
}

/// What a search brings, and what is chosen already.
#[derive(Debug, Clone, Default)]
pub struct Hits {
    /// "Có 4 đơn vị", empty where nothing was searched for.
    pub count: String,
    /// The units.
    pub choices: Vec<Choice>,
}

/// The tree as a list of tags to open and close.
#[derive(Debug, Clone)]
pub enum Step {
    /// A branch with its name and the number of units below.
    Open(String, usize),
    /// A unit.
    Leaf(Choice),
    /// The end of a branch.
    Close,
}

#[derive(Template)]
#[template(path = "citizen/unit-hits.html")]
struct HitsFragment {
    hits: Hits,
}

#[derive(Template)]
#[template(path = "citizen/units.html")]
struct UnitsPage {
    f: Frame,
    base: String,
    title: String,
    tree: Vec<Step>,
    count: String,
}

/// `GET /cuoc-thi/{contest}/don-vi`: with `?q=` the fragment that the search field shows, otherwise the list.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    asked: Asked,
) -> Result<Response, WebError> {
    let (lang, today) = (visitor.display.lang, local_date(visitor.now));
    if asked.has("q") {
        let hits = hits(lang, &contest, today, asked.get("q"), "");
        return Ok(Page(HitsFragment { hits }).into_response());
    }
    let open = contest
        .units
        .iter()
        .filter(|unit| contest.takes_entries_for(unit, today))
        .count();
    let page = UnitsPage {
        f: Frame::of(&app, &visitor, &contest),
        base: format!("/cuoc-thi/{}", contest.definition.slug),
        title: contest.definition.title.clone(),
        tree: tree(lang, &contest, today),
        count: count(lang, "units-count", i64::try_from(open).unwrap_or(0)),
    };
    Ok(Page(page).into_response())
}

/// Units found by what was typed, with the chosen one on top if it is not among them.
pub fn hits(lang: Lang, contest: &Contest, today: Date, typed: &str, chosen: &str) -> Hits {
    let typed: String = typed.chars().take(SEARCH).collect();
    let open = contest
        .units
        .iter()
        .filter(|unit| contest.takes_entries_for(unit, today));
    let mut found = search(open, &typed, HITS + 1);
    let count = match found.len() {
        _ if typed.trim().is_empty() => String::new(),
        0 => i18n::text(lang, "units-none", &[]),
        n if n > HITS => i18n::text(lang, "units-many", &[]),
        n => count(lang, "units-found", i64::try_from(n).unwrap_or(0)),
    };
    found.truncate(HITS);
    let own = contest
        .unit_by_code(chosen)
        .filter(|unit| contest.takes_entries_for(unit, today));
    if let Some(own) = own.filter(|own| found.iter().all(|unit| unit.id != own.id)) {
        found.insert(0, own);
    }
    let choices = found
        .into_iter()
        .map(|unit| choice(lang, contest, unit, unit.definition.code == chosen))
        .collect();
    Hits { count, choices }
}

fn choice(lang: Lang, contest: &Contest, unit: &Unit, checked: bool) -> Choice {
    let above: Vec<&str> = unit
        .ancestors
        .iter()
        .filter_map(|id| contest.unit(*id))
        .map(|unit| unit.definition.name.as_str())
        .collect();
    let above = if above.is_empty() {
        String::new()
    } else {
        say(lang, "units-above", &[("above", &above.join(", "))])
    };
    Choice {
        code: unit.definition.code.clone(),
        name: unit.definition.name.clone(),
        above,
        checked,
    }
}

/// The tree of units, as deep as it stays easy to look through.
pub fn tree(lang: Lang, contest: &Contest, today: Date) -> Vec<Step> {
    let open: Vec<&Unit> = contest
        .units
        .iter()
        .filter(|unit| contest.takes_entries_for(unit, today))
        .collect();
    let deepest = (1..=8)
        .rev()
        .find(|level| open.iter().filter(|unit| unit.level <= *level).count() <= TREE);
    let shown: Vec<&Unit> = open
        .into_iter()
        .filter(|unit| unit.level <= deepest.unwrap_or(1))
        .collect();
    let mut steps = Vec::new();
    for top in shown.iter().filter(|unit| unit.ancestors.is_empty()) {
        branch(lang, &shown, top, &mut steps);
    }
    steps
}

fn branch(lang: Lang, shown: &[&Unit], unit: &Unit, steps: &mut Vec<Step>) {
    let below: Vec<&&Unit> = shown
        .iter()
        .filter(|other| other.ancestors.first() == Some(&unit.id))
        .collect();
    let own = |above| Choice {
        code: unit.definition.code.clone(),
        name: unit.definition.name.clone(),
        above,
        checked: false,
    };
    if below.is_empty() {
        steps.push(Step::Leaf(own(String::new())));
        return;
    }
    let all = shown
        .iter()
        .filter(|other| other.ancestors.contains(&unit.id))
        .count();
    steps.push(Step::Open(unit.definition.name.clone(), all));
    steps.push(Step::Leaf(own(i18n::text(lang, "units-whole", &[]))));
    for other in below {
        branch(lang, shown, other, steps);
    }
    steps.push(Step::Close);
}
