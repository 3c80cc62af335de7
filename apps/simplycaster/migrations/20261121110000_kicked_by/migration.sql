-- A host could note that somebody else had removed a guest.

create or replace function guests_guard() returns trigger
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

alter policy guests_host_insert on guests
  with check (
    case when (select undercroft.actor_role()) = 'host'
      then room_id = any (array(select caller_hosted_room_ids()))
        and invited_by = (select undercroft.tenant_uuid())
        and (kicked_by is null or kicked_by = (select undercroft.tenant_uuid()))
      else false
    end
  );
