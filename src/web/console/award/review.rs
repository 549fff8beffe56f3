//! Checking candidates: the winners and those next in line, what the records show, what staff found.
//!
//! Owns one page; concerns are `domain::vetting`'s, and nothing here changes a ranking.

use crate::action::vet::{VetError, verify_candidate};
use crate::domain::ids::ParticipantId;
use crate::domain::ranking::Standing;
use crate::domain::ruling::Rulings;
use crate::domain::staff::Right;
use crate::domain::vetting::{CandidateFacts, Concern, Finding, concerns};
use crate::store::ranking::{StoredAward, StoredRanking};
use crate::store::vetting::Verification;
use crate::web::console::desk::{Desk, Place, Section, Side};
use crate::web::console::person;
use crate::web::console::winners::chain;
use crate::web::error::WebError;
use crate::web::form::StaffForm;
use crate::web::format;
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeSet;

/// People next in line who are checked beside the winners.
const NEXT_IN_LINE: usize = 5;
/// Standings read past the last winner to find them.
const LOOK_AHEAD: i64 = 200;

#[derive(Template)]
#[template(path = "console/review.html")]
struct ReviewPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    round: String,
    path: String,
    summary: Option<String>,
    wait: Option<String>,
    candidates: Vec<CandidateView>,
    findings: Vec<(&'static str, String)>,
    may_verify: bool,
    next: Option<(String, String)>,
    error: Option<(String, String)>,
}

struct CandidateView {
    id: String,
    /// "Giải Nhất", or next in line.
    prize: String,
    name: String,
    unit: String,
    born: String,
    chain: String,
    concerns: Vec<String>,
    findings: Vec<String>,
    /// `must` where something is open, `warn` where somebody doubts, empty when confirmed.
    class: &'static str,
    state: String,
    replace: Option<String>,
    void: Option<String>,
    correct: Option<String>,
    note: String,
}

/// Who is checked: a standing with the prize it has.
struct Candidate {
    standing: Standing,
    award: Option<StoredAward>,
}

/// `GET …/ra-soat`
pub async fn page(desk: Desk, Path((slug, number)): Path<(String, u16)>) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let place = desk.round(&slug, number)?;
    Ok(Page(view(&desk, &place, None).await?).into_response())
}

