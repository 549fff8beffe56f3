//! The question bank: chosen by what the rounds have shown, and changed one question at a time.

use crate::desk::{edited, pairs, sets};
use crate::helpers::{Answer, CONTEST, Console, Desk, OPENS, Sample, between};
use crate::items::crowd;
use axum::http::StatusCode;
use hoithi::action::count_items::whole;
use hoithi::domain::item_reading::{Reading, read};
use hoithi::domain::item_statistics::{Item, ItemStatistics};
use hoithi::domain::question::{QuestionId, SetId};
use hoithi::domain::staff::Role;
use sqlx::PgPool;
use time::Duration;

const BANK: &str = "/quan-tri/ngan-hang";

/// How many questions the page says that it found.
fn found(page: &str) -> usize {
    let text = between(page, "<h2>", " câu hỏi</h2>");
    text.parse().unwrap()
}

/// The stems on the page, in their order.
fn stems(page: &str) -> Vec<String> {
    let list = between(page, "<ol class=\"plain bank\">", "</ol>");
    list.split("lang=\"vi\">Câu thứ ")
        .skip(1)
        .map(|rest| format!("Câu thứ {}", rest.split('<').next().unwrap()))
        .collect()
}

/// The figures of every question of round 1.
async fn figures(console: &Console) -> Vec<(Item, ItemStatistics)> {
    let bench = &console.bench;
    let counts = whole(&bench.app, &bench.contest(), &bench.round(1))
        .await
        .unwrap();
    let statistics = counts.tally.item_statistics();
    counts.tally.items().iter().cloned().zip(statistics).collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn questions_are_chosen_and_ordered_by_what_a_closed_round_has_shown(pool: PgPool) {
    let console = Console::new(pool).await;
    let bench = &console.bench;
    crowd(bench, 300, 21).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    figures(&console).await;
    let open = desk.get(&format!("{BANK}?ket=unmet")).await.text;
    assert_eq!(found(&open), 17, "nothing is told of a round that is open");
    bench.close(1).await;
    let figures = figures(&console).await;
    let of = |wanted: &dyn Fn(&ItemStatistics) -> bool| figures.iter().filter(|(_, one)| wanted(one)).count();
    for (query, count) in [
        ("ket=unmet", 0),
        ("ket=check_key", of(&|one| read(one) == Reading::CheckKey)),
        ("ket=too_hard", of(&|one| read(one) == Reading::TooHard)),
        ("ket=too_easy", of(&|one| read(one) == Reading::TooEasy)),
        ("ket=weak", of(&|one| read(one) == Reading::Weak)),
        ("ket=good", of(&|one| read(one) == Reading::Good)),
        ("ket=too_few", of(&|one| read(one) == Reading::TooFew)),
        (
            "ket=negative",
            of(&|one| one.discrimination.is_some_and(|d| d < 0.0)),
        ),
        ("ket=khong-co", 17),
        ("bo=mau/nhieu-dung&xep=hardest", 5),
    ] {
        let page = desk.get(&format!("{BANK}?{query}")).await.text;
        assert_eq!(found(&page), count, "{query}");
    }
    let sorted = |key: &dyn Fn(&ItemStatistics) -> f64| {
        let mut sorted: Vec<&(Item, ItemStatistics)> = figures.iter().collect();
        sorted.sort_by(|(_, a), (_, b)| key(a).total_cmp(&key(b)));
        let contest = bench.contest();
        let stem = |(item, _): &&(Item, ItemStatistics)| {
            let question = contest.sets[&item.version].find(&item.question).unwrap();
            question.text.clone()
        };
        sorted.iter().map(stem).collect::<Vec<_>>()
    };
    let hardest = desk.get(&format!("{BANK}?xep=hardest")).await.text;
    assert_eq!(stems(&hardest), sorted(&|one| one.facility.unwrap()));
    let weakest = desk.get(&format!("{BANK}?xep=least-telling")).await.text;
    assert_eq!(stems(&weakest), sorted(&|one| one.discrimination.unwrap()));

    // The question's own page tells the figures of each round and leads to all of them.
    let (item, one) = figures
        .iter()
        .find(|(item, _)| item.question.0 == "mot-dung-so-3")
        .unwrap();
    let page = desk
        .get(&format!("{}/mot-dung/cau/{}", sets(), item.question))
        .await
        .text;
    let said = format!("{} bài có câu này, 1 vòng", one.exposure);
    assert!(page.contains(&said), "{said}: {page}");
    let round = format!("/quan-tri/cuoc-thi/{CONTEST}/vong/1/cau-hoi/");
    let path = between(&page, &format!("<a href=\"{round}"), "\"").to_owned();
    let all = desk.get(&format!("{round}{path}")).await;
    assert!(all.text.contains("Câu thứ 3 của bộ 12 câu?"), "{}", all.text);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn figures_of_an_older_wording_are_none_of_the_new_one(pool: PgPool) {
    let console = Console::new(pool).await;
    crowd(&console.bench, 60, 22).await;
    console.bench.close(1).await;
    figures(&console).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let question = format!("{}/mot-dung/cau/mot-dung-so-3", sets());
    for (stem, unmet) in [
        ("Câu thứ ba của bộ 12 câu?", 1),
        // Back to the old words in a version of its own: what was said of them holds again.
        ("Câu thứ 3 của bộ 12 câu?", 0),
    ] {
        let form = desk.get(&format!("{question}/sua")).await.text;
        let fields = edited(&form, stem, "Thử");
        let review = desk.post_form(&format!("{question}/sua"), &pairs(&fields)).await;
        let checked = between(&review.text, "name=\"checked\" value=\"", "\"").to_owned();
        let saved = desk
            .post_form(&format!("{question}/luu"), &[("checked", &checked)])
            .await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
        let page = desk.get(&format!("{BANK}?ket=unmet")).await.text;
        assert_eq!(found(&page), unmet, "{stem}");
    }
}

/// The fields of a form for a new question.
fn new_question<'a>(base: &'a str, text: &'a str, id: &'a str, reason: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("base", base),
        ("text", text),
        ("option-A", "Sông Kỳ Cùng"),
        ("option-B", "Sông Hồng"),
        ("option-C", "Sông Thương"),
        ("key", "A"),
        ("level", "easy"),
        ("topic", "Sông ngòi"),
        ("id", id),
        ("reason", reason),
    ]
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_question_is_added_at_the_end_of_a_new_version_under_a_name_of_its_own(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let id = SetId("mot-dung".to_owned());
    let before = console.bench.contest().heads[&id].clone();
    let form = format!("{}/mot-dung/them", sets());
    let page = desk.get(&form).await.text;
    let base = between(&page, "name=\"base\" value=\"", "\"").to_owned();
    let stem = "Sông nào chảy qua thành phố Lạng Sơn?";
    for (text, name, reason, words) in [
        ("", "", "Bổ sung", "Lỗi:"),
        (
            stem,
            "mot-dung-so-3",
            "Bổ sung",
            "Mã mot-dung-so-3 đã có trong bộ này",
        ),
        (stem, "Sông Kỳ Cùng", "Bổ sung", "Lỗi:"),
        (stem, "", "", "ghi lý do sửa"),
    ] {
        let answer = desk
            .post_form(&form, &new_question(&base, text, name, reason))
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}: {}",
            answer.text
        );
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
        assert!(
            answer.text.contains("Sông Kỳ Cùng"),
            "what was typed stays: {}",
            answer.text
        );
    }
    let review = desk
        .post_form(&form, &new_question(&base, stem, "", "Bổ sung"))
        .await;
    assert_eq!(review.status, StatusCode::OK, "{}", review.text);
    assert!(
        review.text.contains("Thêm câu cau-013") && review.text.contains("Sẽ dùng cho: tuần\u{a0}2"),
        "{}",
        review.text
    );
    assert_eq!(
        console.bench.contest().heads[&id],
        before,
        "a preview stores nothing"
    );
    let checked = between(&review.text, "name=\"checked\" value=\"", "\"").to_owned();
    let late = desk
        .post_form(&form, &new_question(&base, "Núi nào ở Lạng Sơn?", "", "Bổ sung"))
        .await;
    let late = between(&late.text, "name=\"checked\" value=\"", "\"").to_owned();
    let saved = desk
        .post_form(&format!("{form}/luu"), &[("checked", &checked)])
        .await;
    assert_eq!(
        (saved.status, saved.location),
        (
            StatusCode::SEE_OTHER,
            format!("{}/mot-dung/cau/cau-013?sua=add", sets())
        )
    );

    let contest = console.bench.contest();
    let after = contest.heads[&id].clone();
    let stored = contest.keyed_set(&after).unwrap();
    let last = stored.set.questions.last().unwrap();
    assert_eq!((stored.set.questions.len(), last.text.as_str()), (13, stem));
    assert_eq!(stored.key.0[&last.id], [0].into());
    assert_eq!(
        (&contest.rounds[0].sets[&id], &contest.rounds[1].sets[&id]),
        (&before, &after)
    );
    let page = desk.get(&format!("{}/mot-dung/cau/cau-013", sets())).await.text;
    assert!(
        page.contains("thêm câu cau-013") && page.contains("Bổ sung"),
        "{page}"
    );
    for (query, count) in [
        ("chude=song%20NGOI", 1),
        ("chude=-", 17),
        ("q=song+ngoi", 1),
        ("chude=khac", 0),
        ("chude=-&bo=mau/mot-dung", 12),
    ] {
        let page = desk.get(&format!("{BANK}?{query}")).await.text;
        assert_eq!(found(&page), count, "{query}");
        assert!(page.contains("<option value=\"Sông ngòi\""), "{page}");
    }
    let log = desk.get("/quan-tri/nhat-ky").await.text;
    assert!(log.contains("thêm câu hỏi cau-013 (mot-dung)"), "{log}");

    // Whoever comes second is told, and what was typed is still there.
    let second = desk
        .post_form(&format!("{form}/luu"), &[("checked", &late)])
        .await;
    assert_eq!(second.status, StatusCode::CONFLICT, "{}", second.text);
    assert!(
        second.text.contains("thêm câu cau-013") && second.text.contains("Núi nào ở Lạng Sơn?"),
        "{}",
        second.text
    );
}

