//! A second reading of a round, from the exported files and `contest.toml` alone.
//!
//! Shares no code with the program: plain JSON and TOML values, the rules written out as a newspaper would check them.

use crate::helpers::{Ground, LANG_SON};
use crate::process::Place;
use serde_json::Value;
use sqlx::PgPool;
use std::cmp::Ordering;
use std::collections::BTreeMap;

const CONTEST: &str = "quizzes/lang-son-90-nam";

fn number(entry: &Value, field: &str) -> i64 {
    entry[field]
        .as_i64()
        .unwrap_or_else(|| panic!("{field} of {entry}"))
}

fn text<'a>(entry: &'a Value, field: &str) -> &'a str {
    entry[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} of {entry}"))
}

/// One person's line in the independent ranking.
#[derive(Debug)]
struct Line<'a> {
    entry: &'a Value,
    prediction_error: Option<i64>,
    attempts: i64,
}

/// The best score; among equal scores the one submitted first.
fn counted(attempts: &[&Value]) -> usize {
    let best = |(_, entry): &(usize, &&Value)| {
        (
            -number(entry, "score"),
            text(entry, "finished_at").to_owned(),
            number(entry, "sequence"),
        )
    };
    attempts.iter().enumerate().min_by_key(best).unwrap().0
}

/// Compares by the keys as `contest.toml` writes them.
fn compare(order: &[String], a: &Line<'_>, b: &Line<'_>) -> Ordering {
    for key in order {
        let (field, direction) = key.split_once(' ').unwrap();
        let smaller = match field {
            "score" => number(a.entry, "score").cmp(&number(b.entry, "score")),
            "duration" => number(a.entry, "duration_ms").cmp(&number(b.entry, "duration_ms")),
            "submitted_at" => text(a.entry, "finished_at").cmp(text(b.entry, "finished_at")),
            "registered_at" => text(a.entry, "registered_at").cmp(text(b.entry, "registered_at")),
            "attempts" => a.attempts.cmp(&b.attempts),
            "prediction_error" => {
                // Whoever made no prediction comes after everybody who did, whichever direction.
                let missing = a.prediction_error.is_none().cmp(&b.prediction_error.is_none());
                if missing.is_ne() {
                    return missing;
                }
                a.prediction_error.cmp(&b.prediction_error)
            }
            other => panic!("unknown key {other}"),
        };
        let ordering = if direction == "desc" {
            smaller.reverse()
        } else {
            smaller
        };
        if ordering.is_ne() {
            return ordering;
        }
    }
    Ordering::Equal
}

async fn export(place: &Place, kind: &str) -> Vec<Value> {
    let out = place.folder.path().join(format!("{kind}.json"));
    let out = out.to_str().unwrap();
    place
        .run(&[
            "export",
            kind,
            "--contest",
            "lang-son-90-nam",
            "--round",
            "3",
            "--format",
            "json",
            "--out",
            out,
        ])
        .await;
    serde_json::from_slice(&std::fs::read(out).unwrap()).unwrap()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn exported_standings_equal_an_independent_reading_of_entries_and_rules(pool: PgPool) {
    let Ground { place, redis: _redis } = Ground::new(&pool).await;
    let round = [LANG_SON, "3"];
    place.simulate(1_000, 20_230_508).await;
    place
        .run(&[
            "round",
            round[0],
            round[1],
            "close",
            "--by",
            "Lê Văn An",
            "--reason",
            "Kiểm tra",
        ])
        .await;
    place
        .run(&["round", round[0], round[1], "rank", "--by", "Lê Văn An"])
        .await;
    let (entries, standings) = (export(&place, "entries").await, export(&place, "standings").await);

    let rules: toml::Table = std::fs::read_to_string(format!("{CONTEST}/contest.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let order: Vec<String> = rules["ranking"]["order"].clone().try_into().unwrap();
    let min_score = rules["ranking"]["gate"]["min_score"].as_integer().unwrap();
    assert_eq!(rules["prediction"]["asks"].as_str(), Some("attempts-in-round"));
    assert_eq!(rules["attempts"]["counts"].as_str(), Some("best"));

    let actual = i64::try_from(entries.len()).unwrap();
    let mut people: BTreeMap<i64, Vec<&Value>> = BTreeMap::new();
    for entry in &entries {
        people
            .entry(number(entry, "participant"))
            .or_default()
            .push(entry);
    }
    assert_eq!(people.len(), 1000);
    let mut lines: Vec<Line<'_>> = people
        .values()
        .map(|attempts| {
            let entry = attempts[counted(attempts)];
            let prediction_error = entry["prediction"].as_i64().map(|said| (said - actual).abs());
            Line {
                entry,
                prediction_error,
                attempts: attempts.len().try_into().unwrap(),
            }
        })
        .collect();
    lines.sort_by(|a, b| compare(&order, a, b));

    assert_eq!(standings.len(), lines.len());
    let by_person: BTreeMap<i64, &Value> = standings
        .iter()
        .map(|line| (number(line, "participant"), line))
        .collect();
    let mut rank = 0;
    let mut ranks = BTreeMap::new();
    for (place, line) in lines.iter().enumerate() {
        if place == 0 || compare(&order, &lines[place - 1], line).is_ne() {
            rank = place + 1;
        }
        let person = number(line.entry, "participant");
        let exported = by_person[&person];
        assert_eq!(
            number(exported, "rank"),
            i64::try_from(rank).unwrap(),
            "rank of {exported}"
        );
        assert_eq!(
            exported["attempt"], line.entry["attempt"],
            "counted attempt of {person}"
        );
        assert_eq!(exported["prediction_error"].as_i64(), line.prediction_error);
        assert_eq!(line.entry["counted"], true);
        ranks.insert(person, rank);
    }
    assert_eq!(
        entries.iter().filter(|entry| entry["counted"] == true).count(),
        1000
    );
    check_prizes(&rules, &lines, &by_person, min_score, &order);
}

/// Gives the round's prizes in order; equals at a border leave the rest open, as `tie = "board"` says.
fn check_prizes(
    rules: &toml::Table,
    lines: &[Line<'_>],
    standings: &BTreeMap<i64, &Value>,
    min_score: i64,
    order: &[String],
) {
    let prizes = rules["prize"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|prize| prize["scope"].as_str() == Some("round"));
    let mut due: BTreeMap<i64, String> = BTreeMap::new();
    let mut eligible = lines
        .iter()
        .filter(|line| number(line.entry, "score") >= min_score)
        .peekable();
    'prizes: for prize in prizes {
        let mut places = prize["places"].as_integer().unwrap();
        while places > 0 {
            let Some(first) = eligible.peek().copied() else {
                break 'prizes;
            };
            let mut equals = Vec::new();
            while let Some(line) = eligible.next_if(|line| compare(order, first, line).is_eq()) {
                equals.push(number(line.entry, "participant"));
            }
            if i64::try_from(equals.len()).unwrap() > places {
                break 'prizes;
            }
            places -= i64::try_from(equals.len()).unwrap();
            due.extend(
                equals
                    .into_iter()
                    .map(|person| (person, prize["name"].as_str().unwrap().to_owned())),
            );
        }
    }
    assert!(!due.is_empty(), "the crowd is large enough for somebody to win");
    for (person, line) in standings {
        assert_eq!(
            line["prize"].as_str(),
            due.get(person).map(String::as_str),
            "prize of {line}"
        );
    }
}
