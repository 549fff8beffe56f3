//! GIFT, point by point as Moodle reads it; the numbers are those of the list of cases.

use super::*;

fn gift(text: &str) -> Imported {
    read_gift("bo-de.gift.txt", text.as_bytes())
}

const HA_NOI: &str = "Thủ đô nước ta ở đâu? {=Hà Nội ~Huế}";

#[test]
fn case_1_empty_lines_separate_questions_and_comments_are_blanked() {
    let read = gift("// ghi chú\n::q1::Một? {=A1 ~B1}\n// giữa\n\n\nHai là gì? {\n=A2\n// không\n~B2\n}\n");
    let (questions, codes) = loaded(&read);
    assert_eq!(
        questions,
        [
            expected("Một?", &["A1", "B1"], &[0]),
            expected("Hai là gì?", &["A2", "B2"], &[0])
        ]
    );
    assert_eq!(codes, [] as [&str; 0]);
    assert_eq!(first(&read).id.0, "q1");
    // An empty line inside breaks the question in two.
    assert_eq!(refused(&gift("Một? {=A\n\n~B}")), ["gift-brace", "gift-brace"]);
    assert_eq!(
        first(&gift("Dòng một\\nDòng hai? {=A1 ~B1}")).text,
        "Dòng một\nDòng hai?"
    );
}

#[test]
fn case_1_comments_carry_names_and_tags() {
    let read = gift(
        "// Câu [id:khoi-nghia] [tag:Khó] [tag:sử] [source:Sách \\[1\\] trang 2]\n::tên::Hỏi? {=A1 ~B1}",
    );
    let question = first(&read);
    assert_eq!(
        (question.id.0.as_str(), question.level),
        ("khoi-nghia", Some(Level::Hard))
    );
    assert_eq!(question.source.as_deref(), Some("Sách \\[1] trang 2"));
    assert_eq!(codes(&read.faults), ["tag-dropped"]);
    let twice = gift("// [tag:dễ] [tag:khó]\nHỏi? {=A1 ~B1}");
    assert_eq!(
        (first(&twice).level, codes(&twice.faults)),
        (None, vec!["level-twice"])
    );
    let changed = gift("::Khởi nghĩa Bắc Sơn::Hỏi? {=A1 ~B1}\n\n::???::Hỏi nữa? {=A1 ~B1}");
    assert_eq!(codes(&changed.faults), ["id-changed", "id-changed"]);
    let ids: Vec<_> = changed
        .loaded
        .as_ref()
        .unwrap()
        .set
        .questions
        .iter()
        .map(|q| q.id.0.as_str())
        .collect();
    assert_eq!(ids, ["khoi-nghia-bac-son", "cau"]);
}

#[test]
fn case_2_a_category_names_the_set_and_may_hold_colons() {
    let read = gift(&format!("$CATEGORY: $course$/top/Lịch sử: phần 1\n\n{HA_NOI}"));
    assert_eq!(read.loaded.as_ref().unwrap().set.title, "Lịch sử: phần 1");
    assert_eq!(read.loaded.as_ref().unwrap().set.id.0, "bo-de-gift");
    let two = gift(&format!(
        "$CATEGORY: A1\n\n{HA_NOI}\n\n$CATEGORY: B1\n\nCâu hai ở đâu? {{=x ~y}}"
    ));
    assert_eq!(
        (
            two.loaded.as_ref().unwrap().set.title.as_str(),
            codes(&two.faults)
        ),
        ("bo-de.gift", vec!["categories-joined"])
    );
    // Moodle takes the question for a part of the name and loses it.
    let lost = gift(&format!("$CATEGORY: A1\n{HA_NOI}"));
    assert_eq!(loaded(&lost).1, ["gift-category-line"]);
}

#[test]
fn case_3_a_name_needs_both_of_its_signs() {
    assert_eq!(first(&gift("::ten-cau:: Hỏi gì? {=A1 ~B1}")).id.0, "ten-cau");
    assert_eq!(first(&gift("Hỏi ::x:: gì? {=A1 ~B1}")).text, "Hỏi ::x:: gì?");
    let open = gift("::Hỏi gì? {=A1 ~B1}");
    assert_eq!(
        (first(&open).text.as_str(), codes(&open.faults)),
        ("Hỏi gì?", vec!["gift-name-open"])
    );
}

