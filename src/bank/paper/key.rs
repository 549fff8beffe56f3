//! How a paper marks its right options: bold, underlined, coloured, with an asterisk, in a table.
//!
//! Owns finding the conventions of a paper, choosing the one in force, and what is wrong under it; leaves reading lines and
//! tables to the other files. A paper has one convention: two that say different things are never mixed.

use super::convention::{Conventions, FoundConvention, KeyConvention};
use super::labels::excerpt;
use super::lines::{Doc, Look};
use super::question::Draft;
use super::tail::Table;
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use crate::bank::options::label;
use std::collections::HashMap;
use std::ops::Range;

/// What the conventions say about one question.
type Marks = HashMap<KeyConvention, Vec<u8>>;

/// A question with what is known of its key.
#[derive(Clone, Copy)]
struct Case<'a> {
    place: usize,
    draft: &'a Draft,
    marks: &'a Marks,
    answer: Option<&'a At<Vec<u8>>>,
}

/// The key of a paper.
pub(super) struct Keys {
    pub(super) convention: Option<KeyConvention>,
    pub(super) found: Vec<FoundConvention>,
    /// Of every draft the right options and where they are marked; `None` where that is not known.
    pub(super) keys: Vec<Option<At<Vec<u8>>>>,
    /// With the place of the draft.
    pub(super) faults: Vec<(Option<usize>, Range<usize>, FaultCode)>,
}

/// Finds the right options under the wanted convention, or the one that marks most questions.
pub(super) fn read(doc: &Doc, drafts: &[Draft], table: &Table, wanted: Option<KeyConvention>) -> Keys {
    let base = Colours::of(doc, drafts);
    let marks: Vec<Marks> = drafts
        .iter()
        .enumerate()
        .map(|(place, draft)| match draft.is_refused {
            true => Marks::new(),
            false => marks_of(doc, draft, table.get(&place), base),
        })
        .collect();
    let whole: Vec<(&Draft, &Marks)> = drafts
        .iter()
        .zip(&marks)
        .filter(|(draft, _)| !draft.is_refused)
        .collect();
    let found: Vec<FoundConvention> = KeyConvention::ALL
        .into_iter()
        .map(|convention| count(convention, &whole))
        .filter(|found| found.one + found.several > 0)
        .collect();
    let mut keys = Keys {
        convention: wanted,
        found,
        keys: Vec::new(),
        faults: Vec::new(),
    };
    if wanted.is_none() && !whole.is_empty() {
        match choose(&keys.found, &whole) {
            Ok(convention) => keys.convention = Some(convention),
            Err(code) => keys.faults.push((None, 0..0, code)),
        }
    }
    for (place, (draft, marks)) in drafts.iter().zip(&marks).enumerate() {
        let key = match keys.convention {
            Some(convention) if !draft.is_refused => {
                let answer = table.get(&place);
                let case = Case {
                    place,
                    draft,
                    marks,
                    answer,
                };
                keys.judge(doc, &case, convention, whole.len())
            }
            _ => None,
        };
        keys.keys.push(key);
    }
    keys
}

impl Keys {
    /// The key of one question under the convention, unless something is wrong with it.
    fn judge(
        &mut self,
        doc: &Doc,
        case: &Case<'_>,
        convention: KeyConvention,
        total: usize,
    ) -> Option<At<Vec<u8>>> {
        let Case {
            place,
            draft,
            marks,
            answer,
        } = *case;
        let key = marks.get(&convention).cloned().unwrap_or_default();
        let span = span_of(draft, convention, &key, answer);
        let mut fault = |code| self.faults.push((Some(place), span.clone(), code));
        let how = convention;
        let unread = draft.key.as_ref().filter(|key| key.value.is_none());
        if let Some(line) = unread.filter(|_| key.is_empty() && how == KeyConvention::AnswerLine) {
            let value = excerpt(doc.slice(&line.span));
            fault(FaultCode::PaperKeyUnread { value });
            return None;
        }
        if key.is_empty() {
            fault(FaultCode::PaperKeyNone { how });
            return None;
        }
        if key.len() >= draft.options.len() && convention.is_look() {
            fault(FaultCode::PaperKeyAll { how });
            return None;
        }
        let several = self.found.iter().find(|found| found.convention == convention);
        let several = several.map_or(0, |found| found.several as usize);
        if key.len() > 1 && convention.is_look() && several * 3 < total {
            let labels = labels(&key);
            fault(FaultCode::PaperKeySeveral { how, labels });
        }
        if let Some(line) = unread {
            let value = excerpt(doc.slice(&line.span));
            let code = FaultCode::PaperKeyWords { value };
            self.faults.push((Some(place), line.span.clone(), code));
        }
        for other in &self.found {
            let also = marks.get(&other.convention).filter(|also| !also.is_empty());
            let weighs = !other.convention.is_look() || (other.one + other.several) as usize * 2 >= total;
            let says = also.filter(|also| **also != key && also.len() < draft.options.len() && weighs);
            if let Some(says) = says.filter(|_| other.convention != convention) {
                let code = FaultCode::PaperKeyDisagrees {
                    how,
                    labels: labels(&key),
                    other: other.convention,
                    other_labels: labels(says),
                };
                self.faults.push((Some(place), span, code));
                return None;
            }
        }
        Some(At { value: key, span })
    }
}

