//! The organiser's own rules: Markdown in, harmless HTML out.
//!
//! Owns what such a text may contain: words, lists, tables, links to pages. Raw HTML and pictures are left out.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// HTML of a text that stands below a heading of level 2.
pub fn render(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut out, parser.filter_map(keep).flat_map(scrollable));
    out
}

/// Wraps a table in a box of its own that scrolls sideways on a narrow screen.
fn scrollable(event: Event<'_>) -> impl Iterator<Item = Event<'_>> {
    let html = |text| Some(Event::Html(CowStr::Borrowed(text)));
    let before =
        matches!(event, Event::Start(Tag::Table(_))).then(|| html("<div class=\"scroll\" tabindex=\"0\">"));
    let after = matches!(event, Event::End(TagEnd::Table)).then(|| html("</div>"));
    [before.flatten(), Some(event), after.flatten()]
        .into_iter()
        .flatten()
}

/// The event as it is printed, or nothing.
fn keep(event: Event<'_>) -> Option<Event<'_>> {
    Some(match event {
        Event::Html(_) | Event::InlineHtml(_) => return None,
        Event::Start(Tag::Image { .. } | Tag::HtmlBlock) | Event::End(TagEnd::Image | TagEnd::HtmlBlock) => {
            return None;
        }
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: below(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        Event::Start(Tag::Link {
            link_type, dest_url, ..
        }) => {
            let dest_url = if is_page(&dest_url) {
                dest_url
            } else {
                CowStr::Borrowed("#main")
            };
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            })
        }
        event => event,
    })
}

/// The page's own headings end at level 2.
fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        _ => HeadingLevel::H5,
    }
}

/// A web page here or elsewhere, a telephone number or an address to write to; nothing that runs.
fn is_page(address: &str) -> bool {
    let lower = address.trim().to_ascii_lowercase();
    let known = ["http://", "https://", "tel:", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    let local = (lower.starts_with('/') || lower.starts_with('#'))
        && !lower.starts_with("//")
        && !lower.contains('\\');
    known || local
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lists_and_tables_come_through_one_level_down() {
        let html =
            render("## Ai dự thi\n\n- Người **đủ 12 tuổi**\n\n| Tuần | Mở |\n| --- | --- |\n| 1 | 3/4 |\n");
        assert!(html.contains("<h3>Ai dự thi</h3>"), "{html}");
        assert!(html.contains("<strong>đủ 12 tuổi</strong>"), "{html}");
        assert!(html.contains("<td>3/4</td>"), "{html}");
        assert!(
            html.contains("<div class=\"scroll\" tabindex=\"0\"><table>"),
            "{html}"
        );
    }

    #[test]
    fn nothing_that_runs_or_loads_comes_through() {
        let text = "<script>alert(1)</script>\n\nA <b onclick=\"x()\">b</b> ![p](http://evil.example/p.png) \
                    [x](javascript:alert(1)) [y](//evil.example) [z](data:text/html,1) [w](/the-le) [v](https://a.vn)";
        let html = render(text);
        for bad in ["<script", "onclick", "<img", "javascript:", "//evil", "data:"] {
            assert!(!html.contains(bad), "{bad}: {html}");
        }
        assert!(
            html.contains("href=\"/the-le\"") && html.contains("href=\"https://a.vn\""),
            "{html}"
        );
    }
}
