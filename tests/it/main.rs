//! Integration tests: one program against real PostgreSQL and Redis. `DATABASE_URL` names a server where databases may be
//! made, one per test; `REDIS_URL` a Redis in which every test has keys of its own.

#![expect(
    unreachable_pub,
    reason = "a test binary exports nothing; `pub` marks what one file offers the others"
)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod accounts;
mod accounts_console;
mod answer_key;
mod api_access;
mod api_bad_input;
mod api_deadline;
mod api_journey;
mod api_registration;
mod api_repeats;
mod api_results;
mod attach;
mod bank;
mod barred;
mod board;
mod board_alarms;
mod board_browser;
mod browser;
mod cases;
mod cli_commands;
mod cli_guard;
mod cli_sweep;
mod complaints_file;
mod console;
mod contest_ties;
mod data_requests;
mod decision;
mod desk;
mod desk_browser;
mod desk_files;
mod emulation;
mod emulation_vote;
mod essay;
mod expiry;
mod expiry_later;
mod helpers;
mod hostile_files;
mod independent;
mod items;
mod kill;
mod lanes;
mod later_prediction;
mod layers;
mod leaders;
mod load_generator;
mod media;
mod meeting;
mod open;
mod outside;
mod overall;
mod overload;
mod own_data;
mod own_password;
mod own_records;
mod pages;
mod papers;
mod person;
mod points;
mod prediction_points;
mod private;
mod process;
mod quiz_borders;
mod quiz_browser;
mod quiz_journey;
mod quiz_pace;
mod quiz_refusals;
mod quiz_script;
mod quiz_start;
mod ranking;
mod rescoring;
mod round_control;
mod rules_form;
mod ruling;
mod scale;
mod settlement;
mod spread;
mod told;
