-- People and what is theirs: staff choose their own password, participants see, correct and erase their own data.

alter table staff
    add column login_epoch integer not null default 0,
    add column password_given boolean not null default false;
comment on column staff.login_epoch is 'Raised to end every log-in of the account, as after a change of password.';
comment on column staff.password_given is 'Somebody else made the password; the person is asked for one of their own before anything else.';

alter table participants add column erased_at timestamptz;
create index participants_erased on participants (contest_id) where erased_at is not null;
comment on column participants.erased_at is 'When the person had the personal fields erased; the row stays for counts, cannot log in and wins nothing. The keyed hash of the phone stays too, so that nobody enters the contest a second time this way.';

create table data_requests (
    request_id     bigint primary key generated always as identity,
    participant_id bigint not null references participants,
    at             timestamptz not null,
    kind           text not null check (kind in ('download', 'correct', 'publish', 'erase')),
    outcome        text not null check (outcome in ('done', 'running', 'judging', 'prize', 'wrong-password')),
    fields         text[] not null default '{}'
);
create index data_requests_person on data_requests (participant_id, request_id);
create trigger data_requests_only_added before update or delete on data_requests
    for each row execute function refuse_change();
comment on table data_requests is 'What participants asked about their own data, and what came of it; rows are only added and hold no personal data.';
comment on column data_requests.request_id is 'Order of the requests.';
comment on column data_requests.participant_id is 'Who asked.';
comment on column data_requests.at is 'When.';
comment on column data_requests.kind is 'A copy, a correction, a change of the consent to be named, an erasure.';
comment on column data_requests.outcome is 'done, or what stood in the way: a running attempt, a round being judged, a prize, a wrong password.';
comment on column data_requests.fields is 'Names of the fields that were changed, never their values.';
