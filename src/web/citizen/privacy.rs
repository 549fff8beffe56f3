//! Personal data: what is collected, what for, until when, and one's rights, for each contest.
//!
//! Owns the page; what a contest collects and how long it keeps it are its settings.

use crate::action::register::CONSENT_VERSION;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::ids::ContestId;
use crate::domain::participant::local_date;
use crate::i18n::{self, Lang};
use crate::store::expiry::announced::Announced;
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
    let (catalog, lang) = (app.catalog(), visitor.display.lang);
    let ids: Vec<ContestId> = catalog.contests().iter().map(|contest| contest.id).collect();
    let announced = app.store.load_announced(&ids).await?;
    let contests = catalog.contests().iter().map(|contest| {
        let until = until(lang, contest, announced.get(&contest.id));
        section(lang, contest, until)
    });
    let contests = contests.collect();
    Ok(Page(PrivacyPage {
        f: Frame::new(&app, &visitor),
        version: CONSENT_VERSION,
        contests,
    }))
}

/// Until when data are kept: what was promised, a later day with its reason, or that they are erased.
fn until(lang: Lang, contest: &Contest, announced: Option<&Announced>) -> Vec<String> {
    let Some(day) = contest.definition.data_deleted_by else {
        return vec![i18n::text(lang, "privacy-until-unsaid", &[])];
    };
    if let Some(at) = announced.and_then(|announced| announced.erased_at) {
        let day = format::date(lang, local_date(at));
        return vec![say(lang, "privacy-erased", &[("day", &day)])];
    }
    let mut said = vec![say(lang, "privacy-until", &[("day", &format::date(lang, day))])];
    let later = announced.and_then(|announced| announced.later.as_ref());
    if let Some((until, reason)) = later.filter(|(until, _)| *until > day) {
        let until = format::date(lang, *until);
        said.push(say(lang, "privacy-later", &[("day", &until), ("reason", reason)]));
    }
    said
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
