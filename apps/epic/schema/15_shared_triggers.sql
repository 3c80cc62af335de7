-- Trigger functions that several tables share.

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

create function refuse_new_owner() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  if (new.id, new.user_id) is distinct from (old.id, old.user_id) then
    raise exception 'a row of % keeps its id and its user', tg_table_name
      using errcode = 'check_violation', table = tg_table_name, column = 'user_id', constraint = tg_table_name || '_owner_fixed';
  end if;
  return new;
end
$$;
comment on function refuse_new_owner() is 'No update moves a row to another user.';

create function guard_soft_delete() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  if old.deleted_at is not null and new.deleted_at is distinct from old.deleted_at
    and (select undercroft.tenant()) is not null
    and (select undercroft.actor_role()) is distinct from 'ADMIN' then
    raise exception 'only an administrator restores what was deleted'
      using errcode = 'insufficient_privilege', table = tg_table_name, column = 'deleted_at', constraint = tg_table_name || '_restore';
  end if;
  return new;
end
$$;
comment on function guard_soft_delete() is 'Deleted rows come back through an administrator alone.';
