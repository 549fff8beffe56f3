//! Claims about forms of the rules: what is sent is put in, what is not sent stays, and odd forms harm nothing.

use super::*;
use axum::body::Bytes;

const RULES: &str = r#"
[contest]
title = "Tìm hiểu"
organiser = "Ban Tổ chức"
fields = { required = ["full_name", "birth_date", "phone", "unit"], optional = ["email"] }
unknown = "giữ nguyên"

[paper]
draw = [{ set = "a", level = "easy", count = 5 }, { set = "b", count = 5 }]
points = 10
time_limit = "15m"

[ranking]
order = ["score desc", "duration asc"]

[[prize]]
scope = "round"
name = "Giải Nhất"
places = 1

[[prize]]
scope = "round"
name = "Giải Nhì"
places = 2

[[collective_prize]]
scope = "contest"
name = "Tập thể"
places = 1
by = "rank-points"
of = ["people", "attempts"]

[[round]]
number = 1
title = "Tuần 1"
opens = "2033-06-06T08:00:00+07:00"
closes = "2033-06-13T08:00:00+07:00"
[round.paper]
points = 5
"#;

fn rules() -> Sketch {
    shaped(Sketch::read(RULES).unwrap())
}

fn form(fields: &[(&str, &str)]) -> Form {
    let encoded = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    Form::parse(&Bytes::from(body.join("&"))).unwrap()
}

fn sent(slug: &str, fields: &[(&str, &str)]) -> Sketch {
    let mut sketch = rules();
    let page = Page::named(slug, 1).unwrap();
    apply(&page, &mut sketch, &form(fields), Lang::Vi);
    sketch
}

#[test]
fn a_form_changes_its_boxes_and_nothing_else() {
    let sketch = sent(
        "giai",
        &[
            ("prize.1.name", "Giải Hai"),
            ("prize.1.value", "1.000.000"),
            ("prize.0.places", ""),
        ],
    );
    assert_eq!(sketch.written("prize.1.name"), Some("Giải Hai"));
    assert_eq!(sketch.written("prize.1.value"), Some("1000000"));
    assert_eq!(sketch.get("prize.0.places"), None);
    assert_eq!(
        sketch.written("prize.1.places"),
        Some("2"),
        "a box that was not sent stays"
    );
    assert_eq!(sketch.written("contest.unknown"), Some("giữ nguyên"));
    assert_eq!(sketch.written("paper.points"), Some("10"));
}

#[test]
fn boxes_of_other_pages_and_of_no_page_are_passed_over() {
    for fields in [
        &[("contest.title", "Khác")][..],
        &[("prize.9.name", "Không có hàng này")],
        &[
            ("unknown", "x"),
            ("", "y"),
            ("prize..name", "z"),
            ("prize.0", "w"),
        ],
        &[],
    ] {
        assert_eq!(sent("giai", fields), rules(), "{fields:?}");
    }
}

#[test]
fn a_form_sent_as_it_was_shown_changes_nothing() {
    for slug in [
        "chung",
        "doi-tuong",
        "vong",
        "de-thi",
        "luot-thi",
        "xep-hang",
        "giai",
        "giai-tap-the",
        "vong-1",
    ] {
        let page = Page::named(slug, 1).unwrap();
        let shown: Vec<(String, String)> = boxes(&page, &rules())
            .into_iter()
            .map(|(path, kind)| {
                let held = held(&rules(), &path, kind, page.round.is_some(), Lang::Vi);
                (path, held)
            })
            .collect();
        let fields: Vec<(&str, &str)> = shown
            .iter()
            .map(|(path, held)| (path.as_str(), held.as_str()))
            .collect();
        assert_eq!(sent(slug, &fields), rules(), "{slug}");
    }
}

#[test]
fn what_cannot_be_understood_is_kept_for_the_reader_to_refuse() {
    let sketch = sent("de-thi", &[("paper.points", "mười"), ("paper.time_limit", "lâu")]);
    assert_eq!(sketch.get("paper.points"), Some(&Sketched::text("mười")));
    assert_eq!(sketch.get("paper.time_limit"), Some(&Sketched::text("lâu")));
}

