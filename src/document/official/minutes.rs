//! Biên bản kiểm phiếu: the minutes of a counted vote, with the list of delegates attached.
//!
//! Names who was entitled to vote and who did; what anybody voted for is not known here. Wording is in `emulation.ftl`.

use super::fill::state;
use super::model::{Align, Block, Column, Head, Paper, Row, Run, Signer, Table};
use super::values::say;
use super::words::{capital, long_day, moment, percent};
use crate::domain::emulation::vote::{Base, Counted, Tally, Threshold};
use crate::domain::official::House;
use crate::domain::participant::local_date;
use crate::store::emulation::{ClusterRow, DelegateRow, VoteRow};
use time::OffsetDateTime;

/// What the minutes are made of.
#[derive(Debug, Clone, Copy)]
pub struct Minutes<'a> {
    /// Whose vote.
    pub cluster: &'a ClusterRow,
    /// The counted vote.
    pub vote: &'a VoteRow,
    /// Its delegates.
    pub delegates: &'a [DelegateRow],
    /// What counting found.
    pub tally: &'a Tally,
    /// Whose form.
    pub house: House,
    /// The moment that the paper stands for.
    pub as_of: OffsetDateTime,
}

/// The minutes as a paper.
pub fn minutes(own: &Minutes<'_>) -> Paper {
    let title = format!("{}: {}", say("emulation-paper-name", &[]), own.vote.title);
    let mut blocks = vec![
        Block::Title {
            runs: plain(&say("emulation-paper-title", &[])),
        },
        Block::About {
            runs: plain(&say("emulation-paper-about", &[("title", &own.vote.title)])),
        },
    ];
    blocks.extend(opening(own));
    blocks.extend(method(own));
    blocks.extend(results(own));
    blocks.extend(conclusion(own));
    blocks.push(signers(own.vote));
    blocks.push(Block::NewPage { across: false });
    blocks.extend(annex(own));
    Paper {
        file_stem: format!("bien-ban-{}", own.vote.id),
        title,
        author: own.cluster.definition.name.clone(),
        house: own.house.name(),
        head: Some(head(own)),
        blocks,
        as_of: own.as_of.unix_timestamp(),
        ..Paper::default()
    }
}

fn head(own: &Minutes<'_>) -> Head {
    let closed = own.vote.closed.as_ref().map_or(own.as_of, |(at, _)| *at);
    let date = long_day(local_date(closed));
    let issuer = own.cluster.definition.name.to_uppercase();
    Head {
        superior: None,
        issuer,
        state: state(own.house),
        number: None,
        date: capital(&date),
    }
}

