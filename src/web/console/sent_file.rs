//! A question file or a pasted text as the browser sends it.
//!
//! Owns reading the form with its limit and the choice between file and text; what is in them belongs to `bank`.

use super::desk::Desk;
use crate::bank::Format;
use crate::web::error::WebError;
use crate::web::form::{TOKEN, check_origin};
use axum::extract::multipart::{Multipart, MultipartError};
use axum::http::{HeaderMap, StatusCode};

/// Longest request with a file, in bytes: the largest file that is read, and room for the rest of the form.
pub const MAX_UPLOAD: usize = 21 * 1024 * 1024;

/// The fields of the upload form.
#[derive(Debug, Default)]
pub struct Sent {
    token: String,
    file: Option<(String, Vec<u8>)>,
    text: String,
}

impl Sent {
    /// Reads the form and refuses one that is not this person's.
    pub async fn read(desk: &Desk, headers: &HeaderMap, multipart: Multipart) -> Result<Self, WebError> {
        let sent = Self::fields(multipart).await?;
        check_origin(&desk.app, &desk.visitor, headers, &sent.token)?;
        if desk.app.keys.is_form_token(&sent.token, &desk.visitor.visit) {
            Ok(sent)
        } else {
            Err(WebError::ForeignForm)
        }
    }

    async fn fields(mut multipart: Multipart) -> Result<Self, WebError> {
        let mut sent = Self::default();
        while let Some(field) = multipart.next_field().await.map_err(unreadable)? {
            match field.name().unwrap_or_default() {
                "file" => {
                    let name: String = field.file_name().unwrap_or_default().chars().take(200).collect();
                    let bytes = field.bytes().await.map_err(unreadable)?;
                    if !name.is_empty() {
                        sent.file = Some((name, bytes.to_vec()));
                    }
                }
                TOKEN => sent.token = field.text().await.map_err(unreadable)?,
                "text" => sent.text = field.text().await.map_err(unreadable)?,
                _ => {}
            }
        }
        Ok(sent)
    }

    /// The file, or the pasted text under a name that tells its format; `None` if there is neither. A file of a kind that
    /// cannot be read is refused by its reader, which knows what to advise.
    pub fn chosen(self) -> Option<(String, Vec<u8>)> {
        match self.file {
            Some(chosen) => Some(chosen),
            None if self.text.trim().is_empty() => None,
            None => {
                let name = format!("van-ban-dan{}", format_of_text(&self.text).ending());
                Some((name, self.text.into_bytes()))
            }
        }
    }
}

/// The format of a pasted text, by what only that format has; GIFT, Aiken and papers are told apart by their readers.
fn format_of_text(text: &str) -> Format {
    let text = text.trim_start();
    if text.starts_with('{') {
        Format::Json
    } else if text.starts_with('<') {
        Format::MoodleXml
    } else if text.contains("[[question]]") || text.contains("[set]") {
        Format::Toml
    } else {
        Format::Txt
    }
}

/// Why a form could not be read.
#[expect(clippy::needless_pass_by_value, reason = "the form that `map_err` wants")]
pub fn unreadable(error: MultipartError) -> WebError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        WebError::TooLarge
    } else {
        WebError::BadForm
    }
}
