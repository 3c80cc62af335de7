create collation c1 (provider = icu, locale = 'de', deterministic = false);
create table t (n text collate c1);
create index t_n on t (n);
