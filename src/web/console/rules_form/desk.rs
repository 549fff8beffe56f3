//! What every page of the forms needs: the contest, the rules at hand, their checks.
//!
//! Owns the right that is asked for and the reading of the draft; nothing is decided here.

use super::apply::shaped;
use super::faults::{Located, locate};
use super::maker::Maker;
use super::spec::Page;
use crate::action::edit_rules::{Editing, check_rules, open_rules};
use crate::bank::{RulesReading, Sketch};
use crate::domain::catalog::Contest;
use crate::domain::staff::Right;
use crate::web::console::desk::{Desk, contest_path};
use crate::web::error::WebError;
use std::sync::Arc;

/// Somebody who edits the rules of a contest.
pub struct RulesDesk {
    /// Who.
    pub desk: Desk,
    /// The contest.
    pub contest: Arc<Contest>,
    /// The draft, or the rules in force.
    pub editing: Editing,
    /// The same as a tree.
    pub sketch: Sketch,
    /// Address of the rules.
    pub path: String,
}

/// The rules at hand with what is wrong with them.
pub struct Checked {
    /// What the file says.
    pub reading: RulesReading,
    /// The faults at their boxes.
    pub faults: Vec<Located>,
}

impl RulesDesk {
    /// Opens the rules for whoever may load question sets; nobody else sees them, for they hold the contest's password.
    pub async fn open(desk: Desk, slug: &str) -> Result<Self, WebError> {
        desk.require(Right::LoadSets)?;
        let contest = desk.contest(slug)?;
        let editing = open_rules(&desk.app, desk.now(), &desk.staff, &contest).await?;
        let sketch =
            Sketch::read(&editing.text).ok_or_else(|| WebError::internal("the draft cannot be read"))?;
        Ok(Self {
            path: format!("{}/the-le", contest_path(&contest)),
            sketch: shaped(sketch),
            desk,
            contest,
            editing,
        })
    }

    /// Checks the rules at hand.
    pub fn check(&self) -> Checked {
        let text = self.sketch.write();
        let reading = check_rules(&self.contest, &self.editing.last, text.as_bytes());
        Checked {
            faults: locate(&text, &self.sketch, &reading.faults),
            reading,
        }
    }

    /// The rules in force as a tree.
    pub fn in_force(&self) -> Sketch {
        // What is written from a definition can always be read.
        Sketch::read(&self.editing.in_force).map_or_else(|| self.sketch.clone(), shaped)
    }

    /// Numbers of the rounds that have opened.
    pub fn opened(&self) -> Vec<u16> {
        let now = self.desk.now();
        let rounds = self.contest.rounds.iter();
        rounds
            .filter(|round| round.has_opened(now))
            .map(|round| round.number)
            .collect()
    }

    /// What the forms of a page are made from.
    pub fn maker<'a>(&'a self, page: Page, faults: &'a [Located], opened: &'a [u16]) -> Maker<'a> {
        Maker {
            desk: &self.desk,
            contest: &self.contest,
            page,
            sketch: &self.sketch,
            faults,
            opened,
            path: &self.path,
        }
    }

    /// The title of a page: that of its section, or the title of the round whose own rules it holds.
    pub fn title(&self, page: &Page) -> String {
        match page.round {
            Some(_) => {
                let title = self.round_title(page);
                self.desk.say("rform-page-own", &[("round", title.into())])
            }
            None => self.desk.say(&format!("rform-page-{}", page.section.slug), &[]),
        }
    }

    /// The title of the round whose own rules a page holds; empty for the other pages.
    pub fn round_title(&self, page: &Page) -> String {
        let title = page
            .round
            .and_then(|place| self.sketch.written(&format!("round.{place}.title")));
        title.unwrap_or_default().to_owned()
    }
}
