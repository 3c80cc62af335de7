-- Static rules over the catalog. Each gives object and detail of what it finds; the line above it its
-- name and what to do. APP, SHARED and REL are put in by the reader.

--# rls-off | 8.4.1 | ALTER TABLE ... ENABLE ROW LEVEL SECURITY and write policies, or declare the table as shared.
select r.name,
       case when r.reachable then 'row policies are switched off, and the application may use the table'
            else 'the table has row policies, and they are switched off' end
  from rel r where r.relkind in ('r', 'p') and not r.relrowsecurity
   and (exists (select from pg_policy p where p.polrelid = r.oid) or (r.reachable and not r.shared))

--# rls-not-forced | 8.4.1 | ALTER TABLE ... FORCE ROW LEVEL SECURITY.
select r.name, 'row policies do not bind the owner'
  from rel r where r.relkind in ('r', 'p') and r.relrowsecurity and not r.relforcerowsecurity

--# policy-true | 8.4.1 | Compare a column with the tenant, or declare the table as shared.
select r.name || ' ' || p.polname, 'lets every tenant at every row'
  from rel r join policy p on p.polrelid = r.oid
 where p.polpermissive and not (r.shared and p.polcmd = 'r') and (p.using_text = 'true' or p.check_text = 'true')

--# policy-unchecked | 8.4.1 | Add WITH CHECK: without it any row may be inserted.
select r.name || ' ' || p.polname, 'inserts are not checked'
  from rel r join policy p on p.polrelid = r.oid
 where p.polpermissive and p.polcmd = 'a' and p.polwithcheck is null

--# policy-no-context | 8.4.1 | Let the policy be false without a context; comparisons with null are.
select r.name || ' ' || p.polname, 'holds where no tenant is set'
  from rel r join policy p on p.polrelid = r.oid
 where p.polpermissive
   and p.using_text || ' ' || p.check_text ~ 'undercroft\.(tenant|tenant_uuid|actor_role)\(\)( AS [a-z_]+)?\)*(::[a-z]+)?\)* IS NULL'

--# policy-without-tenant | 8.4.1 | Compare a column with the tenant; or accept it with the reason why these rows are public.
select r.name || ' ' || p.polname, 'does not ask who the tenant is: ' || p.using_text || p.check_text
  from rel r join policy p on p.polrelid = r.oid
 where p.polpermissive and not r.shared and p.using_text || p.check_text not in ('', 'true', 'truetrue', 'false')
   and p.using_text || p.check_text !~* 'undercroft\.|select|current_user|current_setting|current_role|pg_trigger_depth|[a-z_]+\('

--# context-immutable | 8.4.1 | Declare it STABLE: a plan that was made for one tenant would be used for another.
select p.oid::regprocedure::text, 'is immutable and reads the tenant'
  from pg_proc p join ours_n n on n.oid = p.pronamespace
 where p.provolatile = 'i' and p.prosrc ~ 'current_setting|undercroft\.(tenant|tenant_uuid|actor_role|context)'

--# context-open | 8.4.1 | Let the platform provision the database with roles of its own, so that contexts are signed.
select 'undercroft.context_key', 'there is no key: whoever sends SQL may name any tenant'
 where not exists (select from undercroft.context_key)

--# view-definer | 8.4.1 | ALTER VIEW ... SET (security_invoker = true).
select r.name, 'reads with the rights of its owner'
  from rel r
 where r.relkind = 'v' and r.reachable and not r.shared
   and not coalesce((select bool_or(o ~* '^security_invoker=(true|on|1|yes)$') from unnest(r.reloptions) o), false)

--# materialized-view | 8.4.1 | REVOKE it from the application: materialized views know no row policies.
select r.name, 'holds rows of all tenants, and the application may read it'
  from rel r where r.relkind = 'm' and r.reachable and not r.shared

--# foreign-table | 8.4.1 | REVOKE it from the application: row policies of the other server do not know the tenant.
select r.name, 'is a foreign table that the application may use'
  from rel r where r.relkind = 'f' and r.reachable and not r.shared

--# definer-callable | 8.4.1 | REVOKE EXECUTE, make it SECURITY INVOKER, or accept it once its rows were shown to be the caller's.
select p.oid::regprocedure::text, 'runs with the rights of ' || p.proowner::regrole || ', and the application may call it'
  from pg_proc p join ours_n n on n.oid = p.pronamespace
 where p.prosecdef and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
   and has_function_privilege(APP, p.oid, 'EXECUTE') and has_schema_privilege(APP, n.oid, 'USAGE')
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')

--# definer-path | 8.4.1 | ALTER FUNCTION ... SET search_path = pg_catalog, public, pg_temp.
select p.oid::regprocedure::text, 'runs as its owner with the search path of its caller'
  from pg_proc p join ours_n n on n.oid = p.pronamespace
 where p.prosecdef
   and not coalesce((select bool_or(c ~ '^search_path=') from unnest(p.proconfig) c), false)
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')

--# leakproof | 8.4.1 | ALTER FUNCTION ... NOT LEAKPROOF, unless it can neither fail nor tell about its arguments.
select p.oid::regprocedure::text, 'is asked before row policies are'
  from pg_proc p join ours_n n on n.oid = p.pronamespace
 where p.proleakproof
   and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')

--# role-power | 8.4.1 | ALTER ROLE ... NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION.
select rolname::text, 'may do more than serve requests:' || case when rolsuper then ' superuser' else '' end
       || case when rolbypassrls then ' bypassrls' else '' end || case when rolcreaterole then ' createrole' else '' end
       || case when rolcreatedb then ' createdb' else '' end || case when rolreplication then ' replication' else '' end
  from pg_roles
 where rolname = APP and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)

