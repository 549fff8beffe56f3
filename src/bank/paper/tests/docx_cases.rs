//! Word documents as Word shapes them, one layout or mistake each.

use super::word::{PNG, Word, drawing, list, num, run, runs, table};
use super::*;

struct Case {
    claim: &'static str,
    document: fn() -> Word,
    expected: &'static str,
    /// `code@place`.
    faults: &'static [&'static str],
}

/// Two questions by automatic numbering, options of each in a list of its own.
fn automatic(marks: [&str; 2]) -> Word {
    let lists = list(1, &[("decimal", "Câu %1.")]) + &list(2, &[("upperLetter", "%1.")]);
    let nums = num(1, 1, false) + &num(2, 2, false) + &num(3, 2, true);
    let [first, second] = marks;
    Word::default()
        .numbering(&(lists + &nums))
        .p("ĐỀ THI")
        .item(1, 0, "Chi bộ đầu tiên ra đời năm nào?")
        .item(2, 0, "1930")
        .item(2, 0, &format!("{{{first}|1933}}"))
        .item(1, 0, "Ở xã nào?")
        .item(3, 0, &format!("{{{second}|Thụy Hùng}}"))
        .item(3, 0, "Hội Hoan")
}

const AUTOMATIC: &str =
    "1 Chi bộ đầu tiên ra đời năm nào? | A 1930 | B* 1933\n2 Ở xã nào? | A* Thụy Hùng | B Hội Hoan";
const TWO: &str = "1 Một? | A* a | B b\n2 Hai? | A a | B* b";

/// Two questions with something in the first.
fn with(settings: &str, content: &str) -> Word {
    Word::default()
        .p("Câu 1. Một?")
        .raw_p(settings, content)
        .lines("{b|A. a}\nB. b\nCâu 2. Hai?\nA. a\n{b|B. b}")
}

