create table e (id int not null, at date not null, v int not null, primary key (at, v)) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2026-02-01');
create table e2 partition of e for values from ('2026-02-01') to ('2026-03-01');
