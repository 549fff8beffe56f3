//! Files to take away: the report of a check, what was read, stored sets, the workbook to be filled in.
//!
//! Owns the answers' headers and names; writing is `bank`'s. Everything with a key in it asks for the right to load sets.

use super::desk::Desk;
use super::questions;
use crate::action::read_question_file::{QuestionFile, ReadFile, find_kept, read_question_file};
use crate::action::take_out_set::note_set_taken;
use crate::bank::{
    Format, KeyConvention, KeyPart, LoadedSet, MediaFile, PaperHead, faults_xlsx, render_faults,
    write_docx_with, write_question_file_with, xlsx_template, zip_bundle,
};
use crate::domain::catalog::Contest;
use crate::domain::question::SetId;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// What is to be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    ReportXlsx,
    ReportText,
    /// A paper to hand out.
    Paper,
    Set(Format),
}

impl Want {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "report-xlsx" => Some(Self::ReportXlsx),
            "report-txt" => Some(Self::ReportText),
            "docx-paper" => Some(Self::Paper),
            word => Format::named(word)
                .filter(|format| format.is_written())
                .map(Self::Set),
        }
    }
}

/// The workbook to be filled in.
pub async fn template(desk: Desk) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let bytes = xlsx_template().ok_or_else(|| WebError::internal("the template could not be written"))?;
    Ok(file("mau-cau-hoi.xlsx", XLSX, bytes))
}

/// The report of the last check, or its questions in another format.
pub async fn of_check(
    desk: Desk,
    Path(slug): Path<String>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let want = Want::parse(form.get("want")).ok_or(WebError::BadForm)?;
    let kept = find_kept(&desk.app, &desk.staff, contest.id, form.get("kept")).await?;
    let Some(kept) = kept else {
        return questions::refused(&desk, &contest, desk.say("desk-file-gone", &[])).await;
    };
    let file = QuestionFile {
        name: kept.name.clone(),
        bytes: kept.bytes,
        wanted: KeyConvention::parse(form.get("way")),
        kept: None,
    };
    let read = read_question_file(&desk.app, &contest, file).await?;
    written(&desk, &contest, &kept.name, &read, want)
}

fn written(
    desk: &Desk,
    contest: &Contest,
    name: &str,
    read: &ReadFile,
    want: Want,
) -> Result<Response, WebError> {
    let (faults, count) = (&read.imported.faults, read.imported.questions);
    match want {
        Want::ReportText => {
            let text = render_faults(faults, count, desk.lang());
            Ok(file(
                "kiem-tra.txt",
                "text/plain; charset=utf-8",
                text.into_bytes(),
            ))
        }
        Want::ReportXlsx => {
            let bytes = faults_xlsx(name, faults, count, desk.lang());
            let bytes = bytes.ok_or_else(|| WebError::internal("the report could not be written"))?;
            Ok(file("kiem-tra.xlsx", XLSX, bytes))
        }
        Want::Paper | Want::Set(_) => {
            let set = read.imported.loaded.as_ref().ok_or(WebError::BadForm)?;
            set_file(contest, set, want, &read.imported.media)
        }
    }
}

/// The newest version of a stored set in another format; the act is recorded.
pub async fn of_set(
    desk: Desk,
    Path((slug, set)): Path<(String, String)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let want = Want::parse(form.get("want")).ok_or(WebError::BadForm)?;
    let id = SetId(set);
    let version = contest.heads.get(&id).ok_or(WebError::NotFound)?;
    let stored = contest.keyed_set(version).ok_or(WebError::NotFound)?;
    let set = LoadedSet {
        version: version.clone(),
        set: stored.set.clone(),
        key: stored.key.clone(),
    };
    let media = stored_media(&desk, &set).await?;
    let answer = set_file(&contest, &set, want, &media)?;
    note_set_taken(
        &desk.app,
        desk.now(),
        &desk.staff,
        &contest,
        &set,
        form.get("want"),
    )
    .await?;
    Ok(answer)
}

/// What the questions of a stored set show, by the paths that they name.
async fn stored_media(desk: &Desk, set: &LoadedSet) -> Result<Vec<MediaFile>, WebError> {
    let store = &desk.app.store;
    let mut files: Vec<MediaFile> = Vec::new();
    for media in set.set.questions.iter().flat_map(|question| &question.media) {
        let Some(stored) = media
            .stored
            .as_ref()
            .filter(|_| files.iter().all(|file| file.path != media.file))
        else {
            continue;
        };
        let length = store.find_media_length(&stored.name).await?.unwrap_or_default();
        files.push(MediaFile {
            path: media.file.clone(),
            alt: media.alt.clone(),
            bytes: store.load_media_part(&stored.name, 0, length).await?,
        });
    }
    Ok(files)
}

fn set_file(
    contest: &Contest,
    set: &LoadedSet,
    want: Want,
    media: &[MediaFile],
) -> Result<Response, WebError> {
    let find = |path: &str| {
        let file = media.iter().find(|file| file.path == path);
        file.map(|file| file.bytes.clone())
    };
    let head = PaperHead {
        organiser: Some(contest.definition.organiser.clone()),
        contest: Some(contest.definition.title.clone()),
        minutes: contest
            .definition
            .rules_default
            .paper
            .time_limit_s
            .map(|seconds| seconds.div_ceil(60)),
    };
    let id = &set.set.id;
    match want {
        Want::Paper => {
            let name = format!("{id}-de-thi.docx");
            let paper = write_docx_with(&name, set, KeyPart::Without, &head, &find);
            Ok(file(&name, DOCX, paper.bytes))
        }
        Want::Set(Format::Docx) => {
            let name = format!("{id}.docx");
            let paper = write_docx_with(&name, set, KeyPart::With, &head, &find);
            Ok(file(&name, DOCX, paper.bytes))
        }
        Want::Set(format) => {
            let name = format!("{id}{}", format.ending());
            let written = write_question_file_with(format, &name, set, KeyPart::With, &find);
            let written = written.map_err(|_| WebError::internal("the set could not be written"))?;
            let names_media = matches!(format, Format::Toml | Format::Json | Format::Xlsx | Format::Csv);
            if names_media && !media.is_empty() {
                let bundle = zip_bundle(&name, &written.bytes, media);
                return Ok(file(&format!("{id}.zip"), "application/zip", bundle));
            }
            let kind = if format == Format::Xlsx {
                XLSX
            } else {
                "application/octet-stream"
            };
            Ok(file(&name, kind, written.bytes))
        }
        Want::ReportXlsx | Want::ReportText => Err(WebError::BadForm),
    }
}

/// `name` is plain letters: names of sets are.
fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
