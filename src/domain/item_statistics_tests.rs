//! Claims about item statistics: they agree with published and with independently reckoned values.
#![expect(clippy::float_arithmetic, reason = "figures are compared with figures")]

use super::item_statistics::*;
use super::key_alarm::{KeyAlarm, alarms};
use super::question::{QuestionId, SetVersion};

/// The figures agree with those expected to a millionth.
fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap_or_else(|| panic!("undefined instead of {expected}"));
    assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
}

fn item(nth: usize, options: u8, right: &[u8], max: u32) -> Item {
    Item {
        version: SetVersion("v".to_owned()),
        question: QuestionId(format!("cau-{nth}")),
        options,
        right: right.to_vec(),
        max,
    }
}

/// Right or wrong answers, one row for each entrant.
pub(super) fn round(rows: &[Vec<u32>], max: u32) -> RoundTally {
    let questions = rows.first().map_or(0, Vec::len);
    let mut tally = RoundTally::new((0..questions).map(|nth| item(nth, 4, &[0], max)).collect());
    for row in rows {
        tally.add(&answers(row));
    }
    tally
}

pub(super) fn answers(row: &[u32]) -> Vec<Answered> {
    let answer = |(item, mark): (usize, &u32)| Answered {
        item,
        mark: *mark,
        chosen: vec![u8::from(*mark == 0)],
    };
    row.iter().enumerate().map(answer).collect()
}

/// LSAT section 6: how many of 1000 law school candidates gave each pattern of right answers to five questions, 00000
/// first (R. D. Bock and M. Lieberman, "Fitting a response model for n dichotomously scored items", Psychometrika 35,
/// 1970).
const LSAT: [usize; 32] = [
    3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11,
    61, 28, 298,
];

fn lsat() -> RoundTally {
    let pattern = |bits: usize| -> Vec<u32> {
        (0..5)
            .map(|place| u32::from(bits >> (4 - place) & 1 == 1))
            .collect()
    };
    let rows: Vec<Vec<u32>> = LSAT
        .iter()
        .enumerate()
        .flat_map(|(bits, count)| vec![pattern(bits); *count])
        .collect();
    round(&rows, 1)
}

#[test]
fn the_published_figures_of_the_lsat_are_found_again() {
    // D. Rizopoulos, "ltm: An R package for latent variable modeling and item response theory analyses", Journal of
    // Statistical Software 17(5), 2006, section 4.1: proportions right, point-biserial correlations with the item excluded,
    // and Cronbach's alpha, to four digits there.
    let published = [
        (0.924, 0.1128),
        (0.709, 0.1532),
        (0.553, 0.1728),
        (0.763, 0.1444),
        (0.870, 0.1216),
    ];
    let tally = lsat();
    for (item, (facility, correlation)) in tally.item_statistics().iter().zip(published) {
        near(item.facility, facility);
        let found = item.discrimination.unwrap() / 100.0;
        assert!((found - correlation).abs() < 5.1e-5, "{found} {correlation}");
    }
    let alpha = tally.test_statistics().consistency.unwrap() / 100.0;
    assert!((alpha - 0.2950).abs() < 5e-5, "{alpha}");
}

#[test]
fn the_figures_of_the_lsat_agree_with_another_program_to_a_millionth() {
    // Reckoned from the same table with Python, from the definitions alone.
    let tally = lsat();
    let items = tally.item_statistics();
    let discrimination = [
        11.283268892234234,
        15.317812011653248,
        17.277894329109075,
        14.442809524709366,
        12.159640254709392,
    ];
    let efficiency = [
        18.481722073620882,
        20.002666577780948,
        21.889954368913678,
        17.72019642670582,
        18.77477124822632,
    ];
    let weight = [
        13.883093944226383,
        22.742770121403733,
        24.85485240135912,
        21.367967668144097,
        17.151315864866667,
    ];
    let sd = [
        0.26513071171460306,
        0.45445079549442713,
        0.4974318430080999,
        0.4254550646214164,
        0.33647171235219303,
    ];
    for (nth, item) in items.iter().enumerate() {
        near(item.discrimination, discrimination[nth]);
        near(item.efficiency, efficiency[nth]);
        near(item.effective_weight, weight[nth]);
        near(item.sd, sd[nth]);
        near(item.random_guess, 0.25);
        assert_eq!((item.exposure, item.blank), (1000, 0));
    }
    let test = tally.test_statistics();
    near(test.mean, 3.819);
    near(test.median, 4.0);
    near(test.sd, 1.0350412118898125);
    near(test.skewness, -0.691010876141999);
    near(test.kurtosis, 0.07817854639366809);
    near(test.consistency, 29.499719221597304);
    near(test.error_ratio, 83.96444531967248);
    near(test.standard_error, 0.869066612393297);
    assert_eq!(
        (test.entrants, test.questions, test.consistency_of),
        (1000, Some(5), ConsistencyOf::Questions)
    );
}

