create table t (id int generated always as identity (start 100 minvalue 100 maxvalue 200));
