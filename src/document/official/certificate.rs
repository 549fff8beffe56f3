//! Certificates: a page for each winner, with a code that leads to its check page.
//!
//! Owns what stands on them; the codes come from whoever issues them. A certificate is for its winner's own hands, so it
//! carries the full name whatever was agreed about publishing; its check page does not.

use super::fill::{Issue, frame, place_and_date, signing, state, worded};
use super::model::{Certificate, Paper};
use super::values::{dated, issuer, say, values};
use super::{check_path, template};
use crate::domain::official::{Line, Named, PaperKind};
use crate::store::paper_facts::PaperFacts;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Squares of quiet around a code.
const QUIET: usize = 2;

/// Who receives a certificate, and for what.
struct Bearer {
    round: Option<i16>,
    name: String,
    unit: String,
    prize: String,
    /// Of a prize for bringing newcomers.
    newcomers: Option<i64>,
}

fn bearers(facts: &PaperFacts, kind: PaperKind) -> Vec<Bearer> {
    if kind == PaperKind::UnitCertificates {
        let round = facts.round.as_ref();
        let round = round.and_then(|round| i16::try_from(round.number).ok());
        let units = facts.collective.iter().filter_map(|award| {
            let unit = facts.contest.unit(award.award.unit)?;
            let above: Vec<String> = unit
                .ancestors
                .iter()
                .take(1)
                .map(|id| facts.contest.unit_path(*id))
                .collect();
            Some(Bearer {
                round,
                name: unit.definition.name.clone(),
                unit: above.join(", "),
                prize: award.prize_name.clone(),
                newcomers: None,
            })
        });
        return units.collect();
    }
    let people = facts.winners.iter().map(|winner| Bearer {
        round: winner.round,
        name: winner.full_name.clone(),
        unit: facts.contest.unit_path(winner.unit),
        prize: winner.prize.clone(),
        newcomers: winner.newcomers,
    });
    people.collect()
}

/// The certificates of all winners, people or units; `codes` are theirs in the same order.
pub(super) fn certificates(facts: &PaperFacts, issue: &Issue<'_>, codes: &[String], origin: &str) -> Paper {
    let general = values(facts, issue);
    let mut paper = frame(facts, issue);
    let papers = &facts.contest.definition.papers;
    let lines = template(papers, issue.kind).0;
    for (winner, code) in bearers(facts, issue.kind).into_iter().zip(codes) {
        let address = format!("{origin}{}", check_path(code));
        let shown = in_fours(code);
        let mut own = general.clone();
        let round = winner
            .round
            .and_then(|number| facts.contest.round(u16::try_from(number).ok()?));
        own.extend([
            (Named::Name, winner.name),
            (Named::Unit, winner.unit),
            (Named::Prize, winner.prize),
            (Named::Code, shown.clone()),
            (Named::Address, address.clone()),
        ]);
        if let Some(newcomers) = winner.newcomers {
            own.insert(Named::Newcomers, super::words::number(newcomers));
        }
        if let Some(round) = round {
            own.insert(Named::Round, super::words::inside(&round.title));
            own.insert(Named::RoundCapitals, round.title.to_uppercase());
        }
        let falls_away = |named: Named| own.get(&named).is_none_or(String::is_empty);
        let blocks = lines
            .iter()
            .filter(|line| !line.only_if.is_some_and(falls_away))
            .filter(|line| !matches!(line.line, Line::Part(_)))
            .filter_map(|line| worded(&line.line, &own, issue.house));
        let squares = squares(&address);
        let superior = papers.letterhead.superior.as_deref().map(str::to_uppercase);
        paper.certificates.push(Certificate {
            state: state(issue.house),
            issuer: superior
                .into_iter()
                .chain([issuer(facts).to_uppercase()])
                .collect(),
            blocks: blocks.collect(),
            date: place_and_date(&papers.letterhead, &dated(issue, facts)),
            lines: signing(&papers.letterhead),
            signer: papers.letterhead.signer.clone(),
            drawing: drawing(&squares),
            squares,
            check: vec![
                say("paper-check", &[]),
                origin.to_owned(),
                say("paper-check-code", &[("code", &shown)]),
            ],
            alt: say("paper-check-alt", &[("address", &address)]),
        });
    }
    paper
}

/// `7K2Q F3M9 X04T 8ABC`: read aloud and typed without a slip.
fn in_fours(code: &str) -> String {
    let mut out = String::new();
    for (at, c) in code.chars().enumerate() {
        if at > 0 && at.is_multiple_of(4) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// The address as rows of `#` and space with quiet around them; empty where it is too long for any code.
fn squares(address: &str) -> Vec<String> {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else {
        return Vec::new();
    };
    let width = code.width();
    let blank = " ".repeat(width + 2 * QUIET);
    let colors = code.to_colors();
    let mut rows = vec![blank.clone(); QUIET];
    for line in colors.chunks(width) {
        let dots: String = line
            .iter()
            .map(|dot| if *dot == Color::Dark { '#' } else { ' ' })
            .collect();
        rows.push(format!("{0}{dots}{0}", " ".repeat(QUIET)));
    }
    rows.extend(vec![blank; QUIET]);
    rows
}

/// The squares as SVG, neighbours in a row as one bar.
fn drawing(rows: &[String]) -> String {
    let side = rows.len().max(1);
    let mut bars = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut begun = None;
        for (x, c) in row.chars().chain([' ']).enumerate() {
            match (c, begun) {
                ('#', None) => begun = Some(x),
                (' ', Some(from)) => {
                    let _ = write!(bars, "M{from} {y}h{}v1H{from}z", x - from);
                    begun = None;
                }
                _ => {}
            }
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path fill=\"#000\" shape-rendering=\"crispEdges\" d=\"{bars}\"/></svg>"
    )
}
