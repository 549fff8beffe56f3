//! Claims about the sentences of less usual rules.

use super::tests::{OPENS, contest, round_rules, told, vi};
use crate::domain::contest::*;
use crate::i18n::Lang;

/// The Vietnamese sentences after a change of the contest as a whole, which has two rounds.
fn whole(term: &str, change: impl FnOnce(&mut ContestDefinition)) -> String {
    told(Lang::Vi, &contest(change, &[round_rules(), round_rules()]), term)
}

#[test]
fn the_time_for_complaints_is_one_of_the_rules_where_the_contest_names_it() {
    let said = whole("Khiếu nại", |definition| {
        definition.complaints = Some(crate::domain::contest::ComplaintRules {
            within_days: 5,
            answer_days: 10,
        });
    });
    assert_eq!(
        said,
        "Khiếu nại về kết quả gửi bằng văn bản đến Ban Tổ chức trong 5 ngày kể từ ngày công bố. \
         Ban Tổ chức trả lời trong 10 ngày kể từ ngày nhận; trả lời ấy là cuối cùng."
    );
}

#[test]
fn questions_that_give_different_points_are_counted_by_their_points() {
    let said = vi("Bài thi", |rules| rules.paper.draw[0].points = Some(5));
    assert!(
        said.contains(
            "Trả lời đúng được: 5 câu mỗi câu 5 điểm, 10 câu mỗi câu 10 điểm; tối đa 125 điểm. Câu bỏ trống"
        ),
        "{said}"
    );
    let drawn = vi("Câu hỏi", |rules| rules.paper.draw[0].points = Some(5));
    assert!(drawn.contains("5 dễ mỗi câu 5 điểm, 10 bất kỳ"), "{drawn}");
    let alike = vi("Bài thi", |rules| {
        rules
            .paper
            .draw
            .iter_mut()
            .for_each(|line| line.points = Some(20));
    });
    assert!(
        alike.contains("Mỗi câu đúng được 20 điểm, tối đa 300 điểm."),
        "{alike}"
    );
}

#[test]
fn people_rounds_and_phases_are_described() {
    let who = whole("Ai dự thi", |definition| {
        definition.entry = EntryRules {
            max_age: Some(30),
            open_to: vec!["Đoàn viên".to_owned(), "Học sinh".to_owned()],
            excluded: vec!["Ban Tổ chức".to_owned()],
            no_prize: Vec::new(),
            no_prize_groups: Vec::new(),
            accounts: Default::default(),
            password: Some("bi-mat".to_owned()),
            access: Vec::new(),
        };
    });
    assert!(
        who.starts_with(
            "Người từ đủ 12 đến 30 tuổi vào ngày 3/4/2023. Dành cho: Đoàn viên; Học sinh. Không dự thi: Ban Tổ chức."
        ),
        "{who}"
    );
    assert!(
        who.contains("Khi đăng ký cần mật khẩu cuộc thi do Ban Tổ chức cung cấp.") && !who.contains("bi-mat")
    );
    let when = whole("Khi nào", |definition| {
        let [first, second] = definition.rounds.as_mut_slice() else {
            panic!("two rounds")
        };
        (first.phase, first.by_hand) = (Some("Vòng loại".to_owned()), true);
        second.qualifying = Some(Qualifying {
            rounds: vec![1],
            top: Some(50),
            per_unit: Some((1, 2)),
            min_score: Some(100),
        });
    });
    assert!(when.starts_with("Vòng loại, Tuần 1: Không sớm hơn"), "{when}");
    assert!(
        when.ends_with(
            "Chỉ những người sau được dự thi, tính theo tổng điểm của Tuần 1: 50 người đứng đầu, 2 người đứng đầu mỗi \
             đơn vị cấp 1. Phải đạt từ 100 điểm trở lên."
        ),
        "{when}"
    );
}

#[test]
fn when_the_key_is_published_is_one_of_the_rules() {
    let told = |rule| whole("Đáp án", move |definition| definition.answer_key = rule);
    assert_eq!(
        told(KeyPublication::AfterRound),
        "Đáp án của mỗi tuần được công bố cùng lúc với kết quả tuần đó. Câu hỏi còn có thể được hỏi ở tuần khác thì chưa \
         công bố đáp án."
    );
    assert!(
        told(KeyPublication::AfterContest)
            .starts_with("Đáp án được công bố sau khi có kết quả của mọi tuần.")
    );
    assert_eq!(told(KeyPublication::Never), "Đáp án không được công bố.");
}

#[test]
fn a_notice_and_a_sealed_seed_are_shown() {
    let mut own = contest(|_| {}, &[round_rules()]);
    let control = &mut own.rounds[0].control;
    control.notice = Some((OPENS, "Kéo dài vì mất điện.".to_owned()));
    control.draw_hash = Some("ab12".to_owned());
    let when = told(Lang::Vi, &own, "Khi nào");
    assert!(
        when.ends_with("Thông báo ngày 3/4/2023: Kéo dài vì mất điện."),
        "{when}"
    );
    assert!(told(Lang::Vi, &own, "Nếu vẫn bằng nhau").contains("Mã kiểm tra (SHA-256): ab12."));
}

