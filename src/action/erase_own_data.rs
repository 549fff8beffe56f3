//! A participant has the own data erased: personal fields go, attempts stay for counts under nobody's name.
//!
//! Owns the order; what stands in the way is `domain::own_data`'s.

use super::own_data::{OwnDataError, count_request, log_request};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::ids::ParticipantId;
use crate::domain::own_data::holds_erasure;
use crate::store::audit::Act;
use crate::store::own_data::NewRequest;
use time::OffsetDateTime;

/// Erases a person's data for good. The password is asked again: a family shares a phone, and nothing brings data back.
pub async fn erase_own_data(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    person: ParticipantId,
    password: &str,
) -> Result<(), OwnDataError> {
    count_request(app, person).await?;
    let record = app
        .store
        .find_own_record(person)
        .await?
        .ok_or(OwnDataError::Gone)?;
    let facts = app.store.load_own_facts(contest.id, person, now).await?;
    if let Some(hold) = holds_erasure(&facts) {
        log_request(app, now, person, ("erase", hold.name())).await?;
        return Err(OwnDataError::Held(hold));
    }
    if !app
        .passwords
        .verify(password, Some(&record.password_hash))
        .await?
    {
        log_request(app, now, person, ("erase", "wrong-password")).await?;
        return Err(OwnDataError::WrongPassword);
    }
    let mut tx = app.store.begin().await?;
    if !tx.erase_own_data(person, now).await? {
        return Err(OwnDataError::Gone);
    }
    let request = NewRequest {
        at: now,
        kind: "erase",
        outcome: "done",
        fields: &[],
    };
    tx.insert_data_request(person, request).await?;
    tx.insert_act(&Act {
        at: now,
        actor: "participant",
        act: "own-data-erase",
        contest: Some(contest.id),
        round: None,
        reason: None,
        facts: serde_json::json!({ "participant": person }),
    })
    .await?;
    Ok(tx.commit().await?)
}
