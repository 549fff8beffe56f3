//! Equals at the border of a prize over the whole contest: the board settles them before the last round is published.

use crate::helpers::{CHAIR, CONTEST, Console, Person, SECRETARY, Sample, TestApp};
use crate::pages::plain;
use axum::http::StatusCode;
use hoithi::action::close_round::{Blocker, StepError};
use hoithi::action::issue_paper::{PaperOrder, issue_paper};
use hoithi::action::publish_round::publish_round;
use hoithi::action::rule::RuleError;
use hoithi::action::rule_overall::{approve, foretell, propose};
use hoithi::action::settle_tie::{open_contest_tie, settle_tie};
use hoithi::domain::contest::{Prize, Scope, SpreadPrize, SpreadRules};
use hoithi::domain::decision::Refusal;
use hoithi::domain::ids::ParticipantId;
use hoithi::domain::official::PaperKind;
use hoithi::domain::ruling::{Cause, ReplaceWinner, Ruling};
use hoithi::domain::spread::WonFor;
use hoithi::domain::staff::Role;
use serde_json::json;
use sqlx::PgPool;
use std::collections::BTreeSet;
use time::Duration;

fn spread() -> Sample {
    let prize = |name: &str, places| SpreadPrize {
        name: name.to_owned(),
        places,
        value: Some(500_000),
        min_newcomers: 1,
    };
    Sample::default().definition(|definition| {
        definition.rounds.truncate(1);
        definition.prizes.clear();
        definition.spread = Some(SpreadRules {
            min_attempts: 1,
            cap: None,
            prizes: vec![prize("Giải Nhất lan tỏa", 1), prize("Giải Nhì lan tỏa", 1)],
        });
    })
}

/// Everybody starts and hands in at the same moments, so that nothing separates them.
async fn together(bench: &TestApp, round: u16, people: &[&Person]) {
    let mut sittings = Vec::new();
    for person in people {
        sittings.push(person.start(round).await);
    }
    bench.advance(Duration::minutes(1));
    for sitting in sittings {
        let body = sitting.right_answers(6).await;
        sitting.submit_with(&body).await.ok();
    }
}

async fn winners(bench: &TestApp) -> Vec<(String, ParticipantId)> {
    let store = &bench.app.store;
    let overall = store.find_overall_ranking(bench.contest().id).await.unwrap();
    let awards = store.load_awards(overall.unwrap()).await.unwrap();
    let told = awards
        .into_iter()
        .map(|award| (award.prize_name, award.award.participant));
    told.collect()
}

