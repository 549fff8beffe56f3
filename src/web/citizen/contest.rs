//! A contest's page: enter, or see where it stands; calendar, prizes, units, news of results.
//!
//! Owns what stands on the page; the head is `hero`'s.

use super::hero::{self, Hero, Tag};
use super::home::headline;
use super::place::InContest;
use super::share::Share;
use super::turns;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::{Prize, Scope};
use crate::domain::round::{Round, RoundPhase};
use crate::i18n::{self, Lang};
use crate::store::pages::PublishedRound;
use crate::web::frame::{Frame, Page};
use crate::web::rules_text;
use crate::web::visitor::Visitor;
use crate::web::words::{Link, count, round_name, round_word, say};
use crate::web::{WebError, format};
use askama::Template;
use axum::extract::State;
use time::OffsetDateTime;

/// Units named on the page itself; the rest are one link away.
const UNITS_SHOWN: usize = 8;

#[derive(Template)]
#[template(path = "citizen/contest.html")]
struct ContestPage {
    f: Frame,
    share: Share,
    hero: Hero,
    base: String,
    title: String,
    description: Option<String>,
    news: Option<News>,
    calendar: Vec<CalendarLine>,
    prizes: Vec<PrizeTable>,
    collective: Vec<rules_text::Line>,
    units: Vec<Link>,
    units_count: String,
    units_all: String,
}

struct News {
    headline: String,
    published: String,
    pending: Option<String>,
    link: Link,
}

struct CalendarLine {
    title: String,
    window: String,
    tag: Tag,
    current: bool,
    /// When the visitor's own group enters, where groups take turns.
    own: Option<String>,
    results: Option<Link>,
}

struct PrizeTable {
    id: &'static str,
    title: String,
    total: String,
    rows: Vec<PrizeRow>,
}

struct PrizeRow {
    name: String,
    places: u16,
    value: String,
}

/// `GET /cuoc-thi/{contest}`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    InContest(contest): InContest,
) -> Result<Page<impl Template>, WebError> {
    let (lang, now) = (visitor.display.lang, visitor.now);
    let published = app.store.load_published(contest.id).await?;
    let own = hero::own(&app, &visitor, &contest).await?;
    let tops: Vec<_> = contest.units.iter().filter(|unit| unit.level == 1).collect();
    let base = format!("/cuoc-thi/{}", contest.definition.slug);
    let unit = |unit: &&crate::domain::unit::Unit| {
        Link::new(
            format!("{base}/don-vi/{}", unit.definition.code),
            unit.definition.name.clone(),
        )
    };
    let head = hero::hero(lang, now, &contest, &published, own.as_ref());
    // The card is the same for everybody: whose page it is must not reach others.
    let card = hero::hero(lang, now, &contest, &published, None).sentence;
    Ok(Page(ContestPage {
        f: Frame::of(&app, &visitor, &contest),
        share: Share::of(&app, &contest, "", contest.definition.title.clone(), card),
        hero: head,
        title: contest.definition.title.clone(),
        description: contest.definition.description.clone(),
        news: published.last().map(|latest| news(lang, now, &contest, latest)),
        calendar: contest
            .rounds
            .iter()
            .map(|round| CalendarLine {
                own: turns::calendar(lang, &contest, round, own.as_ref().map(|own| own.entering)),
                ..calendar_line(lang, now, &base, round)
            })
            .collect(),
        prizes: prize_tables(lang, &contest),
        collective: rules_text::collective(lang, &contest),
        units: tops.iter().take(UNITS_SHOWN).map(unit).collect(),
        units_count: count(
            lang,
            "contest-units-count",
            i64::try_from(tops.len()).unwrap_or(0),
        ),
        units_all: count(
            lang,
            "contest-units-all",
            i64::try_from(contest.units.len()).unwrap_or(0),
        ),
        base,
    }))
}

fn news(lang: Lang, now: OffsetDateTime, contest: &Contest, latest: &PublishedRound) -> News {
    let round = contest.rounds.iter().find(|round| round.id == latest.round);
    let number = round.map_or(0, |round| round.number);
    let (headline, published) = headline(lang, contest, latest);
    let mut waiting = contest.rounds.iter().filter(|round| {
        matches!(
            round.phase(now),
            RoundPhase::Ended | RoundPhase::Sealed | RoundPhase::Ranked | RoundPhase::Approved
        )
    });
    let name = round.map(|round| round_name(lang, round)).unwrap_or_default();
    News {
        headline,
        published,
        pending: waiting
            .next_back()
            .map(|round| say(lang, "results-checking", &[("round", &round_name(lang, round))])),
        link: Link::new(
            format!("/cuoc-thi/{}/ket-qua/{number}", contest.definition.slug),
            say(lang, "contest-see-results", &[("round", &name)]),
        ),
    }
}

fn calendar_line(lang: Lang, now: OffsetDateTime, base: &str, round: &Round) -> CalendarLine {
    let (opens, closes) = (
        format::moment(lang, round.opens_at),
        format::moment(lang, round.closes_at),
    );
    let window = match round.control.held {
        true if round.waits_for_hand(now) => "window-held",
        true => "rules-window-by-hand",
        false => "rules-window",
    };
    let published = round.phase(now) == RoundPhase::Published;
    let results = published.then(|| {
        let text = say(lang, "contest-results-of", &[("round", &round_name(lang, round))]);
        Link::new(format!("{base}/ket-qua/{}", round.number), text)
    });
    CalendarLine {
        title: round.title.clone(),
        window: say(lang, window, &[("opens", &opens), ("closes", &closes)]),
        tag: hero::round_tag(lang, round, now),
        current: round.phase(now) == RoundPhase::Open,
        own: None,
        results,
    }
}

fn prize_tables(lang: Lang, contest: &Contest) -> Vec<PrizeTable> {
    let table = |id, scope: Scope, title: String| {
        let prizes: Vec<&Prize> = contest
            .definition
            .prizes
            .iter()
            .filter(|prize| prize.scope == scope)
            .collect();
        let total = prizes.iter().map(|prize| i64::from(prize.places)).sum();
        let row = |prize: &&Prize| PrizeRow {
            name: prize.name.clone(),
            places: prize.places,
            value: prize
                .value
                .map(|v| format::money(lang, i64::try_from(v).unwrap_or(i64::MAX)))
                .unwrap_or_default(),
        };
        let rows: Vec<_> = prizes.iter().map(row).collect();
        (!rows.is_empty()).then(|| PrizeTable {
            id,
            title,
            total: count(lang, "awards", total),
            rows,
        })
    };
    let word = round_word(lang, contest);
    let each = if contest.rounds.len() > 1 {
        say(lang, "contest-prizes-round", &[("word", &word)])
    } else {
        i18n::text(lang, "contest-prizes-people", &[])
    };
    let whole = i18n::text(lang, "contest-prizes-contest", &[]);
    [
        table("prize-round", Scope::Round, each),
        table("prize-contest", Scope::Contest, whole),
    ]
    .into_iter()
    .flatten()
    .collect()
}
