//! Which boxes the forms of the rules have, in the order of the page.
//!
//! Owns the table alone; every key is a key of `contest.toml`, and what it may hold is judged by the reader of that file.

use super::spec::{Group, Kind, Part, Rows, Section, Spec};

const fn one(key: &'static str, kind: Kind) -> Part {
    Part::One(Spec { key, kind })
}

const fn rows(key: &'static str, parts: &'static [Part], moves: bool) -> Part {
    Part::Many(Rows { key, parts, moves })
}

const fn group(name: &'static str, parts: &'static [Part]) -> Group {
    Group { name, parts }
}

/// Every section, in the order of the page.
pub const SECTIONS: [Section; 8] = [
    Section {
        slug: "chung",
        groups: &[
            group("general", GENERAL),
            group("answer-key", ANSWER_KEY),
            group("complaints", COMPLAINTS),
        ],
    },
    Section {
        slug: "doi-tuong",
        groups: &[
            group("entry", ENTRY),
            group("no-prize-group", NO_PRIZE_GROUPS),
            group("fields", FIELDS),
        ],
    },
    Section {
        slug: "vong",
        groups: &[group("rounds", ROUNDS), group("access", ACCESS)],
    },
    Section {
        slug: "de-thi",
        groups: &[group("paper", PAPER), group("essay", ESSAY)],
    },
    Section {
        slug: "luot-thi",
        groups: &[group("attempts", ATTEMPTS), group("prediction", PREDICTION)],
    },
    Section {
        slug: "xep-hang",
        groups: &[group("ranking", RANKING), group("overall", OVERALL)],
    },
    Section {
        slug: "giai",
        groups: &[
            group("prizes", PRIZES),
            group("prize-total", PRIZE_TOTAL),
            group("spread", SPREAD),
        ],
    },
    Section {
        slug: "giai-tap-the",
        groups: &[group("collective", COLLECTIVE)],
    },
];

/// What a round may have otherwise than the contest; keys are under that of the round.
pub const OWN_RULES: Section = Section {
    slug: "vong-rieng",
    groups: &[
        group("paper", PAPER),
        group("attempts", ATTEMPTS),
        group("prediction", PREDICTION),
        group("essay", ESSAY),
        group("ranking", RANKING),
    ],
};

/// The keys of the contest's own table about who may enter; the others of it are general.
pub const ENTRY_KEYS: [&str; 8] = [
    "min_age", "max_age", "open_to", "excluded", "no_prize", "accounts", "password", "fields",
];

/// Keys of the ranking with their directions, as people choose them.
pub const ORDERS: [&str; 10] = [
    "score desc",
    "prediction_error asc",
    "prediction_above asc",
    "prediction_above desc",
    "duration asc",
    "submitted_at asc",
    "attempts asc",
    "registered_at asc",
    "birth_date asc",
    "birth_date desc",
];

/// Measures of units that are not made of others.
pub const SIMPLE: &[&str] = &[
    "people",
    "attempts",
    "rate",
    "average-score",
    "total-score",
    "all-correct",
    "winners",
];

const MEASURES: &[&str] = &[
    "people",
    "attempts",
    "rate",
    "average-score",
    "total-score",
    "all-correct",
    "winners",
    "rank-points",
    "weighted",
];

const GENERAL: &[Part] = &[
    one("contest.title", Kind::Line),
    one("contest.organiser", Kind::Line),
    one("contest.description", Kind::Area),
    one("contest.hotline", Kind::Line),
    one("contest.rules", Kind::Rules),
    one("contest.accent", Kind::Choice(&["cham", "hoi", "dao"], "cham")),
    one("contest.data_deleted_by", Kind::Day),
];

const ANSWER_KEY: &[Part] = &[one(
    "contest.answer_key",
    Kind::Choice(&["never", "after-round", "after-contest"], "never"),
)];

const ENTRY: &[Part] = &[
    one("contest.min_age", Kind::Number),
    one("contest.max_age", Kind::Number),
    one("contest.open_to", Kind::Lines),
    one("contest.excluded", Kind::Lines),
    one("contest.no_prize", Kind::Lines),
    one("contest.accounts", Kind::Choice(&["open", "issued"], "open")),
    one("contest.password", Kind::Line),
];

const NO_PRIZE_GROUPS: &[Part] = &[rows(
    "no_prize_group",
    &[
        one("reason", Kind::Line),
        one("units", Kind::Lines),
        one("born_from", Kind::Day),
        one("born_to", Kind::Day),
        one("from", Kind::Day),
        one("to", Kind::Day),
    ],
    false,
)];

const FIELDS: &[Part] = &[
    one("contest.fields:national_id", Kind::Asked),
    one("contest.fields:sex", Kind::Asked),
    one("contest.fields:email", Kind::Asked),
    one("contest.fields:address", Kind::Asked),
    one("contest.fields:class", Kind::Asked),
    one("contest.fields:guardian_name", Kind::Asked),
    one("contest.fields:referral", Kind::Asked),
];

const ROUNDS: &[Part] = &[rows(
    "round",
    &[
        one("title", Kind::Line),
        one("phase", Kind::Line),
        one("opens", Kind::Moment),
        one("closes", Kind::Moment),
        one("by_hand", Kind::Truth(false)),
        one("qualifying.rounds", Kind::Numbers),
        one("qualifying.top", Kind::Number),
        one("qualifying.per_unit.count", Kind::Number),
        one("qualifying.per_unit.level", Kind::Number),
        one("qualifying.min_score", Kind::Number),
    ],
    false,
)];

