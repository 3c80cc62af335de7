-- Who did what. Rows are added, never changed.

create table audit_log (
  id uuid not null default gen_random_uuid(),
  user_id uuid,
  user_email varchar(255) not null,
  user_role user_role not null,
  action varchar(100) not null,
  entity_type varchar(50) not null,
  entity_id uuid,
  ip_address inet,
  user_agent text,
  metadata jsonb,
  created_at timestamptz not null default now(),
  constraint audit_log_pkey primary key (id)
);

create index audit_log_user_id_idx on audit_log (user_id, created_at desc);
create index audit_log_action_idx on audit_log (action, created_at desc);
create index audit_log_entity_idx on audit_log (entity_type, entity_id);
create index audit_log_created_at_idx on audit_log (created_at desc);
create index audit_log_metadata_idx on audit_log using gin (metadata) where metadata is not null;

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

comment on table audit_log is 'Append-only record of who did what, with context. Update, delete and truncate are refused.';
comment on column audit_log.user_id is 'Who acted. No foreign key: the entry states a fact and outlives the account.';
comment on column audit_log.user_email is 'Copy of the actor''s address at that time.';
comment on column audit_log.user_role is 'Copy of the actor''s role at that time.';
