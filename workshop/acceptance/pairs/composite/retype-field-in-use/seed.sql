insert into person values (1, row('a', 5), array[row('b', 6)::addr]), (2, null, null);
