-- @query functions
select 'FUNCTION' kind, p.tableoid cls, p.oid, 0 sub, n.nspname schema, '' parent, p.proname name, {types p.proargtypes} args,
  case p.prokind when 'p' then 'PROCEDURE' else 'FUNCTION' end routine,
  pg_get_functiondef(p.oid) definition,
  pg_get_function_result(p.oid) returns,
  pg_get_function_arguments(p.oid) parameters,
  l.lanname as language,
  case when p.prosqlbody is not null then 'true' end parsed_body,
  {owner p.proowner} owner, {acl p.proacl f p.proowner} privileges
from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
where p.prokind in ('f', 'p', 'w') and {user n} and not {member p.tableoid p.oid}
  and not exists (select from pg_depend d where d.classid = p.tableoid and d.objid = p.oid and d.deptype = 'i')

-- @query aggregates
select 'AGGREGATE' kind, p.tableoid cls, p.oid, 0 sub, n.nspname schema, '' parent, p.proname name, {types p.proargtypes} args,
  format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_arguments(p.oid)) parameters,
  concat_ws(', ',
    'SFUNC = ' || a.aggtransfn::text, 'STYPE = ' || format_type(a.aggtranstype, null),
    case when a.aggtransspace <> 0 then 'SSPACE = ' || a.aggtransspace end,
    case when a.aggfinalfn::oid <> 0 then 'FINALFUNC = ' || a.aggfinalfn::text end,
    case when a.aggfinalextra then 'FINALFUNC_EXTRA' end,
    case when a.aggfinalfn::oid <> 0 then case a.aggfinalmodify when 's' then 'FINALFUNC_MODIFY = SHAREABLE' when 'w' then 'FINALFUNC_MODIFY = READ_WRITE' when 'r' then 'FINALFUNC_MODIFY = READ_ONLY' end end,
    case when a.aggcombinefn::oid <> 0 then 'COMBINEFUNC = ' || a.aggcombinefn::text end,
    case when a.aggserialfn::oid <> 0 then 'SERIALFUNC = ' || a.aggserialfn::text end,
    case when a.aggdeserialfn::oid <> 0 then 'DESERIALFUNC = ' || a.aggdeserialfn::text end,
    'INITCOND = ' || quote_literal(a.agginitval),
    case when a.aggmtransfn::oid <> 0 then 'MSFUNC = ' || a.aggmtransfn::text end,
    case when a.aggminvtransfn::oid <> 0 then 'MINVFUNC = ' || a.aggminvtransfn::text end,
    case when a.aggmtranstype <> 0 then 'MSTYPE = ' || format_type(a.aggmtranstype, null) end,
    case when a.aggmtransspace <> 0 then 'MSSPACE = ' || a.aggmtransspace end,
    case when a.aggmfinalfn::oid <> 0 then 'MFINALFUNC = ' || a.aggmfinalfn::text end,
    case when a.aggmfinalextra then 'MFINALFUNC_EXTRA' end,
    case when a.aggmfinalfn::oid <> 0 then case a.aggmfinalmodify when 's' then 'MFINALFUNC_MODIFY = SHAREABLE' when 'w' then 'MFINALFUNC_MODIFY = READ_WRITE' when 'r' then 'MFINALFUNC_MODIFY = READ_ONLY' end end,
    'MINITCOND = ' || quote_literal(a.aggminitval),
    case when a.aggsortop <> 0 then (select 'SORTOP = OPERATOR(' || quote_ident(on_.nspname) || '.' || o.oprname || ')' from pg_operator o join pg_namespace on_ on on_.oid = o.oprnamespace where o.oid = a.aggsortop) end,
    case p.proparallel when 's' then 'PARALLEL = SAFE' when 'r' then 'PARALLEL = RESTRICTED' end,
    case when a.aggkind = 'h' then 'HYPOTHETICAL' end) definition,
  {owner p.proowner} owner, {acl p.proacl f p.proowner} privileges
from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_aggregate a on a.aggfnoid = p.oid
where {user n} and not {member p.tableoid p.oid}

-- @query casts
select 'CAST' kind, c.tableoid cls, c.oid, 0 sub, '' schema, '' parent,
  format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null) as name, '' args,
  case c.castmethod when 'i' then 'WITH INOUT' when 'b' then 'WITHOUT FUNCTION' else 'WITH FUNCTION ' || c.castfunc::regprocedure end
  || case c.castcontext when 'i' then ' AS IMPLICIT' when 'a' then ' AS ASSIGNMENT' else '' end definition
from pg_cast c
where c.oid >= 16384 and not {member c.tableoid c.oid}
  and not exists (select from pg_depend d where d.classid = c.tableoid and d.objid = c.oid and d.deptype = 'i')

