//! What registers and reasons say of people, once the data of their contest have expired.
//!
//! Owns these statements. They are run at the end of erasing and again ever after, because staff may still enter a complaint
//! or a request; one without an answer stays until it has one.

use crate::domain::ids::ContestId;
use crate::store::{StoreResult, Tx};
use time::OffsetDateTime;

impl Tx {
    /// Takes a contest in which everybody is erased for this transaction; `false` if erasing goes on, or another instance
    /// is at it.
    pub async fn lease_expired(&mut self, contest: ContestId) -> StoreResult<bool> {
        let row = sqlx::query!(
            "select contest_id from data_expiries where contest_id = $1 and done_at is not null for update skip locked",
            contest.0
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.is_some())
    }

    /// What is left once everybody's row is done: names and texts in the registers, reasons why somebody was kept out, and
    /// the list of those who never win. Complaints and requests go if they were answered by then. Returns how many texts
    /// went.
    pub async fn forget_registers(
        &mut self,
        contest: ContestId,
        answered_by: OffsetDateTime,
    ) -> StoreResult<i64> {
        let complaints = sqlx::query!(
            "update complaints set complainant = '(đã xóa)', contact = '', about = '(đã xóa)', answer = '(đã xóa)'
             where contest_id = $1 and answered_at <= $2 and complainant <> '(đã xóa)'",
            contest.0,
            answered_by
        )
        .execute(self.conn())
        .await?;
        let requests = sqlx::query!(
            "update received_requests set asker = '(đã xóa)', contact = '', about = '', answer = '(đã xóa)'
             where contest_id = $1 and answered_at <= $2 and asker <> '(đã xóa)'",
            contest.0,
            answered_by
        )
        .execute(self.conn())
        .await?;
        let notes = self.forget_later_notes(contest).await?;
        let reasons = self.forget_reasons(contest).await?;
        let texts = complaints.rows_affected() + requests.rows_affected() + notes + reasons;
        Ok(i64::try_from(texts).unwrap_or(i64::MAX))
    }

    /// What entrants answered about cases, and notes of checks of people who were erased before the check.
    async fn forget_later_notes(&mut self, contest: ContestId) -> StoreResult<u64> {
        let hearings = sqlx::query!(
            "update case_hearings set note = '(đã xóa)' where note <> '(đã xóa)' and case_id in (
               select c.case_id from review_cases c join reviews v using (review_id) join rounds r using (round_id)
               where r.contest_id = $1)",
            contest.0
        )
        .execute(self.conn())
        .await?;
        let checks = sqlx::query!(
            "update verifications set note = '(đã xóa)' where note <> '' and note <> '(đã xóa)'
               and round_id in (select round_id from rounds where contest_id = $1)
               and participant_id in (select participant_id from participants
                                      where contest_id = $1 and erased_at is not null)",
            contest.0
        )
        .execute(self.conn())
        .await?;
        Ok(hearings.rows_affected() + checks.rows_affected())
    }

    /// Why people were kept out or never win is said in free words, which may name them or their family: that they were
    /// stays, because the results rest on it. Of the list, the hashes tell whom it names.
    async fn forget_reasons(&mut self, contest: ContestId) -> StoreResult<u64> {
        let excluded = sqlx::query!(
            "update participants set excluded_reason = '(đã xóa)'
             where contest_id = $1 and excluded_reason is not null and excluded_reason <> '(đã xóa)'
               and erased_at is not null",
            contest.0
        )
        .execute(self.conn())
        .await?;
        let barred = sqlx::query!(
            "update participants set prize_bar = '(đã xóa)'
             where contest_id = $1 and prize_bar is not null and prize_bar <> '(đã xóa)' and erased_at is not null",
            contest.0
        )
        .execute(self.conn())
        .await?;
        sqlx::query!("delete from prize_bars where contest_id = $1", contest.0)
            .execute(self.conn())
            .await?;
        Ok(excluded.rows_affected() + barred.rows_affected())
    }
}
