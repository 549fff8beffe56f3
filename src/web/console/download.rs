//! Downloads of a round's lists as csv, xlsx or json.
//!
//! Owns the answer's headers; rows and the line in the log are `action::export`'s, columns `document`'s.

use super::desk::{Desk, contest_path};
use crate::action::export::{ExportError, ExportOrder, export};
use crate::document::{About, Format, body, cells, table};
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::round::Round;
use crate::domain::staff::Right;
use crate::store::results::Listing;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Sends a list, row by row as it is read.
pub async fn download(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let place = desk.round(&slug, number)?;
    let listing = Listing::parse(form.get("list")).filter(|listing| *listing != Listing::Participants);
    let (Some(listing), Some(format)) = (listing, Format::parse(form.get("format"))) else {
        return Err(WebError::BadForm);
    };
    let scope = (&place.contest, Some(&place.round));
    send(&desk, scope, (listing, format), BTreeSet::new(), None).await
}

/// Sends a list of a round, or of the contest as a whole, with personal columns where they were asked for.
pub(super) async fn send(
    desk: &Desk,
    (contest, round): (&Arc<Contest>, Option<&Round>),
    (listing, format): (Listing, Format),
    with: BTreeSet<Field>,
    reason: Option<&str>,
) -> Result<Response, WebError> {
    let order = ExportOrder {
        listing,
        round,
        format: format.name(),
        with: &with,
        reason,
    };
    let out = match export(&desk.app, desk.now(), desk.by(), contest, order).await {
        Ok(out) => out,
        // The list is offered once there is a ranking, and that of questions once the round is sealed; the contest's page
        // shows how far it is.
        Err(ExportError::NotRanked(number) | ExportError::NotSealed(number)) => {
            let round = number.map(|number| format!("?vong={number}")).unwrap_or_default();
            return Ok(Redirect::to(&format!("{}{round}", contest_path(contest))).into_response());
        }
        Err(ExportError::NoSuchFields | ExportError::ReasonNeeded) => return Err(WebError::BadForm),
        Err(ExportError::Failed(failure)) => return Err(failure.into()),
    };
    let about = About {
        listing,
        contest,
        round,
        as_of: out.as_of,
        provisional: out.provisional,
        ranking: out.ranking.as_ref(),
        with: &with,
    };
    let table = table(desk.lang(), &about);
    let file = format!("attachment; filename=\"{}.{}\"", table.file_stem, format.name());
    let headers = [
        (CONTENT_TYPE, format.media_type().to_owned()),
        (CONTENT_DISPOSITION, file),
        (CACHE_CONTROL, "no-store".into()),
    ];
    let place = (Arc::clone(contest), desk.app.public_url().origin());
    let rows = cells(desk.lang(), place, out.rows, with);
    Ok((headers, Body::from_stream(body(table, format, rows))).into_response())
}
