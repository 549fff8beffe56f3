-- Emulation clusters and blocks (cụm, khối thi đua), the delegates' secret votes, and the register of commendations.

create table emulation_clusters (
    cluster_id integer primary key generated always as identity,
    year       smallint not null check (year between 2000 and 2100),
    code       text not null check (code ~ '^[A-Z0-9][A-Z0-9.-]{0,19}$'),
    kind       text not null check (kind in ('cluster', 'block')),
    name       text not null check (btrim(name) <> ''),
    ties       text not null default 'shared' check (ties in ('shared', 'criteria')),
    made_at    timestamptz not null,
    made_by    text not null check (btrim(made_by) <> ''),
    constraint emulation_clusters_code unique (year, code),
    unique (cluster_id, year)
);
comment on table emulation_clusters is 'Clusters and blocks of units that compete with each other for a year.';
comment on column emulation_clusters.cluster_id is 'Number.';
comment on column emulation_clusters.year is 'The year for which head, deputies and members hold.';
comment on column emulation_clusters.code is 'Short code, unique in its year.';
comment on column emulation_clusters.kind is 'cluster (cụm) or block (khối).';
comment on column emulation_clusters.name is 'Full name.';
comment on column emulation_clusters.ties is 'How units with equal points stand: shared (they share a rank) or criteria (the criteria are compared in their order).';
comment on column emulation_clusters.made_at is 'When it was last loaded or entered.';
comment on column emulation_clusters.made_by is 'By whom.';

create table emulation_members (
    cluster_id integer not null,
    year       smallint not null,
    unit_code  text not null check (btrim(unit_code) <> ''),
    unit_name  text not null check (btrim(unit_name) <> ''),
    role       text not null check (role in ('head', 'deputy', 'member')),
    position   smallint not null,
    primary key (cluster_id, unit_code),
    foreign key (cluster_id, year) references emulation_clusters (cluster_id, year),
    constraint emulation_members_once unique (year, unit_code)
);
create unique index emulation_one_head on emulation_members (cluster_id) where role = 'head';
comment on table emulation_members is 'Units of a cluster; a unit is in one cluster a year.';
comment on column emulation_members.cluster_id is 'The cluster.';
comment on column emulation_members.year is 'Its year, so that a unit is found twice in it.';
comment on column emulation_members.unit_code is 'Code of the unit, the same as in units.csv of contests.';
comment on column emulation_members.unit_name is 'Its name in that year.';
comment on column emulation_members.role is 'head (trưởng), deputy (phó) or member; at most one head.';
comment on column emulation_members.position is 'Place in the file, for lists.';

create table emulation_criteria (
    criterion_id   integer primary key generated always as identity,
    cluster_id     integer not null references emulation_clusters,
    position       smallint not null,
    name           text not null check (btrim(name) <> ''),
    max_hundredths integer not null check (max_hundredths between 1 and 100000000),
    sense          text not null check (sense in ('adds', 'deducts')),
    unique (cluster_id, position)
);
comment on table emulation_criteria is 'What the units of a cluster are scored by.';
comment on column emulation_criteria.criterion_id is 'Number.';
comment on column emulation_criteria.cluster_id is 'The cluster.';
comment on column emulation_criteria.position is '1, 2, 3 …: the order in the table, and in which criteria are compared where points are equal.';
comment on column emulation_criteria.name is 'What is scored.';
comment on column emulation_criteria.max_hundredths is 'Most points, in hundredths.';
comment on column emulation_criteria.sense is 'adds, or deducts (điểm trừ).';

create table emulation_scores (
    score_id     bigint primary key generated always as identity,
    criterion_id integer not null references emulation_criteria,
    unit_code    text not null,
    hundredths   integer not null check (hundredths >= 0),
    source       text not null,
    at           timestamptz not null,
    by           text not null check (btrim(by) <> '')
);
create index emulation_scores_of on emulation_scores (criterion_id, unit_code, score_id);
comment on table emulation_scores is 'Points of units; rows are only added, the newest of a criterion and unit holds.';
comment on column emulation_scores.score_id is 'Order of entering.';
comment on column emulation_scores.criterion_id is 'What is scored.';
comment on column emulation_scores.unit_code is 'The unit.';
comment on column emulation_scores.hundredths is 'Points in hundredths; of a criterion that deducts, points taken away.';
comment on column emulation_scores.source is 'Where they come from: empty when entered by hand, otherwise the contest and its measure.';
comment on column emulation_scores.at is 'When.';
comment on column emulation_scores.by is 'Who entered them.';
create trigger emulation_scores_only_added before update or delete on emulation_scores for each row execute function refuse_change();

