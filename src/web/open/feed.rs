//! News as an Atom feed (RFC 4287) and as RSS 2.0: rounds that opened or were extended, results that came out.
//!
//! Owns which events are news and when each happened, corrected results among them; nothing is told of a round's figures before its publication. An entry
//! keeps its id for good, so that a reader is told of it once.

use super::Kept;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::round::Round;
use crate::i18n::{Lang, text};
use crate::store::pages::PublishedRound;
use crate::store::ruling::Publication;
use crate::web::citizen::home::headline;
use crate::web::citizen::place::InContest;
use crate::web::words::{round_name, say};
use crate::web::{WebError, format};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use time::format_description::well_known::{Rfc2822, Rfc3339};
use time::{OffsetDateTime, UtcOffset};

/// Entries given: readers ask again within days.
const ENTRIES: usize = 40;
/// Contests looked at for the feed of all.
const CONTESTS: usize = 50;
/// Seconds for which a reader may keep it.
const FOR_S: u32 = 300;

#[derive(Template)]
#[template(path = "open/feed.xml")]
struct Feed {
    id: String,
    own: String,
    title: String,
    author: String,
    page: String,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    text: String,
    author: String,
    page: String,
    at: OffsetDateTime,
    updated: String,
}

/// The same news in the older form, which most newspapers' systems read.
#[derive(Template)]
#[template(path = "open/rss.xml")]
struct Rss<'a> {
    feed: &'a Feed,
}

/// `GET /tin.xml`
pub async fn all(State(app): State<App>, asked: HeaderMap) -> Result<Response, WebError> {
    Feed::of_all(&app, "/tin.xml").await?.atom(&asked)
}

/// `GET /tin.rss`
pub async fn all_rss(State(app): State<App>, asked: HeaderMap) -> Result<Response, WebError> {
    Feed::of_all(&app, "/tin.rss").await?.rss(&asked)
}

/// `GET /cuoc-thi/{contest}/tin.xml`
pub async fn of_contest(
    State(app): State<App>,
    InContest(contest): InContest,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    Feed::of_contest(&app, &contest, "tin.xml").await?.atom(&asked)
}

/// `GET /cuoc-thi/{contest}/tin.rss`
pub async fn of_contest_rss(
    State(app): State<App>,
    InContest(contest): InContest,
    asked: HeaderMap,
) -> Result<Response, WebError> {
    Feed::of_contest(&app, &contest, "tin.rss").await?.rss(&asked)
}

impl Feed {
    /// The news of all contests, under its own address.
    async fn of_all(app: &App, own: &str) -> Result<Self, WebError> {
        let catalog = app.catalog();
        let mut entries = Vec::new();
        for contest in catalog.contests().iter().take(CONTESTS) {
            entries.extend(news(app, contest).await?);
        }
        let name = text(Lang::Vi, "feed-title", &[]);
        Ok(Self::of(app, (own, "/ket-qua"), &name, &name, entries))
    }

    /// The news of one contest, under its own name below the contest.
    async fn of_contest(app: &App, contest: &Contest, own: &str) -> Result<Self, WebError> {
        let entries = news(app, contest).await?;
        let definition = &contest.definition;
        let page = format!("/cuoc-thi/{}", definition.slug);
        let own = format!("{page}/{own}");
        Ok(Self::of(
            app,
            (&own, &page),
            &definition.title,
            &definition.organiser,
            entries,
        ))
    }

    fn of(app: &App, (own, page): (&str, &str), title: &str, author: &str, mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
        entries.truncate(ENTRIES);
        let url = app.public_url();
        Self {
            id: url.page(own),
            own: url.page(own),
            title: printable(title),
            author: printable(author),
            page: url.page(page),
            // A feed without entries has been as it is for ever.
            updated: stamp(
                entries
                    .first()
                    .map_or(OffsetDateTime::UNIX_EPOCH, |entry| entry.at),
            ),
            entries,
        }
    }

    fn atom(&self, asked: &HeaderMap) -> Result<Response, WebError> {
        Ok(kept("application/atom+xml; charset=utf-8", self.render()?).answer(asked))
    }

    fn rss(&self, asked: &HeaderMap) -> Result<Response, WebError> {
        let told = Rss { feed: self }.render()?;
        Ok(kept("application/rss+xml; charset=utf-8", told).answer(asked))
    }
}

impl Entry {
    /// The moment as RSS writes it: "Mon, 06 Jun 2033 08:00:00 +0700".
    fn day(&self) -> String {
        // Years from 1900 always have this form.
        local(self.at).format(&Rfc2822).unwrap_or_default()
    }
}

fn kept(kind: &'static str, told: String) -> Kept {
    Kept {
        kind,
        for_s: FOR_S,
        bytes: told.into_bytes(),
    }
}

