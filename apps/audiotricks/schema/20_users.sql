-- Accounts. All times of this database are UTC, in columns without a zone.

create table users (
  id uuid not null default gen_random_uuid(),
  email varchar(255) not null,
  username varchar(100) not null,
  password_hash varchar(255) not null,
  created_at timestamp not null default timezone('utc', now()),
  updated_at timestamp not null default timezone('utc', now()),
  last_login_at timestamp,
  is_active boolean not null default true,
  constraint users_pkey primary key (id),
  constraint users_email_key unique (email),
  constraint users_username_key unique (username),
  -- No @: a name can never be taken for somebody's address at sign-in.
  constraint users_username_characters check (username ~ '^[A-Za-z0-9_-]+$')
);

-- A@example.com and a@example.com are one person.
create unique index users_email_lower_key on users (lower(email));
create unique index users_username_lower_key on users (lower(username));

-- A deactivated account is signed out everywhere, at once.
create function users_end_sessions() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  delete from sessions where user_id = new.id;
  return null;
end
$$;
comment on function users_end_sessions() is 'Ends every session of an account that is no longer active.';

-- Users change their own account, but not what decides about signing in.
create function users_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if (select undercroft.tenant()) is null then
    return new;
  end if;
  if (new.id, new.created_at, new.last_login_at) is distinct from (old.id, old.created_at, old.last_login_at) then
    raise exception 'only signing in sets last_login_at, and nothing changes id and created_at'
      using errcode = 'insufficient_privilege', table = 'users', constraint = 'users_fixed_columns';
  end if;
  if new.is_active and not old.is_active then
    raise exception 'a deactivated account cannot reactivate itself'
      using errcode = 'insufficient_privilege', table = 'users', column = 'is_active', constraint = 'users_reactivation';
  end if;
  return new;
end
$$;
comment on function users_guard() is 'Keeps a user from changing what only the service decides.';

create trigger users_guard before update on users
  for each row execute function users_guard();
create trigger users_updated_at before update on users
  for each row execute function set_updated_at();
create trigger users_end_sessions after update of is_active on users
  for each row when (old.is_active and not new.is_active) execute function users_end_sessions();

comment on table users is 'Accounts. Deactivating (is_active) is the normal farewell, deleting the row an explicit erasure.';
comment on column users.username is 'Letters, digits, _ and - only.';
comment on column users.password_hash is 'bcrypt, cost 12.';
comment on column users.updated_at is 'Last change of the row, set by a trigger.';
comment on column users.last_login_at is 'Last successful sign-in; null before the first.';
comment on column users.is_active is 'False: soft-deleted; cannot sign in, and open sessions have ended.';
