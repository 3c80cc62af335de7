-- Recording rooms, each run by one host.

create table rooms (
  id uuid not null default gen_random_uuid(),
  name varchar(255),
  slug varchar(255),
  status room_status not null default 'waiting',
  max_participants integer not null default 10,
  allow_video boolean not null default true,
  host_id uuid not null,
  recording_started_at timestamptz,
  recording_stopped_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  closed_at timestamptz,
  constraint rooms_pkey primary key (id),
  constraint rooms_host_id_fkey foreign key (host_id) references users (id) on delete cascade,
  constraint rooms_slug_format check (slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'),
  constraint rooms_max_participants_range check (max_participants between 1 and 100),
  constraint rooms_recording_started check (status <> 'recording' or recording_started_at is not null),
  constraint rooms_recording_stopped_after_start check (
    recording_stopped_at is null
    or (recording_started_at is not null and recording_stopped_at > recording_started_at)
  ),
  constraint rooms_closed_at check ((status = 'closed') = (closed_at is not null))
);

create unique index rooms_slug_key on rooms (slug) where slug is not null and closed_at is null;
create index rooms_host_id_idx on rooms (host_id, created_at desc) where closed_at is null;
create index rooms_status_idx on rooms (status, created_at desc) where closed_at is null;

create function rooms_status_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'waiting' then
      raise exception 'a room starts as waiting, not as %', new.status
        using errcode = 'check_violation', table = 'rooms', column = 'status', constraint = 'rooms_status_start';
    end if;
    return new;
  end if;
  if new.status <> old.status and not (
       (old.status = 'waiting' and new.status in ('active', 'closed'))
    or (old.status = 'active' and new.status in ('recording', 'closed'))
    or (old.status = 'recording' and new.status in ('active', 'closed'))
  ) then
    raise exception 'a room cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', table = 'rooms', column = 'status', constraint = 'rooms_status_transition';
  end if;
  return new;
end
$$;
comment on function rooms_status_guard() is 'A room starts waiting and moves only along the allowed path; closed is final.';

create trigger rooms_status_guard before insert or update of status on rooms
  for each row execute function rooms_status_guard();

create trigger rooms_updated_at before update on rooms
  for each row execute function set_updated_at();

comment on table rooms is 'Recording rooms. A closed room is kept; closed_at is also its mark of logical deletion.';
comment on column rooms.slug is 'Name in links: lower-case letters, digits and inner hyphens; unique among open rooms.';
comment on column rooms.max_participants is 'Host and guests together.';
comment on column rooms.recording_started_at is 'Start of the present or last recording.';
comment on column rooms.recording_stopped_at is 'End of the last recording; cleared when the next one starts.';
comment on column rooms.closed_at is 'Set exactly when status is closed.';

create function rooms_tell() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  perform pg_notify('undercroft_news',
    encode(sha256(convert_to('room/' || new.id, 'UTF8')), 'hex') || ' ' || new.id);
  return null;
end
$$;
comment on function rooms_tell() is 'Tells who follows a room that its state has changed.';

create trigger rooms_tell after update on rooms
  for each row execute function rooms_tell();
