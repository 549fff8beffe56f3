//! The list of issued accounts with their first passwords, to be handed out.
//!
//! Owns its columns and notes; it is made once and kept by nobody.

use super::cell::{Cell, Column, Form};
use super::table::{Table, Words};
use crate::domain::catalog::Contest;
use crate::i18n::{Lang, text};
use crate::store::results::Rows;
use futures_util::StreamExt;

/// A person's line: code, name, unit with those above it, first password.
pub type AccountLine = [String; 4];

/// The list of accounts; codes and passwords are text, so that no spreadsheet changes them.
pub fn accounts_list(lang: Lang, contest: &Contest, lines: Vec<AccountLine>) -> (Table, Rows<Vec<Cell>>) {
    let say = |key: &str| text(lang, key, &[]);
    let columns = [
        ("code", Form::Text),
        ("full_name", Form::Name),
        ("unit", Form::Name),
        ("password", Form::Text),
    ];
    let definition = &contest.definition;
    let title = say("accounts-list-title");
    let table = Table {
        file_stem: format!("{}-tai-khoan", definition.slug),
        title: format!("{title} - {}", definition.title),
        author: definition.organiser.clone(),
        sheet: title,
        columns: columns
            .map(|(key, form)| Column {
                key,
                head: say(&format!("accounts-column-{}", key.replace('_', "-"))),
                form,
            })
            .into(),
        notes: vec![
            (say("export-note-contest"), definition.title.clone()),
            (say("accounts-note"), say("accounts-note-once")),
        ],
        banner: None,
        words: Words::of(lang),
    };
    let rows = lines
        .into_iter()
        .map(|line| Ok(line.iter().map(|field| Cell::text(field)).collect()));
    (
        table,
        futures_util::stream::iter(rows.collect::<Vec<_>>()).boxed(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tests::contest;
    use crate::document::{Format, write};

    #[tokio::test]
    async fn a_field_of_the_list_is_never_a_formula_and_codes_stay_text() {
        let line = ["0012", "=1+1", "Xã \"Một\", huyện", "abcd-2345"].map(str::to_owned);
        let (table, rows) = accounts_list(Lang::Vi, &contest(false), vec![line]);
        let mut out = Vec::new();
        write(table, Format::Csv, rows, &mut out, |_| {}).await.unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.ends_with("\r\n0012,'=1+1,\"Xã \"\"Một\"\", huyện\",abcd-2345\r\n"),
            "{text}"
        );
    }
}
