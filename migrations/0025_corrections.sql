-- Corrections of what a participant registered, made by staff on the person's word: a slip in a name, the wrong unit.
create table person_corrections (
    correction_id  bigint primary key generated always as identity,
    participant_id bigint not null references participants,
    detail         text not null check (detail in ('full_name', 'birth_date', 'unit', 'class', 'email', 'address',
                       'guardian_name', 'consent_publish')),
    former         text not null,
    later          text not null,
    reason         text not null check (btrim(reason) <> ''),
    at             timestamptz not null,
    by             text not null check (btrim(by) <> ''),
    check (former <> later)
);
create index person_corrections_person on person_corrections (participant_id, correction_id);
comment on table person_corrections is 'Corrections of what participants registered; rows are only added, so that every former value can be read.';
comment on column person_corrections.correction_id is 'Order of the corrections.';
comment on column person_corrections.participant_id is 'Whose detail.';
comment on column person_corrections.detail is 'Which detail, as a word of the program.';
comment on column person_corrections.former is 'What stood there; empty where there was nothing. A unit by its code, a day as YYYY-MM-DD, a consent as yes or no.';
comment on column person_corrections.later is 'What stands there since, in the same form.';
comment on column person_corrections.reason is 'Why, and what was compared.';
comment on column person_corrections.at is 'When.';
comment on column person_corrections.by is 'Who of the staff.';
create trigger person_corrections_only_added before update or delete on person_corrections for each row execute function refuse_change();

-- Certificates for units that won a prize, beside those for people.
alter table certificates
    alter column participant_id drop not null,
    add column unit_id integer references units,
    add constraint certificates_winner check ((participant_id is null) <> (unit_id is null));
comment on column certificates.participant_id is 'The winner; the name is not kept here, so that a correction of it is one correction; null for a unit';
comment on column certificates.unit_id is 'The unit that won; null for a person';
comment on column certificates.prize is 'Place of the prize in the contest file, as in awards, or among the prizes for units, as in collective_awards';
