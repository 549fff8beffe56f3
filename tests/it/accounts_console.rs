//! Issuing accounts in the console: a list is checked, confirmed, and its passwords are handed out once.

use crate::helpers::{Answer, CONTEST, Console, Desk, Sample, between};
use crate::pages::{Browser, at, plain};
use axum::http::StatusCode;
use hoithi::domain::account::Accounts;
use hoithi::domain::staff::Role;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use sqlx::PgPool;

const HEAD: &str = "code,full_name,birth_date,unit,class,consent_publish\n";

fn page(rest: &str) -> String {
    format!("/quan-tri/cuoc-thi/{CONTEST}/tai-khoan{rest}")
}

async fn console(pool: PgPool) -> Console {
    let issued = |definition: &mut hoithi::domain::contest::ContestDefinition| {
        definition.entry.accounts = Accounts::Issued;
    };
    Console::with(pool, Sample::default().definition(issued)).await
}

async fn send(desk: &mut Desk<'_>, name: &str, content: impl AsRef<[u8]>) -> Answer {
    let token = desk.token().await;
    desk.upload_to(&page(""), &token, name, content).await
}

fn token(answer: &Answer) -> String {
    between(&answer.text, "name=\"token\" value=\"", "\"").to_owned()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_list_is_checked_confirmed_and_its_passwords_are_handed_out_once(pool: PgPool) {
    let console = console(pool).await;
    let bench = &console.bench;
    let mut desk = console.logged_in(Role::Organiser).await;
    let contest = desk.get(&format!("/quan-tri/cuoc-thi/{CONTEST}")).await.text;
    assert!(contest.contains(&page("")), "{contest}");
    let template = desk.get(&page("/mau.csv")).await.text;
    let read = send(&mut desk, "mau.csv", &template).await;
    assert_eq!(
        read.status,
        StatusCode::OK,
        "the template is a good list: {}",
        read.text
    );

    let list = format!("{HEAD}hs-01,Nguyễn Văn An,2008-01-02,X1,10A,có\nHS-02,Lý Thị Bé,2009-03-04,X2,,\n");
    let checked = send(&mut desk, "danh-sach.csv", &list).await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.text);
    let told = plain(&checked.text);
    assert!(
        told.contains("Sẽ cấp 2 tài khoản mới.") && told.contains("HS-01") && told.contains("Lý Thị Bé"),
        "{told}"
    );
    assert_eq!(bench.count("participants").await, 0, "looking issues nothing");
    let token_of_list = token(&checked);
    let confirm = [("token", token_of_list.as_str())];
    let mut other = console.appoint("hai", "Hoàng Văn Hai", Role::Organiser).await;
    let issued = desk.post_form(&page("/cap"), &confirm).await;
    assert_eq!(issued.status, StatusCode::OK, "{}", issued.text);
    assert!(
        plain(&issued.text).contains("Đã cấp 2 tài khoản."),
        "{}",
        issued.text
    );
    assert_eq!(bench.count("participants").await, 2);
    // Pressed twice it issues nothing more.
    let twice = desk.post_form(&page("/cap"), &confirm).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.text.contains("đã quá một giờ"), "{}", twice.text);

    let token_of_file = token(&issued);
    let fetch = [("token", token_of_file.as_str()), ("format", "csv")];
    let file = desk.post_form(&page("/tep"), &fetch).await;
    assert!(file.kind.starts_with("text/csv"), "{}", file.kind);
    let lines: Vec<&str> = file.text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 3, "{}", file.text);
    assert_eq!(lines[0], "Mã dự thi,Họ và tên,Đơn vị,Mật khẩu");
    assert!(lines[1].starts_with("HS-01,Nguyễn Văn An,"), "{}", lines[1]);
    let password = lines[1].rsplit(',').next().unwrap();
    let browser = Browser::new(bench);
    let fields = [("phone", "HS-01"), ("password", password)];
    let entered = browser.post(&at("/dang-nhap"), &fields).await;
    assert!(entered.status.is_redirection(), "{}", entered.text);
    let again = desk.post_form(&page("/tep"), &fetch).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!again.text.contains(password));

    let log = plain(&desk.get("/quan-tri/nhat-ky").await.text);
    assert!(
        log.contains("cấp 2 tài khoản theo danh sách") && log.contains("tải tệp mã và mật khẩu"),
        "{log}"
    );
    assert!(!log.contains("thực hiện: accounts"), "{log}");

    // A longer list adds to the first, for whoever sends it; a list of one person is not another's to confirm.
    let longer = format!("{list}HS-03,Nông Văn Cam,2008-05-06,X1,,\n");
    let checked = send(&mut desk, "danh-sach.csv", &longer).await;
    let told = plain(&checked.text);
    assert!(
        told.contains("Sẽ cấp 1 tài khoản mới.") && told.contains("2 mã đã có tài khoản"),
        "{told}"
    );
    let foreign = other
        .post_form(&page("/cap"), &[("token", &token(&checked))])
        .await;
    assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bench.count("participants").await, 2);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_faulty_list_is_told_place_by_place_and_issues_nothing(pool: PgPool) {
    let console = console(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let list = format!("{HEAD}HS-01,Nguyễn Văn An,2/1/2008,X1,,\nHS-01,Lý Thị Bé,2009-03-04,X9,,\n");
    let told = send(&mut desk, "danh-sach.csv", &list).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = plain(&told.text);
    for words in ["dòng 2", "dòng 3", "Mã “HS-01” đã có ở dòng 2", "mang mã “X9”"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!told.text.contains("name=\"token\""), "{text}");
    // The contest is for people of twelve years and more on its first day.
    let child = format!("{HEAD}HS-01,Nguyễn Văn An,2008-01-02,X1,,\nHS-02,Lý Thị Bé,2021-06-07,X1,,\n");
    let told = send(&mut desk, "danh-sach.csv", &child).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = plain(&told.text);
    assert!(
        text.contains("dòng 3") && text.contains("Người này 11 tuổi vào ngày 6/6/2033"),
        "{text}"
    );

    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Lớp 10A").unwrap();
    for (column, head) in (0..).zip(["code", "full_name", "birth_date", "unit"]) {
        sheet.write(0, column, head).unwrap();
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (row, code) in (1..).zip(["HS-01", "HS-02"]) {
        sheet.write(row, 0, code).unwrap();
        sheet.write(row, 1, "Nguyễn Văn An").unwrap();
        let born = ExcelDateTime::from_ymd(2008, 1, 2).unwrap();
        sheet.write_with_format(row, 2, &born, &day).unwrap();
        sheet.write(row, 3, "X1").unwrap();
    }
    let good = book.save_to_buffer().unwrap();
    let read = send(&mut desk, "lop-10a.xlsx", &good).await;
    assert!(
        plain(&read.text).contains("Sẽ cấp 2 tài khoản mới."),
        "{}",
        read.text
    );
    let sheet = book.worksheet_from_name("Lớp 10A").unwrap();
    sheet.write(2, 3, "X9").unwrap();
    let faulty = book.save_to_buffer().unwrap();
    let told = send(&mut desk, "lop-10a.xlsx", &faulty).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(plain(&told.text).contains("ô D3"), "{}", plain(&told.text));

    let nothing = send(&mut desk, "", "").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let large = send(&mut desk, "danh-sach.csv", vec![b'a'; 3 * 1024 * 1024]).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", large.text);
    let rows: String = (0..2_001)
        .map(|n| format!("HS-{n:05},Nguyễn Văn An,2008-01-02,X1,,\n"))
        .collect();
    let many = send(&mut desk, "danh-sach.csv", format!("{HEAD}{rows}")).await;
    assert!(
        many.text.contains("Nhiều hơn một lần được cấp") && !many.text.contains("name=\"token\""),
        "{}",
        many.text
    );
    assert_eq!(console.bench.count("participants").await, 0);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn where_people_register_the_page_says_so_and_takes_no_list(pool: PgPool) {
    let console = Console::new(pool).await;
    let mut desk = console.logged_in(Role::Organiser).await;
    let open = desk.get(&page("")).await.text;
    assert!(
        open.contains("tự đăng ký") && !open.contains("type=\"file\""),
        "{open}"
    );
    let list = format!("{HEAD}HS-01,Nguyễn Văn An,2008-01-02,X1,,\n");
    assert_eq!(
        send(&mut desk, "danh-sach.csv", &list).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let unit = console.bench.page(&at("/don-vi/X1")).await.text;
    assert!(unit.contains("dang-ky?don-vi=X1"), "{unit}");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_page_of_a_unit_invites_nobody_to_register_where_accounts_are_issued(pool: PgPool) {
    let console = console(pool).await;
    let unit = console.bench.page(&at("/don-vi/X1")).await;
    assert_eq!(unit.status, StatusCode::OK);
    assert!(!unit.text.contains("/dang-ky"), "{}", unit.text);
}
