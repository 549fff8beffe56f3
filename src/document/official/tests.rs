//! Claims about official papers: what they say, in every letter, in both forms and both formats.

use super::*;
use crate::document::tests::{contest, winner};
use crate::domain::catalog::Contest;
use crate::domain::collective::{CollectiveAward, UnitFigures};
use crate::domain::contest::{Field, PredictedQuantity, PredictionRules};
use crate::domain::ids::{ContestId, ParticipantId, RoundId, UnitId};
use crate::domain::official::{House, PaperKind};
use crate::domain::ranking::{AppliedRules, Tally};
use crate::domain::round::{Round, RoundStage};
use crate::store::console_reads::PersonLine;
use crate::store::meeting::{BoardOrder, Equals, KeptElsewhere, MeetingFacts};
use crate::store::paper_facts::{PaperFacts, RoundFacts};
use crate::store::ranking::{StoredCollectiveAward, StoredRanking};
use crate::store::results::WinnerRow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::process::Command;
use std::sync::Arc;
use time::macros::{date, datetime};

/// Every letter of Vietnamese that a keyboard of English lacks, both cases, and the sign of the đồng.
const LETTERS: &str = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";

fn letters() -> Vec<char> {
    LETTERS
        .chars()
        .chain(LETTERS.to_uppercase().chars())
        .chain(['₫'])
        .collect()
}

fn round(number: u16, contest: &Contest) -> Round {
    Round {
        id: RoundId(i32::from(number)),
        contest: ContestId(1),
        number,
        title: format!("Tuần {number}"),
        opens_at: datetime!(2023-04-30 01:00 UTC),
        closes_at: datetime!(2023-05-08 00:00 UTC),
        rules: contest.definition.rules_default.clone(),
        sets: BTreeMap::new(),
        markings: Default::default(),
        scoring: 0,
        stage: RoundStage::Approved,
        published_at: None,
        control: Default::default(),
    }
}

const TALLY: Tally = Tally {
    attempts: 75_594,
    people: 31_250,
    attempts_all_correct: 4_098,
    people_all_correct: 2_480,
};

pub(super) fn facts(title: &str, winners: Vec<WinnerRow>) -> PaperFacts {
    let mut own = Arc::into_inner(contest(false)).unwrap();
    own.definition.title = title.to_owned();
    own.definition.papers.letterhead.superior = Some("Tỉnh ủy Lạng Sơn".to_owned());
    own.definition.papers.letterhead.place = Some("Lạng Sơn".to_owned());
    own.rounds = vec![round(1, &own), round(5, &own)];
    let figures = |people| UnitFigures {
        people,
        attempts: people * 2,
        total_score: people * 138,
        all_correct: people / 9,
        winners: 1,
    };
    let rules = &own.definition.rules_default;
    let facts = |number: u16, attempts| RoundFacts {
        round: RoundId(i32::from(number)),
        number,
        title: format!("Tuần {number}"),
        tally: Tally { attempts, ..TALLY },
        actual: Some(attempts),
        awards: 2,
        approved: true,
    };
    PaperFacts {
        round: own.rounds.last().cloned(),
        as_of: datetime!(2023-05-08 03:00 UTC),
        meeting: Some(meeting()),
        keys: Vec::new(),
        ranking: Some(StoredRanking {
            id: 1,
            contest: ContestId(1),
            round: Some(RoundId(5)),
            made_at: datetime!(2023-05-08 01:00 UTC),
            made_by: "Hà".to_owned(),
            rules: AppliedRules {
                counts: rules.attempts.counts,
                prediction: Some(PredictionRules {
                    asked: Default::default(),
                    points: Default::default(),
                    asks: PredictedQuantity::AttemptsInRound,
                    counted: crate::domain::contest::CountedPrediction::OfCountedAttempt,
                    taken: Default::default(),
                }),
                ranking: rules.ranking.clone(),
                prizes: Vec::new(),
                collective_prizes: Vec::new(),
                spread: None,
            },
            tally: TALLY,
            actual: Some(75_594),
            seed: None,
            approved: Some((datetime!(2023-05-08 02:00 UTC), "Lê Văn Bình".to_owned())),
        }),
        approved: true,
        registered: 40_000,
        winners,
        collective: vec![StoredCollectiveAward {
            award: CollectiveAward {
                prize: 0,
                place: 1,
                unit: UnitId(1),
                rank: 1,
            },
            prize_name: "Giải Nhất tập thể".to_owned(),
            value: None,
        }],
        units: BTreeMap::from([(UnitId(1), figures(31_250)), (UnitId(2), figures(1_200))]),
        rounds: vec![facts(1, 60_000), facts(5, 75_594)],
        days: vec![(date!(2023 - 04 - 30), 9_000), (date!(2023 - 05 - 03), 66_594)],
        right: vec![(0, 3)],
        contest: Arc::new(own),
    }
}

