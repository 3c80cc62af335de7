insert into t values (1, 'x', 'p', row('z', 'r'));
