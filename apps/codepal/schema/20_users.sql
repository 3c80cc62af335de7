-- People.

create table users (
  id text not null default gen_random_uuid(),
  name text,
  email text,
  email_verified timestamptz,
  image text,
  role text not null default 'user',
  hashed_password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_pkey primary key (id),
  -- One index serves uniqueness and look-up.
  constraint idx_user_email unique (email),
  constraint users_role_known check (role in ('user', 'admin'))
);

create index idx_user_role on users (role);
create unique index users_email_lower_key on users (lower(email));

create function users_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if new.id is distinct from old.id then
    raise exception 'a user keeps the id'
      using errcode = 'check_violation', table = 'users', column = 'id', constraint = 'users_id_fixed';
  end if;
  if (new.role, new.email_verified) is distinct from (old.role, old.email_verified)
    and (select undercroft.tenant()) is not null
    and (select undercroft.actor_role()) is distinct from 'admin' then
    raise exception 'only an administrator changes roles and verified addresses'
      using errcode = 'insufficient_privilege', table = 'users', column = 'role', constraint = 'users_role_change';
  end if;
  -- Whoever had an address proved has not proved another one.
  if lower(new.email) is distinct from lower(old.email)
    and new.email_verified is not distinct from old.email_verified then
    new.email_verified := null;
  end if;
  return new;
end
$$;
comment on function users_guard() is 'Nobody promotes oneself; another address is not proved yet.';

create trigger users_guard before update on users
  for each row execute function users_guard();
create trigger users_updated_at before update on users
  for each row execute function set_updated_at();

comment on table users is 'People.';
comment on column users.role is 'user or admin.';
comment on column users.hashed_password is 'bcrypt, cost 12; null for those who sign in elsewhere.';
