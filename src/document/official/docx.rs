//! Official papers as Word documents.
//!
//! Owns how each part of a paper looks in Word; leaves XML to `docx_xml` and the package to `docx_parts`. Charts become
//! tables with bars of letters, which can be edited where a picture cannot.

use super::docx_parts::{Page, mm, package};
use super::docx_xml::{Look, Par, picture, side_by_side, table};
use super::model::{Align, Block, Certificate, Chart, Column, Head, Paper, Row, Signature, Signer, Table};
use super::png;

/// Indent of first lines, twentieths of a point.
const INDENT: u32 = 720;
/// Letters of the longest bar.
const BAR: i64 = 22;
/// Side of a code, English Metric Units: 24 mm.
const CODE_SIZE: u32 = 24 * 36_000;

const UPRIGHT: Page = Page {
    across: false,
    margins: [20, 18, 20, 30],
    framed: false,
    first: false,
};
const ACROSS: Page = Page {
    across: true,
    margins: [20, 20, 18, 20],
    framed: false,
    first: false,
};
const CERTIFICATE: Page = Page {
    across: true,
    margins: [20, 22, 16, 22],
    framed: true,
    first: false,
};

/// Writes a paper.
pub(super) fn write(paper: &Paper) -> Vec<u8> {
    if paper.certificates.is_empty() {
        return package(paper, &pages(paper), &[]);
    }
    let pictures: Vec<Vec<u8>> = paper
        .certificates
        .iter()
        .map(|own| png::squares(&own.squares))
        .collect();
    let mut body = String::new();
    let last = paper.certificates.len();
    for (nth, certificate) in (1..).zip(&paper.certificates) {
        body.push_str(&certificate_of(nth, certificate));
        let properties = CERTIFICATE.properties();
        if nth == last {
            body.push_str(&properties);
        } else {
            body.push_str(&Par::new("").words("", Look::of(2)).xml_with(&properties));
        }
    }
    package(paper, &body, &pictures)
}

fn pages(paper: &Paper) -> String {
    let mut page = Page {
        first: true,
        ..UPRIGHT
    };
    let mut body = String::new();
    if let Some(head) = &paper.head {
        body.push_str(&head_of(head, paper.house == "party", page.width()));
    }
    for (at, block) in paper.blocks.iter().enumerate() {
        // A signature never stands alone on a page.
        let signed = matches!(
            paper.blocks.get(at + 1),
            Some(Block::Signature(_) | Block::Signers { .. })
        );
        if let Block::NewPage { across } = block {
            body.push_str(&Par::new("").words("", Look::of(2)).xml_with(&page.properties()));
            page = if *across { ACROSS } else { UPRIGHT };
        } else {
            body.push_str(&block_of(block, page.width(), paper.house == "party", signed));
        }
    }
    body.push_str(&page.properties());
    body
}

fn head_of(head: &Head, party: bool, width: u32) -> String {
    let middle = |text: &str, look: Look| Par::new("center").words(text, look).xml();
    let size = if party { 28 } else { 26 };
    let mut left = String::new();
    if let Some(superior) = &head.superior {
        left.push_str(&middle(superior, Look::of(size)));
    }
    if party {
        left.push_str(&middle(&head.issuer, Look::of(size).bold()));
        left.push_str(&middle("*", Look::of(size)));
    } else {
        left.push_str(&middle(&head.issuer, Look::of(size).bold()));
        left.push_str(&middle("―――――――", Look::of(12)));
    }
    if let Some(number) = &head.number {
        left.push_str(&middle(number, Look::of(size)));
    }
    let mut right = String::new();
    match head.state.as_slice() {
        [state, motto] => {
            right.push_str(&middle(state, Look::of(25).bold()));
            right.push_str(&middle(motto, Look::of(27).bold().underlined()));
        }
        lines => {
            for line in lines {
                right.push_str(&middle(line, Look::of(30).bold().underlined()));
            }
        }
    }
    let date = Par::new("center")
        .spaced(240, 0)
        .words(&head.date, Look::of(28).italic());
    right.push_str(&date.xml());
    let left_width = width * 44 / 100;
    let cells = [(left_width, left), (width - left_width, right)];
    format!("{}{}", side_by_side(&cells), Par::new("").xml())
}

