//! Until when a contest keeps personal data, and what must be over before they are erased.
//!
//! Owns the days and what is waited for; leaves the facts to `store` and the erasing to `action`.

use time::{Date, Duration};

/// Days for which organisers are told beforehand that data are going to be erased.
pub const NOTICE_DAYS: i64 = 7;
/// A later day is at most so many days after the former one, or after today: who needs longer says so again.
pub const MOST_DAYS: i64 = 3 * 366;

/// What is known of a contest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeepingFacts {
    /// The last day as the contest file says and the consent text prints it.
    pub promised: Option<Date>,
    /// The newest later day.
    pub later: Option<Date>,
    /// Days in which complaints about a result are taken, where the rules say.
    pub complaint_days: Option<u16>,
    /// Day of the last publication; none while a round is not published.
    pub published_on: Option<Date>,
    /// Rounds that are not published.
    pub unpublished: i64,
    /// Complaints, and requests about personal data, without an answer.
    pub complaints: i64,
    /// Proposals of one person that wait for the answer of another.
    pub decisions: i64,
}

/// What erasing waits for, with how many of them there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Rounds to be published.
    Rounds(i64),
    /// Complaints to be answered.
    Complaints(i64),
    /// Proposals to be decided.
    Decisions(i64),
}

impl Wait {
    /// The word in JSON and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rounds(_) => "rounds",
            Self::Complaints(_) => "complaints",
            Self::Decisions(_) => "decisions",
        }
    }

    /// How many.
    pub const fn count(self) -> i64 {
        match self {
            Self::Rounds(n) | Self::Complaints(n) | Self::Decisions(n) => n,
        }
    }
}

/// How far the keeping is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Kept, and for more than a week yet.
    Kept,
    /// Erased within a week: organisers are told.
    Soon,
    /// The day has passed, and something is not over.
    Held,
    /// The day has passed and everything is over.
    Due,
}

impl Stage {
    /// The word in JSON and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Soon => "soon",
            Self::Held => "held",
            Self::Due => "due",
        }
    }
}

/// Until when a contest keeps personal data, as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// Last day on which they are kept.
    pub until: Date,
    /// First day on which they may be erased: after that day, and never before the notice has stood for a week and the time
    /// for complaints is over.
    pub from: Date,
    /// What is not over.
    pub waits: Vec<Wait>,
    /// How far it is.
    pub stage: Stage,
}

impl KeepingFacts {
    /// The last day on which data are kept: the later one of what was promised and what was set since.
    pub fn until(&self) -> Option<Date> {
        self.promised
            .map(|promised| self.later.map_or(promised, |later| later.max(promised)))
    }

    /// How it stands on a day of Vietnam; `None` where no day is named, and nothing is erased by itself.
    pub fn keeping(&self, today: Date) -> Option<Keeping> {
        let until = self.until()?;
        let from = self.first_day(until);
        let waits = self.waits();
        let stage = match (today < from, waits.is_empty()) {
            (true, _) if today <= until && (from - today).whole_days() > NOTICE_DAYS => Stage::Kept,
            (true, _) => Stage::Soon,
            (false, false) => Stage::Held,
            (false, true) => Stage::Due,
        };
        Some(Keeping {
            until,
            from,
            waits,
            stage,
        })
    }

    /// A result that is published late must still be complained about, and its winners called.
    fn first_day(&self, until: Date) -> Date {
        let complaints = i64::from(self.complaint_days.unwrap_or(0));
        let settled = self
            .published_on
            .map(|published| later_by(published, complaints.max(NOTICE_DAYS)));
        later_by(settled.map_or(until, |settled| settled.max(until)), 1)
    }

    fn waits(&self) -> Vec<Wait> {
        [
            Wait::Rounds(self.unpublished),
            Wait::Complaints(self.complaints),
            Wait::Decisions(self.decisions),
        ]
        .into_iter()
        .filter(|wait| wait.count() > 0)
        .collect()
    }

    /// Whether a later day may be set on a day: after the one in force, not in the past, not for ever.
    pub fn may_keep_until(&self, today: Date, wanted: Date) -> Result<(), LaterRefused> {
        let until = self.until().ok_or(LaterRefused::NoDay)?;
        let last = later_by(until.max(today), MOST_DAYS);
        if wanted <= until || wanted < today {
            Err(LaterRefused::NotLater(until.max(today)))
        } else if wanted > last {
            Err(LaterRefused::TooLate(last))
        } else {
            Ok(())
        }
    }
}

