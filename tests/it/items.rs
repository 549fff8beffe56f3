//! Question statistics from stored submissions: counted piece by piece, equal to a plain reckoning, shown to those who may
//! see keys; the sign of a wrong key while a round runs.

#![expect(clippy::float_arithmetic, reason = "figures are compared with figures")]

use crate::helpers::{CONTEST, Console, TestApp};
use axum::http::StatusCode;
use hoithi::action::count_items::{Counted, counting, follow, whole};
use hoithi::action::simulate::{Plan, simulate};
use hoithi::domain::item_statistics::{ConsistencyOf, RoundTally};
use hoithi::domain::paper::Paper;
use hoithi::domain::response::Responses;
use hoithi::domain::staff::Role;
use sqlx::PgPool;
use std::collections::BTreeSet;
use time::Duration;

/// A crowd in round 1, which stays open.
pub async fn crowd(bench: &TestApp, entrants: u32, seed: u64) {
    bench.advance(Duration::DAY);
    let (contest, round) = (bench.contest(), bench.round(1));
    simulate(
        &bench.app,
        bench.now(),
        &contest,
        &round,
        &Plan::new(entrants, seed),
    )
    .await
    .unwrap();
}

/// Chosen places of the file and whether they are right, for every question of a paper.
struct Sheet(Vec<(String, BTreeSet<u8>, bool)>);

impl Sheet {
    fn total(&self) -> f64 {
        self.0.iter().filter(|(.., right)| *right).count() as f64
    }
}

async fn sheets(bench: &TestApp) -> Vec<Sheet> {
    let round = bench.round(1).id.0;
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select paper, responses from attempts join submissions using (round_id, attempt_id) where round_id = $1",
    )
    .bind(round)
    .fetch_all(&bench.pool)
    .await
    .unwrap();
    let contest = bench.contest();
    let sheet = |(paper, responses): &(String, String)| {
        let paper: Paper = serde_json::from_str(paper).unwrap();
        let responses: Responses = serde_json::from_str(responses).unwrap();
        let one = |(number, asked): (u16, &hoithi::domain::paper::PaperQuestion)| {
            let shown = responses.get(number).unwrap().places();
            let chosen: BTreeSet<u8> = shown.map(|place| asked.order[usize::from(place)]).collect();
            let key = &contest.keys[paper.version_of(asked).unwrap()].0[&asked.question];
            let right = !chosen.is_empty() && chosen == *key;
            (asked.question.0.clone(), chosen, right)
        };
        Sheet((1..).zip(&paper.questions).map(one).collect())
    };
    rows.iter().map(sheet).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn covariance(a: &[f64], b: &[f64]) -> f64 {
    let (of_a, of_b) = (mean(a), mean(b));
    let products = a.iter().zip(b).map(|(a, b)| (a - of_a) * (b - of_b));
    products.sum::<f64>() / (a.len() as f64 - 1.0)
}

#[track_caller]
fn near(found: Option<f64>, expected: f64, what: &str) {
    let found = found.unwrap_or_else(|| panic!("{what} is missing"));
    assert!((found - expected).abs() < 1e-9, "{what}: {found} for {expected}");
}

