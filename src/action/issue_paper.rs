//! Issuing an official paper: what may be issued when, its figures, certificates noted, a line in the audit log.
//!
//! Owns the order, and that the log is written before the paper leaves; wording and form belong to `document`.

use super::Failure;
use super::certificates::{certificate, is_approved, unit_certificate};
use super::close_round::By;
use super::meeting_facts::meeting_facts;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::domain::ids::{ContestId, RoundId};
use crate::domain::official::PaperKind;
use crate::domain::round::Round;
use crate::domain::round_key::{NoKey, RoundKey, round_keys};
use crate::store::Store;
use crate::store::audit::Act;
use crate::store::certificate::NewCertificate;
use crate::store::paper_facts::PaperFacts;
use crate::store::ranking::StoredRanking;
use crate::store::results::WinnerRow;
use futures_util::TryStreamExt;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use time::{Date, OffsetDateTime};

/// Most winners on a paper; longer lists belong into a spreadsheet.
const MAX_WINNERS: usize = 2_000;
/// Most certificates in a file, a page each.
const MAX_CERTIFICATES: usize = 500;
/// Most questions of a key on a paper, a hundred pages of them.
const MAX_QUESTIONS: usize = 2_000;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct PaperOrder<'a> {
    /// The paper.
    pub kind: PaperKind,
    /// One round; `None` for the contest as a whole.
    pub round: Option<&'a Round>,
    /// The format, for the log.
    pub format: &'static str,
    /// Personal fields asked for beyond what the winners agreed to publish.
    pub with: &'a BTreeSet<Field>,
    /// What they are needed for.
    pub reason: Option<&'a str>,
}

/// A paper's figures, and the codes of its certificates in the order of the winners.
#[derive(Debug)]
pub struct Issued {
    /// What it is filled with.
    pub facts: PaperFacts,
    /// Codes; empty for other papers.
    pub codes: Vec<String>,
}

/// Why no paper was issued.
#[derive(Debug)]
pub enum PaperError {
    /// There is no ranking yet: of that round, or of the contest as a whole.
    NotRanked(Option<u16>),
    /// Certificates are made out once the result is approved.
    NotApproved,
    /// Nobody won, or no unit.
    NoWinners,
    /// So many are too many for one file; that many are not.
    TooMany(usize, usize),
    /// The paper tells a key that may not be told.
    NoKey(NoKey),
    /// The key has so many questions; that many are not for a paper.
    TooManyQuestions(usize, usize),
    /// Personal data is given out for a reason, and none was given.
    ReasonNeeded,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for PaperError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Gathers a paper's figures, notes certificates and logs who issued what.
pub async fn issue_paper(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Arc<Contest>,
    order: PaperOrder<'_>,
) -> Result<Issued, PaperError> {
    if !order.with.is_empty() && order.reason.is_none_or(|reason| reason.trim().is_empty()) {
        return Err(PaperError::ReasonNeeded);
    }
    let source = app.store.for_long_reading().await;
    let mut facts = match order.kind.tells_result() {
        true => gather(&source, now, contest, &order).await?,
        false => without_result(now, contest, &order),
    };
    if contest.definition.papers.tells_key(order.kind) {
        facts.keys = keys(app, now, contest, order.round)?;
    }
    let (number, most) = match order.kind {
        PaperKind::Certificates => (facts.winners.len(), MAX_CERTIFICATES),
        PaperKind::UnitCertificates => (facts.collective.len(), MAX_CERTIFICATES),
        _ => (facts.winners.len(), MAX_WINNERS),
    };
    if number > most {
        return Err(PaperError::TooMany(number, most));
    }
    if order.kind.is_certificate() && !facts.approved {
        return Err(PaperError::NotApproved);
    }
    if order.kind.is_certificate() && number == 0 {
        return Err(PaperError::NoWinners);
    }
    let certificates = match order.kind {
        PaperKind::Certificates => certificates(app, contest, &facts),
        PaperKind::UnitCertificates => unit_certificates(app, contest, order.round, &facts),
        _ => Vec::new(),
    };
    let mut tx = app.store.begin().await?;
    tx.put_certificates(&certificates, now, by.name).await?;
    tx.insert_act(&act(now, by, contest.id, &order, number)).await?;
    tx.commit().await?;
    let codes = certificates.into_iter().map(|one| one.code).collect();
    Ok(Issued { facts, codes })
}

fn act<'a>(
    now: OffsetDateTime,
    by: By<'a>,
    contest: ContestId,
    order: &PaperOrder<'a>,
    winners: usize,
) -> Act<'a> {
    let mut columns: BTreeSet<&str> = order.with.iter().map(|field| field.name()).collect();
    if order.kind == PaperKind::Certificates {
        columns.insert(Field::FullName.name());
    }
    Act {
        at: now,
        actor: by.name,
        act: "export",
        contest: Some(contest),
        round: order.round.map(|round| round.id),
        reason: order.reason,
        facts: serde_json::json!({
            "list": order.kind.name(), "format": order.format, "columns": columns, "winners": winners,
        }),
    }
}

