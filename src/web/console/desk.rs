//! What every page of the console needs: who is at the desk, and the frame around the page.
//!
//! Owns the check that somebody is logged in, and the side menu; leaves rights to `domain::staff`.

use crate::action::close_round::By;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::round::Round;
use crate::domain::staff::{Right, Staff};
use crate::i18n::{Lang, Value, text};
use crate::web::error::WebError;
use crate::web::format;
use crate::web::frame::Frame;
use crate::web::visitor::{CurrentStaff, Visitor};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use time::OffsetDateTime;

/// A member of staff with the request at hand; nobody gets one without being logged in.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Handles.
    pub app: App,
    /// Who.
    pub staff: Staff,
    /// Cookies and moment of arrival.
    pub visitor: Visitor,
}

impl FromRequestParts<App> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let CurrentStaff(staff) = CurrentStaff::from_request_parts(parts, app).await?;
        let visitor = Visitor::from_request_parts(parts, app)
            .await
            .map_err(IntoResponse::into_response)?;
        Ok(Self {
            app: app.clone(),
            staff,
            visitor,
        })
    }
}

impl Desk {
    /// Refuses whoever is not appointed for it.
    pub fn require(&self, right: Right) -> Result<(), WebError> {
        CurrentStaff(self.staff.clone()).require(right).map(|_| ())
    }

    /// Whether the appointment allows it.
    pub const fn may(&self, right: Right) -> bool {
        self.staff.role.may(right)
    }

    /// Moment of arrival.
    pub const fn now(&self) -> OffsetDateTime {
        self.visitor.now
    }

    /// Language of the interface.
    pub const fn lang(&self) -> Lang {
        self.visitor.display.lang
    }

    /// Who does a step.
    pub fn by(&self) -> By<'_> {
        By::from(&self.staff)
    }

    /// A message with named values.
    pub fn say(&self, key: &str, args: &[(&'static str, Value<'_>)]) -> String {
        text(self.lang(), key, args)
    }

    /// A contest by its address.
    pub fn contest(&self, slug: &str) -> Result<Arc<Contest>, WebError> {
        self.app.catalog().find(slug).cloned().ok_or(WebError::NotFound)
    }

    /// A round by the address of its contest and its number.
    pub fn round(&self, slug: &str, number: u16) -> Result<Place, WebError> {
        let contest = self.contest(slug)?;
        let round = contest.round(number).cloned().ok_or(WebError::NotFound)?;
        Ok(Place { contest, round })
    }

    /// The frame of a page that belongs to no contest.
    pub fn frame(&self) -> Frame {
        Frame::new(&self.app, &self.visitor)
    }

    /// The frame of a page of a contest.
    pub fn frame_of(&self, contest: &Contest) -> Frame {
        Frame::of(&self.app, &self.visitor, contest)
    }

    /// The menu beside a page.
    pub fn side(&self, here: Section) -> Side {
        let line = |section: Section, path: &'static str, key: &str| MenuLine {
            path,
            label: self.say(key, &[]),
            here: section == here,
        };
        let see = self.may(Right::See);
        let first = if see {
            "console-menu-contests"
        } else {
            "marker-title"
        };
        let mut menu = vec![line(Section::Contests, "/quan-tri", first)];
        if self.may(Right::LoadSets) {
            menu.push(line(Section::Bank, "/quan-tri/ngan-hang", "desk-bank"));
        }
        if see {
            menu.push(line(Section::Emulation, "/quan-tri/thi-dua", "emulation-menu"));
        }
        if self.may(Right::ManageStaff) {
            menu.push(line(Section::Staff, "/quan-tri/nhan-su", "console-menu-staff"));
        }
        if see {
            menu.push(line(Section::Log, "/quan-tri/nhat-ky", "console-menu-log"));
        }
        let who = [
            ("name", self.staff.name.clone().into()),
            ("role", self.role(self.staff.role.name()).into()),
        ];
        let as_of = format::exact(self.lang(), self.now());
        Side {
            menu,
            who: self.say("console-who", &who),
            as_of: self.say("console-as-of", &[("n", as_of.into())]),
        }
    }

    /// The word for a role.
    pub fn role(&self, name: &str) -> String {
        self.say(&format!("console-role-{name}"), &[])
    }
}

/// A round with its contest.
#[derive(Debug, Clone)]
pub struct Place {
    /// The contest.
    pub contest: Arc<Contest>,
    /// The round.
    pub round: Round,
}

impl Place {
    /// Address of the contest's page.
    pub fn contest_path(&self) -> String {
        contest_path(&self.contest)
    }

    /// Address of the contest's page with this round chosen.
    pub fn path(&self) -> String {
        format!("{}?vong={}", self.contest_path(), self.round.number)
    }

    /// Address of a step of the round.
    pub fn step(&self, step: &str) -> String {
        format!("{}/vong/{}/{step}", self.contest_path(), self.round.number)
    }

    /// Title of the round inside a sentence.
    pub fn title(&self) -> String {
        inside(&self.round.title)
    }
}

/// Address of a contest's page.
pub fn contest_path(contest: &Contest) -> String {
    format!("/quan-tri/cuoc-thi/{}", contest.definition.slug)
}

/// A title as it stands inside a sentence: common words lose their capital, names keep it.
pub fn inside(title: &str) -> String {
    const COMMON: [&str; 7] = ["Tuần", "Vòng", "Kỳ", "Đợt", "Ngày", "Tháng", "Lượt"];
    match COMMON.iter().find(|word| {
        title
            .strip_prefix(**word)
            .is_some_and(|rest| rest.starts_with(' '))
    }) {
        Some(word) => format!(
            "{}{}",
            word.to_lowercase(),
            title.strip_prefix(word).unwrap_or_default()
        ),
        None => title.to_owned(),
    }
}

/// The part of the console a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Contests and rounds.
    Contests,
    /// Questions of all sets.
    Bank,
    /// Emulation clusters, votes, awards.
    Emulation,
    /// Accounts.
    Staff,
    /// Audit log.
    Log,
    /// One's own account; no line of the menu.
    Own,
}

/// What stands beside a page.
#[derive(Debug, Clone)]
pub struct Side {
    /// Links.
    pub menu: Vec<MenuLine>,
    /// Name and appointment of who is logged in.
    pub who: String,
    /// When the figures were read.
    pub as_of: String,
}

/// A link of the menu.
#[derive(Debug, Clone)]
pub struct MenuLine {
    /// Where to.
    pub path: &'static str,
    /// Its words.
    pub label: String,
    /// It is the section of this page.
    pub here: bool,
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn a_common_word_loses_its_capital_inside_a_sentence_and_a_name_keeps_it() {
        assert_eq!(inside("Tuần 5"), "tuần 5");
        assert_eq!(inside("Lạng Sơn mùa hoa đào"), "Lạng Sơn mùa hoa đào");
        assert_eq!(inside("Vòngtròn"), "Vòngtròn");
    }
}