/// Every figure reckoned again from the sheets by the textbook.
fn check(tally: &RoundTally, sheets: &[Sheet]) {
    let totals: Vec<f64> = sheets.iter().map(Sheet::total).collect();
    let test = tally.test_statistics();
    assert_eq!(test.entrants, sheets.len() as u64);
    near(test.mean, mean(&totals), "mean");
    let variance = covariance(&totals, &totals);
    near(test.sd, variance.sqrt(), "sd");
    let n = 6.0;
    let kr21 = 100.0 * n / (n - 1.0) * (1.0 - mean(&totals) * (n - mean(&totals)) / (n * variance));
    assert_eq!(test.consistency_of, ConsistencyOf::Totals);
    near(test.consistency, kr21, "consistency");
    let mut seen = 0;
    for (item, figures) in tally.items().iter().zip(tally.item_statistics()) {
        let name = &item.question.0;
        let met: Vec<Met<'_>> = sheets
            .iter()
            .filter_map(|sheet| Some((sheet, sheet.0.iter().find(|(own, ..)| own == name)?)))
            .collect();
        assert_eq!(figures.exposure, met.len() as u64);
        let marks: Vec<f64> = met
            .iter()
            .map(|(_, (.., right))| f64::from(u8::from(*right)))
            .collect();
        let rests: Vec<f64> = met
            .iter()
            .zip(&marks)
            .map(|((sheet, _), mark)| sheet.total() - mark)
            .collect();
        near(figures.facility, mean(&marks), "facility");
        let joint = covariance(&marks, &rests);
        let spread = (covariance(&marks, &marks) * covariance(&rests, &rests)).sqrt();
        near(figures.discrimination, 100.0 * joint / spread, "discrimination");
        let sorted = |values: &[f64]| {
            let mut values = values.to_vec();
            values.sort_by(f64::total_cmp);
            values
        };
        let best = covariance(&sorted(&marks), &sorted(&rests));
        near(figures.efficiency, 100.0 * joint / best, "efficiency");
        for (place, option) in (0u8..).zip(&figures.options) {
            let chosen = met
                .iter()
                .filter(|(_, (_, chosen, _))| chosen.contains(&place))
                .count();
            assert_eq!(option.chosen, chosen as u64);
            near(option.upper, in_group(&met, place, true), "upper group");
            near(option.lower, in_group(&met, place, false), "lower group");
        }
        seen += 1;
    }
    assert_eq!(seen, 17, "every question of both sets was met");
}

/// A paper, and what it says of one question: its name, the places chosen, whether that is right.
type Met<'a> = (&'a Sheet, &'a (String, BTreeSet<u8>, bool));

