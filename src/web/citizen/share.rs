//! How a public page shows itself to others: the card that chats and social networks draw, and the feed of news.
//!
//! Owns the words and addresses in the head of such pages; the picture and the feed are made in `web::open`.

use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::round::Round;

/// What stands in the head of a page that is passed on.
#[derive(Debug, Clone)]
pub struct Share {
    /// Title of the card.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// Full address of the page.
    pub url: String,
    /// Full address of the picture.
    pub image: String,
    /// Address of the feed.
    pub feed: String,
    /// Address of the same news as RSS.
    pub rss: String,
    /// Name of the feed: the contest's title.
    pub feed_title: String,
}

impl Share {
    /// The card of a contest's page at `path` below the contest; of a round if the page is about one.
    pub fn of(app: &App, contest: &Contest, path: &str, title: String, description: String) -> Self {
        Self::card(app, contest, path, "/anh.png", title, description)
    }

    /// The card of a round's results.
    pub fn of_round(app: &App, contest: &Contest, round: &Round, title: String, description: String) -> Self {
        let path = format!("/ket-qua/{}", round.number);
        let picture = format!("{path}/anh.png");
        Self::card(app, contest, &path, &picture, title, description)
    }

    fn card(
        app: &App,
        contest: &Contest,
        path: &str,
        picture: &str,
        title: String,
        description: String,
    ) -> Self {
        let base = format!("/cuoc-thi/{}", contest.definition.slug);
        let full = |path: &str| app.public_url().page(&format!("{base}{path}"));
        Self {
            title,
            description,
            url: full(path),
            image: full(picture),
            feed: format!("{base}/tin.xml"),
            rss: format!("{base}/tin.rss"),
            feed_title: contest.definition.title.clone(),
        }
    }
}
