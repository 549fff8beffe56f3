//! Lines of the check page: questions with their faults and source, pairs that are alike, ways of reading the key.
//!
//! Owns what is printed; the words of faults are `bank`'s.

use super::desk::Desk;
use super::set_view::{FaultRow, QuestionCard, card, fault_rows};
use crate::action::check_question_set::Checked;
use crate::action::read_question_file::StoredLike;
use crate::bank::{Beside, FaultCode, Preview, Subject};
use crate::web::format;
use crate::web::media::MediaView;

/// Questions shown after a check; of the others those with faults.
const SHOWN: usize = 300;
/// Pairs shown.
const PAIRS: usize = 100;

/// A question beside its source.
#[derive(Debug, Clone)]
pub struct CheckCard {
    /// Its place in the file, for links.
    pub place: u32,
    /// As entrants will see it, with its key.
    pub card: QuestionCard,
    /// What is wrong with it.
    pub faults: Vec<FaultRow>,
    /// Its lines in the file: place and text.
    pub lines: Vec<(String, String)>,
}

/// The cards that are shown.
#[derive(Debug)]
pub struct Shown {
    /// In the order of the file.
    pub cards: Vec<CheckCard>,
    /// Says that there are more.
    pub more: Option<String>,
}

/// The first questions, and those with faults; `staged` is the address of what was checked and not loaded.
pub fn cards(desk: &Desk, checked: &Checked, staged: &str) -> Shown {
    let is_shown = |(nth, preview): &(usize, &Preview)| {
        *nth < SHOWN || checked.faults.iter().any(|fault| preview.is_meant(fault))
    };
    let previews = checked.previews.iter().enumerate().filter(is_shown);
    let cards: Vec<CheckCard> = previews
        .map(|(_, preview)| check_card(desk, checked, preview, staged))
        .collect();
    let count = checked.previews.len();
    let more = (count > cards.len()).then(|| {
        let number = |n: usize| format::number(desk.lang(), n as i64);
        let args = [("shown", number(cards.len()).into()), ("n", number(count).into())];
        desk.say("desk-cards-more", &args)
    });
    Shown { cards, more }
}

fn check_card(desk: &Desk, checked: &Checked, preview: &Preview, staged: &str) -> CheckCard {
    let own = checked.faults.iter().filter(|fault| preview.is_meant(fault));
    let line = |line: &crate::bank::SourceLine| (line.spot.text(desk.lang()), line.text.clone());
    let mut shown = unseen(desk, preview);
    // Of a file that is refused nothing is kept that could be shown.
    if let Some(token) = &checked.token {
        shown.media = MediaView::list_at(&preview.media, &|name| format!("{staged}/{token}/{name}"));
    }
    CheckCard {
        place: preview.place,
        card: shown,
        faults: fault_rows(desk.lang(), own),
        lines: preview.lines.iter().map(line).collect(),
    }
}

/// A question of the file without what it shows, which is not loaded yet.
fn unseen(desk: &Desk, preview: &Preview) -> QuestionCard {
    QuestionCard {
        media: Vec::new(),
        ..card(desk, preview)
    }
}

/// Two questions that are alike.
#[derive(Debug, Clone)]
pub struct LikePair {
    /// Says how alike.
    pub title: String,
    /// The question of the file.
    pub this: QuestionCard,
    /// Where the other is.
    pub whose: String,
    /// Leads to the other, where it is stored.
    pub link: Option<String>,
    /// The other.
    pub other: QuestionCard,
}

