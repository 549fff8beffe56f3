//! Moodle XML: questions with several options and statements that are right or wrong.
//!
//! Owns what Moodle's elements mean; leaves the grammar to `xml`, texts to `html` and shares of points to `intake`. Every
//! other type of question is named with its place.

use super::flow::{Image, Space, plain_text};
use super::gift_answers::{joined, told, truth_options};
use super::intake::{Intake, Often};
use super::media::percent_decoded;
use super::shares::{Takes, Weight, weight};
use super::xml::{self, Element};
use crate::bank::code::FaultCode;
use crate::bank::fault::Subject;
use crate::bank::format::At;
use crate::bank::raw::{RawMedia, RawOption, RawQuestion, RawSet};
use crate::bank::source::{Sheet, shorten};
use crate::domain::question::place_of;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::ops::Range;

/// Reads a file; a broken one gives an empty set and a fault.
pub(super) fn read(sheet: &mut Sheet<'_>) -> RawSet {
    let Some(root) = xml::parse(sheet) else {
        return RawSet::default();
    };
    let mut intake = Intake::new(sheet);
    let mut set = RawSet::default();
    if root.name != "quiz" {
        let root_name = shorten(&root.name, 40);
        intake.fault(&root.span, FaultCode::XmlRoot { root: root_name });
        intake.sheet.give_up(0..usize::MAX);
        return set;
    }
    let mut points: Option<Weight> = None;
    for element in root.elements() {
        if element.name != "question" {
            let setting = shorten(&element.name, 40);
            intake.often(&element.span, Often::Setting(setting));
            continue;
        }
        let kind = element.attribute("type").unwrap_or_default();
        if kind == "category" {
            let category = element.child("category").map(|child| child.child_text("text"));
            intake.category(&category.unwrap_or_default(), element.span.clone());
            continue;
        }
        let place = u32::try_from(set.questions.len() + set.refused + 1).unwrap_or(u32::MAX);
        intake.subject = Subject::Question(place, None);
        if kind == "description" {
            intake.fault(&element.span, FaultCode::DescriptionSkipped {});
            continue;
        }
        note_points(&mut intake, element, &mut points);
        note_unkept(&mut intake, element);
        match read_question(&mut intake, element, kind, place) {
            Some(question) => set.questions.push(question),
            None => set.refused += 1,
        }
    }
    set.title = intake.finish();
    set
}

/// Notes questions that are worth more or less than the first.
fn note_points(intake: &mut Intake<'_, '_>, question: &Element, points: &mut Option<Weight>) {
    let Some(own) = question
        .child("defaultgrade")
        .and_then(|grade| weight(&grade.text()))
    else {
        return;
    };
    if points.is_some_and(|points| points != own) {
        intake.often(&question.span, Often::Points);
    }
    points.get_or_insert(own);
}

/// Notes what entrants will not get: hints between tries, and that the question was hidden from everybody.
fn note_unkept(intake: &mut Intake<'_, '_>, question: &Element) {
    let said = |hint: &&Element| !hint.child_text("text").trim().is_empty();
    for hint in question.all("hint").filter(said) {
        intake.often(&hint.span, Often::Setting("hint".to_owned()));
    }
    if question.child_text("hidden") == "1" {
        intake.often(&question.span, Often::Setting("hidden".to_owned()));
    }
}

/// The name of a question as teachers see it.
fn name_of(question: &Element) -> String {
    question
        .child("name")
        .map(|name| name.child_text("text"))
        .unwrap_or_default()
}

