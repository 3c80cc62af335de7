-- @query enums
select 'ENUM' kind, t.tableoid cls, t.oid, 0 sub, n.nspname schema, '' parent, t.typname name, '' args,
  coalesce((select string_agg(quote_literal(e.enumlabel), E'\n' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), '') labels,
  {owner t.typowner} owner, {acl t.typacl T t.typowner} privileges
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'e' and {user n} and not {member t.tableoid t.oid}

-- @query domains
select 'DOMAIN' kind, t.tableoid cls, t.oid, 0 sub, n.nspname schema, '' parent, t.typname name, '' args,
  format_type(t.typbasetype, t.typtypmod) as type,
  case when t.typnotnull then 'true' end not_null,
  coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)) expression,
  case when t.typcollation <> b.typcollation then
    (select quote_ident(cn.nspname) || '.' || quote_ident(co.collname) from pg_collation co
     join pg_namespace cn on cn.oid = co.collnamespace where co.oid = t.typcollation) end collation,
  {owner t.typowner} owner, {acl t.typacl T t.typowner} privileges
from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
where t.typtype = 'd' and {user n} and not {member t.tableoid t.oid}

-- @query ranges
select 'RANGE' kind, t.tableoid cls, t.oid, 0 sub, n.nspname schema, '' parent, t.typname name, '' args,
  'subtype = ' || format_type(r.rngsubtype, null)
  || ', subtype_opclass = ' || (select quote_ident(cn.nspname) || '.' || quote_ident(o.opcname) from pg_opclass o
       join pg_namespace cn on cn.oid = o.opcnamespace where o.oid = r.rngsubopc)
  || coalesce(', collation = ' || (select quote_ident(cn.nspname) || '.' || quote_ident(co.collname) from pg_collation co
       join pg_namespace cn on cn.oid = co.collnamespace where co.oid = r.rngcollation and r.rngcollation <> b.typcollation), '')
  || case when r.rngcanonical <> 0 then ', canonical = ' || r.rngcanonical::text else '' end
  || case when r.rngsubdiff <> 0 then ', subtype_diff = ' || r.rngsubdiff::text else '' end
  || ', multirange_type_name = ' || quote_ident(mn.nspname) || '.' || quote_ident(m.typname) definition,
  {owner t.typowner} owner, {acl t.typacl T t.typowner} privileges
from pg_type t join pg_namespace n on n.oid = t.typnamespace
  join pg_range r on r.rngtypid = t.oid
  join pg_type b on b.oid = r.rngsubtype
  join pg_type m on m.oid = r.rngmultitypid
  join pg_namespace mn on mn.oid = m.typnamespace
where t.typtype = 'r' and {user n} and not {member t.tableoid t.oid}

-- @query composite_privileges
select 'COMPOSITE' kind, t.tableoid cls, t.oid, 0 sub, n.nspname schema, '' parent, t.typname name, '' args,
  {owner t.typowner} owner, {acl t.typacl T t.typowner} privileges
from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_class c on c.oid = t.typrelid
where t.typtype = 'c' and c.relkind = 'c' and {user n} and not {member t.tableoid t.oid}

-- @query collations
select 'COLLATION' kind, c.tableoid cls, c.oid, 0 sub, n.nspname schema, '' parent, c.collname name, '' args,
  'provider = ' || case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end
  || coalesce(', locale = ' || quote_literal(c.colliculocale), '') -- @until 16
  || coalesce(', locale = ' || quote_literal(c.colllocale), '') -- @since 17
  || coalesce(', lc_collate = ' || quote_literal(c.collcollate) || ', lc_ctype = ' || quote_literal(c.collctype), '')
  || coalesce(', rules = ' || quote_literal(c.collicurules), '') -- @since 16
  || case when c.collisdeterministic then '' else ', deterministic = false' end definition,
  c.collversion version, {owner c.collowner} owner
from pg_collation c join pg_namespace n on n.oid = c.collnamespace
where {user n} and not {member c.tableoid c.oid}

-- @query languages
select 'LANGUAGE' kind, l.tableoid cls, l.oid, 0 sub, '' schema, '' parent, l.lanname name, '' args,
  format('%sLANGUAGE %I HANDLER %s%s%s', case when l.lanpltrusted then 'TRUSTED ' else '' end, l.lanname, l.lanplcallfoid::regproc,
    case when l.laninline <> 0 then ' INLINE ' || l.laninline::regproc else '' end,
    case when l.lanvalidator <> 0 then ' VALIDATOR ' || l.lanvalidator::regproc else '' end) definition,
  {owner l.lanowner} owner, {acl l.lanacl l l.lanowner} privileges
from pg_language l
where l.oid >= 16384 and not {member l.tableoid l.oid}

-- @query text_search_parsers
select 'TEXT_SEARCH_PARSER' kind, p.tableoid cls, p.oid, 0 sub, n.nspname schema, '' parent, p.prsname name, '' args,
  format('start = %s, gettoken = %s, end = %s, lextypes = %s%s', p.prsstart::regproc, p.prstoken::regproc, p.prsend::regproc,
    p.prslextype::regproc, case when p.prsheadline::oid <> 0 then ', headline = ' || p.prsheadline::regproc else '' end) definition
from pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace
where {user n} and not {member p.tableoid p.oid}

-- @query text_search_templates
select 'TEXT_SEARCH_TEMPLATE' kind, t.tableoid cls, t.oid, 0 sub, n.nspname schema, '' parent, t.tmplname name, '' args,
  format('%slexize = %s', case when t.tmplinit::oid <> 0 then 'init = ' || t.tmplinit::regproc || ', ' else '' end, t.tmpllexize::regproc) definition
from pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace
where {user n} and not {member t.tableoid t.oid}

-- @query text_search_dictionaries
select 'TEXT_SEARCH_DICTIONARY' kind, d.tableoid cls, d.oid, 0 sub, n.nspname schema, '' parent, d.dictname name, '' args,
  quote_ident(tn.nspname) || '.' || quote_ident(t.tmplname) definition, d.dictinitoption options, {owner d.dictowner} owner
from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
  join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace tn on tn.oid = t.tmplnamespace
where {user n} and not {member d.tableoid d.oid}

-- @query text_search_configurations
select 'TEXT_SEARCH_CONFIGURATION' kind, c.tableoid cls, c.oid, 0 sub, n.nspname schema, '' parent, c.cfgname name, '' args,
  quote_ident(pn.nspname) || '.' || quote_ident(p.prsname) definition,
  (select string_agg(line, E'\n' order by line) from (
    select quote_ident(k.alias) || E'\t' || string_agg(quote_ident(dn.nspname) || '.' || quote_ident(d.dictname), ', ' order by m.mapseqno) line
    from pg_ts_config_map m
      join ts_token_type(c.cfgparser) k on k.tokid = m.maptokentype
      join pg_ts_dict d on d.oid = m.mapdict join pg_namespace dn on dn.oid = d.dictnamespace
    where m.mapcfg = c.oid group by k.alias) lines) mapping,
  {owner c.cfgowner} owner
from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
  join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace pn on pn.oid = p.prsnamespace
where {user n} and not {member c.tableoid c.oid}
