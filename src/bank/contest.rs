//! `contest.toml`: the table `[contest]` and what joins the others to a definition.
//!
//! Owns title, fields and everything else of `[contest]`; leaves rules to `rules`, rounds to `rounds`, prizes to `prizes`
//! and checks against questions and units to `feasible`.

use super::access::{AccessDraft, read_access};
use super::barred::{BarredDraft, read_barred};
use super::code::FaultCode;
use super::complaints::read_complaints;
use super::consistent::{check_caps, check_overall};
use super::entry::read_entry;
use super::format::Reader;
use super::node::{Node, Table};
use super::prizes::{PrizesDraft, read_prizes};
use super::ranking::{OVERALL, read_ranking};
use super::rounds::{RoundDraft, check_rounds, read_rounds};
use super::rules::{RulesDraft, TABLES, read_rules};
use super::source::Sheet;
use super::spread::{SpreadDraft, read_spread};
use super::syntax::parse_toml;
use crate::domain::account::Accounts;
use crate::domain::contest::{
    Accent, ComplaintRules, ContestDefinition, EntryRules, Field, FieldRules, KeyPublication, RoundRules,
};
use crate::domain::official::Papers;
use std::collections::BTreeSet;
use time::Date;

/// The name of the file inside the contest directory.
pub(super) const FILE: &str = "contest.toml";

/// When the key may be shown to everybody.
const KEYS: [(&str, KeyPublication); 3] = [
    ("never", KeyPublication::Never),
    ("after-round", KeyPublication::AfterRound),
    ("after-contest", KeyPublication::AfterContest),
];

/// What the file says; complete enough for a definition when no error was noted.
pub(super) struct ContestDraft {
    title: Option<String>,
    organiser: Option<String>,
    description: Option<String>,
    rules: Option<String>,
    hotline: Option<String>,
    data_deleted_by: Option<Date>,
    min_age: Option<u8>,
    entry: EntryRules,
    accent: Accent,
    answer_key: KeyPublication,
    fields: FieldRules,
    pub(super) base: RulesDraft,
    /// The contest's ranking with what `[overall]` overrides.
    overall: RulesDraft,
    pub(super) rounds: Vec<RoundDraft>,
    pub(super) prizes: PrizesDraft,
    spread: SpreadDraft,
    pub(super) barred: BarredDraft,
    pub(super) access: AccessDraft,
    complaints: Option<ComplaintRules>,
    /// The bytes of `[contest]`, for faults of the contest as a whole.
    pub(super) span: std::ops::Range<usize>,
}

/// Reads the whole file.
pub(super) fn read_file(sheet: &mut Sheet<'_>) -> ContestDraft {
    let root = parse_toml(sheet);
    let mut reader = Reader::new(sheet);
    let own = [
        "contest",
        "overall",
        "prize",
        "collective_prize",
        "prize_total",
        "round",
        "spread",
        "spread_prize",
        "no_prize_group",
        "access",
        "complaints",
    ];
    reader.only(&root, FILE, &[own.as_slice(), TABLES.as_slice()].concat());
    let contest = match root.get("contest") {
        Some(node) => reader.table(node, "contest").cloned(),
        None => None,
    };
    if root.get("contest").is_none() && !reader.sheet.is_broken() {
        let (key, table) = ("contest".to_owned(), FILE.to_owned());
        reader.fault(
            &(0..0),
            FaultCode::MissingKey {
                key,
                table,
                example: "[contest]",
            },
        );
    }
    let mut draft = read_contest(&mut reader, &contest.unwrap_or_default());
    draft.base = read_rules(&mut reader, &root, "");
    draft.rounds = read_rounds(&mut reader, &root, &draft.base);
    draft.prizes = read_prizes(&mut reader, &root);
    draft.barred = read_barred(&mut reader, &root);
    draft.access = read_access(&mut reader, &root, &draft.rounds);
    draft.spread = read_spread(&mut reader, &root);
    draft.complaints = read_complaints(&mut reader, &root);
    draft.spread.check(&mut reader, &draft.base, &draft.rounds);
    if draft.entry.accounts == Accounts::Issued {
        draft.spread.refuse_for_issued(&mut reader);
    }
    let mut overall = RulesDraft::default();
    if let Some(table) = reader.subtable(&root, "overall") {
        read_ranking(&mut reader, table, OVERALL, &mut overall);
    }
    check_overall(&mut reader, &overall, draft.rounds.len());
    draft.overall = overall.over(&draft.base);
    check_caps(&mut reader, &draft.base, &draft.rounds);
    check_rounds(&mut reader, &draft.rounds, &draft.base, &draft.span);
    draft
}

