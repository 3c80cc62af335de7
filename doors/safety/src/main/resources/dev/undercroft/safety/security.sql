-- Rules about a project's database and its server. PROJECT is the project's name; roles with what each
-- shall be stand in the table layout.

--# role-missing | 13.2.2 | Run `undercroft migrate deploy`: it makes the roles again.
select l.name, 'does not exist' from layout l where not exists (select from pg_roles r where r.rolname = l.name)

--# role-attributes | 13.2.2 | Run `undercroft migrate deploy`, or ALTER ROLE as the detail says.
select r.rolname::text,
       'is' || case when r.rolsuper then ' SUPERUSER' else '' end || case when r.rolcreaterole then ' CREATEROLE' else '' end
         || case when r.rolcreatedb then ' CREATEDB' else '' end || case when r.rolreplication then ' REPLICATION' else '' end
         || case when r.rolbypassrls then ' BYPASSRLS' else ' NOBYPASSRLS' end || case when r.rolcanlogin then ' LOGIN' else ' NOLOGIN' end
         || ', shall be' || case when l.bypass then ' BYPASSRLS' else ' NOBYPASSRLS' end || case when l.login then ' LOGIN' else ' NOLOGIN' end
         || ' and nothing more'
  from layout l join pg_roles r on r.rolname = l.name
 where r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication
    or r.rolbypassrls <> l.bypass or r.rolcanlogin <> l.login

--# role-membership | 13.2.2 | REVOKE the membership.
select r.rolname::text, 'is a member of ' || m.roleid::regrole
  from layout l join pg_roles r on r.rolname = l.name join pg_auth_members m on m.member = r.oid
 where m.roleid::regrole::text is distinct from case l.word when 'migrator' then quote_ident(PROJECT || '_owner') when 'backup' then 'pg_read_all_data' end

--# role-adopted | 13.2.2 | REVOKE the membership: whoever is a member may do what the role may.
select l.name, m.member::regrole || ' is a member of it'
  from layout l join pg_roles r on r.rolname = l.name join pg_auth_members m on m.roleid = r.oid
  join pg_roles o on o.oid = m.member
 where not (l.word = 'owner' and o.rolname = PROJECT || '_migrator') and not o.rolsuper
   and not (o.rolcreaterole and not m.inherit_option and not m.set_option)

--# role-password | 11.4.2 | Give it a new password, with password_encryption = 'scram-sha-256'.
select a.rolname::text, case when a.rolpassword is null then 'has no password' else 'has a password that is not kept as SCRAM-SHA-256' end
  from layout l join pg_authid a on a.rolname = l.name
 where l.login and (a.rolpassword is null or a.rolpassword !~ '^SCRAM-SHA-256\$')

--# database-open | 13.2.2 | REVOKE ALL ON DATABASE ... FROM PUBLIC, and from roles of others.
select d.datname::text, case when g.grantee = 0 then 'everybody' else g.grantee::regrole::text end || ' has ' || string_agg(g.privilege_type, ', ')
  from pg_database d cross join aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) g
  left join pg_roles r on r.oid = g.grantee
 where d.datname = current_database() and g.grantee <> d.datdba and not coalesce(r.rolsuper, false)
   and not exists (select from layout l where l.name = r.rolname and g.privilege_type = 'CONNECT')
 group by d.datname, g.grantee

--# schema-open | 13.2.2 | REVOKE CREATE ON SCHEMA.
select n.nspname::text, case when g.grantee = 0 then 'everybody' else g.grantee::regrole::text end || ' may create objects in it'
  from pg_namespace n cross join aclexplode(n.nspacl) g left join pg_roles r on r.oid = g.grantee
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and g.privilege_type = 'CREATE' and g.grantee <> n.nspowner
   and not coalesce(r.rolsuper, false)
   and coalesce(r.rolname, '') not in (PROJECT || '_owner', PROJECT || '_migrator')

--# owner | 13.2.2 | ALTER TABLE ... OWNER TO the owner's role.
select c.oid::regclass::text, 'belongs to ' || c.relowner::regrole
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname not in ('pg_catalog', 'information_schema', 'undercroft') and n.nspname !~ '^pg_'
   and c.relowner::regrole::text <> quote_ident(PROJECT || '_owner')
   and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')