create table emulation_votes (
    vote_id        integer primary key generated always as identity,
    cluster_id     integer not null references emulation_clusters,
    title          text not null check (btrim(title) <> ''),
    seats          smallint not null check (seats between 1 and 100),
    quorum_above   smallint not null check (quorum_above between 1 and 100),
    quorum_below   smallint not null check (quorum_below between quorum_above and 100),
    threshold_bp   integer not null check (threshold_bp between 0 and 10000),
    threshold_rule text not null check (threshold_rule in ('more', 'at-least')),
    base           text not null check (base in ('delegates', 'ballots', 'valid')),
    place          text not null,
    chair          text not null,
    secretary      text not null,
    tellers        text not null,
    state          text not null default 'prepared' check (state in ('prepared', 'open', 'stopped', 'closed', 'cancelled')),
    made_at        timestamptz not null,
    made_by        text not null check (btrim(made_by) <> ''),
    opened_at      timestamptz,
    opened_by      text,
    stopped_at     timestamptz,
    stopped_by     text,
    closed_at      timestamptz,
    closed_by      text,
    cancelled_why  text,
    constraint emulation_votes_opened check ((opened_at is null) = (opened_by is null)),
    constraint emulation_votes_stopped check ((state not in ('stopped', 'closed') or stopped_at is not null) and (stopped_at is null) = (stopped_by is null)),
    constraint emulation_votes_closed check ((state = 'closed') = (closed_at is not null) and (closed_at is null) = (closed_by is null)),
    constraint emulation_votes_two_people check (state <> 'closed' or not same_name(stopped_by, closed_by)),
    constraint emulation_votes_cancelled check ((state = 'cancelled') = (cancelled_why is not null) and btrim(cancelled_why) <> '')
);
create index emulation_votes_cluster on emulation_votes (cluster_id, vote_id);
comment on table emulation_votes is 'Secret votes by which the delegates of a cluster nominate units for commendation.';
comment on column emulation_votes.vote_id is 'Number.';
comment on column emulation_votes.cluster_id is 'The cluster.';
comment on column emulation_votes.title is 'What is voted on, as printed on ballots and in the minutes.';
comment on column emulation_votes.seats is 'Units that a ballot may mark at most, and that may be nominated.';
comment on column emulation_votes.quorum_above is 'Upper part of the share of delegates that must vote, as 2 of 2/3.';
comment on column emulation_votes.quorum_below is 'Lower part, as 3 of 2/3.';
comment on column emulation_votes.threshold_bp is 'Votes that a nomination needs, in ten-thousandths of the base.';
comment on column emulation_votes.threshold_rule is 'more (more than that share) or at-least.';
comment on column emulation_votes.base is 'What the share is of: delegates (all summoned), ballots (all collected) or valid ballots.';
comment on column emulation_votes.place is 'Where the delegates meet, for the minutes.';
comment on column emulation_votes.chair is 'Who chairs, for the minutes.';
comment on column emulation_votes.secretary is 'Who writes the minutes.';
comment on column emulation_votes.tellers is 'Who counts, a name a line.';
comment on column emulation_votes.state is 'prepared, open, stopped (no more ballots, waits for a second person), closed (counted), cancelled.';
comment on column emulation_votes.made_at is 'When it was prepared.';
comment on column emulation_votes.made_by is 'By whom.';
comment on column emulation_votes.opened_at is 'When ballots were first taken.';
comment on column emulation_votes.opened_by is 'The member of the board who opened it.';
comment on column emulation_votes.stopped_at is 'When it was stopped last.';
comment on column emulation_votes.stopped_by is 'Who stopped it.';
comment on column emulation_votes.closed_at is 'When the second person confirmed and the ballots were counted.';
comment on column emulation_votes.closed_by is 'The second person; never the one who stopped it.';
comment on column emulation_votes.cancelled_why is 'Why it was called off; its ballots were destroyed.';

create table emulation_candidates (
    vote_id   integer not null references emulation_votes,
    position  smallint not null check (position > 0),
    unit_code text not null,
    unit_name text not null,
    primary key (vote_id, position),
    unique (vote_id, unit_code)
);
comment on table emulation_candidates is 'Units on the ballot.';
comment on column emulation_candidates.vote_id is 'The vote.';
comment on column emulation_candidates.position is 'Place on the ballot, from 1.';
comment on column emulation_candidates.unit_code is 'Code of the unit.';
comment on column emulation_candidates.unit_name is 'Its name on the ballot.';

