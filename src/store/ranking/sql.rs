//! The one statement that ranks: built from typed settings, reading submissions once.
//!
//! Owns its text; every piece is a constant chosen by an enum, and every value is bound. Leaves running it to `ranking`.

use crate::domain::contest::{
    CountedAttempt, CountedPrediction, Direction, PredictedQuantity, PredictionRules, RankField, RankKey,
    RoundRules,
};

/// The statement that ranks a round. It takes, in order: contest, round, moment, who, rules, seed, smallest
/// score; it gives back the number of the new ranking and how many people stand in it.
///
/// `graded` walks one round's submissions person by person; `counted` keeps one row of each; `tally` counts; `made` writes
/// the ranking with the quantity that was predicted; `keyed` adds what belongs to the person; the rest writes the standings.
pub(super) fn rank_round(rules: &RoundRules) -> String {
    let best_first = match rules.attempts.counts {
        CountedAttempt::Best | CountedAttempt::SumOfRounds => "score desc, finished_at, sequence",
        CountedAttempt::First => "number",
        CountedAttempt::Last => "number desc",
    };
    let prediction = match rules.prediction.map(|rule| rule.counted) {
        None => "null::bigint",
        Some(CountedPrediction::OfCountedAttempt) => "prediction",
        Some(CountedPrediction::First | CountedPrediction::LockedOnce) => {
            "first_value(prediction) over (partition by participant_id order by prediction is null, number)"
        }
        Some(CountedPrediction::Last) => {
            "first_value(prediction) over (partition by participant_id order by prediction is null, number desc)"
        }
    };
    let actual = actual(rules.prediction);
    let write = write_standings(&rules.ranking.order, "sequence, participant_id");
    format!(
        "with graded as (
            select attempt_id, participant_id, sequence, score, correct, total, duration_ms, finished_at,
                {prediction} as prediction,
                row_number() over own as nth,
                count(*) over own as attempts,
                count(*) filter (where correct = total) over own as all_correct
            from submissions where round_id = $2
            window own as (partition by participant_id order by {best_first}
                rows between unbounded preceding and unbounded following)
        ), counted as materialized (
            select * from graded where nth = 1
        ), tally as (
            select coalesce(sum(attempts), 0)::bigint as attempts, count(*) as people,
                coalesce(sum(all_correct), 0)::bigint as attempts_all_correct,
                count(*) filter (where all_correct > 0) as people_all_correct
            from counted
        ), made as (
            insert into rankings (contest_id, round_id, made_at, made_by, rules, attempts, people,
                attempts_all_correct, people_all_correct, actual, draw_seed)
            select $1, $2, $3, $4, $5, attempts, people, attempts_all_correct, people_all_correct, {actual}, $6
            from tally returning ranking_id, people, actual
        ), keyed as (
            select ranking_id, $2 as round_id, attempt_id, c.participant_id, unit_id, sequence, score, correct, total,
                prediction, abs(prediction - actual) as prediction_error, duration_ms, finished_at, attempts,
                registered_at, excluded_reason is null and ($7::bigint is null or score >= $7) as eligible
            from made cross join counted c join participants p on p.participant_id = c.participant_id
        ), {write}"
    )
}

/// The statement that ranks over a contest from the rankings in force of its rounds. It takes: contest, moment, who,
/// rules, seed, smallest score; it gives back the same.
pub(super) fn rank_contest(order: &[RankKey]) -> String {
    let write = write_standings(order, "finished_at, participant_id");
    format!(
        "with in_force as (
            select round_id, ranking_id from rounds
            where contest_id = $1 and stage in ('ranked', 'approved', 'published')
        ), counted as materialized (
            select participant_id, sum(score)::bigint as score, sum(correct)::integer as correct,
                sum(total)::integer as total, sum(prediction_error)::bigint as prediction_error,
                sum(duration_ms)::bigint as duration_ms, max(finished_at) as finished_at,
                sum(attempts)::bigint as attempts
            from standings join in_force using (ranking_id) group by participant_id
        ), tally as (
            select coalesce(sum(attempts), 0)::bigint as attempts, count(*) as people,
                (select coalesce(sum(attempts_all_correct), 0)::bigint from rankings join in_force using (ranking_id))
                    as attempts_all_correct,
                (select count(distinct participant_id) from submissions join in_force using (round_id)
                    where correct = total) as people_all_correct
            from counted
        ), made as (
            insert into rankings (contest_id, made_at, made_by, rules, attempts, people, attempts_all_correct,
                people_all_correct, draw_seed)
            select $1, $2, $3, $4, attempts, people, attempts_all_correct, people_all_correct, $5
            from tally returning ranking_id, people
        ), keyed as (
            select ranking_id, null::integer as round_id, null::uuid as attempt_id, c.participant_id, unit_id, score,
                correct, total, null::bigint as prediction, prediction_error, duration_ms, finished_at, attempts,
                registered_at, excluded_reason is null and ($6::bigint is null or score >= $6) as eligible
            from made cross join counted c join participants p on p.participant_id = c.participant_id
        ), {write}"
    )
}

/// The end of both statements: ranks by the keys, positions by the keys and then as equals are listed.
fn write_standings(order: &[RankKey], listed: &str) -> String {
    let keys: String = order.iter().map(|key| format!("{}, ", sort_key(*key))).collect();
    let equals = match keys.strip_suffix(", ") {
        Some(keys) => format!("order by {keys}"),
        None => String::new(),
    };
    format!(
        "written as (
            insert into standings (ranking_id, position, rank, round_id, attempt_id, participant_id, unit_id, score,
                correct, total, prediction, prediction_error, duration_ms, finished_at, attempts, registered_at,
                eligible)
            select ranking_id, row_number() over (order by {keys}{listed}), rank() over ({equals}), round_id,
                attempt_id, participant_id, unit_id, score, correct, total, prediction, prediction_error, duration_ms, finished_at, attempts,
                registered_at, eligible
            from keyed
        )
        select ranking_id, people from made"
    )
}

/// The predicted quantity among the columns of `tally`.
fn actual(prediction: Option<PredictionRules>) -> &'static str {
    match prediction.map(|rule| rule.asks) {
        None => "null",
        Some(PredictedQuantity::AttemptsInRound) => "attempts",
        Some(PredictedQuantity::PeopleInRound) => "people",
        Some(PredictedQuantity::PeopleAllCorrect) => "people_all_correct",
        Some(PredictedQuantity::AttemptsAllCorrect) => "attempts_all_correct",
    }
}

/// A key of the order. Having no prediction is worse than any error, whichever direction is better.
fn sort_key(key: RankKey) -> &'static str {
    match (key.by, key.direction) {
        (RankField::Score, Direction::Asc) => "score",
        (RankField::Score, Direction::Desc) => "score desc",
        (RankField::PredictionError, Direction::Asc) => "prediction_error nulls last",
        (RankField::PredictionError, Direction::Desc) => "prediction_error desc nulls last",
        (RankField::Duration, Direction::Asc) => "duration_ms",
        (RankField::Duration, Direction::Desc) => "duration_ms desc",
        (RankField::SubmittedAt, Direction::Asc) => "finished_at",
        (RankField::SubmittedAt, Direction::Desc) => "finished_at desc",
        (RankField::Attempts, Direction::Asc) => "attempts",
        (RankField::Attempts, Direction::Desc) => "attempts desc",
        (RankField::RegisteredAt, Direction::Asc) => "registered_at",
        (RankField::RegisteredAt, Direction::Desc) => "registered_at desc",
    }
}