#[test]
fn papers_attempts_and_predictions_say_what_is_unusual() {
    assert!(
        vi("Bài thi", |rules| rules.paper.all_answered = true)
            .contains("bài bỏ trống câu nào thì cả bài không có điểm")
    );
    let attempts = |counts| {
        vi("Số lượt", move |rules| {
            rules.attempts.counts = counts;
            rules.attempts.per_contest = Some(9);
        })
    };
    assert!(
        attempts(CountedAttempt::Sum)
            .contains("điểm và thời gian làm bài cộng lại. Cả cuộc thi mỗi người có nhiều nhất 9 lượt.")
    );
    assert!(attempts(CountedAttempt::Average).contains("lấy điểm trung bình, làm tròn đến điểm nguyên"));
    let taken = vi("Câu dự đoán", |rules| {
        rules.prediction = rules.prediction.map(|rule| PredictionRules {
            taken: PredictionTaken::AfterDisqualification,
            ..rule
        });
    });
    assert!(
        taken.ends_with("sau khi đã loại những người không được dự thi."),
        "{taken}"
    );
    let after = vi("Câu dự đoán", |rules| {
        rules.prediction = rules.prediction.map(|rule| PredictionRules {
            asked: PredictionAsked::After,
            ..rule
        });
    });
    assert!(
        after.contains("Câu dự đoán được hỏi sau khi nộp bài, ở trang báo đã nộp, cho đến khi tuần đóng;"),
        "{after}"
    );
    let points = vi("Câu dự đoán", |rules| {
        let band = |within, points| PointBand { within, points };
        rules.prediction = rules.prediction.map(|rule| PredictionRules {
            points: PredictionPoints::new(&[band(0, 50), band(1_000, 20)]),
            ..rule
        });
    });
    assert!(
        points.ends_with(
            "Khi xếp hạng, lúc đã có số thực tế, dự đoán được cộng vào điểm: đúng số thì 50 điểm, lệch không quá 1.000 thì 20 \
             điểm. Điểm sàn xét giải tính trên tổng điểm ấy."
        ),
        "{points}"
    );
    let phase = vi("Xếp hạng", |rules| rules.ranking.per_person.phase = Some(1));
    assert!(phase.contains("Mỗi người nhận nhiều nhất 1 giải trong một đợt;"));
}

#[test]
fn that_only_the_highest_prize_is_kept_is_told_where_a_cap_reaches_over_rounds() {
    let told = |caps: PerPerson| vi("Xếp hạng", move |rules| rules.ranking.per_person = caps);
    let once = PerPerson {
        round: Some(1),
        contest: Some(1),
        keep: Keep::Highest,
        ..PerPerson::default()
    };
    let said = told(once);
    assert!(
        said.contains("Ai đạt giải ở nhiều tuần thì giữ giải cao nhất; giải thấp hơn chuyển cho người kế tiếp của tuần ấy."),
        "{said}"
    );
    let kept = "giữ giải cao nhất";
    assert!(
        !told(PerPerson {
            contest: None,
            ..once
        })
        .contains(kept)
    );
    assert!(
        !told(PerPerson {
            keep: Keep::First,
            ..once
        })
        .contains(kept)
    );
}

#[test]
fn the_ranking_over_the_contest_is_told_where_it_wins_prizes() {
    let prize = |bloc: Option<&str>| Prize {
        scope: Scope::Contest,
        name: "Giải Nhất".to_owned(),
        places: 1,
        value: None,
        bloc: bloc.map(str::to_owned),
    };
    let own = |definition: &mut ContestDefinition| {
        definition.prizes = vec![prize(Some("học sinh"))];
        definition.rules_default.ranking.min_rounds = 2;
    };
    assert_eq!(
        whole("Xếp hạng cả cuộc thi", own),
        "Điểm, thời gian làm bài được tính và số lượt của các tuần cộng lại. Phải dự thi từ 2 tuần trở lên mới được xét. \
         Đủ 150 điểm mới được xét giải. Thứ tự xét lần lượt: điểm cao hơn, dự đoán gần đúng hơn."
    );
    assert_eq!(
        whole("Giải cá nhân", own),
        "Giải Nhất: cả cuộc thi 1 giải, dành cho người thuộc khối học sinh."
    );
    assert_eq!(whole("Xếp hạng cả cuộc thi", |_| {}), "");
}

