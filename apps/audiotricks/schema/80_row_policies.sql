-- Who may see and change which rows: every user the own ones, nobody else's.
--
-- The caller is undercroft.tenant_uuid(), a user's id. Without a caller it is null and no comparison holds.
-- Registration, sign-in and background work run in system sessions, which no policy binds.

alter table users enable row level security;
alter table users force row level security;
create policy users_own_select on users for select
  using (id = (select undercroft.tenant_uuid()));
create policy users_own_update on users for update
  using (id = (select undercroft.tenant_uuid()))
  with check (id = (select undercroft.tenant_uuid()));
create policy users_own_delete on users for delete
  using (id = (select undercroft.tenant_uuid()));

-- Made by signing in only.
alter table sessions enable row level security;
alter table sessions force row level security;
create policy sessions_own_select on sessions for select
  using (user_id = (select undercroft.tenant_uuid()));
create policy sessions_own_delete on sessions for delete
  using (user_id = (select undercroft.tenant_uuid()));

alter table user_settings enable row level security;
alter table user_settings force row level security;
create policy user_settings_own on user_settings
  using (user_id = (select undercroft.tenant_uuid()))
  with check (user_id = (select undercroft.tenant_uuid()));

alter table audio_history enable row level security;
alter table audio_history force row level security;
create policy audio_history_own on audio_history
  using (user_id = (select undercroft.tenant_uuid()))
  with check (user_id = (select undercroft.tenant_uuid()));

-- Entries come from the triggers alone; a user reads those about the own rows.
alter table audit_log enable row level security;
alter table audit_log force row level security;
create policy audit_log_own_select on audit_log for select
  using (owner_id = (select undercroft.tenant_uuid()));
create policy audit_log_append on audit_log for insert
  with check (pg_trigger_depth() > 0);

-- Reports read what grants.sql leaves them: no secret, and nothing of the history.
create policy users_analytics on users for select using ((select current_user) = 'audiotricks_analytics');
create policy sessions_analytics on sessions for select using ((select current_user) = 'audiotricks_analytics');
create policy user_settings_analytics on user_settings for select using ((select current_user) = 'audiotricks_analytics');
