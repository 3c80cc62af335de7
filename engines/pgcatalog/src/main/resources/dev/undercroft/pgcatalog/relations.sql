-- Each query gives rows of objects. Columns kind, cls, oid, sub, schema, parent, name, args say what
-- the row is; every other column is the attribute of that name, absent when null.
-- A line that ends in @since N or @until N is only sent to servers of that version.
-- Words in braces are written out by QueryText.

-- @query schemas
select 'SCHEMA' kind, n.tableoid cls, n.oid, 0 sub, '' schema, '' parent, n.nspname name, '' args,
  case when n.nspname <> 'public' or n.nspowner <> 'pg_database_owner'::regrole then {owner n.nspowner} end owner,
  {acl n.nspacl n n.nspowner} privileges
from pg_namespace n
where {user n} and not {member n.tableoid n.oid}

-- @query extensions
select 'EXTENSION' kind, e.tableoid cls, e.oid, 0 sub, '' schema, '' parent, e.extname name, '' args,
  quote_ident(n.nspname) extension_schema, e.extversion version,
  case when not e.extrelocatable then 'true' end fixed
from pg_extension e join pg_namespace n on n.oid = e.extnamespace

-- @query relations
select case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED_VIEW' when 'f' then 'FOREIGN_TABLE'
    when 'c' then 'COMPOSITE' else 'TABLE' end kind,
  c.tableoid cls, c.oid, 0 sub, n.nspname schema, '' parent, c.relname name, '' args,
  case when c.relpersistence = 'u' then 'UNLOGGED' end persistence,
  case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end partition_key,
  case when not c.relispartition then
    (select string_agg(pn.nspname || E'\t' || pc.relname, E'\n' order by i.inhseqno)
     from pg_inherits i join pg_class pc on pc.oid = i.inhparent join pg_namespace pn on pn.oid = pc.relnamespace
     where i.inhrelid = c.oid) end inherits,
  {options c.reloptions} options,
  {options t.reloptions} toast_options,
  case when c.relkind in ('r', 'p') then case c.relreplident when 'n' then 'nothing' when 'f' then 'full' when 'i' then 'index' end end replica_identity,
  case when c.relkind in ('r', 'm', 'p') and a.amname <> 'heap' then quote_ident(a.amname) end access_method,
  quote_ident(s.spcname) tablespace,
  case when c.relrowsecurity then 'true' end row_security,
  case when c.relforcerowsecurity then 'true' end force_row_security,
  case when c.reloftype <> 0 then format_type(c.reloftype, null) end of_type,
  case when c.relkind in ('v', 'm') then rtrim(pg_get_viewdef(c.oid), ';') end definition,
  case when c.relkind in ('v', 'm') then
    (select string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod) || ' ' || case when attcollation < 16384 then attcollation::text else attcollation::regcollation::text end, E'\n' order by attnum)
     from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) end columns,
  quote_ident(fs.srvname) server,
  {pairs f.ftoptions} foreign_options,
  {owner c.relowner} owner,
  case when c.relkind <> 'c' then {acl c.relacl r c.relowner} end privileges
from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_class t on t.oid = c.reltoastrelid
  left join pg_am a on a.oid = c.relam
  left join pg_tablespace s on s.oid = c.reltablespace
  left join pg_foreign_table f on f.ftrelid = c.oid
  left join pg_foreign_server fs on fs.oid = f.ftserver
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and {user n} and not {member c.tableoid c.oid}
  and not (c.relkind = 'c' and {member 'pg_type'::regclass c.reltype})

-- @query partitions
select 'PARTITION' kind, 0::oid cls, c.oid, 0 sub, n.nspname schema, '' parent, c.relname name, '' args,
  pn.nspname || E'\t' || pc.relname partition_of,
  pg_get_expr(c.relpartbound, c.oid) partition_bound
from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_inherits i on i.inhrelid = c.oid
  join pg_class pc on pc.oid = i.inhparent
  join pg_namespace pn on pn.oid = pc.relnamespace
where c.relispartition and c.relkind in ('r', 'p', 'f') and {user n} and not {member c.tableoid c.oid}

