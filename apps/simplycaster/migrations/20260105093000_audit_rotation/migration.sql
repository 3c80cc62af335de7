-- Old entries of the audit log leave it by one door: whoever removes them has shown, by the checksum, that
-- the archive holds exactly these entries. Whatever else would change the log stays refused.

create function audit_log_lines(until date) returns table (line text)
  language sql stable
  set search_path = pg_catalog, public
  set timezone = 'UTC'
as $$
  select to_jsonb(a)::text
    from audit_log a
   where a.created_at < until::timestamp at time zone 'UTC'
   order by a.created_at, a.id
$$;
revoke all on function audit_log_lines(date) from public;
comment on function audit_log_lines(date) is 'The entries before a day (UTC) as lines of JSON, oldest first: the content of an archive.';

create function audit_log_remove(until date, archived text, actor uuid, actor_email text, actor_address text) returns bigint
  language plpgsql
  security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  entries bigint;
  content text;
begin
  if until > (now() at time zone 'UTC')::date - 90 then
    raise exception 'entries of the last 90 days stay in audit_log'
      using errcode = 'check_violation', table = 'audit_log', constraint = 'audit_log_remove_young';
  end if;
  lock table audit_log in access exclusive mode;
  -- The owner sees and changes the rows only while its own policies and the trigger do not bind it; the lock
  -- keeps everybody else out until both hold again.
  alter table audit_log no force row level security;
  select count(*), encode(sha256(convert_to(coalesce(string_agg(l.line || E'\n', '' order by l.place), ''), 'UTF8')), 'hex')
    into entries, content
    from audit_log_lines(until) with ordinality as l (line, place);
  if content is distinct from archived then
    raise exception 'the archive does not hold exactly the entries before %', until
      using errcode = 'check_violation', table = 'audit_log', constraint = 'audit_log_remove_content';
  end if;
  alter table audit_log disable trigger audit_log_append_only;
  delete from audit_log where created_at < until::timestamp at time zone 'UTC';
  alter table audit_log enable always trigger audit_log_append_only;
  insert into audit_log (user_id, user_email, user_role, action, entity_type, ip_address, metadata)
  values (actor, actor_email, 'admin', 'audit.rotated', 'audit_log', nullif(actor_address, '')::inet,
    jsonb_build_object('until', until, 'entries', entries, 'sha256', content));
  alter table audit_log force row level security;
  return entries;
end
$$;
revoke all on function audit_log_remove(date, text, uuid, text, text) from public;
comment on function audit_log_remove(date, text, uuid, text, text) is 'Removes the entries before a day, if the SHA-256 of their archive is shown and they are older than 90 days; adds an entry about it. Returns how many.';
