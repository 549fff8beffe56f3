//! Claims about writing `contest.toml`: whatever a contest is, reading what was written gives it back.

use super::super::source::Sheet;
use super::*;
use crate::domain::access::AccessWindow;
use crate::domain::account::Accounts;
use crate::domain::contest::*;
use crate::domain::exclusion::BarredGroup;
use crate::domain::official::Papers;
use crate::domain::question::{Level, SetId};
use proptest::prelude::*;
use std::collections::BTreeSet;
use time::macros::{date, datetime};
use time::{Date, Duration};

/// The contest that a text says, and its errors.
fn read_back(text: &str) -> (Option<ContestDefinition>, Vec<Fault>) {
    let mut sheet = Sheet::new("contest.toml", text);
    let draft = contest::read_file(&mut sheet);
    let faults = sheet.into_faults().into_iter();
    let errors = faults.filter(|fault| fault.severity == Severity::Error).collect();
    (draft.finish("mau"), errors)
}

fn assert_comes_back(definition: &ContestDefinition) {
    let text = write_contest_toml(definition);
    let (read, errors) = read_back(&text);
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    assert_eq!(read.as_ref(), Some(definition), "{text}");
    let again = Sketch::read(&text).unwrap();
    assert_eq!(again.write(), text, "the tree is written as it was read");
}

#[test]
fn every_contest_of_the_repository_comes_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["quizzes", "tests/contests", "tests/fixtures/bank"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path().join("contest.toml");
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let (definition, errors) = read_back(&text);
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
            assert_comes_back(&definition.unwrap());
            // So does the file itself, edited by nobody.
            let sketch = Sketch::read(&text).unwrap();
            assert_eq!(
                read_back(&sketch.write()).0,
                read_back(&text).0,
                "{}",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count >= 7, "only {count} contests were found");
}

#[test]
fn what_most_rounds_do_is_written_once() {
    let text = text_of(&sample(), "contest.toml");
    let definition = read_back(&text).0.unwrap();
    let written = write_contest_toml(&definition);
    assert!(written.matches("\norder = ").count() <= 2, "{written}");
}

/// Choices out of a list of bytes; where the list ends, always the first, so that a failure shrinks to something plain.
struct Dice(std::vec::IntoIter<u8>);

impl Dice {
    fn below(&mut self, n: u32) -> u32 {
        u32::from(self.0.next().unwrap_or(0)) % n
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.yes().then(|| make(self))
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u32) as usize].clone()
    }

    fn some<T: Clone>(&mut self, of: &[T]) -> Vec<T> {
        of.iter().filter(|_| self.yes()).cloned().collect()
    }

    fn text(&mut self) -> String {
        self.one(&[
            "Giải Nhất",
            "Tên có \"ngoặc kép\" và \\ gạch chéo",
            "# không phải chú thích = [x]",
            "'''một''' \"\"\"hai\"\"\"",
            "Hai dòng:\nđây\tlà dòng hai\\",
            "Ắ ằ ẵ Ự đ\n\n\"cuối\"",
        ])
        .to_owned()
    }

    fn texts(&mut self) -> Vec<String> {
        (0..self.below(3)).map(|_| self.text()).collect()
    }

    fn limit(&mut self) -> Option<u16> {
        self.maybe(|dice| 1 + dice.below(9) as u16)
    }
}

