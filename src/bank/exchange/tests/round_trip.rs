//! Claims about writing: what is written is read back as the same set, and what a format cannot carry is told.

use super::*;
use crate::bank::exchange::flow::normal;
use crate::domain::media::Media;
use crate::domain::question::{AnswerKey, QuestionId, QuestionOption, QuestionSet, SetId};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Texts as the rules of questions let them through, in the form that readers write.
fn text() -> impl Strategy<Value = String> {
    let word = "[a-zăđ0-9:=~#{}\\\\*^<>&;%\"'\\[\\]/.-]{1,6}";
    let styled = prop_oneof![
        word.prop_map(|word| word),
        "[a-zđ]{1,4}".prop_map(|word| format!("**{word}**")),
        "[a-zđ]{1,4}".prop_map(|word| format!("x^{word}^")),
        "[a-zđ]{1,4}".prop_map(|word| format!("H~{word}~")),
        "[a-zđ]{1,4}".prop_map(|word| format!("*{word}*")),
        Just("\n".to_owned()),
        Just("//".to_owned()),
        Just("[html]".to_owned()),
        Just("  ".to_owned()),
        Just("\t".to_owned()),
    ];
    prop::collection::vec(styled, 1..6).prop_filter_map("a text has something to read", |words| {
        let text = normal(words.join(" ").trim());
        (text.chars().any(char::is_alphanumeric)).then_some(text)
    })
}

fn question(place: usize) -> impl Strategy<Value = (Question, BTreeSet<u8>)> {
    let options = prop::collection::vec((text(), any::<bool>()), 2..=8);
    let level = prop::option::of(prop_oneof![
        Just(Level::Easy),
        Just(Level::Medium),
        Just(Level::Hard)
    ]);
    let rest = (
        prop::option::of(text()),
        prop::option::of(text()),
        prop::option::of(text()),
    );
    (
        text(),
        options,
        prop::collection::btree_set(0_u8..8, 1..4),
        level,
        rest,
        any::<bool>(),
    )
        .prop_map(
            move |(stem, options, key, level, (explanation, source, topic), truth)| {
                let count = u8::try_from(options.len()).unwrap();
                let key: BTreeSet<u8> = key.into_iter().map(|place| place % count).collect();
                // Every option has a text of its own.
                let option = |(nth, (text, pin)): (usize, (String, bool))| QuestionOption {
                    text: normal(&format!("{text} k{nth}")),
                    pin,
                };
                let mut options: Vec<QuestionOption> = options.into_iter().enumerate().map(option).collect();
                let mut key = key;
                if truth && place.is_multiple_of(3) {
                    options = ["Đúng", "Sai"]
                        .map(|text| QuestionOption {
                            text: text.to_owned(),
                            pin: true,
                        })
                        .to_vec();
                    key = BTreeSet::from([u8::try_from(place % 2).unwrap()]);
                }
                let question = Question {
                    id: QuestionId(format!("cau-{place}")),
                    text: stem,
                    options,
                    multiple: key.len() > 1,
                    level,
                    explanation,
                    source: source
                        .map(|source| crate::domain::markup::plain(&source).trim().to_owned())
                        .filter(|source| !source.is_empty()),
                    topic: topic
                        .map(|topic| crate::domain::markup::plain(&topic).trim().to_owned())
                        .filter(|topic| !topic.is_empty()),
                    media: if place == 1 { vec![flag()] } else { Vec::new() },
                };
                (question, key)
            },
        )
}

fn sets() -> impl Strategy<Value = (QuestionSet, AnswerKey)> {
    let title = "[a-zđ:=#\\\\<&]{1,5} [a-z]{1,5}(/[a-z]{1,3})?";
    (title, question(0), question(1), question(2), question(3)).prop_map(|(title, a, b, c, d)| {
        let pairs = [a, b, c, d];
        let key = pairs
            .iter()
            .map(|(question, key)| (question.id.clone(), key.clone()))
            .collect();
        let questions = pairs.into_iter().map(|(question, _)| question).collect();
        let id = SetId("bo-de".to_owned());
        (QuestionSet { id, title, questions }, AnswerKey(key))
    })
}

pub(super) fn loaded_set(set: &QuestionSet, key: &AnswerKey) -> LoadedSet {
    LoadedSet {
        version: crate::bank::version::version_of(set, key),
        set: set.clone(),
        key: key.clone(),
    }
}

fn flag() -> Media {
    Media {
        file: "media/co-nuoc.png".to_owned(),
        alt: Some("Cờ \"đỏ\" & <sao> vàng".to_owned()),
        stored: None,
    }
}

fn picture(path: &str) -> Option<Vec<u8>> {
    (path == "media/co-nuoc.png").then(|| crate::bank::paper::tests::word::PNG.to_vec())
}

