//! How the questions of a round did their work: totals, marks of all questions, one line a question.
//!
//! Owns one page, for those who may see keys; figures come from the counts of `action::count_items`.

use super::desk::{Desk, Place, Section, Side};
use super::figure;
use super::plot::{self, GridLine, Mark};
use super::record_view::{reading_class, reading_word};
use crate::action::count_items::glance;
use crate::domain::catalog::Drawn;
use crate::domain::item_reading::{Reading, Reliability, read, reliability};
use crate::domain::item_statistics::{ConsistencyOf, ItemStatistics, RoundTally, TestStatistics};
use crate::domain::marking::Marking;
use crate::domain::markup;
use crate::domain::round::RoundStage;
use crate::domain::staff::Right;
use crate::store::items::ItemCounts;
use crate::web::citizen::chart::{self, Chart};
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};

#[derive(Template)]
#[template(path = "console/items.html")]
struct ItemsPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    /// Nothing is told before the round is sealed.
    open: bool,
    /// The counting is not done: the page comes again by itself.
    counting: Option<String>,
    empty: bool,
    figures: Vec<(String, String)>,
    sentences: Vec<String>,
    chart: Option<Chart>,
    scatter: Option<Scatter>,
    rows: Vec<Row>,
    dropped: Vec<(String, String)>,
    unused: Option<String>,
    can_export: bool,
    download: String,
}

struct Scatter {
    message: String,
    said: String,
    marks: Vec<Mark>,
    levels: Vec<GridLine>,
    columns: Vec<GridLine>,
}

struct Row {
    path: String,
    text: String,
    set: String,
    reading: &'static str,
    word: String,
    facility: String,
    discrimination: String,
    exposure: String,
    order: (Reading, i64),
}

/// Refuses whoever may see no key: only those who load sets or decide over results do.
pub fn require_keys(desk: &Desk) -> Result<(), WebError> {
    if desk.may(Right::LoadSets) {
        Ok(())
    } else {
        desk.require(Right::Approve)
    }
}

/// The page.
pub async fn page(desk: Desk, Path((slug, number)): Path<(String, u16)>) -> Result<Response, WebError> {
    require_keys(&desk)?;
    let place = desk.round(&slug, number)?;
    if place.round.stage == RoundStage::Scheduled {
        return Ok(Page(empty(&desk, &place)).into_response());
    }
    let counts = glance(&desk.app, &place.contest, &place.round).await?;
    Ok(Page(view(&desk, &place, &counts)).into_response())
}

fn empty(desk: &Desk, place: &Place) -> ItemsPage {
    ItemsPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("items-title", &[("n", place.title().into())]),
        back: place.path(),
        round: place.round.title.clone(),
        open: place.round.stage == RoundStage::Scheduled,
        counting: None,
        empty: false,
        figures: Vec::new(),
        sentences: Vec::new(),
        chart: None,
        scatter: None,
        rows: Vec::new(),
        dropped: Vec::new(),
        unused: None,
        can_export: false,
        download: place.step("xuat"),
    }
}

fn view(desk: &Desk, place: &Place, counts: &ItemCounts) -> ItemsPage {
    let lang = desk.lang();
    if !counts.is_whole() {
        let args = [
            ("upto", format::number(lang, counts.upto).into()),
            ("of", format::number(lang, counts.of).into()),
        ];
        return ItemsPage {
            counting: Some(desk.say("items-counting", &args)),
            ..empty(desk, place)
        };
    }
    let tally = &counts.tally;
    let test = tally.test_statistics();
    if test.entrants == 0 {
        return ItemsPage {
            empty: true,
            ..empty(desk, place)
        };
    }
    let statistics = tally.item_statistics();
    let drawn = place.contest.drawn_questions(&place.round);
    let (rows, unused) = rows(desk, place, &drawn, tally, &statistics);
    ItemsPage {
        figures: figures(desk, &test, rows.len()),
        sentences: sentences(desk, &test),
        chart: totals(desk, place, tally),
        scatter: Some(scatter(desk, &statistics)),
        dropped: dropped(place, &drawn),
        unused: (unused > 0).then(|| desk.say("items-unused", &[("n", format::number(lang, unused).into())])),
        rows,
        can_export: desk.may(Right::Export),
        ..empty(desk, place)
    }
}

fn figures(desk: &Desk, test: &TestStatistics, used: usize) -> Vec<(String, String)> {
    let lang = desk.lang();
    let decimal = |value: Option<f64>| value.map(|value| figure::decimal(lang, value));
    let whole = |n: u64| Some(format::number(lang, i64::try_from(n).unwrap_or(i64::MAX)));
    let all = [
        (whole(test.entrants), "items-figure-entrants"),
        (whole(used as u64), "items-figure-questions"),
        (decimal(test.mean), "items-figure-mean"),
        (decimal(test.median), "items-figure-median"),
        (decimal(test.sd), "items-figure-sd"),
        (
            test.consistency.map(|percent| figure::percent(lang, percent)),
            "items-figure-consistency",
        ),
        (decimal(test.standard_error), "items-figure-error"),
    ];
    all.into_iter()
        .filter_map(|(value, key)| Some((value?, desk.say(key, &[]))))
        .collect()
}

