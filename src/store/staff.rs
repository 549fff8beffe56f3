//! Staff accounts.
//!
//! Owns their rows; leaves rights to `domain::staff` and passwords to `action`.

use super::{Store, StoreError, StoreResult, Tx, expect};
use crate::domain::ids::StaffId;
use crate::domain::staff::{Role, Staff};
use time::OffsetDateTime;

/// An account with what log-in needs.
#[derive(Debug, Clone)]
pub struct StaffAccount {
    /// The person.
    pub staff: Staff,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// Since when it cannot log in.
    pub disabled_at: Option<OffsetDateTime>,
    /// Last log-in.
    pub last_login_at: Option<OffsetDateTime>,
    /// Ends older log-ins when raised.
    pub login_epoch: i32,
    /// Somebody else made the password; the person has not changed it yet.
    pub password_given: bool,
}

struct Row {
    staff_id: i32,
    login: String,
    name: String,
    role: String,
    password_hash: String,
    disabled_at: Option<OffsetDateTime>,
    last_login_at: Option<OffsetDateTime>,
    login_epoch: i32,
    password_given: bool,
}

impl TryFrom<Row> for StaffAccount {
    type Error = StoreError;

    fn try_from(row: Row) -> StoreResult<Self> {
        let role = expect(Role::parse(&row.role), "staff", "role", row.staff_id)?;
        Ok(Self {
            staff: Staff {
                id: StaffId(row.staff_id),
                login: row.login,
                name: row.name,
                role,
            },
            password_hash: row.password_hash,
            disabled_at: row.disabled_at,
            last_login_at: row.last_login_at,
            login_epoch: row.login_epoch,
            password_given: row.password_given,
        })
    }
}

impl Tx {
    /// Keeps the password a person has chosen in place of a known one and ends every log-in; the new epoch, or `None` if
    /// the old password is no longer in force, as when somebody has reset it meanwhile.
    pub async fn choose_staff_password(
        &mut self,
        id: StaffId,
        (old_hash, new_hash): (&str, &str),
    ) -> StoreResult<Option<i32>> {
        let row = sqlx::query!(
            "update staff set password_hash = $3, password_given = false, login_epoch = login_epoch + 1
             where staff_id = $1 and password_hash = $2 returning login_epoch",
            id.0,
            old_hash,
            new_hash
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| row.login_epoch))
    }
}

impl Store {
    /// The account of that log-in name.
    pub async fn find_staff(&self, login: &str) -> StoreResult<Option<StaffAccount>> {
        let row = sqlx::query_as!(
            Row,
            "select staff_id, login, name, role, password_hash, disabled_at, last_login_at, login_epoch, password_given
             from staff where login = $1",
            login
        )
        .fetch_optional(self.pool())
        .await?;
        row.map(StaffAccount::try_from).transpose()
    }

    /// Every account, by log-in name.
    pub async fn load_staff(&self) -> StoreResult<Vec<StaffAccount>> {
        let rows = sqlx::query_as!(
            Row,
            "select staff_id, login, name, role, password_hash, disabled_at, last_login_at, login_epoch, password_given
             from staff order by login"
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter().map(StaffAccount::try_from).collect()
    }

    /// Makes an account with the hash of its password, and whether somebody else hands that over; `None` if the log-in
    /// name is taken.
    pub async fn insert_staff(
        &self,
        login: &str,
        name: &str,
        role: Role,
        (password_hash, is_given): (&str, bool),
        now: OffsetDateTime,
    ) -> StoreResult<Option<StaffId>> {
        let row = sqlx::query!(
            "insert into staff (login, name, role, password_hash, created_at, password_given)
             values ($1, $2, $3, $4, $5, $6)
             on conflict on constraint staff_login_key do nothing returning staff_id",
            login,
            name,
            role.name(),
            password_hash,
            now,
            is_given
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| StaffId(row.staff_id)))
    }

    /// Replaces a password, ends every log-in of the account and lets it log in again.
    pub async fn reset_staff(&self, login: &str, password_hash: &str, is_given: bool) -> StoreResult<bool> {
        let done = sqlx::query!(
            "update staff set password_hash = $2, password_given = $3, login_epoch = login_epoch + 1, disabled_at = null
             where login = $1",
            login,
            password_hash,
            is_given
        )
        .execute(self.pool())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Bars an account from logging in; `false` if there is none.
    pub async fn disable_staff(&self, login: &str, now: OffsetDateTime) -> StoreResult<bool> {
        let done = sqlx::query!(
            "update staff set disabled_at = coalesce(disabled_at, $2) where login = $1",
            login,
            now
        )
        .execute(self.pool())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes a log-in.
    pub async fn touch_staff(&self, id: StaffId, now: OffsetDateTime) -> StoreResult<()> {
        sqlx::query!(
            "update staff set last_login_at = $2 where staff_id = $1",
            id.0,
            now
        )
        .execute(self.pool())
        .await?;
        Ok(())
    }
}
