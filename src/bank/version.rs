//! The version of a set: what has to be the same for two sets to be the same.
//!
//! Owns the canonical bytes; leaves reading and storing to others. Comments, spacing, the order of keys and the file
//! format do not matter; texts, order of questions and options, and the key do.

use crate::domain::question::{AnswerKey, QuestionSet, SetVersion};
use sha2::{Digest, Sha256};

/// SHA-256 over one line that names the form, then set and key as compact JSON in the order of the domain types.
pub(super) fn version_of(set: &QuestionSet, key: &AnswerKey) -> SetVersion {
    let mut hasher = Sha256::new();
    hasher.update(b"hoithi question set 1\n");
    // Serialising these types cannot fail: they hold texts, numbers and maps with text keys alone.
    hasher.update(serde_json::to_vec(&(set, key)).unwrap_or_default());
    SetVersion(
        hasher
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    )
}
