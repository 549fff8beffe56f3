//! An entrant gives or withdraws the consent to be named when winning.
//!
//! Owns that withdrawing is always possible and works at once; who is under 16 gives it again through the organisers, because
//! a parent or guardian has to agree.

use super::Failure;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::correction::Detail;
use crate::domain::ids::ParticipantId;
use crate::domain::participant::{GUARDIAN_AGE, age_on, local_date};
use crate::store::correction::{Details, ENTRANT};
use time::OffsetDateTime;

/// Why the choice was not kept.
#[derive(Debug)]
pub enum NamingError {
    /// Under 16, who gives consent together with a parent or guardian.
    Minor,
    /// The contest has no such person.
    Unknown,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for NamingError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Keeps the choice, and that the person made it; the same choice again changes nothing.
pub async fn choose_naming(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    person: ParticipantId,
    agrees: bool,
) -> Result<(), NamingError> {
    let mut tx = app.store.begin().await?;
    tx.lock_contest_id(contest.id).await?;
    let former = tx.find_details(contest.id, person).await?;
    let former = former.ok_or(NamingError::Unknown)?;
    if former.consent_publish == agrees {
        return Ok(());
    }
    if agrees && age_on(former.birth_date, local_date(now)) < GUARDIAN_AGE {
        return Err(NamingError::Minor);
    }
    let new = Details {
        consent_publish: agrees,
        ..former
    };
    tx.set_details(contest.id, person, &new, &[]).await?;
    let word = |agrees: bool| (if agrees { "yes" } else { "no" }).to_owned();
    let change = (Detail::ConsentPublish, word(!agrees), word(agrees));
    tx.insert_corrections(person, &[change], (now, ENTRANT, "the entrant's own choice"))
        .await?;
    Ok(tx.commit().await?)
}
