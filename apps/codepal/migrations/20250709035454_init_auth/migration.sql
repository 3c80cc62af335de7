-- Authentication: users, their accounts elsewhere, sessions, keys, verification tokens.

create table users (
  id text not null default gen_random_uuid(),
  name text,
  email text,
  email_verified timestamptz,
  image text,
  role text not null default 'user',
  constraint users_pkey primary key (id),
  -- One index serves uniqueness and look-up.
  constraint idx_user_email unique (email)
);

create index idx_user_role on users (role);

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
  constraint accounts_provider_account_key unique (provider, provider_account_id)
);

create table sessions (
  id text not null default gen_random_uuid(),
  session_token text not null,
  user_id text not null,
  expires timestamptz not null,
  constraint sessions_pkey primary key (id),
  constraint sessions_session_token_key unique (session_token),
  constraint sessions_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create table api_keys (
  id text not null default gen_random_uuid(),
  key text not null,
  user_id text not null,
  created_at timestamptz not null default now(),
  constraint api_keys_pkey primary key (id),
  constraint api_keys_key_key unique (key),
  constraint api_keys_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create table verification_tokens (
  identifier text not null,
  token text not null,
  expires timestamptz not null,
  constraint verification_tokens_pkey primary key (identifier, token),
  constraint verification_tokens_token_key unique (token)
);

comment on table users is 'People.';
comment on column users.role is 'user or admin.';
comment on table accounts is 'Links to accounts at sign-in services.';
comment on column accounts.expires_at is 'When the access token ends, in seconds since 1970.';
comment on table sessions is 'Signed-in browsers.';
comment on column sessions.expires is 'From this time on the session is refused; a point in time, never text or a number.';
comment on table api_keys is 'Keys for programs. The key is shown once, when it is made.';
comment on table verification_tokens is 'Tokens that prove an address, used once.';
comment on column verification_tokens.identifier is 'The address.';