pub(super) fn issue(kind: PaperKind, house: House) -> Issue<'static> {
    Issue {
        kind,
        house,
        number: Some("12"),
        date: Some(date!(2023 - 05 - 08)),
        with: BTreeSet::new(),
        rules: vec![
            PaperRule {
                name: "who",
                term: "Ai được dự thi".to_owned(),
                lines: vec![(None, vec!["Mọi người từ 12 tuổi.".to_owned()])],
            },
            PaperRule {
                name: "ranking",
                term: "Xếp hạng".to_owned(),
                lines: vec![(
                    Some("Tuần 5".to_owned()),
                    vec!["Điểm cao hơn đứng trước.".to_owned()],
                )],
            },
        ],
    }
}

pub(super) fn two() -> Vec<WinnerRow> {
    vec![
        winner("Nguyễn Thị Ánh", true, "Giải Nhất"),
        winner("Nông Văn Bình", false, "Giải Nhì"),
    ]
}

fn meeting() -> MeetingFacts {
    MeetingFacts {
        winners: 2,
        confirmed: 1,
        ..MeetingFacts::default()
    }
}

pub(super) fn made(facts: &PaperFacts, issue: &Issue<'_>) -> Paper {
    let codes = vec!["7K2QF3M9X04T8ABC".to_owned(); facts.winners.len().max(1)];
    paper(facts, issue, &codes, "https://thi.langson.example.vn")
}

pub(super) fn word_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    let mut text = String::new();
    let mut inside = false;
    for c in xml.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

