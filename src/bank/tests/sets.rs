//! Claims about single question sets: versions, and what is written is read back.

use super::*;
use crate::domain::media::Media;
use proptest::prelude::*;

fn lich_su() -> LoadedSet {
    let (set, faults) = read_set("lich-su.toml", &sample().files["questions/lich-su.toml"]);
    assert_eq!(faults, []);
    set.unwrap()
}

#[test]
fn the_version_of_a_set_never_changes_between_releases() {
    let expected = "ac647c0b187e884223f8d537a800404fde6d8d197732aabf26e0448f7faa5774";
    assert_eq!(lich_su().version.0, expected);
}

#[test]
fn comments_spacing_and_key_order_do_not_change_the_version() {
    let text = text_of(&sample(), "questions/lich-su.toml");
    let commented = text
        .replace("[[question]]", "# ghi chú\n[[question]]  # câu")
        .replace(" = ", "   =  ");
    let reordered = text.replacen(
        "key = \"A\"\nlevel = \"easy\"",
        "level = \"easy\"\nkey = [\"A\"]",
        1,
    );
    for other in [
        commented,
        reordered,
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
    ] {
        let (set, faults) = read_set("x.toml", other.as_bytes());
        assert_eq!((set.unwrap().version, faults), (lich_su().version, vec![]));
    }
}

#[test]
fn another_key_or_text_is_another_version() {
    let text = text_of(&sample(), "questions/lich-su.toml");
    for (from, to) in [
        ("key = \"C\"", "key = \"B\""),
        ("nổ ra vào", "nổ ra"),
        ("14/2/1941", "14/3/1941"),
        ("hard", "easy"),
    ] {
        let (set, _) = read_set("x.toml", text.replacen(from, to, 1).as_bytes());
        assert_ne!(set.unwrap().version, lich_su().version, "{from}");
    }
}

#[test]
fn json_is_the_neutral_model_and_is_read_back() {
    let loaded = lich_su();
    let json = write_set_json(&loaded.set, &loaded.key);
    let model: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(model["title"], "Lịch sử Đảng bộ tỉnh");
    let expected = serde_json::json!({
        "id": "cau-giu-cho", "text": "Quốc lộ nào đi qua thành phố Lạng Sơn?",
        "options": [
            { "text": "Quốc lộ 1A", "pin": false },
            { "text": "Quốc lộ 4B", "pin": false },
            { "text": "Cả A và B", "pin": true },
        ],
        "key": ["C"], "level": null, "explanation": null, "source": null, "media": [],
    });
    assert_eq!(model["questions"][2], expected);
    assert_eq!(
        read_set("thu-muc/lich-su.json", json.as_bytes()),
        (Some(loaded), vec![])
    );
}

#[test]
fn faults_in_json_have_their_place_too() {
    let json = "{\n  \"title\": \"T\",\n  \"questions\": [\n    { \"id\": \"a\", \"text\": \"Câu hỏi nào?\", \"options\": [\"x\", \"y\"], \"key\": [\"D\"] },\n    { \"id\": \"b\", \"text\": 5, \"options\": [\"x\", {\"txt\": \"y\"}], \"key\": \"A\" }\n  ]\n}\n";
    let (set, faults) = read_set_json("t.json", json.as_bytes());
    assert!(set.is_none());
    let found: Vec<_> = faults
        .iter()
        .map(|f| (f.code.name(), f.place.spot.clone()))
        .collect();
    let expected = [
        ("key-beyond", Spot::line(4, 73)),
        ("wrong-type", Spot::line(5, 26)),
        ("missing-key", Spot::line(5, 46)),
        ("unknown-key", Spot::line(5, 47)),
    ];
    assert_eq!(found, expected);
    let (_, faults) = read_set_json("t.json", b"{\n  \"title\": \"T\"\n  \"questions\": []\n}");
    assert_eq!(
        (faults[0].code.name(), &faults[0].place.spot),
        ("syntax", &Spot::line(3, 3))
    );
    let (_, faults) = read_set_json("t.json", b"[1]");
    assert_eq!(names(&faults), ["wrong-type"]);
    let (_, faults) = read_set_json("???.json", b"{\"title\": \"T\", \"questions\": []}");
    assert_eq!(names(&faults), ["missing-key", "no-questions"]);
}

