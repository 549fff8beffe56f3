//! Gathering what the minutes of going through a result tell.
//!
//! Owns which decisions, checks, complaints and equals belong to the result; leaves wording to `document`.

use super::Failure;
use crate::domain::catalog::Contest;
use crate::domain::contest::Keep;
use crate::domain::decision::{Decision, State};
use crate::domain::ids::{ParticipantId, RoundId};
use crate::domain::ruling::{Ruling, Target};
use crate::domain::vetting::Finding;
use crate::store::Store;
use crate::store::meeting::{KeptElsewhere, MeetingFacts};
use crate::store::ranking::StoredRanking;
use crate::store::results::WinnerRow;
use std::collections::{BTreeMap, BTreeSet};

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
    if let Some(round) = ranking.round {
        facts.kept = kept_elsewhere(source, contest, ranking, round).await?;
    }
    let kept = facts.kept.iter().map(|kept| kept.person);
    let named: Vec<ParticipantId> = facts.decisions.iter().filter_map(person).chain(kept).collect();
    facts.people = source.load_people(&named).await?;
    let own = winners
        .iter()
        .filter(|winner| winner.round.is_some() == ranking.round.is_some());
    let ranks: BTreeSet<i64> = own
        .filter(|winner| winner.settled_by != "rank")
        .map(|winner| winner.rank)
        .collect();
    for rank in ranks {
        let equals = source.count_equals(ranking.id, rank).await?;
        facts.equals.insert(rank, equals);
    }
    if let Some(round) = ranking.round {
        facts.orders = source.list_board_orders(round).await?;
    }
    Ok(facts)
}

/// Where people keep their highest prizes: who stands above the last winner of a prize open to everybody, won nothing here,
/// and holds prizes of other rounds.
async fn kept_elsewhere(
    source: &Store,
    contest: &Contest,
    ranking: &StoredRanking,
    round: RoundId,
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
    let last = open.map(|award| award.award.position).max().unwrap_or(0);
    let replaced = source.load_rulings(contest.id, Some(round)).await?.passed_over();
    let standings = source.load_standings(ranking.id, 0, last.min(MOST_ABOVE)).await?;
    let above: Vec<(i64, ParticipantId)> = standings
        .iter()
        .filter(|standing| standing.eligible)
        .map(|standing| (standing.rank, standing.participant))
        .filter(|(_, person)| !winners.contains(person) && !replaced.contains(person))
        .collect();
    let people: Vec<ParticipantId> = above.iter().map(|(_, person)| *person).collect();
    let mut held = source.list_prizes_elsewhere(contest.id, round, &people).await?;
    let kept = above.into_iter().filter_map(|(rank, person)| {
        let prizes = held.remove(&person)?;
        Some(KeptElsewhere { rank, person, prizes })
    });
    Ok(kept.collect())
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
