create schema s;
create table s.t (id int primary key);
comment on schema s is 'x';
