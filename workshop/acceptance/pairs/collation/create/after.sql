create collation c (provider = icu, locale = 'de-u-co-phonebk', deterministic = false);
create table t (x text collate c);
