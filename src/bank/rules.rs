//! The tables `[paper]`, `[attempts]`, `[prediction]` and `[ranking]`, of the contest and of a round that overrides them.
//!
//! Owns their keys, defaults and the merging key by key; leaves those of `[ranking]` and `[essay]` to their files and checks
//! against the question sets to `feasible`.
//!
//! `draw`, `points` (unless each line of the draw names its own) and `order` must be said, by the contest or by every round.
//! Defaults of the rest: no `time_limit`; `shuffle` both true; `per_round` 1; `counts` "best"; `wait` "0m"; `feedback`
//! "score"; `late_finish` false; no `[prediction]`, and `counted` "of-counted-attempt", `taken` "before-disqualification",
//! `asked` "paper" and no `points` in it; no gate; `tie` "board"; `per_person` unlimited, `keep`
//! "first" in it.
//! `time_limit = "none"` and `asks = "none"` take back in a round what the contest says.

use super::code::FaultCode;
use super::essay::{EssayDraft, read_essay};
use super::format::{At, Reader};
use super::node::{Node, Table, Value};
use crate::domain::contest::{
    AttemptRules, CountedAttempt, CountedPrediction, Direction, DrawLine, Feedback, Keep, PaperRules,
    PerPerson, PredictedQuantity, PredictionAsked, PredictionPoints, PredictionRules, PredictionTaken,
    RankField, RankKey, RankingRules, RoundRules, Shuffle, TieRule,
};
use crate::domain::question::{Level, SetId};
use std::ops::Range;

/// Most points for a right answer; stands in for a number that could not be read, so that no sum is called too small.
pub(super) const MAX_POINTS: u32 = 1_000;
/// Lines of one draw.
const MAX_DRAW_LINES: usize = 100;
/// Attempts or prizes that a limit may name.
pub(super) const MAX_LIMIT: u16 = 10_000;

/// The levels by name.
pub(super) const LEVELS: [(&str, Level); 3] = [
    ("easy", Level::Easy),
    ("medium", Level::Medium),
    ("hard", Level::Hard),
];

/// A line of the draw with the places that a fault may point to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DrawnLine {
    pub(super) line: DrawLine,
    pub(super) set_span: Range<usize>,
    pub(super) count_span: Range<usize>,
    /// Where its points stand, if they could be read.
    pub(super) points_span: Option<Range<usize>>,
}

/// The draw of a paper as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draw {
    pub(super) lines: Vec<DrawnLine>,
    /// There are lines and none was lost, so that sums and sets not mentioned mean something.
    pub(super) is_whole: bool,
}

/// What the file says of the rules; `None` where it is silent.
#[derive(Debug, Clone, Default)]
pub(super) struct RulesDraft {
    pub(super) draw: Option<At<Draw>>,
    pub(super) points: Option<u32>,
    /// Where `[paper]` stands.
    pub(super) paper_span: Option<Range<usize>>,
    time_limit: Option<Option<u32>>,
    shuffle_questions: Option<bool>,
    shuffle_options: Option<bool>,
    all_answered: Option<bool>,
    pub(super) per_round: Option<Option<u16>>,
    pub(super) per_contest: Option<At<Option<u16>>>,
    counts: Option<CountedAttempt>,
    wait_s: Option<u32>,
    feedback: Option<Feedback>,
    late_finish: Option<bool>,
    pub(super) asks: Option<At<Option<PredictedQuantity>>>,
    pub(super) counted: Option<CountedPrediction>,
    pub(super) taken: Option<PredictionTaken>,
    pub(super) asked: Option<At<PredictionAsked>>,
    pub(super) prediction_points: Option<At<PredictionPoints>>,
    /// Where `[prediction]` stands.
    pub(super) prediction_span: Option<Range<usize>>,
    pub(super) min_score: Option<At<u32>>,
    /// `order` is written, if not one that can be read.
    pub(super) has_order: bool,
    /// Where `[ranking]` stands.
    pub(super) ranking_span: Option<Range<usize>>,
    pub(super) order: Option<At<Vec<RankKey>>>,
    pub(super) tie: Option<TieRule>,
    pub(super) person_round: Option<Option<u16>>,
    pub(super) person_phase: Option<At<Option<u16>>>,
    pub(super) person_contest: Option<At<Option<u16>>>,
    pub(super) person_keep: Option<At<Keep>>,
    pub(super) min_rounds: Option<At<u16>>,
    pub(super) essay: EssayDraft,
}

