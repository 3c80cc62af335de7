insert into garage values (1, row('red', 4), array[row('green', 2)::car]);
