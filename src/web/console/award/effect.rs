//! What a ruling changes, as a table that two people read before they decide.
//!
//! Owns the lines of that table; the figures are `domain::effect`'s.

use crate::domain::effect::{Effect, PrizeChange};
use crate::domain::ids::{ParticipantId, UnitId};
use crate::i18n::Value;
use crate::web::console::desk::{Desk, Place};
use crate::web::error::WebError;
use crate::web::format;

/// The effect, ready to print.
#[derive(Debug, Clone)]
pub struct EffectView {
    /// Figure, before, after, whether it differs.
    pub figures: Vec<FigureLine>,
    /// Sentences about people.
    pub sentences: Vec<String>,
    /// Prizes that change hands.
    pub prizes: Vec<PrizeLine>,
}

/// One figure before and after.
#[derive(Debug, Clone)]
pub struct FigureLine {
    /// "Lượt nộp được tính".
    pub label: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
    /// They differ.
    pub differs: bool,
}

/// A place of a prize that changes hands.
#[derive(Debug, Clone)]
pub struct PrizeLine {
    /// "Giải Nhất".
    pub prize: String,
    /// Who has it now.
    pub before: String,
    /// Who would have it.
    pub after: String,
}

/// Reads the names that an effect needs and puts it into words.
pub async fn view(desk: &Desk, place: &Place, effect: &Effect) -> Result<EffectView, WebError> {
    let named = effect
        .prizes
        .iter()
        .flat_map(|change| [change.before, change.after]);
    let ids: Vec<ParticipantId> = named.flatten().collect();
    let people = desk.app.store.load_people(&ids).await?;
    let person = |id: Option<ParticipantId>| {
        let name = id
            .and_then(|id| people.get(&id))
            .map(|person| person.full_name.clone());
        name.unwrap_or_else(|| desk.say("award-nobody", &[]))
    };
    let unit = |id: Option<UnitId>| match id {
        Some(id) => place.contest.unit_path(id),
        None => desk.say("award-nobody", &[]),
    };
    let mut prizes: Vec<PrizeLine> = effect.prizes.iter().map(|change| line(change, person)).collect();
    prizes.extend(effect.unit_prizes.iter().map(|change| line(change, unit)));
    Ok(EffectView {
        figures: figures(desk, effect),
        sentences: sentences(desk, effect),
        prizes,
    })
}

fn line<T: Copy>(change: &PrizeChange<T>, name: impl Fn(Option<T>) -> String) -> PrizeLine {
    PrizeLine {
        prize: change.name.clone(),
        before: name(change.before),
        after: name(change.after),
    }
}

fn figures(desk: &Desk, effect: &Effect) -> Vec<FigureLine> {
    let number = |n: i64| format::number(desk.lang(), n);
    let (before, after) = (&effect.before, &effect.after);
    let figure = |key: &str, a: i64, b: i64| FigureLine {
        label: desk.say(key, &[]),
        before: number(a),
        after: number(b),
        differs: a != b,
    };
    let mut lines = vec![
        figure(
            "award-figure-attempts",
            before.tally.attempts,
            after.tally.attempts,
        ),
        figure("award-figure-people", before.tally.people, after.tally.people),
        figure(
            "award-figure-right",
            before.tally.attempts_all_correct,
            after.tally.attempts_all_correct,
        ),
    ];
    if let (Some(a), Some(b)) = (before.actual, after.actual) {
        lines.push(figure("award-figure-actual", a, b));
    }
    if (before.ties, after.ties) != (0, 0) {
        lines.push(figure("award-figure-ties", before.ties, after.ties));
    }
    lines
}

fn sentences(desk: &Desk, effect: &Effect) -> Vec<String> {
    if effect.is_nothing() {
        return vec![desk.say("award-effect-nothing", &[])];
    }
    let counted = [
        ("award-effect-left", effect.left),
        ("award-effect-joined", effect.joined),
        ("award-effect-moved", effect.moved),
    ];
    let told = counted.iter().filter(|(_, n)| *n > 0);
    let number = |n: i64| -> Value<'_> { format::number(desk.lang(), n).into() };
    told.map(|(key, n)| desk.say(key, &[("n", number(*n))])).collect()
}