--# role-member | 8.4.1 | REVOKE the membership from the application's role.
select m.member::regrole::text, 'is a member of ' || m.roleid::regrole
  from pg_auth_members m where m.member = to_regrole(quote_ident(APP))

--# owner | 8.4.1 | ALTER ... OWNER TO the owner's role: who owns an object may change its policies.
select pg_describe_object(s.classid, s.objid, s.objsubid), 'belongs to the application''s role'
  from pg_shdepend s join pg_database d on d.oid = s.dbid
 where d.datname = current_database() and s.deptype = 'o' and s.refclassid = 'pg_authid'::regclass
   and s.refobjid = to_regrole(quote_ident(APP))

--# grant-beyond | 8.4.1 | REVOKE it: TRUNCATE, REFERENCES, TRIGGER and MAINTAIN pay no heed to row policies.
select r.name || ' ' || g.privilege_type, 'is granted to ' || case when g.grantee = 0 then 'everybody' else 'the application' end
  from rel r cross join aclexplode(r.relacl) g
 where r.relkind in ('r', 'p', 'v', 'm', 'f') and g.grantee in (0, to_regrole(quote_ident(APP)))
   and g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')

--# grant-public | 8.4.1 | REVOKE ... FROM PUBLIC.
select r.name, 'is open to every role: ' || string_agg(g.privilege_type, ', ')
  from rel r cross join aclexplode(r.relacl) g where g.grantee = 0 group by r.name

--# grant-platform | 8.4.1 | REVOKE ALL ON ALL TABLES IN SCHEMA undercroft FROM the application's role.
select c.oid::regclass::text, 'the application may use it: ' || string_agg(g.privilege_type, ', ')
  from pg_class c cross join aclexplode(c.relacl) g
 where c.relnamespace = to_regnamespace('undercroft') and g.grantee in (0, to_regrole(quote_ident(APP)))
   and c.relname !~ '^pg_stat_statements'
 group by c.oid

--# grant-sequence | 8.4.1 | REVOKE UPDATE ON SEQUENCE: USAGE is enough for defaults.
select r.name, 'the application may set it back'
  from rel r cross join aclexplode(r.relacl) g
 where r.relkind = 'S' and g.grantee in (0, to_regrole(quote_ident(APP))) and g.privilege_type = 'UPDATE'

--# grant-unused | 8.4.1 | REVOKE the privilege, or write the policy that was forgotten.
select r.name || ' ' || c.command, 'is granted to the application, and no policy lets a row through'
  from rel r
 cross join (values ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) c (command, letter)
 where r.relkind in ('r', 'p') and r.relrowsecurity and r.reachable
   and case c.command when 'DELETE' then has_table_privilege(APP, r.oid, 'DELETE')
       else has_any_column_privilege(APP, r.oid, c.command) end
   and not exists (select from policy p where p.polrelid = r.oid and p.polpermissive and p.polcmd in ('*', c.letter::"char"))

--# create-right | 8.4.1 | REVOKE it: what the application may create others may stumble over.
select 'schema ' || n.nspname, 'the application may create objects in it'
  from ours_n n where has_schema_privilege(APP, n.oid, 'CREATE')
union all
select 'database ' || w.word, 'the application may do this'
  from (values ('CREATE'), ('TEMP')) w (word) where has_database_privilege(APP, current_database(), w.word)

--# default-privileges | 8.4.1 | ALTER DEFAULT PRIVILEGES ... REVOKE.
select coalesce(d.defaclnamespace::regnamespace::text, 'every schema') || ' ' || d.defaclobjtype::text || ' ' || g.privilege_type,
       'what ' || d.defaclrole::regrole || ' makes is open to '
         || case when g.grantee = 0 then 'everybody' else 'the application beyond rows' end
  from pg_default_acl d cross join aclexplode(d.defaclacl) g
 where (g.grantee = 0 and d.defaclobjtype in ('r', 'S', 'n'))
    or (g.grantee = to_regrole(quote_ident(APP)) and g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN', 'CREATE'))

--# large-objects | 8.4.1 | Keep bytes in a column (bytea): large objects know no row policies.
select 'large objects', count(*)::text || ' of them can be read by every session of their owner'
  from pg_largeobject_metadata having count(*) > 0

--# publication | 8.4.1 | DROP PUBLICATION, or accept it: subscribers get the rows of all tenants.
select p.pubname::text, 'sends rows of all tenants to subscribers' from pg_publication p

--# stale-setting | 8.4.1 | ALTER ROLE ... RESET.
select coalesce(s.setrole::regrole::text, '') || ' ' || c, 'is set for each new session'
  from pg_db_role_setting s cross join unnest(s.setconfig) c
 where s.setrole in (0, to_regrole(quote_ident(APP)))
   and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
   and c ~ '^(undercroft\.|row_security=|session_replication_role=|role=)'

--# row-rule | 8.4.1 | Use a trigger: a rewrite rule reads with the rights of the table's owner.
select r.name || ' ' || w.rulename, 'rewrites statements'
  from rel r join pg_rewrite w on w.ev_class = r.oid where r.relkind in ('r', 'p') and w.rulename <> '_RETURN'

--# extension | 8.4.1 | DROP EXTENSION, or accept it: it reaches past row policies.
select e.extname::text, 'can read files or other databases' from pg_extension e
 where e.extname in ('dblink', 'postgres_fdw', 'file_fdw', 'adminpack', 'pageinspect', 'pg_walinspect', 'plpython3u', 'plperlu', 'pltclu')
