-- What public pages and the live board of a round need beside the ranking: submissions by hour, and the progress of units
-- and minutes, carried on together with the live list.

alter table rankings add column by_hour jsonb;
comment on column rankings.by_hour is 'Submissions by hour of the day in Vietnam: [hour, number] …; null in rankings over a contest and in old ones.';

create table live_units (
    round_id integer not null references live_lists on delete cascade,
    unit_id  integer not null references units,
    attempts bigint not null,
    people   bigint not null,
    primary key (round_id, unit_id)
);
comment on table live_units is 'What came from each unit in a round so far, units below it not included; written in the same transaction as live_lists, so both tell of the same submissions. Forgotten with it.';
comment on column live_units.round_id is 'The round.';
comment on column live_units.unit_id is 'Unit entered for.';
comment on column live_units.attempts is 'Attempts submitted (lượt).';
comment on column live_units.people is 'Different people who submitted (người).';

create table live_minutes (
    round_id integer not null references live_lists on delete cascade,
    minute   timestamptz not null,
    attempts bigint not null,
    primary key (round_id, minute)
);
comment on table live_minutes is 'Submissions of a round by minute of arrival; minutes without any are left out. Written and forgotten with live_lists.';
comment on column live_minutes.round_id is 'The round.';
comment on column live_minutes.minute is 'Beginning of the minute.';
comment on column live_minutes.attempts is 'Attempts submitted in it (lượt).';

-- Lists begun before there were units and minutes beside them are made again, all three from the first submission.
delete from live_lists;
