-- From the ranking to the award: every published version of a result, checks of candidates, complaints.

create table publications (
    round_id     integer not null references rounds,
    version      smallint not null check (version > 0),
    ranking_id   bigint not null references rankings,
    published_at timestamptz not null,
    published_by text not null check (btrim(published_by) <> ''),
    decision_id  bigint references decisions,
    corrects     text,
    primary key (round_id, version),
    constraint publications_corrects check ((version = 1) = (corrects is null) and (decision_id is null) = (corrects is null))
);
comment on table publications is 'Every version of the result of a round that the public was shown; rows are only added, so that a corrected result keeps what it corrects.';
comment on column publications.round_id is 'The round.';
comment on column publications.version is '1, 2, 3 … of the round; the highest is in force.';
comment on column publications.ranking_id is 'What was shown.';
comment on column publications.published_at is 'When.';
comment on column publications.published_by is 'By whom.';
comment on column publications.decision_id is 'The decision of two people that opened the former version for correction; null for the first version.';
comment on column publications.corrects is 'Why the former version was corrected, in words for the public; null for the first version.';
create trigger publications_only_added before update or delete on publications for each row execute function refuse_change();

insert into publications (round_id, version, ranking_id, published_at, published_by)
select round_id, 1, ranking_id, published_at, coalesce((select actor from audit a where a.round_id = r.round_id
    and act = 'publish' order by audit_id desc limit 1), 'system')
from rounds r where stage = 'published';

create table verifications (
    verification_id bigint primary key generated always as identity,
    round_id        integer not null references rounds,
    participant_id  bigint not null references participants,
    finding         text not null check (finding in ('confirmed', 'doubtful', 'refused')),
    note            text not null,
    at              timestamptz not null,
    by              text not null check (btrim(by) <> ''),
    check (finding = 'confirmed' or btrim(note) <> '')
);
create index verifications_round on verifications (round_id, participant_id, verification_id);
comment on table verifications is 'What staff found when they checked a candidate for a prize; rows are only added, the newest of a person holds.';
comment on column verifications.verification_id is 'Order of the findings.';
comment on column verifications.round_id is 'Round whose prize is at stake.';
comment on column verifications.participant_id is 'The candidate.';
comment on column verifications.finding is 'confirmed, doubtful (to be looked at again) or refused (should not receive the prize).';
comment on column verifications.note is 'What was compared or heard; never shown to the public.';
comment on column verifications.at is 'When.';
comment on column verifications.by is 'Who checked.';
create trigger verifications_only_added before update or delete on verifications for each row execute function refuse_change();

create table complaints (
    complaint_id bigint primary key generated always as identity,
    contest_id   integer not null references contests,
    round_id     integer not null references rounds,
    received_on  date not null,
    due_on       date not null check (due_on >= received_on),
    complainant  text not null check (btrim(complainant) <> ''),
    contact      text not null,
    about        text not null check (btrim(about) <> ''),
    noted_at     timestamptz not null,
    noted_by     text not null check (btrim(noted_by) <> ''),
    finding      text check (finding in ('upheld', 'partly', 'dismissed')),
    answer       text,
    answered_at  timestamptz,
    answered_by  text,
    constraint complaints_answered check ((finding is null) = (answered_at is null) and (finding is null) = (answered_by is null)
        and (finding is null) = (answer is null)),
    constraint complaints_answer check (btrim(answer) <> '')
);
create index complaints_round on complaints (round_id, complaint_id);
comment on table complaints is 'The register of complaints about a round; a row changes once, when the final answer is entered.';
comment on column complaints.complaint_id is 'Number in the register.';
comment on column complaints.contest_id is 'Contest.';
comment on column complaints.round_id is 'Round complained about.';
comment on column complaints.received_on is 'Day on which it came.';
comment on column complaints.due_on is 'Last day for the answer.';
comment on column complaints.complainant is 'Who complains, as signed.';
comment on column complaints.contact is 'Where the answer is sent; may be empty.';
comment on column complaints.about is 'What it says.';
comment on column complaints.noted_at is 'When it was entered.';
comment on column complaints.noted_by is 'Who entered it.';
comment on column complaints.finding is 'upheld, partly or dismissed; null while open.';
comment on column complaints.answer is 'The final answer with its grounds.';
comment on column complaints.answered_at is 'When.';
comment on column complaints.answered_by is 'Who signed it; the answer is final.';
create function guard_complaint() returns trigger language plpgsql as $$
begin
    if old.finding is not null or new.finding is null
        or row(old.complaint_id, old.contest_id, old.round_id, old.received_on, old.due_on, old.complainant, old.contact,
               old.about, old.noted_at, old.noted_by)
           is distinct from row(new.complaint_id, new.contest_id, new.round_id, new.received_on, new.due_on,
               new.complainant, new.contact, new.about, new.noted_at, new.noted_by) then
        raise exception 'a complaint is answered once' using errcode = 'check_violation', constraint = 'complaints_once';
    end if;
    return new;
end $$;
comment on function guard_complaint is 'Lets a complaint change once, when it is answered, and only in its answer.';
create trigger complaints_guard before update on complaints for each row execute function guard_complaint();
create trigger complaints_stay before delete on complaints for each row execute function refuse_change();

create table declared_places (
    declared_place_id integer primary key generated always as identity,
    contest_id  integer not null references contests,
    unit_id     integer not null references units,
    note        text not null check (btrim(note) <> ''),
    declared_at timestamptz not null,
    declared_by text not null check (btrim(declared_by) <> '')
);
create index declared_places_contest on declared_places (contest_id);
comment on table declared_places is 'Units where many sit together, such as a school with its lab, declared beforehand so that a review reads it beside what it finds; rows are only added.';
comment on column declared_places.declared_place_id is 'Order of the declarations.';
comment on column declared_places.contest_id is 'Contest.';
comment on column declared_places.unit_id is 'The unit, units below it included.';
comment on column declared_places.note is 'Where and when people sit together there.';
comment on column declared_places.declared_at is 'When; only what was declared before the close of a round counts for it.';
comment on column declared_places.declared_by is 'Who.';
create trigger declared_places_only_added before update or delete on declared_places for each row execute function refuse_change();
