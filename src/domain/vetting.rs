//! Checking candidates for a prize before approval: what the records show, and what staff found.
//!
//! Owns which facts deserve a look; they decide nothing. Asking people and replacing a winner are steps of people.

use super::participant::{GUARDIAN_AGE, age_on};
use time::Date;

/// Longest note, in characters.
pub const MAX_NOTE: usize = 500;

/// What staff found when they checked a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Finding {
    /// The details are the person's own and the rules admit the person.
    Confirmed,
    /// To be looked at again.
    Doubtful,
    /// Should not receive the prize.
    Refused,
}

impl Finding {
    /// Every finding.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Doubtful, Self::Refused];

    /// The word stored and used in message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Doubtful => "doubtful",
            Self::Refused => "refused",
        }
    }

    /// The finding of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|finding| finding.name() == name)
    }
}

/// What the records say of a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateFacts {
    /// Birth date.
    pub birth_date: Date,
    /// A parent or guardian is named.
    pub has_guardian: bool,
    /// Agreed to be named in public.
    pub consent_publish: bool,
    /// Why the rules bar the person.
    pub excluded_reason: Option<String>,
    /// Why the list of the contest bars the person from prizes.
    pub prize_bar: Option<String>,
    /// Others in the contest with the same identity number.
    pub same_national_id: i64,
    /// Others in the contest with the same name and birth date.
    pub same_name_and_birth: i64,
    /// Others in the contest with the same e-mail.
    pub same_email: i64,
    /// Details of the person that staff corrected, consents apart.
    pub corrected: i64,
}

/// Something to look at; none of it is proof of anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Concern {
    /// So many years old, below the smallest age.
    TooYoung(i32, u8),
    /// So many years old, above the largest age.
    TooOld(i32, u8),
    /// The rules bar the person, for that reason.
    Excluded(String),
    /// The list of those who never win names the person, for that reason.
    Listed(String),
    /// So many others have the same identity number.
    SameNationalId(i64),
    /// So many others have the same name and birth date.
    SameNameAndBirth(i64),
    /// So many others have the same e-mail.
    SameEmail(i64),
    /// Under 16 without a parent or guardian.
    NoGuardian(i32),
    /// Did not agree to be named.
    NoConsentToPublish,
    /// Staff corrected so many details.
    Corrected(i64),
}

/// Everything about a candidate that deserves a look. Age is judged on the first day of the contest, by the smallest and the
/// largest that the rules name.
pub fn concerns(
    facts: &CandidateFacts,
    (min_age, max_age): (Option<u8>, Option<u8>),
    first_day: Date,
) -> Vec<Concern> {
    let age = age_on(facts.birth_date, first_day);
    let too_young = min_age.filter(|least| age < i32::from(*least));
    let too_old = max_age.filter(|most| age > i32::from(*most));
    let several = |n: i64| (n > 0).then_some(n);
    let all = [
        too_young.map(|least| Concern::TooYoung(age, least)),
        too_old.map(|most| Concern::TooOld(age, most)),
        facts.excluded_reason.clone().map(Concern::Excluded),
        facts.prize_bar.clone().map(Concern::Listed),
        several(facts.same_national_id).map(Concern::SameNationalId),
        several(facts.same_name_and_birth).map(Concern::SameNameAndBirth),
        several(facts.same_email).map(Concern::SameEmail),
        (age < GUARDIAN_AGE && !facts.has_guardian).then_some(Concern::NoGuardian(age)),
        (!facts.consent_publish).then_some(Concern::NoConsentToPublish),
        several(facts.corrected).map(Concern::Corrected),
    ];
    all.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn facts() -> CandidateFacts {
        CandidateFacts {
            birth_date: date!(1990 - 06 - 15),
            has_guardian: false,
            consent_publish: true,
            excluded_reason: None,
            prize_bar: None,
            same_national_id: 0,
            same_name_and_birth: 0,
            same_email: 0,
            corrected: 0,
        }
    }

    #[test]
    fn a_grown_up_with_details_of_their_own_raises_nothing() {
        assert_eq!(
            concerns(&facts(), (Some(12), Some(32)), date!(2023 - 04 - 03)),
            []
        );
    }

    #[test]
    fn the_largest_age_is_judged_on_the_first_day() {
        let of = |first_day| concerns(&facts(), (None, Some(32)), first_day);
        assert_eq!(
            of(date!(2023 - 06 - 14)),
            [],
            "32 until the day before the birthday"
        );
        assert_eq!(of(date!(2023 - 06 - 15)), [Concern::TooOld(33, 32)]);
    }

    #[test]
    fn every_kind_of_concern_is_told() {
        let child = CandidateFacts {
            birth_date: date!(2012 - 04 - 04),
            consent_publish: false,
            excluded_reason: Some("Ban Tổ chức".to_owned()),
            prize_bar: Some("Tổ ra đề".to_owned()),
            same_national_id: 1,
            same_name_and_birth: 2,
            same_email: 3,
            corrected: 2,
            has_guardian: false,
        };
        assert_eq!(
            concerns(&child, (Some(12), None), date!(2023 - 04 - 03)),
            [
                Concern::TooYoung(10, 12),
                Concern::Excluded("Ban Tổ chức".to_owned()),
                Concern::Listed("Tổ ra đề".to_owned()),
                Concern::SameNationalId(1),
                Concern::SameNameAndBirth(2),
                Concern::SameEmail(3),
                Concern::NoGuardian(10),
                Concern::NoConsentToPublish,
                Concern::Corrected(2),
            ]
        );
    }
}
