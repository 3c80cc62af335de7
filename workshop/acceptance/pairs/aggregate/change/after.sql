create aggregate g (int) (sfunc = int4pl, stype = int, initcond = '5', combinefunc = int4pl, parallel = safe);
