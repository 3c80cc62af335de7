-- Projects, who works on them, and their files.

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
  constraint projects_pkey primary key (id),
  constraint projects_owner_id_fkey foreign key (owner_id) references users (id) on delete cascade,
  constraint projects_status_known check (status in ('ACTIVE', 'ARCHIVED', 'DELETED'))
);

create index idx_project_owner on projects (owner_id);
create index idx_project_status on projects (status);

create table project_members (
  id text not null default gen_random_uuid(),
  project_id text not null,
  user_id text not null,
  role text not null,
  permissions jsonb,
  joined_at timestamptz not null default now(),
  constraint project_members_pkey primary key (id),
  constraint project_members_project_id_fkey foreign key (project_id) references projects (id) on delete cascade,
  constraint project_members_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint project_members_project_user_key unique (project_id, user_id),
  constraint project_members_role_known check (role in ('VIEWER', 'DEVELOPER', 'ADMIN'))
);

create index idx_project_member_user on project_members (user_id);
create index idx_project_member_project on project_members (project_id);

create table project_files (
  id text not null default gen_random_uuid(),
  project_id text not null,
  path text not null,
  name text not null,
  content text,
  size integer not null,
  type text,
  last_modified timestamptz not null default now(),
  modified_by text,
  constraint project_files_pkey primary key (id),
  constraint project_files_project_id_fkey foreign key (project_id) references projects (id) on delete cascade,
  -- Who leaves takes no files of others along.
  constraint project_files_modified_by_fkey foreign key (modified_by) references users (id) on delete set null,
  constraint idx_project_file_path unique (project_id, path)
);

create index idx_project_file_project on project_files (project_id);

comment on table projects is 'Projects.';
comment on column projects.status is 'ACTIVE, ARCHIVED or DELETED.';
comment on column projects.settings is 'An object: language, framework, aiEnabled, codeReviewEnabled, securityScanEnabled.';
comment on column projects.template is 'What the project was made from.';
comment on table project_members is 'Who works on a project; the owner always does, as ADMIN.';
comment on column project_members.role is 'VIEWER reads, DEVELOPER writes, ADMIN deletes and manages team and settings.';
comment on table project_files is 'Files of a project.';
comment on column project_files.name is 'The last part of the path.';
comment on column project_files.modified_by is 'Who wrote it last; null when that account is gone.';
