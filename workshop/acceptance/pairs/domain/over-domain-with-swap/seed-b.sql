insert into t values (1, 'ab', 'c');
