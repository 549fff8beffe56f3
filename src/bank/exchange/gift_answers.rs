//! What stands between the braces of a GIFT question.
//!
//! Owns telling the kinds of question apart, options, weights and feedback; leaves single texts to `gift_text`.

use super::gift::short;
use super::gift_text::{Format, Syms, feedback};
use super::intake::{Intake, Often};
use super::shares::{FULL, Takes, Weight, weight};
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use crate::bank::raw::RawOption;
use std::ops::Range;

/// The options of a question that can be loaded.
pub(super) struct Answers {
    pub(super) options: Vec<RawOption>,
    pub(super) key: At<Vec<u8>>,
    pub(super) explanation: Option<At<String>>,
}

/// Reads answers; `None` where the question cannot be loaded, which is noted.
pub(super) fn read_answers(
    intake: &mut Intake<'_, '_>,
    answers: Syms<'_>,
    format: Format,
    question: &Range<usize>,
) -> Option<Answers> {
    let (answers, general) = match answers.rfind("####") {
        Some(at) => (
            answers.until(at).trimmed(),
            feedback(intake, answers.skip(at + 4), format).map(|text| At {
                value: text,
                span: answers.skip(at).span(),
            }),
        ),
        None => (answers, None),
    };
    let mut unsupported = |kind: &'static str| {
        let kind = kind.to_owned();
        intake.fault(question, FaultCode::QuestionType { kind });
        None
    };
    if answers.is_empty() {
        return unsupported("essay");
    }
    if answers.starts_with("#") {
        return unsupported("numerical");
    }
    if answers.find("~").is_some() {
        return read_choice(intake, answers, format, question, general);
    }
    if answers.find("=").is_some() && answers.find("->").is_some() {
        return unsupported("matching");
    }
    let word = answers
        .until(answers.find("#").filter(|at| *at > 0).unwrap_or(usize::MAX))
        .trimmed();
    match word.raw_text(20).as_str() {
        "T" | "TRUE" => Some(truth(intake, true, answers, format, general)),
        "F" | "FALSE" => Some(truth(intake, false, answers, format, general)),
        other
            if matches!(
                other.trim_start_matches('=').to_lowercase().as_str(),
                "t" | "true" | "f" | "false"
            ) =>
        {
            intake.fault(&word.span(), FaultCode::GiftTruthWord { value: short(word) });
            None
        }
        _ => {
            intake.fault(
                question,
                FaultCode::QuestionType {
                    kind: "shortanswer".to_owned(),
                },
            );
            None
        }
    }
}

/// A statement that is right or wrong: the two options are ours, the feedback for the wrong answer comes first.
fn truth(
    intake: &mut Intake<'_, '_>,
    is_true: bool,
    answers: Syms<'_>,
    format: Format,
    general: Option<At<String>>,
) -> Answers {
    let span = answers.span();
    let mut parts = answers.places('#').into_iter();
    let (first, second) = (parts.next(), parts.next());
    let wrong = first.map(|at| answers.until(second.unwrap_or(usize::MAX)).skip(at + 1));
    if wrong.and_then(|syms| feedback(intake, syms, format)).is_some() {
        intake.often(&span, Often::Feedback);
    }
    let right = second.and_then(|at| feedback(intake, answers.skip(at + 1), format));
    Answers {
        options: truth_options(&span),
        key: At {
            value: vec![u8::from(!is_true)],
            span: span.clone(),
        },
        explanation: joined(general, right.into_iter().collect(), &span),
    }
}

/// "Đúng" and "Sai", which keep their places: everybody expects them so.
pub(super) fn truth_options(span: &Range<usize>) -> Vec<RawOption> {
    let option = |text: &str| RawOption {
        text: At {
            value: text.to_owned(),
            span: span.clone(),
        },
        pin: true,
    };
    vec![option("Đúng"), option("Sai")]
}

/// The explanation of a question: its general feedback, then what its right options say.
pub(super) fn joined(
    general: Option<At<String>>,
    right: Vec<String>,
    span: &Range<usize>,
) -> Option<At<String>> {
    let span = general.as_ref().map_or(span.clone(), |at| at.span.clone());
    let mut lines: Vec<String> = general.map(|at| at.value).into_iter().collect();
    for text in right {
        if !lines.contains(&text) {
            lines.push(text);
        }
    }
    (!lines.is_empty()).then(|| At {
        value: lines.join("\n"),
        span,
    })
}

/// Most options that are looked at; a question may have far fewer.
const MAX_PARTS: usize = 100;

