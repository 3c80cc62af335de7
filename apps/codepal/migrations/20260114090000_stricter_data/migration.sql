-- What the data itself must keep: secrets are hashed, times are stamped, states and places have their rules.

create function set_updated_at() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;
comment on function set_updated_at() is 'Stamps the row with the time of its last change, also when one transaction changes it twice.';

-- Users.

alter table users add column created_at timestamptz not null default now();
alter table users add column updated_at timestamptz not null default now();
alter table users add constraint users_role_known check (role in ('user', 'admin'));
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
  return new;
end
$$;
comment on function users_guard() is 'Nobody promotes oneself.';

create trigger users_guard before update on users
  for each row execute function users_guard();
create trigger users_updated_at before update on users
  for each row execute function set_updated_at();

-- Accounts, sessions, keys, verification tokens.

-- A readable token of this form was not encrypted.
alter table accounts add constraint accounts_tokens_encrypted check (
  not coalesce(id_token ~ '^eyJ', false) and not coalesce(access_token ~ '^eyJ', false)
);
create index accounts_user_id_idx on accounts (user_id);

comment on column accounts.refresh_token is 'Encrypted.';
comment on column accounts.access_token is 'Encrypted.';
comment on column accounts.id_token is 'Encrypted.';

-- What was kept in clear is kept as a hash from now on; the tokens and keys that people hold stay good.
update sessions set session_token = encode(sha256(convert_to(session_token, 'UTF8')), 'hex');
alter table sessions add constraint sessions_session_token_sha256 check (session_token ~ '^[0-9a-f]{64}$');
create index sessions_user_id_idx on sessions (user_id);
-- For the daily removal of expired sessions.
create index sessions_expires_idx on sessions (expires);

comment on column sessions.session_token is 'SHA-256 of the token in hexadecimal.';

alter table api_keys add column prefix text;
alter table api_keys add column last_used_at timestamptz;
alter table api_keys add column revoked_at timestamptz;
update api_keys set prefix = left(key, 8), key = encode(sha256(convert_to(key, 'UTF8')), 'hex');
alter table api_keys alter column prefix set not null;
alter table api_keys add constraint api_keys_key_sha256 check (key ~ '^[0-9a-f]{64}$');
alter table api_keys add constraint api_keys_prefix_short check (length(prefix) between 4 and 24);
create index api_keys_user_id_idx on api_keys (user_id);

comment on column api_keys.key is 'SHA-256 of the key in hexadecimal.';
comment on column api_keys.prefix is 'How the key begins, so that its owner recognises it.';
comment on column api_keys.revoked_at is 'From this time on the key is refused.';

update verification_tokens set token = encode(sha256(convert_to(token, 'UTF8')), 'hex');
alter table verification_tokens add constraint verification_tokens_token_sha256 check (token ~ '^[0-9a-f]{64}$');
create index verification_tokens_expires_idx on verification_tokens (expires);
comment on column verification_tokens.token is 'SHA-256 of the token in hexadecimal.';

-- Projects.

alter table projects add column deleted_at timestamptz;
alter table projects add constraint projects_name_present check (name <> '');
alter table projects add constraint projects_settings_object check (jsonb_typeof(settings) = 'object');
update projects set deleted_at = updated_at where status = 'DELETED';
alter table projects add constraint projects_deleted_at_by_status check ((status = 'DELETED') = (deleted_at is not null));

create function projects_transition() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'ACTIVE' then
      raise exception 'a project begins as ACTIVE, not as %', new.status
        using errcode = 'check_violation', table = 'projects', column = 'status', constraint = 'projects_transition';
    end if;
    return new;
  end if;
  if (new.id, new.owner_id) is distinct from (old.id, old.owner_id) then
    raise exception 'a project keeps its id and its owner'
      using errcode = 'check_violation', table = 'projects', column = 'owner_id', constraint = 'projects_owner_fixed';
  end if;
  if old.status = 'DELETED' and new.status <> old.status then
    raise exception 'a deleted project stays deleted'
      using errcode = 'check_violation', table = 'projects', column = 'status', constraint = 'projects_transition';
  end if;
  if new.status = 'DELETED' then
    new.deleted_at := coalesce(old.deleted_at, clock_timestamp());
  end if;
  return new;
end
$$;
comment on function projects_transition() is 'ACTIVE and ARCHIVED lead to each other and to DELETED, which is final.';

create trigger projects_transition before insert or update on projects
  for each row execute function projects_transition();
create trigger projects_updated_at before update on projects
  for each row execute function set_updated_at();

comment on column projects.deleted_at is 'When the status became DELETED; set by a trigger.';

-- Members.

