-- Emoji under messages.

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

create function reactions_tell() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
declare
  reacted uuid := case tg_op when 'DELETE' then old.message_id else new.message_id end;
begin
  perform pg_notify('undercroft_news',
      encode(sha256(convert_to('room/' || m.room_id, 'UTF8')), 'hex') || ' ' || m.id)
    from messages m
   where m.id = reacted;
  return null;
end
$$;
comment on function reactions_tell() is 'Tells who follows the room that the reactions to a message have changed.';

create trigger reactions_tell after insert or delete on reactions
  for each row execute function reactions_tell();
