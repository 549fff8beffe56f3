-- Former values go with the person whose data are erased; until then rows are only added.

create function refuse_change_but_of_erased() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and exists (
        select from participants where participant_id = old.participant_id and erased_at is not null
    ) then
        return old;
    end if;
    raise exception 'rows of % are only added', tg_table_name;
end $$;
drop trigger person_corrections_only_added on person_corrections;
create trigger person_corrections_only_added before update or delete on person_corrections
    for each row execute function refuse_change_but_of_erased();
comment on table person_corrections is 'Corrections of what participants registered; rows are only added, so that every former value can be read, and go when the person''s data are erased.';
