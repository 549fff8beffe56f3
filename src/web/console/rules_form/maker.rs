//! Making the form of a page from the rules at hand.
//!
//! Owns how a box looks and which message names it; which boxes there are is said in `tables`, what is printed in `view`.

use super::apply::{held, under};
use super::faults::{FaultView, Located};
use super::spec::{Group, Kind, Page, Part, Rows};
use super::tables::ORDERS;
use super::view::{BoxView, Button, Choice, GroupView, ListView, RowView, SummaryLine, element, fault_lines};
use crate::bank::Sketch;
use crate::domain::catalog::Contest;
use crate::domain::contest::Field;
use crate::web::console::desk::Desk;
use crate::web::field_text;
use std::collections::BTreeSet;

/// Labels that have a hint below them.
const HINTS: [&str; 50] = [
    "contest-rules",
    "contest-hotline",
    "contest-data-deleted-by",
    "contest-answer-key",
    "contest-open-to",
    "contest-excluded",
    "contest-no-prize",
    "contest-accounts",
    "contest-password",
    "round-phase",
    "round-opens",
    "round-closes",
    "round-by-hand",
    "round-qualifying-rounds",
    "round-qualifying-per-unit-count",
    "paper-time-limit",
    "paper-draw-points",
    "paper-all-answered",
    "attempts-per-round",
    "attempts-per-contest",
    "attempts-wait",
    "attempts-late-finish",
    "prediction-taken",
    "prediction-asked",
    "prediction-points-within",
    "ranking-gate-min-score",
    "ranking-tie",
    "ranking-per-person-phase",
    "ranking-per-person-keep",
    "ranking-min-rounds",
    "collective-prize-level",
    "collective-prize-top",
    "collective-prize-min-rate",
    "collective-prize-min-rates-below",
    "prize-total-places",
    "complaints-within-days",
    "spread-min-attempts",
    "spread-cap",
    "spread-prize-min-newcomers",
    "no-prize-group-reason",
    "no-prize-group-units",
    "no-prize-group-from",
    "access-group",
    "access-units",
    "access-from",
    "essay-prompt",
    "essay-min-chars",
    "essay-min-points",
    "essay-markers",
    "essay-max-difference",
];

/// All that the forms of one page are made from.
pub struct Maker<'a> {
    /// Who looks.
    pub desk: &'a Desk,
    /// The contest.
    pub contest: &'a Contest,
    /// The page.
    pub page: Page,
    /// The rules at hand.
    pub sketch: &'a Sketch,
    /// Their faults.
    pub faults: &'a [Located],
    /// Numbers of the rounds that have opened.
    pub opened: &'a [u16],
    /// Address of the rules.
    pub path: &'a str,
}

