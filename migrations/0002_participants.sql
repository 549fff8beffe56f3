-- People: participants with their personal data kept encrypted where it identifies, and staff.

create table participants (
    participant_id  bigint primary key generated always as identity,
    contest_id      integer not null references contests,
    unit_id         integer not null references units,
    full_name       text not null,
    birth_date      date not null,
    phone_hash      bytea not null,
    phone_sealed    bytea not null,
    national_id_hash   bytea,
    national_id_sealed bytea,
    sex             text check (sex in ('female', 'male')),
    email           text,
    address         text,
    class           text,
    guardian_name   text,
    referral        text,
    password_hash   text not null,
    login_epoch     integer not null default 0,
    consent_version text not null,
    consent_publish boolean not null,
    registered_at   timestamptz not null,
    excluded_reason text,
    demonstration   boolean not null default false,
    constraint participants_phone_key unique (contest_id, phone_hash),
    check ((national_id_hash is null) = (national_id_sealed is null))
);
create index participants_unit on participants (unit_id);
create index participants_national_id on participants (contest_id, national_id_hash) where national_id_hash is not null;
comment on table participants is 'A person entered in one contest.';
comment on column participants.participant_id is 'Number used by attempts.';
comment on column participants.contest_id is 'The contest.';
comment on column participants.unit_id is 'Unit entered for.';
comment on column participants.full_name is 'Name as typed, NFC; printed if the person wins and consents.';
comment on column participants.birth_date is 'For the age rule and for telling people apart.';
comment on column participants.phone_hash is 'Keyed hash of the phone number: finds the person at log-in, tells nothing without the key.';
comment on column participants.phone_sealed is 'Phone number encrypted, for calling winners.';
comment on column participants.national_id_hash is 'Keyed hash of the identity number; equal ones are a sign for review, not a bar.';
comment on column participants.national_id_sealed is 'Identity number encrypted, for checking winners.';
comment on column participants.sex is 'Where the contest asks for it.';
comment on column participants.email is 'Where the contest asks for it.';
comment on column participants.address is 'Where the contest asks for it.';
comment on column participants.class is 'School class, where the contest asks for it.';
comment on column participants.guardian_name is 'Parent or guardian who agreed for a person under 16.';
comment on column participants.referral is 'Code of who invited.';
comment on column participants.password_hash is 'Argon2id in PHC form.';
comment on column participants.login_epoch is 'Raised to end every log-in of the person, as after a reset.';
comment on column participants.consent_version is 'Version of the consent text agreed to.';
comment on column participants.consent_publish is 'Agrees to be named when winning.';
comment on column participants.registered_at is 'When the person registered; a ranking key of some contests.';
comment on column participants.excluded_reason is 'Why the rules bar the person, such as membership of the organising committee; null for everybody else.';
comment on column participants.demonstration is 'Made by the simulator.';

create table password_codes (
    participant_id bigint primary key references participants,
    code_hash      text not null,
    expires_at     timestamptz not null,
    tries_left     smallint not null,
    issued_by      text not null
);
comment on table password_codes is 'One-time codes that the help desk gives to people who forgot their password.';
comment on column password_codes.participant_id is 'Whose; a new code replaces the old one.';
comment on column password_codes.code_hash is 'Argon2id of the code.';
comment on column password_codes.expires_at is 'When it stops working.';
comment on column password_codes.tries_left is 'Wrong tries that remain.';
comment on column password_codes.issued_by is 'Staff member who gave it out.';

create table staff (
    staff_id      integer primary key generated always as identity,
    login         text not null constraint staff_login_key unique,
    name          text not null,
    role          text not null check (role in ('admin', 'organiser', 'board', 'viewer')),
    password_hash text not null,
    created_at    timestamptz not null,
    disabled_at   timestamptz,
    last_login_at timestamptz
);
comment on table staff is 'Organisers, board members, administrators, viewers; one account per person.';
comment on column staff.staff_id is 'Number.';
comment on column staff.login is 'Log-in name, lower case.';
comment on column staff.name is 'Name as printed in minutes.';
comment on column staff.role is 'What the person may do.';
comment on column staff.password_hash is 'Argon2id in PHC form.';
comment on column staff.created_at is 'When the account was made.';
comment on column staff.disabled_at is 'Since when it cannot log in; null while it can.';
comment on column staff.last_login_at is 'Last log-in, for spotting unused accounts.';

create table audit (
    audit_id   bigint primary key generated always as identity,
    at         timestamptz not null,
    actor      text not null,
    act        text not null,
    contest_id integer references contests,
    round_id   integer references rounds,
    reason     text,
    facts      jsonb not null default '{}'
);
create index audit_round on audit (round_id, audit_id);
create index audit_contest on audit (contest_id, audit_id);
comment on table audit is 'Who did what, when and why; rows are only added.';
comment on column audit.audit_id is 'Order of the acts.';
comment on column audit.at is 'When.';
comment on column audit.actor is 'Name of the person, or "system".';
comment on column audit.act is 'What, as a word of the program (close, rank, approve, publish, load, export, staff-add …).';
comment on column audit.contest_id is 'Contest concerned, if any.';
comment on column audit.round_id is 'Round concerned, if any.';
comment on column audit.reason is 'The reason given.';
comment on column audit.facts is 'Figures that belong to the act; never personal data.';
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are only added', tg_table_name;
end $$;
create trigger audit_only_added before update or delete on audit for each row execute function refuse_change();
