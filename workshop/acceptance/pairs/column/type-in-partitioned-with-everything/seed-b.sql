insert into m values (1, '2026-01-05', 5), (2, '2026-02-05', 6);
