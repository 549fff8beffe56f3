//! The page of a paper and of an outcome, of about the size of ours, rendered into one buffer.

use crate::QUESTIONS;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

/// Questions to draw from.
const POOL: usize = 300;
/// Bytes of a page.
const PAGE: usize = 14_000;

struct Question {
    text: String,
    options: [String; 4],
}

/// The questions in memory.
pub(crate) struct Bank {
    questions: Vec<Question>,
    draws: AtomicU64,
}

impl Bank {
    pub(crate) fn new() -> Self {
        let question = |number: usize| Question {
            text: format!(
                "Câu hỏi số {number}: Theo Nghị quyết số {} năm {}, xã, phường thứ {number} trong tỉnh phải hoàn thành \
                 việc học tập, tìm hiểu lịch sử quê hương trong bao nhiêu ngày?",
                number * 37 % 991,
                1930 + number % 95
            ),
            options: std::array::from_fn(|option| {
                format!(
                    "Trong {} ngày, do cấp ủy nơi đó quyết định thời gian bắt đầu việc học",
                    number + 15 * option
                )
            }),
        };
        Self {
            questions: (0..POOL).map(question).collect(),
            draws: AtomicU64::new(1),
        }
    }

    /// Different questions by chance.
    pub(crate) fn draw(&self) -> [usize; QUESTIONS] {
        let mut state = self.draws.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
        let mut paper = [usize::MAX; QUESTIONS];
        let mut drawn = 0;
        while let Some(place) = paper.get_mut(drawn) {
            state = (state ^ (state >> 30))
                .wrapping_mul(0xBF58_476D_1CE4_E5B9)
                .wrapping_add(1);
            let question = (state >> 33) as usize % POOL;
            *place = question;
            let first = paper.iter().position(|one| *one == question);
            drawn += usize::from(first == Some(drawn));
        }
        paper
    }

    /// Whether an answer, counted from 0, is the right one.
    pub(crate) fn is_right(&self, question: usize, answer: &str) -> bool {
        answer.parse() == Ok(question % 4)
    }

    pub(crate) fn render(&self, paper: &[usize; QUESTIONS], until: u64, session: &str) -> String {
        let mut page = String::with_capacity(PAGE);
        page.push_str(HEAD);
        // Writing into a string cannot fail.
        let _ = write!(
            page,
            "<form method=\"post\" action=\"/submit\" data-until=\"{until}\">"
        );
        let _ = write!(
            page,
            "<input type=\"hidden\" name=\"session\" value=\"{session}\">"
        );
        for (place, id) in paper.iter().enumerate() {
            let Some(question) = self.questions.get(*id) else {
                continue;
            };
            let number = place + 1;
            let _ = write!(page, "<fieldset id=\"q{number}\"><legend>{number}. ");
            escape(&mut page, &question.text);
            page.push_str("</legend>");
            for (option, text) in question.options.iter().enumerate() {
                let _ = write!(
                    page,
                    "<label class=\"option\"><input type=\"radio\" name=\"q{number}\" value=\"{option}\"> <span>"
                );
                escape(&mut page, text);
                page.push_str("</span></label>");
            }
            page.push_str("</fieldset>\n");
        }
        page.push_str(FOOT);
        page
    }
}

/// The page after a submission.
pub(crate) fn outcome(score: i16, milliseconds: i32) -> String {
    format!("{HEAD}<p>{score}/{QUESTIONS}, {milliseconds} ms</p>{FOOT}")
}

const HEAD: &str = "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Bài thi</title>\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\n<body><main><h1>Bài thi</h1>\n";
const FOOT: &str = "<button>Nộp bài</button></form></main></body></html>\n";

/// A page must escape what it shows, however little it does otherwise.
fn escape(page: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&', '"', '\'']) {
        let (plain, special) = rest.split_at(at);
        page.push_str(plain);
        page.push_str(match special.as_bytes().first() {
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(b'&') => "&amp;",
            Some(b'"') => "&quot;",
            _ => "&#39;",
        });
        rest = special.get(1..).unwrap_or_default();
    }
    page.push_str(rest);
}