--# grant-stranger | 13.2.2 | REVOKE what nobody of the layout uses.
select c.oid::regclass::text, case when g.grantee = 0 then 'everybody' else g.grantee::regrole::text end || ' has ' || string_agg(g.privilege_type, ', ')
  from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join aclexplode(c.relacl) g
  left join pg_roles r on r.oid = g.grantee
 where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' and g.grantee <> c.relowner
   and c.relname !~ '^pg_stat_statements' and not coalesce(r.rolsuper, false)
   and not exists (select from layout l where l.name = r.rolname)
 group by c.oid, g.grantee

--# grant-unused | 13.2.2 | REVOKE the privilege, or write the policy that was forgotten.
select c.oid::regclass || ' ' || w.command, 'is granted to ' || PROJECT || '_app, and no row policy lets a row through'
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 cross join (values ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) w (command, letter)
 where c.relkind in ('r', 'p') and c.relrowsecurity and n.nspname not in ('pg_catalog', 'information_schema', 'undercroft')
   and exists (select from pg_roles where rolname = PROJECT || '_app')
   and has_schema_privilege(PROJECT || '_app', n.oid, 'USAGE')
   and case w.command when 'DELETE' then has_table_privilege(PROJECT || '_app', c.oid, 'DELETE')
       else has_any_column_privilege(PROJECT || '_app', c.oid, w.command) end
   and not exists (select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('*', w.letter::"char"))

--# grant-beyond-rows | 13.2.2 | REVOKE it.
select c.oid::regclass || ' ' || g.privilege_type, 'is granted to ' || r.rolname
  from pg_class c cross join aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee
  join layout l on l.name = r.rolname
 where l.word in ('app', 'system', 'analytics', 'backup') and c.relkind in ('r', 'p', 'v', 'm', 'f')
   and (g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN')
        or (l.word in ('analytics', 'backup') and g.privilege_type in ('INSERT', 'UPDATE', 'DELETE')))

--# report-of-secrets | 8.2.3 | REVOKE SELECT on the table from the analytics role, and GRANT the columns that reports need.
select c.oid::regclass || '.' || a.attname, 'can be read by ' || PROJECT || '_analytics'
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
 where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
   and n.nspname not in ('pg_catalog', 'information_schema', 'undercroft')
   and a.attname ~ '(password|secret|_salt$|^salt$|token_hash|session_token|access_token|refresh_token|id_token|api_key|_encrypted$)'
   and a.atttypid in ('text'::regtype, 'varchar'::regtype, 'bytea'::regtype, 'jsonb'::regtype)
   and exists (select from pg_roles where rolname = PROJECT || '_analytics')
   and has_column_privilege(PROJECT || '_analytics', c.oid, a.attnum, 'SELECT')

--# platform-open | 13.3.2 | Run `undercroft migrate deploy`: it closes the platform's tables again.
select c.oid::regclass::text, r.rolname || ' has ' || string_agg(g.privilege_type, ', ')
  from pg_class c cross join aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee join layout l on l.name = r.rolname
 where c.relnamespace = to_regnamespace('undercroft') and l.word in ('app', 'analytics', 'system') and c.relname !~ '^pg_stat_statements'
 group by c.oid, r.rolname

--# key-missing | 13.3.2 | Run `undercroft migrate deploy`: it makes a key.
select 'undercroft.context_key', 'contexts are not signed: whoever sends SQL may name any tenant'
 where not exists (select from undercroft.context_key)

--# key-stale | 13.3.4 | Remove the secret PROJECT.context-key and deploy again: a new key is made, the old one stays for an hour.
select 'undercroft.context_key ' || k.id, 'was made ' || (now()::date - k.created_at::date) || ' days ago'
  from undercroft.context_key k
 where k.created_at < now() - interval '365 days'
    or (k.created_at < now() - interval '2 days' and exists (select from undercroft.context_key n where n.created_at > k.created_at))

--# password-encryption | 11.4.2 | SET password_encryption = 'scram-sha-256' in the server's configuration.
select 'password_encryption', 'is ' || setting from pg_settings where name = 'password_encryption' and setting <> 'scram-sha-256'

--# row-security | 8.4.1 | Set row_security to on.
select 'row_security', 'is off: statements fail or show everything instead of the tenant''s rows'
  from pg_settings where name = 'row_security' and setting = 'off'

