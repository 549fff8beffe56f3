//! Personal data: what is collected, what for, until when, and one's rights, for each contest.
//!
//! Owns the page; what a contest collects and how long it keeps it are its settings.

use crate::action::register::CONSENT_VERSION;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::i18n::{self, Lang};
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
    until: String,
    hotline: Option<String>,
}

/// `GET /du-lieu-ca-nhan`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Page<impl Template> {
    let contests = app
        .catalog()
        .contests()
        .iter()
        .map(|contest| section(visitor.display.lang, contest))
        .collect();
    Page(PrivacyPage {
        f: Frame::new(&app, &visitor),
        version: CONSENT_VERSION,
        contests,
    })
}

fn section(lang: Lang, contest: &Contest) -> Section {
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
    let until = definition.data_deleted_by.map(|day| format::date(lang, day));
    Section {
        slug: definition.slug.clone(),
        title: definition.title.clone(),
        organiser: definition.organiser.clone(),
        fields,
        until: match until {
            Some(day) => say(lang, "privacy-until", &[("day", &day)]),
            None => i18n::text(lang, "privacy-until-unsaid", &[]),
        },
        hotline: definition.hotline.clone(),
    }
}
