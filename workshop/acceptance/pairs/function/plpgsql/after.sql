create function f() returns int language plpgsql as $f$ begin return 1;
end $f$;
