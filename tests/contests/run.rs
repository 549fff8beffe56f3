//! A contest run by the program's own rules: every round ranked and given its prizes in turn, then the whole.
//!
//! Owns the order of these steps as the board takes them, without a database; that the database ranks alike is shown by
//! the tests beside this one.

use crate::crowd::Crowd;
use hoithi::bank::{LoadedContest, SourceTree, read_contest};
use hoithi::domain::collective::{CollectiveAward, Competitor, collective, units};
use hoithi::domain::contest::{Prize, RankingRules, Scope};
use hoithi::domain::ids::ParticipantId;
use hoithi::domain::prize::{Award, Awards, PrizeRules, Seed, award};
use hoithi::domain::ranking::{RankedRound, Ranking, rank, rank_contest};
use hoithi::domain::unit::blocs;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Reads a contest of this directory, which must be without a fault.
pub(crate) fn read(slug: &str) -> LoadedContest {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/contests")
        .join(slug);
    let mut tree = SourceTree::new(slug);
    for path in ["contest.toml", "units.csv"] {
        tree.add(path, std::fs::read(folder.join(path)).unwrap());
    }
    for entry in std::fs::read_dir(folder.join("questions")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        tree.add(format!("questions/{name}"), std::fs::read(&path).unwrap());
    }
    let reading = read_contest(&tree);
    assert_eq!(reading.faults, [], "{slug}");
    reading.loaded.unwrap()
}

/// Everything that came out.
pub(crate) struct Run {
    prizes: Vec<Prize>,
    unit_prize_names: Vec<String>,
    codes: BTreeMap<i32, String>,
    pub(crate) rankings: Vec<Ranking>,
    pub(crate) awards: Vec<Awards>,
    pub(crate) overall_awards: Awards,
    pub(crate) unit_awards: Vec<CollectiveAward>,
}

impl Run {
    pub(crate) fn of(contest: &LoadedContest, crowd: &Crowd, seed: Seed) -> Self {
        let definition = &contest.definition;
        let barred: BTreeSet<ParticipantId> =
            crowd.barred.iter().map(|person| ParticipantId(*person)).collect();
        let blocs = blocs(&crowd.units);
        let (mut rankings, mut awards): (Vec<Ranking>, Vec<Awards>) = (Vec::new(), Vec::new());
        let give = |ranking: &Ranking, scope, rules: &RankingRules, all: &[&Awards], phase: &[&Awards]| {
            let rules = PrizeRules {
                prizes: &definition.prizes,
                scope,
                per_person: rules.per_person,
                tie: rules.tie,
                held: &held(all),
                passed_over: &BTreeSet::new(),
                held_in_phase: &held(phase),
                blocs: &blocs,
                decisions: &BTreeMap::new(),
                seed: &seed,
            };
            award(&ranking.standings, rules)
        };
        for (index, (entries, round)) in crowd.rounds.iter().zip(&definition.rounds).enumerate() {
            let ranking = rank(entries, &round.rules, &barred);
            let same =
                |other: &usize| round.phase.is_some() && definition.rounds[*other].phase == round.phase;
            let all: Vec<&Awards> = awards.iter().collect();
            let phase: Vec<&Awards> = (0..index).filter(same).map(|other| &awards[other]).collect();
            let given = give(&ranking, Scope::Round, &round.rules.ranking, &all, &phase);
            awards.push(given);
            rankings.push(ranking);
        }
        let rounds: Vec<RankedRound<'_>> = crowd
            .rounds
            .iter()
            .zip(&definition.rounds)
            .map(|(entries, round)| RankedRound {
                entries,
                rules: &round.rules,
            })
            .collect();
        let rules = &definition.rules_default.ranking;
        let overall = rank_contest(&rounds, rules, &barred);
        let all: Vec<&Awards> = awards.iter().collect();
        let overall_awards = give(&overall, Scope::Contest, rules, &all, &[]);
        let won: Vec<Award> = all.iter().flat_map(|given| given.awards.clone()).collect();
        let figures = units(&crowd.units, &overall.standings, &won);
        let competitors: Vec<Competitor> = crowd
            .units
            .iter()
            .map(|unit| Competitor::new(unit, figures[&unit.id]))
            .collect();
        let unit_awards = collective(&definition.collective_prizes, Scope::Contest, &competitors);
        Self {
            prizes: definition.prizes.clone(),
            unit_prize_names: definition
                .collective_prizes
                .iter()
                .map(|prize| prize.name.clone())
                .collect(),
            codes: crowd
                .units
                .iter()
                .map(|unit| (unit.id.0, unit.definition.code.clone()))
                .collect(),
            rankings,
            awards,
            overall_awards,
            unit_awards,
        }
    }

    /// Names of prizes with their winners, in order.
    pub(crate) fn winners(&self, awards: &Awards) -> Vec<(String, i64)> {
        let name = |award: &Award| self.prizes[usize::from(award.prize)].name.clone();
        awards
            .awards
            .iter()
            .map(|award| (name(award), award.participant.0))
            .collect()
    }

    /// The people of every tie that was left open in a round.
    pub(crate) fn open_ties(&self, round: usize) -> Vec<BTreeSet<i64>> {
        let person = |position: &i64| {
            let standings = &self.rankings[round].standings;
            standings[usize::try_from(*position).unwrap() - 1].participant.0
        };
        let ties = self.awards[round].ties.iter();
        ties.map(|tie| tie.positions.iter().map(person).collect())
            .collect()
    }

    pub(crate) fn unit_winners(&self) -> Vec<(String, String)> {
        let one = |award: &CollectiveAward| {
            let name = self.unit_prize_names[usize::from(award.prize)].clone();
            (name, self.codes[&award.unit.0].clone())
        };
        self.unit_awards.iter().map(one).collect()
    }

    /// Places of all prizes of a scope.
    pub(crate) fn places(&self, scope: Scope) -> usize {
        let own = self.prizes.iter().filter(|prize| prize.scope == scope);
        own.map(|prize| usize::from(prize.places)).sum()
    }

    /// Whether every eligible person of some bloc, or everybody, has won already, or nobody more may win.
    pub(crate) fn few_may_win(&self, round: usize) -> bool {
        let eligible = self.rankings[round]
            .standings
            .iter()
            .filter(|s| s.eligible)
            .count();
        eligible < self.places(Scope::Round) || self.prizes.iter().any(|prize| prize.bloc.is_some())
    }
}

fn held(awards: &[&Awards]) -> BTreeMap<ParticipantId, u16> {
    let mut held = BTreeMap::new();
    for award in awards.iter().flat_map(|given| &given.awards) {
        *held.entry(award.participant).or_default() += 1;
    }
    held
}
