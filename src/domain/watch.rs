//! What an organiser is warned of while a round runs.
//!
//! Owns when something is worth a warning; leaves measuring to the live board and the words to its page. Nothing is done by
//! itself: a warning says where to look.

use time::{Duration, OffsetDateTime};

/// An attempt may be this late before the system counts as late: a step of the sweep and the lease of an instance that died.
pub const LATE_AFTER: Duration = Duration::seconds(45);
/// Submissions that the counts may be behind: what one look takes in by itself.
const UNCOUNTED: i64 = 5_000;
/// Answers of the last minute before their faults say something.
const FEW: u64 = 20;
/// Faults among a hundred answers from which on they are too many.
const FAULTS_PERCENT: u64 = 2;
/// Requests sent away among a hundred answers from which on they are too many.
const BUSY_PERCENT: u64 = 5;
/// How far the replica may be behind.
const REPLICA_BEHIND: Duration = Duration::seconds(60);

/// How a store answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Answering {
    /// It does.
    #[default]
    Yes,
    /// It has not since that moment.
    NotSince(OffsetDateTime),
}

/// The replica of the database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Copying {
    /// There is none.
    #[default]
    None,
    /// It is so far behind.
    Behind(Duration),
    /// It does not answer.
    Away,
}

/// The room that the data folder has left, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Free.
    pub free: u64,
    /// So much must stay free.
    pub least: u64,
}

impl Room {
    /// Whether less is free than must be.
    pub const fn is_low(self) -> bool {
        self.free < self.least
    }

    /// Whether so little is free that writing may soon fail.
    const fn is_nearly_full(self) -> bool {
        self.free < self.least / 4
    }
}

/// What was measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Health {
    /// PostgreSQL.
    pub postgres: Answering,
    /// Redis.
    pub redis: Answering,
    /// Attempts past their time by more than [`LATE_AFTER`] that still run, and when the oldest was due.
    pub overdue: Option<(i64, OffsetDateTime)>,
    /// Submissions that the counts do not hold yet.
    pub uncounted: i64,
    /// Answers of the last minute.
    pub answers: u64,
    /// Faults of ours among them.
    pub faults: u64,
    /// Requests sent away among them.
    pub busy: u64,
    /// The replica.
    pub replica: Copying,
    /// Questions whose key looks wrong.
    pub suspect_keys: u64,
    /// The room of the data folder, where this process looks at it.
    pub room: Option<Room>,
}

/// Something to look at, the gravest kind first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alarm {
    /// PostgreSQL has not answered since: nothing can be started or submitted.
    PostgresAway(OffsetDateTime),
    /// Redis has not answered since: answers are not saved on the way.
    RedisAway(OffsetDateTime),
    /// So many attempts are past their time and not submitted, the oldest since.
    WorkerLate(i64, OffsetDateTime),
    /// So many of so many answers were faults.
    Faults(u64, u64),
    /// So many of so many requests were sent away.
    Crowded(u64, u64),
    /// The data folder has less room than it must have.
    DiskLow(Room),
    /// The key of so many questions looks wrong.
    SuspectKeys(u64),
    /// The counts lack so many submissions.
    Uncounted(i64),
    /// The replica does not answer.
    ReplicaAway,
    /// The replica is so far behind.
    ReplicaBehind(Duration),
}

impl Alarm {
    /// Whether entrants feel it now, or soon.
    pub const fn is_grave(self) -> bool {
        match self {
            Self::PostgresAway(_)
            | Self::RedisAway(_)
            | Self::WorkerLate(..)
            | Self::Faults(..)
            | Self::Crowded(..) => true,
            Self::DiskLow(room) => room.is_nearly_full(),
            Self::SuspectKeys(_) | Self::Uncounted(_) | Self::ReplicaAway | Self::ReplicaBehind(_) => false,
        }
    }
}

/// Everything to look at, the gravest first.
pub fn alarms(health: &Health) -> Vec<Alarm> {
    let Health {
        answers,
        faults,
        busy,
        ..
    } = *health;
    let too_many = |n: u64, percent: u64| answers >= FEW && n * 100 >= answers * percent;
    let away = |answering, alarm: fn(OffsetDateTime) -> Alarm| match answering {
        Answering::Yes => None,
        Answering::NotSince(since) => Some(alarm(since)),
    };
    let replica = match health.replica {
        Copying::None => None,
        Copying::Behind(lag) => (lag > REPLICA_BEHIND).then_some(Alarm::ReplicaBehind(lag)),
        Copying::Away => Some(Alarm::ReplicaAway),
    };
    let found = [
        away(health.postgres, Alarm::PostgresAway),
        away(health.redis, Alarm::RedisAway),
        health
            .overdue
            .map(|(attempts, since)| Alarm::WorkerLate(attempts, since)),
        too_many(faults, FAULTS_PERCENT).then_some(Alarm::Faults(faults, answers)),
        too_many(busy, BUSY_PERCENT).then_some(Alarm::Crowded(busy, answers)),
        health.room.filter(|room| room.is_low()).map(Alarm::DiskLow),
        (health.suspect_keys > 0).then_some(Alarm::SuspectKeys(health.suspect_keys)),
        (health.uncounted > UNCOUNTED).then_some(Alarm::Uncounted(health.uncounted)),
        replica,
    ];
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const AT: OffsetDateTime = datetime!(2033-06-06 01:00 UTC);

    #[test]
    fn a_healthy_round_warns_of_nothing() {
        let health = Health {
            answers: 10_000,
            faults: 199,
            busy: 499,
            uncounted: 5_000,
            replica: Copying::Behind(Duration::minutes(1)),
            ..Health::default()
        };
        assert_eq!(alarms(&health), []);
    }

    #[test]
    fn every_fault_is_told_the_gravest_first() {
        let health = Health {
            postgres: Answering::NotSince(AT),
            redis: Answering::NotSince(AT),
            overdue: Some((3, AT)),
            uncounted: 5_001,
            answers: 100,
            faults: 2,
            busy: 5,
            replica: Copying::Away,
            suspect_keys: 1,
            room: Some(Room {
                free: 0,
                least: 1 << 30,
            }),
        };
        let found = alarms(&health);
        assert_eq!(found.len(), 9);
        assert_eq!(found[0], Alarm::PostgresAway(AT));
        assert!(found.is_sorted_by_key(|alarm| !alarm.is_grave()));
    }

    #[test]
    fn low_room_is_told_and_is_grave_when_the_disk_is_nearly_full() {
        let with = |free| {
            let room = Some(Room { free, least: 1_000 });
            alarms(&Health {
                room,
                ..Health::default()
            })
        };
        assert_eq!(with(1_000), []);
        for (free, grave) in [(999, false), (250, false), (249, true)] {
            assert_eq!(with(free), [Alarm::DiskLow(Room { free, least: 1_000 })]);
            assert_eq!(with(free)[0].is_grave(), grave, "{free}");
        }
    }

    #[test]
    fn a_handful_of_answers_proves_nothing() {
        let few = Health {
            answers: 19,
            faults: 19,
            busy: 19,
            ..Health::default()
        };
        assert_eq!(alarms(&few), []);
    }
}
