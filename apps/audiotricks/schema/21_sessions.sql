-- Signed-in devices. A token without its row here is worth nothing.

create table sessions (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  token_hash varchar(255) not null,
  expires_at timestamp not null,
  created_at timestamp not null default timezone('utc', now()),
  constraint sessions_pkey primary key (id),
  constraint sessions_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  -- One index serves uniqueness and look-up.
  constraint sessions_token_hash_key unique (token_hash),
  constraint sessions_token_hash_sha256 check (token_hash ~ '^[0-9a-f]{64}$'),
  constraint sessions_expires_later check (expires_at > created_at)
);

create index sessions_user_id_idx on sessions (user_id);
-- For the removal of expired sessions.
create index sessions_expires_at_idx on sessions (expires_at);

comment on table sessions is 'Signed-in devices.';
comment on column sessions.id is 'Stands in the token as the session id.';
comment on column sessions.token_hash is 'SHA-256 of the token in hexadecimal; the token itself is nowhere in the database.';
comment on column sessions.expires_at is 'From this time on the session is refused.';
