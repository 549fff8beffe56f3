//! The check of a question file: what is wrong with it and where, beside its questions as entrants will see them.
//!
//! Owns one page, reached by sending a file and by reading it again in another way; nothing is stored until it is loaded.

use super::check_view::{CheckCard, LikePair, Outside, WayLine, cards, outside, pairs, ways};
use super::desk::{Desk, Section, Side, contest_path};
use super::diff_view::{SetDifference, set_difference};
use super::effect::{Notice, effect_notices};
use super::questions;
use super::sent_file::Sent;
use super::set_view::{FaultRow, fault_rows};
use crate::action::check_question_set::{Checked, GoodPart, check_question_set};
use crate::action::read_question_file::{QuestionFile, find_kept};
use crate::bank::{KeyConvention, LoadedSet, summary};
use crate::domain::catalog::Contest;
use crate::domain::media::MediaName;
use crate::domain::question::SetVersion;
use crate::domain::set_diff::KeyedSet;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "console/check.html")]
struct CheckPage {
    f: Frame,
    c: Side,
    path: String,
    file: String,
    summary: String,
    refused: bool,
    set: Option<(String, String)>,
    notices: Vec<Notice>,
    way: Option<String>,
    ways: Vec<WayLine>,
    difference: Option<SetDifference>,
    faults: Vec<FaultRow>,
    pairs: Vec<LikePair>,
    cards: Vec<CheckCard>,
    more: Option<String>,
    outside: Option<Outside>,
    /// Leads to the file as it was sent, with the way in which it was read.
    kept: Option<(String, &'static str)>,
    readable: bool,
    token: Option<String>,
    good: Option<GoodView>,
}

/// The good questions of a faulty file.
struct GoodView {
    says: String,
    left_out: String,
    notices: Vec<Notice>,
    difference: Option<String>,
    token: Option<String>,
}

/// Checks a file or pasted text.
pub async fn check(
    desk: Desk,
    Path(slug): Path<String>,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let multipart = multipart.map_err(|_| WebError::BadForm)?;
    let sent = Sent::read(&desk, &headers, multipart).await?;
    match sent.chosen() {
        Some((name, bytes)) => {
            let file = QuestionFile {
                name,
                bytes,
                wanted: None,
                kept: None,
            };
            read(&desk, &contest, file).await
        }
        None => questions::refused(&desk, &contest, desk.say("console-set-nothing", &[])).await,
    }
}

/// Reads the file that was sent last in another way.
pub async fn again(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    match find_kept(&desk.app, &desk.staff, contest.id, form.get("kept")).await? {
        Some(kept) => {
            let file = QuestionFile {
                name: kept.name,
                bytes: kept.bytes,
                wanted: KeyConvention::parse(form.get("way")),
                kept: Some(form.get("kept").to_owned()),
            };
            read(&desk, &contest, file).await
        }
        None => questions::refused(&desk, &contest, desk.say("desk-file-gone", &[])).await,
    }
}

async fn read(desk: &Desk, contest: &Contest, file: QuestionFile) -> Result<Response, WebError> {
    let name = file.name.clone();
    let checked = check_question_set(&desk.app, desk.now(), &desk.staff, contest, file).await?;
    let status = if checked.token.is_some() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, Page(report(desk, contest, name, checked))).into_response())
}

fn report(desk: &Desk, contest: &Contest, file: String, checked: Checked) -> CheckPage {
    let shown = cards(
        desk,
        &checked,
        &format!("{}/bo-cau-hoi/tep", contest_path(contest)),
    );
    let way = checked.beside.convention;
    let notices = match &checked.set {
        Some(_) => effect_notices(desk, contest, &checked.effect, checked.head.is_none()),
        None => Vec::new(),
    };
    CheckPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Contests),
        path: contest_path(contest),
        summary: summary(&checked.faults, checked.count, desk.lang()),
        refused: checked.token.is_none(),
        notices,
        way: way.map(|way| desk.say("desk-way-is", &[("n", way.title(desk.lang()).into())])),
        ways: ways(desk, &checked.beside),
        difference: checked.set.as_ref().and_then(|set| {
            difference(
                desk,
                contest,
                checked.head.as_ref(),
                set,
                checked.token.as_deref(),
            )
        }),
        good: checked.good.as_ref().map(|good| good_view(desk, contest, good)),
        faults: fault_rows(desk.lang(), &checked.faults),
        pairs: pairs(desk, &checked),
        readable: checked.set.is_some(),
        cards: shown.cards,
        more: shown.more,
        outside: outside(desk, &checked.beside),
        kept: checked
            .file
            .map(|token| (token, way.map_or("", KeyConvention::name))),
        set: checked.set.map(|set| (set.set.title, set.set.id.0)),
        token: checked.token,
        file,
    }
}

fn good_view(desk: &Desk, contest: &Contest, good: &GoodPart) -> GoodView {
    let number = |n: usize| format::number(desk.lang(), i64::try_from(n).unwrap_or(i64::MAX));
    let args = [
        ("n", number(good.set.set.questions.len()).into()),
        ("left", number(good.left_out.len()).into()),
    ];
    let places: Vec<String> = good.left_out.iter().map(u32::to_string).collect();
    let differs = difference(
        desk,
        contest,
        good.head.as_ref(),
        &good.set,
        good.token.as_deref(),
    );
    GoodView {
        says: desk.say("bank-good", &args),
        left_out: desk.say("bank-good-left-out", &[("places", places.join(", ").into())]),
        notices: effect_notices(desk, contest, &good.effect, good.head.is_none()),
        difference: differs
            .map(|differs| desk.say("bank-good-differs", &[("counts", differs.counts.into())])),
        token: good.token.clone(),
    }
}

/// What differs from the newest version of the same set; `token` leads to what came along and is not loaded yet.
fn difference(
    desk: &Desk,
    contest: &Contest,
    head: Option<&SetVersion>,
    set: &LoadedSet,
    token: Option<&str>,
) -> Option<SetDifference> {
    let before = contest.keyed_set(head?)?;
    let after = KeyedSet {
        set: &set.set,
        key: &set.key,
    };
    let media = before.set.questions.iter().flat_map(|question| &question.media);
    let known: BTreeSet<&MediaName> = media
        .filter_map(|media| media.stored.as_ref())
        .map(|stored| &stored.name)
        .collect();
    let files = format!("{}/bo-cau-hoi/tep", contest_path(contest));
    let address = |name: &MediaName| match token {
        _ if known.contains(name) => Some(name.address()),
        Some(token) => Some(format!("{files}/{token}/{name}")),
        None => None,
    };
    Some(set_difference(desk, before, after, &address))
}
