INSERT INTO customer (id, email) VALUES (3, 'a@b'), (4, 'c@d');
INSERT INTO product (sku, title, price) VALUES ('s', 'Soap', 100);
INSERT INTO orders (id, customer) VALUES (1, 3);
INSERT INTO line VALUES (1, 's', 2);
