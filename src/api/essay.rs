//! The essay of a paper: what is to be written and what is saved of it, and saving it.
//!
//! Owns this handler and its forms; the journey is `action`'s, the same as for the page of the paper.

use super::attempts::outcome;
use super::extract::{Bearer, Body, Now, Path};
use super::fields::{Fault, Fields, Node};
use super::messages::FaultKind;
use super::problem::{Problem, ProblemDocument};
use crate::action::Failure;
use crate::action::save_essay::{SaveEssayError, save_essay};
use crate::app::App;
use crate::domain::essay::{MAX_CHARS, TextError, length};
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::domain::participant::FieldError;
use crate::domain::round::Round;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// Largest request that saves an essay, bytes: the most characters of the longest kind, escaped.
pub const MAX_BODY: usize = 256 * 1024;

/// The essay that a paper asks for, and what is saved of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct EssayState {
    /// What is to be written.
    prompt: String,
    /// Fewest characters of a text that is marked; 0 where any is.
    min_chars: u32,
    /// Most characters that are taken.
    max_chars: u32,
    /// Most points of its mark.
    points: u16,
    /// What is saved, in this attempt or an earlier one of the round; empty where nothing is.
    text: String,
    /// Its characters.
    chars: u32,
}

impl EssayState {
    /// The essay of a person in a round; nothing where the round asks for none.
    pub async fn of(app: &App, round: &Round, who: ParticipantId) -> Result<Option<Self>, Failure> {
        let Some(rules) = &round.rules.essay else {
            return Ok(None);
        };
        let saved = Box::pin(app.store.find_essay(round.id, who)).await?;
        let text = saved.map(|saved| saved.text).unwrap_or_default();
        Ok(Some(Self {
            prompt: rules.prompt.clone(),
            min_chars: rules.min_chars,
            max_chars: rules.max_chars,
            points: rules.points,
            chars: length(&text),
            text,
        }))
    }
}

/// An essay to save.
#[derive(Debug, Serialize, ToSchema)]
pub struct WrittenEssay {
    /// The whole text; an empty one takes back what was written.
    essay: String,
}

/// An essay that is saved.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct SavedEssay {
    /// Characters that were kept: line ends count as one, blanks around the text as none.
    chars: u32,
}

/// Saves the essay in place of the one before, while the attempt runs and up to five seconds after its deadline. Send the
/// whole text every few seconds while it is written: an attempt may make 60 calls a minute, and what is not saved when the
/// paper is handed in is lost. A body may have 256 KiB.
#[utoipa::path(put, path = "/attempts/{attempt}/essay", tag = "attempts",
    params(("attempt" = String, Path, description = "Id of the attempt")), security(("bearer" = [])),
    request_body = WrittenEssay,
    responses((status = 200, body = SavedEssay), (status = 401, body = ProblemDocument),
        (status = 404, body = ProblemDocument, description = "Not there, somebody else's, or the round asks for no essay"),
        (status = 422, body = ProblemDocument),
        (status = 429, body = ProblemDocument, description = "too-many (retry_after_s)"),
        (status = 409, body = ProblemDocument, description = "attempt-finished or deadline-passed (outcome)")))]
pub async fn save(
    Now(now): Now,
    State(app): State<App>,
    Bearer(login): Bearer,
    Path(id): Path<AttemptId>,
    body: Result<Body, Problem>,
) -> Result<Json<SavedEssay>, Problem> {
    let written = match body {
        Ok(Body(node)) => read(node).map_err(Problem::Invalid)?,
        // Longer than any essay that is taken.
        Err(Problem::TooLarge) => return Err(too_long(MAX_CHARS)),
        Err(problem) => return Err(problem),
    };
    let who = login.participant;
    match save_essay(&app, now, who, id, &written).await {
        Ok(chars) => Ok(Json(SavedEssay { chars })),
        Err(SaveEssayError::NotAsked | SaveEssayError::NotFound) => Err(Problem::NotFound),
        Err(SaveEssayError::Finished) => Err(Problem::Finished(outcome(&app, now, who, id).await)),
        Err(SaveEssayError::DeadlinePassed) => {
            Err(Problem::DeadlinePassed(outcome(&app, now, who, id).await))
        }
        Err(SaveEssayError::Text(TextError::TooLong { limit, .. })) => Err(too_long(limit)),
        Err(SaveEssayError::TooFast(wait)) => Err(Problem::TooMany(wait)),
        Err(SaveEssayError::Failed(failure)) => Err(Problem::Failed(failure)),
    }
}

fn too_long(limit: u32) -> Problem {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    Problem::Invalid(vec![Fault {
        field: "essay".to_owned(),
        kind: FaultKind::Field(FieldError::TooLong(limit)),
    }])
}

fn read(body: Node) -> Result<String, Vec<Fault>> {
    let mut fields = Fields::open("", body).map_err(|fault| vec![fault])?;
    let essay = fields.needed("essay", |node| match node {
        Node::Text(text) => Ok(text.clone()),
        _ => Err(FaultKind::NotText),
    });
    let faults = fields.close();
    match essay {
        Some(essay) if faults.is_empty() => Ok(essay),
        _ => Err(faults),
    }
}
