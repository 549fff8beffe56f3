//! Writing the rules of a contest: once for all rounds, and in a round or for the whole contest only what is otherwise.
//!
//! Owns the taking apart of merged rules; leaves `[contest]`, rounds and prizes to `write_contest`.

use super::essay::essay_table;
use super::rules::{LEVELS, MAX_POINTS};
use super::sketch::Sketched;
use crate::domain::contest::{
    AttemptRules, ContestDefinition, CountedAttempt, CountedPrediction, Direction, DrawLine, Feedback,
    PaperRules, PerPerson, PointBand, PredictedQuantity, PredictionAsked, PredictionPoints, PredictionRules,
    PredictionTaken, RankField, RankingRules, RoundRules, TieRule,
};

/// Tables by name; those that say nothing are left out.
type Tables = Vec<(String, Sketched)>;

/// The five tables of the contest.
pub(super) fn rules_tables(definition: &ContestDefinition, base: &RankingRules) -> Tables {
    let rules = &definition.rules_default;
    let paper = Sketched::table([
        (
            "draw",
            (!rules.paper.draw.is_empty()).then(|| draw(&rules.paper.draw)),
        ),
        (
            "points",
            says_points(&rules.paper).then(|| Sketched::number(rules.paper.points)),
        ),
        ("time_limit", rules.paper.time_limit_s.map(duration)),
        (
            "shuffle",
            Some(Sketched::table([
                ("questions", Some(Sketched::truth(rules.paper.shuffle.questions))),
                ("options", Some(Sketched::truth(rules.paper.shuffle.options))),
            ])),
        ),
        (
            "all_answered",
            rules.paper.all_answered.then(|| Sketched::truth(true)),
        ),
    ]);
    some_tables([
        ("paper", paper),
        ("attempts", attempts_table(&rules.attempts, None)),
        ("prediction", prediction_table(rules.prediction, None)),
        ("essay", essay_table(rules.essay.as_ref(), None)),
        ("ranking", ranking_table(base, None)),
    ])
}

/// The tables of a round: what it does otherwise than the contest.
pub(super) fn round_tables(
    definition: &ContestDefinition,
    base: &RankingRules,
    rules: &RoundRules,
) -> Tables {
    let all = &definition.rules_default;
    let paper = Sketched::table([
        (
            "draw",
            (rules.paper.draw != all.paper.draw).then(|| draw(&rules.paper.draw)),
        ),
        (
            "points",
            (rules.paper.points != all.paper.points
                || (!says_points(&all.paper) && says_points(&rules.paper)))
            .then(|| Sketched::number(rules.paper.points)),
        ),
        (
            "time_limit",
            (rules.paper.time_limit_s != all.paper.time_limit_s)
                .then(|| rules.paper.time_limit_s.map_or_else(none, duration)),
        ),
        ("shuffle", shuffle_of(&rules.paper, &all.paper)),
        (
            "all_answered",
            (rules.paper.all_answered != all.paper.all_answered)
                .then(|| Sketched::truth(rules.paper.all_answered)),
        ),
    ]);
    some_tables([
        ("paper", paper),
        ("attempts", attempts_table(&rules.attempts, Some(&all.attempts))),
        (
            "prediction",
            prediction_table(rules.prediction, Some(all.prediction)),
        ),
        ("essay", essay_table(rules.essay.as_ref(), all.essay.as_ref())),
        ("ranking", ranking_table(&rules.ranking, Some(base))),
    ])
}

fn some_tables<const N: usize>(tables: [(&str, Sketched); N]) -> Tables {
    let says = |table: &Sketched| matches!(table, Sketched::Table(entries) if !entries.is_empty());
    tables
        .into_iter()
        .filter(|(_, table)| says(table))
        .map(|(name, table)| (name.to_owned(), table))
        .collect()
}

/// Whether a paper has to say its points: a contest may not where every round draws for itself, and nobody where each line
/// of the draw names its own.
fn says_points(paper: &PaperRules) -> bool {
    paper.draw.iter().any(|line| line.points.is_none()) || paper.points != MAX_POINTS
}

fn none() -> Sketched {
    Sketched::text("none")
}

/// Seconds as `1h30m`.
fn duration(seconds: u32) -> Sketched {
    let parts = [
        (seconds / 3_600, 'h'),
        (seconds / 60 % 60, 'm'),
        (seconds % 60, 's'),
    ];
    let written: String = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    Sketched::Text(if written.is_empty() {
        "0m".to_owned()
    } else {
        written
    })
}

fn draw(lines: &[DrawLine]) -> Sketched {
    let line = |line: &DrawLine| {
        let level = line
            .level
            .and_then(|level| LEVELS.iter().find(|(_, known)| *known == level));
        Sketched::table([
            ("set", Some(Sketched::text(&line.set.0))),
            ("level", level.map(|(name, _)| Sketched::text(*name))),
            ("count", Some(Sketched::number(line.count))),
            ("points", line.points.map(Sketched::number)),
        ])
    };
    Sketched::List(lines.iter().map(line).collect())
}