fn contest(dice: &mut Dice) -> ContestDefinition {
    let phases = dice.yes();
    let count = 1 + dice.below(5) as u16;
    let defaults = rules(dice, false);
    let mut rounds = Vec::new();
    let mut opens_at = datetime!(2033-06-06 01:00 UTC);
    for number in 1..=count {
        // Most rounds are alike, as in real contests.
        let fresh = rules(dice, true);
        let alike = rounds.last().map(|last: &RoundDefinition| last.rules.clone());
        let rules = alike.filter(|_| dice.below(3) > 0).unwrap_or(fresh);
        let closes_at = opens_at + Duration::hours(i64::from(1 + dice.below(300)));
        rounds.push(RoundDefinition {
            number,
            title: format!("Tuần {number}"),
            opens_at,
            closes_at,
            phase: phases.then(|| format!("Đợt {}", 1 + number / 3)),
            by_hand: dice.yes(),
            qualifying: (number > 1).then(|| qualifying(dice, number)).flatten(),
            rules,
        });
        opens_at = closes_at + Duration::minutes(i64::from(dice.below(100)));
    }
    let accounts = dice.one(&[Accounts::Open, Accounts::Open, Accounts::Issued]);
    let min_age = dice.maybe(|dice| 5 + dice.below(20) as u8);
    let mut definition = ContestDefinition {
        slug: "mau".to_owned(),
        title: dice.text(),
        organiser: dice.text(),
        description: dice.maybe(Dice::text),
        rules: dice.maybe(Dice::text),
        hotline: dice.maybe(Dice::text),
        data_deleted_by: dice
            .maybe(|dice| date!(2034 - 01 - 01) + Duration::days(i64::from(dice.below(200)))),
        min_age,
        entry: EntryRules {
            max_age: dice.maybe(|dice| 30 + dice.below(60) as u8),
            open_to: dice.texts(),
            excluded: dice.texts(),
            no_prize: dice.texts(),
            no_prize_groups: (0..dice.below(3)).map(|_| barred(dice)).collect(),
            accounts,
            // Where accounts are issued nobody registers, with a password or by a link.
            password: dice
                .maybe(|_| "thi\"cch\\c2025".to_owned())
                .filter(|_| accounts == Accounts::Open),
            access: Vec::new(),
        },
        accent: dice.one(&[Accent::Cham, Accent::Hoi, Accent::Dao]),
        answer_key: dice.one(&[
            KeyPublication::Never,
            KeyPublication::AfterRound,
            KeyPublication::AfterContest,
        ]),
        fields: fields(dice),
        rules_default: defaults,
        rounds,
        prizes: prizes(dice),
        collective_prizes: (0..dice.below(3)).map(|n| collective(dice, n)).collect(),
        spread: None,
        complaints: None,
        papers: Papers::default(),
    };
    definition.entry.access = access(dice, &definition.rounds);
    definition.complaints = dice.maybe(|dice| ComplaintRules {
        within_days: 1 + dice.below(60) as u16,
        answer_days: 1 + dice.below(60) as u16,
    });
    definition.spread = spread(dice, &definition).filter(|_| accounts == Accounts::Open);
    definition.rules_default.ranking.min_rounds = dice.below(u32::from(count) + 1) as u16;
    definition
}

/// Units that groups may name.
const UNITS: &[&str] = &["DB-CHILANG", "CHILANG-TT"];

/// Turns within rounds; no unit twice, so that nothing contradicts.
fn access(dice: &mut Dice, rounds: &[RoundDefinition]) -> Vec<AccessWindow> {
    let mut windows = Vec::new();
    for round in rounds {
        if !dice.yes() {
            continue;
        }
        let length = (round.closes_at - round.opens_at).whole_minutes();
        let first = i64::from(dice.below(30));
        let born = dice.maybe(|dice| date!(1990 - 01 - 01) + Duration::days(i64::from(dice.below(9_000))));
        windows.push(AccessWindow {
            group: dice.text(),
            units: dice.some(UNITS).into_iter().map(str::to_owned).collect(),
            bloc: dice.maybe(|_| "Huyện".to_owned()),
            born_from: born,
            born_to: dice.maybe(|_| born.unwrap_or(date!(2001 - 02 - 03))),
            from: round.opens_at + Duration::minutes(first),
            to: round.opens_at + Duration::minutes(length),
        });
        // The others, at any time.
        windows.push(AccessWindow {
            group: dice.text(),
            units: Vec::new(),
            bloc: None,
            born_from: None,
            born_to: None,
            from: round.opens_at,
            to: round.closes_at,
        });
    }
    windows
}

