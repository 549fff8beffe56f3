//! Published results: of one round, and of the contest over its rounds.
//!
//! Owns what is shown once a round is published, and that nothing is shown before.

use super::chart::{self, Chart};
use super::hero::{Tag, round_tag};
use super::place::{InContest, PathParts};
use super::winners::{self, PrizeGroup, UnitPrize};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::collective::UnitFigures;
use crate::domain::ids::UnitId;
use crate::domain::round::{Round, RoundPhase};
use crate::i18n::{self, Lang};
use crate::store::pages::PublishedRound;
use crate::store::ranking::StoredRanking;
use crate::web::frame::{Frame, Page};
use crate::web::rules_text::quantity;
use crate::web::visitor::Visitor;
use crate::web::words::{Link, count, round_name, round_word, say};
use crate::web::{WebError, format};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use time::{Date, Duration, OffsetDateTime};

/// Units in the table before the rest is folded away.
const TOP: usize = 20;

/// A number with what it counts.
pub struct Figure {
    number: String,
    words: String,
}

/// Figures of a unit in a table.
struct UnitRow {
    href: String,
    name: String,
    bar: i64,
    attempts: String,
    people: String,
    rate: Option<String>,
}

/// The table by unit, the longest rows first.
struct UnitTable {
    caption: String,
    rated: bool,
    top: Vec<UnitRow>,
    rest: Vec<UnitRow>,
}

#[derive(Template)]
#[template(path = "citizen/results.html")]
struct ResultsPage {
    f: Frame,
    base: String,
    title: String,
    heading: String,
    lead: String,
    figures: Vec<Figure>,
    actual: Option<String>,
    groups: Vec<PrizeGroup>,
    unit_prizes: Vec<UnitPrize>,
    charts: Vec<Chart>,
    units: UnitTable,
    others: Vec<Link>,
}

#[derive(Template)]
#[template(path = "citizen/results-before.html")]
struct BeforePage {
    f: Frame,
    base: String,
    title: String,
    heading: String,
    sentence: String,
    others: Vec<Link>,
}

#[derive(Template)]
#[template(path = "citizen/results-all.html")]
struct OverviewPage {
    f: Frame,
    base: String,
    title: String,
    sentence: String,
    figures: Vec<Figure>,
    rounds: Vec<RoundRow>,
    groups: Vec<PrizeGroup>,
    unit_prizes: Vec<UnitPrize>,
    units: Option<UnitTable>,
}

struct RoundRow {
    title: String,
    tag: Tag,
    href: Option<String>,
    attempts: String,
    people: String,
    awards: String,
}

/// `GET /cuoc-thi/{contest}/ket-qua/{n}`
pub async fn round(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
    path: PathParts,
) -> Result<Response, WebError> {
    let (round, lang) = (path.round(&contest)?, visitor.display.lang);
    let published = app.store.load_published(contest.id).await?;
    let others = others(lang, &contest, &published, round);
    let Some(result) = published.iter().find(|result| result.round == round.id) else {
        let heading = say(lang, "results-of", &[("round", &round_name(lang, round))]);
        return Ok(Page(BeforePage {
            f: Frame::of(&app, &visitor, &contest),
            base: base(&contest),
            title: contest.definition.title.clone(),
            heading,
            sentence: before(lang, visitor.now, round),
            others,
        })
        .into_response());
    };
    let ranking = app.store.find_ranking(result.ranking).await?.ok_or(WebError::NotFound)?;
    let mut page = Maker { lang, contest: &contest }.page(&app, &visitor, round, result, &ranking).await?;
    page.others = others;
    Ok(Page(page).into_response())
}

/// `GET /cuoc-thi/{contest}/ket-qua`
pub async fn overview(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
) -> Result<Page<impl Template>, WebError> {
    let lang = visitor.display.lang;
    let maker = Maker { lang, contest: &contest };
    let published = app.store.load_published(contest.id).await?;
    let mut page = OverviewPage {
        f: Frame::of(&app, &visitor, &contest),
        base: base(&contest),
        title: contest.definition.title.clone(),
        sentence: maker.news(visitor.now),
        figures: maker.totals(&published),
        rounds: contest.rounds.iter().map(|round| maker.round_row(visitor.now, round, &published)).collect(),
        groups: Vec::new(),
        unit_prizes: Vec::new(),
        units: None,
    };
    if let Some(id) = app.store.find_contest_ranking(contest.id).await? {
        let ranking = app.store.find_ranking(id).await?.ok_or(WebError::NotFound)?;
        page.groups = winners::load(&app, lang, &contest, &ranking).await?;
        page.unit_prizes = winners::unit_prizes(lang, &contest, &app.store.load_collective_awards(id).await?);
        let caption = say(lang, "units-caption-contest", &[("at", &format::exact(lang, ranking.made_at))]);
        page.units = Some(maker.unit_table(&app.store.load_unit_results(id).await?, caption));
        page.figures.insert(1, maker.figure("figure-people-contest", ranking.tally.people));
    }
    Ok(Page(page))
}

