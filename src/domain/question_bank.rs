//! The bank: every question of every set that was ever loaded, once, to be searched by its words without marks.
//!
//! Owns the index over a snapshot of all contests and the choice of questions; leaves pages to `web` and figures of use to
//! those who count. The index lives in memory beside the snapshot: the sets are there already, a search over ten thousand
//! questions takes milliseconds, and no column has to be kept in step with texts.

use super::catalog::{Catalog, Contest};
use super::ids::ContestId;
use super::question::{Level, Question, SetId, SetVersion};
use super::unit::fold;
use std::collections::{BTreeMap, HashSet};
use time::OffsetDateTime;

/// Every question once, at the newest version that has it: contests and sets in order, then as in the set.
#[derive(Debug, Default)]
pub struct Bank {
    entries: Vec<Entry>,
}

/// A question of the bank.
#[derive(Debug)]
pub struct Entry {
    /// Its contest.
    pub contest: ContestId,
    /// Its set.
    pub set: SetId,
    /// The version it is shown from: the newest, or for a question that was taken out one that has it.
    pub version: SetVersion,
    /// Its place in that version, from 0.
    pub place: usize,
    /// The newest version of the set does not have it.
    pub dropped: bool,
    /// Stem, options and topic folded.
    folded: Box<str>,
}

/// Which questions are asked for; everything empty asks for all.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Words that stem or options hold, with or without marks.
    pub words: String,
    /// Only of this contest.
    pub contest: Option<ContestId>,
    /// Only of this set.
    pub set: Option<SetId>,
    /// Only of this difficulty; `Some(None)` asks for those without.
    pub level: Option<Option<Level>>,
    /// Only of this use.
    pub usage: Option<Usage>,
    /// Only about this, marks and capitals aside; `Some(None)` asks for those without a topic.
    pub topic: Option<Option<String>>,
}

/// How far a question is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// No round draws from it.
    Unused,
    /// Rounds will draw from it, none has.
    Coming,
    /// A round that has opened draws or drew from it.
    Opened,
    /// The newest version of its set does not have it.
    Dropped,
}

impl Usage {
    /// Every use, in the order of a list.
    pub const ALL: [Self; 4] = [Self::Unused, Self::Coming, Self::Opened, Self::Dropped];

    /// The word in addresses and message files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unused => "unused",
            Self::Coming => "coming",
            Self::Opened => "opened",
            Self::Dropped => "dropped",
        }
    }

    /// The use of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|usage| usage.name() == name)
    }
}

impl Bank {
    /// Builds the index.
    pub fn of(catalog: &Catalog) -> Self {
        let mut entries = Vec::new();
        for contest in catalog.contests() {
            let ids: std::collections::BTreeSet<&SetId> = contest.sets.values().map(|set| &set.id).collect();
            ids.into_iter().for_each(|id| add_set(&mut entries, contest, id));
        }
        Self { entries }
    }

    /// Every question.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The topics of the questions of a contest, or of all, in order; of several ways to write one the first.
    pub fn topics(&self, catalog: &Catalog, contest: Option<ContestId>) -> Vec<String> {
        let mut topics = BTreeMap::new();
        let own = |entry: &&Entry| contest.is_none_or(|contest| entry.contest == contest);
        for entry in self.entries.iter().filter(own) {
            let question = entry.question(catalog).map(|(_, question)| question);
            if let Some(topic) = question.and_then(|question| question.topic.as_deref()) {
                topics.entry(fold(topic)).or_insert_with(|| topic.to_owned());
            }
        }
        topics.into_values().collect()
    }

    /// The questions that are asked for. Work grows with the length of all texts and no further.
    pub fn find<'a>(&'a self, catalog: &Catalog, asked: &Asked, now: OffsetDateTime) -> Vec<&'a Entry> {
        let folded = fold(&asked.words);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let fits = |entry: &&Entry| {
            asked.contest.is_none_or(|contest| entry.contest == contest)
                && asked.set.as_ref().is_none_or(|set| entry.set == *set)
                && words.iter().all(|word| entry.folded.contains(word))
                && asked.fits(catalog, entry, now)
        };
        self.entries.iter().filter(fits).collect()
    }
}

impl Asked {
    /// What needs the question itself and its rounds.
    fn fits(&self, catalog: &Catalog, entry: &Entry, now: OffsetDateTime) -> bool {
        if self.level.is_none() && self.usage.is_none() && self.topic.is_none() {
            return true;
        }
        let Some((contest, question)) = entry.question(catalog) else {
            return false;
        };
        self.level.is_none_or(|level| question.level == level)
            && self
                .topic
                .as_ref()
                .is_none_or(|topic| topic.as_deref().map(fold) == question.topic.as_deref().map(fold))
            && self
                .usage
                .is_none_or(|usage| entry.usage(contest, question, now) == usage)
    }
}

impl Entry {
    /// The question with its contest.
    pub fn question<'a>(&self, catalog: &'a Catalog) -> Option<(&'a Contest, &'a Question)> {
        let contest = catalog.find_id(self.contest)?;
        let question = contest.sets.get(&self.version)?.questions.get(self.place)?;
        Some((contest, question))
    }

    fn usage(&self, contest: &Contest, question: &Question, now: OffsetDateTime) -> Usage {
        let rounds = rounds_with(contest, &self.set, question);
        if self.dropped {
            Usage::Dropped
        } else if rounds.iter().any(|number| has_opened(contest, *number, now)) {
            Usage::Opened
        } else if rounds.is_empty() {
            Usage::Unused
        } else {
            Usage::Coming
        }
    }
}

/// Rounds whose papers are drawn from a version that has the question, by number.
pub fn rounds_with(contest: &Contest, set: &SetId, question: &Question) -> Vec<u16> {
    let draws = contest.rounds.iter().filter(|round| {
        let draws = round.rules.paper.draw.iter();
        draws
            .clone()
            .any(|line| line.set == *set && line.level.is_none_or(|level| question.level == Some(level)))
    });
    let has = |version: &SetVersion| {
        let set = contest.sets.get(version);
        set.is_some_and(|set| set.find(&question.id).is_some())
    };
    draws
        .filter(|round| round.sets.get(set).is_some_and(has))
        .map(|round| round.number)
        .collect()
}

fn has_opened(contest: &Contest, number: u16, now: OffsetDateTime) -> bool {
    contest.round(number).is_some_and(|round| round.has_opened(now))
}

/// The newest version first, then whatever only others have.
fn add_set(entries: &mut Vec<Entry>, contest: &Contest, id: &SetId) {
    let head = contest.heads.get(id);
    let others = contest
        .sets
        .iter()
        .filter(|(version, set)| set.id == *id && Some(*version) != head);
    let first = head.and_then(|head| contest.sets.get_key_value(head));
    let mut seen = HashSet::new();
    for (version, set) in first.into_iter().chain(others) {
        for (place, question) in set.questions.iter().enumerate() {
            if seen.insert(&question.id) {
                entries.push(Entry {
                    contest: contest.id,
                    set: id.clone(),
                    version: version.clone(),
                    place,
                    dropped: Some(version) != head,
                    folded: folded(question),
                });
            }
        }
    }
}

fn folded(question: &Question) -> Box<str> {
    let options = question.options.iter().map(|option| option.text.as_str());
    let texts: Vec<&str> = std::iter::once(question.text.as_str())
        .chain(options)
        .chain(question.topic.as_deref())
        .collect();
    fold(&texts.join(" ")).into_boxed_str()
}
