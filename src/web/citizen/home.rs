//! The front page: the contest that is open, then those to come, then those that are over.
//!
//! Owns their order; what the head says is `hero`'s.

use super::hero::{self, Hero, Standing, Tag};
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::i18n::{self, Lang};
use crate::store::pages::PublishedRound;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use crate::web::words::{count, say};
use crate::web::{WebError, format};
use askama::Template;
use axum::extract::State;
use time::OffsetDateTime;

#[derive(Template)]
#[template(path = "citizen/home.html")]
struct HomePage {
    f: Frame,
    hero: Option<Hero>,
    /// Address of the contest in the head.
    base: String,
    groups: Vec<Group>,
}

struct Group {
    title: String,
    cards: Vec<Card>,
}

struct Card {
    tag: Tag,
    href: String,
    title: String,
    organiser: String,
    sentence: String,
}

/// `GET /`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Page<impl Template>, WebError> {
    let catalog = app.catalog();
    let mut contests: Vec<_> = catalog.contests().iter().collect();
    contests.sort_by_key(|contest| order(contest, visitor.now));
    let lang = visitor.display.lang;
    let first = contests
        .first()
        .copied()
        .filter(|contest| order(contest, visitor.now).0 < 2);
    let (frame, hero) = match first {
        Some(contest) => {
            let published = app.store.load_published(contest.id).await?;
            let own = hero::own(&app, &visitor, contest).await?;
            let hero = hero::hero(lang, visitor.now, contest, &published, own.as_ref());
            (Frame::of(&app, &visitor, contest), Some(hero))
        }
        None => (Frame::new(&app, &visitor), None),
    };
    let mut cards = Vec::new();
    for contest in contests
        .iter()
        .filter(|contest| first.is_none_or(|first| first.id != contest.id))
    {
        let published = app.store.load_published(contest.id).await?;
        cards.push((
            order(contest, visitor.now).0,
            card(lang, visitor.now, contest, &published),
        ));
    }
    let base = first
        .map(|contest| format!("/cuoc-thi/{}", contest.definition.slug))
        .unwrap_or_default();
    Ok(Page(HomePage {
        groups: groups(lang, cards),
        f: frame,
        hero,
        base,
    }))
}

/// Open ones first, the one that closes soonest on top; then those to come; then those that are over, the latest on top.
fn order(contest: &Contest, now: OffsetDateTime) -> (u8, i64) {
    match hero::standing(contest, now) {
        Standing::Open(round) => (0, round.closes_at.unix_timestamp()),
        Standing::Upcoming(round) => (1, round.opens_at.unix_timestamp()),
        Standing::Waiting(round) | Standing::Published(round) => (2, -round.closes_at.unix_timestamp()),
        Standing::Empty => (3, 0),
    }
}

fn groups(lang: Lang, cards: Vec<(u8, Card)>) -> Vec<Group> {
    let mut groups: Vec<(u8, Group)> = Vec::new();
    for (kind, card) in cards {
        match groups.last_mut() {
            Some((last, group)) if *last == kind => group.cards.push(card),
            _ => {
                let title = i18n::text(lang, &format!("home-group-{kind}"), &[]);
                groups.push((
                    kind,
                    Group {
                        title,
                        cards: vec![card],
                    },
                ));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn card(lang: Lang, now: OffsetDateTime, contest: &Contest, published: &[PublishedRound]) -> Card {
    let head = hero::hero(lang, now, contest, published, None);
    let sentence = match (hero::standing(contest, now), published.last()) {
        (Standing::Published(_), Some(result)) => {
            let (headline, published) = headline(lang, contest, result);
            format!("{headline}. {published}")
        }
        _ => head.sentence,
    };
    Card {
        tag: head.tag,
        href: format!("/cuoc-thi/{}", contest.definition.slug),
        title: head.title,
        organiser: head.organiser,
        sentence,
    }
}

/// "Tuần 3: 98.211 lượt, 41.530 người, 11 giải", and when that was published.
pub fn headline(lang: Lang, contest: &Contest, result: &PublishedRound) -> (String, String) {
    let counted = [
        count(lang, "attempts", result.tally.attempts),
        count(lang, "people", result.tally.people),
        count(lang, "awards", result.awards),
    ];
    let round = contest.rounds.iter().find(|own| own.id == result.round);
    let title = round.map_or("", |round| round.title.as_str());
    let at = round
        .and_then(|round| round.published_at)
        .map(|at| format::moment(lang, at))
        .unwrap_or_default();
    let headline = say(
        lang,
        "headline",
        &[("round", title), ("counted", &counted.join(", "))],
    );
    (headline, say(lang, "published-at", &[("at", &at)]))
}
