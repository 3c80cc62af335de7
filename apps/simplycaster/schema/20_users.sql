-- Permanent accounts: hosts and administrators.

create table users (
  id uuid not null default gen_random_uuid(),
  email varchar(255) not null,
  password_hash varchar(255),
  password_salt varchar(255),
  role user_role not null default 'host',
  is_active boolean not null default true,
  email_verified boolean not null default false,
  failed_login_attempts integer not null default 0,
  locked_until timestamptz,
  last_login_at timestamptz,
  last_login_ip inet,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint users_pkey primary key (id),
  constraint users_created_by_fkey foreign key (created_by) references users (id) on delete set null,
  constraint users_email_format check (email ~ '^[^@[:space:]]+@[^@[:space:].]+(\.[^@[:space:].]+)+$'),
  constraint users_role_permanent check (role in ('host', 'admin')),
  constraint users_failed_login_attempts_range check (failed_login_attempts >= 0),
  constraint users_password_complete check ((password_hash is null) = (password_salt is null))
);

create unique index users_email_key on users (lower(email)) where deleted_at is null;
create index users_role_idx on users (role) where deleted_at is null and is_active;
create index users_locked_until_idx on users (locked_until) where locked_until is not null;
create index users_email_trgm_idx on users using gin (email gin_trgm_ops) where deleted_at is null;

create trigger users_updated_at before update on users
  for each row execute function set_updated_at();

comment on table users is 'Permanent accounts: hosts and administrators. Deleted ones stay, marked by deleted_at, and their address may be used again.';
comment on column users.email is 'Lower case, written so by the services; unique among accounts that are not deleted.';
comment on column users.password_hash is 'Null while activation is pending.';
comment on column users.password_salt is 'Base64 of 32 random bytes, one per account. The pepper is never in the database.';
comment on column users.role is 'host or admin.';
comment on column users.failed_login_attempts is 'Consecutive failures since the last success or the end of the last lock.';
comment on column users.locked_until is 'No login before this time.';
comment on column users.created_by is 'Who invited this account; null for the first ones.';
comment on column users.deleted_at is 'Soft delete: the account is gone for every service, the row is kept.';
