-- Types, tables, indexes and the rules that live in triggers.

-- ==== types ====

-- Part-of-name and similar-spelling search over artists.
create extension if not exists pg_trgm;

create type user_role as enum ('USER', 'ARTIST', 'ADMIN', 'SUPER_ADMIN');
comment on type user_role is 'USER and ARTIST (a verified one) chat; ADMIN and SUPER_ADMIN review and moderate; only SUPER_ADMIN makes an ADMIN.';

create type message_type as enum ('TEXT', 'TRACK_CARD', 'SYSTEM', 'REPLY');
comment on type message_type is 'What a message shows.';

create type verification_status as enum ('PENDING', 'CRAWLING', 'AWAITING_ADMIN', 'APPROVED', 'DENIED', 'EXPIRED');
comment on type verification_status is 'PENDING to CRAWLING or EXPIRED; CRAWLING to APPROVED or AWAITING_ADMIN; AWAITING_ADMIN to APPROVED or DENIED; the last three are final.';

create type moderation_action as enum ('DELETE_MESSAGE', 'MUTE_USER', 'CLEAR_REACTIONS');
comment on type moderation_action is 'What a moderator did.';

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
  email text not null,
  supabase_id text not null,
  role user_role not null default 'USER',
  muted_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_pkey primary key (id),
  -- One index each serves uniqueness and look-up.
  constraint idx_users_email unique (email),
  constraint idx_users_supabase_id unique (supabase_id)
);

create trigger users_updated_at before update on users
  for each row execute function set_updated_at();

comment on table users is 'People. A user with messages cannot be deleted, only anonymised.';
comment on column users.supabase_id is 'The subject at the external sign-in service.';
comment on column users.muted_until is 'Sends no message in any room before this time.';

-- ==== artist profiles ====

create table artist_profiles (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  artist_name text not null,
  bio text,
  verified boolean not null default false,
  verified_at timestamptz,
  website_url text,
  spotify_url text,
  soundcloud_url text,
  bandcamp_url text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint artist_profiles_pkey primary key (id),
  constraint artist_profiles_user_id_key unique (user_id),
  constraint artist_profiles_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint artist_profiles_verified_at check (not verified or verified_at is not null)
);

create index idx_artist_profiles_name on artist_profiles (artist_name);
create index idx_artist_profiles_verified on artist_profiles (verified) where verified = true;
create index idx_artist_profiles_name_trgm on artist_profiles using gin (artist_name gin_trgm_ops) where verified = true;

create trigger artist_profiles_updated_at before update on artist_profiles
  for each row execute function set_updated_at();

comment on table artist_profiles is 'Artist profiles, at most one per user; deleted with the user.';
comment on column artist_profiles.verified is 'Proved by a claim code on the artist''s page, or by an administrator.';
comment on column artist_profiles.verified_at is 'Set when verified.';

-- ==== verification requests ====

create table verification_requests (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  claim_code text not null,
  target_url text,
  status verification_status not null default 'PENDING',
  submitted_at timestamptz not null default now(),
  expires_at timestamptz not null,
  crawled_at timestamptz,
  reviewed_at timestamptz,
  reviewed_by uuid,
  denial_reason text,
  crawler_response jsonb,
  metadata jsonb,
  created_at timestamptz not null default now(),
  constraint verification_requests_pkey primary key (id),
  constraint verification_requests_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint verification_requests_reviewed_by_fkey foreign key (reviewed_by) references users (id) on delete set null,
  constraint verification_requests_claim_code_key unique (claim_code),
  constraint verification_requests_expiry check (expires_at > submitted_at)
);

create index idx_verification_requests_status on verification_requests (status);
create index idx_verification_requests_user on verification_requests (user_id);
create index idx_verification_requests_expires on verification_requests (expires_at);
create unique index verification_requests_one_open_key on verification_requests (user_id)
  where status in ('PENDING', 'CRAWLING', 'AWAITING_ADMIN');

create function verification_requests_status_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'PENDING' then
      raise exception 'a verification request starts as PENDING, not as %', new.status
        using errcode = 'check_violation', table = 'verification_requests', column = 'status', constraint = 'verification_requests_status_start';
    end if;
    return new;
  end if;
  if new.status <> old.status and not (
       (old.status = 'PENDING' and new.status in ('CRAWLING', 'EXPIRED'))
    or (old.status = 'CRAWLING' and new.status in ('APPROVED', 'AWAITING_ADMIN'))
    or (old.status = 'AWAITING_ADMIN' and new.status in ('APPROVED', 'DENIED'))
  ) then
    raise exception 'a verification request cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', table = 'verification_requests', column = 'status', constraint = 'verification_requests_status_transition';
  end if;
  return new;
