//! Prizes of the whole contest: replacing a winner is a decision of two people, until every round is published.

use crate::helpers::{CHAIR, CONTEST, Console, SECRETARY, Sample, TestApp, between};
use axum::http::StatusCode;
use hoithi::action::rule::RuleError;
use hoithi::action::rule_overall::{approve, foretell, propose};
use hoithi::domain::contest::{Prize, Scope};
use hoithi::domain::decision::Refusal;
use hoithi::domain::ids::ParticipantId;
use hoithi::domain::ruling::{Cause, ReplaceWinner, Restore, Ruling, Target, Void};
use hoithi::domain::staff::Role;
use hoithi::store::ranking::StoredAward;
use sqlx::PgPool;
use time::Duration;

fn sample() -> Sample {
    Sample::default().definition(|definition| {
        definition.prizes.push(Prize {
            scope: Scope::Contest,
            name: "Giải Cả cuộc thi".to_owned(),
            places: 2,
            value: Some(5_000_000),
            bloc: None,
        });
        definition.rules_default.ranking.per_person.contest = None;
    })
}

/// Both rounds ranked; An before Bình before Cúc in each.
async fn ranked(bench: &TestApp) -> Vec<ParticipantId> {
    let mut people = Vec::new();
    for name in ["An", "Bình", "Cúc"] {
        people.push(bench.participant(name).await);
    }
    for round in [1, 2] {
        for (person, right) in people.iter().zip([6, 5, 4]) {
            let sitting = person.start(round).await;
            bench.advance(Duration::seconds(60));
            let body = sitting.right_answers(right).await;
            sitting.submit_with(&body).await.ok();
        }
        bench.advance(Duration::days(7));
    }
    for round in [1, 2] {
        bench.close(round).await;
        bench.rank(round).await;
    }
    people.iter().map(|person| person.id).collect()
}

async fn winners(bench: &TestApp) -> Vec<ParticipantId> {
    let store = &bench.app.store;
    let overall = store
        .find_overall_ranking(bench.contest().id)
        .await
        .unwrap()
        .unwrap();
    let awards: Vec<StoredAward> = store.load_awards(overall).await.unwrap();
    awards.iter().map(|award| award.award.participant).collect()
}

