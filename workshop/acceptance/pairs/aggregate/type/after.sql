create aggregate g (int) (sfunc = int4_sum, stype = bigint);
