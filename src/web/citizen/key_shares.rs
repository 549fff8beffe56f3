//! The share of entrants who answered each question of a published round right.
//!
//! Owns what the page of the key says of it, and keeps it: the counts of a sealed round stay as they are until it is scored
//! again, and reading them is work. Nothing is told before everything is counted.

use crate::action::count_items::counting;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::disclosure::Disclosed;
use crate::domain::ids::RoundId;
use crate::domain::marking::Marking;
use crate::domain::question::{QuestionId, SetVersion};
use crate::domain::round::Round;
use crate::i18n::Lang;
use crate::web::WebError;
use crate::web::console::figure;
use crate::web::words::say;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Rounds kept; more are forgotten together.
const MOST: usize = 64;

/// Entrants who met each question and the share of them who were right, from 0 to 1.
type Shares = BTreeMap<(SetVersion, QuestionId), (u64, f64)>;

/// Shares by round and scoring.
type Kept = HashMap<(RoundId, i64), Arc<Shares>>;

/// The shares of rounds that were asked for; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct KeyShares(Arc<Mutex<Kept>>);

impl KeyShares {
    /// The shares of a round that is published; none where its questions were not counted.
    pub async fn of(&self, app: &App, contest: &Contest, round: &Round) -> Result<Arc<Shares>, WebError> {
        let place = (round.id, round.scoring);
        if let Some(known) = self.kept().get(&place) {
            return Ok(Arc::clone(known));
        }
        let counts = app.store.load_items(&counting(contest, round)).await?;
        if !counts.is_whole() {
            return Ok(Arc::default());
        }
        let items = counts.tally.items().iter();
        let shares = items
            .zip(counts.tally.item_statistics())
            .filter_map(|(item, figures)| {
                let name = (item.version.clone(), item.question.clone());
                Some((name, (figures.exposure, figures.facility?)))
            });
        let shares: Arc<Shares> = Arc::new(shares.collect());
        let mut kept = self.kept();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(place, Arc::clone(&shares));
        Ok(shares)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<(RoundId, i64), Arc<Shares>>> {
        // Every change leaves it whole, so a panic elsewhere cannot have left half of one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// "62,5% người trả lời đúng"; nothing where no answer is called right, or nobody met the question.
pub fn sentence(lang: Lang, shares: &Shares, disclosed: &Disclosed<'_>) -> Option<String> {
    if !matches!(disclosed.marking, None | Some(Marking::Accept { .. })) {
        return None;
    }
    let name = (disclosed.version.clone(), disclosed.question.id.clone());
    let (met, share) = shares.get(&name).filter(|(met, _)| *met > 0)?;
    let met = crate::web::format::number(lang, i64::try_from(*met).unwrap_or(i64::MAX));
    let share = figure::share(lang, *share);
    Some(say(lang, "answers-share", &[("share", &share), ("met", &met)]))
}
