//! The sample contest: small, with every kind of question, and knobs for what a test is about.

use hoithi::action::load_contest::{Source, SourceSet};
use hoithi::domain::contest::{
    Accent, AttemptRules, CollectiveMeasure, CollectivePrize, ContestDefinition, CountedAttempt,
    CountedPrediction, Direction, DrawLine, Feedback, Field, FieldRules, PaperRules, PerPerson,
    PredictedQuantity, PredictionRules, Prize, RankField, RankKey, RankingRules, RoundDefinition, RoundRules,
    Scope, Shuffle, TieRule,
};
use hoithi::domain::question::{
    AnswerKey, Question, QuestionId, QuestionOption, QuestionSet, SetId, SetVersion,
};
use hoithi::domain::unit::UnitDefinition;
use hoithi::keys::sha256_hex;
use std::collections::BTreeSet;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

/// When round 1 of the sample contest opens; round 2 opens a week later. Far ahead, because Redis drops keys whose time
/// is over by its own clock.
pub const OPENS: OffsetDateTime = datetime!(2033-06-06 01:00 UTC);
/// Time for one attempt.
pub const LIMIT: Duration = Duration::minutes(10);
/// Questions on a paper of the sample contest.
pub const QUESTIONS: u16 = 6;
/// Address of the sample contest.
pub const CONTEST: &str = "mau";
/// A contest to be loaded, with knobs.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What the loader gets.
    pub source: Source,
}

impl Default for Sample {
    /// Two rounds of a week; 4 questions with one right option and 2 with several; 10 minutes; 3 attempts; prediction of
    /// the attempts; score told at once.
    fn default() -> Self {
        let rules = sample_rules();
        let round = |number: u16| RoundDefinition {
            phase: None,
            by_hand: false,
            qualifying: None,
            number,
            title: format!("Tuần {number}"),
            opens_at: OPENS + Duration::weeks(i64::from(number) - 1),
            closes_at: OPENS + Duration::weeks(i64::from(number)),
            rules: rules.clone(),
        };
        let definition = ContestDefinition {
            entry: Default::default(),
            slug: CONTEST.to_owned(),
            title: "Tìm hiểu lịch sử tỉnh nhà".to_owned(),
            organiser: "Ban Tuyên giáo Tỉnh ủy".to_owned(),
            description: Some("Hai tuần thi trên Internet.".to_owned()),
            rules: None,
            hotline: None,
            data_deleted_by: None,
            min_age: Some(12),
            accent: Accent::Cham,
            answer_key: Default::default(),
            fields: FieldRules {
                required: BTreeSet::from(Field::ALWAYS),
                optional: BTreeSet::from([
                    Field::NationalId,
                    Field::Sex,
                    Field::Email,
                    Field::Class,
                    Field::Address,
                ]),
            },
            rounds: vec![round(1), round(2)],
            rules_default: rules,
            prizes: vec![prize("Giải Nhất", 1, 2_000_000), prize("Giải Nhì", 2, 1_000_000)],
            papers: Default::default(),
            spread: None,
            complaints: None,
            collective_prizes: vec![CollectivePrize {
                of: Vec::new(),
                top: 0,
                then: Vec::new(),
                conditions: Default::default(),
                scope: Scope::Round,
                name: "Giấy khen tập thể".to_owned(),
                places: 1,
                by: CollectiveMeasure::People,
                level: 1,
                bloc: None,
                min_rate_bp: None,
                value: None,
            }],
        };
        let units = vec![
            unit("H1", "Huyện Một", None, Some(100)),
            unit("X1", "Xã Một", Some("H1"), None),
            unit("X2", "Xã Hai", Some("H1"), None),
            unit("H2", "Huyện Hai", None, None),
            UnitDefinition {
                valid_to: Some(time::macros::date!(2030 - 12 - 31)),
                successor: None,
                ..unit("CU", "Xã Cũ", None, None)
            },
        ];
        Self {
            source: Source {
                definition,
                units,
                listed: Vec::new(),
                sets: vec![single_set(), several_set()],
                media: Vec::new(),
            },
        }
    }
}