#[test]
fn a_small_round_agrees_with_reckoning_by_hand() {
    // Four entrants, two questions: totals 0, 1, 1, 2.
    let tally = round(&[vec![0, 0], vec![1, 0], vec![0, 1], vec![1, 1]], 1);
    let first = &tally.item_statistics()[0];
    // Each is right half of the time and independent of the other.
    near(first.facility, 0.5);
    near(first.sd, (1.0_f64 / 3.0).sqrt());
    near(first.discrimination, 0.0);
    near(first.efficiency, 0.0);
    near(first.effective_weight, 50.0);
    // 27 % of four entrants are 1.08: the one with 2 and a twenty-fifth of each of those with 1.
    near(first.upper_lower, (1.0 + 0.04) / 1.08 - 0.04 / 1.08);
    let test = tally.test_statistics();
    // Variance of the totals 2/3, of each question 1/3: alpha 0.
    near(test.consistency, 0.0);
    near(test.error_ratio, 100.0);
    near(test.standard_error, (2.0_f64 / 3.0).sqrt());
    near(test.skewness, 0.0);
    // k4 of 0, 1, 1, 2: n = 4, m2 = 1/2, m4 = 1/2, so 16/6 · (5/2 − 9/4) = 2/3; k2² = 4/9.
    near(test.kurtosis, 1.5);
}

#[test]
fn what_is_undefined_is_none() {
    let nobody = RoundTally::new(vec![item(0, 4, &[0], 1)]);
    let figures = &nobody.item_statistics()[0];
    let all = [
        figures.facility,
        figures.sd,
        figures.discrimination,
        figures.efficiency,
        figures.effective_weight,
        figures.upper_lower,
        figures.options[0].share,
    ];
    assert_eq!(all, [None; 7]);
    let test = nobody.test_statistics();
    assert_eq!(
        [
            test.mean,
            test.median,
            test.sd,
            test.skewness,
            test.kurtosis,
            test.consistency,
            test.error_ratio,
            test.standard_error
        ],
        [None; 8]
    );
    // All right: no spread, no correlation.
    let same = round(&vec![vec![1, 1]; 10], 1);
    assert_eq!(
        (
            same.item_statistics()[0].discrimination,
            same.item_statistics()[0].efficiency
        ),
        (None, None)
    );
    assert_eq!(
        (
            same.test_statistics().consistency,
            same.test_statistics().skewness
        ),
        (None, None)
    );
    near(same.test_statistics().sd, 0.0);
    // One question has no rest; two opposite ones weigh nothing together.
    let opposite = round(&[vec![1, 0], vec![0, 1], vec![1, 0]], 1);
    assert_eq!(opposite.test_statistics().consistency, None);
    near(opposite.item_statistics()[0].discrimination, -100.0);
    assert_eq!(opposite.item_statistics()[0].effective_weight, None);
}

