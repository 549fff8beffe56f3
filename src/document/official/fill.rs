//! Filling a template: fields become words, parts become tables and charts.
//!
//! Owns the order of what stands on the paper; each part is made in a file of its own.

use super::model::{Block, Head, Paper, Run, Signature};
use super::values::{Values, dated, issuer, numbered, say, values};
use super::words::capital;
use super::{PaperRule, answer_key, chart, meeting, rules, tables, template};
use crate::domain::contest::Field;
use crate::domain::official::{House, Letterhead, Line, Named, PaperKind, Part, Piece, Text};
use crate::store::paper_facts::PaperFacts;
use std::collections::BTreeSet;
use time::Date;

/// How a paper is issued.
#[derive(Debug, Clone)]
pub struct Issue<'a> {
    /// Which paper.
    pub kind: PaperKind,
    /// Whose form.
    pub house: House,
    /// Its number, where it has one already.
    pub number: Option<&'a str>,
    /// Its day, where it has one already.
    pub date: Option<Date>,
    /// Personal fields that were asked for; without the full name it is initials for who did not agree to be named.
    pub with: BTreeSet<Field>,
    /// The rules of the contest as sentences.
    pub rules: Vec<PaperRule>,
}

/// A paper with its fields filled in; certificates are made by `certificates`.
pub(super) fn fill(facts: &PaperFacts, issue: &Issue<'_>) -> Paper {
    let values = values(facts, issue);
    let mut paper = frame(facts, issue);
    paper.head = Some(head(facts, issue));
    for line in template(&facts.contest.definition.papers, issue.kind).0 {
        let falls_away = |named: Named| values.get(&named).is_none_or(String::is_empty);
        if line.only_if.is_some_and(falls_away) {
            continue;
        }
        match line.line {
            Line::Part(part) => paper.blocks.extend(part_of(part, facts, issue)),
            other => paper.blocks.extend(worded(&other, &values, issue.house)),
        }
    }
    paper
}

/// What every paper has around its text.
pub(super) fn frame(facts: &PaperFacts, issue: &Issue<'_>) -> Paper {
    let definition = &facts.contest.definition;
    let name = say(&format!("paper-kind-{}", issue.kind.name()), &[]);
    let scope = facts.round.as_ref().map(|round| format!(" {}", round.title));
    let stem = facts.round.as_ref().map(|round| format!("-{}", round.number));
    let banner = if facts.contest.demonstration {
        Some(say("paper-demonstration", &[]))
    } else if facts.approved || !issue.kind.waits_for_approval() {
        None
    } else {
        Some(say("paper-draft", &[]))
    };
    Paper {
        file_stem: format!(
            "{}{}-{}",
            definition.slug,
            stem.unwrap_or_default(),
            issue.kind.name()
        ),
        title: format!("{name}{} – {}", scope.unwrap_or_default(), definition.title),
        author: issuer(facts),
        house: issue.house.name(),
        banner,
        as_of: facts.as_of.unix_timestamp(),
        ..Paper::default()
    }
}

/// The lines at the top right: of the Party its name, of the state its name and motto.
pub(super) fn state(house: House) -> Vec<String> {
    match house {
        House::Party => vec![say("paper-party", &[])],
        House::Government => vec![say("paper-state", &[]), say("paper-motto", &[])],
    }
}

fn head(facts: &PaperFacts, issue: &Issue<'_>) -> Head {
    let letterhead = &facts.contest.definition.papers.letterhead;
    let number = Some(numbered(facts, issue)).filter(|number| !number.is_empty());
    let key = match issue.house {
        House::Party => "paper-number-party",
        House::Government => "paper-number-state",
    };
    Head {
        superior: letterhead.superior.as_deref().map(str::to_uppercase),
        issuer: issuer(facts).to_uppercase(),
        state: state(issue.house),
        number: number.map(|number| say(key, &[("number", &number)])),
        date: place_and_date(letterhead, &dated(issue, facts)),
    }
}

/// "Lạng Sơn, ngày 08 tháng 5 năm 2023".
pub(super) fn place_and_date(letterhead: &Letterhead, date: &str) -> String {
    match &letterhead.place {
        Some(place) => format!("{place}, {date}"),
        None => capital(date),
    }
}

