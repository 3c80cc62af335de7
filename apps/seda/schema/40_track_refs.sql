-- Tracks that messages linked to, by provider.

create table track_refs (
  id uuid not null default gen_random_uuid(),
  provider text not null,
  provider_id text not null,
  url text not null,
  title text not null,
  artist text not null,
  artwork text,
  duration integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint track_refs_pkey primary key (id),
  constraint track_refs_provider_provider_id_key unique (provider, provider_id),
  -- One index serves uniqueness and look-up.
  constraint idx_track_refs_url unique (url),
  constraint track_refs_duration_range check (duration > 0)
);

create index idx_track_refs_provider on track_refs (provider);

create trigger track_refs_updated_at before update on track_refs
  for each row execute function set_updated_at();

comment on table track_refs is 'What is known about tracks that were linked.';
comment on column track_refs.provider is 'spotify, youtube, apple, bandcamp, beatport; text, so that a new provider needs no migration.';
comment on column track_refs.duration is 'Seconds.';
