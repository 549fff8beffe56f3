//! Correcting what a participant registered: which details staff may change, and from when on a result stands in the way.
//!
//! Owns those rules; what a good value is belongs to `participant`, the steps to `action`.

use super::contest::{ContestDefinition, Field, RankField};

/// A detail that staff may correct. The phone is none of them: it is the name to log in with, and finds the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Detail {
    /// Name.
    FullName,
    /// Birth date.
    BirthDate,
    /// Unit entered for.
    Unit,
    /// School class.
    Class,
    /// E-mail address.
    Email,
    /// Postal address.
    Address,
    /// Parent or guardian.
    GuardianName,
    /// Whether the person agrees to be named when winning.
    ConsentPublish,
}

impl Detail {
    /// Every detail, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::FullName,
        Self::BirthDate,
        Self::Unit,
        Self::Class,
        Self::Email,
        Self::Address,
        Self::GuardianName,
        Self::ConsentPublish,
    ];

    /// The word stored, used in forms and message keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FullName => "full_name",
            Self::BirthDate => "birth_date",
            Self::Unit => "unit",
            Self::Class => "class",
            Self::Email => "email",
            Self::Address => "address",
            Self::GuardianName => "guardian_name",
            Self::ConsentPublish => "consent_publish",
        }
    }

    /// The detail of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|detail| detail.name() == name)
    }

    /// The field of registration that it is; the consent is none.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::FullName => Some(Field::FullName),
            Self::BirthDate => Some(Field::BirthDate),
            Self::Unit => Some(Field::Unit),
            Self::Class => Some(Field::Class),
            Self::Email => Some(Field::Email),
            Self::Address => Some(Field::Address),
            Self::GuardianName => Some(Field::GuardianName),
            Self::ConsentPublish => None,
        }
    }
}

/// How far results that a person is part of have come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    /// A round in which the person submitted is ranked, or further.
    pub ranked: bool,
    /// Some ranking of the contest orders people by age.
    pub by_age: bool,
    /// A published result gives the person a prize.
    pub prize_published: bool,
}

/// The result that stands in the way of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooLate {
    /// A ranking counts the person as registered.
    Ranked,
    /// The public was told who won; only two people may open that result again.
    Published,
}

/// What stands in the way of correcting a detail. Who a published winner is changes by a correction of the result alone;
/// what a ranking was made of stays while the ranking stands. A consent can always be given and withdrawn.
pub fn too_late(detail: Detail, reach: Reach) -> Option<TooLate> {
    let says_who = matches!(detail, Detail::FullName | Detail::BirthDate | Detail::Unit);
    let is_ranked_by = match detail {
        Detail::Unit => true,
        Detail::BirthDate => reach.by_age,
        _ => false,
    };
    if says_who && reach.prize_published {
        Some(TooLate::Published)
    } else if is_ranked_by && reach.ranked {
        Some(TooLate::Ranked)
    } else {
        None
    }
}

/// Whether some ranking of a contest orders people by age.
pub fn ranks_by_age(contest: &ContestDefinition) -> bool {
    let own = contest.rounds.iter().map(|round| &round.rules);
    let mut all = own.chain([&contest.rules_default]);
    all.any(|rules| {
        let mut keys = rules.ranking.order.iter();
        keys.any(|key| key.by == RankField::BirthDate)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_ranking_was_made_of_stays_while_it_stands() {
        let free = Reach::default();
        let ranked = Reach { ranked: true, ..free };
        let by_age = Reach {
            by_age: true,
            ..ranked
        };
        for (detail, reach, expected) in [
            (Detail::Unit, free, None),
            (Detail::Unit, ranked, Some(TooLate::Ranked)),
            (Detail::FullName, ranked, None),
            (Detail::BirthDate, ranked, None),
            (Detail::BirthDate, by_age, Some(TooLate::Ranked)),
            (Detail::BirthDate, Reach { by_age: true, ..free }, None),
        ] {
            assert_eq!(too_late(detail, reach), expected, "{detail:?} {reach:?}");
        }
    }

    #[test]
    fn who_a_published_winner_is_cannot_be_changed_and_a_consent_always_can() {
        let won = Reach {
            ranked: true,
            by_age: true,
            prize_published: true,
        };
        for detail in Detail::ALL {
            let says_who = matches!(detail, Detail::FullName | Detail::BirthDate | Detail::Unit);
            let expected = says_who.then_some(TooLate::Published);
            assert_eq!(too_late(detail, won), expected, "{detail:?}");
            assert_eq!(Detail::parse(detail.name()), Some(detail));
        }
    }
}
