-- Users, sign-in, projects, jobs, scenes, assets and presets.

-- Enumerations.

create type user_role as enum ('USER', 'PREMIUM', 'ADMIN');
comment on type user_role is 'USER; PREMIUM with higher quotas, own keys and earlier jobs; ADMIN for support and monitoring.';

create type project_status as enum ('DRAFT', 'READY', 'PROCESSING', 'COMPLETED', 'FAILED');
comment on type project_status is 'DRAFT to READY or FAILED; READY to PROCESSING or DRAFT; PROCESSING to COMPLETED or FAILED; COMPLETED to DRAFT; FAILED to DRAFT or READY.';

create type job_status as enum ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');
comment on type job_status is 'QUEUED to RUNNING or CANCELLED; RUNNING to SUCCEEDED, FAILED or CANCELLED; FAILED to QUEUED while attempts are left.';

create type asset_type as enum ('IMAGE', 'AUDIO', 'VIDEO', 'TEXT', 'JSON');
comment on type asset_type is 'What an asset is.';

-- Trigger functions that several tables share.

create function set_updated_at() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;
comment on function set_updated_at() is 'Stamps the row with the time of its last change, also when one transaction changes it twice.';

create function refuse_new_owner() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  if (new.id, new.user_id) is distinct from (old.id, old.user_id) then
    raise exception 'a row of % keeps its id and its user', tg_table_name
      using errcode = 'check_violation', table = tg_table_name, column = 'user_id', constraint = tg_table_name || '_owner_fixed';
  end if;
  return new;
end
$$;
comment on function refuse_new_owner() is 'No update moves a row to another user.';

create function guard_soft_delete() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  if old.deleted_at is not null and new.deleted_at is distinct from old.deleted_at
    and (select undercroft.tenant()) is not null
    and (select undercroft.actor_role()) is distinct from 'ADMIN' then
    raise exception 'only an administrator restores what was deleted'
      using errcode = 'insufficient_privilege', table = tg_table_name, column = 'deleted_at', constraint = tg_table_name || '_restore';
  end if;
  return new;
end
$$;
comment on function guard_soft_delete() is 'Deleted rows come back through an administrator alone.';

-- People.

create table users (
  id text not null default gen_random_uuid(),
  email text not null,
  name text,
  image text,
  role user_role not null default 'USER',
  settings jsonb,
  api_keys jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint users_pkey primary key (id),
  constraint users_email_key unique (email),
  constraint users_settings_object check (jsonb_typeof(settings) = 'object'),
  constraint users_api_keys_known check (
    api_keys - array['gemini_api_key', 'openai_api_key', 'anthropic_api_key', 'created_at', 'last_used_at'] = '{}'
  ),
  -- The forms in which the providers issue keys: such a value was not encrypted.
  constraint users_api_keys_encrypted check (
    not coalesce(api_keys ->> 'gemini_api_key' ~ '^AIza', false)
    and not coalesce(api_keys ->> 'openai_api_key' ~ '^sk-', false)
    and not coalesce(api_keys ->> 'anthropic_api_key' ~ '^sk-', false)
  )
);

create unique index users_email_lower_key on users (lower(email));
create index users_deleted_at_idx on users (deleted_at) where deleted_at is not null;

create function users_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if new.id is distinct from old.id then
    raise exception 'a user keeps the id'
      using errcode = 'check_violation', table = 'users', column = 'id', constraint = 'users_id_fixed';
  end if;
  if new.role is distinct from old.role
    and (select undercroft.tenant()) is not null
    and (select undercroft.actor_role()) is distinct from 'ADMIN' then
    raise exception 'only an administrator changes roles'
      using errcode = 'insufficient_privilege', table = 'users', column = 'role', constraint = 'users_role_change';
  end if;
  return new;
end
$$;
comment on function users_guard() is 'Nobody promotes oneself.';

create trigger users_guard before update on users
  for each row execute function users_guard();
create trigger users_soft_delete before update of deleted_at on users
  for each row execute function guard_soft_delete();
create trigger users_updated_at before update on users
  for each row execute function set_updated_at();

comment on table users is 'People. Every other table but the verification tokens reaches one of them.';
comment on column users.settings is 'An object: language, timezone, theme, notifications, privacy; absent keys mean the defaults.';
comment on column users.api_keys is 'Encrypted keys a PREMIUM or ADMIN user brought: gemini_api_key, openai_api_key, anthropic_api_key, and when they came and were used.';
comment on column users.deleted_at is 'Soft delete; removed for good after 30 days.';

-- Sign-ins at other services.

create table accounts (
  id text not null default gen_random_uuid(),
  user_id text not null,
  type text not null,
  provider text not null,
  provider_account_id text not null,
  refresh_token text,
  access_token text,
  expires_at integer,
  token_type text,
  scope text,
  id_token text,
  session_state text,
  constraint accounts_pkey primary key (id),
  constraint accounts_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint accounts_provider_account_key unique (provider, provider_account_id),
  -- A readable token of this form was not encrypted.
  constraint accounts_tokens_encrypted check (
    not coalesce(id_token ~ '^eyJ', false) and not coalesce(access_token ~ '^eyJ', false)
  )
);

create index accounts_user_id_idx on accounts (user_id);

create trigger accounts_owner before update on accounts
  for each row execute function refuse_new_owner();

