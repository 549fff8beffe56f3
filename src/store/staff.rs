//! Staff accounts.
//!
//! Owns their rows; leaves rights to `domain::staff` and passwords to `action`.

use super::{Store, StoreError, StoreResult, expect};
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
}

struct Row {
    staff_id: i32,
    login: String,
    name: String,
    role: String,
    password_hash: String,
    disabled_at: Option<OffsetDateTime>,
    last_login_at: Option<OffsetDateTime>,
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
        })
    }
}

impl Store {
    /// The account of that log-in name.
    pub async fn find_staff(&self, login: &str) -> StoreResult<Option<StaffAccount>> {
        let row = sqlx::query_as!(
            Row,
            "select staff_id, login, name, role, password_hash, disabled_at, last_login_at from staff where login = $1",
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
            "select staff_id, login, name, role, password_hash, disabled_at, last_login_at from staff order by login"
        )
        .fetch_all(self.pool())
        .await?;
        rows.into_iter().map(StaffAccount::try_from).collect()
    }

    /// Makes an account; `None` if the log-in name is taken.
    pub async fn insert_staff(
        &self,
        login: &str,
        name: &str,
        role: Role,
        password_hash: &str,
        now: OffsetDateTime,
    ) -> StoreResult<Option<StaffId>> {
        let row = sqlx::query!(
            "insert into staff (login, name, role, password_hash, created_at) values ($1, $2, $3, $4, $5)
             on conflict on constraint staff_login_key do nothing returning staff_id",
            login,
            name,
            role.name(),
            password_hash,
            now
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| StaffId(row.staff_id)))
    }

    /// Replaces a password and lets the account log in again.
    pub async fn reset_staff(&self, login: &str, password_hash: &str) -> StoreResult<bool> {
        let done = sqlx::query!(
            "update staff set password_hash = $2, disabled_at = null where login = $1",
            login,
            password_hash
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
