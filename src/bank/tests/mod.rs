//! Claims about whole files: what a good contest gives, and which fault each mistake gives at which place.

mod access;
mod essay;
mod faults;
mod rules;
mod sets;
mod spread;
mod survival;
mod write_contest;

use super::*;
use std::path::Path;

/// The complete sample that every test starts from.
fn sample() -> SourceTree {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bank/mau");
    let mut tree = SourceTree::new("mau");
    for path in [
        "contest.toml",
        "units.csv",
        "questions/lich-su.toml",
        "questions/que-huong.toml",
    ] {
        tree.add(path, std::fs::read(root.join(path)).unwrap());
    }
    tree
}

fn text_of(tree: &SourceTree, path: &str) -> String {
    String::from_utf8(tree.files[path].clone()).unwrap()
}

/// The sample with one text of one file replaced.
fn sample_with(path: &str, from: &str, to: &str) -> SourceTree {
    let mut tree = sample();
    let text = text_of(&tree, path);
    assert_eq!(
        text.matches(from).count(),
        1,
        "{from:?} must occur once in {path}"
    );
    tree.add(path, text.replacen(from, to, 1));
    tree
}

fn names(faults: &[Fault]) -> Vec<&'static str> {
    faults.iter().map(|fault| fault.code.name()).collect()
}

mod good {
    use super::*;
    use crate::domain::contest::*;
    use crate::domain::question::{Level, SetId};
    use time::macros::{date, datetime};

    #[test]
    fn a_complete_contest_is_read_without_a_fault() {
        let reading = read_contest(&sample());
        assert_eq!(reading.faults, []);
        assert_eq!(reading.questions, 4);
        let contest = reading.loaded.unwrap();
        let definition = &contest.definition;
        assert_eq!(
            (definition.slug.as_str(), definition.min_age, definition.accent),
            ("mau", Some(12), Accent::Hoi)
        );
        assert_eq!(definition.data_deleted_by, Some(date!(2024 - 06 - 30)));
        assert!(definition.rules.as_ref().unwrap().starts_with("# Thể lệ\n"));
        assert_eq!(definition.fields.required, Field::ALWAYS.into());
        assert!(definition.fields.asks(Field::Email) && !definition.fields.asks(Field::Class));
        assert_eq!(definition.rounds[0].opens_at, datetime!(2023-04-03 01:00 UTC));
        assert_eq!(definition.prizes.len(), 2);
        assert_eq!(definition.prizes[0].value, Some(2_000_000));
        let collective = &definition.collective_prizes[0];
        assert_eq!(
            (collective.by, collective.level, collective.min_rate_bp),
            (CollectiveMeasure::Rate, 1, Some(5_000))
        );
        assert_eq!(contest.units.len(), 4);
        assert_eq!(contest.units[2].name, "Thị trấn Chi Lăng, huyện Chi Lăng");
        assert_eq!(contest.sets.len(), 2);
        assert!(contest.sets[0].set.questions[1].multiple && !contest.sets[0].set.questions[0].multiple);
    }

    #[test]
    fn the_rules_are_typed_and_a_round_overrides_them_key_by_key() {
        let definition = read_contest(&sample()).loaded.unwrap().definition;
        let (first, second) = (&definition.rounds[0].rules, &definition.rounds[1].rules);
        assert_eq!(first, &definition.rules_default);
        assert_eq!(first.paper.time_limit_s, Some(900));
        assert_eq!(
            first.paper.draw[0],
            DrawLine {
                set: SetId("lich-su".into()),
                level: Some(Level::Easy),
                count: 1,
                points: None,
            }
        );
        assert_eq!(first.paper.max_score(), 40);
        assert_eq!(second.paper.time_limit_s, Some(1_200));
        assert_eq!(second.paper.draw, first.paper.draw);
        assert_eq!(
            (first.attempts.per_round, second.attempts.per_round),
            (Some(3), None)
        );
        assert_eq!(second.attempts.counts, CountedAttempt::Best);
        assert_eq!(
            second.ranking.per_person,
            PerPerson {
                keep: Default::default(),
                phase: None,
                round: Some(1),
                contest: None
            }
        );
        assert_eq!(
            second.prediction.unwrap().asks,
            PredictedQuantity::AttemptsInRound
        );
    }

    #[test]
    fn what_the_file_leaves_out_has_the_documented_default() {
        let mut tree = sample();
        let round = "[[round]]\nnumber = 1\ntitle = \"Một\"\nopens = 2023-04-03T08:00:00+07:00\ncloses = 2023-04-04 08:00:00+07:00\n";
        let text = format!(
            "[contest]\ntitle = \"T\"\norganiser = \"O\"\nfields = {{ required = [\"full_name\", \"birth_date\", \"phone\", \"unit\"] }}\n[ranking]\norder = [\"score desc\"]\n[paper]\npoints = 1\ndraw = [ {{ set = \"lich-su\", count = 1 }}, {{ set = \"que-huong\", count = 1 }} ]\n{round}"
        );
        tree.add("contest.toml", text);
        let reading = read_contest(&tree);
        assert_eq!(reading.faults, []);
        let rules = &reading.loaded.unwrap().definition.rounds[0].rules;
        assert_eq!(rules.paper.time_limit_s, None);
        assert_eq!(
            rules.paper.shuffle,
            Shuffle {
                questions: true,
                options: true
            }
        );
        let expected = AttemptRules {
            per_contest: None,
            per_round: Some(1),
            counts: CountedAttempt::Best,
            wait_s: 0,
            feedback: Feedback::Score,
            late_finish: false,
        };
        assert_eq!(rules.attempts, expected);
        assert_eq!(
            (rules.prediction, rules.ranking.min_score, rules.ranking.tie),
            (None, None, TieRule::Board)
        );
        assert_eq!(
            rules.ranking.per_person,
            PerPerson {
                keep: Default::default(),
                phase: None,
                round: None,
                contest: None
            }
        );
    }

