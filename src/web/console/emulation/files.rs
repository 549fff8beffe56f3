//! Files of emulation work: templates to fill in, lists to take out.

use crate::bank::{awards_template, clusters_template};
use crate::document::{Cell, Format, Table, body};
use crate::domain::staff::Right;
use crate::store::results::Rows;
use crate::web::console::desk::Desk;
use crate::web::error::WebError;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// `GET …/mau/{file}`: a list with its heads and an example.
pub(super) async fn template(desk: Desk, Path(file): Path<String>) -> Result<Response, WebError> {
    desk.require(Right::See)?;
    let text = match file.as_str() {
        "cum.csv" => clusters_template(),
        "khen-thuong.csv" => awards_template(),
        _ => return Err(WebError::NotFound),
    };
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"mau-{file}\""),
        ),
    ];
    Ok((headers, text).into_response())
}

/// The formats that lists of emulation work are given in.
pub fn format(word: &str) -> Result<Format, WebError> {
    Format::parse(word)
        .filter(|format| *format != Format::Json)
        .ok_or(WebError::BadForm)
}

/// A list as a download.
pub fn send((table, rows): (Table, Rows<Vec<Cell>>), format: Format) -> Response {
    let headers = [
        (CONTENT_TYPE, format.media_type().to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}.{}\"", table.file_stem, format.name()),
        ),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, Body::from_stream(body(table, format, rows))).into_response()
}