#[test]
fn case_4_escapes_are_resolved_once_and_others_stay() {
    let (questions, _) = loaded(&gift(
        r"Giờ 5\:30, \#1, a\=b, \{x\}, \~y, c:\\n, \frac{=A\=1 ~B\~2\nb}",
    ));
    assert_eq!(
        questions,
        [expected(
            "Giờ 5:30, #1, a=b, {x}, ~y, c:\\n, \\frac",
            &["A=1", "B~2\nb"],
            &[0]
        )]
    );
}

#[test]
fn case_5_the_first_braces_hold_the_answers() {
    assert_eq!(refused(&gift("Thiếu dấu {=A ~B")), ["gift-brace"]);
    assert_eq!(refused(&gift("Ngược } {=A ~B")), ["gift-brace"]);
    let read = gift(&format!("Đoạn dẫn không có câu hỏi.\n\n{HA_NOI}"));
    assert_eq!(loaded(&read).1, ["description-skipped"]);
    assert_eq!(read.questions, 1);
    let essay = gift("Hãy viết cảm nghĩ. {}");
    assert_eq!((refused(&essay), essay.questions), (vec!["question-type"], 1));
    let (blank, _) = loaded(&gift("Năm {=1930 ~1945} Đảng ra đời."));
    assert_eq!(blank[0].0, "Năm _____ Đảng ra đời.");
    let second = gift("Năm {=1930 ~1945} và {~1 =2}");
    assert_eq!(
        (first(&second).text.as_str(), codes(&second.faults)[0]),
        ("Năm _____ và {~1 =2}", "gift-second-block")
    );
}

#[test]
fn case_6_formats_are_inherited_and_unknown_ones_are_text() {
    let (questions, codes) = loaded(&gift(
        "[html]<p>Câu <b>nào</b> đúng?</p> {=<i>A1</i> ~[plain]<i>B1</i>}",
    ));
    assert_eq!(
        questions,
        [expected("Câu **nào** đúng?", &["*A1*", "<i>B1</i>"], &[0])]
    );
    assert_eq!(codes, [] as [&str; 0]);
    let (markdown, _) = loaded(&gift("[markdown]Câu **nào** *x^2^*? {=A1 ~B1}"));
    assert_eq!(markdown[0].0, "Câu **nào** *x\\^2\\^*?");
    let unknown = gift("[tex]Câu nào? {=A1 ~B1}");
    assert_eq!(
        (first(&unknown).text.as_str(), loaded(&unknown).1),
        ("[tex]Câu nào?", vec!["gift-format"])
    );
    assert_eq!(loaded(&gift("[1] Câu nào? {=A1 ~B1}")).1, [] as [&str; 0]);
}

#[test]
fn case_7_kinds_are_told_apart_in_the_order_of_moodle() {
    for (text, kind) in [
        ("Số? {#1930}", "numerical"),
        ("Ghép? {=a -> b =c -> d}", "matching"),
        ("Ai? {=Hồ Chí Minh}", "shortanswer"),
        ("Ai? {Hồ Chí Minh}", "shortanswer"),
        ("Ai? {}", "essay"),
    ] {
        let read = gift(text);
        assert_eq!(refused(&read), ["question-type"], "{text}");
        assert_eq!(
            read.faults[0].code,
            crate::bank::FaultCode::QuestionType {
                kind: kind.to_owned()
            }
        );
    }
    for (text, key) in [
        ("{T}", 0),
        ("{TRUE}", 0),
        ("{F}", 1),
        ("{FALSE#không}", 1),
        ("{ TRUE # a # b }", 0),
    ] {
        let (questions, _) = loaded(&gift(&format!("Đảng ra đời năm 1930. {text}")));
        assert_eq!(
            questions,
            [expected("Đảng ra đời năm 1930.", &["Đúng!", "Sai!"], &[key])],
            "{text}"
        );
    }
    for text in ["{true}", "{True}", "{=true}", "{f}"] {
        assert_eq!(
            refused(&gift(&format!("Đúng không? {text}"))),
            ["gift-truth-word"],
            "{text}"
        );
    }
}

