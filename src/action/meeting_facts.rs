//! Gathering what the minutes of going through a result tell.
//!
//! Owns which decisions, checks, complaints and equals belong to the result; leaves wording to `document`.

use super::Failure;
use crate::domain::catalog::Contest;
use crate::domain::contest::Keep;
use crate::domain::decision::{Decision, State};
use crate::domain::exclusion::Barred;
use crate::domain::ids::{ParticipantId, RoundId};
use crate::domain::participant::local_date;
use crate::domain::ruling::{Ruling, Target};
use crate::domain::settlement::is_as_high;
use crate::domain::vetting::Finding;
use crate::store::Store;
use crate::store::meeting::{KeptElsewhere, MeetingFacts};
use crate::store::ranking::StoredRanking;
use crate::store::results::WinnerRow;
use std::collections::{BTreeMap, BTreeSet};
use time::Duration;

/// Decisions and complaints told at most; no result comes near.
const MOST: i64 = 500;
/// Standings looked at for people who keep prizes of other rounds: so many prizes no round has.
const MOST_ABOVE: i64 = 5_000;

/// What minutes tell of a ranking, over the rounds that it is made of.
pub(super) async fn meeting_facts(
    source: &Store,
    contest: &Contest,
    ranking: &StoredRanking,
    rounds: &[RoundId],
    winners: &[WinnerRow],
) -> Result<MeetingFacts, Failure> {
    let mut facts = MeetingFacts {
        decisions: approved(source, contest, ranking.round).await?,
        open: source.load_ties(ranking.id).await?,
        ..MeetingFacts::default()
    };
    let mut newest = BTreeMap::new();
    for round in rounds {
        facts
            .complaints
            .extend(source.list_complaints(*round, MOST).await?);
        let found = source.list_verifications(*round).await?;
        newest.extend(found.into_iter().map(|found| (found.person, found.finding)));
    }
    let people: BTreeSet<ParticipantId> = winners.iter().map(|winner| winner.participant).collect();
    let confirmed = people
        .iter()
        .filter(|person| newest.get(person) == Some(&Finding::Confirmed));
    facts.winners = i64::try_from(people.len()).unwrap_or(i64::MAX);
    facts.confirmed = i64::try_from(confirmed.count()).unwrap_or(i64::MAX);
    let own = winners
        .iter()
        .filter(|winner| winner.round.is_some() == ranking.round.is_some());
    let ranks: BTreeSet<i64> = own
        .filter(|winner| winner.settled_by != "rank")
        .map(|winner| winner.rank)
        .collect();
    if let Some(round) = ranking.round {
        facts.kept = kept_elsewhere(source, contest, ranking, round, &ranks).await?;
    }
    let kept = facts.kept.iter().map(|kept| kept.person);
    let named: Vec<ParticipantId> = facts.decisions.iter().filter_map(person).chain(kept).collect();
    facts.people = source.load_people(&named).await?;
    for rank in ranks {
        let equals = source.count_equals(ranking.id, rank).await?;
        facts.equals.insert(rank, equals);
    }
    if let Some(round) = ranking.round {
        facts.orders = source.list_board_orders(round).await?;
    }
    Ok(facts)
}

