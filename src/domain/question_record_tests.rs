//! Claims about the record of a question: figures of several rounds become the figures of one, and questions are chosen by them.
#![expect(clippy::float_arithmetic, reason = "figures are compared with figures")]

use super::item_reading::Reading;
use super::item_statistics::{Answered, Item, RoundTally};
use super::question::{QuestionId, SetVersion};
use super::question_record::{Order, Record, RoundFigures, Seen, Showing};

fn seen(met: u64, facility: f64, discrimination: Option<f64>, reading: Reading) -> Seen {
    Seen {
        question: QuestionId("q".to_owned()),
        met,
        facility: Some(facility),
        discrimination,
        reading,
    }
}

#[track_caller]
fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() < 1e-6, "{found} for {expected}");
}

#[test]
fn the_figures_of_several_rounds_weigh_as_many_as_met_the_question() {
    let rounds = [
        seen(300, 0.5, Some(20.0), Reading::Good),
        seen(100, 0.9, Some(-4.0), Reading::Weak),
        // All of these few did the same, so nothing is known of how it tells them apart.
        seen(100, 1.0, None, Reading::TooFew),
    ];
    let record = Record::of(&rounds);
    assert_eq!((record.rounds, record.met), (3, 500));
    // 150 + 90 + 100 of 500 marks; (300 · 20 − 100 · 4) / 400.
    near(record.facility, 0.68);
    near(record.discrimination, 14.0);
    assert_eq!(record.reading, Reading::Weak, "the gravest");
    // One round alone is as it is.
    let one = Record::of(&rounds[..1]);
    near(one.facility, 0.5);
    near(one.discrimination, 20.0);
}

#[test]
fn a_question_that_nobody_met_has_no_figures() {
    let record = Record::of([]);
    assert_eq!(
        (record.rounds, record.met, record.facility, record.discrimination),
        (0, 0, None, None)
    );
    assert_eq!(record.reading, Reading::TooFew);
}

#[test]
fn the_figures_of_a_round_leave_out_what_nobody_met_and_survive_being_kept() {
    let item = |version: &str, id: &str| Item {
        version: SetVersion(version.to_owned()),
        question: QuestionId(id.to_owned()),
        options: 4,
        right: vec![0],
        max: 1,
    };
    let items = vec![
        item("one", "a"),
        item("two", "b"),
        item("one", "c"),
        item("two", "d"),
    ];
    let mut tally = RoundTally::new(items);
    for entrant in 0..40_u32 {
        let answer = |item: usize| {
            let mark = u32::from((entrant as usize).is_multiple_of(item + 2));
            Answered {
                item,
                mark,
                chosen: vec![u8::from(mark == 0)],
            }
        };
        tally.add(&[answer(0), answer(1), answer(2)]);
    }
    let statistics = tally.item_statistics();
    let figures = RoundFigures::of(&tally, &statistics);
    let told: Vec<(&str, Vec<&str>)> = figures
        .0
        .iter()
        .map(|(version, of_set)| {
            let ids = of_set.iter().map(|seen| seen.question.0.as_str());
            (version.0.as_str(), ids.collect())
        })
        .collect();
    assert_eq!(told, [("one", vec!["a", "c"]), ("two", vec!["b"])]);
    let first = &figures.0[0].1[0];
    assert_eq!((first.met, first.facility), (40, statistics[0].facility));
    assert_eq!(first.discrimination, statistics[0].discrimination);
    let kept = serde_json::to_value(&figures).unwrap();
    assert_eq!(serde_json::from_value::<RoundFigures>(kept).unwrap(), figures);
}

#[test]
fn questions_are_asked_for_by_names_that_are_read_back() {
    for showing in Showing::ALL {
        assert_eq!(Showing::parse(showing.name()), Some(showing));
    }
    for order in Order::ALL {
        assert_eq!(Order::parse(order.name()), Some(order));
    }
    assert_eq!((Showing::parse(""), Order::parse("x")), (None, None));
}

#[test]
fn what_is_asked_for_fits_what_was_shown() {
    let fits = |seen: &[Seen]| -> Vec<&str> {
        let record = Record::of(seen);
        let all = Showing::ALL.into_iter();
        all.filter(|showing| showing.fits(&record))
            .map(Showing::name)
            .collect()
    };
    assert_eq!(fits(&[]), ["unmet"]);
    assert_eq!(
        fits(&[seen(500, 0.97, Some(3.0), Reading::TooEasy)]),
        ["too_easy"]
    );
    assert_eq!(
        fits(&[seen(500, 0.4, Some(-30.0), Reading::CheckKey)]),
        ["check_key", "negative"]
    );
    assert_eq!(
        fits(&[seen(12, 0.4, Some(-1.0), Reading::TooFew)]),
        ["negative", "too_few"]
    );
}

#[test]
fn orders_put_what_has_no_figure_last() {
    let records = [
        Record::of(&[seen(10, 0.9, Some(5.0), Reading::TooFew)]),
        Record::of([]),
        Record::of(&[seen(90, 0.2, None, Reading::TooHard)]),
        Record::of(&[seen(50, 0.5, Some(-9.0), Reading::Weak)]),
    ];
    let sorted = |order: Order| {
        let mut places: Vec<usize> = (0..records.len()).collect();
        places.sort_by(|a, b| order.compare(&records[*a], &records[*b]));
        places
    };
    assert_eq!(sorted(Order::Set), [0, 1, 2, 3]);
    assert_eq!(sorted(Order::Hardest), [2, 3, 0, 1]);
    assert_eq!(sorted(Order::Easiest), [0, 3, 2, 1]);
    assert_eq!(sorted(Order::LeastTelling), [3, 0, 1, 2]);
    assert_eq!(sorted(Order::MostMet), [2, 3, 0, 1]);
}
