-- Rankings, standings, awards: documents made once per ranking and then only read.

create table rankings (
    ranking_id   bigint primary key generated always as identity,
    contest_id   integer not null references contests,
    round_id     integer references rounds,
    made_at      timestamptz not null,
    made_by      text not null,
    rules        jsonb not null,
    attempts     bigint not null,
    people       bigint not null,
    attempts_all_correct bigint not null,
    people_all_correct   bigint not null,
    actual       bigint,
    draw_seed    bytea,
    approved_at  timestamptz,
    approved_by  text,
    check ((approved_at is null) = (approved_by is null)),
    check (approved_by <> made_by)
);
alter table rounds add constraint rounds_ranking_fkey foreign key (ranking_id) references rankings;
comment on table rankings is 'One ranking of a round, or of the contest as a whole; a later one does not erase an earlier one.';
comment on column rankings.ranking_id is 'Number.';
comment on column rankings.contest_id is 'Contest.';
comment on column rankings.round_id is 'Round; null for the ranking over the whole contest.';
comment on column rankings.made_at is 'When.';
comment on column rankings.made_by is 'Who ranked; someone else approves.';
comment on column rankings.rules is 'The ranking rules, counted-attempt rule, prediction and prizes applied.';
comment on column rankings.attempts is 'Attempts submitted (lượt).';
comment on column rankings.people is 'Different people who submitted (người).';
comment on column rankings.attempts_all_correct is 'Attempts right in every question.';
comment on column rankings.people_all_correct is 'People with at least one such attempt.';
comment on column rankings.actual is 'The predicted quantity as it came out; null without prediction.';
comment on column rankings.draw_seed is 'Seed of draws by lot; null where none is foreseen.';
comment on column rankings.approved_at is 'When it was approved.';
comment on column rankings.approved_by is 'Who approved; never who ranked.';

create table standings (
    ranking_id       bigint not null references rankings,
    position         bigint not null,
    rank             bigint not null,
    round_id         integer,
    attempt_id       uuid,
    participant_id   bigint not null,
    unit_id          integer not null,
    score            bigint not null,
    correct          integer not null,
    total            integer not null,
    prediction       bigint,
    prediction_error bigint,
    duration_ms      bigint not null,
    finished_at      timestamptz not null,
    attempts         integer not null,
    registered_at    timestamptz not null,
    eligible         boolean not null,
    primary key (ranking_id, position)
);
create index standings_person on standings (ranking_id, participant_id);
comment on table standings is 'One row per person in a ranking, in order.';
comment on column standings.ranking_id is 'The ranking.';
comment on column standings.position is '1, 2, 3 … without gaps; among equals by order of submission, for listing only.';
comment on column standings.rank is 'Equal keys share a rank, the next is skipped.';
comment on column standings.round_id is 'Round of the counted attempt; null in the ranking over the contest.';
comment on column standings.attempt_id is 'The counted attempt; null in the ranking over the contest.';
comment on column standings.participant_id is 'The person; no foreign key, because the statement that ranks takes it from participants and a check per row would double its time.';
comment on column standings.unit_id is 'Unit entered for, as it was when ranked; without a foreign key for the same reason.';
comment on column standings.score is 'Points counted.';
comment on column standings.correct is 'Questions right in what counts.';
comment on column standings.total is 'Questions asked in what counts.';
comment on column standings.prediction is 'The prediction that counts.';
comment on column standings.prediction_error is 'Its distance from the actual quantity; null without prediction.';
comment on column standings.duration_ms is 'Time used in what counts.';
comment on column standings.finished_at is 'Moment of submission of what counts.';
comment on column standings.attempts is 'Attempts of the person.';
comment on column standings.registered_at is 'When the person registered.';
comment on column standings.eligible is 'Passes the gate for prizes.';

