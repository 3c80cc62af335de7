create collation c1 (provider = icu, locale = 'en');
create table t (n text collate c1);
create index t_n on t (n);
