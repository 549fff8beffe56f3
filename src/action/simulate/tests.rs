use super::*;
use crate::action::load_contest::{Calendar, Source, SourceSet, load_contest};
use crate::clock::Clock;
use crate::domain::access::{AccessWindow, Entering, Turn};
use crate::domain::attempt::How;
use crate::domain::contest::*;
use crate::domain::ids::UnitId;
use crate::domain::paper::Paper;
use crate::domain::participant::{Phone, age_on, local_date};
use crate::domain::question::*;
use crate::domain::response::Responses;
use crate::domain::unit::UnitDefinition;
use crate::entropy::Entropy;
use crate::keys::Keys;
use crate::session::Sessions;
use crate::store::Store;
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use time::macros::datetime;
use time::{Date, Duration};

const OPENS: OffsetDateTime = datetime!(2023-04-03 01:00 UTC);
const CLOSES: OffsetDateTime = datetime!(2023-04-10 00:00 UTC);
const AFTER: OffsetDateTime = datetime!(2023-04-10 01:00 UTC);

async fn app(pool: &PgPool) -> App {
    #[expect(clippy::disallowed_methods, reason = "tests are told where Redis is")]
    let redis = std::env::var("REDIS_URL").expect("REDIS_URL");
    let sessions = Sessions::connect(&redis, "test-simulate").await.unwrap();
    let url = "http://localhost:8080".parse().unwrap();
    App::new(
        Clock::system(),
        Entropy::Os,
        Keys::new(&[3; 32]),
        Store::from_pool(pool.clone()),
        sessions,
        url,
    )
    .await
    .unwrap()
}

fn question(number: usize) -> (Question, BTreeSet<u8>) {
    let multiple = number.is_multiple_of(5);
    let levels = [Some(Level::Easy), Some(Level::Medium), Some(Level::Hard), None];
    let option = |place| QuestionOption {
        text: format!("phương án {place}"),
        pin: place == 3,
    };
    let question = Question {
        id: QuestionId(format!("q{number}")),
        text: format!("Câu {number}?"),
        options: (0..4).map(option).collect(),
        multiple,
        level: levels[number % 4],
        explanation: None,
        source: None,
        topic: None,
        media: Vec::new(),
    };
    let first = u8::try_from(number % 4).unwrap();
    let key = if multiple {
        BTreeSet::from([first, (first + 1) % 4])
    } else {
        BTreeSet::from([first])
    };
    (question, key)
}

fn unit(code: &str, parent: Option<&str>, headcount: Option<u32>) -> UnitDefinition {
    UnitDefinition {
        code: code.to_owned(),
        name: format!("Đơn vị {code}"),
        parent: parent.map(str::to_owned),
        bloc: None,
        headcount,
        valid_from: None,
        valid_to: None,
        successor: None,
    }
}

