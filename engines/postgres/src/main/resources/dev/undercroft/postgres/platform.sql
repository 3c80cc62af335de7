-- The schema that the platform installs in every project's database, version 2.
-- Row policies call these functions; without a context each of them is null, and a comparison with
-- null lets no row through.
create schema if not exists undercroft;

-- The keys that contexts are signed with, as the two blocks of HMAC (RFC 2104); more than one while
-- they change. Only the owner of the function below reads them.
create table if not exists undercroft.context_key (
  id integer primary key,
  inner_pad bytea not null,
  outer_pad bytea not null,
  created_at timestamptz not null default now()
);
revoke all on undercroft.context_key from public;

-- Tenant and role of this transaction. Where there is a key, only a signed context counts, and a
-- wrong one is an error rather than an empty answer. Restricted in parallel plans, because their
-- workers are other server processes; a policy that wraps the call in a sub-select loses nothing.
create or replace function undercroft.context() returns text[]
  language plpgsql stable parallel restricted security definer
  set search_path = pg_catalog
as $function$
declare
  token text := current_setting('undercroft.context', true);
  message text;
  rest text;
  tenant_length integer;
  key undercroft.context_key;
begin
  if token is null or token = '' then
    if exists (select from undercroft.context_key) then
      return null;
    end if;
    return array[
      current_setting('undercroft.tenant', true), current_setting('undercroft.role', true)];
  end if;
  if token ~ '^[0-9]{1,9}[0-9]?:[0-9a-f]{64}:[0-9]{1,12}:[0-9]{1,9}:[0-9]{1,6}:' then
    select * into key from undercroft.context_key where id::text = split_part(token, ':', 1);
    message := substr(token, length(split_part(token, ':', 1)) + 67);
    rest := substr(message,
      length(split_part(message, ':', 1)) + length(split_part(message, ':', 2))
        + length(split_part(message, ':', 3)) + 4);
    if key.id is not null
      and sha256(decode(split_part(token, ':', 2), 'hex'))
        = sha256(sha256(key.outer_pad || sha256(key.inner_pad || convert_to(message, 'UTF8'))))
      and split_part(message, ':', 1)::bigint >= extract(epoch from transaction_timestamp())
      and split_part(message, ':', 2)::integer in (0, pg_backend_pid())
    then
      tenant_length := split_part(message, ':', 3)::integer;
      return array[left(rest, tenant_length), substr(rest, tenant_length + 1)];
    end if;
  end if;
  raise exception 'the tenant context of this transaction is not valid'
    using errcode = 'insufficient_privilege',
      hint = 'It is signed by the platform for one session and ten minutes; compare the clocks.';
end
$function$;
comment on function undercroft.context() is
  'Tenant and role of this transaction; null without a context, an error with a forged one.';

create or replace function undercroft.tenant() returns text
  language sql stable parallel restricted
  return nullif((undercroft.context())[1], '');
comment on function undercroft.tenant() is
  'For whom this transaction acts; null without a context.';

create or replace function undercroft.tenant_uuid() returns uuid
  language sql stable parallel restricted
  return cast(nullif((undercroft.context())[1], '') as uuid);
comment on function undercroft.tenant_uuid() is
  'As tenant(), for tenants whose id is a uuid.';

create or replace function undercroft.actor_role() returns text
  language sql stable parallel restricted
  return nullif((undercroft.context())[2], '');
comment on function undercroft.actor_role() is
  'What the actor of this transaction may do, in the words of the application; null without one.';

comment on schema undercroft is 'Undercroft platform, version 2';
