//! Exporting a list: what may be exported when, a line in the audit log, then the rows as they come.
//!
//! Owns the order, and that the log is written before the first row leaves; columns and formats belong to `document`.

use super::Failure;
use super::certificates::name_certificates;
use super::close_round::By;
use super::register::sealed_place;
use crate::app::App;
use crate::domain::catalog::Contest;
use crate::domain::collective::UnitFigures;
use crate::domain::contest::Field;
use crate::domain::ids::{ParticipantId, RoundId, UnitId};
use crate::domain::item_reading;
use crate::domain::item_statistics::{Item, ItemStatistics, RoundTally};
use crate::domain::marking::Marking;
use crate::domain::markup;
use crate::domain::question::label_of;
use crate::domain::round::{Round, RoundStage};
use crate::store::Store;
use crate::store::audit::Act;
use crate::store::ranking::StoredRanking;
use crate::store::results::{ItemRow, Listing, ListingRows, Opener, UnitRow, WinnerRow};
use futures_util::stream;
use futures_util::{StreamExt, TryStreamExt};
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct ExportOrder<'a> {
    /// The list.
    pub listing: Listing,
    /// One round; `None` for all of them, or for the contest as a whole.
    pub round: Option<&'a Round>,
    /// The format, for the log.
    pub format: &'static str,
    /// Personal fields asked for beyond what the list needs.
    pub with: &'a BTreeSet<Field>,
    /// What it is needed for.
    pub reason: Option<&'a str>,
}

/// A list on its way out.
#[derive(Debug)]
pub struct Export {
    /// The moment the list stands for.
    pub as_of: OffsetDateTime,
    /// A round of it is not sealed yet, so figures may still grow.
    pub provisional: bool,
    /// The ranking it is taken from.
    pub ranking: Option<StoredRanking>,
    /// The rows; nothing is read until they are asked for.
    pub rows: ListingRows,
}