fn source(slug: &str) -> Source {
    let rules = RoundRules {
        essay: None,
        paper: PaperRules {
            all_answered: false,
            draw: vec![DrawLine {
                set: SetId("s".into()),
                level: None,
                count: 10,
                points: None,
            }],
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
            wait_s: 600,
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
            min_score: Some(100),
            order: vec![RankKey {
                by: RankField::Score,
                direction: Direction::Desc,
            }],
            tie: TieRule::Draw,
            per_person: PerPerson {
                keep: Default::default(),
                phase: None,
                round: Some(1),
                contest: None,
            },
        },
    };
    let round = |number: u16| RoundDefinition {
        phase: None,
        by_hand: false,
        qualifying: None,
        number,
        title: format!("Tuần {number}"),
        opens_at: OPENS + Duration::days(7 * i64::from(number - 1)),
        closes_at: CLOSES + Duration::days(7 * i64::from(number - 1)),
        rules: rules.clone(),
    };
    let (questions, keys): (Vec<Question>, Vec<BTreeSet<u8>>) = (0..24).map(question).unzip();
    let key = AnswerKey(
        questions
            .iter()
            .map(|question| question.id.clone())
            .zip(keys)
            .collect(),
    );
    let set = QuestionSet {
        id: SetId("s".into()),
        title: "Bộ câu hỏi".into(),
        questions,
    };
    Source {
        definition: ContestDefinition {
            entry: Default::default(),
            slug: slug.to_owned(),
            title: "Cuộc thi thử".into(),
            organiser: "Ban Tổ chức".into(),
            description: None,
            rules: None,
            hotline: None,
            data_deleted_by: None,
            min_age: Some(12),
            accent: Accent::Cham,
            answer_key: Default::default(),
            fields: FieldRules::default(),
            rules_default: rules.clone(),
            rounds: vec![round(1), round(2)],
            prizes: vec![Prize {
                bloc: None,
                scope: Scope::Round,
                name: "Giải Nhất".into(),
                places: 1,
                value: Some(2_000_000),
            }],
            collective_prizes: Vec::new(),
            spread: None,
            complaints: None,
            papers: Default::default(),
        },
        units: vec![
            unit("A", None, Some(900)),
            unit("A1", Some("A"), None),
            unit("A2", Some("A"), None),
            unit("B", None, Some(900)),
            unit("C", None, None),
        ],
        listed: Vec::new(),
        sets: vec![SourceSet {
            version: SetVersion("7".repeat(64)),
            set,
            key,
        }],
        media: Vec::new(),
    }
}

async fn contest(app: &App, slug: &str) -> Arc<Contest> {
    load_contest(
        app,
        OPENS - Duration::days(30),
        "test",
        &source(slug),
        Calendar::Keep,
    )
    .await
    .unwrap();
    Arc::clone(app.catalog().find(slug).unwrap())
}

/// Everything of an attempt that does not depend on numbers given by the database.
#[derive(Debug, PartialEq, sqlx::FromRow)]
struct Row {
    full_name: String,
    birth_date: Date,
    registered_at: OffsetDateTime,
    consent_publish: bool,
    demonstration: bool,
    participant_id: i64,
    number: i16,
    start: i64,
    sequence: i64,
    started_at: OffsetDateTime,
    deadline_at: OffsetDateTime,
    received_at: OffsetDateTime,
    finished_at: OffsetDateTime,
    duration_ms: i64,
    how: String,
    paper: String,
    responses: String,
    score: i32,
    correct: i16,
    total: i16,
    prediction: Option<i64>,
}

async fn rows(pool: &PgPool, round: &Round) -> Vec<Row> {
    sqlx::query_as(
        "select full_name, birth_date, registered_at, consent_publish, demonstration, p.participant_id, s.number,
           a.sequence as start, s.sequence, started_at, deadline_at, received_at, finished_at, duration_ms, how, paper,
           responses, score, correct, total, prediction
         from submissions s join attempts a using (round_id, attempt_id) join participants p on p.participant_id = s.participant_id
         where s.round_id = $1 order by s.sequence",
    )
    .bind(round.id.0)
    .fetch_all(pool)
    .await
    .unwrap()
}