impl Maker<'_> {
    fn say(&self, key: &str) -> String {
        self.desk.say(key, &[])
    }

    /// Every group of the page.
    pub fn groups(&self) -> Vec<GroupView> {
        self.page
            .section
            .groups
            .iter()
            .map(|group| self.group(group))
            .collect()
    }

    /// Every fault of the page, with those of no box first.
    pub fn summary(&self, groups: &[GroupView]) -> Vec<SummaryLine> {
        let of_page = |fault: &&Located| fault.page == self.page && fault.place.is_none();
        let whole = self.faults.iter().filter(of_page).map(|fault| SummaryLine {
            id: "main".to_owned(),
            at: String::new(),
            fault: fault.view(self.desk, None),
        });
        let mut lines: Vec<SummaryLine> = whole.collect();
        lines.extend(fault_lines(groups));
        lines.sort_by_key(|line| !line.fault.error);
        lines
    }

    fn group(&self, group: &Group) -> GroupView {
        let (boxes, lists) = self.parts(group.parts, &self.page.prefix());
        let note = match self.page.round {
            Some(_) => "own",
            None => group.name,
        };
        GroupView {
            legend: self.say(&format!("rform-group-{}", group.name)),
            note: self.say(&format!("rform-note-{note}")),
            boxes,
            lists,
        }
    }

    fn parts(&self, parts: &[Part], prefix: &str) -> (Vec<BoxView>, Vec<ListView>) {
        let (mut boxes, mut lists) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Part::One(spec) => boxes.push(self.one(&under(prefix, spec.key), spec.kind)),
                Part::Many(rows) => lists.push(self.list(&under(prefix, rows.key), rows)),
            }
        }
        (boxes, lists)
    }

    fn list(&self, list: &str, rows: &Rows) -> ListView {
        let name = self.message(list);
        let count = self.sketch.rows(list);
        let row = |place: usize| self.row(list, rows, place, count);
        ListView {
            legend: self.say(&format!("{name}-rows")),
            empty: match self.page.round {
                Some(_) => self.say("rform-rows-inherit"),
                None if list.starts_with("overall.") => self.say("rform-rows-overall"),
                None => self.say(&format!("{name}-none")),
            },
            rows: (0..count).map(row).collect(),
            add: Button {
                value: format!("add:{list}"),
                label: self.say(&format!("{name}-add")),
                about: String::new(),
            },
        }
    }

    fn row(&self, list: &str, rows: &Rows, place: usize, count: usize) -> RowView {
        let path = format!("{list}.{place}");
        let args = [("n", (place + 1).to_string().into())];
        let title = self.desk.say(&format!("{}-row", self.message(list)), &args);
        let button = |verb: &str| Button {
            value: format!("{verb}:{path}"),
            label: self.say(&format!("rform-{verb}")),
            about: title.clone(),
        };
        let mut buttons = Vec::new();
        if rows.moves && place > 0 {
            buttons.push(button("up"));
        }
        if rows.moves && place + 1 < count {
            buttons.push(button("down"));
        }
        buttons.push(button("remove"));
        let (boxes, lists) = self.parts(rows.parts, &format!("{path}."));
        // A row that is a box shows its faults there.
        let is_box = boxes.iter().any(|one| one.name == path);
        let is_round = list == "round";
        let number = u16::try_from(place + 1).unwrap_or(u16::MAX);
        RowView {
            id: if is_box {
                format!("h-{}", element(&path))
            } else {
                element(&path)
            },
            note: (is_round && self.opened.contains(&number)).then(|| self.say("rform-round-opened")),
            link: is_round.then(|| self.own_rules(place)),
            faults: if is_box {
                Vec::new()
            } else {
                self.faults_at(&path, None)
            },
            title,
            boxes,
            lists,
            buttons,
        }
    }

    /// The page with the own rules of a round.
    fn own_rules(&self, place: usize) -> (String, String) {
        let tables = ["paper", "attempts", "prediction", "essay", "ranking"];
        let has = tables
            .iter()
            .any(|table| self.sketch.get(&format!("round.{place}.{table}")).is_some());
        let label = self.say(if has { "rform-own-some" } else { "rform-own-none" });
        (format!("{}/{}", self.path, Page::own(place).slug()), label)
    }

    fn faults_at(&self, path: &str, kind: Option<Kind>) -> Vec<FaultView> {
        let here = self
            .faults
            .iter()
            .filter(|fault| fault.page == self.page && fault.place.as_deref() == Some(path));
        here.map(|fault| fault.view(self.desk, kind)).collect()
    }

    fn one(&self, path: &str, kind: Kind) -> BoxView {
        let inherits = self.page.round.is_some();
        let value = held(self.sketch, path, kind, inherits, self.desk.lang());
        let name = self.message(path);
        let hint = HINTS.contains(&name.trim_start_matches("rform-"));
        let (widget, class, lines) = look(kind);
        let numeric = matches!(kind, Kind::Number | Kind::Money);
        BoxView {
            id: element(path),
            label: match (kind, path.split_once(':')) {
                (Kind::Asked, Some((_, field))) => self.field(field),
                _ => self.say(&name),
            },
            hint: hint.then(|| self.say(&format!("{name}-hint"))),
            widget,
            choices: self.choices(path, kind, &value),
            class,
            numeric,
            lines,
            faults: self.faults_at(path, Some(kind)),
            name: path.to_owned(),
            value,
        }
    }

    /// "Số định danh cá nhân": the first letter of a label is a capital.
    fn field(&self, name: &str) -> String {
        let known = Field::ALL.into_iter().find(|field| field.name() == name);
        let word = known
            .map(|field| field_text::name(self.desk.lang(), field))
            .unwrap_or_default();
        let mut letters = word.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{first}{}", letters.as_str())
    }

    /// The message that names a box or list: its keys without places of rows; a round and the whole contest use the words of
    /// the rules that they do otherwise.
    fn message(&self, path: &str) -> String {
        let own = match self.page.round {
            Some(_) => path.split('.').skip(2).collect::<Vec<_>>().join("."),
            None => path.replacen("overall.", "ranking.", 1),
        };
        let keys = own
            .split(['.', ':'])
            .filter(|key| !key.bytes().all(|b| b.is_ascii_digit()));
        format!("rform-{}", keys.collect::<Vec<_>>().join("-").replace('_', "-"))
    }

    /// The label of a box.
    pub fn label(&self, path: &str) -> String {
        self.say(&self.message(path))
    }

    /// What may be picked in a box that holds `value`; nothing where one types.
    pub fn choices(&self, path: &str, kind: Kind, value: &str) -> Vec<Choice> {
        let inherits = self.page.round.is_some() && matches!(kind, Kind::Choice(..) | Kind::Truth(_));
        let mut known: Vec<(String, String)> = Vec::new();
        if inherits && !path.contains(".draw.") {
            known.push((String::new(), self.say("rform-inherit")));
        }
        known.extend(self.known(path, kind));
        if known.is_empty() {
            return Vec::new();
        }
        // What the file says and the list does not know is still shown, with its fault.
        if !known.iter().any(|(one, _)| one == value) {
            let label = if value.is_empty() {
                self.say("rform-pick")
            } else {
                value.to_owned()
            };
            known.insert(0, (value.to_owned(), label));
        }
        let choice = |(one, label): (String, String)| Choice {
            on: one == value,
            value: one,
            label,
        };
        known.into_iter().map(choice).collect()
    }

    fn known(&self, path: &str, kind: Kind) -> Vec<(String, String)> {
        let key = path
            .rsplit(['.', ':'])
            .find(|key| !key.bytes().all(|b| b.is_ascii_digit()));
        // Measures have the same words wherever they stand; an order over all rounds may be that of the rounds.
        let key = match key.unwrap_or_default() {
            "then" => "by",
            key => key,
        };
        let worded = |value: &str| {
            let name = if value.is_empty() { "unset" } else { value };
            self.say(&format!("rform-is-{}-{name}", key.replace('_', "-")))
        };
        match kind {
            Kind::Choice(values, _) => values
                .iter()
                .map(|value| ((*value).to_owned(), worded(value)))
                .collect(),
            Kind::Truth(_) => ["true", "false"]
                .map(|value| (value.to_owned(), self.say(&format!("rform-is-{value}"))))
                .to_vec(),
            Kind::Asked => ["", "optional", "required"]
                .map(|value| {
                    let name = if value.is_empty() { "unasked" } else { value };
                    (value.to_owned(), self.say(&format!("rform-is-{name}")))
                })
                .to_vec(),
            Kind::Order => ORDERS
                .map(|order| {
                    (
                        order.to_owned(),
                        self.say(&format!("rules-key-{}", order.replace(' ', "-"))),
                    )
                })
                .to_vec(),
            Kind::Set => self.sets(),
            Kind::Bloc => self.blocs(),
            _ => Vec::new(),
        }
    }

    fn sets(&self) -> Vec<(String, String)> {
        let heads = self.contest.heads.iter();
        let title = |version| self.contest.sets.get(version).map(|set| set.title.clone());
        heads
            .map(|(id, version)| (id.0.clone(), title(version).unwrap_or_else(|| id.0.clone())))
            .collect()
    }

    fn blocs(&self) -> Vec<(String, String)> {
        let units = self.contest.units.iter();
        let blocs: BTreeSet<&str> = units.filter_map(|unit| unit.definition.bloc.as_deref()).collect();
        let all = (String::new(), self.say("rform-every-bloc"));
        std::iter::once(all)
            .chain(blocs.into_iter().map(|bloc| (bloc.to_owned(), bloc.to_owned())))
            .collect()
    }
}

/// Widget, width and lines of a kind.
const fn look(kind: Kind) -> (&'static str, &'static str, u8) {
    match kind {
        Kind::Line => ("line", "", 1),
        Kind::Area | Kind::Prompt => ("area", "", 3),
        Kind::Rules => ("area", "", 16),
        Kind::Lines => ("area", "", 4),
        Kind::Number | Kind::Rate => ("line", "w4", 1),
        Kind::Money | Kind::Limit | Kind::Numbers | Kind::Day | Kind::Moment | Kind::Length(_) => {
            ("line", "w10", 1)
        }
        Kind::Truth(_) | Kind::Choice(..) | Kind::Set | Kind::Bloc | Kind::Order | Kind::Asked => {
            ("pick", "", 1)
        }
    }
}
