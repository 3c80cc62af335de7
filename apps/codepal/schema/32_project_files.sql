-- Files of a project.

create table project_files (
  id text not null default gen_random_uuid(),
  project_id text not null,
  path text not null,
  name text not null,
  content text,
  size integer not null,
  type text,
  last_modified timestamptz not null default now(),
  modified_by text,
  constraint project_files_pkey primary key (id),
  constraint project_files_project_id_fkey foreign key (project_id) references projects (id) on delete cascade,
  -- Who leaves takes no files of others along.
  constraint project_files_modified_by_fkey foreign key (modified_by) references users (id) on delete set null,
  constraint idx_project_file_path unique (project_id, path),
  constraint project_files_size check (size >= 0),
  constraint project_files_path_relative check (
    path <> ''
    and length(path) <= 1024
    and path !~ '^[A-Za-z]:'
    and path !~ '[\\[:cntrl:]]'
    and path !~ '(^|/)\.{0,2}(/|$)'
  ),
  constraint project_files_name_of_path check (name = regexp_replace(path, '^.*/', ''))
);

create index idx_project_file_project on project_files (project_id);
create index project_files_modified_by_idx on project_files (modified_by);

create function project_files_stamp() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'UPDATE' and (new.id, new.project_id) is distinct from (old.id, old.project_id) then
    raise exception 'a file keeps its project'
      using errcode = 'check_violation', table = 'project_files', column = 'project_id', constraint = 'project_files_project_fixed';
  end if;
  -- A user who is deleted leaves the file as it is but for the name.
  if tg_op = 'UPDATE' and old.modified_by is not null and new.modified_by is null
    and (new.path, new.name, new.content, new.last_modified) is not distinct from (old.path, old.name, old.content, old.last_modified) then
    return new;
  end if;
  if exists (select from projects p where p.id = new.project_id and p.status = 'DELETED') then
    raise exception 'a deleted project keeps its files as they are'
      using errcode = 'check_violation', table = 'project_files', column = 'project_id', constraint = 'project_files_project_live';
  end if;
  new.size := octet_length(coalesce(new.content, ''));
  new.type := lower(substring(new.path from '[^/.]\.([^/.]+)$'));
  new.last_modified := clock_timestamp();
  new.modified_by := coalesce((select undercroft.tenant()), new.modified_by);
  return new;
end
$$;
comment on function project_files_stamp() is 'Size, type, time and author of a file follow from what was written, by whom, when.';

create trigger project_files_stamp before insert or update on project_files
  for each row execute function project_files_stamp();

comment on table project_files is 'Files of a project.';
comment on column project_files.path is 'Place inside the project, with slashes; never absolute, never with . or .. as a part.';
comment on column project_files.name is 'The last part of the path.';
comment on column project_files.size is 'Bytes of the content in UTF-8; set by a trigger.';
comment on column project_files.type is 'Ending of the name in lower case; set by a trigger.';
comment on column project_files.modified_by is 'Who wrote it last; null when that account is gone.';
