//! Registers as files: typed cells, and nobody's name where it was not asked for.

use super::tests::contest;
use super::*;
use crate::domain::data_request::{RequestKind, RequestOutcome, Way};
use crate::domain::ids::{ParticipantId, RoundId};
use crate::domain::working_days::DaysOff;
use crate::i18n::Lang;
use crate::store::data_request::{OwnRequest, ReceivedRequest, RequestAnswer};
use crate::store::vetting::{Complaint, ComplaintAnswer, RegisteredComplaint};
use calamine::{Data, Reader, Xlsx};
use std::collections::BTreeSet;
use std::io::Cursor;
use time::OffsetDateTime;
use time::macros::{date, datetime};

const NOW: OffsetDateTime = datetime!(2023-05-31 02:00 UTC);

fn complaint() -> RegisteredComplaint {
    RegisteredComplaint {
        round: RoundId(1),
        noted_at: datetime!(2023-05-20 02:00 UTC),
        complaint: Complaint {
            id: 7,
            received_on: date!(2023 - 05 - 19),
            due_on: date!(2023 - 05 - 29),
            complainant: "Hoàng Văn Khiếu".to_owned(),
            contact: "=0987654321".to_owned(),
            about: "Điểm của tôi thấp".to_owned(),
            noted_by: "Trần Thị Hoa".to_owned(),
            answer: Some(ComplaintAnswer {
                finding: "partly".to_owned(),
                text: "Đã chấm lại".to_owned(),
                at: datetime!(2023-05-30 02:00 UTC),
                by: "Lê Văn Bình".to_owned(),
            }),
        },
    }
}

fn complaints(with: &[ComplaintColumn]) -> (Table, crate::store::results::Rows<Vec<Cell>>) {
    let with: BTreeSet<ComplaintColumn> = with.iter().copied().collect();
    let contest = contest(false);
    let as_of = (NOW, "hôm nay".to_owned());
    complaint_list(Lang::Vi, (&contest, None), as_of, &[complaint()], &with)
}

async fn csv((table, rows): (Table, crate::store::results::Rows<Vec<Cell>>)) -> String {
    let mut out = Vec::new();
    write(table, Format::Csv, rows, &mut out, |_| {}).await.unwrap();
    String::from_utf8(out).unwrap()
}

#[tokio::test]
async fn complaints_have_the_personal_columns_that_were_asked_for_and_no_others() {
    let bare = csv(complaints(&[])).await;
    for secret in ["Khiếu", "0987", "thấp", "chấm lại"] {
        assert!(!bare.contains(secret), "{secret}: {bare}");
    }
    assert!(
        bare.contains("đúng một phần") && bare.contains("Lê Văn Bình") && bare.contains("2023-05-29"),
        "{bare}"
    );
    assert!(
        bare.lines().nth(1).unwrap().ends_with(",Không"),
        "it was answered late: {bare}"
    );
    let some = csv(complaints(&[
        ComplaintColumn::Contact,
        ComplaintColumn::Complainant,
    ]))
    .await;
    assert!(
        some.contains("Hoàng Văn Khiếu") && some.contains("'=0987654321"),
        "{some}"
    );
    assert!(!some.contains("thấp") && !some.contains("chấm lại"), "{some}");
}

#[tokio::test]
async fn days_and_numbers_of_a_register_are_typed_cells() {
    let (table, rows) = complaints(&[]);
    let mut out = Vec::new();
    write(table, Format::Xlsx, rows, &mut out, |_| {}).await.unwrap();
    let mut book = Xlsx::new(Cursor::new(out)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(sheet.get_value((1, 0)), Some(&Data::Float(7.0)));
    for (column, is_date) in [(2, true), (3, true), (4, true), (5, false)] {
        let cell = sheet.get_value((1, column)).unwrap();
        assert_eq!(matches!(cell, Data::DateTime(_)), is_date, "{column}: {cell:?}");
    }
}

#[tokio::test]
async fn the_register_of_requests_has_the_clock_and_nobodys_name() {
    let request = |id, received_at, answer| ReceivedRequest {
        id,
        person: Some(ParticipantId(41)),
        received_at,
        kind: RequestKind::Erase,
        way: Way::Letter,
        asker: "Hoàng Văn Khiếu".to_owned(),
        contact: "0987654321".to_owned(),
        about: "Xóa giúp tôi".to_owned(),
        noted_by: "Hoa".to_owned(),
        answer,
    };
    let answer = RequestAnswer {
        outcome: RequestOutcome::Refused,
        text: "Đã đạt giải".to_owned(),
        at: datetime!(2023-05-16 02:00 UTC),
        by: "Trần Thị Hoa".to_owned(),
    };
    // Friday evening, answered on Tuesday; and a Monday two weeks later, which waits.
    let received = [
        request(2, datetime!(2023-05-29 02:00 UTC), None),
        request(1, datetime!(2023-05-12 12:30 UTC), Some(answer)),
    ];
    let own = [OwnRequest {
        person: ParticipantId(42),
        at: datetime!(2023-05-20 02:00 UTC),
        kind: "download".to_owned(),
        outcome: "done".to_owned(),
    }];
    let as_of = (NOW, "hôm nay".to_owned());
    let contest = contest(false);
    let list = data_request_list(Lang::Vi, &contest, as_of, (&received, &own), &DaysOff::default());
    let file = csv(list).await;
    for secret in ["Khiếu", "0987", "giúp", "đạt giải"] {
        assert!(!file.contains(secret), "{secret}: {file}");
    }
    let lines: Vec<&str> = file.lines().skip(1).collect();
    assert_eq!(lines.len(), 3, "{file}");
    assert!(lines[0].starts_with("1,gửi thư,xóa dữ liệu,41,"), "{file}");
    assert!(
        lines[0].contains(",2023-05-16,từ chối,") && lines[0].ends_with(",Có,Trần Thị Hoa"),
        "{file}"
    );
    assert!(
        lines[1].starts_with(",tự làm trên trang của mình,lấy bản sao,42,"),
        "{file}"
    );
    assert!(lines[2].contains(",2023-05-31,chờ trả lời,,,"), "{file}");
}
