//! The table `[essay]`, of the contest and of a round that overrides it: what is to be written and how it is marked.
//!
//! Owns its keys, their merging key by key, what they contradict among each other and in the order, and the written form.
//!
//! `prompt` and `points` must be said. Defaults of the rest: `min_chars` 0 (any text is marked); `max_chars` 10000;
//! `min_points` 0 (no gate); `markers` 1; `max_difference` "unlimited". `prompt = "none"` takes back in a round what the
//! contest says.

use super::code::FaultCode;
use super::format::{At, Reader};
use super::node::{Node, Table, Value};
use super::sketch::Sketched;
use crate::domain::contest::{EssayRules, Markers, RankField, RankKey};
use crate::domain::essay::MAX_CHARS;
use std::ops::Range;

/// Characters of a prompt.
const MAX_PROMPT: usize = 4_000;
/// Most points of a mark.
const MAX_POINTS: u16 = 1_000;
/// Fewest characters that an essay must be allowed to have.
const LEAST_MAX_CHARS: i64 = 100;
/// Characters that may be written where the file does not say.
const DEFAULT_MAX_CHARS: u32 = 10_000;

/// What the file says of the essay; `None` where it is silent.
#[derive(Debug, Clone, Default)]
pub(super) struct EssayDraft {
    /// What is asked; `None` inside where nothing is.
    prompt: Option<Option<String>>,
    /// `prompt` is written, if not one that can be read.
    has_prompt: bool,
    points: Option<At<u16>>,
    has_points: bool,
    min_chars: Option<At<u32>>,
    max_chars: Option<At<u32>>,
    min_points: Option<At<u16>>,
    markers: Option<u16>,
    max_difference: Option<At<Option<u16>>>,
    /// Where `[essay]` stands.
    span: Option<Range<usize>>,
}

/// Reads the table called `name`.
pub(super) fn read_essay(reader: &mut Reader<'_, '_>, table: &Table, name: &str) -> EssayDraft {
    let known = [
        "prompt",
        "points",
        "min_chars",
        "max_chars",
        "min_points",
        "markers",
        "max_difference",
    ];
    reader.only(table, name, &known);
    let most = i64::from(MAX_CHARS);
    let markers = reader.number::<u16>(table, "", "markers", 1, 2);
    EssayDraft {
        prompt: table.get("prompt").and_then(|node| read_prompt(reader, node)),
        has_prompt: table.get("prompt").is_some(),
        points: reader.number(table, "", "points", 1, i64::from(MAX_POINTS)),
        has_points: table.get("points").is_some(),
        min_chars: reader.number(table, "", "min_chars", 0, most),
        max_chars: reader.number(table, "", "max_chars", LEAST_MAX_CHARS, most),
        min_points: reader.number(table, "", "min_points", 0, i64::from(MAX_POINTS)),
        markers: markers.map(|count| count.value),
        max_difference: table.get("max_difference").and_then(|node| {
            let value = reader.limit(node, "max_difference", MAX_POINTS)?;
            let span = node.span.clone();
            Some(At { value, span })
        }),
        span: Some(table.span.clone()),
    }
}

fn read_prompt(reader: &mut Reader<'_, '_>, node: &Node) -> Option<Option<String>> {
    match &node.value {
        Value::Text(text) if text == "none" => Some(None),
        _ => reader.text(node, "prompt", MAX_PROMPT).map(Some),
    }
}

impl EssayDraft {
    /// This essay where it says something, and that of the contest where it does not.
    pub(super) fn over(self, base: &Self) -> Self {
        Self {
            prompt: self.prompt.or_else(|| base.prompt.clone()),
            has_prompt: self.has_prompt || base.has_prompt,
            points: self.points.or_else(|| base.points.clone()),
            has_points: self.has_points || base.has_points,
            min_chars: self.min_chars.or_else(|| base.min_chars.clone()),
            max_chars: self.max_chars.or_else(|| base.max_chars.clone()),
            min_points: self.min_points.or_else(|| base.min_points.clone()),
            markers: self.markers.or(base.markers),
            max_difference: self.max_difference.or_else(|| base.max_difference.clone()),
            span: self.span.or_else(|| base.span.clone()),
        }
    }