fn base(contest: &Contest) -> String {
    format!("/cuoc-thi/{}", contest.definition.slug)
}

/// What is said in place of results that are not out: facts only, no promise of a time that nobody set.
fn before(lang: Lang, now: OffsetDateTime, round: &Round) -> String {
    let (key, at) = match round.phase(now) {
        RoundPhase::Upcoming => ("results-upcoming", round.opens_at),
        RoundPhase::Open => ("results-open", round.closes_at),
        RoundPhase::Ended
        | RoundPhase::Sealed
        | RoundPhase::Ranked
        | RoundPhase::Approved
        | RoundPhase::Published => ("results-wait", round.closes_at),
    };
    say(lang, key, &[("round", &round_name(lang, round)), ("title", &round.title), ("at", &format::moment(lang, at))])
}

/// Links to the results of other rounds.
fn others(lang: Lang, contest: &Contest, published: &[PublishedRound], except: &Round) -> Vec<Link> {
    let rounds = contest.rounds.iter().filter(|round| round.id != except.id);
    let out = rounds.filter(|round| published.iter().any(|result| result.round == round.id));
    let link = |round: &Round| {
        let text = say(lang, "results-of", &[("round", &round_name(lang, round))]);
        Link::new(format!("{}/ket-qua/{}", base(contest), round.number), text)
    };
    out.map(link).collect()
}

struct Maker<'a> {
    lang: Lang,
    contest: &'a Contest,
}

