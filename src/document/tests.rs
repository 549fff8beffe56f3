use super::*;
use crate::domain::catalog::Contest;
use crate::domain::collective::UnitFigures;
use crate::domain::contest::*;
use crate::domain::ids::*;
use crate::domain::unit::{Unit, UnitDefinition};
use crate::i18n::Lang;
use crate::store::results::*;
use calamine::{Data, Reader, Xlsx};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;
use time::OffsetDateTime;
use time::macros::{date, datetime};

const START: OffsetDateTime = datetime!(2023-04-03 01:00:00.5 UTC);
const ORIGIN: &str = "https://hoithi.example";

fn unit(id: i32, code: &str, name: &str, parent: Option<(i32, &str)>) -> Unit {
    let definition = UnitDefinition {
        code: code.into(),
        name: name.into(),
        parent: parent.map(|(_, code)| code.into()),
        bloc: None,
        headcount: parent.is_none().then_some(3),
        valid_from: None,
        valid_to: None,
        successor: None,
    };
    Unit {
        id: UnitId(id),
        definition,
        level: if parent.is_some() { 2 } else { 1 },
        ancestors: parent.map(|(id, _)| UnitId(id)).into_iter().collect(),
        folded: String::new(),
    }
}

pub(super) fn contest(demonstration: bool) -> Arc<Contest> {
    let rules = RoundRules {
        essay: None,
        paper: PaperRules {
            all_answered: false,
            draw: Vec::new(),
            points: 10,
            time_limit_s: None,
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
        },
        attempts: AttemptRules {
            per_contest: None,
            per_round: None,
            counts: CountedAttempt::Best,
            wait_s: 0,
            feedback: Feedback::Score,
            late_finish: false,
        },
        prediction: None,
        ranking: RankingRules {
            min_rounds: 0,
            min_score: None,
            order: Vec::new(),
            tie: TieRule::Board,
            per_person: PerPerson {
                keep: Default::default(),
                phase: None,
                round: None,
                contest: None,
            },
        },
    };
    let fields = FieldRules {
        required: Field::ALWAYS.into(),
        optional: [Field::NationalId, Field::Sex].into(),
    };
    let definition = ContestDefinition {
        entry: Default::default(),
        slug: "thu".into(),
        title: "Cuộc thi thử".into(),
        organiser: "Ban Tổ chức".into(),
        description: None,
        rules: None,
        hotline: None,
        data_deleted_by: None,
        min_age: None,
        accent: Accent::Cham,
        answer_key: Default::default(),
        fields,
        rules_default: rules,
        rounds: Vec::new(),
        prizes: Vec::new(),
        collective_prizes: Vec::new(),
        spread: None,
        complaints: None,
        papers: Default::default(),
    };
    Arc::new(Contest {
        id: ContestId(1),
        definition,
        demonstration,
        rounds: Vec::new(),
        units: vec![
            unit(1, "DB-CHILANG", "Đảng bộ huyện Chi Lăng", None),
            unit(2, "CL-1", "Trường THPT Chi Lăng", Some((1, "DB-CHILANG"))),
        ],
        sets: BTreeMap::new(),
        keys: BTreeMap::new(),
        heads: BTreeMap::new(),
    })
}

fn entry(prediction: Option<i64>) -> EntryRow {
    EntryRow {
        attempt: AttemptId::new(RoundId(1), [7; 12]),
        participant: ParticipantId(41),
        unit: "CL-1".into(),
        round: 1,
        number: 2,
        sequence: 9,
        started_at: START,
        finished_at: START + time::Duration::milliseconds(95_001),
        how: "timed_out".into(),
        score: 150,
        correct: 15,
        duration_ms: 95_001,
        prediction,
        registered_at: datetime!(2023-04-02 17:30 UTC),
        counted: true,
    }
}

pub(super) fn winner(full_name: &str, consent_publish: bool, prize: &str) -> WinnerRow {
    WinnerRow {
        round: Some(1),
        prize_index: 0,
        prize: prize.into(),
        place: 1,
        value: Some(2_000_000),
        rank: 1,
        newcomers: None,
        participant: ParticipantId(41),
        attempt: Some(AttemptId::new(RoundId(1), [7; 12])),
        full_name: full_name.into(),
        consent_publish,
        unit: UnitId(2),
        score: 150,
        correct: 15,
        total: 15,
        prediction: Some(100),
        prediction_error: Some(3),
        duration_ms: 95_001,
        finished_at: START,
        settled_by: "rank".into(),
        demonstration: false,
        certificate: None,
        person: None,
    }
}