/// Ba, Bốn and Năm enter; Ba and Bốn bring one newcomer each at the same moment, Năm one later. The round is ranked.
async fn brought(bench: &TestApp) -> [ParticipantId; 3] {
    let introducers = [
        bench.participant("Ba").await,
        bench.participant("Bốn").await,
        bench.participant("Năm").await,
    ];
    let mut newcomers = Vec::new();
    for (person, name) in introducers.iter().zip(["Một", "Hai", "Sau"]) {
        let contest = bench.contest().id;
        let code = bench.app.keys.share_code(contest, person.id);
        let store = &bench.app.store;
        store
            .find_or_put_share_link(contest, person.id, &code, bench.now())
            .await
            .unwrap();
        newcomers.push(bench.participant_with(name, json!({ "introducer": code })).await);
    }
    let [ba, bon, nam] = &introducers;
    together(bench, 1, &[ba, bon, nam, &newcomers[0], &newcomers[1]]).await;
    together(bench, 1, &[&newcomers[2]]).await;
    bench.close(1).await;
    bench.rank(1).await;
    [ba.id, bon.id, nam.id]
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_board_settles_equals_who_brought_newcomers_and_only_then_the_last_round_is_published(
    pool: PgPool,
) {
    let console = Console::with(pool, spread()).await;
    let bench = &console.bench;
    let [ba, bon, nam] = brought(bench).await;
    assert_eq!(winners(bench).await, [], "what comes after an open tie waits");
    bench.approve(1).await;
    let early = publish_round(&bench.app, bench.now(), CHAIR, &bench.round(1), None).await;
    let Err(StepError::Blocked(blockers)) = early else {
        panic!("{early:?}")
    };
    assert_eq!(blockers, [Blocker::ContestTies(1)]);

    let base = format!("/quan-tri/cuoc-thi/{CONTEST}");
    let equals = format!("{base}/giai-chung/bang-nhau");
    let mut board = console.logged_in(Role::Board).await;
    let publish = board.get(&format!("{base}/vong/1/cong-bo")).await.text;
    assert!(publish.contains(&equals), "{publish}");
    assert_eq!(board.get(&equals).await.status, StatusCode::FORBIDDEN);
    let shown = plain(&board.get(&format!("{base}/giai-chung")).await.text);
    assert!(
        shown.contains(
            "2 người giới thiệu bằng nhau ở hạng 1, ngay ranh giới “Giải Nhất lan tỏa”; còn 1 suất"
        ) && shown.contains("Người tổ chức ghi quyết định"),
        "{shown}"
    );

    let mut organiser = console.logged_in(Role::Organiser).await;
    let list = organiser.get(&format!("{base}/lan-toa")).await.text;
    assert!(list.contains(&equals), "{list}");
    let page = organiser.get(&equals).await.text;
    let told = plain(&page);
    assert!(
        told.contains("Nguyễn Văn Ba") && told.contains("Hạng 1 về giới thiệu: 1 người mới"),
        "{told}"
    );
    assert!(!told.contains("Nguyễn Văn Năm"), "{told}");
    let ranking = crate::helpers::between(&page, "name=\"ranking\" value=\"", "\"").to_owned();
    let (one, two) = (format!("place-{bon}"), format!("place-{ba}"));
    let fields = |first: &'static str, reason: &'static str| {
        [
            ("ranking", ranking.clone()),
            (one.as_str(), first.to_owned()),
            (two.as_str(), "2".to_owned()),
            ("reason", reason.to_owned()),
        ]
    };
    for (first, reason) in [("2", "Biên bản họp"), ("1", "")] {
        let fields = fields(first, reason);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let refused = organiser.post_form(&equals, &fields).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            refused.text
        );
    }
    assert_eq!(bench.count("contest_tie_decisions").await, 0);
    let fields = fields("1", "Biên bản họp ngày 20/6");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let done = organiser.post_form(&equals, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let expected = [
        ("Giải Nhất lan tỏa".to_owned(), bon),
        ("Giải Nhì lan tỏa".to_owned(), ba),
    ];
    assert_eq!(winners(bench).await, expected);
    // The same form once more is of a ranking that was replaced, and a second tie there is none.
    assert_eq!(
        organiser.post_form(&equals, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let log = plain(&organiser.get("/quan-tri/nhat-ky").await.text);
    assert!(
        log.contains("ghi quyết định của Ban Tổ chức về thứ tự bằng nhau") && log.contains("Biên bản họp"),
        "{log}"
    );

    // Two people replace a winner of such a prize: its number is beyond those of the prizes for answers.
    let (app, now, contest) = (&bench.app, bench.now(), bench.contest());
    let replace = Ruling::Replace(ReplaceWinner {
        person: bon,
        cause: Cause::Declined,
    });
    let id = propose(app, now, SECRETARY, &contest, replace, "xin không nhận")
        .await
        .unwrap();
    let foretold = foretell(app, now, &contest, Some(id), replace).await.unwrap();
    let told: Vec<_> = foretold
        .effect
        .prizes
        .iter()
        .map(|change| (change.name.as_str(), change.before, change.after))
        .collect();
    let expected = [
        ("Giải Nhất lan tỏa", Some(bon), Some(ba)),
        ("Giải Nhì lan tỏa", Some(ba), Some(nam)),
    ];
    assert_eq!(told, expected);
    approve(app, now, CHAIR, &contest, (id, &foretold.mark), None)
        .await
        .unwrap();
    let page = plain(&board.get(&format!("{base}/giai-chung")).await.text);
    assert!(
        page.contains("Giải Nhì lan tỏa: Nguyễn Văn Năm")
            && page.contains("Hạng 3 về giới thiệu: 1 người mới"),
        "{page}"
    );
    bench.publish(1).await;
    let public = plain(&bench.page(&format!("/cuoc-thi/{CONTEST}/ket-qua")).await.text);
    assert!(public.contains("Giải Nhất lan tỏa"), "{public}");
    let late = open_contest_tie(app, &bench.contest()).await.unwrap();
    assert!(late.is_none());
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn papers_and_lists_tell_the_number_of_newcomers_of_a_spread_winner(pool: PgPool) {
    let bench = TestApp::with(pool, spread()).await;
    let [ba, bon, _] = brought(&bench).await;
    let contest = bench.contest();
    let tie = open_contest_tie(&bench.app, &contest).await.unwrap().unwrap();
    settle_tie(
        &bench.app,
        bench.now(),
        SECRETARY,
        &contest,
        (&tie, &[ba, bon]),
        "họp",
    )
    .await
    .unwrap();
    let order = PaperOrder {
        kind: PaperKind::Winners,
        round: None,
        format: "docx",
        with: &BTreeSet::new(),
        reason: None,
    };
    let issued = issue_paper(&bench.app, bench.now(), CHAIR, &bench.contest(), order)
        .await
        .unwrap();
    let told: Vec<_> = issued
        .facts
        .winners
        .iter()
        .map(|row| (row.prize.as_str(), row.participant, row.rank, row.newcomers))
        .collect();
    let expected = [
        ("Giải Nhất lan tỏa", ba, 1, Some(1)),
        ("Giải Nhì lan tỏa", bon, 1, Some(1)),
    ];
    assert_eq!(told, expected);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn equals_by_answers_over_the_contest_are_settled_once_and_for_every_later_ranking(pool: PgPool) {
    let sample = Sample::default().definition(|definition| {
        definition.rounds.truncate(1);
        definition.prizes = vec![Prize {
            scope: Scope::Contest,
            name: "Giải Cả cuộc thi".to_owned(),
            places: 1,
            value: None,
            bloc: None,
        }];
    });
    let bench = TestApp::with(pool, sample).await;
    let people = [bench.participant("Ba").await, bench.participant("Bốn").await];
    together(&bench, 1, &[&people[0], &people[1]]).await;
    bench.close(1).await;
    bench.rank(1).await;
    let [ba, bon] = people.map(|person| person.id);
    let (app, now, contest) = (&bench.app, bench.now(), bench.contest());
    let tie = open_contest_tie(app, &contest).await.unwrap().unwrap();
    assert_eq!((tie.won_for, tie.tie.places), (WonFor::Answers, 1));
    let settle = async |prefer: &[ParticipantId], reason: &str| {
        settle_tie(app, now, SECRETARY, &contest, (&tie, prefer), reason).await
    };
    let refused = settle(&[bon, ba], " ").await;
    assert!(
        matches!(refused, Err(RuleError::Refused(Refusal::ReasonMissing))),
        "{refused:?}"
    );
    for wrong in [
        &[bon][..],
        &[bon, bon],
        &[bon, ba, ba],
        &[bon, ParticipantId(9_999)],
    ] {
        let refused = settle(wrong, "họp").await;
        assert!(
            matches!(refused, Err(RuleError::Refused(Refusal::Changed))),
            "{refused:?}"
        );
    }
    settle(&[bon, ba], "họp").await.unwrap();
    let name = || "Giải Cả cuộc thi".to_owned();
    assert_eq!(winners(&bench).await, [(name(), bon)]);
    bench.rank(1).await;
    assert_eq!(winners(&bench).await, [(name(), bon)]);
    let stale = settle(&[ba, bon], "họp lại").await;
    assert!(
        matches!(stale, Err(RuleError::Refused(Refusal::Changed))),
        "{stale:?}"
    );
    bench.approve(1).await;
    bench.publish(1).await;
    let late = settle(&[ba, bon], "muộn").await;
    assert!(
        matches!(late, Err(RuleError::Refused(Refusal::Unknown))),
        "{late:?}"
    );
}
