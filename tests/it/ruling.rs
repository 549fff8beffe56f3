//! Rulings on real rankings: what is foretold is what happens, taking it back restores everything, a corrected result keeps
//! both versions.

use crate::helpers::{CHAIR, CONTEST, SECRETARY, TestApp};
use hoithi::action::approve_round::approve_round;
use hoithi::action::close_round::{Blocker, By, StepError};
use hoithi::action::declare_places::declare_places;
use hoithi::action::issue_paper::{PaperOrder, issue_paper};
use hoithi::action::reopen_round::reopen_round;
use hoithi::action::review_round::review_round;
use hoithi::action::rule::{
    RuleError, approve_correction, approve_ruling, foretell, propose_correction, propose_ruling,
};
use hoithi::action::simulate::{Plan, simulate};
use hoithi::domain::attempt::How;
use hoithi::domain::decision::{Decision, Refusal};
use hoithi::domain::effect::Effect;
use hoithi::domain::fair_play::places::{NewPlace, PlaceKind};
use hoithi::domain::fair_play::{CaseSheet, Sign};
use hoithi::domain::ids::{AttemptId, DecisionId, ParticipantId, UnitId};
use hoithi::domain::official::PaperKind;
use hoithi::domain::ranking::{Entry, Standing, rank_without};
use hoithi::domain::ruling::{Cause, ReplaceWinner, Restore, Ruling, Target, Void};
use hoithi::store::ranking::{StoredAward, StoredCollectiveAward};
use sqlx::PgPool;
use std::collections::{BTreeMap, BTreeSet};
use time::{Duration, OffsetDateTime};

/// Everything that a ranking in force says.
#[derive(Debug, PartialEq)]
pub struct InForce {
    pub standings: Vec<Standing>,
    pub awards: Vec<StoredAward>,
    collective: Vec<StoredCollectiveAward>,
    tally: hoithi::domain::ranking::Tally,
    actual: Option<i64>,
}

pub async fn crowd(pool: PgPool, people: u32) -> TestApp {
    let bench = TestApp::new(pool).await;
    bench.advance(Duration::days(6));
    let (contest, round) = (bench.contest(), bench.round(1));
    simulate(&bench.app, bench.now(), &contest, &round, &Plan::new(people, 7))
        .await
        .unwrap();
    bench.close(1).await;
    bench
}

pub async fn in_force(bench: &TestApp) -> InForce {
    let store = &bench.app.store;
    let id = store
        .find_round_ranking(bench.round(1).id)
        .await
        .unwrap()
        .unwrap();
    let ranking = store.find_ranking(id).await.unwrap().unwrap();
    InForce {
        standings: store.load_standings(id, 0, 10_000).await.unwrap(),
        awards: store.load_awards(id).await.unwrap(),
        collective: store.load_collective_awards(id).await.unwrap(),
        tally: ranking.tally,
        actual: ranking.actual,
    }
}

async fn approve(bench: &TestApp, id: DecisionId, mark: &str) -> Result<Decision, RuleError> {
    approve_ruling(&bench.app, bench.now(), CHAIR, &bench.round(1), (id, mark), None).await
}

/// Proposes, foretells and approves; returns what was foretold and the decision.
pub async fn rule(bench: &TestApp, ruling: Ruling) -> (Effect, Decision) {
    let round = bench.round(1);
    let id = propose_ruling(&bench.app, bench.now(), SECRETARY, &round, ruling, "có căn cứ")
        .await
        .unwrap();
    let foretold = foretell(&bench.app, bench.now(), &round, Some(id), ruling)
        .await
        .unwrap();
    let decision = approve(bench, id, &foretold.mark).await.unwrap();
    (foretold.effect, decision)
}

