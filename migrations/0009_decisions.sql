-- Decisions of two people: one proposes, another approves; what they decide happens in the same transaction.

create function same_name(a text, b text) returns boolean
language sql immutable parallel safe
return lower(btrim(regexp_replace(a, '\s+', ' ', 'g'))) = lower(btrim(regexp_replace(b, '\s+', ' ', 'g')));
comment on function same_name is 'Whether two names are of one person as far as spelling tells: capitals and spaces do not count.';

create table decisions (
    decision_id  bigint primary key generated always as identity,
    kind         text not null check (kind ~ '^[a-z][a-z-]{2,29}$'),
    contest_id   integer not null references contests,
    round_id     integer references rounds,
    subject      text not null check (length(subject) between 1 and 200),
    version      smallint not null check (version > 0),
    payload      text not null check (jsonb_typeof(payload::jsonb) = 'object'),
    reason       text not null check (btrim(reason) <> ''),
    proposed_at  timestamptz not null,
    proposed_by  text not null check (btrim(proposed_by) <> ''),
    state        text not null default 'proposed' check (state in ('proposed', 'approved', 'rejected', 'withdrawn')),
    decided_at   timestamptz,
    decided_by   text,
    decided_why  text,
    outcome      text check (jsonb_typeof(outcome::jsonb) = 'object'),
    constraint decisions_decided check ((state = 'proposed') = (decided_at is null) and (decided_at is null) = (decided_by is null)),
    constraint decisions_in_order check (decided_at >= proposed_at),
    constraint decisions_two_people check (state not in ('approved', 'rejected') or not same_name(proposed_by, decided_by)),
    constraint decisions_own check (state <> 'withdrawn' or same_name(proposed_by, decided_by)),
    constraint decisions_refused_why check (state not in ('rejected') or btrim(decided_why) <> ''),
    constraint decisions_outcome check (outcome is null or state = 'approved')
);
create unique index decisions_open on decisions (contest_id, coalesce(round_id, 0), kind, subject) where state = 'proposed';
create index decisions_round on decisions (round_id, decision_id);
create index decisions_contest on decisions (contest_id, decision_id);
comment on table decisions is 'What one person proposed and another decided; a row changes once, when it is decided, and is never deleted.';
comment on column decisions.decision_id is 'Number.';
comment on column decisions.kind is 'What it does, as a word of the program: void, restore, replace-winner, rescore, correct …';
comment on column decisions.contest_id is 'Contest concerned.';
comment on column decisions.round_id is 'Round concerned; null for the contest as a whole.';
comment on column decisions.subject is 'What it is about, as a short key without personal data; only one open proposal of a kind about it.';
comment on column decisions.version is 'Version of the form of the payload.';
comment on column decisions.payload is 'What exactly is to be done: a JSON object, byte for byte as proposed.';
comment on column decisions.reason is 'Why it is proposed.';
comment on column decisions.proposed_at is 'When.';
comment on column decisions.proposed_by is 'Who proposed.';
comment on column decisions.state is 'proposed, approved, rejected by another person, or withdrawn by the proposer.';
comment on column decisions.decided_at is 'When it was decided.';
comment on column decisions.decided_by is 'Who decided; never the proposer, who can only withdraw.';
comment on column decisions.decided_why is 'Why; needed for a rejection.';
comment on column decisions.outcome is 'What approval changed: a JSON object of figures.';

create function guard_decision() returns trigger language plpgsql as $$
begin
    if new.state not in ('proposed') and tg_op = 'INSERT' then
        raise exception 'a decision begins as a proposal' using errcode = 'check_violation', constraint = 'decisions_begin';
    end if;
    if tg_op = 'UPDATE' and (old.state <> 'proposed' or new.state = 'proposed'
        or row(old.decision_id, old.kind, old.contest_id, old.round_id, old.subject, old.version, old.payload, old.reason,
               old.proposed_at, old.proposed_by)
           is distinct from row(new.decision_id, new.kind, new.contest_id, new.round_id, new.subject, new.version,
               new.payload, new.reason, new.proposed_at, new.proposed_by)) then
        raise exception 'a decision is decided once and its proposal stays' using errcode = 'check_violation',
            constraint = 'decisions_once';
    end if;
    return new;
end $$;
comment on function guard_decision is 'Lets a row of decisions change once, from proposed to decided, and only in what was decided.';
create trigger decisions_guard before insert or update on decisions for each row execute function guard_decision();
create trigger decisions_stay before delete on decisions for each row execute function refuse_change();
create trigger decisions_whole before truncate on decisions for each statement execute function refuse_change();
