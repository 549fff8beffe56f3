//! What a paper is made of, and how many points its questions give.
//!
//! Owns these settings and the sums that follow from them; leaves drawing to `paper` and adding up to `scoring`.

use crate::domain::question::{Level, SetId};
use serde::{Deserialize, Serialize};

/// What a paper is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRules {
    /// Lines drawn one after the other; no question twice in a paper.
    pub draw: Vec<DrawLine>,
    /// Points for a question answered exactly right, where its line names no others; nothing for any other answer.
    pub points: u32,
    /// Seconds from start to deadline; `None` means until the round closes.
    pub time_limit_s: Option<u32>,
    /// What is shuffled.
    pub shuffle: Shuffle,
    /// A paper with a question left blank earns no points at all.
    #[serde(default)]
    pub all_answered: bool,
}

impl PaperRules {
    /// Questions on one paper.
    pub fn question_count(&self) -> u32 {
        self.draw.iter().map(|line| u32::from(line.count)).sum()
    }

    /// Points for a question that a line draws.
    pub fn points_of(&self, line: &DrawLine) -> u32 {
        line.points.unwrap_or(self.points)
    }

    /// The points of every question, where all give the same; `None` where lines differ.
    pub fn single_points(&self) -> Option<u32> {
        let mut lines = self.draw.iter().map(|line| self.points_of(line));
        let first = lines.next().unwrap_or(self.points);
        lines.all(|points| points == first).then_some(first)
    }

    /// Points of a paper answered exactly right throughout.
    pub fn max_score(&self) -> u32 {
        let of_line = |line: &DrawLine| self.points_of(line).saturating_mul(u32::from(line.count));
        self.draw
            .iter()
            .fold(0, |sum: u32, line| sum.saturating_add(of_line(line)))
    }
}

/// One line of the draw: so many questions of a set, of one level or of any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawLine {
    /// The set.
    pub set: SetId,
    /// Only this level, if given.
    pub level: Option<Level>,
    /// How many questions.
    pub count: u16,
    /// Points for each of its questions; `None` means those of the paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
}

/// What is put into random order for each attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shuffle {
    /// The questions of the paper.
    pub questions: bool,
    /// The options of a question, pinned ones apart.
    pub options: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(lines: &[(u16, Option<u32>)]) -> PaperRules {
        let line = |(count, points): &(u16, Option<u32>)| DrawLine {
            set: SetId("s".into()),
            level: None,
            count: *count,
            points: *points,
        };
        PaperRules {
            draw: lines.iter().map(line).collect(),
            points: 10,
            time_limit_s: None,
            shuffle: Shuffle {
                questions: true,
                options: true,
            },
            all_answered: false,
        }
    }

    #[test]
    fn the_most_points_add_up_each_line_by_its_own_value() {
        let of = |lines: &[(u16, Option<u32>)]| {
            let paper = paper(lines);
            (paper.max_score(), paper.single_points())
        };
        assert_eq!(of(&[(15, None)]), (150, Some(10)));
        assert_eq!(of(&[(10, None), (5, Some(20))]), (200, None));
        assert_eq!(of(&[(10, Some(7)), (5, Some(7))]), (105, Some(7)));
        assert_eq!(of(&[(10, None), (5, Some(10))]), (150, Some(10)));
        assert_eq!(of(&[]), (0, Some(10)));
    }

    #[test]
    fn a_line_without_points_of_its_own_is_kept_as_before() {
        let old = r#"{"set":"s","level":null,"count":3}"#;
        let line: DrawLine = serde_json::from_str(old).unwrap();
        assert_eq!(line.points, None);
        assert_eq!(serde_json::to_string(&line).unwrap(), old);
    }
}
