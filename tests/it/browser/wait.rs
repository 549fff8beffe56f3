//! Long work at the desk: what staff see while a list or paper is made, and that a page in its place is shown.

use super::*;

const ROUND: &str = "/quan-tri/cuoc-thi/lang-son-90-nam";

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_file_comes_with_word_of_how_far_it_is_and_a_page_in_its_place_is_shown(pool: PgPool) {
    let stage = stage(&pool).await;
    stage.place.simulate(400, 7).await;
    let password = stage.place.add_staff("lan", "Hoàng Thị Lan", "organiser").await;
    let browser = Browser::open(&stage.server, Scripts::On, 1280).await;
    browser.log_in_as_staff("lan", password).await;
    browser.go(&format!("{ROUND}?vong=3")).await;
    // The file is looked at instead of being put into a folder of this machine.
    let catch =
        "HTMLAnchorElement.prototype.click = function () { document.body.dataset.name = this.download; };
        URL.createObjectURL = file => {
            file.slice(0, 2).text().then(text => { document.body.dataset.saved = text; });
            return '#';
        };";
    browser.client.execute(catch, Vec::new()).await.unwrap();
    browser.press("form[data-come] button[value=xlsx]").await;
    browser.says(".sending", "Đã tải xong").await;
    let saved = browser.element("body[data-saved]").await;
    assert_eq!(saved.attr("data-saved").await.unwrap().as_deref(), Some("PK"));
    let name = saved.attr("data-name").await.unwrap().unwrap();
    assert!(name.ends_with(".xlsx"), "{name}");
    // Its buttons work again.
    browser.press("form[data-come] button[value=csv]").await;
    browser.says(".sending", "Đã tải xong").await;

    // A paper that cannot be made is answered with a page, which takes the place of this one.
    browser.go(&format!("{ROUND}/vong/3/van-ban")).await;
    browser.press("form[data-come] button[value=pdf]").await;
    browser.element("#errors").await;
    browser.close().await;
    stage.server.kill().await;
}