#[test]
fn case_8_an_equals_sign_anywhere_means_one_answer() {
    let (one, codes) = loaded(&gift("Ở đâu? {~Huế =Hà Nội ~Vinh}"));
    assert_eq!(
        (one, codes),
        (vec![expected("Ở đâu?", &["Huế", "Hà Nội", "Vinh"], &[1])], vec![])
    );
    let (several, codes) = loaded(&gift("Ở đâu? {~%50%Huế ~%50%Hà Nội ~Vinh ~%-100%Lào}"));
    assert_eq!(
        (several[0].2.clone(), codes),
        (vec![0, 1], vec!["all-or-nothing"])
    );
    let split = gift("Tính? {=x ~a=b}");
    assert_eq!(refused(&split), ["several-full-marks", "gift-equals-splits"]);
    assert_eq!(refused(&gift("Tính? {~một}")), ["option-count"]);
    assert_eq!(
        loaded(&gift("Ở đâu? {~=Hà Nội ~Huế}")).0,
        [expected("Ở đâu?", &["Hà Nội", "Huế"], &[0])]
    );
    assert_eq!(refused(&gift("Ở đâu? {~Hà Nội ~Huế}")), ["no-full-mark"]);
}

#[test]
fn case_9_weights_are_read_as_moodle_reads_them() {
    let third = "{~%33.33333%a1 ~%33.33333%b1 ~%33.33333%c1 ~d1}";
    assert_eq!(loaded(&gift(&format!("Gì? {third}"))).0[0].2, [0, 1, 2]);
    assert_eq!(
        refused(&gift("Gì? {~%33%a1 ~%33%b1 ~%33%c1 ~d1}")),
        ["weight-unknown"]
    );
    assert_eq!(refused(&gift("Gì? {~%50%a1 ~%25%b1 ~d1}")), ["weight-sum"]);
    let text = gift("Gì? {=%50%x ~% 50 %y ~z}");
    assert_eq!(
        loaded(&text),
        (
            vec![expected("Gì?", &["%50%x", "% 50 %y", "z"], &[0])],
            vec!["gift-weight-text"; 2]
        )
    );
    let half = gift("Gì? {=x ~%50%y ~z}");
    assert_eq!(
        (loaded(&half).0[0].2.clone(), loaded(&half).1),
        (vec![0], vec!["partial-credit"])
    );
    assert_eq!(loaded(&gift("Gì? {~%100%x ~%-100%y}")).0[0].2, [0]);
}

#[test]
fn case_10_feedback_becomes_the_explanation_where_it_belongs_to_the_right_option() {
    let read = gift("Gì? {=x#Đúng vậy. ~y#Sai rồi. ####Xem sách trang 5.}");
    assert_eq!(
        first(&read).explanation.as_deref(),
        Some("Xem sách trang 5.\nĐúng vậy.")
    );
    assert_eq!(codes(&read.faults), ["feedback-dropped"]);
    let truth = gift("Đúng? {FALSE#Nhầm rồi#Chính xác####Vì sao}");
    assert_eq!(first(&truth).explanation.as_deref(), Some("Vì sao\nChính xác"));
    assert_eq!(codes(&truth.faults), ["feedback-dropped"]);
}

#[test]
fn case_11_numbers_are_refused_whatever_they_are() {
    for text in ["{#1822:5}", "{#1..5}", "{#abc}", "{#=%100%1822:0 =%50%1822:2}"] {
        assert_eq!(
            refused(&gift(&format!("Năm nào? {text}"))),
            ["question-type"],
            "{text}"
        );
    }
}

