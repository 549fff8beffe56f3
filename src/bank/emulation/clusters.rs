//! Clusters of one or more years, a row for each unit.

use super::{Column, List, ListFault, ListProblem, ListRow};
use crate::domain::emulation::{
    ClusterDefinition, ClusterKind, MAX_MEMBERS, MAX_NAME, Member, MemberRole, YEARS, cluster_code,
};
use crate::domain::unit::fold;
use std::collections::BTreeMap;

/// Rows of a file.
const MAX_ROWS: usize = 5_000;
/// Longest code of a unit, as in `units.csv`.
const MAX_CODE: usize = 40;

const YEAR: usize = 0;
const CODE: usize = 1;
const KIND: usize = 2;
const NAME: usize = 3;
const UNIT: usize = 4;
const UNIT_NAME: usize = 5;
const ROLE: usize = 6;

const fn column(head: &'static str, also: &'static [&'static str], needed: bool) -> Column {
    Column { head, also, needed }
}

const COLUMNS: [Column; 7] = [
    column("Năm", &["year"], true),
    column("Mã cụm, khối", &["ma cum", "ma khoi", "cluster"], true),
    column("Loại", &["kind"], false),
    column("Tên cụm, khối", &["ten cum", "ten khoi", "cluster name"], true),
    column("Mã đơn vị", &["unit", "code"], true),
    column("Tên đơn vị", &["unit name"], false),
    column("Vai trò", &["role"], false),
];

/// A file to fill in, with two rows as an example.
pub fn clusters_template() -> String {
    let heads: Vec<String> = COLUMNS
        .iter()
        .map(|column| format!("\"{}\"", column.head))
        .collect();
    format!(
        "\u{feff}{}\r\n2025,CUM-1,cụm,Cụm thi đua số 1,X1,Xã Một,trưởng\r\n2025,CUM-1,cụm,Cụm thi đua số 1,X2,Xã Hai,phó\r\n",
        heads.join(",")
    )
}

/// Reads the clusters of a file, or every fault of it. `known` gives the name of a unit that a contest has, for rows
/// without one.
pub fn read_clusters(
    bytes: &[u8],
    known: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<ClusterDefinition>, Vec<ListFault>> {
    let mut list = List::read(bytes, &COLUMNS, MAX_ROWS);
    let rows = std::mem::take(&mut list.rows);
    if list
        .faults
        .iter()
        .any(|fault| matches!(fault.problem, ListProblem::NoColumn(_)))
    {
        return Err(list.faults);
    }
    let mut reading = Reading::default();
    for row in &rows {
        reading.row(&mut list, row, known);
    }
    if list.faults.is_empty() {
        Ok(reading
            .clusters
            .into_values()
            .map(|(cluster, _, _)| cluster)
            .collect())
    } else {
        Err(list.faults)
    }
}

/// Reads members as they are typed, one a line: `X1; Xã Một; trưởng`.
pub fn read_members(
    typed: &str,
    known: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Member>, Vec<ListFault>> {
    let mut list = List::default();
    let mut reading = Reading::default();
    let lines = (1_u64..)
        .zip(typed.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    let typed = [(YEAR, "2000"), (CODE, "C"), (NAME, "C")];
    for (line, text) in lines.take(MAX_MEMBERS + 1) {
        let parts = text.splitn(3, [';', '\t']).map(crate::domain::participant::tidy);
        let cells = (UNIT..).zip(parts);
        let row = ListRow {
            line,
            cells: typed
                .map(|(column, text)| (column, text.to_owned()))
                .into_iter()
                .chain(cells)
                .collect(),
        };
        reading.row(&mut list, &row, known);
    }
    let members = reading
        .clusters
        .into_values()
        .next()
        .map(|(cluster, _, _)| cluster.members);
    let members = members.unwrap_or_default();
    if members.is_empty() && list.faults.is_empty() {
        list.fault(0, None, ListProblem::Empty);
    }
    if list.faults.is_empty() {
        Ok(members)
    } else {
        Err(list.faults)
    }
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    /// By year and code: the cluster, the line it began in, the line of its head.
    clusters: BTreeMap<(u16, String), (ClusterDefinition, u64, Option<u64>)>,
    /// Line of each unit in its year.
    units: BTreeMap<(u16, String), u64>,
}

impl Reading {
    fn row(&mut self, list: &mut List, row: &ListRow, known: &dyn Fn(&str) -> Option<String>) {
        let before = list.faults.len();
        let year = year(list, row);
        let code = code(list, row);
        let kind = kind(list, row);
        let name = text(list, row, NAME, MAX_NAME, true);
        let role = role(list, row);
        let unit = text(list, row, UNIT, MAX_CODE, true);
        let mut unit_name = text(list, row, UNIT_NAME, MAX_NAME, false);
        if unit_name.is_empty() && !unit.is_empty() {
            match known(&unit) {
                Some(name) => unit_name = name,
                None => fault(list, row, UNIT_NAME, ListProblem::NoName(unit.clone())),
            }
        }
        let (Some(year), Some(code), Some(kind), Some(role)) = (year, code, kind, role) else {
            return;
        };
        if list.faults.len() > before {
            return;
        }
        if let Some(first) = self.units.insert((year, unit.clone()), row.line) {
            return fault(list, row, UNIT, ListProblem::UnitTwice(first));
        }
        let fresh = ClusterDefinition {
            year,
            code: code.clone(),
            kind,
            name: name.clone(),
            members: Vec::new(),
        };
        let (cluster, first, head) = self
            .clusters
            .entry((year, code))
            .or_insert((fresh, row.line, None));
        if cluster.name != name || cluster.kind != kind {
            return fault(list, row, NAME, ListProblem::Differs(*first));
        }
        if cluster.members.len() == MAX_MEMBERS {
            return fault(list, row, UNIT, ListProblem::TooMany(MAX_MEMBERS));
        }
        if role == MemberRole::Head {
            if let Some(first) = *head {
                return fault(list, row, ROLE, ListProblem::SecondHead(first));
            }
            *head = Some(row.line);
        }
        cluster.members.push(Member {
            code: unit,
            name: unit_name,
            role,
        });
    }
}

fn fault(list: &mut List, row: &ListRow, column: usize, problem: ListProblem) {
    let head = COLUMNS.get(column).map(|column| column.head);
    list.fault(row.line, head, problem);
}

fn text(list: &mut List, row: &ListRow, column: usize, most: usize, needed: bool) -> String {
    let typed = row.get(column);
    if needed && typed.is_empty() {
        fault(list, row, column, ListProblem::Missing);
    } else if typed.chars().count() > most {
        fault(list, row, column, ListProblem::TooLong(most));
    }
    typed.to_owned()
}

fn year(list: &mut List, row: &ListRow) -> Option<u16> {
    let typed = row.get(YEAR);
    let year = typed.parse().ok().filter(|year| YEARS.contains(year));
    if year.is_none() {
        fault(list, row, YEAR, ListProblem::Year(typed.to_owned()));
    }
    year
}

fn code(list: &mut List, row: &ListRow) -> Option<String> {
    let typed = row.get(CODE);
    let code = cluster_code(typed);
    if code.is_none() {
        fault(list, row, CODE, ListProblem::Code(typed.to_owned()));
    }
    code
}

fn kind(list: &mut List, row: &ListRow) -> Option<ClusterKind> {
    let typed = row.get(KIND);
    match fold(typed).as_str() {
        "" if typed.is_empty() => Some(ClusterKind::Cluster),
        "cum" | "cum thi dua" | "cluster" => Some(ClusterKind::Cluster),
        "khoi" | "khoi thi dua" | "block" => Some(ClusterKind::Block),
        _ => {
            let problem = ListProblem::NotAllowed(typed.to_owned(), "cụm, khối".to_owned());
            fault(list, row, KIND, problem);
            None
        }
    }
}

fn role(list: &mut List, row: &ListRow) -> Option<MemberRole> {
    let typed = row.get(ROLE);
    match fold(typed).as_str() {
        "" if typed.is_empty() => Some(MemberRole::Member),
        "thanh vien" | "member" => Some(MemberRole::Member),
        "truong" | "truong cum" | "truong khoi" | "cum truong" | "khoi truong" | "head" => {
            Some(MemberRole::Head)
        }
        "pho" | "pho cum" | "pho khoi" | "pho truong cum" | "pho truong khoi" | "cum pho" | "khoi pho"
        | "deputy" => Some(MemberRole::Deputy),
        _ => {
            let problem = ListProblem::NotAllowed(typed.to_owned(), "trưởng, phó, thành viên".to_owned());
            fault(list, row, ROLE, problem);
            None
        }
    }
}
