//! The running attempt: one hash under one key, `a:{attempt}`.
//!
//! Fields: `p` participant, `e` end of saving in ms (deadline and grace), `o` options per question as digits, `m` a `1`
//! for each question that takes several, `n` questions answered, `s` set once sealed, `w` calls in the window under way,
//! `q7` = `revision:labels`, `g` = `revision:number`.

use super::script::Script;
use super::{SessionError, Sessions};
use crate::domain::attempt::{Attempt, GRACE};
use crate::domain::draft::{Draft, RevisedPrediction, RevisedResponse};
use crate::domain::ids::{AttemptId, ParticipantId};
use crate::domain::response::{Choice, Response};
use std::collections::HashMap;
use std::sync::LazyLock;
use time::OffsetDateTime;

/// Saving calls that one attempt may make in a window: twice the questions of the longest paper, so that a client may send
/// every answer by itself, and six times what the page sends when somebody clicks without end.
pub const CALLS: i64 = 200;
/// The window, milliseconds; it begins at multiples of itself, so that a count needs no time of its own. Both numbers stand
/// in the scripts below as they are here: sending them along would cost every call.
pub const WINDOW_MS: i64 = 10_000;

/// Keys live this long past the end of saving, in seconds: time enough for any repair by hand.
const KEEP_S: i64 = 24 * 3600;

/// Checks owner, seal, end and options; then keeps each value whose revision is higher than the stored one, which says
/// the same again, or which has none (0), as `Draft::merge` does. All checks come before the write, because a script is
/// not rolled back. One read and one write, whatever the number of changes: Redis runs one script at a time. `w` is the
/// window times 1000 plus the calls in it; it is kept with the answers, so that counting costs no look-up of its own. The
/// later window wins: the clocks of two instances differ by milliseconds.
static SAVE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
local k = KEYS[1]
local asked = {'p', 'e', 's', 'o', 'm', 'n', 'w'}
for i = 3, #ARGV, 3 do asked[#asked + 1] = ARGV[i] end
local h = redis.call('HMGET', k, unpack(asked))
if not h[1] then return {-1} end
if h[1] ~= ARGV[2] then return {-2} end
if h[3] then return {-3} end
local t = tonumber(ARGV[1])
if t >= tonumber(h[2]) then return {-4} end
local w = math.max(tonumber(h[7] or 0), math.floor(t / 10000) * 1000)
if w % 1000 >= 200 then return {-8, 10000 - t % 10000} end
for i = 3, #ARGV, 3 do
  local f, v = ARGV[i], ARGV[i + 2]
  if string.byte(f) == 113 then
    local n = tonumber(string.sub(f, 2))
    local options = tonumber(string.sub(h[4], n, n))
    if not options then return {-5, n} end
    if #v > 1 and string.sub(h[5], n, n) ~= '1' then return {-7, n} end
    for c = 1, #v do
      if string.byte(v, c) - 64 > options then return {-6, n} end
    end
  end
end
local answered = tonumber(h[6] or 0)
local put, latest, stale = {}, {}, {}
for i = 3, #ARGV, 3 do
  local f, r, v = ARGV[i], tonumber(ARGV[i + 1]), ARGV[i + 2]
  local old = latest[f] or h[7 + i / 3]
  local had = old and tonumber(string.match(old, '^(%d+):')) or -1
  if r == 0 and had >= 0 then r = had + 1 end
  local new = string.format('%d', r) .. ':' .. v
  if r > had then
    put[#put + 1] = f
    put[#put + 1] = new
    latest[f] = new
    if string.byte(f) == 113 then
      if old and string.byte(old, -1) ~= 58 then answered = answered - 1 end
      if #v > 0 then answered = answered + 1 end
    end
  elseif old ~= new then
    stale[#stale + 1] = f
    stale[#stale + 1] = old
  end
end
redis.call('HSET', k, 'n', answered, 'w', w + 1, unpack(put))
return {0, answered, tonumber(h[2]), stale}
",
    )
});

/// The same for one choice, which is what a page sends for each click: no lists, no loops over changes, and so half the work.
static SAVE_ONE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
local k, f, v = KEYS[1], ARGV[3], ARGV[5]
local h = redis.call('HMGET', k, 'p', 'e', 's', 'o', 'm', 'n', f, 'w')
if not h[1] then return {-1} end
if h[1] ~= ARGV[2] then return {-2} end
if h[3] then return {-3} end
local e, t = tonumber(h[2]), tonumber(ARGV[1])
if t >= e then return {-4} end
local w = math.max(tonumber(h[8] or 0), math.floor(t / 10000) * 1000)
if w % 1000 >= 200 then return {-8, 10000 - t % 10000} end
local n = tonumber(string.sub(f, 2))
local options = string.byte(h[4], n)
if not options then return {-5, n} end
if #v > 1 and string.byte(h[5], n) ~= 49 then return {-7, n} end
for c = 1, #v do
  if string.byte(v, c) - 16 > options then return {-6, n} end
end
local answered, r, old = tonumber(h[6] or 0), tonumber(ARGV[4]), h[7]
local had = old and tonumber(string.match(old, '^(%d+):')) or -1
if r == 0 and had >= 0 then r = had + 1 end
local new = string.format('%d', r) .. ':' .. v
if r > had then
  if old and string.byte(old, -1) ~= 58 then answered = answered - 1 end
  if #v > 0 then answered = answered + 1 end
  redis.call('HSET', k, 'n', answered, 'w', w + 1, f, new)
  return {0, answered, e}
end
redis.call('HSET', k, 'w', w + 1)
if old ~= new then return {0, answered, e, {f, old}} end
return {0, answered, e}
",
    )
});