/// Where people keep their highest prizes: who stands above winners of prizes open to everybody, won nothing here, and holds
/// prizes of other rounds as high as those. Nobody is told of whom something else passed over: a decision, a bar, a lot.
async fn kept_elsewhere(
    source: &Store,
    contest: &Contest,
    ranking: &StoredRanking,
    round: RoundId,
    settled: &BTreeSet<i64>,
) -> Result<Vec<KeptElsewhere>, Failure> {
    if ranking.rules.ranking.per_person.keep != Keep::Highest {
        return Ok(Vec::new());
    }
    let awards = source.load_awards(ranking.id).await?;
    let winners: BTreeSet<ParticipantId> = awards.iter().map(|award| award.award.participant).collect();
    // Whoever stands above a winner of a bloc may belong to another one.
    let is_open = |prize: u16| {
        let prize = ranking.rules.prizes.get(usize::from(prize));
        prize.is_some_and(|prize| prize.bloc.is_none())
    };
    let open = awards.iter().filter(|award| is_open(award.award.prize));
    let given: Vec<(i64, u16)> = open
        .map(|award| (award.award.position, award.award.prize))
        .collect();
    let last = given.iter().map(|(position, _)| *position).max().unwrap_or(0);
    let passed_over = passed_over(source, contest, round).await?;
    let standings = source.load_standings(ranking.id, 0, last.min(MOST_ABOVE)).await?;
    let above: Vec<(i64, i64, ParticipantId)> = (1..)
        .zip(&standings)
        .filter(|(_, standing)| standing.eligible && !settled.contains(&standing.rank))
        .map(|(position, standing)| (position, standing.rank, standing.participant))
        .filter(|(_, _, person)| !winners.contains(person) && !passed_over.contains(person))
        .collect();
    let people: Vec<ParticipantId> = above.iter().map(|(_, _, person)| *person).collect();
    let others = others_under_cap(contest, ranking, round);
    let mut held = source.list_prizes_elsewhere(&others, &people).await?;
    let kept = above.into_iter().filter_map(|(position, rank, person)| {
        let below = given.iter().filter(|(of_winner, _)| *of_winner > position);
        let below: Vec<u16> = below.map(|(_, prize)| *prize).collect();
        let prizes = held.remove(&person)?.into_iter();
        let prizes: Vec<(RoundId, String)> = prizes
            .filter(|(_, prize, _)| is_as_high(&ranking.rules.prizes, *prize, &below))
            .map(|(round, _, name)| (round, name))
            .collect();
        (!prizes.is_empty()).then_some(KeptElsewhere { rank, person, prizes })
    });
    Ok(kept.collect())
}

/// Whom prizes of a round pass over now.
async fn passed_over(
    source: &Store,
    contest: &Contest,
    round: RoundId,
) -> Result<BTreeSet<ParticipantId>, Failure> {
    let closes_at = contest
        .rounds
        .iter()
        .find(|own| own.id == round)
        .map(|own| own.closes_at);
    let closes_at = closes_at.ok_or_else(|| Failure::Inconsistent(format!("round {} is lost", round.0)))?;
    let barred = Barred {
        groups: &contest.definition.entry.no_prize_groups,
        // Midnight belongs to the day that ends.
        on: local_date(closes_at - Duration::SECOND),
    };
    Ok(source.list_passed_over(contest.id, round, barred).await?)
}

/// The other rounds whose prizes count against the same cap.
fn others_under_cap(contest: &Contest, ranking: &StoredRanking, round: RoundId) -> Vec<RoundId> {
    let caps = ranking.rules.ranking.per_person;
    match contest.rounds.iter().find(|own| own.id == round) {
        Some(own) if caps.contest.is_none() => contest.others_of_phase(own),
        _ => {
            let others = contest.rounds.iter().filter(|other| other.id != round);
            others.map(|other| other.id).collect()
        }
    }
}

/// The approved decisions about a result, in order.
async fn approved(
    source: &Store,
    contest: &Contest,
    round: Option<RoundId>,
) -> Result<Vec<Decision>, Failure> {
    let all = source.list_decisions(contest.id, round, MOST).await?;
    let own = all
        .into_iter()
        .filter(|one| one.state == State::Approved && one.round == round);
    let mut decisions: Vec<Decision> = own.collect();
    decisions.sort_by_key(|decision| decision.id);
    Ok(decisions)
}

/// The person whom a decision names.
fn person(decision: &Decision) -> Option<ParticipantId> {
    match Ruling::of(decision)? {
        Ruling::Void(void) => match void.target {
            Target::Person { person } | Target::Attempt { person, .. } => Some(person),
            Target::Unit { .. } | Target::Window { .. } => None,
        },
        Ruling::Replace(replace) => Some(replace.person),
        Ruling::Restore(_) => None,
    }
}
