-- Every change of data.

create table audit_log (
  id bigint generated always as identity,
  user_id varchar(255),
  action varchar(50),
  table_name varchar(50),
  record_id varchar(255),
  old_values jsonb,
  new_values jsonb,
  timestamp timestamp default timezone('utc', clock_timestamp()),
  constraint audit_log_pkey primary key (id)
);

create index audit_log_record_idx on audit_log (table_name, record_id);
create index audit_log_user_idx on audit_log (user_id, timestamp desc);
create index audit_log_timestamp_idx on audit_log (timestamp desc);

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
begin
  if tg_op = 'UPDATE' then
    select coalesce(jsonb_object_agg(b.key, b.value), '{}'), coalesce(jsonb_object_agg(b.key, after -> b.key), '{}')
      into before, after
      from jsonb_each(before) b
     where b.value is distinct from after -> b.key;
  end if;
  select case when before is not null then coalesce(jsonb_object_agg(b.key, case when b.key = any (secret) and b.value <> 'null' then '"(secret)"' else b.value end), '{}') end
    into before from jsonb_each(coalesce(before, '{}')) b;
  select case when after is not null then coalesce(jsonb_object_agg(a.key, case when a.key = any (secret) and a.value <> 'null' then '"(secret)"' else a.value end), '{}') end
    into after from jsonb_each(coalesce(after, '{}')) a;
  insert into audit_log (user_id, action, table_name, record_id, old_values, new_values)
  values ((select undercroft.tenant()), tg_op, tg_table_name, coalesce(whole ->> 'id', whole ->> 'identifier'), before, after);
  return null;
end
$$;
revoke all on function record_change() from public;
comment on function record_change() is 'Writes one entry of the audit log for a changed row; of an update only what changed.';

create trigger users_audit after insert or update or delete on users
  for each row execute function record_change('hashed_password');
create trigger accounts_audit after insert or update or delete on accounts
  for each row execute function record_change('refresh_token,access_token,id_token,session_state');
create trigger sessions_audit after insert or update or delete on sessions
  for each row execute function record_change('session_token');
create trigger api_keys_audit after insert or update or delete on api_keys
  for each row execute function record_change('key');
create trigger verification_tokens_audit after insert or update or delete on verification_tokens
  for each row execute function record_change('token');
create trigger projects_audit after insert or update or delete on projects
  for each row execute function record_change('');
create trigger project_members_audit after insert or update or delete on project_members
  for each row execute function record_change('');
create trigger project_files_audit after insert or update or delete on project_files
  for each row execute function record_change('');

comment on table audit_log is 'Append-only record of every change of data. Update, delete and truncate are refused.';
comment on column audit_log.user_id is 'Who acted; null for background work. No foreign key: the entry outlives the account.';
comment on column audit_log.action is 'INSERT, UPDATE or DELETE.';
comment on column audit_log.old_values is 'The row before; of an update the changed columns. A secret reads "(secret)".';
comment on column audit_log.new_values is 'The row after; of an update the changed columns. A secret reads "(secret)".';
comment on column audit_log.timestamp is 'When, in UTC.';
