//! Awards, a row for each recipient.

use super::{Column, List, ListFault, ListProblem, ListRow};
use crate::domain::emulation::MAX_NAME;
use crate::domain::emulation::award::{Award, AwardError, AwardForm, Level, PersonTraits, Recipient};
use crate::domain::unit::fold;
use std::collections::BTreeMap;
use time::{Date, Month};

/// Rows of a file.
const MAX_ROWS: usize = 5_000;

const DAY: usize = 0;
const DECISION: usize = 1;
const FORM: usize = 2;
const LEVEL: usize = 3;
const RECIPIENT: usize = 4;
const NAME: usize = 5;
const UNIT: usize = 6;
const SMALL: usize = 7;
const DIRECT: usize = 8;
const FARMER: usize = 9;
const YOUTH: usize = 10;
const WOMAN: usize = 11;

const fn column(head: &'static str, also: &'static [&'static str], needed: bool) -> Column {
    Column { head, also, needed }
}

const COLUMNS: [Column; 12] = [
    column("Ngày quyết định", &["ngay", "date"], true),
    column("Số quyết định", &["so", "decision"], false),
    column("Hình thức", &["form"], true),
    column("Cấp", &["level"], true),
    column("Đối tượng", &["recipient"], true),
    column("Tên", &["ho ten", "ho va ten", "name"], true),
    column("Đơn vị", &["unit"], false),
    column("Tập thể nhỏ", &["small"], false),
    column("Trực tiếp", &["lao dong truc tiep", "direct"], false),
    column("Nông dân", &["farmer"], false),
    column("Thanh niên", &["youth"], false),
    column("Nữ", &["phu nu", "woman"], false),
];

/// A file to fill in, with two rows as an example.
pub fn awards_template() -> String {
    let heads: Vec<&str> = COLUMNS.iter().map(|column| column.head).collect();
    format!(
        "\u{feff}{}\r\n15/6/2025,12/QĐ-UBND,Giấy khen,xã,tập thể,Tổ Dân vận thôn Một,Xã Một,x,,,,\r\n\
         15/6/2025,12/QĐ-UBND,Bằng khen,tỉnh,cá nhân,Nguyễn Thị Mẫu,Xã Một,,x,x,,x\r\n",
        heads.join(",")
    )
}

/// Reads the awards of a file, or every fault of it.
pub fn read_awards(bytes: &[u8], today: Date) -> Result<Vec<Award>, Vec<ListFault>> {
    let mut list = List::read(bytes, &COLUMNS, MAX_ROWS);
    let rows = std::mem::take(&mut list.rows);
    if list
        .faults
        .iter()
        .any(|fault| matches!(fault.problem, ListProblem::NoColumn(_)))
    {
        return Err(list.faults);
    }
    let mut awards = Vec::new();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for row in &rows {
        let Some(award) = award(&mut list, row, today) else {
            continue;
        };
        let key = format!(
            "{}|{}|{}|{}|{}|{}",
            award.decided_on,
            award.decision,
            award.form.name(),
            award.level.name(),
            award.name.to_lowercase(),
            award.unit.to_lowercase()
        );
        match seen.insert(key, row.line) {
            Some(first) => fault(&mut list, row, NAME, ListProblem::AwardTwice(first)),
            None => awards.push(award),
        }
    }
    if list.faults.is_empty() {
        Ok(awards)
    } else {
        Err(list.faults)
    }
}

fn award(list: &mut List, row: &ListRow, today: Date) -> Option<Award> {
    let day = day(list, row);
    let form = form(list, row);
    let level = level(list, row);
    let recipient = recipient(list, row);
    if row.get(NAME).is_empty() {
        fault(list, row, NAME, ListProblem::Missing);
        return None;
    }
    let award = Award {
        decided_on: day?,
        decision: row.get(DECISION).to_owned(),
        form: form?,
        level: level?,
        name: row.get(NAME).to_owned(),
        unit: row.get(UNIT).to_owned(),
        recipient: recipient?,
    };
    let (column, problem) = match award.checked(today) {
        Ok(award) => return Some(award),
        Err(AwardError::Name) => (NAME, ListProblem::TooLong(MAX_NAME)),
        Err(AwardError::Unit) => (UNIT, ListProblem::TooLong(MAX_NAME)),
        Err(AwardError::Decision) => (DECISION, ListProblem::TooLong(60)),
        Err(AwardError::District) => (LEVEL, ListProblem::District),
        Err(AwardError::Day) => (DAY, ListProblem::NotYet),
    };
    fault(list, row, column, problem);
    None
}

fn fault(list: &mut List, row: &ListRow, column: usize, problem: ListProblem) {
    let head = COLUMNS.get(column).map(|column| column.head);
    list.fault(row.line, head, problem);
}

/// `15/6/2025`, `15-6-2025` or `2025-06-15`.
fn day(list: &mut List, row: &ListRow) -> Option<Date> {
    let typed = row.get(DAY);
    let parts: Vec<&str> = typed.split(['/', '-', '.']).map(str::trim).collect();
    let date = |year: &str, month: &str, day: &str| {
        let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
        Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
    };
    let found = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => date(year, month, day),
        [day, month, year] if year.len() == 4 => date(year, month, day),
        _ => None,
    };
    if found.is_none() {
        fault(list, row, DAY, ListProblem::Day(typed.to_owned()));
    }
    found
}

