-- Every round's tables by themselves: references between them, and how they are vacuumed.

-- Against the table above all rounds each check of a submission cost as much as the rest of its insert, and a round could not
-- be put away without the others being looked through. The same reference now stands between the two tables of each round;
-- rounds that are loaded later get it when they are made.
alter table submissions drop constraint submissions_round_id_attempt_id_fkey;

do $$
declare
    r integer;
begin
    for r in select round_id from rounds loop
        execute format('alter table submissions_r%1$s add constraint submissions_r%1$s_attempt_fkey
                        foreign key (round_id, attempt_id) references attempts_r%1$s', r);
    end loop;
end $$;

-- A few thousand rows at most, each soon gone: cleaned after that many, not after a fifth of what once was there.
alter table running set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
                         autovacuum_vacuum_cost_delay = 0);
-- One row per round, changed by every batch: room for its next version on the same page.
alter table round_heads set (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
                             autovacuum_vacuum_cost_delay = 0);
