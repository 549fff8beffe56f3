//! What all readers of exchange formats note while they read: names, levels, pictures, and what occurs often.
//!
//! Owns faults that are told once for a file with the number of places, the name and level a question gets, and the
//! pictures handed over; leaves the grammar of each format to its reader.

use super::flow::{Flowed, Image, Space};
use super::html;
use crate::bank::code::FaultCode;
use crate::bank::fault::Subject;
use crate::bank::format::At;
use crate::bank::source::{Sheet, shorten};
use crate::bank::words::{is_slug, slug_of};
use crate::domain::question::Level;
use crate::domain::unit::fold;
use std::collections::BTreeMap;
use std::ops::Range;

/// What is told once for a whole file, at its first place and with how often it occurs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Often {
    /// Shares of points of several right options; a contest counts all or nothing.
    AllOrNothing,
    /// Half-right options of a question with one right option.
    PartialCredit,
    /// What an option's feedback says to those who chose it wrongly.
    Feedback,
    /// Points per question.
    Points,
    /// A tag of HTML whose meaning is not kept.
    Html(String),
    /// Styles that cannot be written.
    Style,
    /// A tag of the question that is no level.
    Tag(String),
    /// Options that stay in the order of the file.
    OrderKept,
    /// GIFT that strict readers refuse: the sign.
    Loose(&'static str),
    /// A setting of the format that a contest does not take over.
    Setting(String),
}

impl Often {
    fn code(self, count: u64) -> FaultCode {
        match self {
            Self::AllOrNothing => FaultCode::AllOrNothing { count },
            Self::PartialCredit => FaultCode::PartialCredit { count },
            Self::Feedback => FaultCode::FeedbackDropped { count },
            Self::Points => FaultCode::PointsDropped { count },
            Self::Html(tag) => FaultCode::HtmlDropped { tag, count },
            Self::Style => FaultCode::StyleLost { count },
            Self::Tag(tag) => FaultCode::TagDropped { tag, count },
            Self::OrderKept => FaultCode::OrderKept { count },
            Self::Loose(sign) => FaultCode::GiftLoose {
                sign: sign.to_owned(),
                count,
            },
            Self::Setting(setting) => FaultCode::SettingDropped { setting, count },
        }
    }
}

/// A file being read.
pub(super) struct Intake<'s, 'a> {
    pub(super) sheet: &'s mut Sheet<'a>,
    /// What the faults found now belong to.
    pub(super) subject: Subject,
    often: BTreeMap<Often, (Range<usize>, u64)>,
    /// Categories in the order of the file.
    categories: Vec<(String, Range<usize>)>,
}

/// Different tags, styles and settings that are told; beyond, a file has one cause.
const MAX_OFTEN: usize = 60;

impl<'s, 'a> Intake<'s, 'a> {
    pub(super) fn new(sheet: &'s mut Sheet<'a>) -> Self {
        Self {
            sheet,
            subject: Subject::File,
            often: BTreeMap::new(),
            categories: Vec::new(),
        }
    }

    pub(super) fn fault(&mut self, span: &Range<usize>, code: FaultCode) {
        self.sheet.fault(span.clone(), &self.subject, code);
    }

    pub(super) fn often(&mut self, span: &Range<usize>, what: Often) {
        let is_new = self.often.len() >= MAX_OFTEN && !self.often.contains_key(&what);
        let what = if is_new {
            Often::Tag("…".to_owned())
        } else {
            what
        };
        self.often.entry(what).or_insert_with(|| (span.clone(), 0)).1 += 1;
    }

    /// A text in HTML as markup, with its pictures; what is not kept is noted.
    pub(super) fn html(&mut self, text: &str, span: &Range<usize>, space: Space) -> (String, Vec<Image>) {
        let flowed = html::read(text, space);
        self.flowed(flowed, span)
    }

    /// The same of a text that has been read.
    pub(super) fn flowed(&mut self, flowed: Flowed, span: &Range<usize>) -> (String, Vec<Image>) {
        for tag in flowed.dropped {
            self.often(span, Often::Html(tag));
        }
        for tag in flowed.missed {
            self.fault(span, FaultCode::HtmlContent { tag });
        }
        if flowed.style_lost {
            self.often(span, Often::Style);
        }
        (flowed.markup, flowed.images)
    }