impl Maker<'_> {
    fn figure(&self, key: &str, n: i64) -> Figure {
        let word = round_word(self.lang, self.contest);
        let words = i18n::text(self.lang, key, &[("n", n.into()), ("word", word.into())]);
        Figure { number: format::number(self.lang, n), words }
    }

    async fn page(
        &self,
        app: &App,
        visitor: &Visitor,
        round: &Round,
        result: &PublishedRound,
        ranking: &StoredRanking,
    ) -> Result<ResultsPage, WebError> {
        let counted = format::exact(self.lang, result.counted_at);
        let name = round_name(self.lang, round);
        let caption = say(self.lang, "units-caption", &[("round", &name), ("at", &counted)]);
        Ok(ResultsPage {
            f: Frame::of(app, visitor, self.contest),
            base: base(self.contest),
            title: self.contest.definition.title.clone(),
            heading: say(self.lang, "results-of", &[("round", &name)]),
            lead: self.lead(round),
            figures: self.round_figures(round, result),
            actual: self.actual(round, result),
            groups: winners::load(app, self.lang, self.contest, ranking).await?,
            unit_prizes: winners::unit_prizes(
                self.lang,
                self.contest,
                &app.store.load_collective_awards(ranking.id).await?,
            ),
            charts: self.charts(app, round, &counted).await?,
            units: self.unit_table(&app.store.load_unit_results(ranking.id).await?, caption),
            others: Vec::new(),
        })
    }

    fn lead(&self, round: &Round) -> String {
        let at = round.published_at.map(|at| format::exact(self.lang, at)).unwrap_or_default();
        say(self.lang, "results-lead", &[("at", &at), ("organiser", &self.contest.definition.organiser)])
    }

    fn round_figures(&self, round: &Round, result: &PublishedRound) -> Vec<Figure> {
        let questions = count(self.lang, "rules-questions", i64::from(round.rules.paper.question_count()));
        let right = say(self.lang, "figure-right", &[("questions", &questions)]);
        vec![
            self.figure("figure-attempts", result.tally.attempts),
            self.figure("figure-people", result.tally.people),
            Figure { number: format::number(self.lang, result.tally.attempts_all_correct), words: right },
            self.figure("figure-awards", result.awards),
        ]
    }

    fn actual(&self, round: &Round, result: &PublishedRound) -> Option<String> {
        let asked = round.rules.prediction?.asks;
        let quantity = quantity(self.lang, asked, &round_word(self.lang, self.contest));
        let value = format::number(self.lang, result.actual?);
        Some(say(self.lang, "results-actual", &[("quantity", &quantity), ("value", &value)]))
    }

    async fn charts(&self, app: &App, round: &Round, counted: &str) -> Result<Vec<Chart>, WebError> {
        let days = app.store.count_by_day(round.id).await?;
        let right = app.store.count_by_right(round.id).await?;
        Ok([self.days_chart(round, &days, counted), self.right_chart(round, &right, counted)].into_iter().flatten().collect())
    }

    fn days_chart(&self, round: &Round, counted: &[(Date, i64)], at: &str) -> Option<Chart> {
        let (busiest, most) = counted.iter().max_by_key(|(_, n)| *n)?;
        let (first, last) = (counted.first()?.0, counted.last()?.0);
        let days = (0..=(last - first).whole_days()).map(|n| first + Duration::days(n));
        let value = |day: Date| counted.iter().find(|(own, _)| *own == day).map_or(0, |(_, n)| *n);
        let short = |day: Date| format!("{}/{}", day.day(), u8::from(day.month()));
        let values = chart::joined(days.map(|day| (short(day), value(day))).collect());
        let most = count(self.lang, "attempts", *most);
        let message = say(self.lang, "chart-days", &[("day", &format::date(self.lang, *busiest)), ("attempts", &most)]);
        let measure = say(self.lang, "chart-days-measure", &[("round", &round_name(self.lang, round)), ("at", at)]);
        Some(self.chart("chart-days-title", message, measure, "chart-day", &values))
    }

    fn right_chart(&self, round: &Round, counted: &[(u16, i64)], at: &str) -> Option<Chart> {
        let total = u16::try_from(round.rules.paper.question_count()).unwrap_or(0);
        let all: i64 = counted.iter().map(|(_, n)| n).sum();
        if all == 0 {
            return None;
        }
        let value = |right: u16| counted.iter().find(|(own, _)| *own == right).map_or(0, |(_, n)| *n);
        let values = chart::joined((0..=total).map(|right| (right.to_string(), value(right))).collect());
        let share = format::percent(self.lang, value(total) * 10_000 / all);
        let message = say(self.lang, "chart-right", &[("share", &share), ("total", &total.to_string())]);
        let measure = say(self.lang, "chart-right-measure", &[("round", &round_name(self.lang, round)), ("at", at)]);
        Some(self.chart("chart-right-title", message, measure, "chart-right-head", &values))
    }

    fn chart(&self, id: &'static str, message: String, measure: String, head: &str, values: &[(String, i64)]) -> Chart {
        let columns = chart::columns(self.lang, values);
        let numbers: Vec<String> = columns.iter().map(|column| format!("{}: {}", column.name, column.value)).collect();
        let said = format!("{}: {}", i18n::text(self.lang, id, &[]), numbers.join("; "));
        let (head, unit) = (i18n::text(self.lang, head, &[]), i18n::text(self.lang, "chart-attempts", &[]));
        Chart { id, message, measure, head, unit, columns, said }
    }

    /// The units that compete with each other: those of the level of the first prize for units.
    fn unit_table(&self, figures: &BTreeMap<UnitId, UnitFigures>, caption: String) -> UnitTable {
        let level = self.contest.definition.collective_prizes.first().map_or(1, |prize| prize.level);
        let units = self.contest.units.iter().filter(|unit| unit.level == level);
        let mut rows: Vec<_> = units.filter_map(|unit| Some((unit, figures.get(&unit.id)?))).collect();
        rows.retain(|(_, figures)| figures.attempts > 0);
        rows.sort_by_key(|(unit, figures)| (std::cmp::Reverse(figures.attempts), unit.id));
        let most = rows.first().map_or(1, |(_, figures)| figures.attempts.max(1));
        let row = |(unit, own): &(&crate::domain::unit::Unit, &UnitFigures)| UnitRow {
            href: format!("{}/don-vi/{}", base(self.contest), unit.definition.code),
            name: unit.definition.name.clone(),
            bar: (own.attempts * 100 / most).max(1),
            attempts: format::number(self.lang, own.attempts),
            people: format::number(self.lang, own.people),
            rate: unit
                .definition
                .headcount
                .filter(|n| *n > 0)
                .map(|n| format::percent(self.lang, own.people * 10_000 / i64::from(n))),
        };
        let mut top: Vec<UnitRow> = rows.iter().map(row).collect();
        let rest = top.split_off(top.len().min(TOP));
        UnitTable { caption, rated: top.iter().any(|row| row.rate.is_some()), top, rest }
    }

    fn news(&self, now: OffsetDateTime) -> String {
        let last = self.contest.rounds.iter().rfind(|round| round.phase(now) >= RoundPhase::Open);
        match last.filter(|round| round.phase(now) != RoundPhase::Published) {
            Some(round) => before(self.lang, now, round),
            None if last.is_some() => i18n::text(self.lang, "results-approved", &[]),
            None => i18n::text(self.lang, "contest-no-results", &[]),
        }
    }

    fn totals(&self, published: &[PublishedRound]) -> Vec<Figure> {
        if published.is_empty() {
            return Vec::new();
        }
        let rounds = i64::try_from(published.len()).unwrap_or(0);
        vec![
            self.figure("figure-attempts-contest", published.iter().map(|round| round.tally.attempts).sum()),
            self.figure("figure-awards", published.iter().map(|round| round.awards).sum()),
            self.figure("figure-rounds", rounds),
        ]
    }

    fn round_row(&self, now: OffsetDateTime, round: &Round, published: &[PublishedRound]) -> RoundRow {
        let result = published.iter().find(|result| result.round == round.id);
        let number = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), |n| format::number(self.lang, n));
        RoundRow {
            title: round.title.clone(),
            tag: round_tag(self.lang, round, now),
            href: result.map(|_| format!("{}/ket-qua/{}", base(self.contest), round.number)),
            attempts: number(result.map(|result| result.tally.attempts)),
            people: number(result.map(|result| result.tally.people)),
            awards: number(result.map(|result| result.awards)),
        }
    }
}
