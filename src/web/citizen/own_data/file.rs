//! All that is kept of a person as a JSON file: one object, snake_case, times in RFC 3339.
//!
//! Owns its shape. Points are left out while the contest does not tell them; the paper stays with the organisers as
//! evidence, and the answers given are there by question number. What else is left out stands in it with the reason.

use super::records;
use crate::action::own_data::OwnData;
use crate::action::own_records::OwnCopy;
use crate::domain::catalog::Contest;
use crate::domain::contest::Feedback;
use crate::domain::ids::RoundId;
use crate::domain::round::RoundStage;
use crate::i18n::Lang;
use crate::store::attempt::AttemptLine;
use crate::store::correction::Correction;
use crate::store::essay::StoredEssay;
use crate::store::own_data::RequestLine;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The file; reasons for what is left out are in that language.
pub(in crate::web) fn json(lang: Lang, contest: &Contest, now: OffsetDateTime, copy: &OwnCopy) -> String {
    let own = &copy.data;
    let record = &own.record;
    let unit = contest.unit(record.unit);
    let attempts = own.attempts.iter().map(|line| attempt(contest, own, line));
    let whole = json!({
        "contest": contest.definition.slug,
        "title": contest.definition.title,
        "made_at": moment(now),
        "data_deleted_by": copy.kept_until.map(|day| day.to_string()),
        "registration": {
            "full_name": record.full_name,
            "birth_date": record.birth_date.to_string(),
            "phone": own.phone,
            "unit": unit.map(|unit| unit.definition.code.as_str()),
            "unit_name": contest.unit_path(record.unit),
            "national_id": own.national_id,
            "sex": record.sex,
            "email": record.email,
            "address": record.address,
            "class": record.class,
            "guardian_name": record.guardian_name,
            "referral": record.referral,
            "registered_at": moment(record.registered_at),
            "came_by_personal_link": record.is_introduced,
            "own_link_code": record.share_code,
            "excluded_reason": record.excluded_reason,
            "no_prizes_reason": record.prize_bar,
        },
        "consents": {
            "version": record.consent_version,
            "given_at": moment(record.registered_at),
            "publish_name": record.consent_publish,
        },
        "attempts": attempts.collect::<Vec<_>>(),
        "essays": own.essays.iter().map(|line| essay(contest, line)).collect::<Vec<_>>(),
        "prizes": own.facts.prizes,
        "corrections": own.corrections.iter().map(correction).collect::<Vec<_>>(),
        "requests": own.requests.iter().map(request).collect::<Vec<_>>(),
        "fair_play": records::cases(contest, copy),
        "verifications": records::verifications(contest, copy),
        "complaints": records::complaints(contest, copy),
        "requests_to_staff": records::received(copy),
        "not_included": records::not_included(lang, copy),
    });
    format!("{whole:#}\n")
}

fn attempt(contest: &Contest, own: &OwnData, line: &AttemptLine) -> Value {
    let round = contest.rounds.iter().find(|round| round.id == line.id.round());
    let is_told = round.is_some_and(|round| {
        round.rules.attempts.feedback == Feedback::Score || round.stage == RoundStage::Published
    });
    let result = line.result.filter(|_| is_told);
    json!({
        "attempt": line.id.to_string(),
        "round": round.map(|round| round.number),
        "number": line.number,
        "started_at": moment(line.started_at),
        "deadline": moment(line.deadline),
        "finished_at": line.finished_at.map(moment),
        "how": line.how.map(|how| how.name()),
        "duration_ms": line.duration_ms,
        "score": result.map(|(score, ..)| score),
        "correct": result.map(|(_, correct, _)| correct),
        "total": line.result.map(|(.., total)| total),
        "prediction": line.prediction,
        "responses": own.responses.get(&line.id),
    })
}

fn essay(contest: &Contest, (round, essay): &(RoundId, StoredEssay)) -> Value {
    let round = contest.rounds.iter().find(|known| known.id == *round);
    json!({
        "round": round.map(|round| round.number),
        "text": essay.text,
        "saved_at": moment(essay.saved_at),
    })
}

fn correction(line: &Correction) -> Value {
    json!({
        "detail": line.detail.name(),
        "former": line.former,
        "later": line.later,
        "reason": line.reason,
        "at": moment(line.at),
    })
}

fn request(line: &RequestLine) -> Value {
    json!({ "at": moment(line.at), "kind": line.kind, "outcome": line.outcome, "fields": line.fields })
}

pub(super) fn moment(at: OffsetDateTime) -> Option<String> {
    at.format(&Rfc3339).ok()
}
