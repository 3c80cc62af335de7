create table t (id int primary key, a bigint, b text);
create trigger g before update of a on t for each row when (old.a <> new.a) execute function suppress_redundant_updates_trigger();