fn same(read: Imported, set: &QuestionSet, key: &AnswerKey) -> Result<(), TestCaseError> {
    let errors: Vec<_> = read
        .faults
        .iter()
        .filter(|fault| fault.severity == Severity::Error)
        .collect();
    prop_assert!(errors.is_empty(), "{errors:#?}");
    let mut read = read.loaded.expect("a file without an error is loaded");
    for media in read
        .set
        .questions
        .iter_mut()
        .flat_map(|question| &mut question.media)
    {
        // Writers are not told what will be served; that a file was looked into shows here.
        prop_assert!(media.stored.take().is_some());
    }
    prop_assert_eq!(&read.set, set);
    prop_assert_eq!(&read.key, key);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gift_carries_all_but_pictures((mut set, key) in sets()) {
        let written = write_gift("bo-de.gift", &loaded_set(&set, &key));
        prop_assert_eq!(codes(&written.losses), ["export-loses"]);
        set.questions[1].media.clear();
        same(read_gift("bo-de.gift", &written.bytes), &set, &key)?;
    }

    #[test]
    fn moodle_xml_carries_all((set, key) in sets()) {
        let written = write_moodle_xml("bo-de.xml", &loaded_set(&set, &key), &picture);
        prop_assert_eq!(written.losses, []);
        let read = read_moodle_xml("bo-de.xml", &written.bytes);
        prop_assert_eq!(&read.media[0].bytes, &picture("media/co-nuoc.png").unwrap());
        same(read, &set, &key)?;
    }

    #[test]
    fn qti_carries_all((set, key) in sets()) {
        let written = write_qti("bo-de.zip", &loaded_set(&set, &key), &picture);
        prop_assert_eq!(&written.losses, &[]);
        prop_assert_eq!(&written.bytes, &write_qti("bo-de.zip", &loaded_set(&set, &key), &picture).bytes);
        let read = read_qti("bo-de.zip", &written.bytes);
        prop_assert_eq!(&read.media[0].bytes, &picture("media/co-nuoc.png").unwrap());
        same(read, &set, &key)?;
    }

    #[test]
    fn aiken_carries_plain_questions_and_tells_the_rest((set, key) in sets()) {
        let written = write_aiken("bo-de.txt", &loaded_set(&set, &key));
        let read = read_aiken("bo-de.txt", &written.bytes);
        let skipped = codes(&written.losses).iter().filter(|code| **code == "export-skipped").count();
        prop_assert_eq!(read.questions + skipped, set.questions.len());
        let kept = read.loaded.map(|set| set.set.questions).unwrap_or_default();
        let line = |text: &str| crate::domain::markup::plain(text).replace('\n', " ").trim().to_owned();
        for question in kept {
            let stem = line(&question.text);
            prop_assert!(set.questions.iter().any(|known| line(&known.text) == stem));
        }
    }
}

/// A set that no format but our own carries whole.
pub(super) fn rich() -> (QuestionSet, AnswerKey) {
    let option = |text: &str, pin| QuestionOption {
        text: text.to_owned(),
        pin,
    };
    let question = |id: &str, text: &str| Question {
        id: QuestionId(id.to_owned()),
        text: text.to_owned(),
        options: vec![
            option("Hà **Nội**", false),
            option("Huế\nxưa", false),
            option("Cả nước", true),
        ],
        multiple: false,
        level: Some(Level::Hard),
        explanation: Some("Vì thế.".to_owned()),
        source: Some("Sách".to_owned()),
        topic: None,
        media: vec![flag()],
    };
    let mut several = question("hai", "Hai là gì?");
    several.multiple = true;
    let questions = vec![
        question("mot", "Thủ đô ở đâu?"),
        several,
        question("ba", "A. Anh hỏi gì?"),
    ];
    let key = [("mot", vec![0]), ("hai", vec![0, 1]), ("ba", vec![1])];
    let key = key
        .into_iter()
        .map(|(id, places)| (QuestionId(id.to_owned()), places.into_iter().collect()))
        .collect();
    (
        QuestionSet {
            id: SetId("bo".to_owned()),
            title: "Bộ".to_owned(),
            questions,
        },
        AnswerKey(key),
    )
}

#[test]
fn aiken_tells_each_part_that_it_cannot_carry() {
    let (set, key) = rich();
    let written = write_aiken("bo.txt", &loaded_set(&set, &key));
    assert_eq!(
        String::from_utf8(written.bytes).unwrap(),
        "Thủ đô ở đâu?\nA. Hà Nội\nB. Huế xưa\nC. Cả nước\nANSWER: A\n\n"
    );
    assert_eq!(
        codes(&written.losses),
        [vec!["export-skipped"; 2], vec!["export-loses"; 8]].concat()
    );
    let told: Vec<String> = written
        .losses
        .iter()
        .map(|fault| fault.message(crate::i18n::Lang::Vi))
        .collect();
    assert_eq!(
        told[0],
        "Câu “hai” có nhiều đáp án đúng nên không viết được ở định dạng này."
    );
}

#[test]
fn gift_is_written_as_moodle_reads_it() {
    let (set, key) = rich();
    let text = String::from_utf8(write_gift("bo.gift", &loaded_set(&set, &key)).bytes).unwrap();
    let second = "// [id:hai] [tag:hard] [pin:C] [source:Sách]\n::hai::[html]Hai là gì? {\n~%50%[html]Hà <strong>Nội</strong>\n~%50%[html]Huế<br/>xưa\n~%-100%[html]Cả nước\n####[html]Vì thế.\n}\n";
    assert!(
        text.starts_with("$CATEGORY: $course$/top/Bộ\n\n// [id:mot]") && text.contains(second),
        "{text}"
    );
}

/// The faults of writing.
pub(super) fn faults() -> Vec<Fault> {
    let (set, key) = rich();
    write_aiken("bo.txt", &loaded_set(&set, &key)).losses
}