-- @query sequences
select 'SEQUENCE' kind, c.tableoid cls, c.oid, 0 sub, n.nspname schema, '' parent, c.relname name, '' args,
  format_type(q.seqtypid, null) as type, q.seqstart::text start, q.seqincrement::text increment,
  q.seqmin::text minimum, q.seqmax::text maximum, q.seqcache::text cache,
  case when q.seqcycle then 'true' end as cycle,
  case when c.relpersistence = 'u' then 'UNLOGGED' end persistence,
  {owner c.relowner} owner, {acl c.relacl s c.relowner} privileges
from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_sequence q on q.seqrelid = c.oid
where c.relkind = 'S' and {user n} and not {member c.tableoid c.oid}
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
    and d.refclassid = 'pg_class'::regclass and d.deptype = 'i')

-- @query sequence_owners
select 'SEQUENCE_OWNERSHIP' kind, 1::oid cls, c.oid, 0 sub, n.nspname schema, '' parent, c.relname name, '' args,
  tn.nspname || E'\t' || t.relname || E'\t' || a.attname owned_by
from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'a'
    and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
  join pg_class t on t.oid = d.refobjid
  join pg_namespace tn on tn.oid = t.relnamespace
  join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
where c.relkind = 'S' and {user n} and not {member c.tableoid c.oid}

-- @query columns
select 'COLUMN' kind, c.tableoid cls, c.oid, a.attnum sub, n.nspname schema, c.relname parent, a.attname name, '' args,
  format_type(a.atttypid, a.atttypmod) as type,
  case when a.attnotnull then 'true' end not_null,
  case when nn.coninhcount = 0 and nn.conname <> left(c.relname || '_' || a.attname || '_not_null', 63) then nn.conname end not_null_name, -- @since 18
  case when not nn.convalidated then 'true' end not_null_unchecked, -- @since 18
  case when nn.connoinherit then 'true' end not_null_no_inherit, -- @since 18
  case when nn.coninhcount > 0 then nn.conname end not_null_inherited_name, -- @since 18
  case when nn.conislocal then 'true' end not_null_local, -- @since 18
  (select x.description from pg_description x where x.objoid = nn.oid and x.classoid = nn.tableoid) not_null_comment, -- @since 18
  case when a.attcollation <> 0 and a.attcollation <> t.typcollation then
    (select quote_ident(cn.nspname) || '.' || quote_ident(co.collname) from pg_collation co
     join pg_namespace cn on cn.oid = co.collnamespace where co.oid = a.attcollation) end collation,
  case a.attidentity when 'a' then 'ALWAYS' when 'd' then 'BY DEFAULT' end identity,
  q.options identity_options,
  case when q.name <> left(c.relname || '_' || a.attname || '_seq', 63) or q.schema <> n.nspname then q.schema || E'\t' || q.name end identity_name,
  case a.attgenerated when 's' then 'STORED' when 'v' then 'VIRTUAL' end generated,
  case when a.attgenerated <> '' then pg_get_expr(ad.adbin, ad.adrelid) end expression,
  case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end compression,
  case when a.attstorage <> t.typstorage then case a.attstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL' when 'x' then 'EXTENDED' when 'm' then 'MAIN' end end storage,
  case when a.attstattarget >= 0 then a.attstattarget::text end statistics_target,
  (select string_agg(o, E'\n' order by o) from unnest(a.attoptions) o where o not like 'pg\_attver=%') options,
  {pairs a.attfdwoptions} foreign_options,
  case when a.attinhcount > 0 then 'true' end inherited,
  case when a.attislocal then 'true' end local,
  a.attnum::text position,
  case when a.attacl is not null then {aclitems a.attacl c.relowner} end privileges
from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef ad on ad.adrelid = a.attrelid and ad.adnum = a.attnum
  left join pg_constraint nn on nn.conrelid = a.attrelid and nn.contype = 'n' and nn.conkey[1] = a.attnum -- @since 18
  left join (
    select d.refobjid, d.refobjsubid, sn.nspname as schema, sc.relname as name,
      format('START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s', s.seqstart, s.seqincrement, s.seqmin,
        s.seqmax, s.seqcache, case when s.seqcycle then ' CYCLE' else ' NO CYCLE' end) options
    from pg_depend d
      join pg_sequence s on s.seqrelid = d.objid
      join pg_class sc on sc.oid = s.seqrelid
      join pg_namespace sn on sn.oid = sc.relnamespace
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype = 'i'
  ) q on q.refobjid = a.attrelid and q.refobjsubid = a.attnum