#[sqlx::test(migrator = "crate::store::MIGRATOR")]
async fn a_crowd_keeps_every_rule_that_real_entrants_keep(pool: PgPool) {
    let app = app(&pool).await;
    let contest = contest(&app, "mot").await;
    let round = contest.round(1).unwrap();
    let outcome = simulate(&app, AFTER, &contest, round, &Plan::new(1_000, 7))
        .await
        .unwrap();
    let rows = rows(&pool, round).await;
    assert_eq!(
        (outcome.people, outcome.registered, outcome.running),
        (1_000, 1_000, 0)
    );
    assert_eq!(rows.len() as u64, outcome.attempts);
    assert!((1_500..2_300).contains(&rows.len()), "{} attempts", rows.len());

    // Numbers are dense, submissions in order of acceptance.
    assert!(rows.iter().zip(1..).all(|(row, place)| row.sequence == place));
    assert!(rows.is_sorted_by_key(|row| row.received_at));
    let starts: BTreeSet<i64> = rows.iter().map(|row| row.start).collect();
    assert_eq!(
        (starts.len(), starts.first(), starts.last()),
        (rows.len(), Some(&1), Some(&(rows.len() as i64)))
    );
    let head = app.store.load_head(round.id).await.unwrap();
    assert_eq!(
        (head.starts, head.submissions),
        (rows.len() as i64, rows.len() as i64)
    );

    for row in &rows {
        let paper: Paper = serde_json::from_str(&row.paper).unwrap();
        let responses: Responses = serde_json::from_str(&row.responses).unwrap();
        let score = contest.score(round, &paper, &responses).unwrap();
        let stored = (row.score, row.correct, row.total);
        assert_eq!(stored, (score.points as i32, score.correct as i16, 10));
        assert!(row.started_at >= OPENS && row.received_at < CLOSES && row.finished_at <= row.deadline_at);
        assert!(row.finished_at == row.received_at.min(row.deadline_at));
        assert_eq!(
            row.duration_ms,
            (row.finished_at - row.started_at).whole_milliseconds() as i64
        );
        assert!((90_000..=900_000).contains(&row.duration_ms));
        assert_eq!(row.how == How::TimedOut.name(), row.received_at > row.deadline_at);
        assert!(row.registered_at < row.started_at && row.demonstration);
        assert!((12..=80).contains(&age_on(row.birth_date, local_date(OPENS))));
    }
    let mut people: BTreeMap<i64, Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        people.entry(row.participant_id).or_default().push(row);
    }
    assert_eq!(people.len(), 1_000);
    for own in people.values() {
        assert!(own.len() <= 3 && own.iter().zip(1..).all(|(row, number)| row.number == number));
        assert!(
            own.windows(2)
                .all(|two| two[0].received_at + Duration::seconds(600) <= two[1].started_at)
        );
    }
}

#[sqlx::test(migrator = "crate::store::MIGRATOR")]
async fn a_crowd_looks_like_one(pool: PgPool) {
    let app = app(&pool).await;
    let contest = contest(&app, "mot").await;
    let round = contest.round(1).unwrap();
    simulate(&app, AFTER, &contest, round, &Plan::new(1_000, 7))
        .await
        .unwrap();
    let rows = rows(&pool, round).await;
    let share = |fits: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| fits(row)).count() * 100 / rows.len();
    assert!(
        (5..60).contains(&share(&|row| row.correct == row.total)),
        "all right"
    );
    assert!(
        (1..8).contains(&share(&|row| row.how == "timed_out")),
        "timed out"
    );
    assert!(
        share(&|row| row.started_at < OPENS + Duration::hours(32)) > 35,
        "opening-heavy"
    );
    let truth = rows.len() as i64;
    let near = share(&|row| {
        row.prediction
            .is_some_and(|said| (said - truth).abs() * 20 <= truth)
    });
    assert!((10..60).contains(&near), "{near} % of the predictions within 5 %");
    let names: BTreeSet<&str> = rows.iter().map(|row| row.full_name.as_str()).collect();
    assert!(names.len() > 800, "{} names", names.len());
    let units = app.store.count_units(contest.id, &[round.id]).await.unwrap();
    let people = |code: &str| units[&contest.unit_by_code(code).unwrap().id].people;
    assert!(people("A") > people("B") && people("B") > 0 && people("A1") > 0);
}

