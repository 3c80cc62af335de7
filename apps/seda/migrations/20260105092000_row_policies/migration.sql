-- Who may see and change which rows.

-- ==== row policies ====
--
-- The caller is (undercroft.tenant_uuid(), undercroft.actor_role()): a user's id with USER, ARTIST, ADMIN
-- or SUPER_ADMIN. Without a caller both are null and no comparison holds.
-- Sign-up, moderation, the crawler and reviews run in system sessions, which no policy binds.

-- The policy of room_memberships asks for the caller's rooms, which are memberships again. While this
-- function reads, it narrows that policy to the caller's own rows through a setting; whoever sets it by
-- hand sees less, never more.
create function caller_room_ids() returns setof uuid
  language plpgsql stable
  set search_path = pg_catalog, public
as $$
begin
  perform set_config('seda.own_memberships_only', 'on', true);
  return query select m.room_id from room_memberships m where m.user_id = (select undercroft.tenant_uuid());
  perform set_config('seda.own_memberships_only', '', true);
end
$$;
comment on function caller_room_ids() is 'The rooms the caller is a member of.';

create function caller_moderated_room_ids() returns setof uuid
  language plpgsql stable
  set search_path = pg_catalog, public
as $$
begin
  perform set_config('seda.own_memberships_only', 'on', true);
  return query select m.room_id from room_memberships m where m.user_id = (select undercroft.tenant_uuid()) and m.is_mod;
  perform set_config('seda.own_memberships_only', '', true);
end
$$;
comment on function caller_moderated_room_ids() is 'The rooms the caller moderates.';

create function caller_created_room_ids() returns setof uuid
  language plpgsql stable
  set search_path = pg_catalog, public
as $$
begin
  return query select r.id from rooms r where r.created_by = (select undercroft.tenant_uuid());
end
$$;
comment on function caller_created_room_ids() is 'The rooms the caller created.';

alter table rooms enable row level security;
alter table rooms force row level security;
create policy rooms_select on rooms for select
  using (
    (select undercroft.tenant_uuid()) is not null
    and (
      not is_private
      or created_by = (select undercroft.tenant_uuid())
      or id = any (array(select caller_room_ids()))
    )
  );
