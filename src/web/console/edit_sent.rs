//! The form of a question as the browser sends it: its fields, and a picture, sound or film chosen with them.
//!
//! Owns reading the form within its limit and that it is this person's; what the file is belongs to `bank`.

use super::sent_file::unreadable;
use crate::app::App;
use crate::bank::MAX_MEDIA_BYTES;
use crate::web::error::WebError;
use crate::web::form::{Form, StaffForm, TOKEN, check_origin};
use crate::web::visitor::Visitor;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;

/// Longest request, in bytes: the largest file that is taken, a little more so that a larger one is told of by its size, and
/// the texts of a question.
pub const MAX_REQUEST: usize = MAX_MEDIA_BYTES as usize + 2 * 1024 * 1024;
/// All texts of a form, bytes: as much as any form of staff may have.
const MAX_TEXTS: usize = 1024 * 1024;

/// The form of a question.
#[derive(Debug)]
pub struct QuestionForm {
    /// The fields.
    pub form: Form,
    /// Name and content of the file, where one was chosen.
    pub file: Option<(String, Vec<u8>)>,
}

impl FromRequest<App> for QuestionForm {
    type Rejection = WebError;

    async fn from_request(request: Request, app: &App) -> Result<Self, WebError> {
        let headers = request.headers().clone();
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let StaffForm(form) = StaffForm::from_request(request, app).await?;
            return Ok(Self { form, file: None });
        }
        let visitor = request.extensions().get::<Visitor>().cloned();
        let visitor = visitor.ok_or_else(|| WebError::internal("no visitor layer"))?;
        let multipart = Multipart::from_request(request, app).await;
        let sent = Self::read(multipart.map_err(|_| WebError::BadForm)?).await?;
        let token = sent.form.get(TOKEN);
        check_origin(app, &visitor, &headers, token)?;
        if app.keys.is_form_token(token, &visitor.visit) {
            Ok(sent)
        } else {
            Err(WebError::ForeignForm)
        }
    }
}

impl QuestionForm {
    async fn read(mut multipart: Multipart) -> Result<Self, WebError> {
        let (mut fields, mut file, mut left) = (Vec::new(), None, MAX_TEXTS);
        while let Some(field) = multipart.next_field().await.map_err(unreadable)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                let chosen: String = field.file_name().unwrap_or_default().chars().take(200).collect();
                let bytes = field.bytes().await.map_err(unreadable)?;
                if !chosen.is_empty() {
                    file = Some((chosen, bytes.to_vec()));
                }
            } else {
                let value = field.text().await.map_err(unreadable)?;
                left = left
                    .checked_sub(name.len() + value.len())
                    .ok_or(WebError::TooLarge)?;
                fields.push((name, value));
            }
        }
        let form = Form::of_fields(fields)?;
        Ok(Self { form, file })
    }
}
