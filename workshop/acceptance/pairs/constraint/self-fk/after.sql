create table a (id int primary key, up int references a on delete cascade on update set null);
