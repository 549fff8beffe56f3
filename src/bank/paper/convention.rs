//! The ways in which papers mark right options.
//!
//! Owns their names and what is known of one in a paper; leaves finding and judging them to `key`.

use crate::bank::fact::{Args, Fact};
use crate::i18n::{Lang, text};

/// A way of marking right options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyConvention {
    /// A table of answers after the questions: "1-A 2-B".
    AnswerTable,
    /// A line with each question: "Đáp án: B".
    AnswerLine,
    /// "(đúng)" behind the option.
    Word,
    /// An asterisk before or behind it.
    Asterisk,
    /// A tick before or behind it.
    Tick,
    /// Marked with a pen, or on a coloured ground.
    Highlight,
    /// Underlined, the whole option or its letter.
    Underline,
    /// In another colour than the other options.
    Colour,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
}

impl KeyConvention {
    /// Every convention, the plainest first.
    pub const ALL: [Self; 10] = [
        Self::AnswerTable,
        Self::AnswerLine,
        Self::Word,
        Self::Asterisk,
        Self::Tick,
        Self::Highlight,
        Self::Underline,
        Self::Colour,
        Self::Bold,
        Self::Italic,
    ];

    /// The stable name, in JSON, forms and message files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AnswerTable => "answer-table",
            Self::AnswerLine => "answer-line",
            Self::Word => "word",
            Self::Asterisk => "asterisk",
            Self::Tick => "tick",
            Self::Highlight => "highlight",
            Self::Underline => "underline",
            Self::Colour => "colour",
            Self::Bold => "bold",
            Self::Italic => "italic",
        }
    }

    /// The convention of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|convention| convention.name() == name)
    }

    /// What people call it: "chữ đậm".
    pub fn title(self, lang: Lang) -> String {
        text(lang, &format!("paper-key-{}", self.name()), &[])
    }

    /// Whether it is a look, which may also mean an emphasis; the others mean the key and nothing else.
    pub(super) const fn is_look(self) -> bool {
        matches!(
            self,
            Self::Highlight | Self::Underline | Self::Colour | Self::Bold | Self::Italic
        )
    }
}

impl Fact for KeyConvention {
    fn push(&self, name: &'static str, _: &'static str, lang: Lang, args: &mut Args) {
        args.push((name, self.title(lang).into()));
    }
}

/// A convention that a paper shows, with how many of its questions it marks how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundConvention {
    /// The convention.
    pub convention: KeyConvention,
    /// Questions with exactly one marked option.
    pub one: u32,
    /// Questions with several, but not all.
    pub several: u32,
    /// Questions with all options marked.
    pub all: u32,
    /// Questions with none.
    pub none: u32,
}

/// Conventions with the number of questions they mark, as a fact of a message: "chữ đậm (3 câu)".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conventions(pub Vec<(KeyConvention, u32)>);

impl Fact for Conventions {
    fn push(&self, name: &'static str, has_name: &'static str, lang: Lang, args: &mut Args) {
        let words: Vec<String> = self
            .0
            .iter()
            .map(|(convention, count)| format!("{} ({count})", convention.title(lang)))
            .collect();
        args.push((name, words.join(", ").into()));
        args.push((has_name, i64::from(!words.is_empty()).into()));
    }
}
