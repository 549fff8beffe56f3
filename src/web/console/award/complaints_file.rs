//! The register of complaints as a file: whose columns are asked for, for what purpose.
//!
//! Owns the form and the download; columns are `document`'s, the line in the log `action::note_export`'s.

use super::complaints;
use crate::action::note_export::{NotedList, note_list_export};
use crate::document::{ComplaintColumn, complaint_list};
use crate::domain::staff::Right;
use crate::web::console::desk::{Desk, Place};
use crate::web::console::emulation::files;
use crate::web::console::form_faults::FormFaults;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm};
use crate::web::format;
use axum::extract::Path;
use axum::response::Response;
use std::collections::BTreeSet;

/// Complaints in a file; no contest comes near.
const MOST: i64 = 100_000;
/// Shortest and longest reason for giving out personal data, as for other lists.
const REASON: std::ops::RangeInclusive<usize> = 10..=500;

/// The form as it stands on the page.
pub(super) struct FileForm {
    /// Name, label, ticked.
    pub(super) columns: Vec<(&'static str, String, bool)>,
    /// Of the whole contest, not of this round alone.
    pub(super) whole: bool,
    pub(super) reason: String,
}

impl FileForm {
    /// The empty form.
    pub(super) fn fresh(desk: &Desk) -> Self {
        Self::with(desk, &BTreeSet::new())
    }

    fn with(desk: &Desk, ticked: &BTreeSet<ComplaintColumn>) -> Self {
        let column = |column: ComplaintColumn| {
            let label = desk.say(&format!("register-column-{}", column.name()), &[]);
            (column.name(), label, ticked.contains(&column))
        };
        Self {
            columns: ComplaintColumn::ALL.map(column).into(),
            whole: false,
            reason: String::new(),
        }
    }
}

/// `POST …/khieu-nai/tai`
pub(super) async fn download(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let place = desk.round(&slug, number)?;
    let format = files::format(form.get("format"))?;
    let with: BTreeSet<ComplaintColumn> = form.all("cot").filter_map(ComplaintColumn::parse).collect();
    let reason = form.get("muc-dich").trim();
    let faults = faults(&desk, &form, &with, reason);
    if !faults.is_empty() {
        return again(&desk, &place, &form, (&with, faults)).await;
    }
    let round = (form.get("pham-vi") != "cuoc-thi").then_some(&place.round);
    let columns: Vec<&'static str> = with.iter().map(|column| column.name()).collect();
    let list = NotedList {
        name: "complaints",
        format: format.name(),
        columns: &columns,
        reason: Some(reason).filter(|reason| !reason.is_empty()),
    };
    let scope = (place.contest.id, round.map(|round| round.id));
    note_list_export(&desk.app, desk.now(), desk.by(), scope, list).await?;
    let complaints = desk
        .app
        .store
        .load_complaint_register(scope.0, scope.1, MOST)
        .await?;
    let as_of = (desk.now(), format::exact(desk.lang(), desk.now()));
    let about = (place.contest.as_ref(), round);
    let list = complaint_list(desk.lang(), about, as_of, &complaints, &with);
    Ok(files::send(list, format))
}

/// What is missing before personal columns are given out.
fn faults(desk: &Desk, form: &Form, with: &BTreeSet<ComplaintColumn>, reason: &str) -> FormFaults {
    let mut faults = FormFaults::default();
    let length = reason.chars().count();
    if length > *REASON.end() || (!with.is_empty() && length < *REASON.start()) {
        let n = [("n", REASON.start().to_string().into())];
        faults.add("muc-dich", desk.say("papers-reason-missing", &n));
    }
    if !with.is_empty() && form.get("xac-nhan") != "yes" {
        faults.add("xac-nhan", desk.say("papers-confirm-missing", &[]));
    }
    faults
}

async fn again(
    desk: &Desk,
    place: &Place,
    form: &Form,
    (with, faults): (&BTreeSet<ComplaintColumn>, FormFaults),
) -> Result<Response, WebError> {
    let file = FileForm {
        whole: form.get("pham-vi") == "cuoc-thi",
        reason: form.get("muc-dich").chars().take(*REASON.end()).collect(),
        ..FileForm::with(desk, with)
    };
    complaints::refused_file(desk, place, (file, faults)).await
}
