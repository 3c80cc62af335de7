-- Signed-in browsers, and tokens that prove an address.

create table sessions (
  id text not null default gen_random_uuid(),
  session_token text not null,
  user_id text not null,
  expires timestamptz not null,
  constraint sessions_pkey primary key (id),
  constraint sessions_session_token_key unique (session_token),
  constraint sessions_session_token_sha256 check (session_token ~ '^[0-9a-f]{64}$'),
  constraint sessions_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create index sessions_user_id_idx on sessions (user_id);
create index sessions_expires_idx on sessions (expires);

comment on table sessions is 'Signed-in browsers.';
comment on column sessions.session_token is 'SHA-256 of the token in hexadecimal.';
comment on column sessions.expires is 'From this time on the session is refused; removed hourly.';

create table verification_tokens (
  identifier text not null,
  token text not null,
  expires timestamptz not null,
  constraint verification_tokens_pkey primary key (identifier, token),
  constraint verification_tokens_token_key unique (token),
  constraint verification_tokens_token_sha256 check (token ~ '^[0-9a-f]{64}$')
);

create index verification_tokens_expires_idx on verification_tokens (expires);

comment on table verification_tokens is 'Tokens that prove an address, used once.';
comment on column verification_tokens.identifier is 'The address.';
comment on column verification_tokens.token is 'SHA-256 of the token in hexadecimal.';
