-- Temporary participants who come by a magic link.

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
  if (select undercroft.actor_role()) = 'host'
    and new.kicked_by is distinct from old.kicked_by
    and new.kicked_by is distinct from (select undercroft.tenant_uuid()) then
    raise exception 'a host removes guests in nobody else''s name'
      using errcode = 'insufficient_privilege', table = 'guests', column = 'kicked_by';
  end if;
  return new;
end
$$;
comment on function guests_guard() is 'Departures are final; a guest cannot extend the invitation or move it to another room; hosts sign removals with their own name.';

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

create function guests_tell() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
declare
  room uuid := case tg_op when 'DELETE' then old.room_id else new.room_id end;
begin
  perform pg_notify('undercroft_news',
    encode(sha256(convert_to('room/' || room, 'UTF8')), 'hex') || ' ' || room);
  return null;
end
$$;
comment on function guests_tell() is 'Tells who follows a room that somebody came or went; signs of life are no news.';

create trigger guests_tell after insert or delete or update of display_name, left_at, kicked_at on guests
  for each row execute function guests_tell();
