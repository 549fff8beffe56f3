//! Until when people may complain about a result, and by when they are answered.
//!
//! Owns the settings and the days that follow from them; leaves the register to `action`.

use serde::{Deserialize, Serialize};
use time::{Date, Duration};

/// The time that people and the board have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintRules {
    /// Days after the publication of a result in which complaints about it are taken, at least 1.
    pub within_days: u16,
    /// Days after its receipt in which a complaint is answered, at least 1.
    pub answer_days: u16,
}

impl ComplaintRules {
    /// The last day for complaints about a result that was published on a day.
    pub fn last_day(self, published_on: Date) -> Date {
        after(published_on, self.within_days)
    }

    /// The last day for the answer to a complaint that came on a day.
    pub fn due_day(self, received_on: Date) -> Date {
        after(received_on, self.answer_days)
    }
}

/// The day so many days later; the day before is not counted.
fn after(day: Date, days: u16) -> Date {
    day.checked_add(Duration::days(i64::from(days))).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_day_of_publication_or_receipt_itself_is_not_counted() {
        let rules = ComplaintRules {
            within_days: 5,
            answer_days: 10,
        };
        assert_eq!(rules.last_day(date!(2023 - 05 - 28)), date!(2023 - 06 - 02));
        assert_eq!(rules.due_day(date!(2023 - 12 - 25)), date!(2024 - 01 - 04));
    }
}
