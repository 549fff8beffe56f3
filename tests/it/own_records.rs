//! The copy that a participant takes away: what reviews and staff wrote down, without the names of others, and what is left
//! out with the reason.

use crate::helpers::{CHAIR, CONTEST, PASSWORD, Person, SECRETARY, TestApp};
use crate::pages::{Browser, at};
use hoithi::action::review_round::review_sealed;
use hoithi::action::vet::{answer_complaint, note_complaint, verify_candidate};
use hoithi::domain::vetting::Finding;
use hoithi::store::vetting::NewComplaint;
use serde_json::{Value, json};
use sqlx::PgPool;
use time::macros::date;

async fn copy_of(bench: &TestApp, person: &Person) -> Value {
    let browser = Browser::new(bench);
    let fields = [("phone", person.phone.as_str()), ("password", PASSWORD)];
    browser.post(&at("/dang-nhap"), &fields).await;
    let reply = browser.post(&at("/du-lieu-cua-toi/tai"), &[]).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

/// A complaint about round 1, answered.
async fn complain(bench: &TestApp, complainant: &str, contact: &str, about: &str) {
    let round = bench.round(1);
    let new = NewComplaint {
        contest: round.contest,
        round: round.id,
        received_on: date!(2033 - 06 - 06),
        due_on: date!(2033 - 06 - 16),
        complainant,
        contact,
        about,
    };
    let (app, now) = (&bench.app, bench.now());
    let id = note_complaint(app, now, SECRETARY, &round, &new).await.unwrap();
    let answer = ("dismissed", "Đã so với bài của Nguyễn Văn Bình");
    answer_complaint(app, now, CHAIR, &round, id, answer)
        .await
        .unwrap();
}

/// A finding and an answer of an entrant to every case.
async fn judge(pool: &PgPool) {
    for add in [
        "insert into case_findings (case_id, opinion, ruled_out, reason, at, by)
           select case_id, 'ask', '{practised}', 'Giống bài NGUYỄN VĂN BÌNH, nên hỏi', now(), 'Chị Hà' from review_cases",
        "insert into case_hearings (case_id, note, at, by)
           select case_id, 'Em đã luyện nhiều lần', now(), 'Anh Minh' from review_cases",
    ] {
        sqlx::query(add).execute(pool).await.unwrap();
    }
}

fn left_out(copy: &Value) -> Vec<&str> {
    let items = copy["not_included"].as_array().unwrap();
    items.iter().map(|item| item["what"].as_str().unwrap()).collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_copy_has_what_was_written_about_the_person_and_names_what_is_left_out(pool: PgPool) {
    let bench = TestApp::new(pool.clone()).await;
    let address = json!({ "email": "an@vidu.vn" });
    let person = bench.participant_with("An", address).await;
    let other = bench.participant("Bình").await;
    let mut attempts = Vec::new();
    for person in [&person, &other] {
        let sitting = person.start(1).await;
        let right = sitting.right_answers(6).await;
        sitting.submit_with(&right).await.ok();
        attempts.push(sitting.id.to_string());
        // They do not tie.
        bench.advance(time::Duration::SECOND);
    }
    bench.close(1).await;
    // Both were right in no time at all: a case of one entry each. A third shows both of them.
    assert_eq!(review_sealed(&bench.app, bench.now()).await.unwrap(), 1);
    let both = "insert into review_cases (review_id, number, sheet)
        select review_id, 99, jsonb_set(sheet, '{entries}', (select jsonb_agg(entry) from review_cases c,
          jsonb_array_elements(c.sheet->'entries') entry)) from review_cases order by number limit 1";
    sqlx::query(both).execute(&pool).await.unwrap();
    assert_eq!(bench.count("review_cases").await, 3);
    judge(&pool).await;
    let found = (Finding::Doubtful, "Trùng lớp với Nguyễn Văn Bình, đã gọi");
    let round = bench.round(1);
    verify_candidate(&bench.app, bench.now(), SECRETARY, &round, person.id, found)
        .await
        .unwrap();
    complain(&bench, "Nguyễn Văn An", &person.phone, "Tôi làm đúng hết").await;
    complain(&bench, "Nguyễn Văn An", "xã Một", "Của người cùng tên").await;
    // Everybody may register the address of somebody else.
    complain(&bench, "Nguyễn Văn An", "an@vidu.vn", "Thư của người cùng tên").await;

    // While the round is being judged nothing of it tells who is a candidate.
    let copy = copy_of(&bench, &person).await;
    assert_eq!(
        (&copy["fair_play"], &copy["verifications"]),
        (&json!([]), &json!([]))
    );
    let held = &copy["not_included"][0];
    assert_eq!((&held["what"], &held["round"]), (&json!("judging"), &json!(1)));
    assert!(
        held["reason"].as_str().unwrap().contains("đang được xét"),
        "{held}"
    );

    bench.rank(1).await;
    bench.approve(1).await;
    bench.publish(1).await;
    let copy = copy_of(&bench, &person).await;
    let cases = copy["fair_play"].as_array().unwrap();
    assert_eq!(cases.len(), 2, "the own case and the one of both: {copy}");
    assert_eq!(cases[0]["own_entries"][0]["attempt"], attempts[0].as_str());
    assert_eq!(cases[0]["sign"]["sign"], "quick");
    assert_eq!(cases[0]["answers"][0]["note"], "Em đã luyện nhiều lần");
    assert_eq!(cases[0]["findings"][0]["reason"], "Giống bài […], nên hỏi");
    assert_eq!(cases[1]["entries_of_others"], 1);
    assert_eq!(cases[1]["answers"], json!([]), "whose answer it is, nobody knows");
    assert_eq!(copy["verifications"][0]["note"], "Trùng lớp với […], đã gọi");
    let complaints = copy["complaints"].as_array().unwrap();
    assert_eq!(complaints.len(), 1, "{copy}");
    assert_eq!(complaints[0]["about"], "Tôi làm đúng hết");
    assert_eq!(complaints[0]["answer"], "Đã so với bài của […]");
    let out = left_out(&copy);
    for what in [
        "hearings",
        "names-of-others",
        "names-of-staff",
        "unsigned",
        "papers",
    ] {
        assert!(out.contains(&what), "{what}: {out:?}");
    }
    assert!(!out.contains(&"judging"), "{out:?}");
    let text = copy.to_string();
    for secret in [
        "Bình",
        "BÌNH",
        "Chị Hà",
        "Anh Minh",
        "cùng tên",
        &attempts[1],
        "own-data-",
    ] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    // The other one's copy has the other half.
    let copy = copy_of(&bench, &other).await;
    assert_eq!(copy["fair_play"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&copy["complaints"], &copy["verifications"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(copy["contest"], CONTEST);
}