fn form(list: &mut List, row: &ListRow) -> Option<AwardForm> {
    let typed = row.get(FORM);
    let word = fold(typed);
    let found = match word.as_str() {
        "huy chuong" | "huan chuong huy chuong" => Some(AwardForm::Order),
        "co" => Some(AwardForm::Flag),
        "danh hieu thi dua" => Some(AwardForm::Title),
        "hinh thuc khac" => Some(AwardForm::Other),
        _ => AwardForm::parse(&word.replace(' ', "-")),
    };
    if found.is_none() {
        let allowed = "giấy khen, bằng khen, cờ thi đua, danh hiệu, kỷ niệm chương, huân chương, khác";
        let problem = ListProblem::NotAllowed(typed.to_owned(), allowed.to_owned());
        fault(list, row, FORM, problem);
    }
    found
}

fn level(list: &mut List, row: &ListRow) -> Option<Level> {
    let typed = row.get(LEVEL);
    let word = fold(typed);
    let found = match word.strip_prefix("cap ").unwrap_or(&word) {
        "xa" | "phuong" | "co so" | "commune" => Some(Level::Commune),
        "huyen" | "thanh pho thuoc tinh" | "district" => Some(Level::District),
        "tinh" | "province" => Some(Level::Province),
        "bo" | "bo nganh" | "trung uong" | "ministry" => Some(Level::Ministry),
        "nha nuoc" | "state" => Some(Level::State),
        _ => None,
    };
    if found.is_none() {
        let allowed = "xã, huyện (đến 30/6/2025), tỉnh, bộ, nhà nước";
        let problem = ListProblem::NotAllowed(typed.to_owned(), allowed.to_owned());
        fault(list, row, LEVEL, problem);
    }
    found
}

fn recipient(list: &mut List, row: &ListRow) -> Option<Recipient> {
    let [small, direct, farmer, youth, woman] =
        [SMALL, DIRECT, FARMER, YOUTH, WOMAN].map(|at| yes(list, row, at));
    let typed = row.get(RECIPIENT);
    match fold(typed).as_str() {
        "tap the" | "collective" => {
            let traits = [(DIRECT, direct), (FARMER, farmer), (YOUTH, youth), (WOMAN, woman)];
            for (column, _) in traits.iter().filter(|(_, yes)| *yes == Some(true)) {
                fault(list, row, *column, ListProblem::TraitOfCollective);
            }
            Some(Recipient::Collective { small: small? })
        }
        "ca nhan" | "person" => {
            if small == Some(true) {
                fault(list, row, SMALL, ListProblem::SmallPerson);
            }
            Some(Recipient::Person(PersonTraits {
                direct: direct?,
                farmer: farmer?,
                youth: youth?,
                woman: woman?,
            }))
        }
        _ => {
            let problem = ListProblem::NotAllowed(typed.to_owned(), "tập thể, cá nhân".to_owned());
            fault(list, row, RECIPIENT, problem);
            None
        }
    }
}

fn yes(list: &mut List, row: &ListRow, column: usize) -> Option<bool> {
    let typed = row.get(column);
    match fold(typed).as_str() {
        "" if typed.is_empty() => Some(false),
        "0" | "khong" | "no" => Some(false),
        "x" | "1" | "co" | "yes" | "nu" => Some(true),
        _ => {
            let problem = ListProblem::NotAllowed(typed.to_owned(), "x, để trống".to_owned());
            fault(list, row, column, problem);
            None
        }
    }
}
