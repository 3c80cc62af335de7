insert into t values (1, row(2,1,'z'), array[row(4,3,null)::pt], row(row(6,5,'a'),row(8,7,'b'),'{q}'), array[row(row(6,5,'a'),row(8,7,'b'),'{q}')::bx]), (2, null, null, null, null);
