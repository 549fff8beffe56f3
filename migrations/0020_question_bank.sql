-- What a question showed in a round, ready for the question bank; and questions that came or went in the console.

-- Rows are only copies of what was submitted: they are made again, this time with their figures.
delete from item_tallies;
alter table item_tallies add column figures jsonb not null;
comment on column item_tallies.figures is 'How many met each question, how hard it was and how it told entrants apart, by what is counted; for pages about many rounds, which cannot read every state.';

alter table set_steps drop constraint set_steps_how_check, drop constraint set_steps_check1;
alter table set_steps
    add constraint set_steps_how_check check (how in ('folder', 'file', 'edit', 'add', 'remove')),
    add constraint set_steps_question_check check ((how in ('edit', 'add', 'remove')) = (question_id is not null));
comment on column set_steps.how is 'folder: loaded with the contest; file: loaded from a file in the console; edit, add, remove: one question edited, added or taken out in the console.';
comment on column set_steps.question_id is 'The question that was edited, added or taken out; null for whole files.';
