//! Working days of offices, and when an answer is due that the law gives so many of them for.
//!
//! Owns the rule: Monday to Friday, but for public holidays of a fixed date and the days off that are announced each year.
//! Leaves keeping those to `store`.

use std::collections::BTreeSet;
use time::{Date, Month, Weekday};

/// Working days within which a request about personal data is answered.
pub const ANSWER_DAYS: u16 = 2;

/// Public holidays that fall on the same date every year.
const FIXED: [(Month, u8); 4] = [
    (Month::January, 1),
    (Month::April, 30),
    (Month::May, 1),
    (Month::September, 2),
];

/// Days off beyond weekends and fixed holidays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DaysOff(BTreeSet<Date>);

impl FromIterator<Date> for DaysOff {
    fn from_iter<I: IntoIterator<Item = Date>>(days: I) -> Self {
        Self(days.into_iter().collect())
    }
}

impl DaysOff {
    /// Whether offices work on that day.
    pub fn is_working(&self, day: Date) -> bool {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let is_fixed = FIXED.contains(&(day.month(), day.day()));
        !is_weekend && !is_fixed && !self.0.contains(&day)
    }

    /// The last day for an answer to what came on a day: that day itself is not counted, whatever the hour.
    pub fn due_day(&self, received_on: Date, working_days: u16) -> Date {
        let mut day = received_on;
        let mut left = working_days;
        while left > 0 {
            // The calendar ends in the year 9999.
            let Some(next) = day.next_day() else {
                return day;
            };
            day = next;
            left -= u16::from(self.is_working(day));
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn due(received_on: Date, off: &[Date]) -> Date {
        let off: DaysOff = off.iter().copied().collect();
        off.due_day(received_on, ANSWER_DAYS)
    }

    #[test]
    fn the_day_it_came_is_not_counted_and_weekends_are_not_either() {
        // 2 June 2025 is a Monday.
        assert_eq!(due(date!(2025 - 06 - 02), &[]), date!(2025 - 06 - 04));
        assert_eq!(due(date!(2025 - 06 - 05), &[]), date!(2025 - 06 - 09), "Thursday");
        assert_eq!(
            due(date!(2025 - 06 - 06), &[]),
            date!(2025 - 06 - 10),
            "Friday, at any hour"
        );
        assert_eq!(due(date!(2025 - 06 - 07), &[]), date!(2025 - 06 - 10), "Saturday");
        assert_eq!(due(date!(2025 - 06 - 08), &[]), date!(2025 - 06 - 10), "Sunday");
    }

    #[test]
    fn fixed_holidays_are_days_off_every_year() {
        // Tuesday 29 April 2025; 30 April and 1 May are off, then Friday, then Monday.
        assert_eq!(due(date!(2025 - 04 - 29), &[]), date!(2025 - 05 - 05));
        // Friday 1 September 2028; Saturday 2 September is a Saturday anyway.
        assert_eq!(due(date!(2028 - 09 - 01), &[]), date!(2028 - 09 - 05));
        assert_eq!(due(date!(2025 - 12 - 31), &[]), date!(2026 - 01 - 05));
    }

    #[test]
    fn what_comes_on_the_eve_of_tet_is_due_after_it() {
        // Tết 2026: Monday 16 to Friday 20 February.
        let tet = [
            date!(2026 - 02 - 16),
            date!(2026 - 02 - 17),
            date!(2026 - 02 - 18),
            date!(2026 - 02 - 19),
            date!(2026 - 02 - 20),
        ];
        assert_eq!(due(date!(2026 - 02 - 13), &tet), date!(2026 - 02 - 24));
        assert_eq!(due(date!(2026 - 02 - 12), &tet), date!(2026 - 02 - 23));
        assert_eq!(
            due(date!(2026 - 02 - 18), &tet),
            date!(2026 - 02 - 24),
            "within it"
        );
    }

    #[test]
    fn a_due_day_is_a_working_day_and_never_before_an_earlier_one() {
        let off: DaysOff = [date!(2026 - 02 - 16), date!(2026 - 02 - 17)]
            .into_iter()
            .collect();
        let mut day = date!(2026 - 01 - 01);
        let mut last = day;
        while day < date!(2026 - 06 - 01) {
            let due = off.due_day(day, ANSWER_DAYS);
            assert!(off.is_working(due) && due > day && due >= last, "{day}: {due}");
            last = due;
            day = day.next_day().unwrap();
        }
    }
}
