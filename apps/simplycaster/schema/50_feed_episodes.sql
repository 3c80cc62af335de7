-- Episodes of the podcast feed.

create table feed_episodes (
  id uuid not null default gen_random_uuid(),
  title varchar(255) not null,
  description text,
  slug varchar(255) not null,
  audio_file_path text not null,
  audio_mime_type varchar(100) not null default 'audio/mpeg',
  audio_size_bytes bigint not null,
  duration_seconds integer not null,
  episode_number integer,
  season_number integer,
  explicit boolean not null default false,
  published_at timestamptz,
  is_published boolean not null default false,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint feed_episodes_pkey primary key (id),
  constraint feed_episodes_created_by_fkey foreign key (created_by) references users (id) on delete cascade,
  constraint feed_episodes_slug_format check (slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'),
  constraint feed_episodes_size_range check (audio_size_bytes > 0),
  constraint feed_episodes_duration_range check (duration_seconds > 0),
  constraint feed_episodes_published_at check (not is_published or published_at is not null)
);

create unique index feed_episodes_slug_key on feed_episodes (slug) where deleted_at is null;
create index feed_episodes_published_at_idx on feed_episodes (published_at desc) where is_published and deleted_at is null;
create index feed_episodes_created_by_idx on feed_episodes (created_by, created_at desc) where deleted_at is null;

create trigger feed_episodes_updated_at before update on feed_episodes
  for each row execute function set_updated_at();

comment on table feed_episodes is 'Episodes of the podcast feed; the published ones are public.';
comment on column feed_episodes.slug is 'Name in links: lower-case letters, digits and inner hyphens; unique among episodes that are not deleted.';
comment on column feed_episodes.audio_size_bytes is 'Length of the enclosure in the feed.';
comment on column feed_episodes.published_at is 'Must be set when is_published.';
comment on column feed_episodes.deleted_at is 'Soft delete.';
