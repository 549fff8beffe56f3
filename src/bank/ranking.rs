//! The table `[ranking]`: gate, order, ties and prizes per person.
//!
//! Owns its keys; leaves defaults and merging to `rules`.

use super::code::FaultCode;
use super::format::{At, Reader};
use super::node::{Node, Table, Value};
use super::rules::{MAX_LIMIT, RulesDraft};
use crate::domain::contest::{Direction, Keep, RankField, RankKey, TieRule};

/// The name of the ranking over all rounds.
pub(super) const OVERALL: &str = "[overall]";

/// Reads the table called `name` into the draft.
pub(super) fn read_ranking(reader: &mut Reader<'_, '_>, table: &Table, name: &str, draft: &mut RulesDraft) {
    let is_overall = name == OVERALL;
    let mut known = vec!["gate", "order", "tie", "per_person"];
    known.extend(is_overall.then_some("min_rounds"));
    reader.only(table, name, &known);
    if let Some(gate) = reader.subtable(table, "gate") {
        reader.only(gate, "gate", &["min_score"]);
        draft.min_score = reader.number(gate, "gate.", "min_score", 0, 1_000_000);
    }
    draft.has_order = table.get("order").is_some();
    draft.ranking_span = Some(table.span.clone());
    draft.order = table.get("order").and_then(|node| read_order(reader, node));
    draft.tie = reader.optional_choice(
        table,
        "",
        "tie",
        &[("board", TieRule::Board), ("draw", TieRule::Draw)],
    );
    if let Some(person) = reader.subtable(table, "per_person") {
        reader.only(person, "per_person", &["round", "phase", "contest", "keep"]);
        let keeps = [Keep::First, Keep::Highest].map(|keep| (keep.name(), keep));
        draft.person_keep = person.get("keep").and_then(|node| {
            Some(At {
                value: reader.choice(node, "per_person.keep", &keeps)?,
                span: node.span.clone(),
            })
        });
        let mut limit = |key: &str| {
            let node = person.get(key)?;
            let value = reader.limit(node, &format!("per_person.{key}"), MAX_LIMIT)?;
            Some(At {
                value,
                span: node.span.clone(),
            })
        };
        draft.person_round = limit("round").map(|cap| cap.value);
        draft.person_phase = limit("phase");
        draft.person_contest = limit("contest");
    }
    if is_overall {
        draft.min_rounds = reader.number(table, "", "min_rounds", 1, 1_000);
    }
}

fn read_order(reader: &mut Reader<'_, '_>, node: &Node) -> Option<At<Vec<RankKey>>> {
    let items = reader.list(node, "order")?;
    if items.is_empty() {
        reader.fault(&node.span, FaultCode::OrderEmpty {});
        return None;
    }
    let mut order: Vec<RankKey> = Vec::new();
    for item in items.iter().take(100) {
        let Some(key) = read_order_key(reader, item) else {
            continue;
        };
        if order.iter().any(|earlier| earlier.by == key.by) {
            reader.fault(
                &item.span,
                FaultCode::OrderDuplicate {
                    key: key.by.name().to_owned(),
                },
            );
            continue;
        }
        order.push(key);
    }
    Some(At {
        value: order,
        span: node.span.clone(),
    })
}

fn read_order_key(reader: &mut Reader<'_, '_>, item: &Node) -> Option<RankKey> {
    let text = reader.text(item, "order", 100)?;
    let mut words = text.split_whitespace();
    let (name, direction, rest) = (words.next().unwrap_or_default(), words.next(), words.next());
    let named = Node {
        value: Value::Text(name.to_owned()),
        span: item.span.clone(),
    };
    let by = reader.choice(
        &named,
        "order",
        &RankField::ALL.map(|field| (field.name(), field)),
    )?;
    let direction = match (direction, rest) {
        (Some("asc"), None) => Direction::Asc,
        (Some("desc"), None) => Direction::Desc,
        _ => {
            reader.fault(&item.span, FaultCode::OrderDirection { value: text });
            return None;
        }
    };
    let usual = match by {
        RankField::Score => Direction::Desc,
        // Either may be meant: the smaller or the larger guess, the older or the younger.
        RankField::PredictionAbove | RankField::BirthDate => direction,
        RankField::PredictionError
        | RankField::Duration
        | RankField::SubmittedAt
        | RankField::Attempts
        | RankField::RegisteredAt => Direction::Asc,
    };
    if direction != usual {
        let usual = if usual == Direction::Desc { "desc" } else { "asc" };
        reader.fault(
            &item.span,
            FaultCode::OrderUnusual {
                key: by.name().to_owned(),
                usual,
            },
        );
    }
    Some(RankKey { by, direction })
}
