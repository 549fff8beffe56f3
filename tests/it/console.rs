//! The console through its forms: log-in, rights, tokens, the steps of a round, question sets.

use crate::helpers::{CONTEST, Console, OPENS, between, staff_name, step};
use axum::http::StatusCode;
use hoithi::action::close_round::By;
use hoithi::action::rank_round::rank_round;
use hoithi::bank::write_set_json;
use hoithi::domain::staff::Role;
use hoithi::worker::follow_rounds;
use sqlx::PgPool;
use time::Duration;

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn every_page_is_for_the_roles_that_the_table_names_and_for_nobody_logged_out(pool: PgPool) {
    use Role::{Admin, Board, Marker, Organiser, Viewer};
    const SEE: [Role; 4] = [Admin, Organiser, Board, Viewer];
    let console = Console::new(pool).await;
    let contest = format!("/quan-tri/cuoc-thi/{CONTEST}");
    let person = console.bench.participant("Công").await.id;
    let details = format!("{contest}/nguoi-du-thi/{person}");
    let pages: [(String, &[Role]); 29] = [
        (details.clone(), &[Admin, Organiser]),
        ("/quan-tri".into(), &Role::ALL),
        (contest.clone(), &SEE),
        ("/quan-tri/nhat-ky".into(), &SEE),
        (format!("{contest}/bo-cau-hoi"), &SEE),
        (format!("{contest}/truc-tiep"), &SEE),
        (step("xep-hang"), &SEE),
        (step("duyet"), &SEE),
        (step("cong-bo"), &SEE),
        (step("ra-soat"), &[Organiser, Board]),
        (step("quyet-dinh"), &SEE),
        (step("quyet-dinh/moi"), &[Board]),
        (step("khieu-nai"), &[Organiser, Board]),
        (step("chot"), &[Organiser]),
        (step("gia-han"), &[Organiser]),
        (step("mo-lai"), &[Organiser]),
        (step("van-ban"), &[Organiser, Board]),
        (format!("{contest}/van-ban"), &[Organiser, Board]),
        (format!("{contest}/ma-mat-khau"), &[Admin, Organiser]),
        (format!("{contest}/lan-toa"), &SEE),
        (format!("{contest}/giai-chung"), &[Organiser, Board]),
        (format!("{contest}/giai-chung/giai-cao-nhat"), &[Organiser, Board]),
        (format!("{contest}/luu-du-lieu"), &SEE),
        (format!("{contest}/yeu-cau-du-lieu"), &[Admin, Organiser]),
        (format!("{contest}/the-le"), &[Organiser]),
        (format!("{contest}/tai-khoan"), &[Organiser]),
        ("/quan-tri/nhan-su".into(), &[Admin]),
        ("/quan-tri/nhan-su/board/khoa".into(), &[Admin]),
        ("/quan-tri/nhan-su/board/dat-lai".into(), &[Admin]),
    ];
    let steps: [(String, &[Role]); 34] = [
        (details, &[Admin, Organiser]),
        (step("chot"), &[Organiser]),
        (step("xep-hang"), &[Organiser]),
        (step("xep-hang/bang-nhau"), &[Organiser]),
        (step("gia-han"), &[Organiser]),
        (step("mo-lai"), &[Organiser]),
        (step("duyet"), &[Board]),
        (step("cong-bo"), &[Board]),
        (step("xuat"), &[Organiser, Board]),
        (step("ra-soat"), &[Organiser, Board]),
        (step("quyet-dinh/moi"), &[Board]),
        (step("quyet-dinh/dinh-chinh"), &[Board]),
        (step("quyet-dinh/1"), &[Board]),
        (step("khieu-nai"), &[Organiser, Board]),
        (step("khieu-nai/1"), &[Board]),
        (step("khieu-nai/tai"), &[Organiser, Board]),
        (step("van-ban"), &[Organiser, Board]),
        (step("van-ban/danh-sach"), &[Organiser, Board]),
        (
            step("bai-viet/00000000-0000-0000-0000-000000000000"),
            &[Organiser, Board, Marker],
        ),
        (format!("{contest}/bo-cau-hoi/nap"), &[Organiser]),
        (format!("{contest}/ma-mat-khau"), &[Admin, Organiser]),
        (format!("{contest}/giai-chung"), &[Board]),
        (format!("{contest}/luu-du-lieu"), &[Organiser]),
        (format!("{contest}/yeu-cau-du-lieu"), &[Admin, Organiser]),
        (format!("{contest}/yeu-cau-du-lieu/1"), &[Admin, Organiser]),
        (format!("{contest}/yeu-cau-du-lieu/1/ban-sao"), &[Organiser]),
        (
            format!("{contest}/yeu-cau-du-lieu/ngay-nghi"),
            &[Admin, Organiser],
        ),
        (format!("{contest}/yeu-cau-du-lieu/tai"), &[Organiser, Board]),
        (format!("{contest}/giai-chung/bang-nhau"), &[Organiser]),
        (format!("{contest}/tai-khoan"), &[Organiser]),
        (format!("{contest}/tai-khoan/cap"), &[Organiser]),
        (format!("{contest}/tai-khoan/tep"), &[Organiser]),
        ("/quan-tri/nhan-su".into(), &[Admin]),
        ("/quan-tri/nhan-su/nobody/khoa".into(), &[Admin]),
    ];
    for (path, _) in &pages {
        let answer = console.desk().get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.location.as_str()),
            (303, "/quan-tri/dang-nhap"),
            "{path}"
        );
    }
    for role in Role::ALL {
        let mut desk = console.logged_in(role).await;
        for (path, may) in &pages {
            let expected = if may.contains(&role) { 200 } else { 403 };
            assert_eq!(
                desk.get(path).await.status.as_u16(),
                expected,
                "GET {path} as {role:?}"
            );
        }
        for (path, may) in &steps {
            let status = desk.post_form(path, &[]).await.status.as_u16();
            assert_eq!(
                status != 403,
                may.contains(&role),
                "POST {path} as {role:?} gave {status}"
            );
            assert!(status < 500, "POST {path} as {role:?} gave {status}");
        }
    }
    let contest = console.bench.contest();
    let phase = contest.rounds[0].phase(console.bench.now());
    assert_eq!(
        phase,
        hoithi::domain::round::RoundPhase::Open,
        "no step without its fields changes the round"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_form_without_its_token_changes_nothing(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    for token in ["", "wrong"] {
        let fields = [("reason", "Một lý do"), ("csrf", token)];
        assert_eq!(
            desk.post(&step("chot"), &fields).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            desk.upload(token, "a.toml", "").await.status,
            StatusCode::FORBIDDEN
        );
    }
    let round = console.bench.contest().rounds[0].clone();
    assert_eq!(
        round.phase(console.bench.now()),
        hoithi::domain::round::RoundPhase::Open
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_wrong_password_is_told_and_a_log_out_ends_the_log_in(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.desk();
    let answer = desk
        .post_form(
            "/quan-tri/dang-nhap",
            &[("name", "board"), ("password", "khong dung")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("chưa đúng"));
    let mut desk = console.logged_in(Role::Board).await;
    let kept = desk.cookies.clone();
    assert_eq!(
        desk.post_form("/quan-tri/dang-xuat", &[]).await.status,
        StatusCode::SEE_OTHER
    );
    desk.cookies = kept;
    assert_eq!(
        desk.get("/quan-tri").await.status,
        StatusCode::SEE_OTHER,
        "the old cookie is worth nothing"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_round_is_closed_ranked_approved_by_another_and_published(pool: PgPool) {
    let console = Console::new(pool).await;
    for name in ["An", "Bình", "Chi"] {
        let sitting = console.bench.participant(name).await.start(1).await;
        let answers = sitting.right_answers(6).await;
        sitting.submit_with(&answers).await.ok();
        console.bench.advance(Duration::minutes(1));
    }
    console
        .bench
        .at(OPENS + Duration::weeks(1) + Duration::minutes(20));
    let mut organiser = console.logged_in(Role::Organiser).await;
    let answer = organiser.post_form(&step("chot"), &[]).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location),
        (303, step("xep-hang")),
        "{}",
        answer.text
    );

    // Ranked on the command line under the name of the member of the board, who therefore may not approve.
    let round = console.bench.contest().rounds[0].clone();
    let by = By {
        name: staff_name(Role::Board),
    };
    rank_round(&console.bench.app, console.bench.now(), by, &round, None, &[])
        .await
        .unwrap();
    let mut board = console.logged_in(Role::Board).await;
    let ticks = [("check", "winners"), ("check", "ties"), ("check", "counts")];
    let answer = board.post_form(&step("duyet"), &ticks).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text.contains("Người xếp hạng không tự duyệt"),
        "{}",
        answer.text
    );

    assert_eq!(
        organiser.post_form(&step("xep-hang"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let page = organiser.get(&step("xep-hang")).await.text;
    assert!(
        page.contains("Nguyễn Văn An") && page.contains("Giải Nhất") && page.contains("line-under"),
        "{page}"
    );
    let answer = board.post_form(&step("duyet"), &ticks[..2]).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a tick is missing"
    );
    let answer = board.post_form(&step("duyet"), &ticks).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location),
        (303, step("cong-bo")),
        "{}",
        answer.text
    );
    assert_eq!(
        board.post_form(&step("cong-bo"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(console.bench.contest().rounds[0].published_at.is_some());

    for format in ["csv", "xlsx", "json"] {
        for list in ["entries", "standings", "winners", "units"] {
            let answer = board
                .post_form(&step("xuat"), &[("list", list), ("format", format)])
                .await;
            assert_eq!(answer.status, StatusCode::OK, "{list} as {format}");
            assert!(
                !answer.kind.starts_with("text/html"),
                "{list} as {format} is {}",
                answer.kind
            );
        }
    }
    let answer = board
        .post_form(&step("xuat"), &[("list", "winners"), ("format", "json")])
        .await;
    let winners: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(winners.as_array().unwrap().len(), 3, "{winners}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_faulty_set_is_refused_and_the_mended_one_is_loaded_for_rounds_to_come(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let token = desk.token().await;
    let contest = console.bench.contest();
    let (version, set) = contest
        .sets
        .iter()
        .find(|(_, set)| set.id.0 == "mot-dung")
        .unwrap();
    let stored = console.bench.count("question_sets").await;
    let mut set = set.clone();
    set.questions[0].text = "Câu đã sửa của bộ một đáp án đúng là câu nào?".to_owned();
    let good = write_set_json(&set, &contest.keys[version]);

    let faulty = good.replacen("\"key\"", "\"kye\"", 1);
    let answer = desk.upload(&token, "mot-dung.json", &faulty).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text.contains("kye")
            && !answer
                .text
                .split("id=\"cau-tot\"")
                .next()
                .unwrap()
                .contains("name=\"checked\""),
        "{}",
        answer.text
    );

    set.questions.truncate(3);
    let short = desk
        .upload(
            &token,
            "mot-dung.json",
            &write_set_json(&set, &short_key(&set, &contest.keys[version])),
        )
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text.contains("đề cần 4 câu"), "{}", short.text);

    let answer = desk.upload(&token, "mot-dung.json", &good).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(
        console.bench.count("question_sets").await,
        stored,
        "a check stores nothing"
    );
    let checked = between(&answer.text, "name=\"checked\" value=\"", "\"").to_owned();
    let load = format!("/quan-tri/cuoc-thi/{CONTEST}/bo-cau-hoi/nap");
    assert_eq!(
        desk.post_form(&load, &[("checked", &checked)]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        desk.post_form(&load, &[("checked", &checked)]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(console.bench.count("question_sets").await, stored + 1);

    let contest = console.bench.contest();
    let id = &set.id;
    assert_eq!(
        &contest.rounds[0].sets[id], version,
        "the round that has opened keeps its version"
    );
    let new = contest.rounds[1].sets[id].clone();
    assert_ne!(&new, version);
    console.bench.at(OPENS + Duration::weeks(1) + Duration::HOUR);
    let sitting = console.bench.participant("Dung").await.start(2).await;
    let paper = console
        .bench
        .app
        .store
        .find_attempt(sitting.id)
        .await
        .unwrap()
        .unwrap()
        .attempt
        .paper;
    assert!(
        paper.versions.contains(&new),
        "papers of the next round are drawn from it"
    );
}

fn short_key(
    set: &hoithi::domain::question::QuestionSet,
    key: &hoithi::domain::question::AnswerKey,
) -> hoithi::domain::question::AnswerKey {
    let kept = key
        .0
        .iter()
        .filter(|(id, _)| set.questions.iter().any(|question| &question.id == *id));
    hoithi::domain::question::AnswerKey(kept.map(|(id, right)| (id.clone(), right.clone())).collect())
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_page_of_an_open_round_shows_who_leads_with_and_without_a_step_of_the_worker(pool: PgPool) {
    let console = Console::new(pool).await;
    for (name, right) in [("An", 2), ("Bình", 6), ("Chi", 4)] {
        let sitting = console.bench.participant(name).await.start(1).await;
        let answers = sitting.right_answers(right).await;
        sitting.submit_with(&answers).await.ok();
    }
    let path = format!("/quan-tri/cuoc-thi/{CONTEST}?vong=1");
    let mut organiser = console.logged_in(Role::Organiser).await;
    for _ in 0..2 {
        let page = organiser.get(&path).await.text;
        let (_, list) = page.split_once("Đang dẫn đầu").expect("the list is shown");
        let places: Vec<usize> = ["Bình", "Chi", "An"]
            .into_iter()
            .map(|name| list.find(&format!("{name}<br>")).unwrap())
            .collect();
        assert!(places.is_sorted(), "{list}");
        assert!(page.contains("<b>3</b> người đã nộp trong vòng"), "{page}");
        follow_rounds(&console.bench.app, console.bench.now())
            .await
            .unwrap();
        assert_eq!(console.bench.count("live_lists").await, 1);
    }
    // The winner of round 1 is told by its ranking, not by a list that was good for a while.
    console.bench.close(1).await;
    assert!(!organiser.get(&path).await.text.contains("Đang dẫn đầu"));
}