async fn entries(bench: &TestApp) -> Vec<Entry> {
    type Row = (
        uuid::Uuid,
        i64,
        i32,
        i16,
        i64,
        OffsetDateTime,
        i32,
        i16,
        i16,
        i64,
        Option<i64>,
        OffsetDateTime,
        time::Date,
    );
    let rows: Vec<Row> = sqlx::query_as(
        "select attempt_id, participant_id, unit_id, number, sequence, finished_at, score, correct, total, duration_ms,
            prediction, registered_at, birth_date
         from submissions join participants using (participant_id) where round_id = $1",
    )
    .bind(bench.round(1).id.0)
    .fetch_all(&bench.pool)
    .await
    .unwrap();
    let entry = |row: Row| Entry {
        attempt: AttemptId::from_bytes(row.0.into_bytes()),
        participant: ParticipantId(row.1),
        unit: UnitId(row.2),
        number: u16::try_from(row.3).unwrap(),
        sequence: row.4,
        started_at: row.5,
        finished_at: row.5,
        how: How::Submitted,
        score: u32::try_from(row.6).unwrap(),
        correct: u16::try_from(row.7).unwrap(),
        total: u16::try_from(row.8).unwrap(),
        duration_ms: row.9,
        prediction: row.10,
        registered_at: row.11,
        birth_date: row.12,
    };
    rows.into_iter().map(entry).collect()
}

/// The attempts that a target names, told from the rows themselves.
fn named(bench: &TestApp, target: &Target, entries: &[Entry]) -> BTreeSet<AttemptId> {
    let contest = bench.contest();
    let below = |unit: UnitId, above: UnitId| {
        unit == above
            || contest
                .unit(unit)
                .is_some_and(|unit| unit.ancestors.contains(&above))
    };
    let is_named = |entry: &&Entry| match target {
        Target::Person { person } => entry.participant == *person,
        Target::Attempt { attempt, .. } => entry.attempt == *attempt,
        Target::Unit { unit } => below(entry.unit, *unit),
        Target::Window { from, until, unit } => {
            (*from..*until).contains(&entry.finished_at) && unit.is_none_or(|unit| below(entry.unit, unit))
        }
    };
    entries
        .iter()
        .filter(is_named)
        .map(|entry| entry.attempt)
        .collect()
}

