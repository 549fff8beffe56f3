//! The charts of a round: entries by day, by hour of the day, by right answers.
//!
//! Owns what they count and say; the drawing is `chart`'s.

use super::chart::{self as columns, Chart};
use crate::app::App;
use crate::domain::round::Round;
use crate::i18n::{self, Lang};
use crate::web::words::{count, round_name, say};
use crate::web::{WebError, format};
use time::{Date, Duration};

/// The charts of a published round; none where nobody submitted.
pub async fn charts(app: &App, lang: Lang, round: &Round, counted: &str) -> Result<Vec<Chart>, WebError> {
    let days = app.store.count_by_day(round.id).await?;
    let hours = app.store.count_by_hour(round.id).await?;
    let right = app.store.count_by_right(round.id).await?;
    Ok([
        days_chart(lang, round, &days, counted),
        hours_chart(lang, round, &hours, counted),
        right_chart(lang, round, &right, counted),
    ]
    .into_iter()
    .flatten()
    .collect())
}

fn days_chart(lang: Lang, round: &Round, counted: &[(Date, i64)], at: &str) -> Option<Chart> {
    let (busiest, most) = counted.iter().max_by_key(|(_, n)| *n)?;
    let (first, last) = (counted.first()?.0, counted.last()?.0);
    let days = (0..=(last - first).whole_days()).map(|n| first + Duration::days(n));
    let value = |day: Date| counted.iter().find(|(own, _)| *own == day).map_or(0, |(_, n)| *n);
    let short = |day: Date| format!("{}/{}", day.day(), u8::from(day.month()));
    let values = columns::joined(&days.map(|day| (short(day), value(day))).collect::<Vec<_>>());
    let most = count(lang, "attempts", *most);
    let message = say(
        lang,
        "chart-days",
        &[("day", &format::date(lang, *busiest)), ("attempts", &most)],
    );
    let measure = say(
        lang,
        "chart-days-measure",
        &[("round", &round_name(lang, round)), ("at", at)],
    );
    Some(chart(
        lang,
        "chart-days-title",
        message,
        measure,
        "chart-day",
        &values,
    ))
}

fn hours_chart(lang: Lang, round: &Round, counted: &[(u8, i64)], at: &str) -> Option<Chart> {
    let value = |hour: u8| {
        counted
            .iter()
            .find(|(own, _)| *own == hour)
            .map_or(0, |(_, n)| *n)
    };
    // Two hours to a column, so that a phone can show them apart.
    let hours: Vec<(u8, i64)> = (0..24)
        .step_by(2)
        .map(|hour| (hour, value(hour) + value(hour + 1)))
        .collect();
    let (busiest, most) = hours.iter().rev().max_by_key(|(_, n)| *n)?;
    if *most == 0 {
        return None;
    }
    let named = |(hour, n): &(u8, i64)| {
        let span = format!("{hour}–{}", hour + 2);
        (say(lang, "chart-hours-span", &[("span", &span)]), *n)
    };
    let values: Vec<_> = hours.iter().map(named).collect();
    let message = say(
        lang,
        "chart-hours",
        &[
            ("from", &busiest.to_string()),
            ("to", &(busiest + 2).to_string()),
            ("attempts", &count(lang, "attempts", *most)),
        ],
    );
    let name = round_name(lang, round);
    let measure = say(lang, "chart-hours-measure", &[("round", &name), ("at", at)]);
    Some(chart(
        lang,
        "chart-hours-title",
        message,
        measure,
        "chart-hour",
        &values,
    ))
}

fn right_chart(lang: Lang, round: &Round, counted: &[(u16, i64)], at: &str) -> Option<Chart> {
    let total = u16::try_from(round.rules.paper.question_count()).unwrap_or(0);
    let all: i64 = counted.iter().map(|(_, n)| n).sum();
    if all == 0 {
        return None;
    }
    let value = |right: u16| {
        counted
            .iter()
            .find(|(own, _)| *own == right)
            .map_or(0, |(_, n)| *n)
    };
    let right_counts: Vec<_> = (0..=total)
        .map(|right| (right.to_string(), value(right)))
        .collect();
    let values = columns::joined(&right_counts);
    let share = format::percent(lang, value(total) * 10_000 / all);
    let message = say(
        lang,
        "chart-right",
        &[("share", &share), ("total", &total.to_string())],
    );
    let measure = say(
        lang,
        "chart-right-measure",
        &[("round", &round_name(lang, round)), ("at", at)],
    );
    Some(chart(
        lang,
        "chart-right-title",
        message,
        measure,
        "chart-right-head",
        &values,
    ))
}

fn chart(
    lang: Lang,
    id: &'static str,
    message: String,
    measure: String,
    head: &str,
    values: &[(String, i64)],
) -> Chart {
    let columns = columns::columns(lang, values);
    let numbers: Vec<String> = columns
        .iter()
        .map(|column| format!("{}: {}", column.name, column.value))
        .collect();
    let said = format!("{}: {}", i18n::text(lang, id, &[]), numbers.join("; "));
    let (head, unit) = (
        i18n::text(lang, head, &[]),
        i18n::text(lang, "chart-attempts", &[]),
    );
    Chart {
        id,
        message,
        measure,
        head,
        unit,
        columns,
        said,
    }
}