/// Share of 27 % of the entrants choosing an option; those at the border count in part.
fn in_group(met: &[Met<'_>], place: u8, best: bool) -> f64 {
    let mut totals: Vec<f64> = met.iter().map(|(sheet, _)| sheet.total()).collect();
    totals.sort_by(f64::total_cmp);
    totals.dedup();
    if best {
        totals.reverse();
    }
    let size = 0.27 * met.len() as f64;
    let (mut left, mut sum) = (size, 0.0);
    for total in totals {
        let class: Vec<_> = met.iter().filter(|(sheet, _)| sheet.total() == total).collect();
        let part = (left / class.len() as f64).clamp(0.0, 1.0);
        let chosen = class
            .iter()
            .filter(|(_, (_, chosen, _))| chosen.contains(&place))
            .count();
        sum += part * chosen as f64;
        left -= class.len() as f64;
        if left <= 0.0 {
            break;
        }
    }
    sum / size
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn statistics_counted_piece_by_piece_agree_with_a_plain_reckoning(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let mut counted = Counted::default();
    crowd(&bench, 150, 3).await;
    follow(&bench.app, bench.now(), &mut counted).await.unwrap();
    crowd(&bench, 250, 4).await;
    follow(&bench.app, bench.now(), &mut counted).await.unwrap();
    bench.close(1).await;
    let counts = whole(&bench.app, &bench.contest(), &bench.round(1))
        .await
        .unwrap();
    assert!(counts.is_whole() && counts.of > 400);
    check(&counts.tally, &sheets(&bench).await);
    // Whoever asks again reads what is kept; what was thrown away is counted anew to the same.
    let counting = counting(&bench.contest(), &bench.round(1));
    assert_eq!(bench.app.store.carry_on_items(&counting).await.unwrap(), 0);
    sqlx::query("delete from item_tallies")
        .execute(&bench.pool)
        .await
        .unwrap();
    let again = whole(&bench.app, &bench.contest(), &bench.round(1))
        .await
        .unwrap();
    assert_eq!(again.tally, counts.tally);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn two_instances_counting_at_once_count_each_submission_once(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    crowd(&bench, 300, 5).await;
    let (mut one, mut other) = (Counted::default(), Counted::default());
    let now = bench.now();
    let (a, b) = tokio::join!(
        follow(&bench.app, now, &mut one),
        follow(&bench.app, now, &mut other)
    );
    a.and(b).unwrap();
    bench.close(1).await;
    let counts = whole(&bench.app, &bench.contest(), &bench.round(1))
        .await
        .unwrap();
    assert_eq!(counts.tally.entrants(), counts.of.unsigned_abs());
}

/// Writes another key for question 4 of the first set, as if the file had said so.
pub async fn set_key(bench: &TestApp, place: u8) {
    sqlx::query(
        "update answer_keys set key = jsonb_set(key, '{mot-dung-so-4}', jsonb_build_array($1::integer))
         where set_version = (select set_version from question_sets where set_id = 'mot-dung')",
    )
    .bind(i32::from(place))
    .execute(&bench.pool)
    .await
    .unwrap();
    bench.app.refresh_catalog().await.unwrap();
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_wrong_key_is_told_while_the_round_runs_to_those_who_may_see_keys(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    let page = format!("/quan-tri/cuoc-thi/{CONTEST}?vong=1");
    let sign = "dấu hiệu sai đáp án";
    let mut counted = Counted::default();
    crowd(bench, 20, 6).await;
    set_key(bench, 2).await;
    follow(&bench.app, bench.now(), &mut counted).await.unwrap();
    let mut organiser = console.logged_in(Role::Organiser).await;
    let few = organiser.get(&page).await.text;
    assert!(!few.contains(sign), "nothing is said of a few papers");
    // People answer as the true key says.
    set_key(bench, 0).await;
    crowd(bench, 500, 7).await;
    set_key(bench, 2).await;
    follow(&bench.app, bench.now(), &mut counted).await.unwrap();
    let text = organiser.get(&page).await.text;
    assert!(
        text.contains(sign) && text.contains("Câu thứ 4 của bộ 12 câu?"),
        "{text}"
    );
    let alarm = text
        .split("id=\"alarm\"")
        .nth(1)
        .unwrap()
        .split("</section>")
        .next()
        .unwrap();
    let total = bench.count("submissions").await.to_string();
    assert!(!alarm.contains(&total), "no counts: {alarm}");
    for role in [Role::Admin, Role::Board, Role::Viewer] {
        let text = console.logged_in(role).await.get(&page).await.text;
        assert!(!text.contains(sign), "{role:?} is told of no key");
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_pages_and_the_file_tell_of_a_sealed_round_to_organisers_and_the_board(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    crowd(bench, 120, 8).await;
    let list = format!("/quan-tri/cuoc-thi/{CONTEST}/vong/1/cau-hoi");
    let file = format!("/quan-tri/cuoc-thi/{CONTEST}/vong/1/xuat");
    let ask = [("list", "items"), ("format", "json")];
    let mut organiser = console.logged_in(Role::Organiser).await;
    let open = organiser.get(&list).await;
    assert!(open.text.contains("có sau khi chốt vòng"), "{}", open.text);
    assert_eq!(
        organiser.post_form(&file, &ask).await.status,
        StatusCode::SEE_OTHER
    );
    bench.close(1).await;
    for role in [Role::Organiser, Role::Board] {
        let mut desk = console.logged_in(role).await;
        let text = desk.get(&list).await.text;
        assert!(
            text.contains("Câu thứ 4 của bộ 12 câu?") && text.contains("<svg"),
            "{text}"
        );
        let one = desk.get(&format!("{list}/4")).await;
        assert!(
            one.text.contains("Độ phân biệt") && one.text.contains("<svg"),
            "{}",
            one.text
        );
        assert_eq!(
            desk.get(&format!("{list}/99")).await.status,
            StatusCode::NOT_FOUND
        );
    }
    for role in [Role::Admin, Role::Viewer] {
        let mut desk = console.logged_in(role).await;
        assert_eq!(desk.get(&list).await.status, StatusCode::FORBIDDEN);
    }
    let sent = organiser.post_form(&file, &ask).await;
    assert_eq!(sent.status, StatusCode::OK);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&sent.text).unwrap();
    let counts = whole(&bench.app, &bench.contest(), &bench.round(1))
        .await
        .unwrap();
    assert_eq!(rows.len(), 17);
    for (row, (item, figures)) in rows
        .iter()
        .zip(counts.tally.items().iter().zip(counts.tally.item_statistics()))
    {
        assert_eq!(row["question"], item.question.0);
        assert_eq!(row["exposure"], figures.exposure);
        near(row["facility"].as_f64(), figures.facility.unwrap(), "facility");
        near(
            row["discrimination"].as_f64(),
            figures.discrimination.unwrap(),
            "discrimination",
        );
        near(
            row["d_upper"].as_f64(),
            figures.options[3].upper.unwrap(),
            "upper group",
        );
        assert_eq!(row["h_chosen"], serde_json::Value::Null);
    }
}