fn read_question(
    intake: &mut Intake<'_, '_>,
    element: &Element,
    kind: &str,
    place: u32,
) -> Option<RawQuestion> {
    let is_truth = match kind {
        "multichoice" => false,
        "truefalse" => true,
        _ => {
            let kind = shorten(if kind.is_empty() { "?" } else { kind }, 40);
            intake.fault(&element.span, FaultCode::QuestionType { kind });
            return None;
        }
    };
    let stem_element = element.child("questiontext");
    let (stem, images) = stem_element
        .map(|child| text_of(intake, child))
        .unwrap_or_default();
    let span = stem_element
        .and_then(|child| child.child("text"))
        .map_or(element.span.clone(), Element::text_span);
    let media = media_of(intake, element, stem_element, &images, &span);
    let general = element
        .child("generalfeedback")
        .and_then(|child| feedback(intake, child));
    let read = match is_truth {
        true => read_truth(intake, element, general),
        false => read_choice(intake, element, general),
    };
    let (Ok(media), Some((mut options, key, explanation))) = (media, read) else {
        return None;
    };
    let own = element.child("hoithi");
    for pin in own.into_iter().flat_map(|own| own.all("pin")) {
        let option = pin
            .text()
            .trim()
            .chars()
            .next()
            .and_then(place_of)
            .and_then(|pin| options.get_mut(usize::from(pin)));
        if let Some(option) = option {
            option.pin = true;
        }
    }
    let note = |name| {
        own.and_then(|own| own.child(name)).map(|note| At {
            value: note.text(),
            span: note.text_span(),
        })
    };
    let (source, topic) = (note("source"), note("topic"));
    let id_element = element
        .child("idnumber")
        .filter(|id| !id.text().trim().is_empty());
    let id = id_element.and_then(|id| intake.id(&id.text(), &id.text_span()));
    let id = id.or_else(|| id_of_name(&name_of(element), &element.span));
    let tags: Vec<At<String>> = element
        .child("tags")
        .into_iter()
        .flat_map(|tags| tags.all("tag"))
        .map(|tag| At {
            value: tag.child_text("text"),
            span: tag.child("text").map_or(tag.span.clone(), Element::text_span),
        })
        .filter(|tag| !tag.value.is_empty())
        .collect();
    let level = intake.level(&tags);
    Some(RawQuestion {
        span: element.span.clone(),
        place,
        id,
        stem: At { value: stem, span },
        options,
        key,
        level,
        explanation,
        source,
        topic,
        media,
    })
}

/// A question's name serves as its id only where it is written like one: most names repeat the text.
fn id_of_name(name: &str, span: &Range<usize>) -> Option<At<String>> {
    let is_id = crate::bank::words::is_slug(name) && name.contains(|c: char| c.is_ascii_alphabetic());
    is_id.then(|| At {
        value: name.to_owned(),
        span: span.clone(),
    })
}

/// A text with its `format`, and the pictures in it.
fn text_of(intake: &mut Intake<'_, '_>, element: &Element) -> (String, Vec<Image>) {
    let Some(text) = element.child("text") else {
        return (String::new(), Vec::new());
    };
    let span = text.text_span();
    match element.attribute("format").unwrap_or("html") {
        "plain_text" => (plain_text(text.text().trim()), Vec::new()),
        "moodle_auto_format" => intake.html(text.text().trim(), &span, Space::Keep),
        "markdown" => {
            let (source, mut html) = (text.text(), String::new());
            pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(source.trim()));
            intake.html(html.trim(), &span, Space::Collapse)
        }
        _ => intake.html(&text.text(), &span, Space::Collapse),
    }
}

fn feedback(intake: &mut Intake<'_, '_>, element: &Element) -> Option<At<String>> {
    let (text, images) = text_of(intake, element);
    let span = element
        .child("text")
        .map_or(element.span.clone(), Element::text_span);
    if !images.is_empty() {
        intake.often(&span, Often::Html("img".to_owned()));
    }
    let value = text.trim().to_owned();
    (!value.is_empty()).then_some(At { value, span })
}

/// What the stem shows, out of the files that stand in the question; an older form names a picture in `<image>`.
fn media_of(
    intake: &mut Intake<'_, '_>,
    question: &Element,
    stem: Option<&Element>,
    images: &[Image],
    span: &Range<usize>,
) -> Result<Vec<RawMedia>, ()> {
    let files: Vec<&Element> = stem
        .into_iter()
        .chain([question])
        .flat_map(|element| element.all("file"))
        .collect();
    let old_name = question.child_text("image");
    let old_bytes = question.child_text("image_base64");
    let find = |src: &str| -> Option<Vec<u8>> {
        let name = percent_decoded(src.rsplit('/').next().unwrap_or(src));
        let file = files
            .iter()
            .find(|file| file.attribute("name") == Some(name.as_str()));
        let encoded = match file {
            Some(file) if file.attribute("encoding").unwrap_or("base64") == "base64" => file.text(),
            Some(_) => return None,
            None if !old_bytes.is_empty() && src == old_name => old_bytes.clone(),
            None => return None,
        };
        let packed: String = encoded.split_whitespace().collect();
        STANDARD.decode(packed).ok()
    };
    let mut images = images.to_vec();
    if !old_name.is_empty() {
        images.push(Image {
            src: old_name.clone(),
            alt: None,
        });
    }
    intake.media(&images, span, &find)
}

