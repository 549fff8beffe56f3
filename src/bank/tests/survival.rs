//! Claims about hostile input: whatever the bytes, reading ends, without a panic, in a list of faults with places.

use super::*;
use proptest::prelude::*;

fn check_places(faults: &[Fault]) {
    for fault in faults {
        assert!(fault.excerpt.chars().count() <= 80, "{fault:?}");
        assert!(fault.quote.text.chars().count() <= 100, "{fault:?}");
        let is_real = match fault.place.spot {
            Spot::Line { line, column } => line > 0 && column > 0,
            _ => true,
        };
        assert!(is_real, "{fault:?}");
    }
    let shown = render_faults(faults, 0, crate::i18n::Lang::Vi);
    assert!(
        !shown.contains(|c: char| c.is_control() && c != '\n'),
        "{shown:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut tree = SourceTree::new("x");
        for path in ["contest.toml", "units.csv", "questions/a.toml"] {
            tree.add(path, bytes.clone());
        }
        let reading = read_contest(&tree);
        prop_assert!(reading.loaded.is_none() && !reading.faults.is_empty());
        check_places(&reading.faults);
        check_places(&read_set("a.json", &bytes).1);
    }

    #[test]
    fn random_text_of_the_grammar_is_refused_without_a_panic(
        text in "([\\[\\]{}\"'=,.#\\\\;\n \u{200b}\u{301}a-zĐạ0-9:+-]|\\[\\[question\\]\\]\n|\"\"\"|key = |options = \\[|draw|\r\n){0,80}"
    ) {
        let mut tree = SourceTree::new("x");
        for path in ["contest.toml", "units.csv", "questions/a.toml"] {
            tree.add(path, text.clone());
        }
        check_places(&read_contest(&tree).faults);
        check_places(&read_set("a.json", text.as_bytes()).1);
    }

    #[test]
    fn a_file_cut_or_changed_anywhere_never_panics(file in 0_usize..4, at in 0_usize..1_000, put in "[\"\\[\\]=,{}\n]{0,3}", cut in any::<bool>()) {
        let mut tree = sample();
        let path = tree.files.keys().nth(file).unwrap().clone();
        let mut bytes = tree.files[&path].clone();
        let at = bytes.len() * at / 1_000;
        let rest = if cut { Vec::new() } else { bytes.split_off(at) };
        bytes.truncate(at);
        bytes.extend(put.bytes());
        bytes.extend(rest);
        tree.add(path, bytes);
        let reading = read_contest(&tree);
        prop_assert!(reading.loaded.is_some() || !reading.faults.is_empty());
        check_places(&reading.faults);
    }
}

#[test]
fn every_prefix_of_every_file_is_read_to_an_end() {
    for path in ["contest.toml", "units.csv", "questions/lich-su.toml"] {
        let bytes = sample().files[path].clone();
        for end in (0..bytes.len()).step_by(7) {
            let mut tree = sample();
            tree.add(path, &bytes[..end]);
            check_places(&read_contest(&tree).faults);
        }
    }
    let (set, _) = read_set(
        "questions/lich-su.toml",
        &sample().files["questions/lich-su.toml"],
    );
    let loaded = set.unwrap();
    let json = write_set_json(&loaded.set, &loaded.key);
    for end in 0..json.len() {
        check_places(&read_set_json("a.json", &json.as_bytes()[..end]).1);
    }
}

#[test]
fn deep_nesting_and_long_lines_are_refused() {
    for text in [
        "[".repeat(50_000),
        format!("a = {}", "[".repeat(50_000)),
        format!("a = {}", "{a=".repeat(20_000)),
        "a.".repeat(30_000),
    ] {
        let (set, faults) = read_set("a.toml", text.as_bytes());
        assert!(set.is_none() && !faults.is_empty());
        let (set, faults) = read_set("a.json", text.as_bytes());
        assert!(set.is_none() && !faults.is_empty());
    }
}

#[test]
fn a_set_of_ten_thousand_questions_is_read_in_seconds() {
    let mut text = String::from("[set]\nid = \"lon\"\ntitle = \"Lớn\"\n");
    for n in 0..10_000 {
        text.push_str(&format!("[[question]]\nid = \"c{n}\"\ntext = \"Trong các số sau đây số nào bằng {n}?\"\noptions = [\"{n}\", \"x\"]\nkey = \"A\"\n"));
    }
    let started = std::time::Instant::now();
    let (set, faults) = read_set("lon.toml", text.as_bytes());
    assert_eq!(faults, []);
    assert_eq!(set.unwrap().set.questions.len(), 10_000);
    // Generous: the work must not grow with the square of the number of questions.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
