//! The register of awards.

use crate::domain::emulation::AwardId;
use crate::domain::emulation::award::{Award, AwardForm, Level, PersonTraits, Recipient};
use crate::store::{Store, StoreResult, Tx, expect};
use time::{Date, OffsetDateTime};

/// A line of the register as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAward {
    /// Number.
    pub id: AwardId,
    /// What it says.
    pub award: Award,
    /// Who entered it.
    pub added_by: String,
    /// Who struck it out, and why; it then counts nowhere.
    pub struck: Option<(String, String)>,
}

impl Store {
    /// Years with awards, newest first.
    pub async fn list_award_years(&self) -> StoreResult<Vec<u16>> {
        let rows = sqlx::query!(
            r#"select distinct extract(year from decided_on)::int as "year!" from commendations order by 1 desc"#
        )
        .fetch_all(self.pool())
        .await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| u16::try_from(row.year).ok())
            .collect())
    }

    /// The lines of a year, by day and number, those struck out among them; at most `limit`.
    pub async fn list_awards(&self, year: u16, limit: i64) -> StoreResult<Vec<KeptAward>> {
        let rows = sqlx::query!(
            "select commendation_id, decided_on, decision_no, form, level, name, unit, small, direct, farmer, youth,
                woman, added_by, struck_by, struck_why
             from commendations where decided_on >= make_date($1, 1, 1) and decided_on < make_date($1 + 1, 1, 1)
             order by decided_on, commendation_id limit $2",
            i32::from(year),
            limit
        )
        .fetch_all(self.pool())
        .await?;
        let rows = rows.into_iter().map(|row| {
            let (table, id) = ("commendations", row.commendation_id);
            let yes = |flag: Option<bool>| flag.unwrap_or(false);
            let recipient = match row.small {
                Some(small) => Recipient::Collective { small },
                None => Recipient::Person(PersonTraits {
                    direct: yes(row.direct),
                    farmer: yes(row.farmer),
                    youth: yes(row.youth),
                    woman: yes(row.woman),
                }),
            };
            let award = Award {
                decided_on: row.decided_on,
                decision: row.decision_no,
                form: expect(AwardForm::parse(&row.form), table, "form", id)?,
                level: expect(Level::parse(&row.level), table, "level", id)?,
                name: row.name,
                unit: row.unit,
                recipient,
            };
            Ok(KeptAward {
                id: AwardId(id),
                award,
                added_by: row.added_by,
                struck: row.struck_by.zip(row.struck_why),
            })
        });
        rows.collect()
    }

    /// The day and name of a line.
    pub async fn find_award_day(&self, id: AwardId) -> StoreResult<Option<Date>> {
        let row = sqlx::query!(
            "select decided_on from commendations where commendation_id = $1",
            id.0
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.map(|row| row.decided_on))
    }
}

impl Tx {
    /// Adds a line; `None` if the same award of the same decision is in the register.
    pub async fn insert_award(
        &mut self,
        award: &Award,
        at: OffsetDateTime,
        by: &str,
    ) -> StoreResult<Option<AwardId>> {
        let (small, traits) = match award.recipient {
            Recipient::Collective { small } => (Some(small), None),
            Recipient::Person(traits) => (None, Some(traits)),
        };
        let row = sqlx::query!(
            "insert into commendations (decided_on, decision_no, form, level, name, unit, small, direct, farmer, youth,
                woman, added_at, added_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (decided_on, decision_no, form, level, lower(name), lower(unit)) where struck_at is null
             do nothing returning commendation_id",
            award.decided_on,
            award.decision,
            award.form.name(),
            award.level.name(),
            award.name,
            award.unit,
            small,
            traits.map(|traits| traits.direct),
            traits.map(|traits| traits.farmer),
            traits.map(|traits| traits.youth),
            traits.map(|traits| traits.woman),
            at,
            by
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| AwardId(row.commendation_id)))
    }

    /// Strikes a line out; `false` if there is none or it was struck out already.
    pub async fn strike_award(
        &mut self,
        id: AwardId,
        at: OffsetDateTime,
        by: &str,
        why: &str,
    ) -> StoreResult<bool> {
        let done = sqlx::query!(
            "update commendations set struck_at = $2, struck_by = $3, struck_why = $4
             where commendation_id = $1 and struck_at is null",
            id.0,
            at,
            by,
            why
        )
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