#[test]
fn a_set_in_json_may_say_its_own_name() {
    let json = "{\"id\": \"ten-rieng\", \"title\": \"T\", \"questions\": [{\"id\": \"a\", \"text\": \"Gì?\", \"options\": [\"x\", \"y\"], \"key\": \"A\"}]}";
    let (set, faults) = read_set_json("khac.json", json.as_bytes());
    assert_eq!((set.unwrap().set.id.0.as_str(), faults), ("ten-rieng", vec![]));
}

/// A text that is already clean, with everything a file format could stumble over.
fn clean_text() -> impl Strategy<Value = String> {
    "[a-zđăâêôơư0-9\"'\\\\{}\\[\\]#=,;“”….?\n\t]{1,30}[a-zàảãáạ][ ]?[A-Z\"\\\\]"
        .prop_map(|text| words::clean(&text).text)
}

fn any_set() -> impl Strategy<Value = (QuestionSet, AnswerKey)> {
    use crate::domain::question::{Level, Question, QuestionId, QuestionOption, SetId};
    let level = prop::option::of(prop_oneof![
        Just(Level::Easy),
        Just(Level::Medium),
        Just(Level::Hard)
    ]);
    let options = prop::collection::vec((clean_text(), any::<bool>()), 2..=8);
    let question = (
        clean_text(),
        options,
        prop::collection::btree_set(0_u8..8, 1..4),
        level,
        prop::option::of(clean_text()),
    );
    (clean_text(), prop::collection::vec(question, 1..6)).prop_map(|(title, rows)| {
        let mut key = AnswerKey::default();
        let questions = rows
            .into_iter()
            .enumerate()
            .map(|(n, (text, options, places, level, note))| {
                let id = QuestionId(format!("c{n}"));
                // Options are numbered so that no two are alike.
                let options: Vec<QuestionOption> = options
                    .into_iter()
                    .enumerate()
                    .map(|(m, (text, pin))| QuestionOption {
                        text: format!("{m} {text}"),
                        pin,
                    })
                    .collect();
                let count = u8::try_from(options.len()).unwrap();
                let places: std::collections::BTreeSet<u8> =
                    places.into_iter().map(|place| place % count).collect();
                let multiple = places.len() > 1;
                key.0.insert(id.clone(), places);
                let media = note.iter().map(|note| Media {
                    file: format!("media/{n}.jpg"),
                    alt: Some(note.split_whitespace().collect::<Vec<_>>().join(" ")),
                    stored: None,
                });
                let (explanation, source, media) = (note.clone(), note.clone(), media.collect());
                let topic = level.map(|level| format!("Chủ đề \"{n}\", {level:?}"));
                Question {
                    id,
                    text: format!("{n} {text}"),
                    options,
                    multiple,
                    level,
                    explanation,
                    source,
                    topic,
                    media,
                }
            });
        let questions = questions.collect();
        (
            QuestionSet {
                id: SetId("bo-cau-hoi".into()),
                title,
                questions,
            },
            key,
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_as_toml_or_json_is_read_back((set, key) in any_set()) {
        for (name, text) in
            [("bo-cau-hoi.toml", write_set_toml(&set, &key)), ("bo-cau-hoi.json", write_set_json(&set, &key))]
        {
            let (loaded, faults) = read_set(name, text.as_bytes());
            let errors: Vec<_> = faults.iter().filter(|fault| fault.severity == Severity::Error).collect();
            prop_assert!(errors.is_empty(), "{errors:?} in\n{text}");
            let loaded = loaded.unwrap();
            prop_assert_eq!(&loaded.set, &set);
            prop_assert_eq!(&loaded.key, &key);
        }
    }
}
