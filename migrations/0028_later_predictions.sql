-- Predictions that are asked for after the paper. Submissions are never changed, so they stand in rows of their own; ranking
-- reads them beside the submissions of a round whose rules ask in this way.

create table later_predictions (
    round_id       integer not null references rounds,
    participant_id bigint not null references participants,
    number         smallint not null check (number > 0),
    sequence       bigint not null check (sequence > 0),
    prediction     bigint not null check (prediction >= 0),
    given_at       timestamptz not null,
    changes        integer not null default 0,
    primary key (round_id, participant_id, number)
);
comment on table later_predictions is 'The prediction given after the paper, one for an attempt: it stands instead of that of the submission.';
comment on column later_predictions.round_id is 'The round.';
comment on column later_predictions.participant_id is 'Whose.';
comment on column later_predictions.number is 'Number of the attempt of this person in the round.';
comment on column later_predictions.sequence is 'Dense number of the submission in the round.';
comment on column later_predictions.prediction is 'Predicted quantity.';
comment on column later_predictions.given_at is 'When it was given, or changed the last time.';
comment on column later_predictions.changes is 'How often it was changed.';
