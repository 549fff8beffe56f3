//! Emulation clusters through the console: loading, points, ranking; awards and their statistics.

use crate::helpers::{Answer, Console, Desk, between};
use axum::http::StatusCode;
use hoithi::domain::staff::Role;
use sqlx::PgPool;

const ROOT: &str = "/quan-tri/thi-dua";
const CLUSTERS: &str = "Năm,Mã cụm,Loại,Tên cụm,Mã đơn vị,Tên đơn vị,Vai trò\n\
    2033,CUM-1,cụm,Cụm thi đua số 1,X1,,trưởng\n\
    2033,CUM-1,cụm,Cụm thi đua số 1,X2,,phó\n\
    2033,CUM-1,cụm,Cụm thi đua số 1,P3,Phường Ba,\n";

/// Loads the cluster of three units; its address.
pub async fn loaded(organiser: &mut Desk<'_>) -> String {
    let token = organiser.token().await;
    let done = organiser
        .upload_to(&format!("{ROOT}/tep"), &token, "cum.csv", CLUSTERS)
        .await;
    assert_eq!(done.location, format!("{ROOT}?nam=2033"), "{}", done.text);
    let page = organiser.get(&done.location).await.text;
    format!("{ROOT}/cum/{}", between(&page, "/quan-tri/thi-dua/cum/", "\""))
}

/// The form came back with these words.
pub fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
    assert!(answer.text.contains(words), "no {words} in {}", answer.text);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_cluster_is_loaded_scored_and_ranked(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let token = organiser.token().await;
    let wrong = CLUSTERS.replace("Phường Ba", "");
    let faulty = organiser
        .upload_to(&format!("{ROOT}/tep"), &token, "cum.csv", &wrong)
        .await;
    refused(&faulty, "Dòng 4, cột “Tên đơn vị”");
    assert_eq!(console.bench.count("emulation_clusters").await, 0);

    let cluster = loaded(&mut organiser).await;
    let page = organiser.get(&cluster).await.text;
    assert!(page.contains("Xã Một") && page.contains("Trưởng"), "{page}");
    // The same unit cannot be in another cluster of the year.
    let form = [
        ("nam", "2033"),
        ("ma", "c2"),
        ("loai", "block"),
        ("ten", "Khối"),
        ("thanh-vien", "X1"),
    ];
    refused(
        &organiser.post_form(ROOT, &form).await,
        "đang thuộc Cụm thi đua số 1",
    );

    let criteria = [
        ("tieu-chi", "Phát động; 60\nChậm báo cáo; -10"),
        ("dong-hang", "shared"),
    ];
    let set = organiser
        .post_form(&format!("{cluster}/tieu-chi"), &criteria)
        .await;
    assert_eq!(set.location, cluster);
    let page = organiser.get(&cluster).await.text;
    let first: i32 = between(&page, "name=\"d-", "-").parse().unwrap();
    let field = |criterion: i32, unit: &str| format!("d-{criterion}-{unit}");
    let (one, two) = (first, first + 1);
    let points = [
        (field(one, "X1"), "50"),
        (field(two, "X1"), "0"),
        (field(one, "X2"), "55,5"),
        (field(two, "X2"), "5,5"),
        (field(one, "P3"), "60"),
    ];
    let points: Vec<(&str, &str)> = points
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    let saved = organiser.post_form(&format!("{cluster}/diem"), &points).await;
    assert_eq!(saved.location, cluster, "{}", saved.text);
    let too_many = [(points[4].0, "60,01")];
    refused(
        &organiser.post_form(&format!("{cluster}/diem"), &too_many).await,
        "tối đa 60 điểm",
    );
    refused(
        &organiser
            .post_form(&format!("{cluster}/tieu-chi"), &criteria)
            .await,
        "không thay được",
    );

    let csv = organiser
        .post_form(&format!("{cluster}/xuat"), &[("format", "csv")])
        .await
        .text;
    let lines: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "1,X1,Xã Một,Trưởng,50,50,0",
            "1,X2,Xã Hai,Phó,50,55.5,-5.5",
            ",P3,Phường Ba,Thành viên,60,60,"
        ]
    );
    let viewer = console.logged_in(Role::Viewer).await.get(&cluster).await;
    assert_eq!(viewer.status, StatusCode::OK);
    assert!(!viewer.text.contains("inputmode=\"decimal\""), "{}", viewer.text);
    let refused = console
        .logged_in(Role::Viewer)
        .await
        .post_form(&format!("{cluster}/diem"), &points)
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn points_are_taken_from_a_sealed_contest(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let cluster = loaded(&mut organiser).await;
    let criteria = [("tieu-chi", "Hưởng ứng cuộc thi; 30"), ("dong-hang", "shared")];
    organiser
        .post_form(&format!("{cluster}/tieu-chi"), &criteria)
        .await;
    let page = organiser.get(&cluster).await.text;
    let id = between(&page, "name=\"d-", "-").to_owned();
    let take = [("tieu-chi", id.as_str()), ("cuoc-thi", "mau"), ("theo", "people")];
    refused(
        &organiser.post_form(&format!("{cluster}/lay-diem"), &take).await,
        "chưa có vòng nào chốt",
    );
    for (name, unit) in [("Ánh", "X1"), ("Bình", "X1"), ("Chi", "X2")] {
        let person = console
            .bench
            .participant_with(name, serde_json::json!({ "unit": unit }))
            .await;
        let sitting = person.start(1).await;
        sitting.submit().await.ok();
    }
    console.bench.close(1).await;
    let taken = organiser.post_form(&format!("{cluster}/lay-diem"), &take).await;
    assert_eq!(taken.location, cluster, "{}", taken.text);
    let csv = organiser
        .post_form(&format!("{cluster}/xuat"), &[("format", "csv")])
        .await
        .text;
    let lines: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "1,X1,Xã Một,Trưởng,30,30",
            "2,X2,Xã Hai,Phó,15,15",
            ",P3,Phường Ba,Thành viên,0,"
        ]
    );
}

