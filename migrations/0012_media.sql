-- Pictures, sounds and films of questions, by their content: the same file in ten questions, sets or contests is one row. They
-- lie here and not in a folder so that every instance has them and one backup holds everything.
create table media (
    media_id  text primary key check (media_id ~ '^[0-9a-f]{64}$'),
    ending    text not null check (ending in ('png', 'jpg', 'mp3', 'ogg', 'm4a', 'mp4', 'webm')),
    content   bytea not null check (octet_length(content) between 1 and 16777216),
    loaded_at timestamptz not null,
    loaded_by text not null
);
-- They are packed already; stored as they are, any part of a film can be read without the rest.
alter table media alter column content set storage external;
comment on table media is 'Pictures, sounds and films of questions as they are served; never changed.';
comment on column media.media_id is 'SHA-256 of the content, hexadecimal: its name in addresses.';
comment on column media.ending is 'Format, as the ending of the address.';
comment on column media.content is 'The bytes that browsers get.';
comment on column media.loaded_at is 'When this content came first.';
comment on column media.loaded_by is 'Who brought it.';

create table question_set_media (
    contest_id  integer not null,
    set_version text not null,
    media_id    text not null references media,
    primary key (contest_id, set_version, media_id),
    foreign key (contest_id, set_version) references question_sets
);
create index question_set_media_media_id_idx on question_set_media (media_id);
comment on table question_set_media is 'Which versions of which sets show which content.';
comment on column question_set_media.contest_id is 'Contest of the set.';
comment on column question_set_media.set_version is 'Version of the set.';
comment on column question_set_media.media_id is 'What one of its questions shows.';