fn person() -> PersonRow {
    PersonRow {
        participant: ParticipantId(41),
        full_name: "Nguyễn Thị Ánh".into(),
        birth_date: date!(1990 - 02 - 03),
        phone: Some("0912345678".into()),
        unit: UnitId(1),
        national_id: Some("•••••••••123".into()),
        sex: Some("female".into()),
        email: Some("not@asked.vn".into()),
        address: None,
        class: None,
        guardian_name: None,
        referral: None,
        consent_publish: false,
        registered_at: START,
        excluded_reason: None,
        demonstration: false,
    }
}

fn made<T: Send + 'static>(rows: Vec<T>) -> Rows<T> {
    stream::iter(rows.into_iter().map(Ok)).boxed()
}

async fn written(contest: &Arc<Contest>, listing: Listing, format: Format, rows: ListingRows) -> Vec<u8> {
    let with: &[Field] = match listing {
        Listing::Participants => &Field::PERSONAL,
        Listing::Winners | Listing::Entries | Listing::Standings | Listing::Units | Listing::Items => &[],
    };
    written_with(contest, listing, format, rows, with).await
}

async fn written_with(
    contest: &Arc<Contest>,
    listing: Listing,
    format: Format,
    rows: ListingRows,
    with: &[Field],
) -> Vec<u8> {
    let with: BTreeSet<Field> = with.iter().copied().collect();
    let about = About {
        listing,
        contest,
        round: None,
        as_of: START,
        provisional: true,
        ranking: None,
        with: &with,
    };
    let mut out = Vec::new();
    let place = (Arc::clone(contest), ORIGIN);
    let cells = cells(Lang::Vi, place, rows, with.clone());
    write(table(Lang::Vi, &about), format, cells, &mut out, |_| {})
        .await
        .unwrap();
    out
}

async fn json(listing: Listing, rows: ListingRows) -> serde_json::Value {
    let bytes = written(&contest(false), listing, Format::Json, rows).await;
    serde_json::from_slice(&bytes).unwrap()
}

#[tokio::test]
async fn a_csv_is_the_same_to_the_byte() {
    let rows = ListingRows::Entries(made(vec![entry(Some(75_594)), entry(None)]));
    let bytes = written(&contest(false), Listing::Entries, Format::Csv, rows).await;
    let id = "00000001070707070707070707070707";
    let times = "2023-04-03T01:00:00.500Z,2023-04-03T01:01:35.501Z";
    let head = "Mã lượt thi,Mã người dự thi,Mã đơn vị,Vòng,Lượt thứ,Số thứ tự nộp,Bắt đầu (giờ UTC),\
        Nộp bài (giờ UTC),Cách nộp,Điểm,Số câu đúng,Thời gian làm bài (mili giây),Số dự đoán,Đăng ký (giờ UTC),\
        Lượt được tính";
    let line = |prediction| {
        format!("{id},41,CL-1,1,2,9,{times},Hết giờ,150,15,95001,{prediction},2023-04-02T17:30:00.000Z,Có")
    };
    let expected = format!("\u{feff}{head}\r\n{}\r\n{}\r\n", line("75594"), line(""));
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
}

#[tokio::test]
async fn entries_in_json_have_exactly_the_fields_of_the_contract() {
    let rows = ListingRows::Entries(made(vec![entry(None)]));
    let expected = serde_json::json!([{
        "attempt": "00000001070707070707070707070707", "participant": 41, "unit": "CL-1", "round": 1, "number": 2,
        "sequence": 9, "started_at": "2023-04-03T01:00:00.500Z", "finished_at": "2023-04-03T01:01:35.501Z",
        "how": "timed_out", "score": 150, "correct": 15, "duration_ms": 95_001, "prediction": null,
        "registered_at": "2023-04-02T17:30:00.000Z", "counted": true,
    }]);
    assert_eq!(json(Listing::Entries, rows).await, expected);
    let empty = ListingRows::Entries(made(Vec::new()));
    assert_eq!(json(Listing::Entries, empty).await, serde_json::json!([]));
}

