//! Groups who may enter but never win, from the rules to the prizes.

use crate::helpers::{CONTEST, Person, Sample, TestApp};
use crate::pages::plain;
use hoithi::domain::exclusion::BarredGroup;
use hoithi::domain::ids::ParticipantId;
use serde_json::json;
use sqlx::PgPool;
use time::Duration;
use time::macros::date;

/// The office H1 and those below it never win in rounds that close by 10 June, people born in 2000 never at all.
fn sample() -> Sample {
    let office = BarredGroup {
        reason: "Cơ quan Ban Tổ chức".to_owned(),
        units: vec!["H1".to_owned()],
        to: Some(date!(2033 - 06 - 10)),
        ..BarredGroup::default()
    };
    let young = BarredGroup {
        reason: "Sinh viên chuyên ngành".to_owned(),
        born_from: Some(date!(2000 - 01 - 01)),
        born_to: Some(date!(2000 - 12 - 31)),
        ..BarredGroup::default()
    };
    Sample::default()
        .rules(|rules| rules.ranking.min_score = None)
        .definition(|definition| definition.entry.no_prize_groups = vec![office, young])
}

async fn sit(bench: &TestApp, round: u16, person: &Person, right: usize) {
    let sitting = person.start(round).await;
    bench.advance(Duration::minutes(1));
    let body = sitting.right_answers(right).await;
    sitting.submit_with(&body).await.ok();
}

async fn winners(bench: &TestApp, round: u16) -> Vec<ParticipantId> {
    bench.close(round).await;
    bench.rank(round).await;
    let store = &bench.app.store;
    let ranking = store.find_round_ranking(bench.round(round).id).await.unwrap();
    let awards = store.load_awards(ranking.unwrap()).await.unwrap();
    awards.iter().map(|award| award.award.participant).collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn prizes_pass_over_a_group_on_the_days_on_which_it_holds(pool: PgPool) {
    let bench = TestApp::with(pool, sample()).await;
    // X1 is below H1.
    let office = bench.participant("Cơ").await;
    let young = bench
        .participant_with("Trẻ", json!({ "unit": "H2", "birth_date": "2000-06-15" }))
        .await;
    let other = bench.participant_with("Dân", json!({ "unit": "H2" })).await;
    let second = bench.participant_with("Nhì", json!({ "unit": "H2" })).await;
    let people = [(&office, 6), (&young, 5), (&other, 4), (&second, 3)];
    for (person, right) in people {
        sit(&bench, 1, person, right).await;
    }
    assert_eq!(winners(&bench, 1).await, [other.id, second.id]);
    let (contest, round) = (bench.contest(), bench.round(1));
    let unit = |code: &str| contest.unit_by_code(code).unwrap().id;
    let born = date!(1990 - 06 - 15);
    assert_eq!(
        contest.barred_reason(&round, unit("X1"), born),
        Some("Cơ quan Ban Tổ chức")
    );
    assert_eq!(contest.barred_reason(&round, unit("H2"), born), None);
    bench.advance(Duration::days(7));
    for (person, right) in people {
        sit(&bench, 2, person, right).await;
    }
    // The office may win again; who was born in 2000 may not.
    assert_eq!(winners(&bench, 2).await, [office.id, other.id, second.id]);
    let rules = plain(&bench.page(&format!("/cuoc-thi/{CONTEST}/the-le")).await.text);
    for words in [
        "Được dự thi nhưng không xét giải: Cơ quan Ban Tổ chức (người dự thi của Huyện Một và các đơn vị trực thuộc), \
         đối với giải của các vòng đóng đến hết ngày 10/6/2033.",
        "Được dự thi nhưng không xét giải: Sinh viên chuyên ngành (sinh từ ngày 1/1/2000 đến ngày 31/12/2000).",
    ] {
        assert!(rules.contains(words), "{words}: {rules}");
    }
}
