//! PDF of papers: made by a program of its own, `hoithi-typeset`, which stands beside this one.
//!
//! Owns running it: one at a time, for a limited time, fed with the paper as data. How a paper is set is that program's.

use super::PrintError;
use super::model::Paper;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::sync::Semaphore;

const NAME: &str = "hoithi-typeset";
/// The longest list of a contest takes seconds; what takes longer hangs.
const LIMIT: Duration = Duration::from_secs(120);

/// One paper at a time: each takes a core, and the others are needed by those who take part.
static TURN: Semaphore = Semaphore::const_new(1);

/// Where the setting program is, once it is built.
pub(super) fn program() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let folder = own.parent()?;
    // Test programs lie one folder deeper than those they test.
    let beside = [Some(folder), folder.parent().filter(|_| folder.ends_with("deps"))];
    let named = |folder: &Path| folder.join(NAME);
    beside
        .into_iter()
        .flatten()
        .map(named)
        .find(|path| path.is_file())
}

/// Sets a paper when it is its turn.
pub(super) async fn write(paper: &Paper) -> Result<Vec<u8>, PrintError> {
    let program = program().ok_or(PrintError::NoTypesetter)?;
    let data = serde_json::to_vec(paper).map_err(|error| PrintError::Set(error.to_string()))?;
    let _turn = TURN.acquire().await.map_err(|_| PrintError::Stopped)?;
    tokio::time::timeout(LIMIT, set(&program, &data))
        .await
        .map_err(|_| PrintError::Set(format!("{NAME} took more than {} s", LIMIT.as_secs())))?
        .map_err(|error| PrintError::Set(format!("{NAME}: {error}")))?
}

async fn set(program: &Path, data: &[u8]) -> std::io::Result<Result<Vec<u8>, PrintError>> {
    let mut child = Command::new(program)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    // It reads everything before it writes, so feeding it first cannot hang.
    if let Some(mut input) = child.stdin.take() {
        input.write_all(data).await?;
    }
    let output = child.wait_with_output().await?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Ok(Err(PrintError::Set(format!(
        "{NAME}: {}: {}",
        output.status,
        told.trim()
    ))))
}
