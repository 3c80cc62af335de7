insert into person values (1, 'ok', '{ok,happy}', 'happy');