create table awards (
    ranking_id     bigint not null references rankings,
    prize          smallint not null,
    place          smallint not null,
    prize_name     text not null,
    value          bigint,
    position       bigint not null,
    participant_id bigint not null references participants,
    settled_by     text not null check (settled_by in ('rank', 'draw', 'board')),
    primary key (ranking_id, prize, place),
    foreign key (ranking_id, position) references standings
);
create index awards_person on awards (participant_id);
comment on table awards is 'A prize given to a person.';
comment on column awards.ranking_id is 'The ranking.';
comment on column awards.prize is 'Which prize, counted from 0 in the order of the contest file.';
comment on column awards.place is '1 to the number of places.';
comment on column awards.prize_name is 'Giải Nhất …';
comment on column awards.value is 'Value of the place in đồng.';
comment on column awards.position is 'The standing that earned it.';
comment on column awards.participant_id is 'The winner.';
comment on column awards.settled_by is 'The rank alone, a draw by lot among equals, or a decision of the board among equals.';

create table ties (
    ranking_id bigint not null references rankings,
    prize      smallint not null,
    rank       bigint not null,
    places     smallint not null,
    positions  bigint[] not null,
    primary key (ranking_id, prize, rank)
);
comment on table ties is 'Equals at the border of a prize whom nothing has separated yet; a ranking with such rows cannot be approved.';
comment on column ties.ranking_id is 'The ranking.';
comment on column ties.prize is 'The prize that has fewer places left than there are equals.';
comment on column ties.rank is 'The rank they share.';
comment on column ties.places is 'Places left for them.';
comment on column ties.positions is 'Their standings.';

create table tie_decisions (
    round_id   integer not null references rounds,
    attempt_id uuid not null,
    preference smallint not null,
    decided_at timestamptz not null,
    decided_by text not null,
    reason     text not null,
    primary key (round_id, attempt_id)
);
comment on table tie_decisions is 'The board''s order among equals; applied by the next ranking of the round.';
comment on column tie_decisions.round_id is 'Round.';
comment on column tie_decisions.attempt_id is 'Counted attempt of one of the equals.';
comment on column tie_decisions.preference is 'Smaller comes first.';
comment on column tie_decisions.decided_at is 'When.';
comment on column tie_decisions.decided_by is 'Who.';
comment on column tie_decisions.reason is 'Why.';

create table unit_results (
    ranking_id    bigint not null references rankings,
    unit_id       integer not null references units,
    people        bigint not null,
    attempts      bigint not null,
    total_score   bigint not null,
    all_correct   bigint not null,
    winners       integer not null,
    primary key (ranking_id, unit_id)
);
comment on table unit_results is 'Figures of each unit in a ranking, units below it included.';
comment on column unit_results.ranking_id is 'The ranking.';
comment on column unit_results.unit_id is 'The unit.';
comment on column unit_results.people is 'Different people (người).';
comment on column unit_results.attempts is 'Attempts submitted (lượt).';
comment on column unit_results.total_score is 'Sum of counted scores.';
comment on column unit_results.all_correct is 'People whose counted attempt is right throughout.';
comment on column unit_results.winners is 'Individual prizes.';

create table collective_awards (
    ranking_id bigint not null references rankings,
    prize      smallint not null,
    place      smallint not null,
    prize_name text not null,
    value      bigint,
    unit_id    integer not null references units,
    rank       bigint not null,
    primary key (ranking_id, prize, place)
);
comment on table collective_awards is 'A prize given to a unit.';
comment on column collective_awards.ranking_id is 'The ranking.';
comment on column collective_awards.prize is 'Which collective prize, counted from 0 in the order of the contest file.';
comment on column collective_awards.place is '1 to the number given; equals at the last place all receive it.';
comment on column collective_awards.prize_name is 'Giấy khen tập thể …';
comment on column collective_awards.value is 'Value in đồng.';
comment on column collective_awards.unit_id is 'The unit.';
comment on column collective_awards.rank is 'Its rank by the measure of the prize.';