/// The text of a PDF, as somebody who searches or copies it gets it; spaces and line breaks joined.
fn pdf_text(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, bytes).unwrap();
    let out = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8"])
        .arg(&file)
        .arg("-")
        .output()
        .expect("pdftotext of poppler-utils, which bin/test installs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The fonts of a PDF: name, kind, whether embedded, reduced and with letters that can be copied.
fn fonts_of(bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, bytes).unwrap();
    let out = Command::new("pdffonts")
        .arg(&file)
        .output()
        .expect("pdffonts of poppler-utils");
    let text = String::from_utf8(out.stdout).unwrap();
    let rows = text.lines().skip(2);
    rows.map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn every_built_in_template_is_read_without_a_fault() {
    for kind in PaperKind::ALL {
        let (template, faults) = crate::bank::read_template(kind.name(), built_in(kind).as_bytes(), kind);
        assert!(faults.is_empty(), "{}: {faults:?}", kind.name());
        assert!(template.0.len() > 3);
    }
}

#[test]
fn a_decision_has_the_head_of_its_form() {
    let facts = facts("Tìm hiểu", two());
    let party = word_text(&docx::write(&made(
        &facts,
        &issue(PaperKind::Decision, House::Party),
    )));
    assert!(party.contains("ĐẢNG CỘNG SẢN VIỆT NAM") && party.contains("Số 12-QĐ/BTC"));
    assert!(!party.contains("Độc lập"));
    let state = word_text(&docx::write(&made(
        &facts,
        &issue(PaperKind::Decision, House::Government),
    )));
    assert!(
        state.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && state.contains("Độc lập - Tự do - Hạnh phúc")
    );
    assert!(state.contains("Số: 12/QĐ-BTC") && state.contains("Về việc công nhận kết quả"));
    assert!(state.contains("Lạng Sơn, ngày 08 tháng 5 năm 2023"));
}

#[test]
fn a_decision_says_the_figures_and_names_whom_it_may() {
    let facts = facts("Tìm hiểu", two());
    let mut asked = issue(PaperKind::Decision, House::Party);
    let text = word_text(&docx::write(&made(&facts, &asked)));
    for said in [
        "75.594 lượt dự thi của 31.250 người",
        "2 giải cho 1 cá nhân, gồm: 1 Giải Nhất, 1 Giải Nhì",
        "4.000.000 đồng (Bốn triệu đồng)",
        "phê duyệt ngày 8/5/2023 (Lê Văn Bình)",
        "Đáp số phần dự đoán (tổng số lượt dự thi) là 75.594",
        "Nguyễn Thị Ánh",
        "N.V.B.",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!text.contains("Nông Văn Bình") && !text.contains("  "), "{text}");
    asked.with.insert(Field::FullName);
    assert!(word_text(&docx::write(&made(&facts, &asked))).contains("Nông Văn Bình"));
}

#[test]
fn a_paper_of_a_result_not_yet_approved_is_a_draft_on_every_page() {
    let mut facts = facts("Tìm hiểu", two());
    facts.approved = false;
    let paper = made(&facts, &issue(PaperKind::Notice, House::Party));
    assert_eq!(paper.banner.as_deref(), Some("DỰ THẢO – CHƯA PHÊ DUYỆT"));
    let mut own = Arc::into_inner(std::mem::replace(&mut facts.contest, contest(false))).unwrap();
    own.demonstration = true;
    facts.contest = Arc::new(own);
    let paper = made(&facts, &issue(PaperKind::Notice, House::Party));
    assert!(paper.banner.unwrap().contains("TRÌNH DIỄN"));
}

#[test]
fn text_that_looks_like_markup_stays_text() {
    let title = "A & B <w:p> #set page() *x* \\ \"q\" ]]> {contest} $1$ @a";
    let facts = facts(title, vec![winner("#panic() <b>", true, "Giải & Nhất")]);
    for kind in PaperKind::ALL {
        let bytes = docx::write(&made(&facts, &issue(kind, House::Party)));
        let text = word_text(&bytes);
        if kind.names_people() && kind != PaperKind::Report {
            assert!(text.contains("#panic() &lt;b&gt;"), "{kind:?}: {text}");
        }
        assert!(
            text.contains("A &amp; B &lt;w:p&gt; #set page() *x* \\ &quot;q&quot; ]]&gt; {contest} $1$ @a")
        );
    }
}

#[tokio::test]
async fn every_vietnamese_letter_is_found_again_in_every_style_of_a_pdf() {
    let all = letters();
    assert_eq!(all.len(), 135);
    let words: Vec<String> = all.iter().map(char::to_string).collect();
    let words = words.join(" ");
    let template = format!("# {words}\n**{words}**\n*{words}*\n***{words}***\n{words}\n");
    let mut facts = facts("Chữ", Vec::new());
    let mut own = Arc::into_inner(std::mem::replace(&mut facts.contest, contest(false))).unwrap();
    let (read, faults) = crate::bank::read_template("x", template.as_bytes(), PaperKind::Notice);
    assert!(faults.is_empty(), "{faults:?}");
    own.definition.papers.templates.insert(PaperKind::Notice, read);
    facts.contest = Arc::new(own);
    let paper = made(&facts, &issue(PaperKind::Notice, House::Party));
    let bytes = write_paper(paper, Print::Pdf).await.unwrap();
    let text = pdf_text(&bytes);
    for letter in &all {
        assert!(text.matches(*letter).count() >= 5, "{letter} in {text}");
    }
    // With the fonts of the paper, not with those of the reader.
    let fonts = fonts_of(&bytes);
    assert_eq!(fonts.len(), 4, "{fonts:?}");
    for font in fonts {
        assert!(
            font.contains("LiberationSerif") && font.contains("yes yes yes"),
            "{font}"
        );
    }
}

#[tokio::test]
async fn every_paper_is_set_in_both_forms_and_can_be_searched() {
    let facts = facts("Tìm hiểu 90 năm Ngày truyền thống Đảng bộ tỉnh Lạng Sơn", two());
    for kind in PaperKind::ALL {
        for house in House::ALL {
            let paper = made(&facts, &issue(kind, house));
            let bytes = write_paper(paper, Print::Pdf).await.unwrap();
            let text = pdf_text(&bytes);
            let state = if house == House::Party {
                "ĐẢNG CỘNG SẢN"
            } else {
                "CỘNG HÒA XÃ HỘI"
            };
            assert!(
                text.contains(state) && text.contains("Lạng Sơn"),
                "{kind:?} {text}"
            );
        }
    }
}

#[tokio::test]
async fn markup_in_names_and_titles_is_printed_as_it_is() {
    let facts = facts(
        "A & B #set page() *x* \\ {contest} $1$",
        vec![winner("#panic() <b>", true, "Giải & Nhất")],
    );
    let paper = made(&facts, &issue(PaperKind::Certificates, House::Party));
    let text = pdf_text(&write_paper(paper, Print::Pdf).await.unwrap());
    assert!(
        text.contains("#panic() <b>") && text.contains("A & B #set page() *x* \\ {contest} $1$"),
        "{text}"
    );
}

/// What LibreOffice says of a file: the text of the document it opened, as PDF. A damaged file would not open.
fn opened_by_office(bytes: &[u8], ending: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("paper.{ending}"));
    std::fs::write(&file, bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let out = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&file)
        .output()
        .expect("soffice of LibreOffice, which bin/test installs");
    let pdf = std::fs::read(folder.path().join("paper.pdf"));
    pdf_text(&pdf.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&out.stderr))))
}