/// Creates the hash unless it is there, so that opening twice never loses a saved answer.
static OPEN: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
if redis.call('HSETNX', KEYS[1], 'p', ARGV[1]) == 1 then
  redis.call('HSET', KEYS[1], 'e', ARGV[2], 'o', ARGV[3], 'm', ARGV[4])
  redis.call('EXPIREAT', KEYS[1], ARGV[5])
end
return 1
",
    )
});

/// Ends saving and returns what was saved; repeating it returns the same.
static SEAL: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
if redis.call('EXISTS', KEYS[1]) == 0 then return {} end
redis.call('HSET', KEYS[1], 's', '1')
return redis.call('HGETALL', KEYS[1])
",
    )
});

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// Kept, except those in `stale`, which carry what was kept before them with its higher revision.
    Kept {
        /// Questions with an answer now.
        answered: u16,
        /// Deadline of the attempt.
        deadline: OffsetDateTime,
        /// Newer values that stand instead.
        stale: Draft,
    },
    /// Redis does not know the attempt; it may have been wiped.
    Unknown,
    /// Somebody else's attempt.
    NotOwner,
    /// The attempt is being or has been submitted.
    Sealed,
    /// Deadline and grace have passed.
    TooLate,
    /// Too many calls in this window; milliseconds until the next.
    TooFast(u16),
    /// No question of that number.
    UnknownQuestion(u16),
    /// That question does not have that option.
    UnknownOption(u16),
    /// That question takes one option only.
    OnlyOne(u16),
}

impl Sessions {
    fn attempt_key(&self, id: AttemptId) -> String {
        format!("{}a:{{{id}}}", self.prefix)
    }

    /// Makes a running attempt known, if it is not yet.
    pub async fn open_attempt(&self, attempt: &Attempt) -> Result<(), SessionError> {
        let questions = &attempt.paper.questions;
        let options: String = questions
            .iter()
            .map(|question| question.order.len().to_string())
            .collect();
        let multiple: String = questions
            .iter()
            .map(|question| if question.multiple { '1' } else { '0' })
            .collect();
        let end = attempt.deadline + GRACE;
        let script = &*OPEN;
        let _: i64 = self
            .run(
                script
                    .key(self.attempt_key(attempt.id))
                    .arg(attempt.participant.0)
                    .arg(unix_ms(end))
                    .arg(options)
                    .arg(multiple)
                    .arg(end.unix_timestamp() + KEEP_S),
            )
            .await?;
        Ok(())
    }

    /// Saves choices that arrived at `now`.
    pub async fn save_responses(
        &self,
        id: AttemptId,
        who: ParticipantId,
        now: OffsetDateTime,
        responses: &[(u16, String, u64)],
        prediction: Option<RevisedPrediction>,
    ) -> Result<Saved, SessionError> {
        let script = match (responses, prediction) {
            ([_], None) => &SAVE_ONE,
            _ => &SAVE,
        };
        let mut call = script.key(self.attempt_key(id));
        call.arg(unix_ms(now)).arg(who.0);
        for (question, labels, revision) in responses {
            call.arg(format!("q{question}")).arg(*revision).arg(labels);
        }
        if let Some(given) = prediction {
            let number = given.value.map(|value| value.to_string()).unwrap_or_default();
            call.arg("g").arg(given.revision).arg(number);
        }
        let reply: Vec<redis::Value> = self.run(&call).await?;
        read_saved(reply)
    }

