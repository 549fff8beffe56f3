//! One mistake after the other in a good contest: each gives its fault, at its line and column, and no other.
//!
//! In the replacement text `«` stands where a fault is expected; the codes follow in the order of the file.

use super::*;
use crate::i18n::Lang;
use std::collections::BTreeSet;

/// File, text to replace, replacement with marks, codes in order.
pub(super) type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

pub(super) const C: &str = "contest.toml";
pub(super) const U: &str = "units.csv";
const L: &str = "questions/lich-su.toml";
const Q: &str = "questions/que-huong.toml";

const CASES: &[Case] = &[
    // shape
    (C, "hotline =", "«hotlne =", &["unknown-key"]),
    (
        C,
        "[prize_total]",
        "[«giai_thuong]\n[prize_total]",
        &["unknown-key"],
    ),
    (
        C,
        "level = \"easy\", count = 1",
        "«levels = \"easy\", count = 1",
        &["unknown-key"],
    ),
    (C, "min_age = 12", "min_age = «\"12\"", &["wrong-type"]),
    (
        C,
        "shuffle = { questions = true, options = true }",
        "shuffle = «true",
        &["wrong-type"],
    ),
    (C, "options = true }", "options = «1 }", &["wrong-type"]),
    (
        C,
        "order = [\"score desc\", \"prediction_error asc\", \"duration asc\", \"submitted_at asc\"]",
        "order = «\"score desc\"",
        &["wrong-type"],
    ),
    (
        C,
        "[contest]\ntitle = \"Tìm hiểu lịch sử tỉnh nhà\"",
        "«[contest]",
        &["missing-key"],
    ),
    (
        C,
        "[[round]]\nnumber = 2\ntitle = \"Tuần 2\"",
        "«[[round]]\nnumber = 2",
        &["missing-key"],
    ),
    (
        C,
        "{ set = \"que-huong\", count = 1 }",
        "«{ set = \"que-huong\" }",
        &["missing-key"],
    ),
    (C, "accent = \"hoi\"", "accent = «\"hồng\"", &["unknown-value"]),
    (C, "counts = \"best\"", "counts = «\"bets\"", &["unknown-value"]),
    (C, "tie = \"board\"", "tie = «\"split\"", &["unknown-value"]),
    (
        C,
        "per_round = 3",
        "per_round = «\"unlimted\"",
        &["unknown-value"],
    ),
    (C, "per_round = 3", "per_round = «0", &["out-of-range"]),
    (C, "min_age = 12", "min_age = «4", &["out-of-range"]),
    (
        C,
        "min_age = 12",
        "min_age = «99999999999999999999",
        &["out-of-range"],
    ),
    (C, "points = 10", "points = «0", &["out-of-range"]),
    (C, "count = 2 }", "count = «0 }", &["out-of-range"]),
    (
        C,
        "places = 2",
        "places = «0",
        &["out-of-range", "prize-total", "prize-total"],
    ),
    (C, "points = 10\n", "", &["missing-key"]),
    (
        C,
        "order = [\"score desc\", \"prediction_error asc\", \"duration asc\", \"submitted_at asc\"]\n",
        "",
        &["missing-key"],
    ),
    (
        C,
        "fields = { required = [\"full_name\", \"birth_date\", \"phone\", \"unit\"], optional = [\"national_id\", \"email\"] }\n",
        "",
        &["missing-key"],
    ),
    // syntax
    (C, "accent = \"hoi\"", "accent = «hoi", &["syntax"]),
    (C, "accent = \"hoi\"", "accent = «“hoi”", &["syntax"]),
    (C, "accent = \"hoi\"", "accent = «\"hoi", &["syntax"]),
    (C, "accent = \"hoi\"", "accent = \"h«\\qoi\"", &["syntax"]),
    (C, "points = 10", "points = 10\n«points = 11", &["syntax"]),
    (
        C,
        "opens = \"2023-04-10T08:00:00+07:00\"",
        "opens = «2023-04-31T08:00:00+07:00",
        &["syntax"],
    ),
    // text
    (
        C,
        "hotline = \"0205 000 000 (giờ hành chính)\"",
        "hotline = «\"  \"",
        &["empty-text"],
    ),
    (
        C,
        "title = \"Tuần 1\"",
        "title = «\"Tuần thứ một của cuộc thi, Tuần thứ một của cuộc thi, Tuần thứ một của cuộc thi, Tuần thứ một của cuộc thi, Tuần thứ một của cuộc thi, Tuần thứ một của cuộc thi, Tuần thứ một của cuộc thi, Tuần thứ một của cuộc thi\"",
        &["text-too-long"],
    ),
    (
        C,
        "title = \"Tuần 1\"",
        "title = \"Tua«\u{302}\u{300}n 1\"",
        &["not-nfc"],
    ),
    (
        C,
        "title = \"Tuần 1\"",
        "title = \"Tuần«\u{200b} 1\"",
        &["hidden-character"],
    ),
    (
        C,
        "title = \"Tuần 1\"",
        "title = «\"Tu\\u0007ần 1\"",
        &["hidden-character"],
    ),
    (
        C,
        "title = \"Tuần 1\"",
        "title = \"Tuần«\u{a0}1\"",
        &["odd-space"],
    ),
    (Q, "id = \"que-huong\"", "id = «\"Quê hương\"", &["bad-slug"]),
    // time
    (C, "\"2024-06-30\"", "«\"30/6/2024\"", &["bad-date"]),
    (
        C,
        "opens = \"2023-04-03T08:00:00+07:00\"",
        "opens = «\"8 giờ ngày 3/4\"",
        &["bad-moment"],
    ),
    (
        C,
        "opens = \"2023-04-03T08:00:00+07:00\"",
        "opens = «\"2023-04-03T08:00:00\"",
        &["no-offset"],
    ),
    (
        C,
        "time_limit = \"15m\"",
        "time_limit = «\"15 phút\"",
        &["bad-duration"],
    ),
    (
        C,
        "time_limit = \"15m\"",
        "time_limit = «\"29s\"",
        &["duration-range"],
    ),
    (C, "wait = \"0m\"", "wait = «\"721h\"", &["duration-range"]),
    // fields
    (C, "\"national_id\"", "«\"phone\"", &["field-twice"]),
    (
        C,
        "\"national_id\"",
        "\"email\", «\"email\"",
        &["field-repeated", "field-repeated"],
    ),
    (
        C,
        "[\"full_name\", \"birth_date\", \"phone\", \"unit\"]",
        "«[\"full_name\", \"unit\"]",
        &["fields-always"],
    ),
    (C, "\"national_id\"", "«\"cccd\"", &["unknown-value"]),
    // rounds
    (C, "number = 2", "number = «1", &["round-duplicate"]),
    (C, "number = 2", "number = «4", &["round-gap"]),
    (C, "number = 1", "number = «3", &["round-gap", "round-order"]),
    (
        C,
        "closes = \"2023-04-10T07:00:00+07:00\"",
        "closes = «\"2023-04-03T08:00:00+07:00\"",
        &["round-reversed"],
    ),
    (
        C,
        "opens = \"2023-04-10T08:00:00+07:00\"",
        "opens = «\"2023-04-09T08:00:00+07:00\"",
        &["rounds-overlap"],
    ),
    (
        C,
        "opens = \"2023-04-10T08:00:00+07:00\"\ncloses = \"2023-04-17T07:00:00+07:00\"",
        "opens = «\"2023-04-01T08:00:00+07:00\"\ncloses = \"2023-04-02T07:00:00+07:00\"",
        &["round-before"],
    ),
    // paper
    (
        C,
        "[\n  { set = \"lich-su\", level = \"easy\", count = 1 },\n  { set = \"lich-su\", count = 2 },\n  { set = \"que-huong\", count = 1 },\n]",
        "«[]",
        &["draw-empty"],
    ),
    (
        C,
        "{ set = \"que-huong\", count = 1 }",
        "{ set = «\"que-huog\", count = 1 }",
        &["unknown-set", "unused-set"],
    ),
    (C, "count = 2 }", "count = «3 }", &["draw-too-many"]),
    (
        C,
        "level = \"easy\", count = 1",
        "level = \"easy\", count = «2",
        &["draw-level-too-many"],
    ),
    (
        C,
        "level = \"easy\", count = 1",
        "level = \"medium\", count = «1",
        &["draw-level-too-many"],
    ),
    (
        C,
        "draw = [\n",
        "draw = «[\n  { set = \"lich-su\", count = «100 },\n",
        &["paper-too-long", "draw-too-many"],
    ),
    (
        C,
        "{ set = \"que-huong\", count = 1 }",
        "{ set = \"lich-su\", level = \"hard\", count = 1 }",
        &["draw-too-many", "unused-set"],
    ),
    (
        C,
        "level = \"easy\", count = 1 }",
        "level = \"easy\", count = 1, points = «0 }",
        &["out-of-range"],
    ),
    (
        C,
        "{ set = \"lich-su\", count = 2 }",
        "{ set = \"lich-su\", count = 2, points = «20 }",
        &["draw-points-mixed"],
    ),
    // ranking
    (
        C,
        "{ set = \"que-huong\", count = 1 },\n]\npoints = 10",
        "{ set = \"que-huong\", count = 1, points = 5 },\n]\npoints = 10",
        &["gate-above-maximum"],
    ),
    (
        C,
        "counted = \"of-counted-attempt\"",
        "counted = \"of-counted-attempt\"\nasked = «\"afterwards\"",
        &["unknown-value"],
    ),
    (
        C,
        "counted = \"of-counted-attempt\"",
        "counted = \"last\"\npoints = «[ { within = 0, points = 5 } ]",
        &["prediction-twice", "gate-by-prediction"],
    ),
    (
        C,
        "counted = \"of-counted-attempt\"",
        "counted = \"of-counted-attempt\"\npoints = «[ { within = 0, points = 5 } ]",
        &["prediction-points-best", "prediction-twice", "gate-by-prediction"],
    ),
    (
        C,
        "counted = \"of-counted-attempt\"",
        "counted = \"last\"\npoints = «[ { within = 5, points = 5 }, { within = 9, points = 5 } ]",
        &["prediction-bands", "prediction-twice", "gate-by-prediction"],
    ),
    (
        C,
        "counted = \"of-counted-attempt\"",
        "counted = \"last\"\npoints = [ { within = 0, points = «0 } ]",
        &["out-of-range"],
    ),
    (
        C,
        "counted = \"of-counted-attempt\"",
        "counted = \"last\"\npoints = [ «{ within = 0 } ]",
        &["missing-key"],
    ),
    (C, "min_score = 40", "min_score = «41", &["gate-above-maximum"]),
    (
        C,
        "order = [\"score desc\", \"prediction_error asc\", \"duration asc\", \"submitted_at asc\"]",
        "order = «[]",
        &["order-empty"],
    ),
    (C, "\"duration asc\"", "«\"score desc\"", &["order-duplicate"]),
    (C, "\"duration asc\"", "«\"duration\"", &["order-direction"]),
    (C, "\"duration asc\"", "«\"duration up\"", &["order-direction"]),
    (C, "\"duration asc\"", "«\"durations asc\"", &["unknown-value"]),
    (C, "\"score desc\"", "«\"score asc\"", &["order-unusual"]),
    (
        C,
        "[prediction]\nasks = \"attempts-in-round\"\ncounted = \"of-counted-attempt\"\n",
        "",
        &["order-without-prediction"],
    ),
    (C, "\"prediction_error asc\", ", "", &["prediction-unused"]),
    (
        C,
        "[prediction]\nasks = \"attempts-in-round\"\n",
        "«[prediction]\n",
        &["missing-key"],
    ),
    // prizes
    (
        C,
        "name = \"Giải Nhì\"",
        "name = «\"giải nhất\"",
        &["prize-duplicate"],
    ),
    (C, "places = 6", "places = «7", &["prize-total"]),
    (C, "value = 8_000_000", "value = «9_000_000", &["prize-total"]),
    (
        C,
        "value = 2_000_000",
        "value = «-1",
        &["out-of-range", "prize-total"],
    ),
    (C, "bloc = \"Huyện\"\n", "", &["rate-without-headcount"]),
    (C, "level = 1", "level = «3", &["level-too-deep"]),
    (C, "bloc = \"Huyện\"", "bloc = «\"Huyên\"", &["unknown-bloc"]),
    (C, "level = 1", "level = «2", &["nobody-competes"]),
    (C, "by = \"rate\"", "by = «\"ratio\"", &["unknown-value"]),
    (
        C,
        "places = 1\nby",
        "places = «3\nby",
        &["more-places-than-units"],
    ),
    (C, "min_rate = 0.5", "min_rate = «1.5", &["bad-rate"]),
    // units
    (U, "code,name", "«ma,name", &["unknown-column", "missing-column"]),
    (U, "headcount", "«head_count", &["unknown-column"]),
    (
        U,
        "valid_from,valid_to",
        "valid_from,«valid_from",
        &["column-duplicate"],
    ),
    (
        U,
        "CONGAN,Đảng bộ Công an tỉnh,,Lực lượng vũ trang,,,",
        "«CONGAN,Đảng bộ Công an tỉnh,,Lực lượng vũ trang,,,,x",
        &["row-length"],
    ),
    (U, "CONGAN,Đảng bộ Công an tỉnh", "CONGAN,«", &["empty-text"]),
    (U, "CONGAN", "«CÔNG AN", &["bad-unit-code"]),
    (U, "CONGAN", "«db-chilang", &["unit-duplicate"]),
    (
        U,
        "huyện Chi Lăng\",DB-CHILANG",
        "huyện Chi Lăng\",«DB-CHILAN",
        &["unknown-parent"],
    ),
    (
        U,
        "DB-CHILANG,Đảng bộ huyện Chi Lăng,",
        "DB-CHILANG,Đảng bộ huyện Chi Lăng,«CHILANG-TT",
        &["unit-cycle"],
    ),
    (
        U,
        "2000-01-01,2025-06-30",
        "2000-01-01,«1999-12-31",
        &["validity-reversed"],
    ),
    (U, "2000-01-01", "«1/1/2000", &["bad-date"]),
    (U, "1200", "«1.200", &["bad-headcount"]),
    (U, "1200", "«\"1200", &["syntax"]),
    // questions
    (Q, "id = \"que-huong\"", "id = «\"lich-su\"", &["set-duplicate"]),
    (
        Q,
        "[[question]]\nid = \"dinh-mau-son\"\ntext = \"Đỉnh núi cao nhất ở Lạng Sơn tên là gì?\"\noptions = [\"Phia Pò\", \"Phia Oắc\"]\nkey = \"A\"\n",
        "",
        &["draw-too-many", "no-questions"],
    ),
    (
        L,
        "id = \"cau-giu-cho\"",
        "id = «\"khoi-nghia-bac-son\"",
        &["question-duplicate"],
    ),
    (L, "level = \"hard\"", "level = «\"khó\"", &["unknown-value"]),
    (
        Q,
        "[\"Phia Pò\", \"Phia Oắc\"]",
        "«[\"Phia Pò\"]",
        &["option-count"],
    ),
    (
        Q,
        "[\"Phia Pò\", \"Phia Oắc\"]",
        "«[\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\"]",
        &["option-count"],
    ),
    (Q, "\"Phia Oắc\"", "«\"PHIA  PÒ.\"", &["option-duplicate"]),
    (Q, "\"Phia Oắc\"", "«\"Phia Pó\"", &["option-similar"]),
    (
        Q,
        "\"Phia Oắc\"",
        "«{ txt = \"Phia Oắc\" }",
        &["missing-key", "unknown-key"],
    ),
    (
        L,
        "\"Châu Bắc Sơn\", \"Châu Văn Uyên\"",
        "«{ text = \"Châu Bắc Sơn\", pin = true }, \"Châu Văn Uyên\"",
        &["pin-not-last"],
    ),
    (
        L,
        "{ text = \"Cả A và B\", pin = true }",
        "«\"Cả A và B\"",
        &["option-points-to-others"],
    ),
    (Q, "key = \"A\"", "key = «\"\"", &["key-empty"]),
    (Q, "key = \"A\"", "key = «[]", &["key-empty"]),
    (Q, "key = \"A\"", "key = «\"a\"", &["key-not-a-letter"]),
    (Q, "key = \"A\"", "key = «1", &["wrong-type"]),
    (Q, "key = \"A\"", "key = «\"C\"", &["key-beyond"]),
    (
        L,
        "key = [\"A\", \"B\"]",
        "key = [\"A\", «\"D\"]",
        &["key-beyond"],
    ),
    (
        L,
        "key = [\"A\", \"B\"]",
        "key = [\"A\", «\"A\"]",
        &["key-repeated"],
    ),
    (Q, "key = \"A\"", "key = «[\"A\", \"B\"]", &["key-all"]),
    (
        Q,
        "text = \"Đỉnh núi cao nhất ở Lạng Sơn tên là gì?\"",
        "text = «\"khởi nghĩa Bắc Sơn nổ ra vào ngày nào ?\"",
        &["stem-duplicate"],
    ),
    (
        Q,
        "text = \"Đỉnh núi cao nhất ở Lạng Sơn tên là gì?\"",
        "text = «\"Khởi nghĩa Bắc Sơn đã nổ ra vào ngày nào?\"",
        &["stem-similar"],
    ),
    (
        L,
        "source = \"Sách lịch sử tỉnh\"",
        "media = { file = «\"../../etc/passwd.png\", alt = \"x\" }",
        &["bad-media"],
    ),
    (
        L,
        "source = \"Sách lịch sử tỉnh\"",
        "media = { file = «\"media/khong-co.png\", alt = \"x\" }",
        &["media-missing"],
    ),
    (
        L,
        "source = \"Sách lịch sử tỉnh\"",
        "media = «\"media/khong-co.png\"",
        &["picture-no-alt", "media-missing"],
    ),
    (L, "source = \"Sách lịch sử tỉnh\"", "media = «3", &["wrong-type"]),
    (
        L,
        "source = \"Sách lịch sử tỉnh\"",
        "media = { file = «\"media/a.mp3\", «chu = \"x\" }",
        &["media-missing", "unknown-key"],
    ),
];

