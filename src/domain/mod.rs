//! The rules of a contest: who may start, until when, what a paper is, what it scores, who wins.
//!
//! Owns every decision; takes values (`now`, an rng, responses, a key) and returns values or a named refusal. It leaves
//! reading, storing, showing and asking the time to others.

pub mod access;
pub mod account;
pub mod attempt;
pub mod bloc;
pub mod case;
pub mod catalog;
pub mod collective;
pub mod contest;
pub mod correction;
pub mod data_request;
pub mod decision;
pub mod disclosure;
pub mod draft;
pub mod effect;
pub mod emulation;
pub mod essay;
pub mod exclusion;
pub mod expiry;
pub mod fair_play;
pub mod ids;
pub mod item_answers;
mod item_figures;
pub mod item_reading;
pub mod item_statistics;
#[cfg(test)]
mod item_statistics_properties_tests;
#[cfg(test)]
mod item_statistics_tests;
pub mod key_alarm;
pub mod live;
pub mod marking;
pub mod markup;
pub mod media;
mod moments;
pub mod official;
pub mod own_data;
pub mod own_records;
pub mod paper;
pub mod participant;
pub mod prediction;
pub mod prize;
pub mod qualify;
pub mod question;
pub mod question_bank;
pub mod question_record;
#[cfg(test)]
mod question_record_tests;
pub mod ranking;
pub mod rescoring;
pub mod response;
pub mod round;
pub mod round_key;
#[cfg(test)]
mod rules_tests;
pub mod ruling;
pub mod scoring;
pub mod set_diff;
pub mod settlement;
pub mod spread;
#[cfg(test)]
mod spread_tests;
pub mod staff;
pub mod submission;
pub mod tabulate;
pub mod text_diff;
pub mod unit;
pub mod vetting;
pub mod watch;
pub mod working_days;