const AWARDS: &str = "Ngày quyết định,Số quyết định,Hình thức,Cấp,Đối tượng,Tên,Đơn vị,Tập thể nhỏ,Trực tiếp,Nông dân,Thanh niên,Nữ\n\
    5/3/2032,1/QĐ,Giấy khen,xã,tập thể,Chi bộ A,Xã Một,,,,,\n\
    5/3/2032,1/QĐ,Bằng khen,tỉnh,cá nhân,Nguyễn Văn An,Xã Một,,x,,,\n\
    5/3/2033,2/QĐ,Giấy khen,xã,tập thể,Tổ dân vận B,Xã Một,x,,,,\n\
    5/3/2033,2/QĐ,Giấy khen,xã,tập thể,Chi bộ C,Xã Một,,,,,\n\
    5/3/2033,2/QĐ,Bằng khen,tỉnh,cá nhân,Trần Thị Bảy,Xã Hai,,x,x,,x\n\
    5/3/2033,2/QĐ,Bằng khen,tỉnh,cá nhân,Lê Văn Cả,Xã Hai,,,,x,\n";

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn awards_are_registered_once_and_compared_with_the_year_before(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut organiser = console.logged_in(Role::Organiser).await;
    let register = format!("{ROOT}/khen-thuong");
    let token = organiser.token().await;
    let path = format!("{register}/tep");
    let wrong = AWARDS.replace("5/3/2033,2/QĐ,Giấy khen,xã", "5/3/2033,2/QĐ,Giấy khen,huyện");
    refused(
        &organiser.upload_to(&path, &token, "k.csv", &wrong).await,
        "Dòng 4, cột “Cấp”",
    );
    let done = organiser.upload_to(&path, &token, "k.csv", AWARDS).await;
    assert_eq!(done.location, format!("{register}?nam=2033"), "{}", done.text);
    refused(
        &organiser.upload_to(&path, &token, "k.csv", AWARDS).await,
        "Sổ đã có khen thưởng này",
    );
    assert_eq!(console.bench.count("commendations").await, 6);

    let form = [
        ("ngay", "6"),
        ("thang", "3"),
        ("nam", "2033"),
        ("so", "3/QĐ"),
        ("hinh-thuc", "co-thi-dua"),
        ("cap", "tinh"),
        ("ten", "Đảng bộ xã Một"),
        ("don-vi", ""),
        ("doi-tuong", "collective"),
    ];
    let mut mixed = form.to_vec();
    mixed.push(("woman", "yes"));
    refused(
        &organiser.post_form(&register, &mixed).await,
        "chỉ ghi cho cá nhân",
    );
    let added = organiser.post_form(&register, &form).await;
    assert_eq!(added.location, format!("{register}?nam=2033"), "{}", added.text);
    let page = organiser.get(&added.location).await.text;
    let line = between(&page, &format!("{register}/"), "/gach")
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    refused(
        &organiser
            .post_form(&format!("{register}/{line}/gach"), &[("ly-do", "")])
            .await,
        "ít nhất 10",
    );
    organiser
        .post_form(
            &format!("{register}/{line}/gach"),
            &[("ly-do", "Nhập nhầm năm quyết định")],
        )
        .await;

    // By hand, without the line that was struck out: 4 awards beside 2, 2 persons beside 1.
    let csv = organiser
        .post_form(
            &format!("{register}/thong-ke/xuat"),
            &[("nam", "2033"), ("format", "csv")],
        )
        .await
        .text;
    for line in [
        "Tổng số,4,2,2,1,1,1,0",
        "Giấy khen,2,1,1,1,0.5,0.5,0",
        "\"Bằng khen, Cấp tỉnh\",2,1,1,1,0.5,0.5,0",
        "Tập thể,2,1,1,1,0.5,0.5,0",
        "Tập thể nhỏ,1,0,1,,0.5,0,50",
        "\"Trực tiếp lao động, sản xuất, công tác\",1,1,0,0,0.5,1,-50",
        "Nông dân,1,0,1,,0.5,0,50",
        "Thanh niên,1,0,1,,0.5,0,50",
        "Nữ,1,0,1,,0.5,0,50",
    ] {
        assert!(csv.lines().any(|own| own == line), "no {line} in {csv}");
    }
    let xlsx = organiser
        .post_form(
            &format!("{register}/thong-ke/xuat"),
            &[("nam", "2033"), ("format", "xlsx")],
        )
        .await;
    assert!(xlsx.text.starts_with("PK"));
    let mut viewer = console.logged_in(Role::Viewer).await;
    let page = viewer.get(&format!("{register}/thong-ke?nam=2033")).await;
    assert!(
        page.status == StatusCode::OK && page.text.contains("−50") && page.text.contains("+100%"),
        "{}",
        page.text
    );
    assert_eq!(
        viewer.get(&register).await.status,
        StatusCode::FORBIDDEN,
        "the register names people"
    );

    // What the register gives out can be loaded again once the lines are gone.
    let csv = organiser
        .post_form(&format!("{register}/xuat"), &[("nam", "2033"), ("format", "csv")])
        .await
        .text;
    sqlx::query("delete from commendations")
        .execute(&console.bench.pool)
        .await
        .unwrap();
    let again = organiser.upload_to(&path, &token, "k.csv", &csv).await;
    assert_eq!(again.location, format!("{register}?nam=2033"), "{}", again.text);
    assert_eq!(console.bench.count("commendations").await, 4);
}
