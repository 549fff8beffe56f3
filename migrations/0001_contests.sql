-- Contests, their rounds, question sets and units: what organisers load.
-- Texts shown to people are NFC; moments are timestamptz; money is đồng.

create table contests (
    contest_id    integer primary key generated always as identity,
    slug          text not null constraint contests_slug_key unique,
    definition    jsonb not null,
    source_hash   text not null,
    shift_seconds bigint not null default 0,
    demonstration boolean not null default false,
    loaded_at     timestamptz not null,
    loaded_by     text not null
);
comment on table contests is 'A contest as its directory defines it.';
comment on column contests.contest_id is 'Number used by every other table.';
comment on column contests.slug is 'Directory name; part of every address, so it never changes.';
comment on column contests.definition is 'Whole definition (title, fields, rounds, prizes) as the program''s own types write it; rounds in force are in table rounds.';
comment on column contests.source_hash is 'SHA-256 of the loaded definition and units: loading the same again changes nothing.';
comment on column contests.shift_seconds is 'Seconds added to every moment of the files, for demonstrations; kept over reloads.';
comment on column contests.demonstration is 'The contest holds simulated entries; pages and exports say so.';
comment on column contests.loaded_at is 'Last load that changed anything.';
comment on column contests.loaded_by is 'Who loaded it.';

create table rounds (
    round_id     integer primary key generated always as identity,
    contest_id   integer not null references contests,
    number       smallint not null check (number > 0),
    title        text not null,
    opens_at     timestamptz not null,
    closes_at    timestamptz not null,
    rules        jsonb not null,
    sets         jsonb not null,
    stage        text not null default 'scheduled'
        check (stage in ('scheduled', 'sealed', 'ranked', 'approved', 'published')),
    sealed_at    timestamptz,
    published_at timestamptz,
    ranking_id   bigint,
    constraint rounds_number_key unique (contest_id, number),
    check (opens_at < closes_at),
    check ((stage = 'scheduled') = (sealed_at is null)),
    check ((stage = 'published') = (published_at is not null)),
    check ((stage in ('ranked', 'approved', 'published')) = (ranking_id is not null))
);
comment on table rounds is 'A window in which attempts may start, with the rules that hold in it.';
comment on column rounds.round_id is 'Number used by attempts; first four bytes of every attempt id.';
comment on column rounds.contest_id is 'Contest it belongs to.';
comment on column rounds.number is '1, 2, 3 … within the contest.';
comment on column rounds.title is 'What people call it, such as Tuần 1.';
comment on column rounds.opens_at is 'First moment at which an attempt may start.';
comment on column rounds.closes_at is 'First moment at which none may.';
comment on column rounds.rules is 'Paper, attempts, prediction and ranking rules in force, overrides applied.';
comment on column rounds.sets is 'Set id to version: what papers of this round are drawn from; fixed once the round has opened.';
comment on column rounds.stage is 'How far the board has come; upcoming, open and ended follow from the clock.';
comment on column rounds.sealed_at is 'When all attempts were finished and counts frozen; null exactly while scheduled.';
comment on column rounds.published_at is 'When results were shown to the public; null before.';
comment on column rounds.ranking_id is 'The ranking in force; null before there is one.';

create table round_heads (
    round_id    integer primary key references rounds,
    starts      bigint not null default 0,
    submissions bigint not null default 0,
    sealed      boolean not null default false
);
comment on table round_heads is 'One row per round, locked by every batch that starts or submits: gives dense numbers and keeps late rows out.';
comment on column round_heads.round_id is 'The round.';
comment on column round_heads.starts is 'Attempts started so far; the last dense number given to a start.';
comment on column round_heads.submissions is 'Attempts submitted so far; the last dense number given to a submission.';
comment on column round_heads.sealed is 'No start and no submission is accepted any more.';

create table question_sets (
    contest_id  integer not null references contests,
    set_version text not null check (length(set_version) = 64),
    set_id      text not null,
    content     jsonb not null,
    loaded_at   timestamptz not null,
    loaded_by   text not null,
    primary key (contest_id, set_version)
);
comment on table question_sets is 'Every version of every set ever loaded; never changed, never deleted.';
comment on column question_sets.contest_id is 'Contest that uses it.';
comment on column question_sets.set_version is 'SHA-256 of set and key, hexadecimal.';
comment on column question_sets.set_id is 'Name of the set inside the contest, such as dang-bo.';
comment on column question_sets.content is 'Title and questions without the key.';
comment on column question_sets.loaded_at is 'When this version came.';
comment on column question_sets.loaded_by is 'Who brought it.';

create table answer_keys (
    contest_id  integer not null,
    set_version text not null,
    key         jsonb not null,
    primary key (contest_id, set_version),
    foreign key (contest_id, set_version) references question_sets
);
comment on table answer_keys is 'The key of each set version, apart from the questions so that rights to it can be given apart.';
comment on column answer_keys.contest_id is 'Contest of the set.';
comment on column answer_keys.set_version is 'Version the key belongs to.';
comment on column answer_keys.key is 'Question id to the places of the right options in the file, 0 = A.';

create table units (
    unit_id    integer primary key generated always as identity,
    contest_id integer not null references contests,
    code       text not null,
    name       text not null,
    parent_id  integer references units,
    bloc       text,
    headcount  integer check (headcount >= 0),
    valid_from date,
    valid_to   date,
    position   integer not null,
    constraint units_code_key unique (contest_id, code),
    check (valid_from <= valid_to)
);
comment on table units is 'Units that participants enter for, as a tree with dates.';
comment on column units.unit_id is 'Number used by participants.';
comment on column units.contest_id is 'Contest whose units.csv names it.';
comment on column units.code is 'Short stable code, unique in the contest.';
comment on column units.name is 'Full name.';
comment on column units.parent_id is 'Unit above, if any.';
comment on column units.bloc is 'Group for prizes among like units.';
comment on column units.headcount is 'People who could enter, for rates.';
comment on column units.valid_from is 'First day on which it exists.';
comment on column units.valid_to is 'Last day on which it exists.';
comment on column units.position is 'Place in the file, for lists.';
