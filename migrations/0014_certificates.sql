-- Certificates that were made out. A code is a keyed hash of who won what, so making one out again gives the same code;
-- the row is what a check page finds it by, and remains when the result is corrected.
create table certificates (
    code text primary key check (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
    contest_id integer not null references contests,
    round_id integer references rounds,
    participant_id bigint not null references participants,
    prize smallint not null,
    prize_name text not null,
    issued_at timestamptz not null,
    issued_by text not null
);
comment on table certificates is 'Certificates made out; what they stand for is judged by the newest published result';
comment on column certificates.code is '16 letters of Crockford''s base 32: 80 bits of a keyed hash of contest, round, person and prize';
comment on column certificates.contest_id is 'Contest';
comment on column certificates.participant_id is 'The winner; the name is not kept here, so that a correction of it is one correction';
comment on column certificates.round_id is 'Round of the prize; null for a prize of the whole contest';
comment on column certificates.prize is 'Place of the prize in the contest file, as in awards';
comment on column certificates.prize_name is 'Name of the prize as printed';
comment on column certificates.issued_at is 'When it was made out first';
comment on column certificates.issued_by is 'Who made it out first';
create index certificates_participant on certificates (participant_id);