    /// The name of a question from the one the file gives it.
    pub(super) fn id(&mut self, given: &str, span: &Range<usize>) -> Option<At<String>> {
        let given = given.trim();
        if given.is_empty() {
            return None;
        }
        let id = match is_slug(given) {
            true => given.to_owned(),
            false => {
                let made = slug_of(given).or_else(|| slug_of(&format!("cau {given}")));
                let given = shorten(given, 80);
                self.fault(
                    span,
                    FaultCode::IdChanged {
                        given,
                        id: made.clone(),
                    },
                );
                made?
            }
        };
        Some(At {
            value: id,
            span: span.clone(),
        })
    }

    /// The level that tags name; other tags are noted.
    pub(super) fn level(&mut self, tags: &[At<String>]) -> Option<At<Level>> {
        let mut found: Option<At<Level>> = None;
        let mut twice = false;
        for tag in tags {
            let Some(value) = level_of(&tag.value) else {
                self.often(&tag.span, Often::Tag(shorten(&tag.value, 40)));
                continue;
            };
            match &found {
                Some(first) if first.value != value => {
                    self.fault(&tag.span, FaultCode::LevelTwice {});
                    twice = true;
                }
                Some(_) => {}
                None => {
                    found = Some(At {
                        value,
                        span: tag.span.clone(),
                    });
                }
            }
        }
        found.filter(|_| !twice)
    }

    /// A category begins.
    pub(super) fn category(&mut self, path: &str, span: Range<usize>) {
        if self.categories.len() < 1_000 && !self.categories.iter().any(|(known, _)| known == path) {
            self.categories.push((path.to_owned(), span));
        }
    }

    /// Tells what occurred often; gives the title that the categories name.
    pub(super) fn finish(mut self) -> Option<At<String>> {
        self.subject = Subject::File;
        for (what, (span, count)) in std::mem::take(&mut self.often) {
            self.fault(&span, what.code(count));
        }
        let used: Vec<At<String>> = std::mem::take(&mut self.categories)
            .into_iter()
            .filter_map(|(path, span)| {
                Some(At {
                    value: category_name(&path)?,
                    span,
                })
            })
            .collect();
        if let [_, second, ..] = used.as_slice() {
            let names = used.iter().take(20).map(|at| at.value.clone()).collect();
            let (span, count) = (second.span.clone(), used.len() as u64);
            self.fault(&span, FaultCode::CategoriesJoined { names, count });
        }
        match <[At<String>; 1]>::try_from(used) {
            Ok([only]) => Some(only),
            Err(_) => None,
        }
    }
}

/// The level that a word names, in either language.
pub(super) fn level_of(word: &str) -> Option<Level> {
    match fold(word).as_str() {
        "easy" | "de" | "nhan biet" => Some(Level::Easy),
        "medium" | "trung binh" | "thong hieu" => Some(Level::Medium),
        "hard" | "difficult" | "kho" | "van dung" => Some(Level::Hard),
        _ => None,
    }
}

/// The last part of a category's path; `//` is a slash in a name. `None` where the path names only where it hangs.
fn category_name(path: &str) -> Option<String> {
    let parts: Vec<String> = path
        .replace("//", "\u{1}")
        .split('/')
        .map(|part| part.replace('\u{1}', "/").trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let mut names = parts.iter().filter(|part| {
        let is_context = part.starts_with('$') && part.ends_with('$');
        !is_context && *part != "top"
    });
    names.next_back().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_named_by_the_last_part_of_its_path() {
        assert_eq!(
            category_name("$course$/top/Đảng bộ//2023/Tuần 1").as_deref(),
            Some("Tuần 1")
        );
        assert_eq!(category_name("$course$/top/2//9").as_deref(), Some("2/9"));
        assert_eq!(category_name("$course$/top"), None);
        assert_eq!(category_name("$course$"), None);
    }

    #[test]
    fn levels_have_names_in_both_languages() {
        let levels = ["Dễ", "trung bình", "KHÓ", "easy", "medium", "hard", "lớp 8"].map(level_of);
        use Level::{Easy, Hard, Medium};
        assert_eq!(
            levels,
            [
                Some(Easy),
                Some(Medium),
                Some(Hard),
                Some(Easy),
                Some(Medium),
                Some(Hard),
                None
            ]
        );
    }
}