fn sentences(desk: &Desk, test: &TestStatistics) -> Vec<String> {
    let level = reliability(test);
    let value = test
        .consistency
        .map(|percent| figure::percent(desk.lang(), percent));
    let args = [("n", value.unwrap_or_default().into())];
    let mut out = vec![match level {
        Reliability::Unknown => desk.say("items-reliability-unknown", &[]),
        Reliability::Good | Reliability::Fair | Reliability::Low => {
            desk.say(&format!("items-reliability-{}", level.name()), &args)
        }
    }];
    if level != Reliability::Unknown && test.consistency_of == ConsistencyOf::Totals {
        out.push(desk.say("items-consistency-totals", &[]));
    }
    out
}

/// How many papers had how many right.
fn totals(desk: &Desk, place: &Place, tally: &RoundTally) -> Option<Chart> {
    let lang = desk.lang();
    let most = tally.totals().map(|(total, _)| total).max()?;
    let count = |total: u32| {
        let found = tally.totals().find(|(own, _)| *own == total);
        found.map_or(0, |(_, n)| i64::try_from(n).unwrap_or(i64::MAX))
    };
    let values: Vec<_> = (0..=most)
        .map(|total| (total.to_string(), count(total)))
        .collect();
    let columns = chart::columns(lang, &chart::joined(&values));
    let top = columns.iter().find(|column| column.top)?.name.clone();
    let numbers: Vec<String> = columns
        .iter()
        .map(|column| format!("{}: {}", column.name, column.value))
        .collect();
    Some(Chart {
        id: "totals-title",
        message: desk.say("items-totals-message", &[("right", top.into())]),
        measure: desk.say("items-totals-measure", &[("round", place.title().into())]),
        head: desk.say("items-totals-head", &[]),
        unit: desk.say("items-totals-unit", &[]),
        said: format!("{}: {}", desk.say("items-totals-title", &[]), numbers.join("; ")),
        columns,
    })
}

fn scatter(desk: &Desk, statistics: &[ItemStatistics]) -> Scatter {
    let lang = desk.lang();
    let is_odd = |item: &ItemStatistics| read(item) == Reading::CheckKey;
    let mut marks: Vec<Mark> = statistics
        .iter()
        .filter_map(|item| Some(plot::mark(item.facility?, item.discrimination?, is_odd(item))))
        .collect();
    // What needs a look is drawn last, over the others.
    marks.sort_by_key(|mark| mark.odd);
    let odd = statistics.iter().filter(|item| is_odd(item)).count();
    let count = |n: usize| format::number(lang, i64::try_from(n).unwrap_or(i64::MAX));
    Scatter {
        message: match odd {
            0 => desk.say("items-scatter-none", &[]),
            odd => desk.say("items-scatter-message", &[("n", count(odd).into())]),
        },
        said: desk.say("items-scatter-said", &[("n", count(marks.len()).into())]),
        marks,
        levels: plot::levels(),
        columns: plot::columns(),
    }
}

/// Lines of the questions that were met, those that need attention first, and how many were not.
fn rows(
    desk: &Desk,
    place: &Place,
    drawn: &[Drawn<'_>],
    tally: &RoundTally,
    statistics: &[ItemStatistics],
) -> (Vec<Row>, i64) {
    let (mut rows, mut unused) = (Vec::new(), 0);
    for (item, figures) in tally.items().iter().zip(statistics) {
        let is_it = |drawn: &Drawn<'_>| *drawn.version == item.version && drawn.question.id == item.question;
        let Some(at) = drawn.iter().position(is_it) else {
            continue;
        };
        match drawn.get(at) {
            Some(drawn) if figures.exposure > 0 => rows.push(row(desk, place, at + 1, drawn, figures)),
            Some(_) | None => unused += 1,
        }
    }
    rows.sort_by_key(|row| row.order);
    (rows, unused)
}

fn row(desk: &Desk, place: &Place, number: usize, drawn: &Drawn<'_>, figures: &ItemStatistics) -> Row {
    let (lang, reading) = (desk.lang(), read(figures));
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    Row {
        path: format!("{}/{number}", place.step("cau-hoi")),
        text: markup::plain(&drawn.question.text),
        set: drawn.set.title.clone(),
        reading: reading_class(reading),
        word: reading_word(desk, reading),
        facility: or_none(figures.facility.map(|share| figure::share(lang, share))),
        discrimination: or_none(
            figures
                .discrimination
                .map(|percent| figure::percent(lang, percent)),
        ),
        exposure: format::number(lang, i64::try_from(figures.exposure).unwrap_or(i64::MAX)),
        order: (
            reading,
            figures.discrimination.map_or(i64::MAX, |percent| {
                figure::place(percent, (-100.0, 100.0), 20_000)
            }),
        ),
    }
}

fn dropped(place: &Place, drawn: &[Drawn<'_>]) -> Vec<(String, String)> {
    let is_dropped = |drawn: &Drawn<'_>| {
        place.round.markings.get(drawn.version, &drawn.question.id) == Some(&Marking::Dropped)
    };
    (1..)
        .zip(drawn)
        .filter(|(_, drawn)| is_dropped(drawn))
        .map(|(number, drawn)| {
            let path = format!("{}/{number}", place.step("cau-hoi"));
            (path, markup::plain(&drawn.question.text))
        })
        .collect()
}