async fn gather(
    source: &Store,
    now: OffsetDateTime,
    contest: &Arc<Contest>,
    order: &PaperOrder<'_>,
) -> Result<PaperFacts, PaperError> {
    let round = order.round;
    let id = match round {
        Some(round) => source.find_round_ranking(round.id).await?,
        None => source.find_overall_ranking(contest.id).await?,
    };
    let ranking = match id {
        Some(id) => source.find_ranking(id).await?,
        None => None,
    };
    let ranking = ranking.ok_or(PaperError::NotRanked(round.map(|round| round.number)))?;
    let scope: Vec<&Round> = match round {
        Some(round) => vec![round],
        None => contest.rounds.iter().collect(),
    };
    let ids: Vec<RoundId> = scope.iter().map(|round| round.id).collect();
    let (days, right) = charts(source, &ids).await?;
    let winners = winners(source, &ranking, &ids).await?;
    let meeting = match order.kind {
        PaperKind::Minutes => Some(meeting_facts(source, contest, &ranking, &ids, &winners).await?),
        _ => None,
    };
    Ok(PaperFacts {
        contest: Arc::clone(contest),
        round: round.cloned(),
        as_of: now,
        approved: scope.iter().all(|round| is_approved(round)),
        registered: source.count_registered(contest.id).await?,
        winners,
        collective: source.load_collective_awards(ranking.id).await?,
        units: source.load_unit_results(ranking.id).await?,
        rounds: source.load_ranked_rounds(contest).await?,
        days,
        right,
        meeting,
        keys: Vec::new(),
        ranking: Some(ranking),
    })
}

/// The keys of the paper's rounds.
fn keys(
    app: &App,
    now: OffsetDateTime,
    contest: &Contest,
    round: Option<&Round>,
) -> Result<Vec<RoundKey>, PaperError> {
    let keys = round_keys(&app.catalog(), contest, round, now).map_err(PaperError::NoKey)?;
    let questions: usize = keys.iter().map(|key| key.lines.len()).sum();
    if questions > MAX_QUESTIONS {
        return Err(PaperError::TooManyQuestions(questions, MAX_QUESTIONS));
    }
    Ok(keys)
}

/// The facts of a paper that tells of no result: the contest itself, of which the rules are about all rounds.
fn without_result(now: OffsetDateTime, contest: &Arc<Contest>, order: &PaperOrder<'_>) -> PaperFacts {
    let round = order.round.filter(|_| order.kind != PaperKind::Rules);
    PaperFacts {
        contest: Arc::clone(contest),
        round: round.cloned(),
        as_of: now,
        ranking: None,
        approved: round.map_or_else(|| contest.rounds.iter().all(is_approved), is_approved),
        registered: 0,
        winners: Vec::new(),
        collective: Vec::new(),
        units: BTreeMap::new(),
        rounds: Vec::new(),
        days: Vec::new(),
        right: Vec::new(),
        meeting: None,
        keys: Vec::new(),
    }
}

/// The winners of the rounds, then those of the contest as a whole where it is the subject.
async fn winners(
    source: &Store,
    ranking: &StoredRanking,
    rounds: &[RoundId],
) -> Result<Vec<WinnerRow>, Failure> {
    let mut rankings = source.load_rankings_in_force(rounds).await?;
    if ranking.round.is_none() {
        rankings.push(ranking.id);
    }
    Ok(source.stream_winners(&rankings).try_collect().await?)
}

type Charts = (Vec<(Date, i64)>, Vec<(u16, i64)>);

/// Attempts by day and by right answers over these rounds.
async fn charts(source: &Store, rounds: &[RoundId]) -> Result<Charts, Failure> {
    let (mut days, mut right) = (BTreeMap::new(), BTreeMap::new());
    for round in rounds {
        for (day, n) in source.count_by_day(*round).await? {
            *days.entry(day).or_default() += n;
        }
        for (correct, n) in source.count_by_right(*round).await? {
            *right.entry(correct).or_default() += n;
        }
    }
    Ok((days.into_iter().collect(), right.into_iter().collect()))
}

/// The certificates of the winners, in their order.
fn certificates(app: &App, contest: &Contest, facts: &PaperFacts) -> Vec<NewCertificate> {
    let winners = facts.winners.iter();
    winners
        .map(|winner| certificate(&app.keys, contest, winner))
        .collect()
}

/// The certificates of the units that won a prize, in their order.
fn unit_certificates(
    app: &App,
    contest: &Contest,
    round: Option<&Round>,
    facts: &PaperFacts,
) -> Vec<NewCertificate> {
    let round = round.map(|round| round.id);
    let awards = facts.collective.iter();
    awards
        .map(|award| unit_certificate(&app.keys, contest, round, award))
        .collect()
}
