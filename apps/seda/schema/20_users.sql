-- People, as the external sign-in service knows them.

create table users (
  id uuid not null default gen_random_uuid(),
  email text not null,
  supabase_id text not null,
  role user_role not null default 'USER',
  muted_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_pkey primary key (id),
  -- One index each serves uniqueness and look-up.
  constraint idx_users_email unique (email),
  constraint idx_users_supabase_id unique (supabase_id)
);

create trigger users_updated_at before update on users
  for each row execute function set_updated_at();

comment on table users is 'People. A user with messages cannot be deleted, only anonymised.';
comment on column users.supabase_id is 'The subject at the external sign-in service.';
comment on column users.muted_until is 'Sends no message in any room before this time.';
