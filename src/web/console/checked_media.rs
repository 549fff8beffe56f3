//! Pictures, sounds and films of a set that was checked and not loaded yet.
//!
//! Owns one address, for the person who checked; after a load everybody's address is that of `web::media`.

use super::desk::Desk;
use crate::action::check_question_set::find_checked_media;
use crate::domain::media::MediaName;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use axum::extract::Path;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// Sends a file as it would be shown.
pub async fn show(
    desk: Desk,
    Path((slug, token, name)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let name = MediaName::parse(&name).ok_or(WebError::NotFound)?;
    let found = find_checked_media(&desk.app, &desk.staff, contest.id, &token, &name).await?;
    let content = found.ok_or(WebError::NotFound)?;
    let headers = [
        (CONTENT_TYPE, name.format().content_type()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    Ok((headers, content).into_response())
}
