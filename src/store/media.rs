//! Pictures, sounds and films of questions, kept by their content.
//!
//! Owns their rows and the small ones held in memory: at the opening of a round everybody asks for the same pictures at once.
//! Leaves looking into files to `bank` and answering browsers to `web`.

use super::{Store, StoreError, StoreResult, Tx};
use crate::domain::ids::ContestId;
use crate::domain::media::MediaName;
use crate::domain::question::{QuestionSet, SetVersion};
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use time::OffsetDateTime;
use tokio::sync::OnceCell;

/// Contents up to this size are held in memory whole, bytes: every picture of a question, and short sounds.
pub const WHOLE_BYTES: u64 = 512 * 1024;
/// All that is held in memory, bytes: some hundred pictures.
const HELD_BYTES: usize = 32 * 1024 * 1024;

/// A content to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewMedia<'a> {
    /// Its name.
    pub name: &'a MediaName,
    /// Its bytes.
    pub content: &'a [u8],
}

impl Tx {
    /// Keeps a content; one that is there already stays as it is.
    pub async fn put_media(&mut self, new: NewMedia<'_>, now: OffsetDateTime, by: &str) -> StoreResult<()> {
        sqlx::query!(
            "insert into media (media_id, ending, content, loaded_at, loaded_by) values ($1, $2, $3, $4, $5)
             on conflict do nothing",
            new.name.hash(),
            new.name.format().ending(),
            new.content,
            now,
            by
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Notes what a version of a set shows; all of it has to be kept before.
    pub(super) async fn link_media(
        &mut self,
        contest: ContestId,
        version: &SetVersion,
        set: &QuestionSet,
    ) -> StoreResult<()> {
        let stored = set.questions.iter().flat_map(|question| &question.media);
        let names: BTreeSet<&str> = stored
            .filter_map(|media| media.stored.as_ref())
            .map(|stored| stored.name.hash())
            .collect();
        if names.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        sqlx::query!(
            "insert into question_set_media (contest_id, set_version, media_id)
             select $1, $2, unnest($3::text[]) on conflict do nothing",
            contest.0,
            version.0,
            &names
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

impl Store {
    /// The number of bytes of a content, or `None` if there is none of that name.
    pub async fn find_media_length(&self, name: &MediaName) -> StoreResult<Option<u64>> {
        let row = sqlx::query!(
            r#"select octet_length(content) as "length!" from media where media_id = $1 and ending = $2"#,
            name.hash(),
            name.format().ending()
        )
        .fetch_optional(self.pool())
        .await?;
        Ok(row.and_then(|row| u64::try_from(row.length).ok()))
    }

    /// The bytes of all contents of these names together.
    pub async fn sum_media_lengths(&self, names: &BTreeSet<&MediaName>) -> StoreResult<u64> {
        let names: Vec<String> = names.iter().map(|name| name.hash().to_owned()).collect();
        let row = sqlx::query!(
            r#"select coalesce(sum(octet_length(content)), 0)::bigint as "total!" from media where media_id = any($1)"#,
            &names
        )
        .fetch_one(self.pool())
        .await?;
        Ok(u64::try_from(row.total).unwrap_or_default())
    }

    /// Bytes of a content from `start` on, at most `length`.
    pub async fn load_media_part(&self, name: &MediaName, start: u64, length: u64) -> StoreResult<Vec<u8>> {
        let number = |value: u64| i32::try_from(value).unwrap_or(i32::MAX);
        let row = sqlx::query!(
            r#"select substring(content from $2 for $3) as "part!" from media where media_id = $1"#,
            name.hash(),
            // SQL counts from 1.
            number(start.saturating_add(1)),
            number(length)
        )
        .fetch_optional(self.pool())
        .await?;
        let lost = || StoreError::Inconsistent {
            table: "media",
            column: "content",
            id: name.to_string(),
        };
        row.map(|row| row.part).ok_or_else(lost)
    }

    /// A small content as a whole, from memory where it was asked for before; `None` where there is none of that name or it
    /// is larger than [`WHOLE_BYTES`]. However many ask at once, the database is asked once.
    pub async fn find_small_media(&self, name: &MediaName) -> StoreResult<Option<Arc<[u8]>>> {
        let cell = self.held.cell(name);
        let read = cell
            .get_or_try_init(|| async {
                let length = self.find_media_length(name).await.map_err(Some)?;
                if length.is_none_or(|length| length > WHOLE_BYTES) {
                    return Err(None);
                }
                let content = self.load_media_part(name, 0, WHOLE_BYTES).await.map_err(Some)?;
                self.held.note(name, content.len());
                Ok::<Arc<[u8]>, Option<StoreError>>(Arc::from(content))
            })
            .await;
        match read {
            Ok(content) => Ok(Some(Arc::clone(content))),
            Err(failure) => {
                self.held.forget(name);
                failure.map_or(Ok(None), Err)
            }
        }
    }
}

type Cell = Arc<OnceCell<Arc<[u8]>>>;

/// Small contents in memory. They never change, so none is ever out of date; the oldest give way.
#[derive(Debug, Default)]
pub(super) struct HeldMedia(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    cells: HashMap<MediaName, Cell>,
    /// In the order in which they came, with their bytes.
    order: VecDeque<(MediaName, usize)>,
    bytes: usize,
}

impl HeldMedia {
    fn cell(&self, name: &MediaName) -> Cell {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(held.cells.entry(name.clone()).or_default())
    }

    /// A content has come; what is too much goes.
    fn note(&self, name: &MediaName, bytes: usize) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.order.push_back((name.clone(), bytes));
        held.bytes += bytes;
        while held.bytes > HELD_BYTES
            && let Some((oldest, bytes)) = held.order.pop_front()
        {
            held.cells.remove(&oldest);
            held.bytes -= bytes;
        }
    }

    /// A name without a small content takes no room.
    fn forget(&self, name: &MediaName) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_empty = held.cells.get(name).is_some_and(|cell| !cell.initialized());
        if is_empty {
            held.cells.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::media::MediaFormat;

    #[test]
    fn memory_is_bounded_and_unknown_names_take_none() {
        let held = HeldMedia::default();
        let name = |n: u8| MediaName::new([n; 32], MediaFormat::Png);
        for n in 0..200 {
            let cell = held.cell(&name(n));
            cell.set(Arc::from(vec![0; 3])).unwrap();
            held.note(&name(n), HELD_BYTES / 10);
        }
        assert_eq!(held.0.lock().unwrap().cells.len(), 10);
        assert!(held.0.lock().unwrap().bytes <= HELD_BYTES);
        assert!(!held.cell(&name(0)).initialized() && held.cell(&name(199)).initialized());
        held.forget(&name(0));
        held.forget(&name(199));
        assert!(held.cell(&name(199)).initialized());
        assert_eq!(held.0.lock().unwrap().cells.len(), 10);
    }
}