fn shuffle_of(own: &PaperRules, all: &PaperRules) -> Option<Sketched> {
    let differs = |own: bool, all: bool| (own != all).then(|| Sketched::truth(own));
    let table = Sketched::table([
        ("questions", differs(own.shuffle.questions, all.shuffle.questions)),
        ("options", differs(own.shuffle.options, all.shuffle.options)),
    ]);
    matches!(&table, Sketched::Table(entries) if !entries.is_empty()).then_some(table)
}

/// A number, or that there is no limit.
fn limit(limit: Option<u16>) -> Sketched {
    limit.map_or_else(|| Sketched::text("unlimited"), Sketched::number)
}

/// What differs from `than`; all of it where there is nothing to differ from.
fn attempts_table(own: &AttemptRules, than: Option<&AttemptRules>) -> Sketched {
    let counts = match own.counts {
        CountedAttempt::Best => "best",
        CountedAttempt::First => "first",
        CountedAttempt::Last => "last",
        CountedAttempt::SumOfRounds => "sum-of-rounds",
        CountedAttempt::Sum => "sum",
        CountedAttempt::Average => "average",
    };
    let feedback = match own.feedback {
        Feedback::None => "none",
        Feedback::Score => "score",
    };
    let differs = |same: fn(&AttemptRules, &AttemptRules) -> bool| than.is_none_or(|than| !same(own, than));
    let has_cap = than.map_or(own.per_contest.is_some(), |than| {
        own.per_contest != than.per_contest
    });
    Sketched::table([
        (
            "per_round",
            differs(|a, b| a.per_round == b.per_round).then(|| limit(own.per_round)),
        ),
        ("per_contest", has_cap.then(|| limit(own.per_contest))),
        (
            "counts",
            differs(|a, b| a.counts == b.counts).then(|| Sketched::text(counts)),
        ),
        (
            "wait",
            differs(|a, b| a.wait_s == b.wait_s).then(|| duration(own.wait_s)),
        ),
        (
            "feedback",
            differs(|a, b| a.feedback == b.feedback).then(|| Sketched::text(feedback)),
        ),
        (
            "late_finish",
            differs(|a, b| a.late_finish == b.late_finish).then(|| Sketched::truth(own.late_finish)),
        ),
    ])
}

/// What differs from `than`; all of it where there is nothing to differ from.
fn prediction_table(own: Option<PredictionRules>, than: Option<Option<PredictionRules>>) -> Sketched {
    let nothing = || Sketched::Table(Vec::new());
    let all = than.flatten();
    let Some(own) = own else {
        return if all.is_some() {
            Sketched::table([("asks", Some(none()))])
        } else {
            nothing()
        };
    };
    let asks = match own.asks {
        PredictedQuantity::AttemptsInRound => "attempts-in-round",
        PredictedQuantity::PeopleInRound => "people-in-round",
        PredictedQuantity::PeopleAllCorrect => "people-all-correct",
        PredictedQuantity::AttemptsAllCorrect => "attempts-all-correct",
    };
    let counted = match own.counted {
        CountedPrediction::OfCountedAttempt => "of-counted-attempt",
        CountedPrediction::First => "first",
        CountedPrediction::Last => "last",
        CountedPrediction::LockedOnce => "locked-once",
    };
    let taken = match own.taken {
        PredictionTaken::BeforeDisqualification => "before-disqualification",
        PredictionTaken::AfterDisqualification => "after-disqualification",
    };
    let asked = match own.asked {
        PredictionAsked::Paper => "paper",
        PredictionAsked::After => "after",
    };
    let differs = |same: fn(PredictionRules, PredictionRules) -> bool| all.is_none_or(|all| !same(own, all));
    Sketched::table([
        (
            "asks",
            differs(|a, b| a.asks == b.asks).then(|| Sketched::text(asks)),
        ),
        (
            "counted",
            differs(|a, b| a.counted == b.counted).then(|| Sketched::text(counted)),
        ),
        (
            "taken",
            differs(|a, b| a.taken == b.taken).then(|| Sketched::text(taken)),
        ),
        (
            "asked",
            differs(|a, b| a.asked == b.asked).then(|| Sketched::text(asked)),
        ),
        (
            "points",
            (own.points != all.map(|all| all.points).unwrap_or_default()).then(|| bands(own.points)),
        ),
    ])
}

