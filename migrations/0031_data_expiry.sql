-- Carrying out the day until which a contest keeps personal data: later days with their reasons, how far erasing has come, and
-- what becomes then of sentences that people wrote about people.

create table keeping_days (
    keeping_day_id integer primary key generated always as identity,
    contest_id     integer not null references contests,
    kept_until     date not null,
    reason         text not null check (btrim(reason) <> ''),
    at             timestamptz not null,
    by             text not null check (btrim(by) <> '')
);
create index keeping_days_contest on keeping_days (contest_id, keeping_day_id);
comment on table keeping_days is 'Later days until which a contest keeps personal data, each with the reason that the public reads; rows are only added.';
comment on column keeping_days.keeping_day_id is 'Order.';
comment on column keeping_days.contest_id is 'Contest.';
comment on column keeping_days.kept_until is 'Last day on which personal data is kept; of this and the day of the contest file the later one holds.';
comment on column keeping_days.reason is 'Why it is kept longer, in words for the public.';
comment on column keeping_days.at is 'When it was set.';
comment on column keeping_days.by is 'By whom.';
create trigger keeping_days_only_added before update or delete on keeping_days for each row execute function refuse_change();

create table data_expiries (
    contest_id integer primary key references contests,
    kept_until date not null,
    begun_at   timestamptz not null,
    begun_by   text not null check (btrim(begun_by) <> ''),
    after_id   bigint not null default 0,
    people     bigint not null default 0,
    winners    bigint not null default 0,
    texts      bigint not null default 0,
    done_at    timestamptz
);
comment on table data_expiries is 'Contests whose day has passed, with how far erasing has come; the row is locked by the one instance that erases a batch.';
comment on column data_expiries.contest_id is 'Contest.';
comment on column data_expiries.kept_until is 'The day that passed.';
comment on column data_expiries.begun_at is 'When erasing began; nothing brings the data back from then on.';
comment on column data_expiries.begun_by is 'system, or who gave the command.';
comment on column data_expiries.after_id is 'Every participant up to this number is done.';
comment on column data_expiries.people is 'People whose data have been erased by it.';
comment on column data_expiries.winners is 'Those among them who hold a published prize: their name stays as the public page shows it.';
comment on column data_expiries.texts is 'Sentences about people that were taken out of the registers.';
comment on column data_expiries.done_at is 'When the last batch was done; null while it goes on.';

create table data_notices (
    contest_id integer primary key references contests,
    since      timestamptz not null
);
comment on table data_notices is 'Since when the console has told organisers that data are going to be erased; the server erases by itself only after a week of it.';
comment on column data_notices.contest_id is 'Contest.';
comment on column data_notices.since is 'First moment; the row goes when a later day is set.';

create function contest_data_expire(contest integer) returns boolean
language sql stable
return exists (select from data_expiries where contest_id = contest);
comment on function contest_data_expire is 'Whether the personal data of a contest are being erased, or have been.';

create function guard_verification() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.note = '(đã xóa)' and to_jsonb(new) - 'note' = to_jsonb(old) - 'note' and exists (
        select from participants where participant_id = old.participant_id and erased_at is not null
    ) then
        return new;
    end if;
    raise exception 'rows of % are only added', tg_table_name;
end $$;
comment on function guard_verification is 'Lets the note about a person go once the data of the person are erased, and nothing else change.';
drop trigger verifications_only_added on verifications;
create trigger verifications_only_added before update or delete on verifications for each row execute function guard_verification();
comment on column verifications.note is 'What was compared or heard; never shown to the public; goes when the person''s data are erased.';

create function guard_hearing() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.note = '(đã xóa)' and to_jsonb(new) - 'note' = to_jsonb(old) - 'note' and exists (
        select from review_cases c join reviews v on v.review_id = c.review_id join rounds r on r.round_id = v.round_id
        where c.case_id = old.case_id and contest_data_expire(r.contest_id)
    ) then
        return new;
    end if;
    raise exception 'rows of % are only added', tg_table_name;
end $$;
comment on function guard_hearing is 'Lets what an entrant answered go once the data of the contest are erased, and nothing else change.';
drop trigger case_hearings_only_added on case_hearings;
create trigger case_hearings_only_added before update or delete on case_hearings for each row execute function guard_hearing();
comment on column case_hearings.note is 'What was asked and answered; never shown to the public; goes when the data of the contest are erased.';

create or replace function guard_complaint() returns trigger language plpgsql as $$
begin
    if contest_data_expire(old.contest_id) and new.complainant = '(đã xóa)' and new.contact = '' and new.about = '(đã xóa)'
        and new.answer is not distinct from (case when old.answer is null then null else '(đã xóa)' end)
        and to_jsonb(new) - '{complainant,contact,about,answer}'::text[]
            = to_jsonb(old) - '{complainant,contact,about,answer}'::text[] then
        return new;
    end if;
    if old.finding is not null or new.finding is null
        or row(old.complaint_id, old.contest_id, old.round_id, old.received_on, old.due_on, old.complainant, old.contact,
               old.about, old.noted_at, old.noted_by)
           is distinct from row(new.complaint_id, new.contest_id, new.round_id, new.received_on, new.due_on,
               new.complainant, new.contact, new.about, new.noted_at, new.noted_by) then
        raise exception 'a complaint is answered once' using errcode = 'check_violation', constraint = 'complaints_once';
    end if;
    return new;
end $$;
comment on function guard_complaint is 'Lets a complaint change once, when it is answered, and only in its answer; who complained and the texts go once the data of the contest are erased.';
comment on table complaints is 'The register of complaints about a round; a row changes once, when the final answer is entered; names and texts go when the data of the contest are erased.';