/// What has happened in a contest, in no order.
async fn news(app: &App, contest: &Contest) -> Result<Vec<Entry>, WebError> {
    let now = app.clock.now();
    let published = app.store.load_published(contest.id).await?;
    let versions = app.store.list_contest_publications(contest.id).await?;
    let extended = app.store.load_extensions(contest.id).await?;
    let mut entries = Vec::new();
    for round in &contest.rounds {
        let teller = Teller { app, contest, round };
        if round.opens_at <= now && !round.control.held {
            entries.push(teller.opened());
        }
        let own = extended.iter().filter(|extension| extension.round == round.id);
        entries.extend(own.map(|extension| teller.extended(extension.act, extension.at, extension.until)));
        let result = published.iter().find(|result| result.round == round.id);
        let own = versions.iter().filter(|(of, _)| *of == round.id);
        entries.extend(own.map(|(_, version)| match result {
            Some(result) if result.ranking == version.ranking => teller.published(result, version),
            _ => teller.former(version),
        }));
    }
    Ok(entries)
}

struct Teller<'a> {
    app: &'a App,
    contest: &'a Contest,
    round: &'a Round,
}

impl Teller<'_> {
    fn opened(&self) -> Entry {
        let closes = format::moment(Lang::Vi, self.round.closes_at);
        let told = self.say("feed-opened-text", &closes);
        self.entry("mo", &self.say("feed-opened", ""), &told, "", self.round.opens_at)
    }

    fn extended(&self, act: i64, at: OffsetDateTime, until: OffsetDateTime) -> Entry {
        let told = self.say("feed-extended-text", &format::moment(Lang::Vi, until));
        self.entry(
            &format!("gia-han-{act}"),
            &self.say("feed-extended", ""),
            &told,
            "",
            at,
        )
    }

    /// The version in force: a result, or its correction with the reason that the public was given.
    fn published(&self, result: &PublishedRound, version: &Publication) -> Entry {
        let (told, _) = headline(Lang::Vi, self.contest, result);
        let page = format!("/ket-qua/{}", self.round.number);
        // A result that was corrected is a new ranking and a new entry; the old one stays told.
        let id = format!("ket-qua-{}", result.ranking);
        let (title, told) = match &version.corrects {
            None => ("feed-published", told),
            Some(why) => {
                let words = [("told", told.as_str()), ("why", why.as_str())];
                ("feed-corrected", say(Lang::Vi, "feed-corrected-text", &words))
            }
        };
        self.entry(&id, &self.say(title, ""), &told, &page, version.at)
    }

    /// A version that was corrected since: it stays told, and leads to how it was.
    fn former(&self, version: &Publication) -> Entry {
        let title = match version.corrects {
            None => "feed-published",
            Some(_) => "feed-corrected",
        };
        let number = version.version.to_string();
        let told = say(Lang::Vi, "feed-former-text", &[("version", &number)]);
        let page = format!("/ket-qua/{}?ban={number}", self.round.number);
        let id = format!("ket-qua-{}", version.ranking);
        self.entry(&id, &self.say(title, ""), &told, &page, version.at)
    }

    fn say(&self, key: &str, at: &str) -> String {
        say(
            Lang::Vi,
            key,
            &[
                ("round", &round_name(Lang::Vi, self.round)),
                ("title", &self.round.title),
                ("at", at),
            ],
        )
    }

    fn entry(&self, kind: &str, title: &str, told: &str, path: &str, at: OffsetDateTime) -> Entry {
        let definition = &self.contest.definition;
        let base = self
            .app
            .public_url()
            .page(&format!("/cuoc-thi/{}", definition.slug));
        Entry {
            id: format!("{base}/tin/{}/{kind}", self.round.number),
            title: printable(title),
            text: printable(&format!("{}. {told}", definition.title)),
            author: printable(&definition.organiser),
            page: format!("{base}{path}"),
            at,
            updated: stamp(at),
        }
    }
}

/// The moment as feeds write it, to the second, in Vietnam's time.
fn stamp(at: OffsetDateTime) -> String {
    // Years of four digits always have this form.
    local(at).format(&Rfc3339).unwrap_or_default()
}

/// The moment in Vietnam, to the second.
fn local(at: OffsetDateTime) -> OffsetDateTime {
    let vietnam = UtcOffset::from_hms(7, 0, 0).unwrap_or(UtcOffset::UTC);
    at.to_offset(vietnam).replace_nanosecond(0).unwrap_or(at)
}

/// The text without what XML 1.0 cannot hold; it is escaped where it is printed.
fn printable(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
        .filter(allowed)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn moments_are_written_as_feeds_want_them() {
        assert_eq!(
            stamp(datetime!(2033-06-06 01:00:00.5 UTC)),
            "2033-06-06T08:00:00+07:00"
        );
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(printable("Tuần\u{0}1\n& <b>\u{8}\u{ffff}"), "Tuần1 & <b>");
    }
}
