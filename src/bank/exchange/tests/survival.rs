//! Claims about hostile input: whatever the bytes, reading ends, without a panic, in a set or in faults.

use super::*;
use proptest::prelude::*;

fn survives(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let read = crate::bank::import_question_file(name, bytes);
    // Faults quote the file, which may hold what a forgotten argument would look like.
    let quoted = bytes.windows(2).any(|pair| pair == b"{$");
    prop_assert!(read.loaded.is_some() || !read.faults.is_empty());
    for fault in &read.faults {
        prop_assert!(fault.excerpt.chars().count() <= 80, "{fault:?}");
        for lang in crate::i18n::Lang::ALL {
            let texts = [fault.message(lang), fault.suggestion(lang)];
            prop_assert!(
                quoted || texts.iter().all(|text| !text.contains("{$")),
                "{texts:?}"
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.gift", "a.aiken", "a.xml", "a.zip"] {
            survives(name, &bytes)?;
        }
        let mut zip = b"PK\x03\x04".to_vec();
        zip.extend(&bytes);
        survives("a.zip", &zip)?;
    }

    #[test]
    fn random_gift_is_survived(text in "(\\PC|[:#={}~%\\\\\\[\\]]|::|####|//|\n|\n\n|->|TRUE|\\$CATEGORY:|\\[html\\]|\\[id:|~%50%|<b>|&lt;|\u{0301}){0,80}") {
        survives("a.gift", text.as_bytes())?;
    }

    #[test]
    fn random_aiken_is_survived(text in "(\\PC|A\\. |B\\) |C\\.|ANSWER: |ANSWER:B|\n|\r\n|Hỏi gì\\?\n){0,60}") {
        survives("a.aiken", text.as_bytes())?;
    }

    #[test]
    fn random_xml_is_survived(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<question type=\"multichoice\">", "</question>", "<question type='truefalse'>", "<questiontext format='html'>", "</questiontext>",
            "<text>", "</text>", "<answer fraction='100'>", "<answer fraction='-33.3'>", "</answer>", "<![CDATA[<p>x<img src='@@PLUGINFILE@@/a.png'>]]>",
            "&lt;b&gt;", "&amp;", "&#x110;", "&nbsp;", "<file name='a.png' encoding='base64'>AAAA</file>", "<single>false</single>", "true", "false",
            "<itemBody>", "</itemBody>", "<choiceInteraction responseIdentifier='R' maxChoices='0'>", "</choiceInteraction>", "<simpleChoice identifier='a'>x</simpleChoice>",
            "<simpleChoice identifier='b'>y</simpleChoice>", "<responseDeclaration identifier='R' cardinality='multiple'>", "</responseDeclaration>", "<correctResponse>",
            "</correctResponse>", "<value>a</value>", "<mapping>", "</mapping>", "<mapEntry mapKey='a' mappedValue='1e9'/>", "<tags><tag><text>khó</text></tag></tags>",
            "<!DOCTYPE x>", "<", ">", "đ",
        ]), 0..30),
        root in prop::sample::select(vec!["quiz", "assessmentItem", "qti-assessment-item", "html"]),
    ) {
        survives("a.xml", format!("<{root}>{}</{root}>", parts.concat()).as_bytes())?;
    }

    #[test]
    fn a_damaged_package_is_survived(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let (set, key) = super::round_trip::rich();
        let whole = write_qti("a.zip", &super::round_trip::loaded_set(&set, &key), &|_| None).bytes;
        let mut damaged = whole.clone();
        let at = at.index(damaged.len());
        damaged[at] = byte;
        survives("a.zip", &damaged)?;
        damaged.truncate(cut.index(damaged.len()));
        survives("a.zip", &damaged)?;
    }
}
