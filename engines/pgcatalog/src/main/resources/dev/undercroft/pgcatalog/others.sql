-- @query foreign_data_wrappers
select 'FOREIGN_DATA_WRAPPER' kind, w.tableoid cls, w.oid, 0 sub, '' schema, '' parent, w.fdwname name, '' args,
  case when w.fdwhandler <> 0 then 'HANDLER ' || w.fdwhandler::regproc else 'NO HANDLER' end
  || case when w.fdwvalidator <> 0 then ' VALIDATOR ' || w.fdwvalidator::regproc else ' NO VALIDATOR' end definition,
  {pairs w.fdwoptions} foreign_options, {owner w.fdwowner} owner, {acl w.fdwacl F w.fdwowner} privileges
from pg_foreign_data_wrapper w
where not {member w.tableoid w.oid}

-- @query servers
select 'SERVER' kind, s.tableoid cls, s.oid, 0 sub, '' schema, '' parent, s.srvname name, '' args,
  coalesce(' TYPE ' || quote_literal(s.srvtype), '') || ' FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname) definition,
  s.srvversion properties,
  {pairs s.srvoptions} foreign_options, {owner s.srvowner} owner, {acl s.srvacl S s.srvowner} privileges
from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
where not {member s.tableoid s.oid}

-- @query user_mappings
select 'USER_MAPPING' kind, 1418::oid cls, u.umid as oid, 0 sub, '' schema, u.srvname parent,
  case when u.umuser = 0 then 'PUBLIC' when u.umuser = {role} then 'CURRENT_USER' else quote_ident(u.usename) end as name, '' args,
  {pairs u.umoptions} foreign_options
from pg_user_mappings u

-- @query publications
select 'PUBLICATION' kind, p.tableoid cls, p.oid, 0 sub, '' schema, '' parent, p.pubname name, '' args,
  case when p.puballtables then 'true' end all_tables,
  concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
    case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end) publish,
  case when p.pubviaroot then 'true' end via_root,
  case p.pubgencols when 's' then 'stored' end properties, -- @since 18
  {owner p.pubowner} owner
from pg_publication p

-- @query publication_tables
select 'PUBLICATION_TABLE' kind, r.tableoid cls, r.oid, 0 sub, n.nspname schema, p.pubname parent, c.relname name, '' args,
  case when r.prattrs is not null then (select string_agg(quote_ident(a.attname), ', ' order by a.attname) from pg_attribute a
    where a.attrelid = c.oid and a.attnum = any (r.prattrs)) end columns,
  pg_get_expr(r.prqual, r.prrelid) using
from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
  join pg_class c on c.oid = r.prrelid join pg_namespace n on n.oid = c.relnamespace
where {user n}

-- @query publication_schemas
select 'PUBLICATION_SCHEMA' kind, r.tableoid cls, r.oid, 0 sub, '' schema, p.pubname parent, n.nspname name, '' args
from pg_publication_namespace r join pg_publication p on p.oid = r.pnpubid join pg_namespace n on n.oid = r.pnnspid
where {user n}

-- @query subscriptions
-- Everybody may read these columns; tableoid, like the connection, only superusers.
select 'SUBSCRIPTION' kind, 'pg_subscription'::regclass::oid cls, s.oid, 0 sub, '' schema, '' parent, s.subname name, '' args,
  (select string_agg(quote_ident(x), ', ' order by x) from unnest(s.subpublications) x) publish,
  {connection s.subconninfo} connection,
  concat_ws(E'\n', 'binary=' || s.subbinary, 'synchronous_commit=' || s.subsynccommit,
    'streaming=' || case s.substream::text when 't' then 'on' when 'f' then 'off' when 'p' then 'parallel' else s.substream::text end,
    case when s.subtwophasestate <> 'd' then 'two_phase=true' end,
    'disable_on_error=' || s.subdisableonerr,
    'run_as_owner=' || s.subrunasowner, 'origin=' || s.suborigin, -- @since 16
    coalesce('slot_name=' || s.subslotname, 'slot_name=NONE')) properties,
  {owner s.subowner} owner
