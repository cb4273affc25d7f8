CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE, name text, opened timestamptz NOT NULL);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, ship_to text);
CREATE INDEX ON orders (customer_id);
