create type c as (a int);
comment on type c is 'x';
comment on column c.a is 'y';