/// Takes a question out; the answer of the last step.
async fn take_out(desk: &mut Desk<'_>, set: &str, question: &str, reason: &str) -> Answer {
    let form = format!("{}/{set}/cau/{question}/bot", sets());
    let page = desk.get(&form).await.text;
    let base = between(&page, "name=\"base\" value=\"", "\"").to_owned();
    let review = desk
        .post_form(&form, &[("base", &base), ("reason", reason)])
        .await;
    if review.status != StatusCode::OK {
        return review;
    }
    assert!(
        review.text.contains(&format!("Bớt câu {question}")),
        "{}",
        review.text
    );
    let checked = between(&review.text, "name=\"checked\" value=\"", "\"").to_owned();
    desk.post_form(&format!("{form}/luu"), &[("checked", &checked)])
        .await
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_question_is_taken_out_for_rounds_to_come_and_its_name_stays_its_own(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let id = SetId("mot-dung".to_owned());
    let before = console.bench.contest().heads[&id].clone();
    let alone = take_out(&mut desk, "mot-dung", "mot-dung-so-12", "").await;
    assert!(
        alone.status == StatusCode::UNPROCESSABLE_ENTITY && alone.text.contains("ghi lý do sửa"),
        "{}",
        alone.text
    );
    let done = take_out(&mut desk, "mot-dung", "mot-dung-so-12", "Trùng ý câu 3").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let contest = console.bench.contest();
    let after = contest.heads[&id].clone();
    let gone = QuestionId("mot-dung-so-12".to_owned());
    assert_eq!(contest.sets[&after].questions.len(), 11);
    assert!(contest.sets[&after].find(&gone).is_none() && !contest.keys[&after].0.contains_key(&gone));
    assert!(
        contest.sets[&before].find(&gone).is_some(),
        "the older version keeps it"
    );
    assert_eq!(
        (&contest.rounds[0].sets[&id], &contest.rounds[1].sets[&id]),
        (&before, &after)
    );
    let page = desk.get(&done.location).await.text;
    assert!(
        page.contains("Đã bớt câu này")
            && page.contains("Trùng ý câu 3")
            && page.contains("bớt câu mot-dung-so-12"),
        "{page}"
    );
    let dropped = desk.get(&format!("{BANK}?dung=dropped")).await.text;
    assert_eq!(found(&dropped), 1);
    let log = desk.get("/quan-tri/nhat-ky").await.text;
    assert!(log.contains("bớt câu hỏi mot-dung-so-12 (mot-dung)"), "{log}");
    // Neither can it be taken out again, nor can a new question go by its name.
    let again = desk
        .get(&format!("{}/mot-dung/cau/mot-dung-so-12/bot", sets()))
        .await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    let form = format!("{}/mot-dung/them", sets());
    let page = desk.get(&form).await.text;
    let base = between(&page, "name=\"base\" value=\"", "\"").to_owned();
    let taken = new_question(&base, "Sông nào chảy qua thị xã?", "mot-dung-so-12", "Thử");
    let answer = desk.post_form(&form, &taken).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("kể cả ở bản cũ"), "{}", answer.text);
    // A round to come draws from the new version.
    console.bench.at(OPENS + Duration::weeks(1) + Duration::HOUR);
    let sitting = console.bench.participant("Dung").await.start(2).await;
    let stored = console
        .bench
        .app
        .store
        .find_attempt(sitting.id)
        .await
        .unwrap()
        .unwrap();
    assert!(stored.attempt.paper.versions.contains(&after));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_question_that_a_round_cannot_do_without_stays(pool: PgPool) {
    let sample = Sample::default().rules(|rules| rules.paper.draw[1].count = 5);
    let console = Console::with(pool, sample).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let answer = take_out(&mut desk, "nhieu-dung", "nhieu-dung-so-2", "Thử").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("tuần\u{a0}2"), "{}", answer.text);
    assert_eq!(console.bench.count("set_steps").await, 2, "nothing was stored");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_good_questions_of_a_faulty_file_are_loaded_without_the_others_if_the_organiser_says_so(
    pool: PgPool,
) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let token = desk.token().await;
    let id = SetId("mot-dung".to_owned());
    let contest = console.bench.contest();
    let before = contest.heads[&id].clone();
    let stored = contest.keyed_set(&before).unwrap();
    let text = hoithi::bank::write_set_json(stored.set, stored.key);
    // The second question names a right option that it does not have.
    let mut places = text.match_indices("\"key\": [");
    let (at, _) = places.nth(1).unwrap();
    let end = at + text[at..].find(']').unwrap() + 1;
    let faulty = format!("{}\"key\": [\"H\"]{}", &text[..at], &text[end..]);
    let answer = desk.upload(&token, "mot-dung.json", &faulty).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, part) = answer.text.split_once("id=\"cau-tot\"").unwrap();
    for words in [
        "11 câu không có lỗi, 1 câu có lỗi",
        "Bỏ lại các câu thứ: 2.",
        "bớt 1 câu",
        "Sẽ dùng cho: tuần\u{a0}2",
    ] {
        assert!(part.contains(words), "{words}: {part}");
    }
    assert_eq!(
        console.bench.contest().heads[&id],
        before,
        "nothing is stored by a check"
    );
    let checked = between(part, "name=\"checked\" value=\"", "\"").to_owned();
    let done = desk
        .post_form(&format!("{}/nap", sets()), &[("checked", &checked)])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let contest = console.bench.contest();
    let after = &contest.sets[&contest.heads[&id]];
    assert_eq!(after.questions.len(), 11);
    assert!(after.find(&QuestionId("mot-dung-so-2".to_owned())).is_none());
    assert_eq!(after.questions[1].id.0, "mot-dung-so-3");
}
