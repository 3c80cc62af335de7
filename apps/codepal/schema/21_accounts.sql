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

comment on table accounts is 'Links to accounts at sign-in services.';
comment on column accounts.refresh_token is 'Encrypted.';
comment on column accounts.access_token is 'Encrypted.';
comment on column accounts.id_token is 'Encrypted.';
comment on column accounts.expires_at is 'When the access token ends, in seconds since 1970.';
