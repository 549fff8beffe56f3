//! Personal data: what is collected, what for, until when, and one's rights, for each contest.
//!
//! Owns the page; what a contest collects and how long it keeps it are its settings.

use crate::action::register::CONSENT_VERSION;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::participant::local_date;
use crate::i18n::{self, Lang};
use crate::web::WebError;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use crate::web::words::{list, say};
use crate::web::{field_text, format};
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "citizen/privacy.html")]
struct PrivacyPage {
    f: Frame,
    version: &'static str,
    contests: Vec<Section>,
}

struct Section {
    slug: String,
    title: String,
    organiser: String,
    fields: String,
    until: Vec<String>,
    hotline: Option<String>,
}

/// `GET /du-lieu-ca-nhan`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Page<impl Template>, WebError> {
    let catalog = app.catalog();
    let mut contests = Vec::new();
    for contest in catalog.contests() {
        let lang = visitor.display.lang;
        contests.push(section(lang, contest, until(&app, lang, contest).await?));
    }
    Ok(Page(PrivacyPage {
        f: Frame::new(&app, &visitor),
        version: CONSENT_VERSION,
        contests,
    }))
}

/// Until when data are kept: what was promised, a later day with its reason, or that they are erased.
async fn until(app: &App, lang: Lang, contest: &Contest) -> Result<Vec<String>, WebError> {
    let Some(day) = contest.definition.data_deleted_by else {
        return Ok(vec![i18n::text(lang, "privacy-until-unsaid", &[])]);
    };
    let expiry = app.store.find_expiry(contest.id).await?;
    if let Some(at) = expiry.and_then(|expiry| expiry.done_at) {
        let day = format::date(lang, local_date(at));
        return Ok(vec![say(lang, "privacy-erased", &[("day", &day)])]);
    }
    let mut said = vec![say(lang, "privacy-until", &[("day", &format::date(lang, day))])];
    let later = app.store.list_keeping_days(contest.id).await?;
    if let Some(later) = later.first().filter(|later| later.until > day) {
        let values = [
            ("day", format::date(lang, later.until)),
            ("reason", later.reason.clone()),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        said.push(say(lang, "privacy-later", &values));
    }
    Ok(said)
}

fn section(lang: Lang, contest: &Contest, until: Vec<String>) -> Section {
    let definition = &contest.definition;
    let names = |wanted: &dyn Fn(Field) -> bool| {
        let names: Vec<String> = Field::ALL
            .into_iter()
            .filter(|f| wanted(*f))
            .map(|f| field_text::name(lang, f))
            .collect();
        list(&names)
    };
    let must = |field: Field| definition.fields.required.contains(&field) || Field::ALWAYS.contains(&field);
    let may = names(&|field| definition.fields.optional.contains(&field) && !must(field));
    let key = if may.is_empty() {
        "privacy-fields"
    } else {
        "privacy-fields-both"
    };
    let mut fields = say(lang, key, &[("must", &names(&must)), ("may", &may)]);
    if contest.rounds.iter().any(|round| round.rules.essay.is_some()) {
        fields.push(' ');
        fields.push_str(&i18n::text(lang, "privacy-essay", &[]));
    }
    Section {
        slug: definition.slug.clone(),
        title: definition.title.clone(),
        organiser: definition.organiser.clone(),
        fields,
        until,
        hotline: definition.hotline.clone(),
    }
}
