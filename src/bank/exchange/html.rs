//! HTML as question banks hold it, read into the markup of questions and written from it.
//!
//! Owns tags, attributes and character references of HTML, read as forgivingly as browsers do; leaves what a tag means to
//! `flow`.

use super::flow::{Flow, Flowed, Space};
use crate::domain::markup::{self, Shift};

/// Reads HTML.
pub(super) fn read(text: &str, space: Space) -> Flowed {
    let mut flow = Flow::new(space);
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        flow.text(before);
        rest = match from.starts_with('<') {
            true => tag(from, &mut flow),
            false => reference(from, &mut flow),
        };
    }
    flow.text(rest);
    flow.finish()
}

/// Takes what begins with `<`; gives what follows.
fn tag<'a>(from: &'a str, flow: &mut Flow) -> &'a str {
    let inner = from.get(1..).unwrap_or_default();
    if let Some(comment) = inner.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, rest)| rest);
    }
    let is_tag = inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    let end = tag_end(inner).filter(|_| is_tag);
    let Some(end) = end else {
        flow.text("<");
        return inner;
    };
    let (content, rest) = inner.split_at(end);
    let rest = rest.get(1..).unwrap_or_default();
    if content.starts_with(['!', '?']) {
        return rest;
    }
    if let Some(name) = content.strip_prefix('/') {
        flow.close(name.trim());
        return rest;
    }
    let name_end = content
        .find(|c: char| c.is_whitespace() || c == '/')
        .unwrap_or(content.len());
    let (name, attributes) = content.split_at(name_end);
    let found = read_attributes(attributes);
    let look_up = |wanted: &str| {
        let mut named = found.iter().filter(|(name, _)| name == wanted);
        named.next().map(|(_, value)| value.clone())
    };
    flow.open(name, &look_up);
    if content.ends_with('/') {
        flow.close(name);
    }
    // The text of a program is not HTML.
    let lower = name.to_ascii_lowercase();
    if matches!(lower.as_str(), "script" | "style") {
        let closes = |(at, _): &(usize, &str)| {
            let name = rest.get(at + 2..at + 2 + lower.len());
            name.is_some_and(|name| name.eq_ignore_ascii_case(&lower))
        };
        let end = rest.match_indices("</").find(closes);
        return end.and_then(|(end, _)| rest.get(end..)).unwrap_or_default();
    }
    rest
}

/// Longest tag, bytes.
const MAX_TAG: usize = 10_000;

/// Where the `>` stands that ends a tag; one in quotes does not. `None` for what is no tag.
fn tag_end(inner: &str) -> Option<usize> {
    let mut quote = None;
    let mut first = None;
    for (at, byte) in inner.bytes().enumerate().take(MAX_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            // A quote that is never closed: the first `>` ends the tag after all.
            (Some(_), b'>') => first = first.or(Some(at)),
            _ => {}
        }
    }
    first
}

fn read_attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    while !rest.is_empty() && found.len() < 50 {
        let name_end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(name_end.max(rest.chars().next().map_or(0, char::len_utf8)));
        let after = after.trim_start();
        let (value, after) = match after.strip_prefix('=').map(str::trim_start) {
            None => ("", after),
            Some(value) => match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = value.get(1..).unwrap_or_default();
                    inner.split_once(quote).unwrap_or((inner, ""))
                }
                _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            },
        };
        found.push((name.to_ascii_lowercase(), unescape(value)));
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    }
    found
}

/// Takes what begins with `&`; gives what follows.
fn reference<'a>(from: &'a str, flow: &mut Flow) -> &'a str {
    match resolve(from) {
        Some((c, length)) => {
            flow.literal(c.encode_utf8(&mut [0; 4]));
            from.get(length..).unwrap_or_default()
        }
        None => {
            flow.text("&");
            from.get(1..).unwrap_or_default()
        }
    }
}

/// The character that a reference at the beginning of a text stands for, and how many bytes the reference has.
pub(super) fn resolve(from: &str) -> Option<(char, usize)> {
    let end = from.bytes().take(32).position(|byte| byte == b';')?;
    let name = from.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let value = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(value).filter(|c| *c != '\0')?
        }
        None => named(name)?,
    };
    Some((c, end + 1))
}

