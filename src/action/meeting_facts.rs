//! Gathering what the minutes of going through a result tell.
//!
//! Owns which decisions, checks, complaints and equals belong to the result; leaves wording to `document`.

use super::Failure;
use crate::domain::catalog::Contest;
use crate::domain::decision::{Decision, State};
use crate::domain::ids::{ParticipantId, RoundId};
use crate::domain::ruling::{Ruling, Target};
use crate::domain::vetting::Finding;
use crate::store::Store;
use crate::store::meeting::MeetingFacts;
use crate::store::ranking::StoredRanking;
use crate::store::results::WinnerRow;
use std::collections::{BTreeMap, BTreeSet};

/// Decisions and complaints told at most; no result comes near.
const MOST: i64 = 500;

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
    let named: Vec<ParticipantId> = facts.decisions.iter().filter_map(person).collect();
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