const CASES: &[Case] = &[
    Case {
        claim: "bold",
        document: || {
            Word::default().lines("ĐỀ THI\n{b|Câu 1.} Một?\n{b|A. a}\nB. b\n{b|Câu 2.} Hai?\nA. a\n{b|B. b}")
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "bold text behind labels that are all bold",
        document: || {
            Word::default()
                .lines("{b|Câu 1. Một?}\n{b|A.} {b|a}\n{b|B.} b\n{b|Câu 2. Hai?}\n{b|A.} a\n{b|B.} {b|b}")
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "underlined, the letter alone",
        document: || Word::default().lines("Câu 1. Một?\n{u|A}. a\nB. b\nCâu 2. Hai?\nA. a\n{u|B}. b"),
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "red among dark and black options, and red among blue ones",
        document: || {
            Word::default().lines("Câu 1. Một?\n{red|A. a}\n{dark|B. b}\nCâu 2. Hai?\nA. a\n{red|B. b}")
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "red among blue options",
        document: || {
            Word::default().lines("Câu 1. Một?\n{red|A. a}\n{blue|B. b}\n{blue|C. c}\nCâu 2. Hai?\n{blue|A. a}\n{red|B. b}\n{blue|C. c}")
        },
        expected: "1 Một? | A* a | B b | C c\n2 Hai? | A a | B* b | C c",
        faults: &[],
    },
    Case {
        claim: "highlighted or on a coloured ground",
        document: || Word::default().lines("Câu 1. Một?\n{hl|A. a}\nB. b\nCâu 2. Hai?\nA. a\n{shade|B. b}"),
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "italic",
        document: || Word::default().lines("Câu 1. Một?\n{i|A. a}\nB. b\nCâu 2. Hai?\nA. a\n{i|B. b}"),
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "bold and red at once",
        document: || {
            Word::default().lines("Câu 1. Một?\n{b red|A. a}\nB. b\nCâu 2. Hai?\nA. a\n{b red|B. b}")
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "a character style makes the key, a paragraph style the numbers",
        document: || {
            Word::default()
                .numbering(&(list(3, &[("decimal", "Câu %1:")]) + &num(7, 3, false)))
                .raw_p("<w:pStyle w:val=\"Cau\"/>", &runs("Một?"))
                .lines("{strong|A. a}\nB. b")
                .raw_p("<w:pStyle w:val=\"Cau\"/>", &runs("Hai?"))
                .lines("A. a\n{strong|B. b}")
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "automatic numbers and letters, with a key in bold",
        document: || automatic(["b", "b"]),
        expected: AUTOMATIC,
        faults: &[],
    },
    Case {
        claim: "automatic numbers and letters, with a key in colour",
        document: || automatic(["red", "red"]),
        expected: AUTOMATIC,
        faults: &[],
    },
    Case {
        claim: "one list of two levels, small letters, no sign behind the number",
        document: || {
            Word::default()
                .numbering(&(list(1, &[("decimal", "%1"), ("lowerLetter", "%2)")]) + &num(1, 1, false)))
                .item(1, 0, "Một?")
                .item(1, 1, "{b|a}")
                .item(1, 1, "b")
                .item(1, 0, "Hai?")
                .item(1, 1, "a")
                .item(1, 1, "{b|b}")
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "parts with Roman numbers, questions counted on",
        document: || {
            Word::default()
                .numbering(
                    &(list(1, &[("upperRoman", "%1.")])
                        + &list(2, &[("decimal", "%1.")])
                        + &num(1, 1, false)
                        + &num(2, 2, false)),
                )
                .item(1, 0, "LỊCH SỬ")
                .item(2, 0, "Một?")
                .lines("{b|A. a}\nB. b")
                .item(1, 0, "ĐỊA LÝ")
                .item(2, 0, "Hai?")
                .lines("A. a\n{b|B. b}")
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "options on one line by tabs and spaces",
        document: || Word::default().lines("Câu 1. Một?\n{b|A. a}\tB. b\nCâu 2. Hai?\nA. a     {b|B. b}"),
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "soft breaks instead of paragraphs",
        document: || {
            Word::default()
                .p("Câu 1. Một?\n{b|A. a}\nB. b")
                .p("Câu 2. Hai?\nA. a\n{b|B. b}")
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "options in a table of two by two, by rows and by columns",
        document: || {
            Word::default()
                .p("Câu 1. Một?")
                .table(&[&["A. a", "{b|B. b}"], &["C. c", "D. d"]])
                .p("Câu 2. Hai?")
                .table(&[&["A. a", "C. c"], &["B. b", "{b|D. d}"]])
        },
        expected: "1 Một? | A a | B* b | C c | D d\n2 Hai? | A a | B b | C c | D* d",
        faults: &[],
    },
    Case {
        claim: "options in one row, and labels in cells of their own",
        document: || {
            Word::default()
                .p("Câu 1. Một?")
                .table(&[&["A. a", "B. b", "{b|C. c}"]])
                .p("Câu 2. Hai?")
                .table(&[&["A.", "a"], &["B.", "{b|b}"], &["C.", "c"]])
        },
        expected: "1 Một? | A a | B b | C* c\n2 Hai? | A a | B* b | C c",
        faults: &[],
    },
    Case {
        claim: "a paper in a table, with the number and the key in columns",
        document: || {
            Word::default().table(&[
                &["STT", "Nội dung", "Đáp án"],
                &["1", "Một?\nA. a\nB. b", "A"],
                &["2", "Hai?\nA. a\nB. b", "B"],
            ])
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "an answer table of Word by rows",
        document: || {
            Word::default()
                .lines("Câu 1. Một?\nA. a\nB. b\nCâu 2. Hai?\nA. a\nB. b\nHẾT\nBẢNG ĐÁP ÁN")
                .table(&[&["Câu", "1", "2"], &["Đáp án", "A", "B"]])
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "an answer table of Word by columns, and one of pairs",
        document: || {
            Word::default()
                .lines("Câu 1. Một?\nA. a\nB. b\nCâu 2. Hai?\nA. a\nB. b\nCâu 3. Ba?\nA. a\nB. b")
                .table(&[&["Câu", "Đáp án"], &["1", "A"], &["2", "B"]])
                .table(&[&["3-B"]])
        },
        expected: "1 Một? | A* a | B b\n2 Hai? | A a | B* b\n3 Ba? | A a | B* b",
        faults: &[],
    },
    Case {
        claim: "emphasis, raised and lowered letters are kept",
        document: || {
            Word::default()
                .lines(
                    "Câu 1. Ý nào {b|không} đúng về km{sup|2} và H{sub|2}O?\n{u|A. {i|a}}"
                        .replace("{u|A. {i|a}}", "{u|A. a}")
                        .as_str(),
                )
                .lines("B. 5 km{sup|2}\nCâu 2. Báo {i|Việt Nam độc lập} là gì?\nA. a\n{u|B. b}")
        },
        expected: "1 Ý nào **không** đúng về km^2^ và H~2~O? | A* a | B 5 km^2^\n2 Báo *Việt Nam độc lập* là gì? | A a | B* b",
        faults: &[],
    },
    Case {
        claim: "the key leaves no trace in the texts",
        document: || Word::default().lines("Câu 1. Một?\n{b i|A. a}\nB. b\nCâu 2. Hai?\nA. a\n{b i|B. b}"),
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "tracked changes as accepted, with a word",
        document: || {
            let changed = format!(
                "{}<w:del w:id=\"1\" w:author=\"x\"><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins w:id=\"2\">{}</w:ins>\
                 <w:moveFrom w:id=\"3\">{}</w:moveFrom>",
                run("", "Câu 1. "),
                run("", "Một?"),
                run("", "đã chuyển")
            );
            let deleted = "<w:rPr><w:del w:id=\"4\"/></w:rPr>";
            Word::default()
                .raw_p("", &changed)
                .lines("{b|A. a}\nB. b")
                .raw_p(deleted, &runs("Câu 2. "))
                .lines("Hai?\nA. a\n{b|B. b}")
        },
        expected: TWO,
        faults: &["paper-tracked@p1"],
    },
    Case {
        claim: "an option that was deleted as a whole takes no letter",
        document: || {
            let lists = list(1, &[("decimal", "Câu %1.")]) + &list(2, &[("upperLetter", "%1.")]);
            let nums = num(1, 1, false) + &num(2, 2, false) + &num(3, 2, true);
            let place = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr><w:rPr><w:del w:id=\"1\"/></w:rPr>";
            let gone = "<w:del w:id=\"2\"><w:r><w:delText>cũ</w:delText></w:r></w:del>";
            Word::default()
                .numbering(&(lists + &nums))
                .item(1, 0, "Một?")
                .item(2, 0, "{b|a}")
                .raw_p(place, gone)
                .item(2, 0, "b")
                .item(1, 0, "Hai?")
                .item(3, 0, "a")
                .item(3, 0, "{b|b}")
        },
        expected: TWO,
        faults: &["paper-tracked@p2"],
    },
    Case {
        claim: "fields, links, content controls, smart tags",
        document: || {
            let content = format!(
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r><w:r>\
                 <w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
                 <w:hyperlink r:id=\"rId99\">{}</w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>\
                 <w:smartTag w:element=\"x\">{}</w:smartTag><w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>",
                run("", "một "),
                run("<w:u w:val=\"single\"/>", "hai "),
                run("", "ba "),
                run("", "bốn "),
                run("", "năm")
            );
            with("", &content)
        },
        expected: "1 Một? một hai ba bốn năm | A* a | B b\n2 Hai? | A a | B* b",
        faults: &[],
    },
    Case {
        claim: "signs of picture fonts, hyphens and entities",
        document: || {
            let sign = "<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r>";
            Word::default()
                .p("Câu 1. A & B < C?")
                .raw_p("", &format!("{sign}{}", runs(" A. a")))
                .raw_p("", "<w:r><w:t>B. b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>")
                .p("Câu 2. Hai?")
                .p("A. a")
                .raw_p("", &format!("{}{sign}", runs("B. b ")))
        },
        expected: "1 A & B < C? | A* a | B b-c\n2 Hai? | A a | B* b",
        faults: &[],
    },
    Case {
        claim: "an unknown sign is refused where it stands",
        document: || with("", "<w:r><w:sym w:font=\"Wingdings 3\" w:char=\"F021\"/></w:r>"),
        expected: "1 Một?⏎\u{fffd} | A* a | B b\n2 Hai? | A a | B* b",
        faults: &["hidden-character@p2 q1"],
    },
    Case {
        claim: "hidden text and footnotes are left out with a word, comments without",
        document: || {
            let mut word = Word::default();
            word.part(
                "footnotes",
                "word/footnotes.xml",
                b"<w:footnotes><w:footnote w:id=\"2\"><w:p><w:r><w:t>Theo s\xc3\xa1ch</w:t></w:r></w:p></w:footnote></w:footnotes>",
            );
            word.raw_p(
                "",
                &format!(
                    "{}<w:commentRangeStart w:id=\"1\"/><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:commentReference w:id=\"1\"/></w:r>",
                    runs("Câu 1. Một?{hide| ẩn}")
                ),
            )
            .lines("{b|A. a}\nB. b\nCâu 2. Hai?\nA. a\n{b|B. b}")
        },
        expected: TWO,
        faults: &["paper-hidden@p1 q1", "paper-footnote@p1 q1"],
    },
    Case {
        claim: "formulas, objects and charts refuse their question alone",
        document: || {
            let formula = format!(
                "{}<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>",
                runs("Câu 1. Tính ")
            );
            Word::default()
                .raw_p("", &formula)
                .lines("{b|A. a}\nB. b\nCâu 2. Hai?\nA. a")
                .raw_p(
                    "",
                    "<w:r><w:object><v:shape/><o:OLEObject ProgID=\"Equation.DSMT4\"/></w:object></w:r>",
                )
                .lines("{b|B. b}\nCâu 3. Ba?\n{b|A. a}\nB. b")
        },
        expected: "1 Tính x+1 | A a | B b\n2 Hai? | A a | B b\n3 Ba? | A* a | B b",
        faults: &["paper-equation@p1 q1", "paper-object@p6 q2"],
    },
    Case {
        claim: "text boxes with options are read, others named",
        document: || {
            let text_box = |text: &str| {
                format!(
                    "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wps:wsp><wps:txbx><w:txbxContent>\
                     <w:p>{0}</w:p></w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>\
                     <v:textbox><w:txbxContent><w:p>{0}</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
                    run("", text)
                )
            };
            Word::default()
                .raw_p("", &text_box("ĐỀ CHÍNH THỨC"))
                .raw_p("", &format!("{}{}", runs("Câu 1. Một?"), text_box("*A. a")))
                .lines("B. b\nCâu 2. Hai?")
                .raw_p("", &format!("{}{}", runs("A. a"), text_box("trang trí")))
                .p("*B. b")
        },
        expected: TWO,
        faults: &["paper-text-box@p5 q2"],
    },
    Case {
        claim: "questions in the header of the page",
        document: || {
            let mut word = Word::default();
            let header = "<w:hdr><w:p><w:r><w:t>Câu 9. Câu hỏi trong đầu trang?</w:t></w:r></w:p></w:hdr>";
            word.part("header", "word/header1.xml", header.as_bytes());
            let footer = "<w:ftr><w:p><w:r><w:t>Trang 1</w:t></w:r></w:p></w:ftr>";
            word.part("footer", "word/footer1.xml", footer.as_bytes());
            word.lines("Câu 1. Một?\n{b|A. a}\nB. b\nCâu 2. Hai?\nA. a\n{b|B. b}")
        },
        expected: TWO,
        faults: &["paper-margin@p1"],
    },
    Case {
        claim: "an embedded document is refused",
        document: || with("", "").raw("<w:altChunk r:id=\"rId5\"/>"),
        expected: TWO,
        faults: &["docx-chunk@p8"],
    },
    Case {
        claim: "fonts of the time before Unicode",
        document: || {
            Word::default().lines("Câu 1. {vn|N¨m nµo?}\n{b|A. a}\nB. b\nCâu 2. {vn|Hai ế?}\nA. a\n{b|B. b}")
        },
        expected: "1 N¨m nµo? | A* a | B b\n2 Hai ế? | A a | B* b",
        faults: &["paper-legacy-font@p1"],
    },
    Case {
        claim: "a picture belongs to its question and wants a text",
        document: || {
            Word::default()
                .p("Câu 1. Ảnh nào?")
                .picture(PNG, "Bản đồ")
                .lines("{b|A. a}\nB. b\nCâu 2. Ảnh gì?\nA. a\n{b|B. b}")
                .picture(PNG, "")
        },
        expected: "1 Ảnh nào? | A* a | B b\n2 Ảnh gì? | A a | B* b",
        faults: &["picture-no-alt@p8 q2"],
    },
    Case {
        claim: "pictures that cannot be shown",
        document: || {
            let mut word = Word::default();
            let emf = word.part("image", "word/media/a.emf", b"\x01\x00\x00\x00");
            let ok = word.part("image", "word/media/b.png", PNG);
            let vml = format!(
                "<w:r><w:pict><v:shape alt=\"x\"><v:imagedata r:id=\"{ok}\"/></v:shape></w:pict></w:r>"
            );
            word.raw_p(
                "",
                &format!("{}<w:r>{}</w:r>", runs("Câu 1. Một?"), drawing(&emf, "x")),
            )
            .lines("{b|A. a}\nB. b")
            .raw_p("", &format!("{}{vml}{vml}", runs("Câu 2. Hai?")))
            .lines("{b|A. a}\nB. b\nCâu 3. Ba?")
            .raw_p("", &format!("{}{vml}", runs("A. ")))
            .p("{b|B. b}")
            .raw_p(
                "",
                &format!("{}<w:r>{}</w:r>", runs("Câu 4. Bốn?"), drawing("rId77", "x")),
            )
            .lines("{b|A. a}\nB. b\nCâu 5. Năm?\n{b|A. a}\nB. b")
        },
        expected: "1 Một? | A a | B b\n2 Hai? | A* a | B b\n3 Ba? | A  | B b\n4 Bốn? | A a | B b\n5 Năm? | A* a | B b",
        faults: &[
            "picture-kind@p1 q1",
            "picture-in-option@p8 q3",
            "picture-missing@p10 q4",
        ],
    },
    Case {
        claim: "what the key gets wrong in looks",
        document: || {
            Word::default().lines(
                "Câu 1. Một?\n{b|A. a}\nB. b\nC. c\nCâu 2. Hai?\nA. a\nB. b\nCâu 3. Ba?\n{b|A. a}\n{b|B. b}\nCâu 4. Bốn?\n{b|A. a}\n{b|B. b}\nC. c\n\
                 Câu 5. Năm?\n{b|A. a}\nB. b\nCâu 6. Sáu?\nA. a\n{b|B. b}",
            )
        },
        expected: "1 Một? | A* a | B b | C c\n2 Hai? | A a | B b\n3 Ba? | A a | B b\n4 Bốn? | A* a | B* b | C c\n5 Năm? | A* a | B b\n6 Sáu? | A a | B* b",
        faults: &[
            "paper-key-none@p5 q2",
            "paper-key-all@p9 q3",
            "paper-key-several@p12 q4",
        ],
    },
    Case {
        claim: "a look that disagrees with the answer table",
        document: || {
            Word::default()
                .lines("Câu 1. Một?\n{b|A. a}\nB. b\nCâu 2. Hai?\nA. a\n{b|B. b}\nCâu 3. Ba?\n{b|A. a}\nB. b\nCâu 4. Bốn?\n{b|A. a}\nB. b")
                .table(&[&["1", "2", "3", "4"], &["A", "A", "A", "A"]])
        },
        expected: "1 Một? | A* a | B b\n2 Hai? | A a | B b\n3 Ba? | A* a | B b\n4 Bốn? | A* a | B b",
        faults: &["paper-key-disagrees@t1r2c2 q2"],
    },
    Case {
        claim: "tables in tables, and faults in their cells",
        document: || {
            let inner = table(&[&["A. a", "{b|B. b}"], &["D. d", ""]]);
            Word::default()
                .raw(&format!(
                    "<w:tbl><w:tr><w:tc><w:p>{}</w:p>{inner}<w:p/></w:tc></w:tr></w:tbl>",
                    runs("Câu 1. Một?")
                ))
                .lines("Câu 2. Hai?\nA. a\n{b|B. b}")
        },
        expected: "1 Một? | A a | B b\n2 Hai? | A a | B* b",
        faults: &["paper-option-order@t2r2c1 q1"],
    },
    Case {
        claim: "names, quotations and combined options in Word",
        document: || {
            Word::default().lines(
                "Câu 1. V. I. Lênin và C. Mác đều viết gì?\n{b|A. Sách}\nB. C. Mác\nC. Cả A và B\nCâu 2. Chữ “A. ” là gì?\nA. a\n{b|B. b}\nC. Tất cả các phương án trên",
            )
        },
        expected: "1 V. I. Lênin và C. Mác đều viết gì? | A* Sách | B C. Mác | C! Cả A và B\n2 Chữ “A. ” là gì? | A a | B* b | C! Tất cả các phương án trên",
        faults: &["pin-names-letters@p4 q1", "pin-names-place@p8 q2"],
    },
    Case {
        claim: "text crossed out, remarks and drawn shapes are told, shapes of the title page are not",
        document: || {
            let mut word = Word::default();
            let comments = "<w:comments><w:comment w:id=\"1\"><w:p><w:r><w:t>Xem lại</w:t></w:r></w:p></w:comment></w:comments>";
            word.part("comments", "word/comments.xml", comments.as_bytes());
            let circle =
                "<w:r><w:drawing><wp:anchor><wps:wsp><wps:spPr/></wps:wsp></wp:anchor></w:drawing></w:r>";
            let remark = "<w:r><w:commentReference w:id=\"1\"/></w:r>";
            word.raw_p("", circle)
                .raw_p("", &format!("{}{remark}", runs("Câu 1. Một?")))
                .lines("{b|A. a}\nB. b\nCâu 2. Hai?")
                .raw_p("", &format!("{}{circle}", runs("A. a")))
                .lines("{b|B. b}\nCâu 3. Ba?\nA. {strike|a}\n{b|B. b}")
        },
        expected: "1 Một? | A* a | B b\n2 Hai? | A a | B* b\n3 Ba? | A a | B* b",
        faults: &["paper-comment@p2 q1", "paper-shape@p6 q2", "paper-struck@p9 q3"],
    },
    Case {
        claim: "an answer crossed out in the table would count like the new one",
        document: || {
            Word::default()
                .lines("Câu 1. Một?\nA. a\nB. b\nC. c\nCâu 2. Hai?\nA. a\nB. b\nC. c")
                .table(&[&["1", "2"], &["{strike|A}B", "B"]])
        },
        expected: "1 Một? | A* a | B* b | C c\n2 Hai? | A a | B* b | C c",
        faults: &["paper-struck@t1r2c1"],
    },
    Case {
        claim: "an answer table whose heading takes two columns",
        document: || {
            let cell = |settings: &str, text: &str| {
                format!(
                    "<w:tc><w:tcPr>{settings}</w:tcPr><w:p>{}</w:p></w:tc>",
                    runs(text)
                )
            };
            let two = "<w:gridSpan w:val=\"2\"/>";
            let above = [cell(two, "Câu"), cell("", "1"), cell("", "2")].concat();
            let below = [cell("", "Đáp án"), cell("", ""), cell("", "A"), cell("", "B")].concat();
            Word::default()
                .lines("Câu 1. Một?\nA. a\nB. b\nCâu 2. Hai?\nA. a\nB. b")
                .raw(&format!(
                    "<w:tbl><w:tr>{above}</w:tr><w:tr>{below}</w:tr></w:tbl>"
                ))
        },
        expected: TWO,
        faults: &[],
    },
    Case {
        claim: "a formula in a text box refuses its question",
        document: || {
            let content = "<w:r><w:drawing><wp:anchor><wps:wsp><wps:txbx><w:txbxContent><w:p><m:oMath><m:r><m:t>x2</m:t></m:r></m:oMath>\
                           </w:p></w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></w:r>";
            Word::default()
                .raw_p("", &format!("{}{content}", runs("Câu 1. Một?")))
                .lines("{b|A. a}\nB. b\nCâu 2. Hai?\n{b|A. a}\nB. b\nCâu 3. Ba?\n{b|A. a}\nB. b")
        },
        expected: "1 Một? | A a | B b\n2 Hai? | A* a | B b\n3 Ba? | A* a | B b",
        faults: &["paper-text-box@p1 q1", "paper-equation@p1 q1"],
    },
    Case {
        claim: "a document within the document is refused",
        document: || with("", "<w:subDoc r:id=\"rId9\"/>"),
        expected: TWO,
        faults: &["docx-chunk@p2 q1"],
    },
    Case {
        claim: "letters and marks apart over the border of runs",
        document: || {
            Word::default()
                .lines("Câu 1. Mo\u{323}{i|\u{302}}t?\n{b|A. a}\nB. b\nCâu 2. Hai?\nA. a\n{b|B. b}")
        },
        expected: "1 Một? | A* a | B b\n2 Hai? | A a | B* b",
        faults: &["paper-decomposed@p1"],
    },
];

fn read(case: &Case) -> PaperReading {
    read_docx("de-thi.docx", &(case.document)().bytes(), None)
}

#[test]
fn every_layout_of_word_reads_as_expected() {
    let mut wrong = Vec::new();
    for case in CASES {
        let reading = read(case);
        let (found, faults) = (shown(&reading), places(&reading.faults));
        if found != case.expected || faults != case.faults {
            wrong.push(format!(
                "{}\n{found}\n--- expected\n{}\n{faults:?}\n",
                case.claim, case.expected
            ));
        }
    }
    assert!(CASES.len() >= 38);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pictures_are_handed_over_with_their_questions() {
    let paper = Word::default()
        .p("Câu 1. Ảnh nào?")
        .picture(PNG, "Bản đồ")
        .picture(PNG, "Bản đồ thứ hai")
        .lines("{b|A. a}\nB. b\nCâu 2. Ảnh gì?\nA. a\n{b|B. b}");
    let reading = read_docx("x.docx", &paper.bytes(), None);
    let set = &reading.loaded.as_ref().unwrap().set;
    let shown: Vec<_> = reading
        .images
        .iter()
        .map(|image| (image.content_type, image.alt.as_deref(), image.questions.clone()))
        .collect();
    assert_eq!(
        shown,
        [
            ("image/png", Some("Bản đồ"), vec![1]),
            ("image/png", Some("Bản đồ thứ hai"), vec![1])
        ]
    );
    assert_eq!(reading.images[0].bytes, PNG);
    let media = &set.questions[0].media;
    assert_eq!(media[0].file, reading.images[0].name);
    assert_eq!(media[0].stored, Some(reading.contents[0].stored.clone()));
    let words: Vec<_> = media.iter().map(|media| media.alt.as_deref()).collect();
    assert_eq!(words, [Some("Bản đồ"), Some("Bản đồ thứ hai")]);
    assert_eq!(reading.questions[0].media, *media);
    // Both are the same picture, which is kept once.
    assert_eq!(reading.contents.len(), 1);
}

#[test]
fn a_document_reads_like_the_same_text_pasted() {
    let lines = "Câu 1. Một?\nA. a\n*B. b\nC. c\nCâu 2: Hai (VD)?\n*A. 1\tB. 2\nLời giải: vì";
    let pasted = read_pasted("x.txt", lines, None);
    let word = read_docx("x.docx", &Word::default().lines(lines).bytes(), None);
    assert_eq!(shown(&pasted), shown(&word));
    assert_eq!(pasted.loaded, word.loaded);
    assert!(pasted.loaded.is_some());
}

/// The faults of all cases.
pub(super) fn faults() -> Vec<Fault> {
    CASES.iter().flat_map(|case| read(case).faults).collect()
}
