//! A picture, sound or film that an organiser chooses for one question: made fit to be served as one out of a file of questions
//! would be, and kept for an hour until the question is reviewed.
//!
//! Owns that nothing of it reaches the database before [`super::load_question_set`]; whether the question is good with it is
//! judged by [`super::edit_question`].

use super::Failure;
use super::read_question_file::READING;
use crate::app::App;
use crate::bank::{Fault, FaultCode, MediaContent, fit_media};
use crate::domain::ids::ContestId;
use crate::domain::media::{Media, StoredMedia};
use crate::domain::staff::Staff;
use crate::keys::sha256_hex;
use crate::session::attached::AttachedFile;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A file that is kept for a question.
#[derive(Debug, Clone)]
pub struct Attached {
    /// Leads to it within the hour.
    pub token: String,
    /// What the question will say of it.
    pub media: Media,
    /// What is served.
    pub content: MediaContent,
    /// What the writer should know.
    pub warnings: Vec<Fault>,
}

/// Why a file was not taken.
#[derive(Debug)]
pub enum AttachError {
    /// It may not be what it is; the same refusals as for a file of questions.
    Refused(Box<Fault>),
    /// Something failed; nothing was kept.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for AttachError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Makes a file fit and keeps it.
pub async fn attach_media(
    app: &App,
    by: &Staff,
    contest: ContestId,
    name: String,
    bytes: Vec<u8>,
) -> Result<Attached, AttachError> {
    let turn = READING.acquire().await.map_err(|_| Failure::Busy)?;
    let read = tokio::task::spawn_blocking(move || {
        let fitted = fit_media(&name, bytes).map_err(|code| Box::new(Fault::of_file(&name, code)));
        (name, fitted)
    });
    let read = read.await;
    drop(turn);
    let (name, fitted) =
        read.map_err(|error| Failure::Inconsistent(format!("reading a media file ended early: {error}")))?;
    let fitted = fitted.map_err(AttachError::Refused)?;
    let moves = fitted.moves.then(|| FaultCode::MediaMoves { path: name.clone() });
    let warnings = moves.into_iter().map(|code| Fault::of_file(&name, code));
    let media = Media {
        file: fitted.file,
        alt: None,
        stored: Some(fitted.content.stored.clone()),
    };
    Ok(Attached {
        token: keep_attached(app, by, contest, &media, &fitted.content.bytes).await?,
        media,
        content: fitted.content,
        warnings: warnings.collect(),
    })
}

/// Keeps a file that is fit already for an hour; the token leads to it.
pub async fn keep_attached(
    app: &App,
    by: &Staff,
    contest: ContestId,
    media: &Media,
    bytes: &[u8],
) -> Result<String, Failure> {
    let place = app.sessions.next_attached_place(by.id).await?;
    let token = URL_SAFE_NO_PAD.encode(app.entropy.bytes::<16>());
    let token = format!("{place}.{token}");
    let file = AttachedFile {
        token_hash: sha256_hex(token.as_bytes()),
        contest,
        media: media.clone(),
        bytes: bytes.to_vec(),
    };
    app.sessions.put_attached(by.id, place, &file).await?;
    Ok(token)
}

/// The kept file of a token, where it is this person's and this contest's and its hour is not over.
pub async fn find_attached(
    app: &App,
    by: &Staff,
    contest: ContestId,
    token: &str,
) -> Result<Option<Attached>, Failure> {
    let place = token.split_once('.').and_then(|(place, _)| place.parse().ok());
    let Some(place) = place else { return Ok(None) };
    let hash = sha256_hex(token.as_bytes());
    let file = app.sessions.find_attached(by.id, place, &hash).await?;
    let file = file.filter(|file| file.contest == contest);
    Ok(file.and_then(|file| {
        let stored: StoredMedia = file.media.stored.clone()?;
        let bytes = file.bytes;
        Some(Attached {
            token: token.to_owned(),
            media: file.media,
            content: MediaContent { stored, bytes },
            warnings: Vec::new(),
        })
    }))
}
