//! Rules that hold together across tables: what each key becomes, and the fault of each contradiction.

use super::faults::{C, Case, U};
use super::*;
use crate::domain::contest::*;

/// One mistake each; used by the list of all faults too.
pub(super) const CASES: &[Case] = &[
    (C, "min_age = 12", "min_age = 12\nmax_age = «9", &["age-reversed"]),
    (
        C,
        "min_age = 12",
        "min_age = 12\npassword = «\"abc\"",
        &["password-short"],
    ),
    (
        C,
        "title = \"Tuần 2\"",
        "title = \"Tuần 2\"\nqualifying = { rounds = [1, «2], top = 5 }",
        &["qualifying-round"],
    ),
    (
        C,
        "title = \"Tuần 2\"",
        "title = \"Tuần 2\"\nqualifying = «{ rounds = [1] }",
        &["qualifying-empty"],
    ),
    (
        C,
        "title = \"Tuần 2\"",
        "title = \"Tuần 2\"\nqualifying = «{ rounds = [1], per_unit = { level = 5, count = 1 } }",
        &["qualifying-level"],
    ),
    (
        C,
        "[prize_total]",
        "«[complaints]\nwithin_days = 5\n\n[prize_total]",
        &["missing-key"],
    ),
    (
        C,
        "[prize_total]",
        "[complaints]\nwithin_days = «0\nanswer_days = 10\n\n[prize_total]",
        &["out-of-range"],
    ),
    (
        C,
        "[prize_total]",
        "[overall]\nmin_rounds = «3\n\n[prize_total]",
        &["min-rounds-too-many"],
    ),
    (
        C,
        "[prize_total]",
        "[overall]\norder = «[\"score desc\", \"prediction_above asc\"]\n\n[prize_total]",
        &["overall-above"],
    ),
    (
        C,
        "{ round = 1, contest = \"unlimited\" }",
        "{ round = 1, phase = «1, contest = \"unlimited\" }",
        &["cap-without-phases"],
    ),
    (
        C,
        "{ round = 1, contest = \"unlimited\" }",
        "{ round = 2, contest = «1 }",
        &["cap-reversed"],
    ),
    (
        C,
        "{ round = 1, contest = \"unlimited\" }",
        "{ round = 1, keep = «\"highest\" }",
        &["keep-without-cap"],
    ),
    (
        C,
        "{ round = 1, contest = \"unlimited\" }",
        "{ round = 1, contest = 1, keep = «\"best\" }",
        &["unknown-value"],
    ),
    (
        C,
        "per_round = 3\n",
        "per_round = 3\nper_contest = «2\n",
        &["attempts-reversed"],
    ),
    (C, "by = \"rate\"", "by = «\"rank-points\"", &["parts-missing"]),
    (
        C,
        "by = \"rate\"",
        "by = \"rate\"\nof = «[\"people\"]",
        &["parts-unused"],
    ),
    (
        C,
        "by = \"rate\"",
        "by = \"weighted\"\nof = [\"people\"]\ntop = «5",
        &["parts-unused"],
    ),
    (
        C,
        "by = \"rate\"",
        "by = \"rank-points\"\nof = [\"people\", «\"people\"]",
        &["part-twice"],
    ),
    (
        C,
        "min_rate = 0.5",
        "min_rates = [{ below = 50, rate = 0.3 }, «{ below = 50, rate = 0.2 }]",
        &["bands-order"],
    ),
    (
        C,
        "min_rate = 0.5",
        "min_rate = 0.5\nmin_rates = «[{ rate = 0.2 }]",
        &["rate-twice"],
    ),
    (
        C,
        "name = \"Giải Nhất\"\nplaces = 1",
        "name = \"Giải Nhất\"\nplaces = 1\nbloc = «\"Huyen\"",
        &["prize-bloc-unknown"],
    ),
    (
        U,
        "code,name,parent,bloc,headcount,valid_from,valid_to\nDB-CHILANG,Đảng bộ huyện Chi Lăng,,Huyện,1200,,",
        "code,name,parent,bloc,headcount,valid_from,valid_to,successor\nDB-CHILANG,Đảng bộ huyện Chi Lăng,,Huyện,1200,,,«XA-CHILANG",
        &["unknown-successor", "row-length", "row-length", "row-length"],
    ),
    (
        U,
        "code,name,parent,bloc,headcount,valid_from,valid_to\nDB-CHILANG,Đảng bộ huyện Chi Lăng,,Huyện,1200,,",
        "code,name,parent,bloc,headcount,valid_from,valid_to,successor\nDB-CHILANG,Đảng bộ huyện Chi Lăng,,Huyện,1200,,,«DB-CHILANG",
        &["successor-cycle", "row-length", "row-length", "row-length"],
    ),
];

