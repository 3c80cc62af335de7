create aggregate g (int) (sfunc = int4pl, stype = int);
comment on aggregate g (int) is 'x';
