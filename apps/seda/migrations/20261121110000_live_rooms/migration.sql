-- Who has a room open hears of what is said in it.

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