impl RulesDraft {
    /// These rules where they say something, and those of the contest where they do not.
    pub(super) fn over(self, base: &Self) -> Self {
        Self {
            draw: self.draw.or_else(|| base.draw.clone()),
            points: self.points.or(base.points),
            paper_span: base.paper_span.clone().or(self.paper_span),
            time_limit: self.time_limit.or(base.time_limit),
            shuffle_questions: self.shuffle_questions.or(base.shuffle_questions),
            shuffle_options: self.shuffle_options.or(base.shuffle_options),
            all_answered: self.all_answered.or(base.all_answered),
            per_contest: self.per_contest.or_else(|| base.per_contest.clone()),
            per_round: self.per_round.or(base.per_round),
            counts: self.counts.or(base.counts),
            wait_s: self.wait_s.or(base.wait_s),
            feedback: self.feedback.or(base.feedback),
            late_finish: self.late_finish.or(base.late_finish),
            asks: self.asks.or_else(|| base.asks.clone()),
            counted: self.counted.or(base.counted),
            taken: self.taken.or(base.taken),
            asked: self.asked.or_else(|| base.asked.clone()),
            prediction_points: self.prediction_points.or_else(|| base.prediction_points.clone()),
            prediction_span: base.prediction_span.clone().or(self.prediction_span),
            min_score: self.min_score.or_else(|| base.min_score.clone()),
            has_order: self.has_order || base.has_order,
            ranking_span: base.ranking_span.clone().or(self.ranking_span),
            order: self.order.or_else(|| base.order.clone()),
            tie: self.tie.or(base.tie),
            person_round: self.person_round.or(base.person_round),
            person_phase: self.person_phase.or_else(|| base.person_phase.clone()),
            person_contest: self.person_contest.or_else(|| base.person_contest.clone()),
            person_keep: self.person_keep.or_else(|| base.person_keep.clone()),
            min_rounds: self.min_rounds.or_else(|| base.min_rounds.clone()),
            essay: self.essay.over(&base.essay),
        }
    }

    /// Whether every question has its points: from the paper, or from each line that was read.
    pub(super) fn has_points(&self) -> bool {
        let own = |draw: &At<Draw>| draw.value.lines.iter().all(|drawn| drawn.line.points.is_some());
        self.points.is_some() || self.draw.as_ref().is_some_and(own)
    }

    /// The quantity to predict, if any.
    pub(super) fn predicted(&self) -> Option<PredictedQuantity> {
        self.asks.as_ref().and_then(|asks| asks.value)
    }

    /// Whether a prediction is asked for and earns points.
    pub(super) fn earns_by_prediction(&self) -> bool {
        let points = self.prediction_points.as_ref();
        self.predicted().is_some() && points.is_some_and(|points| !points.value.is_none())
    }

