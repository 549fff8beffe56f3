//! Checking and loading question files of every format, beside the plainest reading of the same file with the same library.
//!
//! `DATABASE_URL=… cargo bench --bench questions -- [--questions N]`. The plain reading takes the file apart to its last
//! element, row or line and looks at nothing; what checking adds is the ratio. Figures are the best of three.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::float_arithmetic, reason = "rates and ratios")]

use hoithi::bank::{
    Format, KeyPart, LoadedSet, Severity, SourceTree, import_question_file, read_contest, write_question_file,
};
use hoithi::domain::ids::ContestId;
use hoithi::domain::question::{AnswerKey, Question, QuestionId, QuestionOption, QuestionSet, SetId};
use hoithi::store::Store;
use hoithi::store::set_history::{NewStep, SetOrigin};
use quick_xml::events::Event;
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;
use std::time::{Duration, Instant};

mod support;

const SCHEMA: &str = "bench_questions";
const RUNS: usize = 3;

#[tokio::main]
async fn main() {
    let args: Vec<String> = std::env::args().collect();
    let wanted: usize = args
        .iter()
        .skip_while(|arg| *arg != "--questions")
        .nth(1)
        .map_or(10_000, |count| count.replace('_', "").parse().unwrap());
    let pool = support::connect(SCHEMA).await;
    support::make(&pool, SCHEMA).await;
    support::run(
        &pool,
        "insert into contests (slug, definition, source_hash, loaded_at, loaded_by) values ('bench', '{}', '', now(), '')",
    )
    .await;
    let store = Store::from_pool(pool.clone());

    let words = words();
    println!(
        "| format | questions | MB | plain MB/s | checked MB/s | plain / checked | checked questions/s | stored in ms |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for format in Format::ALL {
        // As many questions as the limits of a file and of the format let in.
        let mut count = wanted;
        let file = loop {
            match file_of(format, &set_of(&words, count)) {
                None => break None,
                Some(bytes) if is_taken(format, &bytes) => break Some((count, bytes)),
                Some(_) => {}
            }
            count = count * 4 / 5;
        };
        if let Some((count, bytes)) = file {
            measure(&store, format, count, &bytes).await;
        }
    }
    support::drop(&pool, SCHEMA).await;
}