#[sqlx::test(migrator = "crate::store::MIGRATOR")]
async fn the_same_seed_gives_the_same_crowd_and_another_seed_another(pool: PgPool) {
    let app = app(&pool).await;
    let mut crowds = Vec::new();
    for (slug, seed) in [("mot", 7), ("hai", 7), ("ba", 8)] {
        let contest = contest(&app, slug).await;
        let round = contest.round(1).unwrap();
        simulate(&app, AFTER, &contest, round, &Plan::new(200, seed))
            .await
            .unwrap();
        let first: i64 =
            sqlx::query_scalar("select min(participant_id) from participants where contest_id = $1")
                .bind(contest.id.0)
                .fetch_one(&pool)
                .await
                .unwrap();
        let mut rows = rows(&pool, round).await;
        rows.iter_mut().for_each(|row| row.participant_id -= first);
        crowds.push(rows);
    }
    assert_eq!(crowds[0], crowds[1]);
    assert_ne!(crowds[0], crowds[2]);
}

#[sqlx::test(migrator = "crate::store::MIGRATOR")]
async fn running_attempts_can_be_resumed_and_nobody_can_log_in(pool: PgPool) {
    let app = app(&pool).await;
    let contest = contest(&app, "mot").await;
    let round = contest.round(1).unwrap();
    let now = OPENS + Duration::hours(40);
    let plan = Plan {
        running: 30,
        ..Plan::new(100, 1)
    };
    let outcome = simulate(&app, now, &contest, round, &plan).await.unwrap();
    assert_eq!((outcome.people, outcome.running), (100, 30));
    let running = app.store.load_running(round.id, 100).await.unwrap();
    assert_eq!(running.len(), 30);
    for id in running {
        let stored = app.store.find_attempt(id).await.unwrap().unwrap();
        assert!(
            stored.submission.is_none() && stored.attempt.started_at < now && now < stored.attempt.deadline
        );
    }
    let head = app.store.load_head(round.id).await.unwrap();
    assert_eq!(head.starts - head.submissions, 30);
    let phone = Phone::parse("0500000003").unwrap();
    let hash = app.keys.phone_hash(contest.id, phone.as_str());
    let login = app.store.find_login(contest.id, &hash).await.unwrap().unwrap();
    assert!(
        !app.passwords
            .verify("", Some(&login.password_hash))
            .await
            .unwrap()
    );

    let plan = Plan {
        password: Some("mat-khau-chung".into()),
        ..Plan::new(1, 2)
    };
    simulate(&app, now, &contest, round, &plan).await.unwrap();
    let hash = app.keys.phone_hash(contest.id, "0500000100");
    let login = app.store.find_login(contest.id, &hash).await.unwrap().unwrap();
    assert!(
        app.passwords
            .verify("mat-khau-chung", Some(&login.password_hash))
            .await
            .unwrap()
    );
}

#[sqlx::test(migrator = "crate::store::MIGRATOR")]
async fn people_come_back_in_a_later_round_and_a_second_crowd_is_another(pool: PgPool) {
    let app = app(&pool).await;
    let contest = contest(&app, "mot").await;
    let (one, two) = (contest.round(1).unwrap(), contest.round(2).unwrap());
    let later = AFTER + Duration::days(7);
    simulate(&app, later, &contest, one, &Plan::new(100, 7))
        .await
        .unwrap();
    let contest = Arc::clone(app.catalog().find("mot").unwrap());
    assert!(contest.demonstration);
    let again = simulate(&app, later, &contest, one, &Plan::new(50, 7))
        .await
        .unwrap();
    assert_eq!(
        again.registered, 50,
        "a second crowd in the same round is of new people"
    );
    let outcome = simulate(&app, later, &contest, two, &Plan::new(100, 7))
        .await
        .unwrap();
    assert!((30..80).contains(&outcome.registered), "{outcome:?}");
    let people: i64 =
        sqlx::query_scalar("select count(distinct participant_id) from submissions where round_id = $1")
            .bind(two.id.0)
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(people, 100);
}

