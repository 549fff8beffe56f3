//! Whole journeys in real Chromium, against the program as a process: what a citizen and a board really do.

mod afternoon;
mod wait;

use crate::helpers::stage;
use crate::process::Server;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;
use sqlx::PgPool;
use std::time::Duration;

const CONTEST: &str = "/cuoc-thi/lang-son-90-nam";
/// How long a page may take; generous, because the machine that tests may be busy with other tests.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether the browser runs scripts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    On,
    Off,
}

pub struct Browser {
    pub client: Client,
    base: String,
}

/// A window of its own in the browser that tests drive.
#[expect(clippy::disallowed_methods, reason = "bin/test says where the driver listens")]
pub(crate) async fn window(scripts: Scripts, width: u32) -> Client {
    let driver = std::env::var_os("CHROMEDRIVER_URL").expect("CHROMEDRIVER_URL: run the tests with bin/test");
    let mut options = json!({ "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            format!("--window-size={width},900"),
        ] });
    if scripts == Scripts::Off {
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    let capabilities = json!({ "goog:chromeOptions": options });
    ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
        .capabilities(capabilities.as_object().unwrap().clone())
        .connect(driver.to_str().unwrap())
        .await
        .unwrap()
}

impl Browser {
    pub async fn open(server: &Server, scripts: Scripts, width: u32) -> Self {
        Self {
            client: window(scripts, width).await,
            base: server.base.clone(),
        }
    }

    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    pub async fn element(&self, css: &str) -> fantoccini::elements::Element {
        let wait = self.client.wait().at_most(PATIENCE);
        match wait.for_element(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!(
                "no {css} on {}: {error}",
                self.client.current_url().await.unwrap()
            ),
        }
    }