#[tokio::test]
async fn standings_and_units_in_json_have_the_fields_of_the_contract() {
    let standing = StandingRow {
        position: 2,
        rank: 1,
        attempt: Some(AttemptId::new(RoundId(1), [7; 12])),
        participant: ParticipantId(41),
        unit: "CL-1".into(),
        score: 150,
        correct: 15,
        total: 15,
        prediction: None,
        prediction_error: None,
        duration_ms: 1,
        finished_at: START,
        attempts: 3,
        registered_at: START,
        eligible: true,
        prize: Some("Giải Nhất".into()),
        essay: Some(25),
    };
    let rows = ListingRows::Standings(made(vec![standing.clone()]));
    let mut with_essay = contest(false);
    let definition = &mut Arc::get_mut(&mut with_essay).unwrap().definition;
    definition.rules_default.essay = Some(EssayRules {
        prompt: "Viết.".into(),
        min_chars: 0,
        max_chars: 1_000,
        points: 30,
        min_points: None,
        markers: Markers::One,
    });
    let bytes = written(&with_essay, Listing::Standings, Format::Json, rows).await;
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(value[0]["essay"], 25);
    let value = json(Listing::Standings, ListingRows::Standings(made(vec![standing]))).await;
    let contract = [
        "rank",
        "attempt",
        "participant",
        "unit",
        "score",
        "prediction_error",
        "duration_ms",
        "finished_at",
        "prize",
    ];
    assert!(contract.iter().all(|key| value[0].get(key).is_some()));
    assert!(value[0].get("essay").is_none(), "no round asks for an essay");
    assert_eq!(
        (&value[0]["prize"], &value[0]["prediction_error"]),
        (&"Giải Nhất".into(), &serde_json::Value::Null)
    );

    let contest = contest(false);
    let figures = UnitFigures {
        people: 2,
        attempts: 5,
        total_score: 250,
        all_correct: 1,
        winners: 1,
    };
    let row = |unit: &Unit, figures| UnitRow {
        definition: unit.definition.clone(),
        figures,
    };
    let rows = vec![
        row(&contest.units[0], figures),
        row(&contest.units[1], UnitFigures::default()),
    ];
    let value = json(Listing::Units, ListingRows::Units(made(rows))).await;
    let contract = [
        "code",
        "name",
        "people",
        "attempts",
        "rate",
        "average_score",
        "all_correct",
        "winners",
    ];
    assert!(contract.iter().all(|key| value[0].get(key).is_some()));
    assert_eq!(
        (value[0]["rate"].as_f64(), value[0]["average_score"].as_f64()),
        (Some(2.0 / 3.0), Some(125.0))
    );
    assert!(value[1]["rate"].is_null() && value[1]["average_score"].is_null());
}

#[tokio::test]
async fn a_winner_without_consent_appears_as_initials_and_unit() {
    let rows = vec![
        winner("Nguyễn Thị Ánh", true, "Giải Nhất"),
        winner("Nông Văn Bình", false, "Giải Nhì"),
    ];
    let value = json(Listing::Winners, ListingRows::Winners(made(rows))).await;
    assert_eq!(value[0]["full_name"], "Nguyễn Thị Ánh");
    assert_eq!(value[1]["full_name"], "N.V.B.");
    assert_eq!(value[1]["unit"], "CL-1");
    assert_eq!(
        value[1]["unit_path"],
        "Trường THPT Chi Lăng, Đảng bộ huyện Chi Lăng"
    );
    assert!(!value.to_string().contains("Bình"));
}

#[tokio::test]
async fn a_list_has_the_personal_columns_that_were_chosen_and_no_others() {
    let people = || ListingRows::Participants(made(vec![person()]));
    let bare = written_with(
        &contest(false),
        Listing::Participants,
        Format::Json,
        people(),
        &[],
    )
    .await;
    let text = String::from_utf8(bare).unwrap();
    for personal in ["Ánh", "0912345678", "1990", "full_name", "phone"] {
        assert!(!text.contains(personal), "{personal} in {text}");
    }
    let with = [Field::Phone];
    let some = written_with(
        &contest(false),
        Listing::Participants,
        Format::Json,
        people(),
        &with,
    )
    .await;
    let text = String::from_utf8(some).unwrap();
    assert!(text.contains("0912345678") && !text.contains("Ánh"));

    let winners = || {
        let person = Some(Box::new(person()));
        let row = WinnerRow {
            person,
            ..winner("Nông Văn Bình", false, "Giải Nhì")
        };
        ListingRows::Winners(made(vec![row]))
    };
    let with = [Field::FullName, Field::Phone];
    let all = written_with(&contest(false), Listing::Winners, Format::Csv, winners(), &with).await;
    let text = String::from_utf8(all).unwrap();
    assert!(
        text.contains("Nông Văn Bình") && text.lines().nth(1).unwrap().ends_with(",0912345678"),
        "{text}"
    );
    let none = written(&contest(false), Listing::Winners, Format::Csv, winners()).await;
    let text = String::from_utf8(none).unwrap();
    assert!(!text.contains("Bình") && !text.contains("0912345678"));
}

