//! The certificates of a result: a code for every prize, the same each time it is made out.
//!
//! Owns which certificates there are and whether a winner's may be made out already; noting them and logging who did is the
//! journey's that asks.

use crate::domain::catalog::Contest;
use crate::domain::ids::RoundId;
use crate::domain::round::{Round, RoundStage};
use crate::keys::Keys;
use crate::store::certificate::{Bearer, NewCertificate};
use crate::store::ranking::StoredCollectiveAward;
use crate::store::results::WinnerRow;

/// Whether the result of a round is approved, so that certificates of it may be made out.
pub(super) fn is_approved(round: &Round) -> bool {
    matches!(round.stage, RoundStage::Approved | RoundStage::Published)
}

/// The certificate of a winner.
pub(super) fn certificate(keys: &Keys, contest: &Contest, winner: &WinnerRow) -> NewCertificate {
    let round = round_of(contest, winner).map(|round| round.id);
    let prize = u16::try_from(winner.prize_index).unwrap_or(0);
    NewCertificate {
        code: keys.certificate(contest.id, round, winner.participant, prize),
        contest: contest.id,
        round,
        bearer: Bearer::Person(winner.participant),
        prize,
        prize_name: winner.prize.clone(),
    }
}

/// The certificate of a unit that won a prize of the round, or of the whole contest.
pub(super) fn unit_certificate(
    keys: &Keys,
    contest: &Contest,
    round: Option<RoundId>,
    award: &StoredCollectiveAward,
) -> NewCertificate {
    let (unit, prize) = (award.award.unit, award.award.prize);
    NewCertificate {
        code: keys.unit_certificate(contest.id, round, unit, prize),
        contest: contest.id,
        round,
        bearer: Bearer::Unit(unit),
        prize,
        prize_name: award.prize_name.clone(),
    }
}

/// Writes the code of each winner whose result is approved beside the row and returns those certificates. A prize of the
/// whole contest waits for every round.
pub(super) fn name_certificates(
    keys: &Keys,
    contest: &Contest,
    winners: &mut [WinnerRow],
) -> Vec<NewCertificate> {
    let whole = contest.rounds.iter().all(is_approved);
    let mut made = Vec::new();
    for winner in winners {
        let approved = match winner.round {
            Some(_) => round_of(contest, winner).is_some_and(is_approved),
            None => whole,
        };
        if approved {
            let one = certificate(keys, contest, winner);
            winner.certificate = Some(one.code.clone());
            made.push(one);
        }
    }
    made
}

fn round_of<'a>(contest: &'a Contest, winner: &WinnerRow) -> Option<&'a Round> {
    contest.round(u16::try_from(winner.round?).ok()?)
}
