//! Writing a contest as `contest.toml`: the same definition is read back from it.
//!
//! Owns what is said once for all rounds and what a round overrides; leaves the text to `sketch_text`, and the wording of
//! official papers to their own files.
//!
//! A definition holds the whole rules of each round. What most rounds rank by is written for all of them, what the others do
//! otherwise is written in the round, and what the ranking over all rounds does otherwise in `[overall]`.

use super::sketch::{Sketch, Sketched};
use super::write_rules::{base_ranking, overall_table, round_tables, rules_tables};
use crate::domain::access::AccessWindow;
use crate::domain::account::Accounts;
use crate::domain::contest::{
    Accent, CollectivePrize, ComplaintRules, ContestDefinition, EntryRules, Field, FieldRules,
    KeyPublication, Prize, Qualifying, RateBand, RoundDefinition, Scope, SpreadPrize, SpreadRules,
};
use crate::domain::exclusion::BarredGroup;
use std::collections::BTreeSet;
use time::format_description::well_known::Rfc3339;
use time::macros::offset;
use time::{Date, OffsetDateTime};

/// The contest as its file, papers apart.
pub fn write_contest_toml(definition: &ContestDefinition) -> String {
    sketch_of(definition).write()
}

/// The contest as the tree of its file, papers apart.
pub fn sketch_of(definition: &ContestDefinition) -> Sketch {
    let mut root = vec![("contest".to_owned(), contest_table(definition))];
    let base = base_ranking(definition);
    root.extend(rules_tables(definition, &base));
    root.extend(
        overall_table(&definition.rules_default.ranking, &base).map(|table| ("overall".to_owned(), table)),
    );
    let mut rows = |key: &str, rows: Vec<Sketched>| {
        if !rows.is_empty() {
            root.push((key.to_owned(), Sketched::List(rows)));
        }
    };
    rows("prize", definition.prizes.iter().map(prize_table).collect());
    rows(
        "collective_prize",
        definition
            .collective_prizes
            .iter()
            .map(collective_table)
            .collect(),
    );
    let groups = &definition.entry.no_prize_groups;
    rows("no_prize_group", groups.iter().map(barred_table).collect());
    rows(
        "access",
        definition.entry.access.iter().map(access_table).collect(),
    );
    let spread_prizes = definition.spread.iter().flat_map(|spread| &spread.prizes);
    rows("spread_prize", spread_prizes.map(spread_prize_table).collect());
    let rounds = definition.rounds.iter();
    rows(
        "round",
        rounds.map(|round| round_table(definition, round)).collect(),
    );
    let spread = definition.spread.as_ref().map(spread_table);
    root.extend(spread.map(|table| ("spread".to_owned(), table)));
    let complaints = definition.complaints.map(complaints_table);
    root.extend(complaints.map(|table| ("complaints".to_owned(), table)));
    Sketch(Sketched::Table(root))
}

fn contest_table(definition: &ContestDefinition) -> Sketched {
    let text = |text: &Option<String>| text.clone().map(Sketched::Text);
    let EntryRules {
        max_age,
        open_to,
        excluded,
        no_prize,
        no_prize_groups: _,
        accounts,
        password,
        access: _,
    } = &definition.entry;
    let accent = match definition.accent {
        Accent::Cham => "cham",
        Accent::Hoi => "hoi",
        Accent::Dao => "dao",
    };
    Sketched::table([
        ("title", Some(Sketched::text(&definition.title))),
        ("organiser", Some(Sketched::text(&definition.organiser))),
        ("description", text(&definition.description)),
        ("hotline", text(&definition.hotline)),
        ("min_age", definition.min_age.map(Sketched::number)),
        ("max_age", max_age.map(Sketched::number)),
        ("open_to", texts(open_to)),
        ("excluded", texts(excluded)),
        ("no_prize", texts(no_prize)),
        ("accounts", accounts_word(*accounts)),
        ("password", text(password)),
        ("fields", Some(fields_table(&definition.fields))),
        ("accent", Some(Sketched::text(accent))),
        ("answer_key", key_publication(definition.answer_key)),
        (
            "data_deleted_by",
            definition
                .data_deleted_by
                .map(|day| Sketched::Text(day.to_string())),
        ),
        ("rules", text(&definition.rules)),
    ])
}

fn barred_table(group: &BarredGroup) -> Sketched {
    let day = |day: Option<Date>| day.map(|day| Sketched::Text(day.to_string()));
    Sketched::table([
        ("reason", Some(Sketched::text(&group.reason))),
        ("units", texts(&group.units)),
        ("born_from", day(group.born_from)),
        ("born_to", day(group.born_to)),
        ("from", day(group.from)),
        ("to", day(group.to)),
    ])
}

fn access_table(window: &AccessWindow) -> Sketched {
    let day = |day: Option<Date>| day.map(|day| Sketched::Text(day.to_string()));
    Sketched::table([
        ("group", Some(Sketched::text(&window.group))),
        ("units", texts(&window.units)),
        ("bloc", window.bloc.clone().map(Sketched::Text)),
        ("born_from", day(window.born_from)),
        ("born_to", day(window.born_to)),
        ("from", Some(moment(window.from))),
        ("to", Some(moment(window.to))),
    ])
}

fn accounts_word(accounts: Accounts) -> Option<Sketched> {
    match accounts {
        Accounts::Open => None,
        Accounts::Issued => Some(Sketched::text("issued")),
    }
}

fn key_publication(when: KeyPublication) -> Option<Sketched> {
    match when {
        KeyPublication::Never => None,
        KeyPublication::AfterRound => Some(Sketched::text("after-round")),
        KeyPublication::AfterContest => Some(Sketched::text("after-contest")),
    }
}

