//! Checking one question set: its faults, what loading it would do, and keeping it for an hour so that it can be loaded.
//!
//! Owns that nothing of a check reaches the database, and that of a faulty file the good questions can be kept alone; loading is
//! [`super::load_question_set`]'s.

use super::Failure;
use super::load_question_set::Effect;
use super::read_question_file::{QuestionFile, ReadFile, StoredLike, keep_file, read_question_file};
use crate::app::App;
use crate::bank::{Beside, Fault, GoodOnes, LoadedSet, MediaContent, Preview, Severity};
use crate::domain::catalog::Contest;
use crate::domain::ids::ContestId;
use crate::domain::media::MediaName;
use crate::domain::question::SetVersion;
use crate::domain::staff::Staff;
use crate::keys::sha256_hex;
use crate::session::upload::{EditNote, Upload};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// What a check found.
#[derive(Debug)]
pub struct Checked {
    /// Every fault, in the order of the file.
    pub faults: Vec<Fault>,
    /// The set, where it has no error.
    pub set: Option<LoadedSet>,
    /// Questions examined, faulty ones among them.
    pub count: usize,
    /// The questions as far as they could be read, in the order of the file.
    pub previews: Vec<Preview>,
    /// How a paper's right options were told, and how they could be.
    pub beside: Beside,
    /// Questions that the bank has already.
    pub likes: Vec<StoredLike>,
    /// The newest version of the set; `None` where the contest has no set of that name yet.
    pub head: Option<SetVersion>,
    /// What the load would do.
    pub effect: Effect,
    /// Leads to the kept file; `None` where it was too large to be kept.
    pub file: Option<String>,
    /// Loads it within the hour; only where nothing stands in the way.
    pub token: Option<String>,
    /// The questions of a faulty file that have no fault.
    pub good: Option<GoodPart>,
}

/// The questions of a faulty file that have no fault, to be loaded without the others.
#[derive(Debug)]
pub struct GoodPart {
    /// The set.
    pub set: LoadedSet,
    /// Places in the file of the questions left out, from 1.
    pub left_out: BTreeSet<u32>,
    /// The newest version of the set; `None` where the contest has no set of that name yet.
    pub head: Option<SetVersion>,
    /// What the load would do.
    pub effect: Effect,
    /// Loads it within the hour; only where every draw can still be filled.
    pub token: Option<String>,
}

/// Checks a file and keeps it for an hour if it may be loaded. Nothing reaches the database.
pub async fn check_question_set(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    file: QuestionFile,
) -> Result<Checked, Failure> {
    let kept = match &file.kept {
        Some(token) => Some(token.clone()),
        None => keep_file(app, by, contest.id, &file.name, &file.bytes).await?,
    };
    let ReadFile {
        imported,
        previews,
        likes,
    } = read_question_file(app, contest, file).await?;
    let good = imported.good_ones();
    let faultless = imported
        .faults
        .iter()
        .all(|fault| fault.severity != Severity::Error);
    let mut checked = Checked {
        faults: imported.faults,
        set: imported.loaded,
        count: imported.questions,
        previews,
        beside: imported.beside,
        likes,
        head: None,
        effect: Effect::default(),
        file: kept,
        token: None,
        good: None,
    };
    if let Some(good) = good {
        checked.good = Some(good_part(app, now, by, contest, good, &imported.contents).await?);
    }
    let Some(set) = checked.set.as_ref().filter(|_| faultless) else {
        return Ok(checked);
    };
    checked.head = contest.heads.get(&set.set.id).cloned();
    checked.effect = Effect::of(&contest.rounds, set, now);
    if checked.effect.short.is_empty() {
        let token = keep(
            app,
            by,
            contest.id,
            set,
            &imported.contents,
            checked.head.clone(),
            None,
        )
        .await?;
        checked.token = Some(token);
    }
    Ok(checked)
}

/// The good questions of a faulty file, kept for an hour beside the report.
async fn good_part(
    app: &App,
    now: OffsetDateTime,
    by: &Staff,
    contest: &Contest,
    good: GoodOnes,
    contents: &[MediaContent],
) -> Result<GoodPart, Failure> {
    let GoodOnes {
        loaded: set,
        left_out,
    } = good;
    let head = contest.heads.get(&set.set.id).cloned();
    let effect = Effect::of(&contest.rounds, &set, now);
    let token = if effect.short.is_empty() {
        Some(keep(app, by, contest.id, &set, contents, head.clone(), None).await?)
    } else {
        None
    };
    Ok(GoodPart {
        set,
        left_out,
        head,
        effect,
        token,
    })
}

/// Keeps what was checked for an hour, with what its questions show that came along, and with the version it is to follow; the
/// token loads it.
pub(super) async fn keep(
    app: &App,
    by: &Staff,
    contest: ContestId,
    set: &LoadedSet,
    contents: &[MediaContent],
    base: Option<SetVersion>,
    edit: Option<EditNote>,
) -> Result<String, Failure> {
    let token = URL_SAFE_NO_PAD.encode(app.entropy.bytes::<16>());
    let text = serde_json::to_string(&(&set.set, &set.key))
        .map_err(|error| Failure::Inconsistent(error.to_string()))?;
    let hash = sha256_hex(token.as_bytes());
    for content in contents {
        let name = content.stored.name.to_string();
        app.sessions.put_upload_file(&hash, &name, &content.bytes).await?;
    }
    let upload = Upload {
        staff: by.id,
        contest,
        name: format!("{}.json", set.set.id),
        text,
        base,
        edit,
    };
    app.sessions.put_upload(&hash, &upload).await?;
    Ok(token)
}

/// A file of a set that was checked, for the person who checked it.
pub async fn find_checked_media(
    app: &App,
    by: &Staff,
    contest: ContestId,
    token: &str,
    name: &MediaName,
) -> Result<Option<Vec<u8>>, Failure> {
    let hash = sha256_hex(token.as_bytes());
    let upload = app.sessions.find_upload(&hash).await?;
    let own = upload.is_some_and(|upload| upload.staff == by.id && upload.contest == contest);
    if !own {
        return Ok(None);
    }
    Ok(app.sessions.find_upload_file(&hash, &name.to_string()).await?)
}