/// The text without its marks, and line and column of each.
fn marks(text: &str) -> (String, Vec<(u32, u32)>) {
    let (mut line, mut column, mut plain, mut found) = (1, 1, String::new(), Vec::new());
    for c in text.chars() {
        match c {
            '«' => {
                found.push((line, column));
                continue;
            }
            '\n' => (line, column) = (line + 1, 1),
            _ => column += 1,
        }
        plain.push(c);
    }
    (plain, found)
}

fn read_case(case: &Case) -> (Vec<Fault>, Vec<(u32, u32)>) {
    let tree = sample_with(case.0, case.1, case.2);
    let (plain, places) = marks(&text_of(&tree, case.0));
    let mut tree = tree;
    tree.add(case.0, plain);
    (read_contest(&tree).faults, places)
}

#[test]
fn every_mistake_gives_its_fault_at_its_place_and_no_other() {
    let mut wrong = Vec::new();
    for case in CASES
        .iter()
        .chain(super::access::CASES)
        .chain(super::rules::CASES)
        .chain(super::spread::CASES)
        .chain(super::essay::CASES)
        .chain(super::spread::ACCOUNTS)
    {
        let (faults, places) = read_case(case);
        let found: Vec<&Spot> = faults.iter().map(|fault| &fault.place.spot).collect();
        let here = faults.iter().filter(|fault| fault.file == case.0);
        let missed: Vec<_> = places
            .iter()
            .filter(|(line, column)| !here.clone().any(|f| f.place.spot == Spot::line(*line, *column)))
            .collect();
        if names(&faults) != case.3 || !missed.is_empty() {
            wrong.push(format!(
                "{:?}\n  expected {:?} at {places:?}\n  found    {:?} at {found:?}",
                case.2,
                case.3,
                names(&faults)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Faults that need a whole tree of their own, with the codes expected.
fn special() -> Vec<(&'static str, Reading)> {
    let mut cases = Vec::new();
    let mut with = |code: &'static str, change: &dyn Fn(&mut SourceTree)| {
        let mut tree = sample();
        change(&mut tree);
        cases.push((code, read_contest(&tree)));
    };
    with("phase-split", &|tree| *tree = super::rules::split_phase());
    with("missing-file", &|tree| drop(tree.files.remove("contest.toml")));
    with("missing-file", &|tree| drop(tree.files.remove("units.csv")));
    with("missing-file", &|tree| {
        tree.files.retain(|path, _| !path.starts_with("questions/"))
    });
    with("bad-directory", &|tree| tree.name = "Cuộc thi".to_owned());
    with("stray-file", &|tree| tree.note("questions/cau-hoi.docx"));
    with("file-too-large", &|tree| {
        tree.add("units.csv", vec![b' '; MAX_FILE_BYTES + 1])
    });
    with("not-utf8", &|tree| {
        tree.add(
            "questions/que-huong.toml",
            b"[set]\nid = \"\xd0\xb5\xff\"".to_vec(),
        )
    });
    with("too-many-faults", &|tree| {
        tree.add("units.csv", format!("code,name\n{}", "Đ,x\n".repeat(600)))
    });
    with("no-units", &|tree| tree.add("units.csv", "code,name\n"));
    with("no-units", &|tree| tree.add("units.csv", ""));
    with("too-many-entries", &|tree| {
        let rows: String = (0..=10_000).map(|n| format!("U{n},Đơn vị {n}\n")).collect();
        tree.add("units.csv", format!("code,name\n{rows}"));
    });
    with("unit-too-deep", &|tree| {
        let rows: String = (1..=12)
            .map(|n| format!("U{n},Đơn vị {n},U{}\n", n - 1))
            .collect();
        tree.add("units.csv", format!("code,name,parent\nU0,Gốc,\n{rows}"));
    });
    with("unit-too-deep", &|tree| {
        let rows: String = (0..200)
            .map(|n| format!("U{n},Đơn vị {n},U{}\n", (n + 1) % 200))
            .collect();
        tree.add("units.csv", format!("code,name,parent\n{rows}"));
    });
    with("no-unit-on-days", &|tree| {
        tree.add(
            "units.csv",
            "code,name,bloc,headcount,valid_from\nA,Xã A,Huyện,5,2025-07-01\n",
        );
    });
    with("no-rounds", &|tree| {
        let text = text_of(tree, "contest.toml");
        tree.add("contest.toml", text.split("[[round]]").next().unwrap().to_owned());
    });
    with("prize-same-ranking", &|tree| {
        let text = text_of(tree, "contest.toml");
        let one_round = text
            .rsplit_once("[[round]]")
            .unwrap()
            .0
            .replace("places = 6", "places = 4")
            .replace("value = 8_000_000", "value = 5_000_000");
        tree.add("contest.toml", format!("{one_round}\n[[prize]]\nscope = \"contest\"\nname = \"Giải Chung cuộc\"\nplaces = 1\nvalue = 1_000_000\n"));
    });
    with("too-many-questions", &|tree| {
        for file in 0..3 {
            let rows: String = (0..7_000)
                .map(|n| {
                    format!(
                        "[[question]]\nid=\"c{n}\"\ntext=\"{file} {n}?\"\noptions=[\"1\",\"2\"]\nkey=\"A\"\n"
                    )
                })
                .collect();
            tree.add(
                format!("questions/s{file}.toml"),
                format!("[set]\nid = \"s{file}\"\ntitle = \"S\"\n{rows}"),
            );
        }
    });
    let lists = super::spread::trees().into_iter();
    cases.extend(lists.map(|(code, tree)| (code, read_contest(&tree))));
    cases
}

#[test]
fn faults_of_whole_files_are_found() {
    for (code, reading) in special() {
        assert!(
            names(&reading.faults).contains(&code),
            "{code}: {:?}",
            names(&reading.faults)
        );
        assert_eq!(
            reading.loaded.is_none(),
            reading
                .faults
                .iter()
                .any(|fault| fault.severity == Severity::Error)
        );
    }
}

/// Of each reader of foreign formats, the faults that its own tests show.
const FOREIGN: &[fn() -> Vec<Fault>] = &[
    crate::bank::accounts::tests::faults,
    crate::bank::pins::tests::faults,
    crate::bank::sheet::tests::faults,
    crate::bank::formats_tests::faults,
    crate::bank::print::tests::faults,
    crate::bank::paper::tests::faults,
    crate::bank::exchange::tests::faults,
    crate::bank::media::tests::faults,
    crate::bank::official_tests::faults,
];

#[test]
fn every_fault_of_the_list_is_tested_and_speaks_both_languages() {
    let mut seen = BTreeSet::new();
    let all = CASES
        .iter()
        .chain(super::access::CASES)
        .chain(super::rules::CASES)
        .chain(super::spread::CASES)
        .chain(super::essay::CASES)
        .chain(super::spread::ACCOUNTS)
        .flat_map(|case| read_case(case).0)
        .chain(special().into_iter().flat_map(|(_, r)| r.faults))
        .chain(FOREIGN.iter().flat_map(|faults| faults()));
    for fault in all {
        for lang in Lang::ALL {
            for text in [fault.message(lang), fault.suggestion(lang)] {
                assert!(
                    !text.starts_with("fault-") && !text.contains("{$") && text.chars().count() > 5,
                    "{text}"
                );
            }
        }
        seen.insert(fault.code.name());
    }
    let untested: Vec<_> = FaultCode::NAMES
        .iter()
        .filter(|name| !seen.contains(*name))
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}

#[test]
fn all_faults_of_all_files_are_found_at_once() {
    let mut tree = sample();
    for (path, from, to) in [
        (C, "min_age = 12", "min_age = 3"),
        (C, "accent = \"hoi\"", "accent = \"do\""),
        (C, "counts = \"best\"", "counts = best"),
        (C, "number = 2", "number = 3"),
        (U, "1200", "nhiều"),
        (L, "key = [\"A\", \"B\"]", "key = \"F\""),
        (L, "id = \"cau-giu-cho\"", "id = cau-giu-cho"),
        (Q, "key = \"A\"", "key = \"\""),
    ] {
        let text = text_of(&tree, path).replacen(from, to, 1);
        tree.add(path, text);
    }
    let reading = read_contest(&tree);
    let expected = [
        "out-of-range",
        "unknown-value",
        "syntax",
        "round-gap",
        "bad-headcount",
        "key-beyond",
        "syntax",
        "key-empty",
    ];
    assert_eq!(names(&reading.faults), expected);
    assert!(reading.loaded.is_none());
}

#[test]
fn a_list_or_text_that_is_never_closed_is_one_fault() {
    for (from, to) in [
        ("options = true }\n", "options = true\n"),
        ("Mỗi người thi nhiều nhất ba lượt mỗi tuần.\n\"\"\"", "Mỗi người"),
    ] {
        let reading = read_contest(&sample_with(C, from, to));
        assert_eq!(names(&reading.faults), ["syntax"], "{to}");
    }
    let reading = read_contest(&sample_with(
        L,
        "{ text = \"Cả A và B\", pin = true },\n]",
        "\"Quốc lộ 279\",",
    ));
    assert_eq!(names(&reading.faults), ["syntax"]);
}

#[test]
fn a_warning_does_not_stop_the_load() {
    let reading = read_contest(&sample_with(Q, "\"Phia Oắc\"", "\"Phia Pó\""));
    assert_eq!(names(&reading.faults), ["option-similar"]);
    assert!(reading.loaded.is_some());
    let decomposed = read_contest(&sample_with(
        C,
        "title = \"Tuần 1\"",
        "title = \"Tua\u{302}\u{300}n 1\"",
    ));
    assert_eq!(decomposed.loaded.unwrap().definition.rounds[0].title, "Tuần 1");
}

#[test]
fn the_machine_form_has_exactly_the_fields_of_the_contract() {
    let reading = read_contest(&sample_with(L, "key = [\"A\", \"B\"]", "key = [\"A\", \"D\"]"));
    let json = serde_json::to_value(faults_json(&reading.faults, Lang::Vi)).unwrap();
    let expected = serde_json::json!([{
        "severity": "error",
        "code": "key-beyond",
        "file": "questions/lich-su.toml",
        "place": "dòng 18, cột 13, câu 2 (cau-hai-dap-an)",
        "excerpt": "\"D\"",
        "message": "Đáp án là D, nhưng phương án cuối cùng là C.",
        "suggestion": "Chọn chữ cái từ A đến C, hoặc thêm phương án.",
    }]);
    assert_eq!(json, expected);
    assert_eq!(
        reading.faults[0].place.text(Lang::En),
        "line 18, column 13, question 2 (cau-hai-dap-an)"
    );
}

#[test]
fn the_terminal_form_shows_the_line_and_points_at_the_mistake() {
    let reading = read_contest(&sample_with(C, "accent = \"hoi\"", "accent = \"hop\""));
    let expected = "\
contest.toml: 1 lỗi, 0 cảnh báo
  contest.toml:13:10
    lỗi[unknown-value]: “hop” không phải giá trị của “accent”.
       |
    13 | accent = \"hop\"
       |          ^^^^^
       = cách sửa: Có phải ý là “hoi”? Các giá trị dùng được: cham, hoi, dao.

Không nạp được: 1 lỗi, 0 cảnh báo trong 4 câu.
";
    assert_eq!(
        render_faults(&reading.faults, reading.questions, Lang::Vi),
        expected
    );
    assert_eq!(summary(&[], 230, Lang::Vi), "Đạt: 230 câu, không có lỗi.");
    assert_eq!(
        summary(&reading.faults, 1, Lang::En),
        "Cannot be loaded: 1 error, 0 warnings in 1 questions."
    );
}
