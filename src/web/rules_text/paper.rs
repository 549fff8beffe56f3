//! The paper as sentences: how many questions, for how many points, in what time and order, out of which sets.
//!
//! Owns the words around them; what a paper is made of is the contest's.

use super::Maker;
use crate::domain::contest::{DrawLine, PaperRules};
use crate::domain::question::{Level, SetId};
use crate::web::format;
use crate::web::words::{count, list, say};
use std::collections::BTreeMap;

impl Maker<'_> {
    pub(super) fn paper(&self, paper: &PaperRules) -> Vec<String> {
        let questions = count(self.lang, "rules-questions", i64::from(paper.question_count()));
        let size = match paper.time_limit_s {
            Some(seconds) => {
                let limit = format::duration(self.lang, i64::from(seconds) * 1000);
                say(
                    self.lang,
                    "rules-paper",
                    &[("questions", &questions), ("limit", &limit)],
                )
            }
            None => say(self.lang, "rules-paper-unlimited", &[("questions", &questions)]),
        };
        let order = match (paper.shuffle.questions, paper.shuffle.options) {
            (true, true) => "rules-shuffle-both",
            (true, false) => "rules-shuffle-questions",
            (false, true) => "rules-shuffle-options",
            (false, false) => "rules-shuffle-none",
        };
        let mut said = vec![size, self.points(paper)];
        if paper.all_answered {
            said.push(self.text("rules-all-answered"));
        }
        said.push(self.text(order));
        said
    }

    /// "Mỗi câu đúng được 10 điểm, tối đa 150 điểm.", or where lines differ "12 câu 10 điểm, 3 câu 20 điểm".
    fn points(&self, paper: &PaperRules) -> String {
        let number = |points: u32| format::number(self.lang, i64::from(points));
        let max = number(paper.max_score());
        if let Some(points) = paper.single_points() {
            let points = points.to_string();
            return say(self.lang, "rules-points", &[("points", &points), ("max", &max)]);
        }
        let mut by_points: BTreeMap<u32, i64> = BTreeMap::new();
        for line in &paper.draw {
            *by_points.entry(paper.points_of(line)).or_default() += i64::from(line.count);
        }
        let part = |(points, questions): (&u32, &i64)| {
            let questions = count(self.lang, "rules-questions", *questions);
            let points = number(*points);
            let words = [("questions", questions.as_str()), ("points", &points)];
            say(self.lang, "rules-points-part", &words)
        };
        let parts: Vec<String> = by_points.iter().map(part).collect();
        let parts = list(&parts);
        say(
            self.lang,
            "rules-points-parts",
            &[("parts", &parts), ("max", &max)],
        )
    }

    pub(super) fn draw(&self, draw: &[DrawLine]) -> String {
        let mut sets: Vec<(&SetId, Vec<&DrawLine>)> = Vec::new();
        for line in draw {
            match sets.iter_mut().find(|(set, _)| *set == &line.set) {
                Some((_, lines)) => lines.push(line),
                None => sets.push((&line.set, vec![line])),
            }
        }
        let parts: Vec<String> = sets
            .into_iter()
            .map(|(set, lines)| self.drawn(set, &lines))
            .collect();
        say(self.lang, "rules-draw-all", &[("parts", &parts.join("; "))])
    }

    /// "Lịch sử Đảng bộ tỉnh (10 câu: 5 dễ, 5 bất kỳ)".
    fn drawn(&self, set: &SetId, lines: &[&DrawLine]) -> String {
        let all: i64 = lines.iter().map(|line| i64::from(line.count)).sum();
        let levels = lines.iter().map(|line| {
            let key = match line.level {
                None => "rules-draw-any",
                Some(Level::Easy) => "rules-draw-easy",
                Some(Level::Medium) => "rules-draw-medium",
                Some(Level::Hard) => "rules-draw-hard",
            };
            let questions = count(self.lang, key, i64::from(line.count));
            match line.points {
                Some(points) => {
                    let points = points.to_string();
                    let words = [("questions", questions.as_str()), ("points", &points)];
                    say(self.lang, "rules-draw-points", &words)
                }
                None => questions,
            }
        });
        let (title, questions) = (self.set_title(set), count(self.lang, "rules-questions", all));
        if lines
            .iter()
            .all(|line| line.level.is_none() && line.points.is_none())
        {
            return say(
                self.lang,
                "rules-draw",
                &[("title", &title), ("questions", &questions)],
            );
        }
        let levels = list(&levels.collect::<Vec<_>>());
        say(
            self.lang,
            "rules-draw-levels",
            &[("title", &title), ("questions", &questions), ("levels", &levels)],
        )
    }

    fn set_title(&self, id: &SetId) -> String {
        let set = self.contest.sets.values().rev().find(|set| set.id == *id);
        set.map_or_else(|| id.to_string(), |set| set.title.clone())
    }
}
