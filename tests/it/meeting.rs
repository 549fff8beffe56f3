//! Minutes of the award meeting, the rules as a paper, and certificates for units.

use crate::helpers::{CHAIR, SECRETARY, Sample, TestApp};
use crate::ruling::{crowd, in_force, rule};
use hoithi::action::issue_paper::{Issued, PaperError, PaperOrder, issue_paper};
use hoithi::action::vet::{answer_complaint, note_complaint, verify_candidate};
use hoithi::domain::contest::TieRule;
use hoithi::domain::official::PaperKind;
use hoithi::domain::ruling::{Cause, ReplaceWinner, Ruling, Target, Void};
use hoithi::domain::vetting::Finding;
use hoithi::store::vetting::NewComplaint;
use sqlx::PgPool;
use std::collections::BTreeSet;
use time::macros::date;

async fn issued(bench: &TestApp, kind: PaperKind, round: Option<u16>) -> Result<Issued, PaperError> {
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

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn minutes_tell_checks_decisions_and_complaints_of_the_result(pool: PgPool) {
    let bench = crowd(pool, 40).await;
    let early = issued(&bench, PaperKind::Minutes, Some(1)).await;
    assert!(matches!(early, Err(PaperError::NotRanked(Some(1)))));
    bench.rank(1).await;
    let (now, round) = (bench.now(), bench.round(1));
    let awards = in_force(&bench).await.awards;
    let (voided, replaced) = (awards[0].award.participant, awards[1].award.participant);
    let target = Target::Person { person: voided };
    rule(&bench, Ruling::Void(Void { target })).await;
    let cause = Cause::Declined;
    let person = replaced;
    rule(&bench, Ruling::Replace(ReplaceWinner { person, cause })).await;
    let winner = in_force(&bench).await.awards[0].award.participant;
    for (finding, note) in [(Finding::Doubtful, "chưa gọi được"), (Finding::Confirmed, "")] {
        let found = (finding, note);
        verify_candidate(&bench.app, now, SECRETARY, &round, winner, found)
            .await
            .unwrap();
    }
    let complaint = NewComplaint {
        contest: round.contest,
        round: round.id,
        received_on: date!(2033 - 06 - 14),
        due_on: date!(2033 - 06 - 24),
        complainant: "Nông Thị Mai",
        contact: "",
        about: "Đề nghị xem lại thời gian làm bài",
    };
    let number = note_complaint(&bench.app, now, SECRETARY, &round, &complaint)
        .await
        .unwrap();
    let answer = ("dismissed", "Thời gian đúng theo nhật ký");
    answer_complaint(&bench.app, now, CHAIR, &round, number, answer)
        .await
        .unwrap();

    let facts = issued(&bench, PaperKind::Minutes, Some(1)).await.unwrap().facts;
    let meeting = facts.meeting.unwrap();
    let people: BTreeSet<_> = facts.winners.iter().map(|row| row.participant).collect();
    assert_eq!(meeting.winners, i64::try_from(people.len()).unwrap());
    assert_eq!(meeting.confirmed, 1, "the newest finding of a person holds");
    let kinds: Vec<&str> = meeting.decisions.iter().map(|one| one.kind.name()).collect();
    assert_eq!(kinds, ["void", "replace-winner"]);
    assert!(meeting.people.contains_key(&voided) && meeting.people.contains_key(&replaced));
    assert_eq!(meeting.complaints.len(), 1);
    assert_eq!(
        meeting.complaints[0].answer.as_ref().unwrap().finding,
        "dismissed"
    );
    let other = issued(&bench, PaperKind::Decision, Some(1)).await.unwrap();
    assert!(other.facts.meeting.is_none(), "only minutes read all that");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn minutes_count_the_equals_among_whom_lots_were_drawn(pool: PgPool) {
    let sample = Sample::default().rules(|rules| {
        rules.ranking.tie = TieRule::Draw;
        rules.ranking.order.truncate(1);
    });
    let bench = TestApp::with(pool, sample).await;
    for name in ["An", "Bình", "Cúc", "Dung", "Én"] {
        let sitting = bench.participant(name).await.start(1).await;
        let body = sitting.right_answers(6).await;
        sitting.submit_with(&body).await.ok();
    }
    bench.close(1).await;
    bench.rank(1).await;
    let facts = issued(&bench, PaperKind::Minutes, Some(1)).await.unwrap().facts;
    let meeting = facts.meeting.unwrap();
    let drawn = facts
        .winners
        .iter()
        .filter(|row| row.settled_by == "draw")
        .count();
    assert_eq!((facts.winners.len(), drawn), (3, 3));
    let equals: Vec<_> = meeting
        .equals
        .iter()
        .map(|(rank, one)| (*rank, one.number, one.at_least))
        .collect();
    assert_eq!(equals, [(1, 5, false)]);
    assert!(facts.ranking.unwrap().seed.is_some());
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_rules_are_issued_before_anybody_has_entered(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let issued = issued(&bench, PaperKind::Rules, Some(1)).await.unwrap();
    assert!(issued.facts.ranking.is_none() && issued.facts.round.is_none());
    let rules = hoithi::web::rules_text::for_papers(&bench.contest());
    let page = bench
        .page(&format!("/cuoc-thi/{}/the-le", crate::helpers::CONTEST))
        .await
        .text;
    let page = crate::pages::plain(&page);
    assert!(rules.len() > 5);
    let lines = rules.iter().flat_map(|rule| &rule.lines);
    for text in lines.flat_map(|(_, sentences)| sentences) {
        let said = crate::pages::plain(text)
            .replace('"', "&#34;")
            .replace('\'', "&#39;");
        assert!(page.contains(&said), "{said} is not on the page of the rules");
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_unit_that_won_has_a_certificate_that_stands_with_the_result(pool: PgPool) {
    let bench = crowd(pool, 40).await;
    bench.rank(1).await;
    let early = issued(&bench, PaperKind::UnitCertificates, Some(1)).await;
    assert!(matches!(early, Err(PaperError::NotApproved)));
    bench.approve(1).await;
    let made = issued(&bench, PaperKind::UnitCertificates, Some(1))
        .await
        .unwrap();
    let again = issued(&bench, PaperKind::UnitCertificates, Some(1))
        .await
        .unwrap();
    assert_eq!(made.codes, again.codes, "made out again it has the same code");
    assert_eq!(made.codes.len(), made.facts.collective.len());
    assert!(!made.codes.is_empty());
    let page = async || bench.page(&format!("/chung-nhan/{}", made.codes[0])).await.text;
    assert!(page().await.contains("chưa công bố"));
    bench.publish(1).await;
    let text = page().await;
    let unit = made
        .facts
        .contest
        .unit(made.facts.collective[0].award.unit)
        .unwrap();
    for words in [
        "Giấy chứng nhận này có thật",
        &unit.definition.name,
        "Giấy khen tập thể",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    sqlx::query("delete from collective_awards")
        .execute(&bench.pool)
        .await
        .unwrap();
    assert!(page().await.contains("không còn giá trị"));
    let none = issued(&bench, PaperKind::UnitCertificates, Some(1)).await;
    assert!(matches!(none, Err(PaperError::NoWinners)));
}
