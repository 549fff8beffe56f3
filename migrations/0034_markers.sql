-- People who only mark essays.

alter table staff drop constraint staff_role_check;
alter table staff add constraint staff_role_check check (role in ('admin', 'organiser', 'board', 'viewer', 'marker'));
comment on table staff is 'Organisers, board members, administrators, viewers, markers of essays; one account per person.';
