create table t (id int primary key, a int, b text);
create materialized view m as select a, b from t;
create unique index i on m (a);