-- @query operators
select 'OPERATOR' kind, o.tableoid cls, o.oid, 0 sub, n.nspname schema, '' parent, o.oprname name,
  case when o.oprleft = 0 then 'NONE' else format_type(o.oprleft, null) end || ', ' || format_type(o.oprright, null) args,
  concat_ws(', ', 'FUNCTION = ' || o.oprcode::text,
    case when o.oprleft <> 0 then 'LEFTARG = ' || format_type(o.oprleft, null) end,
    'RIGHTARG = ' || format_type(o.oprright, null),
    case when o.oprcanmerge then 'MERGES' end, case when o.oprcanhash then 'HASHES' end) definition,
  nullif(concat_ws(E'\n',
    case when o.oprrest::oid <> 0 then 'RESTRICT = ' || o.oprrest::text end,
    case when o.oprjoin::oid <> 0 then 'JOIN = ' || o.oprjoin::text end), '') properties,
  nullif(concat_ws(E'\n',
    (select 'COMMUTATOR = OPERATOR(' || quote_ident(ln.nspname) || '.' || l.oprname || ')' from pg_operator l join pg_namespace ln on ln.oid = l.oprnamespace where l.oid = o.oprcom),
    (select 'NEGATOR = OPERATOR(' || quote_ident(ln.nspname) || '.' || l.oprname || ')' from pg_operator l join pg_namespace ln on ln.oid = l.oprnamespace where l.oid = o.oprnegate)), '') links,
  {owner o.oprowner} owner
from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
where o.oprcode::oid <> 0 and {user n} and not {member o.tableoid o.oid}

-- @query operator_families
select 'OPERATOR_FAMILY' kind, f.tableoid cls, f.oid, 0 sub, n.nspname schema, '' parent, f.opfname name, a.amname args,
  nullif(concat_ws(E'\n',
    (select string_agg(format('OPERATOR %s %s%s', o.amopstrategy, o.amopopr::regoperator,
        case when o.amoppurpose = 'o' then ' FOR ORDER BY ' || (select quote_ident(sn.nspname) || '.' || quote_ident(s.opfname) from pg_opfamily s join pg_namespace sn on sn.oid = s.opfnamespace where s.oid = o.amopsortfamily) else '' end),
        E'\n' order by o.amopstrategy, o.amopopr::regoperator::text) from pg_amop o
     where o.amopfamily = f.oid and not exists (select from pg_depend d where d.classid = 'pg_amop'::regclass and d.objid = o.oid and d.refclassid = 'pg_opclass'::regclass)),
    (select string_agg(format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, null), format_type(p.amprocrighttype, null), p.amproc::regprocedure),
        E'\n' order by p.amprocnum, p.amproc::regprocedure::text) from pg_amproc p
     where p.amprocfamily = f.oid and not exists (select from pg_depend d where d.classid = 'pg_amproc'::regclass and d.objid = p.oid and d.refclassid = 'pg_opclass'::regclass))), '') definition,
  {owner f.opfowner} owner
from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace join pg_am a on a.oid = f.opfmethod
where {user n} and not {member f.tableoid f.oid}

-- @query operator_classes
select 'OPERATOR_CLASS' kind, c.tableoid cls, c.oid, 0 sub, n.nspname schema, '' parent, c.opcname name, a.amname args,
  case when c.opcdefault then 'DEFAULT ' else '' end || 'FOR TYPE ' || format_type(c.opcintype, null) || ' USING ' || quote_ident(a.amname)
  || ' FAMILY ' || quote_ident(fn.nspname) || '.' || quote_ident(f.opfname) || ' AS '
  || coalesce(nullif(concat_ws(', ',
    case when c.opckeytype <> 0 then 'STORAGE ' || format_type(c.opckeytype, null) end,
    (select string_agg(format('OPERATOR %s %s%s', o.amopstrategy, o.amopopr::regoperator,
        case when o.amoppurpose = 'o' then ' FOR ORDER BY ' || (select quote_ident(sn.nspname) || '.' || quote_ident(s.opfname) from pg_opfamily s join pg_namespace sn on sn.oid = s.opfnamespace where s.oid = o.amopsortfamily) else '' end),
        ', ' order by o.amopstrategy) from pg_amop o
     join pg_depend d on d.classid = 'pg_amop'::regclass and d.objid = o.oid and d.refclassid = 'pg_opclass'::regclass and d.refobjid = c.oid),
    (select string_agg(format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, null), format_type(p.amprocrighttype, null), p.amproc::regprocedure),
        ', ' order by p.amprocnum) from pg_amproc p
     join pg_depend d on d.classid = 'pg_amproc'::regclass and d.objid = p.oid and d.refclassid = 'pg_opclass'::regclass and d.refobjid = c.oid)), ''),
    'STORAGE ' || format_type(c.opcintype, null)) definition,
  {owner c.opcowner} owner
from pg_opclass c join pg_namespace n on n.oid = c.opcnamespace join pg_am a on a.oid = c.opcmethod
  join pg_opfamily f on f.oid = c.opcfamily join pg_namespace fn on fn.oid = f.opfnamespace
where {user n} and not {member c.tableoid c.oid}

-- @query event_triggers
select 'EVENT_TRIGGER' kind, e.tableoid cls, e.oid, 0 sub, '' schema, '' parent, e.evtname name, '' args,
  'ON ' || e.evtevent
  || coalesce(' WHEN TAG IN (' || (select string_agg(quote_literal(t), ', ' order by t) from unnest(e.evttags) t) || ')', '')
  || ' EXECUTE FUNCTION ' || e.evtfoid::regproc || '()' definition,
  case when e.evtenabled <> 'O' then e.evtenabled::text end enabled,
  {owner e.evtowner} owner
from pg_event_trigger e
where not {member e.tableoid e.oid}
