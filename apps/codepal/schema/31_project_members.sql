-- Who works on a project.

create table project_members (
  id text not null default gen_random_uuid(),
  project_id text not null,
  user_id text not null,
  role text not null,
  permissions jsonb,
  joined_at timestamptz not null default now(),
  constraint project_members_pkey primary key (id),
  constraint project_members_project_id_fkey foreign key (project_id) references projects (id) on delete cascade,
  constraint project_members_user_id_fkey foreign key (user_id) references users (id) on delete cascade,
  constraint project_members_project_user_key unique (project_id, user_id),
  constraint project_members_role_known check (role in ('VIEWER', 'DEVELOPER', 'ADMIN')),
  constraint project_members_permissions_known check (
    jsonb_typeof(permissions) = 'array'
    and permissions <@ '["READ", "WRITE", "DELETE", "MANAGE_TEAM", "MANAGE_SETTINGS"]'
  )
);

create index idx_project_member_user on project_members (user_id);
create index idx_project_member_project on project_members (project_id);

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

create function project_members_within_own() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
declare
  caller text := (select undercroft.tenant());
  own text[];
begin
  -- Background work, and what other triggers do: the owner's first membership, rows that go with their project.
  if caller is null or pg_trigger_depth() > 1 or (tg_op = 'DELETE' and old.user_id = caller) then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  select member_permissions(m.role, m.permissions) into own
    from project_members m
   where m.user_id = caller and m.project_id = case tg_op when 'INSERT' then new.project_id else old.project_id end;
  -- Of who is no member the row policies let nothing pass but the owner's doing.
  if own is not null and (
    (tg_op <> 'INSERT' and not member_permissions(old.role, old.permissions) <@ own)
    or (tg_op <> 'DELETE' and not member_permissions(new.role, new.permissions) <@ own)) then
    raise exception 'nobody gives or takes permissions that they do not have'
      using errcode = 'check_violation', table = 'project_members', constraint = 'project_members_within_own';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
comment on function project_members_within_own() is 'Who manages a team gives and takes no more than their own permissions.';

create trigger projects_add_owner after insert on projects
  for each row execute function projects_add_owner();
create trigger project_members_keep_owner before update or delete on project_members
  for each row execute function project_members_keep_owner();
create trigger project_members_within_own before insert or update or delete on project_members
  for each row execute function project_members_within_own();

comment on table project_members is 'Who works on a project; the owner always does, as ADMIN.';
comment on column project_members.role is 'VIEWER reads, DEVELOPER writes, ADMIN deletes and manages team and settings.';
comment on column project_members.permissions is 'A list that replaces the permissions of the role; null: those of the role.';
