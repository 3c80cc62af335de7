insert into t values (1, row(1,2), array[row(3,4)::pt], row(row(5,6),row(7,8),'{q}'), array[row(row(5,6),row(7,8),'{q}')::bx]), (2, null, null, null, null), (3, row(null,null), '{}', null, null);
