-- The artist that a user is, at most one.

create table artist_profiles (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  artist_name text not null,
  bio text,
  verified boolean not null default false,
  verified_at timestamptz,
  website_url text,
  spotify_url text,
  soundcloud_url text,
  bandcamp_url text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint artist_profiles_pkey primary key (id),
  constraint artist_profiles_user_id_key unique (user_id),
  constraint artist_profiles_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint artist_profiles_verified_at check (not verified or verified_at is not null)
);

create index idx_artist_profiles_name on artist_profiles (artist_name);
create index idx_artist_profiles_verified on artist_profiles (verified) where verified = true;
create index idx_artist_profiles_name_trgm on artist_profiles using gin (artist_name gin_trgm_ops) where verified = true;

create trigger artist_profiles_updated_at before update on artist_profiles
  for each row execute function set_updated_at();

comment on table artist_profiles is 'Artist profiles, at most one per user; deleted with the user.';
comment on column artist_profiles.verified is 'Proved by a claim code on the artist''s page, or by an administrator.';
comment on column artist_profiles.verified_at is 'Set when verified.';
