-- Who has a room open hears of its state, and of who comes and goes.

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
