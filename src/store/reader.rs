//! The group reader: what many visitors ask for at the same moment, in one query each kind.
//!
//! Owns asking and answering; the queries belong to the modules of their tables, and `crowd` says when a batch is full. A
//! lone asker is answered as by a query of its own. Work per visitor shrinks as the crowd
//! grows: one plan, one round trip and one wake-up serve all of them. What is asked alone, which is rare, is boxed: every
//! visitor's future would otherwise be moved with room for a whole query.

use super::attempt::{AttemptLine, Seen, StoredAttempt};
use super::crowd::Crowd;
use super::participant::ParticipantLine;
use super::{Store, StoreResult};
use crate::domain::ids::{AttemptId, ParticipantId, RoundId};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc, oneshot};

/// Most askers answered by one query.
const BATCH: usize = 256;
/// Queries of one kind under way at the same time: one runs while the other's answers are handed out.
const UNDER_WAY: usize = 2;
/// Most askers that wait; whoever comes beyond them asks on a connection of their own.
const QUEUE: usize = 4_096;

/// Handle to the gathered reads; cheap to clone.
#[derive(Clone)]
pub struct Reader {
    store: Store,
    attempts: Gather<AttemptId, StoredAttempt>,
    lines: Gather<(RoundId, ParticipantId), Vec<AttemptLine>>,
    people: Gather<ParticipantId, ParticipantLine>,
    entrants: Gather<EntrantKey, Entrant>,
}

/// Whose past: the rounds of the contest, the round about to be entered, the person.
type EntrantKey = (Arc<[RoundId]>, RoundId, ParticipantId);

/// What a start needs to know of a person's past in the contest.
#[derive(Debug, Clone, Default)]
pub struct Entrant {
    /// The attempts in the round, in order of number.
    pub attempts: Vec<AttemptLine>,
    /// How often each question stood on the latest papers.
    pub seen: Seen,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

impl Reader {
    /// Starts the gathering tasks; they end when every handle is gone.
    pub fn spawn(store: &Store) -> Self {
        Self {
            store: store.clone(),
            attempts: gather(store, |store: Store, ids: Vec<AttemptId>| async move {
                let found = store.find_attempts(&ids).await?;
                // One that cannot be read is asked for alone, so that its asker learns why.
                Ok(Answers::of(
                    found.into_iter().map(|(id, stored)| (id, stored.ok())),
                ))
            }),
            lines: gather(store, |store: Store, whose: Vec<_>| async move {
                let mut lines: HashMap<_, Option<Vec<AttemptLine>>> =
                    whose.iter().map(|key| (*key, Some(Vec::new()))).collect();
                for (key, line) in store.load_attempts_of(&whose).await? {
                    if let Some(Some(of_person)) = lines.get_mut(&key) {
                        of_person.push(line);
                    }
                }
                Ok(Answers(lines))
            }),
            people: gather(store, |store: Store, ids: Vec<ParticipantId>| async move {
                let found = store.find_participants(&ids).await?;
                Ok(Answers::of(found.into_iter().map(|line| (line.id, Some(line)))))
            }),
            entrants: gather(store, entrants_of),
        }
    }

    /// The attempt of that id with its submission.
    pub async fn find_attempt(&self, id: AttemptId) -> StoreResult<Option<StoredAttempt>> {
        match self.attempts.ask(id).await {
            Some(answer) => Ok(answer),
            None => Box::pin(self.store.find_attempt(id)).await,
        }
    }

    /// A person's attempts in one round, in order of number.
    pub async fn load_round_attempts(
        &self,
        round: RoundId,
        participant: ParticipantId,
    ) -> StoreResult<Vec<AttemptLine>> {
        match self.lines.ask((round, participant)).await {
            Some(answer) => Ok(answer.unwrap_or_default()),
            None => Box::pin(self.store.load_round_attempts(round, participant)).await,
        }
    }

    /// The participant of that number.
    pub async fn find_participant(&self, id: ParticipantId) -> StoreResult<Option<ParticipantLine>> {
        match self.people.ask(id).await {
            Some(answer) => Ok(answer),
            None => Box::pin(self.store.find_participant(id)).await,
        }
    }

