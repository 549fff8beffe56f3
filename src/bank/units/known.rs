//! Units that a contest has already, for checking rules against them.
//!
//! Owns the bridge alone; what the units are was checked when they were loaded.

use super::{UnitDraft, UnitsDraft};
use crate::domain::unit::Unit;

impl UnitsDraft {
    /// The units of a loaded contest; they stand in no file, so no fault may point at them.
    pub(in crate::bank) fn of(units: &[Unit]) -> Self {
        let draft = |unit: &Unit| UnitDraft {
            has_headcount: unit.definition.headcount.is_some(),
            level: unit.level,
            definition: unit.definition.clone(),
            code_span: 0..0,
            parent_span: 0..0,
            successor_span: 0..0,
        };
        Self {
            units: units.iter().map(draft).collect(),
            header: 0..0,
            complete: true,
        }
    }
}
