-- The schema that the platform installs in every project's database, version 1.
-- Row policies call these functions; without a context each of them is null, and a comparison with
-- null lets no row through.
create schema if not exists undercroft;

create or replace function undercroft.tenant() returns text
  language sql stable parallel safe
  return nullif(pg_catalog.current_setting('undercroft.tenant', true), '');
comment on function undercroft.tenant() is
  'For whom this transaction acts; null without a context.';

create or replace function undercroft.tenant_uuid() returns uuid
  language sql stable parallel safe
  return cast(nullif(pg_catalog.current_setting('undercroft.tenant', true), '') as uuid);
comment on function undercroft.tenant_uuid() is
  'As tenant(), for tenants whose id is a uuid.';

create or replace function undercroft.actor_role() returns text
  language sql stable parallel safe
  return nullif(pg_catalog.current_setting('undercroft.role', true), '');
comment on function undercroft.actor_role() is
  'What the actor of this transaction may do, in the words of the application; null without one.';

comment on schema undercroft is 'Undercroft platform, version 1';
