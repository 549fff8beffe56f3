//! Until when people may complain about a published result.
//!
//! Owns one sentence on the page of a result; the days are the contest's.

use crate::domain::catalog::Contest;
use crate::domain::participant::local_date;
use crate::i18n::Lang;
use crate::web::format;
use crate::web::words::say;
use time::OffsetDateTime;

/// The sentence for a result published at a moment; nothing where the contest does not say.
pub fn until(lang: Lang, contest: &Contest, published: Option<OffsetDateTime>) -> Option<String> {
    let rules = contest.definition.complaints?;
    let day = rules.last_day(local_date(published?));
    Some(say(
        lang,
        "results-complaints",
        &[("day", &format::date(lang, day))],
    ))
}