    /// What is saved of a running attempt; empty where nothing is known.
    pub async fn load_draft(&self, id: AttemptId) -> Result<Draft, SessionError> {
        let mut command = redis::cmd("HGETALL");
        command.arg(self.attempt_key(id));
        let fields: HashMap<String, String> = self.query(&command).await?;
        Ok(read_draft(fields))
    }

    /// Ends saving and returns what was saved.
    pub async fn seal_attempt(&self, id: AttemptId) -> Result<Draft, SessionError> {
        let fields: HashMap<String, String> = self.run(&SEAL.key(self.attempt_key(id))).await?;
        Ok(read_draft(fields))
    }

    /// Takes saving up again after a submission that could not be written.
    pub async fn unseal_attempt(&self, id: AttemptId) -> Result<(), SessionError> {
        let mut command = redis::cmd("HDEL");
        command.arg(self.attempt_key(id)).arg("s");
        let _: i64 = self.query(&command).await?;
        Ok(())
    }

    /// Forgets a finished attempt.
    pub async fn discard_attempt(&self, id: AttemptId) -> Result<(), SessionError> {
        let mut command = redis::cmd("UNLINK");
        command.arg(self.attempt_key(id));
        let _: i64 = self.query(&command).await?;
        Ok(())
    }
}

fn unix_ms(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

fn read_saved(reply: Vec<redis::Value>) -> Result<Saved, SessionError> {
    let mut parts = reply.into_iter();
    let code: i64 =
        redis::from_redis_value(parts.next().unwrap_or(redis::Value::Nil)).map_err(parse_error)?;
    let mut number = || -> Result<u16, SessionError> {
        let value = parts.next().unwrap_or(redis::Value::Int(0));
        redis::from_redis_value::<u16>(value).map_err(parse_error)
    };
    Ok(match code {
        0 => {
            let answered = number()?;
            let end: i64 =
                redis::from_redis_value(parts.next().unwrap_or(redis::Value::Nil)).map_err(parse_error)?;
            let end = OffsetDateTime::from_unix_timestamp_nanos(i128::from(end) * 1_000_000);
            let deadline = end.map_err(|_| SessionError::Unreadable("end of an attempt"))? - GRACE;
            let pairs: HashMap<String, String> = match parts.next() {
                Some(value) => redis::from_redis_value(value).map_err(parse_error)?,
                None => HashMap::new(),
            };
            Saved::Kept {
                answered,
                deadline,
                stale: read_draft(pairs),
            }
        }
        -1 => Saved::Unknown,
        -2 => Saved::NotOwner,
        -3 => Saved::Sealed,
        -4 => Saved::TooLate,
        -5 => Saved::UnknownQuestion(number()?),
        -6 => Saved::UnknownOption(number()?),
        -7 => Saved::OnlyOne(number()?),
        -8 => Saved::TooFast(number()?),
        _ => return Err(SessionError::Unreadable("reply of the save script")),
    })
}

fn parse_error(_: redis::ParsingError) -> SessionError {
    SessionError::Unreadable("reply of the save script")
}

/// Reads the fields of the hash; one that cannot be read is left out, so that it never stops a submission.
fn read_draft(fields: HashMap<String, String>) -> Draft {
    let mut draft = Draft::default();
    for (field, value) in fields {
        let Some((revision, text)) = value.split_once(':') else {
            continue;
        };
        let Ok(revision) = revision.parse() else { continue };
        if field == "g" {
            draft.prediction = Some(RevisedPrediction {
                value: text.parse().ok(),
                revision,
            });
        } else if let Some(question) = field
            .strip_prefix('q')
            .and_then(|number| number.parse::<u16>().ok())
            && let Some(choice) = Choice::parse(text)
        {
            draft.responses.insert(
                question,
                RevisedResponse {
                    response: Response { question, choice },
                    revision,
                },
            );
        }
    }
    draft
}
