-- How each question set came to be what it is: every version in the order in which it was made the newest, by whom and how.
-- A version is never changed; going back to an older text is a step of its own to a version that is there already.

create table set_steps (
    step_id        bigint primary key generated always as identity,
    contest_id     integer not null references contests,
    set_id         text not null,
    set_version    text not null,
    before_version text,
    how            text not null check (how in ('folder', 'file', 'edit')),
    question_id    text,
    reason         text,
    made_at        timestamptz not null,
    made_by        text not null,
    foreign key (contest_id, set_version) references question_sets,
    foreign key (contest_id, before_version) references question_sets (contest_id, set_version),
    check (before_version <> set_version),
    check ((how = 'edit') = (question_id is not null))
);
create index set_steps_of_set on set_steps (contest_id, set_id, step_id desc);
comment on table set_steps is 'The newest version of each set over time; rows are only added. The last row of a set names its newest version.';
comment on column set_steps.step_id is 'Order of the steps.';
comment on column set_steps.contest_id is 'Contest of the set.';
comment on column set_steps.set_id is 'Name of the set.';
comment on column set_steps.set_version is 'The newest version from this step on.';
comment on column set_steps.before_version is 'The newest version until then; null for the first. Two people who start from the same version cannot both make the next.';
comment on column set_steps.how is 'folder: loaded with the contest; file: loaded from a file in the console; edit: one question edited in the console.';
comment on column set_steps.question_id is 'The question that was edited; null for whole files.';
comment on column set_steps.reason is 'The reason given.';
comment on column set_steps.made_at is 'When.';
comment on column set_steps.made_by is 'By whom.';
create trigger set_steps_only_added before update or delete on set_steps for each row execute function refuse_change();

insert into set_steps (contest_id, set_id, set_version, before_version, how, made_at, made_by)
select contest_id, set_id, set_version,
       lag(set_version) over (partition by contest_id, set_id order by loaded_at, set_version),
       'folder', loaded_at, loaded_by
from question_sets
order by loaded_at, contest_id, set_id, set_version;
