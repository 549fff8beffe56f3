//! All that is kept of a person as a page, with the forms to correct it.
//!
//! Owns how it looks; what is kept is `action::own_data`'s.

use super::{address, hold_words};
use crate::action::correct_own_data::CorrectionInput;
use crate::action::own_data::OwnData;
use crate::action::register::Input;
use crate::app::App;
use crate::domain::account::Accounts;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::ids::RoundId;
use crate::domain::own_data::{Hold, holds_correction};
use crate::domain::participant::{FieldError, GUARDIAN_AGE, age_on, local_date};
use crate::i18n::{self, Lang};
use crate::store::attempt::AttemptLine;
use crate::store::essay::StoredEssay;
use crate::store::own_data::RequestLine;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use crate::web::words::{list, round_name, say};
use crate::web::{field_text, format};
use askama::Template;
use axum::response::{IntoResponse, Response};

/// What the page tells of a step just taken.
pub(super) enum Told {
    Nothing,
    Corrected,
    Unchanged,
    /// The consent to be named was given, or taken back.
    Consent(bool),
    Held(Hold),
    /// What was typed, and what is wrong with it.
    Faults(CorrectionInput, Vec<(Input, FieldError)>),
}

#[derive(Template)]
#[template(path = "citizen/own-data.html")]
struct OwnDataPage {
    f: Frame,
    here: String,
    title: String,
    /// Class and words of what was just done.
    told: Option<(&'static str, String)>,
    faults: Vec<(&'static str, String)>,
    pairs: Vec<(String, String)>,
    attempts: Vec<String>,
    /// Title of the round, and what was written in it.
    essays: Vec<(String, String)>,
    requests: Vec<String>,
    may_be_named: bool,
    /// Why nothing can be corrected now.
    held: Option<String>,
    inputs: Vec<Line>,
    /// Chosen sex, where the contest asks for it.
    sex: Option<String>,
    hotline: Option<String>,
}

/// A field that can be corrected.
struct Line {
    name: &'static str,
    label: String,
    value: String,
    kind: &'static str,
    max: u16,
    error: Option<String>,
}

/// The page.
pub(super) fn view(app: &App, visitor: &Visitor, contest: &Contest, own: &OwnData, told: &Told) -> Response {
    let lang = visitor.display.lang;
    let (typed, faults) = match told {
        Told::Faults(input, faults) => (input.clone(), faults.clone()),
        _ => (kept(own), Vec::new()),
    };
    let faults: Vec<(&'static str, String)> = faults
        .iter()
        .map(|(input, error)| (input.name(), field_text::fault(lang, *input, *error)))
        .collect();
    let asks = |field: Field| contest.definition.fields.asks(field);
    let teller = Teller { lang, contest, own };
    Page(OwnDataPage {
        f: Frame::of(app, visitor, contest),
        here: address(contest),
        title: contest.definition.title.clone(),
        told: teller.told(told),
        pairs: teller.pairs(),
        attempts: own
            .attempts
            .iter()
            .filter_map(|line| teller.attempt(line))
            .collect(),
        essays: own.essays.iter().filter_map(|line| teller.essay(line)).collect(),
        requests: own.requests.iter().map(|line| teller.request(line)).collect(),
        may_be_named: own.record.consent_publish,
        held: holds_correction(&own.facts).map(|hold| hold_words(lang, contest, &hold)),
        inputs: teller.inputs(
            &typed,
            &faults,
            age_on(own.record.birth_date, local_date(visitor.now)),
        ),
        sex: asks(Field::Sex).then(|| typed.sex.clone()),
        hotline: contest.definition.hotline.clone(),
        faults,
    })
    .into_response()
}

/// What the form is filled with.
fn kept(own: &OwnData) -> CorrectionInput {
    let record = &own.record;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    CorrectionInput {
        full_name: record.full_name.clone(),
        national_id: text(&own.national_id),
        sex: text(&record.sex),
        email: text(&record.email),
        address: text(&record.address),
        class: text(&record.class),
        guardian_name: text(&record.guardian_name),
    }
}

struct Teller<'a> {
    lang: Lang,
    contest: &'a Contest,
    own: &'a OwnData,
}

impl Teller<'_> {
    fn text(&self, key: &str) -> String {
        i18n::text(self.lang, key, &[])
    }

    fn told(&self, told: &Told) -> Option<(&'static str, String)> {
        match told {
            Told::Nothing | Told::Faults(..) => None,
            Told::Corrected => Some(("ok", self.text("own-data-corrected"))),
            Told::Unchanged => Some(("info", self.text("own-data-unchanged"))),
            Told::Consent(true) => Some(("ok", self.text("own-data-named"))),
            Told::Consent(false) => Some(("ok", self.text("own-data-not-named"))),
            Told::Held(hold) => Some(("warn", hold_words(self.lang, self.contest, hold))),
        }
    }

    /// Every field that holds something, with its name.
    fn pairs(&self) -> Vec<(String, String)> {
        let (record, own) = (&self.own.record, self.own);
        let sex = record
            .sex
            .as_ref()
            .map(|sex| self.text(&format!("register-{sex}")));
        let fields = [
            (Field::FullName, Some(record.full_name.clone())),
            (Field::BirthDate, Some(format::date(self.lang, record.birth_date))),
            (Field::Phone, own.phone.clone()),
            (Field::Unit, Some(self.contest.unit_path(record.unit))),
            (Field::NationalId, own.national_id.clone()),
            (Field::Sex, sex),
            (Field::Email, record.email.clone()),
            (Field::Address, record.address.clone()),
            (Field::Class, record.class.clone()),
            (Field::GuardianName, record.guardian_name.clone()),
            (Field::Referral, record.referral.clone()),
        ];
        // A code that was issued stands where others have their phone.
        let issued = self.contest.definition.entry.accounts == Accounts::Issued;
        let named = |(field, value): (Field, Option<String>)| {
            let label = match field {
                Field::Phone if issued => self.text("log-in-code"),
                field => self.text(&format!("register-{}", field.name())),
            };
            value.map(|value| (label, value))
        };
        let introduced = record.is_introduced.then(|| self.text("own-data-yes"));
        let others = [
            (
                "own-data-registered",
                Some(format::exact(self.lang, record.registered_at)),
            ),
            ("own-data-consent", Some(record.consent_version.clone())),
            ("own-data-introduced", introduced),
            ("own-data-link", record.share_code.clone()),
            ("own-data-excluded", record.excluded_reason.clone()),
            ("own-data-barred", record.prize_bar.clone()),
        ];
        let prizes = (!own.facts.prizes.is_empty()).then(|| list(&own.facts.prizes));
        let others = others.into_iter().chain([("own-data-prizes", prizes)]);
        let others = others.filter_map(|(key, value)| value.map(|value| (self.text(key), value)));
        fields.into_iter().filter_map(named).chain(others).collect()
    }

    fn attempt(&self, line: &AttemptLine) -> Option<String> {
        let round = self
            .contest
            .rounds
            .iter()
            .find(|round| round.id == line.id.round())?;
        let name = round_name(self.lang, round);
        let (n, from) = (line.number.to_string(), format::exact(self.lang, line.started_at));
        let until = line.finished_at.map(|at| format::exact(self.lang, at));
        let values = [("n", n.as_str()), ("round", &name), ("from", &from)];
        Some(match until {
            Some(until) => {
                let values: Vec<_> = values.into_iter().chain([("until", until.as_str())]).collect();
                say(self.lang, "own-data-attempt", &values)
            }
            None => say(self.lang, "own-data-attempt-open", &values),
        })
    }

    fn essay(&self, (round, essay): &(RoundId, StoredEssay)) -> Option<(String, String)> {
        let round = self.contest.rounds.iter().find(|known| known.id == *round)?;
        let name = round_name(self.lang, round);
        Some((
            say(self.lang, "essay-own", &[("round", &name)]),
            essay.text.clone(),
        ))
    }

    fn request(&self, line: &RequestLine) -> String {
        let field = |name: &String| self.text(&format!("register-{name}"));
        let fields = list(&line.fields.iter().map(field).collect::<Vec<_>>());
        let what = say(
            self.lang,
            &format!("own-data-did-{}", line.kind),
            &[("fields", &fields)],
        );
        let came = self.text(&format!("own-data-outcome-{}", line.outcome));
        let at = format::exact(self.lang, line.at);
        say(
            self.lang,
            "own-data-request",
            &[("at", &at), ("what", &what), ("outcome", &came)],
        )
    }

    fn inputs(&self, typed: &CorrectionInput, faults: &[(&'static str, String)], age: i32) -> Vec<Line> {
        let asks = |field: Field| self.contest.definition.fields.asks(field);
        let guarded = age < GUARDIAN_AGE || !typed.guardian_name.is_empty();
        let known = [
            (Field::FullName, &typed.full_name, "text", 100, true),
            (
                Field::NationalId,
                &typed.national_id,
                "text",
                20,
                asks(Field::NationalId),
            ),
            (Field::Email, &typed.email, "email", 254, asks(Field::Email)),
            (Field::Address, &typed.address, "text", 200, asks(Field::Address)),
            (Field::Class, &typed.class, "text", 50, asks(Field::Class)),
            (Field::GuardianName, &typed.guardian_name, "text", 100, guarded),
        ];
        let shown = known.into_iter().filter(|(.., shown)| *shown);
        let line = |(field, value, kind, max, _): (Field, &String, _, _, _)| Line {
            name: field.name(),
            label: self.text(&format!("register-{}", field.name())),
            value: value.clone(),
            kind,
            max,
            error: faults
                .iter()
                .find(|(name, _)| *name == field.name())
                .map(|(_, words)| words.clone()),
        };
        shown.map(line).collect()
    }
}

impl OwnDataPage {
    fn sex_error(&self) -> Option<&str> {
        let fault = self.faults.iter().find(|(name, _)| *name == "sex");
        fault.map(|(_, words)| words.as_str())
    }
}
