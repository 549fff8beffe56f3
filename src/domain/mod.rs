//! The rules of a contest: who may start, until when, what a paper is, what it scores, who wins.
//!
//! Owns every decision; takes values (`now`, an rng, responses, a key) and returns values or a named refusal. It leaves
//! reading, storing, showing and asking the time to others.

pub mod attempt;
pub mod catalog;
pub mod collective;
pub mod contest;
pub mod draft;
pub mod ids;
pub mod item_answers;
mod item_figures;
pub mod item_statistics;
#[cfg(test)]
mod item_statistics_properties_tests;
#[cfg(test)]
mod item_statistics_tests;
pub mod key_alarm;
pub mod live;
pub mod markup;
mod moments;
pub mod official;
pub mod paper;
pub mod participant;
pub mod prize;
pub mod question;
pub mod ranking;
pub mod response;
pub mod round;
pub mod scoring;
pub mod staff;
pub mod submission;
pub mod tabulate;
pub mod unit;