#[test]
fn measures_made_of_parts_and_conditions_of_units_are_told() {
    let prize = |by, of: Vec<MeasurePart>| CollectivePrize {
        scope: Scope::Contest,
        name: "Cờ".to_owned(),
        places: 1,
        by,
        level: 1,
        bloc: None,
        min_rate_bp: None,
        value: None,
        of,
        top: 10,
        then: vec![CollectiveMeasure::People],
        conditions: UnitConditions {
            min_people: Some(20),
            min_winners: Some(1),
            bands: vec![
                RateBand {
                    below: Some(50),
                    min_rate_bp: 3_000,
                },
                RateBand {
                    below: None,
                    min_rate_bp: 2_500,
                },
            ],
        },
    };
    let part = |by, weight| MeasurePart { by, weight };
    let told = whole("Giải tập thể", |definition| {
        use CollectiveMeasure::{Attempts, People, RankPoints, Rate, Weighted};
        definition.collective_prizes = vec![
            prize(RankPoints, vec![part(People, 1), part(Attempts, 1)]),
            prize(Weighted, vec![part(Rate, 2), part(People, 1)]),
        ];
    });
    let rest = "Bằng nhau thì xét tiếp: số người dự thi. Chỉ xét đơn vị có từ 20 người dự thi trở lên. Chỉ xét đơn vị có từ 1 \
                giải cá nhân trở lên. Tỷ lệ người dự thi thấp nhất để được xét: 30% với đơn vị dưới 50 người, 25% với đơn vị \
                lớn hơn.";
    assert_eq!(
        told,
        format!(
            "Cờ: 1 đơn vị có tổng điểm xếp hạng cao nhất, tính cả cuộc thi. Ở mỗi tiêu chí (số người dự thi, số lượt thi), \
             đơn vị đứng đầu được 10 điểm, mỗi hạng sau kém 1 điểm; điểm các tiêu chí cộng lại. {rest} Cờ: 1 đơn vị có tổng \
             điểm quy đổi cao nhất, tính cả cuộc thi. Mỗi tiêu chí tính bằng tỷ lệ so với đơn vị cao nhất, nhân hệ số rồi \
             cộng lại: tỷ lệ người dự thi (hệ số 2), số người dự thi. {rest}"
        )
    );
}

#[test]
fn prizes_for_newcomers_and_people_without_prizes_are_described() {
    let prize = |name: &str, places, min_newcomers| SpreadPrize {
        name: name.to_owned(),
        places,
        value: Some(500_000),
        min_newcomers,
    };
    let rules = SpreadRules {
        min_attempts: 2,
        cap: Some(50),
        prizes: vec![prize("Giải Nhất lan tỏa", 1, 20), prize("Giải Nhì lan tỏa", 3, 5)],
    };
    let spread = whole("Giải lan tỏa", |definition| definition.spread = Some(rules));
    for words in [
        "Một người mới được tính khi đã nộp 2 bài. Người giới thiệu cũng phải có bài dự thi.",
        "Mỗi người giới thiệu được tính nhiều nhất 50 người mới.",
        "Xếp theo số người mới được tính; bằng nhau thì người đạt số ấy trước xếp trên",
        "Giải Nhất lan tỏa: 1 giải, trị giá 500.000 đồng, cho người giới thiệu từ 20 người mới trở lên.",
        "Giải Nhì lan tỏa: 3 giải, mỗi giải 500.000 đồng, cho người giới thiệu từ 5 người mới trở lên.",
    ] {
        assert!(spread.contains(words), "{words}: {spread}");
    }
    assert_eq!(whole("Giải lan tỏa", |_| {}), "");
    let who = whole("Ai dự thi", |definition| {
        definition.entry.no_prize = vec!["Ban Tổ chức".to_owned(), "Tổ ra đề".to_owned()];
    });
    assert!(
        who.contains("Được dự thi nhưng không xét giải: Ban Tổ chức; Tổ ra đề."),
        "{who}"
    );
}

#[test]
fn what_differs_between_rounds_is_a_list_for_each_of_them_and_not_one_block() {
    let mut other = round_rules();
    other.attempts.per_round = None;
    other.attempts.wait_s = 600;
    let own = contest(|_| {}, &[round_rules(), other]);
    let attempts = super::rules(Lang::Vi, &own)
        .into_iter()
        .find(|rule| rule.name == "attempts");
    let lines = attempts.map(|rule| rule.lines).unwrap_or_default();
    let told: Vec<(Option<&str>, usize)> = lines
        .iter()
        .map(|line| (line.name.as_deref(), line.sentences().count()))
        .collect();
    assert_eq!(told, [(Some("Tuần 1"), 3), (Some("Tuần 2"), 4)]);
    for line in &lines {
        let full_stops = line.sentences().map(|said| said.matches(". ").count());
        assert_eq!(full_stops.sum::<usize>(), 0, "a sentence for itself: {line:?}");
    }
    let same = contest(|_| {}, &[round_rules(), round_rules()]);
    let all = super::rules(Lang::Vi, &same);
    let lists = all
        .iter()
        .flat_map(|rule| &rule.lines)
        .filter(|line| !line.more.is_empty());
    assert_eq!(
        lists.count(),
        0,
        "equal rounds are told once, sentence by sentence"
    );
}