#[test]
fn case_12_what_strict_readers_refuse_is_read_and_told_once() {
    let read = gift("Chọn câu đúng: a=b\nlà gì? {=x ~y}\n\nChọn câu sai: gì vậy? {=x ~y}");
    let (questions, codes) = loaded(&read);
    assert_eq!(questions[0].0, "Chọn câu đúng: a=b\nlà gì?");
    assert_eq!(codes, ["gift-loose", "gift-loose", "gift-loose"]);
    let counts: Vec<_> = read
        .faults
        .iter()
        .map(|fault| fault.message(crate::i18n::Lang::En))
        .collect();
    assert!(counts[0].starts_with("2 questions have “:”"), "{counts:?}");
}

#[test]
fn several_right_options_and_pictures_are_judged() {
    assert_eq!(
        refused(&gift("Hình <img src\\=\"a.png\"> gì? {=x ~y}")),
        ["package-picture-missing"]
    );
    assert_eq!(
        refused(&gift("Hình nào? {=<img src\\=\"a.png\"> ~y}")),
        ["package-picture-in-option"]
    );
    assert_eq!(refused(&gift("Hình nào? {=x ~}")), ["empty-text"]);
    let html = gift("Xem <u>gạch</u> <b>a</b><i>b</i>? {=x ~y}");
    assert_eq!(loaded(&html).1, ["html-dropped", "style-lost"]);
}

#[test]
fn places_are_those_of_the_file() {
    let read = gift("Một? {=A1 ~B1}\n\n  Hai? {#5}\n");
    let json = read.faults[0].json(crate::i18n::Lang::Vi);
    assert_eq!(
        (json.place.as_str(), json.excerpt.as_str()),
        ("dòng 3, cột 3, câu 2", "Hai? {#5}")
    );
    assert_eq!(read.questions, 2);
}

#[test]
fn combined_options_are_pinned() {
    let (questions, codes) = loaded(&gift("Gì? {~x ~y =Cả A và B}"));
    assert_eq!(questions[0].1, ["x", "y", "Cả A và B!"]);
    assert_eq!(codes, ["pin-names-letters"]);
}

#[test]
fn hostile_files_end_soon() {
    for text in [
        "~=".repeat(500_000),
        "{".repeat(1_000_000),
        "\\".repeat(1_000_000),
        "a\n\n".repeat(300_000),
        format!("x {{{}}}", "=a~".repeat(300_000)),
        format!("x {{~a{}}}", "#".repeat(900_000)),
        format!("<{}", "b a='".repeat(200_000)),
        "[id:".repeat(400_000),
        "<a".repeat(800_000),
        "<script></script>".repeat(100_000),
        format!("{{=a ~{}}}", "~ * ".repeat(400_000)),
        format!("//{}", "[id:".repeat(100_000)),
    ] {
        let begun = std::time::Instant::now();
        let read = gift(&text);
        assert!(read.loaded.is_none() && !read.faults.is_empty());
        assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    }
}

pub(super) fn samples() -> impl Iterator<Item = Imported> {
    [
        "Hãy viết cảm nghĩ. {}",
        "Đoạn dẫn",
        "::???::Gì? {=x ~y}",
        "// [tag:dễ] [tag:khó] [tag:sử]\nGì: {=x#a ~y#b}",
        "$CATEGORY: A1\nGì? {=x ~%50%y}\n\n$CATEGORY: B1",
        "Gì? {~%50%x ~%50%y}",
        "<u>x</u><b>a</b><i>b</i> {=<img src\\=a.png> ~y}",
        "Gì? {~a ~b}",
        "Gì? {=a =b ~c}",
        "Gì? {~%33%a ~b}",
        "Gì? {~%50%a ~b}",
        "<img src=a.png>Gì? {=a ~b}",
        "<img src=http://a/b.png>Gì? {=a ~b}",
        "<img src=a.png><img src=b.png>Gì? {=a ~b}",
        "Gì? {",
        "Gì? {=a ~b} {",
        "::Gì? {=a ~b}",
        "[tex]Gì? {=a ~b}",
        "Gì? {true}",
        "Gì? {=a=b ~c}",
        "Gì? {=a ~% 5 %c}",
    ]
    .into_iter()
    .map(gift)
}