fn barred(dice: &mut Dice) -> BarredGroup {
    let day = |dice: &mut Dice| {
        dice.maybe(|dice| date!(1990 - 01 - 01) + Duration::days(i64::from(dice.below(9_000))))
    };
    let pair = |dice: &mut Dice| {
        let (a, b) = (day(dice), day(dice));
        match (a, b) {
            (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
            other => other,
        }
    };
    let ((born_from, born_to), (from, to)) = (pair(dice), pair(dice));
    let mut units: Vec<String> = dice.some(UNITS).into_iter().map(str::to_owned).collect();
    if units.is_empty() && born_from.is_none() && born_to.is_none() {
        units.push(UNITS[0].to_owned());
    }
    BarredGroup {
        reason: dice.text(),
        units,
        born_from,
        born_to,
        from,
        to,
    }
}

fn spread(dice: &mut Dice, definition: &ContestDefinition) -> Option<SpreadRules> {
    let per_round = |round: &RoundDefinition| round.rules.attempts.per_round.map(u32::from);
    let all: Option<u32> = definition.rounds.iter().map(per_round).sum();
    let whole = definition.rules_default.attempts.per_contest.map(u32::from);
    let allowed = [all, whole].into_iter().flatten().min().unwrap_or(9);
    let cap = dice.maybe(|dice| 1 + dice.below(50));
    let min_attempts = 1 + dice.below(allowed.min(9)) as u16;
    let prize = |n: u32, dice: &mut Dice| SpreadPrize {
        name: format!("{} {n}", dice.text()),
        places: 1 + dice.below(50) as u16,
        value: dice.maybe(|dice| 100_000 * u64::from(dice.below(100))),
        min_newcomers: 1 + dice.below(cap.unwrap_or(50)),
    };
    let prizes: Vec<SpreadPrize> = (0..dice.below(4)).map(|n| prize(n, dice)).collect();
    (!prizes.is_empty()).then_some(SpreadRules {
        min_attempts,
        cap,
        prizes,
    })
}

fn fields(dice: &mut Dice) -> FieldRules {
    let mut fields = FieldRules {
        required: Field::ALWAYS.into(),
        optional: BTreeSet::new(),
    };
    for field in Field::ALL
        .into_iter()
        .filter(|field| !Field::ALWAYS.contains(field))
    {
        match dice.below(3) {
            0 => {}
            1 => drop(fields.required.insert(field)),
            _ => drop(fields.optional.insert(field)),
        }
    }
    fields
}

fn qualifying(dice: &mut Dice, number: u16) -> Option<Qualifying> {
    let rounds: Vec<u16> = dice.some(&(1..number).collect::<Vec<_>>());
    let who = Qualifying {
        rounds,
        top: dice.maybe(|dice| 1 + dice.below(100)),
        per_unit: dice.maybe(|dice| (1 + dice.below(3) as u8, 1 + dice.below(9))),
        min_score: dice.maybe(|dice| 1 + dice.below(200)),
    };
    let says = who.top.is_some() || who.per_unit.is_some() || who.min_score.is_some();
    (says && !who.rounds.is_empty()).then_some(who)
}

fn rules(dice: &mut Dice, of_round: bool) -> RoundRules {
    let line = |dice: &mut Dice| DrawLine {
        set: SetId(dice.one(&["dang-bo", "que-huong"]).to_owned()),
        level: dice.maybe(|dice| dice.one(&[Level::Easy, Level::Medium, Level::Hard])),
        count: 1 + dice.below(10) as u16,
        points: dice.maybe(|dice| dice.one(&[20, 1, 1_000, 10])),
    };
    let lines = if of_round {
        1 + dice.below(3)
    } else {
        dice.below(3)
    };
    let paper = PaperRules {
        draw: (0..lines).map(|_| line(dice)).collect(),
        points: dice.one(&[10, 1, 1_000, 7]),
        time_limit_s: dice.maybe(|dice| dice.one(&[900, 30, 5_400, 3_605, 86_400])),
        shuffle: Shuffle {
            questions: dice.yes(),
            options: dice.yes(),
        },
        all_answered: dice.yes(),
    };
    let prediction = dice.maybe(|dice| PredictionRules {
        asks: dice.one(&[
            PredictedQuantity::AttemptsInRound,
            PredictedQuantity::PeopleInRound,
            PredictedQuantity::PeopleAllCorrect,
            PredictedQuantity::AttemptsAllCorrect,
        ]),
        counted: dice.one(&[
            CountedPrediction::OfCountedAttempt,
            CountedPrediction::First,
            CountedPrediction::Last,
            CountedPrediction::LockedOnce,
        ]),
        taken: dice.one(&[
            PredictionTaken::BeforeDisqualification,
            PredictionTaken::AfterDisqualification,
        ]),
        asked: dice.one(&[PredictionAsked::Paper, PredictionAsked::After]),
        points: bands(dice),
    });
    let counts = dice.one(&[
        CountedAttempt::Best,
        CountedAttempt::First,
        CountedAttempt::Last,
        CountedAttempt::SumOfRounds,
        CountedAttempt::Sum,
        CountedAttempt::Average,
    ]);
    let per_round = dice.limit();
    let per_contest = dice.maybe(|dice| per_round.unwrap_or(1) + dice.below(5) as u16);
    // Which attempt counts may not decide which points the prediction earns.
    let by_score = matches!(counts, CountedAttempt::Best | CountedAttempt::SumOfRounds);
    let prediction = prediction.map(|rule| match rule.counted {
        CountedPrediction::OfCountedAttempt if by_score && per_round != Some(1) => PredictionRules {
            points: PredictionPoints::default(),
            ..rule
        },
        _ => rule,
    });
    let ranking = ranking(dice, prediction.is_some(), paper.max_score());
    RoundRules {
        essay: dice.maybe(essay),
        attempts: AttemptRules {
            per_round,
            per_contest: per_contest.filter(|_| per_round.is_some()),
            counts,
            wait_s: dice.one(&[0, 60, 3_661]),
            feedback: dice.one(&[Feedback::Score, Feedback::None]),
            late_finish: dice.yes(),
        },
        paper,
        prediction,
        ranking,
    }
}

fn bands(dice: &mut Dice) -> PredictionPoints {
    let band = |n: u32| PointBand {
        within: i64::from(n * n),
        points: 50 - n,
    };
    let count = dice.below(MAX_BANDS as u32 + 1);
    PredictionPoints::new(&(0..count).map(band).collect::<Vec<_>>())
}

fn essay(dice: &mut Dice) -> EssayRules {
    let points = 1 + dice.below(200) as u16;
    EssayRules {
        prompt: dice.text(),
        min_chars: dice.one(&[0, 1, 100]),
        max_chars: dice.one(&[100, 10_000, 20_000]),
        points,
        min_points: dice.maybe(|dice| 1 + dice.below(u32::from(points)) as u16),
        markers: dice.one(&[
            Markers::One,
            Markers::Two { max_difference: None },
            Markers::Two {
                max_difference: Some(3),
            },
        ]),
    }
}

fn ranking(dice: &mut Dice, predicted: bool, max: u32) -> RankingRules {
    let mut order = vec![RankKey {
        by: RankField::Score,
        direction: Direction::Desc,
    }];
    if predicted {
        order.push(RankKey {
            by: RankField::PredictionError,
            direction: Direction::Asc,
        });
        order.extend(dice.maybe(|dice| RankKey {
            by: RankField::PredictionAbove,
            direction: dice.one(&[Direction::Asc, Direction::Desc]),
        }));
    }
    let rest = [
        RankField::Duration,
        RankField::SubmittedAt,
        RankField::Attempts,
        RankField::RegisteredAt,
    ];
    let rest = dice.some(&rest);
    order.extend(rest.into_iter().map(|by| RankKey {
        by,
        direction: Direction::Asc,
    }));
    order.extend(dice.maybe(|dice| RankKey {
        by: RankField::BirthDate,
        direction: dice.one(&[Direction::Asc, Direction::Desc]),
    }));
    RankingRules {
        min_score: dice.maybe(|dice| 1 + dice.below(max.max(1))),
        order,
        tie: dice.one(&[TieRule::Board, TieRule::Draw]),
        per_person: PerPerson {
            keep: dice.one(&[Keep::First, Keep::Highest]),
            round: dice.limit(),
            phase: dice.limit(),
            contest: dice.limit(),
        },
        min_rounds: 0,
    }
}

fn prizes(dice: &mut Dice) -> Vec<Prize> {
    let prize = |n: u32, dice: &mut Dice| Prize {
        scope: dice.one(&[Scope::Round, Scope::Contest]),
        name: format!("{} {n}", dice.text()),
        places: 1 + dice.below(50) as u16,
        value: dice.maybe(|dice| 100_000 * u64::from(dice.below(100))),
        bloc: dice.maybe(Dice::text),
    };
    (0..dice.below(5)).map(|n| prize(n, dice)).collect()
}

fn collective(dice: &mut Dice, n: u32) -> CollectivePrize {
    let simple: Vec<CollectiveMeasure> = CollectiveMeasure::ALL
        .into_iter()
        .filter(|by| !by.is_made_of_parts())
        .collect();
    let by = dice.one(&CollectiveMeasure::ALL);
    let mut of: Vec<MeasurePart> = Vec::new();
    if by.is_made_of_parts() {
        let part = |by, dice: &mut Dice| MeasurePart {
            by,
            weight: 1 + dice.below(100) as u16,
        };
        of.push(part(CollectiveMeasure::People, dice));
        for other in dice.some(&simple[1..]) {
            of.push(part(other, dice));
        }
    }
    let min_rate_bp = dice.maybe(|dice| dice.one(&[0, 1, 3_333, 5_000, 10_000]));
    let mut bands: Vec<RateBand> = Vec::new();
    if min_rate_bp.is_none() {
        for below in [Some(50), Some(100), None]
            .into_iter()
            .take(dice.below(4) as usize)
        {
            bands.push(RateBand {
                below,
                min_rate_bp: dice.one(&[2_500, 10_000, 7]),
            });
        }
    }
    CollectivePrize {
        scope: dice.one(&[Scope::Round, Scope::Contest]),
        name: format!("Tập thể {n}"),
        places: 1 + dice.below(9) as u16,
        by,
        level: 1 + dice.below(10) as u8,
        bloc: dice.maybe(Dice::text),
        min_rate_bp,
        value: dice.maybe(|dice| u64::from(dice.below(9)) * 1_000_000),
        top: if by == CollectiveMeasure::RankPoints {
            1 + dice.below(20) as u16
        } else {
            0
        },
        of,
        then: dice.some(&simple),
        conditions: UnitConditions {
            min_people: dice.maybe(|dice| 1 + dice.below(100)),
            min_winners: dice.maybe(|dice| 1 + dice.below(9)),
            bands,
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_contest_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        assert_comes_back(&contest(&mut Dice(bytes.into_iter())));
    }
}

#[test]
fn the_day_of_the_end_is_a_day() {
    let text = write_contest_toml(&contest(&mut Dice(vec![1; 300].into_iter())));
    let day = text
        .lines()
        .find_map(|line| line.strip_prefix("data_deleted_by = "));
    let parse = |day: &str| moment::parse_date(day.trim_matches('"'));
    assert!(
        day.and_then(parse).is_some_and(|day: Date| day.year() == 2034),
        "{text}"
    );
}