/// `POST …/ra-soat`: keeps a finding.
pub async fn verify(
    desk: Desk,
    Path((slug, number)): Path<(String, u16)>,
    StaffForm(form): StaffForm,
) -> Result<Response, WebError> {
    desk.require(Right::Export)?;
    let place = desk.round(&slug, number)?;
    let person = form.get("nguoi").parse().map(ParticipantId);
    let (Ok(person), Some(finding)) = (person, Finding::parse(form.get("ket-luan"))) else {
        return Err(WebError::BadForm);
    };
    if !checked(&desk, &place)
        .await?
        .1
        .iter()
        .any(|one| one.standing.participant == person)
    {
        return Err(WebError::NotFound);
    }
    let note = form.get("ghi-chu");
    match verify_candidate(
        &desk.app,
        desk.now(),
        desk.by(),
        &place.round,
        person,
        (finding, note),
    )
    .await
    {
        Ok(()) => Ok(Redirect::to(&format!("{}#u{person}", place.step("ra-soat"))).into_response()),
        Err(VetError::Failed(failure)) => Err(failure.into()),
        Err(error) => {
            let key = match error {
                VetError::TooLong => "award-note-too-long",
                VetError::Missing | VetError::Failed(_) => "award-note-missing",
            };
            let refused = Some((person.to_string(), key, note.chars().take(1_000).collect()));
            let page = view(&desk, &place, refused).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

/// The ranking in force with the winners and those who would move up next.
async fn checked(desk: &Desk, place: &Place) -> Result<(Option<StoredRanking>, Vec<Candidate>), WebError> {
    let store = &desk.app.store;
    let ranking = match store.find_round_ranking(place.round.id).await? {
        Some(id) => store.find_ranking(id).await?,
        None => None,
    };
    let Some(ranking) = ranking else {
        return Ok((None, Vec::new()));
    };
    let awards = store.load_awards(ranking.id).await?;
    let winners: BTreeSet<ParticipantId> = awards.iter().map(|award| award.award.participant).collect();
    let rulings: Rulings = store.load_rulings(place.contest.id, Some(place.round.id)).await?;
    let passed_over = rulings.passed_over();
    let standings = store
        .load_standings(ranking.id, 0, last_position(&awards) + LOOK_AHEAD)
        .await?;
    let in_line = standings.into_iter().filter(|standing| {
        let person = standing.participant;
        standing.eligible && !winners.contains(&person) && !passed_over.contains(&person)
    });
    let mut candidates: Vec<Candidate> = in_line
        .take(NEXT_IN_LINE)
        .map(|standing| Candidate {
            standing,
            award: None,
        })
        .collect();
    let won = awards.into_iter().map(|award| Candidate {
        standing: award.standing.clone(),
        award: Some(award),
    });
    candidates.splice(0..0, won);
    Ok((Some(ranking), candidates))
}

fn last_position(awards: &[StoredAward]) -> i64 {
    awards.iter().map(|award| award.award.position).max().unwrap_or(0)
}

/// Person, message key and note of a refused form.
type Refused = (String, &'static str, String);

async fn view(desk: &Desk, place: &Place, refused: Option<Refused>) -> Result<ReviewPage, WebError> {
    let store = &desk.app.store;
    let (ranking, candidates) = checked(desk, place).await?;
    let ids: Vec<ParticipantId> = candidates.iter().map(|one| one.standing.participant).collect();
    let facts = store.load_candidate_facts(place.contest.id, &ids).await?;
    let people = store.load_people(&ids).await?;
    let found = store.list_verifications(place.round.id).await?;
    let open = place.round.phase(desk.now()) < crate::domain::round::RoundPhase::Published;
    let may_propose = open && desk.may(Right::Approve);
    let views: Vec<CandidateView> = candidates
        .iter()
        .filter_map(|candidate| {
            let person = candidate.standing.participant;
            let own: Vec<&Verification> = found.iter().filter(|found| found.person == person).collect();
            let mut view = line(
                desk,
                place,
                ranking.as_ref()?,
                candidate,
                facts.get(&person)?,
                &own,
            );
            view.name = people.get(&person).map(|person| person.full_name.clone())?;
            if !may_propose {
                (view.replace, view.void) = (None, None);
            }
            view.note = match &refused {
                Some((id, _, note)) if *id == view.id => note.clone(),
                _ => String::new(),
            };
            Some(view)
        })
        .collect();
    let winners = candidates.iter().filter(|one| one.award.is_some()).count();
    let confirmed = views
        .iter()
        .take(winners)
        .filter(|view| view.class.is_empty())
        .count();
    let summary = [
        ("n", winners.to_string().into()),
        ("done", confirmed.to_string().into()),
    ];
    let args = [("round", place.title().into())];
    Ok(ReviewPage {
        f: desk.frame_of(&place.contest),
        c: desk.side(Section::Contests),
        title: desk.say("award-review-title", &args),
        back: place.path(),
        round: place.round.title.clone(),
        path: place.step("ra-soat"),
        summary: ranking
            .as_ref()
            .map(|_| desk.say("award-review-summary", &summary)),
        wait: ranking.is_none().then(|| desk.say("award-review-wait", &[])),
        candidates: views,
        findings: Finding::ALL
            .map(|finding| {
                (
                    finding.name(),
                    desk.say(&format!("award-finding-{}", finding.name()), &[]),
                )
            })
            .to_vec(),
        may_verify: open,
        next: ranking.map(|_| (place.step("duyet"), desk.say("console-do-approve", &args))),
        error: refused.map(|(id, key, _)| (id, desk.say(key, &[]))),
    })
}

fn line(
    desk: &Desk,
    place: &Place,
    ranking: &StoredRanking,
    candidate: &Candidate,
    facts: &CandidateFacts,
    found: &[&Verification],
) -> CandidateView {
    let standing = &candidate.standing;
    let group = || {
        place
            .contest
            .barred_reason(&place.round, standing.unit, facts.birth_date)
    };
    let facts = CandidateFacts {
        prize_bar: facts.prize_bar.clone().or_else(|| group().map(str::to_owned)),
        ..facts.clone()
    };
    let first_day = place.contest.first_day().unwrap_or(facts.birth_date);
    let definition = &place.contest.definition;
    let ages = (definition.min_age, definition.entry.max_age);
    let (class, state) = match found.last().map(|found| found.finding) {
        None => ("must", "award-finding-none".to_owned()),
        Some(Finding::Confirmed) => ("", "award-finding-confirmed".to_owned()),
        Some(finding) => ("warn", format!("award-finding-{}", finding.name())),
    };
    let person = standing.participant;
    let replace = format!("quyet-dinh/moi?loai=replace&nguoi={person}");
    let void = standing
        .attempt
        .map(|attempt| format!("quyet-dinh/moi?loai=entry&bai={attempt}"));
    CandidateView {
        id: person.to_string(),
        prize: match &candidate.award {
            Some(award) => award.prize_name.clone(),
            None => desk.say("award-next-in-line", &[]),
        },
        name: String::new(),
        unit: place.contest.unit_path(standing.unit),
        born: format::date(desk.lang(), facts.birth_date),
        chain: chain(
            desk,
            ranking,
            standing,
            candidate.award.as_ref().map(|award| award.award.settled_by),
        ),
        concerns: concerns(&facts, ages, first_day)
            .iter()
            .map(|concern| told(desk, concern))
            .collect(),
        findings: found.iter().map(|found| finding(desk, found)).collect(),
        class,
        state: desk.say(&state, &[]),
        replace: candidate.award.as_ref().map(|_| place.step(&replace)),
        void: void.map(|path| place.step(&path)),
        correct: desk
            .may(Right::HelpParticipants)
            .then(|| person::path(&place.contest, person)),
        note: String::new(),
    }
}

fn finding(desk: &Desk, found: &Verification) -> String {
    let args = [
        (
            "finding",
            desk.say(&format!("award-finding-{}", found.finding.name()), &[])
                .into(),
        ),
        ("name", found.by.clone().into()),
        ("at", format::exact(desk.lang(), found.at).into()),
        ("note", found.note.clone().into()),
    ];
    let key = if found.note.is_empty() {
        "award-found"
    } else {
        "award-found-note"
    };
    desk.say(key, &args)
}

fn told(desk: &Desk, concern: &Concern) -> String {
    let n = |key: &str, n: i64| desk.say(key, &[("n", n.into())]);
    match concern {
        Concern::TooYoung(age, least) => {
            let args = [("n", i64::from(*age).into()), ("least", i64::from(*least).into())];
            desk.say("award-concern-young", &args)
        }
        Concern::TooOld(age, most) => {
            let args = [("n", i64::from(*age).into()), ("most", i64::from(*most).into())];
            desk.say("award-concern-old", &args)
        }
        Concern::Listed(reason) => desk.say("award-concern-listed", &[("why", reason.clone().into())]),
        Concern::Excluded(reason) => desk.say("award-concern-excluded", &[("why", reason.clone().into())]),
        Concern::SameNationalId(others) => n("award-concern-id", *others),
        Concern::SameNameAndBirth(others) => n("award-concern-name", *others),
        Concern::SameEmail(others) => n("award-concern-email", *others),
        Concern::NoGuardian(age) => n("award-concern-guardian", i64::from(*age)),
        Concern::NoConsentToPublish => desk.say("award-concern-consent", &[]),
        Concern::Corrected(details) => n("award-concern-corrected", *details),
    }
}
