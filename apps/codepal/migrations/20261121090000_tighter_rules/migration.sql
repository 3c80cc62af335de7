-- Another address is not proved yet, and nobody gives away permissions that they do not have.

create or replace function users_guard() returns trigger
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

create trigger project_members_within_own before insert or update or delete on project_members
  for each row execute function project_members_within_own();
