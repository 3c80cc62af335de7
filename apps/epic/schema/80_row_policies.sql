-- Who may see and change which rows.
--
-- The caller is (undercroft.tenant(), undercroft.actor_role()): a user's id with USER, PREMIUM or ADMIN.
-- Without a caller both are null and no comparison holds. An ADMIN reads everything but secrets and changes
-- what support needs. Sign-up, sign-in, workers and clean-ups run in system sessions, which no policy binds.
-- A soft-deleted row stays visible here, because an update must still see its result; the live_ views hide it.

alter table users enable row level security;
alter table users force row level security;
create policy users_own_select on users for select
  using (id = (select undercroft.tenant()));
create policy users_own_update on users for update
  using (id = (select undercroft.tenant()))
  with check (id = (select undercroft.tenant()));
create policy users_own_delete on users for delete
  using (id = (select undercroft.tenant()));
create policy users_admin_select on users for select
  using ((select undercroft.actor_role()) = 'ADMIN');
create policy users_admin_update on users for update
  using ((select undercroft.actor_role()) = 'ADMIN')
  with check ((select undercroft.actor_role()) = 'ADMIN');

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

-- Read and written by signing in only: no policy, so nobody else sees a row.
alter table verification_tokens enable row level security;
alter table verification_tokens force row level security;

alter table projects enable row level security;
alter table projects force row level security;
create policy projects_own_select on projects for select
  using (user_id = (select undercroft.tenant()));
create policy projects_own_insert on projects for insert
  with check (user_id = (select undercroft.tenant()));
create policy projects_own_update on projects for update
  using (user_id = (select undercroft.tenant()))
  with check (user_id = (select undercroft.tenant()));
create policy projects_admin_select on projects for select
  using ((select undercroft.actor_role()) = 'ADMIN');
create policy projects_admin_update on projects for update
  using ((select undercroft.actor_role()) = 'ADMIN')
  with check ((select undercroft.actor_role()) = 'ADMIN');

alter table assets enable row level security;
alter table assets force row level security;
create policy assets_own_select on assets for select
  using (user_id = (select undercroft.tenant()));
create policy assets_own_insert on assets for insert
  with check (user_id = (select undercroft.tenant()));
create policy assets_own_update on assets for update
  using (user_id = (select undercroft.tenant()))
  with check (user_id = (select undercroft.tenant()));
create policy assets_admin_select on assets for select
  using ((select undercroft.actor_role()) = 'ADMIN');
create policy assets_admin_update on assets for update
  using ((select undercroft.actor_role()) = 'ADMIN')
  with check ((select undercroft.actor_role()) = 'ADMIN');

alter table presets enable row level security;
alter table presets force row level security;
create policy presets_own_select on presets for select
  using (user_id = (select undercroft.tenant()));
create policy presets_own_insert on presets for insert
  with check (user_id = (select undercroft.tenant()));
create policy presets_own_update on presets for update
  using (user_id = (select undercroft.tenant()))
  with check (user_id = (select undercroft.tenant()));
create policy presets_admin_select on presets for select
  using ((select undercroft.actor_role()) = 'ADMIN');
create policy presets_admin_update on presets for update
  using ((select undercroft.actor_role()) = 'ADMIN')
  with check ((select undercroft.actor_role()) = 'ADMIN');

-- Scenes and jobs belong to whom their project belongs to.
alter table scenes enable row level security;
alter table scenes force row level security;
create policy scenes_own on scenes
  using (project_id = any (array(select p.id from projects p where p.user_id = (select undercroft.tenant()))))
  with check (project_id = any (array(select p.id from projects p where p.user_id = (select undercroft.tenant()))));
create policy scenes_admin_select on scenes for select
  using ((select undercroft.actor_role()) = 'ADMIN');

alter table jobs enable row level security;
alter table jobs force row level security;
create policy jobs_own_select on jobs for select
  using (project_id = any (array(select p.id from projects p where p.user_id = (select undercroft.tenant()))));
create policy jobs_own_insert on jobs for insert
  with check (project_id = any (array(select p.id from projects p where p.user_id = (select undercroft.tenant()))));
create policy jobs_own_update on jobs for update
  using (project_id = any (array(select p.id from projects p where p.user_id = (select undercroft.tenant()))))
  with check (project_id = any (array(select p.id from projects p where p.user_id = (select undercroft.tenant()))));
create policy jobs_admin_select on jobs for select
  using ((select undercroft.actor_role()) = 'ADMIN');
create policy jobs_admin_update on jobs for update
  using ((select undercroft.actor_role()) = 'ADMIN')
  with check ((select undercroft.actor_role()) = 'ADMIN');

-- Entries come from the triggers, and from an administrator's own look.
alter table audit_log enable row level security;
alter table audit_log force row level security;
create policy audit_log_own_select on audit_log for select
  using (user_id = (select undercroft.tenant()));
create policy audit_log_admin_select on audit_log for select
  using ((select undercroft.actor_role()) = 'ADMIN');
create policy audit_log_append on audit_log for insert
  with check (
    pg_trigger_depth() > 0
    or (action = 'ADMIN_READ' and user_id = (select undercroft.tenant()) and (select undercroft.actor_role()) = 'ADMIN')
  );

-- Reports read everything but secrets, which grants.sql keeps from them.
create policy users_analytics on users for select using ((select current_user) = 'epic_analytics');
create policy accounts_analytics on accounts for select using ((select current_user) = 'epic_analytics');
create policy sessions_analytics on sessions for select using ((select current_user) = 'epic_analytics');
create policy projects_analytics on projects for select using ((select current_user) = 'epic_analytics');
create policy jobs_analytics on jobs for select using ((select current_user) = 'epic_analytics');
create policy scenes_analytics on scenes for select using ((select current_user) = 'epic_analytics');
create policy assets_analytics on assets for select using ((select current_user) = 'epic_analytics');
create policy presets_analytics on presets for select using ((select current_user) = 'epic_analytics');
