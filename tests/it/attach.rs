//! Pictures, sounds and films that an organiser attaches to one question in the console.

use crate::desk::{edited, pairs, sets};
use crate::helpers::{Answer, Console, between};
use crate::media::drawing;
use axum::http::StatusCode;
use hoithi::domain::media::MediaKind;
use hoithi::domain::question::{Question, QuestionId, SetId};
use hoithi::domain::staff::Role;
use sqlx::PgPool;

const STEM: &str = "Câu thứ 3 của bộ 12 câu?";

fn question() -> String {
    format!("{}/mot-dung/cau/mot-dung-so-3", sets())
}

/// Frames of silence.
fn mp3() -> Vec<u8> {
    let frame = [&[0xff, 0xfb, 0x90, 0x00][..], &[0; 413]].concat();
    frame.repeat(8)
}

/// The question at the newest version of its set.
fn stored(console: &Console, id: &str) -> Question {
    let contest = console.bench.contest();
    let set = &contest.sets[&contest.heads[&SetId("mot-dung".to_owned())]];
    set.find(&QuestionId(id.to_owned())).unwrap().clone()
}

/// The tokens of the files that a form holds.
fn attached(page: &str) -> Vec<String> {
    let fields = page.split("name=\"attached\" value=\"").skip(1);
    fields
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

fn checked(page: &str) -> String {
    between(page, "name=\"checked\" value=\"", "\"").to_owned()
}

fn expect(answer: &Answer, status: StatusCode, words: &[&str]) {
    assert_eq!(answer.status, status, "{}", answer.text);
    for words in words {
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_picture_is_seen_by_its_writer_alone_until_the_question_is_saved_with_it(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let (review, save) = (format!("{}/sua", question()), format!("{}/luu", question()));
    let form = desk.get(&review).await.text;
    assert!(form.contains("enctype=\"multipart/form-data\""), "{form}");
    let fields = edited(&form, STEM, "Thêm bản đồ");
    let with = |more: &[(&str, &str)]| {
        let more = more
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        fields.iter().cloned().chain(more).collect::<Vec<_>>()
    };

    let picture = drawing(640, 400);
    let file = Some(("Bản đồ tỉnh.png", picture.as_slice()));
    let page = desk
        .post_with_file(&review, &pairs(&with(&[("do", "attach")])), file)
        .await;
    expect(
        &page,
        StatusCode::OK,
        &[STEM, "media/ban-do-tinh-", "Thêm bản đồ"],
    );
    let tokens = attached(&page.text);
    let [token] = tokens.as_slice() else {
        panic!("{tokens:?}")
    };
    let seen = format!("{}/kem/{token}", sets());
    assert!(page.text.contains(&format!("src=\"{seen}\"")), "{}", page.text);
    let shown = desk.get(&seen).await;
    assert_eq!((shown.status, shown.kind.as_str()), (StatusCode::OK, "image/png"));
    let mut other = console.appoint("khac", "Người Khác", Role::Organiser).await;
    assert_eq!(other.get(&seen).await.status, StatusCode::NOT_FOUND);

    // A picture without words is refused, and stays in the form.
    let bare = desk
        .post_form(&review, &pairs(&with(&[("attached", token)])))
        .await;
    expect(
        &bare,
        StatusCode::UNPROCESSABLE_ENTITY,
        &["chưa có chữ mô tả", &seen],
    );
    let alt = format!("alt-{token}");
    let told = with(&[("attached", token), (&alt, " Bản đồ\r\n tỉnh <1931> ")]);
    let preview = desk.post_form(&review, &pairs(&told)).await;
    let alone = "alt=\"Bản đồ tỉnh &#60;1931&#62;\"";
    expect(
        &preview,
        StatusCode::OK,
        &["<ins>Thêm</ins>", "/bo-cau-hoi/tep/", alone],
    );
    assert_eq!(console.bench.count("media").await, 0, "a preview stores nothing");
    let staged = between(&preview.text, "<img src=\"", "\"").to_owned();
    assert_eq!(desk.get(&staged).await.status, StatusCode::OK);

    let done = desk
        .post_form(&save, &[("checked", &checked(&preview.text))])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let question = stored(&console, "mot-dung-so-3");
    let [media] = question.media.as_slice() else {
        panic!("{question:?}")
    };
    let file = media.stored.clone().unwrap();
    assert_eq!((file.width, file.height), (640, 400));
    assert_eq!(media.alt.as_deref(), Some("Bản đồ tỉnh <1931>"));
    assert_eq!(
        (
            console.bench.count("media").await,
            console.bench.count("question_set_media").await
        ),
        (1, 1)
    );
    assert_eq!(desk.get(&file.name.address()).await.status, StatusCode::OK);
    // The page shows it twice: as entrants see it, and as what came with this step.
    let page = desk.get(&done.location).await.text;
    assert_eq!(page.matches(&file.name.address()).count(), 2, "{page}");
    assert!(page.contains("<ins>Thêm</ins>"), "{page}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_picture_is_described_anew_and_taken_out_and_older_versions_keep_it(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let (review, save) = (format!("{}/sua", question()), format!("{}/luu", question()));
    let form = desk.get(&review).await.text;
    let picture = drawing(64, 40);
    let mut fields = edited(&form, STEM, "Thêm hình");
    fields.push(("alt-new".to_owned(), "Hai màu".to_owned()));
    let file = Some(("hinh.png", picture.as_slice()));
    // The file and its words may come with the review at once.
    let preview = desk.post_with_file(&review, &pairs(&fields), file).await;
    expect(&preview, StatusCode::OK, &["<ins>Thêm</ins>", "Hai màu"]);
    desk.post_form(&save, &[("checked", &checked(&preview.text))])
        .await;
    let first = stored(&console, "mot-dung-so-3");
    let name = first.media[0].stored.clone().unwrap().name;

    let form = desk.get(&review).await.text;
    let alt = format!("alt-{name}");
    assert!(
        form.contains(&format!("name=\"{alt}\" value=\"Hai màu\"")),
        "{form}"
    );
    let mut fields = edited(&form, STEM, "Tả rõ hơn");
    fields.push((alt, "Ô vuông hai màu".to_owned()));
    let preview = desk.post_form(&review, &pairs(&fields)).await;
    expect(&preview, StatusCode::OK, &["Ô vuông"]);
    assert!(
        !preview.text.contains("<img"),
        "the picture is the same: {}",
        preview.text
    );
    desk.post_form(&save, &[("checked", &checked(&preview.text))])
        .await;
    let second = stored(&console, "mot-dung-so-3");
    assert_eq!(second.media[0].alt.as_deref(), Some("Ô vuông hai màu"));
    assert_eq!(second.media[0].stored, first.media[0].stored);

    // What a form does not speak of stays.
    let form = desk.get(&review).await.text;
    let words = edited(&form, "Câu thứ ba của bộ 12 câu?", "Chữ");
    let preview = desk.post_form(&review, &pairs(&words)).await;
    desk.post_form(&save, &[("checked", &checked(&preview.text))])
        .await;
    assert_eq!(stored(&console, "mot-dung-so-3").media, second.media);

    let form = desk.get(&review).await.text;
    let mut fields = edited(&form, "Câu thứ ba của bộ 12 câu?", "Bỏ hình");
    fields.push(("drop".to_owned(), name.to_string()));
    let preview = desk.post_form(&review, &pairs(&fields)).await;
    let address = name.address();
    expect(&preview, StatusCode::OK, &["<del>Bỏ</del>", &address]);
    let done = desk
        .post_form(&save, &[("checked", &checked(&preview.text))])
        .await;
    assert_eq!(stored(&console, "mot-dung-so-3").media, []);
    let page = desk.get(&done.location).await.text;
    assert_eq!(page.matches(&address).count(), 2, "it came and it went: {page}");
    assert_eq!(
        desk.get(&address).await.status,
        StatusCode::OK,
        "older versions show it"
    );
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_file_that_no_file_of_questions_may_hold_is_refused_in_the_same_words(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let review = format!("{}/sua", question());
    let form = desk.get(&review).await.text;
    let fields = edited(&form, "Chữ đã nhập thì vẫn còn?", "Thử");
    let long = [mp3(), vec![0; 5 * 1024 * 1024]].concat();
    let large = vec![0; 19 * 1024 * 1024];
    let sound = mp3();
    for (name, bytes, words) in [
        (
            "hinh.svg",
            &b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"[..],
            "bản vẽ SVG",
        ),
        ("hinh.png", b"chu thoi", "không phải hình, âm thanh hay phim"),
        ("hinh.png", &sound, "nội dung lại là loại khác (.mp3)"),
        ("hinh.png", &drawing(64, 40)[..100], "bị cụt hoặc hỏng"),
        ("tieng.mp3", &long, "nhận nhiều nhất"),
    ] {
        let answer = desk
            .post_with_file(&review, &pairs(&fields), Some((name, bytes)))
            .await;
        let typed = "Chữ đã nhập thì vẫn còn?";
        expect(&answer, StatusCode::UNPROCESSABLE_ENTITY, &[words, name, typed]);
        assert_eq!(attached(&answer.text), [""; 0], "{}", answer.text);
    }
    let answer = desk
        .post_with_file(&review, &pairs(&fields), Some(("phim.mp4", &large)))
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Nobody's token, and one that is not kept any more.
    for token in ["3.AAAAAAAAAAAAAAAAAAAAAA", "x", "99999999999999999999.a"] {
        let fields = [pairs(&fields), vec![("attached", token)]].concat();
        let answer = desk.post_form(&review, &fields).await;
        expect(&answer, StatusCode::UNPROCESSABLE_ENTITY, &["không còn được giữ"]);
    }
    // A fifth file is one too many.
    let mut fields = fields;
    for nth in 0..5 {
        let answer = desk
            .post_with_file(
                &review,
                &[pairs(&fields), vec![("do", "attach")]].concat(),
                Some((&format!("hinh-{nth}.png"), &drawing(40 + nth, 40))),
            )
            .await;
        let expected = if nth < 4 {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        assert_eq!(answer.status, expected, "{nth}: {}", answer.text);
        let tokens = attached(&answer.text);
        assert_eq!(tokens.len(), usize::min(nth as usize + 1, 4));
        fields.retain(|(name, _)| name != "do" && name != "attached");
        fields.extend(tokens.into_iter().map(|token| ("attached".to_owned(), token)));
    }
    assert_eq!(console.bench.count("media").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_new_question_has_a_sound_and_whoever_comes_second_keeps_it(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut first = console.logged_in(Role::Organiser).await;
    let mut second = console.logged_in(Role::Organiser).await;
    let (review, save) = (
        format!("{}/mot-dung/them", sets()),
        format!("{}/mot-dung/them/luu", sets()),
    );
    let base = between(&first.get(&review).await.text, "name=\"base\" value=\"", "\"").to_owned();
    let fields = |stem| {
        vec![
            ("base", base.as_str()),
            ("text", stem),
            ("option-A", "Then"),
            ("option-B", "Sli"),
            ("key", "A"),
            ("reason", "Thêm tiếng"),
        ]
    };
    let sound = mp3();
    let file = Some(("hat-then.mp3", sound.as_slice()));
    // Sounds need no words.
    let late = second
        .post_with_file(&review, &fields("Đây là làn điệu nào?"), file)
        .await;
    expect(&late, StatusCode::OK, &["<audio controls", "<ins>Thêm</ins>"]);
    let early = first.post_form(&review, &fields("Đàn tính có mấy dây?")).await;
    let saved = first
        .post_form(&save, &[("checked", &checked(&early.text))])
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);

    let told = second
        .post_form(&save, &[("checked", &checked(&late.text))])
        .await;
    expect(
        &told,
        StatusCode::CONFLICT,
        &["Đây là làn điệu nào?", "<audio controls"],
    );
    let tokens = attached(&told.text);
    let head = between(&told.text, "name=\"base\" value=\"", "\"").to_owned();
    let mut again = fields("Đây là làn điệu nào?");
    again[0].1 = &head;
    again.push(("attached", &tokens[0]));
    let preview = second.post_form(&review, &again).await;
    expect(&preview, StatusCode::OK, &["<audio controls"]);
    let saved = second
        .post_form(&save, &[("checked", &checked(&preview.text))])
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let question = stored(&console, "cau-014");
    assert_eq!(
        (question.media.len(), question.media[0].kind()),
        (1, MediaKind::Audio)
    );
    assert_eq!(
        second
            .get(&question.media[0].stored.clone().unwrap().name.address())
            .await
            .kind,
        "audio/mpeg"
    );
}
