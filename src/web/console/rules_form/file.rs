//! The rules as a file: taking `contest.toml` away, and sending one in as the draft.
//!
//! Owns the two handlers; a file with broken grammar is explained and kept out, any other becomes the draft with its faults.

use super::apply::shaped;
use super::desk::RulesDesk;
use crate::action::edit_rules::{check_rules, keep_rules};
use crate::bank::{MAX_FILE_BYTES, Sketch};
use crate::web::console::desk::{Desk, Section, Side};
use crate::web::console::sent_file::Sent;
use crate::web::console::set_view::{FaultRow, fault_rows};
use crate::web::error::WebError;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

/// Longest request with a file, in bytes.
pub const MAX_REQUEST: usize = MAX_FILE_BYTES + 64 * 1024;

#[derive(Template)]
#[template(path = "console/rules_file.html")]
struct RefusedFile {
    f: Frame,
    c: Side,
    path: String,
    message: String,
    faults: Vec<FaultRow>,
}

/// The draft, or the rules in force, as a file.
pub async fn download(desk: Desk, Path(slug): Path<String>) -> Result<Response, WebError> {
    let rules = RulesDesk::open(desk, &slug).await?;
    let headers = [
        (CONTENT_TYPE, "application/toml; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"contest.toml\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, rules.editing.text).into_response())
}

/// Takes a file as the draft.
pub async fn upload(
    desk: Desk,
    Path(slug): Path<String>,
    headers: HeaderMap,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, WebError> {
    let rules = RulesDesk::open(desk, &slug).await?;
    let multipart = multipart.map_err(|_| WebError::BadForm)?;
    let sent = Sent::read(&rules.desk, &headers, multipart).await?;
    let Some((_, bytes)) = sent.chosen() else {
        return Ok(refused(&rules, "rform-file-nothing", Vec::new()));
    };
    let text = std::str::from_utf8(&bytes).ok();
    match text
        .map(|text| text.trim_start_matches('\u{feff}'))
        .and_then(Sketch::read)
    {
        Some(sketch) if bytes.len() <= MAX_FILE_BYTES => {
            let (desk, contest) = (&rules.desk, &rules.contest);
            let text = shaped(sketch).write();
            keep_rules(&desk.app, desk.now(), &desk.staff, contest, &rules.editing, text).await?;
            Ok(Redirect::to(&rules.path).into_response())
        }
        _ => {
            let reading = check_rules(&rules.contest, &rules.editing.last, &bytes);
            let faults = fault_rows(rules.desk.lang(), &reading.faults);
            Ok(refused(&rules, "rform-file-broken", faults))
        }
    }
}

fn refused(rules: &RulesDesk, key: &str, faults: Vec<FaultRow>) -> Response {
    let desk = &rules.desk;
    let page = RefusedFile {
        f: desk.frame_of(&rules.contest),
        c: desk.side(Section::Contests),
        path: rules.path.clone(),
        message: desk.say(key, &[]),
        faults,
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response()
}