fn read_contest(reader: &mut Reader<'_, '_>, table: &Table) -> ContestDraft {
    const NAME: &str = "[contest]";
    let known = [
        "title",
        "organiser",
        "description",
        "rules",
        "hotline",
        "data_deleted_by",
        "min_age",
        "max_age",
        "open_to",
        "excluded",
        "no_prize",
        "accounts",
        "password",
        "accent",
        "answer_key",
        "fields",
    ];
    reader.only(table, NAME, &known);
    let mut required = |key: &str, example: &'static str, limit: usize| {
        // An absent [contest] is one fault, not three.
        let node = if table.entries.is_empty() {
            None
        } else {
            reader.required(table, NAME, key, example)
        }?;
        reader.text(node, key, limit)
    };
    let title = required("title", "title = \"Tìm hiểu lịch sử tỉnh nhà\"", 300);
    let organiser = required("organiser", "organiser = \"Ban Tuyên giáo Tỉnh ủy\"", 300);
    let min_age = reader.number(table, "", "min_age", 5, 100).map(|age| age.value);
    let accents = [("cham", Accent::Cham), ("hoi", Accent::Hoi), ("dao", Accent::Dao)];
    ContestDraft {
        title,
        organiser,
        description: reader.optional_text(table, "description", 2_000),
        rules: reader.optional_text(table, "rules", 100_000),
        hotline: reader.optional_text(table, "hotline", 200),
        data_deleted_by: table
            .get("data_deleted_by")
            .and_then(|node| reader.date(node, "data_deleted_by")),
        min_age,
        entry: read_entry(reader, table, min_age),
        accent: reader
            .optional_choice(table, "", "accent", &accents)
            .unwrap_or_default(),
        answer_key: reader
            .optional_choice(table, "", "answer_key", &KEYS)
            .unwrap_or_default(),
        fields: read_fields(reader, table),
        base: RulesDraft::default(),
        overall: RulesDraft::default(),
        rounds: Vec::new(),
        prizes: PrizesDraft::default(),
        spread: SpreadDraft::default(),
        barred: BarredDraft::default(),
        access: AccessDraft::default(),
        complaints: None,
        span: table.span.clone(),
    }
}

/// The fields asked for.
fn read_fields(reader: &mut Reader<'_, '_>, contest: &Table) -> FieldRules {
    let example = "fields = { required = [\"full_name\", \"birth_date\", \"phone\", \"unit\"] }";
    // An absent [contest] is one fault already.
    let node = match contest.entries.is_empty() {
        true => None,
        false => reader.required(contest, "[contest]", "fields", example),
    };
    let always = || FieldRules {
        required: Field::ALWAYS.into(),
        optional: BTreeSet::new(),
    };
    let Some(table) = node.and_then(|node| reader.table(node, "fields")) else {
        return always();
    };
    reader.only(table, "fields", &["required", "optional"]);
    let required = table
        .get("required")
        .map(|node| read_field_list(reader, node, "fields.required", &BTreeSet::new()));
    let required = required.unwrap_or_else(|| always().required);
    let optional = table
        .get("optional")
        .map(|node| read_field_list(reader, node, "fields.optional", &required));
    let missing: Vec<String> = Field::ALWAYS
        .iter()
        .filter(|field| !required.contains(field))
        .map(|field| field.name().to_owned())
        .collect();
    if !missing.is_empty() {
        let span = table
            .get("required")
            .map_or(&table.span, |node| &node.span)
            .clone();
        reader.fault(&span, FaultCode::FieldsAlways { fields: missing });
    }
    FieldRules {
        required,
        optional: optional.unwrap_or_default(),
    }
}

fn read_field_list(
    reader: &mut Reader<'_, '_>,
    node: &Node,
    key: &str,
    taken: &BTreeSet<Field>,
) -> BTreeSet<Field> {
    let mut fields = BTreeSet::new();
    for item in reader.list(node, key).unwrap_or_default() {
        let Some(field) = reader.choice(item, key, &Field::ALL.map(|field| (field.name(), field))) else {
            continue;
        };
        let name = field.name().to_owned();
        if taken.contains(&field) {
            reader.fault(&item.span, FaultCode::FieldTwice { field: name });
        } else if !fields.insert(field) {
            reader.fault(&item.span, FaultCode::FieldRepeated { field: name });
        }
    }
    fields
}

impl ContestDraft {
    /// The definition; `None` when something essential is missing, which has been noted then.
    pub(super) fn finish(self, slug: &str) -> Option<ContestDefinition> {
        let rounds: Option<Vec<_>> = self.rounds.into_iter().map(|round| round.finish()).collect();
        Some(ContestDefinition {
            slug: slug.to_owned(),
            title: self.title?,
            organiser: self.organiser?,
            description: self.description,
            rules: self.rules,
            hotline: self.hotline,
            data_deleted_by: self.data_deleted_by,
            min_age: self.min_age,
            entry: EntryRules {
                no_prize_groups: self.barred.groups,
                access: self.access.finish(),
                ..self.entry
            },
            accent: self.accent,
            answer_key: self.answer_key,
            fields: self.fields,
            rules_default: RoundRules {
                ranking: self.overall.resolve().ranking,
                ..self.base.resolve()
            },
            rounds: rounds?,
            prizes: self.prizes.people.into_iter().map(|prize| prize.value).collect(),
            collective_prizes: self
                .prizes
                .collective
                .into_iter()
                .map(|drawn| drawn.prize)
                .collect(),
            spread: self.spread.finish(),
            complaints: self.complaints,
            papers: Papers::default(),
        })
    }

    /// The first and the last day of the contest in Vietnam, where the rounds say them.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        let first = self
            .rounds
            .iter()
            .filter_map(|round| round.opens.as_ref())
            .map(|at| at.value)
            .min()?;
        let last = self
            .rounds
            .iter()
            .filter_map(|round| round.closes.as_ref())
            .map(|at| at.value)
            .max()?;
        let local = |moment: time::OffsetDateTime| moment.to_offset(time::macros::offset!(+7)).date();
        Some((local(first), local(last - time::Duration::SECOND)))
    }
}
