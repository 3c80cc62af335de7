create sequence s;comment on sequence s is 'x';
grant usage on sequence s to public;
