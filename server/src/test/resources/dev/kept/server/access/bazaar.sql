CREATE DOMAIN money_amount AS numeric(30, 10);
CREATE TABLE products (id bigint PRIMARY KEY, title text);
CREATE TABLE addresses (id bigint PRIMARY KEY, entered_by bigint, street text, made_at timestamptz NOT NULL DEFAULT '2026-01-01Z');
CREATE TABLE customers (
    id bigint PRIMARY KEY, email text NOT NULL UNIQUE, full_name text, shout text GENERATED ALWAYS AS (upper(full_name)) STORED,
    password_hash text, referred_by bigint REFERENCES customers, address_id bigint REFERENCES addresses,
    created_at timestamptz NOT NULL, seen_at timestamptz, closed_at timestamptz);
ALTER TABLE addresses ADD FOREIGN KEY (entered_by) REFERENCES customers;
CREATE TABLE subscribers (email text PRIMARY KEY, full_name text, asked_at timestamptz NOT NULL);
CREATE TABLE orders (
    id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, address_id bigint REFERENCES addresses, state text NOT NULL DEFAULT 'sent',
    note text, total money_amount, weight double precision, seal bytea, tags text[], due timestamp, placed_at timestamptz NOT NULL);
CREATE INDEX ON orders (customer_id);
CREATE TABLE order_lines (order_id bigint REFERENCES orders, line int, product_id bigint REFERENCES products, remark text, PRIMARY KEY (order_id, line));
CREATE TABLE messages (
    id bigint PRIMARY KEY, sender_id bigint NOT NULL REFERENCES customers, recipient_id bigint REFERENCES customers, sender_name text,
    sender_shout text GENERATED ALWAYS AS (upper(sender_name)) STORED, subject text, body text, read_note text, sent_at timestamptz NOT NULL);
CREATE TABLE comments (id bigint PRIMARY KEY, author_id bigint REFERENCES customers, parent_id bigint REFERENCES comments, body text, sent_at timestamptz NOT NULL);
CREATE TABLE profiles (customer_id bigint PRIMARY KEY REFERENCES customers, doc jsonb);
CREATE TABLE sessions (token text PRIMARY KEY, customer_id bigint REFERENCES customers, agent text, at timestamptz NOT NULL);
CREATE TABLE session_pages (id bigint PRIMARY KEY, token text NOT NULL REFERENCES sessions, page text);
CREATE TABLE mail_log (address text, server text, at timestamptz NOT NULL);
CREATE TABLE "we,ird ""x/../../y""" (id bigint PRIMARY KEY, who bigint REFERENCES customers, "=cmd()" text, "<b>&""'" text, kept_raw text, at timestamptz NOT NULL);

-- Everything of others says ZZ-PLANTED, and their keys begin with 7700.
INSERT INTO products VALUES (1, 'a lamp');
INSERT INTO customers VALUES
    (770001, 'ben.ZZ-PLANTED@example.org', 'ZZ-PLANTED Ben', DEFAULT, 'ZZ-PLANTED', NULL, NULL, '2025-01-01Z', '2026-01-01Z'),
    (1, 'Anna@Example.org', 'Anna <script>alert(1)</script>', DEFAULT, 'argon2-ZZ-PLANTED', 770001, NULL, '2025-01-01Z', '2025-06-15T22:30Z'),
    (770002, 'eve.ZZ-PLANTED@example.org', 'ZZ-PLANTED Eve', DEFAULT, 'ZZ-PLANTED', 1, NULL, '2025-01-01Z', '2026-01-01Z');
INSERT INTO addresses VALUES (10, 770001, 'Shared Lane 1'), (11, 1, 'Own Lane 2'), (770012, 770002, 'ZZ-PLANTED Lane');
UPDATE customers SET address_id = 11 WHERE id = 1;
UPDATE customers SET address_id = 10 WHERE id = 770001;
UPDATE customers SET address_id = 770012 WHERE id = 770002;
INSERT INTO subscribers VALUES
    ('anna@example.org', 'Anna', '2026-02-01Z'), ('ben.ZZ-PLANTED@example.org', 'ZZ-PLANTED Ben', '2026-02-01Z');