    /// The rules with defaults for all that the file does not say.
    pub(super) fn resolve(&self) -> RoundRules {
        let asks = self.predicted();
        let counted = self.counted.unwrap_or(CountedPrediction::OfCountedAttempt);
        let lines = self.draw.iter().flat_map(|draw| &draw.value.lines);
        RoundRules {
            paper: PaperRules {
                draw: lines.map(|drawn| drawn.line.clone()).collect(),
                points: self.points.unwrap_or(MAX_POINTS),
                time_limit_s: self.time_limit.flatten(),
                shuffle: Shuffle {
                    questions: self.shuffle_questions.unwrap_or(true),
                    options: self.shuffle_options.unwrap_or(true),
                },
                all_answered: self.all_answered.unwrap_or(false),
            },
            attempts: AttemptRules {
                per_round: self.per_round.unwrap_or(Some(1)),
                per_contest: self.per_contest.as_ref().and_then(|limit| limit.value),
                counts: self.counts.unwrap_or(CountedAttempt::Best),
                wait_s: self.wait_s.unwrap_or(0),
                feedback: self.feedback.unwrap_or(Feedback::Score),
                late_finish: self.late_finish.unwrap_or(false),
            },
            prediction: asks.map(|asks| PredictionRules {
                asks,
                counted,
                taken: self.taken.unwrap_or_default(),
                asked: self.asked.as_ref().map(|asked| asked.value).unwrap_or_default(),
                points: self
                    .prediction_points
                    .as_ref()
                    .map(|points| points.value)
                    .unwrap_or_default(),
            }),
            essay: self.essay.resolve(),
            ranking: RankingRules {
                min_score: self
                    .min_score
                    .as_ref()
                    .map(|gate| gate.value)
                    .filter(|gate| *gate > 0),
                order: self
                    .order
                    .as_ref()
                    .map_or_else(|| default_order(asks.is_some()), |order| order.value.clone()),
                tie: self.tie.unwrap_or(TieRule::Board),
                per_person: PerPerson {
                    keep: self.person_keep.as_ref().map_or(Keep::First, |keep| keep.value),
                    round: self.person_round.flatten(),
                    phase: self.person_phase.as_ref().and_then(|cap| cap.value),
                    contest: self.person_contest.as_ref().and_then(|cap| cap.value),
                },
                min_rounds: self.min_rounds.as_ref().map_or(0, |least| least.value),
            },
        }
    }
}

/// The order over all rounds where only the rounds say theirs.
fn default_order(predicted: bool) -> Vec<RankKey> {
    let mut order = vec![RankKey {
        by: RankField::Score,
        direction: Direction::Desc,
    }];
    if predicted {
        order.push(RankKey {
            by: RankField::PredictionError,
            direction: Direction::Asc,
        });
    }
    order.extend([RankField::Duration, RankField::SubmittedAt].map(|by| RankKey {
        by,
        direction: Direction::Asc,
    }));
    order
}

/// The names of the five tables.
pub(super) const TABLES: [&str; 5] = ["paper", "attempts", "prediction", "essay", "ranking"];

/// The five tables under `parent`; `prefix` is empty for the contest and `round.` for a round.
pub(super) fn read_rules(reader: &mut Reader<'_, '_>, parent: &Table, prefix: &str) -> RulesDraft {
    let mut draft = RulesDraft::default();
    if let Some(table) = reader.subtable(parent, "paper") {
        read_paper(reader, table, &format!("[{prefix}paper]"), &mut draft);
    }
    if let Some(table) = reader.subtable(parent, "attempts") {
        read_attempts(reader, table, &format!("[{prefix}attempts]"), &mut draft);
    }
    if let Some(table) = reader.subtable(parent, "prediction") {
        super::prediction::read_prediction(reader, table, &format!("[{prefix}prediction]"), &mut draft);
    }
    if let Some(table) = reader.subtable(parent, "essay") {
        draft.essay = read_essay(reader, table, &format!("[{prefix}essay]"));
    }
    if let Some(table) = reader.subtable(parent, "ranking") {
        super::ranking::read_ranking(reader, table, &format!("[{prefix}ranking]"), &mut draft);
    }
    draft
}

fn read_paper(reader: &mut Reader<'_, '_>, table: &Table, name: &str, draft: &mut RulesDraft) {
    reader.only(
        table,
        name,
        &["draw", "points", "time_limit", "shuffle", "all_answered"],
    );
    draft.draw = table.get("draw").and_then(|node| read_draw(reader, node));
    let points = reader.number(table, "", "points", 1, i64::from(MAX_POINTS));
    draft.points = table
        .get("points")
        .map(|_| points.map_or(MAX_POINTS, |points| points.value));
    draft.all_answered = reader.boolean(table, "", "all_answered");
    draft.paper_span = Some(table.span.clone());
    draft.time_limit = table.get("time_limit").and_then(|node| match &node.value {
        Value::Text(text) if text == "none" => Some(None),
        _ => reader
            .duration(node, "time_limit", (30, "30s", 86_400, "24h"))
            .map(Some),
    });
    if let Some(shuffle) = reader.subtable(table, "shuffle") {
        reader.only(shuffle, "shuffle", &["questions", "options"]);
        draft.shuffle_questions = reader.boolean(shuffle, "shuffle.", "questions");
        draft.shuffle_options = reader.boolean(shuffle, "shuffle.", "options");
    }
}