/// The options between signs, each with whether `=` begins it. `=` and `~` both begin one, wherever they stand; of `~=`
/// the second counts.
fn parts<'a>(answers: Syms<'a>) -> Vec<(Syms<'a>, bool)> {
    let is_right = |at: usize| answers.skip(at).starts_with("=");
    let mut starts: Vec<usize> = answers
        .places('~')
        .into_iter()
        .chain(answers.places('='))
        .collect();
    starts.sort_unstable();
    starts.truncate(MAX_PARTS);
    let bare = |at: &usize| is_right(*at) || !answers.skip(at + 1).trimmed().starts_with("=");
    starts.retain(bare);
    let leading = answers
        .until(starts.first().copied().unwrap_or(usize::MAX))
        .trimmed();
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    let leads = (!leading.is_empty() && !leading.starts_with("~")).then_some((leading, false));
    let all = starts.iter().zip(ends);
    leads
        .into_iter()
        .chain(all.map(|(start, end)| (answers.until(end).skip(start + 1).trimmed(), is_right(*start))))
        .collect()
}

/// A question with options.
fn read_choice(
    intake: &mut Intake<'_, '_>,
    answers: Syms<'_>,
    format: Format,
    question: &Range<usize>,
    general: Option<At<String>>,
) -> Option<Answers> {
    let equals = answers.places('=');
    let takes = if equals.is_empty() {
        Takes::Several
    } else {
        Takes::One
    };
    for at in equals {
        if answers
            .before(at)
            .is_some_and(|before| !before.is_whitespace() && before != '~')
        {
            let part = short(answers.skip(at.saturating_sub(10)).until(20));
            intake.fault(
                &answers.skip(at).until(1).span(),
                FaultCode::GiftEqualsSplits { part },
            );
        }
    }
    let mut shares: Vec<At<Weight>> = Vec::new();
    let mut read: Vec<(RawOption, Option<String>)> = Vec::new();
    let mut failed = false;
    for (part, is_right) in parts(answers) {
        failed |= read_option(intake, part, is_right, format, &mut shares, &mut read).is_none();
    }
    if read.len() < 2 {
        let count = read.len() as u64;
        intake.fault(question, FaultCode::OptionCount { count });
        return None;
    }
    let places = intake.key(&shares, takes, question)?;
    if failed {
        return None;
    }
    let right = told(intake, &read, &places);
    let mut rights = (0..).zip(&shares).filter(|(place, _)| places.contains(place));
    let span = rights
        .next()
        .map_or(question.clone(), |(_, share)| share.span.clone());
    Some(Answers {
        options: read.into_iter().map(|(option, _)| option).collect(),
        explanation: joined(general, right, &span),
        key: At { value: places, span },
    })
}

/// What the right options say to those who chose them; what the others say is noted.
pub(super) fn told(
    intake: &mut Intake<'_, '_>,
    options: &[(RawOption, Option<String>)],
    right: &[u8],
) -> Vec<String> {
    let mut out = Vec::new();
    for (place, (option, text)) in (0_u8..=u8::MAX).zip(options) {
        match text {
            Some(text) if right.contains(&place) => out.push(text.clone()),
            Some(_) => intake.often(&option.text.span, Often::Feedback),
            None => {}
        }
    }
    out
}

/// One option: its weight, text and feedback.
fn read_option(
    intake: &mut Intake<'_, '_>,
    part: Syms<'_>,
    is_right: bool,
    format: Format,
    shares: &mut Vec<At<Weight>>,
    read: &mut Vec<(RawOption, Option<String>)>,
) -> Option<()> {
    let span = part.span();
    let (share, rest) = match share_of(part).filter(|_| !is_right) {
        Some((share, rest)) => (share, rest),
        None => {
            if looks_like_weight(part) {
                intake.fault(&span, FaultCode::GiftWeightText { text: short(part) });
            }
            (if is_right { FULL } else { 0 }, part)
        }
    };
    let (text, told) = match rest.find("#") {
        Some(at) => (rest.until(at), feedback(intake, rest.skip(at + 1), format)),
        None => (rest, None),
    };
    let (format, text) = Format::read(intake, text, format);
    let (markup, images) = text.markup(intake, format);
    shares.push(At {
        value: share,
        span: span.clone(),
    });
    let text = At {
        value: markup,
        span: text.span(),
    };
    read.push((RawOption { text, pin: false }, told));
    intake.no_pictures(&images, &span).ok()
}

/// The weight at the beginning of an option, `%50%` with at most two digits before those that end it, and the rest.
fn share_of(part: Syms<'_>) -> Option<(Weight, Syms<'_>)> {
    let rest = part.skip(1);
    let end = rest.find("%").filter(|_| part.starts_with("%"))?;
    let written = rest.until(end).text();
    let digits = written.trim_start_matches('-');
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.matches('.').count() <= 1;
    let dashes = written.len() - digits.len();
    let sign = if dashes % 2 == 1 { "-" } else { "" };
    let value = is_number.then(|| weight(&format!("{sign}{digits}"))).flatten()?;
    Some((value, rest.skip(end + 1).trimmed()))
}

/// `% 50 %` and the like: meant as a weight, read as text.
fn looks_like_weight(part: Syms<'_>) -> bool {
    let text = part.text();
    let inner = text
        .strip_prefix('%')
        .and_then(|rest| rest.split_once('%'))
        .map(|(inner, _)| inner);
    inner.is_some_and(|inner| {
        inner
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '-' | '+'))
    })
}