    async fn fill(&self, css: &str, text: &str) {
        let field = self.element(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub async fn press(&self, css: &str) {
        let element = self.element(css).await;
        element.click().await.unwrap();
    }

    /// Presses a button that sends a form, and waits until the page it stands on is gone.
    pub async fn send(&self, css: &str) {
        let button = self.element(css).await;
        button.click().await.unwrap();
        let mut tries = 0;
        // Each look is a round trip to the browser, which paces the loop; a button of a page that is gone is stale.
        while button.tag_name().await.is_ok() {
            tries += 1;
            assert!(tries < 2_000, "still at {}", self.path().await);
        }
    }

    pub async fn text(&self, css: &str) -> String {
        self.element(css).await.text().await.unwrap()
    }

    /// Waits until the text of an element holds those words.
    pub async fn says(&self, css: &str, words: &str) {
        let xpath = Locator::XPath;
        let class = css.trim_start_matches('.');
        let path = format!("//*[contains(concat(' ', @class, ' '), ' {class} ') and contains(., '{words}')]");
        if let Err(error) = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(xpath(&path))
            .await
        {
            let page = self.client.source().await.unwrap_or_default();
            panic!("{css} never said {words}: {error}\n{page}");
        }
    }

    async fn is_checked(&self, css: &str) -> bool {
        self.element(css).await.is_selected().await.unwrap()
    }

    async fn path(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        url.path().to_owned()
    }

    /// Waits until the address ends so.
    async fn arrives(&self, end: &str) {
        let mut tries = 0;
        while !self.path().await.ends_with(end) {
            tries += 1;
            assert!(tries < 600, "waited for …{end}, still at {}", self.path().await);
            // Each look is a round trip to the browser, which paces the loop.
            self.client.title().await.unwrap();
        }
    }

    pub async fn register(&self, name: &str, phone: &str) {
        self.go(&format!("{CONTEST}/dang-ky")).await;
        self.fill("#full_name", name).await;
        self.fill("[name=birth_day]", "15").await;
        self.fill("[name=birth_month]", "6").await;
        self.fill("[name=birth_year]", "1984").await;
        self.fill("#phone", phone).await;
        self.fill("#unit-search", "chi lang").await;
        self.press("[name=then][value=find-unit]").await;
        self.press("#unit-results input[value=DB-CHILANG]").await;
        self.fill("#password", "mat khau dai").await;
        self.press("#consent").await;
        self.press("form.form > button.button").await;
        self.arrives("/lang-son-90-nam").await;
    }

    pub async fn close(self) {
        self.client.close().await.unwrap();
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_citizen_registers_answers_reloads_and_submits_with_scripts(pool: PgPool) {
    let stage = stage(&pool).await;
    let browser = Browser::open(&stage.server, Scripts::On, 400).await;
    browser.register("Nguyễn Thị Ánh", "0912 345 678").await;
    browser.go(&format!("{CONTEST}/vong/3/thi")).await;
    browser.press("main form button.button").await;
    for question in 1..=3 {
        browser.element(&format!("#cau-{question}:not([hidden])")).await;
        browser
            .press(&format!("#cau-{question} label.option:nth-of-type(2)"))
            .await;
        browser.says(".saved", &format!("Đã lưu {question}/15")).await;
        browser.press("[data-do=next]").await;
    }
    browser.client.refresh().await.unwrap();
    for question in 1..=3 {
        assert!(
            browser.is_checked(&format!("#cau-{question} [value=B]")).await,
            "question {question} after a reload"
        );
    }
    browser.says(".saved", "Đã lưu 3/15").await;
    browser.press("[data-do=map]").await;
    browser.press("dialog[open] [data-do=review]").await;
    browser.press("#xem-lai button[value=submit]").await;
    browser.arrives("/ket-qua").await;
    assert_eq!(
        browser
            .text(".receipt")
            .await
            .replace(char::is_whitespace, "")
            .len(),
        10
    );
    let (submitted, answered): (i64, i64) = sqlx::query_as(
        "select count(*), max((select count(*) from jsonb_array_elements_text(responses::jsonb) r where r = 'B'))
         from submissions where how = 'submitted'",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!((submitted, answered), (1, 3));
    browser.close().await;
    stage.server.kill().await;
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_citizen_registers_answers_reloads_and_submits_without_scripts(pool: PgPool) {
    let stage = stage(&pool).await;
    let browser = Browser::open(&stage.server, Scripts::Off, 400).await;
    browser.register("Trần Văn Bình", "0987 654 321").await;
    browser.go(&format!("{CONTEST}/vong/3/thi")).await;
    browser.press("main form button.button").await;
    for question in 1..=15 {
        browser
            .press(&format!("#cau-{question} label.option:nth-of-type(1)"))
            .await;
    }
    browser.press("#du-doan ~ .save-row button[value=save]").await;
    browser.client.refresh().await.unwrap();
    assert!(
        browser.is_checked("#cau-15 [value=A]").await,
        "saved without scripts"
    );
    browser.press("#du-doan ~ .save-row button[value=review]").await;
    browser.press("button[value=submit]").await;
    browser.arrives("/ket-qua").await;
    browser.element(".receipt").await;
    let answered: i64 = sqlx::query_scalar(
        "select (select count(*) from jsonb_array_elements_text(responses::jsonb) r where r = 'A') from submissions",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(answered, 15);
    browser.close().await;
    stage.server.kill().await;
}

impl Browser {
    pub async fn log_in_as_staff(&self, name: &str, password: &str) {
        self.client.delete_all_cookies().await.unwrap();
        self.go("/quan-tri/dang-nhap").await;
        self.fill("#name", name).await;
        self.fill("#password", password).await;
        self.press("form.form > button.button").await;
        self.arrives("/quan-tri").await;
    }
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn the_board_closes_ranks_approves_and_publishes_and_everybody_sees_the_winners(pool: PgPool) {
    let stage = stage(&pool).await;
    stage.place.simulate(400, 7).await;
    let password = stage.place.add_staff("lan", "Hoàng Thị Lan", "organiser").await;
    stage.place.add_staff("binh", "Lê Văn Bình", "board").await;
    let browser = Browser::open(&stage.server, Scripts::On, 1280).await;
    let step = |step: &str| format!("/quan-tri{CONTEST}/vong/3/{step}");

    browser.log_in_as_staff("lan", password).await;
    browser.go(&step("chot")).await;
    browser
        .fill("#reason", "Chốt sớm để kiểm tra toàn bộ các bước")
        .await;
    browser.send("form.form > button.button").await;
    browser.go(&step("xep-hang")).await;
    browser.send("form.form > button.button").await;
    browser.go(&step("duyet")).await;
    assert!(
        browser
            .client
            .find(Locator::Css("form.form > button.button"))
            .await
            .is_err(),
        "an organiser cannot approve"
    );

    browser.log_in_as_staff("binh", password).await;
    browser.go(&step("duyet")).await;
    for check in browser
        .client
        .find_all(Locator::Css("#checks input"))
        .await
        .unwrap()
    {
        check.click().await.unwrap();
    }
    browser.send("form.form > button.button").await;
    browser.go(&step("cong-bo")).await;
    browser.send("form.form > button.button").await;

    browser.client.delete_all_cookies().await.unwrap();
    browser.go(&format!("{CONTEST}/ket-qua/3")).await;
    let page = browser.text("main").await;
    let winners: Vec<(String, bool)> = sqlx::query_as(
        "select p.full_name, p.consent_publish from awards a join participants p using (participant_id)
         join rounds r using (ranking_id) order by a.prize, a.place",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(!winners.is_empty());
    for (name, consent) in &winners {
        assert_eq!(
            page.contains(name.as_str()),
            *consent,
            "{name} on the public page"
        );
    }
    let out = stage.place.folder.path().join("winners.xlsx");
    let file = out.to_str().unwrap();
    let export = [
        "export",
        "winners",
        "--contest",
        "lang-son-90-nam",
        "--round",
        "3",
        "--format",
        "xlsx",
        "--out",
        file,
    ];
    stage.place.run(&export).await;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&out).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut book, 0)
        .unwrap()
        .unwrap();
    let cells: Vec<String> = sheet.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for (name, _) in winners.iter().filter(|(_, consent)| *consent) {
        assert!(cells.contains(name), "{name} in the workbook");
    }
    browser.close().await;
    stage.server.kill().await;
}
