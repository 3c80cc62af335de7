-- Types, tables, indexes and the rules that live in triggers.

-- ==== types ====

-- Similarity search over e-mail addresses.
create extension if not exists pg_trgm;

create type user_role as enum ('guest', 'host', 'admin');
comment on type user_role is 'Who acts. Accounts are host or admin; guest occurs in the audit log only.';

create type room_status as enum ('waiting', 'active', 'recording', 'closed');
comment on type room_status is 'waiting to active or closed; active to recording or closed; recording to active or closed; closed is final.';

create type recording_status as enum ('recording', 'uploading', 'processing', 'completed', 'failed');
comment on type recording_status is 'recording, uploading, processing, completed in this order; each may fail; a failed one may upload again; completed is final.';

create type invitation_status as enum ('pending', 'accepted', 'expired', 'revoked');
comment on type invitation_status is 'pending to accepted, expired or revoked; those three are final.';

-- ==== updated at ====

create function set_updated_at() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;
comment on function set_updated_at() is 'Stamps the row with the time of its last change, also when one transaction changes it twice.';

-- ==== users ====

create table users (
  id uuid not null default gen_random_uuid(),
  email varchar(255) not null,
  password_hash varchar(255),
  password_salt varchar(255),
  role user_role not null default 'host',
  is_active boolean not null default true,
  email_verified boolean not null default false,
  failed_login_attempts integer not null default 0,
  locked_until timestamptz,
  last_login_at timestamptz,
  last_login_ip inet,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint users_pkey primary key (id),
  constraint users_created_by_fkey foreign key (created_by) references users (id) on delete set null,
  constraint users_email_format check (email ~ '^[^@[:space:]]+@[^@[:space:].]+(\.[^@[:space:].]+)+$'),
  constraint users_role_permanent check (role in ('host', 'admin')),
  constraint users_failed_login_attempts_range check (failed_login_attempts >= 0),
  constraint users_password_complete check ((password_hash is null) = (password_salt is null))
);

create unique index users_email_key on users (lower(email)) where deleted_at is null;
create index users_role_idx on users (role) where deleted_at is null and is_active;
create index users_locked_until_idx on users (locked_until) where locked_until is not null;
create index users_email_trgm_idx on users using gin (email gin_trgm_ops) where deleted_at is null;

create trigger users_updated_at before update on users
  for each row execute function set_updated_at();

comment on table users is 'Permanent accounts: hosts and administrators. Deleted ones stay, marked by deleted_at, and their address may be used again.';
comment on column users.email is 'Lower case, written so by the services; unique among accounts that are not deleted.';
comment on column users.password_hash is 'Null while activation is pending.';
comment on column users.password_salt is 'Base64 of 32 random bytes, one per account. The pepper is never in the database.';
comment on column users.role is 'host or admin.';
comment on column users.failed_login_attempts is 'Consecutive failures since the last success or the end of the last lock.';
comment on column users.locked_until is 'No login before this time.';
comment on column users.created_by is 'Who invited this account; null for the first ones.';
comment on column users.deleted_at is 'Soft delete: the account is gone for every service, the row is kept.';

-- ==== password reset tokens ====

create table password_reset_tokens (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  token_hash varchar(255) not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  ip_address inet,
  user_agent text,
  created_at timestamptz not null default now(),
  constraint password_reset_tokens_pkey primary key (id),
  constraint password_reset_tokens_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint password_reset_tokens_expiry check (expires_at > created_at),
  constraint password_reset_tokens_used_in_time check (used_at is null or used_at <= expires_at)
);

create unique index password_reset_tokens_token_hash_key on password_reset_tokens (token_hash) where used_at is null;
create index password_reset_tokens_user_id_idx on password_reset_tokens (user_id, created_at desc);
create index password_reset_tokens_expires_at_idx on password_reset_tokens (expires_at) where used_at is null;

comment on table password_reset_tokens is 'Single-use password reset tokens. Only the services read and write them.';
comment on column password_reset_tokens.id is 'Travels in the reset link beside the token.';
comment on column password_reset_tokens.token_hash is 'SHA-256 of the token in hexadecimal; the token itself is never stored.';
comment on column password_reset_tokens.used_at is 'Set when used or invalidated; never after expires_at.';

-- ==== user invitations ====

create table user_invitations (
  id uuid not null default gen_random_uuid(),
  email varchar(255) not null,
  role user_role not null,
  token_hash varchar(255) not null,
  status invitation_status not null default 'pending',
  invited_by uuid not null,
  accepted_at timestamptz,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint user_invitations_pkey primary key (id),
  constraint user_invitations_invited_by_fkey foreign key (invited_by) references users (id) on delete cascade,
  constraint user_invitations_role_permanent check (role in ('host', 'admin')),
  constraint user_invitations_accepted_at check ((status = 'accepted') = (accepted_at is not null)),
  constraint user_invitations_expiry check (expires_at > created_at)
);