fn ranks(standings: &[Standing]) -> BTreeMap<ParticipantId, i64> {
    standings
        .iter()
        .map(|standing| (standing.participant, standing.rank))
        .collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_voiding_changes_exactly_what_was_foretold_and_taking_it_back_restores_all(pool: PgPool) {
    let bench = crowd(pool, 300).await;
    bench.rank(1).await;
    let former = in_force(&bench).await;
    let all = entries(&bench).await;
    let first = &former.standings[0];
    let attempt = first.attempt.unwrap();
    let unit = bench.contest().unit_by_code("H1").unwrap().id;
    let (from, until) = (
        former.standings[9].finished_at,
        former.standings[9].finished_at + Duration::hours(20),
    );
    let targets = [
        Target::Person {
            person: first.participant,
        },
        Target::Attempt {
            attempt,
            person: first.participant,
        },
        Target::Unit { unit },
        Target::Window {
            from,
            until,
            unit: None,
        },
        Target::Window {
            from,
            until,
            unit: Some(unit),
        },
    ];
    for target in targets {
        let struck = named(&bench, &target, &all);
        assert!(!struck.is_empty(), "{target:?}");
        let (foretold, decision) = rule(&bench, Ruling::Void(Void { target })).await;
        let outcome: Effect = serde_json::from_str(decision.outcome.as_deref().unwrap()).unwrap();
        assert_eq!(outcome, foretold, "{target:?}");
        let after = in_force(&bench).await;
        let expected = rank_without(&struck, &all, &bench.round(1).rules, &BTreeSet::new());
        assert_eq!(after.standings, expected.standings, "{target:?}");
        assert_eq!((after.tally, after.actual), (expected.tally, expected.actual));
        compare(&former, &after, &foretold, struck.len());
        let restore = Ruling::Restore(Restore {
            decision: decision.id,
        });
        rule(&bench, restore).await;
        assert_eq!(in_force(&bench).await, former, "{target:?}");
    }
}

/// What was foretold, told again from both rankings.
fn compare(former: &InForce, after: &InForce, foretold: &Effect, struck: usize) {
    assert_eq!(foretold.attempts_removed(), i64::try_from(struck).unwrap());
    assert_eq!(
        (foretold.before.tally, foretold.after.tally),
        (former.tally, after.tally)
    );
    assert_eq!(
        (foretold.before.actual, foretold.after.actual),
        (former.actual, after.actual)
    );
    let (old, new) = (ranks(&former.standings), ranks(&after.standings));
    let left = old.keys().filter(|person| !new.contains_key(person)).count();
    let moved = old
        .iter()
        .filter(|(person, rank)| new.get(person).is_some_and(|now| now != *rank));
    assert_eq!(foretold.left, i64::try_from(left).unwrap());
    assert_eq!(foretold.moved, i64::try_from(moved.count()).unwrap());
    let winners = |all: &[StoredAward]| -> BTreeMap<(u16, u16), ParticipantId> {
        let award = |award: &StoredAward| ((award.award.prize, award.award.place), award.award.participant);
        all.iter().map(award).collect()
    };
    let (before, now) = (winners(&former.awards), winners(&after.awards));
    let places: BTreeSet<_> = before.keys().chain(now.keys()).copied().collect();
    let changed: Vec<_> = places
        .into_iter()
        .filter(|place| before.get(place) != now.get(place))
        .map(|place| (place, before.get(&place).copied(), now.get(&place).copied()))
        .collect();
    let told: Vec<_> = foretold
        .prizes
        .iter()
        .map(|change| ((change.prize, change.place), change.before, change.after))
        .collect();
    assert_eq!(told, changed);
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_replaced_winner_keeps_the_rank_and_the_next_moves_up(pool: PgPool) {
    let bench = crowd(pool, 60).await;
    bench.rank(1).await;
    let former = in_force(&bench).await;
    let winner = former.awards[0].award.participant;
    let replace = ReplaceWinner {
        person: winner,
        cause: Cause::Declined,
    };
    let (effect, _) = rule(&bench, Ruling::Replace(replace)).await;
    let after = in_force(&bench).await;
    assert_eq!(after.standings, former.standings);
    let people = |all: &[StoredAward]| -> Vec<_> { all.iter().map(|a| a.award.participant).collect() };
    let (old, new) = (people(&former.awards), people(&after.awards));
    assert_eq!(new[..2], old[1..], "everybody moves up one place");
    assert!(!new.contains(&winner) && new.len() == old.len());
    assert_eq!(effect.prizes.len(), 3);
    assert_eq!((effect.left, effect.joined, effect.moved), (0, 0, 0));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_ruling_waits_for_another_person_who_has_seen_what_it_changes(pool: PgPool) {
    let bench = crowd(pool, 40).await;
    bench.rank(1).await;
    let round = bench.round(1);
    let standings = in_force(&bench).await.standings;
    let void = |place: usize| {
        let person = standings[place].participant;
        Ruling::Void(Void {
            target: Target::Person { person },
        })
    };
    let propose = |place| propose_ruling(&bench.app, bench.now(), CHAIR, &round, void(place), "có căn cứ");
    let (first, second) = (propose(0).await.unwrap(), propose(1).await.unwrap());
    let seen = foretell(&bench.app, bench.now(), &round, Some(second), void(1))
        .await
        .unwrap();
    let own = approve(&bench, second, &seen.mark).await;
    assert!(
        matches!(own, Err(RuleError::Refused(Refusal::SamePerson(_)))),
        "{own:?}"
    );
    let by = By { name: "Bà Lan" };
    let blocked = approve_round(&bench.app, bench.now(), CHAIR, &round, None).await;
    assert!(
        matches!(&blocked, Err(StepError::Blocked(all)) if all.contains(&Blocker::OpenDecisions(2))),
        "{blocked:?}"
    );
    let now = foretell(&bench.app, bench.now(), &round, Some(first), void(0))
        .await
        .unwrap();
    approve_ruling(&bench.app, bench.now(), by, &round, (first, &now.mark), None)
        .await
        .unwrap();
    let stale = approve_ruling(&bench.app, bench.now(), by, &round, (second, &seen.mark), None).await;
    assert!(
        matches!(stale, Err(RuleError::Refused(Refusal::Changed))),
        "{stale:?}"
    );
    let now = foretell(&bench.app, bench.now(), &round, Some(second), void(1))
        .await
        .unwrap();
    approve_ruling(&bench.app, bench.now(), by, &round, (second, &now.mark), None)
        .await
        .unwrap();
    assert_eq!(in_force(&bench).await.standings.len(), standings.len() - 2);
    assert_eq!(bench.count("rankings").await, 3, "trials leave nothing behind");
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn what_is_voided_before_the_first_ranking_is_not_in_it(pool: PgPool) {
    let bench = crowd(pool, 40).await;
    let all = entries(&bench).await;
    let person = all[0].participant;
    let (effect, _) = rule(
        &bench,
        Ruling::Void(Void {
            target: Target::Person { person },
        }),
    )
    .await;
    assert_eq!((effect.left, bench.count("rankings").await), (1, 0));
    bench.rank(1).await;
    let standings = in_force(&bench).await.standings;
    assert!(standings.iter().all(|standing| standing.participant != person));
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_corrected_result_keeps_both_versions_for_the_public(pool: PgPool) {
    let bench = crowd(pool, 40).await;
    bench.rank(1).await;
    bench.approve(1).await;
    bench.publish(1).await;
    let published = in_force(&bench).await;
    let winner = published.awards[0].award.participant;
    let page = format!("/cuoc-thi/{CONTEST}/ket-qua/1");
    let (now, round) = (bench.now(), bench.round(1));
    let void = Ruling::Void(Void {
        target: Target::Person { person: winner },
    });
    let closed = propose_ruling(&bench.app, now, CHAIR, &round, void, "có căn cứ").await;
    assert!(matches!(closed, Err(RuleError::Blocked(_))), "{closed:?}");
    let id = propose_correction(&bench.app, now, SECRETARY, &round, "một bài nộp hộ")
        .await
        .unwrap();
    approve_correction(&bench.app, now, CHAIR, &round, id, None)
        .await
        .unwrap();
    let open = bench.page(&page).await;
    assert!(open.text.contains("đang đính chính"), "{}", open.text);
    let reopened = reopen_round(&bench.app, now, SECRETARY, &bench.round(1), None, "thử").await;
    assert!(matches!(reopened, Err(StepError::Blocked(_))), "{reopened:?}");
    rule(&bench, void).await;
    // The chair approved the voiding and so made the ranking; the secretary approves it.
    approve_round(&bench.app, now, SECRETARY, &bench.round(1), None)
        .await
        .unwrap();
    bench.publish(1).await;
    let versions = bench.app.store.list_publications(round.id).await.unwrap();
    assert_eq!(versions.iter().map(|v| v.version).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(versions[1].corrects.as_deref(), Some("một bài nộp hộ"));
    let (new, old) = (
        bench.page(&page).await,
        bench.page(&format!("{page}?ban=1")).await,
    );
    assert!(
        new.text.contains("Đã đính chính lúc") && new.text.contains("một bài nộp hộ"),
        "{}",
        new.text
    );
    assert!(
        old.text.contains("đã được đính chính") && new.text.contains("?ban=1"),
        "{}",
        old.text
    );
    assert_eq!(bench.page(&format!("{page}?ban=9")).await.status.as_u16(), 404);
    let kept = bench.app.store.load_awards(versions[0].ranking).await.unwrap();
    assert_eq!(kept, published.awards, "the first version is as it was");
    assert!(
        in_force(&bench)
            .await
            .awards
            .iter()
            .all(|award| award.award.participant != winner)
    );
}

/// The winners of the round by the codes of their certificates, made out now.
async fn certificates(bench: &TestApp) -> BTreeMap<String, ParticipantId> {
    let (contest, round, with) = (bench.contest(), bench.round(1), BTreeSet::new());
    let order = PaperOrder {
        kind: PaperKind::Certificates,
        round: Some(&round),
        format: "docx",
        with: &with,
        reason: None,
    };
    let issued = issue_paper(&bench.app, bench.now(), CHAIR, &contest, order)
        .await
        .unwrap();
    let winners = issued.facts.winners.iter().map(|winner| winner.participant);
    issued.codes.into_iter().zip(winners).collect()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn papers_name_who_won_in_the_end_and_certificates_follow_the_published_versions(pool: PgPool) {
    const STANDS: &str = "Giấy chứng nhận này có thật";
    const WAITS: &str = "chưa công bố";
    const FELL: &str = "không còn giá trị";
    let bench = crowd(pool, 40).await;
    bench.rank(1).await;
    bench.approve(1).await;
    bench.publish(1).await;
    let winner = in_force(&bench).await.awards[0].award.participant;
    let first = certificates(&bench).await;
    let old = first
        .iter()
        .find(|(_, person)| **person == winner)
        .map(|(code, _)| code)
        .unwrap();
    let says = async |code: &str, words: &str| {
        let page = bench.page(&format!("/chung-nhan/{code}")).await;
        assert!(page.text.contains(words), "{words} in {}", page.text);
    };
    says(old, STANDS).await;

    let (now, round) = (bench.now(), bench.round(1));
    let id = propose_correction(&bench.app, now, SECRETARY, &round, "một bài nộp hộ")
        .await
        .unwrap();
    approve_correction(&bench.app, now, CHAIR, &round, id, None)
        .await
        .unwrap();
    let target = Target::Person { person: winner };
    rule(&bench, Ruling::Void(Void { target })).await;
    says(old, STANDS).await;
    approve_round(&bench.app, now, SECRETARY, &bench.round(1), None)
        .await
        .unwrap();
    let second = certificates(&bench).await;
    assert!(second.values().all(|person| *person != winner));
    let new = second.keys().find(|code| !first.contains_key(*code)).unwrap();
    says(old, STANDS).await;
    says(new, WAITS).await;
    bench.publish(1).await;
    says(old, FELL).await;
    says(new, STANDS).await;
}

/// Makes four people of a commune below the first unit all right with one guess in the same minute, and one entry that did
/// not take the time to read; the last one's attempt.
pub async fn spoil(bench: &TestApp) -> uuid::Uuid {
    let round = bench.round(1);
    let together =
        "update submissions set correct = total, prediction = 77, finished_at = $2, duration_ms = 400000
                 where round_id = $1 and attempt_id in (select min(attempt_id::text)::uuid from submissions
                    join participants using (participant_id) join units using (unit_id)
                    where round_id = $1 and code = 'X1' group by participant_id limit 4)";
    sqlx::query(together)
        .bind(round.id.0)
        .bind(bench.now())
        .execute(&bench.pool)
        .await
        .unwrap();
    let quick =
        "update submissions set correct = total, duration_ms = 900 where round_id = $1 and sequence = 1
                 returning attempt_id";
    sqlx::query_scalar(quick)
        .bind(round.id.0)
        .fetch_one(&bench.pool)
        .await
        .unwrap()
}

#[sqlx::test(migrator = "hoithi::store::MIGRATOR")]
async fn a_review_reads_a_sealed_round_tells_no_names_and_changes_nothing(pool: PgPool) {
    let bench = TestApp::new(pool).await;
    let early = review_round(&bench.app, bench.now(), CHAIR, &bench.round(1)).await;
    assert!(matches!(early, Err(StepError::Blocked(_))), "{early:?}");
    let unit = bench.contest().unit_by_code("H1").unwrap().id;
    let place = NewPlace {
        unit,
        kind: PlaceKind::SchoolLab,
        from: None,
        until: None,
        networks: Vec::new(),
        note: "phòng máy trường Một, sáng thứ Hai".to_owned(),
    };
    declare_places(&bench.app, bench.now(), SECRETARY, bench.contest().id, &[place])
        .await
        .unwrap();
    bench.advance(Duration::days(6));
    let (contest, round) = (bench.contest(), bench.round(1));
    simulate(&bench.app, bench.now(), &contest, &round, &Plan::new(60, 7))
        .await
        .unwrap();
    bench.close(1).await;
    let quick = spoil(&bench).await;
    let sheets = review_round(&bench.app, bench.now(), CHAIR, &bench.round(1))
        .await
        .unwrap();
    let first = sheets.first().unwrap();
    assert!(
        matches!(
            first.sign,
            Sign::Quick {
                pace_ms: 150,
                as_quick: 1,
                ..
            }
        ),
        "{first:?}"
    );
    assert_eq!(first.entries[0].attempt.as_bytes(), quick.as_bytes());
    let together = |sheet: &&CaseSheet| {
        matches!(
            sheet.sign,
            Sign::Together {
                prediction: 77,
                declared: true,
                ..
            }
        )
    };
    assert!(sheets.iter().any(|sheet| together(&sheet)), "{sheets:?}");
    let text = serde_json::to_string(&sheets).unwrap();
    assert!(!text.contains("person") && !text.contains("name"), "{text}");
    assert_eq!(
        (bench.count("rankings").await, bench.count("decisions").await),
        (0, 0)
    );
    let acts = bench.app.store.load_acts(contest.id, 1).await.unwrap();
    assert_eq!(
        (acts[0].act.as_str(), acts[0].actor.as_str()),
        ("review", CHAIR.name)
    );
}
