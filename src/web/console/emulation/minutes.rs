//! The minutes of a counted vote as Word or PDF.

use super::vote::{cluster_of, find};
use crate::action::hold_vote::vote_tally;
use crate::action::register_awards::note_export;
use crate::document::official::{Minutes, Print, PrintError, minutes, write_paper};
use crate::domain::official::House;
use crate::domain::staff::Right;
use crate::web::console::desk::Desk;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// `POST …/phieu/{vote}/bien-ban`
pub(super) async fn download(
    desk: Desk,
    Path(id): Path<i32>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let vote = find(&desk, id).await?;
    let print = Print::parse(form.get("format")).ok_or(WebError::BadForm)?;
    let house = House::parse(form.get("form")).unwrap_or(House::Government);
    let tally = vote_tally(&desk.app, &vote).await?.ok_or(WebError::NotFound)?;
    let cluster = cluster_of(&desk, &vote).await?;
    let delegates = desk.app.store.list_delegates(vote.id).await?;
    note_export(
        &desk.app,
        desk.now(),
        desk.by(),
        ("vote-minutes", print.name()),
        true,
    )
    .await?;
    let paper = minutes(&Minutes {
        cluster: &cluster,
        vote: &vote,
        delegates: &delegates,
        tally: &tally,
        house,
        as_of: desk.now(),
    });
    let file = format!("attachment; filename=\"{}.{}\"", paper.file_stem, print.name());
    let bytes = write_paper(paper, print).await.map_err(|error| match error {
        PrintError::Stopped => WebError::Busy,
        PrintError::Set(_) | PrintError::NoTypesetter => WebError::Internal(error.into()),
    })?;
    let headers = [
        (CONTENT_TYPE, print.media_type().to_owned()),
        (CONTENT_DISPOSITION, file),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
