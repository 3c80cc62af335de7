-- Work in the background.

create table jobs (
  id text not null default gen_random_uuid(),
  project_id text not null,
  status job_status not null default 'QUEUED',
  config jsonb not null,
  cost_estimate jsonb,
  cost_actual jsonb,
  priority integer not null default 0,
  attempts integer not null default 0,
  started_at timestamptz,
  finished_at timestamptz,
  error_detail jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint jobs_pkey primary key (id),
  constraint jobs_project_id_fkey foreign key (project_id) references projects (id) on delete cascade,
  constraint jobs_config_object check (jsonb_typeof(config) = 'object'),
  constraint jobs_cost_estimate_object check (jsonb_typeof(cost_estimate) = 'object'),
  constraint jobs_cost_actual_object check (jsonb_typeof(cost_actual) = 'object'),
  constraint jobs_error_detail_object check (jsonb_typeof(error_detail) = 'object'),
  constraint jobs_attempts_range check (attempts between 0 and 3),
  constraint jobs_times_ordered check (finished_at >= started_at),
  constraint jobs_times_by_status check (
    case status
      when 'QUEUED' then started_at is null and finished_at is null
      when 'RUNNING' then started_at is not null and finished_at is null
      when 'CANCELLED' then finished_at is not null
      else started_at is not null and finished_at is not null
    end
  )
);

create index jobs_project_id_idx on jobs (project_id);
-- The queue: what to claim next stands first.
create index jobs_status_idx on jobs (status, priority desc, created_at, id);

create function jobs_insert_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
declare
  project record;
begin
  if new.status <> 'QUEUED' or new.attempts <> 0 then
    raise exception 'a job begins as QUEUED without an attempt'
      using errcode = 'check_violation', table = 'jobs', column = 'status', constraint = 'jobs_transition';
  end if;
  -- Locked against a deletion that runs at the same time.
  select p.user_id, p.deleted_at into project from projects p where p.id = new.project_id for share;
  if found and project.deleted_at is not null then
    raise exception 'a deleted project gets no jobs'
      using errcode = 'check_violation', table = 'jobs', column = 'project_id', constraint = 'jobs_project_live';
  end if;
  new.priority := coalesce((select case when u.role = 'USER' then 0 else 10 end from users u where u.id = project.user_id), 0);
  return new;
end
$$;
comment on function jobs_insert_guard() is 'A job begins in the queue of a live project; PREMIUM and ADMIN stand before USER.';

create function jobs_transition() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if (new.id, new.project_id, new.created_at) is distinct from (old.id, old.project_id, old.created_at) then
    raise exception 'a job keeps its project'
      using errcode = 'check_violation', table = 'jobs', column = 'project_id', constraint = 'jobs_project_fixed';
  end if;
  if new.status = old.status then
    if (new.attempts, new.started_at, new.finished_at) is distinct from (old.attempts, old.started_at, old.finished_at) then
      raise exception 'attempts and times of a job change with its status alone'
        using errcode = 'check_violation', table = 'jobs', constraint = 'jobs_times_fixed';
    end if;
    return new;
  end if;
  if not (case old.status
      when 'QUEUED' then new.status in ('RUNNING', 'CANCELLED')
      when 'RUNNING' then new.status in ('SUCCEEDED', 'FAILED', 'CANCELLED')
      when 'FAILED' then new.status = 'QUEUED'
      else false
    end) then
    raise exception 'a job cannot go from % to %', old.status, new.status
      using errcode = 'check_violation', table = 'jobs', column = 'status', constraint = 'jobs_transition';
  end if;
  if new.status = 'QUEUED' and old.attempts >= 3 then
    raise exception 'a job is tried three times'
      using errcode = 'check_violation', table = 'jobs', column = 'attempts', constraint = 'jobs_attempts_left';
  end if;
  if new.status not in ('CANCELLED', 'QUEUED')
    and (select undercroft.tenant()) is not null
    and (select undercroft.actor_role()) is distinct from 'ADMIN' then
    raise exception 'users cancel and repeat jobs, workers run them'
      using errcode = 'insufficient_privilege', table = 'jobs', column = 'status', constraint = 'jobs_workers_only';
  end if;
  new.attempts := old.attempts + case when new.status = 'RUNNING' then 1 else 0 end;
  new.started_at := case new.status when 'QUEUED' then null when 'RUNNING' then clock_timestamp() else old.started_at end;
  new.finished_at := case when new.status in ('SUCCEEDED', 'FAILED', 'CANCELLED') then clock_timestamp() end;
  return new;
end
$$;
comment on function jobs_transition() is 'Keeps a job on its path and stamps its times; see job_status.';

create function projects_without_active_jobs() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if old.deleted_at is null and new.deleted_at is not null
    and exists (select from jobs j where j.project_id = new.id and j.status in ('QUEUED', 'RUNNING')) then
    raise exception 'a project with a queued or running job cannot be deleted'
      using errcode = 'check_violation', table = 'projects', column = 'deleted_at', constraint = 'projects_no_active_jobs';
  end if;
  return null;
end
$$;
comment on function projects_without_active_jobs() is 'Deleting waits for the jobs.';

create trigger jobs_insert_guard before insert on jobs
  for each row execute function jobs_insert_guard();
create trigger jobs_transition before update on jobs
  for each row execute function jobs_transition();
create trigger jobs_updated_at before update on jobs
  for each row execute function set_updated_at();
create trigger projects_without_active_jobs after update of deleted_at on projects
  for each row execute function projects_without_active_jobs();

comment on table jobs is 'Background work on a project.';
comment on column jobs.cost_estimate is 'An object: llm_cost, image_cost, tts_cost, render_cost, total_min, total_max, currency.';
comment on column jobs.cost_actual is 'An object: the four costs, total, currency, breakdown.';
comment on column jobs.priority is 'Higher runs earlier; from the role of the user when the job was made.';
comment on column jobs.attempts is 'How often a worker has begun it; at most three times.';
comment on column jobs.started_at is 'When the present attempt began; a worker has 300 s.';
comment on column jobs.error_detail is 'An object: code, message, details, timestamp, retryable.';

create function jobs_tell() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  perform pg_notify('undercroft_news',
    encode(sha256(convert_to('project/' || new.project_id, 'UTF8')), 'hex') || ' ' || new.id);
  return null;
end
$$;
comment on function jobs_tell() is 'Tells who follows the project how its jobs go on.';

create trigger jobs_tell after insert or update on jobs
  for each row execute function jobs_tell();
