insert into p values ('x'); insert into c values ('x', 1);
