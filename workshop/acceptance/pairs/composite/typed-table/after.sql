create type row_t as (id int, n text, at date);
create table t of row_t (primary key (id));
create table u of row_t (n not null);
