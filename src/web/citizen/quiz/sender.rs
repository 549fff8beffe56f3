//! A quiz form with its sender: whose attempt it is, and that no other site sent it.
//!
//! Owns the rule that the token printed in the form is proof enough: a paper can be handed in although the log-in is
//! gone, has expired, or Redis was wiped. The token is bound to attempt and person and never stands in an address.

use super::essay::MAX_FORM;
use super::{AttemptPlace, Stop, json};
use crate::app::App;
use crate::domain::ids::ParticipantId;
use crate::web::WebError;
use crate::web::form::{Form, TOKEN, check_origin, is_foreign};
use crate::web::visitor::{Visitor, current_participant};
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

/// A form of the quiz page or of the review page, from somebody who may send it.
#[derive(Debug)]
pub(super) struct QuizForm {
    /// The attempt.
    pub place: AttemptPlace,
    /// Whose it is, as far as the sender shows; that the attempt is theirs the action checks.
    pub who: ParticipantId,
    /// The sender holds the token but no log-in of that person, so the result is opened by the token too.
    pub by_token: bool,
    /// The script sent it and reads JSON.
    pub script: bool,
    /// The fields.
    pub form: Form,
}

/// Name of the field with the attempt's token.
const ATTEMPT_TOKEN: &str = "token";

/// Whom a request speaks for.
struct Sender {
    who: ParticipantId,
    logged_in: bool,
    token: bool,
}

impl FromRequest<App> for QuizForm {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let script = json::wanted(&parts.headers);
        let read = read(&mut parts, body, app, script).await;
        read.map_err(|stop| {
            if script {
                json::failure(stop)
            } else {
                stop.into_response()
            }
        })
    }
}

async fn read(parts: &mut Parts, body: Body, app: &App, script: bool) -> Result<QuizForm, Stop> {
    let place = AttemptPlace::from_request_parts(parts, app).await?;
    let visitor = Visitor::from_request_parts(parts, app).await?;
    if is_foreign(app, &parts.headers) {
        return Err(WebError::ForeignForm.into());
    }
    let form = match place.at.round.rules.essay {
        Some(_) => Form::read_within(parts, body, MAX_FORM).await?,
        None => Form::read(parts, body).await?,
    };
    let sender = sender(app, &visitor, &place, form.get(ATTEMPT_TOKEN)).await?;
    if !sender.as_ref().is_some_and(|sender| sender.token) {
        check_origin(app, &visitor, &parts.headers, form.get(TOKEN))?;
    }
    let sender = sender.ok_or_else(|| Stop::log_in(&place.at, &place.address()))?;
    Ok(QuizForm {
        place,
        who: sender.who,
        by_token: sender.token && !sender.logged_in,
        script,
        form,
    })
}

async fn sender(
    app: &App,
    visitor: &Visitor,
    place: &AttemptPlace,
    token: &str,
) -> Result<Option<Sender>, Stop> {
    let login = visitor
        .login(app, place.at.contest.id)
        .map(|login| login.participant);
    if let Some(who) = login.filter(|who| app.keys.is_attempt_token(token, place.id, *who)) {
        return Ok(Some(Sender {
            who,
            logged_in: true,
            token: true,
        }));
    }
    if !token.is_empty()
        && let Some(stored) = app.reader.find_attempt(place.id).await?
        && app
            .keys
            .is_attempt_token(token, place.id, stored.attempt.participant)
    {
        return Ok(Some(Sender {
            who: stored.attempt.participant,
            logged_in: false,
            token: true,
        }));
    }
    let current = current_participant(app, visitor, &place.at.contest).await?;
    Ok(current.map(|line| Sender {
        who: line.id,
        logged_in: true,
        token: false,
    }))
}

/// Whose result this browser may see: the person logged in, or the owner of the paper it has just handed in.
pub(super) async fn reader(
    app: &App,
    visitor: &Visitor,
    place: &AttemptPlace,
) -> Result<ParticipantId, Stop> {
    if let Some(token) = visitor.paper_token()
        && let Some(stored) = app.reader.find_attempt(place.id).await?
        && app
            .keys
            .is_attempt_token(token, place.id, stored.attempt.participant)
    {
        return Ok(stored.attempt.participant);
    }
    let current = current_participant(app, visitor, &place.at.contest).await?;
    current
        .map(|line| line.id)
        .ok_or_else(|| Stop::log_in(&place.at, &place.result_address()))
}
