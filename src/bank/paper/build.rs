//! From the parts of a paper to a question set, with every fault at its place.
//!
//! Owns putting the parts together and what belongs to which question (pictures, notes); leaves judging a question to `raw`.

use super::chain::Chain;
use super::convention::KeyConvention;
use super::gallery::Gallery;
use super::key::{self, Keys};
use super::lines::Doc;
use super::question::{self, Draft};
use super::text::{Role, markup};
use super::{PaperQuestion, PaperReading, SourceLine, shape, tail};
use crate::bank::code::FaultCode;
use crate::bank::fact::Severity;
use crate::bank::fault::Subject;
use crate::bank::format::At;
use crate::bank::media::Shelf;
use crate::bank::options::label;
use crate::bank::questions::{MAX_QUESTIONS, SetDraft};
use crate::bank::raw::{self, RawOption, RawQuestion, RawSet};
use crate::bank::source::Sheet;
use crate::bank::words::is_garbled;
use crate::bank::{pins, similar};
use crate::domain::question::QuestionOption;
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads a paper that was taken apart into lines.
pub(super) fn read(
    name: &str,
    mut doc: Doc,
    wanted: Option<KeyConvention>,
    shelf: Option<&Shelf<'_>>,
) -> PaperReading {
    let mut shape = shape::read(&doc);
    let surveys: Vec<question::Survey> = shape
        .blocks
        .iter()
        .map(|block| question::survey(&doc, block))
        .collect();
    let usual = usual_count(&surveys);
    let mut drafts: Vec<Draft> = surveys
        .into_iter()
        .map(|survey| survey.finish(&doc, usual))
        .collect();
    let table = tail::read(&doc, &mut shape, &mut drafts);
    let mut gallery = Gallery::default();
    drafts
        .iter_mut()
        .zip(1..)
        .for_each(|(draft, place)| gallery.hang(&doc, draft, place));
    note_gaps(&mut drafts);
    let keys = key::read(&doc, &drafts, &table, wanted);
    let marks = std::mem::take(&mut doc.marks);
    let mut sheet = Sheet::with_marks(name, &doc.text, marks);
    sheet.shelf = shelf;
    gallery.bring(&doc, shelf);
    let mut outside = outside_lines(&doc, &sheet, &shape.outside);
    note_all(&mut sheet, &doc, &drafts, &shape, &keys, &mut outside);
    let (raw, mut questions) = convert(&mut sheet, &doc, &drafts, &keys, &gallery);
    let (set_id, title) = raw::name_of(name);
    let raw = RawSet {
        id: set_id.or_else(|| Some("bo-cau-hoi".to_owned())),
        questions: raw,
        refused: drafts.iter().filter(|draft| draft.is_refused).count(),
        ..RawSet::default()
    };
    let draft = match drafts.is_empty() {
        true => {
            sheet.fault(0..0, &Subject::File, FaultCode::PaperNoQuestions {});
            if is_garbled(&doc.text) {
                sheet.fault(0..0, &Subject::File, FaultCode::TextGarbled {});
            }
            SetDraft::default()
        }
        false => raw::check(&mut sheet, raw, &title),
    };
    let images = gallery.images(&doc, &sheet);
    for (question, _) in draft.complete_questions() {
        let same = |read: &&mut PaperQuestion| read.id == question.id.0;
        if let Some(read) = questions.iter_mut().find(same) {
            read.media = question.media;
        }
    }
    let mut sets = [(sheet, draft)];
    similar::check_stems(&mut sets);
    let [(sheet, draft)] = sets;
    let (faults, named) = (sheet.into_faults(), draft.named());
    let good = faults.iter().all(|fault| fault.severity != Severity::Error);
    PaperReading {
        loaded: good.then_some(draft).and_then(SetDraft::finish),
        named,
        faults,
        convention: keys.convention,
        conventions: keys.found,
        questions,
        images,
        contents: Vec::new(),
        outside,
    }
}

