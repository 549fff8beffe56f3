//! Question sets as entrants see them, and the key kept apart from them.
//!
//! Owns the neutral model that every file format is read into; leaves reading files to `bank` and drawing to `paper`.

use super::media::Media;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Fewest options a question may have.
pub const MIN_OPTIONS: usize = 2;
/// Most options a question may have (labels A to H).
pub const MAX_OPTIONS: usize = 8;
/// The labels, in order of place.
pub const LABELS: [char; MAX_OPTIONS] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

/// The name of a set inside a contest, such as `dang-bo`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SetId(pub String);

/// The stable name of a question inside its set; a corrected text keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(pub String);

impl fmt::Display for SetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The version of a set: 64 hexadecimal digits of the SHA-256 of its content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SetVersion(pub String);

impl fmt::Display for SetVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How hard a question is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Most entrants know it.
    Easy,
    /// About half do.
    Medium,
    /// Few do.
    Hard,
}

/// One option as written in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionOption {
    /// What the entrant reads.
    pub text: String,
    /// Keeps its place when options are shuffled ("Cả A và B").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pin: bool,
}

/// A question without its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable name inside the set.
    pub id: QuestionId,
    /// The stem.
    pub text: String,
    /// Two to eight options in the order of the file.
    pub options: Vec<QuestionOption>,
    /// Several options are right, and the page says so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub multiple: bool,
    /// Difficulty, where the file says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Why the key is right; shown after publication only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// Where the fact comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What it is about, as organisers sort their questions; entrants do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Pictures, sounds and films, shown under the stem in this order.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "super::media::stored_list"
    )]
    pub media: Vec<Media>,
}

/// The right options of every question of a set, as places in the file (0 = A). A type of its own, so that a page that
/// is given a [`QuestionSet`] cannot show it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AnswerKey(pub BTreeMap<QuestionId, BTreeSet<u8>>);

/// A set of questions, never changed once loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSet {
    /// Its name inside the contest.
    pub id: SetId,
    /// What people call it.
    pub title: String,
    /// The questions in the order of the file.
    pub questions: Vec<Question>,
}

impl QuestionSet {
    /// The question of that name, if the set has it.
    pub fn find(&self, id: &QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| &question.id == id)
    }
}

/// A label ("A" to "H") as a place, or `None` for anything else.
pub fn place_of(label: char) -> Option<u8> {
    LABELS
        .iter()
        .position(|l| *l == label)
        .and_then(|place| u8::try_from(place).ok())
}

/// The label of a place; places beyond H have none.
pub fn label_of(place: u8) -> Option<char> {
    LABELS.get(usize::from(place)).copied()
}