where a.attnum > 0 and not a.attisdropped and {user n} and not {member c.tableoid c.oid}
  and not (c.relkind = 'c' and {member 'pg_type'::regclass c.reltype})
  and (c.relkind in ('r', 'p', 'f', 'c')
    or (c.relkind in ('v', 'm') and (a.attacl is not null or a.attstattarget >= 0 or a.attoptions is not null
      or exists (select from pg_description x where x.objoid = c.oid and x.objsubid = a.attnum and x.classoid = c.tableoid))))

-- @query defaults
select 'DEFAULT' kind, d.tableoid cls, d.oid, 0 sub, n.nspname schema, c.relname parent, a.attname name, '' args,
  pg_get_expr(d.adbin, d.adrelid) expression
from pg_attrdef d
  join pg_class c on c.oid = d.adrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
where a.attgenerated = '' and not a.attisdropped and {user n} and not {member c.tableoid c.oid}

-- @query constraints
select 'CONSTRAINT' kind, k.tableoid cls, k.oid, 0 sub, n.nspname schema, coalesce(c.relname, t.typname) parent, k.conname name, '' args,
  k.contype::text constraint_type,
  regexp_replace(pg_get_constraintdef(k.oid), '( DEFERRABLE| INITIALLY DEFERRED| NOT VALID| NOT ENFORCED)+$', '') definition,
  case when k.condeferred then 'DEFERRABLE INITIALLY DEFERRED' when k.condeferrable then 'DEFERRABLE' end deferrable,
  case when not k.convalidated then 'true' end not_valid, -- @until 17
  case when not k.convalidated and k.conenforced then 'true' end not_valid, -- @since 18
  case when not k.conenforced then 'true' end not_enforced, -- @since 18
  case when k.coninhcount > 0 or k.conparentid <> 0 then 'true' end inherited,
  case when k.conislocal then 'true' end local,
  case when i.indisreplident then 'true' end replica_identity,
  case when i.indisclustered then 'true' end clustered,
  (select x.description from pg_description x where x.objoid = ic.oid and x.classoid = ic.tableoid and x.objsubid = 0) index_comment,
  {options ic.reloptions} options,
  quote_ident(s.spcname) tablespace,
  (select pn.nspname || E'\t' || pc.relname from pg_inherits h
   join pg_class pc on pc.oid = h.inhparent join pg_namespace pn on pn.oid = pc.relnamespace
   where h.inhrelid = ic.oid) partition_of,
  case when c.relkind is null then 'domain' else n.nspname || E'\t' || c.relname end as table
from pg_constraint k
  join pg_namespace n on n.oid = k.connamespace
  left join pg_class c on c.oid = k.conrelid
  left join pg_type t on t.oid = k.contypid
  left join pg_constraint pk on pk.oid = k.conparentid
  left join pg_index i on i.indexrelid = k.conindid and k.contype in ('p', 'u', 'x')
  left join pg_class ic on ic.oid = i.indexrelid
  left join pg_tablespace s on s.oid = ic.reltablespace
where k.contype in ('p', 'u', 'x', 'f', 'c') and {user n}
  and (k.conparentid = 0 or pk.conrelid <> k.conrelid)
  and not (c.oid is not null and {member c.tableoid c.oid})
  and not (t.oid is not null and {member t.tableoid t.oid})

-- @query indexes
select 'INDEX' kind, c.tableoid cls, c.oid, 0 sub, n.nspname schema, '' parent, c.relname name, '' args,
  replace(pg_get_indexdef(c.oid), {with c.reloptions}, '') definition,
  tn.nspname || E'\t' || t.relname as table,
  {options c.reloptions} options,
  case when i.indisunique then 'true' end as unique,
  case when not i.indisvalid then 'true' end invalid,
  case when i.indisreplident then 'true' end replica_identity,
  case when i.indisclustered then 'true' end clustered,
  quote_ident(s.spcname) tablespace,
  (select pn.nspname || E'\t' || pc.relname from pg_inherits h
   join pg_class pc on pc.oid = h.inhparent join pg_namespace pn on pn.oid = pc.relnamespace
   where h.inhrelid = c.oid) partition_of,
  (select string_agg(a.attnum || ' ' || a.attstattarget, E'\n' order by a.attnum) from pg_attribute a
   where a.attrelid = c.oid and a.attstattarget >= 0) column_statistics
