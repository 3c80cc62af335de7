insert into person values (1, row('a', 5, 'c'), row(row('a', 5, 'c'), 3));
