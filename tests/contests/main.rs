//! Four real contests as contest files, each run with a made-up crowd and compared with its rules read by hand.
//!
//! The oracles know nothing of the program's types of rules: they sort plain records as the text of the rules says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod crowd;
mod oracle;
mod run;

use crowd::Crowd;
use hoithi::domain::contest::Scope;
use oracle::Plain;
use run::{Run, read};
use std::collections::{BTreeMap, BTreeSet};

/// Crowds of different sizes and seeds.
const CROWDS: [(u64, usize); 4] = [(1, 40), (2, 150), (3, 400), (4, 400)];

/// Names of prizes and winners of a round, in order.
fn given(run: &Run, round: usize) -> Vec<(String, i64)> {
    run.winners(&run.awards[round])
}

#[test]
fn lang_son_2023_is_won_by_those_with_every_point_whose_guess_is_nearest() {
    let contest = read("lang-son-2023");
    for (seed, people) in CROWDS {
        let crowd = Crowd::draw(&contest, seed, people, 3);
        let run = Run::of(&contest, &crowd, [seed as u8; 32]);
        for round in 0..5 {
            let entries = crowd.plain(round);
            let actual = entries.len() as i64;
            let mut best = oracle::best_attempts(&entries);
            best.retain(|entry| entry.score == 150 && !crowd.barred.contains(&entry.person));
            let key = |entry: &Plain| (entry.error(actual), entry.used_ms, entry.finished);
            let expected = oracle::ladder(
                best,
                key,
                &[
                    ("Giải Nhất", 1),
                    ("Giải Nhì", 2),
                    ("Giải Ba", 3),
                    ("Giải Khuyến khích", 5),
                ],
            );
            oracle::assert_given(&given(&run, round), &expected, &run.open_ties(round));
        }
    }
}

#[test]
fn vcnet_2020_is_won_by_the_nearest_guess_of_people_all_right_then_by_the_earliest() {
    let contest = read("vcnet-2020");
    let mut most = 0;
    for (seed, people) in CROWDS {
        let crowd = Crowd::draw(&contest, seed, people, 6);
        let run = Run::of(&contest, &crowd, [0; 32]);
        let mut won: BTreeMap<i64, usize> = BTreeMap::new();
        for round in 0..16 {
            let entries = crowd.plain(round);
            let right: BTreeSet<i64> = entries
                .iter()
                .filter(|e| e.right == 10)
                .map(|e| e.person)
                .collect();
            let actual = right.len() as i64;
            assert_eq!(run.rankings[round].actual, Some(actual));
            let mut best = oracle::best_attempts(&entries);
            best.retain(|entry| entry.right == 10 && !crowd.barred.contains(&entry.person));
            let key = |entry: &Plain| (entry.error(actual), entry.finished, 0);
            let prizes = [
                ("Giải Nhất", 1),
                ("Giải Nhì", 2),
                ("Giải Ba", 5),
                ("Giải Khuyến khích", 8),
            ];
            let expected = oracle::ladder(best, key, &prizes);
            let given = given(&run, round);
            oracle::assert_given(&given, &expected, &run.open_ties(round));
            given
                .iter()
                .for_each(|(_, person)| *won.entry(*person).or_default() += 1);
        }
        most = most.max(won.values().copied().max().unwrap_or(0));
    }
    assert!(most > 1, "without a cap somebody wins more than once");
}

