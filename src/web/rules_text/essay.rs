//! The essay as sentences: how long, who marks it, what the mark is for.
//!
//! Owns the words around them; what is asked for is the round's. The prompt itself stands on the paper alone, so that nobody
//! reads before the others what a later round asks.

use super::{Line, Maker};
use crate::domain::contest::{Feedback, RoundRules};
use crate::web::format;
use crate::web::words::say;

impl Maker<'_> {
    /// The essay of each round; nothing where no round asks for one.
    pub(super) fn essays(&self) -> Vec<Line> {
        let asked = self
            .contest
            .rounds
            .iter()
            .any(|round| round.rules.essay.is_some());
        match asked {
            true => self.each(|rules| self.essay(rules)),
            false => Vec::new(),
        }
    }

    fn essay(&self, rules: &RoundRules) -> Vec<String> {
        let Some(essay) = &rules.essay else {
            return vec![self.text("rules-essay-none")];
        };
        let n = |n: u32| format::number(self.lang, i64::from(n));
        let (least, most) = (n(essay.min_chars), n(essay.max_chars));
        let points = n(u32::from(essay.points));
        let mut said = vec![
            match essay.min_chars {
                0 => say(self.lang, "rules-essay-size", &[("most", &most)]),
                _ => say(
                    self.lang,
                    "rules-essay-size-from",
                    &[("least", &least), ("most", &most)],
                ),
            },
            self.text("rules-essay-once"),
            say(self.lang, "rules-essay-points", &[("points", &points)]),
            self.text(match essay.markers.count() {
                1 => "rules-essay-one-marker",
                _ => "rules-essay-two-markers",
            }),
        ];
        if let Some(apart) = essay.markers.max_difference() {
            let apart = n(u32::from(apart));
            said.push(say(self.lang, "rules-essay-third", &[("n", &apart)]));
        }
        if let Some(least) = essay.min_points {
            let least = n(u32::from(least));
            said.push(say(self.lang, "rules-essay-gate", &[("n", &least)]));
        }
        // Where all attempts count together, every essay is marked.
        if rules.ranking.min_score.is_some() && !rules.attempts.counts.is_over_all_attempts() {
            let earns = rules.prediction.is_some_and(|rule| !rule.points.is_none());
            said.push(self.text(match earns {
                true => "rules-essay-who-predicting",
                false => "rules-essay-who",
            }));
        }
        if rules.attempts.feedback == Feedback::Score {
            said.push(self.text("rules-essay-feedback"));
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::vi;
    use crate::domain::contest::{EssayRules, Markers};

    fn essay(markers: Markers) -> EssayRules {
        EssayRules {
            prompt: "Viết về một người con của quê hương.".to_owned(),
            min_chars: 200,
            max_chars: 3_000,
            points: 30,
            min_points: Some(10),
            markers,
        }
    }

    #[test]
    fn the_essay_is_told_without_its_prompt() {
        let said = vi("Phần tự luận", |rules| {
            rules.essay = Some(essay(Markers::One))
        });
        for words in [
            "từ 200 đến 3.000 ký tự",
            "tối đa 30 điểm",
            "cộng vào điểm trắc nghiệm",
            "ít nhất 10 điểm",
            "điểm trắc nghiệm; bài viết được chấm sau",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(!said.contains("người con") && !said.contains("thứ ba"), "{said}");
    }

    #[test]
    fn two_markers_and_the_third_are_named() {
        let two = Markers::Two {
            max_difference: Some(5),
        };
        let said = vi("Phần tự luận", |rules| rules.essay = Some(essay(two)));
        assert!(said.contains("hai người chấm độc lập"), "{said}");
        assert!(said.contains("lệch nhau quá 5 điểm"), "{said}");
        assert_eq!(vi("Phần tự luận", |rules| rules.essay = None), "");
    }
}