create unique index user_invitations_token_hash_key on user_invitations (token_hash) where status = 'pending';
create unique index user_invitations_email_role_key on user_invitations (lower(email), role) where status = 'pending';
create index user_invitations_invited_by_idx on user_invitations (invited_by, created_at desc);
create index user_invitations_expires_at_idx on user_invitations (expires_at) where status = 'pending';

create function user_invitations_status_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'pending' then
      raise exception 'an invitation starts as pending, not as %', new.status
        using errcode = 'check_violation', table = 'user_invitations', column = 'status', constraint = 'user_invitations_status_start';
    end if;
  elsif old.status <> 'pending' and new.status <> old.status then
    raise exception 'an invitation cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', table = 'user_invitations', column = 'status', constraint = 'user_invitations_status_transition';
  end if;
  return new;
end
$$;
comment on function user_invitations_status_guard() is 'An invitation starts pending and leaves that state once.';

create trigger user_invitations_status_guard before insert or update of status on user_invitations
  for each row execute function user_invitations_status_guard();

comment on table user_invitations is 'Invitations to become host or administrator; a valid pending token creates one account, once.';
comment on column user_invitations.email is 'Lower case, written so by the services.';
comment on column user_invitations.token_hash is 'SHA-256 of the token in hexadecimal.';
comment on column user_invitations.accepted_at is 'Set exactly when status is accepted.';

-- ==== rooms ====

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

-- ==== guests ====

create table guests (
  id uuid not null default gen_random_uuid(),
  room_id uuid not null,
  display_name varchar(100) not null,
  email varchar(255),
  access_token_hash varchar(255) not null,
  token_expires_at timestamptz not null,
  joined_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  left_at timestamptz,
  kicked_at timestamptz,
  kicked_by uuid,
  invited_by uuid not null,
  created_at timestamptz not null default now(),
  constraint guests_pkey primary key (id),
  constraint guests_room_id_fkey foreign key (room_id) references rooms (id) on delete cascade,
  constraint guests_kicked_by_fkey foreign key (kicked_by) references users (id) on delete set null,
  constraint guests_invited_by_fkey foreign key (invited_by) references users (id) on delete cascade,
  constraint guests_token_expiry check (token_expires_at > created_at),
  constraint guests_last_seen_after_join check (last_seen_at >= joined_at),
  constraint guests_left_or_kicked check (left_at is null or kicked_at is null)
);

create unique index guests_access_token_hash_key on guests (access_token_hash) where left_at is null and kicked_at is null;
create index guests_room_id_idx on guests (room_id, joined_at desc) where left_at is null and kicked_at is null;
create index guests_token_expires_at_idx on guests (token_expires_at) where left_at is null and kicked_at is null;

create function guests_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if (old.left_at is not null and new.left_at is distinct from old.left_at)
    or (old.kicked_at is not null and new.kicked_at is distinct from old.kicked_at) then
    raise exception 'a guest who left or was kicked does not come back by the same invitation'
      using errcode = 'check_violation', table = 'guests', constraint = 'guests_departure_final';
  end if;
  if (select undercroft.actor_role()) = 'guest'
    and (new.id, new.room_id, new.email, new.access_token_hash, new.token_expires_at, new.joined_at,
         new.kicked_at, new.kicked_by, new.invited_by, new.created_at)
      is distinct from
        (old.id, old.room_id, old.email, old.access_token_hash, old.token_expires_at, old.joined_at,
         old.kicked_at, old.kicked_by, old.invited_by, old.created_at) then
    raise exception 'a guest may change the display name, the last sign of life and the departure only'
      using errcode = 'insufficient_privilege', table = 'guests';
  end if;
  return new;
end
$$;
comment on function guests_guard() is 'Departures are final; a guest cannot extend the invitation or move it to another room.';

create trigger guests_guard before update on guests
  for each row execute function guests_guard();

create function rooms_expire_guests() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  -- A guest made in the same instant still needs an expiry after its creation.
  update guests
     set token_expires_at = greatest(now(), created_at + interval '1 microsecond'),
         left_at = greatest(now(), created_at + interval '1 microsecond')
   where room_id = new.id
     and left_at is null
     and kicked_at is null;
  return null;
end
$$;
comment on function rooms_expire_guests() is 'When a room closes, everyone still in it leaves and the links stop working.';

create trigger rooms_expire_guests after update of closed_at on rooms
  for each row when (old.closed_at is null and new.closed_at is not null)
  execute function rooms_expire_guests();

comment on table guests is 'Temporary participants of one room, who come by a magic link.';
comment on column guests.access_token_hash is 'SHA-256 of the link''s token in hexadecimal; the token itself is never stored.';
comment on column guests.token_expires_at is 'The link works until then, or until the guest leaves or is kicked.';
comment on column guests.left_at is 'Never together with kicked_at.';
comment on column guests.invited_by is 'The host of the room.';

-- ==== recordings ====

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

-- ==== recording files ====

