//! Cutting the lines of a question at the labels of its options.
//!
//! Owns stem and options as ranges, labels out of order, and the marks that stand in a text; leaves telling the fields apart
//! to `question`.

use super::chain::{Chain, Spotted};
use super::heads::{Field, field, named, trailing_key};
use super::labels::{Strength, excerpt};
use super::levels::level_tag;
use super::lines::Doc;
use super::marks;
use super::question::{BodyLine, Draft, OptionDraft, Survey, push_piece};
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use crate::bank::options::label;

impl Survey {
    /// Settles the options; `usual` is how many most questions of the paper have.
    pub(super) fn finish(mut self, doc: &Doc, usual: usize) -> Draft {
        let chain = match std::mem::replace(&mut self.chain, Chain::None) {
            Chain::None => Vec::new(),
            Chain::Sure(chain) => chain,
            Chain::Either(short, long) => match long.len() == usual {
                true => long,
                false => short,
            },
        };
        if chain.is_empty() {
            self.draft.is_refused = true;
            let span = self.draft.span.clone();
            let end = self.body.first().map_or(span.end, |line| line.span.end);
            let count = u64::from(
                self.spotted
                    .iter()
                    .any(|one| one.candidate.strength == Strength::First),
            );
            self.draft.faults.push((
                span.start..end.max(span.start),
                FaultCode::PaperNoOptions { count },
            ));
        }
        self.note_leftovers(&chain);
        self.cut(doc, &chain);
        self.draft
    }

    /// Labels that are not among the options: another letter than the next one.
    fn note_leftovers(&mut self, chain: &[Spotted]) {
        let Some(first) = chain.first() else { return };
        for spotted in &self.spotted {
            let one = spotted.candidate;
            let is_sure = one.strength > Strength::Weak && one.is_upper == first.candidate.is_upper;
            if !is_sure || chain.contains(spotted) {
                continue;
            }
            let Some(line) = self.body.get(spotted.line).cloned() else {
                continue;
            };
            let span = line.span.start + one.at..line.span.start + one.text;
            let is_before = (spotted.line, one.at) < (first.line, first.candidate.at);
            let found = label_letter(one.place);
            if is_before {
                // "Câu 5. C. Mác sinh năm nào?" needs no word.
                if spotted.line > 0 && one.strength == Strength::First {
                    self.draft
                        .faults
                        .push((span, FaultCode::PaperLabelAsText { label: found }));
                }
                continue;
            }
            let mut before = chain
                .iter()
                .filter(|option| (option.line, option.candidate.at) < (spotted.line, one.at));
            let expected = before.next_back().map_or(0, |option| option.candidate.place + 1);
            let expected = label_letter(expected);
            // One mistake puts all that follows out of order.
            if !self.draft.is_refused {
                self.draft.is_refused = true;
                self.draft
                    .faults
                    .push((span, FaultCode::PaperOptionOrder { expected, found }));
            }
            self.out_of_order.insert(line.span.start);
        }
    }

    /// Cuts stem and options out of the lines.
    fn cut(&mut self, doc: &Doc, chain: &[Spotted]) {
        let mut open: Option<OptionDraft> = None;
        let mut next = chain.iter().peekable();
        for (nth, line) in self.body.iter().enumerate() {
            let mut from = line.span.start;
            while let Some(spotted) = next.next_if(|spotted| spotted.line == nth) {
                let one = spotted.candidate;
                let (at, text) = (line.span.start + one.at, line.span.start + one.text);
                match &mut open {
                    None => push_piece(doc, &mut self.draft.stem, from..at),
                    Some(option) => push_piece(doc, &mut option.text, from..at),
                }
                self.draft.options.extend(open.take());
                open = Some(OptionDraft {
                    label: at..text,
                    is_starred: one.is_starred,
                    is_ticked: one.is_ticked,
                    is_crossed: one.is_crossed,
                    ..OptionDraft::default()
                });
                from = text;
            }
            let rest = from..line.span.end;
            match &mut open {
                None => push_piece(doc, &mut self.draft.stem, rest),
                Some(option) => {
                    let is_last = next.peek().is_none();
                    let is_own = from > line.span.start || !is_last || goes_on(doc, line, option);
                    if is_own {
                        push_piece(doc, &mut option.text, rest);
                    } else if !doc.slice(&rest).trim().is_empty() && !self.out_of_order.contains(&rest.start)
                    {
                        self.draft.faults.push((rest, FaultCode::PaperStray {}));
                    }
                }
            }
        }
        self.draft.options.extend(open.take());
        self.take_trailing_key(doc);
        marks::take(doc, &mut self.draft.options);
        self.weigh_words_of_key(doc);
        self.take_level_of_stem(doc);
    }