/// An option and what it says to those who chose it.
type Told = (RawOption, Option<String>);
type Read = (Vec<RawOption>, At<Vec<u8>>, Option<At<String>>);

/// `<answer fraction="100">` elements with their texts and feedback.
fn read_answers(intake: &mut Intake<'_, '_>, question: &Element) -> Option<(Vec<At<Weight>>, Vec<Told>)> {
    let (mut shares, mut options, mut good) = (Vec::new(), Vec::new(), true);
    for answer in question.all("answer").take(100) {
        let written = answer.attribute("fraction").unwrap_or_default();
        let Some(share) = weight(written) else {
            let (value, near) = (shorten(written, 40), None);
            intake.fault(&answer.span, FaultCode::WeightUnknown { weight: value, near });
            good = false;
            continue;
        };
        // An older form has the text directly in the answer.
        let (text, images) = text_of(intake, answer);
        let span = answer
            .child("text")
            .map_or(answer.span.clone(), Element::text_span);
        good &= intake.no_pictures(&images, &span).is_ok();
        shares.push(At {
            value: share,
            span: answer.span.clone(),
        });
        let told = answer
            .child("feedback")
            .and_then(|child| feedback(intake, child))
            .map(|at| at.value);
        let text = At { value: text, span };
        options.push((RawOption { text, pin: false }, told));
    }
    good.then_some((shares, options))
}

fn is_true(element: &Element, name: &str) -> Option<bool> {
    match element.child_text(name).as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn read_choice(intake: &mut Intake<'_, '_>, question: &Element, general: Option<At<String>>) -> Option<Read> {
    let takes = match is_true(question, "single") {
        Some(false) => Takes::Several,
        _ => Takes::One,
    };
    for name in ["correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"] {
        // What Moodle writes of itself says nothing about the question; a text of its own does.
        let own = question
            .child(name)
            .filter(|child| !child.child_text("text").is_empty());
        if let Some(own) = own {
            intake.often(&own.span, Often::Setting(name.to_owned()));
        }
    }
    let (shares, mut read) = read_answers(intake, question)?;
    let places = intake.key(&shares, takes, &question.span)?;
    if is_true(question, "shuffleanswers") == Some(false) {
        intake.often(&question.span, Often::OrderKept);
        read.iter_mut().for_each(|(option, _)| option.pin = true);
    }
    let right = told(intake, &read, &places);
    let span = question.span.clone();
    Some((
        read.into_iter().map(|(option, _)| option).collect(),
        At {
            value: places,
            span: span.clone(),
        },
        joined(general, right, &span),
    ))
}

/// The statement is right where the answer `true` earns the points.
fn read_truth(intake: &mut Intake<'_, '_>, question: &Element, general: Option<At<String>>) -> Option<Read> {
    let (shares, read) = read_answers(intake, question)?;
    let words: Vec<String> = read
        .iter()
        .map(|(option, _)| option.text.value.trim().to_lowercase())
        .collect();
    let place_of_word = |word: &str| words.iter().position(|known| known == word);
    let (Some(yes), Some(_), 2) = (place_of_word("true"), place_of_word("false"), words.len()) else {
        intake.fault(&question.span, FaultCode::TruthAnswers {});
        return None;
    };
    let places = intake.key(&shares, Takes::One, &question.span)?;
    let right = told(intake, &read, &places);
    let holds = places.iter().any(|place| usize::from(*place) == yes);
    let span = question.span.clone();
    let key = At {
        value: vec![u8::from(!holds)],
        span: span.clone(),
    };
    Some((truth_options(&span), key, joined(general, right, &span)))
}