/// Why no later day was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaterRefused {
    /// The contest names no day: nothing is erased by itself.
    NoDay,
    /// It is not after that day.
    NotLater(Date),
    /// It is after that day.
    TooLate(Date),
}

fn later_by(day: Date, days: i64) -> Date {
    day.checked_add(Duration::days(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn over() -> KeepingFacts {
        KeepingFacts {
            promised: Some(date!(2024 - 06 - 30)),
            published_on: Some(date!(2024 - 05 - 06)),
            ..KeepingFacts::default()
        }
    }

    fn stage(facts: &KeepingFacts, today: Date) -> Stage {
        facts.keeping(today).unwrap().stage
    }

    #[test]
    fn data_are_kept_to_the_end_of_the_day_announced_for_a_week_and_due_on_the_next() {
        let facts = over();
        for (today, expected) in [
            (date!(2024 - 06 - 23), Stage::Kept),
            (date!(2024 - 06 - 24), Stage::Soon),
            (date!(2024 - 06 - 30), Stage::Soon),
            (date!(2024 - 07 - 01), Stage::Due),
            (date!(2025 - 07 - 01), Stage::Due),
        ] {
            assert_eq!(stage(&facts, today), expected, "{today}");
        }
    }

    #[test]
    fn without_a_day_nothing_is_ever_due() {
        let facts = KeepingFacts {
            promised: None,
            later: Some(date!(2020 - 01 - 01)),
            ..over()
        };
        assert_eq!(facts.keeping(date!(2099 - 01 - 01)), None);
    }

    #[test]
    fn whatever_is_not_over_holds_it_and_is_named() {
        let facts = KeepingFacts {
            unpublished: 2,
            complaints: 1,
            decisions: 3,
            published_on: None,
            ..over()
        };
        let keeping = facts.keeping(date!(2024 - 07 - 01)).unwrap();
        assert_eq!(keeping.stage, Stage::Held);
        assert_eq!(
            keeping.waits,
            [Wait::Rounds(2), Wait::Complaints(1), Wait::Decisions(3)]
        );
    }

    #[test]
    fn a_result_published_after_the_day_gives_a_week_and_the_time_for_complaints_first() {
        let late = KeepingFacts {
            published_on: Some(date!(2024 - 07 - 10)),
            ..over()
        };
        assert_eq!(stage(&late, date!(2024 - 07 - 10)), Stage::Soon);
        assert_eq!(stage(&late, date!(2024 - 07 - 17)), Stage::Soon);
        assert_eq!(stage(&late, date!(2024 - 07 - 18)), Stage::Due);
        let rules = KeepingFacts {
            complaint_days: Some(15),
            ..late
        };
        assert_eq!(stage(&rules, date!(2024 - 07 - 25)), Stage::Soon);
        assert_eq!(stage(&rules, date!(2024 - 07 - 26)), Stage::Due);
    }

    #[test]
    fn a_later_day_holds_and_an_earlier_one_shortens_nothing() {
        let later = KeepingFacts {
            later: Some(date!(2024 - 12 - 31)),
            ..over()
        };
        assert_eq!(stage(&later, date!(2024 - 07 - 01)), Stage::Kept);
        let earlier = KeepingFacts {
            later: Some(date!(2024 - 05 - 31)),
            ..over()
        };
        assert_eq!(earlier.until(), Some(date!(2024 - 06 - 30)));
    }

    #[test]
    fn a_later_day_is_later_and_not_for_ever() {
        let (facts, today) = (over(), date!(2024 - 06 - 25));
        assert_eq!(facts.may_keep_until(today, date!(2024 - 07 - 01)), Ok(()));
        assert_eq!(
            facts.may_keep_until(today, date!(2024 - 06 - 30)),
            Err(LaterRefused::NotLater(date!(2024 - 06 - 30)))
        );
        let passed = date!(2024 - 08 - 01);
        assert_eq!(
            facts.may_keep_until(passed, date!(2024 - 07 - 15)),
            Err(LaterRefused::NotLater(passed))
        );
        let last = date!(2024 - 06 - 30) + Duration::days(MOST_DAYS);
        assert_eq!(facts.may_keep_until(today, last), Ok(()));
        assert_eq!(
            facts.may_keep_until(today, last + Duration::DAY),
            Err(LaterRefused::TooLate(last))
        );
        assert_eq!(
            KeepingFacts::default().may_keep_until(today, last),
            Err(LaterRefused::NoDay)
        );
    }
}
