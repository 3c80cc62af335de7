-- Tokens that prove an address.

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