    fn take_trailing_key(&mut self, doc: &Doc) {
        let Some(piece) = self
            .draft
            .options
            .last_mut()
            .and_then(|option| option.text.last_mut())
        else {
            return;
        };
        let text = doc.slice(piece);
        let is_open = self.draft.key.is_none();
        let says = |kept: usize| text.get(kept..).is_some_and(|key| key.contains([':', '：']));
        if let Some((kept, places)) = trailing_key(text).filter(|(kept, _)| is_open || says(*kept)) {
            let span = piece.start + kept..piece.end;
            piece.end = piece.start + kept;
            self.take_key(Some(places), span);
        }
    }

    /// "Đáp án: B. 1931": the words are those of option B, or an explanation, or they are told. Where they are another
    /// option ("C. Mác" as option B), nobody knows which of the two is meant.
    fn weigh_words_of_key(&mut self, doc: &Doc) {
        let Some(key) = self.draft.key.as_mut() else {
            return;
        };
        let line = doc.slice(&key.span);
        let from = match field(line) {
            Some((Field::Key, value)) => value,
            _ => 0,
        };
        let value = line.get(from..).unwrap_or_default();
        let Some((place, words_at)) =
            named(value).filter(|(place, _)| key.value.as_ref() == Some(&vec![*place]))
        else {
            return;
        };
        let words = value.get(words_at..).unwrap_or_default();
        let own = self.draft.options.get(usize::from(place));
        if own.is_some_and(|option| option.says(doc, words)) {
            return;
        }
        let span = key.span.start + from + words_at..key.span.end;
        if self.draft.options.iter().any(|option| option.says(doc, value)) {
            key.value = None;
        } else if let Some((Field::Explanation, at)) =
            field(words).filter(|_| self.draft.explanation.is_empty())
        {
            push_piece(doc, &mut self.draft.explanation, span.start + at..span.end);
        } else {
            let value = excerpt(words);
            self.draft.faults.push((span, FaultCode::PaperKeyWords { value }));
        }
    }

    fn take_level_of_stem(&mut self, doc: &Doc) {
        if let Some(first) = self.draft.stem.first_mut()
            && let Some((level, length)) = level_tag(doc.slice(first))
        {
            let span = first.start..first.start + length;
            self.draft.level.get_or_insert(At { value: level, span });
            let rest = doc.slice(&(first.start + length..first.end));
            let signs = rest.len() - rest.trim_start_matches([' ', '.', ':']).len();
            first.start += length + signs;
        }
        if let Some(last) = self.draft.stem.last_mut() {
            let text = doc.slice(last);
            let tag = text.rfind(['(', '[']).filter(|at| *at > 0);
            if let Some((at, (level, length))) = tag.and_then(|at| Some((at, level_tag(text.get(at..)?)?)))
                && at + length == text.len()
            {
                let span = last.start + at..last.end;
                self.draft.level.get_or_insert(At { value: level, span });
                last.end = last.start + text.get(..at).map_or(0, |kept| kept.trim_end().len());
            }
        }
    }
}

/// Whether a line without label goes on with the last option: it says so by a soft break, a small letter, or its cell.
fn goes_on(doc: &Doc, line: &BodyLine, option: &OptionDraft) -> bool {
    let Some(found) = doc.lines.get(line.at) else {
        return false;
    };
    let small = doc
        .slice(&line.span)
        .trim_start()
        .chars()
        .next()
        .is_some_and(char::is_lowercase);
    let own = doc.line_at(option.label.start).and_then(|own| own.cell);
    let same_cell = found.cell.is_some() && found.cell == own;
    let label_alone = option.text.is_empty()
        && found
            .cell
            .zip(own)
            .is_some_and(|(cell, own)| (cell.table, cell.row) == (own.table, own.row));
    found.continues || small || same_cell || label_alone
}

fn label_letter(place: u8) -> String {
    match label(usize::from(place)) {
        label if label.is_empty() => char::from(b'A' + place.min(25)).to_string(),
        label => label,
    }
}