fn labels(places: &[u8]) -> String {
    let labels: Vec<String> = places.iter().map(|place| label(usize::from(*place))).collect();
    labels.join(", ")
}

/// Where the key stands: the answer, or the first right option.
fn span_of(
    draft: &Draft,
    convention: KeyConvention,
    key: &[u8],
    answer: Option<&At<Vec<u8>>>,
) -> Range<usize> {
    let line = draft.key.as_ref().map(|key| key.span.clone());
    let option = key
        .first()
        .and_then(|place| draft.options.get(usize::from(*place)));
    let marked = option.map(|option| option.text.first().unwrap_or(&option.label).clone());
    let found = match convention {
        KeyConvention::AnswerTable => answer.map(|answer| answer.span.clone()),
        KeyConvention::AnswerLine => line,
        _ => marked,
    };
    found.unwrap_or_else(|| draft.stem.first().unwrap_or(&draft.span).clone())
}

fn count(convention: KeyConvention, whole: &[(&Draft, &Marks)]) -> FoundConvention {
    let mut found = FoundConvention {
        convention,
        one: 0,
        several: 0,
        all: 0,
        none: 0,
    };
    for (draft, marks) in whole {
        match marks.get(&convention).map_or(0, Vec::len) {
            0 => found.none += 1,
            1 => found.one += 1,
            many if many >= draft.options.len() => found.all += 1,
            _ => found.several += 1,
        }
    }
    found
}

/// The convention that marks most questions, or why there is none.
fn choose(found: &[FoundConvention], whole: &[(&Draft, &Marks)]) -> Result<KeyConvention, FaultCode> {
    let weight = |found: &FoundConvention| (found.one + found.several, found.one);
    let mut ranked: Vec<&FoundConvention> = found.iter().collect();
    // Stable: of equals the plainer one.
    ranked.sort_by_key(|found| std::cmp::Reverse(weight(found)));
    let names = || {
        let name = |found: &&FoundConvention| (found.convention, found.one + found.several);
        ranked.iter().map(name).collect::<Vec<_>>()
    };
    let best = ranked
        .first()
        .filter(|best| (best.one + best.several) as usize * 2 >= whole.len());
    let Some(best) = best else {
        return Err(FaultCode::PaperNoKey {
            found: Conventions(names()),
            total: whole.len() as u64,
        });
    };
    for other in ranked.iter().skip(1) {
        let rivals = (other.one + other.several) * 10 >= (best.one + best.several) * 9;
        let differ = whole.iter().filter(|(draft, marks)| {
            let of = |convention| {
                let places: Option<&Vec<u8>> = marks.get(&convention);
                places.filter(|places| !places.is_empty() && places.len() < draft.options.len())
            };
            matches!((of(best.convention), of(other.convention)), (Some(a), Some(b)) if a != b)
        });
        if rivals && differ.count() * 4 > whole.len() {
            let (first, second) = (best.convention, other.convention);
            return Err(FaultCode::PaperKeyUnclear { first, second });
        }
    }
    Ok(best.convention)
}

/// The colours that options and labels have by default in a paper.
#[derive(Debug, Clone, Copy, Default)]
struct Colours {
    text: Option<[u8; 3]>,
    label: Option<[u8; 3]>,
}

