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
