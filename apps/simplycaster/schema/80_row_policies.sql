-- Who may see and change which rows.
--
-- The caller is (undercroft.tenant_uuid(), undercroft.actor_role()): a user's id with admin or host,
-- or a guest's id with guest. Without a caller both are null and no comparison holds.
-- A soft-deleted row stays visible to those who may delete it, because an update must still see its result.

-- Rooms and guests look at each other's rows. These two functions carry the look, so that neither
-- policy contains the other; they see what the caller sees.
create function caller_hosted_room_ids() returns setof uuid
  language plpgsql stable
  set search_path = pg_catalog, public
as $$
begin
  return query select r.id from rooms r where r.host_id = (select undercroft.tenant_uuid());
end
$$;
comment on function caller_hosted_room_ids() is 'The rooms the caller hosts.';

create function caller_guest_room_id() returns uuid
  language plpgsql stable
  set search_path = pg_catalog, public
as $$
begin
  return (select g.room_id
            from guests g
           where g.id = (select undercroft.tenant_uuid())
             and g.left_at is null
             and g.kicked_at is null
             and g.token_expires_at > now());
end
$$;
comment on function caller_guest_room_id() is 'The room a guest is in, as long as the link is good.';

alter table users enable row level security;
alter table users force row level security;
create policy users_admin on users
  using ((select undercroft.actor_role()) = 'admin')
  with check ((select undercroft.actor_role()) = 'admin');
create policy users_own_select on users for select
  using ((select undercroft.actor_role()) = 'host' and id = (select undercroft.tenant_uuid()));
create policy users_own_update on users for update
  using ((select undercroft.actor_role()) = 'host' and id = (select undercroft.tenant_uuid()))
  with check ((select undercroft.actor_role()) = 'host' and id = (select undercroft.tenant_uuid()));

create function users_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if (select undercroft.tenant()) is not null
    and (select undercroft.actor_role()) is distinct from 'admin'
    and (new.id, new.role, new.is_active, new.email_verified, new.password_hash, new.password_salt,
         new.failed_login_attempts, new.locked_until, new.last_login_at, new.last_login_ip,
         new.created_at, new.created_by, new.deleted_at)
      is distinct from
        (old.id, old.role, old.is_active, old.email_verified, old.password_hash, old.password_salt,
         old.failed_login_attempts, old.locked_until, old.last_login_at, old.last_login_ip,
         old.created_at, old.created_by, old.deleted_at) then
    raise exception 'only an administrator changes role, activation, lock or deletion of an account'
      using errcode = 'insufficient_privilege', table = 'users';
  end if;
  return new;
end
$$;
comment on function users_guard() is 'Users edit their own row, but not what decides about their rights.';

create trigger users_guard before update on users
  for each row execute function users_guard();

-- Read and written by the services only: no policy, so nobody else sees a row.
alter table password_reset_tokens enable row level security;
alter table password_reset_tokens force row level security;

alter table user_invitations enable row level security;
alter table user_invitations force row level security;
create policy user_invitations_admin on user_invitations
  using ((select undercroft.actor_role()) = 'admin')
  with check ((select undercroft.actor_role()) = 'admin');

alter table rooms enable row level security;
alter table rooms force row level security;
create policy rooms_admin on rooms
  using ((select undercroft.actor_role()) = 'admin')
  with check ((select undercroft.actor_role()) = 'admin');
create policy rooms_host_select on rooms for select
  using ((select undercroft.actor_role()) = 'host' and host_id = (select undercroft.tenant_uuid()));
create policy rooms_host_insert on rooms for insert
  with check ((select undercroft.actor_role()) = 'host' and host_id = (select undercroft.tenant_uuid()));
create policy rooms_host_update on rooms for update
  using ((select undercroft.actor_role()) = 'host' and host_id = (select undercroft.tenant_uuid()))
  with check ((select undercroft.actor_role()) = 'host' and host_id = (select undercroft.tenant_uuid()));
create policy rooms_guest_select on rooms for select
  using (
    case when (select undercroft.actor_role()) = 'guest'
      then id = (select caller_guest_room_id())
      else false
    end
  );

alter table guests enable row level security;
alter table guests force row level security;
create policy guests_admin on guests
  using ((select undercroft.actor_role()) = 'admin')
  with check ((select undercroft.actor_role()) = 'admin');
