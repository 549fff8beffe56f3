//! Winners as the public sees them: by prize, named as they agreed to, each with the reason.
//!
//! Owns the masking of names and the sentence that explains a place.

use super::spread;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::contest::{RankField, RankKey};
use crate::domain::participant::FullName;
use crate::domain::prize::SettledBy;
use crate::domain::ranking::{AppliedRules, Standing};
use crate::domain::spread::WonFor;
use crate::i18n::{self, Lang};
use crate::store::pages::Name;
use crate::store::ranking::{StoredAward, StoredCollectiveAward, StoredRanking};
use crate::web::words::{count, say};
use crate::web::{WebError, format};

/// A prize with everyone who won it.
#[derive(Debug, Clone)]
pub struct PrizeGroup {
    /// Name of the prize.
    pub name: String,
    /// "2 giải", if there are several.
    pub places: Option<String>,
    /// Value of one.
    pub value: Option<String>,
    /// Who won.
    pub winners: Vec<Winner>,
}

/// A winner.
#[derive(Debug, Clone)]
pub struct Winner {
    /// Full name, or initials without consent to publish.
    pub name: String,
    /// Unit with the units above.
    pub unit: String,
    /// Points and how far the prediction was.
    pub short: String,
    /// Every key of the ranking with its value.
    pub why: String,
}

/// A prize for units with its winners.
#[derive(Debug, Clone)]
pub struct UnitPrize {
    /// Name of the prize.
    pub name: String,
    /// Value of one.
    pub value: Option<String>,
    /// Names of the units, with codes for their pages.
    pub units: Vec<(String, String)>,
}

/// The winners of a ranking by prize.
pub async fn load(
    app: &App,
    lang: Lang,
    contest: &Contest,
    ranking: &StoredRanking,
) -> Result<Vec<PrizeGroup>, WebError> {
    let awards = app.store.load_awards(ranking.id).await?;
    let people: Vec<_> = awards.iter().map(|award| award.award.participant).collect();
    let names = app.store.load_names(&people).await?;
    let brought = match ranking.rules.spread {
        Some(_) => app.store.load_spread(ranking.id, &people).await?,
        None => Default::default(),
    };
    let mut groups: Vec<(u16, PrizeGroup)> = Vec::new();
    for award in &awards {
        let line = brought.get(&award.award.participant);
        let line = line.filter(|_| ranking.rules.won_for(award.award.prize) == WonFor::Newcomers);
        let winner = Winner {
            name: names
                .get(&award.award.participant)
                .map(printed)
                .unwrap_or_default(),
            unit: contest.unit_path(award.standing.unit),
            short: line.map_or_else(|| short(lang, &award.standing), |line| spread::short(lang, line)),
            why: match line {
                Some(line) => spread::why(lang, line, award.award.settled_by),
                None => why(lang, &ranking.rules, award),
            },
        };
        match groups.last_mut() {
            Some((prize, group)) if *prize == award.award.prize => group.winners.push(winner),
            _ => groups.push((award.award.prize, group(lang, award, winner))),
        }
    }
    Ok(groups
        .into_iter()
        .map(|(_, group)| with_places(lang, group))
        .collect())
}

fn group(lang: Lang, award: &StoredAward, winner: Winner) -> PrizeGroup {
    PrizeGroup {
        name: award.prize_name.clone(),
        places: None,
        value: award.value.map(|value| format::money(lang, value)),
        winners: vec![winner],
    }
}

fn with_places(lang: Lang, group: PrizeGroup) -> PrizeGroup {
    let n = group.winners.len();
    let places = (n > 1).then(|| count(lang, "awards", i64::try_from(n).unwrap_or(0)));
    PrizeGroup { places, ..group }
}

/// The full name of who agreed to be named, otherwise initials.
fn printed(name: &Name) -> String {
    if name.consent_publish {
        return name.full_name.clone();
    }
    FullName::parse(&name.full_name)
        .map(|name| name.initials())
        .unwrap_or_default()
}