/// A line of words; a line whose fields are all empty falls away.
pub(super) fn worded(line: &Line, values: &Values, house: House) -> Option<Block> {
    let make: fn(Vec<Run>) -> Block = match line {
        Line::Title(_) => |runs| Block::Title { runs },
        Line::About(_) => |runs| Block::About { runs },
        Line::Heading(_) => |runs| Block::Heading { runs },
        Line::Ground(_) => |runs| Block::Ground { runs },
        Line::Middle(_) => |runs| Block::Middle { runs },
        Line::Item(_) => |runs| Block::Item { runs },
        Line::Paragraph(_) => |runs| Block::Paragraph { runs },
        Line::Part(_) => return None,
    };
    let (Line::Title(text)
    | Line::About(text)
    | Line::Heading(text)
    | Line::Ground(text)
    | Line::Middle(text)
    | Line::Item(text)
    | Line::Paragraph(text)) = line
    else {
        return None;
    };
    let mut runs = runs(text, values);
    if matches!(line, Line::About(_)) && house == House::Government {
        // Papers of the state begin the summary with a large letter, those of the Party with a small one.
        if let Some(first) = runs.first_mut() {
            first.text = capital(&first.text);
        }
    }
    (!runs.is_empty()).then(|| make(runs))
}

/// The runs of a text. Fields that are empty leave no double space behind.
fn runs(text: &Text, values: &Values) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for span in &text.0 {
        let words = match &span.piece {
            Piece::Words(words) => words.as_str(),
            Piece::Field(named) => values.get(named).map_or("", String::as_str),
        };
        let after_space = runs.last().is_none_or(|run| run.text.ends_with(' '));
        let words = if after_space { words.trim_start() } else { words };
        if words.is_empty() {
            continue;
        }
        match runs.last_mut() {
            Some(last) if (last.bold, last.italic) == (span.strong, span.emphasis) => {
                last.text.push_str(words)
            }
            _ => runs.push(Run {
                text: words.to_owned(),
                bold: span.strong,
                italic: span.emphasis,
            }),
        }
    }
    if let Some(last) = runs.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    runs.retain(|run| !run.text.is_empty());
    runs
}

fn part_of(part: Part, facts: &PaperFacts, issue: &Issue<'_>) -> Vec<Block> {
    match part {
        Part::WinnerTable => tables::winners(facts, issue),
        Part::CollectiveTable => tables::collective(facts),
        Part::PrizeTable => tables::prizes(facts),
        Part::UnitTable => tables::units(facts),
        Part::BlocTable => tables::blocs(facts),
        Part::RoundTable => tables::rounds(facts),
        Part::DayChart => chart::days(facts),
        Part::ScoreChart => chart::scores(facts),
        Part::RoundChart => chart::rounds(facts),
        Part::UnitChart => chart::units(facts),
        Part::RuleList => rules::all(&issue.rules),
        Part::RankingRules => rules::of_ranking(&issue.rules),
        Part::KeyTable => answer_key::key_tables(facts),
        Part::TieList => meeting::ties(facts, issue),
        Part::RulingList => meeting::rulings(facts, issue),
        Part::ComplaintList => meeting::complaints(facts),
        Part::Signers => vec![meeting::signers()],
        Part::Signature => vec![Block::Signature(signature(
            &facts.contest.definition.papers.letterhead,
        ))],
        Part::NewPage => vec![Block::NewPage { across: false }],
        Part::AcrossPage => vec![Block::NewPage { across: true }],
    }
}

fn signature(letterhead: &Letterhead) -> Signature {
    let mut recipients = letterhead.recipients.clone();
    if recipients.is_empty() {
        recipients.push(say("paper-recipients-default", &[]));
    }
    Signature {
        recipients_head: say("paper-recipients", &[]),
        recipients,
        lines: signing(letterhead),
        signer: letterhead.signer.clone(),
    }
}

/// On whose behalf and in which position is signed.
pub(super) fn signing(letterhead: &Letterhead) -> Vec<String> {
    let behalf = letterhead
        .on_behalf
        .clone()
        .unwrap_or_else(|| say("paper-on-behalf", &[]));
    let position = letterhead
        .position
        .clone()
        .unwrap_or_else(|| say("paper-position", &[]));
    vec![behalf, position]
}
