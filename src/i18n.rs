//! The words people read, in Vietnamese and English, from `locales/<language>/*.ftl`.
//!
//! Owns the choice of language and looking a message up; leaves the wording to the message files and the form of numbers,
//! dates and amounts to the caller, who passes them in ready to print.

pub use fluent_templates::fluent_bundle::FluentValue as Value;
use fluent_templates::{LanguageIdentifier, langid};
use std::collections::HashMap;

// Isolating marks (U+2068, U+2069) around every argument would show up in terminals and in copied text.
fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "vi",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Vietnamese, the default and the fallback of every message.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The language of a tag such as `vi`, `en` or `en-GB`; `None` for any other.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|lang| primary.eq_ignore_ascii_case(lang.tag()))
    }

    /// The tag used in `lang=` attributes, cookies and `--lang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    const fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::Vi => langid!("vi"),
            Self::En => langid!("en"),
        }
    }
}

/// The message `key` in that language: `text(lang, "units-count", &[("n", 3.into())])`. An attribute of a message is
/// named with a dot (`"fault-syntax.fix"`). A message that only Vietnamese has is given in Vietnamese; a key that no
/// file has comes back as it is, which a reader sees at once and a test finds.
pub fn text(lang: Lang, key: &str, args: &[(&'static str, Value<'_>)]) -> String {
    let args: HashMap<&str, Value<'_>> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    let found = [lang, Lang::Vi].into_iter().find_map(|lang| {
        LOCALES
            .lookup_single_language(&lang.identifier(), key, Some(&args))
            .ok()
    });
    found.unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    /// Every message and attribute of a language with the arguments it uses, over all its files.
    fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("locales")
            .join(lang.tag());
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(
                path.extension().and_then(|e| e.to_str()),
                Some("ftl"),
                "{}",
                path.display()
            );
            let (mut message, mut current) = (String::new(), String::new());
            for line in std::fs::read_to_string(&path).unwrap().lines() {
                let head = line.split_once('=').map(|(name, _)| name.trim_end());
                match (line.trim_start().strip_prefix('.'), head) {
                    (Some(_), Some(name)) => current = format!("{message}{}", name.trim_start()),
                    (None, Some(name)) if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') => {
                        message = name.to_owned();
                        current.clone_from(&message);
                    }
                    _ => {}
                }
                if line.starts_with('#') || current.is_empty() {
                    continue;
                }
                if Some(current.as_str()) == head || line.trim_start().starts_with('.') {
                    assert!(!found.contains_key(&current), "{current} twice in {}", lang.tag());
                }
                let names = line.split('$').skip(1).map(|rest| {
                    rest.chars()
                        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                        .collect::<String>()
                });
                found.entry(current.clone()).or_default().extend(names);
            }
        }
        found
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_arguments() {
        let (vi, en) = (messages(Lang::Vi), messages(Lang::En));
        assert!(
            vi.len() > 100,
            "the scan of the message files finds {} messages",
            vi.len()
        );
        let missing: Vec<_> = vi.keys().filter(|key| !en.contains_key(*key)).collect();
        let extra: Vec<_> = en.keys().filter(|key| !vi.contains_key(*key)).collect();
        assert!(
            missing.is_empty() && extra.is_empty(),
            "not in en: {missing:?}; not in vi: {extra:?}"
        );
        let different: Vec<_> = vi
            .iter()
            .filter(|(key, args)| en.get(*key) != Some(args))
            .collect();
        assert!(different.is_empty(), "other arguments in en: {different:?}");
    }

    #[test]
    fn every_message_in_the_files_can_be_looked_up_in_its_own_language() {
        for lang in Lang::ALL {
            for (key, names) in messages(lang).iter().filter(|(key, _)| !key.starts_with('-')) {
                let args: HashMap<&str, Value<'_>> =
                    names.iter().map(|name| (name.as_str(), 1.into())).collect();
                let found = LOCALES.lookup_single_language(&lang.identifier(), key, Some(&args));
                assert!(found.is_ok(), "{}: {key}: {found:?}", lang.tag());
            }
        }
    }

    #[test]
    fn a_language_tag_may_carry_a_region() {
        assert_eq!(Lang::parse("vi"), Some(Lang::Vi));
        assert_eq!(Lang::parse("en-GB"), Some(Lang::En));
        assert_eq!(Lang::parse("fr"), None);
        assert_eq!(Lang::parse(""), None);
    }

    #[test]
    fn arguments_are_printed_without_isolating_marks_and_an_unknown_key_stays_visible() {
        let shown = text(
            Lang::Vi,
            "place-line",
            &[("line", 12.into()), ("column", 5.into())],
        );
        assert_eq!(shown, "dòng 12, cột 5");
        assert_eq!(text(Lang::En, "no-such-message", &[]), "no-such-message");
    }
}