/// How many options most questions have whose options are sure.
fn usual_count(surveys: &[question::Survey]) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for survey in surveys {
        if let Chain::Sure(chain) = &survey.chain {
            *counts.entry(chain.len()).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(length, count)| (*count, *length));
    most.map_or(4, |(length, _)| length)
}

fn id_of(place: u32) -> String {
    format!("cau-{place:03}")
}

fn subject(place: usize) -> Subject {
    let place = u32::try_from(place + 1).unwrap_or(u32::MAX);
    Subject::Question(place, Some(id_of(place)))
}

/// The question that holds a byte.
fn draft_at(drafts: &[Draft], byte: usize) -> Option<usize> {
    let after = drafts.partition_point(|draft| draft.span.start <= byte);
    let place = after.checked_sub(1)?;
    drafts
        .get(place)
        .filter(|draft| byte <= draft.span.end)
        .map(|_| place)
}

/// A stem or an option without text; a picture does not stand for it.
fn note_gaps(drafts: &mut [Draft]) {
    for draft in drafts {
        if draft.stem.is_empty() && !draft.options.is_empty() {
            let end = draft
                .options
                .first()
                .map_or(draft.span.end, |option| option.label.start);
            draft
                .faults
                .push((draft.span.start..end, FaultCode::PaperNoStem {}));
            draft.is_refused = true;
        }
        for (place, option) in draft.options.iter().enumerate() {
            if option.text.is_empty() {
                let said = draft
                    .faults
                    .iter()
                    .any(|(_, code)| matches!(code, FaultCode::PictureInOption { .. }));
                if !said {
                    let label = label(place);
                    draft
                        .faults
                        .push((option.label.clone(), FaultCode::PaperEmptyOption { label }));
                }
                draft.is_refused = true;
            }
        }
    }
}

fn outside_lines(doc: &Doc, sheet: &Sheet<'_>, lines: &[usize]) -> Vec<SourceLine> {
    let spans = lines
        .iter()
        .filter_map(|at| doc.lines.get(*at))
        .map(|line| &line.span);
    let shown = spans.filter(|span| !doc.slice(span).trim().is_empty());
    shown.map(|span| source_line(doc, sheet, span)).collect()
}

fn source_line(doc: &Doc, sheet: &Sheet<'_>, span: &Range<usize>) -> SourceLine {
    SourceLine {
        spot: sheet.spot(span.start),
        text: doc.slice(span).trim().to_owned(),
    }
}

/// Notes what was found while taking the paper apart.
fn note_all(
    sheet: &mut Sheet<'_>,
    doc: &Doc,
    drafts: &[Draft],
    shape: &shape::Shape,
    keys: &Keys,
    outside: &mut Vec<SourceLine>,
) {
    for (span, code) in &doc.notes {
        let place = draft_at(drafts, span.start);
        let text = match code {
            FaultCode::PaperTextBox { text }
            | FaultCode::PaperFootnote { text }
            | FaultCode::PaperComment { text } => Some(text),
            _ => None,
        };
        match (place, text) {
            // Boxes and notes of the head or the end of the paper are no part of a question.
            (None, Some(text)) => outside.push(SourceLine {
                spot: sheet.spot(span.start),
                text: text.clone(),
            }),
            // A line drawn under the name of an office, a word crossed out on the title page; but not in the answers.
            (None, _) if matches!(code, FaultCode::PaperShape {}) => {}
            (None, _) if matches!(code, FaultCode::PaperStruck {}) && is_before(drafts, span.start) => {}
            (Some(place), _) if belongs_to_question(code) => {
                sheet.fault(span.clone(), &subject(place), code.clone())
            }
            _ => sheet.fault(span.clone(), &Subject::File, code.clone()),
        }
    }
    for (span, code) in &shape.faults {
        let subject = draft_at(drafts, span.start).map_or(Subject::File, subject);
        sheet.fault(span.clone(), &subject, code.clone());
    }
    for (place, draft) in drafts.iter().enumerate() {
        for (span, code) in &draft.faults {
            sheet.fault(span.clone(), &subject(place), code.clone());
        }
    }
    for (place, span, code) in &keys.faults {
        let subject = place.map_or(Subject::File, subject);
        sheet.fault(span.clone(), &subject, code.clone());
    }
    if drafts.len() > MAX_QUESTIONS {
        let (count, limit) = (drafts.len() as u64, MAX_QUESTIONS as u64);
        sheet.fault(0..0, &Subject::File, FaultCode::TooManyQuestions { count, limit });
    }
}