--# server-tls | 12.3.1 | Set ssl to on with a certificate, and hostssl in pg_hba.conf.
select 'ssl', 'is off, and the server listens on ' || l.setting
  from pg_settings s, pg_settings l
 where s.name = 'ssl' and s.setting = 'off' and l.name = 'listen_addresses'
   and exists (select from regexp_split_to_table(l.setting, '\s*,\s*') a where a not in ('', 'localhost', '127.0.0.1', '::1'))

--# tls-version | 12.1.1 | Set ssl_min_protocol_version to TLSv1.2 or TLSv1.3.
select name, 'is ' || setting from pg_settings
 where name = 'ssl_min_protocol_version' and setting in ('', 'TLSv1', 'TLSv1.1') and current_setting('ssl') = 'on'

--# log-values | 16.2.5 | Set log_statement to none, and both log_parameter_max_length settings to 0.
select s.name, 'is ' || s.setting || ': values of people get into the log'
  from pg_settings s
 where (s.name = 'log_statement' and s.setting in ('mod', 'all'))
    or (s.name = 'log_parameter_max_length_on_error' and s.setting <> '0')
    or (s.name = 'log_parameter_max_length' and s.setting <> '0'
        and exists (select from pg_settings d where d.name in ('log_min_duration_statement', 'log_min_duration_sample') and d.setting <> '-1'))
    or (s.name in ('debug_print_parse', 'debug_print_rewritten', 'debug_print_plan') and s.setting = 'on')

--# log-file-mode | 16.4.2 | Set log_file_mode to 0600 or 0640.
select name, 'is ' || setting || ': other accounts of the machine read the log' from pg_settings
 where name = 'log_file_mode' and setting !~ '0$'

--# data-directory-mode | 13.3.2 | chmod 0700 the data directory.
select name, 'is ' || setting from pg_settings where name = 'data_directory_mode' and setting not in ('0700', '700')

--# admission | 13.2.1 | Write scram-sha-256 or cert in pg_hba.conf, and reload.
select 'pg_hba.conf line ' || h.line_number, coalesce(h.type || ' ' || array_to_string(h.database, ',') || ' ' || array_to_string(h.user_name, ',') || ' ' || coalesce(h.address, '') || ' ' || h.auth_method, 'cannot be read: ' || h.error)
  from pg_hba_file_rules h where h.error is not null or h.auth_method in ('trust', 'password', 'md5', 'ident')

--# admission-clear | 12.3.1 | Write hostssl instead of host in pg_hba.conf, and reload.
select 'pg_hba.conf line ' || h.line_number, h.type || ' ' || h.address || ' admits connections without TLS'
  from pg_hba_file_rules h
 where h.type in ('host', 'hostnossl') and h.auth_method <> 'reject'
   and coalesce(h.address, '') not in ('127.0.0.1', '::1', 'localhost', 'samehost')

--# connection-clear | 12.3.1 | Add sslmode=verify-full to the database's URL.
select 'this connection', 'is not encrypted, from ' || coalesce(host(inet_client_addr()), 'a socket')
 where inet_client_addr() is not null and not (inet_client_addr() <<= '127.0.0.0/8' or inet_client_addr() = '::1')
   and not exists (select from pg_stat_ssl where pid = pg_backend_pid() and ssl)

--# superuser | 13.2.2 | ALTER ROLE ... NOSUPERUSER, or NOLOGIN.
select rolname::text, 'is a superuser that can log in, beside ' || current_user from pg_roles
 where rolsuper and rolcanlogin and rolname <> current_user
   and exists (select from pg_roles me where me.rolname = current_user and me.rolsuper)

--# untrusted-language | 13.2.4 | DROP EXTENSION: its functions reach files and other machines.
select extname::text, 'is installed' from pg_extension
 where extname in ('plpython3u', 'plperlu', 'pltclu', 'file_fdw', 'dblink', 'postgres_fdw', 'adminpack')

--# server-old | 15.2.1 | Update the server to the newest minor version.
select 'server_version', 'is ' || current_setting('server_version') || ', and row policies can be read past in it (CVE-2025-8713)'
 where current_setting('server_version_num')::integer between 170000 and 170005
    or current_setting('server_version_num')::integer between 160000 and 160009
    or current_setting('server_version_num')::integer < 150014