#[test]
fn choices_are_counted_by_upper_and_lower_group_and_blanks_apart() {
    let mut tally = RoundTally::new(vec![item(0, 3, &[1], 1), item(1, 2, &[0], 1)]);
    let paper = |first: Option<u8>, second: u8| {
        let chosen: Vec<u8> = first.into_iter().collect();
        vec![
            Answered {
                item: 0,
                mark: u32::from(first == Some(1)),
                chosen,
            },
            Answered {
                item: 1,
                mark: u32::from(second == 0),
                chosen: vec![second],
            },
        ]
    };
    for (first, second, times) in [(Some(1), 0, 30), (Some(2), 0, 30), (None, 1, 40)] {
        (0..times).for_each(|_| tally.add(&paper(first, second)));
    }
    let first = &tally.item_statistics()[0];
    assert_eq!((first.exposure, first.blank), (100, 40));
    let shares: Vec<_> = first
        .options
        .iter()
        .map(|option| (option.right, option.chosen, option.share))
        .collect();
    assert_eq!(
        shares,
        [
            (false, 0, Some(0.0)),
            (true, 30, Some(0.3)),
            (false, 30, Some(0.3))
        ]
    );
    // The upper 27 have all chosen B; the lower 27 nothing.
    near(first.options[1].upper, 1.0);
    near(first.options[1].lower, 0.0);
    near(first.upper_lower, 1.0);
    near(first.random_guess, 1.0 / 3.0);
    assert_eq!(tally.items()[1].options, 2);
    let several = RoundTally::new(vec![item(0, 4, &[0, 2], 1)]);
    near(several.item_statistics()[0].random_guess, 1.0 / 15.0);
}

#[test]
fn drawn_papers_are_judged_by_those_who_met_a_question() {
    // Papers of two out of three questions.
    let mut tally = RoundTally::new((0..3).map(|nth| item(nth, 4, &[0], 1)).collect());
    let papers = [
        [(0, 1), (1, 1)],
        [(0, 0), (1, 1)],
        [(1, 0), (2, 0)],
        [(0, 1), (2, 1)],
        [(1, 1), (2, 1)],
        [(0, 0), (2, 0)],
    ];
    for paper in papers {
        let answer = |(item, mark): (usize, u32)| Answered {
            item,
            mark,
            chosen: vec![u8::from(mark == 0)],
        };
        tally.add(&paper.map(answer));
    }
    let items = tally.item_statistics();
    assert_eq!(
        items.iter().map(|item| item.exposure).collect::<Vec<_>>(),
        [4, 4, 4]
    );
    // Question 1 was met with rests 1, 1, 1, 0 and marks 1, 0, 1, 0: covariance 1/6, variances 1/4 and 1/3.
    near(
        items[0].discrimination,
        100.0 * (1.0 / 6.0) / (1.0_f64 / 12.0).sqrt(),
    );
    assert_eq!(items[0].effective_weight, None);
    let test = tally.test_statistics();
    assert_eq!(test.consistency_of, ConsistencyOf::Totals);
    // Totals 2, 1, 0, 2, 2, 0: mean 7/6, variance 29/30. KR-21 = 2 · (1 − (7/6)(5/6) / (2 · 29/30)).
    near(test.consistency, 200.0 * (1.0 - (35.0 / 36.0) / (29.0 / 15.0)));
}

#[test]
fn a_wrong_key_raises_an_alarm_and_a_right_one_does_not() {
    // Good entrants know the other nine questions and choose option B of the first, whose key says A.
    let round = |key_is_right: bool, entrants: u32| {
        let mut tally = RoundTally::new((0..10).map(|nth| item(nth, 4, &[0], 1)).collect());
        for entrant in 0..entrants {
            let skill = entrant % 10;
            let knows = |nth: u32| skill >= nth;
            let mut paper: Vec<Answered> = (1..10_u32)
                .map(|nth| Answered {
                    item: nth as usize,
                    mark: u32::from(knows(nth)),
                    chosen: vec![u8::from(!knows(nth))],
                })
                .collect();
            let chosen = u8::from((skill >= 5) != key_is_right);
            paper.push(Answered {
                item: 0,
                mark: u32::from(chosen == 0),
                chosen: vec![chosen],
            });
            tally.add(&paper);
        }
        tally.item_statistics()
    };
    let found = alarms(&round(false, 200)[0]);
    assert!(
        matches!(found.as_slice(), [KeyAlarm::NegativeDiscrimination { discrimination }, KeyAlarm::WrongOptionLeads { option: 1, share, right_share }] if *discrimination < 0.0 && *share > 0.99 && *right_share < 0.01),
        "{found:?}"
    );
    assert_eq!(alarms(&round(true, 200)[0]), []);
    // Too few say nothing about a negative discrimination, fewer still nothing at all.
    assert!(matches!(
        alarms(&round(false, 190)[0]).as_slice(),
        [KeyAlarm::WrongOptionLeads { .. }]
    ));
    assert_eq!(alarms(&round(false, 90)[0]), []);
}