create table emulation_delegates (
    delegate_id integer primary key generated always as identity,
    vote_id     integer not null references emulation_votes,
    position    smallint not null check (position > 0),
    name        text not null check (btrim(name) <> ''),
    unit        text not null,
    title       text not null,
    code_hash   bytea constraint emulation_delegates_code unique check (length(code_hash) = 32),
    voted       boolean not null default false,
    unique (vote_id, position)
);
comment on table emulation_delegates is 'Who is entitled to vote. That a delegate has voted stands here; when and how stands nowhere.';
comment on column emulation_delegates.delegate_id is 'Number.';
comment on column emulation_delegates.vote_id is 'The vote.';
comment on column emulation_delegates.position is 'Place in the list, from 1.';
comment on column emulation_delegates.name is 'Full name.';
comment on column emulation_delegates.unit is 'Unit that the delegate stands for.';
comment on column emulation_delegates.title is 'Position in it.';
comment on column emulation_delegates.code_hash is 'Keyed hash of the one-time code; null before the vote opens.';
comment on column emulation_delegates.voted is 'Has put a ballot into the box.';

create table emulation_boxes (
    vote_id integer primary key references emulation_votes,
    sealed  bytea not null
);
comment on table emulation_boxes is 'The ballot box while a vote runs: all ballots together, sorted by content, encrypted, always of the same length. Rewritten whole with every ballot; gone once counted.';
comment on column emulation_boxes.vote_id is 'The vote.';
comment on column emulation_boxes.sealed is 'The ballots, readable by the program alone.';

create table emulation_ballots (
    vote_id integer not null references emulation_votes,
    marks   text not null check (marks ~ '^([0-9]+(,[0-9]+)*)?$'),
    copies  smallint not null check (copies > 0),
    primary key (vote_id, marks)
);
comment on table emulation_ballots is 'What was in the box when it was counted: each different ballot with how many there were. No row belongs to anybody.';
comment on column emulation_ballots.vote_id is 'The vote.';
comment on column emulation_ballots.marks is 'Places of the marked candidates in rising order, with commas; empty for a blank ballot.';
comment on column emulation_ballots.copies is 'How many such ballots.';
create trigger emulation_ballots_only_added before update or delete on emulation_ballots for each row execute function refuse_change();

create table commendations (
    commendation_id integer primary key generated always as identity,
    decided_on      date not null check (decided_on between '2000-01-01' and '2100-12-31'),
    decision_no     text not null,
    form            text not null check (form in ('giay-khen', 'bang-khen', 'co-thi-dua', 'danh-hieu', 'ky-niem-chuong', 'huan-chuong', 'khac')),
    level           text not null check (level in ('xa', 'huyen', 'tinh', 'bo', 'nha-nuoc')),
    name            text not null check (btrim(name) <> ''),
    unit            text not null,
    small           boolean,
    direct          boolean,
    farmer          boolean,
    youth           boolean,
    woman           boolean,
    added_at        timestamptz not null,
    added_by        text not null check (btrim(added_by) <> ''),
    struck_at       timestamptz,
    struck_by       text,
    struck_why      text,
    constraint commendations_recipient check (num_nonnulls(direct, farmer, youth, woman) = case when small is null then 4 else 0 end),
    constraint commendations_level check (level <> 'huyen' or decided_on < '2025-07-01'),
    constraint commendations_struck check (num_nonnulls(struck_at, struck_by, struck_why) in (0, 3) and btrim(struck_why) <> '')
);
create unique index commendations_once on commendations (decided_on, decision_no, form, level, lower(name), lower(unit)) where struck_at is null;
create index commendations_day on commendations (decided_on);
comment on table commendations is 'The register of commendations, one row for each recipient.';
comment on column commendations.commendation_id is 'Number.';
comment on column commendations.decided_on is 'Day of the decision; its year is the one in which the award counts.';
comment on column commendations.decision_no is 'Number of the decision; may be empty.';
comment on column commendations.form is 'What was awarded.';
comment on column commendations.level is 'Who awarded it: xa (commune), huyen (district, until 30/6/2025), tinh (province), bo (ministry or central body), nha-nuoc (state).';
comment on column commendations.name is 'Name of the collective or person.';
comment on column commendations.unit is 'Unit of it; may be empty.';
comment on column commendations.small is 'Of a collective: a small one (tập thể nhỏ); null for a person.';
comment on column commendations.direct is 'Of a person: works directly (trực tiếp lao động, sản xuất, công tác); null for a collective.';
comment on column commendations.farmer is 'Of a person: a farmer.';
comment on column commendations.youth is 'Of a person: of the youth (thanh niên).';
comment on column commendations.woman is 'Of a person: a woman.';
comment on column commendations.added_at is 'When it was entered.';
comment on column commendations.added_by is 'By whom.';
comment on column commendations.struck_at is 'When it was struck out; it then counts nowhere and stays readable.';
comment on column commendations.struck_by is 'By whom.';
comment on column commendations.struck_why is 'Why.';
