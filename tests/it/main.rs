//! Integration tests: one program against real PostgreSQL and Redis. `DATABASE_URL` names a server where databases may be
//! made, one per test; `REDIS_URL` a Redis in which every test has keys of its own.

#![expect(unreachable_pub, reason = "a test binary exports nothing; `pub` marks what one file offers the others")]

mod api_access;
mod api_bad_input;
mod api_deadline;
mod api_journey;
mod api_repeats;
mod api_results;
mod helpers;
mod layers;
mod pages;
mod private;
mod ranking;
