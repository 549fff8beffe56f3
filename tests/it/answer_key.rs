//! The key as a paper: only of closed rounds, only where the contest shows keys, with what was marked again.

use crate::helpers::{CHAIR, Console, OPENS, SECRETARY, Sample, TestApp, step};
use crate::items::crowd;
use axum::http::StatusCode;
use hoithi::action::issue_paper::{Issued, PaperError, PaperOrder, issue_paper};
use hoithi::action::rescore_round::{approve, propose};
use hoithi::domain::contest::KeyPublication;
use hoithi::domain::marking::Marking;
use hoithi::domain::official::{Line, PaperKind, Part, Template, TemplateLine};
use hoithi::domain::question::{QuestionId, SetId};
use hoithi::domain::rescoring::Treatment;
use hoithi::domain::round_key::NoKey;
use hoithi::domain::staff::Role;
use sqlx::PgPool;
use std::collections::BTreeSet;
use time::Duration;

fn shows(rule: KeyPublication) -> Sample {
    Sample::default().definition(|definition| definition.answer_key = rule)
}

async fn issued(bench: &TestApp, round: Option<u16>) -> Result<Issued, PaperError> {
    issued_as(bench, PaperKind::AnswerKey, round).await
}

async fn issued_as(bench: &TestApp, kind: PaperKind, round: Option<u16>) -> Result<Issued, PaperError> {
    let round = round.map(|number| bench.round(number));
    let order = PaperOrder {
        kind,
        round: round.as_ref(),
        format: "docx",
        with: &BTreeSet::new(),
        reason: None,
    };
    issue_paper(&bench.app, bench.now(), CHAIR, &bench.contest(), order).await
}

async fn refused(bench: &TestApp, round: Option<u16>) -> NoKey {
    match issued(bench, round).await {
        Err(PaperError::NoKey(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_key_of_a_closed_round_is_issued_with_what_was_marked_again(pool: PgPool) {
    let bench = TestApp::with(pool, shows(KeyPublication::AfterRound)).await;
    crowd(&bench, 40, 21).await;
    assert_eq!(refused(&bench, Some(1)).await, NoKey::RoundOpen);
    bench.close(1).await;
    let facts = issued(&bench, Some(1)).await.unwrap().facts;
    assert_eq!((facts.keys[0].lines.len(), facts.keys[0].held), (0, 17));
    assert!(!facts.approved && facts.ranking.is_none());
    assert_eq!(refused(&bench, None).await, NoKey::RoundOpen);

    let round = bench.round(1);
    let dropped = Treatment {
        version: round.sets[&SetId("mot-dung".to_owned())].clone(),
        question: QuestionId("mot-dung-so-5".to_owned()),
        marking: Some(Marking::Dropped),
    };
    let (app, now, contest) = (&bench.app, bench.now(), bench.contest());
    let id = propose(app, now, SECRETARY, &contest, &round, dropped, "đáp án sai")
        .await
        .unwrap();
    approve(app, now, CHAIR, &round, id, None).await.unwrap();
    bench.at(OPENS + Duration::weeks(3));
    bench.close(2).await;
    let facts = issued(&bench, None).await.unwrap().facts;
    let lines: Vec<usize> = facts.keys.iter().map(|key| key.lines.len()).collect();
    assert_eq!(lines, [17, 17], "nobody can be asked them any more");
    let marked = |nth: usize| {
        let lines = facts.keys[nth].lines.iter();
        let marked = lines.filter(|line| line.marking.is_some());
        marked.map(|line| line.question.id.0.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(marked(0), ["mot-dung-so-5"]);
    assert!(marked(1).is_empty(), "a marking belongs to its round");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_contest_that_shows_keys_at_its_end_or_never_has_no_such_paper_before(pool: PgPool) {
    let console = Console::with(pool, shows(KeyPublication::AfterContest)).await;
    let bench = &console.bench;
    bench.close(1).await;
    assert_eq!(refused(bench, Some(1)).await, NoKey::ContestOpen);
    bench.load(&shows(KeyPublication::Never)).await;
    assert_eq!(refused(bench, Some(1)).await, NoKey::Never);
    let mut desk = console.logged_in(Role::Board).await;
    let fields = [("kind", "answer-key"), ("form", "party"), ("format", "docx")];
    let answer = desk.post_form(&step("van-ban"), &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text.contains("Cuộc thi này không công bố đáp án"),
        "{}",
        answer.text
    );
    bench.load(&shows(KeyPublication::AfterRound)).await;
    let answer = desk.post_form(&step("van-ban"), &fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.kind.contains("wordprocessingml"), "{}", answer.kind);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_notice_whose_own_wording_tells_the_key_is_judged_as_the_key_itself(pool: PgPool) {
    let with_part = |rule| {
        shows(rule).definition(|definition| {
            let line = TemplateLine {
                only_if: None,
                line: Line::Part(Part::KeyTable),
            };
            let templates = &mut definition.papers.templates;
            templates.insert(PaperKind::Notice, Template(vec![line]));
        })
    };
    let bench = TestApp::with(pool, with_part(KeyPublication::AfterRound)).await;
    bench.close(1).await;
    bench.rank(1).await;
    let notice = issued_as(&bench, PaperKind::Notice, Some(1)).await.unwrap();
    assert_eq!(notice.facts.keys.len(), 1);
    let decision = issued_as(&bench, PaperKind::Decision, Some(1)).await.unwrap();
    assert!(
        decision.facts.keys.is_empty(),
        "its wording does not tell the key"
    );
    bench.load(&with_part(KeyPublication::Never)).await;
    let refused = issued_as(&bench, PaperKind::Notice, Some(1)).await;
    assert!(
        matches!(refused, Err(PaperError::NoKey(NoKey::Never))),
        "{refused:?}"
    );
    assert!(issued_as(&bench, PaperKind::Decision, Some(1)).await.is_ok());
}