/// A phase of which another round stands in the middle.
pub(super) fn split_phase() -> SourceTree {
    let mut tree = sample_with(C, "title = \"Tuần 1\"", "title = \"Tuần 1\"\nphase = \"Đợt 1\"");
    let text = text_of(&tree, C);
    let third = "\n[[round]]\nnumber = 3\ntitle = \"Tuần 3\"\nphase = \"Đợt 1\"\nopens = \"2023-05-01T08:00:00+07:00\"\ncloses = \
        \"2023-05-02T08:00:00+07:00\"\n";
    tree.add(C, format!("{text}{third}"));
    tree
}

fn definition(changes: &[(&str, &str)]) -> ContestDefinition {
    let mut tree = sample();
    for (from, to) in changes {
        let text = text_of(&tree, C);
        assert_eq!(text.matches(from).count(), 1, "{from:?}");
        tree.add(C, text.replacen(from, to, 1));
    }
    let reading = read_contest(&tree);
    assert_eq!(reading.faults, []);
    reading.loaded.unwrap().definition
}

#[test]
fn who_may_enter_and_which_rounds_wait_for_a_hand_or_for_the_best() {
    let definition = definition(&[
        (
            "min_age = 12",
            "min_age = 12\nmax_age = 30\nopen_to = [\"Đoàn viên\"]\nexcluded = [\"Ban Tổ chức\"]\npassword = \"thicchc2025\"",
        ),
        (
            "title = \"Tuần 1\"",
            "title = \"Tuần 1\"\nphase = \"Vòng loại\"\nby_hand = true",
        ),
        (
            "title = \"Tuần 2\"",
            "title = \"Tuần 2\"\nqualifying = { rounds = [1], top = 50, per_unit = { count = 2 }, min_score = 20 }",
        ),
    ]);
    let entry = EntryRules {
        max_age: Some(30),
        open_to: vec!["Đoàn viên".to_owned()],
        excluded: vec!["Ban Tổ chức".to_owned()],
        no_prize: Vec::new(),
        no_prize_groups: Vec::new(),
        accounts: Default::default(),
        password: Some("thicchc2025".to_owned()),
        access: Vec::new(),
    };
    assert_eq!(definition.entry, entry);
    let [first, second] = definition.rounds.as_slice() else {
        panic!("two rounds")
    };
    assert_eq!((first.phase.as_deref(), first.by_hand), (Some("Vòng loại"), true));
    let best = Qualifying {
        rounds: vec![1],
        top: Some(50),
        per_unit: Some((1, 2)),
        min_score: Some(20),
    };
    assert_eq!((&first.qualifying, &second.qualifying), (&None, &Some(best)));
}

#[test]
fn attempts_predictions_and_the_overall_ranking_are_typed() {
    let definition = definition(&[
        ("points = 10", "points = 10\nall_answered = true"),
        (
            "per_round = 3\ncounts = \"best\"",
            "per_round = 3\nper_contest = 5\ncounts = \"average\"",
        ),
        (
            "counted = \"of-counted-attempt\"",
            "counted = \"last\"\ntaken = \"after-disqualification\"\nasked = \"after\"",
        ),
        (
            "\"prediction_error asc\", \"duration asc\", \"submitted_at asc\"]",
            "\"prediction_above asc\", \"prediction_error asc\", \"birth_date desc\"]",
        ),
        (
            "[prize_total]",
            "[overall]\norder = [\"score desc\", \"attempts asc\"]\nmin_rounds = 2\ntie = \"draw\"\n\n[prize_total]",
        ),
    ]);
    let rules = &definition.rounds[0].rules;
    assert!(rules.paper.all_answered);
    assert_eq!(
        (rules.attempts.per_contest, rules.attempts.counts),
        (Some(5), CountedAttempt::Average)
    );
    let taken = rules.prediction.map(|rule| rule.taken);
    assert_eq!(taken, Some(PredictionTaken::AfterDisqualification));
    assert_eq!(rules.prediction.map(|rule| rule.in_paper()), Some(false));
    let keys: Vec<RankField> = rules.ranking.order.iter().map(|key| key.by).collect();
    use RankField::{Attempts, BirthDate, PredictionAbove, PredictionError, Score};
    assert_eq!(keys, [Score, PredictionAbove, PredictionError, BirthDate]);
    assert_eq!((rules.ranking.tie, rules.ranking.min_rounds), (TieRule::Board, 0));
    let overall = &definition.rules_default.ranking;
    let keys: Vec<RankField> = overall.order.iter().map(|key| key.by).collect();
    assert_eq!(keys, [Score, Attempts]);
    assert_eq!((overall.tie, overall.min_rounds), (TieRule::Draw, 2));
    assert_eq!(
        overall.min_score,
        Some(40),
        "what [overall] leaves out is as in [ranking]"
    );
}

