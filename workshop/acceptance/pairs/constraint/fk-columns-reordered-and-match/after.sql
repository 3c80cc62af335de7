create table p (a int, b int, primary key (b, a));
create table c (a int, b int, constraint c_a_b_fkey foreign key (b, a) references p match full on delete set null (a) on update cascade);
