create table p (id int not null unique, code text primary key);
create table c1 (id int primary key, p int references p (id));
create table c2 (id int primary key, p int references p (id) on delete set null, c1 int references c1);
create view v as select p.id, p.code, count(*) from p group by p.code;
