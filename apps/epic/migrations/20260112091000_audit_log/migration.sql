-- Every change leaves an entry.

-- Every change, and every look of an administrator at the rows of others.

create table audit_log (
  id bigint generated always as identity,
  user_id text,
  actor_role text,
  action text not null,
  entity text not null,
  entity_id text,
  old_values jsonb,
  new_values jsonb,
  created_at timestamptz not null default clock_timestamp(),
  constraint audit_log_pkey primary key (id),
  constraint audit_log_action check (action in ('CREATE', 'UPDATE', 'DELETE', 'ROLE_CHANGE', 'ADMIN_READ'))
);

create index audit_log_entity_idx on audit_log (entity, entity_id);
create index audit_log_user_idx on audit_log (user_id, created_at desc);
create index audit_log_created_at_idx on audit_log (created_at desc);

create function audit_log_append_only() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  raise exception 'audit_log is append-only: % is refused', tg_op
    using errcode = 'insufficient_privilege', table = 'audit_log';
end
$$;
comment on function audit_log_append_only() is 'Refuses every change of the audit log but an insert, for every role.';

create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function audit_log_append_only();
-- Fires even where session_replication_role switches ordinary triggers off.
alter table audit_log enable always trigger audit_log_append_only;

-- Argument: the secret columns. Of a secret the log says that it changed, not what it was.
create function record_change() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  secret text[] := string_to_array(tg_argv[0], ',');
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  whole jsonb := coalesce(after, before);
  what text := case tg_op when 'INSERT' then 'CREATE' else tg_op end;
begin
  if tg_op = 'UPDATE' then
    if tg_table_name = 'users' and before -> 'role' is distinct from after -> 'role' then
      what := 'ROLE_CHANGE';
    end if;
    select coalesce(jsonb_object_agg(b.key, b.value), '{}'), coalesce(jsonb_object_agg(b.key, after -> b.key), '{}')
      into before, after
      from jsonb_each(before) b
     where b.value is distinct from after -> b.key;
  end if;
  select case when before is not null then coalesce(jsonb_object_agg(b.key, case when b.key = any (secret) and b.value <> 'null' then '"(secret)"' else b.value end), '{}') end
    into before from jsonb_each(coalesce(before, '{}')) b;
  select case when after is not null then coalesce(jsonb_object_agg(a.key, case when a.key = any (secret) and a.value <> 'null' then '"(secret)"' else a.value end), '{}') end
    into after from jsonb_each(coalesce(after, '{}')) a;
  insert into audit_log (user_id, actor_role, action, entity, entity_id, old_values, new_values)
  values ((select undercroft.tenant()), (select undercroft.actor_role()), what, tg_table_name,
          coalesce(whole ->> 'id', whole ->> 'identifier'), before, after);
  return null;
end
$$;
revoke all on function record_change() from public;
comment on function record_change() is 'Writes one entry of the audit log for a changed row; of an update only what changed.';

-- A query cannot be seen by a trigger: whoever reads as an administrator says so here.
create function record_admin_read(entity text, entity_id text) returns void
  language sql
  security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  insert into audit_log (user_id, actor_role, action, entity, entity_id)
  values ((select undercroft.tenant()), (select undercroft.actor_role()), 'ADMIN_READ', $1, $2)
$$;
comment on function record_admin_read(text, text) is 'Records that an administrator looked at rows of others.';

create trigger users_audit after insert or update or delete on users
  for each row execute function record_change('api_keys');
create trigger accounts_audit after insert or update or delete on accounts
  for each row execute function record_change('refresh_token,access_token,id_token,session_state');
create trigger sessions_audit after insert or update or delete on sessions
  for each row execute function record_change('session_token');
create trigger verification_tokens_audit after insert or update or delete on verification_tokens
  for each row execute function record_change('token');
create trigger projects_audit after insert or update or delete on projects
  for each row execute function record_change('');
create trigger jobs_audit after insert or update or delete on jobs
  for each row execute function record_change('');
create trigger scenes_audit after insert or update or delete on scenes
  for each row execute function record_change('');
create trigger assets_audit after insert or update or delete on assets
  for each row execute function record_change('');
create trigger presets_audit after insert or update or delete on presets
  for each row execute function record_change('');

comment on table audit_log is 'Append-only record of every change and every look of an administrator. Update, delete and truncate are refused.';
comment on column audit_log.user_id is 'Who acted; null for background work. No foreign key: the entry outlives the account.';
comment on column audit_log.actor_role is 'The role in which the actor acted.';
comment on column audit_log.old_values is 'The row before; of an update the changed columns. A secret reads "(secret)".';
comment on column audit_log.new_values is 'The row after; of an update the changed columns. A secret reads "(secret)".';
