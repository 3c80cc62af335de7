create type row_t as (id int, n text);
create table t of row_t (primary key (id));
create table u of row_t;