/// Questions of the file that are alike, then those that the bank has already.
pub fn pairs(desk: &Desk, checked: &Checked) -> Vec<LikePair> {
    let inside = checked.faults.iter().filter_map(|fault| {
        let (other, same) = match &fault.code {
            FaultCode::StemDuplicate { other, .. } => (other, true),
            FaultCode::StemSimilar { other, .. } => (other, false),
            _ => return None,
        };
        let Subject::Question(..) = fault.place.subject else {
            return None;
        };
        let this = checked.previews.iter().find(|preview| preview.is_meant(fault))?;
        let named = |preview: &&Preview| {
            preview.id.as_ref() == Some(other)
                || (preview.id.is_none() && preview.place.to_string() == *other)
        };
        let other = checked.previews.iter().find(named)?;
        Some(LikePair {
            title: title(desk, same),
            this: unseen(desk, this),
            whose: desk.say("desk-like-inside", &[]),
            link: None,
            other: unseen(desk, other),
        })
    });
    let stored = checked.likes.iter().filter_map(|like| pair(desk, checked, like));
    inside.chain(stored).take(PAIRS).collect()
}

fn title(desk: &Desk, same: bool) -> String {
    desk.say(if same { "desk-like-same" } else { "desk-like-near" }, &[])
}

fn pair(desk: &Desk, checked: &Checked, like: &StoredLike) -> Option<LikePair> {
    let catalog = desk.app.catalog();
    let contest = catalog.find_id(like.contest)?;
    let set = contest.keyed_set(&like.version)?;
    let place = set
        .set
        .questions
        .iter()
        .position(|question| question.id == like.question)?;
    let keyed = set.find(&like.question)?;
    let this = checked
        .previews
        .iter()
        .find(|preview| preview.place == like.place)?;
    let key = keyed.key.cloned().unwrap_or_default();
    let other = Preview::of_whole(u32::try_from(place + 1).unwrap_or(u32::MAX), keyed.question, &key);
    let args = [
        ("set", set.set.title.clone().into()),
        ("contest", contest.definition.title.clone().into()),
    ];
    Some(LikePair {
        title: title(desk, like.same),
        this: unseen(desk, this),
        whose: desk.say("desk-like-stored", &args),
        link: Some(super::question::question_path(contest, &like.set, &like.question)),
        other: card(desk, &other),
    })
}

/// Lines of a paper that belong to no question.
#[derive(Debug)]
pub struct Outside {
    /// Says how many there are.
    pub title: String,
    /// Place and text.
    pub lines: Vec<(String, String)>,
    /// Says that there are more.
    pub more: Option<String>,
}

/// What the reading left out of the questions, for the organiser to see that no question is among it.
pub fn outside(desk: &Desk, beside: &Beside) -> Option<Outside> {
    let count = beside.outside.len();
    let number = |n: usize| format::number(desk.lang(), n as i64);
    let shown = beside.outside.iter().take(SHOWN);
    let lines = shown.map(|line| (line.spot.text(desk.lang()), line.text.clone()));
    (count > 0).then(|| Outside {
        title: desk.say("reading-outside", &[("n", number(count).into())]),
        lines: lines.collect(),
        more: (count > SHOWN).then(|| desk.say("reading-outside-more", &[("n", number(SHOWN).into())])),
    })
}

/// A way of marking right options that the paper shows.
#[derive(Debug, Clone)]
pub struct WayLine {
    /// Its name in forms.
    pub name: &'static str,
    /// "Chữ đậm".
    pub title: String,
    /// How many questions it marks how.
    pub counts: String,
    /// The paper was read so.
    pub here: bool,
}

/// The ways to choose from; empty where there is no choice.
pub fn ways(desk: &Desk, beside: &Beside) -> Vec<WayLine> {
    if beside.conventions.len() < 2 && beside.convention.is_some() {
        return Vec::new();
    }
    let line = |found: &crate::bank::FoundConvention| {
        let args = [
            ("one", found.one.into()),
            ("several", (found.several + found.all).into()),
            ("none", found.none.into()),
        ];
        WayLine {
            name: found.convention.name(),
            title: found.convention.title(desk.lang()),
            counts: desk.say("desk-way-counts", &args),
            here: beside.convention == Some(found.convention),
        }
    };
    beside.conventions.iter().map(line).collect()
}