#[test]
fn dong_nai_gives_each_group_its_prizes_once_in_a_phase_and_adds_up_the_weeks() {
    let contest = read("dong-nai");
    for (seed, people) in CROWDS {
        let crowd = Crowd::draw(&contest, seed, people, 4);
        let draw_seed = [seed as u8; 32];
        let run = Run::of(&contest, &crowd, draw_seed);
        let phases = [0, 0, 1, 1];
        let mut won: BTreeSet<(usize, i64)> = BTreeSet::new();
        let mut sums: BTreeMap<i64, (i64, i64, i64)> = BTreeMap::new();
        for (round, phase) in phases.into_iter().enumerate() {
            let entries = crowd.plain(round);
            let mut tries: BTreeMap<i64, i64> = BTreeMap::new();
            entries
                .iter()
                .for_each(|entry| *tries.entry(entry.person).or_default() += 1);
            let best = oracle::best_attempts(&entries);
            for entry in &best {
                let sum = sums.entry(entry.person).or_default();
                *sum = (
                    sum.0 + entry.score,
                    sum.1 + entry.used_ms,
                    sum.2 + tries[&entry.person],
                );
            }
            let mut expected = Vec::new();
            for (group, name, places) in [
                ("CQ", "Giải tuần, cán bộ, công chức, viên chức", 3),
                ("TR", "Giải tuần, học sinh, sinh viên", 4),
                ("TD", "Giải tuần, thí sinh tự do", 3),
            ] {
                let may_win = |entry: &&Plain| {
                    entry.unit.ends_with(group)
                        && !crowd.barred.contains(&entry.person)
                        && !won.contains(&(phase, entry.person))
                };
                let mut list: Vec<Plain> = best.iter().filter(may_win).cloned().collect();
                list.sort_by_key(|entry| {
                    let lot = oracle::lot(&draw_seed, &entry.attempt);
                    (-entry.score, entry.used_ms, tries[&entry.person], lot)
                });
                // Equals that fit the places are listed as they came; only sets of winners can be compared then.
                expected.extend(
                    list.iter()
                        .take(places)
                        .map(|entry| (name.to_owned(), entry.person)),
                );
            }
            won.extend(expected.iter().map(|(_, person)| (phase, *person)));
            let mut given = given(&run, round);
            given.sort();
            expected.sort();
            assert_eq!(given, expected, "week {}", round + 1);
        }
        let mut overall: Vec<(i64, (i64, i64, i64))> = sums
            .iter()
            .filter(|(person, _)| !crowd.barred.contains(person))
            .map(|(person, sum)| (*person, *sum))
            .collect();
        overall.sort_by_key(|(person, (score, used, tries))| {
            (
                -score,
                *used,
                *tries,
                oracle::lot(&draw_seed, &person.to_be_bytes()),
            )
        });
        let names = [
            "Giải Nhất",
            "Giải Nhì",
            "Giải Nhì",
            "Giải Ba",
            "Giải Ba",
            "Giải Ba",
        ];
        let expected: Vec<(&str, i64)> = names.into_iter().zip(overall.iter().map(|one| one.0)).collect();
        let given = run.winners(&run.overall_awards);
        let set = |list: Vec<(String, i64)>| list.into_iter().collect::<BTreeSet<_>>();
        let expected = expected
            .into_iter()
            .map(|(name, person)| (name.to_owned(), person));
        assert_eq!(set(given), expected.collect());
        dong_nai_units(&run, &crowd, &sums);
    }
}

/// Ten points for the first unit by people, by points and by attempts, nine for the second …
fn dong_nai_units(run: &Run, crowd: &Crowd, sums: &BTreeMap<i64, (i64, i64, i64)>) {
    let mut figures: BTreeMap<String, [i64; 3]> = BTreeMap::new();
    for (person, (score, _, tries)) in sums {
        let unit = crowd.unit_of(*person).split('-').next().unwrap().to_owned();
        let own = figures.entry(unit).or_default();
        *own = [own[0] + 1, own[1] + score, own[2] + tries];
    }
    let mut points: BTreeMap<&str, i64> = BTreeMap::new();
    for measure in 0..3 {
        for (unit, own) in &figures {
            let better = figures
                .values()
                .filter(|other| other[measure] > own[measure])
                .count() as i64;
            *points.entry(unit).or_default() += if own[measure] > 0 { (10 - better).max(0) } else { 0 };
        }
    }
    let mut order: Vec<(i64, i64, &str)> = points
        .iter()
        .filter(|(_, points)| **points > 0)
        .map(|(unit, points)| (-points, -figures[*unit][0], *unit))
        .collect();
    order.sort();
    // Equals at the last place of a prize all receive it.
    let mut expected: Vec<(&str, &str)> = Vec::new();
    let mut at = 0;
    for (name, places) in [("Nhất tập thể", 1), ("Nhì tập thể", 2), ("Ba tập thể", 3)] {
        let Some(last) = order.get((at + places - 1).min(order.len().saturating_sub(1))) else {
            break;
        };
        let start = at;
        while at < order.len() && (at < start + places || (order[at].0, order[at].1) == (last.0, last.1)) {
            expected.push((name, order[at].2));
            at += 1;
        }
    }
    let given = run.unit_winners();
    let given: BTreeSet<(&str, &str)> = given.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(given, expected.into_iter().collect());
}

