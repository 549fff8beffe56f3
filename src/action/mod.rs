//! The journeys: one public function per file, in the order in which things happen.
//!
//! Owns the order of work and the borders of transactions; rules come from `domain`, and pages, JSON, commands and the
//! worker all call the same functions. `now` is passed in; nothing here asks the time.

pub mod approve_round;
pub mod attach_media;
pub mod cast_ballot;
mod certificates;
pub mod check_accounts;
pub mod check_question_set;
pub mod close_round;
pub mod correct_own_data;
pub mod correct_person;
pub mod count_items;
pub mod decide;
pub mod declare_places;
pub mod edit_question;
pub mod edit_rules;
pub mod erase_own_data;
pub mod expire_data;
pub mod export;
pub mod extend_round;
pub mod finish_attempt;
pub mod give_prediction;
pub mod handle_request;
pub mod hold_vote;
pub mod issue_accounts;
pub mod issue_paper;
pub mod judge_case;
mod list_people;
pub mod load_clusters;
pub mod load_contest;
pub mod load_question_set;
pub mod log_in;
pub mod mark_essay;
mod meeting_facts;
pub mod note_export;
pub mod open_round;
pub mod own_data;
pub mod own_password;
pub mod own_records;
pub mod pause_round;
pub mod publish_round;
pub mod rank_round;
pub mod read_question_file;
pub mod register;
pub mod register_awards;
pub mod reopen_round;
pub mod rescore_changes;
pub mod rescore_round;
pub mod reset_password;
pub mod resume_attempt;
pub mod resume_round;
pub mod review_round;
pub mod rule;
pub mod rule_overall;
pub mod save_essay;
pub mod save_responses;
pub mod score_units;
pub mod settle_prizes;
pub mod settle_tie;
pub mod simulate;
pub mod staff_login;
pub mod start_attempt;
pub mod take_out_set;
pub mod vet;

use crate::session::SessionError;
use crate::store::StoreError;
use crate::store::writer::WriteError;

/// Something did not work that nobody's rule refused: a store is away, full, or inconsistent.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// PostgreSQL.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Redis.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// Too much is waiting; come back later.
    #[error("busy")]
    Busy,
    /// A write whose outcome could not be learnt.
    #[error("outcome unknown: {0}")]
    Unknown(String),
    /// Stored data contradicts itself.
    #[error("{0}")]
    Inconsistent(String),
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Busy => Self::Busy,
            WriteError::Unknown(cause) => Self::Unknown(cause),
        }
    }
}

impl From<crate::password::HashingFailed> for Failure {
    fn from(error: crate::password::HashingFailed) -> Self {
        Self::Inconsistent(error.to_string())
    }
}
