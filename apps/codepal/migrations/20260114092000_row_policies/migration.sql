-- Projects by membership, everything else by its user.

-- Who may see and change which rows.
--
-- The caller is (undercroft.tenant(), undercroft.actor_role()): a user's id with user or admin.
-- Without a caller both are null and no comparison holds. Sign-up, sign-in, invitations by address and
-- clean-ups run in system sessions, which no policy binds. A deleted project stays visible to its members
-- here, because an update must still see its result; lists leave it out.

-- The policy of project_members asks for the caller's projects, which are memberships again. While this
-- function reads, it narrows that policy to the caller's own rows through a setting; whoever sets it by
-- hand sees less, never more.
create function caller_project_ids(permission text) returns setof text
  language plpgsql stable
  set search_path = pg_catalog, public
as $$
begin
  perform set_config('codepal.own_memberships_only', 'on', true);
  return query
    select m.project_id
      from project_members m
     where m.user_id = (select undercroft.tenant())
       and permission = any (member_permissions(m.role, m.permissions));
  perform set_config('codepal.own_memberships_only', '', true);
end
$$;
comment on function caller_project_ids(text) is 'The projects in which the caller has a permission: READ, WRITE, DELETE, MANAGE_TEAM or MANAGE_SETTINGS.';

create function caller_owned_project_ids() returns setof text
  language plpgsql stable
  set search_path = pg_catalog, public
as $$
begin
  return query select p.id from projects p where p.owner_id = (select undercroft.tenant());
end
$$;
comment on function caller_owned_project_ids() is 'The projects the caller owns.';

create function caller_colleague_ids() returns setof text
  language plpgsql stable
  set search_path = pg_catalog, public
as $$
begin
  return query
    select m.user_id
      from project_members m
     where m.project_id = any (array(select caller_project_ids('READ')));
end
$$;
comment on function caller_colleague_ids() is 'Everybody who shares a project with the caller.';

alter table users enable row level security;
alter table users force row level security;
create policy users_select on users for select
  using (id = (select undercroft.tenant()) or id = any (array(select caller_colleague_ids())));
create policy users_own_update on users for update
  using (id = (select undercroft.tenant()))
  with check (id = (select undercroft.tenant()));
create policy users_own_delete on users for delete
  using (id = (select undercroft.tenant()));
create policy users_admin_select on users for select
  using ((select undercroft.actor_role()) = 'admin');
create policy users_admin_update on users for update
  using ((select undercroft.actor_role()) = 'admin')
  with check ((select undercroft.actor_role()) = 'admin');

alter table accounts enable row level security;
alter table accounts force row level security;
create policy accounts_own_select on accounts for select
  using (user_id = (select undercroft.tenant()));
create policy accounts_own_delete on accounts for delete
  using (user_id = (select undercroft.tenant()));

alter table sessions enable row level security;
alter table sessions force row level security;
create policy sessions_own_select on sessions for select
  using (user_id = (select undercroft.tenant()));
create policy sessions_own_delete on sessions for delete
  using (user_id = (select undercroft.tenant()));

alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy api_keys_own on api_keys
  using (user_id = (select undercroft.tenant()))
  with check (user_id = (select undercroft.tenant()));

-- Read and written by signing in only: no policy, so nobody else sees a row.
alter table verification_tokens enable row level security;
alter table verification_tokens force row level security;

alter table projects enable row level security;
alter table projects force row level security;
create policy projects_select on projects for select
  using (owner_id = (select undercroft.tenant()) or id = any (array(select caller_project_ids('READ'))));
create policy projects_insert on projects for insert
  with check (owner_id = (select undercroft.tenant()));
create policy projects_update on projects for update
  using (id = any (array(select caller_project_ids('MANAGE_SETTINGS'))))
  with check (id = any (array(select caller_project_ids('MANAGE_SETTINGS'))));
create policy projects_admin_select on projects for select
  using ((select undercroft.actor_role()) = 'admin');

alter table project_members enable row level security;
alter table project_members force row level security;
create policy project_members_select on project_members for select
  using (
    user_id = (select undercroft.tenant())
    or case when (select current_setting('codepal.own_memberships_only', true)) = 'on'
         then false
         else project_id = any (array(select caller_project_ids('READ')))
       end
  );
create policy project_members_insert on project_members for insert
  with check (
    project_id = any (array(select caller_project_ids('MANAGE_TEAM')))
    or project_id = any (array(select caller_owned_project_ids()))
  );
create policy project_members_update on project_members for update
  using (project_id = any (array(select caller_project_ids('MANAGE_TEAM'))))
  with check (project_id = any (array(select caller_project_ids('MANAGE_TEAM'))));
-- Whoever is a member may leave.
create policy project_members_delete on project_members for delete
  using (
    user_id = (select undercroft.tenant())
    or project_id = any (array(select caller_project_ids('MANAGE_TEAM')))
  );
create policy project_members_admin_select on project_members for select
  using ((select undercroft.actor_role()) = 'admin'
    and (select current_setting('codepal.own_memberships_only', true)) is distinct from 'on');

alter table project_files enable row level security;
alter table project_files force row level security;
create policy project_files_select on project_files for select
  using (project_id = any (array(select caller_project_ids('READ'))));
create policy project_files_insert on project_files for insert
  with check (project_id = any (array(select caller_project_ids('WRITE'))));
create policy project_files_update on project_files for update
  using (project_id = any (array(select caller_project_ids('WRITE'))))
  with check (project_id = any (array(select caller_project_ids('WRITE'))));
create policy project_files_delete on project_files for delete
  using (project_id = any (array(select caller_project_ids('DELETE'))));

-- Entries come from the triggers alone.
alter table audit_log enable row level security;
alter table audit_log force row level security;
create policy audit_log_own_select on audit_log for select
  using (user_id = (select undercroft.tenant()));
create policy audit_log_admin_select on audit_log for select
  using ((select undercroft.actor_role()) = 'admin');
create policy audit_log_append on audit_log for insert
  with check (pg_trigger_depth() > 0);

-- Reports read everything but secrets, which grants.sql keeps from them.
create policy users_analytics on users for select using ((select current_user) = 'codepal_analytics');
create policy accounts_analytics on accounts for select using ((select current_user) = 'codepal_analytics');
create policy sessions_analytics on sessions for select using ((select current_user) = 'codepal_analytics');
create policy api_keys_analytics on api_keys for select using ((select current_user) = 'codepal_analytics');
create policy verification_tokens_analytics on verification_tokens for select using ((select current_user) = 'codepal_analytics');
create policy projects_analytics on projects for select using ((select current_user) = 'codepal_analytics');
create policy project_members_analytics on project_members for select using ((select current_user) = 'codepal_analytics');
create policy project_files_analytics on project_files for select using ((select current_user) = 'codepal_analytics');
create policy audit_log_analytics on audit_log for select using ((select current_user) = 'codepal_analytics');
