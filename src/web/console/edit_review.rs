//! The step before a change of a question is saved: what differs, which rounds will use it, what to look at.
//!
//! Owns one page that editing, adding and taking out share, and the words of a refusal.

use super::desk::{Desk, Section, Side, contest_path};
use super::diff_view::{DiffCard, diff_card};
use super::effect::{Notice, effect_notices};
use super::set_view::{FaultRow, fault_rows};
use crate::action::edit_question::{Ready, Refused};
use crate::domain::catalog::Contest;
use crate::domain::media::MediaName;
use crate::domain::question::SetId;
use crate::domain::set_diff::{Changed, Keyed};
use crate::web::frame::{Frame, Page};
use askama::Template;
use axum::response::{IntoResponse, Response};

#[derive(Template)]
#[template(path = "console/edit_review.html")]
struct ReviewPage {
    f: Frame,
    c: Side,
    title: String,
    back: String,
    action: String,
    id: String,
    card: DiffCard,
    warnings: Vec<FaultRow>,
    notices: Vec<Notice>,
    reason: String,
    token: String,
}

/// A change to be looked at before it is saved.
#[derive(Debug)]
pub struct Reviewed<'a> {
    /// What is being done, in words.
    pub title: String,
    /// Back to the form.
    pub back: String,
    /// Where the form that saves is sent.
    pub action: String,
    /// Name of the question.
    pub id: &'a str,
    /// The question as it is; `None` where it is new.
    pub before: Option<Keyed<'a>>,
    /// The reason given.
    pub reason: String,
}

/// The page.
pub fn review_page(desk: &Desk, contest: &Contest, reviewed: Reviewed<'_>, ready: Ready) -> Response {
    let after = ready.after.as_ref().map(|(question, key)| Keyed {
        question,
        key: Some(key),
    });
    let changed = Changed {
        before: reviewed.before,
        after,
    };
    let files = format!("{}/bo-cau-hoi/tep/{}", contest_path(contest), ready.token);
    let address = |name: &MediaName| {
        let fresh = ready.fresh.contains(name);
        Some(if fresh {
            format!("{files}/{name}")
        } else {
            name.address()
        })
    };
    let page = ReviewPage {
        f: desk.frame_of(contest),
        c: desk.side(Section::Bank),
        title: reviewed.title,
        back: reviewed.back,
        action: reviewed.action,
        id: reviewed.id.to_owned(),
        card: diff_card(desk, &changed, &address),
        warnings: fault_rows(desk.lang(), &ready.warnings),
        notices: effect_notices(desk, contest, &ready.effect, false),
        reason: reviewed.reason,
        token: ready.token,
    };
    Page(page).into_response()
}

/// What there is to say above the form.
#[derive(Debug, Default)]
pub struct Words {
    /// Sentences.
    pub errors: Vec<String>,
    /// What is wrong with the question.
    pub faults: Vec<FaultRow>,
    /// What the change would do that cannot be done.
    pub notices: Vec<Notice>,
    /// What somebody else did to the question meanwhile.
    pub others: Option<DiffCard>,
}

impl Words {
    /// One sentence.
    pub fn of(error: String) -> Self {
        Self {
            errors: vec![error],
            ..Self::default()
        }
    }

    /// Why a change cannot be saved.
    pub fn refusal(desk: &Desk, contest: &Contest, refused: &Refused) -> Self {
        let mut errors = Vec::new();
        if refused.wants_reason {
            errors.push(desk.say("desk-edit-reason-missing", &[]));
        }
        let notices = effect_notices(desk, contest, &refused.effect, false);
        Self {
            errors,
            faults: fault_rows(desk.lang(), &refused.faults),
            notices: notices.into_iter().filter(|(kind, _)| *kind == "error").collect(),
            others: None,
        }
    }
}

/// Whether a round has opened that draws from a set, so that a change needs a reason.
pub fn wants_reason(desk: &Desk, contest: &Contest, set: &SetId) -> bool {
    contest.rounds.iter().any(|round| {
        round.has_opened(desk.now()) && round.rules.paper.draw.iter().any(|line| line.set == *set)
    })
}

/// What people call a set, at its newest version.
pub fn title_of(contest: &Contest, set: &SetId) -> String {
    let head = contest
        .heads
        .get(set)
        .and_then(|version| contest.sets.get(version));
    head.map(|head| head.title.clone()).unwrap_or_default()
}
