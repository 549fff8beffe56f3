//! Pictures, sounds and films in the form of a question: those it has, those that were chosen for it, and words for each.
//!
//! Owns names of fields and what stays of a form that comes back; files are made fit and kept by `action::attach_media`.

use super::desk::{Desk, contest_path};
use super::edit_form::Typed;
use super::edit_review::Words;
use super::edit_sent::QuestionForm;
use super::set_view::fault_rows;
use crate::action::attach_media::{AttachError, Attached, attach_media, find_attached, keep_attached};
use crate::action::check_question_set::find_checked_media;
use crate::bank::{Fault, FaultCode, MediaContent};
use crate::domain::catalog::Contest;
use crate::domain::media::{MAX_MEDIA, Media, MediaKind};
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::form::Form;
use crate::web::media::MediaView;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A picture, sound or film in the form.
#[derive(Debug, Clone)]
pub struct MediaBox {
    /// How its fields name it: by its content, or the token that leads to it.
    pub reference: String,
    /// It was chosen in this form and is not stored yet.
    pub fresh: bool,
    /// The file with its words.
    pub media: Media,
    /// What is shown of it.
    pub view: Option<MediaView>,
    /// It shall not stay.
    pub dropped: bool,
}

impl MediaBox {
    /// One that a stored question has.
    pub fn stored(media: &Media) -> Self {
        let reference = match &media.stored {
            Some(stored) => stored.name.to_string(),
            None => media.file.clone(),
        };
        Self {
            reference,
            fresh: false,
            view: MediaView::list(std::slice::from_ref(media)).pop(),
            media: media.clone(),
            dropped: false,
        }
    }

    fn fresh(contest: &Contest, attached: &Attached) -> Self {
        let media = std::slice::from_ref(&attached.media);
        let address = format!("{}/bo-cau-hoi/kem/{}", contest_path(contest), attached.token);
        Self {
            reference: attached.token.clone(),
            fresh: true,
            view: MediaView::list_at(media, &|_| address.clone()).pop(),
            media: attached.media.clone(),
            dropped: false,
        }
    }

    /// Words are asked for.
    pub fn is_picture(&self) -> bool {
        self.media.kind() == MediaKind::Image
    }

    /// The words for it.
    pub fn alt(&self) -> &str {
        self.media.alt.as_deref().unwrap_or_default()
    }

    /// As it was filled in.
    fn filled(mut self, form: &Form) -> Self {
        let alt = format!("alt-{}", self.reference);
        if form.has(&alt) {
            self.media.alt = words(form.get(&alt));
        }
        self.dropped = form.all("drop").any(|reference| reference == self.reference);
        self
    }
}

/// Words for a picture stand on one line: they are read aloud as one sentence.
fn words(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(line).filter(|line| !line.is_empty())
}

/// Boxes that start from another version of the question: what it has now, with the words and wishes of the form, and what was
/// chosen in the form.
pub fn rebased(boxes: Vec<MediaBox>, now: &[Media]) -> Vec<MediaBox> {
    let kept = now.iter().map(MediaBox::stored).map(|one| {
        let typed = boxes.iter().find(|typed| typed.reference == one.reference);
        typed.cloned().unwrap_or(one)
    });
    let kept: Vec<MediaBox> = kept.collect();
    let fresh = boxes.into_iter().filter(|one| one.fresh);
    kept.into_iter().chain(fresh).collect()
}

/// What came of the files of a form.
#[derive(Debug, Default)]
pub struct Came {
    /// Those that are not stored yet and shall stay.
    pub files: Vec<MediaContent>,
    /// What the writer should know of them.
    pub warnings: Vec<Fault>,
    /// The form is shown again with these words before anything is judged.
    pub stop: Option<(StatusCode, Words)>,
}

impl Came {
    fn stop(&mut self, desk: &Desk, status: StatusCode, errors: Vec<String>, faults: &[Fault]) {
        let words = Words {
            errors,
            faults: fault_rows(desk.lang(), faults),
            ..Words::default()
        };
        self.stop = Some((status, words));
    }
}