#[test]
fn a_field_is_asked_for_in_one_list_only() {
    let sketch = sent(
        "doi-tuong",
        &[
            ("contest.fields:email", "required"),
            ("contest.fields:sex", "optional"),
        ],
    );
    let names = |list: &str| -> Vec<String> {
        let list = sketch.get(&format!("contest.fields.{list}"));
        list.unwrap()
            .items()
            .iter()
            .filter_map(Sketched::written)
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(
        names("required"),
        ["full_name", "birth_date", "phone", "unit", "email"]
    );
    assert_eq!(names("optional"), ["sex"]);
    let none = sent("doi-tuong", &[("contest.fields:email", "")]);
    assert_eq!(none.get("contest.fields.optional"), None);
}

#[test]
fn buttons_add_move_and_remove_rows_of_their_page() {
    let page = Page::named("xep-hang", 1).unwrap();
    let mut sketch = rules();
    let ask = Ask::of(&page, &sketch, "add:ranking.order");
    assert_eq!(act(&mut sketch, &ask, &[]), Some("ranking.order.2".to_owned()));
    assert_eq!(
        sketch.written("ranking.order.2"),
        Some("prediction_error asc"),
        "the first that is not used yet"
    );
    let ask = Ask::of(&page, &sketch, "up:ranking.order.2");
    assert_eq!(act(&mut sketch, &ask, &[]), Some("ranking.order.1".to_owned()));
    assert_eq!(sketch.written("ranking.order.1"), Some("prediction_error asc"));
    let ask = Ask::of(&page, &sketch, "remove:ranking.order.0");
    act(&mut sketch, &ask, &[]);
    assert_eq!(sketch.rows("ranking.order"), 2);
    for odd in [
        "remove:prize.0",
        "remove:ranking.order.7",
        "add:round",
        "up:",
        "add:",
        "x",
        "",
        "remove:ranking.order.-1",
    ] {
        assert_eq!(Ask::of(&page, &sketch, odd), Ask::Keep, "{odd}");
    }
}

#[test]
fn a_new_round_follows_the_last_and_rounds_are_numbered_by_their_place() {
    let page = Page::named("vong", 1).unwrap();
    let mut sketch = rules();
    for _ in 0..2 {
        let ask = Ask::of(&page, &sketch, "add:round");
        act(&mut sketch, &ask, &[]);
    }
    assert_eq!(sketch.written("round.2.title"), Some("Tuần 3"));
    assert_eq!(sketch.written("round.2.opens"), Some("2033-06-20T08:00:00+07:00"));
    assert_eq!(
        sketch.written("round.2.closes"),
        Some("2033-06-27T08:00:00+07:00")
    );
    let ask = Ask::of(&page, &sketch, "remove:round.0");
    act(&mut sketch, &ask, &[]);
    assert_eq!(
        (sketch.written("round.0.title"), sketch.written("round.0.number")),
        (Some("Tuần 2"), Some("1"))
    );
}

#[test]
fn points_of_lines_and_of_predictions_are_typed_into_their_rows() {
    let sketch = sent(
        "de-thi",
        &[("paper.draw.1.points", "20"), ("paper.draw.0.points", "")],
    );
    assert_eq!(sketch.written("paper.draw.1.points"), Some("20"));
    assert_eq!(sketch.get("paper.draw.0.points"), None);
    let page = Page::named("luot-thi", 1).unwrap();
    let mut sketch = rules();
    let ask = Ask::of(&page, &sketch, "add:prediction.points");
    act(&mut sketch, &ask, &[]);
    let fields = [
        ("prediction.asks", "people-in-round"),
        ("prediction.asked", "after"),
        ("prediction.points.0.within", "10"),
        ("prediction.points.0.points", "1.000"),
    ];
    apply(&page, &mut sketch, &form(&fields), Lang::Vi);
    assert_eq!(sketch.written("prediction.asked"), Some("after"));
    assert_eq!(sketch.written("prediction.points.0.within"), Some("10"));
    assert_eq!(sketch.written("prediction.points.0.points"), Some("1000"));
}

#[test]
fn a_path_of_the_file_leads_to_the_nearest_box_or_row() {
    let sketch = rules();
    for (path, slug, at) in [
        ("prize.1.places", "giai", Some("prize.1.places")),
        ("prize.1", "giai", Some("prize.1")),
        ("prize.1.odd", "giai", Some("prize.1")),
        ("ranking.order.1", "xep-hang", Some("ranking.order.1")),
        ("ranking.order", "xep-hang", None),
        (
            "collective_prize.0.of.1.by",
            "giai-tap-the",
            Some("collective_prize.0.of.1.by"),
        ),
        ("round.0.paper.points", "vong-1", Some("round.0.paper.points")),
        ("round.0.opens", "vong", Some("round.0.opens")),
        ("contest.fields.optional.0", "doi-tuong", None),
        ("contest.title", "chung", Some("contest.title")),
        ("", "chung", None),
    ] {
        let (page, found) = place_of(path, &sketch);
        assert_eq!((page.slug().as_str(), found.as_deref()), (slug, at), "{path}");
    }
}

#[test]
fn pages_differ_by_what_their_boxes_hold() {
    let slugs =
        |after: &Sketch| -> Vec<String> { changed_pages(&rules(), after).iter().map(Page::slug).collect() };
    assert_eq!(slugs(&rules()), Vec::<String>::new());
    // What is said and what holds anyway are the same.
    let mut said = rules();
    said.put("attempts.counts", Some(Sketched::text("best")));
    assert_eq!(slugs(&said), Vec::<String>::new());
    let mut changed = rules();
    changed.put("round.0.paper.points", Some(Sketched::number(6_u32)));
    changed.remove_row("prize.0");
    assert_eq!(slugs(&changed), ["giai", "vong-1"]);
}
