-- What is said in the rooms.

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

create function messages_tell() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  perform pg_notify('undercroft_news',
    encode(sha256(convert_to('room/' || new.room_id, 'UTF8')), 'hex') || ' ' || new.id);
  return null;
end
$$;
comment on function messages_tell() is 'Tells who follows the room that a message is new or has changed.';

create trigger messages_tell after insert or update on messages
  for each row execute function messages_tell();