const ACCESS: &[Part] = &[rows(
    "access",
    &[
        one("group", Kind::Line),
        one("units", Kind::Lines),
        one("bloc", Kind::Bloc),
        one("born_from", Kind::Day),
        one("born_to", Kind::Day),
        one("from", Kind::Moment),
        one("to", Kind::Moment),
    ],
    false,
)];

const PAPER: &[Part] = &[
    one("paper.points", Kind::Number),
    one("paper.time_limit", Kind::Length(true)),
    one("paper.shuffle.questions", Kind::Truth(true)),
    one("paper.shuffle.options", Kind::Truth(true)),
    one("paper.all_answered", Kind::Truth(false)),
    rows(
        "paper.draw",
        &[
            one("set", Kind::Set),
            one("level", Kind::Choice(&["", "easy", "medium", "hard"], "")),
            one("count", Kind::Number),
            one("points", Kind::Number),
        ],
        true,
    ),
];

const ATTEMPTS: &[Part] = &[
    one("attempts.per_round", Kind::Limit),
    one("attempts.per_contest", Kind::Limit),
    one(
        "attempts.counts",
        Kind::Choice(
            &["best", "first", "last", "sum", "average", "sum-of-rounds"],
            "best",
        ),
    ),
    one("attempts.wait", Kind::Length(false)),
    one("attempts.feedback", Kind::Choice(&["score", "none"], "score")),
    one("attempts.late_finish", Kind::Truth(false)),
];

const PREDICTION: &[Part] = &[
    one(
        "prediction.asks",
        Kind::Choice(
            &[
                "none",
                "attempts-in-round",
                "people-in-round",
                "people-all-correct",
                "attempts-all-correct",
            ],
            "none",
        ),
    ),
    one(
        "prediction.counted",
        Kind::Choice(
            &["of-counted-attempt", "first", "last", "locked-once"],
            "of-counted-attempt",
        ),
    ),
    one(
        "prediction.taken",
        Kind::Choice(
            &["before-disqualification", "after-disqualification"],
            "before-disqualification",
        ),
    ),
    one("prediction.asked", Kind::Choice(&["paper", "after"], "paper")),
    rows(
        "prediction.points",
        &[one("within", Kind::Number), one("points", Kind::Number)],
        true,
    ),
];

const ESSAY: &[Part] = &[
    one("essay.prompt", Kind::Prompt),
    one("essay.points", Kind::Number),
    one("essay.min_chars", Kind::Number),
    one("essay.max_chars", Kind::Number),
    one("essay.min_points", Kind::Number),
    one("essay.markers", Kind::Number),
    one("essay.max_difference", Kind::Limit),
];

const RANKING: &[Part] = &[
    one("ranking.gate.min_score", Kind::Number),
    one("ranking.tie", Kind::Choice(&["board", "draw"], "board")),
    one("ranking.per_person.round", Kind::Limit),
    one("ranking.per_person.phase", Kind::Limit),
    one("ranking.per_person.contest", Kind::Limit),
    one(
        "ranking.per_person.keep",
        Kind::Choice(&["first", "highest"], "first"),
    ),
    rows("ranking.order", &[one("", Kind::Order)], true),
];

/// What is not said here holds as in the ranking of rounds.
const OVERALL: &[Part] = &[
    one("overall.min_rounds", Kind::Number),
    one("overall.gate.min_score", Kind::Number),
    one("overall.tie", Kind::Choice(&["", "board", "draw"], "")),
    rows("overall.order", &[one("", Kind::Order)], true),
];

const PRIZES: &[Part] = &[rows(
    "prize",
    &[
        one("name", Kind::Line),
        one("scope", Kind::Choice(&["round", "contest"], "")),
        one("places", Kind::Number),
        one("value", Kind::Money),
        one("bloc", Kind::Bloc),
    ],
    true,
)];

const PRIZE_TOTAL: &[Part] = &[
    one("prize_total.places", Kind::Number),
    one("prize_total.value", Kind::Money),
];

const COMPLAINTS: &[Part] = &[
    one("complaints.within_days", Kind::Number),
    one("complaints.answer_days", Kind::Number),
];

const SPREAD: &[Part] = &[
    one("spread.min_attempts", Kind::Number),
    one("spread.cap", Kind::Limit),
    rows(
        "spread_prize",
        &[
            one("name", Kind::Line),
            one("places", Kind::Number),
            one("value", Kind::Money),
            one("min_newcomers", Kind::Number),
        ],
        true,
    ),
];

const COLLECTIVE: &[Part] = &[rows(
    "collective_prize",
    &[
        one("name", Kind::Line),
        one("scope", Kind::Choice(&["round", "contest"], "")),
        one("places", Kind::Number),
        one("value", Kind::Money),
        one("by", Kind::Choice(MEASURES, "")),
        rows(
            "of",
            &[one("by", Kind::Choice(SIMPLE, "")), one("weight", Kind::Number)],
            false,
        ),
        one("top", Kind::Number),
        rows("then", &[one("", Kind::Choice(SIMPLE, ""))], true),
        one("level", Kind::Number),
        one("bloc", Kind::Bloc),
        one("min_people", Kind::Number),
        one("min_winners", Kind::Number),
        one("min_rate", Kind::Rate),
        rows(
            "min_rates",
            &[one("below", Kind::Number), one("rate", Kind::Rate)],
            true,
        ),
    ],
    true,
)];
