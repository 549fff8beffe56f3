//! The key of a round, shown to everybody once its results are out and the contest says so.
//!
//! Owns the page; which questions may be shown is `domain::disclosure`'s.

use super::corrections::marking_text;
use super::key_shares::{self, KeyShares};
use super::place::{Asked, InContest, PathParts};
use super::share::Share;
use crate::app::App;
use crate::domain::contest::KeyPublication;
use crate::domain::disclosure::{Disclosed, Disclosure, disclosure};
use crate::domain::question::label_of;
use crate::domain::round::Round;
use crate::i18n::Lang;
use crate::web::WebError;
use crate::web::frame::{Frame, Page};
use crate::web::visitor::Visitor;
use crate::web::words::{count, round_name, say};
use askama::Template;
use axum::Extension;
use axum::extract::State;

/// Questions on a page.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "citizen/answers.html")]
struct AnswersPage {
    f: Frame,
    share: Share,
    base: String,
    number: u16,
    title: String,
    heading: String,
    sentence: String,
    held: Option<String>,
    questions: Vec<Shown>,
    /// Nothing where all questions stand on one page.
    pages: Option<Pages>,
}

struct Pages {
    here: usize,
    last: usize,
    before: Option<usize>,
    next: Option<usize>,
}

struct Shown {
    number: usize,
    text: String,
    options: Vec<OptionLine>,
    /// How it was marked in the end, where that is not the key of the set.
    marking: Option<String>,
    explanation: Option<String>,
    source: Option<String>,
    /// How many of those who met it were right.
    share: Option<String>,
}

struct OptionLine {
    label: char,
    text: String,
    right: bool,
}

/// `GET /cuoc-thi/{contest}/ket-qua/{n}/dap-an`
pub async fn show(
    State(app): State<App>,
    Extension(kept): Extension<KeyShares>,
    visitor: Visitor,
    InContest(contest): InContest,
    path: PathParts,
    asked: Asked,
) -> Result<Page<impl Template>, WebError> {
    let (round, lang) = (path.round(&contest)?, visitor.display.lang);
    let catalog = app.catalog();
    let open = disclosure(&catalog, &contest, round, visitor.now);
    let name = round_name(lang, round);
    let heading = say(lang, "answers-of", &[("round", &name)]);
    let sentence = sentence(lang, round, &open);
    let (questions, held) = match open {
        // A contest that never shows keys has no such page.
        Disclosure::Never => return Err(WebError::NotFound),
        Disclosure::Later(_) => (Vec::new(), 0),
        Disclosure::Open { questions, held } => (questions, held),
    };
    let held = (held > 0).then(|| count(lang, "answers-held", i64::try_from(held).unwrap_or(0)));
    let shares = match questions.is_empty() {
        true => Default::default(),
        false => kept.of(&app, &contest, round).await?,
    };
    let tell = |disclosed: &Disclosed<'_>| key_shares::sentence(lang, &shares, disclosed);
    let (questions, pages) = page_of(lang, &questions, &asked, tell);
    let title = contest.definition.title.clone();
    let address = format!("/ket-qua/{}/dap-an", round.number);
    Ok(Page(AnswersPage {
        f: Frame::of(&app, &visitor, &contest),
        share: Share::of(&app, &contest, &address, heading.clone(), title.clone()),
        base: format!("/cuoc-thi/{}", contest.definition.slug),
        number: round.number,
        title,
        heading,
        sentence,
        held,
        questions,
        pages,
    }))
}

fn sentence(lang: Lang, round: &Round, open: &Disclosure<'_>) -> String {
    let values = |key| say(lang, key, &[("round", &round_name(lang, round))]);
    match open {
        Disclosure::Never | Disclosure::Later(KeyPublication::Never | KeyPublication::AfterRound) => {
            values("answers-after-round")
        }
        Disclosure::Later(KeyPublication::AfterContest) => values("answers-after-contest"),
        Disclosure::Open { questions, .. } => {
            count(lang, "answers-lead", i64::try_from(questions.len()).unwrap_or(0))
        }
    }
}

/// The questions of the page that is asked for; all of them where that is asked for, as for printing.
fn page_of(
    lang: Lang,
    questions: &[Disclosed<'_>],
    asked: &Asked,
    tell: impl Fn(&Disclosed<'_>) -> Option<String>,
) -> (Vec<Shown>, Option<Pages>) {
    let last = questions.len().div_ceil(SHOWN).max(1);
    let all = asked.has("tat-ca") || last == 1;
    let page = asked.get("trang").parse().unwrap_or(1).clamp(1, last);
    let (skip, take) = if all {
        (0, questions.len())
    } else {
        ((page - 1) * SHOWN, SHOWN)
    };
    let numbered = (1..).zip(questions).skip(skip).take(take);
    let shown = numbered.map(|(number, disclosed)| Shown {
        share: tell(disclosed),
        ..shown(lang, number, disclosed)
    });
    let pages = Pages {
        here: page,
        last,
        before: (page > 1).then(|| page - 1),
        next: (page < last).then(|| page + 1),
    };
    (shown.collect(), (!all).then_some(pages))
}

fn shown(lang: Lang, number: usize, disclosed: &Disclosed<'_>) -> Shown {
    let question = disclosed.question;
    let options = (0u8..).zip(&question.options);
    Shown {
        number,
        text: question.text.clone(),
        options: options
            .filter_map(|(place, option)| {
                Some(OptionLine {
                    label: label_of(place)?,
                    text: option.text.clone(),
                    right: disclosed.right.contains(&place),
                })
            })
            .collect(),
        marking: disclosed
            .marking
            .map(|marking| marking_text(lang, Some(question), marking)),
        // It tells why the key of the set is right, which does not hold any more.
        explanation: question
            .explanation
            .clone()
            .filter(|_| disclosed.marking.is_none()),
        source: question.source.clone(),
        share: None,
    }
}