fn replace(person: ParticipantId) -> Ruling {
    Ruling::Replace(ReplaceWinner {
        person,
        cause: Cause::Unreachable,
    })
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_winner_of_the_contest_is_replaced_by_two_people_and_comes_back_when_that_is_taken_back(
    pool: PgPool,
) {
    let bench = TestApp::with(pool, sample()).await;
    let (app, contest) = (&bench.app, bench.contest());
    let early = foretell(app, bench.now(), &contest, None, replace(ParticipantId(1))).await;
    assert!(
        matches!(early, Err(RuleError::Refused(Refusal::Unknown))),
        "{early:?}"
    );
    let people = ranked(&bench).await;
    let [an, binh, cuc] = people[..] else { panic!() };
    assert_eq!(winners(&bench).await, [an, binh]);
    let rankings = bench.count("rankings").await;
    let (now, contest) = (bench.now(), bench.contest());
    let void = Ruling::Void(Void {
        target: Target::Person { person: an },
    });
    let refused = propose(app, now, SECRETARY, &contest, void, "có căn cứ").await;
    assert!(refused.is_err(), "entries are voided in their round");
    let id = propose(app, now, SECRETARY, &contest, replace(an), "không liên lạc được")
        .await
        .unwrap();
    let foretold = foretell(app, now, &contest, Some(id), replace(an)).await.unwrap();
    assert_eq!(
        bench.count("rankings").await,
        rankings,
        "a trial leaves nothing behind"
    );
    let told: Vec<_> = foretold
        .effect
        .prizes
        .iter()
        .map(|change| (change.before, change.after))
        .collect();
    assert_eq!(told, [(Some(an), Some(binh)), (Some(binh), Some(cuc))]);
    assert_eq!(
        (foretold.effect.left, foretold.effect.moved),
        (0, 0),
        "ranks stay"
    );
    let own = approve(app, now, SECRETARY, &contest, (id, &foretold.mark), None).await;
    assert!(
        matches!(own, Err(RuleError::Refused(Refusal::SamePerson(_)))),
        "{own:?}"
    );
    let stale = approve(app, now, CHAIR, &contest, (id, "khác"), None).await;
    assert!(
        matches!(stale, Err(RuleError::Refused(Refusal::Changed))),
        "{stale:?}"
    );
    approve(app, now, CHAIR, &contest, (id, &foretold.mark), None)
        .await
        .unwrap();
    assert_eq!(winners(&bench).await, [binh, cuc]);
    // Ranking a round again makes the overall ranking again: the replacement holds.
    bench.rank(2).await;
    assert_eq!(winners(&bench).await, [binh, cuc]);

    let restore = Ruling::Restore(Restore { decision: id });
    let back = propose(app, now, CHAIR, &contest, restore, "đã liên lạc được")
        .await
        .unwrap();
    let seen = foretell(app, now, &contest, Some(back), restore).await.unwrap();
    approve(app, now, SECRETARY, &contest, (back, &seen.mark), None)
        .await
        .unwrap();
    assert_eq!(winners(&bench).await, [an, binh]);

    for round in [1, 2] {
        bench.approve(round).await;
        bench.publish(round).await;
    }
    let late = propose(app, bench.now(), SECRETARY, &bench.contest(), replace(an), "muộn").await;
    assert!(
        matches!(late, Err(RuleError::Refused(Refusal::Unknown))),
        "{late:?}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_console_leads_from_the_winner_through_the_effect_to_the_second_person(pool: PgPool) {
    let console = Console::with(pool, sample()).await;
    let bench = &console.bench;
    let page = format!("/quan-tri/cuoc-thi/{CONTEST}/giai-chung");
    let mut first = console.logged_in(Role::Board).await;
    assert!(first.get(&page).await.text.contains("Mọi vòng xếp hạng xong"));
    let people = ranked(bench).await;
    let mut viewer = console.logged_in(Role::Viewer).await;
    assert_eq!(viewer.get(&page).await.status, StatusCode::FORBIDDEN);
    let shown = first.get(&page).await.text;
    assert!(
        shown.contains("Giải Cả cuộc thi: Nguyễn Văn An") && shown.contains("5.000.000"),
        "{shown}"
    );
    let an = people[0].to_string();
    let no_cause = first
        .post_form(&page, &[("nguoi", &an), ("then", "preview")])
        .await;
    assert_eq!(no_cause.status, StatusCode::UNPROCESSABLE_ENTITY);
    let cause = [("nguoi", an.as_str()), ("ly-do", "declined")];
    let preview = first
        .post_form(&page, &[cause[0], cause[1], ("then", "preview")])
        .await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(
        preview.text.contains("Thay Nguyễn Văn An trong danh sách giải"),
        "{}",
        preview.text
    );
    assert_eq!(bench.count("decisions").await, 0, "looking proposes nothing");
    let send = [
        cause[0],
        cause[1],
        ("then", "propose"),
        ("reason", "Gia đình xin không nhận"),
    ];
    let sent = first.post_form(&page, &send).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let own = first.get(&sent.location).await.text;
    assert!(
        own.contains("chờ một thành viên khác") && !own.contains("value=\"approve\""),
        "{own}"
    );
    let mut second = console.appoint("hai", "Hoàng Văn Hai", Role::Board).await;
    let seen = second.get(&sent.location).await.text;
    let mark = between(&seen, "name=\"mark\" value=\"", "\"").to_owned();
    let done = second
        .post_form(&sent.location, &[("then", "approve"), ("mark", &mark)])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    assert_eq!(winners(bench).await, people[1..]);
    let decided = second.get(&sent.location).await.text;
    assert!(
        decided.contains("Đã thông qua") && decided.contains("giai-chung?so="),
        "{decided}"
    );
    let back = between(&decided, "giai-chung?so=", "\"").to_owned();
    let restore = second.get(&format!("{page}?so={back}")).await.text;
    assert!(restore.contains("Khôi phục như trước quyết định số"), "{restore}");
}
