//! Internet multiple-choice contests for the provinces of Vietnam.
//!
//! Data flows one way: request → form → domain value → action → stores → outcome → page.
//!
//! - [`domain`]: the rules, pure
//! - [`action`]: the journeys, one function each
//! - [`api`]: the same journeys over JSON
//! - [`store`]: PostgreSQL; [`session`]: Redis
//! - [`app`]: the handles put together; [`clock`], [`entropy`], [`keys`], [`password`], [`config`]: what they rest on

pub mod action;
pub mod api;
pub mod app;
pub mod clock;
pub mod config;
pub mod domain;
pub mod entropy;
pub mod keys;
pub mod password;
pub mod session;
pub mod store;
