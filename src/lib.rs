//! Internet multiple-choice contests for the provinces of Vietnam.
//!
//! Data flows one way: request → form → domain value → action → stores → outcome → page.
//!
//! - [`domain`]: the rules, pure
//! - [`action`]: the journeys, one function each
//! - [`api`]: the same journeys over JSON
//! - [`store`]: PostgreSQL; [`session`]: Redis
//! - [`bank`]: contest and question files; [`i18n`]: the words people read
//! - [`picture`]: the picture beside a link; [`pulse`]: what a process knows of its own answers and end; [`disk`]: its room
//! - [`web`]: pages; [`serve`]: what surrounds every route, and the listening server
//! - [`worker`]: what is done without being asked; [`telemetry`]: log and metrics
//! - [`cli`]: the commands; [`private`]: the stores they start where none are given
//! - [`app`]: the handles put together; [`clock`], [`entropy`], [`keys`], [`password`], [`config`]: what they rest on

pub mod action;
pub mod api;
pub mod app;
pub mod bank;
pub mod cli;
pub mod clock;
pub mod config;
pub mod disk;
pub mod document;
pub mod domain;
pub mod entropy;
pub mod i18n;
pub mod keys;
pub mod password;
pub mod picture;
pub mod private;
pub mod pulse;
pub mod serve;
pub mod session;
pub mod store;
pub mod telemetry;
pub mod web;
pub mod worker;
