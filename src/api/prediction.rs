//! The prediction that a round asks for after the paper.
//!
//! Owns this handler and its forms; the journey is `action`'s.

use super::extract::{Bearer, Body, Now, Path};
use super::fields::{Fault, Fields, Node, whole};
use super::messages::FaultKind;
use super::problem::{Problem, ProblemDocument};
use crate::action::give_prediction::{GiveError, give_prediction};
use crate::app::App;
use crate::domain::ids::AttemptId;
use crate::domain::submission::MAX_PREDICTION;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A prediction after the paper.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct LaterPrediction {
    /// The predicted number, 0 to 1,000,000,000.
    #[schema(example = 75600)]
    prediction: i64,
}

/// Gives the prediction of a finished attempt where the round asks for it after the paper (`prediction_asked` is `after`). It is
/// taken until the round closes, once, or as often as you like where the last one counts. The same request again returns the
/// same.
#[utoipa::path(put, path = "/attempts/{attempt}/prediction", tag = "attempts",
    params(("attempt" = String, Path, description = "Id of the attempt")), security(("bearer" = [])),
    request_body = LaterPrediction,
    responses((status = 200, body = LaterPrediction), (status = 401, body = ProblemDocument),
        (status = 404, body = ProblemDocument), (status = 422, body = ProblemDocument),
        (status = 409, body = ProblemDocument, description = "attempt-running, prediction-stands (prediction) or \
        prediction-over (closed_at)")))]
pub async fn give(
    Now(now): Now,
    State(app): State<App>,
    Bearer(login): Bearer,
    Path(id): Path<AttemptId>,
    Body(body): Body,
) -> Result<Json<LaterPrediction>, Problem> {
    let prediction = read(body).map_err(Problem::Invalid)?;
    match give_prediction(&app, now, login.participant, id, prediction).await {
        Ok(()) => Ok(Json(LaterPrediction { prediction })),
        Err(GiveError::NotFound) => Err(Problem::NotFound),
        Err(GiveError::NotAsked) => Err(Problem::Invalid(vec![Fault {
            field: "prediction".to_owned(),
            kind: FaultKind::NoPrediction,
        }])),
        Err(GiveError::Refused(why)) => Err(Problem::Prediction(why)),
        Err(GiveError::Failed(failure)) => Err(Problem::Failed(failure)),
    }
}

fn read(body: Node) -> Result<i64, Vec<Fault>> {
    let mut fields = Fields::open("", body).map_err(|fault| vec![fault])?;
    let prediction = fields.needed("prediction", |node| whole(node, 0, MAX_PREDICTION));
    let faults = fields.close();
    match prediction {
        Some(prediction) if faults.is_empty() => Ok(prediction),
        _ => Err(faults),
    }
}
