//! Reading a question file for a member of staff: its questions and faults, and which of them the bank has already.
//!
//! Owns that few files are read at a time and that a file is kept for an hour; nothing of it reaches the database.

use super::Failure;
use crate::app::App;
use crate::bank::{Imported, KeyConvention, Preview, import_question_file_by, like_stored, set_id_of_file};
use crate::domain::catalog::{Catalog, Contest};
use crate::domain::ids::ContestId;
use crate::domain::question::{QuestionId, SetId, SetVersion};
use crate::domain::question_bank::Entry;
use crate::domain::staff::Staff;
use crate::keys::sha256_hex;
use crate::session::kept_file::{KeptFile, MAX_KEPT_BYTES};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Files read at the same time: a hostile one takes up to 256 MiB and some seconds of a processor before it is refused.
pub(super) static READING: Semaphore = Semaphore::const_new(2);

/// A file to be read.
#[derive(Debug, Clone)]
pub struct QuestionFile {
    /// Its name, whose ending tells the format.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// How a paper marks its right options, where the organiser chose.
    pub wanted: Option<KeyConvention>,
    /// The token under which it is kept already, where it is read again.
    pub kept: Option<String>,
}

/// What a file holds.
#[derive(Debug)]
pub struct ReadFile {
    /// Set, faults, questions.
    pub imported: Imported,
    /// Every question as far as it was read.
    pub previews: Vec<Preview>,
    /// Questions that the bank has already.
    pub likes: Vec<StoredLike>,
}

/// A question of a file that the bank has already, in the same words or nearly so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLike {
    /// Its place in the file, from 1.
    pub place: u32,
    /// In the very same words.
    pub same: bool,
    /// Contest of the stored question.
    pub contest: ContestId,
    /// Its set.
    pub set: SetId,
    /// The version it is shown from.
    pub version: SetVersion,
    /// Its name.
    pub question: QuestionId,
}

/// Reads a file beside the requests of others and compares it with the bank; the set that it would replace is left out.
pub async fn read_question_file(
    app: &App,
    contest: &Contest,
    file: QuestionFile,
) -> Result<ReadFile, Failure> {
    let turn = READING.acquire().await.map_err(|_| Failure::Busy)?;
    let (catalog, contest) = (app.catalog(), contest.id);
    let read = tokio::task::spawn_blocking(move || {
        let imported = import_question_file_by(&file.name, &file.bytes, file.wanted);
        let previews = imported.previews();
        let loaded = imported.loaded.as_ref().map(|loaded| loaded.set.id.clone());
        let set = loaded.or_else(|| set_id_of_file(&file.name));
        let likes = likes(&catalog, contest, set.as_ref(), &previews);
        ReadFile {
            imported,
            previews,
            likes,
        }
    });
    let read = read.await;
    drop(turn);
    read.map_err(|error| Failure::Inconsistent(format!("reading a question file ended early: {error}")))
}

fn likes(
    catalog: &Arc<Catalog>,
    contest: ContestId,
    set: Option<&SetId>,
    previews: &[Preview],
) -> Vec<StoredLike> {
    let is_other = |entry: &&Entry| entry.contest != contest || Some(&entry.set) != set;
    let entries: Vec<&Entry> = catalog.bank().entries().iter().filter(is_other).collect();
    let stored: Vec<(&Entry, &QuestionId, &str)> = entries
        .into_iter()
        .filter_map(|entry| {
            let (_, question) = entry.question(catalog)?;
            Some((entry, &question.id, question.text.as_str()))
        })
        .collect();
    let texts: Vec<&str> = stored.iter().map(|(.., text)| *text).collect();
    let asked: Vec<&str> = previews.iter().map(|preview| preview.text.as_str()).collect();
    like_stored(&asked, &texts)
        .into_iter()
        .filter_map(|like| {
            let (entry, question, _) = stored.get(like.stored)?;
            Some(StoredLike {
                place: previews.get(like.question)?.place,
                same: like.same,
                contest: entry.contest,
                set: entry.set.clone(),
                version: entry.version.clone(),
                question: (*question).clone(),
            })
        })
        .collect()
}

/// Keeps a file for an hour in place of the last one of this person; `None` where it is too large. The token leads to it.
pub async fn keep_file(
    app: &App,
    by: &Staff,
    contest: ContestId,
    name: &str,
    bytes: &[u8],
) -> Result<Option<String>, Failure> {
    if bytes.len() > MAX_KEPT_BYTES {
        return Ok(None);
    }
    let token = URL_SAFE_NO_PAD.encode(app.entropy.bytes::<16>());
    let file = KeptFile {
        token_hash: sha256_hex(token.as_bytes()),
        contest,
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    app.sessions.put_kept_file(by.id, &file).await?;
    Ok(Some(token))
}

/// The kept file of a token, where it is this person's and this contest's.
pub async fn find_kept(
    app: &App,
    by: &Staff,
    contest: ContestId,
    token: &str,
) -> Result<Option<KeptFile>, Failure> {
    let hash = sha256_hex(token.as_bytes());
    let file = app.sessions.find_kept_file(by.id, &hash).await?;
    Ok(file.filter(|file| file.contest == contest))
}