#[tokio::test]
async fn a_prize_for_newcomers_is_exported_with_their_number_and_without_answers() {
    let row = WinnerRow {
        round: None,
        newcomers: Some(12),
        ..winner("Nông Văn Bình", true, "Giải Nhất lan tỏa")
    };
    let rows = vec![winner("Nguyễn Thị Ánh", true, "Giải Nhất"), row];
    let value = json(Listing::Winners, ListingRows::Winners(made(rows))).await;
    assert_eq!(
        (&value[0]["newcomers"], &value[0]["score"]),
        (&serde_json::Value::Null, &150.into())
    );
    assert_eq!(value[1]["newcomers"], 12);
    for key in [
        "score",
        "correct",
        "total",
        "prediction",
        "prediction_error",
        "duration_ms",
        "finished_at",
    ] {
        assert!(value[1][key].is_null(), "{key}");
    }
}

#[tokio::test]
async fn a_certificate_is_exported_with_its_code_and_the_address_of_its_check_page() {
    let list = || {
        let row = WinnerRow {
            certificate: Some("7K2QF3M9X04T8ABC".into()),
            ..winner("Nguyễn Thị Ánh", true, "Giải Nhất")
        };
        ListingRows::Winners(made(vec![row, winner("Nông Văn Bình", true, "Giải Nhì")]))
    };
    let value = json(Listing::Winners, list()).await;
    assert_eq!(value[0]["certificate"], "7K2QF3M9X04T8ABC");
    let address = "https://hoithi.example/chung-nhan/7K2QF3M9X04T8ABC";
    assert_eq!(value[0]["certificate_address"], address);
    assert!(value[1]["certificate"].is_null() && value[1]["certificate_address"].is_null());
    let csv = written(&contest(false), Listing::Winners, Format::Csv, list()).await;
    let csv = String::from_utf8(csv).unwrap();
    let (head, rows) = csv.split_once("\r\n").unwrap();
    assert!(
        head.contains(",Mã giấy chứng nhận,Trang kiểm tra giấy chứng nhận,"),
        "{head}"
    );
    assert!(rows.contains(&format!(",7K2QF3M9X04T8ABC,{address},")), "{rows}");
}

#[tokio::test]
async fn people_are_listed_with_the_fields_that_the_contest_asks_for_and_no_others() {
    let value = json(
        Listing::Participants,
        ListingRows::Participants(made(vec![person()])),
    )
    .await;
    let keys: Vec<&str> = value[0].as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "birth_date",
        "consent_publish",
        "demonstration",
        "excluded_reason",
        "full_name",
        "guardian_name",
        "national_id",
        "participant",
        "phone",
        "registered_at",
        "sex",
        "unit",
        "unit_path",
    ];
    assert_eq!(
        keys.into_iter().collect::<std::collections::BTreeSet<_>>(),
        expected.into()
    );
    assert_eq!(
        (&value[0]["phone"], &value[0]["birth_date"]),
        (&"0912345678".into(), &"1990-02-03".into())
    );
}

#[tokio::test]
async fn names_that_look_like_formulas_are_inert_and_text_comes_out_composed() {
    let wicked = ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"];
    let mut rows: Vec<WinnerRow> = wicked.iter().map(|name| winner(name, true, name)).collect();
    rows.push(winner("Nguye\u{302}\u{303}n, \"Ánh\"", true, "Giải"));
    let csv = written(
        &contest(false),
        Listing::Winners,
        Format::Csv,
        ListingRows::Winners(made(rows.clone())),
    )
    .await;
    let csv = String::from_utf8(csv).unwrap();
    let mut reader = ::csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let names: Vec<String> = reader
        .records()
        .map(|record| record.unwrap()[5].to_owned())
        .collect();
    let (last, inert) = names.split_last().unwrap();
    assert!(
        inert
            .iter()
            .zip(wicked)
            .all(|(shown, name)| *shown == format!("'{name}")),
        "{inert:?}"
    );
    assert_eq!(last, "Nguyễn, \"Ánh\"");

    let xlsx = written(
        &contest(false),
        Listing::Winners,
        Format::Xlsx,
        ListingRows::Winners(made(rows)),
    )
    .await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx)).unwrap();
    let name = book.sheet_names()[0].clone();
    assert!(
        book.worksheet_formula(&name)
            .unwrap()
            .used_cells()
            .next()
            .is_none()
    );
    let range = book.worksheet_range(&name).unwrap();
    assert_eq!(range.get((1, 5)), Some(&Data::String("=1+1".into())));
    assert_eq!(range.get((8, 5)), Some(&Data::String("Nguyễn, \"Ánh\"".into())));
}