-- Every owner is a member, and as ADMIN.
insert into project_members (project_id, user_id, role)
select p.id, p.owner_id, 'ADMIN' from projects p
on conflict (project_id, user_id) do update set role = 'ADMIN', permissions = null;

alter table project_members add constraint project_members_permissions_known check (
  jsonb_typeof(permissions) = 'array'
  and permissions <@ '["READ", "WRITE", "DELETE", "MANAGE_TEAM", "MANAGE_SETTINGS"]'
);

create function member_permissions(role text, permissions jsonb) returns text[]
  language sql immutable parallel safe
  set search_path = pg_catalog
as $$
  select case
    when permissions is not null then array(select jsonb_array_elements_text(permissions))
    when role = 'ADMIN' then array['READ', 'WRITE', 'DELETE', 'MANAGE_TEAM', 'MANAGE_SETTINGS']
    when role = 'DEVELOPER' then array['READ', 'WRITE']
    when role = 'VIEWER' then array['READ']
    else array[]::text[]
  end
$$;
comment on function member_permissions(text, jsonb) is 'What a member may do: the listed permissions, or else those of the role.';

create function projects_add_owner() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  insert into project_members (project_id, user_id, role) values (new.id, new.owner_id, 'ADMIN');
  return null;
end
$$;
comment on function projects_add_owner() is 'The owner of a new project is its first member.';

create function project_members_keep_owner() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'UPDATE' then
    if (new.id, new.project_id, new.user_id) is distinct from (old.id, old.project_id, old.user_id) then
      raise exception 'a membership keeps its project and its user'
        using errcode = 'check_violation', table = 'project_members', constraint = 'project_members_place_fixed';
    end if;
    if new.role = 'ADMIN' and new.permissions is null then
      return new;
    end if;
  end if;
  -- Where the project or the user is deleted, both are gone by now.
  if exists (select from projects p where p.id = old.project_id and p.owner_id = old.user_id)
    and exists (select from users u where u.id = old.user_id) then
    raise exception 'the owner of a project stays its ADMIN'
      using errcode = 'check_violation', table = 'project_members', constraint = 'project_members_owner_stays';
  end if;
  return case tg_op when 'UPDATE' then new else old end;
end
$$;
comment on function project_members_keep_owner() is 'Nobody removes or demotes the owner of a project.';

create trigger projects_add_owner after insert on projects
  for each row execute function projects_add_owner();
create trigger project_members_keep_owner before update or delete on project_members
  for each row execute function project_members_keep_owner();

comment on column project_members.permissions is 'A list that replaces the permissions of the role; null: those of the role.';

-- Files.

update project_files set size = octet_length(coalesce(content, ''));
alter table project_files add constraint project_files_size check (size >= 0);
alter table project_files add constraint project_files_path_relative check (
  path <> ''
  and length(path) <= 1024
  and path !~ '^[A-Za-z]:'
  and path !~ '[\\[:cntrl:]]'
  and path !~ '(^|/)\.{0,2}(/|$)'
);
alter table project_files add constraint project_files_name_of_path check (name = regexp_replace(path, '^.*/', ''));

create index project_files_modified_by_idx on project_files (modified_by);

create function project_files_stamp() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if tg_op = 'UPDATE' and (new.id, new.project_id) is distinct from (old.id, old.project_id) then
    raise exception 'a file keeps its project'
      using errcode = 'check_violation', table = 'project_files', column = 'project_id', constraint = 'project_files_project_fixed';
  end if;
  -- A user who is deleted leaves the file as it is but for the name.
  if tg_op = 'UPDATE' and old.modified_by is not null and new.modified_by is null
    and (new.path, new.name, new.content, new.last_modified) is not distinct from (old.path, old.name, old.content, old.last_modified) then
    return new;
  end if;
  if exists (select from projects p where p.id = new.project_id and p.status = 'DELETED') then
    raise exception 'a deleted project keeps its files as they are'
      using errcode = 'check_violation', table = 'project_files', column = 'project_id', constraint = 'project_files_project_live';
  end if;
  new.size := octet_length(coalesce(new.content, ''));
  new.type := lower(substring(new.path from '[^/.]\.([^/.]+)$'));
  new.last_modified := clock_timestamp();
  new.modified_by := coalesce((select undercroft.tenant()), new.modified_by);
  return new;
end
$$;
comment on function project_files_stamp() is 'Size, type, time and author of a file follow from what was written, by whom, when.';

create trigger project_files_stamp before insert or update on project_files
  for each row execute function project_files_stamp();

comment on column project_files.path is 'Place inside the project, with slashes; never absolute, never with . or .. as a part.';
comment on column project_files.size is 'Bytes of the content in UTF-8; set by a trigger.';
comment on column project_files.type is 'Ending of the name in lower case; set by a trigger.';