/// The references by name that editors write; numbers stand for all others.
const NAMES: &str = "amp & lt < gt > quot \" apos ' ndash – mdash — lsquo ‘ rsquo ’ ldquo “ rdquo ” laquo « raquo » \
    hellip … bull • middot · deg ° plusmn ± times × divide ÷ minus − frac12 ½ frac14 ¼ frac34 ¾ sup1 ¹ sup2 ² sup3 ³ \
    micro µ para ¶ sect § copy © reg ® trade ™ euro € pound £ cent ¢ yen ¥ le ≤ ge ≥ ne ≠ asymp ≈ infin ∞ radic √ \
    rarr → larr ← harr ↔ uarr ↑ darr ↓ alpha α beta β gamma γ delta δ Delta Δ lambda λ mu μ pi π sigma σ omega ω \
    Omega Ω agrave à aacute á acirc â atilde ã egrave è eacute é ecirc ê igrave ì iacute í ograve ò oacute ó ocirc ô \
    otilde õ ugrave ù uacute ú yacute ý Agrave À Aacute Á Acirc Â Atilde Ã Egrave È Eacute É Ecirc Ê Igrave Ì \
    Iacute Í Ograve Ò Oacute Ó Ocirc Ô Otilde Õ Ugrave Ù Uacute Ú Yacute Ý";

/// The character of a reference by name.
pub(super) fn named(name: &str) -> Option<char> {
    let spaces = match name {
        "nbsp" => Some('\u{a0}'),
        "ensp" => Some('\u{2002}'),
        "emsp" => Some('\u{2003}'),
        "thinsp" => Some('\u{2009}'),
        "shy" => Some('\u{ad}'),
        "zwnj" => Some('\u{200c}'),
        "zwj" => Some('\u{200d}'),
        _ => None,
    };
    let mut words = NAMES.split_whitespace();
    let mut pairs = std::iter::from_fn(|| Some((words.next()?, words.next()?)));
    spaces.or_else(|| pairs.find(|(known, _)| *known == name)?.1.chars().next())
}

/// A text with its references resolved.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (c, length) = resolve(from).unwrap_or(('&', 1));
        out.push(c);
        rest = from.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// A text in markup as HTML that is XML as well.
pub(super) fn write(text: &str) -> String {
    let mut out = String::new();
    let pieces = markup::pieces(text);
    let mut after_space = true;
    for (nth, piece) in pieces.iter().enumerate() {
        let next = pieces.get(nth + 1).and_then(|next| next.text.chars().next());
        let mut tags = Vec::new();
        if piece.style.strong {
            tags.push("strong");
        }
        if piece.style.emphasis {
            tags.push("em");
        }
        match piece.style.shift {
            Some(Shift::Up) => tags.push("sup"),
            Some(Shift::Down) => tags.push("sub"),
            None => {}
        }
        tags.iter().for_each(|tag| out.push_str(&format!("<{tag}>")));
        out.push_str(&escape_lines(&piece.text, next, &mut after_space));
        tags.iter()
            .rev()
            .for_each(|tag| out.push_str(&format!("</{tag}>")));
    }
    out
}

/// Line breaks as `<br/>`; spaces that a browser would join are written by number, so that they are read again. `next`
/// follows the text, `after_space` says how what precedes it ends.
fn escape_lines(text: &str, next: Option<char>, after_space: &mut bool) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let follows = chars.peek().copied().or(next);
        let before_break = follows.is_none_or(|follows| follows == '\n');
        match c {
            '\n' => out.push_str("<br/>"),
            ' ' if *after_space || before_break => out.push_str("&#32;"),
            '\t' => out.push_str("&#9;"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
        *after_space = matches!(c, ' ' | '\n' | '\t');
    }
    out
}

