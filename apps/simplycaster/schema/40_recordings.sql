-- What was recorded in a room.

create table recordings (
  id uuid not null default gen_random_uuid(),
  room_id uuid not null,
  folder_name varchar(255) not null,
  duration_seconds integer,
  total_size_bytes bigint,
  participant_count integer not null default 0,
  status recording_status not null default 'recording',
  started_at timestamptz not null,
  stopped_at timestamptz,
  completed_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint recordings_pkey primary key (id),
  constraint recordings_room_id_fkey foreign key (room_id) references rooms (id) on delete cascade,
  constraint recordings_created_by_fkey foreign key (created_by) references users (id) on delete cascade,
  constraint recordings_duration_range check (duration_seconds >= 0),
  constraint recordings_size_range check (total_size_bytes >= 0),
  constraint recordings_stopped_after_start check (stopped_at > started_at),
  constraint recordings_completed_after_stop check (
    completed_at is null or (stopped_at is not null and completed_at >= stopped_at)
  ),
  constraint recordings_status_times check (
    (status not in ('uploading', 'processing') or stopped_at is not null)
    and (status = 'completed') = (completed_at is not null)
  )
);

create unique index recordings_folder_name_key on recordings (folder_name) where deleted_at is null;
create index recordings_created_by_idx on recordings (created_by, started_at desc) where deleted_at is null;
create index recordings_status_idx on recordings (status, started_at desc) where deleted_at is null;

create function recordings_status_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'recording' then
      raise exception 'a recording starts as recording, not as %', new.status
        using errcode = 'check_violation', table = 'recordings', column = 'status', constraint = 'recordings_status_start';
    end if;
    return new;
  end if;
  if new.status <> old.status and not (
       (old.status = 'recording' and new.status in ('uploading', 'failed'))
    or (old.status = 'uploading' and new.status in ('processing', 'failed'))
    or (old.status = 'processing' and new.status in ('completed', 'failed'))
    or (old.status = 'failed' and new.status = 'uploading')
  ) then
    raise exception 'a recording cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', table = 'recordings', column = 'status', constraint = 'recordings_status_transition';
  end if;
  return new;
end
$$;
comment on function recordings_status_guard() is 'A recording moves only along the allowed path; completed is final.';

create trigger recordings_status_guard before insert or update of status on recordings
  for each row execute function recordings_status_guard();

create trigger recordings_updated_at before update on recordings
  for each row execute function set_updated_at();

comment on table recordings is 'Recordings of a room: where the files are, how long, how large, how far processed.';
comment on column recordings.folder_name is 'Name of the folder with the files; unique among recordings that are not deleted.';
comment on column recordings.duration_seconds is 'Length of the longest file.';
comment on column recordings.total_size_bytes is 'Sum over the files.';
comment on column recordings.stopped_at is 'After started_at; set before the upload begins.';
comment on column recordings.completed_at is 'Set exactly when status is completed.';
comment on column recordings.deleted_at is 'Soft delete.';
