//! The fields of a template with what stands for them on a paper.
//!
//! Owns how each is worded; an empty value makes its line fall away where the template says so.

use super::fill::Issue;
use super::words::{day, in_words, inside, long_day, moment, number, percent, share};
use crate::domain::contest::PredictedQuantity;
use crate::domain::official::Named;
use crate::domain::participant::vietnam;
use crate::domain::round::Round;
use crate::i18n::{Lang, text};
use crate::store::paper_facts::PaperFacts;
use crate::store::ranking::StoredRanking;
use crate::store::results::WinnerRow;
use std::collections::{BTreeMap, BTreeSet};
use time::Date;

/// What stands for the fields.
pub(super) type Values = BTreeMap<Named, String>;

/// A sentence of the message files, in Vietnamese.
pub(super) fn say(key: &str, values: &[(&'static str, &str)]) -> String {
    let args: Vec<_> = values
        .iter()
        .map(|(name, value)| (*name, (*value).into()))
        .collect();
    text(Lang::Vi, key, &args)
}

/// The fields that every paper has.
pub(super) fn values(facts: &PaperFacts, issue: &Issue<'_>) -> Values {
    let mut values = heading(facts, issue);
    values.extend(window(facts));
    values.extend(counts(facts));
    values.extend(prizes(facts));
    values
}

fn heading(facts: &PaperFacts, issue: &Issue<'_>) -> Values {
    let definition = &facts.contest.definition;
    let issuer = issuer(facts);
    let round = facts
        .round
        .as_ref()
        .map(|round| round.title.clone())
        .unwrap_or_default();
    Values::from([
        (Named::Contest, definition.title.clone()),
        (Named::Organiser, definition.organiser.clone()),
        (Named::IssuerCapitals, issuer.to_uppercase()),
        (Named::Issuer, issuer),
        (
            Named::Place,
            definition.papers.letterhead.place.clone().unwrap_or_default(),
        ),
        (Named::Number, numbered(facts, issue)),
        (Named::Date, dated(issue, facts)),
        (Named::Year, year(issue, facts).to_string()),
        (Named::Round, inside(&round)),
        (Named::RoundCapitals, round.to_uppercase()),
        (Named::Rounds, scope(facts).len().to_string()),
        (Named::Complaints, complaining(facts)),
    ])
}

fn complaining(facts: &PaperFacts) -> String {
    let Some(rules) = facts.contest.definition.complaints else {
        return say("paper-complaints-open", &[]);
    };
    let (within, answer) = (rules.within_days.to_string(), rules.answer_days.to_string());
    let sentences = [
        say("rules-complaints-within", &[("n", &within)]),
        say("rules-complaints-answer", &[("n", &answer)]),
    ];
    sentences.join(" ")
}

/// The body that issues: the letterhead's, or the contest's organising committee.
pub(super) fn issuer(facts: &PaperFacts) -> String {
    let letterhead = &facts.contest.definition.papers.letterhead;
    letterhead
        .issuer
        .clone()
        .unwrap_or_else(|| say("paper-issuer", &[]))
}

/// "12-QĐ/BTC", with room for the number where there is none yet; empty for papers without one.
pub(super) fn numbered(facts: &PaperFacts, issue: &Issue<'_>) -> String {
    let Some(letters) = issue.kind.letters() else {
        return String::new();
    };
    let number = issue.number.map_or("……", |number| number);
    let own = facts.contest.definition.papers.letterhead.letters.as_deref();
    let body = own.unwrap_or("BTC");
    match issue.house {
        crate::domain::official::House::Party => format!("{number}-{letters}/{body}"),
        crate::domain::official::House::Government => format!("{number}/{letters}-{body}"),
    }
}

/// The day of the paper, with room for a pen where there is none yet.
pub(super) fn dated(issue: &Issue<'_>, facts: &PaperFacts) -> String {
    issue.date.map_or_else(
        || say("paper-date-open", &[("year", &year(issue, facts).to_string())]),
        long_day,
    )
}

fn year(issue: &Issue<'_>, facts: &PaperFacts) -> i32 {
    let today = facts.as_of.to_offset(vietnam()).date();
    issue.date.unwrap_or(today).year()
}

/// The rounds that the paper is about.
fn scope(facts: &PaperFacts) -> Vec<&Round> {
    match &facts.round {
        Some(round) => vec![round],
        None => facts.contest.rounds.iter().collect(),
    }
}

fn window(facts: &PaperFacts) -> Values {
    let rounds = scope(facts);
    let mut values = Values::new();
    if let Some(opens) = rounds.iter().map(|round| round.opens_at).min() {
        values.insert(Named::Opens, moment(opens));
    }
    if let Some(closes) = rounds.iter().map(|round| round.closes_at).max() {
        values.insert(Named::Closes, moment(closes));
    }
    let ranking = facts.ranking.as_ref();
    if let Some(ranking) = ranking {
        let args = [("at", moment(ranking.made_at)), ("by", ranking.made_by.clone())];
        let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
        values.insert(Named::Ranked, say("paper-ranked", &args));
    }
    let approved = ranking.and_then(|ranking| ranking.approved.as_ref());
    if let Some((at, by)) = approved.filter(|_| facts.approved) {
        let on = day(at.to_offset(vietnam()).date());
        values.insert(
            Named::Approved,
            say("paper-approved", &[("day", &on), ("by", by)]),
        );
    }
    let max = rounds.iter().map(|round| round.rules.paper.max_score()).max();
    values.insert(Named::MaxScore, number(max.unwrap_or(0).into()));
    values
}

fn counts(facts: &PaperFacts) -> Values {
    let Some(ranking) = &facts.ranking else {
        return Values::new();
    };
    let tally = ranking.tally;
    let entered = facts.contest.units.iter().filter(|unit| {
        let own = facts.units.get(&unit.id);
        unit.level == 1 && own.is_some_and(|figures| figures.people > 0)
    });
    let mut values = Values::from([
        (Named::Attempts, number(tally.attempts)),
        (Named::People, number(tally.people)),
        (Named::AttemptsAllCorrect, number(tally.attempts_all_correct)),
        (Named::PeopleAllCorrect, number(tally.people_all_correct)),
        (Named::Registered, number(facts.registered)),
        (Named::Units, entered.count().to_string()),
    ]);
    if let Some((date, most)) = busiest(&facts.days) {
        let n = number(most);
        values.insert(
            Named::BusiestDay,
            say("paper-busiest", &[("day", &day(date)), ("n", &n)]),
        );
    }
    let top = facts.contest.units.iter().filter(|unit| unit.level == 1);
    let top = top.filter_map(|unit| Some((unit, facts.units.get(&unit.id)?.attempts)));
    // Of equals the first in the organiser's own order.
    let most = top
        .rev()
        .max_by_key(|(_, attempts)| *attempts)
        .filter(|(_, n)| *n > 0);
    if let Some((unit, attempts)) = most {
        values.insert(Named::TopUnit, unit.definition.name.clone());
        values.insert(Named::TopUnitAttempts, number(attempts));
    }
    if let Some(meeting) = &facts.meeting {
        let args = [
            ("done", meeting.confirmed.to_string()),
            ("n", meeting.winners.to_string()),
        ];
        let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
        values.insert(Named::Verified, say("paper-verified", &args));
    }
    values.extend(prediction(ranking));
    values.extend(compared(facts, ranking).map(|text| (Named::Compared, text)));
    values
}

pub(super) fn busiest(days: &[(Date, i64)]) -> Option<(Date, i64)> {
    days.iter().copied().rev().max_by_key(|(_, n)| *n)
}

fn prediction(ranking: &StoredRanking) -> Values {
    let Some((rules, actual)) = ranking.rules.prediction.zip(ranking.actual) else {
        return Values::new();
    };
    let key = match rules.asks {
        PredictedQuantity::AttemptsInRound => "paper-asks-attempts",
        PredictedQuantity::PeopleInRound => "paper-asks-people",
        PredictedQuantity::PeopleAllCorrect => "paper-asks-people-right",
        PredictedQuantity::AttemptsAllCorrect => "paper-asks-attempts-right",
    };
    Values::from([(Named::Predicted, say(key, &[])), (Named::Actual, number(actual))])
}

/// "Tăng 12,5% so với tuần 4." where there is a round before.
fn compared(facts: &PaperFacts, ranking: &StoredRanking) -> Option<String> {
    let own = facts.round.as_ref()?;
    let before = facts.rounds.iter().rfind(|round| round.number < own.number)?;
    let (now, then) = (ranking.tally.attempts, before.tally.attempts);
    let key = match now.cmp(&then) {
        std::cmp::Ordering::Greater => "paper-more",
        std::cmp::Ordering::Less => "paper-fewer",
        std::cmp::Ordering::Equal => "paper-as-many",
    };
    let change = percent(share((now - then).abs(), then)?);
    let round = inside(&before.title);
    Some(say(
        key,
        &[("share", &change), ("round", &round), ("n", &number(then))],
    ))
}

fn prizes(facts: &PaperFacts) -> Values {
    if facts.ranking.is_none() {
        return Values::new();
    }
    let winners: BTreeSet<i64> = facts.winners.iter().map(|row| row.participant.0).collect();
    let money: i64 = facts.winners.iter().filter_map(|row| row.value).sum::<i64>()
        + facts
            .collective
            .iter()
            .filter_map(|award| award.value)
            .sum::<i64>();
    let kinds: Vec<String> = by_kind(&facts.winners)
        .into_iter()
        .map(|(name, n, _)| format!("{n} {name}"))
        .collect();
    let mut values = Values::from([
        (Named::Prizes, facts.winners.len().to_string()),
        (Named::Winners, winners.len().to_string()),
        (Named::PrizesByKind, kinds.join(", ")),
    ]);
    if money > 0 {
        values.insert(Named::Money, number(money));
        values.insert(Named::MoneyInWords, in_words(money));
    }
    if !facts.collective.is_empty() {
        values.insert(Named::CollectivePrizes, facts.collective.len().to_string());
    }
    values
}

/// The prizes in order with their numbers and values; equal names are one kind.
pub(super) fn by_kind(winners: &[WinnerRow]) -> Vec<(String, usize, Option<i64>)> {
    let mut kinds: Vec<(String, usize, Option<i64>)> = Vec::new();
    for row in winners {
        match kinds
            .iter_mut()
            .find(|(name, _, value)| *name == row.prize && *value == row.value)
        {
            Some((_, n, _)) => *n += 1,
            None => kinds.push((row.prize.clone(), 1, row.value)),
        }
    }
    kinds
}
