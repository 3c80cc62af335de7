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