/// The words of the questions that come with the program, so that stems are as alike as real ones.
fn words() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("quizzes/lang-son-90-nam");
    let mut files = SourceTree::new("lang-son-90-nam");
    for folder in [root.clone(), root.join("questions")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            if path.is_file() && SourceTree::wants(&name) {
                files.add(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let contest = read_contest(&files).loaded.unwrap();
    let questions = contest.sets.iter().flat_map(|set| &set.set.questions);
    questions
        .flat_map(|question| {
            question
                .text
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter(|word| word.chars().all(char::is_alphabetic))
        .collect()
}

fn set_of(words: &[String], count: usize) -> LoadedSet {
    let mut rng = ChaCha8Rng::seed_from_u64(1945);
    let mut phrase = |least: usize, most: usize| {
        let length = rng.random_range(least..=most);
        let chosen: Vec<&str> = (0..length)
            .map(|_| words.choose(&mut rng).unwrap().as_str())
            .collect();
        chosen.join(" ")
    };
    let (mut questions, mut key) = (Vec::new(), BTreeMap::new());
    for number in 1..=count {
        let id = QuestionId(format!("c{number}"));
        let option = |text: String| QuestionOption { text, pin: false };
        key.insert(id.clone(), BTreeSet::from([u8::try_from(number % 4).unwrap()]));
        questions.push(Question {
            id,
            text: format!("Vì sao {}?", phrase(12, 24)),
            options: (1..=4)
                .map(|place| option(format!("năm {place} {}", phrase(3, 8))))
                .collect(),
            multiple: false,
            level: None,
            explanation: None,
            source: None,
            topic: None,
            media: Vec::new(),
        });
    }
    let set = QuestionSet {
        id: SetId("de".to_owned()),
        title: "Đề đo".to_owned(),
        questions,
    };
    LoadedSet::of(set, AnswerKey(key))
}

fn file_of(format: Format, set: &LoadedSet) -> Option<Vec<u8>> {
    if format == Format::Txt {
        let mut text = String::new();
        for (number, question) in set.set.questions.iter().enumerate() {
            text.push_str(&format!("Câu {}. {}\n", number + 1, question.text));
            for (place, option) in question.options.iter().enumerate() {
                let is_right = set.key.0[&question.id].contains(&u8::try_from(place).unwrap());
                let mark = if is_right { "*" } else { "" };
                text.push_str(&format!(
                    "{mark}{}. {}\n",
                    ["A", "B", "C", "D"][place],
                    option.text
                ));
            }
        }
        return Some(text.into_bytes());
    }
    let exported = write_question_file(format, "de", set, KeyPart::With);
    exported.ok().map(|exported| exported.bytes)
}

fn name_of(format: Format) -> String {
    format!("de{}", format.ending())
}

fn is_taken(format: Format, bytes: &[u8]) -> bool {
    import_question_file(&name_of(format), bytes).loaded.is_some()
}

async fn measure(store: &Store, format: Format, count: usize, bytes: &[u8]) {
    let name = name_of(format);
    let (plain, unpacked) = best(|| plainly(format, bytes));
    let (checked, imported) = best(|| import_question_file(&name, bytes));
    assert!(
        imported
            .faults
            .iter()
            .all(|fault| fault.severity != Severity::Error)
    );
    assert_eq!(imported.questions, count);
    let set = imported.loaded.unwrap();
    let begun = Instant::now();
    let mut tx = store.begin().await.unwrap();
    // A version of its own for each format, since what was stored before costs nothing.
    let mut version = set.version.clone();
    version.0 = format!(
        "{:0<64}",
        format
            .name()
            .replace(|letter: char| !letter.is_ascii_lowercase(), "")
    );
    let step = NewStep {
        origin: SetOrigin::File,
        reason: None,
        at: time::macros::datetime!(2023-04-03 01:00 UTC),
        by: "bench",
    };
    let is_new = tx
        .put_question_set(ContestId(1), &version, &set.set, &set.key, &step)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let stored = begun.elapsed();
    assert!(is_new);
    let megabytes = unpacked as f64 / 1e6;
    println!(
        "| {} | {count} | {megabytes:.1} | {:.0} | {:.1} | {:.1} | {:.0} | {:.0} |",
        format.name(),
        megabytes / plain.as_secs_f64(),
        megabytes / checked.as_secs_f64(),
        checked.as_secs_f64() / plain.as_secs_f64(),
        count as f64 / checked.as_secs_f64(),
        stored.as_secs_f64() * 1e3,
    );
}

fn best<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut timed = || {
        let begun = Instant::now();
        let done = work();
        (begun.elapsed(), done)
    };
    let first = timed();
    (1..RUNS)
        .map(|_| timed())
        .fold(first, |best, next| if next.0 < best.0 { next } else { best })
}

/// Reads the file with the library alone; the bytes that it saw, unpacked.
fn plainly(format: Format, bytes: &[u8]) -> usize {
    match format {
        Format::Toml => {
            let text = std::str::from_utf8(bytes).unwrap();
            assert!(!text.parse::<toml::Table>().unwrap().is_empty());
        }
        Format::Json => {
            let value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            assert!(value.is_object());
        }
        Format::Csv => {
            let rows = csv::ReaderBuilder::new()
                .flexible(true)
                .from_reader(bytes)
                .into_byte_records()
                .count();
            assert!(rows > 0);
        }
        Format::MoodleXml => assert!(elements(bytes) > 0),
        Format::Xlsx | Format::Docx | Format::Qti => return opened(bytes),
        Format::Gift | Format::Aiken | Format::Txt => {
            let text = std::str::from_utf8(bytes).unwrap();
            assert!(
                text.lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty())
                    .count()
                    > 0
            );
        }
    }
    bytes.len()
}

fn opened(bytes: &[u8]) -> usize {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut sum = 0;
    for at in 0..archive.len() {
        let mut content = Vec::new();
        archive.by_index(at).unwrap().read_to_end(&mut content).unwrap();
        sum += content.len();
        elements(&content);
    }
    sum
}

fn elements(xml: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let mut count = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return count,
            _ => count += 1,
        }
    }
}
