//! Each setting as the sentence it becomes, in both languages.

use super::*;
use crate::domain::contest::{
    Accent, AttemptRules, CollectiveMeasure, CollectivePrize, ContestDefinition, CountedPrediction, DrawLine,
    Field, FieldRules, PaperRules, PredictionRules, Prize, RankField, RoundDefinition, Scope, Shuffle,
};
use crate::domain::ids::{ContestId, RoundId};
use crate::domain::question::{Level, SetId};
use crate::domain::round::{Round, RoundStage};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use time::macros::datetime;

pub(super) const OPENS: OffsetDateTime = datetime!(2023-04-03 01:00 UTC);
const CLOSES: OffsetDateTime = datetime!(2023-04-10 00:00 UTC);

pub(super) fn round_rules() -> RoundRules {
    let draw = |level, count| DrawLine {
        set: SetId("dang-bo".to_owned()),
        level,
        count,
        points: None,
    };
    RoundRules {
        essay: None,
        paper: PaperRules {
            all_answered: false,
            draw: vec![draw(Some(Level::Easy), 5), draw(None, 10)],
            points: 10,
            time_limit_s: Some(900),
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
            min_score: Some(150),
            order: vec![
                RankKey {
                    by: RankField::Score,
                    direction: Direction::Desc,
                },
                RankKey {
                    by: RankField::PredictionError,
                    direction: Direction::Asc,
                },
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

pub(super) fn contest(change: impl FnOnce(&mut ContestDefinition), rules: &[RoundRules]) -> Contest {
    let definitions = (1..).zip(rules).map(|(number, rules)| RoundDefinition {
        phase: None,
        by_hand: false,
        qualifying: None,
        number,
        title: format!("Tuần {number}"),
        opens_at: OPENS,
        closes_at: CLOSES,
        rules: rules.clone(),
    });
    let mut definition = ContestDefinition {
        entry: Default::default(),
        slug: "thi".to_owned(),
        title: "Thi".to_owned(),
        organiser: "Ban Tuyên giáo".to_owned(),
        description: None,
        rules: None,
        hotline: None,
        data_deleted_by: None,
        min_age: Some(12),
        accent: Accent::Cham,
        answer_key: Default::default(),
        fields: FieldRules {
            required: Field::ALWAYS.into(),
            optional: BTreeSet::from([Field::NationalId]),
        },
        rules_default: round_rules(),
        rounds: definitions.collect(),
        prizes: Vec::new(),
        collective_prizes: Vec::new(),
        spread: None,
        complaints: None,
        papers: Default::default(),
    };
    change(&mut definition);
    let rounds = (1..).zip(&definition.rounds).map(|(id, round)| Round {
        id: RoundId(id),
        contest: ContestId(1),
        number: round.number,
        title: round.title.clone(),
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        rules: round.rules.clone(),
        sets: BTreeMap::new(),
        markings: Default::default(),
        scoring: 0,
        stage: RoundStage::Scheduled,
        published_at: None,
        control: Default::default(),
    });
    Contest {
        id: ContestId(1),
        demonstration: false,
        rounds: rounds.collect(),
        units: Vec::new(),
        sets: BTreeMap::new(),
        keys: BTreeMap::new(),
        heads: BTreeMap::new(),
        definition,
    }
}

/// The sentences under a heading.
pub(super) fn told(lang: Lang, contest: &Contest, term: &str) -> String {
    let rule = rules(lang, contest).into_iter().find(|rule| rule.term == term);
    let line = |line: Line| {
        let said = line.sentences().collect::<Vec<_>>().join(" ");
        line.name.map_or(said.clone(), |name| format!("{name}: {said}"))
    };
    let lines = rule
        .map(|rule| rule.lines.into_iter().map(line).collect::<Vec<_>>())
        .unwrap_or_default();
    lines.join(" ").replace('\u{a0}', " ")
}

/// The Vietnamese sentences after a change of the rules.
pub(super) fn vi(term: &str, change: impl FnOnce(&mut RoundRules)) -> String {
    let mut rules = round_rules();
    change(&mut rules);
    told(Lang::Vi, &contest(|_| {}, &[rules]), term)
}

#[test]
fn who_may_enter_and_what_is_asked() {
    let own = contest(|_| {}, &[round_rules()]);
    assert_eq!(
        told(Lang::Vi, &own, "Ai dự thi"),
        "Người đủ 12 tuổi vào ngày 3/4/2023. Người dưới 16 tuổi cần cha, mẹ hoặc người giám hộ đồng ý. Khi đăng ký cần \
         khai: họ và tên, ngày sinh, số điện thoại, đơn vị. Không bắt buộc: số định danh cá nhân. Mỗi số điện thoại đăng \
         ký một lần."
    );
    assert_eq!(
        told(Lang::En, &own, "Who may enter"),
        "People aged 12 or over on 3 April 2023. Entrants under 16 need the consent of a parent or guardian. Registration \
         asks for: full name, birth date, phone number, unit. Optional: personal identification number. Each phone number \
         registers once."
    );
    let open = contest(|definition| definition.min_age = None, &[round_rules()]);
    assert!(told(Lang::Vi, &open, "Ai dự thi").starts_with("Mọi lứa tuổi. Người dưới 16 tuổi"));
    let adults = contest(|definition| definition.min_age = Some(18), &[round_rules()]);
    assert!(!told(Lang::Vi, &adults, "Ai dự thi").contains("giám hộ"));
}

#[test]
fn the_window_and_the_paper() {
    let own = contest(|_| {}, &[round_rules()]);
    assert_eq!(
        told(Lang::Vi, &own, "Khi nào"),
        "Tuần 1: 08:00 thứ Hai, 3/4/2023 đến 07:00 thứ Hai, 10/4/2023"
    );
    assert_eq!(
        told(Lang::Vi, &own, "Bài thi"),
        "15 câu trong 15 phút. Mỗi câu đúng được 10 điểm, tối đa 150 điểm. Câu bỏ trống hoặc chưa đúng không có điểm. \
         Thứ tự câu và phương án của mỗi người khác nhau."
    );
    assert_eq!(
        told(Lang::Vi, &own, "Câu hỏi"),
        "Rút ngẫu nhiên từ: dang-bo (15 câu: 5 dễ, 10 bất kỳ)."
    );
    assert!(
        vi("Bài thi", |rules| rules.paper.time_limit_s = None).starts_with("15 câu, làm đến khi vòng đóng.")
    );
    let same = |questions, options| {
        vi("Bài thi", move |rules| {
            rules.paper.shuffle = Shuffle { questions, options }
        })
    };
    assert!(same(true, false).ends_with("Thứ tự câu của mỗi người khác nhau."));
    assert!(same(false, true).ends_with("Thứ tự phương án của mỗi người khác nhau."));
    assert!(same(false, false).ends_with("Thứ tự câu và phương án của mọi người giống nhau."));
}

#[test]
fn attempts_and_what_is_told() {
    assert_eq!(
        vi("Số lượt", |_| {}),
        "Mỗi người có 3 lượt mỗi tuần. Lượt có điểm cao nhất được tính; bằng điểm thì tính lượt nộp trước. Khi tuần đóng, \
         lượt đang làm được nộp ngay với những câu đã lưu."
    );
    let changed = vi("Số lượt", |rules| {
        rules.attempts = AttemptRules {
            per_contest: None,
            per_round: None,
            counts: CountedAttempt::Last,
            wait_s: 5400,
            feedback: Feedback::None,
            late_finish: true,
        };
    });
    assert_eq!(
        changed,
        "Không giới hạn số lượt mỗi tuần. Lượt cuối cùng được tính. Nộp xong một lượt, đợi 1 giờ 30 phút mới bắt đầu được \
         lượt tiếp theo. Lượt đã bắt đầu được làm hết giờ của mình, kể cả khi tuần đã đóng."
    );
    let first = vi("Số lượt", |rules| {
        rules.attempts.counts = CountedAttempt::First
    });
    assert!(first.contains("Lượt đầu tiên được tính."));
    let one = vi("Số lượt", |rules| rules.attempts.per_round = Some(1));
    assert!(
        one.starts_with("Mỗi người có 1 lượt mỗi tuần. Khi tuần đóng"),
        "{one}"
    );
    let sum = vi("Số lượt", |rules| {
        rules.attempts.counts = CountedAttempt::SumOfRounds
    });
    assert!(sum.contains("cộng lại để xếp hạng cả cuộc thi."));
    assert!(vi("Biết kết quả", |_| {}).starts_with("Nộp bài xong biết ngay"));
    let silent = vi("Biết kết quả", |rules| {
        rules.attempts.feedback = Feedback::None
    });
    assert!(silent.starts_with("Nộp bài xong chưa hiện điểm"));
    let english = told(Lang::En, &contest(|_| {}, &[round_rules()]), "Attempts");
    assert!(
        english.starts_with("Everyone has 3 attempts per week. The attempt with the highest score counts")
    );
}

#[test]
fn the_prediction_names_attempts_and_people_apart() {
    let asks = |asks, counted| {
        vi("Câu dự đoán", move |rules| {
            rules.prediction = Some(PredictionRules {
                asked: Default::default(),
                points: Default::default(),
                taken: Default::default(),
                asks,
                counted,
            })
        })
    };
    let own = CountedPrediction::OfCountedAttempt;
    assert_eq!(
        asks(PredictedQuantity::AttemptsInRound, own),
        "Người dự thi dự đoán số lượt dự thi của tuần. “Lượt” là số bài đã nộp, “người” là số người khác nhau. Dự đoán của \
         lượt được tính là dự đoán được xét trong tuần. Số thực tế được chốt khi tuần đã đóng và mọi bài đã nộp."
    );
    assert!(asks(PredictedQuantity::PeopleInRound, own).contains("số người dự thi của tuần"));
    assert!(asks(PredictedQuantity::PeopleAllCorrect, own).contains("số người có lượt đúng tất cả các câu"));
    assert!(asks(PredictedQuantity::AttemptsAllCorrect, own).contains("số lượt đúng tất cả các câu"));
    let counted = |counted| asks(PredictedQuantity::AttemptsInRound, counted);
    assert!(counted(CountedPrediction::First).contains("Dự đoán đầu tiên"));
    assert!(counted(CountedPrediction::Last).contains("Dự đoán cuối cùng"));
    assert!(counted(CountedPrediction::LockedOnce).contains("Chỉ dự đoán một lần"));
    assert_eq!(vi("Câu dự đoán", |rules| rules.prediction = None), "");
}

#[test]
fn gate_order_caps_and_ties() {
    assert_eq!(
        vi("Xếp hạng", |_| {}),
        "Đủ 150 điểm mới được xét giải. Thứ tự xét lần lượt: điểm cao hơn, dự đoán gần đúng hơn. Mỗi người nhận nhiều nhất \
         1 giải trong một tuần."
    );
    let all = vi("Xếp hạng", |rules| {
        let both = [Direction::Asc, Direction::Desc];
        let keys = RankField::ALL
            .into_iter()
            .flat_map(|by| both.map(|direction| RankKey { by, direction }));
        rules.ranking.order = keys.collect();
        rules.ranking.min_score = None;
        rules.ranking.per_person = PerPerson {
            keep: Default::default(),
            phase: None,
            round: Some(1),
            contest: Some(2),
        };
    });
    assert_eq!(
        all,
        "Thứ tự xét lần lượt: điểm thấp hơn, điểm cao hơn, dự đoán gần đúng hơn, dự đoán lệch nhiều hơn, dự đoán \
         không vượt quá số thực tế, dự đoán vượt quá số thực tế, làm bài nhanh hơn, làm bài lâu hơn, nộp bài sớm hơn, nộp \
         bài muộn hơn, ít lượt thi hơn, nhiều lượt thi hơn, đăng ký sớm hơn, đăng ký muộn hơn, lớn tuổi hơn, trẻ tuổi \
         hơn. Mỗi người nhận nhiều nhất 1 giải trong một tuần và 2 giải trong cả cuộc thi."
    );
    let caps = |round, contest| {
        vi("Xếp hạng", move |rules| {
            rules.ranking.per_person = PerPerson {
                keep: Default::default(),
                phase: None,
                round,
                contest,
            }
        })
    };
    assert!(caps(None, Some(1)).ends_with("nhiều nhất 1 giải trong cả cuộc thi."));
    assert!(caps(None, None).ends_with("dự đoán gần đúng hơn."));
    assert_eq!(
        vi("Nếu vẫn bằng nhau", |_| {}),
        "Ban Tổ chức quyết định và ghi lý do."
    );
    assert!(
        vi("Nếu vẫn bằng nhau", |rules| rules.ranking.tie =
            TieRule::Draw)
        .starts_with("Bốc thăm bằng máy")
    );
}

#[test]
fn prizes_for_people_and_for_units() {
    let own = contest(
        |definition| {
            let prize = |scope, name: &str, places, value| Prize {
                bloc: None,
                scope,
                name: name.to_owned(),
                places,
                value,
            };
            definition.prizes = vec![
                prize(Scope::Round, "Giải Nhất", 1, Some(2_000_000)),
                prize(Scope::Round, "Giải Nhì", 2, Some(1_000_000)),
                prize(Scope::Contest, "Giải Toàn cuộc", 3, None),
            ];
            let unit = |by, level, bloc: Option<&str>, min_rate_bp, value| CollectivePrize {
                of: Vec::new(),
                top: 0,
                then: Vec::new(),
                conditions: Default::default(),
                scope: Scope::Contest,
                name: "Giấy khen".to_owned(),
                places: 9,
                by,
                level,
                bloc: bloc.map(str::to_owned),
                min_rate_bp,
                value,
            };
            definition.collective_prizes = vec![
                unit(CollectiveMeasure::Rate, 1, None, Some(5_000), None),
                unit(CollectiveMeasure::People, 2, Some("xã"), None, Some(500_000)),
            ];
        },
        &[round_rules()],
    );
    assert_eq!(
        told(Lang::Vi, &own, "Giải cá nhân"),
        "Giải Nhất: mỗi tuần 1 giải, trị giá 2.000.000 đồng. Giải Nhì: mỗi tuần 2 giải, mỗi giải 1.000.000 đồng. Giải Toàn \
         cuộc: cả cuộc thi 3 giải."
    );
    assert_eq!(
        told(Lang::Vi, &own, "Giải tập thể"),
        "Giấy khen: 9 đơn vị có tỷ lệ người dự thi cao nhất so với số người của đơn vị, tính cả cuộc thi. Chỉ xét đơn vị có \
         tỷ lệ từ 50% trở lên. Giấy khen: 9 đơn vị có nhiều người dự thi nhất, tính cả cuộc thi. Xét đơn vị ở cấp 2 của danh \
         sách đơn vị. Chỉ xét đơn vị thuộc khối xã. Mỗi đơn vị nhận 500.000 đồng."
    );
    assert!(
        told(Lang::En, &own, "Individual prizes")
            .starts_with("Giải Nhất: each week 1 prize of 2,000,000 đồng.")
    );
}

#[test]
fn a_round_that_differs_is_told_apart_and_equal_rounds_are_told_once() {
    let mut other = round_rules();
    other.paper.points = 20;
    let own = contest(|_| {}, &[round_rules(), other, round_rules()]);
    let paper = told(Lang::Vi, &own, "Bài thi");
    assert!(
        paper.starts_with("Tuần 1, Tuần 3: 15 câu trong 15 phút. Mỗi câu đúng được 10 điểm"),
        "{paper}"
    );
    assert!(
        paper.contains("Tuần 2: 15 câu trong 15 phút. Mỗi câu đúng được 20 điểm"),
        "{paper}"
    );
    assert!(told(Lang::Vi, &own, "Số lượt").starts_with("Mỗi người có 3 lượt mỗi tuần."));
}