    /// What a start in one of the contest's rounds needs to know of a person.
    pub async fn load_entrant(
        &self,
        rounds: &[RoundId],
        round: RoundId,
        participant: ParticipantId,
    ) -> StoreResult<Entrant> {
        match self.entrants.ask((rounds.into(), round, participant)).await {
            Some(answer) => Ok(answer.unwrap_or_default()),
            None => Ok(Entrant {
                attempts: Box::pin(self.store.load_round_attempts(round, participant)).await?,
                seen: Box::pin(self.store.load_seen_questions(rounds, participant)).await?,
            }),
        }
    }
}

/// Two queries for each contest among the askers; mostly that is one.
async fn entrants_of(store: Store, keys: Vec<EntrantKey>) -> StoreResult<Answers<EntrantKey, Entrant>> {
    let mut by_contest: HashMap<Arc<[RoundId]>, Vec<(RoundId, ParticipantId)>> = HashMap::new();
    for (rounds, round, participant) in keys {
        by_contest.entry(rounds).or_default().push((round, participant));
    }
    let mut answers = HashMap::new();
    for (rounds, whose) in by_contest {
        let people: Vec<ParticipantId> = whose.iter().map(|(_, participant)| *participant).collect();
        let (lines, seen) = tokio::try_join!(
            store.load_attempts_of(&whose),
            store.load_seen_of(&rounds, &people)
        )?;
        let entrant = |(round, participant): (RoundId, ParticipantId)| {
            let seen = seen.get(&participant).cloned().unwrap_or_default();
            let key = (Arc::clone(&rounds), round, participant);
            let entrant = Entrant {
                attempts: Vec::new(),
                seen,
            };
            (key, Some(entrant))
        };
        answers.extend(whose.iter().copied().map(entrant));
        for ((round, participant), line) in lines {
            let key = (Arc::clone(&rounds), round, participant);
            if let Some(Some(entrant)) = answers.get_mut(&key) {
                entrant.attempts.push(line);
            }
        }
    }
    Ok(Answers(answers))
}

/// What a query found: nothing under a key means that there is none, `None` that it could not be read.
struct Answers<K, V>(HashMap<K, Option<V>>);

impl<K: Eq + Hash, V> Answers<K, V> {
    fn of(found: impl Iterator<Item = (K, Option<V>)>) -> Self {
        Self(found.collect())
    }
}

struct Question<K, V> {
    key: K,
    reply: oneshot::Sender<Option<V>>,
}

/// A queue of questions of one kind.
struct Gather<K, V>(mpsc::Sender<Question<K, V>>);

impl<K, V> Clone for Gather<K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K, V> Gather<K, V> {
    /// The answer, `Some(None)` if there is none; `None` where the question has to be asked alone.
    async fn ask(&self, key: K) -> Option<Option<V>> {
        let (reply, answer) = oneshot::channel();
        self.0.try_send(Question { key, reply }).ok()?;
        answer.await.ok()
    }
}

fn gather<K, V, F, Q>(store: &Store, query: F) -> Gather<K, V>
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
    F: Fn(Store, Vec<K>) -> Q + Send + 'static,
    Q: Future<Output = StoreResult<Answers<K, V>>> + Send + 'static,
{
    let (questions, waiting) = mpsc::channel(QUEUE);
    tokio::spawn(run(store.clone(), waiting, query));
    Gather(questions)
}

async fn run<K, V, F, Q>(store: Store, mut waiting: mpsc::Receiver<Question<K, V>>, query: F)
where
    K: Eq + Hash + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
    F: Fn(Store, Vec<K>) -> Q,
    Q: Future<Output = StoreResult<Answers<K, V>>> + Send + 'static,
{
    let room = Arc::new(Semaphore::new(UNDER_WAY));
    let mut crowd = Crowd::default();
    loop {
        // Never closed, so there is always a place to wait for.
        let Ok(place) = Arc::clone(&room).acquire_owned().await else {
            return;
        };
        let mut batch = Vec::new();
        if crowd.gather(&mut waiting, &mut batch, BATCH).await == 0 {
            return;
        }
        let mut askers: HashMap<K, Vec<oneshot::Sender<Option<V>>>> = HashMap::with_capacity(batch.len());
        for Question { key, reply } in batch {
            askers.entry(key).or_default().push(reply);
        }
        let answers = query(store.clone(), askers.keys().cloned().collect());
        tokio::spawn(async move {
            // Where the query failed the askers find their queue closed and ask alone, with an error of their own.
            if let Ok(Answers(mut found)) = answers.await {
                for (key, replies) in askers {
                    hand_out(found.remove(&key), replies);
                }
            }
            drop(place);
        });
    }
}

fn hand_out<V: Clone>(found: Option<Option<V>>, replies: Vec<oneshot::Sender<Option<V>>>) {
    // A value that could not be read: dropping the replies makes each asker ask alone.
    let answer = match found {
        Some(None) => return,
        Some(Some(value)) => Some(value),
        None => None,
    };
    let mut replies = replies.into_iter();
    let first = replies.next();
    for reply in replies {
        // An asker that went away needs no answer.
        let _ = reply.send(answer.clone());
    }
    if let Some(first) = first {
        let _ = first.send(answer);
    }
}