#[test]
fn word_papers_open_in_an_office_program_with_everything_on_them() {
    let facts = facts("Tìm hiểu 90 năm & hơn", two());
    let said = [
        (PaperKind::Decision, "DANH SÁCH đạt giải tuần 5"),
        (PaperKind::Report, "Ngày đông nhất: 3/5/2023"),
        (PaperKind::Certificates, "7K2Q F3M9 X04T 8ABC"),
        (PaperKind::UnitCertificates, "Giải Nhất tập thể"),
        (PaperKind::Minutes, "Đã xác minh 1 trên 2 người đạt giải"),
        (PaperKind::Rules, "Mọi người từ 12 tuổi."),
    ];
    for (kind, words) in said {
        let text = opened_by_office(&docx::write(&made(&facts, &issue(kind, House::Party))), "docx");
        assert!(
            text.contains("ĐẢNG CỘNG SẢN VIỆT NAM") && text.contains(words),
            "{kind:?}: {text}"
        );
        assert!(text.contains("Tìm hiểu 90 năm & hơn"), "{kind:?}: {text}");
    }
}

#[test]
fn minutes_tell_equals_with_their_lots_and_what_nobody_has_settled() {
    let mut winners = two();
    for winner in &mut winners {
        winner.settled_by = "draw".to_owned();
        winner.rank = 1;
        winner.round = Some(5);
    }
    let attempt = winners[0].attempt.expect("a winner of a round has an attempt");
    let mut facts = facts("Tìm hiểu", winners);
    facts.ranking.as_mut().unwrap().seed = Some([7; 32]);
    let meeting = facts.meeting.as_mut().unwrap();
    meeting.equals.insert(
        1,
        Equals {
            number: 4_098,
            at_least: false,
        },
    );
    meeting.open.push(crate::domain::prize::Tie {
        prize: 2,
        rank: 4_099,
        places: 3,
        positions: (4_099..4_104).collect(),
    });
    meeting.orders.push(BoardOrder {
        at: datetime!(2023-05-08 01:30 UTC),
        by: "Hà".to_owned(),
        reason: "Bốc thăm tại cuộc họp".to_owned(),
    });
    let text = word_text(&docx::write(&made(
        &facts,
        &issue(PaperKind::Minutes, House::Party),
    )));
    let lot = crate::domain::prize::Lot::Attempt(attempt).drawn(&[7; 32]);
    let lot: String = lot.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    for said in [
        "Hạng 1: 4.098 người bằng nhau ở mọi tiêu chí, xếp thứ tự bằng bốc thăm; 2 người đạt giải:",
        &format!("Giải Nhất: Nguyễn Thị Ánh, lá thăm {lot}"),
        "Giải Nhì: N.V.B., lá thăm",
        &"07".repeat(32),
        "Hạng 4.099: 5 người bằng nhau, còn 3 suất, chưa quyết định.",
        "08 giờ 30 ngày 8/5/2023 (Hà). Lý do: Bốc thăm tại cuộc họp",
        "Tuần 5: ",
        "Điểm cao hơn đứng trước.",
        "Không loại bài thi nào, không thay người đạt giải nào.",
        "Không có khiếu nại.",
        "Số 12-BB/BTC",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!text.contains("Mọi người từ 12 tuổi."), "only what orders people");
}

#[test]
fn minutes_tell_which_prize_of_which_round_is_kept_by_whoever_is_passed_over() {
    let mut facts = facts("Tìm hiểu", two());
    let round = facts.contest.rounds[0].clone();
    let meeting = facts.meeting.as_mut().unwrap();
    for (person, consent_publish) in [(1, true), (2, false)] {
        let person = ParticipantId(person);
        let line = PersonLine {
            full_name: "Hoàng Văn Khê".to_owned(),
            consent_publish,
        };
        meeting.people.insert(person, line);
        meeting.kept.push(KeptElsewhere {
            rank: 1_002,
            person,
            prizes: vec![(round.id, "Giải Nhất".to_owned())],
        });
    }
    let minutes = made(&facts, &issue(PaperKind::Minutes, House::Party));
    let text = word_text(&docx::write(&minutes));
    for name in ["Hoàng Văn Khê", "H.V.K."] {
        let said = format!(
            "Hạng 1.002: {name} giữ Giải Nhất ({}) là giải cao hơn, nên giải của vòng này chuyển cho người kế tiếp.",
            round.title
        );
        assert!(text.contains(&said), "{said} in {text}");
    }
}

#[test]
fn the_rules_are_a_paper_before_there_is_any_result_and_never_a_draft() {
    let mut facts = facts("Tìm hiểu", Vec::new());
    (facts.ranking, facts.meeting, facts.approved, facts.round) = (None, None, false, None);
    let paper = made(&facts, &issue(PaperKind::Rules, House::Government));
    assert_eq!(paper.banner, None);
    let text = word_text(&docx::write(&paper));
    for said in [
        "THỂ LỆ",
        "1. Ai được dự thi",
        "Mọi người từ 12 tuổi.",
        "2. Xếp hạng",
        "gồm 2 vòng thi",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
}