end
$$;
comment on function verification_requests_status_guard() is 'A request moves only along the allowed path.';

create trigger verification_requests_status_guard before insert or update of status on verification_requests
  for each row execute function verification_requests_status_guard();

comment on table verification_requests is 'Requests to be verified as an artist; one open request per user.';
comment on column verification_requests.claim_code is 'The user puts it on the artist''s page, where the crawler looks for it.';
comment on column verification_requests.expires_at is 'Seven days after the request.';

-- ==== rooms ====

create table rooms (
  id uuid not null default gen_random_uuid(),
  name text not null,
  description text,
  is_private boolean not null default false,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint rooms_pkey primary key (id),
  constraint rooms_created_by_fkey foreign key (created_by) references users (id) on delete restrict
);

create index idx_rooms_private on rooms (is_private);
create index idx_rooms_created on rooms (created_at);
create index idx_rooms_created_by on rooms (created_by);

create trigger rooms_updated_at before update on rooms
  for each row execute function set_updated_at();

comment on table rooms is 'Chat rooms. A private room is visible to its members and its creator.';
comment on column rooms.created_by is 'The room stays as long as nobody deletes it: its creator cannot be deleted before.';

-- ==== room memberships ====

create table room_memberships (
  id uuid not null default gen_random_uuid(),
  room_id uuid not null,
  user_id uuid not null,
  is_mod boolean not null default false,
  joined_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  constraint room_memberships_pkey primary key (id),
  constraint room_memberships_room_id_user_id_key unique (room_id, user_id),
  constraint room_memberships_room_id_fkey foreign key (room_id) references rooms (id) on delete cascade,
  constraint room_memberships_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create index idx_room_memberships_room on room_memberships (room_id);
create index idx_room_memberships_user on room_memberships (user_id);

comment on table room_memberships is 'Membership of users in rooms, once per room and user.';
comment on column room_memberships.is_mod is 'Moderates this room.';

-- ==== messages ====

create table messages (
  id uuid not null default gen_random_uuid(),
  room_id uuid not null,
  user_id uuid not null,
  type message_type not null default 'TEXT',
  text text,
  track_ref jsonb,
  parent_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint messages_pkey primary key (id),
  constraint messages_room_id_fkey foreign key (room_id) references rooms (id) on delete restrict,
  constraint messages_user_id_fkey foreign key (user_id) references users (id) on delete restrict,
  constraint messages_parent_id_fkey foreign key (parent_id) references messages (id) on delete set null,
  constraint messages_content check (text is not null or track_ref is not null),
  constraint messages_track_ref_object check (jsonb_typeof(track_ref) = 'object')
);

create index idx_messages_room_created on messages (room_id, created_at desc);
create index idx_messages_user on messages (user_id);
create index idx_messages_parent on messages (parent_id) where parent_id is not null;
create index idx_messages_deleted on messages (deleted_at) where deleted_at is not null;

create function messages_insert_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
declare
  muted timestamptz;
  parent record;
begin
  if new.type <> 'SYSTEM' then
    select u.muted_until into muted from users u where u.id = new.user_id;
    if muted > now() then
      raise exception 'the author is muted until %', muted
        using errcode = 'check_violation', table = 'messages', constraint = 'messages_author_not_muted';
    end if;
  end if;
  if new.parent_id is not null then
    select m.room_id, m.parent_id into parent from messages m where m.id = new.parent_id;
    if found and parent.room_id <> new.room_id then
      raise exception 'a reply stays in the room of its parent'
        using errcode = 'check_violation', table = 'messages', column = 'parent_id', constraint = 'messages_parent_same_room';
    end if;
    if found and parent.parent_id is not null then
      raise exception 'a reply cannot be replied to'
        using errcode = 'check_violation', table = 'messages', column = 'parent_id', constraint = 'messages_reply_depth';
    end if;
    if not found then
      raise exception 'the parent message is unknown'
        using errcode = 'foreign_key_violation', table = 'messages', column = 'parent_id', constraint = 'messages_parent_id_fkey';
    end if;
  end if;
  return new;
end
$$;
comment on function messages_insert_guard() is 'A muted author is silent; a reply stands in the room of its parent, and replies have no replies.';

create function messages_update_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if (new.id, new.room_id, new.user_id, new.created_at) is distinct from (old.id, old.room_id, old.user_id, old.created_at)
    or (new.parent_id is distinct from old.parent_id and new.parent_id is not null) then
    raise exception 'a message keeps its room, author, parent and time'
      using errcode = 'check_violation', table = 'messages', constraint = 'messages_place_fixed';
  end if;
  if (select undercroft.tenant_uuid()) <> old.user_id
    and (new.type, new.text, new.track_ref) is distinct from (old.type, old.text, old.track_ref) then
    raise exception 'nobody edits the words of others'
      using errcode = 'insufficient_privilege', table = 'messages';
  end if;
  if old.deleted_at is not null and new.deleted_at is distinct from old.deleted_at then
    raise exception 'a deleted message stays deleted'
      using errcode = 'check_violation', table = 'messages', column = 'deleted_at', constraint = 'messages_deleted_final';
  end if;
  return new;
end
$$;
comment on function messages_update_guard() is 'A message stays where it was said, only its author edits it, and deletion is final.';

create trigger messages_insert_guard before insert on messages
  for each row execute function messages_insert_guard();
create trigger messages_update_guard before update on messages
  for each row execute function messages_update_guard();
create trigger messages_updated_at before update on messages
  for each row execute function set_updated_at();

comment on table messages is 'Chat messages. A room or user with messages cannot be deleted.';
comment on column messages.track_ref is 'Flexible metadata of a track, a JSON object.';
comment on column messages.parent_id is 'The message this one replies to, in the same room; null again when that one is removed.';
comment on column messages.deleted_at is 'Soft delete: no list shows the message, the row is kept.';

-- ==== reactions ====

create table reactions (
  id uuid not null default gen_random_uuid(),
  message_id uuid not null,
  user_id uuid not null,
  emoji text not null,
  created_at timestamptz not null default now(),
  constraint reactions_pkey primary key (id),
  constraint reactions_message_id_user_id_emoji_key unique (message_id, user_id, emoji),
  constraint reactions_message_id_fkey foreign key (message_id) references messages (id) on delete cascade,
  constraint reactions_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create index idx_reactions_message on reactions (message_id);
create index idx_reactions_user on reactions (user_id);

comment on table reactions is 'Emoji of users under messages, each emoji once per user and message.';

-- ==== track refs ====

create table track_refs (
  id uuid not null default gen_random_uuid(),
  provider text not null,
  provider_id text not null,
  url text not null,
  title text not null,
  artist text not null,
  artwork text,
  duration integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint track_refs_pkey primary key (id),
  constraint track_refs_provider_provider_id_key unique (provider, provider_id),
  -- One index serves uniqueness and look-up.
  constraint idx_track_refs_url unique (url),
  constraint track_refs_duration_range check (duration > 0)
);

create index idx_track_refs_provider on track_refs (provider);

create trigger track_refs_updated_at before update on track_refs
  for each row execute function set_updated_at();

comment on table track_refs is 'What is known about tracks that were linked.';
comment on column track_refs.provider is 'spotify, youtube, apple, bandcamp, beatport; text, so that a new provider needs no migration.';
comment on column track_refs.duration is 'Seconds.';

-- ==== crawler cache ====

create table crawler_cache (
  id uuid not null default gen_random_uuid(),
  url text not null,
  content text,
  status_code integer,
  headers jsonb,
  crawled_at timestamptz not null default now(),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint crawler_cache_pkey primary key (id),
  constraint crawler_cache_url_key unique (url)
);

create index idx_crawler_cache_expires on crawler_cache (expires_at);

comment on table crawler_cache is 'Pages the verification crawler fetched; kept for a day, removed a week after they expired.';
comment on column crawler_cache.crawled_at is 'The last fetch; created_at is the first.';

-- ==== admin actions ====

create table admin_actions (
  id uuid not null default gen_random_uuid(),
  admin_id uuid not null,
  action text not null,
  target_id text,
  target_type text,
  details jsonb,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  constraint admin_actions_pkey primary key (id),
  constraint admin_actions_admin_id_fkey foreign key (admin_id) references users (id) on delete restrict
);

create index idx_admin_actions_admin on admin_actions (admin_id);
create index idx_admin_actions_target on admin_actions (target_id);
create index idx_admin_actions_created on admin_actions (created_at);

comment on table admin_actions is 'Actions of administrators; archived, then removed after 90 days.';

-- ==== moderation logs ====

create table moderation_logs (
  id uuid not null default gen_random_uuid(),
  room_id text not null,
  moderator_id text not null,
  target_id text not null,
  action moderation_action not null,
  reason text,
  created_at timestamptz not null default now(),
  constraint moderation_logs_pkey primary key (id)
);

create index idx_moderation_logs_room on moderation_logs (room_id);
create index idx_moderation_logs_moderator on moderation_logs (moderator_id);
create index idx_moderation_logs_target on moderation_logs (target_id);
create index idx_moderation_logs_created on moderation_logs (created_at);

comment on table moderation_logs is 'Record of moderation; survives rooms, users and messages.';
comment on column moderation_logs.target_id is 'The message or the user, by action.';
