//! Items of QTI 2.0 to 3.0: one question with options.
//!
//! Owns the names of both families (`choiceInteraction`, `qti-choice-interaction`), the key and the choices of an item;
//! leaves archives, manifests and tests to `qti_package`. An item that is scored in any other way than these two, by the
//! right answer or by a map of points, is refused.

use super::flow::{Flow, Flowed, Image, Space};
use super::gift_answers::joined;
use super::intake::{Intake, Often};
use super::qti_key::key_of;
use super::xml::{Element, Node};
use crate::bank::code::FaultCode;
use crate::bank::format::At;
use crate::bank::raw::{RawOption, RawQuestion};
use crate::bank::source::shorten;

/// Namespaces of the versions that are understood.
const NAMESPACES: [&str; 6] = [
    "http://www.imsglobal.org/xsd/imsqti_v2p0",
    "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "http://www.imsglobal.org/xsd/imsqti_v2p2",
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "",
];

/// The name of an element in the manner of version 3, without `qti-`: `choice-interaction`.
pub(super) fn kind(element: &Element) -> String {
    match element.name.strip_prefix("qti-") {
        Some(rest) => rest.to_owned(),
        None => kebab(&element.name),
    }
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// An attribute by its name in version 3, whichever version it is written in.
pub(super) fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    let mut camel = String::new();
    for (nth, part) in name.split('-').enumerate() {
        let mut chars = part.chars();
        match chars.next().filter(|_| nth > 0) {
            Some(first) => {
                camel.push(first.to_ascii_uppercase());
                camel.push_str(chars.as_str());
            }
            None => camel.push_str(part),
        }
    }
    element.attribute(name).or_else(|| element.attribute(&camel))
}

/// The children of a kind.
pub(super) fn all<'e>(element: &'e Element, wanted: &'e str) -> impl Iterator<Item = &'e Element> {
    element.elements().filter(move |child| kind(child) == wanted)
}

pub(super) fn one<'e>(element: &'e Element, wanted: &'e str) -> Option<&'e Element> {
    all(element, wanted).next()
}

/// Everything of an element that has the kind wanted, however deep.
fn deep<'e>(element: &'e Element, wanted: &dyn Fn(&str) -> bool, out: &mut Vec<&'e Element>) {
    for child in element.elements() {
        match wanted(&kind(child)) {
            true => out.push(child),
            false => deep(child, wanted, out),
        }
    }
}

