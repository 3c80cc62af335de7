-- Projects.

create table projects (
  id text not null default gen_random_uuid(),
  name text not null,
  description text,
  owner_id text not null,
  status text not null default 'ACTIVE',
  settings jsonb,
  template text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint projects_pkey primary key (id),
  constraint projects_owner_id_fkey foreign key (owner_id) references users (id) on delete cascade,
  constraint projects_status_known check (status in ('ACTIVE', 'ARCHIVED', 'DELETED')),
  constraint projects_name_present check (name <> ''),
  constraint projects_settings_object check (jsonb_typeof(settings) = 'object'),
  constraint projects_deleted_at_by_status check ((status = 'DELETED') = (deleted_at is not null))
);

create index idx_project_owner on projects (owner_id);
create index idx_project_status on projects (status);

create function projects_transition() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'ACTIVE' then
      raise exception 'a project begins as ACTIVE, not as %', new.status
        using errcode = 'check_violation', table = 'projects', column = 'status', constraint = 'projects_transition';
    end if;
    return new;
  end if;
  if (new.id, new.owner_id) is distinct from (old.id, old.owner_id) then
    raise exception 'a project keeps its id and its owner'
      using errcode = 'check_violation', table = 'projects', column = 'owner_id', constraint = 'projects_owner_fixed';
  end if;
  if old.status = 'DELETED' and new.status <> old.status then
    raise exception 'a deleted project stays deleted'
      using errcode = 'check_violation', table = 'projects', column = 'status', constraint = 'projects_transition';
  end if;
  if new.status = 'DELETED' then
    new.deleted_at := coalesce(old.deleted_at, clock_timestamp());
  end if;
  return new;
end
$$;
comment on function projects_transition() is 'ACTIVE and ARCHIVED lead to each other and to DELETED, which is final.';

create trigger projects_transition before insert or update on projects
  for each row execute function projects_transition();
create trigger projects_updated_at before update on projects
  for each row execute function set_updated_at();

comment on table projects is 'Projects.';
comment on column projects.status is 'ACTIVE, ARCHIVED or DELETED.';
comment on column projects.settings is 'An object: language, framework, aiEnabled, codeReviewEnabled, securityScanEnabled.';
comment on column projects.template is 'What the project was made from.';
comment on column projects.deleted_at is 'When the status became DELETED; set by a trigger.';