fn block_of(block: &Block, width: u32, party: bool, signed: bool) -> String {
    let keep = |par: Par| if signed { par.kept() } else { par };
    match block {
        Block::Title { runs } => {
            let look = Look::of(if party { 32 } else { 28 }).bold();
            Par::new("center")
                .spaced(120, 60)
                .heading(1)
                .runs(runs, look)
                .xml()
        }
        Block::About { runs } => {
            let about = Par::new("center")
                .heading(2)
                .runs(runs, Look::of(28).bold())
                .xml();
            let rule = if party {
                "-----"
            } else {
                "――――――――"
            };
            let under = Par::new("center")
                .spaced(0, 200)
                .kept()
                .words(rule, Look::of(if party { 28 } else { 14 }));
            about + &under.xml()
        }
        Block::Heading { runs } => Par::new("both")
            .spaced(160, 80)
            .heading(3)
            .runs(runs, Look::of(28).bold())
            .xml(),
        Block::Ground { runs } => Par::new("both")
            .indented(INDENT)
            .spaced(0, 80)
            .runs(runs, Look::of(28).italic())
            .xml(),
        Block::Middle { runs } => Par::new("center")
            .spaced(0, 80)
            .kept()
            .runs(runs, Look::of(28))
            .xml(),
        Block::Item { runs } => {
            let item = Par::new("both")
                .indented(INDENT)
                .spaced(0, 80)
                .words("- ", Look::of(28));
            keep(item).runs(runs, Look::of(28)).xml()
        }
        Block::Paragraph { runs } => {
            let paragraph = Par::new("both").indented(INDENT).spaced(40, 100);
            keep(paragraph).runs(runs, Look::of(28)).xml()
        }
        Block::Table(rows) => format!(
            "{}{}",
            table(rows, width, table_size(rows)),
            Par::new("").spaced(0, 60).xml()
        ),
        Block::Chart(chart) => chart_of(chart, width),
        Block::Signature(signature) => signature_of(signature, width, party),
        Block::Signers { signers } => signers_of(signers, width),
        Block::NewPage { .. } => String::new(),
    }
}

/// Half points of the letters of a table: smaller where many columns share the page.
const fn table_size(table: &Table) -> u32 {
    if table.columns.len() > 6 { 22 } else { 24 }
}

/// The numbers of a chart as a table, each with its bar.
fn chart_of(chart: &Chart, width: u32) -> String {
    let column = |head: &str, width, align| Column {
        head: head.to_owned(),
        width,
        align,
    };
    let [name, number] = &chart.heads;
    let most = chart.bars.iter().map(|bar| bar.value).max().unwrap_or(1).max(1);
    let bar = |value: i64| {
        let letters = (value * BAR + most / 2) / most;
        "█".repeat(usize::try_from(letters).unwrap_or(0))
    };
    let rows = chart.bars.iter().map(|one| Row {
        cells: vec![one.name.clone(), one.shown.clone(), bar(one.value)],
        strong: false,
    });
    let rows = Table {
        columns: vec![
            column(name, 34, Align::Left),
            column(number, 16, Align::Right),
            column("", 50, Align::Left),
        ],
        rows: rows.collect(),
    };
    let message = Par::new("center")
        .spaced(120, 0)
        .kept()
        .words(&chart.message, Look::of(24).bold());
    let measure = Par::new("center")
        .spaced(0, 60)
        .kept()
        .words(&chart.measure, Look::of(22).italic());
    let after = Par::new("").spaced(0, 120);
    format!(
        "{}{}{}{}",
        message.xml(),
        measure.xml(),
        table(&rows, width, 22),
        after.xml()
    )
}

