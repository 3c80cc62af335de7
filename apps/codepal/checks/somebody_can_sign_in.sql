select 'nobody is left' where not exists (select from users);