from pg_subscription s
where s.subdbid = (select oid from pg_database where datname = current_database())

-- @query default_privileges
select 'DEFAULT_PRIVILEGES' kind, d.tableoid cls, d.oid, 0 sub, coalesce(n.nspname, '') schema, '' parent,
  case when d.defaclrole = {role} then 'CURRENT_USER' else quote_ident(pg_get_userbyid(d.defaclrole)) end as name,
  case d.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES' when 'f' then 'FUNCTIONS' when 'T' then 'TYPES' when 'n' then 'SCHEMAS' when 'L' then 'LARGE OBJECTS' end args,
  coalesce({aclitems d.defaclacl d.defaclrole}, '') privileges
from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
where n.oid is null or {user n}

-- @query unmodelled
select 'base type' what, quote_ident(n.nspname) || '.' || quote_ident(t.typname) as name
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'b' and t.typelem = 0 and {user n} and not {member t.tableoid t.oid}
union all
select 'conversion', quote_ident(n.nspname) || '.' || quote_ident(c.conname)
from pg_conversion c join pg_namespace n on n.oid = c.connamespace
where {user n} and not {member c.tableoid c.oid}
union all
select 'access method', quote_ident(a.amname) from pg_am a where a.oid >= 16384 and not {member a.tableoid a.oid}
union all
select 'transform', format_type(t.trftype, null) || ' for ' || l.lanname from pg_transform t join pg_language l on l.oid = t.trflang
where t.oid >= 16384 and not {member t.tableoid t.oid}
union all
select 'large object', m.oid::text from pg_largeobject_metadata m

-- @query comments
select d.classoid cls, d.objoid oid, d.objsubid sub, d.description text from pg_description d
where d.objoid >= 16384 or (d.classoid = 'pg_namespace'::regclass and d.objoid = 'public'::regnamespace)

-- @query labels
select l.classoid cls, l.objoid oid, l.objsubid sub, string_agg(l.provider || E'\t' || l.label, E'\n' order by l.provider) as text
from pg_seclabel l group by 1, 2, 3

-- @query dependencies
select d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype::text
from pg_depend d where d.objid >= 16384 and d.classid <> 0

-- @query aliases
select 'pg_type'::regclass::oid cls, t.oid,
  case when t.typrelid <> 0 then 'pg_class'::regclass::oid else 'pg_type'::regclass::oid end to_cls,
  case when t.typrelid <> 0 then t.typrelid when r.rngtypid is not null then r.rngtypid else t.typelem end to_oid, 0 to_sub
from pg_type t left join pg_range r on r.rngmultitypid = t.oid
where t.oid >= 16384 and (t.typrelid <> 0 or r.rngtypid is not null or (t.typelem <> 0 and t.typtype = 'b'))
union all
select 'pg_class'::regclass::oid, k.conindid, 'pg_constraint'::regclass::oid, k.oid, 0 from pg_constraint k
where k.contype in ('p', 'u', 'x') and k.conindid >= 16384
union all
select d.tableoid, d.oid, 'pg_class'::regclass::oid, d.adrelid, d.adnum from pg_attrdef d
  join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where a.attgenerated <> ''
union all
select d.classid, d.objid, 'pg_class'::regclass::oid, d.refobjid, d.refobjsubid from pg_depend d
where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype = 'i' and d.refobjsubid > 0
union all
select d.classid, d.objid, d.refclassid, d.refobjid, 0 from pg_depend d
where d.classid in ('pg_amop'::regclass, 'pg_amproc'::regclass) and d.deptype = 'i' and d.objid >= 16384
union all
select p.tableoid, p.oid, 'pg_type'::regclass::oid, r.rngtypid, 0 from pg_proc p
  join pg_depend d on d.classid = p.tableoid and d.objid = p.oid and d.refclassid = 'pg_type'::regclass and d.deptype = 'i'
  join pg_range r on r.rngtypid = d.refobjid or r.rngmultitypid = d.refobjid
where p.oid >= 16384