/// Fills the boxes of a form: what `base` has of the question, what was chosen before, and the file that comes with it.
pub async fn take_in(
    desk: &Desk,
    contest: &Contest,
    base: &[Media],
    typed: &mut Typed,
    sent: QuestionForm,
) -> Result<Came, WebError> {
    let QuestionForm { form, file } = sent;
    let mut came = Came::default();
    let stored = base.iter().map(|media| MediaBox::stored(media).filled(&form));
    typed.boxes = stored.collect();
    // As many as one person's files are kept; what is too many for a question is told by its judge.
    for token in form.all("attached").take(2 * MAX_MEDIA) {
        let found = find_attached(&desk.app, &desk.staff, contest.id, token).await?;
        let Some(attached) = found else {
            let lost = vec![desk.say("attach-lost", &[])];
            came.stop(desk, StatusCode::UNPROCESSABLE_ENTITY, lost, &[]);
            continue;
        };
        let one = MediaBox::fresh(contest, &attached).filled(&form);
        if !one.dropped {
            came.files.push(attached.content);
            typed.boxes.push(one);
        }
    }
    let only_attach = form.get("do") == "attach";
    if let Some((name, bytes)) = file {
        let chosen = (words(form.get("alt-new")), name, bytes);
        take_file(desk, contest, typed, &mut came, chosen).await?;
        if only_attach && came.stop.is_none() {
            let warnings = std::mem::take(&mut came.warnings);
            came.stop(desk, StatusCode::OK, Vec::new(), &warnings);
        }
    }
    Ok(came)
}

/// Takes the file that comes with the form, with its words.
async fn take_file(
    desk: &Desk,
    contest: &Contest,
    typed: &mut Typed,
    came: &mut Came,
    (alt, name, bytes): (Option<String>, String, Vec<u8>),
) -> Result<(), WebError> {
    let staying = typed.boxes.iter().filter(|one| !one.dropped).count();
    let attached = if staying < MAX_MEDIA {
        attach_media(&desk.app, &desk.staff, contest.id, name, bytes).await
    } else {
        let (count, limit) = (staying as u64 + 1, MAX_MEDIA as u64);
        let fault = Fault::of_file(&name, FaultCode::MediaMany { count, limit });
        Err(AttachError::Refused(Box::new(fault)))
    };
    match attached {
        Ok(mut attached) => {
            attached.media.alt = alt;
            typed.boxes.push(MediaBox::fresh(contest, &attached));
            came.files.push(attached.content);
            came.warnings = attached.warnings;
        }
        Err(AttachError::Refused(fault)) => {
            came.stop(desk, StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), &[*fault]);
        }
        Err(AttachError::Failed(failure)) => return Err(failure.into()),
    }
    Ok(())
}

/// The boxes of a question that was reviewed and not saved, where `base` is what it was made from: what was new in it is kept for
/// the form again, what was taken out stays marked.
pub async fn kept_again(
    desk: &Desk,
    contest: &Contest,
    token: &str,
    base: &[Media],
    reviewed: &[Media],
) -> Result<Vec<MediaBox>, WebError> {
    let same = |one: &Media, other: &Media| one.stored == other.stored && one.file == other.file;
    let gone = base
        .iter()
        .filter(|one| !reviewed.iter().any(|other| same(one, other)));
    let mut boxes: Vec<MediaBox> = gone.map(MediaBox::stored).collect();
    boxes.iter_mut().for_each(|one| one.dropped = true);
    for media in reviewed {
        let stored = media
            .stored
            .as_ref()
            .filter(|_| !base.iter().any(|one| same(one, media)));
        let Some(stored) = stored else {
            boxes.push(MediaBox::stored(media));
            continue;
        };
        let (app, staff) = (&desk.app, &desk.staff);
        let content = find_checked_media(app, staff, contest.id, token, &stored.name).await?;
        let Some(bytes) = content else { continue };
        let token = keep_attached(app, staff, contest.id, media, &bytes).await?;
        let content = MediaContent {
            stored: stored.clone(),
            bytes,
        };
        let attached = Attached {
            token,
            media: media.clone(),
            content,
            warnings: Vec::new(),
        };
        boxes.push(MediaBox::fresh(contest, &attached));
    }
    Ok(boxes)
}

/// Sends a file that was chosen, as it would be shown, to the one who chose it.
pub async fn show(desk: Desk, Path((slug, token)): Path<(String, String)>) -> Result<Response, WebError> {
    desk.require(Right::LoadSets)?;
    let contest = desk.contest(&slug)?;
    let found = find_attached(&desk.app, &desk.staff, contest.id, &token).await?;
    let content = found.ok_or(WebError::NotFound)?.content;
    let headers = [
        (CONTENT_TYPE, content.stored.name.format().content_type()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    Ok((headers, content.bytes).into_response())
}
