//! What a text file is by its content, where its ending serves several formats.
//!
//! Owns these looks at the beginning of a file; leaves endings to `formats`. A look that is wrong costs a clear fault of the
//! reader that is chosen, nothing else.

/// Whether the root element of an XML text is one of QTI's.
pub(super) fn is_qti(text: &str) -> bool {
    let mut starts = text.match_indices('<').filter_map(|(at, _)| text.get(at + 1..));
    let root = starts
        .find(|rest| !rest.starts_with(['?', '!']))
        .unwrap_or_default();
    let name = root
        .split([' ', '>', '/', '\t', '\r', '\n'])
        .next()
        .unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or_default();
    let local = local.strip_prefix("qti-").unwrap_or(local);
    local.starts_with("assessment") || local == "manifest"
}

/// Whether a text has the line that ends every question of Aiken.
pub(super) fn is_aiken(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("ANSWER:"))
}

/// Whether a text has what only GIFT has: braces that begin with an answer, or a line that names a category.
pub(super) fn is_gift(text: &str) -> bool {
    let category = |line: &str| line.trim_start().starts_with("$CATEGORY:");
    text.lines().any(category) || text.match_indices('{').any(|(at, _)| opens_answers(text, at))
}

/// Whether the brace at a byte is followed by what answers begin with: `=`, `~`, `#`, a statement's truth.
fn opens_answers(text: &str, at: usize) -> bool {
    let escaped = text.get(..at).is_some_and(|before| before.ends_with('\\'));
    let inside = text.get(at + 1..).unwrap_or_default().trim_start();
    let word = inside.split(['}', '#', '\n']).next().unwrap_or_default().trim();
    let truth = matches!(word, "T" | "F" | "TRUE" | "FALSE") && inside.contains('}');
    !escaped && (truth || (inside.starts_with(['=', '~', '#']) && inside.contains('}')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gift_is_told_from_a_paper_with_braces() {
        for gift in [
            "::Q1:: Thủ đô của Việt Nam? {\n=Hà Nội\n~Huế\n}",
            "Năm nào? {~1930 =1931}",
            "// ghi chú\n$CATEGORY: lich-su\n\nMột câu",
            "Lạng Sơn giáp Trung Quốc. {TRUE}",
            "Đúng hay sai? {F#chưa đúng}",
        ] {
            assert!(is_gift(gift), "{gift}");
        }
        for paper in [
            "Câu 1. Tập hợp {1; 2} có mấy phần tử?\nA. 1\nB. 2",
            "Câu 1. Cho A = {x | x = 2}\nA. 1\nB. 2",
            "Câu 1. Dấu \\{=} là gì?",
            "Câu 1. Chữ {T là gì?\nA. Một",
        ] {
            assert!(!is_gift(paper), "{paper}");
        }
    }

    #[test]
    fn the_root_element_tells_qti() {
        assert!(is_qti(
            "<?xml version=\"1.0\"?>\n<!-- x --><qti-assessment-item xmlns=\"y\">"
        ));
        assert!(is_qti("<ims:manifest>") && !is_qti("<quiz><question>"));
    }
}