fn signature_of(signature: &Signature, width: u32, party: bool) -> String {
    let head = if party {
        Look::of(28).underlined()
    } else {
        Look::of(24).bold().italic()
    };
    let mut left = Par::new("left").words(&signature.recipients_head, head).xml();
    for line in &signature.recipients {
        let size = if party { 24 } else { 22 };
        left.push_str(&Par::new("left").words(&format!("- {line}"), Look::of(size)).xml());
    }
    let mut right = String::new();
    for line in &signature.lines {
        right.push_str(&Par::new("center").words(line, Look::of(28).bold()).xml());
    }
    for _ in 0..4 {
        right.push_str(&Par::new("center").xml());
    }
    let signer = signature.signer.as_deref().unwrap_or_default();
    right.push_str(&Par::new("center").words(signer, Look::of(28).bold()).xml());
    let left_width = width * 46 / 100;
    let cells = [(left_width, left), (width - left_width, right)];
    format!(
        "{}{}{}",
        Par::new("").kept().xml(),
        side_by_side(&cells),
        Par::new("").words("", Look::of(2)).xml()
    )
}

/// Several who sign, each in a column: role, room for a pen, names.
fn signers_of(signers: &[Signer], width: u32) -> String {
    let share = width / u32::try_from(signers.len().max(1)).unwrap_or(1);
    let column = |signer: &Signer| {
        let mut out = Par::new("center").words(&signer.role, Look::of(26).bold()).xml();
        for _ in 0..3 {
            out.push_str(&Par::new("center").xml());
        }
        if signer.names.is_empty() {
            out.push_str(&Par::new("center").xml());
        }
        for name in &signer.names {
            out.push_str(&Par::new("center").words(name, Look::of(26).bold()).xml());
        }
        (share, out)
    };
    let cells: Vec<(u32, String)> = signers.iter().map(column).collect();
    format!(
        "{}{}{}",
        Par::new("").kept().xml(),
        side_by_side(&cells),
        Par::new("").words("", Look::of(2)).xml()
    )
}

fn certificate_of(nth: usize, certificate: &Certificate) -> String {
    let middle = |text: &str, look: Look| Par::new("center").words(text, look).xml();
    let mut out = String::new();
    for (at, line) in certificate.state.iter().enumerate() {
        let look = Look::of(30).bold();
        out.push_str(&middle(line, if at == 1 { look.underlined() } else { look }));
    }
    for line in &certificate.issuer {
        out.push_str(&middle(line, Look::of(26)));
    }
    for block in &certificate.blocks {
        let centred = Par::new("center");
        let par = match block {
            Block::Title { runs } => centred
                .spaced(120, 80)
                .heading(1)
                .runs(runs, Look::of(68).bold().red()),
            Block::About { runs } => centred.spaced(80, 60).heading(2).runs(runs, Look::of(48).bold()),
            Block::Heading { runs } => centred
                .spaced(80, 80)
                .heading(3)
                .runs(runs, Look::of(42).bold().red()),
            Block::Ground { runs } => centred.spaced(0, 80).runs(runs, Look::of(30).italic()),
            Block::Middle { runs } | Block::Item { runs } | Block::Paragraph { runs } => {
                centred.spaced(0, 40).runs(runs, Look::of(30))
            }
            Block::Table(_)
            | Block::Chart(_)
            | Block::Signature(_)
            | Block::Signers { .. }
            | Block::NewPage { .. } => continue,
        };
        out.push_str(&par.xml());
    }
    out.push_str(&Par::new("").words("", Look::of(4)).xml());
    let code = Par::new("left")
        .raw(&picture(nth, CODE_SIZE, &certificate.alt))
        .xml();
    let mut check = String::new();
    for line in &certificate.check {
        check.push_str(&Par::new("left").words(line, Look::of(19)).xml());
    }
    let mut sign = Par::new("center")
        .words(&certificate.date, Look::of(26).italic())
        .xml();
    for line in &certificate.lines {
        sign.push_str(&Par::new("center").words(line, Look::of(26).bold()).xml());
    }
    for _ in 0..2 {
        sign.push_str(&Par::new("center").xml());
    }
    let signer = certificate.signer.as_deref().unwrap_or_default();
    sign.push_str(&Par::new("center").words(signer, Look::of(28).bold()).xml());
    let rest = CERTIFICATE.width() - mm(30) - mm(75);
    out.push_str(&side_by_side(&[(mm(30), code), (mm(75), check), (rest, sign)]));
    out
}
