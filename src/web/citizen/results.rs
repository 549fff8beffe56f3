//! Published results: of one round, and of the contest over its rounds.
//!
//! Owns what is shown once a round is published, and that nothing is shown before.

use super::chart::Chart;
use super::complaints;
use super::corrections::{self, Correction};
use super::figures;
use super::hero::{Tag, round_tag};
use super::home::headline;
use super::place::{Asked, InContest, PathParts};
use super::share::Share;
use super::unit_map::{UnitMap, unit_map};
use super::unit_table::UnitTable;
use super::versions::{self, Versions};
use super::winners::{self, PrizeGroup, UnitPrize};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::KeyPublication;
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
use time::OffsetDateTime;

/// A number with what it counts.
struct Figure {
    number: String,
    words: String,
}

#[derive(Template)]
#[template(path = "citizen/results.html")]
struct ResultsPage {
    f: Frame,
    share: Share,
    base: String,
    number: u16,
    title: String,
    heading: String,
    lead: String,
    versions: Versions,
    figures: Vec<Figure>,
    actual: Option<String>,
    groups: Vec<PrizeGroup>,
    unit_prizes: Vec<UnitPrize>,
    charts: Vec<Chart>,
    map: Option<UnitMap>,
    units: UnitTable,
    has_key: bool,
    embed: String,
    complaints: Option<String>,
    others: Vec<Link>,
    corrections: Vec<Correction>,
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
    share: Share,
    base: String,
    title: String,
    sentence: String,
    figures: Vec<Figure>,
    rounds: Vec<RoundRow>,
    groups: Vec<PrizeGroup>,
    unit_prizes: Vec<UnitPrize>,
    map: Option<UnitMap>,
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
    asked: Asked,
) -> Result<Response, WebError> {
    let (round, lang) = (path.round(&contest)?, visitor.display.lang);
    let published = app.store.load_published(contest.id).await?;
    let others = others(lang, &contest, &published, round);
    let wanted = asked.get("ban").parse().ok();
    let versions = versions::load(&app, lang, &contest, round, visitor.now, wanted).await?;
    let former = match versions.former {
        Some(version) => app.store.find_published_version(round.id, version).await?,
        None => None,
    };
    let newest = published.iter().find(|result| result.round == round.id);
    let Some(result) = former.as_ref().or(newest) else {
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
    let corrections = corrections::load(&app, lang, &contest, round, result.ranking).await?;
    let ranking = app
        .store
        .find_ranking(result.ranking)
        .await?
        .ok_or(WebError::NotFound)?;
    let mut page = Maker {
        lang,
        contest: &contest,
    }
    .page(&app, &visitor, round, result, &ranking, versions)
    .await?;
    page.others = others;
    page.corrections = corrections;
    Ok(Page(page).into_response())
}

/// `GET /cuoc-thi/{contest}/ket-qua`
pub async fn overview(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
) -> Result<Page<impl Template>, WebError> {
    let lang = visitor.display.lang;
    let maker = Maker {
        lang,
        contest: &contest,
    };
    let published = app.store.load_published(contest.id).await?;
    let mut page = OverviewPage {
        f: Frame::of(&app, &visitor, &contest),
        share: maker.share(&app, visitor.now),
        base: base(&contest),
        title: contest.definition.title.clone(),
        sentence: maker.news(visitor.now),
        figures: maker.totals(&published),
        rounds: contest
            .rounds
            .iter()
            .map(|round| maker.round_row(visitor.now, round, &published))
            .collect(),
        groups: Vec::new(),
        unit_prizes: Vec::new(),
        map: None,
        units: None,
    };
    if let Some(id) = app.store.find_contest_ranking(contest.id).await? {
        let ranking = app.store.find_ranking(id).await?.ok_or(WebError::NotFound)?;
        page.groups = winners::load(&app, lang, &contest, &ranking).await?;
        page.unit_prizes = winners::unit_prizes(lang, &contest, &app.store.load_collective_awards(id).await?);
        let caption = say(
            lang,
            "units-caption-contest",
            &[("at", &format::exact(lang, ranking.made_at))],
        );
        let figures = app.store.load_unit_results(id).await?;
        page.map = unit_map(lang, &contest, &figures, caption.clone());
        page.units = Some(UnitTable::new(lang, &contest, &figures, caption));
        page.figures
            .insert(1, maker.figure("figure-people-contest", ranking.tally.people));
    }
    Ok(Page(page))
}

fn base(contest: &Contest) -> String {
    format!("/cuoc-thi/{}", contest.definition.slug)
}

/// What is said in place of results that are not out: facts only, no promise of a time that nobody set.
fn before(lang: Lang, now: OffsetDateTime, round: &Round) -> String {
    let (key, at) = match round.phase(now) {
        RoundPhase::Upcoming if round.control.held => ("results-held", round.opens_at),
        RoundPhase::Upcoming => ("results-upcoming", round.opens_at),
        RoundPhase::Open => ("results-open", round.closes_at),
        RoundPhase::Ended
        | RoundPhase::Sealed
        | RoundPhase::Ranked
        | RoundPhase::Approved
        | RoundPhase::Published => ("results-wait", round.closes_at),
    };
    say(
        lang,
        key,
        &[
            ("round", &round_name(lang, round)),
            ("title", &round.title),
            ("at", &format::moment(lang, at)),
        ],
    )
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
        Figure {
            number: format::number(self.lang, n),
            words,
        }
    }

    async fn page(
        &self,
        app: &App,
        visitor: &Visitor,
        round: &Round,
        result: &PublishedRound,
        ranking: &StoredRanking,
        versions: Versions,
    ) -> Result<ResultsPage, WebError> {
        let counted = format::exact(self.lang, result.counted_at);
        let name = round_name(self.lang, round);
        let caption = say(self.lang, "units-caption", &[("round", &name), ("at", &counted)]);
        let figures = app.store.load_unit_results(ranking.id).await?;
        let heading = say(self.lang, "results-of", &[("round", &name)]);
        let described = format!(
            "{}. {}",
            self.contest.definition.title,
            headline(self.lang, self.contest, result).0
        );
        Ok(ResultsPage {
            f: Frame::of(app, visitor, self.contest),
            share: Share::of_round(app, self.contest, round, heading.clone(), described),
            base: base(self.contest),
            number: round.number,
            title: self.contest.definition.title.clone(),
            heading,
            lead: self.lead(round, &versions),
            complaints: complaints::until(self.lang, self.contest, versions.at.or(round.published_at)),
            versions,
            figures: self.round_figures(round, result),
            actual: self.actual(round, result),
            groups: winners::load(app, self.lang, self.contest, ranking).await?,
            unit_prizes: winners::unit_prizes(
                self.lang,
                self.contest,
                &app.store.load_collective_awards(ranking.id).await?,
            ),
            charts: figures::charts(app, self.lang, round, &counted).await?,
            map: unit_map(self.lang, self.contest, &figures, caption.clone()),
            units: UnitTable::new(self.lang, self.contest, &figures, caption),
            has_key: self.contest.definition.answer_key != KeyPublication::Never,
            embed: app
                .public_url()
                .page(&format!("{}/ket-qua/{}/nhung", base(self.contest), round.number)),
            others: Vec::new(),
            corrections: Vec::new(),
        })
    }

    fn lead(&self, round: &Round, versions: &Versions) -> String {
        let at = versions
            .at
            .or(round.published_at)
            .map(|at| format::exact(self.lang, at))
            .unwrap_or_default();
        say(
            self.lang,
            "results-lead",
            &[("at", &at), ("organiser", &self.contest.definition.organiser)],
        )
    }

    fn round_figures(&self, round: &Round, result: &PublishedRound) -> Vec<Figure> {
        let questions = count(
            self.lang,
            "rules-questions",
            i64::from(round.rules.paper.question_count()),
        );
        let right = say(self.lang, "figure-right", &[("questions", &questions)]);
        vec![
            self.figure("figure-attempts", result.tally.attempts),
            self.figure("figure-people", result.tally.people),
            Figure {
                number: format::number(self.lang, result.tally.attempts_all_correct),
                words: right,
            },
            self.figure("figure-awards", result.awards),
        ]
    }

    fn actual(&self, round: &Round, result: &PublishedRound) -> Option<String> {
        let asked = round.rules.prediction?.asks;
        let quantity = quantity(self.lang, asked, &round_word(self.lang, self.contest));
        let value = format::number(self.lang, result.actual?);
        Some(say(
            self.lang,
            "results-actual",
            &[("quantity", &quantity), ("value", &value)],
        ))
    }

    fn share(&self, app: &App, now: OffsetDateTime) -> Share {
        let title = i18n::text(self.lang, "results-all", &[]);
        let described = format!("{}. {}", self.contest.definition.title, self.news(now));
        Share::of(app, self.contest, "/ket-qua", title, described)
    }

    fn news(&self, now: OffsetDateTime) -> String {
        let last = self
            .contest
            .rounds
            .iter()
            .rfind(|round| round.phase(now) >= RoundPhase::Open);
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
            self.figure(
                "figure-attempts-contest",
                published.iter().map(|round| round.tally.attempts).sum(),
            ),
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
