//! Winners and standings as lines that people can check: name, unit, prize, and the chain that led there.
//!
//! Owns the sentence that explains a place; places and prizes come from the stored ranking.

use super::desk::{Desk, Place};
use crate::domain::contest::RankField;
use crate::domain::ids::ParticipantId;
use crate::domain::prize::SettledBy;
use crate::domain::ranking::Standing;
use crate::domain::spread::WonFor;
use crate::store::ranking::{StoredAward, StoredRanking};
use crate::store::spread::SpreadLine;
use crate::web::citizen::spread;
use crate::web::error::WebError;
use crate::web::format;
use std::collections::BTreeMap;

/// A winner.
#[derive(Debug, Clone)]
pub struct WinnerLine {
    /// Number of the person.
    pub id: String,
    /// "Giải Nhất".
    pub prize: String,
    /// Value of the place, if it has one.
    pub value: String,
    /// Full name.
    pub name: String,
    /// Agreed to be named in public.
    pub named: bool,
    /// Unit with those above it.
    pub unit: String,
    /// Why.
    pub chain: String,
}

/// The winners of a ranking in order of prize.
pub async fn winners(
    desk: &Desk,
    place: &Place,
    ranking: &StoredRanking,
) -> Result<Vec<WinnerLine>, WebError> {
    let awards = desk.app.store.load_awards(ranking.id).await?;
    let ids: Vec<ParticipantId> = awards.iter().map(|award| award.award.participant).collect();
    let people = desk.app.store.load_people(&ids).await?;
    let chains = Chains::read(desk, ranking, &ids).await?;
    let line = |award: &StoredAward| {
        let person = people.get(&award.award.participant);
        WinnerLine {
            id: award.award.participant.to_string(),
            prize: award.prize_name.clone(),
            value: award
                .value
                .map(|dong| format::money(desk.lang(), dong))
                .unwrap_or_default(),
            name: person.map(|person| person.full_name.clone()).unwrap_or_default(),
            named: person.is_some_and(|person| person.consent_publish),
            unit: place.contest.unit_path(award.standing.unit),
            chain: chains.of(
                desk,
                &award.standing,
                award.award.prize,
                Some(award.award.settled_by),
            ),
        }
    };
    Ok(awards.iter().map(line).collect())
}

/// Why people stand where they stand in a ranking: by their answers, or by the newcomers whom they brought.
#[derive(Debug)]
pub struct Chains<'a> {
    ranking: &'a StoredRanking,
    brought: BTreeMap<ParticipantId, SpreadLine>,
}

impl<'a> Chains<'a> {
    /// Reads what these people brought, where the ranking has prizes for that.
    pub async fn read(
        desk: &Desk,
        ranking: &'a StoredRanking,
        people: &[ParticipantId],
    ) -> Result<Self, WebError> {
        let brought = match ranking.rules.spread {
            Some(_) => desk.app.store.load_spread(ranking.id, people).await?,
            None => BTreeMap::new(),
        };
        Ok(Self { ranking, brought })
    }

    /// The sentence for a prize.
    pub fn of(&self, desk: &Desk, standing: &Standing, prize: u16, settled: Option<SettledBy>) -> String {
        let line = self.brought.get(&standing.participant);
        match line.filter(|_| self.ranking.rules.won_for(prize) == WonFor::Newcomers) {
            Some(line) => spread::why(desk.lang(), line, settled.unwrap_or(SettledBy::Rank)),
            None => chain(desk, self.ranking, standing, settled),
        }
    }
}

/// "Hạng 2: 150 điểm; dự đoán 75.600, lệch 6; 8 phút 12 giây; nộp 10:05:33 ngày 3/5/2023".
pub fn chain(
    desk: &Desk,
    ranking: &StoredRanking,
    standing: &Standing,
    settled: Option<SettledBy>,
) -> String {
    let links = ranking.rules.ranking.order.iter().map(|key| {
        match (key.by, ranking.rules.prediction_points(standing)) {
            (RankField::Score, near @ 1..) => scored(desk, standing.score, near),
            (by, _) => link(desk, standing, by),
        }
    });
    let mut links: Vec<String> = links.collect();
    match settled {
        Some(SettledBy::Board) => links.push(desk.say("console-chain-board", &[])),
        Some(SettledBy::Draw) => links.push(desk.say("console-chain-draw", &[])),
        Some(SettledBy::Rank) | None => {}
    }
    if !standing.eligible {
        links.push(desk.say("console-chain-not-eligible", &[]));
    }
    let rank = format::number(desk.lang(), standing.rank);
    desk.say(
        "console-chain",
        &[("rank", rank.into()), ("links", links.join("; ").into())],
    )
}

/// "170 điểm, trong đó dự đoán 20 điểm".
fn scored(desk: &Desk, score: i64, near: u32) -> String {
    let number = |n: i64| format::number(desk.lang(), n);
    let args = [
        ("n", number(score).into()),
        ("near", number(i64::from(near)).into()),
    ];
    desk.say("console-chain-score-near", &args)
}

fn link(desk: &Desk, standing: &Standing, by: RankField) -> String {
    let number = |n: i64| format::number(desk.lang(), n);
    match by {
        RankField::Score => desk.say("console-chain-score", &[("n", number(standing.score).into())]),
        RankField::PredictionError => match (standing.prediction, standing.prediction_error) {
            (Some(given), Some(error)) => desk.say(
                "console-chain-prediction",
                &[("n", number(given).into()), ("error", number(error).into())],
            ),
            (None, Some(error)) => desk.say("console-chain-error", &[("error", number(error).into())]),
            (_, None) => desk.say("console-chain-no-prediction", &[]),
        },
        RankField::PredictionAbove => desk.say("winner-above", &[]),
        RankField::BirthDate => desk.say("winner-birth", &[]),
        RankField::Duration => format::duration(desk.lang(), standing.duration_ms),
        RankField::SubmittedAt => desk.say(
            "console-chain-submitted",
            &[("n", format::exact(desk.lang(), standing.finished_at).into())],
        ),
        RankField::Attempts => desk.say(
            "console-chain-attempts",
            &[("n", number(i64::from(standing.attempts)).into())],
        ),
        RankField::RegisteredAt => desk.say(
            "console-chain-registered",
            &[("n", format::exact(desk.lang(), standing.registered_at).into())],
        ),
    }
}
