-- Standings as pages of fixed-width records, and submissions packed the same way for reading them in one pass.
-- A page fills one page of the table: millions of places are a few ten thousand rows, written and read at the speed of
-- the disk. The records are what PostgreSQL's own send functions write, so SQL can make and read them.

create function int4_at(bytes bytea, place integer) returns integer
language sql immutable strict parallel safe
return ('x' || encode(substring(bytes from place + 1 for 4), 'hex'))::bit(32)::integer;
comment on function int4_at is 'The four bytes at a place, counted from 0, as a number.';

create function int8_at(bytes bytea, place integer) returns bigint
language sql immutable strict parallel safe
return ('x' || encode(substring(bytes from place + 1 for 8), 'hex'))::bit(64)::bigint;
comment on function int8_at is 'The eight bytes at a place, counted from 0, as a number.';

create function moment_at(bytes bytea, place integer) returns timestamptz
language sql immutable strict parallel safe
return timestamptz '2000-01-01 00:00:00Z' + int8_at(bytes, place) * interval '1 microsecond';
comment on function moment_at is 'The eight bytes at a place as a moment.';

create table standing_pages (
    ranking_id     bigint not null references rankings,
    first_position bigint not null,
    records        bytea not null,
    primary key (ranking_id, first_position)
);
alter table standing_pages alter column records set storage plain;
comment on table standing_pages is 'The standings of a ranking, 80 to a page; view standings shows them one by one.';
comment on column standing_pages.ranking_id is 'The ranking.';
comment on column standing_pages.first_position is 'Position of the first record: 1, 81, 161 …';
comment on column standing_pages.records is 'Records of 97 bytes: participant 8, attempt 16 (zeros over the contest), rank 4, unit 4, score 8, correct 4, total 4, prediction 8 and its error 8 (-1: none), duration_ms 8, finished_at 8, attempts 4, registered_at 8, sequence of the counted submission 4 (0: none), flags 1 (1: eligible, 2: an attempt of the person is right throughout).';

insert into standing_pages (ranking_id, first_position, records)
select s.ranking_id, min(s.position), string_agg(
    int8send(s.participant_id) || uuid_send(coalesce(s.attempt_id, '00000000-0000-0000-0000-000000000000'))
    || int4send(s.rank::integer) || int4send(s.unit_id) || int8send(s.score) || int4send(s.correct) || int4send(s.total)
    || int8send(coalesce(s.prediction, -1)) || int8send(coalesce(s.prediction_error, -1)) || int8send(s.duration_ms)
    || timestamptz_send(s.finished_at) || int4send(s.attempts) || timestamptz_send(s.registered_at)
    || int4send(coalesce(c.sequence, 0)::integer)
    || set_byte('\x00', 0, s.eligible::integer + 2 * exists (select from submissions r where r.round_id = s.round_id
        and r.participant_id = s.participant_id and r.correct = r.total)::integer), '' order by s.position)
from standings s left join submissions c on c.round_id = s.round_id and c.attempt_id = s.attempt_id
group by s.ranking_id, (s.position - 1) / 80;

alter table awards drop constraint awards_ranking_id_position_fkey;
drop table standings;

create view standings as
select p.ranking_id, p.first_position + n as position, int4_at(r, 24) as rank, k.round_id,
    nullif(encode(substring(r from 9 for 16), 'hex')::uuid, '00000000-0000-0000-0000-000000000000') as attempt_id,
    int8_at(r, 0) as participant_id, int4_at(r, 28) as unit_id, int8_at(r, 32) as score, int4_at(r, 40) as correct,
    int4_at(r, 44) as total, nullif(int8_at(r, 48), -1) as prediction, nullif(int8_at(r, 56), -1) as prediction_error,
    int8_at(r, 64) as duration_ms, moment_at(r, 72) as finished_at, int4_at(r, 80) as attempts,
    moment_at(r, 84) as registered_at, nullif(int4_at(r, 92), 0) as sequence, get_byte(r, 96) & 1 = 1 as eligible
from standing_pages p join rankings k using (ranking_id)
cross join generate_series(0, length(p.records) / 97 - 1) n
cross join lateral substring(p.records from n * 97 + 1 for 97) r;
comment on view standings is 'One row per person in a ranking, for reading by hand; the program reads the pages themselves.';

create table submission_packs (
    round_id       integer not null references rounds,
    first_sequence bigint not null,
    records        bytea not null,
    primary key (round_id, first_sequence)
);
alter table submission_packs alter column records set storage plain;
comment on table submission_packs is 'What ranking reads of submissions, 128 to a row, made behind the newest ones while the round is open. Only a copy: rows may be deleted at any time and are made again.';
comment on column submission_packs.round_id is 'The round.';
comment on column submission_packs.first_sequence is 'The row holds what has a sequence from here to 127 more: 1, 129, 257 …';
comment on column submission_packs.records is 'Records of 62 bytes: participant 8, attempt 16, finished_at 8, duration_ms 8, prediction 8 (-1: none), score 4, sequence 4, correct 2, total 2, number 2.';

create function forget_packs() returns trigger language plpgsql as $$
begin
    delete from submission_packs where round_id = old.round_id;
    delete from live_lists where round_id = old.round_id;
    return null;
end $$;
create trigger submissions_packs after update or delete on submissions for each row execute function forget_packs();
comment on function forget_packs is 'Submissions are never changed; should a hand do it all the same, packs and live list are made again.';

create index participants_ranking on participants (contest_id, participant_id) include (unit_id, registered_at);
comment on index participants_ranking is 'What ranking needs of every person, in the order of numbers, without the wide rows.';
create index participants_excluded on participants (contest_id) where excluded_reason is not null;

alter table rankings add column by_day jsonb, add column by_right jsonb;
comment on column rankings.by_day is 'Submissions by day: [day since 1970 in Vietnam, number] …; null in rankings over a contest and in old ones.';
comment on column rankings.by_right is 'Submissions by right answers: [right, number] …; null likewise.';

create table live_lists (
    round_id integer primary key references rounds,
    state    jsonb not null
);
comment on table live_lists is 'Counts and best people of a round so far, carried on as submissions come; a page of the organiser reads one row.';
comment on column live_lists.round_id is 'The round.';
comment on column live_lists.state is 'As the program''s own type writes it; its field upto is the newest submission taken in.';