/// Whether a byte stands before the first question.
fn is_before(drafts: &[Draft], byte: usize) -> bool {
    drafts.first().is_none_or(|first| byte < first.span.start)
}

/// Whether a note says something about one question and not about the file.
const fn belongs_to_question(code: &FaultCode) -> bool {
    !matches!(
        code,
        FaultCode::PaperTracked { .. }
            | FaultCode::PaperUnseen { .. }
            | FaultCode::PaperDecomposed {}
            | FaultCode::PaperLegacyFont { .. }
            | FaultCode::PaperMargin { .. }
    )
}

/// The questions for the rules, and the same for the organiser's eyes.
fn convert(
    sheet: &mut Sheet<'_>,
    doc: &Doc,
    drafts: &[Draft],
    keys: &Keys,
    gallery: &Gallery,
) -> (Vec<RawQuestion>, Vec<PaperQuestion>) {
    let (mut raws, mut papers) = (Vec::new(), Vec::new());
    for ((at, draft), place) in drafts.iter().enumerate().zip(1_u32..) {
        let key = keys.keys.get(at).cloned().flatten();
        let prose = |pieces: &[Range<usize>]| markup(doc, pieces, Role::Prose, None);
        let optional = |pieces: &[Range<usize>]| {
            let span = pieces.first()?.start..pieces.last()?.end;
            Some(At {
                value: prose(pieces),
                span,
            })
        };
        let mut options: Vec<RawOption> = draft
            .options
            .iter()
            .map(|option| {
                let start = option
                    .text
                    .first()
                    .map_or(option.label.start, |piece| piece.start);
                let end = option.text.last().map_or(option.label.end, |piece| piece.end);
                let value = markup(doc, &option.text, Role::Option, keys.convention);
                RawOption {
                    text: At {
                        value,
                        span: start..end,
                    },
                    pin: false,
                }
            })
            .collect();
        if !draft.is_refused {
            pins::pin_combined(sheet, &subject(at), &mut options);
        }
        let (explanation, source) = (optional(&draft.explanation), optional(&draft.source));
        let stem = optional(&draft.stem);
        let text_of = |at: &Option<At<String>>| at.as_ref().map(|at| at.value.clone());
        let lines = draft.lines.iter().filter_map(|line| doc.lines.get(*line));
        let lines = lines.filter(|line| !doc.slice(&line.span).trim().is_empty());
        papers.push(PaperQuestion {
            place,
            number: draft.number,
            id: id_of(place),
            lines: lines.map(|line| source_line(doc, sheet, &line.span)).collect(),
            text: text_of(&stem).unwrap_or_default(),
            options: options
                .iter()
                .map(|option| QuestionOption {
                    text: option.text.value.clone(),
                    pin: option.pin,
                })
                .collect(),
            key: key.as_ref().map(|key| key.value.clone()),
            level: draft.level.as_ref().map(|level| level.value),
            explanation: text_of(&explanation),
            source: text_of(&source),
            media: Vec::new(),
        });
        let Some(stem) = stem.filter(|_| !draft.is_refused) else {
            continue;
        };
        raws.push(RawQuestion {
            span: draft.span.clone(),
            place,
            id: None,
            // Where the paper names no right option, a fault has said so; the other rules are checked all the same.
            key: key.unwrap_or_else(|| At {
                value: vec![0],
                span: stem.span.clone(),
            }),
            stem,
            options,
            level: draft.level.clone(),
            explanation,
            source,
            topic: None,
            media: gallery.media_of(place),
        });
    }
    (raws, papers)
}
