-- What the board decided among equals in the ranking over a contest: for prizes for answers and for bringing newcomers.

create table contest_tie_decisions (
    contest_id     integer not null references contests,
    won_for        text not null check (won_for in ('answers', 'newcomers')),
    participant_id bigint not null references participants,
    preference     smallint not null check (preference > 0),
    decided_at     timestamptz not null,
    decided_by     text not null,
    reason         text not null check (btrim(reason) <> ''),
    primary key (contest_id, won_for, participant_id)
);
comment on table contest_tie_decisions is 'The board''s order among equals over a whole contest; applied by the next ranking over it.';
comment on column contest_tie_decisions.contest_id is 'The contest.';
comment on column contest_tie_decisions.won_for is 'Which prizes: those for answers, or those for bringing newcomers.';
comment on column contest_tie_decisions.participant_id is 'One of the equals.';
comment on column contest_tie_decisions.preference is 'Smaller comes first.';
comment on column contest_tie_decisions.decided_at is 'When.';
comment on column contest_tie_decisions.decided_by is 'Who noted it.';
comment on column contest_tie_decisions.reason is 'Why.';
