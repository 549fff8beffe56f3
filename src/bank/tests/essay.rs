//! The essay: what is read, what a round takes over or takes back, and the fault of each mistake.

use super::faults::{C, Case};
use super::*;
use crate::domain::contest::{EssayRules, Markers};

/// One mistake each in `contest.toml`; used by the list of all faults too.
pub(super) const CASES: &[Case] = &[
    (
        C,
        "[prize_total]",
        "«[essay]\nprompt = \"Viết về quê hương.\"\n\n[prize_total]",
        &["missing-key"],
    ),
    (
        C,
        "[prize_total]",
        "«[essay]\npoints = 30\n\n[prize_total]",
        &["missing-key"],
    ),
    (
        C,
        "[prize_total]",
        "[essay]\nprompt = \"Viết.\"\npoints = «0\n\n[prize_total]",
        &["out-of-range"],
    ),
    (
        C,
        "[prize_total]",
        "[essay]\nprompt = \"Viết.\"\npoints = 30\nmax_chars = «20001\n\n[prize_total]",
        &["out-of-range"],
    ),
    (
        C,
        "[prize_total]",
        "[essay]\nprompt = \"Viết.\"\npoints = 30\nmarkers = «3\n\n[prize_total]",
        &["out-of-range"],
    ),
    (
        C,
        "[prize_total]",
        "[essay]\nprompt = \"Viết.\"\npoints = 30\nmin_chars = «2001\nmax_chars = 2000\n\n[prize_total]",
        &["essay-lengths"],
    ),
    (
        C,
        "[prize_total]",
        "[essay]\nprompt = \"Viết.\"\npoints = 30\nmin_points = «31\n\n[prize_total]",
        &["essay-gate"],
    ),
    (
        C,
        "[prize_total]",
        "[essay]\nprompt = \"Viết.\"\npoints = 30\nmax_difference = «5\n\n[prize_total]",
        &["essay-one-marker"],
    ),
    (
        C,
        "[prize_total]",
        "[essay]\nprompt = \"Viết.\"\npoints = 30\nmarkers = 2\nmax_difference = «30\n\n[prize_total]",
        &["essay-difference"],
    ),
    (
        C,
        "order = [\"score desc\", \"prediction_error asc\", \"duration asc\", \"submitted_at asc\"]\ntie = \"board\"\nper_person = { round = 1, contest = \"unlimited\" }\n",
        "order = «[\"prediction_error asc\", \"duration asc\"]\n\n[essay]\nprompt = \"Viết.\"\npoints = 30\n",
        &["essay-unranked"],
    ),
    (
        C,
        "[prize_total]",
        "[essay]\nprompt = \"Viết.\"\npoints = 30\n«marks = 2\n\n[prize_total]",
        &["unknown-key"],
    ),
];

fn essays(text: &str) -> Vec<Option<EssayRules>> {
    let mut tree = sample();
    tree.add(C, text);
    let reading = read_contest(&tree);
    assert_eq!(reading.faults, []);
    let rounds = reading.loaded.unwrap().definition.rounds;
    rounds.into_iter().map(|round| round.rules.essay).collect()
}

#[test]
fn a_round_has_the_essay_of_the_contest_but_for_what_it_says_otherwise() {
    let text = text_of(&sample(), C).replacen(
        "[prize_total]",
        "[essay]\nprompt = \"Viết về quê hương.\"\npoints = 30\nmarkers = 2\nmax_difference = 5\n\n[prize_total]",
        1,
    );
    let own = "\n[round.essay]\nprompt = \"Viết về thầy cô.\"\nmin_chars = 200\nmax_chars = 3000\nmin_points = 10\n\
        max_difference = \"unlimited\"\n";
    let all = EssayRules {
        prompt: "Viết về quê hương.".to_owned(),
        min_chars: 0,
        max_chars: 10_000,
        points: 30,
        min_points: None,
        markers: Markers::Two {
            max_difference: Some(5),
        },
    };
    let second = EssayRules {
        prompt: "Viết về thầy cô.".to_owned(),
        min_chars: 200,
        max_chars: 3_000,
        min_points: Some(10),
        markers: Markers::Two { max_difference: None },
        ..all.clone()
    };
    // The own table of the last round stands at the end of the file.
    assert_eq!(essays(&format!("{text}{own}")), [Some(all.clone()), Some(second)]);
    let taken_back = "\n[round.essay]\nprompt = \"none\"\n";
    assert_eq!(essays(&format!("{text}{taken_back}")), [Some(all), None]);
}

#[test]
fn without_the_table_nothing_is_to_be_written() {
    assert_eq!(essays(&text_of(&sample(), C)), [None, None]);
}

#[test]
fn a_mark_may_be_nothing_but_a_gate() {
    let text = text_of(&sample(), C)
        .replacen("\"score desc\", ", "", 1)
        .replacen(
            "[prize_total]",
            "[essay]\nprompt = \"Viết.\"\npoints = 30\nmin_points = 15\n\n[prize_total]",
            1,
        );
    let found = essays(&text);
    assert!(found.iter().flatten().all(|essay| essay.min_points == Some(15)) && found.len() == 2);
}