INSERT INTO orders VALUES
    (20, 1, 10, 'sent', 'leave it', 12345678901234567890.0123456789, 'NaN', '\x00ff10', '{a,"b \"c\"",NULL}', '2026-02-03 04:05:06', '2026-02-01T10:00Z'),
    (21, 1, 11, 'sent', '', -5, -0.1, NULL, NULL, 'infinity', '2024-02-29T12:00Z'),
    (770020, 770001, 10, 'sent', 'ZZ-PLANTED', 1, 1, 'ZZ-PLANTED', '{ZZ-PLANTED}', NULL, '2026-02-01Z');
INSERT INTO order_lines VALUES (20, 1, 1, 'gift'), (770020, 1, 1, 'ZZ-PLANTED');
INSERT INTO messages VALUES
    (30, 1, 770001, 'Anna sends', DEFAULT, 'her subject', 'hello', 'ZZ-PLANTED read note', '2026-02-01Z'),
    (31, 770001, 1, 'ZZ-PLANTED Ben', DEFAULT, 'ZZ-PLANTED subject', 'hello back', 'her read note', '2026-02-02Z'),
    (32, 1, 1, 'Anna to herself', DEFAULT, 'note to self', 'milk', 'done', '2026-02-03Z'),
    (33, 1, NULL, 'Anna to nobody', DEFAULT, 'lost', 'echo', 'ZZ-PLANTED nobody read this', '2026-02-03Z'),
    (770030, 770001, 770002, 'ZZ-PLANTED', DEFAULT, 'ZZ-PLANTED', 'ZZ-PLANTED', 'ZZ-PLANTED', '2026-02-01Z');
INSERT INTO comments VALUES
    (770040, 770001, NULL, 'ZZ-PLANTED above', '2026-02-01Z'), (41, 1, 770040, 'mine', '2026-02-02Z'),
    (770042, 770002, 41, 'ZZ-PLANTED below', '2026-02-03Z'), (43, 1, 41, 'mine again', '2026-02-04Z');
INSERT INTO profiles VALUES
    (1, '{"email": "anna@example.org", "contact": {"name": "Anna\u0001", "friend": "ZZ-PLANTED"}, "token": "ZZ-PLANTED", "tags": ["x", {"y": null}], "other": "ZZ-PLANTED"}'),
    (770001, '{"email": "ZZ-PLANTED"}');
INSERT INTO sessions VALUES ('ZZ-PLANTED-anna', 1, 'browser', '2026-02-20Z'), ('ZZ-PLANTED-ben', 770001, 'ZZ-PLANTED', '2026-02-20Z');
INSERT INTO session_pages VALUES (50, 'ZZ-PLANTED-anna', '/lamps'), (770050, 'ZZ-PLANTED-ben', '/ZZ-PLANTED');
INSERT INTO mail_log VALUES (' ANNA@example.org ', 'mx1', '2026-02-20Z'), ('ben.ZZ-PLANTED@example.org', 'ZZ-PLANTED', '2026-02-20Z');
INSERT INTO "we,ird ""x/../../y""" VALUES
    (60, 1, '=cmd|''/C calc''!A0', '"><img src=x onerror=alert(1)>', '+1', '2026-02-20Z'),
    (61, 1, E'@SUM(1)\r\nline two', E'\u202Eright to left \u05D0\u05D1 \U0001F600', E'\ttab', '2026-02-20Z'),
    (62, 1, '-2+3', E'bell \u0007 and \u007f', 'plain, with "quotes"', '2026-02-20Z'),
    (63, 1, repeat('long ', 200000), NULL, E'\r', '2026-02-20Z'),
    (770060, 770001, 'ZZ-PLANTED', 'ZZ-PLANTED', 'ZZ-PLANTED', '2026-02-20Z');
