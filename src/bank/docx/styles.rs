//! How a run of a document looks: defaults, styles, its own settings.
//!
//! Owns `styles.xml` and the run properties; leaves what a look means (the key, emphasis) to the paper parser.

use super::xml::Element;
use crate::bank::paper::lines::Look;
use crate::domain::markup::Shift;
use std::collections::HashMap;

/// Styles that stand on each other; Word allows ten.
const MAX_CHAIN: usize = 20;

/// Run settings where said; what is not said is inherited.
#[derive(Debug, Clone, Default)]
pub(super) struct RunSettings {
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    highlight: Option<bool>,
    shade: Option<bool>,
    colour: Option<Option<[u8; 3]>>,
    shift: Option<Option<Shift>>,
    hidden: Option<bool>,
    struck: Option<bool>,
    font: Option<String>,
    style: Option<String>,
}

/// The numbering a style gives its paragraphs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ListPlace {
    /// `w:numId`; 0 takes a numbering away.
    pub(super) list: Option<u32>,
    /// `w:ilvl`.
    pub(super) level: Option<u32>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    run: RunSettings,
    numbering: ListPlace,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    default_run: RunSettings,
    default_paragraph: Option<String>,
    by_id: HashMap<String, Style>,
}

/// A look with what else decides about a run.
#[derive(Debug, Clone, Default)]
pub(super) struct RunLook {
    pub(super) look: Look,
    pub(super) hidden: bool,
    /// Crossed out.
    pub(super) struck: bool,
    pub(super) font: Option<String>,
}

impl Styles {
    pub(super) fn read(root: Element<'_, '_>) -> Self {
        let mut styles = Self::default();
        if let Some(properties) = root.path(&["docDefaults", "rPrDefault", "rPr"]) {
            styles.default_run = RunSettings::read(properties);
        }
        for style in root.children().filter(|child| child.name() == "style") {
            let Some(id) = style.get("styleId") else { continue };
            if style.get("type") == Some("paragraph") && matches!(style.get("default"), Some("1" | "true")) {
                styles.default_paragraph = Some(id.to_owned());
            }
            let entry = Style {
                based_on: style.child("basedOn").and_then(Element::val).map(str::to_owned),
                run: style.child("rPr").map(RunSettings::read).unwrap_or_default(),
                numbering: style
                    .path(&["pPr", "numPr"])
                    .map(ListPlace::read)
                    .unwrap_or_default(),
            };
            styles.by_id.insert(id.to_owned(), entry);
        }
        styles
    }

    /// A style and those it stands on, the nearest first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = id;
        std::iter::from_fn(move || {
            let id = next?;
            let style = self.by_id.get(id)?;
            next = style.based_on.as_deref();
            Some((id, style))
        })
        .take(MAX_CHAIN)
    }

    /// The paragraph's style by its name, or the default one.
    pub(super) fn paragraph<'s>(&'s self, id: Option<&'s str>) -> Option<&'s str> {
        id.or(self.default_paragraph.as_deref())
    }

    /// The numbering of a paragraph style, and the style that says it.
    pub(super) fn numbering<'s>(&'s self, id: Option<&'s str>) -> Option<(ListPlace, &'s str)> {
        self.chain(self.paragraph(id))
            .find(|(_, style)| style.numbering.list.is_some())
            .map(|(id, style)| (style.numbering, id))
    }

    /// The look of a run with its own settings in a paragraph of that style.
    pub(super) fn look(&self, paragraph: Option<&str>, run: &RunSettings) -> RunLook {
        let mut layers: Vec<&RunSettings> = vec![run];
        layers.extend(self.chain(run.style.as_deref()).map(|(_, style)| &style.run));
        let paragraph = self.paragraph(paragraph);
        layers.extend(self.chain(paragraph).map(|(_, style)| &style.run));
        layers.push(&self.default_run);
        let flag = |get: fn(&RunSettings) -> Option<bool>| {
            layers.iter().find_map(|layer| get(layer)).unwrap_or_default()
        };
        let look = Look {
            bold: flag(|layer| layer.bold),
            italic: flag(|layer| layer.italic),
            underline: flag(|layer| layer.underline),
            highlight: flag(|layer| layer.highlight) || flag(|layer| layer.shade),
            colour: layers.iter().find_map(|layer| layer.colour).flatten(),
            shift: layers.iter().find_map(|layer| layer.shift).flatten(),
        };
        RunLook {
            look,
            hidden: flag(|layer| layer.hidden),
            struck: flag(|layer| layer.struck),
            font: layers.iter().find_map(|layer| layer.font.clone()),
        }
    }
}

impl ListPlace {
    pub(super) fn read(properties: Element<'_, '_>) -> Self {
        let number = |name| properties.child(name).and_then(|child| child.number("val"));
        Self {
            list: number("numId"),
            level: number("ilvl"),
        }
    }
}

impl RunSettings {
    /// Reads `w:rPr`.
    pub(super) fn read(properties: Element<'_, '_>) -> Self {
        let mut settings = Self::default();
        for property in properties.children() {
            let on = Some(property.is_on());
            let val = property.val().unwrap_or_default();
            match property.name() {
                "b" => settings.bold = on,
                "i" => settings.italic = on,
                "u" => settings.underline = Some(!matches!(val, "none" | "")),
                "highlight" => settings.highlight = Some(!matches!(val, "none" | "white" | "")),
                "shd" => settings.shade = Some(is_shade(property.get("fill").unwrap_or_default())),
                "color" => settings.colour = Some(colour(val)),
                "vertAlign" => {
                    settings.shift = Some(match val {
                        "superscript" => Some(Shift::Up),
                        "subscript" => Some(Shift::Down),
                        _ => None,
                    });
                }
                "vanish" => settings.hidden = on,
                // One line or two.
                "strike" | "dstrike" => {
                    settings.struck = Some(property.is_on() || settings.struck == Some(true))
                }
                "rFonts" => settings.font = property.get("ascii").map(str::to_owned),
                "rStyle" => settings.style = Some(val.to_owned()),
                _ => {}
            }
        }
        settings
    }
}

fn is_shade(fill: &str) -> bool {
    colour(fill).is_some()
}

/// A colour that people see as one: neither black nor white nor grey.
fn colour(hex: &str) -> Option<[u8; 3]> {
    let value = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6)?;
    let [_, red, green, blue] = value.to_be_bytes();
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    (most - least >= 48).then_some([red, green, blue])
}
