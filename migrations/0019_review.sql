-- Fair-play review of a sealed round: its case sheets, who looked at names and why, what people found, what the entrant
-- said; and more about places declared beforehand.

create table reviews (
    review_id  bigint primary key generated always as identity,
    round_id   integer not null references rounds,
    sealed_at  timestamptz not null,
    made_at    timestamptz not null,
    made_by    text not null check (btrim(made_by) <> ''),
    population jsonb not null,
    constraint reviews_once unique (round_id, sealed_at)
);
comment on table reviews is 'One review of each sealing of a round; rows are only added, a round sealed again is reviewed again.';
comment on column reviews.review_id is 'Number; the highest of a round is read.';
comment on column reviews.round_id is 'The round.';
comment on column reviews.sealed_at is 'The sealing whose submissions were read.';
comment on column reviews.made_at is 'When.';
comment on column reviews.made_by is 'system, or who asked for it before the system came to it.';
comment on column reviews.population is 'How the entries of the round spread, as the program''s own type writes it: what a case is compared with.';
create trigger reviews_only_added before update or delete on reviews for each row execute function refuse_change();

create table review_cases (
    case_id   bigint primary key generated always as identity,
    review_id bigint not null references reviews,
    number    smallint not null check (number > 0),
    sheet     jsonb not null,
    constraint review_cases_number unique (review_id, number)
);
comment on table review_cases is 'Case sheets of a review: what was seen, without who; rows are only added.';
comment on column review_cases.case_id is 'Number.';
comment on column review_cases.review_id is 'The review.';
comment on column review_cases.number is '1, 2, 3 … of the review.';
comment on column review_cases.sheet is 'What was seen and which attempts show it, as the program''s own type writes it; never names.';
create trigger review_cases_only_added before update or delete on review_cases for each row execute function refuse_change();

create table case_looks (
    look_id bigint primary key generated always as identity,
    case_id bigint not null references review_cases,
    reason  text not null check (btrim(reason) <> ''),
    at      timestamptz not null,
    by      text not null check (btrim(by) <> '')
);
create index case_looks_case on case_looks (case_id, look_id);
comment on table case_looks is 'Who had the names of a case shown to them, and why; rows are only added.';
comment on column case_looks.look_id is 'Order.';
comment on column case_looks.case_id is 'The case.';
comment on column case_looks.reason is 'Why the names were needed.';
comment on column case_looks.at is 'When.';
comment on column case_looks.by is 'Who.';
create trigger case_looks_only_added before update or delete on case_looks for each row execute function refuse_change();

create table case_findings (
    finding_id bigint primary key generated always as identity,
    case_id    bigint not null references review_cases,
    opinion    text not null check (opinion in ('no-concern', 'ask', 'void')),
    ruled_out  text[] not null,
    reason     text not null check (btrim(reason) <> ''),
    at         timestamptz not null,
    by         text not null check (btrim(by) <> '')
);
create index case_findings_case on case_findings (case_id, finding_id);
comment on table case_findings is 'What each person who read a case found; rows are only added, the newest of a person holds. They change nothing by themselves.';
comment on column case_findings.finding_id is 'Order.';
comment on column case_findings.case_id is 'The case.';
comment on column case_findings.opinion is 'no-concern, ask (the person is asked first) or void (it is to be proposed that it does not count).';
comment on column case_findings.ruled_out is 'Innocent readings that the person ruled out, as words of the program.';
comment on column case_findings.reason is 'On what grounds.';
comment on column case_findings.at is 'When.';
comment on column case_findings.by is 'Who.';
create trigger case_findings_only_added before update or delete on case_findings for each row execute function refuse_change();

create table case_hearings (
    hearing_id bigint primary key generated always as identity,
    case_id    bigint not null references review_cases,
    note       text not null check (btrim(note) <> ''),
    at         timestamptz not null,
    by         text not null check (btrim(by) <> '')
);
create index case_hearings_case on case_hearings (case_id, hearing_id);
comment on table case_hearings is 'What entrants answered when they were asked about a case; rows are only added.';
comment on column case_hearings.hearing_id is 'Order.';
comment on column case_hearings.case_id is 'The case.';
comment on column case_hearings.note is 'What was asked and answered; never shown to the public.';
comment on column case_hearings.at is 'When it was entered.';
comment on column case_hearings.by is 'Who asked.';
create trigger case_hearings_only_added before update or delete on case_hearings for each row execute function refuse_change();

alter table declared_places
    add column kind text not null default 'other' check (kind in ('school-lab', 'office', 'other')),
    add column from_at timestamptz,
    add column until_at timestamptz,
    add column networks text[] not null default '{}',
    add constraint declared_places_in_order check (from_at < until_at);
comment on column declared_places.kind is 'school-lab, office (where staff help people who have no device) or other.';
comment on column declared_places.from_at is 'From when people sit together there; null for the whole contest.';
comment on column declared_places.until_at is 'Until when; null for the whole contest.';
comment on column declared_places.networks is 'Network addresses that the place goes online with, as declared; for people to read: addresses of entrants are not kept.';
