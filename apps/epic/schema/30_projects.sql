-- Videos in the making.

create table projects (
  id text not null default gen_random_uuid(),
  user_id text not null,
  title text not null,
  description text,
  status project_status not null default 'DRAFT',
  config jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint projects_pkey primary key (id),
  constraint projects_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint projects_title_present check (title <> ''),
  constraint projects_config_object check (jsonb_typeof(config) = 'object')
);

create index projects_user_id_idx on projects (user_id);
create index projects_deleted_at_idx on projects (deleted_at) where deleted_at is not null;

create function projects_transition() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'DRAFT' then
      raise exception 'a project begins as DRAFT, not as %', new.status
        using errcode = 'check_violation', table = 'projects', column = 'status', constraint = 'projects_transition';
    end if;
    return new;
  end if;
  if new.status <> old.status and not (case old.status
      when 'DRAFT' then new.status in ('READY', 'FAILED')
      when 'READY' then new.status in ('PROCESSING', 'DRAFT')
      when 'PROCESSING' then new.status in ('COMPLETED', 'FAILED')
      when 'COMPLETED' then new.status = 'DRAFT'
      when 'FAILED' then new.status in ('DRAFT', 'READY')
    end) then
    raise exception 'a project cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', table = 'projects', column = 'status', constraint = 'projects_transition';
  end if;
  return new;
end
$$;
comment on function projects_transition() is 'Keeps a project on its path; see project_status.';

create trigger projects_transition before insert or update of status on projects
  for each row execute function projects_transition();
create trigger projects_owner before update on projects
  for each row execute function refuse_new_owner();
create trigger projects_soft_delete before update of deleted_at on projects
  for each row execute function guard_soft_delete();
create trigger projects_updated_at before update on projects
  for each row execute function set_updated_at();

comment on table projects is 'Video projects of a user.';
comment on column projects.config is 'An object: aspect_ratio, template, voice, generation, safety.';
comment on column projects.deleted_at is 'Soft delete; refused while a job is queued or running; removed for good after 30 days.';
