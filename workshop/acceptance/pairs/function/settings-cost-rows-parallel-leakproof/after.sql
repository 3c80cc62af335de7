create function f(a int) returns setof int language sql stable parallel safe cost 7 rows 3 set search_path = public, pg_temp set work_mem = '1MB' as $$ select a $$;
create function g() returns void language plpgsql security invoker leakproof set datestyle = 'ISO, DMY' as 'begin end';
revoke all on function g() from public;
grant execute on function g() to pg_monitor;
