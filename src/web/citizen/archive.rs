//! Results for good: every contest that has published any, and the winners of a contest round by round.
//!
//! Owns these two pages; the detail of a round is `results`'s.

use super::place::InContest;
use super::share::Share;
use super::winners::{self, PrizeGroup, UnitPrize};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::participant::local_date;
use crate::i18n::{self, Lang};
use crate::store::pages::PublishedRound;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use crate::web::words::{Link, count, round_name, say};
use crate::web::{WebError, format};
use askama::Template;
use axum::extract::State;
use time::Date;

/// Contests on the page; with one query each, more would make it slow.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "citizen/archive.html")]
struct ArchivePage {
    f: Frame,
    contests: Vec<PastContest>,
}

struct PastContest {
    title: String,
    organiser: String,
    /// "3/4/2023 – 8/5/2023, 486.328 lượt, 55 giải".
    facts: String,
    base: String,
    rounds: Vec<Link>,
}

/// `GET /ket-qua`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Page<impl Template>, WebError> {
    let catalog = app.catalog();
    let mut past = Vec::new();
    for contest in catalog.contests().iter().take(MOST) {
        let published = app.store.load_published(contest.id).await?;
        past.extend(past_contest(visitor.display.lang, contest, &published));
    }
    past.sort_by_key(|(last, _)| std::cmp::Reverse(*last));
    Ok(Page(ArchivePage {
        f: Frame::new(&app, &visitor),
        contests: past.into_iter().map(|(_, contest)| contest).collect(),
    }))
}

/// A contest with the day of its last published round.
fn past_contest(lang: Lang, contest: &Contest, published: &[PublishedRound]) -> Option<(Date, PastContest)> {
    let is_out = |id| published.iter().any(|result| result.round == id);
    let rounds: Vec<_> = contest.rounds.iter().filter(|round| is_out(round.id)).collect();
    let first = local_date(contest.rounds.first()?.opens_at);
    let last = local_date(rounds.last()?.closes_at);
    let base = format!("/cuoc-thi/{}", contest.definition.slug);
    let attempts = published.iter().map(|round| round.tally.attempts).sum();
    let awards = published.iter().map(|round| round.awards).sum();
    let link = |round: &&crate::domain::round::Round| {
        Link::new(format!("{base}/ket-qua/{}", round.number), round.title.clone())
    };
    let facts = [
        format!("{} – {}", format::date(lang, first), format::date(lang, last)),
        count(lang, "attempts", attempts),
        count(lang, "awards", awards),
    ];
    Some((
        last,
        PastContest {
            title: contest.definition.title.clone(),
            organiser: contest.definition.organiser.clone(),
            facts: facts.join(" · "),
            rounds: rounds.iter().map(link).collect(),
            base,
        },
    ))
}

#[derive(Template)]
#[template(path = "citizen/winners-all.html")]
struct WinnersPage {
    f: Frame,
    share: Share,
    base: String,
    title: String,
    organiser: String,
    lists: Vec<WinnerList>,
}

struct WinnerList {
    id: String,
    heading: String,
    note: String,
    groups: Vec<PrizeGroup>,
    unit_prizes: Vec<UnitPrize>,
}

/// `GET /cuoc-thi/{contest}/ket-qua/danh-sach`
pub async fn winners(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
) -> Result<Page<impl Template>, WebError> {
    let lang = visitor.display.lang;
    let mut lists = Vec::new();
    if let Some(ranking) = app.store.find_contest_ranking(contest.id).await? {
        let heading = i18n::text(lang, "results-contest-prizes", &[]);
        let list = list(&app, lang, &contest, "ca-cuoc-thi".to_owned(), heading, ranking).await?;
        lists.extend(list.filter(|list| !list.groups.is_empty() || !list.unit_prizes.is_empty()));
    }
    for result in app.store.load_published(contest.id).await?.iter().rev() {
        let Some(round) = contest.rounds.iter().find(|round| round.id == result.round) else {
            continue;
        };
        let heading = say(lang, "results-of", &[("round", &round_name(lang, round))]);
        let id = format!("vong-{}", round.number);
        let list = list(&app, lang, &contest, id, heading, result.ranking).await?;
        let at = round.published_at.map(|at| format::moment(lang, at));
        let note = at
            .map(|at| say(lang, "published-at", &[("at", &at)]))
            .unwrap_or_default();
        lists.extend(list.map(|list| WinnerList { note, ..list }));
    }
    let title = contest.definition.title.clone();
    let heading = say(lang, "winners-all-title", &[("title", &title)]);
    Ok(Page(WinnersPage {
        f: Frame::of(&app, &visitor, &contest),
        share: Share::of(
            &app,
            &contest,
            "/ket-qua/danh-sach",
            heading,
            contest.definition.organiser.clone(),
        ),
        base: format!("/cuoc-thi/{}", contest.definition.slug),
        title,
        organiser: contest.definition.organiser.clone(),
        lists,
    }))
}

async fn list(
    app: &App,
    lang: Lang,
    contest: &Contest,
    id: String,
    heading: String,
    ranking: i64,
) -> Result<Option<WinnerList>, WebError> {
    let Some(ranking) = app.store.find_ranking(ranking).await? else {
        return Ok(None);
    };
    let collective = app.store.load_collective_awards(ranking.id).await?;
    Ok(Some(WinnerList {
        id,
        heading,
        note: String::new(),
        groups: winners::load(app, lang, contest, &ranking).await?,
        unit_prizes: winners::unit_prizes(lang, contest, &collective),
    }))
}
