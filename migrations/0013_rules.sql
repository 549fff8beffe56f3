-- What rules may ask for: age as a ranking key, rounds opened by hand and paused, people who qualified, seeds of draws
-- fixed beforehand, units that took over others.

drop index participants_ranking;
create index participants_ranking on participants (contest_id, participant_id) include (unit_id, registered_at, birth_date);
comment on index participants_ranking is 'What ranking needs of every person, in the order of numbers, without the wide rows.';

alter table rounds
    add column held boolean not null default false,
    add column paused_at timestamptz,
    add column notice text,
    add column notice_at timestamptz,
    add check ((notice is null) = (notice_at is null));
comment on column rounds.held is 'Stays shut until somebody opens it by hand, whatever opens_at says.';
comment on column rounds.paused_at is 'Since when no attempt may start although the round is open; null while they may.';
comment on column rounds.notice is 'What the public is told about an extension or a pause; null when nothing.';
comment on column rounds.notice_at is 'When the notice was given.';

create table qualified (
    round_id       integer not null references rounds on delete cascade,
    participant_id bigint not null references participants,
    score          bigint not null,
    rank           bigint not null,
    primary key (round_id, participant_id)
);
comment on table qualified is 'Who may enter a round that only some may enter; made when the rounds before it are ranked.';
comment on column qualified.round_id is 'The round that may be entered.';
comment on column qualified.participant_id is 'Who may.';
comment on column qualified.score is 'Sum of points over the rounds that decide.';
comment on column qualified.rank is 'Rank by the contest''s order over those rounds.';

create table draw_seeds (
    contest_id integer not null references contests,
    round_id   integer references rounds on delete cascade,
    seed       bytea not null check (length(seed) = 32),
    fixed_at   timestamptz not null,
    constraint draw_seeds_key unique nulls not distinct (contest_id, round_id)
);
comment on table draw_seeds is 'Seeds of draws by lot, made when the contest is loaded; the public sees their hash at once and the seed with the result.';
comment on column draw_seeds.contest_id is 'Contest.';
comment on column draw_seeds.round_id is 'Round; null for the ranking over the whole contest.';
comment on column draw_seeds.seed is '32 random bytes.';
comment on column draw_seeds.fixed_at is 'When it was made; before the first entry of the round.';
create trigger draw_seeds_only_added before update on draw_seeds for each row execute function refuse_change();

alter table units add column successor_id integer references units;
comment on column units.successor_id is 'Unit that took it over, such as the commune after the districts ended; its entrants count there too.';
