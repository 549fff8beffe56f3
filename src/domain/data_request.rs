//! Requests of people about their own data: kinds, ways, outcomes, and how far one is by the clock of the law.
//!
//! Owns the words and the state; working days are counted in `working_days`.

use time::Date;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestKind {
    /// To see what is kept.
    See,
    /// A copy to take away.
    Copy,
    /// A correction.
    Correct,
    /// An erasure.
    Erase,
    /// To withdraw a consent.
    Consent,
    /// Anything else.
    Other,
}

impl RequestKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::See,
        Self::Copy,
        Self::Correct,
        Self::Erase,
        Self::Consent,
        Self::Other,
    ];

    /// The word stored, used in forms and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Copy => "copy",
            Self::Correct => "correct",
            Self::Erase => "erase",
            Self::Consent => "consent",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind of what a person did on the own pages.
    pub fn of_own(name: &str) -> Self {
        match name {
            "download" => Self::Copy,
            "correct" => Self::Correct,
            "publish" => Self::Consent,
            "erase" => Self::Erase,
            _ => Self::Other,
        }
    }
}

/// How a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// On the person's own pages, carried out at once.
    Own,
    /// By telephone.
    Phone,
    /// By letter.
    Letter,
    /// By e-mail.
    Email,
    /// In person.
    Desk,
}

impl Way {
    /// The ways that staff enter.
    pub const ENTERED: [Self; 4] = [Self::Phone, Self::Letter, Self::Email, Self::Desk];

    /// The word stored, used in forms and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Phone => "phone",
            Self::Letter => "letter",
            Self::Email => "email",
            Self::Desk => "desk",
        }
    }

    /// The entered way of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ENTERED.into_iter().find(|way| way.name() == name)
    }
}

/// How a request was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestOutcome {
    /// It was carried out.
    Done,
    /// It was refused with a reason.
    Refused,
}

impl RequestOutcome {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Done, Self::Refused];

    /// The word stored, used in forms and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    /// The outcome of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// How far a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestState {
    /// It waits, and there is time.
    New,
    /// It waits, and the last day has passed.
    Overdue,
    /// It was answered in time.
    Answered(RequestOutcome),
    /// It was answered after the last day.
    AnsweredLate(RequestOutcome),
}

impl RequestState {
    /// The word in files and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Overdue => "overdue",
            Self::Answered(outcome) | Self::AnsweredLate(outcome) => outcome.name(),
        }
    }

    /// How far a request is on a day that is due on another; `answered` says how, and on which day.
    pub fn of(due: Date, answered: Option<(RequestOutcome, Date)>, today: Date) -> Self {
        match answered {
            Some((outcome, on)) if on <= due => Self::Answered(outcome),
            Some((outcome, _)) => Self::AnsweredLate(outcome),
            None if today <= due => Self::New,
            None => Self::Overdue,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_request_is_overdue_on_the_day_after_its_last_and_late_for_good_when_answered_then() {
        let (due, next) = (date!(2026 - 02 - 24), date!(2026 - 02 - 25));
        assert_eq!(RequestState::of(due, None, due), RequestState::New);
        assert_eq!(RequestState::of(due, None, next), RequestState::Overdue);
        for outcome in RequestOutcome::ALL {
            let answered = |on| RequestState::of(due, Some((outcome, on)), date!(2030 - 01 - 01));
            assert_eq!(answered(due), RequestState::Answered(outcome));
            assert_eq!(answered(next), RequestState::AnsweredLate(outcome));
        }
    }

    #[test]
    fn every_word_is_read_back_and_what_people_do_themselves_has_a_kind() {
        for kind in RequestKind::ALL {
            assert_eq!(RequestKind::parse(kind.name()), Some(kind));
        }
        for way in Way::ENTERED {
            assert_eq!(Way::parse(way.name()), Some(way));
        }
        assert_eq!(Way::parse("own"), None, "nobody enters what people do themselves");
        for own in ["download", "correct", "publish", "erase"] {
            assert_ne!(RequestKind::of_own(own), RequestKind::Other, "{own}");
        }
    }
}