fn read_draw(reader: &mut Reader<'_, '_>, node: &Node) -> Option<At<Draw>> {
    let items = reader.list(node, "draw")?;
    if items.is_empty() {
        reader.fault(&node.span, FaultCode::DrawEmpty {});
    }
    if items.len() > MAX_DRAW_LINES {
        let (count, limit) = (items.len() as u64, MAX_DRAW_LINES as u64);
        reader.fault(
            &node.span,
            FaultCode::TooManyEntries {
                key: "draw".to_owned(),
                count,
                limit,
            },
        );
    }
    let lines: Vec<DrawnLine> = items
        .iter()
        .take(MAX_DRAW_LINES)
        .filter_map(|item| read_draw_line(reader, item))
        .collect();
    let is_whole = !items.is_empty() && lines.len() == items.len();
    Some(At {
        value: Draw { lines, is_whole },
        span: node.span.clone(),
    })
}

fn read_draw_line(reader: &mut Reader<'_, '_>, node: &Node) -> Option<DrawnLine> {
    let table = reader.table(node, "draw")?;
    reader.only(table, "draw", &["set", "level", "count", "points"]);
    let set = reader.required(table, "draw", "set", "set = \"dang-bo\"");
    let count = reader.required(table, "draw", "count", "count = 5");
    let level = reader.optional_choice(table, "draw.", "level", &LEVELS);
    let points: Option<At<u32>> = reader.number(table, "draw.", "points", 1, i64::from(MAX_POINTS));
    let (set, count) = (set?, count?);
    let id = reader.slug(set, "draw.set");
    let number = reader.integer(count, "draw.count", 1, 100);
    let line = DrawLine {
        set: SetId(id?),
        level,
        count: u16::try_from(number?).ok()?,
        // As with the paper: a number that cannot be read must not make a sum too small.
        points: table
            .get("points")
            .map(|_| points.as_ref().map_or(MAX_POINTS, |points| points.value)),
    };
    Some(DrawnLine {
        line,
        set_span: set.span.clone(),
        count_span: count.span.clone(),
        points_span: points.map(|points| points.span),
    })
}

fn read_attempts(reader: &mut Reader<'_, '_>, table: &Table, name: &str, draft: &mut RulesDraft) {
    reader.only(
        table,
        name,
        &[
            "per_round",
            "per_contest",
            "counts",
            "wait",
            "feedback",
            "late_finish",
        ],
    );
    draft.per_round = table
        .get("per_round")
        .and_then(|node| reader.limit(node, "per_round", MAX_LIMIT));
    draft.per_contest = table.get("per_contest").and_then(|node| {
        let value = reader.limit(node, "per_contest", MAX_LIMIT)?;
        Some(At {
            value,
            span: node.span.clone(),
        })
    });
    let counts = [
        ("best", CountedAttempt::Best),
        ("first", CountedAttempt::First),
        ("last", CountedAttempt::Last),
        ("sum-of-rounds", CountedAttempt::SumOfRounds),
        ("sum", CountedAttempt::Sum),
        ("average", CountedAttempt::Average),
    ];
    draft.counts = reader.optional_choice(table, "", "counts", &counts);
    draft.wait_s = table
        .get("wait")
        .and_then(|node| reader.duration(node, "wait", (0, "0m", 30 * 86_400, "720h")));
    let feedback = [("none", Feedback::None), ("score", Feedback::Score)];
    draft.feedback = reader.optional_choice(table, "", "feedback", &feedback);
    draft.late_finish = reader.boolean(table, "", "late_finish");
}
