//! Internet multiple-choice contests for the provinces of Vietnam.
//!
//! Data flows one way: request → form → domain value → action → stores → outcome → page.
//!
//! - [`domain`]: the rules, pure
//! - [`action`]: the journeys, one function each
//! - [`store`]: PostgreSQL; [`session`]: Redis
//! - [`app`]: the handles put together; [`clock`], [`entropy`], [`keys`], [`password`], [`config`]: what they rest on

pub mod action;
pub mod app;
pub mod clock;
pub mod config;
pub mod document;
pub mod domain;
pub mod entropy;
pub mod i18n;
pub mod keys;
pub mod password;
pub mod session;
pub mod store;
pub mod web;