#[tokio::test]
async fn a_workbook_has_typed_cells_and_says_what_it_is() {
    let rows = ListingRows::Participants(made(vec![person()]));
    let xlsx = written(&contest(true), Listing::Participants, Format::Xlsx, rows).await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx)).unwrap();
    assert_eq!(book.sheet_names(), ["Người dự thi", "Giải thích"]);
    let range = book.worksheet_range("Người dự thi").unwrap();
    let heads: Vec<String> = range
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let cell = |head: &str| {
        range
            .get((1, heads.iter().position(|h| h == head).unwrap()))
            .unwrap()
            .clone()
    };
    assert_eq!(cell("Mã người dự thi"), Data::Float(41.0));
    assert_eq!(cell("Điện thoại"), Data::String("0912345678".into()));
    assert_eq!(cell("Giới tính"), Data::String("Nữ".into()));
    let Data::DateTime(birth) = cell("Ngày sinh") else {
        panic!("the birth date is a date cell")
    };
    assert_eq!(birth.to_ymd_hms_milli(), (1990, 2, 3, 0, 0, 0, 0));
    let Data::DateTime(at) = cell("Đăng ký (giờ Việt Nam)") else {
        panic!("a moment is a date cell")
    };
    assert_eq!(at.to_ymd_hms_milli(), (2023, 4, 3, 8, 0, 0, 500));
    let notes = book.worksheet_range("Giải thích").unwrap();
    let said: Vec<String> = notes.rows().flatten().map(ToString::to_string).collect();
    for expected in [
        "DỮ LIỆU TRÌNH DIỄN",
        "Cuộc thi thử",
        "08:00:00 03/04/2023",
        "Toàn cuộc thi",
        "1",
    ] {
        assert!(said.iter().any(|text| text == expected), "{expected} in {said:?}");
    }
}

/// The first sheet of a workbook as LibreOffice shows it, a row a line. A damaged file would not open.
fn first_sheet_in_office(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.xlsx");
    std::fs::write(&file, bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    // Commas, double quotes, UTF-8, cells as they are shown.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true";
    let out = std::process::Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", filter, "--outdir"])
        .arg(folder.path())
        .arg(&file)
        .output()
        .expect("soffice of LibreOffice, which bin/test installs");
    let text = std::fs::read_to_string(folder.path().join("list.csv"));
    text.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&out.stderr)))
}

#[tokio::test]
async fn a_workbook_opens_in_an_office_program_with_everything_in_it() {
    let rows = ListingRows::Participants(made(vec![person()]));
    let people = written(&contest(true), Listing::Participants, Format::Xlsx, rows).await;
    let winner = winner("=1+1 Nguyễn Thị Ánh", true, "Giải Nhất");
    let rows = ListingRows::Winners(made(vec![winner]));
    let winners = written(&contest(false), Listing::Winners, Format::Xlsx, rows).await;
    for (book, words) in [
        (people, ["Nguyễn Thị Ánh", "0912345678", "Mã người dự thi"]),
        (
            winners,
            ["=1+1 Nguyễn Thị Ánh", "Giải Nhất", "Đảng bộ huyện Chi Lăng"],
        ),
    ] {
        let text = first_sheet_in_office(&book);
        for word in words {
            assert!(text.contains(word), "{word}: {text}");
        }
    }
}

#[tokio::test]
async fn a_body_ends_with_an_error_where_the_rows_do() {
    let contest = contest(false);
    let with = BTreeSet::new();
    let about = About {
        listing: Listing::Entries,
        contest: &contest,
        round: None,
        as_of: START,
        provisional: false,
        ranking: None,
        with: &with,
    };
    let broken = || StoreError::Inconsistent {
        table: "submissions",
        column: "how",
        id: String::new(),
    };
    let rows: Rows<EntryRow> =
        stream::iter((0..2_000).map(|_| Ok(entry(None))).chain([Err(broken())])).boxed();
    let rows = cells(
        Lang::Vi,
        (Arc::clone(&contest), ORIGIN),
        ListingRows::Entries(rows),
        BTreeSet::new(),
    );
    let pieces: Vec<_> = body(table(Lang::Vi, &about), Format::Csv, rows).collect().await;
    assert!(pieces.len() > 2 && pieces.last().unwrap().is_err());
    assert!(
        pieces[..pieces.len() - 1]
            .iter()
            .all(|piece| piece.as_ref().is_ok_and(|bytes| bytes.len() >= CHUNK))
    );
}