fn opening(own: &Minutes<'_>) -> Vec<Block> {
    let vote = own.vote;
    let opened = vote.opened.as_ref().map_or(own.as_of, |(at, _)| *at);
    let at = moment(opened);
    let cluster = own.cluster.definition.name.as_str();
    let begun = if vote.place.is_empty() {
        let args: [(&'static str, &str); 3] =
            [("at", at.as_str()), ("cluster", cluster), ("title", &vote.title)];
        say("emulation-paper-begun", &args)
    } else {
        let args: [(&'static str, &str); 4] = [
            ("at", at.as_str()),
            ("cluster", cluster),
            ("title", &vote.title),
            ("place", &vote.place),
        ];
        say("emulation-paper-begun-at", &args)
    };
    let mut blocks = vec![paragraph(begun), heading("emulation-paper-people")];
    let (all, voted) = (own.tally.delegates, own.tally.collected);
    let share = percent(i64::from(voted) * 10_000 / i64::from(all.max(1)));
    let needed = vote.rules.quorum.needed(all).to_string();
    let (all, voted) = (all.to_string(), voted.to_string());
    let quorum = format!("{}/{}", vote.rules.quorum.above, vote.rules.quorum.below);
    let args: [(&'static str, &str); 5] = [
        ("all", all.as_str()),
        ("voted", &voted),
        ("share", &share),
        ("quorum", &quorum),
        ("needed", &needed),
    ];
    blocks.push(item(say("emulation-paper-quorum", &args)));
    for (key, name) in [("chair", &vote.chair), ("secretary", &vote.secretary)] {
        if !name.is_empty() {
            blocks.push(item(say(&format!("emulation-paper-{key}"), &[("name", name)])));
        }
    }
    let tellers = tellers(vote).join(", ");
    if !tellers.is_empty() {
        blocks.push(item(say("emulation-paper-tellers", &[("names", &tellers)])));
    }
    blocks
}

fn method(own: &Minutes<'_>) -> Vec<Block> {
    let rules = &own.vote.rules;
    let seats = rules.seats.to_string();
    let candidates = own.vote.candidates.len().to_string();
    let args: [(&'static str, &str); 2] = [("seats", seats.as_str()), ("candidates", &candidates)];
    vec![
        heading("emulation-paper-method"),
        paragraph(say("emulation-paper-secret", &args)),
        paragraph(needed(rules.threshold)),
    ]
}

/// "Đơn vị được đề nghị khen thưởng khi có trên 50,0% tổng số đại biểu được triệu tập đồng ý."
fn needed(threshold: Threshold) -> String {
    let share = percent(i64::from(threshold.share_bp));
    let of = match threshold.base {
        Base::Delegates => "emulation-base-delegates",
        Base::Ballots => "emulation-base-ballots",
        Base::Valid => "emulation-base-valid",
    };
    let key = if threshold.more_than {
        "emulation-paper-more-than"
    } else {
        "emulation-paper-at-least"
    };
    let of = say(of, &[]).to_lowercase();
    say(key, &[("share", &share), ("of", &of)])
}

fn results(own: &Minutes<'_>) -> Vec<Block> {
    let tally = own.tally;
    let mut blocks = vec![heading("emulation-paper-results")];
    for (key, n) in [
        ("given", tally.delegates),
        ("collected", tally.collected),
        ("valid", tally.valid),
        ("invalid", tally.invalid),
        ("blank", tally.blank),
    ] {
        let n = n.to_string();
        blocks.push(item(say(&format!("emulation-paper-{key}"), &[("n", &n)])));
    }
    let columns = vec![
        column("place", 8, Align::Center),
        column("unit", 44, Align::Left),
        column("votes", 14, Align::Right),
        column("share", 14, Align::Right),
        column("result", 20, Align::Center),
    ];
    let rows = (1_usize..).zip(&tally.results).map(|(nth, one)| Row {
        cells: vec![
            nth.to_string(),
            unit(own.vote, one),
            one.votes.to_string(),
            percent(i64::from(one.share_bp)),
            outcome(one),
        ],
        strong: one.nominated,
    });
    blocks.push(Block::Table(Table {
        columns,
        rows: rows.collect(),
    }));
    blocks
}

fn outcome(one: &Counted) -> String {
    let key = match (one.nominated, one.tied) {
        (true, _) => "emulation-paper-nominated",
        (false, true) => "emulation-paper-tied",
        (false, false) => "emulation-paper-not-nominated",
    };
    say(key, &[])
}

fn conclusion(own: &Minutes<'_>) -> Vec<Block> {
    let named = |wanted: fn(&Counted) -> bool| -> Vec<String> {
        let units = own.tally.results.iter().filter(|one| wanted(one));
        units.map(|one| unit(own.vote, one)).collect()
    };
    let nominated = named(|one| one.nominated);
    let mut blocks = vec![heading("emulation-paper-conclusion")];
    if nominated.is_empty() {
        blocks.push(paragraph(say("emulation-paper-nobody", &[])));
    } else {
        let n = nominated.len().to_string();
        blocks.push(paragraph(say("emulation-paper-nominees", &[("n", &n)])));
        blocks.extend(nominated.into_iter().map(item));
    }
    if own.tally.tied {
        let units = named(|one| one.tied).join(", ");
        blocks.push(paragraph(say("emulation-paper-tie", &[("units", &units)])));
    }
    if let Some(((stopped, first), (closed, second))) =
        own.vote.stopped.as_ref().zip(own.vote.closed.as_ref())
    {
        let (stopped, closed) = (moment(*stopped), moment(*closed));
        let args: [(&'static str, &str); 4] = [
            ("stopped", stopped.as_str()),
            ("first", first),
            ("closed", &closed),
            ("second", second),
        ];
        blocks.push(paragraph(say("emulation-paper-two", &args)));
    }
    blocks.push(paragraph(say("emulation-paper-end", &[])));
    blocks
}

fn signers(vote: &VoteRow) -> Block {
    let one = |key: &str, names: Vec<String>| Signer {
        role: say(&format!("emulation-paper-sign-{key}"), &[]),
        names,
    };
    let name = |name: &str| {
        vec![name.to_owned()]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect()
    };
    Block::Signers {
        signers: vec![
            one("secretary", name(&vote.secretary)),
            one("tellers", tellers(vote)),
            one("chair", name(&vote.chair)),
        ],
    }
}

/// The delegates with whether each voted, never for whom.
fn annex(own: &Minutes<'_>) -> Vec<Block> {
    let columns = vec![
        column("place", 8, Align::Center),
        column("name", 30, Align::Left),
        column("of", 30, Align::Left),
        column("post", 20, Align::Left),
        column("voted", 12, Align::Center),
    ];
    let rows = (1_usize..).zip(own.delegates).map(|(nth, row)| Row {
        cells: vec![
            nth.to_string(),
            row.delegate.name.clone(),
            row.delegate.unit.clone(),
            row.delegate.title.clone(),
            say(
                if row.voted {
                    "emulation-paper-yes"
                } else {
                    "emulation-paper-no"
                },
                &[],
            ),
        ],
        strong: false,
    });
    vec![
        Block::Title {
            runs: plain(&say("emulation-paper-list", &[])),
        },
        Block::About {
            runs: plain(&say("emulation-paper-list-about", &[("title", &own.vote.title)])),
        },
        Block::Table(Table {
            columns,
            rows: rows.collect(),
        }),
    ]
}

fn tellers(vote: &VoteRow) -> Vec<String> {
    let lines = vote.tellers.lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn unit(vote: &VoteRow, one: &Counted) -> String {
    let at = usize::from(one.candidate).checked_sub(1);
    at.and_then(|at| vote.candidates.get(at))
        .map(|(_, name)| name.clone())
        .unwrap_or_default()
}

fn column(key: &str, width: u32, align: Align) -> Column {
    Column {
        head: say(&format!("emulation-paper-column-{key}"), &[]),
        width,
        align,
    }
}

fn plain(text: &str) -> Vec<Run> {
    vec![Run {
        text: text.to_owned(),
        bold: false,
        italic: false,
    }]
}

fn heading(key: &str) -> Block {
    Block::Heading {
        runs: plain(&say(key, &[])),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "callers make the text for it")]
fn item(text: String) -> Block {
    Block::Item { runs: plain(&text) }
}

#[expect(clippy::needless_pass_by_value, reason = "callers make the text for it")]
fn paragraph(text: String) -> Block {
    Block::Paragraph { runs: plain(&text) }
}