#[test]
fn which_prizes_of_several_rounds_stay_is_typed() {
    let caps = "{ round = 1, contest = \"unlimited\" }";
    let highest = definition(&[(caps, "{ round = 1, contest = 1, keep = \"highest\" }")]);
    for round in &highest.rounds {
        assert_eq!(round.rules.ranking.per_person.keep, Keep::Highest);
    }
    assert_eq!(highest.rules_default.ranking.per_person.keep, Keep::Highest);
    assert_eq!(
        definition(&[]).rounds[0].rules.ranking.per_person.keep,
        Keep::First
    );
}

#[test]
fn prizes_of_a_bloc_and_measures_made_of_parts_are_typed() {
    let definition = definition(&[
        ("name = \"Giải Nhì\"", "bloc = \"Huyện\"\nname = \"Giải Nhì\""),
        (
            "by = \"rate\"",
            "by = \"weighted\"\nof = [\"people\", { by = \"rate\", weight = 3 }]\nthen = [\"winners\"]\nmin_people = 9\nmin_winners = 1",
        ),
        (
            "min_rate = 0.5",
            "min_rates = [{ below = 50, rate = 0.3 }, { below = 100, rate = 0.25 }, { rate = 0.2 }]",
        ),
    ]);
    assert_eq!(definition.prizes[1].bloc.as_deref(), Some("Huyện"));
    let prize = &definition.collective_prizes[0];
    let part = |by, weight| MeasurePart { by, weight };
    assert_eq!(
        prize.of,
        [
            part(CollectiveMeasure::People, 1),
            part(CollectiveMeasure::Rate, 3)
        ]
    );
    assert_eq!((prize.top, prize.min_rate_bp), (0, None));
    assert_eq!(prize.then, [CollectiveMeasure::Winners]);
    let band = |below, min_rate_bp| RateBand { below, min_rate_bp };
    let conditions = UnitConditions {
        min_people: Some(9),
        min_winners: Some(1),
        bands: vec![band(Some(50), 3_000), band(Some(100), 2_500), band(None, 2_000)],
    };
    assert_eq!(prize.conditions, conditions);
}

#[test]
fn a_gate_may_be_reached_with_the_points_of_a_prediction_and_a_round_may_take_them_back() {
    let points = "counted = \"last\"\npoints = [ { within = 0, points = 50 }, { within = 10, points = 20 } ]";
    let mut tree = sample_with(C, "counted = \"of-counted-attempt\"", points);
    let text = text_of(&tree, C).replace("min_score = 40", "min_score = 90");
    let text = text.replace(
        "[round.attempts]",
        "[round.prediction]\npoints = []\n\n[round.ranking]\ngate = { min_score = 40 }\n\n[round.attempts]",
    );
    tree.add(C, text);
    let reading = read_contest(&tree);
    assert_eq!(names(&reading.faults), ["prediction-twice"]);
    let rounds = reading.loaded.unwrap().definition.rounds;
    let earned = |round: usize| {
        let rule = rounds[round].rules.prediction.unwrap();
        [0, 10, 11].map(|error| rule.points.of(Some(error)))
    };
    assert_eq!((earned(0), earned(1)), ([50, 20, 0], [0, 0, 0]));
    let above = text_of(&tree, C).replace("min_score = 90", "min_score = 91");
    tree.add(C, above);
    let found = read_contest(&tree).faults;
    assert_eq!(names(&found), ["prediction-twice", "gate-above-maximum"]);
}