from pg_index i
  join pg_class c on c.oid = i.indexrelid
  join pg_class t on t.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_namespace tn on tn.oid = t.relnamespace
  left join pg_tablespace s on s.oid = c.reltablespace
where {user n} and not {member t.tableoid t.oid}
  and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x') and k.conrelid = i.indrelid)

-- @query statistics
select 'STATISTICS' kind, s.tableoid cls, s.oid, 0 sub, n.nspname schema, '' parent, s.stxname name, '' args,
  format('CREATE STATISTICS %I.%I%s ON %s FROM %I.%I', n.nspname, s.stxname,
    case when (s.stxkind @> array['d', 'f', 'm']::"char"[]) or s.stxkind = array['e']::"char"[] then '' else ' (' || (
      select string_agg(case k when 'd' then 'ndistinct' when 'f' then 'dependencies' else 'mcv' end, ', ' order by k)
      from unnest(s.stxkind) k where k <> 'e') || ')' end,
    (select string_agg(part, ', ' order by kind, part) from (
      select 1 kind, quote_ident(a.attname) part from pg_attribute a where a.attrelid = s.stxrelid and a.attnum = any (s.stxkeys)
      union all select 2, '(' || x || ')' from unnest(pg_get_statisticsobjdef_expressions(s.oid)) x) parts),
    tn.nspname, t.relname) definition,
  case when s.stxstattarget >= 0 then s.stxstattarget::text end statistics_target,
  {owner s.stxowner} owner
from pg_statistic_ext s
  join pg_namespace n on n.oid = s.stxnamespace
  join pg_class t on t.oid = s.stxrelid
  join pg_namespace tn on tn.oid = t.relnamespace
where {user n} and not {member s.tableoid s.oid}

-- @query rules
select 'RULE' kind, r.tableoid cls, r.oid, 0 sub, n.nspname schema, c.relname parent, r.rulename name, '' args,
  rtrim(pg_get_ruledef(r.oid), ';') definition,
  case when r.ev_enabled <> 'O' then r.ev_enabled::text end enabled
from pg_rewrite r
  join pg_class c on c.oid = r.ev_class
  join pg_namespace n on n.oid = c.relnamespace
where r.rulename <> '_RETURN' and {user n} and not {member c.tableoid c.oid}

-- @query view_bodies
select case c.relkind when 'v' then 'VIEW' else 'MATERIALIZED_VIEW' end kind,
  r.tableoid cls, r.oid, 0 sub, n.nspname schema, '' parent, c.relname name, '' args
from pg_rewrite r
  join pg_class c on c.oid = r.ev_class
  join pg_namespace n on n.oid = c.relnamespace
where r.rulename = '_RETURN' and {user n} and not {member c.tableoid c.oid}

-- @query triggers
select 'TRIGGER' kind, t.tableoid cls, t.oid, 0 sub, n.nspname schema, c.relname parent, t.tgname name, '' args,
  case when t.tgparentid = 0 then pg_get_triggerdef(t.oid) end definition,
  case when t.tgparentid = 0 and t.tgconstraint <> 0 then 'true' end constraint_type,
  case when t.tgparentid <> 0 then 'true' end inherited,
  case when t.tgenabled <> 'O' or t.tgparentid <> 0 then t.tgenabled::text end enabled
from pg_trigger t
  join pg_class c on c.oid = t.tgrelid
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_trigger w on w.oid = t.tgparentid
where not t.tgisinternal and (t.tgparentid = 0 or w.tgenabled <> t.tgenabled) and {user n} and not {member c.tableoid c.oid}
  and not {member t.tableoid t.oid}

-- @query policies
select 'POLICY' kind, p.tableoid cls, p.oid, 0 sub, n.nspname schema, c.relname parent, p.polname name, '' args,
  case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end command,
  case when not p.polpermissive then 'RESTRICTIVE' end restrictive,
  case when p.polroles <> '{0}' then
    (select string_agg(quote_ident(pg_get_userbyid(r)), E'\n' order by pg_get_userbyid(r)) from unnest(p.polroles) r) end roles,
  pg_get_expr(p.polqual, p.polrelid) using,
  pg_get_expr(p.polwithcheck, p.polrelid) "check"
from pg_policy p
  join pg_class c on c.oid = p.polrelid
  join pg_namespace n on n.oid = c.relnamespace
where {user n} and not {member c.tableoid c.oid}
