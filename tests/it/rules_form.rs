//! The rules of a contest as forms, through a real server: open, change, contradict, mend, load, and who may.

use crate::helpers::{Answer, CONTEST, Console, Desk, OPENS, Sample, between};
use axum::http::StatusCode;
use hoithi::action::load_contest::{Calendar, load_contest};
use hoithi::domain::contest::Scope;
use hoithi::domain::staff::Role;
use sqlx::PgPool;
use time::Duration;

fn path(rest: &str) -> String {
    format!("/quan-tri/cuoc-thi/{CONTEST}/the-le{rest}")
}

fn stamp(page: &Answer) -> String {
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    between(&page.text, "name=\"stamp\" value=\"", "\"").to_owned()
}

/// Opens a part, types into it, presses a button and gives back the page that follows.
async fn typed(desk: &mut Desk<'_>, part: &str, fields: &[(&str, &str)], button: &str) -> Answer {
    let form = desk.get(&path(part)).await;
    let stamp = stamp(&form);
    for (name, _) in fields {
        assert!(
            form.text.contains(&format!("name=\"{name}\"")),
            "{part} has no box {name}: {}",
            form.text
        );
    }
    let mut fields = fields.to_vec();
    fields.extend([("stamp", stamp.as_str()), ("do", button)]);
    let kept = desk.post_form(&path(part), &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let next = kept.location.split('#').next().unwrap().to_owned();
    desk.get(&next).await
}

async fn load(desk: &mut Desk<'_>, reason: &str) -> Answer {
    let stamp = stamp(&desk.get(&path("")).await);
    desk.post_form(&path("/nap"), &[("stamp", &stamp), ("reason", reason)])
        .await
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn rounds_and_prizes_are_changed_in_forms_mended_loaded_told_and_logged(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let page = desk.get(&path("")).await;
    assert!(
        page.text.contains("giống thể lệ đang dùng") && !page.text.contains("/the-le/nap"),
        "{}",
        page.text
    );

    // A second prize for places that there are not units for, and a round that opens before the last has closed.
    typed(&mut desk, "/giai", &[], "add:prize").await;
    let prizes = typed(
        &mut desk,
        "/giai",
        &[("prize.2.name", "Giải Nhì"), ("prize.2.value", "500.000")],
        "save",
    )
    .await;
    let (_, at) = prizes.text.split_once("id=\"o-prize-2\"").unwrap();
    assert!(
        at.split("</fieldset>")
            .next()
            .unwrap()
            .contains("Tên này đã dùng"),
        "{}",
        prizes.text
    );
    let rounds = typed(
        &mut desk,
        "/vong",
        &[
            ("round.1.title", "Tuần hai"),
            ("round.1.opens", "sáng mai"),
            ("round.1.closes", "24:00 19/6/2033"),
        ],
        "save",
    )
    .await;
    assert!(
        rounds.text.contains("Có 1 chỗ cần sửa") && rounds.text.contains("value=\"sáng mai\""),
        "{}",
        rounds.text
    );
    let fault = between(&rounds.text, "id=\"o-round-1-opens-fault-1\"", "</p>");
    assert!(fault.contains("giờ rồi ngày"), "{fault}");
    let rounds = typed(
        &mut desk,
        "/vong",
        &[("round.1.opens", "08:00 10/6/2033")],
        "save",
    )
    .await;
    let fault = between(&rounds.text, "id=\"o-round-1-opens-fault-1\"", "</p>");
    assert!(
        fault.contains("vòng 1") || fault.contains("Vòng 1"),
        "the overlap is told at the opening: {fault}"
    );

    // With faults there is nothing to press; pressed all the same, nothing is loaded.
    let page = desk.get(&path("")).await;
    assert!(
        page.text.contains("Chưa nạp được") && !page.text.contains("/the-le/nap"),
        "{}",
        page.text
    );
    assert!(
        page.text
            .contains(&format!("href=\"{}#o-round-1-opens\"", path("/vong"))),
        "{}",
        page.text
    );
    assert_eq!(
        load(&mut desk, "Thử").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(console.bench.contest().definition.prizes.len(), 2);

    // Mended.
    typed(
        &mut desk,
        "/vong",
        &[("round.1.opens", "08:00 14/6/2033")],
        "save",
    )
    .await;
    typed(
        &mut desk,
        "/giai",
        &[("prize.2.name", "Giải Khuyến khích"), ("prize.2.places", "5")],
        "save",
    )
    .await;
    typed(
        &mut desk,
        "/vong-2",
        &[("round.1.attempts.per_round", "1")],
        "save",
    )
    .await;
    let page = desk.get(&path("")).await;
    assert!(
        page.text.contains("/the-le/nap") && !page.text.contains("Những chỗ cần xem"),
        "{}",
        page.text
    );
    // The round with rules of its own stands among the pages, the other is named as following those for all.
    assert!(page.text.contains("Quy định riêng: Tuần hai"), "{}", page.text);
    let (_, common) = page.text.split_once("không có quy định riêng:").unwrap();
    let common = common.split("</p>").next().unwrap();
    assert!(
        common.contains("/the-le/vong-1\"") && !common.contains("/the-le/vong-2\""),
        "{common}"
    );
    for words in [
        "<ins>",
        "Giải Khuyến khích",
        "Tuần hai",
        "24:00 Chủ nhật, 19/6/2033",
    ] {
        assert!(
            page.text.replace('\u{a0}', " ").contains(words),
            "{words}: {}",
            page.text
        );
    }
    assert_eq!(
        console.bench.contest().definition.prizes.len(),
        2,
        "nothing is stored before the load"
    );

    // The first round has opened, so the load wants a reason.
    assert_eq!(
        load(&mut desk, " ").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let loaded = load(&mut desk, "Theo Công văn 12").await;
    assert_eq!(loaded.status, StatusCode::SEE_OTHER, "{}", loaded.text);
    assert!(desk.get(&loaded.location).await.text.contains("Đã nạp thể lệ"));
    let contest = console.bench.contest();
    let prize = &contest.definition.prizes[2];
    assert_eq!(
        (prize.name.as_str(), prize.places, prize.scope),
        ("Giải Khuyến khích", 5, Scope::Round)
    );
    assert_eq!(
        (prize.value, contest.rounds[1].rules.attempts.per_round),
        (Some(500_000), Some(1))
    );
    assert_eq!(contest.rounds[0].rules.attempts.per_round, Some(3));
    assert_eq!(
        contest.rounds[1].closes_at,
        OPENS + Duration::days(14) - Duration::hours(8)
    );
    let told = console
        .bench
        .page(&format!("/cuoc-thi/{CONTEST}/the-le"))
        .await
        .text;
    assert!(
        told.contains("Giải Khuyến khích") && told.contains("Tuần hai"),
        "{told}"
    );
    let log = desk.get("/quan-tri/nhat-ky").await.text;
    assert!(
        log.contains(
            "Trần Thị Hoa đổi thể lệ: Vòng thi và đợt; Giải cho cá nhân; Quy định riêng của một vòng"
        ) && log.contains("Theo Công văn 12"),
        "{log}"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_opened_round_keeps_its_rules_and_the_page_says_so_beforehand(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    typed(&mut desk, "/de-thi", &[("paper.points", "11")], "save").await;
    let page = desk.get(&path("")).await;
    assert!(
        page.text
            .contains("Đã mở nên giữ nguyên, dù bản nháp viết khác: Tuần 1"),
        "{}",
        page.text
    );
    assert_eq!(load(&mut desk, "Đổi điểm").await.status, StatusCode::SEE_OTHER);
    let contest = console.bench.contest();
    let points = contest.rounds.iter().map(|round| round.rules.paper.points);
    assert_eq!(
        points.collect::<Vec<_>>(),
        [console.bench.round(1).rules.paper.points, 11]
    );
    assert_ne!(contest.rounds[0].rules.paper.points, 11);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn whoever_was_overtaken_is_told_and_overwrites_nothing_unseen(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    typed(
        &mut desk,
        "/chung",
        &[("contest.hotline", "0205 381 0000")],
        "save",
    )
    .await;
    // A form of a page that was opened before is not taken.
    let old = desk
        .post_form(
            &path("/chung"),
            &[("contest.hotline", "x"), ("stamp", "0000"), ("do", "save")],
        )
        .await;
    assert_eq!(old.status, StatusCode::CONFLICT);
    assert!(
        old.text.contains("0205 381 0000") && old.text.contains("Bản nháp đã đổi"),
        "{}",
        old.text
    );

    let folder =
        Sample::default().definition(|definition| definition.description = Some("Từ thư mục.".to_owned()));
    load_contest(
        &console.bench.app,
        console.bench.now(),
        "tester",
        &folder.source,
        Calendar::Keep,
    )
    .await
    .unwrap();
    assert_eq!(load(&mut desk, "Lý do").await.status, StatusCode::CONFLICT);
    let page = desk.get(&path("")).await;
    assert!(
        page.text.contains("tester đã nạp cuộc thi") && !page.text.contains("/the-le/nap"),
        "{}",
        page.text
    );
    assert_eq!(
        console.bench.contest().definition.description.as_deref(),
        Some("Từ thư mục.")
    );

    let stamp = stamp(&page);
    desk.post_form(&path("/tiep"), &[("stamp", &stamp)]).await;
    let page = desk.get(&path("")).await;
    assert!(
        page.text.contains("<del>Từ thư mục.</del>"),
        "what it would undo is shown: {}",
        page.text
    );
    typed(
        &mut desk,
        "/chung",
        &[("contest.description", "Từ thư mục.")],
        "save",
    )
    .await;
    assert_eq!(
        load(&mut desk, "Thêm số điện thoại").await.status,
        StatusCode::SEE_OTHER
    );
    let definition = console.bench.contest().definition.clone();
    assert_eq!(
        (definition.hotline.as_deref(), definition.description.as_deref()),
        (Some("0205 381 0000"), Some("Từ thư mục."))
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_file_can_be_taken_away_and_sent_back_and_a_draft_given_up(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let file = desk.get(&path("/contest.toml")).await;
    assert!(
        file.kind.starts_with("application/toml") && file.text.contains("[[round]]"),
        "{}",
        file.text
    );
    let token = desk.token().await;
    let changed = file.text.replace("Hai tuần thi trên Internet.", "Hai tuần thi.");
    let sent = desk
        .upload_to(&path("/tep"), &token, "contest.toml", &changed)
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert!(desk.get(&path("")).await.text.contains("<del>"));
    let broken = desk
        .upload_to(&path("/tep"), &token, "contest.toml", "[contest\ntitle = ")
        .await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        desk.get(&path("/contest.toml"))
            .await
            .text
            .contains("Hai tuần thi."),
        "the draft is as it was"
    );
    let dropped = desk.post_form(&path("/bo"), &[]).await;
    assert_eq!(dropped.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.get(&path("/contest.toml")).await.text, file.text);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn only_organisers_see_and_change_the_forms(pool: PgPool) {
    let console = Console::new(pool).await;
    for role in [Role::Admin, Role::Board, Role::Viewer] {
        let mut desk = console.logged_in(role).await;
        for part in ["", "/giai", "/vong-1", "/contest.toml"] {
            assert_eq!(
                desk.get(&path(part)).await.status,
                StatusCode::FORBIDDEN,
                "{role:?} {part}"
            );
        }
        for part in ["/giai", "/nap", "/bo", "/tiep"] {
            assert_eq!(
                desk.post_form(&path(part), &[]).await.status,
                StatusCode::FORBIDDEN,
                "{role:?} {part}"
            );
        }
        let token = desk.token().await;
        let sent = desk.upload_to(&path("/tep"), &token, "contest.toml", "").await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    let mut desk = console.logged_in(Role::Organiser).await;
    // Every page has its words.
    for part in [
        "",
        "/chung",
        "/doi-tuong",
        "/vong",
        "/de-thi",
        "/luot-thi",
        "/xep-hang",
        "/giai",
        "/giai-tap-the",
        "/vong-1",
    ] {
        let page = desk.get(&path(part)).await;
        assert_eq!(page.status, StatusCode::OK, "{part}: {}", page.text);
        assert!(
            !page.text.contains("rform-") && !page.text.contains("rules-key"),
            "{part}: {}",
            page.text
        );
    }
    for part in ["/khong-co", "/vong-9", "/vong-0"] {
        assert_eq!(
            desk.get(&path(part)).await.status,
            StatusCode::NOT_FOUND,
            "{part}"
        );
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn turns_of_groups_are_given_in_forms_and_hold_at_once(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    typed(&mut desk, "/vong", &[], "add:access").await;
    let page = typed(
        &mut desk,
        "/vong",
        &[
            ("access.0.group", "Khối xã"),
            ("access.0.units", "X1\nX2"),
            ("access.0.from", "08:00 7/6/2033"),
            ("access.0.to", "08:00 20/6/2033"),
        ],
        "save",
    )
    .await;
    let fault = between(&page.text, "id=\"o-access-0-from-fault-1\"", "</p>");
    assert!(fault.contains("không nằm trọn trong một vòng thi"), "{fault}");
    let page = typed(&mut desk, "/vong", &[("access.0.to", "08:00 8/6/2033")], "save").await;
    let fault = between(&page.text, "id=\"o-access-0-from-fault-1\"", "</p>");
    assert!(
        fault.contains("không nhóm nào nhận người của 1 đơn vị: H2"),
        "a warning: {fault}"
    );
    let loaded = load(&mut desk, "Theo Công văn 15").await;
    assert_eq!(loaded.status, StatusCode::SEE_OTHER, "{}", loaded.text);
    let contest = console.bench.contest();
    let [window] = contest.definition.entry.access.as_slice() else {
        panic!("one turn")
    };
    assert_eq!(
        (window.units.len(), window.from, window.to),
        (2, OPENS + Duration::DAY, OPENS + Duration::days(2))
    );
    let person = console.bench.participant("An").await;
    person.try_start(1).await.refused(409, "turn-not-come");
    console.bench.advance(Duration::DAY);
    person.start(1).await;
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn an_essay_is_set_with_the_paper_and_holds_for_rounds_that_have_not_opened(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let essay = [
        ("essay.prompt", "Viết về một người con của quê hương."),
        ("essay.points", "30"),
        ("essay.min_points", "31"),
    ];
    let faulty = typed(&mut desk, "/de-thi", &essay, "save").await;
    let fault = between(&faulty.text, "id=\"o-essay-min-points-fault-1\"", "</p>");
    assert!(fault.contains("điểm cao nhất của bài viết là 30"), "{fault}");
    typed(&mut desk, "/de-thi", &[("essay.min_points", "10")], "save").await;
    let page = desk.get(&path("")).await;
    assert!(page.text.contains("cộng vào điểm trắc nghiệm"), "{}", page.text);
    let loaded = load(&mut desk, "Thêm phần tự luận").await;
    assert_eq!(loaded.status, StatusCode::SEE_OTHER, "{}", loaded.text);
    let contest = console.bench.contest();
    let asked = |number: u16| contest.round(number).unwrap().rules.essay.clone();
    assert_eq!(asked(1), None, "the round that has opened keeps its rules");
    assert_eq!(
        asked(2).map(|essay| (essay.points, essay.min_points)),
        Some((30, Some(10)))
    );
}
