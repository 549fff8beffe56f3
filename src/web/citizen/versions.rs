//! The published versions of a round's result: which one is shown, why it was corrected, where the others are.
//!
//! Owns those notes; every version stays as it was published.

use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::round::{Round, RoundPhase};
use crate::i18n::Lang;
use crate::store::ruling::Publication;
use crate::web::words::{Link, say};
use crate::web::{WebError, format};
use time::OffsetDateTime;

/// What a page of results says of its version.
#[derive(Debug, Clone, Default)]
pub struct Versions {
    /// When the version shown was published.
    pub at: Option<OffsetDateTime>,
    /// The version shown, if it is not the newest.
    pub former: Option<u16>,
    /// Sentences that stand above the result.
    pub notices: Vec<String>,
    /// The other versions.
    pub others: Vec<Link>,
}

/// The notes for the newest version, or for the one asked for; no such version is no such page.
pub async fn load(
    app: &App,
    lang: Lang,
    contest: &Contest,
    round: &Round,
    now: OffsetDateTime,
    asked: Option<u16>,
) -> Result<Versions, WebError> {
    let all = app.store.list_publications(round.id).await?;
    let newest = all.last().map_or(0, |newest| newest.version);
    let shown = asked.unwrap_or(newest);
    let Some(version) = all.iter().find(|one| one.version == shown) else {
        return asked.map_or(Ok(Versions::default()), |_| Err(WebError::NotFound));
    };
    let is_former = shown < newest;
    let mut notices = Vec::new();
    if is_former {
        let (n, at) = (shown.to_string(), format::exact(lang, version.at));
        notices.push(say(lang, "award-former", &[("n", &n), ("at", &at)]));
    } else if let Some(why) = &version.corrects {
        let at = format::exact(lang, version.at);
        notices.push(say(lang, "award-corrected", &[("at", &at), ("why", why)]));
    }
    if round.phase(now) != RoundPhase::Published {
        notices.push(say(lang, "award-under-correction", &[]));
    }
    Ok(Versions {
        at: Some(version.at),
        former: is_former.then_some(shown),
        notices,
        others: all
            .iter()
            .filter(|one| one.version != shown)
            .map(|one| link(lang, contest, round, one, newest))
            .collect(),
    })
}

fn link(lang: Lang, contest: &Contest, round: &Round, one: &Publication, newest: u16) -> Link {
    let base = format!("/cuoc-thi/{}/ket-qua/{}", contest.definition.slug, round.number);
    if one.version == newest {
        return Link::new(base, say(lang, "award-newest", &[]));
    }
    let (n, at) = (one.version.to_string(), format::exact(lang, one.at));
    let text = say(lang, "award-version", &[("n", &n), ("at", &at)]);
    Link::new(format!("{base}?ban={n}"), text)
}
