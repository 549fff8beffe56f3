//! Downloads of a round's lists as csv, xlsx or json.
//!
//! Owns the answer's headers; rows and the line in the log are `action::export`'s, columns `document`'s.

use super::desk::{Desk, Place};
use crate::action::export::{ExportError, ExportOrder, export};
use crate::document::{About, Format, body, cells, table};
use crate::domain::staff::Right;
use crate::store::results::Listing;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
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
    send(&desk, &place, listing, format).await
}

async fn send(desk: &Desk, place: &Place, listing: Listing, format: Format) -> Result<Response, WebError> {
    let order = ExportOrder {
        listing,
        round: Some(&place.round),
        format: format.name(),
        reason: None,
    };
    let out = match export(&desk.app, desk.now(), desk.by(), &place.contest, order).await {
        Ok(out) => out,
        // The list is offered once there is a ranking; the round's page shows how far it is.
        Err(ExportError::NotRanked(_) | ExportError::NotSealed(_)) => {
            return Ok(Redirect::to(&place.path()).into_response());
        }
        Err(ExportError::Failed(failure)) => return Err(failure.into()),
    };
    let about = About {
        listing,
        contest: &place.contest,
        round: Some(&place.round),
        as_of: out.as_of,
        provisional: out.provisional,
        ranking: out.ranking.as_ref(),
    };
    let table = table(desk.lang(), &about);
    let file = format!("attachment; filename=\"{}.{}\"", table.file_stem, format.name());
    let headers = [
        (CONTENT_TYPE, format.media_type().to_owned()),
        (CONTENT_DISPOSITION, file),
        (CACHE_CONTROL, "no-store".into()),
    ];
    let rows = cells(desk.lang(), Arc::clone(&place.contest), out.rows);
    Ok((headers, Body::from_stream(body(table, format, rows))).into_response())
}
