//! The sum of the prizes, whatever two people decide: what is given and what is not given is always what was foreseen.

use super::tests::{any_case, any_list};
use super::*;
use crate::domain::effect::{Given, PrizeChange, prize_changes};
use proptest::prelude::*;

/// Value of a place of each prize in đồng; no two alike, so that money cannot move unseen.
const VALUES: [i64; 5] = [16_000_000, 8_000_000, 4_000_000, 2_000_000, 1_000_000];

fn value(prize: u16) -> i64 {
    VALUES[usize::from(prize)]
}

fn given(awards: &Awards) -> Vec<Given<ParticipantId>> {
    let one = |award: &Award| (award.prize, award.place, String::new(), award.participant);
    awards.awards.iter().map(one).collect()
}

fn sum(given: &[Given<ParticipantId>]) -> i64 {
    given.iter().map(|(prize, ..)| value(*prize)).sum()
}

/// Every place that the rules foresee.
fn foreseen(places: &[u16]) -> BTreeSet<(u16, u16)> {
    let of = |(prize, places): (u16, &u16)| (1..=*places).map(move |place| (prize, place));
    (0..).zip(places).flat_map(of).collect()
}

fn not_given(places: &[u16], given: &[Given<ParticipantId>]) -> i64 {
    let taken: BTreeSet<(u16, u16)> = given.iter().map(|(prize, place, ..)| (*prize, *place)).collect();
    let open = foreseen(places);
    open.difference(&taken).map(|(prize, _)| value(*prize)).sum()
}

/// People chosen by the bits of a number.
fn chosen(list: &[Standing], bits: u64) -> BTreeSet<ParticipantId> {
    let people = list.iter().enumerate();
    let people = people.filter(|(n, _)| bits >> (n % 64) & 1 == 1);
    people.map(|(_, standing)| standing.participant).collect()
}

proptest! {
    #[test]
    fn given_and_not_given_is_what_was_foreseen_whoever_is_voided_or_passed_over(
        case in any_case(),
        list in any_list(),
        voided in any::<u64>(),
        passed in any::<u64>(),
    ) {
        let all: i64 = foreseen(&case.places).iter().map(|(prize, _)| value(*prize)).sum();
        let before = given(&case.award(&list));
        prop_assert_eq!(sum(&before) + not_given(&case.places, &before), all);

        let (voided, passed) = (chosen(&list, voided), chosen(&list, passed));
        let kept: Vec<Standing> = list.iter().filter(|one| !voided.contains(&one.participant)).cloned().collect();
        let mut ruled = case;
        ruled.passed_over = passed.clone();
        let after = given(&ruled.award(&kept));
        prop_assert_eq!(sum(&after) + not_given(&ruled.places, &after), all);
        prop_assert!(after.iter().all(|(.., winner)| !voided.contains(winner) && !passed.contains(winner)));

        // What is told of the change accounts for every đồng of the difference, and leads from one to the other.
        let changes: Vec<PrizeChange<ParticipantId>> = prize_changes(&before, &after);
        let moved = |change: &PrizeChange<_>| {
            value(change.prize) * (i64::from(change.after.is_some()) - i64::from(change.before.is_some()))
        };
        prop_assert_eq!(changes.iter().map(moved).sum::<i64>(), sum(&after) - sum(&before));
        let mut held: BTreeMap<(u16, u16), ParticipantId> =
            before.iter().map(|(prize, place, _, winner)| ((*prize, *place), *winner)).collect();
        for change in changes {
            let place = (change.prize, change.place);
            prop_assert_eq!(held.get(&place).copied(), change.before);
            prop_assert!(change.before != change.after);
            match change.after {
                Some(winner) => held.insert(place, winner),
                None => held.remove(&place),
            };
        }
        let then: BTreeMap<(u16, u16), ParticipantId> =
            after.iter().map(|(prize, place, _, winner)| ((*prize, *place), *winner)).collect();
        prop_assert_eq!(held, then);
    }

    #[test]
    fn passing_over_a_winner_takes_no_money_away_while_somebody_is_next(case in any_case(), list in any_list()) {
        let before = case.award(&list);
        let places: u16 = case.places.iter().sum();
        if let (Some(first), true) = (before.awards.first(), before.ties.is_empty()) {
            let person = first.participant;
            let mut ruled = case;
            ruled.passed_over = BTreeSet::from([person]);
            let after = ruled.award(&list);
            let may_win = list.iter().filter(|one| {
                let held = ruled.held.get(&one.participant).copied().unwrap_or(0);
                one.eligible && one.participant != person && ruled.per_person.contest.is_none_or(|cap| held < cap)
            });
            if after.ties.is_empty() && may_win.count() >= usize::from(places) {
                prop_assert_eq!(sum(&given(&after)), sum(&given(&before)));
            }
        }
    }
}