/// Reads an item; `None` where it cannot be loaded, which is noted. `find` gives a picture by its address in the item.
pub(super) fn read_item(
    intake: &mut Intake<'_, '_>,
    item: &Element,
    place: u32,
    find: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Option<RawQuestion> {
    let namespace = item.attribute("xmlns").unwrap_or_default();
    if !NAMESPACES.contains(&namespace) {
        intake.often(
            &item.span,
            Often::Setting(format!("xmlns={}", shorten(namespace, 60))),
        );
    }
    let body = one(item, "item-body");
    let mut interactions = Vec::new();
    if let Some(body) = body {
        deep(body, &|kind| kind.ends_with("-interaction"), &mut interactions);
    }
    let ([interaction], Some(body)) = (interactions.as_slice(), body) else {
        let count = interactions.len() as u64;
        intake.fault(&item.span, FaultCode::QtiInteractions { count });
        return None;
    };
    if kind(interaction) != "choice-interaction" {
        let kind = interaction.name.clone();
        intake.fault(&interaction.span, FaultCode::QuestionType { kind });
        return None;
    }
    let (stem, images) = stem_of(intake, body, interaction);
    // A passage that several items share stands in a file of its own: the question is not whole without it.
    for passage in all(item, "assessment-stimulus-ref") {
        let tag = passage.name.clone();
        intake.fault(&passage.span, FaultCode::HtmlContent { tag });
    }
    let media = intake.media(&images, &body.span, find);
    let (ids, mut options) = choices(intake, interaction)?;
    let key = key_of(intake, item, interaction, &ids)?;
    pin(intake, interaction, &mut options);
    let explanation = explanation(intake, item, &ids, &key);
    let given = attribute(item, "identifier").unwrap_or_default();
    // An identifier may not begin with a digit; an id may.
    let given = given
        .strip_prefix('_')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(given);
    Some(RawQuestion {
        span: item.span.clone(),
        place,
        id: intake.id(given, &item.span),
        stem: At {
            value: stem,
            span: body.span.clone(),
        },
        options: options.into_iter().map(|(option, _)| option).collect(),
        key: At {
            value: key,
            span: interaction.span.clone(),
        },
        level: None,
        explanation,
        source: None,
        topic: None,
        media: media.ok()?,
    })
}

/// What stands in the body and the prompt, in their order.
fn stem_of(intake: &mut Intake<'_, '_>, body: &Element, interaction: &Element) -> (String, Vec<Image>) {
    let mut flow = Flow::new(Space::Collapse);
    let mut passed = Vec::new();
    walk(body, &mut flow, &mut passed);
    for name in passed {
        intake.often(&body.span, Often::Setting(name));
    }
    for label in interaction
        .elements()
        .filter(|child| !matches!(kind(child).as_str(), "prompt" | "simple-choice"))
    {
        intake.often(&label.span, Often::Setting(label.name.clone()));
    }
    let flowed = flow.finish();
    intake.flowed(trimmed(flowed), &body.span)
}

fn trimmed(mut flowed: Flowed) -> Flowed {
    flowed.markup = flowed.markup.trim().to_owned();
    flowed
}

/// Lets the content of an element flow in; of an interaction the prompt alone. `passed` takes the names of what is left out.
fn walk(element: &Element, flow: &mut Flow, passed: &mut Vec<String>) {
    for node in &element.children {
        let child = match node {
            Node::Text(text) if text.literal => {
                flow.literal(&text.text);
                continue;
            }
            Node::Text(text) => {
                flow.text(&text.text);
                continue;
            }
            Node::Element(child) => child,
        };
        let kind = kind(child);
        match kind.as_str() {
            "rubric-block" | "feedback-block" | "feedback-inline" | "stylesheet" | "catalog-info" => {
                passed.push(child.name.clone());
            }
            "simple-choice" => {}
            "choice-interaction" | "prompt" => {
                flow.open("p", &|_| None);
                walk(child, flow, passed);
                flow.close("p");
            }
            _ => {
                flow.open(&child.name, &|name| child.attribute(name).map(str::to_owned));
                walk(child, flow, passed);
                flow.close(&child.name);
            }
        }
    }
}

type Told = (RawOption, Option<String>);

/// The identifiers of the choices, and the choices with what they say to those who chose them.
fn choices(intake: &mut Intake<'_, '_>, interaction: &Element) -> Option<(Vec<String>, Vec<Told>)> {
    let (mut ids, mut options, mut good): (Vec<String>, Vec<Told>, bool) = (Vec::new(), Vec::new(), true);
    for choice in all(interaction, "simple-choice").take(100) {
        let id = attribute(choice, "identifier")
            .unwrap_or_default()
            .trim()
            .to_owned();
        if ids.contains(&id) {
            let id = shorten(&id, 40);
            intake.fault(&choice.span, FaultCode::QtiChoiceTwice { id });
            good = false;
        }
        let mut flow = Flow::new(Space::Collapse);
        let mut passed = Vec::new();
        walk(choice, &mut flow, &mut passed);
        if !passed.is_empty() {
            intake.often(&choice.span, Often::Feedback);
        }
        let (text, images) = intake.flowed(trimmed(flow.finish()), &choice.span);
        good &= intake.no_pictures(&images, &choice.span).is_ok();
        let text = At {
            value: text,
            span: choice.span.clone(),
        };
        let pin = attribute(choice, "fixed") == Some("true");
        ids.push(id);
        options.push((RawOption { text, pin }, None));
    }
    good.then_some((ids, options))
}

/// Options keep their places unless the item says that they may be shuffled.
fn pin(intake: &mut Intake<'_, '_>, interaction: &Element, options: &mut [Told]) {
    if attribute(interaction, "shuffle") != Some("true") {
        intake.often(&interaction.span, Often::OrderKept);
        options.iter_mut().for_each(|(option, _)| option.pin = true);
    }
}

/// What is told after the right answer, or to everybody.
fn explanation(
    intake: &mut Intake<'_, '_>,
    item: &Element,
    ids: &[String],
    key: &[u8],
) -> Option<At<String>> {
    let mut lines = Vec::new();
    for feedback in all(item, "modal-feedback") {
        let id = attribute(feedback, "identifier").unwrap_or_default();
        let place = ids
            .iter()
            .position(|known| known == id)
            .and_then(|place| u8::try_from(place).ok());
        if id != "explanation" && !place.is_some_and(|place| key.contains(&place)) {
            intake.often(&feedback.span, Often::Feedback);
            continue;
        }
        let mut flow = Flow::new(Space::Collapse);
        let mut passed = Vec::new();
        let content = one(feedback, "content-body").unwrap_or(feedback);
        walk(content, &mut flow, &mut passed);
        let (text, images) = intake.flowed(trimmed(flow.finish()), &feedback.span);
        if !images.is_empty() {
            intake.often(&feedback.span, Often::Html("img".to_owned()));
        }
        lines.extend(Some(text).filter(|text| !text.is_empty()));
    }
    joined(None, lines, &item.span)
}
