-- Attempts and submissions: one row at the start, one at the finish, both only added, both in the round's own partition.

create table attempts (
    round_id       integer not null references rounds,
    attempt_id     uuid not null,
    participant_id bigint not null references participants,
    number         smallint not null check (number > 0),
    sequence       bigint not null,
    started_at     timestamptz not null,
    deadline_at    timestamptz not null,
    paper          jsonb not null,
    primary key (round_id, attempt_id),
    constraint attempts_number_key unique (round_id, participant_id, number),
    check (started_at <= deadline_at)
) partition by list (round_id);
comment on table attempts is 'An attempt from its first moment.';
comment on column attempts.round_id is 'Round; also the first four bytes of attempt_id.';
comment on column attempts.attempt_id is 'Public id: round, then 96 random bits.';
comment on column attempts.participant_id is 'Whose it is.';
comment on column attempts.number is '1, 2, 3 … of this person in this round; unique, so a double click cannot start two.';
comment on column attempts.sequence is 'Dense number of the start within the round.';
comment on column attempts.started_at is 'When the clock began.';
comment on column attempts.deadline_at is 'When time is up, without grace; fixed at the start.';
comment on column attempts.paper is 'Questions and option order as shown: the evidence.';

create table submissions (
    round_id       integer not null references rounds,
    attempt_id     uuid not null,
    participant_id bigint not null references participants,
    number         smallint not null,
    sequence       bigint not null,
    received_at    timestamptz not null,
    finished_at    timestamptz not null,
    duration_ms    bigint not null check (duration_ms >= 0),
    how            text not null check (how in ('submitted', 'timed_out')),
    responses      jsonb not null,
    score          integer not null check (score >= 0),
    correct        smallint not null check (correct >= 0),
    total          smallint not null check (total >= correct),
    prediction     bigint check (prediction >= 0),
    receipt        text not null,
    primary key (round_id, attempt_id),
    constraint submissions_sequence_key unique (round_id, sequence),
    foreign key (round_id, attempt_id) references attempts
) partition by list (round_id);
create index submissions_person on submissions (round_id, participant_id, number);
create index submissions_receipt on submissions (receipt);
comment on table submissions is 'The finish of an attempt: first commit wins, never changed afterwards.';
comment on column submissions.round_id is 'Round of the attempt.';
comment on column submissions.attempt_id is 'The attempt.';
comment on column submissions.participant_id is 'Whose it is; repeated here so that ranking reads this table alone.';
comment on column submissions.number is 'Number of the attempt of this person, repeated here.';
comment on column submissions.sequence is 'Dense number of the submission within the round, in order of acceptance.';
comment on column submissions.received_at is 'When the request reached us, or when the system acted.';
comment on column submissions.finished_at is 'Recorded finish: received_at, but never after the deadline.';
comment on column submissions.duration_ms is 'finished_at less the start.';
comment on column submissions.how is 'submitted by the person, or timed_out: by the system with what was saved.';
comment on column submissions.responses is 'Chosen labels as shown, one text per question of the paper in order, empty for blanks.';
comment on column submissions.score is 'Points by the key of the paper''s set versions.';
comment on column submissions.correct is 'Questions answered exactly right.';
comment on column submissions.total is 'Questions on the paper.';
comment on column submissions.prediction is 'Predicted quantity, if asked for and given.';
comment on column submissions.receipt is 'Ten characters that the person keeps; looked up on the verification page.';

create table running (
    round_id       integer not null,
    attempt_id     uuid not null,
    participant_id bigint not null,
    check_at       timestamptz not null,
    leased_until   timestamptz,
    primary key (round_id, attempt_id),
    constraint running_person_key unique (round_id, participant_id)
);
create index running_check on running (check_at);
comment on table running is 'Attempts not yet finished: a small queue beside the two tables that are only added to.';
comment on column running.round_id is 'Round of the attempt.';
comment on column running.attempt_id is 'The attempt.';
comment on column running.participant_id is 'Whose; unique in the round: one running attempt at a time.';
comment on column running.check_at is 'Deadline plus grace: when the system finishes it.';
comment on column running.leased_until is 'Until when an instance works on it; another may take it after that.';
