use super::*;
use crate::domain::ids::RoundId;
use population::Population;
use proptest::prelude::*;

pub(super) fn entry(n: i64, person: i64, minute: i64, pace_ms: i64, prediction: Option<i64>) -> RightEntry {
    let mut random = [0; 12];
    random[..8].copy_from_slice(&n.to_be_bytes());
    RightEntry {
        attempt: AttemptId::new(RoundId(1), random),
        person: ParticipantId(person),
        unit: UnitId(1),
        finished_us: minute * 60_000_000,
        duration_ms: pace_ms * 15,
        questions: 15,
        prediction,
    }
}

fn signs(entries: &[RightEntry]) -> Vec<Sign> {
    review(entries, &Places::default())
        .iter()
        .map(|sheet| sheet.sign)
        .collect()
}

#[test]
fn an_entry_quicker_than_reading_is_told_with_how_common_that_is() {
    let entries = [
        entry(1, 1, 0, 1_500, None),
        entry(2, 1, 1, 900, None),
        entry(3, 2, 2, 30_000, None),
        entry(4, 3, 3, 2_000, None),
    ];
    let quick = Sign::Quick {
        pace_ms: 900,
        as_quick: 1,
        median_ms: 1_500,
    };
    assert_eq!(
        signs(&entries),
        [quick],
        "the quickest of a person, once; two seconds are enough"
    );
}

#[test]
fn people_of_one_unit_with_one_guess_in_the_same_minutes_are_one_sheet() {
    let mut entries: Vec<RightEntry> = (0..4).map(|n| entry(n, n, n * 9, 30_000, Some(75_001))).collect();
    entries.push(entry(9, 9, 10, 30_000, Some(80_000)));
    entries.push(RightEntry {
        unit: UnitId(2),
        ..entry(10, 10, 10, 30_000, Some(75_001))
    });
    let together = |declared| Sign::Together {
        prediction: 75_001,
        people: 4,
        same_guess: 5,
        in_unit: 5,
        declared,
    };
    assert_eq!(signs(&entries), [together(false)]);
    let declared = |until_us| {
        let mut places = Places::default();
        places.add(UnitId(1), Some(0), Some(until_us));
        review(&entries, &places).remove(0).sign
    };
    assert_eq!(
        declared(27 * 60_000_000 + 1),
        together(true),
        "a declared place is still told, and told as declared"
    );
    assert_eq!(
        declared(27 * 60_000_000),
        together(false),
        "the last entry came after the declared hours"
    );
    entries.remove(0);
    assert_eq!(signs(&entries), [], "three people are no group");
    let same: Vec<RightEntry> = (0..4).map(|n| entry(n, 7, n, 30_000, Some(75_001))).collect();
    assert_eq!(signs(&same), [], "four attempts of one person are no group");
    let apart: Vec<RightEntry> = (0..4)
        .map(|n| entry(n, n, n * 11, 30_000, Some(75_001)))
        .collect();
    assert_eq!(signs(&apart), [], "more than ten minutes lie between them");
}

#[test]
fn a_ladder_of_guesses_is_told_with_its_step() {
    let even: Vec<RightEntry> = (0..5)
        .map(|n| entry(n, 1, n * 60, 30_000, Some(70_000 + n * 500)))
        .collect();
    let ladder = |step| Sign::Ladder {
        guesses: 5,
        step,
        as_many: 1,
    };
    assert_eq!(signs(&even), [ladder(Some(500))]);
    let mut uneven = even.clone();
    uneven[4].prediction = Some(1);
    assert_eq!(signs(&uneven), [ladder(None)]);
    uneven[4].prediction = Some(70_000);
    assert_eq!(signs(&uneven), [], "a guess given twice is no ladder");
    assert_eq!(signs(&even[..4]), [], "four are within what rules usually allow");
}

#[test]
fn a_sheet_never_tells_who() {
    let sheet = review(&[entry(1, 4_711, 0, 900, None)], &Places::default());
    let text = serde_json::to_string(&sheet).unwrap();
    assert!(!text.contains("4711") && !text.contains("person"), "{text}");
}

#[test]
fn a_case_is_seen_among_all_the_others() {
    let mut entries: Vec<RightEntry> = (0..4).map(|n| entry(n, n, n * 9, 30_000, Some(75_001))).collect();
    entries.extend((4..9).map(|n| entry(n, 9, n * 60, 1_500, Some(70_000 + n))));
    let all = Population::of(&entries);
    assert_eq!((all.entries, all.people), (9, 5));
    assert_eq!(all.paces, [0, 5, 0, 0, 0, 0, 4, 0]);
    assert_eq!(
        all.groups,
        [5, 0, 0, 1, 0, 0, 0, 0],
        "five guesses alone, one of four people"
    );
    assert_eq!(all.attempts, [4, 0, 0, 0, 1, 0, 0, 0]);
    let here = |sign: &Sign| all.spread(sign).unwrap().here;
    let found: Vec<usize> = signs(&entries).iter().map(here).collect();
    assert_eq!(found, [1, 3, 4], "quick, together, ladder");
}

proptest! {
    #[test]
    fn what_is_found_does_not_depend_on_the_order_of_entries(
        drawn in prop::collection::vec((0..12i64, 0..60i64, 500..4_000i64, prop::option::of(0..4i64)), 0..60),
    ) {
        let entries: Vec<RightEntry> = (0..).zip(drawn).map(|(n, (person, minute, pace, guess))| entry(n, person, minute, pace, guess)).collect();
        let mut backwards = entries.clone();
        backwards.reverse();
        let strip = |entries: &[RightEntry]| {
            let mut sheets: Vec<String> = signs(entries).iter().map(|sign| format!("{sign:?}")).collect();
            sheets.sort();
            sheets
        };
        prop_assert_eq!(strip(&entries), strip(&backwards));
    }
}
