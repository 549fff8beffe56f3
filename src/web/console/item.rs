//! One question of a round: who chose what, every figure with how to read it, and the way to correct its marking.
//!
//! Owns one page, for those who may see keys.

use super::desk::{Desk, Place, Section, Side};
use super::figure;
use super::items::require_keys;
use super::plot::{self, OptionBars};
use super::record_view::reading_word;
use crate::action::count_items::glance;
use crate::domain::catalog::Drawn;
use crate::domain::item_reading::{Reading, read};
use crate::domain::item_statistics::{ItemStatistics, OptionStatistics};
use crate::domain::marking::Marking;
use crate::domain::question::label_of;
use crate::domain::round::RoundStage;
use crate::domain::staff::Right;
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "console/item.html")]
struct ItemPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    set: String,
    text: String,
    reading: &'static str,
    word: String,
    says: String,
    ruled: Option<String>,
    options: Vec<OptionRow>,
    /// Height of the picture; 0 where there is nothing to draw.
    height: i64,
    said: String,
    figures: Vec<FigureRow>,
    /// Where the marking is corrected, for those who may propose it.
    correct: Option<String>,
}

struct OptionRow {
    bars: OptionBars,
    label: String,
    text: String,
    right: bool,
    all: String,
    upper: String,
    lower: String,
}

struct FigureRow {
    name: String,
    value: String,
    how: String,
}

/// The page; a round that is not sealed, or not counted yet, is told of by the list.
pub async fn page(
    desk: Desk,
    Path((slug, number, question)): Path<(String, u16, usize)>,
) -> Result<Response, WebError> {
    require_keys(&desk)?;
    let place = desk.round(&slug, number)?;
    let list = place.step("cau-hoi");
    if place.round.stage == RoundStage::Scheduled {
        return Ok(Redirect::to(&list).into_response());
    }
    let drawn = place.contest.drawn_questions(&place.round);
    let chosen = question.checked_sub(1).and_then(|at| drawn.get(at));
    let chosen = chosen.ok_or(WebError::NotFound)?;
    let counts = glance(&desk.app, &place.contest, &place.round).await?;
    if !counts.is_whole() {
        return Ok(Redirect::to(&list).into_response());
    }
    let items = counts.tally.items().iter().zip(counts.tally.item_statistics());
    let found = items
        .filter(|(item, _)| item.version == *chosen.version && item.question == chosen.question.id)
        .map(|(_, figures)| figures)
        .next();
    Ok(Page(view(&desk, &place, question, chosen, found.as_ref())).into_response())
}

fn view(
    desk: &Desk,
    place: &Place,
    number: usize,
    drawn: &Drawn<'_>,
    figures: Option<&ItemStatistics>,
) -> ItemPage {
    let marking = place.round.markings.get(drawn.version, &drawn.question.id);
    let reading = figures.map_or(Reading::TooFew, read);
    let exposure = figures.map_or(0, |figures| figures.exposure);
    let exposure = format::number(desk.lang(), i64::try_from(exposure).unwrap_or(i64::MAX));
    let (options, height) = options(desk, drawn, figures);
    let said: Vec<String> = options
        .iter()
        .map(|option| format!("{}: {}, {}", option.label, option.upper, option.lower))
        .collect();
    ItemPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("items-one-title", &[("n", number.to_string().into())]),
        back: place.step("cau-hoi"),
        set: drawn.set.title.clone(),
        text: drawn.question.text.clone(),
        reading: match reading {
            Reading::CheckKey => "error",
            Reading::TooHard | Reading::Weak | Reading::TooEasy => "warn",
            Reading::Good => "ok",
            Reading::TooFew => "info",
        },
        word: reading_word(desk, reading),
        says: desk.say(
            &format!("items-says-{}", reading.name().replace('_', "-")),
            &[("n", exposure.into())],
        ),
        ruled: marking.map(|marking| match marking {
            Marking::Dropped => desk.say("items-ruled-dropped", &[]),
            Marking::Accept { .. } => desk.say("items-ruled-accept", &[]),
            Marking::FullMarks => desk.say("items-ruled-full", &[]),
        }),
        said: format!("{}: {}", desk.say("items-options-measure", &[]), said.join("; ")),
        options,
        height: if figures.is_some() { height } else { 0 },
        figures: figures
            .map(|figures| figure_rows(desk, figures))
            .unwrap_or_default(),
        correct: desk
            .may(Right::RunRounds)
            .then(|| format!("{}/cau/{number}", place.step("cham-lai"))),
    }
}

/// The options with their bars, and the height of the picture.
fn options(desk: &Desk, drawn: &Drawn<'_>, figures: Option<&ItemStatistics>) -> (Vec<OptionRow>, i64) {
    let share =
        |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| figure::share(desk.lang(), share));
    let own = |place: usize| figures.and_then(|figures| figures.options.get(place));
    let options = &drawn.question.options;
    let shares = (0..options.len()).map(|place| {
        let own = own(place);
        let of = |side: fn(&OptionStatistics) -> Option<f64>| own.and_then(side).unwrap_or(0.0);
        (of(|own| own.upper), of(|own| own.lower))
    });
    let (bars, height) = plot::bars(&shares.collect::<Vec<_>>());
    let rows = (0u8..)
        .zip(options.iter().zip(bars))
        .map(|(place, (option, bars))| {
            let own = own(usize::from(place));
            OptionRow {
                bars,
                label: label_of(place).map(String::from).unwrap_or_default(),
                text: option.text.clone(),
                right: own.is_some_and(|own| own.right),
                all: share(own.and_then(|own| own.share)),
                upper: share(own.and_then(|own| own.upper)),
                lower: share(own.and_then(|own| own.lower)),
            }
        });
    (rows.collect(), height)
}

fn figure_rows(desk: &Desk, figures: &ItemStatistics) -> Vec<FigureRow> {
    let lang = desk.lang();
    let share = |value: Option<f64>| value.map(|value| figure::share(lang, value));
    let percent = |value: Option<f64>| value.map(|value| figure::percent(lang, value));
    let count = |n: u64| Some(format::number(lang, i64::try_from(n).unwrap_or(i64::MAX)));
    let all = [
        ("exposure", count(figures.exposure)),
        ("blank", count(figures.blank)),
        ("facility", share(figures.facility)),
        ("guess", share(figures.random_guess)),
        ("discrimination", percent(figures.discrimination)),
        ("efficiency", percent(figures.efficiency)),
        ("upper-lower", share(figures.upper_lower)),
        ("weight", percent(figures.effective_weight)),
        ("sd", figures.sd.map(|sd| figure::decimal(lang, sd))),
    ];
    all.into_iter()
        .map(|(name, value)| FigureRow {
            name: desk.say(&format!("items-name-{name}"), &[]),
            value: value.unwrap_or_else(|| desk.say("items-undefined", &[])),
            how: desk.say(&format!("items-how-{name}"), &[]),
        })
        .collect()
}
