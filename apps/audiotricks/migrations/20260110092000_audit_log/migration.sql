-- Every change of data leaves an entry.

-- Every change of data, with who, when, old and new values.

create table audit_log (
  id bigint generated always as identity,
  occurred_at timestamp not null default timezone('utc', clock_timestamp()),
  actor_id text,
  actor_role text,
  owner_id uuid,
  action text not null,
  table_name text not null,
  record_id uuid not null,
  old_values jsonb,
  new_values jsonb,
  constraint audit_log_pkey primary key (id),
  constraint audit_log_action check (action in ('INSERT', 'UPDATE', 'DELETE'))
);

create index audit_log_record_idx on audit_log (table_name, record_id);
create index audit_log_owner_idx on audit_log (owner_id, occurred_at desc);
create index audit_log_occurred_at_idx on audit_log (occurred_at desc);

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

-- Arguments: the table's name (a partition would say its own), secret columns, derived columns.
-- Of a secret the log says that it changed, of a derived column nothing.
create function record_change() returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  secret text[] := string_to_array(tg_argv[1], ',');
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - string_to_array(tg_argv[2], ',') end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - string_to_array(tg_argv[2], ',') end;
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
  insert into audit_log (actor_id, actor_role, owner_id, action, table_name, record_id, old_values, new_values)
  values (
    (select undercroft.tenant()),
    (select undercroft.actor_role()),
    coalesce(whole ->> 'user_id', whole ->> 'id')::uuid,
    tg_op,
    tg_argv[0],
    coalesce(whole ->> 'id', whole ->> 'user_id')::uuid,
    before,
    after);
  return null;
end
$$;
revoke all on function record_change() from public;
comment on function record_change() is 'Writes one entry of the audit log for a changed row; of an update only what changed.';

create trigger users_audit after insert or update or delete on users
  for each row execute function record_change('users', 'password_hash', '');
create trigger sessions_audit after insert or update or delete on sessions
  for each row execute function record_change('sessions', 'token_hash', '');
create trigger user_settings_audit after insert or update or delete on user_settings
  for each row execute function record_change('user_settings', 'openai_api_key_encrypted,elevenlabs_api_key_encrypted', '');
create trigger audio_history_audit after insert or update or delete on audio_history
  for each row execute function record_change('audio_history', '', 'search');

comment on table audit_log is 'Append-only record of every change of data. Update, delete and truncate are refused.';
comment on column audit_log.actor_id is 'Who acted: the user of the request; null for background work.';
comment on column audit_log.owner_id is 'Whose row it is. No foreign key: the entry outlives the account.';
comment on column audit_log.record_id is 'The id of the row; of user_settings the user''s.';
comment on column audit_log.old_values is 'The row before; of an update the changed columns. A secret reads "(secret)".';
comment on column audit_log.new_values is 'The row after; of an update the changed columns. A secret reads "(secret)".';