/// Points for near predictions; an empty list takes back what holds for all.
fn bands(points: PredictionPoints) -> Sketched {
    let band = |band: PointBand| {
        Sketched::table([
            ("within", Some(Sketched::number(band.within.unsigned_abs()))),
            ("points", Some(Sketched::number(band.points))),
        ])
    };
    Sketched::List(points.bands().map(band).collect())
}

/// What `[overall]` says: what differs from the ranking of rounds, and in how many of them one must have taken part.
pub(super) fn overall_table(overall: &RankingRules, base: &RankingRules) -> Option<Sketched> {
    let mut table = ranking_table(overall, Some(base));
    if let (Sketched::Table(entries), 1..) = (&mut table, overall.min_rounds) {
        entries.push(("min_rounds".to_owned(), Sketched::number(overall.min_rounds)));
    }
    matches!(&table, Sketched::Table(entries) if !entries.is_empty()).then_some(table)
}

/// What differs from `than`; all of it where there is nothing to differ from.
fn ranking_table(own: &RankingRules, than: Option<&RankingRules>) -> Sketched {
    let gate = match than {
        None => own.min_score,
        // 0 takes back what holds for all.
        Some(than) => (own.min_score != than.min_score).then(|| own.min_score.unwrap_or(0)),
    };
    let tie = match own.tie {
        TieRule::Board => "board",
        TieRule::Draw => "draw",
    };
    let caps = than.map_or_else(PerPerson::default, |than| than.per_person);
    let cap = |own: Option<u16>, all: Option<u16>| (own != all).then(|| limit(own));
    let person = Sketched::table([
        ("round", cap(own.per_person.round, caps.round)),
        ("phase", cap(own.per_person.phase, caps.phase)),
        ("contest", cap(own.per_person.contest, caps.contest)),
        (
            "keep",
            (own.per_person.keep != caps.keep).then(|| Sketched::text(own.per_person.keep.name())),
        ),
    ]);
    let has_caps = matches!(&person, Sketched::Table(entries) if !entries.is_empty());
    Sketched::table([
        (
            "gate",
            gate.map(|least| Sketched::table([("min_score", Some(Sketched::number(least)))])),
        ),
        (
            "order",
            than.is_none_or(|than| than.order != own.order)
                .then(|| order(own)),
        ),
        (
            "tie",
            than.is_none_or(|than| than.tie != own.tie)
                .then(|| Sketched::text(tie)),
        ),
        ("per_person", has_caps.then_some(person)),
    ])
}

fn order(ranking: &RankingRules) -> Sketched {
    let keys = ranking.order.iter().map(|key| {
        let direction = match key.direction {
            Direction::Asc => "asc",
            Direction::Desc => "desc",
        };
        Sketched::Text(format!("{} {direction}", key.by.name()))
    });
    Sketched::List(keys.collect())
}

/// The ranking that is written for all rounds: what most of them have, key by key.
pub(super) fn base_ranking(definition: &ContestDefinition) -> RankingRules {
    let overall = &definition.rules_default.ranking;
    let rounds: Vec<&RankingRules> = definition
        .rounds
        .iter()
        .map(|round| &round.rules.ranking)
        .collect();
    // A file may not say the order over all rounds by which side a prediction was on; it may only take it from the rounds.
    let above = overall
        .order
        .iter()
        .any(|key| key.by == RankField::PredictionAbove);
    let order = match above {
        true => overall.order.clone(),
        false => most(&rounds, |rules| &rules.order)
            .unwrap_or(&overall.order)
            .clone(),
    };
    let caps = [
        most(&rounds, |rules| &rules.per_person).copied(),
        Some(overall.per_person),
    ];
    let fits = |caps: &PerPerson| {
        let narrow = caps.round.max(caps.phase);
        let phases = definition.rounds.iter().any(|round| round.phase.is_some());
        let wide = caps
            .contest
            .zip(narrow)
            .is_none_or(|(wide, narrow)| wide >= narrow);
        wide && (phases || caps.phase.is_none())
    };
    RankingRules {
        min_score: *most(&rounds, |rules| &rules.min_score).unwrap_or(&overall.min_score),
        order,
        tie: *most(&rounds, |rules| &rules.tie).unwrap_or(&overall.tie),
        per_person: caps.into_iter().flatten().find(fits).unwrap_or_default(),
        min_rounds: 0,
    }
}

/// What most rounds have; of equals the first.
fn most<'a, T: PartialEq>(
    rounds: &[&'a RankingRules],
    of: impl Fn(&'a RankingRules) -> &'a T,
) -> Option<&'a T> {
    let count = |value: &T| rounds.iter().filter(|rules| of(rules) == value).count();
    let mut best: Option<(&T, usize)> = None;
    for value in rounds.iter().map(|rules| of(rules)) {
        let n = count(value);
        if best.is_none_or(|(_, most)| n > most) {
            best = Some((value, n));
        }
    }
    best.map(|(value, _)| value)
}
