-- Essays written with a paper and marked by hand: one of a person and round, whatever attempt it was written in.

create table essays (
    round_id       integer not null references rounds,
    participant_id bigint not null references participants,
    code           uuid not null default gen_random_uuid(),
    attempt_id     uuid not null,
    text           text not null,
    chars          integer not null check (chars between 0 and 20000),
    revision       integer not null default 1 check (revision > 0),
    saved_at       timestamptz not null,
    primary key (round_id, participant_id),
    constraint essays_code_key unique (round_id, code)
);
create index essays_person on essays (participant_id);
comment on table essays is 'What a person wrote in a round, as last saved; personal data, erased with the person. Written while an attempt of the person runs and never after it.';
comment on column essays.round_id is 'The round.';
comment on column essays.participant_id is 'Who wrote it; markers are never told.';
comment on column essays.code is 'Random name under which it is marked; its order is the order of marking.';
comment on column essays.attempt_id is 'The attempt in which it was last changed.';
comment on column essays.text is 'The text, NFC, line ends as one newline, no blanks at the ends.';
comment on column essays.chars is 'Characters of the text; 0 for a text that was emptied.';
comment on column essays.revision is 'How often it was changed.';
comment on column essays.saved_at is 'When it was last changed.';

create table essay_marks (
    mark_id        bigint primary key generated always as identity,
    round_id       integer not null,
    participant_id bigint not null,
    seat           smallint not null check (seat between 1 and 3),
    points         integer not null check (points between 0 and 1000),
    note           text not null default '' check (char_length(note) <= 2000),
    reason         text check (btrim(reason) <> ''),
    marked_at      timestamptz not null,
    marked_by      text not null check (btrim(marked_by) <> ''),
    foreign key (round_id, participant_id) references essays
);
create index essay_marks_essay on essay_marks (round_id, participant_id, seat, mark_id);
comment on table essay_marks is 'Marks of essays; rows are only added, the newest of a seat is in force, and they go when the person''s data are erased.';
comment on column essay_marks.mark_id is 'Order of the marks.';
comment on column essay_marks.round_id is 'Round of the essay.';
comment on column essay_marks.participant_id is 'Who wrote the essay.';
comment on column essay_marks.seat is '1 and 2 for the markers, 3 for the one who decides where they are too far apart.';
comment on column essay_marks.points is 'Whole points, up to those of the contest.';
comment on column essay_marks.note is 'What the marker noted for the board.';
comment on column essay_marks.reason is 'Why a mark was changed; null for the first of a seat.';
comment on column essay_marks.marked_at is 'When.';
comment on column essay_marks.marked_by is 'Who of the staff; the same person keeps the seat.';
create trigger essay_marks_only_added before update or delete on essay_marks
    for each row execute function refuse_change_but_of_erased();

create table essay_standings (
    ranking_id     bigint not null references rankings on delete cascade,
    participant_id bigint not null references participants,
    points         integer not null check (points >= 0),
    primary key (ranking_id, participant_id)
);
comment on table essay_standings is 'The marks that a ranking of a round counted, as they were then.';
comment on column essay_standings.ranking_id is 'The ranking.';
comment on column essay_standings.participant_id is 'Whose essay.';
comment on column essay_standings.points is 'The mark in force when the ranking was made; it is part of the points of the standing.';