#[test]
fn hai_duong_2024_ranks_units_of_two_groups_by_rate_and_average_and_passes_over_those_below_half() {
    let contest = read("hai-duong-2024");
    let mut passed_over = 0;
    for (seed, people) in CROWDS {
        let crowd = Crowd::draw(&contest, seed, people, 3);
        let run = Run::of(&contest, &crowd, [9; 32]);
        let mut sums: BTreeMap<i64, i64> = BTreeMap::new();
        for round in 0..4 {
            let entries = crowd.plain(round);
            let right: BTreeSet<i64> = entries
                .iter()
                .filter(|e| e.right == 20)
                .map(|e| e.person)
                .collect();
            let mut best = oracle::best_attempts(&entries);
            best.iter()
                .for_each(|entry| *sums.entry(entry.person).or_default() += entry.score);
            best.retain(|entry| !crowd.barred.contains(&entry.person));
            let key = |e: &Plain| (-e.score, e.error(right.len() as i64), e.finished);
            let expected = oracle::ladder(best, key, &[("Giải Nhất", 1), ("Giải Nhì", 2)]);
            oracle::assert_given(&given(&run, round), &expected, &run.open_ties(round));
        }
        let mut expected: BTreeSet<(String, String)> = BTreeSet::new();
        for (group, label) in [('S', "sở, ngành"), ('H', "huyện")] {
            let mut figures: Vec<(String, f64, f64)> = Vec::new();
            for (code, headcount) in crowd.tops().filter(|(code, _)| code.starts_with(group)) {
                let own = sums
                    .iter()
                    .filter(|(person, _)| crowd.unit_of(**person).split('-').next() == Some(code));
                let scores: Vec<i64> = own.map(|(_, score)| *score).collect();
                let rate = scores.len() as f64 / f64::from(headcount);
                if rate < 0.5 {
                    passed_over += 1;
                    continue;
                }
                let average = scores.iter().sum::<i64>() as f64 / scores.len() as f64;
                figures.push((code.to_owned(), rate, average));
            }
            let most = |of: fn(&(String, f64, f64)) -> f64| figures.iter().map(of).fold(0.0, f64::max);
            let (rate, average) = (most(|one| one.1), most(|one| one.2));
            let sum = |one: &(String, f64, f64)| one.1 / rate + one.2 / average;
            figures.sort_by(|a, b| sum(b).total_cmp(&sum(a)));
            let names = ["Nhất", "Nhì", "Nhì"];
            for (name, (code, ..)) in names.into_iter().zip(&figures) {
                expected.insert((format!("{name} khối {label}"), code.clone()));
            }
        }
        assert_eq!(
            run.unit_winners().into_iter().collect::<BTreeSet<_>>(),
            expected,
            "crowd {seed}"
        );
    }
    assert!(passed_over > 0, "some unit of some crowd stays below half");
}

#[test]
fn caps_quotas_and_the_sum_of_prizes_hold_in_every_crowd() {
    for slug in ["lang-son-2023", "vcnet-2020", "dong-nai", "hai-duong-2024"] {
        let contest = read(slug);
        for (seed, people) in CROWDS {
            let run = Run::of(&contest, &Crowd::draw(&contest, seed, people, 3), [3; 32]);
            for (round, awards) in run.awards.iter().enumerate() {
                for (index, prize) in contest.definition.prizes.iter().enumerate() {
                    let given = awards
                        .awards
                        .iter()
                        .filter(|award| usize::from(award.prize) == index);
                    let winners: BTreeSet<i64> = given.clone().map(|award| award.participant.0).collect();
                    assert_eq!(winners.len(), given.count(), "nobody wins a prize twice");
                    assert!(winners.len() <= usize::from(prize.places));
                    if prize.scope == Scope::Contest {
                        assert!(winners.is_empty());
                    }
                }
                // What is not given is held back by an open tie, or there was nobody to give it to.
                let places: usize = run.places(Scope::Round);
                let held_back = !awards.ties.is_empty();
                assert!(
                    awards.awards.len() == places || held_back || run.few_may_win(round),
                    "{slug} {round}"
                );
            }
        }
    }
}
