create table p (id int primary key, code text not null unique);
create table c1 (id int primary key, p int references p);
create table c2 (id int primary key, p int references p on delete set null, c1 int references c1);
create view v as select p.id, p.code, count(*) from p group by p.id;