impl Colours {
    fn of(doc: &Doc, drafts: &[Draft]) -> Self {
        let options = || drafts.iter().flat_map(|draft| &draft.options);
        Self {
            text: most_common(doc, options().flat_map(|option| &option.text)),
            label: most_common(doc, options().map(|option| &option.label)),
        }
    }
}

fn most_common<'r>(doc: &Doc, spans: impl Iterator<Item = &'r Range<usize>>) -> Option<[u8; 3]> {
    let mut counts: HashMap<Option<[u8; 3]>, usize> = HashMap::new();
    for run in spans.flat_map(|span| doc.runs(span)) {
        *counts.entry(run.look.colour).or_default() += run.span.len();
    }
    let all: usize = counts.values().sum();
    // Where a good part has no colour of its own, a colour is a mark, however much of it there is.
    if counts.get(&None).is_some_and(|plain| *plain * 5 >= all) {
        return None;
    }
    let best = counts
        .into_iter()
        .max_by_key(|(colour, count)| (*count, std::cmp::Reverse(*colour)));
    best.and_then(|(colour, _)| colour)
}

fn marks_of(doc: &Doc, draft: &Draft, answer: Option<&At<Vec<u8>>>, base: Colours) -> Marks {
    let mut marks = Marks::new();
    let where_true = |fits: &dyn Fn(usize) -> bool| -> Vec<u8> {
        let places = (0_u8..).zip(0..draft.options.len());
        places
            .filter(|(_, at)| fits(*at))
            .map(|(place, _)| place)
            .collect()
    };
    let option = |at: usize| draft.options.get(at);
    let mut put = |convention, places: Vec<u8>| drop(marks.insert(convention, places));
    if let Some(answer) = answer {
        put(KeyConvention::AnswerTable, sorted(&answer.value));
    }
    if let Some(places) = draft.key.as_ref().and_then(|key| key.value.as_ref()) {
        put(KeyConvention::AnswerLine, sorted(places));
    }
    put(
        KeyConvention::Word,
        where_true(&|at| option(at).is_some_and(|option| option.is_said)),
    );
    put(
        KeyConvention::Asterisk,
        where_true(&|at| option(at).is_some_and(|option| option.is_starred)),
    );
    let ticked = where_true(&|at| option(at).is_some_and(|option| option.is_ticked));
    let crossed = where_true(&|at| option(at).is_some_and(|option| option.is_crossed));
    // Beside ticks, or beside other crosses, a cross says what is wrong.
    let lone_cross = ticked.is_empty() && crossed.len() == 1;
    put(KeyConvention::Tick, if lone_cross { crossed } else { ticked });
    type Has = fn(&Look, Option<[u8; 3]>) -> bool;
    let looks: [(KeyConvention, Has); 5] = [
        (KeyConvention::Highlight, |look, _| look.highlight),
        (KeyConvention::Underline, |look, _| look.underline),
        (KeyConvention::Colour, |look, base| look.colour != base),
        (KeyConvention::Bold, |look, _| look.bold),
        (KeyConvention::Italic, |look, _| look.italic),
    ];
    for (convention, has) in looks {
        let text = where_true(&|at| {
            option(at).is_some_and(|option| share(doc, &option.text, &|look| has(look, base.text)) >= 60)
        });
        // A mark on the letter alone counts where the texts have none.
        let label = where_true(&|at| {
            let label = option(at).map(|option| option.label.clone());
            label.is_some_and(|label| share(doc, &[label], &|look| has(look, base.label)) >= 50)
        });
        let on_label = text.is_empty() && !label.is_empty() && label.len() < draft.options.len();
        put(convention, if on_label { label } else { text });
    }
    marks
}

fn sorted(places: &[u8]) -> Vec<u8> {
    let mut places = places.to_vec();
    places.sort_unstable();
    places.dedup();
    places
}

/// How much of the visible characters has a look, in percent.
pub(super) fn share(doc: &Doc, pieces: &[Range<usize>], has: &dyn Fn(&Look) -> bool) -> usize {
    let (mut all, mut with) = (0_usize, 0_usize);
    for run in pieces.iter().flat_map(|piece| doc.runs(piece)) {
        let count = doc
            .slice(&run.span)
            .chars()
            .filter(|c| !c.is_whitespace())
            .count();
        all += count;
        if has(&run.look) {
            with += count;
        }
    }
    (with * 100).checked_div(all).unwrap_or(0)
}
