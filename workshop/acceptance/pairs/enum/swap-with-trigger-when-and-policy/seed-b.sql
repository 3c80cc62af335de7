insert into t values (1, 'new'), (2, 'old');