    /// The essay with defaults for all that the file does not say; `None` where none is asked for.
    pub(super) fn resolve(&self) -> Option<EssayRules> {
        let prompt = self.prompt.clone().flatten()?;
        let max_difference = self.max_difference.as_ref().and_then(|most| most.value);
        Some(EssayRules {
            prompt,
            min_chars: self.min_chars.as_ref().map_or(0, |least| least.value),
            max_chars: self
                .max_chars
                .as_ref()
                .map_or(DEFAULT_MAX_CHARS, |most| most.value),
            points: self.points.as_ref().map_or(MAX_POINTS, |points| points.value),
            min_points: self
                .min_points
                .as_ref()
                .map(|least| least.value)
                .filter(|least| *least > 0),
            markers: match self.markers {
                Some(2) => Markers::Two { max_difference },
                _ => Markers::One,
            },
        })
    }

    /// What the essay contradicts in itself and in the order of people.
    pub(super) fn check(
        &self,
        mut note: impl FnMut(&Range<usize>, FaultCode),
        order: Option<&At<Vec<RankKey>>>,
    ) {
        let Some(span) = &self.span else { return };
        if self.prompt == Some(None) {
            return;
        }
        for (said, key, example) in [
            (
                self.has_prompt,
                "prompt",
                "prompt = \"Viết về một người con của quê hương.\"",
            ),
            (self.has_points, "points", "points = 30"),
        ] {
            if !said {
                let (key, table) = (key.to_owned(), "[essay]".to_owned());
                note(span, FaultCode::MissingKey { key, table, example });
            }
        }
        let Some(essay) = self.resolve() else { return };
        if let Some(least) = self
            .min_chars
            .as_ref()
            .filter(|least| least.value > essay.max_chars)
        {
            let (min_chars, max_chars) = (u64::from(least.value), u64::from(essay.max_chars));
            note(&least.span, FaultCode::EssayLengths { min_chars, max_chars });
        }
        if let Some(least) = self
            .min_points
            .as_ref()
            .filter(|least| least.value > essay.points)
        {
            let (min_points, points) = (u64::from(least.value), u64::from(essay.points));
            note(&least.span, FaultCode::EssayGate { min_points, points });
        }
        self.check_difference(&mut note, &essay);
        let counts = |order: &At<Vec<RankKey>>| order.value.iter().any(|key| key.by == RankField::Score);
        if let Some(order) = order.filter(|order| !counts(order) && essay.min_points.is_none()) {
            note(&order.span, FaultCode::EssayUnranked {});
        }
    }

    fn check_difference(&self, note: &mut impl FnMut(&Range<usize>, FaultCode), essay: &EssayRules) {
        let Some((most, span)) = self
            .max_difference
            .as_ref()
            .and_then(|most| Some((most.value?, &most.span)))
        else {
            return;
        };
        if essay.markers == Markers::One {
            note(span, FaultCode::EssayOneMarker {});
        } else if most >= essay.points {
            let (max_difference, points) = (u64::from(most), u64::from(essay.points));
            note(
                span,
                FaultCode::EssayDifference {
                    max_difference,
                    points,
                },
            );
        }
    }
}

/// What differs from `than`; all of it where there is nothing to differ from.
pub(super) fn essay_table(own: Option<&EssayRules>, than: Option<&EssayRules>) -> Sketched {
    let Some(own) = own else {
        let none = than.map(|_| Sketched::text("none"));
        return Sketched::table([("prompt", none)]);
    };
    let differs = |same: fn(&EssayRules, &EssayRules) -> bool| than.is_none_or(|than| !same(own, than));
    let limit = |most: Option<u16>| most.map_or_else(|| Sketched::text("unlimited"), Sketched::number);
    // What holds where nothing is said is written only against something else.
    let min_chars = than.map_or(own.min_chars > 0, |than| own.min_chars != than.min_chars);
    let min_points = than.map_or(own.min_points.is_some(), |than| own.min_points != than.min_points);
    let difference = own.markers.max_difference();
    let has_difference = than.map_or(difference.is_some(), |than| {
        difference != than.markers.max_difference()
    });
    Sketched::table([
        (
            "prompt",
            differs(|a, b| a.prompt == b.prompt).then(|| Sketched::text(&own.prompt)),
        ),
        (
            "points",
            differs(|a, b| a.points == b.points).then(|| Sketched::number(own.points)),
        ),
        ("min_chars", min_chars.then(|| Sketched::number(own.min_chars))),
        (
            "max_chars",
            differs(|a, b| a.max_chars == b.max_chars).then(|| Sketched::number(own.max_chars)),
        ),
        (
            "min_points",
            min_points.then(|| Sketched::number(own.min_points.unwrap_or(0))),
        ),
        (
            "markers",
            differs(|a, b| a.markers.count() == b.markers.count())
                .then(|| Sketched::number(own.markers.count())),
        ),
        ("max_difference", has_difference.then(|| limit(difference))),
    ])
}
