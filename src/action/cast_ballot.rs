//! A delegate's ballot: the code opens it, one transaction puts it into the box and marks the delegate.
//!
//! Nothing that is written tells when or how a delegate voted: no audit line, no moment, no row of the ballot's own. Why
//! the two cannot be joined again is told in `domain::emulation::ballot`.

use super::Failure;
use crate::app::App;
use crate::domain::emulation::VoteId;
use crate::domain::emulation::ballot::{Ballot, BallotBox};
use crate::domain::emulation::vote::{Delegate, VoteState};
use crate::keys::read_ballot_code;
use crate::session::SessionError;
use crate::session::limit::Limit;
use crate::store::Tx;
use crate::store::emulation::VoteRow;

/// Wrong codes from one browser in a window; a code has 60 bits, so this only keeps the log quiet.
const TRIES: u32 = 30;
const WINDOW_S: u32 = 600;
const KIND: &str = "ballot";

/// Why no ballot was shown or taken.
#[derive(Debug)]
pub enum BallotError {
    /// No such code.
    Unknown,
    /// A ballot was given with this code already.
    Used,
    /// The vote does not take ballots.
    Closed(VoteState),
    /// A mark for what is not on the ballot.
    Marks,
    /// Too many wrong codes; seconds to wait.
    TooMany(u64),
    /// Something failed; nothing was cast.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for BallotError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// A ballot that may be given.
#[derive(Debug, Clone)]
pub struct OpenBallot {
    /// The code in its stored form.
    pub code: String,
    /// The vote.
    pub vote: VoteRow,
    /// Whose ballot it is.
    pub delegate: Delegate,
}

/// The ballot that a code opens. `visit` names the browser whose wrong codes are counted.
pub async fn find_ballot(app: &App, visit: &str, typed: &str) -> Result<OpenBallot, BallotError> {
    let found = match read_ballot_code(typed) {
        Some(code) => {
            let hash = app.keys.ballot_hash(&code);
            app.store
                .find_ballot_code(&hash)
                .await?
                .map(|found| (code, found))
        }
        None => None,
    };
    let Some((code, (vote, delegate))) = found else {
        return Err(count_wrong(app, visit).await);
    };
    if delegate.voted {
        return Err(BallotError::Used);
    }
    let vote = app.store.find_vote(vote).await?.ok_or(BallotError::Unknown)?;
    if vote.state != VoteState::Open {
        return Err(BallotError::Closed(vote.state));
    }
    Ok(OpenBallot {
        code,
        vote,
        delegate: delegate.delegate,
    })
}

async fn count_wrong(app: &App, visit: &str) -> BallotError {
    let key = app.keys.counter_name(KIND, visit);
    let limit = Limit {
        kind: KIND,
        key: &key,
        tries: TRIES,
        window_s: WINDOW_S,
    };
    let hit: Result<Option<u64>, SessionError> = app.sessions.hit(limit).await;
    // Without Redis nobody counts; 60 bits are not guessed.
    match hit {
        Ok(Some(wait)) => BallotError::TooMany(wait),
        Ok(None) | Err(_) => BallotError::Unknown,
    }
}

/// The marks as a ballot of that vote.
pub fn read_marks(vote: &VoteRow, marks: &[u16]) -> Result<Ballot, BallotError> {
    Ballot::new(marks.iter().copied(), vote.candidates.len()).ok_or(BallotError::Marks)
}

/// Puts the ballot into the box and marks its delegate as having voted, both or neither.
pub async fn cast_ballot(app: &App, open: &OpenBallot, ballot: Ballot) -> Result<(), BallotError> {
    let mut tx = app.store.begin().await?;
    let (state, _) = tx.lock_vote(open.vote.id).await?.ok_or(BallotError::Unknown)?;
    if state != VoteState::Open {
        return Err(BallotError::Closed(state));
    }
    if !tx
        .mark_voted(open.vote.id, &app.keys.ballot_hash(&open.code))
        .await?
    {
        return Err(BallotError::Used);
    }
    let (delegates, _) = tx.count_delegates(open.vote.id).await?;
    let mut ballots = open_box(app, &mut tx, &open.vote, delegates).await?;
    ballots
        .put(ballot)
        .map_err(|bad| Failure::Inconsistent(bad.to_string()))?;
    seal_box(app, &mut tx, open.vote.id, &ballots).await?;
    Ok(tx.commit().await?)
}

/// The box of a locked vote.
pub(super) async fn open_box(
    app: &App,
    tx: &mut Tx,
    vote: &VoteRow,
    delegates: u32,
) -> Result<BallotBox, Failure> {
    let bad = |what: &str| Failure::Inconsistent(format!("ballot box of vote {}: {what}", vote.id));
    let sealed = tx.load_box(vote.id).await?.ok_or_else(|| bad("missing"))?;
    let text = app
        .keys
        .open(&place(vote.id), &sealed)
        .ok_or_else(|| bad("does not open"))?;
    let room = usize::try_from(delegates).unwrap_or(usize::MAX);
    BallotBox::read(&text, vote.candidates.len(), room).map_err(|error| bad(&error.to_string()))
}

/// Puts the box back, sealed anew.
pub(super) async fn seal_box(
    app: &App,
    tx: &mut Tx,
    vote: VoteId,
    ballots: &BallotBox,
) -> Result<(), Failure> {
    let sealed = app.keys.seal(&place(vote), &ballots.text(), app.entropy.bytes());
    Ok(tx.put_box(vote, &sealed).await?)
}

/// What a sealed box is bound to, so that it cannot be put in place of another.
fn place(vote: VoteId) -> String {
    format!("emulation_boxes.sealed {vote}")
}
