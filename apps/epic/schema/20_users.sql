-- People.

create table users (
  id text not null default gen_random_uuid(),
  email text not null,
  name text,
  image text,
  role user_role not null default 'USER',
  settings jsonb,
  api_keys jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint users_pkey primary key (id),
  constraint users_email_key unique (email),
  constraint users_settings_object check (jsonb_typeof(settings) = 'object'),
  constraint users_api_keys_known check (
    api_keys - array['gemini_api_key', 'openai_api_key', 'anthropic_api_key', 'created_at', 'last_used_at'] = '{}'
  ),
  -- The forms in which the providers issue keys: such a value was not encrypted.
  constraint users_api_keys_encrypted check (
    not coalesce(api_keys ->> 'gemini_api_key' ~ '^AIza', false)
    and not coalesce(api_keys ->> 'openai_api_key' ~ '^sk-', false)
    and not coalesce(api_keys ->> 'anthropic_api_key' ~ '^sk-', false)
  )
);

create unique index users_email_lower_key on users (lower(email));
create index users_deleted_at_idx on users (deleted_at) where deleted_at is not null;

create function users_guard() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if new.id is distinct from old.id then
    raise exception 'a user keeps the id'
      using errcode = 'check_violation', table = 'users', column = 'id', constraint = 'users_id_fixed';
  end if;
  if new.role is distinct from old.role
    and (select undercroft.tenant()) is not null
    and (select undercroft.actor_role()) is distinct from 'ADMIN' then
    raise exception 'only an administrator changes roles'
      using errcode = 'insufficient_privilege', table = 'users', column = 'role', constraint = 'users_role_change';
  end if;
  return new;
end
$$;
comment on function users_guard() is 'Nobody promotes oneself.';

create trigger users_guard before update on users
  for each row execute function users_guard();
create trigger users_soft_delete before update of deleted_at on users
  for each row execute function guard_soft_delete();
create trigger users_updated_at before update on users
  for each row execute function set_updated_at();

comment on table users is 'People. Every other table but the verification tokens reaches one of them.';
comment on column users.settings is 'An object: language, timezone, theme, notifications, privacy; absent keys mean the defaults.';
comment on column users.api_keys is 'Encrypted keys a PREMIUM or ADMIN user brought: gemini_api_key, openai_api_key, anthropic_api_key, and when they came and were used.';
comment on column users.deleted_at is 'Soft delete; removed for good after 30 days.';