impl Sample {
    /// Changes the rules of every round.
    pub fn rules(mut self, change: impl Fn(&mut RoundRules)) -> Self {
        let definition = &mut self.source.definition;
        change(&mut definition.rules_default);
        definition
            .rounds
            .iter_mut()
            .for_each(|round| change(&mut round.rules));
        self
    }

    /// Changes anything else.
    pub fn definition(mut self, change: impl FnOnce(&mut ContestDefinition)) -> Self {
        change(&mut self.source.definition);
        self
    }
}

fn sample_rules() -> RoundRules {
    let draw = |set: &str, count| DrawLine {
        set: SetId(set.to_owned()),
        level: None,
        count,
        points: None,
    };
    let key = |by, direction| RankKey { by, direction };
    RoundRules {
        essay: None,
        paper: PaperRules {
            all_answered: false,
            draw: vec![draw("mot-dung", 4), draw("nhieu-dung", 2)],
            points: 10,
            time_limit_s: Some(600),
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
        },
        attempts: AttemptRules {
            per_contest: None,
            per_round: Some(3),
            counts: CountedAttempt::Best,
            wait_s: 0,
            feedback: Feedback::Score,
            late_finish: false,
        },
        prediction: Some(PredictionRules {
            asked: Default::default(),
            points: Default::default(),
            taken: Default::default(),
            asks: PredictedQuantity::AttemptsInRound,
            counted: CountedPrediction::OfCountedAttempt,
        }),
        ranking: RankingRules {
            min_rounds: 0,
            min_score: Some(40),
            order: vec![
                key(RankField::Score, Direction::Desc),
                key(RankField::PredictionError, Direction::Asc),
                key(RankField::Duration, Direction::Asc),
                key(RankField::SubmittedAt, Direction::Asc),
            ],
            tie: TieRule::Board,
            per_person: PerPerson {
                keep: Default::default(),
                phase: None,
                round: Some(1),
                contest: None,
            },
        },
    }
}

fn prize(name: &str, places: u16, value: u64) -> Prize {
    Prize {
        bloc: None,
        scope: Scope::Round,
        name: name.to_owned(),
        places,
        value: Some(value),
    }
}

fn unit(code: &str, name: &str, parent: Option<&str>, headcount: Option<u32>) -> UnitDefinition {
    UnitDefinition {
        code: code.to_owned(),
        name: name.to_owned(),
        parent: parent.map(str::to_owned),
        bloc: None,
        headcount,
        valid_from: None,
        valid_to: None,
        successor: None,
    }
}

/// Twelve questions with one right option each; no two right ones in the same place of the file one after the other.
fn single_set() -> SourceSet {
    set("mot-dung", 12, false, |n| BTreeSet::from([n % 4]))
}

/// Five questions with two right options; the last option keeps its place.
fn several_set() -> SourceSet {
    set("nhieu-dung", 5, true, |n| BTreeSet::from([n % 3, 3]))
}

fn set(id: &str, count: u8, multiple: bool, right: impl Fn(u8) -> BTreeSet<u8>) -> SourceSet {
    let question_id = |n: u8| QuestionId(format!("{id}-so-{n}"));
    let question = |n: u8| Question {
        id: question_id(n),
        text: format!("Câu thứ {n} của bộ {count} câu?"),
        options: (0..4)
            .map(|place| option(n, place, multiple && place == 3))
            .collect(),
        multiple,
        level: None,
        explanation: Some(format!("Giải thích riêng {n}")),
        source: Some("Nguồn riêng".to_owned()),
        topic: None,
        media: Vec::new(),
    };
    let set = QuestionSet {
        id: SetId(id.to_owned()),
        title: format!("Bộ {id}"),
        questions: (1..=count).map(question).collect(),
    };
    let key = AnswerKey((1..=count).map(|n| (question_id(n), right(n))).collect());
    let version = SetVersion(sha256_hex(
        serde_json::to_string(&(&set, &key)).unwrap().as_bytes(),
    ));
    SourceSet { version, set, key }
}

fn option(question: u8, place: u8, pin: bool) -> QuestionOption {
    QuestionOption {
        text: format!("Phương án {question}.{place}"),
        pin,
    }
}
