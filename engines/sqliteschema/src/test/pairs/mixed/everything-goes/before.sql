CREATE TABLE customer (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL COLLATE NOCASE UNIQUE, name TEXT, created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE product (sku TEXT PRIMARY KEY, title TEXT NOT NULL COLLATE NOCASE, stock INTEGER NOT NULL DEFAULT 0, price INTEGER NOT NULL CHECK (price >= 0)) WITHOUT ROWID;
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE, state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'sent')), note TEXT);
CREATE TABLE line (orders INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE, sku TEXT NOT NULL REFERENCES product (sku), n INTEGER NOT NULL, PRIMARY KEY (orders, sku));
CREATE INDEX orders_customer ON orders (customer, state) WHERE state <> 'sent';
CREATE VIEW total AS SELECT o.id, sum(l.n * p.price) AS cents FROM orders o JOIN line l ON l.orders = o.id JOIN product p USING (sku) GROUP BY o.id;
CREATE TRIGGER no_empty AFTER DELETE ON line WHEN NOT EXISTS (SELECT 1 FROM line WHERE orders = old.orders) BEGIN DELETE FROM orders WHERE id = old.orders; END;
CREATE TABLE human (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER);
