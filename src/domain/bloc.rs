//! Figures of blocs (khối): the units of like kind added up.
//!
//! Owns that nobody is counted twice in a bloc; leaves the figures of units to `collective`.

use super::collective::UnitFigures;
use super::ids::UnitId;
use super::unit::{Unit, counts_in};
use std::collections::BTreeMap;

/// A bloc with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlocFigures {
    /// Its name, as the list of units writes it.
    pub name: String,
    /// Units added up.
    pub units: i64,
    /// Those among them with somebody who entered.
    pub entered: i64,
    /// People who could enter; `None` where a unit does not say.
    pub headcount: Option<u32>,
    /// The sum.
    pub figures: UnitFigures,
}

/// The blocs in the order in which the list of units names them. A unit whose people count in another of its bloc, above
/// it or after it, is in that one's figures already.
pub fn by_bloc(units: &[Unit], figures: &BTreeMap<UnitId, UnitFigures>) -> Vec<BlocFigures> {
    let counts = counts_in(units);
    let bloc_of: BTreeMap<UnitId, &str> = units
        .iter()
        .filter_map(|unit| Some((unit.id, unit.definition.bloc.as_deref()?)))
        .collect();
    let is_inside = |unit: &Unit, bloc: &str| {
        let ups = counts.get(&unit.id).into_iter().flatten();
        ups.filter(|up| **up != unit.id).any(|up| {
            // Of units that take each other over the first is taken.
            let is_round = counts.get(up).is_some_and(|of| of.contains(&unit.id)) && unit.id < *up;
            bloc_of.get(up) == Some(&bloc) && !is_round
        })
    };
    let mut blocs: Vec<BlocFigures> = Vec::new();
    for unit in units {
        let Some(bloc) = bloc_of.get(&unit.id) else {
            continue;
        };
        if is_inside(unit, bloc) {
            continue;
        }
        let own = figures.get(&unit.id).copied().unwrap_or_default();
        let headcount = unit.definition.headcount;
        match blocs.iter_mut().find(|known| known.name == *bloc) {
            Some(known) => known.add(own, headcount),
            None => blocs.push(BlocFigures {
                name: (*bloc).to_owned(),
                units: 1,
                entered: i64::from(own.people > 0),
                headcount,
                figures: own,
            }),
        }
    }
    blocs
}

impl BlocFigures {
    fn add(&mut self, own: UnitFigures, headcount: Option<u32>) {
        self.units += 1;
        self.entered += i64::from(own.people > 0);
        self.headcount = self.headcount.zip(headcount).map(|(a, b)| a.saturating_add(b));
        self.figures.people += own.people;
        self.figures.attempts += own.attempts;
        self.figures.total_score += own.total_score;
        self.figures.all_correct += own.all_correct;
        self.figures.winners += own.winners;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::unit::UnitDefinition;

    fn unit(id: i32, bloc: Option<&str>, above: &[i32], headcount: Option<u32>) -> Unit {
        Unit {
            id: UnitId(id),
            definition: UnitDefinition {
                code: format!("U{id}"),
                name: format!("Đơn vị {id}"),
                parent: above.first().map(|id| format!("U{id}")),
                bloc: bloc.map(str::to_owned),
                headcount,
                valid_from: None,
                valid_to: None,
                successor: None,
            },
            level: u8::try_from(above.len() + 1).unwrap(),
            ancestors: above.iter().map(|id| UnitId(*id)).collect(),
            folded: String::new(),
        }
    }

    fn people(n: i64) -> UnitFigures {
        UnitFigures {
            people: n,
            attempts: 2 * n,
            total_score: 10 * n,
            all_correct: 0,
            winners: 0,
        }
    }

    #[test]
    fn units_of_a_bloc_are_added_up_and_nobody_twice() {
        let mut units = [
            unit(1, Some("Xã"), &[], Some(100)),
            unit(2, Some("Xã"), &[1], Some(40)),
            unit(3, Some("Sở"), &[], None),
            unit(4, Some("Xã"), &[], Some(50)),
            unit(5, Some("Xã"), &[], Some(30)),
            unit(6, None, &[], None),
        ];
        // The fifth was taken over by the fourth: its people count there.
        units[4].definition.successor = Some("U4".to_owned());
        let figures = [(1, 70), (2, 20), (3, 5), (4, 25), (5, 10), (6, 9)];
        let figures = figures
            .into_iter()
            .map(|(id, n)| (UnitId(id), people(n)))
            .collect();
        let blocs = by_bloc(&units, &figures);
        let told: Vec<_> = blocs
            .iter()
            .map(|bloc| {
                (
                    bloc.name.as_str(),
                    bloc.units,
                    bloc.figures.people,
                    bloc.headcount,
                )
            })
            .collect();
        assert_eq!(told, [("Xã", 2, 95, Some(150)), ("Sở", 1, 5, None)]);
        assert!(
            blocs
                .iter()
                .all(|bloc| bloc.figures.attempts == 2 * bloc.figures.people)
        );
    }

    #[test]
    fn units_that_take_each_other_over_are_counted_once() {
        let mut units = [unit(1, Some("Xã"), &[], None), unit(2, Some("Xã"), &[], None)];
        units[0].definition.successor = Some("U2".to_owned());
        units[1].definition.successor = Some("U1".to_owned());
        let figures = BTreeMap::from([(UnitId(1), people(7)), (UnitId(2), people(7))]);
        let blocs = by_bloc(&units, &figures);
        assert_eq!((blocs.len(), blocs[0].units, blocs[0].figures.people), (1, 1, 7));
    }
}