/// A text for an attribute or element of XML.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::flow::normal;
    use super::*;
    use proptest::prelude::*;

    fn markup_of(html: &str) -> String {
        read(html, Space::Collapse).markup
    }

    #[test]
    fn tags_that_mean_something_become_signs() {
        assert_eq!(markup_of("<p>Câu <b>không</b> đúng</p>"), "Câu **không** đúng");
        assert_eq!(
            markup_of("8.310 km<SUP>2</SUP>, H<sub>2</sub>O"),
            "8.310 km^2^, H~2~O"
        );
        assert_eq!(markup_of("<em class='x'>báo</em><br>mới<br />"), "*báo*\nmới\n");
        assert_eq!(markup_of("<p>một</p>\n<p>hai</p><div>ba</div>"), "một\nhai\nba");
        assert_eq!(
            markup_of("<span style=\"font-weight: bold\">đậm</span>"),
            "**đậm**"
        );
        assert_eq!(markup_of("<b>a </b>b <i> c</i>"), "**a** b *c*");
    }

    #[test]
    fn white_space_is_that_of_html_or_that_of_lines() {
        assert_eq!(markup_of("  một\n  hai  "), "một hai");
        assert_eq!(read("một\nhai", Space::Keep).markup, "một\nhai");
        assert_eq!(markup_of("a&#32;&#32;b"), "a  b");
    }

    #[test]
    fn references_and_lone_signs_are_characters() {
        assert_eq!(
            markup_of("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;&#7841;&#x1EA1;&quot;"),
            "1 < 2 && 3 > 2 \"ạạ\""
        );
        assert_eq!(markup_of("a < b & c &unknown; &#0;"), "a < b & c &unknown; &#0;");
        assert_eq!(markup_of("2 * 3 * 4 = 24, *A"), "2 * 3 * 4 = 24, *A");
        assert_eq!(markup_of("*a* là sao"), "\\*a\\* là sao");
    }

    #[test]
    fn tags_without_a_sign_are_told_and_programs_leave_no_text() {
        let read = read(
            "<a href='http://x'>xem</a> <u>gạch</u><script>if (a<b) alert(1)</script><ul><li>một</li><li>hai</li></ul>",
            Space::Collapse,
        );
        assert_eq!(read.markup, "xem gạch\nmột\nhai");
        let dropped: Vec<&str> = read.dropped.iter().map(String::as_str).collect();
        assert_eq!(dropped, ["a", "li", "script", "u", "ul"]);
        assert!(read_plain("<span lang=vi>chữ</span><!-- ghi chú -->"));
    }

    fn read_plain(html: &str) -> bool {
        let read = read(html, Space::Collapse);
        read.dropped.is_empty() && !read.style_lost && read.markup == "chữ"
    }

    #[test]
    fn pictures_are_taken_out() {
        let read = read(
            "Cờ <img src=\"@@PLUGINFILE@@/c%C3%B4.png\" alt='cờ &amp; sao'/>nào?",
            Space::Collapse,
        );
        assert_eq!(read.markup, "Cờ nào?");
        assert_eq!(
            (read.images[0].src.as_str(), read.images[0].alt.as_deref()),
            ("@@PLUGINFILE@@/c%C3%B4.png", Some("cờ & sao"))
        );
    }

    #[test]
    fn styles_that_signs_cannot_set_are_told() {
        assert!(read("x<sup>a b</sup>", Space::Collapse).style_lost);
        let read = read("<b>a</b><i>b</i>", Space::Collapse);
        assert!(read.style_lost);
        assert_eq!(markup::plain(&read.markup), "ab");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in "[a-zđ *^~\\\\\n.<>&;#3\t]{0,40}") {
            let text = normal(text.trim());
            let read = read(&write(&text), Space::Collapse);
            prop_assert_eq!(read.markup.trim(), text.trim());
            prop_assert!(read.dropped.is_empty() && read.images.is_empty());
        }

        #[test]
        fn any_text_is_read_to_its_end(text in "(\\PC|<|>|&|;|/|=|\"|'|<b>|</p>|<img|<!--){0,60}") {
            let _ = read(&text, Space::Collapse);
            let _ = read(&text, Space::Keep);
        }

        #[test]
        fn a_normal_text_stays_as_it_is(text in "[a-zđ *^~\\\\\n.]{0,30}") {
            let once = normal(&text);
            prop_assert_eq!(normal(&once), once.clone());
            prop_assert_eq!(markup::plain(&once), markup::plain(&text));
        }
    }
}
