//! Claims about what people type into boxes and what the file says for it.

use super::*;

fn written(kind: Kind, typed: &str) -> String {
    match read(kind, typed) {
        None => "-".to_owned(),
        Some(Sketched::Plain(plain)) => plain,
        Some(Sketched::Text(text)) => format!("“{text}”"),
        Some(other) => format!("{other:?}"),
    }
}

#[test]
fn what_people_type_becomes_what_the_file_says() {
    for (kind, typed, expected) in [
        (Kind::Number, " 15 ", "15"),
        (Kind::Number, "", "-"),
        (Kind::Number, "mười", "“mười”"),
        (Kind::Number, "1.50", "“1.50”"),
        (Kind::Money, "2.000.000", "2000000"),
        (Kind::Money, "007", "7"),
        (Kind::Limit, "Không giới hạn", "“unlimited”"),
        (Kind::Limit, "3", "3"),
        (Kind::Rate, "50", "0.5"),
        (Kind::Rate, "33,33 %", "0.3333"),
        (Kind::Rate, "100", "1"),
        (Kind::Rate, "nửa", "“nửa”"),
        (Kind::Day, "31/12/2023", "“2023-12-31”"),
        (Kind::Day, "31/2/2023", "“31/2/2023”"),
        (Kind::Moment, "08:00 3/4/2023", "“2023-04-03T08:00:00+07:00”"),
        (Kind::Moment, "3/4/2023 8h30", "“2023-04-03T08:30:00+07:00”"),
        (Kind::Moment, "24:00 ngày 9/4/2023", "“2023-04-10T00:00:00+07:00”"),
        (
            Kind::Moment,
            "2023-04-03T08:00:00+07:00",
            "“2023-04-03T08:00:00+07:00”",
        ),
        (Kind::Moment, "3/4/2023", "“3/4/2023”"),
        (Kind::Moment, "sáng mai", "“sáng mai”"),
        (Kind::Length(false), "15", "“15m”"),
        (Kind::Length(false), "1 giờ 30 phút", "“1h30m”"),
        (Kind::Length(false), "90 giây", "“90s”"),
        (Kind::Length(true), "không giới hạn", "“none”"),
        (Kind::Length(true), "lâu", "“lâu”"),
        (Kind::Truth(false), "true", "true"),
        (Kind::Line, "  Một \r\n", "“Một”"),
    ] {
        assert_eq!(written(kind, typed), expected, "{kind:?} {typed:?}");
    }
}

#[test]
fn lists_are_typed_one_a_line_or_with_commas() {
    assert_eq!(
        read(Kind::Lines, "Cán bộ\r\n\r\n Học sinh "),
        Some(Sketched::List(vec![
            Sketched::text("Cán bộ"),
            Sketched::text("Học sinh")
        ]))
    );
    assert_eq!(
        read(Kind::Numbers, "1, 2,x"),
        Some(Sketched::List(vec![
            Sketched::Plain("1".to_owned()),
            Sketched::Plain("2".to_owned()),
            Sketched::text("x")
        ]))
    );
}

#[test]
fn what_the_box_shows_reads_back_as_the_same() {
    for (kind, value) in [
        (Kind::Money, Sketched::Plain("2000000".to_owned())),
        (Kind::Number, Sketched::Plain("150".to_owned())),
        (Kind::Limit, Sketched::text("unlimited")),
        (Kind::Limit, Sketched::Plain("3".to_owned())),
        (Kind::Rate, Sketched::Plain("0.3333".to_owned())),
        (Kind::Rate, Sketched::Plain("1".to_owned())),
        (Kind::Rate, Sketched::Plain("0.005".to_owned())),
        (Kind::Day, Sketched::text("2023-12-31")),
        (Kind::Moment, Sketched::text("2023-04-10T07:00:00+07:00")),
        (Kind::Moment, Sketched::text("2023-04-10T00:00:00+07:00")),
        (Kind::Moment, Sketched::text("2023-04-10T07:00:09+07:00")),
        (Kind::Length(true), Sketched::text("none")),
        (Kind::Prompt, Sketched::text("none")),
        (
            Kind::Prompt,
            Sketched::text("Không có gì quý hơn độc lập, tự do: viết về câu ấy."),
        ),
        (Kind::Length(true), Sketched::text("1h30m5s")),
        (Kind::Length(false), Sketched::text("15m")),
        (
            Kind::Lines,
            Sketched::List(vec![Sketched::text("a"), Sketched::text("b")]),
        ),
        (
            Kind::Numbers,
            Sketched::List(vec![Sketched::Plain("1".to_owned())]),
        ),
        (Kind::Moment, Sketched::text("chưa rõ")),
        (Kind::Number, Sketched::text("chưa rõ")),
    ] {
        for lang in [Lang::Vi, Lang::En] {
            let box_text = shown(kind, Some(&value), lang);
            assert_eq!(
                read(kind, &box_text),
                Some(value.clone()),
                "{kind:?} {box_text:?}"
            );
        }
    }
}

#[test]
fn a_wait_of_nothing_is_shown_as_nothing_and_kept() {
    let none = Sketched::text("0m");
    let box_text = shown(Kind::Length(false), Some(&none), Lang::Vi);
    assert_eq!(read(Kind::Length(false), &box_text), Some(Sketched::text("0s")));
}

#[test]
fn a_round_without_an_essay_is_said_in_everyday_words() {
    for typed in ["Không có bài viết", "không có", "none"] {
        assert_eq!(read(Kind::Prompt, typed), Some(Sketched::text("none")), "{typed}");
    }
    let shown = shown(Kind::Prompt, Some(&Sketched::text("none")), Lang::Vi);
    assert_eq!(shown, "không có bài viết");
    let hint = text(Lang::Vi, "rform-essay-prompt-hint", &[]);
    assert!(hint.contains(&shown) && !hint.contains("none"), "{hint}");
}