#[sqlx::test(migrator = "crate::store::MIGRATOR")]
async fn a_crowd_is_refused_where_it_would_break_something(pool: PgPool) {
    let app = app(&pool).await;
    let contest = contest(&app, "mot").await;
    let round = contest.round(1).unwrap();
    let plan = Plan::new(10, 1);
    let refused = simulate(&app, OPENS - Duration::hours(1), &contest, round, &plan).await;
    assert!(matches!(refused, Err(SimulateError::NotOpen(at)) if at == OPENS));
    let refused = simulate(&app, OPENS + Duration::seconds(100), &contest, round, &plan).await;
    assert!(matches!(refused, Err(SimulateError::TooShort)));
    let running = Plan {
        running: 1,
        ..plan.clone()
    };
    assert!(matches!(
        simulate(&app, AFTER, &contest, round, &running).await,
        Err(SimulateError::NothingRuns)
    ));
    sqlx::query("update round_heads set sealed = true where round_id = $1")
        .bind(round.id.0)
        .execute(&pool)
        .await
        .unwrap();
    assert!(matches!(
        simulate(&app, AFTER, &contest, round, &plan).await,
        Err(SimulateError::Sealed)
    ));

    let two = contest.round(2).unwrap();
    sqlx::query(
        "insert into participants (contest_id, unit_id, full_name, birth_date, phone_hash, phone_sealed, password_hash,
           consent_version, consent_publish, registered_at)
         values ($1, $2, 'Người Thật', '1990-01-01', '\\x01', '\\x01', '-', '-', true, now())",
    )
    .bind(contest.id.0)
    .bind(contest.units[0].id.0)
    .execute(&pool)
    .await
    .unwrap();
    let refused = simulate(&app, AFTER + Duration::days(7), &contest, two, &plan).await;
    assert!(matches!(refused, Err(SimulateError::RealPeople(1))));
    let left: i64 = sqlx::query_scalar("select count(*) from attempts")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[sqlx::test(migrator = "crate::store::MIGRATOR")]
async fn where_groups_take_turns_everybody_comes_in_the_own_turn(pool: PgPool) {
    let app = app(&pool).await;
    let window = |unit: &str, from: i64, to: i64| AccessWindow {
        group: format!("Cụm {unit}"),
        units: vec![unit.to_owned()],
        bloc: None,
        born_from: None,
        born_to: None,
        from: OPENS + Duration::days(from),
        to: OPENS + Duration::days(to),
    };
    let mut source = source("mot");
    source.definition.entry.access = vec![window("A", 0, 2), window("B", 2, 4), window("C", 5, 6)];
    let before = OPENS - Duration::days(30);
    load_contest(&app, before, "test", &source, Calendar::Keep)
        .await
        .unwrap();
    let contest = Arc::clone(app.catalog().find("mot").unwrap());
    let round = contest.round(1).unwrap();
    let early = simulate(
        &app,
        OPENS + Duration::seconds(100),
        &contest,
        round,
        &Plan::new(5, 7),
    )
    .await;
    assert!(matches!(early, Err(SimulateError::NoTurn)), "{early:?}");

    // The turn of A is over, that of B is on, and C has to wait.
    let plan = Plan {
        running: 5,
        ..Plan::new(200, 7)
    };
    let now = OPENS + Duration::days(3);
    simulate(&app, now, &contest, round, &plan).await.unwrap();
    let attempts: Vec<(i32, Date, OffsetDateTime, OffsetDateTime)> = sqlx::query_as(
        "select p.unit_id, p.birth_date, a.started_at, a.deadline_at
         from attempts a join participants p using (participant_id) where a.round_id = $1",
    )
    .bind(round.id.0)
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(attempts.len() > 200, "{} attempts", attempts.len());
    let mut met = BTreeSet::new();
    for (unit, born, started, deadline) in attempts {
        let unit = UnitId(unit);
        let turn = contest.turn(round, Entering { unit, born }, started);
        assert!(
            matches!(turn, Turn::Now(until) if deadline <= until),
            "{turn:?} at {started}"
        );
        met.insert(contest.unit(unit).unwrap().definition.code.as_str());
    }
    assert!(
        met.contains("A1") && met.contains("B") && !met.contains("C"),
        "{met:?}"
    );
}
