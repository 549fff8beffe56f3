-- Requests of people about their data that reach staff by letter or telephone, and the days on which offices are closed.

create table received_requests (
    request_id     bigint primary key generated always as identity,
    contest_id     integer not null references contests,
    participant_id bigint references participants,
    received_at    timestamptz not null,
    kind           text not null check (kind in ('see', 'copy', 'correct', 'erase', 'consent', 'other')),
    way            text not null check (way in ('phone', 'letter', 'email', 'desk')),
    asker          text not null check (btrim(asker) <> ''),
    contact        text not null,
    about          text not null,
    noted_at       timestamptz not null,
    noted_by       text not null check (btrim(noted_by) <> ''),
    outcome        text check (outcome in ('done', 'refused')),
    answer         text,
    answered_at    timestamptz,
    answered_by    text,
    constraint received_requests_in_order check (received_at <= noted_at and answered_at >= received_at),
    constraint received_requests_answered check ((outcome is null) = (answered_at is null)
        and (outcome is null) = (answered_by is null) and (outcome is null) = (answer is null)),
    constraint received_requests_why check (outcome is distinct from 'refused' or btrim(answer) <> '')
);
create index received_requests_contest on received_requests (contest_id, request_id);
create index received_requests_person on received_requests (participant_id) where participant_id is not null;
comment on table received_requests is 'What people asked staff about their own data; what they did themselves stands in data_requests. A row changes once, when it is answered; name and texts go when the data of the person or of the contest are erased.';
comment on column received_requests.request_id is 'Number in the register.';
comment on column received_requests.contest_id is 'Contest whose data it is about.';
comment on column received_requests.participant_id is 'The person, where an account was found; null otherwise.';
comment on column received_requests.received_at is 'When it reached staff: two working days after that day the answer is due.';
comment on column received_requests.kind is 'see, copy (take away), correct, erase, consent (withdraw it) or other.';
comment on column received_requests.way is 'How it came: phone, letter, email or desk.';
comment on column received_requests.asker is 'Who asks, as said or signed.';
comment on column received_requests.contact is 'Where the answer goes; may be empty.';
comment on column received_requests.about is 'What exactly is asked for; may be empty.';
comment on column received_requests.noted_at is 'When it was entered.';
comment on column received_requests.noted_by is 'Who entered it.';
comment on column received_requests.outcome is 'done or refused; null while it waits.';
comment on column received_requests.answer is 'What was done, or why it was refused.';
comment on column received_requests.answered_at is 'When.';
comment on column received_requests.answered_by is 'Who answered.';

create function guard_received_request() returns trigger language plpgsql as $$
begin
    if old.outcome is null and new.outcome is not null
        and to_jsonb(new) - '{outcome,answer,answered_at,answered_by}'::text[]
            = to_jsonb(old) - '{outcome,answer,answered_at,answered_by}'::text[] then
        return new;
    end if;
    if new.asker = '(đã xóa)' and new.contact = '' and new.about = ''
        and new.answer is not distinct from (case when old.answer is null then null else '(đã xóa)' end)
        and to_jsonb(new) - '{asker,contact,about,answer}'::text[]
            = to_jsonb(old) - '{asker,contact,about,answer}'::text[]
        and (contest_data_expire(old.contest_id) or old.outcome is not null and exists (
            select from participants where participant_id = old.participant_id and erased_at is not null)) then
        return new;
    end if;
    raise exception 'a request is answered once' using errcode = 'check_violation', constraint = 'received_requests_once';
end $$;
comment on function guard_received_request is 'Lets a request change once, when it is answered; its texts go with the data of the person or the contest.';
create trigger received_requests_guard before update on received_requests for each row execute function guard_received_request();
create trigger received_requests_stay before delete on received_requests for each row execute function refuse_change();

create table days_off (
    day      date primary key,
    name     text not null check (btrim(name) <> ''),
    noted_at timestamptz not null,
    noted_by text not null check (btrim(noted_by) <> '')
);
comment on table days_off is 'Days on which offices are closed besides Saturdays, Sundays and the public holidays of a fixed date, as announced each year: Tết, the Hùng kings'' day, days in lieu.';
comment on column days_off.day is 'The day.';
comment on column days_off.name is 'What for.';
comment on column days_off.noted_at is 'When it was entered.';
comment on column days_off.noted_by is 'By whom.';
