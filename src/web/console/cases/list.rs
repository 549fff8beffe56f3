//! The cases of a sealed round: what was seen, how far each is.
//!
//! Owns one page; names stand nowhere on it.

use super::words::{sentences, sign_name};
use crate::domain::case::CaseState;
use crate::domain::round::RoundStage;
use crate::domain::staff::Right;
use crate::store::review::{StoredCase, StoredReview};
use crate::web::console::desk::{Desk, Place, Section, Side};
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};

#[derive(Template)]
#[template(path = "console/cases/list.html")]
struct ListPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    places: String,
    /// Why there are no sheets yet.
    wait: Option<String>,
    /// When the review was made, of how many entries.
    made: Option<String>,
    /// How many cases are in each state.
    summary: Option<String>,
    cases: Vec<CaseLine>,
}

struct CaseLine {
    path: String,
    /// "Phiếu số 3: làm nhanh".
    title: String,
    facts: String,
    state: String,
    class: &'static str,
}

/// `GET …/phieu`
pub async fn page(desk: Desk, Path((slug, number)): Path<(String, u16)>) -> Result<Response, WebError> {
    desk.require(Right::Approve)?;
    let place = desk.round(&slug, number)?;
    let sealed = place.round.stage != RoundStage::Scheduled;
    let review = match sealed {
        true => desk.app.store.find_review(place.round.id).await?,
        false => None,
    };
    let wait = match (&review, sealed) {
        (Some(_), _) => None,
        (None, false) => Some("case-wait-sealed"),
        (None, true) => Some("case-wait-review"),
    };
    let mut view = ListPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("case-list-title", &[("round", place.title().into())]),
        back: place.path(),
        round: place.round.title.clone(),
        places: format!("{}/noi-thi-chung", place.contest_path()),
        wait: wait.map(|key| desk.say(key, &[])),
        made: None,
        summary: None,
        cases: Vec::new(),
    };
    if let Some(review) = review {
        fill(&desk, &place, &review, &mut view).await?;
    }
    Ok(Page(view).into_response())
}

async fn fill(
    desk: &Desk,
    place: &Place,
    review: &StoredReview,
    view: &mut ListPage,
) -> Result<(), WebError> {
    let cases = desk.app.store.list_cases(review.id).await?;
    let findings = desk.app.store.list_case_findings(review.id).await?;
    let mut lines: Vec<(bool, CaseLine)> = Vec::new();
    let (mut waiting, mut agreed, mut differ) = (0_i64, 0_i64, 0_i64);
    for case in &cases {
        let state = CaseState::of(findings.get(&case.id).map_or(&[], Vec::as_slice));
        match state {
            CaseState::Open | CaseState::Half => waiting += 1,
            CaseState::Agreed(_) => agreed += 1,
            CaseState::Differ => differ += 1,
        }
        lines.push((
            matches!(state, CaseState::Agreed(_)),
            line(desk, place, case, state),
        ));
    }
    // What still needs somebody stands first, otherwise in the order of the review.
    lines.sort_by_key(|(done, _)| *done);
    view.cases = lines.into_iter().map(|(_, line)| line).collect();
    let number = |n| format::number(desk.lang(), n);
    let made = [
        ("at", format::exact(desk.lang(), review.at).into()),
        ("n", number(review.population.entries).into()),
        ("people", number(review.population.people).into()),
    ];
    view.made = Some(desk.say("case-made", &made));
    let summary = [
        ("n", cases.len().to_string().into()),
        ("waiting", number(waiting).into()),
        ("agreed", number(agreed).into()),
        ("differ", number(differ).into()),
    ];
    view.summary = Some(desk.say("case-summary", &summary));
    Ok(())
}

fn line(desk: &Desk, place: &Place, case: &StoredCase, state: CaseState) -> CaseLine {
    let unit = case.sheet.entries.first().map(|entry| entry.unit);
    let unit = unit.map(|unit| place.contest.unit_path(unit)).unwrap_or_default();
    let [facts, ..] = sentences(desk.lang(), unit, &case.sheet.sign);
    CaseLine {
        path: place.step(&format!("phieu/{}", case.id)),
        title: title(desk, case),
        facts,
        state: desk.say(&format!("case-state-{}", state.name()), &[]),
        class: match state {
            CaseState::Agreed(_) => "",
            CaseState::Open | CaseState::Half => "warn",
            CaseState::Differ => "must",
        },
    }
}

/// "Phiếu số 3: làm nhanh".
pub(super) fn title(desk: &Desk, case: &StoredCase) -> String {
    let sign = desk.say(&format!("case-sign-{}", sign_name(&case.sheet.sign)), &[]);
    let args = [("n", case.number.to_string().into()), ("sign", sign.into())];
    desk.say("case-title", &args)
}