/// Why nothing was exported.
#[derive(Debug)]
pub enum ExportError {
    /// There is no ranking yet: of that round, or of the contest as a whole.
    NotRanked(Option<u16>),
    /// Questions are told of one round only, and not before it is sealed.
    NotSealed(Option<u16>),
    /// The list has no personal fields to be asked for.
    NoSuchFields,
    /// Personal data is given out for a reason, and none was given.
    ReasonNeeded,
    /// Something failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for ExportError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Logs an export and opens its rows. Winners, who are few, are read at once; their certificates are noted as made out.
pub async fn export(
    app: &App,
    now: OffsetDateTime,
    by: By<'_>,
    contest: &Contest,
    order: ExportOrder<'_>,
) -> Result<Export, ExportError> {
    check_fields(contest, &order)?;
    let rounds: Vec<&Round> = match order.round {
        Some(round) => vec![round],
        None => contest.rounds.iter().collect(),
    };
    let ids: Vec<RoundId> = rounds.iter().map(|round| round.id).collect();
    // Long reading is done elsewhere, if there is a replica that has everything the organiser has done until now.
    let source = app.store.for_long_reading().await;
    let ranking = find_ranking(&source, contest, order).await?;
    let not_ranked = || ExportError::NotRanked(order.round.map(|round| round.number));
    let mut certificates = Vec::new();
    let rows = match order.listing {
        Listing::Participants => {
            let round = order.round.map(|round| round.id);
            ListingRows::Participants(source.stream_participants(contest.id, round, opener(app)).await?)
        }
        Listing::Entries => ListingRows::Entries(source.stream_entries(&ids)),
        Listing::Standings => {
            ListingRows::Standings(source.stream_standings(ranking.as_ref().ok_or_else(not_ranked)?.id))
        }
        Listing::Winners => {
            let mut rankings = source.load_rankings_in_force(&ids).await?;
            if order.round.is_none() {
                rankings.extend(ranking.as_ref().map(|ranking| ranking.id));
            }
            if rankings.is_empty() {
                return Err(not_ranked());
            }
            let rows = source.stream_winners(&rankings);
            let mut winners: Vec<WinnerRow> = rows.try_collect().await?;
            if !order.with.is_empty() {
                add_people(app, &source, &mut winners).await?;
            }
            certificates = name_certificates(&app.keys, contest, &mut winners);
            ListingRows::Winners(stream::iter(winners.into_iter().map(Ok)).boxed())
        }
        Listing::Units => {
            let figures = match &ranking {
                Some(ranking) => source.load_unit_results(ranking.id).await?,
                None => source.count_units(contest.id, &ids).await?,
            };
            ListingRows::Units(stream::iter(unit_rows(contest, &figures).into_iter().map(Ok)).boxed())
        }
        Listing::Items => {
            let sealed = order.round.filter(|round| round.stage != RoundStage::Scheduled);
            let round = sealed.ok_or(ExportError::NotSealed(order.round.map(|round| round.number)))?;
            let counts = super::count_items::whole(app, contest, round).await?;
            let rows = item_rows(contest, round, &counts.tally);
            ListingRows::Items(stream::iter(rows.into_iter().map(Ok)).boxed())
        }
    };
    let mut tx = app.store.begin().await?;
    // An address in the list leads to a page that knows the code.
    tx.put_certificates(&certificates, now, by.name).await?;
    tx.insert_act(&act(now, by, contest, order)).await?;
    tx.commit().await?;
    let provisional = rounds.iter().any(|round| round.stage == RoundStage::Scheduled);
    Ok(Export {
        as_of: now,
        provisional,
        ranking,
        rows,
    })
}

/// Personal fields are of lists of people alone, only those that the contest asks for, and are given for a reason.
fn check_fields(contest: &Contest, order: &ExportOrder<'_>) -> Result<(), ExportError> {
    if order.with.is_empty() {
        return Ok(());
    }
    let of_people = matches!(order.listing, Listing::Participants | Listing::Winners);
    let asked = |field: &Field| {
        Field::ALWAYS.contains(field)
            || *field == Field::GuardianName
            || contest.definition.fields.asks(*field)
    };
    if !of_people || !order.with.iter().all(asked) {
        return Err(ExportError::NoSuchFields);
    }
    if order.reason.is_none_or(|reason| reason.trim().is_empty()) {
        return Err(ExportError::ReasonNeeded);
    }
    Ok(())
}

/// Puts what is stored of the person beside each winner.
async fn add_people(app: &App, source: &Store, winners: &mut [WinnerRow]) -> Result<(), Failure> {
    let ids: Vec<ParticipantId> = winners.iter().map(|winner| winner.participant).collect();
    let people = source.load_person_rows(&ids, opener(app)).await?;
    for winner in winners {
        winner.person = people.get(&winner.participant).cloned().map(Box::new);
    }
    Ok(())
}

/// The ranking in force of the round, or the newest over the contest.
async fn find_ranking(
    source: &Store,
    contest: &Contest,
    order: ExportOrder<'_>,
) -> Result<Option<StoredRanking>, Failure> {
    let id = match order.round {
        Some(round) => source.find_round_ranking(round.id).await?,
        None => source.find_overall_ranking(contest.id).await?,
    };
    match (id, order.listing) {
        (Some(id), Listing::Standings | Listing::Winners | Listing::Units) => {
            Ok(source.find_ranking(id).await?)
        }
        (Some(id), Listing::Entries) if order.round.is_some() => Ok(source.find_ranking(id).await?),
        _ => Ok(None),
    }
}

/// Every unit in the order of the file; one without entrants has zeros.
fn unit_rows(contest: &Contest, figures: &BTreeMap<UnitId, UnitFigures>) -> Vec<UnitRow> {
    let row = |unit: &crate::domain::unit::Unit| UnitRow {
        definition: unit.definition.clone(),
        figures: figures.get(&unit.id).copied().unwrap_or_default(),
    };
    contest.units.iter().map(row).collect()
}

/// Every question that papers were drawn from, in the order of its set; one that was dropped is not among them.
fn item_rows(contest: &Contest, round: &Round, tally: &RoundTally) -> Vec<ItemRow> {
    let figures = tally.item_statistics();
    let row = |(item, figures): (&Item, ItemStatistics)| {
        let set = contest.sets.get(&item.version);
        let question = set.and_then(|set| set.find(&item.question));
        ItemRow {
            set: set.map(|set| set.id.0.clone()).unwrap_or_default(),
            question: item.question.0.clone(),
            text: question
                .map(|question| markup::plain(&question.text))
                .unwrap_or_default(),
            key: item.right.iter().filter_map(|place| label_of(*place)).collect(),
            marking: round
                .markings
                .get(&item.version, &item.question)
                .map(Marking::name),
            reading: item_reading::read(&figures).name(),
            figures,
        }
    };
    tally.items().iter().zip(figures).map(row).collect()
}

fn opener(app: &App) -> Opener {
    let keys = app.keys.clone();
    Box::new(move |field, phone_hash, sealed| keys.open(&sealed_place(field, phone_hash), sealed))
}

fn act<'a>(now: OffsetDateTime, by: By<'a>, contest: &Contest, order: ExportOrder<'a>) -> Act<'a> {
    let columns: BTreeSet<&str> = order.with.iter().map(|field| field.name()).collect();
    Act {
        at: now,
        actor: by.name,
        act: "export",
        contest: Some(contest.id),
        round: order.round.map(|round| round.id),
        reason: order.reason,
        facts: serde_json::json!({ "list": order.listing.name(), "format": order.format, "columns": columns }),
    }
}