fn short(lang: Lang, standing: &Standing) -> String {
    let points = count(lang, "points", standing.score);
    match standing.prediction_error {
        Some(error) => say(
            lang,
            "winner-short",
            &[("points", &points), ("error", &format::number(lang, error))],
        ),
        None => points,
    }
}

/// The whole chain of the ranking, key by key, and what settled a tie.
fn why(lang: Lang, rules: &AppliedRules, award: &StoredAward) -> String {
    let standing = &award.standing;
    let near = rules.prediction_points(standing);
    let key = |key: &RankKey| match (key.by, near) {
        (RankField::Score, 1..) => scored(lang, standing.score, near),
        (by, _) => value(lang, by, standing),
    };
    let keys: Vec<String> = rules.ranking.order.iter().map(key).collect();
    let settled = match award.award.settled_by {
        SettledBy::Rank => String::new(),
        SettledBy::Draw => i18n::text(lang, "winner-draw", &[]),
        SettledBy::Board => i18n::text(lang, "winner-board", &[]),
    };
    let rank = format::number(lang, standing.rank);
    let said = say(lang, "winner-why", &[("rank", &rank), ("keys", &keys.join("; "))]);
    format!("{said} {settled}").trim_end().to_owned()
}

/// "170 điểm (dự đoán 20 điểm)".
fn scored(lang: Lang, score: i64, near: u32) -> String {
    let points = count(lang, "points", score);
    let near = count(lang, "points", i64::from(near));
    say(lang, "winner-score", &[("points", &points), ("near", &near)])
}

fn value(lang: Lang, field: RankField, standing: &Standing) -> String {
    let number = |n| format::number(lang, n);
    match field {
        RankField::Score => count(lang, "points", standing.score),
        RankField::PredictionError => match (standing.prediction, standing.prediction_error) {
            (Some(given), Some(error)) => say(
                lang,
                "winner-prediction",
                &[("given", &number(given)), ("error", &number(error))],
            ),
            (None, Some(error)) => say(lang, "winner-error", &[("error", &number(error))]),
            (_, None) => i18n::text(lang, "winner-no-prediction", &[]),
        },
        RankField::PredictionAbove => i18n::text(lang, "winner-above", &[]),
        // The birth date itself is nobody's business.
        RankField::BirthDate => i18n::text(lang, "winner-birth", &[]),
        RankField::Duration => say(
            lang,
            "winner-duration",
            &[("time", &format::duration(lang, standing.duration_ms))],
        ),
        RankField::SubmittedAt => say(
            lang,
            "winner-submitted",
            &[("at", &format::exact(lang, standing.finished_at))],
        ),
        RankField::Attempts => count(lang, "attempts", i64::from(standing.attempts)),
        RankField::RegisteredAt => say(
            lang,
            "winner-registered",
            &[("at", &format::exact(lang, standing.registered_at))],
        ),
    }
}

/// Prizes for units, in order.
pub fn unit_prizes(lang: Lang, contest: &Contest, awards: &[StoredCollectiveAward]) -> Vec<UnitPrize> {
    let mut prizes: Vec<(u16, UnitPrize)> = Vec::new();
    for award in awards {
        let code = contest
            .unit(award.award.unit)
            .map(|unit| unit.definition.code.clone())
            .unwrap_or_default();
        let unit = (contest.unit_path(award.award.unit), code);
        match prizes.last_mut() {
            Some((prize, own)) if *prize == award.award.prize => own.units.push(unit),
            _ => prizes.push((
                award.award.prize,
                UnitPrize {
                    name: award.prize_name.clone(),
                    value: award.value.map(|value| format::money(lang, value)),
                    units: vec![unit],
                },
            )),
        }
    }
    prizes.into_iter().map(|(_, prize)| prize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_consent_only_initials_are_printed() {
        let name = |consent_publish| Name {
            full_name: "Nguyễn Thị Ánh".to_owned(),
            consent_publish,
        };
        assert_eq!(printed(&name(true)), "Nguyễn Thị Ánh");
        assert_eq!(printed(&name(false)), "N.T.Á.");
    }
}