comment on table accounts is 'Links to accounts at sign-in services.';
comment on column accounts.refresh_token is 'Encrypted.';
comment on column accounts.access_token is 'Encrypted.';
comment on column accounts.id_token is 'Encrypted.';
comment on column accounts.expires_at is 'When the access token ends, in seconds since 1970.';

-- Signed-in browsers, and tokens that prove an address.

create table sessions (
  id text not null default gen_random_uuid(),
  session_token text not null,
  user_id text not null,
  expires timestamptz not null,
  constraint sessions_pkey primary key (id),
  constraint sessions_session_token_key unique (session_token),
  constraint sessions_session_token_sha256 check (session_token ~ '^[0-9a-f]{64}$'),
  constraint sessions_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create index sessions_user_id_idx on sessions (user_id);
create index sessions_expires_idx on sessions (expires);

comment on table sessions is 'Signed-in browsers.';
comment on column sessions.session_token is 'SHA-256 of the token in hexadecimal.';
comment on column sessions.expires is 'From this time on the session is refused; removed hourly.';

create table verification_tokens (
  identifier text not null,
  token text not null,
  expires timestamptz not null,
  constraint verification_tokens_pkey primary key (identifier, token),
  constraint verification_tokens_token_key unique (token),
  constraint verification_tokens_token_sha256 check (token ~ '^[0-9a-f]{64}$')
);

create index verification_tokens_expires_idx on verification_tokens (expires);

comment on table verification_tokens is 'Tokens that prove an address, used once.';
comment on column verification_tokens.identifier is 'The address.';
comment on column verification_tokens.token is 'SHA-256 of the token in hexadecimal.';

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

-- Generated media files.

create table assets (
  id text not null default gen_random_uuid(),
  user_id text not null,
  type asset_type not null,
  uri text not null,
  metadata jsonb,
  size_bytes bigint,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint assets_pkey primary key (id),
  constraint assets_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint assets_uri_present check (uri <> ''),
  constraint assets_size check (size_bytes >= 0)
);

create index assets_user_id_idx on assets (user_id);
create index assets_type_idx on assets (type);
-- For the removal of expired assets.
create index assets_expires_at_idx on assets (expires_at);
create index assets_deleted_at_idx on assets (deleted_at) where deleted_at is not null;

create trigger assets_owner before update on assets
  for each row execute function refuse_new_owner();
create trigger assets_soft_delete before update of deleted_at on assets
  for each row execute function guard_soft_delete();

comment on table assets is 'Generated media files of a user.';
comment on column assets.uri is 'Address in the object store.';
comment on column assets.expires_at is 'Removed after this time; null: kept.';
comment on column assets.deleted_at is 'Soft delete; removed for good after 30 days.';

-- The story of a project, in order.

create table scenes (
  id text not null default gen_random_uuid(),
  project_id text not null,
  scene_index integer not null,
  text text not null,
  prompt text,
  image_asset_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint scenes_pkey primary key (id),
  constraint scenes_project_id_fkey foreign key (project_id) references projects (id) on delete cascade,
  constraint scenes_image_asset_id_fkey foreign key (image_asset_id) references assets (id) on delete set null,
  -- Serves the look-up by project, too.
  constraint scenes_project_index_key unique (project_id, scene_index),
  constraint scenes_index_from_zero check (scene_index >= 0)
);

create index scenes_image_asset_id_idx on scenes (image_asset_id);

create function scenes_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'UPDATE' and (new.id, new.project_id) is distinct from (old.id, old.project_id) then
    raise exception 'a scene keeps its project'
      using errcode = 'check_violation', table = 'scenes', column = 'project_id', constraint = 'scenes_project_fixed';
  end if;
  if new.image_asset_id is not null and not exists (
      select from projects p join assets a on a.user_id = p.user_id
       where p.id = new.project_id and a.id = new.image_asset_id) then
    raise exception 'the picture of a scene belongs to the user of its project'
      using errcode = 'foreign_key_violation', table = 'scenes', column = 'image_asset_id', constraint = 'scenes_image_asset_id_fkey';
  end if;
  return new;
end
$$;
comment on function scenes_guard() is 'A scene stays in its project and shows a picture of the same user.';

create trigger scenes_guard before insert or update on scenes
  for each row execute function scenes_guard();
create trigger scenes_updated_at before update on scenes
  for each row execute function set_updated_at();

comment on table scenes is 'Scenes of a project.';
comment on column scenes.scene_index is 'Place in the story, from 0.';
comment on column scenes.prompt is 'What the picture is made from.';

-- Templates of a user.

create table presets (
  id text not null default gen_random_uuid(),
  user_id text not null,
  name text not null,
  config jsonb not null,
  is_default boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint presets_pkey primary key (id),
  constraint presets_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint presets_name_present check (name <> ''),
  constraint presets_config_object check (jsonb_typeof(config) = 'object')
);

create index presets_user_id_idx on presets (user_id);
create unique index presets_one_default_key on presets (user_id) where is_default and deleted_at is null;
create index presets_deleted_at_idx on presets (deleted_at) where deleted_at is not null;

create trigger presets_owner before update on presets
  for each row execute function refuse_new_owner();
create trigger presets_soft_delete before update of deleted_at on presets
  for each row execute function guard_soft_delete();
create trigger presets_updated_at before update on presets
  for each row execute function set_updated_at();

comment on table presets is 'Templates of a user.';
comment on column presets.is_default is 'What a new project starts from; at most one per user.';
comment on column presets.deleted_at is 'Soft delete; removed for good after 30 days.';