    #[test]
    fn a_round_may_take_back_the_time_limit_and_the_prediction() {
        let own = "time_limit = \"none\"\n\n[round.prediction]\nasks = \"none\"\n\n[round.ranking]\norder = [\"score desc\"]\n";
        let tree = sample_with(
            "contest.toml",
            "[round.paper]\ntime_limit = \"20m\"\n",
            &format!("[round.paper]\n{own}"),
        );
        let reading = read_contest(&tree);
        assert_eq!(reading.faults, []);
        let rounds = reading.loaded.unwrap().definition.rounds;
        assert_eq!(
            (rounds[1].rules.paper.time_limit_s, rounds[1].rules.prediction),
            (None, None)
        );
        assert!(rounds[0].rules.prediction.is_some());
    }

    #[test]
    fn units_may_be_saved_by_any_spreadsheet() {
        let tree = sample();
        let expected = read_contest(&tree).loaded.unwrap().units;
        let csv = text_of(&tree, "units.csv");
        let semicolons = csv.replace(
            "\"Thị trấn Chi Lăng, huyện Chi Lăng\"",
            "Thị trấn Chi Lăng@ huyện Chi Lăng",
        );
        let semicolons = semicolons
            .replace(',', ";")
            .replace('@', ",")
            .replace('\n', "\r\n");
        for text in [
            format!("\u{feff}{semicolons}"),
            format!("{semicolons};;;;;;\r\n\r\n"),
            semicolons.clone(),
        ] {
            let mut tree = sample();
            tree.add("units.csv", text);
            let reading = read_contest(&tree);
            assert_eq!(reading.faults, []);
            assert_eq!(reading.loaded.unwrap().units, expected);
        }
    }

    #[test]
    fn pictures_are_found_in_the_tree() {
        let key = "source = \"Sách lịch sử tỉnh\"";
        let mut tree = sample_with(
            "questions/lich-su.toml",
            key,
            &format!("{key}\n[[question.media]]\nfile = \"media/ban-do.jpg\"\nalt = \"Bản đồ tỉnh\""),
        );
        assert_eq!(names(&read_contest(&tree).faults), ["media-missing"]);
        tree.note("media/ban-do.jpg");
        let reading = read_contest(&tree);
        assert_eq!(reading.faults, []);
        let media = &reading.loaded.unwrap().sets[0].set.questions[0].media;
        assert_eq!(media[0].file, "media/ban-do.jpg");
        // With its bytes in the tree it is looked into, and can be served.
        tree.add("media/ban-do.jpg", crate::bank::media::tests::drawing(40, 30));
        let loaded = read_contest(&tree).loaded.unwrap();
        let stored = loaded.sets[0].set.questions[0].media[0].stored.clone();
        assert_eq!(stored.as_ref(), Some(&loaded.media[0].stored));
        tree.add("media/ban-do.jpg", *b"GIF89a");
        assert_eq!(names(&read_contest(&tree).faults), ["media-broken"]);
    }

    /// Every file under a folder, by its path from there.
    fn add_all(tree: &mut SourceTree, root: &Path, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                add_all(tree, root, &path);
            } else if SourceTree::wants(&name) {
                tree.add(name, std::fs::read(&path).unwrap());
            } else {
                tree.note(name);
            }
        }
    }

    #[test]
    fn every_contest_that_comes_with_the_program_can_be_loaded() {
        let mut count = 0;
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("quizzes")).unwrap() {
            let folder = entry.unwrap().path();
            if folder.is_dir() {
                let mut tree = SourceTree::new(folder.file_name().unwrap().to_str().unwrap());
                add_all(&mut tree, &folder, &folder);
                let reading = read_contest(&tree);
                let shown = render_faults(&reading.faults, reading.questions, crate::i18n::Lang::En);
                assert!(reading.loaded.is_some(), "{shown}");
                count += 1;
            }
        }
        assert!(count >= 2);
    }

    #[test]
    fn the_smallest_example_of_the_handbook_is_good() {
        let handbook = Path::new(env!("CARGO_MANIFEST_DIR")).join("quizzes/README.md");
        let handbook = std::fs::read_to_string(handbook).unwrap();
        let mut tree = SourceTree::new("vi-du");
        for path in ["contest.toml", "units.csv", "questions/que-huong.toml"] {
            let (_, after) = handbook.split_once(&format!("`quizzes/vi-du/{path}`")).unwrap();
            let block = after.split("```").nth(1).unwrap();
            tree.add(path, block.split_once('\n').unwrap().1);
        }
        assert_eq!(read_contest(&tree).faults, []);
    }
}