create policy rooms_admin_select on rooms for select
  using ((select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN'));
create policy rooms_insert on rooms for insert
  with check (created_by = (select undercroft.tenant_uuid()));
create policy rooms_update on rooms for update
  using (created_by = (select undercroft.tenant_uuid()))
  with check (created_by = (select undercroft.tenant_uuid()));
create policy rooms_delete on rooms for delete
  using (created_by = (select undercroft.tenant_uuid()));

alter table room_memberships enable row level security;
alter table room_memberships force row level security;
create policy room_memberships_select on room_memberships for select
  using (
    user_id = (select undercroft.tenant_uuid())
    or case when (select current_setting('seda.own_memberships_only', true)) = 'on'
         then false
         else room_id = any (array(select caller_room_ids()))
       end
  );
create policy room_memberships_admin_select on room_memberships for select
  using ((select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN'));
-- One joins public rooms oneself; into a private one its creator takes members, and only the creator makes moderators.
create policy room_memberships_insert on room_memberships for insert
  with check (
    (
      user_id = (select undercroft.tenant_uuid())
      and not is_mod
      and exists (select from rooms r where r.id = room_id and not r.is_private)
    )
    or room_id = any (array(select caller_created_room_ids()))
  );
create policy room_memberships_update on room_memberships for update
  using (room_id = any (array(select caller_created_room_ids())))
  with check (room_id = any (array(select caller_created_room_ids())));
create policy room_memberships_delete on room_memberships for delete
  using (
    user_id = (select undercroft.tenant_uuid())
    or room_id = any (array(select caller_created_room_ids()))
  );

alter table messages enable row level security;
alter table messages force row level security;
create policy messages_select on messages for select
  using (
    (select undercroft.tenant_uuid()) is not null
    and (
      room_id = any (array(select caller_room_ids()))
      or exists (select from rooms r where r.id = room_id)
    )
  );
create policy messages_insert on messages for insert
  with check (
    user_id = (select undercroft.tenant_uuid())
    and type <> 'SYSTEM'
    and deleted_at is null
    and room_id = any (array(select caller_room_ids()))
  );
create policy messages_own_update on messages for update
  using (user_id = (select undercroft.tenant_uuid()))
  with check (user_id = (select undercroft.tenant_uuid()));
create policy messages_moderator_update on messages for update
  using (room_id = any (array(select caller_moderated_room_ids())))
  with check (room_id = any (array(select caller_moderated_room_ids())) and deleted_at is not null);

alter table reactions enable row level security;
alter table reactions force row level security;
create policy reactions_select on reactions for select
  using (exists (select from messages m where m.id = message_id));
create policy reactions_insert on reactions for insert
  with check (
    user_id = (select undercroft.tenant_uuid())
    and exists (
      select
        from messages m
       where m.id = message_id
         and m.deleted_at is null
         and m.room_id = any (array(select caller_room_ids()))
    )
  );
create policy reactions_delete on reactions for delete
  using (user_id = (select undercroft.tenant_uuid()));

alter table artist_profiles enable row level security;
alter table artist_profiles force row level security;
create policy artist_profiles_select on artist_profiles for select
  using (true);
create policy artist_profiles_update on artist_profiles for update
  using (user_id = (select undercroft.tenant_uuid()))
  with check (user_id = (select undercroft.tenant_uuid()));
create policy artist_profiles_admin on artist_profiles
  using ((select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN'))
  with check ((select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN'));

create function artist_profiles_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if (select undercroft.tenant()) is not null
    and coalesce((select undercroft.actor_role()), '') not in ('ADMIN', 'SUPER_ADMIN')
    and (new.id, new.user_id, new.verified, new.verified_at, new.created_at)
      is distinct from (old.id, old.user_id, old.verified, old.verified_at, old.created_at) then
    raise exception 'nobody verifies their own profile'
      using errcode = 'insufficient_privilege', table = 'artist_profiles';
  end if;
  return new;
end
$$;
comment on function artist_profiles_guard() is 'Artists edit their profile, but not its verification.';

create trigger artist_profiles_guard before update on artist_profiles
  for each row execute function artist_profiles_guard();

-- Others are visible where the caller meets them: as fellow members, as authors of visible messages and as verified artists.
alter table users enable row level security;
alter table users force row level security;
create policy users_select on users for select
  using (
    (select undercroft.tenant_uuid()) is not null
    and (
      id = (select undercroft.tenant_uuid())
      or exists (select from room_memberships m where m.user_id = users.id)
      or exists (select from messages m where m.user_id = users.id)
      or exists (select from reactions a where a.user_id = users.id)
      or exists (select from artist_profiles p where p.user_id = users.id and p.verified)
    )
  );
create policy users_own_update on users for update
  using (id = (select undercroft.tenant_uuid()))
  with check (id = (select undercroft.tenant_uuid()));
create policy users_admin on users
  using ((select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN'))
  with check ((select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN'));

create function users_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
declare
  actor text := (select undercroft.actor_role());
begin
  if (select undercroft.tenant()) is null then
    return new;
  end if;
  if (new.id, new.supabase_id, new.created_at) is distinct from (old.id, old.supabase_id, old.created_at) then
    raise exception 'an account keeps its id and its sign-in subject'
      using errcode = 'insufficient_privilege', table = 'users';
  end if;
  if (new.role, new.muted_until) is distinct from (old.role, old.muted_until)
    and actor is distinct from 'ADMIN' and actor is distinct from 'SUPER_ADMIN' then
    raise exception 'only an administrator changes role and mute of an account'
      using errcode = 'insufficient_privilege', table = 'users';
  end if;
  if new.role <> old.role
    and (new.role in ('ADMIN', 'SUPER_ADMIN') or old.role in ('ADMIN', 'SUPER_ADMIN'))
    and actor is distinct from 'SUPER_ADMIN' then
    raise exception 'only a super administrator makes or removes administrators'
      using errcode = 'insufficient_privilege', table = 'users', column = 'role';
  end if;
  return new;
end
$$;
comment on function users_guard() is 'Users edit their own row, but not what decides about their rights; only SUPER_ADMIN grants ADMIN.';

create trigger users_guard before update on users
  for each row execute function users_guard();

alter table verification_requests enable row level security;
alter table verification_requests force row level security;
create policy verification_requests_own_select on verification_requests for select
  using (user_id = (select undercroft.tenant_uuid()));
create policy verification_requests_own_insert on verification_requests for insert
  with check (
    user_id = (select undercroft.tenant_uuid())
    and status = 'PENDING'
    and target_url is null
    and crawled_at is null
    and reviewed_at is null
    and reviewed_by is null
  );
create policy verification_requests_admin on verification_requests
  using ((select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN'))
  with check ((select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN'));

alter table track_refs enable row level security;
alter table track_refs force row level security;
create policy track_refs_select on track_refs for select
  using ((select undercroft.tenant_uuid()) is not null);
create policy track_refs_insert on track_refs for insert
  with check ((select undercroft.tenant_uuid()) is not null);

-- The crawler's own, in system sessions: no policy, so nobody else sees a row.
alter table crawler_cache enable row level security;
alter table crawler_cache force row level security;

alter table admin_actions enable row level security;
alter table admin_actions force row level security;
create policy admin_actions_select on admin_actions for select
  using ((select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN'));
create policy admin_actions_insert on admin_actions for insert
  with check (
    (select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN')
    and admin_id = (select undercroft.tenant_uuid())
  );

alter table moderation_logs enable row level security;
alter table moderation_logs force row level security;
create policy moderation_logs_admin_select on moderation_logs for select
  using ((select undercroft.actor_role()) in ('ADMIN', 'SUPER_ADMIN'));
create policy moderation_logs_moderator_select on moderation_logs for select
  using (room_id = any (array(select r::text from caller_moderated_room_ids() r)));
create policy moderation_logs_insert on moderation_logs for insert
  with check (
    moderator_id = (select undercroft.tenant())
    and room_id = any (array(select r::text from caller_moderated_room_ids() r))
  );