/// A list of texts; nothing for none.
fn texts(texts: &[String]) -> Option<Sketched> {
    let items: Vec<Sketched> = texts.iter().map(Sketched::text).collect();
    (!items.is_empty()).then_some(Sketched::List(items))
}

fn fields_table(fields: &FieldRules) -> Sketched {
    let names =
        |set: &BTreeSet<Field>| -> Vec<String> { set.iter().map(|field| field.name().to_owned()).collect() };
    Sketched::table([
        ("required", texts(&names(&fields.required))),
        ("optional", texts(&names(&fields.optional))),
    ])
}

fn scope(scope: Scope) -> Option<Sketched> {
    Some(Sketched::text(match scope {
        Scope::Round => "round",
        Scope::Contest => "contest",
    }))
}

fn prize_table(prize: &Prize) -> Sketched {
    Sketched::table([
        ("scope", scope(prize.scope)),
        ("name", Some(Sketched::text(&prize.name))),
        ("places", Some(Sketched::number(prize.places))),
        ("value", prize.value.map(Sketched::number)),
        ("bloc", prize.bloc.clone().map(Sketched::Text)),
    ])
}

fn collective_table(prize: &CollectivePrize) -> Sketched {
    let parts = prize.of.iter().map(|part| {
        Sketched::table([
            ("by", Some(Sketched::text(part.by.name()))),
            ("weight", Some(Sketched::number(part.weight))),
        ])
    });
    let then: Vec<String> = prize.then.iter().map(|by| by.name().to_owned()).collect();
    let made_of_ranks = prize.top > 0;
    Sketched::table([
        ("scope", scope(prize.scope)),
        ("name", Some(Sketched::text(&prize.name))),
        ("places", Some(Sketched::number(prize.places))),
        ("value", prize.value.map(Sketched::number)),
        ("by", Some(Sketched::text(prize.by.name()))),
        ("of", some_rows(parts.collect())),
        ("top", made_of_ranks.then(|| Sketched::number(prize.top))),
        ("then", texts(&then)),
        ("level", Some(Sketched::number(prize.level))),
        ("bloc", prize.bloc.clone().map(Sketched::Text)),
        ("min_rate", prize.min_rate_bp.map(rate)),
        (
            "min_rates",
            some_rows(prize.conditions.bands.iter().map(band_table).collect()),
        ),
        ("min_people", prize.conditions.min_people.map(Sketched::number)),
        ("min_winners", prize.conditions.min_winners.map(Sketched::number)),
    ])
}

fn spread_table(spread: &SpreadRules) -> Sketched {
    Sketched::table([
        ("min_attempts", Some(Sketched::number(spread.min_attempts))),
        ("cap", spread.cap.map(Sketched::number)),
    ])
}

fn complaints_table(rules: ComplaintRules) -> Sketched {
    Sketched::table([
        ("within_days", Some(Sketched::number(rules.within_days))),
        ("answer_days", Some(Sketched::number(rules.answer_days))),
    ])
}

fn spread_prize_table(prize: &SpreadPrize) -> Sketched {
    Sketched::table([
        ("name", Some(Sketched::text(&prize.name))),
        ("places", Some(Sketched::number(prize.places))),
        ("value", prize.value.map(Sketched::number)),
        ("min_newcomers", Some(Sketched::number(prize.min_newcomers))),
    ])
}

fn some_rows(rows: Vec<Sketched>) -> Option<Sketched> {
    (!rows.is_empty()).then_some(Sketched::List(rows))
}

fn band_table(band: &RateBand) -> Sketched {
    Sketched::table([
        ("below", band.below.map(Sketched::number)),
        ("rate", Some(rate(band.min_rate_bp))),
    ])
}

/// Ten-thousandths as a decimal.
fn rate(ten_thousandths: u32) -> Sketched {
    let (whole, part) = (ten_thousandths / 10_000, ten_thousandths % 10_000);
    let decimals = format!("{part:04}");
    Sketched::Plain(match decimals.trim_end_matches('0') {
        "" => whole.to_string(),
        decimals => format!("{whole}.{decimals}"),
    })
}

fn round_table(definition: &ContestDefinition, round: &RoundDefinition) -> Sketched {
    let mut table = Sketched::table([
        ("number", Some(Sketched::number(round.number))),
        ("title", Some(Sketched::text(&round.title))),
        ("phase", round.phase.clone().map(Sketched::Text)),
        ("opens", Some(moment(round.opens_at))),
        ("closes", Some(moment(round.closes_at))),
        ("by_hand", round.by_hand.then(|| Sketched::truth(true))),
        ("qualifying", round.qualifying.as_ref().map(qualifying_table)),
    ]);
    if let Sketched::Table(entries) = &mut table {
        entries.extend(round_tables(definition, &base_ranking(definition), &round.rules));
    }
    table
}

/// As people in Vietnam read it.
fn moment(at: OffsetDateTime) -> Sketched {
    // Of the years that a file may name there is none that cannot be written so.
    Sketched::Text(at.to_offset(offset!(+7)).format(&Rfc3339).unwrap_or_default())
}

fn qualifying_table(who: &Qualifying) -> Sketched {
    let rounds = who.rounds.iter().map(|number| Sketched::number(*number));
    let per_unit = who.per_unit.map(|(level, count)| {
        Sketched::table([
            ("level", Some(Sketched::number(level))),
            ("count", Some(Sketched::number(count))),
        ])
    });
    Sketched::table([
        ("rounds", Some(Sketched::List(rounds.collect()))),
        ("top", who.top.map(Sketched::number)),
        ("per_unit", per_unit),
        ("min_score", who.min_score.map(Sketched::number)),
    ])
}