create table recording_files (
  id uuid not null default gen_random_uuid(),
  recording_id uuid not null,
  file_name varchar(255) not null,
  file_path text not null,
  mime_type varchar(100) not null default 'audio/webm',
  participant_id uuid,
  participant_name varchar(100) not null,
  participant_type varchar(10) not null,
  size_bytes bigint not null,
  duration_seconds integer,
  uploaded_at timestamptz not null default now(),
  checksum_sha256 varchar(64),
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint recording_files_pkey primary key (id),
  constraint recording_files_recording_id_fkey foreign key (recording_id) references recordings (id) on delete cascade,
  constraint recording_files_path_key unique (recording_id, file_path),
  constraint recording_files_participant_type check (participant_type in ('guest', 'host')),
  constraint recording_files_size_range check (size_bytes > 0),
  constraint recording_files_checksum_format check (checksum_sha256 ~ '^[0-9a-f]{64}$')
);

create index recording_files_recording_id_idx on recording_files (recording_id, uploaded_at desc) where deleted_at is null;
create index recording_files_participant_id_idx on recording_files (participant_id)
  where deleted_at is null and participant_id is not null;

comment on table recording_files is 'The files of a recording, one per participant.';
comment on column recording_files.file_path is 'Unique within the recording.';
comment on column recording_files.participant_id is 'A guest or a user, by participant_type; no foreign key, the file outlives the guest.';
comment on column recording_files.checksum_sha256 is '64 lower-case hexadecimal digits.';
comment on column recording_files.deleted_at is 'Soft delete.';

-- ==== feed episodes ====

create table feed_episodes (
  id uuid not null default gen_random_uuid(),
  title varchar(255) not null,
  description text,
  slug varchar(255) not null,
  audio_file_path text not null,
  audio_mime_type varchar(100) not null default 'audio/mpeg',
  audio_size_bytes bigint not null,
  duration_seconds integer not null,
  episode_number integer,
  season_number integer,
  explicit boolean not null default false,
  published_at timestamptz,
  is_published boolean not null default false,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint feed_episodes_pkey primary key (id),
  constraint feed_episodes_created_by_fkey foreign key (created_by) references users (id) on delete cascade,
  constraint feed_episodes_slug_format check (slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'),
  constraint feed_episodes_size_range check (audio_size_bytes > 0),
  constraint feed_episodes_duration_range check (duration_seconds > 0),
  constraint feed_episodes_published_at check (not is_published or published_at is not null)
);

create unique index feed_episodes_slug_key on feed_episodes (slug) where deleted_at is null;
create index feed_episodes_published_at_idx on feed_episodes (published_at desc) where is_published and deleted_at is null;
create index feed_episodes_created_by_idx on feed_episodes (created_by, created_at desc) where deleted_at is null;

create trigger feed_episodes_updated_at before update on feed_episodes
  for each row execute function set_updated_at();

comment on table feed_episodes is 'Episodes of the podcast feed; the published ones are public.';
comment on column feed_episodes.slug is 'Name in links: lower-case letters, digits and inner hyphens; unique among episodes that are not deleted.';
comment on column feed_episodes.audio_size_bytes is 'Length of the enclosure in the feed.';
comment on column feed_episodes.published_at is 'Must be set when is_published.';
comment on column feed_episodes.deleted_at is 'Soft delete.';

-- ==== audit log ====

create table audit_log (
  id uuid not null default gen_random_uuid(),
  user_id uuid,
  user_email varchar(255) not null,
  user_role user_role not null,
  action varchar(100) not null,
  entity_type varchar(50) not null,
  entity_id uuid,
  ip_address inet,
  user_agent text,
  metadata jsonb,
  created_at timestamptz not null default now(),
  constraint audit_log_pkey primary key (id)
);

create index audit_log_user_id_idx on audit_log (user_id, created_at desc);
create index audit_log_action_idx on audit_log (action, created_at desc);
create index audit_log_entity_idx on audit_log (entity_type, entity_id);
create index audit_log_created_at_idx on audit_log (created_at desc);
create index audit_log_metadata_idx on audit_log using gin (metadata) where metadata is not null;

create function audit_log_append_only() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  raise exception 'audit_log is append-only: % is refused', tg_op
    using errcode = 'insufficient_privilege', table = 'audit_log';
end
$$;
comment on function audit_log_append_only() is 'Refuses every change of the audit log but an insert, for every role.';

create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function audit_log_append_only();
-- Fires even where session_replication_role switches ordinary triggers off.
alter table audit_log enable always trigger audit_log_append_only;

comment on table audit_log is 'Append-only record of who did what, with context. Update, delete and truncate are refused.';
comment on column audit_log.user_id is 'Who acted. No foreign key: the entry states a fact and outlives the account.';
comment on column audit_log.user_email is 'Copy of the actor''s address at that time.';
comment on column audit_log.user_role is 'Copy of the actor''s role at that time.';
