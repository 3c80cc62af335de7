create aggregate g (int) (sfunc = int4pl, stype = int, initcond = '0');