create policy guests_host_select on guests for select
  using (
    case when (select undercroft.actor_role()) = 'host'
      then room_id = any (array(select caller_hosted_room_ids()))
      else false
    end
  );
create policy guests_host_insert on guests for insert
  with check (
    case when (select undercroft.actor_role()) = 'host'
      then room_id = any (array(select caller_hosted_room_ids()))
        and invited_by = (select undercroft.tenant_uuid())
        and (kicked_by is null or kicked_by = (select undercroft.tenant_uuid()))
      else false
    end
  );
create policy guests_host_update on guests for update
  using (
    case when (select undercroft.actor_role()) = 'host'
      then room_id = any (array(select caller_hosted_room_ids()))
      else false
    end
  )
  with check (
    case when (select undercroft.actor_role()) = 'host'
      then room_id = any (array(select caller_hosted_room_ids()))
      else false
    end
  );
create policy guests_own_select on guests for select
  using ((select undercroft.actor_role()) = 'guest' and id = (select undercroft.tenant_uuid()));
create policy guests_own_update on guests for update
  using ((select undercroft.actor_role()) = 'guest' and id = (select undercroft.tenant_uuid()))
  with check ((select undercroft.actor_role()) = 'guest' and id = (select undercroft.tenant_uuid()));

alter table recordings enable row level security;
alter table recordings force row level security;
create policy recordings_admin on recordings
  using ((select undercroft.actor_role()) = 'admin')
  with check ((select undercroft.actor_role()) = 'admin');
create policy recordings_host_select on recordings for select
  using ((select undercroft.actor_role()) = 'host' and created_by = (select undercroft.tenant_uuid()));
create policy recordings_host_insert on recordings for insert
  with check (
    (select undercroft.actor_role()) = 'host'
    and created_by = (select undercroft.tenant_uuid())
    and room_id = any (array(select caller_hosted_room_ids()))
  );
create policy recordings_host_update on recordings for update
  using ((select undercroft.actor_role()) = 'host' and created_by = (select undercroft.tenant_uuid()))
  with check (
    (select undercroft.actor_role()) = 'host'
    and created_by = (select undercroft.tenant_uuid())
    and room_id = any (array(select caller_hosted_room_ids()))
  );

alter table recording_files enable row level security;
alter table recording_files force row level security;
create policy recording_files_admin on recording_files
  using ((select undercroft.actor_role()) = 'admin')
  with check ((select undercroft.actor_role()) = 'admin');
create policy recording_files_host_select on recording_files for select
  using (
    (select undercroft.actor_role()) = 'host'
    and recording_id = any (array(select r.id from recordings r where r.created_by = (select undercroft.tenant_uuid())))
  );
create policy recording_files_host_insert on recording_files for insert
  with check (
    (select undercroft.actor_role()) = 'host'
    and recording_id = any (array(select r.id from recordings r where r.created_by = (select undercroft.tenant_uuid())))
  );
create policy recording_files_host_update on recording_files for update
  using (
    (select undercroft.actor_role()) = 'host'
    and recording_id = any (array(select r.id from recordings r where r.created_by = (select undercroft.tenant_uuid())))
  )
  with check (
    (select undercroft.actor_role()) = 'host'
    and recording_id = any (array(select r.id from recordings r where r.created_by = (select undercroft.tenant_uuid())))
  );

alter table feed_episodes enable row level security;
alter table feed_episodes force row level security;
create policy feed_episodes_admin on feed_episodes
  using ((select undercroft.actor_role()) = 'admin')
  with check ((select undercroft.actor_role()) = 'admin');
create policy feed_episodes_public_select on feed_episodes for select
  using (is_published and deleted_at is null);

alter table audit_log enable row level security;
alter table audit_log force row level security;
create policy audit_log_admin_select on audit_log for select
  using ((select undercroft.actor_role()) = 'admin');
create policy audit_log_own_select on audit_log for select
  using ((select undercroft.actor_role()) in ('host', 'guest') and user_id = (select undercroft.tenant_uuid()));
create policy audit_log_own_insert on audit_log for insert
  with check (
    user_id = (select undercroft.tenant_uuid())
    and user_role = (select undercroft.actor_role())::user_role
  );
