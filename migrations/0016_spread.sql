-- Who came by whose link, the ranking of those who brought newcomers, and people who may enter but never win.

alter table participants
    add column introducer_id bigint references participants,
    add column prize_bar text;
create index participants_introducer on participants (introducer_id) where introducer_id is not null;
create index participants_prize_bar on participants (contest_id) where prize_bar is not null;
comment on column participants.introducer_id is 'Whose personal link brought the person to register; never changed afterwards.';
comment on column participants.prize_bar is 'Why prizes pass the person over although the person may enter, as the list of the contest folder says; null for everybody else.';

create table share_links (
    participant_id bigint primary key references participants,
    contest_id     integer not null references contests,
    code           text not null constraint share_links_code_key unique,
    made_at        timestamptz not null
);
comment on table share_links is 'Personal links for bringing newcomers, made when a person first looks at the own page.';
comment on column share_links.participant_id is 'Whose link.';
comment on column share_links.contest_id is 'The contest it leads to.';
comment on column share_links.code is 'Ten characters that tell nothing of the person.';
comment on column share_links.made_at is 'When it was first shown.';

create table spread_standings (
    ranking_id     bigint not null references rankings on delete cascade,
    participant_id bigint not null references participants,
    rank           bigint not null check (rank > 0),
    newcomers      bigint not null check (newcomers > 0),
    brought        bigint not null check (brought >= newcomers),
    reached_at     timestamptz not null,
    primary key (ranking_id, participant_id)
);
comment on table spread_standings is 'The ranking of those who brought newcomers, made with the ranking over the contest.';
comment on column spread_standings.ranking_id is 'The ranking over the contest.';
comment on column spread_standings.participant_id is 'Who brought them.';
comment on column spread_standings.rank is 'Shared by equals.';
comment on column spread_standings.newcomers is 'Newcomers who count, up to the cap of the rules.';
comment on column spread_standings.brought is 'Newcomers who count, the cap apart.';
comment on column spread_standings.reached_at is 'When the last newcomer who counts handed in the paper that made the newcomer count.';

create table prize_bars (
    contest_id integer not null references contests,
    hash       bytea not null check (length(hash) = 32),
    reason     text not null check (btrim(reason) <> ''),
    primary key (contest_id, hash)
);
comment on table prize_bars is 'The list of people who may enter but never win, as keyed hashes: whoever registers is compared with it.';
comment on column prize_bars.contest_id is 'Contest whose folder has the list.';
comment on column prize_bars.hash is 'Keyed hash of a phone number, of an identity number, or of a name with a birth date.';
comment on column prize_bars.reason is 'Why, in the words of the list.';
